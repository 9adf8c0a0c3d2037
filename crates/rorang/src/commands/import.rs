//! `rorang import PATH…`: tables and folders into the register, all of it or nothing.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use app::import::Import as Load;
use app::{Actor, App, Error};
use documents::Limits;

use super::{Context, DATA, tell};

#[derive(Debug, clap::Args)]
pub(crate) struct Import {
    /// Tables (CSV, XLSX), documents, or folders of them
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// The database; made where it is not there
    #[arg(long, value_name = "FILE", default_value = "rorang.db")]
    database: PathBuf,
    /// The person in whose name it is recorded
    #[arg(long, value_name = "NAME")]
    by: Option<String>,
    /// The reason that is recorded where a row has none
    #[arg(long, value_name = "TEXT", default_value = "")]
    reason: String,
}

impl Import {
    pub(crate) fn run(self, context: &Context) -> anyhow::Result<ExitCode> {
        super::runtime()?.block_on(self.import(context))
    }

    async fn import(self, context: &Context) -> anyhow::Result<ExitCode> {
        let mut files = Vec::new();
        let mut failed = false;
        for path in &self.paths {
            for file in files_of(path)? {
                match documents::load(&file, &Limits::STANDARD) {
                    Ok(bytes) => files.push((base_name(&file), bytes)),
                    Err(error) => {
                        tell(context, &error.diagnostic);
                        failed = true;
                    }
                }
            }
        }
        if failed {
            return Ok(ExitCode::from(DATA));
        }
        let app = App::open(&self.database).await?;
        let actor = match &self.by {
            None => Actor::operator(),
            Some(name) => match app.operator_as(name).await {
                Ok(actor) => actor,
                Err(error) => return super::refused(context, error),
            },
        };
        let load = Load { reason: self.reason, ..Load::of_files(files) };
        match app.import(&actor, load).await {
            Ok(imported) => {
                imported.diagnostics.iter().for_each(|diagnostic| tell(context, diagnostic));
                let count = |number: usize| number.to_string();
                println!(
                    "{}",
                    i18n::message(
                        context.language,
                        "import-done",
                        &[
                            ("documents", &count(imported.documents)),
                            ("figures", &count(imported.figures)),
                            ("observations", &count(imported.observations)),
                            ("targets", &count(imported.targets)),
                            ("ways", &count(imported.ways)),
                            ("joined", &count(imported.joined)),
                            ("known", &count(imported.known)),
                            ("catalogues", &count(imported.catalogues)),
                            ("regimes", &count(imported.regimes)),
                        ],
                    )
                    .unwrap_or_default()
                );
                app.close().await;
                Ok(ExitCode::SUCCESS)
            }
            Err(error @ Error::Invalid(_)) => {
                let code = super::refused(context, error);
                eprintln!("{}", i18n::message(context.language, "import-nothing", &[]).unwrap_or_default());
                code
            }
            Err(error) => super::refused(context, error),
        }
    }
}

/// The file itself; of a folder its files and those of its folder `documents`, by name.
fn files_of(path: &Path) -> std::io::Result<Vec<PathBuf>> {
    if !path.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let mut files = Vec::new();
    for folder in [path.to_owned(), path.join("documents")] {
        if folder.is_dir() {
            for entry in std::fs::read_dir(folder)? {
                let path = entry?.path();
                let hidden = base_name(&path).starts_with('.');
                let note = path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("md"));
                if path.is_file() && !hidden && !note {
                    files.push(path);
                }
            }
        }
    }
    files.sort();
    Ok(files)
}

fn base_name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}
