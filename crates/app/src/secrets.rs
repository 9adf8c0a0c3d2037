//! Secrets of second factors: sealed by keys in a file of its own, which can be changed and can get lost.

use std::path::{Path, PathBuf};

use plan::{AccountEvent, UserId};
use store::StoredTotp;

use crate::account_event::By;
use crate::directory::Directory;
use crate::policy::Action;
use crate::{Actor, App, Error};

impl App {
    /// From now on the keys lie in another file than the one beside the database: a matter of configuration, said
    /// before anybody asks.
    pub fn keep_secrets_in(&self, file: &Path) {
        self.store().keep_secrets_in(file);
    }

    /// The file in which the keys lie.
    pub fn secrets_file(&self) -> PathBuf {
        self.store().secrets_file()
    }

    /// Looks whether every secret can be read, and seals those that registers of before kept plain. Answers with how
    /// many were sealed. To be done before people come in.
    ///
    /// # Errors
    /// [`Error::Store`] where a key is lost: [`Error::trouble`] tells which way out there is.
    pub async fn guard_secrets(&self) -> Result<u64, Error> {
        Ok(self.store().guard_secrets().await?)
    }

    /// Seals every secret by a fresh key. Answers with how many there are.
    ///
    /// # Errors
    /// [`Error::Store`] where a key is lost; [`Error::Denied`], [`Error::SignIn`].
    pub async fn rotate_secrets(&self, actor: &Actor) -> Result<u64, Error> {
        actor.require_for(Action::KeepUsers, &Directory::keeper())?;
        Ok(self.store().rotate_secrets().await?)
    }

    /// Takes away the second factors whose key is lost, so that their people set them up anew. Answers with the names.
    ///
    /// # Errors
    /// [`Error::Store`], [`Error::Denied`], [`Error::SignIn`].
    pub async fn give_up_lost_secrets(&self, actor: &Actor) -> Result<Vec<String>, Error> {
        actor.require_for(Action::KeepUsers, &Directory::keeper())?;
        let mut writing = self.writing().await?;
        let lost = writing.give_up_lost_secrets().await?;
        let mut names = Vec::new();
        for id in lost {
            self.note(
                &mut writing,
                Some(id),
                AccountEvent::FactorTakenAway,
                By::Actor(actor),
            )
            .await?;
            names.extend(writing.user(id).await?.map(|user| user.name));
        }
        self.commit(writing).await?;
        Ok(names)
    }

    /// The secret of a person's second factor.
    pub(crate) fn secret_of(&self, user: UserId, totp: &StoredTotp) -> Result<Vec<u8>, Error> {
        Ok(self.store().reveal(user, totp)?)
    }
}
