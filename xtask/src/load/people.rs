//! The people of the communes: made by the program's own command, signed in with their passwords.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::mpsc;
use std::thread;

use anyhow::{Context as _, bail};

use crate::program::{self, Session};

/// A line of `rorang demo-users`.
#[derive(Debug, Clone)]
pub(crate) struct Account {
    pub(crate) name: String,
    pub(crate) password: String,
    office: String,
}

/// Somebody who is signed in and reports for an office.
#[derive(Debug, Clone)]
pub(super) struct Person {
    pub(super) session: Session,
}

/// Loads the example and makes so many reporters for each of so many communes.
pub(crate) fn make(
    program: &Path,
    database: &Path,
    communes: usize,
    people: usize,
) -> anyhow::Result<Vec<Account>> {
    let path = database.to_str().context("the temporary folder has no plain name")?;
    let example = crate::paths::root().join("examples/dien-bien");
    let example = example.to_str().context("the repository has no plain name")?;
    program::run(program, &["import", example, "--database", path], "")?;
    let each = people.to_string();
    let told = program::run(program, &["demo-users", "--database", path, "--per-post", &each], "")?;
    let mut accounts = Vec::new();
    for line in told.lines() {
        let fields: Vec<&str> = line.split(',').collect();
        let [name, password, _post, office, role] = fields[..] else { continue };
        if role == "reporter" && office != "office" {
            accounts.push(Account {
                name: name.to_owned(),
                password: password.to_owned(),
                office: office.to_owned(),
            });
        }
    }
    let mut offices: Vec<String> = accounts.iter().map(|account| account.office.clone()).collect();
    offices.sort();
    offices.dedup();
    offices.retain(|office| office.starts_with("VN-11-"));
    offices.truncate(communes);
    accounts.retain(|account| offices.contains(&account.office));
    if accounts.len() != communes * people {
        bail!("{} reporters in {} communes instead of {}", accounts.len(), offices.len(), communes * people);
    }
    Ok(accounts)
}

/// Signs all of them in, two at a time: a password costs its time on purpose.
pub(super) fn sign_in(address: SocketAddr, accounts: &[Account]) -> anyhow::Result<Vec<Person>> {
    let (sender, receiver) = mpsc::channel();
    thread::scope(|scope| {
        for half in accounts.chunks(accounts.len().div_ceil(2).max(1)) {
            let sender = sender.clone();
            scope.spawn(move || {
                for account in half {
                    let session = program::sign_in(address, &account.name, &account.password);
                    let _ = sender.send(session.map(|session| Person { session }));
                }
            });
        }
    });
    drop(sender);
    receiver.into_iter().collect()
}
