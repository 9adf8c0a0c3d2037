//! The behaviour of the store, asked of every database behind it: one suite, one line a backend.

#![expect(
    clippy::unwrap_used,
    reason = "a test may fail by panic; helpers of tests are not marked as tests"
)]

mod kill;
mod operations;
mod record;
mod secrets;
mod series;
mod specimen;
mod tasks;
mod users;

use std::path::PathBuf;

use store::Store;
use tempfile::TempDir;

/// A database to test against.
trait Backend {
    /// An empty one, and what must live as long as it.
    async fn fresh() -> (Store, TempDir);
}

/// The embedded one.
struct Sqlite;

impl Backend for Sqlite {
    async fn fresh() -> (Store, TempDir) {
        let directory = tempfile::tempdir().unwrap();
        let store = Store::open(&path(&directory)).await.unwrap();
        (store, directory)
    }
}

fn path(directory: &TempDir) -> PathBuf {
    directory.path().join("register.db")
}

/// One test for each behaviour and backend.
macro_rules! suite {
    ($($behaviour:ident),+ $(,)?) => {
        mod sqlite {
            $(#[tokio::test]
            async fn $behaviour() {
                super::$behaviour::<crate::Sqlite>().await;
            })+
        }
    };
}
pub(crate) use suite;
