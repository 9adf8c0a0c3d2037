//! The example: the public record of Điện Biên, loaded into an empty register like any other folder.

use include_dir::{Dir, include_dir};

use crate::import::{Import, Imported};
use crate::{Actor, App, Error};

static FOLDER: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../examples/dien-bien");

/// The account in whose name the example's figures are accepted. Nobody can sign in by it: it has no password.
pub const EXAMPLE_ACCOUNT: &str = "Tài khoản ví dụ · Example account";

/// The reason that is recorded with each decision of the example that has none of its own.
const REASON: &str =
    "Dữ liệu ví dụ, đối chiếu với trang báo đã dẫn · Example data, compared with the page cited";

/// The example's annex, in our own words.
const ANNEX: &str = "annex/phu-luc-nhiem-vu.csv";
/// The document that asks for tasks with clear people, works, days, duties, products and powers.
const PLAN: &str = "2026-03-08-thu-tuong-lam-viec_vi";
/// What every task of the example says about itself.
const MADE_UP: &str = "Ví dụ minh họa do chúng tôi tự viết, không phải văn bản giao việc thật · Illustration in our own words, not a real assignment";

impl App {
    /// Loads the example, through the same doors as any other folder.
    ///
    /// # Errors
    /// [`Error::Conflict`] where the register is not empty; else as [`App::import`].
    pub async fn load_example(&self) -> Result<Imported, Error> {
        if !self.is_new() {
            return Err(Error::Conflict { what: "register" });
        }
        let mut writing = self.writing().await?;
        let account = self.account_of_nobody(&mut writing, EXAMPLE_ACCOUNT).await?;
        self.commit(writing).await?;
        let actor = Actor::operator_named(account, EXAMPLE_ACCOUNT);
        let imported = self.import(&actor, example()).await?;
        self.import_example_tasks(&actor).await?;
        Ok(imported)
    }

    /// The tasks of the example's own annex, handed over from the document of the Prime Minister's visit; their leads are
    /// made up, which each task says.
    async fn import_example_tasks(&self, actor: &Actor) -> Result<(), Error> {
        let Some(annex) = FOLDER.get_file(ANNEX) else {
            return Ok(());
        };
        let documents = self.documents(actor).await?;
        let plan = documents.iter().find(|row| row.name.starts_with(PLAN));
        let import = crate::task_import::TaskImport {
            name: ANNEX.to_owned(),
            bytes: annex.contents().to_vec(),
            assigner: crate::directory::Directory::keeper().to_string(),
            document: plan.map(|row| row.document),
            start: plan.and_then(|row| row.date),
            hand_over: true,
            power: MADE_UP.to_owned(),
        };
        self.import_tasks(actor, &import).await?;
        Ok(())
    }
}

fn example() -> Import {
    let bytes = |name: &str| {
        FOLDER
            .get_file(name)
            .map(|file| (name.to_owned(), file.contents().to_vec()))
    };
    let mut import = Import {
        sources: bytes("documents/sources.csv"),
        departments: bytes("departments.csv"),
        posts: bytes("posts.csv"),
        regimes: bytes("regimes.csv"),
        regime_lines: bytes("regime_lines.csv"),
        observations: bytes("observations.csv").into_iter().collect(),
        targets: bytes("targets.csv").into_iter().collect(),
        ways: bytes("ways.csv").into_iter().collect(),
        reason: REASON.to_owned(),
        ..Import::default()
    };
    for file in FOLDER.get_dir("documents").into_iter().flat_map(Dir::files) {
        let name = file
            .path()
            .file_name()
            .map(|name| name.to_string_lossy().into_owned())
            .unwrap_or_default();
        if name != "sources.csv" {
            import.documents.push((name, file.contents().to_vec()));
        }
    }
    import.documents.sort();
    import
}
