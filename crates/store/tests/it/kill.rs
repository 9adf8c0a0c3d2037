//! What was acknowledged survives SIGKILL, and nothing stands there half.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use plan::Fact;
use store::{Author, Known, Store, Which};

use crate::specimen::{at, observation, recorded};

/// Where the child writes; without it the child's test does nothing.
const PATH: &str = "RORANG_TEST_KILL_PATH";

/// Not a test of its own: the process that is killed. Records two values a transaction and tells each commit.
#[tokio::test]
async fn records_until_killed() {
    let Ok(path) = std::env::var(PATH) else { return };
    let store = Store::open(path.as_ref()).await.unwrap();
    loop {
        let mut writing = store.write().await.unwrap();
        for title in ["một", "hai"] {
            writing
                .record(
                    &Author::PROGRAM,
                    at(0),
                    &recorded(Fact::Observation(observation("1")), title),
                )
                .await
                .unwrap();
        }
        println!("acknowledged {}", writing.commit().await.unwrap().number);
    }
}

#[tokio::test]
async fn killed_at_any_moment_it_keeps_what_it_acknowledged() {
    let directory = tempfile::tempdir().unwrap();
    let path = crate::path(&directory);
    for round in 1..=5_usize {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "kill::records_until_killed", "--nocapture"])
            .env(PATH, &path)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut acknowledged = 0;
        let told = lines.map_while(Result::ok).filter_map(|line| {
            line.rsplit_once("acknowledged ")
                .and_then(|(_, number)| number.parse::<u64>().ok())
        });
        for (count, number) in told.enumerate() {
            acknowledged = number;
            // The first rounds die young, the later ones after more commits; then the rest of the pipe is read.
            if count == round * 7 {
                child.kill().unwrap();
            }
        }
        child.wait().unwrap();
        let store = Store::open(&path).await.unwrap();
        let mut reading = store.read().await.unwrap();
        let head = reading.head().await.unwrap();
        assert!(
            acknowledged <= head.number,
            "{acknowledged} acknowledged, {} kept",
            head.number
        );
        assert!(
            0 < acknowledged && head.number.is_multiple_of(2),
            "a half transaction: {}",
            head.number
        );
        let entries = reading.entries_after(0, 1_000_000).await.unwrap();
        assert_eq!(ledger::verify(&entries), Ok(head));
        let values = reading.observations(Known::NOW, Which::All).await.unwrap();
        assert_eq!(values.len() as u64, head.number);
        drop(reading);
        store.close().await;
    }
}
