//! People who write until the server dies, each act with a mark of its own.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::chance::Chance;
use crate::http::{Answer, Client};
use crate::program::Session;

use super::report::Draft;

/// Rows of a table that is imported.
pub(crate) const ROWS: u64 = 12;

/// What was told of the acts on one database.
#[derive(Debug, Default)]
pub(crate) struct Told {
    /// Acts that the server said were done.
    pub(crate) acknowledged: BTreeSet<String>,
    /// Acts whose answer never came.
    pub(crate) unanswered: BTreeSet<String>,
    /// Imports, by round, and whether they ended well.
    pub(crate) imports: Vec<(u64, bool)>,
    /// Documents with a figure that nobody decided about.
    open: Vec<String>,
    /// How far the reporters came.
    drafts: BTreeMap<usize, Draft>,
}

/// What one writer did in one life of the server.
#[derive(Debug, Default)]
pub(crate) struct Written {
    pub(super) acknowledged: Vec<String>,
    pub(super) unanswered: Option<String>,
    open: Vec<String>,
    /// Of which reporter, and how far the report came.
    pub(super) draft: Option<(usize, Draft)>,
    /// Answers that no act should get.
    pub(crate) refusals: Vec<String>,
}

impl Told {
    pub(crate) fn add(&mut self, written: Written) {
        self.acknowledged.extend(written.acknowledged);
        self.unanswered.extend(written.unanswered);
        self.open.extend(written.open);
        self.drafts.extend(written.draft);
    }

    /// How far a reporter came on this database.
    pub(crate) fn draft(&self, reporter: usize) -> Draft {
        self.drafts.get(&reporter).cloned().unwrap_or_default()
    }

    pub(crate) fn imported(&mut self, round: u64, done: bool) {
        self.imports.push((round, done));
    }

    /// Shares the open documents out among the writers.
    pub(crate) fn open_documents(&mut self, writers: usize) -> Vec<Vec<String>> {
        let mut shares = vec![Vec::new(); writers];
        for (number, document) in std::mem::take(&mut self.open).into_iter().enumerate() {
            shares[number % writers].push(document);
        }
        shares
    }
}

/// The mark of an imported row.
pub(crate) fn marker_of_row(round: u64, row: u64) -> String {
    format!("dau-{round}-import-{row}.")
}

/// Writes until the connection breaks: hands papers in, and decides about the figures in them.
pub(crate) fn write(
    address: SocketAddr,
    session: &Session,
    (round, writer): (u64, usize),
    mut chance: Chance,
    open: Vec<String>,
    done: &AtomicU64,
) -> Written {
    let mut client = Client::new(address, &session.cookie);
    let mut written = Written { open, ..Written::default() };
    for number in 0.. {
        let marker = format!("dau-{round}-{writer}-{number}.");
        let decided = if chance.below(5) < 3 { written.open.pop() } else { None };
        let sent = match &decided {
            Some(document) => decide(&mut client, session, document, &marker),
            None => hand_in(&mut client, session, &marker),
        };
        match sent {
            Ok(Answer { status: 303, location, .. }) => {
                written.acknowledged.push(marker);
                done.fetch_add(1, Ordering::Relaxed);
                if let (None, Some(document)) = (decided, location.as_deref().and_then(number_in)) {
                    written.open.push(document);
                }
            }
            Ok(other) => {
                let said: String = other.body.chars().skip_while(|sign| *sign != '<').take(600).collect();
                written.refusals.push(format!("{marker} was answered {}: {said}", other.status));
                if 3 < written.refusals.len() {
                    return written;
                }
            }
            Err(_) => {
                written.unanswered = Some(marker);
                return written;
            }
        }
    }
    written
}

fn hand_in(client: &mut Client, session: &Session, marker: &str) -> io::Result<Answer> {
    let fields = [
        ("csrf", session.csrf.as_str()),
        ("title", marker),
        ("publisher", "Test desk"),
        ("date", "2026-02-10"),
        ("place", "VN-11"),
        ("url", ""),
    ];
    let text = format!("Forest coverage reached 46.1% in 2025. Paper {marker}\n");
    client.post_file("/en/documents/new", &fields, (&format!("{marker}txt"), &text))
}

fn decide(client: &mut Client, session: &Session, document: &str, marker: &str) -> io::Result<Answer> {
    let figure = format!("{document}.1");
    let fields = [
        ("csrf", session.csrf.as_str()),
        ("figure", &figure),
        ("seen", "0"),
        ("verdict", "reject"),
        ("reason", marker),
    ];
    client.post_form(&format!("/en/documents/{document}"), &fields)
}

/// The document's number in `/en/documents/12`.
fn number_in(location: &str) -> Option<String> {
    let number = location.rsplit('/').next()?.split(['?', '#']).next()?;
    number.bytes().all(|byte| byte.is_ascii_digit()).then(|| number.to_owned())
}
