//! `rorang ledger`: takes the record out as a file, proves an entry, and checks either, without a database.

use std::fs::File;
use std::io::{BufRead as _, BufReader, BufWriter, Read as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use app::{Actor, App};
use ledger::chain::{BrokenAt, Fault};
use ledger::export::{self, Receipt, Unsound};
use ledger::signed::{SignedHead, hex};
use terms::{Diagnostic, Place};

use super::{Context, DATA, tell};

#[derive(Debug, clap::Args)]
pub(crate) struct Ledger {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// Checks an exported record or a receipt, without a database
    Verify(Verify),
    /// Writes the whole record as a file that anybody can check
    Export(Export),
    /// Prints the receipt of an entry
    Receipt(Prove),
    /// Checks the record in a database, and that all that pages show follows from it
    Audit(Audit),
}

#[derive(Debug, clap::Args)]
struct Export {
    /// The file to write; it must not be there yet
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// The database
    #[arg(long, value_name = "FILE", default_value = "rorang.db")]
    database: PathBuf,
}

#[derive(Debug, clap::Args)]
struct Prove {
    /// The number of the entry
    #[arg(value_name = "NUMBER")]
    number: u64,
    /// The database
    #[arg(long, value_name = "FILE", default_value = "rorang.db")]
    database: PathBuf,
}

#[derive(Debug, clap::Args)]
struct Audit {
    /// The database
    #[arg(long, value_name = "FILE", default_value = "rorang.db")]
    database: PathBuf,
}

#[derive(Debug, clap::Args)]
struct Verify {
    /// The exported record, or the receipt
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// The province's public key, as published: 64 hexadecimal digits
    #[arg(long, value_name = "KEY")]
    key: Option<String>,
}

impl Ledger {
    pub(crate) fn run(self, context: &Context) -> anyhow::Result<ExitCode> {
        match self.command {
            Command::Verify(verify) => Ok(verify.run(context)),
            Command::Export(export) => export.run(context),
            Command::Receipt(prove) => prove.run(context),
            Command::Audit(audit) => audit.run(context),
        }
    }
}

impl Export {
    fn run(&self, context: &Context) -> anyhow::Result<ExitCode> {
        if !self.database.is_file() {
            return Ok(no_database(context, &self.database));
        }
        let mut file = match File::create_new(&self.file) {
            Ok(file) => BufWriter::new(file),
            Err(error) => {
                tell(
                    context,
                    &Diagnostic::error("ledger-unwritable", place(&self.file)).with("reason", error),
                );
                return Ok(ExitCode::from(DATA));
            }
        };
        let signed = super::runtime()?.block_on(async {
            let app = App::open(&self.database).await?;
            app.export_record(&Actor::operator(), &mut file).await
        })?;
        file.into_inner()?.sync_all()?;
        println!("{}", say(context, "ledger-exported", signed.head.size, &signed));
        Ok(ExitCode::SUCCESS)
    }
}

impl Prove {
    fn run(&self, context: &Context) -> anyhow::Result<ExitCode> {
        if !self.database.is_file() {
            return Ok(no_database(context, &self.database));
        }
        let receipt = super::runtime()?.block_on(async {
            let app = App::open(&self.database).await?;
            app.receipt(&Actor::operator(), self.number).await
        });
        match receipt {
            Ok(receipt) => print!("{}", receipt.to_text()),
            Err(app::Error::NotFound { .. }) => {
                let diagnostic = Diagnostic::error("ledger-no-entry", place(&self.database));
                tell(context, &diagnostic.with("number", self.number));
                return Ok(ExitCode::from(DATA));
            }
            Err(other) => return Err(other.into()),
        }
        Ok(ExitCode::SUCCESS)
    }
}

impl Audit {
    fn run(&self, context: &Context) -> anyhow::Result<ExitCode> {
        if !self.database.is_file() {
            return Ok(no_database(context, &self.database));
        }
        let audit = super::runtime()?.block_on(async {
            let app = App::open(&self.database).await?;
            let audit = app.audit(&Actor::operator()).await;
            app.close().await;
            audit
        })?;
        let at = place(&self.database);
        if let Some(broken) = audit.broken {
            tell(context, &broken_entry(at.clone(), &broken));
        }
        if let Some(number) = audit.unreadable {
            tell(context, &Diagnostic::error("ledger-entry-unreadable", at.clone()).with("number", number));
        }
        for table in audit.tables.iter().filter(|table| !table.same) {
            let differs = Diagnostic::error("ledger-table-differs", at.clone()).with("table", table.name);
            tell(context, &differs.with("found", table.rows).with("expected", table.made));
        }
        if !audit.is_sound() {
            return Ok(ExitCode::from(DATA));
        }
        let rows: usize = audit.tables.iter().map(|table| table.rows).sum();
        let (entries, tables, rows) =
            (audit.head.number.to_string(), audit.tables.len().to_string(), rows.to_string());
        let words = [("entries", entries.as_str()), ("tables", tables.as_str()), ("rows", rows.as_str())];
        println!("{}", i18n::message(context.language, "ledger-audited", &words).unwrap_or_default());
        Ok(ExitCode::SUCCESS)
    }
}

fn no_database(context: &Context, database: &Path) -> ExitCode {
    tell(context, &Diagnostic::error("ledger-no-database", place(database)));
    ExitCode::from(DATA)
}

/// A sentence about a signed head: how many entries, when, by which key.
fn say(context: &Context, message: &str, number: u64, signed: &SignedHead) -> String {
    let signed_at = terms::Timestamp::from_microsecond(signed.head.signed_at).unwrap_or_default();
    let (number, day) = (
        number.to_string(),
        i18n::date::moment(context.language, signed_at),
    );
    let key = hex(&signed.key);
    let words = [("number", number.as_str()), ("day", day.as_str()), ("key", key.as_str())];
    i18n::message(context.language, message, &words).unwrap_or_default()
}

/// What was found sound.
enum Sound {
    Record(SignedHead),
    Receipt(Box<Receipt>),
}

impl Verify {
    fn run(&self, context: &Context) -> ExitCode {
        let sound = match check(&self.file) {
            Ok(sound) => sound,
            Err(diagnostic) => {
                tell(context, &diagnostic);
                return ExitCode::from(DATA);
            }
        };
        let (signed, message, number) = match &sound {
            Sound::Record(signed) => (signed, "ledger-record-sound", signed.head.size),
            Sound::Receipt(receipt) => (&receipt.signed, "ledger-receipt-sound", receipt.number),
        };
        let key = hex(&signed.key);
        if self.key.as_ref().is_some_and(|expected| !expected.eq_ignore_ascii_case(&key)) {
            let diagnostic = Diagnostic::error("ledger-other-key", place(&self.file)).with("found", &key);
            tell(context, &diagnostic);
            return ExitCode::from(DATA);
        }
        println!("{}", say(context, message, number, signed));
        if self.key.is_none() {
            println!("{}", say(context, "ledger-compare-key", number, signed));
        }
        ExitCode::SUCCESS
    }
}

fn place(file: &Path) -> Place {
    Place::file(file.display().to_string())
}

/// Reads the file once; which of the two it is, its first line tells.
fn check(path: &Path) -> Result<Sound, Diagnostic> {
    let unreadable = |error: &std::io::Error| {
        Diagnostic::error("ledger-unreadable", place(path)).with("reason", error)
    };
    let mut file = BufReader::with_capacity(1 << 20, File::open(path).map_err(|error| unreadable(&error))?);
    let is_receipt = file.fill_buf().map_err(|error| unreadable(&error))?.starts_with(b"rorang-receipt ");
    if !is_receipt {
        let checked = export::check(file).map_err(|unsound| diagnose(path, &unsound))?;
        return Ok(Sound::Record(checked.signed));
    }
    let mut text = String::new();
    file.take(64 << 20).read_to_string(&mut text).map_err(|error| unreadable(&error))?;
    Receipt::from_text(&text)
        .filter(Receipt::holds)
        .map(|receipt| Sound::Receipt(Box::new(receipt)))
        .ok_or_else(|| Diagnostic::error("ledger-receipt-false", place(path)))
}

/// The first entry that is not what was recorded.
fn broken_entry(place: Place, broken: &BrokenAt) -> Diagnostic {
    match broken.fault {
        Fault::Number { found } => {
            Diagnostic::error("ledger-entry-misplaced", place).with("number", broken.number).with("found", found)
        }
        Fault::Hash => Diagnostic::error("ledger-entry-changed", place).with("number", broken.number),
        Fault::Form => Diagnostic::error("ledger-entry-malformed", place).with("number", broken.number),
    }
}

fn diagnose(path: &Path, unsound: &Unsound) -> Diagnostic {
    let line = |line: &u64| place(path).row(u32::try_from(*line).unwrap_or(u32::MAX));
    match unsound {
        Unsound::Unreadable(error) => Diagnostic::error("ledger-unreadable", place(path)).with("reason", error),
        Unsound::NotARecord => Diagnostic::error("ledger-not-a-record", place(path)),
        Unsound::Broken { broken, line: at } => broken_entry(line(at), broken),
        Unsound::NoHead { entries, line: at } => {
            Diagnostic::error("ledger-no-head", line(at)).with("number", entries + 1).with("entries", entries)
        }
        Unsound::OtherHead { entries, signed } => {
            Diagnostic::error("ledger-other-head", place(path)).with("entries", entries).with("signed", signed)
        }
        Unsound::FalseSignature => Diagnostic::error("ledger-false-signature", place(path)),
        Unsound::Trailing => Diagnostic::error("ledger-trailing", place(path)),
    }
}
