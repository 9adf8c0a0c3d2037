//! The record itself: its signed head, its export, and the receipt of an entry, for anybody to check.

use std::io::Write;

use ledger::export::{self, Receipt};
use ledger::signed::{Keeper, SignedHead, TreeHead};
use ledger::tree::{Roots, Tree};
use ledger::{Entry, Value};
use plan::{Office, TaskId};
use store::Reading;

pub use store::{Audit, AuditedTable};

use crate::policy::Action;
use crate::task::{is_inside, known};
use crate::{Actor, App, Error, Head};

/// Beginnings of the kinds of acts that pages show to everybody.
const PUBLIC: [&str; 8] = [
    "document-",
    "figure-",
    "fact-",
    "finding-",
    "catalogue-",
    "regime-",
    "task-rules-",
    "score-rules-",
];
/// Beginnings of the kinds of acts about offices and posts.
const ORG: [&str; 3] = ["department-", "post-", "holder-"];

/// How many entries are read at once: bounds the memory of an export.
const PAGE: u32 = 1_000;

impl App {
    /// The head of the record as it is now, signed. One statement, and one more for each thousand new entries.
    ///
    /// # Errors
    /// [`Error::Store`], [`Error::Denied`].
    pub async fn signed_head(&self, actor: &Actor) -> Result<SignedHead, Error> {
        actor.require(Action::ReadRegister)?;
        let mut reading = self.reading().await?;
        let head = reading.head().await?;
        let mut tree = self.inner.tree.lock().await;
        grow(&mut tree, &mut reading, head).await?;
        self.sign(head, tree.root())
    }

    /// The receipt of an entry: proves to anybody that it is in the record, and what it says. Who has one can show it to
    /// everybody; it is given to those who may see what the entry says.
    ///
    /// # Errors
    /// [`Error::NotFound`] where there is no such entry or the actor may not see it; [`Error::SignIn`], [`Error::Store`].
    pub async fn receipt(&self, actor: &Actor, number: u64) -> Result<Receipt, Error> {
        actor.require(Action::ReadRegister)?;
        let not_found = Error::NotFound { what: "entry" };
        let Some(before) = number.checked_sub(1) else {
            return Err(not_found);
        };
        let mut reading = self.reading().await?;
        let head = reading.head().await?;
        let Some(sealed) = reading.entries_after(before, 1).await?.pop() else {
            return Err(not_found);
        };
        may_see(actor, &mut reading, number, &sealed.bytes).await?;
        let previous = match before.checked_sub(1) {
            None => Head::EMPTY.hash,
            Some(two_before) => reading
                .hashes_after(two_before, 1)
                .await?
                .pop()
                .ok_or(Error::NotFound { what: "entry" })?,
        };
        let mut tree = self.inner.tree.lock().await;
        grow(&mut tree, &mut reading, head).await?;
        let path = tree.inclusion(number).ok_or(Error::NotFound { what: "entry" })?;
        let signed = self.sign(head, tree.root())?;
        Ok(Receipt {
            number,
            previous,
            bytes: sealed.bytes,
            path,
            signed,
        })
    }

    /// Writes the whole record as a file that anybody can check without a database, and answers with its signed head.
    ///
    /// One snapshot, in pages: constant memory. O(entries).
    ///
    /// # Errors
    /// [`Error::Machine`] where the file cannot be written, [`Error::Store`], [`Error::Denied`].
    pub async fn export_record(
        &self,
        actor: &Actor,
        out: &mut (impl Write + Send),
    ) -> Result<SignedHead, Error> {
        actor.require(Action::ExportRecord)?;
        let written = |result: std::io::Result<()>| result.map_err(|_| Error::Machine("writing the record"));
        let mut reading = self.reading().await?;
        let (mut roots, mut head) = (Roots::default(), Head::EMPTY);
        written(export::begin(out))?;
        loop {
            let page = reading.entries_after(head.number, PAGE).await?;
            if page.is_empty() {
                break;
            }
            for sealed in &page {
                written(export::write_entry(out, sealed))?;
                roots.push(&sealed.hash);
                head = Head::from(sealed);
            }
        }
        let signed = self.sign(head, roots.root())?;
        written(writeln!(out, "{}", export::head_line(&signed)))?;
        written(out.flush())?;
        Ok(signed)
    }

    /// Checks the chain of the record in the database, and whether all that pages read is what the entries make.
    ///
    /// Nothing is changed; nobody can record anything while it runs. O(entries).
    ///
    /// # Errors
    /// [`Error::Store`], [`Error::SignIn`], [`Error::Denied`].
    pub async fn audit(&self, actor: &Actor) -> Result<Audit, Error> {
        actor.require(Action::ExportRecord)?;
        let mut writing = self.writing().await?;
        let findings = self.audit_findings(&mut writing).await?;
        let mut audit = writing.audit().await?;
        audit.tables.extend(findings);
        Ok(audit)
    }

    fn sign(&self, head: Head, root: [u8; 32]) -> Result<SignedHead, Error> {
        let signed_at = self.now().as_microsecond();
        Ok(self.keeper()?.sign(TreeHead {
            size: head.number,
            root,
            chain: head.hash,
            signed_at,
        }))
    }

    /// The keeper, whose key is made the first time that anything is signed.
    fn keeper(&self) -> Result<&Keeper, Error> {
        if let Some(keeper) = self.inner.keeper.get() {
            return Ok(keeper);
        }
        let mut fresh = [0; 32];
        getrandom::fill(&mut fresh).map_err(|_| Error::Machine("drawing a key"))?;
        let key = store::keeper::load_or_keep(&self.inner.path, &fresh)?;
        Ok(self.inner.keeper.get_or_init(|| Keeper::new(&key)))
    }
}

/// Goes on only where the actor may see what an entry says: a receipt spells it out.
async fn may_see(actor: &Actor, reading: &mut Reading, number: u64, bytes: &[u8]) -> Result<(), Error> {
    let entry = Entry::decode(bytes).map_err(|_| Error::Machine("reading an entry"))?;
    let office = || {
        entry
            .body
            .get("office")
            .and_then(Value::as_text)?
            .parse::<Office>()
            .ok()
    };
    let of_office = |action| match office() {
        Some(office) => actor.require_for(action, &office),
        None => actor.require(Action::ExportRecord),
    };
    let seen = match entry.kind.as_str() {
        // What counts in the register is for everybody, with how it came to count.
        "report-accepted" | "report-corrected" | "report-value-counted" => Ok(()),
        kind if PUBLIC.iter().any(|begin| kind.starts_with(begin)) => Ok(()),
        kind if kind.starts_with("report-") => of_office(Action::ReadReports),
        kind if kind.starts_with("score-") || kind.starts_with("general-score-") => {
            of_office(Action::ReadScores)
        }
        "task-drafted" => inside_task(actor, reading, TaskId(number)).await,
        "task-stepped" => {
            let task = entry.body.get("task").and_then(Value::as_text);
            match task.and_then(|number| number.parse().ok()) {
                Some(task) => inside_task(actor, reading, task).await,
                None => actor.require(Action::ExportRecord),
            }
        }
        kind if ORG.iter().any(|begin| kind.starts_with(begin)) => actor.require(Action::ReadOrg),
        // What this floor does not know of yet is not for everybody.
        _ => actor.require(Action::ExportRecord),
    };
    match seen {
        Err(Error::Denied { .. } | Error::NotFound { .. }) => Err(Error::NotFound { what: "entry" }),
        other => other,
    }
}

/// Goes on only for those whom a task concerns: others read its page, but not every word of its steps.
async fn inside_task(actor: &Actor, reading: &mut Reading, id: TaskId) -> Result<(), Error> {
    let inside = is_inside(actor, &known(actor, reading.task(id).await?)?);
    if !inside && actor.user().is_none() {
        return Err(Error::SignIn {
            action: Action::ReadTasks,
        });
    }
    inside.then_some(()).ok_or(Error::NotFound { what: "entry" })
}

/// Brings the tree up to the head of a snapshot. The tree may be ahead of an older snapshot; then it is made anew.
async fn grow(tree: &mut Tree, reading: &mut Reading, head: Head) -> Result<(), Error> {
    if head.number < tree.size() {
        *tree = Tree::default();
    }
    while tree.size() < head.number {
        let wanted = u32::try_from(head.number - tree.size()).unwrap_or(PAGE).min(PAGE);
        let hashes = reading.hashes_after(tree.size(), wanted).await?;
        if hashes.is_empty() {
            return Err(Error::NotFound { what: "entry" });
        }
        for hash in hashes {
            tree.push(hash);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn example() -> (tempfile::TempDir, App) {
        let folder = tempfile::tempdir().unwrap();
        let app = App::open(&folder.path().join("register.db")).await.unwrap();
        app.load_example().await.unwrap();
        (folder, app)
    }

    #[tokio::test]
    async fn what_is_exported_is_sound_and_each_receipt_leads_to_its_head() {
        let (_folder, app) = example().await;
        let mut file = Vec::new();
        let signed = app.export_record(&Actor::operator(), &mut file).await.unwrap();
        let checked = export::check(file.as_slice()).unwrap();
        assert_eq!(checked.signed, signed);
        assert_eq!(signed.head.size, app.head().number);
        let head = app.signed_head(&Actor::public()).await.unwrap();
        assert_eq!((head.head.root, head.key), (signed.head.root, signed.key));
        // The last entries are steps of tasks, whose words are for those concerned.
        for (actor, number) in [
            (Actor::public(), 1),
            (Actor::public(), 2),
            (Actor::operator(), app.head().number),
        ] {
            let receipt = app.receipt(&actor, number).await.unwrap();
            assert!(receipt.holds());
            assert_eq!(receipt.signed.head.root, signed.head.root);
        }
        for nothing in [0, app.head().number + 1] {
            let refused = app.receipt(&Actor::public(), nothing).await;
            assert!(matches!(refused, Err(Error::NotFound { what: "entry" })));
        }
    }

    #[tokio::test]
    async fn the_public_does_not_take_the_record_out_and_an_empty_one_is_sound() {
        let folder = tempfile::tempdir().unwrap();
        let app = App::open(&folder.path().join("register.db")).await.unwrap();
        let refused = app.export_record(&Actor::public(), &mut Vec::new()).await;
        assert!(matches!(refused, Err(Error::SignIn { .. })));
        let mut file = Vec::new();
        app.export_record(&Actor::operator(), &mut file).await.unwrap();
        assert_eq!(export::check(file.as_slice()).unwrap().signed.head.size, 0);
    }

    #[tokio::test]
    async fn the_key_outlives_the_program() {
        let (folder, app) = example().await;
        let before = app.signed_head(&Actor::public()).await.unwrap();
        app.close().await;
        let app = App::open(&folder.path().join("register.db")).await.unwrap();
        let after = app.signed_head(&Actor::public()).await.unwrap();
        assert_eq!((before.key, before.head.root), (after.key, after.head.root));
    }

    #[tokio::test]
    async fn a_receipt_is_for_those_who_may_see_the_entry() {
        let (_folder, app) = example().await;
        let commune = Office::committee("VN-11-03158".parse::<Office>().unwrap().area);
        let save = plan::Act::ReportMoved {
            report: plan::report::ReportKey {
                regime: "xa-thang".parse().unwrap(),
                period: "2026-10".parse().unwrap(),
                office: commune,
            },
            step: Box::new(plan::report::Move::Save(plan::report::flow::Saved::default())),
        };
        let mut writing = app.writing().await.unwrap();
        let number = writing
            .record(&store::Author::PROGRAM, app.now(), &save)
            .await
            .unwrap();
        app.commit(writing).await.unwrap();

        let name = "Một kế hoạch viên";
        app.add_user(
            &Actor::operator(),
            name,
            crate::policy::Role::Planner,
            "một mật khẩu dài",
        )
        .await
        .unwrap();
        let session = app.sign_in(name, "một mật khẩu dài", [127, 0, 0, 1].into()).await;
        let planner = app.actor(&session.unwrap().unwrap().token).await.unwrap();
        let refused = app.receipt(&Actor::public(), number).await;
        assert!(matches!(refused, Err(Error::SignIn { .. })), "{refused:?}");
        assert!(app.receipt(&planner, number).await.unwrap().holds());
        // A document's entry is everybody's.
        assert!(app.receipt(&Actor::public(), 1).await.unwrap().holds());
    }
}
