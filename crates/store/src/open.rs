//! The door: opening, snapshots for reading, transactions for writing.

use std::ops::{Deref, DerefMut};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use ledger::Head;
use sqlx::migrate::{MigrateError, Migration, MigrationType, Migrator};
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};
use sqlx::{Row, SqlSafeStr, Sqlite, Transaction};

use crate::Error;
use crate::error::OrDamaged;
use crate::log::{self, Log};
use crate::secrets::Secrets;
use crate::unusable::{self, Unusable, Why};

/// An open database. Clones share its connections.
#[derive(Debug, Clone)]
pub struct Store {
    /// Read-only connections: readers never wait for the writer.
    read: SqlitePool,
    /// The one writer: SQLite allows one at a time, and two would only wait for each other.
    write: SqlitePool,
    log: Log,
    pub(crate) secrets: Arc<Secrets>,
}

/// One snapshot of the database, for reading.
#[derive(Debug)]
pub struct Reading {
    pub(crate) transaction: Transaction<'static, Sqlite>,
}

/// A transaction: reads what it wrote; nothing stays unless [`Writing::commit`] returns.
#[derive(Debug)]
pub struct Writing {
    reading: Reading,
    pub(crate) head: Head,
    pub(crate) last_at: i64,
    /// The last entry of this transaction that public pages can show.
    pub(crate) shown: Option<Head>,
    pub(crate) secrets: Arc<Secrets>,
    log: Log,
}

/// How long a writer waits for another process, such as an import beside a running server.
const BUSY: Duration = Duration::from_secs(10);
/// How long the folding of the log keeps the writer waiting for a reader who still needs it.
const FOLDING: Duration = Duration::from_millis(20);
/// Few readers suffice: pages are kept in memory by head, and each read is short.
const READERS: u32 = 4;

fn migrations() -> Migrator {
    let migration = |version, description: &'static str, sql: &'static str| {
        Migration::new(
            version,
            description.into(),
            MigrationType::Simple,
            sql.into_sql_str(),
            false,
        )
    };
    Migrator::with_migrations(vec![
        migration(
            1,
            "register",
            include_str!("../migrations/sqlite/0001_register.sql"),
        ),
        migration(
            2,
            "settlements",
            include_str!("../migrations/sqlite/0002_settlements.sql"),
        ),
        migration(
            20,
            "reports",
            include_str!("../migrations/sqlite/0020_reports.sql"),
        ),
        migration(
            25,
            "operations",
            include_str!("../migrations/sqlite/0025_operations.sql"),
        ),
        migration(26, "shown", include_str!("../migrations/sqlite/0026_shown.sql")),
        migration(10, "org", include_str!("../migrations/sqlite/0010_org.sql")),
        migration(40, "scope", include_str!("../migrations/sqlite/0040_scope.sql")),
        migration(15, "tasks", include_str!("../migrations/sqlite/0015_tasks.sql")),
        migration(
            16,
            "reminders",
            include_str!("../migrations/sqlite/0016_reminders.sql"),
        ),
        migration(
            30,
            "sources_by_publisher",
            include_str!("../migrations/sqlite/0030_sources_by_publisher.sql"),
        ),
        migration(11, "people", include_str!("../migrations/sqlite/0011_people.sql")),
        migration(
            41,
            "touched",
            include_str!("../migrations/sqlite/0041_touched.sql"),
        ),
        migration(55, "scores", include_str!("../migrations/sqlite/0055_scores.sql")),
        migration(70, "series", include_str!("../migrations/sqlite/0070_series.sql")),
        migration(75, "found", include_str!("../migrations/sqlite/0075_found.sql")),
        migration(65, "ways", include_str!("../migrations/sqlite/0065_ways.sql")),
        migration(
            50,
            "account_events",
            include_str!("../migrations/sqlite/0050_account_events.sql"),
        ),
        migration(
            51,
            "attempts",
            include_str!("../migrations/sqlite/0051_attempts.sql"),
        ),
        migration(
            83,
            "secret_key",
            include_str!("../migrations/sqlite/0083_secret_key.sql"),
        ),
        migration(56, "boards", include_str!("../migrations/sqlite/0056_boards.sql")),
        migration(
            86,
            "listed_reports",
            include_str!("../migrations/sqlite/0086_listed_reports.sql"),
        ),
        migration(
            87,
            "found_tasks",
            include_str!("../migrations/sqlite/0087_found_tasks.sql"),
        ),
    ])
}

impl Store {
    /// Opens the database at `path`, makes it where there is none, and brings its tables up to this program's version.
    ///
    /// Commits are durable when they return: [`Log`] flushes the write-ahead log before, for all who wait at once.
    ///
    /// # Errors
    /// [`Error::Open`].
    pub async fn open(path: &Path) -> Result<Self, Error> {
        let unusable = |why| {
            Error::Open(Box::new(Unusable {
                file: path.to_owned(),
                why,
            }))
        };
        let cannot = |error: sqlx::Error| match Why::of(&error) {
            Some(why) => unusable(why),
            None => Error::Open(Box::new(error)),
        };
        unusable::look(path)
            .await
            .map_err(|found| Error::Open(Box::new(found)))?;
        let options = SqliteConnectOptions::new()
            .filename(path)
            .foreign_keys(true)
            // What is deleted is overwritten: a person's name must not stay in a free page.
            .pragma("secure_delete", "ON")
            .busy_timeout(BUSY)
            .statement_cache_capacity(256);
        // A connection to a file does not break by lying idle: asking it first would be one more turn for each request.
        let pool = || SqlitePoolOptions::new().test_before_acquire(false);
        let write = pool()
            .max_connections(1)
            .connect_with(
                options
                    .clone()
                    .create_if_missing(true)
                    .journal_mode(SqliteJournalMode::Wal)
                    // The log is flushed by `Log`, not by each transaction with the lock held, and folded by it too.
                    .synchronous(SqliteSynchronous::Normal)
                    .pragma("wal_autocheckpoint", "0")
                    .pragma("journal_size_limit", log::LONGEST.to_string()),
            )
            .await
            .map_err(cannot)?;
        migrations().run(&write).await.map_err(|error| match error {
            MigrateError::VersionMissing(_) => unusable(Why::Newer),
            MigrateError::Execute(error) => cannot(error),
            other => Error::Open(Box::new(other)),
        })?;
        let fold = pool().max_connections(1).connect_lazy_with(
            options
                .clone()
                .synchronous(SqliteSynchronous::Normal)
                .busy_timeout(FOLDING),
        );
        let read = pool()
            .max_connections(READERS)
            .connect_with(options.read_only(true))
            .await
            .map_err(cannot)?;
        let log = Log::new(path, fold);
        let secrets = Arc::new(Secrets::beside(path));
        let store = Self {
            read,
            write,
            log,
            secrets,
        };
        store.fill_new_tables().await?;
        Ok(store)
    }

    /// Computes the derived tables again where a table that came with this version stands empty beside what fills it.
    async fn fill_new_tables(&self) -> Result<(), Error> {
        let waiting = "SELECT EXISTS (SELECT 1 FROM tasks WHERE lead IS NOT NULL AND stage NOT IN ('drafted', 'cancelled')) \
                       AND NOT EXISTS (SELECT 1 FROM task_held)";
        let empty: bool = sqlx::query_scalar(waiting).fetch_one(&self.write).await?;
        if empty {
            let mut writing = self.write().await?;
            writing.rebuild().await?;
            writing.commit().await?;
        }
        let unlisted = "SELECT EXISTS (SELECT 1 FROM reports WHERE told IS NULL) \
                        OR EXISTS (SELECT 1 FROM tasks WHERE sought IS NULL)";
        if sqlx::query_scalar(unlisted).fetch_one(&self.write).await? {
            let mut writing = self.write().await?;
            writing.list_reports().await?;
            writing.make_tasks_sought().await?;
            writing.commit().await?;
        }
        if self.read().await?.lacks_series().await? {
            let mut writing = self.write().await?;
            writing.fill_series().await?;
            writing.commit().await?;
        }
        Ok(())
    }

    /// A snapshot for reading.
    ///
    /// # Errors
    /// [`Error::Failed`].
    pub async fn read(&self) -> Result<Reading, Error> {
        Ok(Reading {
            transaction: self.read.begin().await?,
        })
    }

    /// A transaction for writing; waits for its turn.
    ///
    /// # Errors
    /// [`Error::Busy`] where another process keeps writing, [`Error::Failed`].
    pub async fn write(&self) -> Result<Writing, Error> {
        // Takes the lock at once: a deferred transaction would read first and then fail to become a writer.
        let transaction = self.write.begin_with("BEGIN IMMEDIATE").await?;
        let mut reading = Reading { transaction };
        let (head, last_at) = reading.head_and_time().await?;
        Ok(Writing {
            reading,
            head,
            last_at,
            shown: None,
            secrets: Arc::clone(&self.secrets),
            log: self.log.clone(),
        })
    }

    /// Folds the write-ahead log into the database and empties it, so that what was deleted is in no file any more.
    ///
    /// # Errors
    /// [`Error::Failed`].
    pub async fn fold(&self) -> Result<(), Error> {
        sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)")
            .execute(&self.write)
            .await?;
        Ok(())
    }

    /// Closes all connections, folding the write-ahead log into the database.
    pub async fn close(self) {
        self.log.close().await;
        self.read.close().await;
        self.write.close().await;
    }
}

impl Reading {
    /// The last entry.
    ///
    /// # Errors
    /// [`Error::Failed`], [`Error::Damaged`].
    pub async fn head(&mut self) -> Result<Head, Error> {
        Ok(self.head_and_time().await?.0)
    }

    /// The last entry that any public page can show: pages made from the same one are the same.
    ///
    /// What is saved into a report that is being filled in shows nowhere public, and comes many times a second when all
    /// communes report.
    ///
    /// # Errors
    /// [`Error::Failed`], [`Error::Damaged`].
    pub async fn shown_head(&mut self) -> Result<Head, Error> {
        let row = sqlx::query(
            "SELECT number, hash FROM entries WHERE kind <> 'report-saved' ORDER BY number DESC LIMIT 1",
        )
        .fetch_optional(&mut *self.transaction)
        .await?;
        let Some(row) = row else { return Ok(Head::EMPTY) };
        Ok(Head {
            number: u64::try_from(row.get::<i64, _>("number")).or_damaged("entry number")?,
            hash: row.get::<&[u8], _>("hash").try_into().or_damaged("entry hash")?,
        })
    }

    async fn head_and_time(&mut self) -> Result<(Head, i64), Error> {
        let row = sqlx::query("SELECT number, hash, recorded_at FROM entries ORDER BY number DESC LIMIT 1")
            .fetch_optional(&mut *self.transaction)
            .await?;
        let Some(row) = row else {
            return Ok((Head::EMPTY, i64::MIN));
        };
        let number = u64::try_from(row.get::<i64, _>("number")).or_damaged("entry number")?;
        let hash = row.get::<&[u8], _>("hash").try_into().or_damaged("entry hash")?;
        Ok((Head { number, hash }, row.get("recorded_at")))
    }
}

impl Writing {
    /// The last entry of this transaction that public pages can show, if there is one.
    pub fn shown(&self) -> Option<Head> {
        self.shown
    }

    /// Makes everything recorded since the transaction began durable and visible, and answers with the new head.
    ///
    /// # Errors
    /// [`Error::Failed`]; then nothing was recorded, or, where the disk failed to keep it, nobody was told that it was:
    /// the database takes no more before it is opened again.
    pub async fn commit(self) -> Result<Head, Error> {
        self.reading.transaction.commit().await?;
        self.log
            .flush()
            .await
            .map_err(|error| Error::Failed(error.into()))?;
        Ok(self.head)
    }
}

impl Deref for Writing {
    type Target = Reading;
    fn deref(&self) -> &Reading {
        &self.reading
    }
}

impl DerefMut for Writing {
    fn deref_mut(&mut self) -> &mut Reading {
        &mut self.reading
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn the_database_itself_refuses_to_change_the_record() {
        let directory = tempfile::tempdir().unwrap();
        let store = Store::open(&directory.path().join("r.db")).await.unwrap();
        let insert =
            "INSERT INTO entries (number, kind, recorded_at, bytes, hash) VALUES (1, 'x', 0, x'00', x'00')";
        sqlx::query(insert).execute(&store.write).await.unwrap();
        sqlx::query("INSERT INTO blobs VALUES (x'00', 1, x'00')")
            .execute(&store.write)
            .await
            .unwrap();
        for statement in [
            "UPDATE entries SET bytes = x'01'",
            "DELETE FROM entries",
            "UPDATE blobs SET bytes = x'01'",
            "DELETE FROM blobs",
            "INSERT INTO entries (number, kind, recorded_at, bytes, hash) VALUES (3, 'x', 0, x'00', x'00')",
        ] {
            assert!(
                sqlx::query(statement).execute(&store.write).await.is_err(),
                "{statement}"
            );
        }
    }

    #[tokio::test]
    async fn commits_wait_for_the_disk_and_readers_cannot_write() {
        let directory = tempfile::tempdir().unwrap();
        let store = Store::open(&directory.path().join("r.db")).await.unwrap();
        let ask = async |pragma: &'static str| -> String {
            let row = sqlx::query(pragma).fetch_one(&store.write).await.unwrap();
            row.try_get::<String, _>(0)
                .unwrap_or_else(|_| row.get::<i64, _>(0).to_string())
        };
        assert_eq!(ask("PRAGMA journal_mode").await, "wal");
        assert_eq!(
            ask("PRAGMA synchronous").await,
            "1",
            "NORMAL: the log is flushed before a commit returns"
        );
        assert_eq!(
            ask("PRAGMA wal_autocheckpoint").await,
            "0",
            "nobody's save folds the log"
        );
        assert!(
            sqlx::query("DELETE FROM figures")
                .execute(&store.read)
                .await
                .is_err()
        );
    }

    #[tokio::test]
    async fn a_folded_log_begins_anew() {
        let directory = tempfile::tempdir().unwrap();
        let store = Store::open(&directory.path().join("r.db")).await.unwrap();
        let frames = async || -> i64 {
            let row = sqlx::query("PRAGMA wal_checkpoint(PASSIVE)")
                .fetch_one(&store.write)
                .await
                .unwrap();
            row.get(1)
        };
        let commit = async |number: u32| {
            let mut writing = store.write().await.unwrap();
            writing.keep_bytes(&number.to_le_bytes()).await.unwrap();
            writing.commit().await.unwrap();
        };
        for number in 0..100 {
            commit(number).await;
        }
        assert!(100 < frames().await, "the log holds what was committed");
        store.log.fold().await;
        commit(100).await;
        assert!(frames().await < 10, "only the last transaction is in the log");
    }

    #[tokio::test]
    async fn a_path_that_cannot_be_opened_says_so() {
        let directory = tempfile::tempdir().unwrap();
        assert!(matches!(Store::open(directory.path()).await, Err(Error::Open(_))));
        let text = directory.path().join("notes.txt");
        std::fs::write(
            &text,
            "no database, only some words that are longer than a header",
        )
        .unwrap();
        assert!(matches!(Store::open(&text).await, Err(Error::Open(_))));
    }
}
