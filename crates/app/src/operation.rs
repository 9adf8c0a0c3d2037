//! Exactly once: what a device sends again under the same name is recorded once and answered alike.
//!
//! An act that may come over a bad link asks [`Once::before`] first, inside its own transaction; where nothing came under
//! the name yet it records, and keeps its answer by [`Once::keep`] before it commits. So the act and the memory of it
//! are there together or not at all. A name lives [`KEPT_DAYS`]; see `docs/decisions/0095`.

use jiff::SignedDuration;
use plan::OperationId;
use store::{StoredOperation, Writing};
use terms::{Diagnostic, Place};

use crate::{Actor, App, Error};

/// For how many days a name is remembered: longer than any form stays open (a yearly report with its correction), so
/// that what comes later is refused by the form itself.
pub const KEPT_DAYS: i64 = 400;

/// One act under the name that a device gave it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Once {
    id: OperationId,
    digest: [u8; 32],
}

impl Once {
    /// The act that consists of these parts; parts in another order, or cut elsewhere, are another act.
    pub(crate) fn new(id: OperationId, parts: &[&str]) -> Self {
        let mut bytes = Vec::new();
        for part in parts {
            bytes.extend_from_slice(&u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
            bytes.extend_from_slice(part.as_bytes());
        }
        Self {
            id,
            digest: ledger::entry::address(&bytes),
        }
    }

    /// The answer that was given when this very act came before; none where it is new: then record it.
    ///
    /// # Errors
    /// [`Error::Invalid`] (`operation-reused`) where something else, or somebody else's act, came under the name.
    pub(crate) async fn before(&self, writing: &mut Writing, actor: &Actor) -> Result<Option<String>, Error> {
        let Some(kept) = writing.operation(self.id).await? else {
            return Ok(None);
        };
        if kept.user == actor.user() && kept.digest == self.digest {
            return Ok(Some(kept.answer));
        }
        let reused = Diagnostic::error("operation-reused", Place::default().column("operation"));
        Err(Error::Invalid(vec![reused.with("found", self.id)]))
    }

    /// Keeps the answer in the act's own transaction, and forgets names that are too old.
    ///
    /// # Errors
    /// [`Error::Store`].
    pub(crate) async fn keep(
        &self,
        app: &App,
        writing: &mut Writing,
        actor: &Actor,
        answer: &str,
    ) -> Result<(), Error> {
        let now = app.now();
        writing
            .drop_operations_before(now - SignedDuration::from_hours(24 * KEPT_DAYS))
            .await?;
        let kept = StoredOperation {
            user: actor.user(),
            digest: self.digest,
            answer: answer.to_owned(),
            kept_at: now,
        };
        Ok(writing.keep_operation(self.id, &kept).await?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::Role;

    async fn register() -> (tempfile::TempDir, App, [Actor; 2]) {
        let folder = tempfile::tempdir().unwrap();
        let app = App::open(&folder.path().join("register.db")).await.unwrap();
        let mut actors = Vec::new();
        for name in ["Mai", "Lan"] {
            app.add_user(&Actor::operator(), name, Role::Administrator, "một mật khẩu dài")
                .await
                .unwrap();
            actors.push(app.operator_as(name).await.unwrap());
        }
        let actors = actors.try_into().unwrap();
        (folder, app, actors)
    }

    #[tokio::test]
    async fn what_comes_again_is_answered_as_before_and_nothing_else_takes_its_name() {
        let (_folder, app, [mai, lan]) = register().await;
        let id = OperationId([9; 16]);
        let save = Once::new(id, &["VN-11", "2026-10", "17"]);
        let mut writing = app.writing().await.unwrap();
        assert_eq!(save.before(&mut writing, &mai).await.unwrap(), None);
        save.keep(&app, &mut writing, &mai, "version 3").await.unwrap();
        writing.commit().await.unwrap();

        let mut writing = app.writing().await.unwrap();
        assert_eq!(
            save.before(&mut writing, &mai).await.unwrap().as_deref(),
            Some("version 3")
        );
        // The same digits, cut elsewhere, are another act.
        let other = Once::new(id, &["VN-11", "2026-101", "7"]);
        for refused in [
            other.before(&mut writing, &mai).await,
            save.before(&mut writing, &lan).await,
        ] {
            let Err(Error::Invalid(diagnostics)) = refused else {
                panic!("taken for the same: {refused:?}");
            };
            assert_eq!(diagnostics[0].code, "operation-reused");
        }
    }

    #[tokio::test]
    async fn what_was_not_committed_did_not_come() {
        let (_folder, app, [mai, _]) = register().await;
        let save = Once::new(OperationId([9; 16]), &["17"]);
        let mut writing = app.writing().await.unwrap();
        save.keep(&app, &mut writing, &mai, "version 3").await.unwrap();
        drop(writing);
        let mut writing = app.writing().await.unwrap();
        assert_eq!(save.before(&mut writing, &mai).await.unwrap(), None);
    }
}
