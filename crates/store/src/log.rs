//! The write-ahead log: made durable for many at once, and folded into the database beside the writer.
//!
//! A flush takes the disk some milliseconds and a small transaction a fraction of one. Were each transaction to flush with
//! the lock held, people who save at the same moment would queue for the disk one by one. Here the next transaction goes on
//! while the disk works, and the answer to each waits for a flush that began after its commit. In the same way no save
//! waits while the log is folded: a connection of its own does most of it beside the writer.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use sqlx::SqlitePool;
use tokio::sync::Mutex;

/// After so many commits the log is folded: some megabytes, so that readers find their pages quickly in it.
const COMMITS: u64 = 256;
/// A longer log is folded at once, and cut to this length: 64 MiB. A shorter one keeps its length, for writing over blocks
/// that the file has already is many times quicker to flush than making it longer.
pub(crate) const LONGEST: u64 = 64 << 20;

/// The log of one database. Clones share its flushes.
#[derive(Debug, Clone)]
pub(crate) struct Log(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    path: PathBuf,
    /// The connection that folds.
    fold: SqlitePool,
    folding: AtomicBool,
    /// How many commits there were.
    committed: AtomicU64,
    /// How many of them a flush has covered. Whoever holds the lock flushes.
    flushed: Mutex<u64>,
    /// A flush failed once: what the system dropped then, no later flush brings back, though it may say so.
    failed: AtomicBool,
}

impl Log {
    /// Of the database at `path`, beside which it lies; `fold` is a connection that waits for nobody for long.
    pub(crate) fn new(path: &Path, fold: SqlitePool) -> Self {
        let mut log = path.as_os_str().to_owned();
        log.push("-wal");
        Self(Arc::new(Shared {
            path: log.into(),
            fold,
            folding: AtomicBool::new(false),
            committed: AtomicU64::new(0),
            flushed: Mutex::new(0),
            failed: AtomicBool::new(false),
        }))
    }

    /// Waits until everything committed before this call is on the disk. O(1) flushes for all who wait at a time.
    ///
    /// # Errors
    /// Where the system could not flush, now or ever since the database was opened.
    pub(crate) async fn flush(&self) -> io::Result<()> {
        let shared = &self.0;
        let mine = shared.committed.fetch_add(1, Ordering::SeqCst) + 1;
        let length = {
            let mut flushed = shared.flushed.lock().await;
            if shared.failed.load(Ordering::SeqCst) {
                return Err(io::Error::other("an earlier flush of the log failed"));
            }
            if mine <= *flushed {
                return Ok(());
            }
            let upto = shared.committed.load(Ordering::SeqCst);
            let log = self.clone();
            let length = tokio::task::spawn_blocking(move || log.flush_now()).await;
            let length = length.map_err(io::Error::other)??;
            let last = *flushed / COMMITS;
            *flushed = upto;
            (LONGEST < length || last < upto / COMMITS).then_some(length)
        };
        if length.is_some() && !shared.folding.swap(true, Ordering::SeqCst) {
            let log = self.clone();
            tokio::spawn(async move {
                log.fold().await;
                log.0.folding.store(false, Ordering::SeqCst);
            });
        }
        Ok(())
    }

    /// The log's length in bytes, flushed. SQLite keeps no lock on this file, so opening and closing it gives none away.
    fn flush_now(&self) -> io::Result<u64> {
        let done = File::options().write(true).open(&self.0.path).and_then(|log| {
            log.sync_data()?;
            Ok(log.metadata()?.len())
        });
        // Marked here, for whoever waited may have gone away by now.
        if done.is_err() {
            self.0.failed.store(true, Ordering::SeqCst);
        }
        done
    }

    /// Brings what the log holds into the database: first beside the writer, then what came meanwhile with the writer
    /// waiting, so that the next transaction begins the log anew. Where a reader still needs the log, it stays for the
    /// next time; so does an error: nothing durable depends on it.
    pub(crate) async fn fold(&self) {
        for statement in ["PRAGMA wal_checkpoint(PASSIVE)", "PRAGMA wal_checkpoint(RESTART)"] {
            if sqlx::query(statement).execute(&self.0.fold).await.is_err() {
                return;
            }
        }
    }

    /// Closes the connection that folds.
    pub(crate) async fn close(&self) {
        self.0.fold.close().await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn log(folder: &Path) -> Log {
        let path = folder.join("f.db");
        let fold = sqlx::sqlite::SqlitePoolOptions::new()
            .connect_lazy_with(sqlx::sqlite::SqliteConnectOptions::new().filename(&path));
        Log::new(&path, fold)
    }

    #[tokio::test]
    async fn those_who_wait_share_a_flush_and_all_are_served() {
        let folder = tempfile::tempdir().unwrap();
        let log = log(folder.path());
        std::fs::write(&log.0.path, b"log").unwrap();
        let waiting: Vec<_> = (0..50)
            .map(|_| {
                let log = log.clone();
                tokio::spawn(async move { log.flush().await })
            })
            .collect();
        for one in waiting {
            one.await.unwrap().unwrap();
        }
        assert_eq!(*log.0.flushed.lock().await, 50);
    }

    #[tokio::test]
    async fn after_a_failed_flush_nothing_is_called_durable_any_more() {
        let folder = tempfile::tempdir().unwrap();
        let log = log(folder.path());
        assert!(log.flush().await.is_err(), "there is no log");
        std::fs::write(&log.0.path, b"log").unwrap();
        assert!(log.flush().await.is_err(), "what was lost stays lost");
    }
}
