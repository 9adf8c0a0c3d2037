//! What happened to accounts: kept beside the acts that make it happen, told to whose account it is and to who keeps it.

use std::collections::BTreeMap;

use plan::{AccountEvent, UserId};
use store::{Reading, StoredAccountEvent, WhichEvents, Writing};
use terms::{Date, Timestamp};

use crate::policy::Action;
use crate::register::beginning_in_vietnam;
use crate::session::{From, plain_device};
use crate::{Actor, App, Error};

/// How many are shown of one account, and on a page of those of all.
const OF_ONE: u32 = 30;
const OF_PAGE: u32 = 50;

/// Which events are asked for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct EventQuery {
    /// Of this person only.
    pub person: Option<UserId>,
    /// From this day on, in Việt Nam.
    pub from: Option<Date>,
    /// Until this day, the whole of it.
    pub until: Option<Date>,
    /// Those before the last one of the page before: [`EventPage::older`].
    pub older_than: Option<u64>,
}

/// A page of events.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventPage {
    /// The latest first.
    pub events: Vec<EventView>,
    /// What the next page is asked by; none where this is the last.
    pub older: Option<u64>,
    /// Everybody whom the asker keeps, in the order of names: to choose from.
    pub people: Vec<(UserId, String)>,
}

/// Something that happened to an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventView {
    /// When.
    pub at: Timestamp,
    /// Whose account: the number and the name; none where nobody has the name that was tried.
    pub user: Option<(UserId, String)>,
    /// What.
    pub what: AccountEvent,
    /// Who did it, where it was somebody else.
    pub by: Doer,
    /// From which address; empty where that is not known.
    pub address: String,
    /// What the browser says of itself.
    pub device: String,
}

/// Who did something to an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Doer {
    /// Whose account it is, or whoever tried to be.
    Own,
    /// The operator of the machine.
    Operator,
    /// Somebody else; no name where the person was forgotten.
    Other(Option<String>),
}

/// Who does something to an account, as far as it is known.
#[derive(Debug, Clone, Copy)]
pub(crate) enum By<'a> {
    /// A browser.
    Person(&'a From),
    /// A person who is signed in, or the operator.
    Actor(&'a Actor),
    /// Nobody is known: the session's end.
    Nobody,
}

impl App {
    /// Keeps what happened, in the transaction in which it happens.
    pub(crate) async fn note(
        &self,
        writing: &mut Writing,
        user: Option<UserId>,
        what: AccountEvent,
        by: By<'_>,
    ) -> Result<(), Error> {
        let mut event = StoredAccountEvent {
            id: 0,
            at: self.now(),
            user,
            by: None,
            operator: false,
            what,
            address: String::new(),
            device: String::new(),
        };
        match by {
            By::Person(from) => {
                event.address = from.address.to_string();
                event.device = plain_device(&from.device);
            }
            By::Actor(actor) => {
                event.operator = actor.user().is_none();
                event.by = actor.user().filter(|by| Some(*by) != user);
            }
            By::Nobody => {}
        }
        Ok(writing.keep_account_event(&event).await?)
    }

    /// What happened to one account. Two statements, and one for each other person who did something to it.
    pub(crate) async fn events_of(
        &self,
        reading: &mut Reading,
        user: UserId,
    ) -> Result<Vec<EventView>, Error> {
        let events = reading.account_events(user, OF_ONE).await?;
        let mut others: Vec<UserId> = events.iter().filter_map(|event| event.by).collect();
        others.push(user);
        others.sort();
        others.dedup();
        let mut names = BTreeMap::new();
        for id in others {
            if let Some(user) = reading.user(id).await? {
                names.insert(id, user.name);
            }
        }
        Ok(events.into_iter().map(|event| view(event, &names)).collect())
    }

    /// What happened to the accounts that the asker keeps, the latest first, a page of it. Two statements.
    ///
    /// # Errors
    /// [`Error::NotFound`] where the asker does not keep the person; [`Error::Denied`], [`Error::SignIn`],
    /// [`Error::Store`].
    pub async fn account_events(&self, actor: &Actor, query: &EventQuery) -> Result<EventPage, Error> {
        actor.require(Action::KeepUsers)?;
        let mut reading = self.reading().await?;
        let mut users = reading.users().await?;
        users.retain(|user| actor.may_for(Action::KeepUsers, &user.office));
        if query
            .person
            .is_some_and(|id| users.iter().all(|user| user.id != id))
        {
            return Err(Error::NotFound { what: "user" });
        }
        // Attempts under names that nobody has concern who keeps the whole register.
        let everywhere = actor.may_for(Action::KeepUsers, &crate::directory::Directory::keeper());
        let which = WhichEvents {
            of: match query.person {
                Some(id) => Some(vec![id]),
                None if everywhere => None,
                None => Some(users.iter().map(|user| user.id).collect()),
            },
            since: query.from.map(beginning_in_vietnam),
            before: query
                .until
                .and_then(|day| day.tomorrow().ok())
                .map(beginning_in_vietnam),
            older_than: query.older_than,
        };
        // One more than is shown tells whether there are more.
        let mut events = reading.all_account_events(&which, OF_PAGE + 1).await?;
        let shown = usize::try_from(OF_PAGE).unwrap_or(usize::MAX);
        let more = shown < events.len();
        events.truncate(shown);
        let older = events.last().filter(|_| more).map(|event| event.id);
        let mut people: Vec<(UserId, String)> = users.into_iter().map(|user| (user.id, user.name)).collect();
        let names = people.iter().cloned().collect();
        people.sort_by(|a, b| i18n::sort::compare(terms::Language::Vi, &a.1, &b.1));
        Ok(EventPage {
            events: events.into_iter().map(|event| view(event, &names)).collect(),
            older,
            people,
        })
    }
}

fn view(event: StoredAccountEvent, names: &BTreeMap<UserId, String>) -> EventView {
    let name = |id: UserId| names.get(&id).cloned();
    EventView {
        at: event.at,
        user: event.user.map(|id| (id, name(id).unwrap_or_default())),
        what: event.what,
        by: match event.by {
            Some(id) => Doer::Other(name(id)),
            None if event.operator => Doer::Operator,
            None => Doer::Own,
        },
        address: event.address,
        device: event.device,
    }
}
