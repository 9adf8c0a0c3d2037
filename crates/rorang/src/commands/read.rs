//! `rorang read FILE… | DIR`: the figures of documents, as a table for people or as data for programs.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use terms::{Diagnostic, Place, Severity};

use super::{Context, DATA, USAGE, tell};
use crate::reading::documents_of::{Named, documents_of};
use crate::reading::sources::{self, Source};
use crate::reading::{Desk, Reading, table, wire};
use crate::reference::IndicatorNames;

#[derive(Debug, clap::Args)]
pub(crate) struct Read {
    /// The documents, or folders of documents
    #[arg(required = true, value_name = "FILE|DIR")]
    paths: Vec<PathBuf>,
    /// How figures are shown
    #[arg(long, value_name = "table|jsonl|json|csv", default_value = "table", hide_default_value = true)]
    format: Form,
    /// A folder for one file a document
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// The day of the documents
    #[arg(long, value_name = "YYYY-MM-DD")]
    date: Option<String>,
    /// Of whom the documents speak
    #[arg(long, value_name = "CODE|NAME")]
    place: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Form {
    Table,
    Jsonl,
    Json,
    Csv,
}

impl Form {
    const fn extension(self) -> &'static str {
        match self {
            Form::Table => "txt",
            Form::Jsonl => "jsonl",
            Form::Json => "json",
            Form::Csv => "csv",
        }
    }
}

impl Read {
    pub(crate) fn run(self, context: &Context) -> anyhow::Result<ExitCode> {
        let mut desk = Desk::new()?;
        let told = match self.told(&desk) {
            Ok(told) => told,
            Err(diagnostic) => {
                tell(context, &diagnostic);
                return Ok(ExitCode::from(USAGE));
            }
        };
        let (documents, wrong) = documents_of(&self.paths, &desk.places);
        for diagnostic in &wrong {
            tell(context, diagnostic);
        }
        // A table of sources that cannot be trusted would give every figure a wrong day or place.
        if wrong.iter().any(|diagnostic| diagnostic.severity == Severity::Error) {
            return Ok(ExitCode::from(DATA));
        }
        let mut printer = Printer::new(context, self.format, self.out)?;
        let (mut figures, mut failed) = (0, 0);
        for Named { path, name, source } in &documents {
            let mut doubts = Vec::new();
            let reading = desk.read(path, name, &told, source, &mut doubts);
            for doubt in &doubts {
                tell(context, doubt);
            }
            let done = reading.and_then(|reading| {
                figures += reading.figures.len();
                printer.print(&reading, &desk)
            });
            match done {
                Ok(true) => {}
                // Whoever reads the output has seen enough.
                Ok(false) => return Ok(ExitCode::SUCCESS),
                Err(diagnostic) => {
                    tell(context, &diagnostic);
                    failed += 1;
                }
            }
        }
        printer.finish(documents.len() - failed, figures, failed)?;
        Ok(if failed == 0 { ExitCode::SUCCESS } else { ExitCode::from(DATA) })
    }

    /// What the person said of all documents.
    fn told(&self, desk: &Desk) -> Result<Source, Box<Diagnostic>> {
        let nowhere = Place::default();
        Ok(Source {
            date: self.date.as_deref().map(|date| sources::date(date, &nowhere)).transpose()?,
            place: self.place.as_deref().map(|place| desk.places.find(place, &nowhere)).transpose()?,
            ..Source::default()
        })
    }
}

/// Where readings go: one document at a time, none kept.
struct Printer<'a> {
    context: &'a Context,
    form: Form,
    out: Option<PathBuf>,
    indicators: IndicatorNames,
    width: usize,
    printed: usize,
}

impl<'a> Printer<'a> {
    fn new(context: &'a Context, form: Form, out: Option<PathBuf>) -> anyhow::Result<Self> {
        let width = if out.is_some() { 120 } else { table::width() };
        Ok(Self { context, form, out, indicators: IndicatorNames::load()?, width, printed: 0 })
    }

    /// Prints one document; false where nobody reads the output any more.
    fn print(&mut self, reading: &Reading, desk: &Desk) -> Result<bool, Box<Diagnostic>> {
        let failed = |found: &Path| {
            Box::new(Diagnostic::error("out-not-writable", Place::default()).with("found", found.display()))
        };
        let first = self.printed == 0;
        self.printed += 1;
        if let Some(folder) = &self.out {
            let path = folder.join(format!("{}.{}", reading.name, self.form.extension()));
            let written = whole_file(folder, &path, |file| self.write(reading, desk, true, file));
            return written.map(|()| true).map_err(|_| failed(&path));
        }
        let mut out = io::BufWriter::new(io::stdout().lock());
        let lead = match self.form {
            Form::Json if first => "[",
            Form::Json => ",\n",
            _ => "",
        };
        let printed = out
            .write_all(lead.as_bytes())
            .and_then(|()| self.write(reading, desk, first, &mut out))
            .and_then(|()| out.flush());
        match printed {
            Ok(()) => Ok(true),
            Err(cause) if cause.kind() == io::ErrorKind::BrokenPipe => {
                // What is left in the buffer would be written once more when it is dropped.
                let _ = out.into_parts();
                Ok(false)
            }
            Err(_) => Err(failed(Path::new("stdout"))),
        }
    }

    fn write(&self, reading: &Reading, desk: &Desk, first: bool, out: &mut dyn Write) -> io::Result<()> {
        match self.form {
            Form::Table => {
                table::print(reading, self.context.language, &desk.places, &self.indicators, self.width, out)
            }
            Form::Jsonl => wire::jsonl(reading, out),
            Form::Json => wire::json(reading, out),
            Form::Csv => {
                let mut rows = csv::Writer::from_writer(out);
                if first {
                    rows.write_record(wire::CSV_HEADING)?;
                }
                wire::csv(reading, &mut rows)?;
                rows.flush()
            }
        }
    }

    /// Closes what is printed, and tells a person how much it was.
    fn finish(&self, documents: usize, figures: usize, failed: usize) -> io::Result<()> {
        let mut out = io::stdout().lock();
        match (self.form, &self.out) {
            (Form::Json, None) => writeln!(out, "{}]", if self.printed == 0 { "[" } else { "" }),
            (Form::Table, _) | (_, Some(_)) => {
                let key = if failed == 0 { "read-total" } else { "read-total-failed" };
                let arguments: [(&str, i18n::Arg<'_>); 3] =
                    [("documents", documents.into()), ("figures", figures.into()), ("failed", failed.into())];
                let arguments = if failed == 0 { &arguments[..2] } else { &arguments[..] };
                let told = i18n::Messages::get(self.context.language, key, arguments);
                if self.out.is_some() { writeln!(io::stderr(), "{told}") } else { writeln!(out, "{told}") }
            }
            _ => Ok(()),
        }
    }
}

/// Writes a file so that it is there whole or not at all.
fn whole_file(folder: &Path, path: &Path, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    std::fs::create_dir_all(folder)?;
    let mut file = io::BufWriter::new(tempfile::NamedTempFile::new_in(folder)?);
    write(&mut file)?;
    let file = file.into_inner().map_err(io::IntoInnerError::into_error)?;
    file.persist(path)?;
    Ok(())
}
