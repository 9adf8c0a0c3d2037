//! The people of the communes: made by the program's own command, signed in with their passwords.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::mpsc;
use std::thread;

use anyhow::{Context as _, bail};

use crate::program::{self, Session};

/// Somebody who can sign in.
#[derive(Debug, Clone)]
pub(crate) struct Account {
    pub(crate) name: String,
    pub(crate) password: String,
}

/// Somebody who is signed in and reports for an office.
#[derive(Debug, Clone)]
pub(super) struct Person {
    pub(super) session: Session,
}

/// Makes a database with the example and so many people for each of these posts, by the commands that an operator uses.
///
/// # Errors
/// Where a command refuses.
pub(crate) fn make(
    program: &Path,
    database: &Path,
    posts: &[String],
    people: usize,
) -> anyhow::Result<Vec<Account>> {
    let path = database.to_str().context("the temporary folder has no plain name")?;
    let init = ["init", "Người quản trị", "--example", "--password-stdin", "--database", path];
    program::run(program, &init, "một mật khẩu đủ dài\n")?;
    let mut accounts = Vec::new();
    let mut table = String::from("name,password,post,since\n");
    for post in posts {
        for number in 1..=people {
            let account =
                Account { name: format!("Người thử {post} {number}"), password: format!("ruộng bậc thang {number} mùa lúa {post}") };
            table.push_str(&format!("{},{},{post},2026-01-01\n", account.name, account.password));
            accounts.push(account);
        }
    }
    let file = database.with_extension("csv");
    std::fs::write(&file, table)?;
    let file = file.to_str().context("the temporary folder has no plain name")?;
    program::run(program, &["user", "import", file, "--database", path], "")?;
    Ok(accounts)
}

/// The posts of the example that report for a commune, the first so many.
///
/// # Errors
/// Where the example has fewer.
pub(crate) fn reporting_posts(communes: usize) -> anyhow::Result<Vec<String>> {
    let table = std::fs::read_to_string(crate::paths::root().join("examples/dien-bien/posts.csv"))?;
    let ids = table.lines().filter_map(|line| line.split(',').next());
    let posts: Vec<String> = ids
        .filter(|id| id.starts_with("VN-11-") && id.ends_with(".reporter"))
        .take(communes)
        .map(str::to_owned)
        .collect();
    if posts.len() < communes {
        bail!("the example has {} communes that report, not {communes}", posts.len());
    }
    Ok(posts)
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
