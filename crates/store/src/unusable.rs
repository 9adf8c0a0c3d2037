//! Why a file cannot be the register's database: looked at before anything is written, so that nobody else's file is
//! changed by a mistyped name.

use std::io::Read as _;
use std::path::{Path, PathBuf};

use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions as _, Connection as _};

use crate::Error;

/// The first bytes of every SQLite file.
///
/// Source: <https://www.sqlite.org/fileformat.html>, section 1.3.
const MAGIC: &[u8; 16] = b"SQLite format 3\0";

/// What stands in the way, by what a person can do about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// It is a folder.
    Folder,
    /// The folder that it should lie in is not there.
    NoFolder,
    /// The file holds something else: not a database, or another program's.
    NotOurs,
    /// It cannot be written, or its folder cannot.
    NotWritable,
    /// The disk is full.
    Full,
    /// A newer version of this program made it.
    Newer,
}

impl Why {
    /// The code of the diagnostic that tells it.
    pub const fn diagnostic(self) -> &'static str {
        match self {
            Why::Folder => "database-folder",
            Why::NoFolder => "database-no-folder",
            Why::NotOurs => "database-not-ours",
            Why::NotWritable => "database-not-writable",
            Why::Full => "database-full",
            Why::Newer => "database-newer",
        }
    }

    /// What an error of the database means for a person; none where it is not theirs to mend.
    pub fn of(error: &sqlx::Error) -> Option<Self> {
        let code = error.as_database_error()?.code()?.parse::<i32>().ok()?;
        // The lowest byte is the kind (<https://www.sqlite.org/rescode.html>).
        match code & 0xff {
            8 | 14 => Some(Why::NotWritable),
            13 => Some(Why::Full),
            26 => Some(Why::NotOurs),
            _ => None,
        }
    }
}

/// A file that cannot be the database, and why.
#[derive(Debug, thiserror::Error)]
#[error("{} cannot be the database: {}", file.display(), why.diagnostic())]
pub struct Unusable {
    /// The file.
    pub file: PathBuf,
    /// What stands in the way.
    pub why: Why,
}

impl Error {
    /// What stands in the way, where it is something that a person can mend.
    pub fn why(&self) -> Option<Why> {
        match self {
            Error::Open(source) => source.downcast_ref::<Unusable>().map(|unusable| unusable.why),
            Error::Failed(source) | Error::Busy(source) => Why::of(source),
            _ => None,
        }
    }
}

/// Looks at what lies at `path`; a file that is not there or empty may become a database.
pub(crate) async fn look(path: &Path) -> Result<(), Unusable> {
    let unusable = |why| Unusable {
        file: path.to_owned(),
        why,
    };
    if path.is_dir() {
        return Err(unusable(Why::Folder));
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    if folder.is_some_and(|folder| !folder.is_dir()) {
        return Err(unusable(Why::NoFolder));
    }
    let mut begins = Vec::new();
    if let Ok(file) = std::fs::File::open(path) {
        // What cannot be read is told by the database when it is opened.
        let _ = file.take(16).read_to_end(&mut begins);
    }
    if begins.is_empty() {
        return Ok(());
    }
    if begins != MAGIC || is_of_another(path).await {
        return Err(unusable(Why::NotOurs));
    }
    Ok(())
}

/// Whether a database has tables, but not the two that every register has.
async fn is_of_another(path: &Path) -> bool {
    let options = SqliteConnectOptions::new().filename(path).read_only(true);
    let Ok(mut connection) = options.connect().await else {
        return false;
    };
    let found: Result<(i64, i64), _> = sqlx::query_as(
        "SELECT count(*), count(*) FILTER (WHERE name IN ('_sqlx_migrations', 'entries')) \
         FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
    )
    .fetch_one(&mut connection)
    .await;
    let _ = connection.close().await;
    found.is_ok_and(|(tables, ours)| 0 < tables && ours < 2)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Store;

    async fn why(path: &Path) -> Option<Why> {
        Store::open(path).await.err()?.why()
    }

    #[tokio::test]
    async fn what_is_no_register_is_named_and_left_as_it_was() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        assert_eq!(why(folder.path()).await, Some(Why::Folder));
        assert_eq!(why(&at("none/x.db")).await, Some(Why::NoFolder));

        std::fs::write(at("text.db"), "số liệu của tôi").unwrap();
        assert_eq!(why(&at("text.db")).await, Some(Why::NotOurs));
        assert_eq!(std::fs::read_to_string(at("text.db")).unwrap(), "số liệu của tôi");

        let options = SqliteConnectOptions::new()
            .filename(at("other.db"))
            .create_if_missing(true);
        let mut other = options.connect().await.unwrap();
        sqlx::query("CREATE TABLE invoices (id)")
            .execute(&mut other)
            .await
            .unwrap();
        other.close().await.unwrap();
        let before = std::fs::read(at("other.db")).unwrap();
        assert_eq!(why(&at("other.db")).await, Some(Why::NotOurs));
        assert_eq!(std::fs::read(at("other.db")).unwrap(), before);
    }

    #[tokio::test]
    async fn a_register_opens_again_and_an_empty_file_becomes_one() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.db");
        std::fs::write(&path, "").unwrap();
        for _ in 0..2 {
            Store::open(&path).await.unwrap().close().await;
        }
    }

    #[tokio::test]
    async fn a_register_of_a_newer_version_is_told_so() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.db");
        Store::open(&path).await.unwrap().close().await;
        let mut newer = SqliteConnectOptions::new()
            .filename(&path)
            .connect()
            .await
            .unwrap();
        sqlx::query(
            "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) \
             VALUES (9999, 'later', 1, x'00', 0)",
        )
        .execute(&mut newer)
        .await
        .unwrap();
        newer.close().await.unwrap();
        assert_eq!(why(&path).await, Some(Why::Newer));
    }
}
