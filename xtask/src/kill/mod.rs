//! `cargo xtask kill [--rounds N] [--seed S] [--debug | --program FILE] [--json]`: the server dies by SIGKILL at random moments under
//! load; nothing that it acknowledged may be lost or doubled, and nothing may stand there half.
//!
//! A round: start `rorang serve` on the database that the round before left, let signed-in people write over HTTP from
//! several connections, kill the process after a moment drawn by chance (now and then before it answers at all, and now and
//! then together with a `rorang import` beside it), then look at the database as the next start would find it:
//! [`check`] counts what was acknowledged, has the record verified and every derived table computed again. Databases are
//! begun anew every few dozen rounds, so that a round costs the same at the end as at the beginning.

mod check;
mod load;
mod report;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context as _, bail};

use crate::chance::Chance;
use crate::program::{self, Server, Session};
use load::Told;
use report::Reporter;

/// Rounds on one database: it grows to some thousands of entries, then another begins.
const ROUNDS_ON_A_DATABASE: u64 = 40;
/// People who hand papers in and decide, and people who fill a report in: a connection each.
const PLANNERS: usize = 2;
const REPORTERS: usize = 2;
/// The longest that a server lives after its first acknowledgement, ms.
const LONGEST_MS: u64 = 120;
/// How long the first acknowledgement may take: the reader of papers is made for it.
const FIRST: Duration = Duration::from_secs(10);

/// What the rounds came to.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct Tally {
    pub(crate) rounds: u64,
    /// Acts that the server said were done.
    pub(crate) acknowledged: u64,
    /// Acts that were under way when it died: there once or not at all.
    pub(crate) unanswered: u64,
    /// Acknowledged acts that are not there.
    pub(crate) lost: u64,
    /// Acts that are there more than once.
    pub(crate) doubled: u64,
    /// Databases with something half done, and imports that are there in part.
    pub(crate) torn: u64,
    /// Records that do not verify.
    pub(crate) unsound: u64,
    /// Answers that no act should get.
    pub(crate) refused: u64,
    /// Starts that failed on a database that a killed server left.
    pub(crate) unopened: u64,
}

impl Tally {
    pub(crate) fn is_clean(&self) -> bool {
        [self.lost, self.doubled, self.torn, self.unsound, self.refused, self.unopened].iter().all(|count| *count == 0)
    }
}

pub(crate) fn run(arguments: &[String]) -> anyhow::Result<()> {
    let value = |name: &str| {
        let at = arguments.iter().position(|argument| argument == name)?;
        arguments.get(at + 1)
    };
    let number = |name: &str, usual: u64| {
        value(name).map_or(Ok(usual), |text| text.parse().with_context(|| format!("{name} {text}: not a number")))
    };
    let (rounds, seed) = (number("--rounds", 1_000)?, number("--seed", 1)?);
    let program = match value("--program") {
        Some(program) => program.into(),
        None => program::build(!arguments.iter().any(|argument| argument == "--debug"))?,
    };
    let start = Instant::now();
    let tally = rounds_of(&program, rounds, seed)?;
    let seconds = start.elapsed().as_secs_f64();
    let Tally { rounds, acknowledged, unanswered, lost, doubled, torn, unsound, refused, unopened } = tally;
    if arguments.iter().any(|argument| argument == "--json") {
        let told = serde_json::json!({
            "rounds": rounds, "acknowledged": acknowledged, "unanswered": unanswered, "lost": lost, "doubled": doubled,
            "torn": torn, "unsound": unsound, "refused": refused, "unopened": unopened, "seconds": seconds.round(),
        });
        println!("{told}");
    } else {
        println!(
            "{rounds} rounds in {seconds:.0} s: {acknowledged} acts acknowledged, {lost} lost, {doubled} doubled; \
             {unanswered} under way at the kill; {torn} torn, {unsound} unsound, {refused} refused, {unopened} unopened"
        );
    }
    if !tally.is_clean() {
        bail!("the register did not survive: the first database that failed is kept, its path stands above");
    }
    Ok(())
}

/// Runs the rounds; the suite of `cargo xtask test` runs a few.
///
/// # Errors
/// Where the rounds cannot be run at all; what they find is in the tally.
pub(crate) fn rounds_of(program: &Path, rounds: u64, seed: u64) -> anyhow::Result<Tally> {
    let folder = tempfile::Builder::new().prefix("rorang-kill-").tempdir()?;
    let base = folder.path().join("base");
    let people = people(program, &base)?;
    let mut chance = Chance::new(seed);
    let mut tally = Tally::default();
    let mut told = Told::default();
    let mut here = PathBuf::new();
    for round in 0..rounds {
        if round % ROUNDS_ON_A_DATABASE == 0 {
            if round > 0 {
                fs::remove_dir_all(&here)?;
            }
            here = folder.path().join(format!("from-{round}"));
            fs::create_dir(&here)?;
            for file in fs::read_dir(&base)? {
                let file = file?;
                fs::copy(file.path(), here.join(file.file_name()))?;
            }
            told = Told::default();
        }
        let before = tally;
        if let Err(error) = one(program, &here, &people, round, &mut chance, &mut told, &mut tally) {
            eprintln!("round {round}: {error:#}");
            tally.unopened += 1;
        }
        check::all(program, &here, round, &told, &mut tally)?;
        tally.rounds += 1;
        if before.is_clean() && !tally.is_clean() {
            let kept = folder.keep();
            eprintln!("round {round} (seed {seed}) failed: {tally:?}; see {}", kept.display());
            return Ok(tally);
        }
    }
    Ok(tally)
}

/// Who writes.
#[derive(Debug)]
struct People {
    planners: Vec<Session>,
    reporters: Vec<Reporter>,
}

/// A database with people in it who are signed in, closed as it should be.
fn people(program: &Path, base: &Path) -> anyhow::Result<People> {
    fs::create_dir(base)?;
    let database = base.join("register.db");
    let posts = [crate::load::people::reporting_posts(1)?, vec!["VN-11.planner".to_owned()]].concat();
    let accounts = crate::load::people::make(program, &database, &posts, REPORTERS.max(PLANNERS))?;
    let (reporters, planners) = accounts.split_at(REPORTERS.max(PLANNERS));
    let mut server = Server::spawn(program, &database)?;
    let address = server.wait()?;
    let planners = planners
        .iter()
        .take(PLANNERS)
        .map(|account| program::sign_in(address, &account.name, &account.password))
        .collect::<Result<_, _>>()?;
    let reporters = reporters
        .iter()
        .take(REPORTERS)
        .enumerate()
        .map(|(number, account)| {
            let session = program::sign_in(address, &account.name, &account.password)?;
            Reporter::new(address, session, number)
        })
        .collect::<Result<_, _>>()?;
    server.stop()?;
    Ok(People { planners, reporters })
}

/// One life of a server.
fn one(
    program: &Path,
    here: &Path,
    people: &People,
    round: u64,
    chance: &mut Chance,
    told: &mut Told,
    tally: &mut Tally,
) -> anyhow::Result<()> {
    let database = here.join("register.db");
    let mut server = Server::spawn(program, &database)?;
    // Some die while they start: tables are brought up to date then, and the log of the last one is folded in.
    if chance.below(10) == 0 {
        thread::sleep(Duration::from_millis(chance.below(40)));
        return server.kill();
    }
    let address = server.wait()?;
    // Most die while acts come in one after the other, some at the very first.
    let warm = chance.below(6) != 0;
    let life = Duration::from_millis(chance.below(LONGEST_MS));
    let done = Arc::new(AtomicU64::new(0));
    let import = match chance.below(8) {
        0 => Some(import(program, here, round)?),
        _ => None,
    };
    let open = told.open_documents(people.planners.len());
    let mut lives = Vec::new();
    for ((writer, session), open) in people.planners.iter().enumerate().zip(open) {
        let (session, done, chance) = (session.clone(), Arc::clone(&done), Chance::new(chance.next()));
        lives.push(thread::spawn(move || {
            load::write(address, &session, (round, writer), chance, open, &done)
        }));
    }
    for (number, reporter) in people.reporters.iter().enumerate() {
        let (reporter, done) = (reporter.clone(), Arc::clone(&done));
        let (at, draft) = ((round, PLANNERS + number), told.draft(number));
        lives.push(thread::spawn(move || reporter.write(address, at, draft, &done)));
    }
    if warm {
        program::until(FIRST, || done.load(Ordering::Relaxed) > 0);
    }
    thread::sleep(life);
    server.kill()?;
    let import_done = match import {
        None => None,
        Some(mut import) => {
            // Told to have ended well before the kill: then it is acknowledged.
            let done = import.try_wait()?.is_some_and(|status| status.success());
            let _ = import.kill();
            import.wait()?;
            Some(done)
        }
    };
    if let Some(done) = import_done {
        tally.acknowledged += u64::from(done);
        told.imported(round, done);
    }
    for life in lives {
        let Ok(written) = life.join() else { bail!("a writer of the load failed itself") };
        for refusal in written.refusals.iter().take(2) {
            eprintln!("round {round}: {refusal}");
        }
        let count = |number: usize| u64::try_from(number).unwrap_or(u64::MAX);
        tally.refused += count(written.refusals.len());
        tally.acknowledged += count(written.acknowledged.len());
        tally.unanswered += u64::from(written.unanswered.is_some());
        told.add(written);
    }
    Ok(())
}

/// A table of values that `rorang import` records all of or nothing, beside the server.
fn import(program: &Path, here: &Path, round: u64) -> anyhow::Result<Child> {
    let mut table = String::from("indicator,place,period,value,quote,publisher,title,date\n");
    for row in 1..=load::ROWS {
        let marker = load::marker_of_row(round, row);
        table.push_str(&format!("poverty.rate,VN-11,2025,{row}.78,{row}.78% {marker},Báo,Tin {marker},2026-01-31\n"));
    }
    let file = here.join(format!("observations-{round}.csv"));
    fs::write(&file, table)?;
    let child = Command::new(program)
        .arg("import")
        .arg(&file)
        .arg("--database")
        .arg(here.join("register.db"))
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()?;
    Ok(child)
}
