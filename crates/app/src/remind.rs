//! Reminders: what is due to whom, one digest a person a day, and calendars of deadlines.
//!
//! A reminder goes first to who holds the post that does the task, or to the office that leads it; on silence it climbs:
//! to the lead's leaders, then to the assigner's, then to those above. Everything for one person is one digest.

use std::collections::BTreeMap;

pub use exchange::ics::Calendar;
use exchange::ics::CalendarDay;
use plan::org::Role as PostRole;
use plan::task::reminder::{self, Reminder, Why};
use plan::{Office, TaskId, UserId};
pub use store::DigestState;
use store::{Digest, StoredTask, TaskFilter, TaskState, TaskWith};
use terms::{Date, Timestamp};

use crate::directory::Directory;
use crate::policy::Action;
use crate::session::{address_of, chance};
use crate::task::{OfficeName, TaskCard, sees};
use crate::{Actor, App, Error};

/// One person's digest of a day.
#[derive(Debug, Clone, PartialEq)]
pub struct DigestView {
    /// Of which day: a run that goes on after midnight ends what it began.
    pub day: Date,
    /// Whose.
    pub user: UserId,
    /// The person's name.
    pub name: String,
    /// Where mail goes; none where nobody said.
    pub address: Option<String>,
    /// Its lines, the gravest first.
    pub lines: Vec<DigestLine>,
    /// The id of its mail, the same for every attempt.
    pub message_id: String,
    /// How far its mail is; none where it was not begun.
    pub state: Option<DigestState>,
}

/// One line of a digest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DigestLine {
    /// About which task.
    pub task: TaskId,
    /// What is to be done.
    pub title: String,
    /// Who answers for it.
    pub lead: Option<OfficeName>,
    /// The deadline in force.
    pub due: Option<Date>,
    /// Why.
    pub why: Why,
    /// How many levels it has climbed to reach this person.
    pub levels_up: i32,
}

/// A person's calendar of deadlines: whether it has a secret address, and the address where it was just made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedView {
    /// Since when the address is good; none where there is none.
    pub since: Option<Timestamp>,
}

impl App {
    /// Everybody's digest of today, whatever of it was sent already. Nine statements and one for each who is told; O(open
    /// tasks and their steps).
    ///
    /// # Errors
    /// [`Error::SignIn`], [`Error::Denied`], [`Error::Store`].
    pub async fn digests(&self, actor: &Actor) -> Result<Vec<DigestView>, Error> {
        actor.require(Action::KeepUsers)?;
        let today = self.today();
        let mut reading = self.reading().await?;
        let directory = self.directory(&mut reading).await?;
        let rules = reading
            .task_rules()
            .await?
            .map(|stored| stored.rules)
            .unwrap_or_default();
        let tasks = reading.open_tasks().await?;
        let names: BTreeMap<UserId, String> = reading
            .users()
            .await?
            .into_iter()
            .filter(|user| !user.ended)
            .map(|user| (user.id, user.name))
            .collect();
        let addresses: BTreeMap<UserId, String> = reading.mail_addresses().await?.into_iter().collect();
        let mut lines: BTreeMap<UserId, Vec<DigestLine>> = BTreeMap::new();
        for stored in &tasks {
            for reminder in reminder::due(&stored.task, today, &rules.reminders) {
                for (user, levels_up) in told(&directory, stored, &reminder, today) {
                    let line = line(&directory, stored, reminder.why, levels_up);
                    let of_person = lines.entry(user).or_default();
                    match of_person.iter_mut().find(|kept| kept.task == line.task) {
                        // Who is told of a task twice is told the graver thing.
                        Some(kept) if gravity(line.why) < gravity(kept.why) => *kept = line,
                        Some(_) => {}
                        None => of_person.push(line),
                    }
                }
            }
        }
        let mut digests = Vec::new();
        for (user, mut lines) in lines {
            let Some(name) = names.get(&user) else { continue };
            lines.sort_by_key(|line| (gravity(line.why), line.task));
            let begun = reading.digest(user, today).await?;
            digests.push(DigestView {
                day: today,
                user,
                name: name.clone(),
                address: addresses.get(&user).cloned(),
                lines,
                message_id: format!("digest-{today}-{user}@rorang"),
                state: begun.map(|digest| digest.state),
            });
        }
        Ok(digests)
    }

    /// Notes that a digest's mail is about to go out: only then may it be handed to a server. False where it was begun
    /// already, so that two runs at once send one mail.
    ///
    /// # Errors
    /// As [`App::digests`].
    pub async fn begin_digest(&self, actor: &Actor, digest: &DigestView, again: bool) -> Result<bool, Error> {
        actor.require(Action::KeepUsers)?;
        let mut writing = self.writing().await?;
        let begun = writing.digest(digest.user, digest.day).await?;
        let attempts = begun.as_ref().map_or(0, |begun| begun.attempts);
        let free = match begun.map(|begun| begun.state) {
            None => true,
            Some(DigestState::Sending) => again,
            Some(DigestState::Sent) => false,
        };
        if free {
            writing
                .keep_digest(&kept(digest, DigestState::Sending, attempts + 1), self.now())
                .await?;
            self.commit(writing).await?;
        }
        Ok(free)
    }

    /// Notes what became of a digest's mail: the server took it, or certainly did not (it may then be tried again).
    ///
    /// # Errors
    /// As [`App::digests`].
    pub async fn end_digest(&self, actor: &Actor, digest: &DigestView, taken: bool) -> Result<(), Error> {
        actor.require(Action::KeepUsers)?;
        let mut writing = self.writing().await?;
        if taken {
            let attempts = writing
                .digest(digest.user, digest.day)
                .await?
                .map_or(1, |begun| begun.attempts);
            writing
                .keep_digest(&kept(digest, DigestState::Sent, attempts), self.now())
                .await?;
        } else {
            writing.drop_digest(digest.user, digest.day).await?;
        }
        self.commit(writing).await
    }

    /// Sets where one's own mail goes; empty: nowhere.
    ///
    /// # Errors
    /// [`Error::Invalid`] of what is no address; [`Error::SignIn`], [`Error::Store`].
    pub async fn set_own_address(&self, actor: &Actor, address: &str) -> Result<(), Error> {
        actor.require(Action::KeepOwnAccount)?;
        let user = own(actor)?;
        let address = address.trim();
        if !address.is_empty() && !is_mail_address(address) {
            let place = terms::Place::default().column("address");
            return Err(Error::Invalid(vec![
                terms::Diagnostic::error("not-a-mail-address", place).with("found", address),
            ]));
        }
        let mut writing = self.writing().await?;
        writing.set_mail_address(user, address).await?;
        self.commit(writing).await
    }

    /// Where one's own mail goes, and one's own calendar. Two statements.
    ///
    /// # Errors
    /// [`Error::SignIn`], [`Error::Store`].
    pub async fn own_reminders(&self, actor: &Actor) -> Result<(String, FeedView), Error> {
        actor.require(Action::KeepOwnAccount)?;
        let user = own(actor)?;
        let mut reading = self.reading().await?;
        let addresses = reading.mail_addresses().await?;
        let address = addresses
            .into_iter()
            .find(|(of, _)| *of == user)
            .map(|(_, address)| address);
        let since = reading.calendar_feed_since(user).await?;
        Ok((address.unwrap_or_default(), FeedView { since }))
    }

    /// Gives one's calendar a new secret address, shown once; the one before shows nothing from then on.
    ///
    /// # Errors
    /// [`Error::SignIn`], [`Error::Store`], [`Error::Machine`].
    pub async fn new_calendar_address(&self, actor: &Actor) -> Result<String, Error> {
        actor.require(Action::KeepOwnAccount)?;
        let user = own(actor)?;
        let token = chance()?;
        let mut writing = self.writing().await?;
        writing
            .set_calendar_feed(user, &address_of(&token), self.now())
            .await?;
        self.commit(writing).await?;
        Ok(token)
    }

    /// Revokes the address of one's calendar.
    ///
    /// # Errors
    /// [`Error::SignIn`], [`Error::Store`].
    pub async fn end_calendar_address(&self, actor: &Actor) -> Result<(), Error> {
        actor.require(Action::KeepOwnAccount)?;
        let user = own(actor)?;
        let mut writing = self.writing().await?;
        writing.end_calendar_feed(user).await?;
        self.commit(writing).await
    }

    /// The calendar behind a secret address: the open tasks of the person's offices. Whoever has the address reads it, so
    /// it tells no more than titles, offices and days. Four statements.
    ///
    /// # Errors
    /// [`Error::NotFound`] of an address that was never given or was revoked; [`Error::Store`].
    pub async fn personal_calendar(&self, actor: &Actor, token: &str) -> Result<Calendar, Error> {
        actor.require(Action::ReadRegister)?;
        let missing = || Error::NotFound { what: "calendar" };
        if token.len() != 64 {
            return Err(missing());
        }
        let mut reading = self.reading().await?;
        let feed = reading
            .calendar_feed(&address_of(token))
            .await?
            .ok_or_else(missing)?;
        let directory = self.directory(&mut reading).await?;
        let today = self.today();
        let offices: Vec<Office> = directory
            .posts_of(feed.user, today)
            .map(|post| post.office.clone())
            .collect();
        // What the person's offices are told of, and nothing that is public anyway.
        let filter = TaskFilter {
            with: Some(TaskWith {
                offices: offices.clone(),
                areas: Vec::new(),
                party: None,
            }),
            state: Some(TaskState::Open),
            ..TaskFilter::seen_by(store::Sees::Public {
                offices,
                areas: Vec::new(),
            })
        };
        self.calendar(&mut reading, &directory, &filter, feed.name).await
    }

    /// The calendar of an office: its open tasks that the asker may know of. Three statements.
    ///
    /// # Errors
    /// [`Error::NotFound`] of an office that never was; [`Error::Store`].
    pub async fn office_calendar(&self, actor: &Actor, office: &Office) -> Result<Calendar, Error> {
        actor.require(Action::ReadRegister)?;
        let mut reading = self.reading().await?;
        let directory = self.directory(&mut reading).await?;
        let lists = self.lists();
        let there = match office.department {
            Some(_) => directory.departments.contains_key(office),
            None => lists.reference.unit(&office.area).is_some(),
        };
        if !there {
            return Err(Error::NotFound { what: "office" });
        }
        let filter = TaskFilter {
            with: Some(TaskWith {
                offices: vec![office.clone()],
                areas: Vec::new(),
                party: None,
            }),
            state: Some(TaskState::Open),
            ..TaskFilter::seen_by(sees(actor))
        };
        let name = directory.name(office).vi;
        self.calendar(&mut reading, &directory, &filter, name).await
    }

    async fn calendar(
        &self,
        reading: &mut store::Reading,
        directory: &Directory,
        filter: &TaskFilter,
        name: String,
    ) -> Result<Calendar, Error> {
        let today = self.today();
        let rows = reading.tasks(filter, 1_000, 0).await?;
        let now = self.now();
        let days = rows.iter().filter_map(|row| {
            let card = TaskCard::of(row, directory, today);
            let midnight = jiff::civil::Time::midnight();
            let changed_at = jiff::tz::Offset::constant(7).to_timestamp(row.moved_on.to_datetime(midnight));
            Some(CalendarDay {
                uid: format!("task-{}@rorang", row.id),
                day: row.due?,
                summary: card.title,
                description: card.lead.map(|lead| lead.name.vi).unwrap_or_default(),
                url: None,
                changed_at: changed_at.unwrap_or(now),
                sequence: row.steps,
            })
        });
        Ok(Calendar {
            name,
            days: days.collect(),
        })
    }
}

fn kept(digest: &DigestView, state: DigestState, attempts: u32) -> Digest {
    Digest {
        user: digest.user,
        day: digest.day,
        message_id: digest.message_id.clone(),
        state,
        attempts,
    }
}

fn own(actor: &Actor) -> Result<UserId, Error> {
    actor.user().ok_or(Error::SignIn {
        action: Action::KeepOwnAccount,
    })
}

/// One `@` with something before it and a host behind it, no blanks, no line ends: enough that nothing can be smuggled
/// into a mail; whether anybody reads there, only a mail can tell.
fn is_mail_address(text: &str) -> bool {
    let Some((local, host)) = text.rsplit_once('@') else {
        return false;
    };
    let plain = |part: &str, more: &[u8]| {
        !part.is_empty()
            && part
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || more.contains(&byte))
    };
    text.len() <= 254
        && plain(local, b"._%+-")
        && plain(host, b".-")
        && !host.starts_with('.')
        && !host.ends_with('.')
        && !host.contains("..")
}

fn line(directory: &Directory, stored: &StoredTask, why: Why, levels_up: i32) -> DigestLine {
    let brief = stored.task.brief();
    DigestLine {
        task: stored.id,
        title: brief.title.clone(),
        lead: brief.lead.as_ref().map(|lead| directory.office_name(lead)),
        due: brief.due,
        why,
        levels_up,
    }
}

/// What is late comes before what waits, what waits before what is silent, what is near last.
fn gravity(why: Why) -> (u8, i32) {
    match why {
        Why::Overdue(days) => (0, -days),
        Why::Unanswered(days) => (1, -days),
        Why::Unreceived(days) => (2, -days),
        Why::Silent(days) => (3, -days),
        Why::DueSoon(days) => (4, days),
    }
}

/// Who is told, and from which level of the reporting line: level 0 is the one concerned.
fn told(directory: &Directory, stored: &StoredTask, reminder: &Reminder, today: Date) -> Vec<(UserId, i32)> {
    let leaders = |office: &Office| directory.holders_in(office, &[PostRole::Leader], today);
    let workers = |office: &Office| {
        let workers = directory.holders_in(office, &[PostRole::Reporter, PostRole::Verifier], today);
        if workers.is_empty() {
            leaders(office)
        } else {
            workers
        }
    };
    let brief = stored.task.brief();
    let assigner = &stored.assigner;
    // The line, from the one concerned upwards.
    let mut levels: Vec<Vec<UserId>> = Vec::new();
    if reminder.for_assigner {
        match stored.task.asked() {
            Some(asked) => {
                levels.push(leaders(asked));
                levels.push(leaders(assigner));
            }
            None => levels.push(leaders(assigner)),
        }
    } else if let Some(lead) = &brief.lead {
        let by_post = stored.task.post().map(|post| {
            directory
                .holders(post, today)
                .map(|holding| holding.user)
                .collect::<Vec<_>>()
        });
        levels.push(
            by_post
                .filter(|holders| !holders.is_empty())
                .unwrap_or_else(|| workers(lead)),
        );
        levels.push(leaders(lead));
        levels.push(leaders(assigner));
    }
    let mut above = directory.above(assigner);
    while let Some(office) = above.filter(|_| levels.len() < 8) {
        levels.push(leaders(&office));
        above = directory.above(&office);
    }
    // An office that nobody leads does not stop the climb.
    levels.retain(|holders| !holders.is_empty());
    let mut told: Vec<(UserId, i32)> = Vec::new();
    for (holders, level) in levels.into_iter().zip(0..=reminder.levels_up.max(0)) {
        for user in holders {
            if !told.iter().any(|(known, _)| *known == user) {
                told.push((user, level));
            }
        }
    }
    told
}

impl Directory {
    /// Who holds a post of an office with one of these roles on a day.
    pub(crate) fn holders_in(&self, office: &Office, roles: &[PostRole], on: Date) -> Vec<UserId> {
        let mut users: Vec<UserId> = self
            .posts
            .values()
            .filter(|post| post.office == *office && roles.contains(&post.role) && post.is_on(on))
            .flat_map(|post| self.holders(&post.id, on).map(|holding| holding.user))
            .collect();
        users.sort_unstable();
        users.dedup();
        users
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_can_be_smuggled_into_a_mail_by_its_address() {
        for good in ["a@b.vn", "can.bo+1@dienbien.gov.vn"] {
            assert!(is_mail_address(good), "{good}");
        }
        for bad in [
            "",
            "a",
            "@b.vn",
            "a@",
            "a b@c.vn",
            "a@b.vn\r\nBcc: c@d.vn",
            "a@b..vn",
            "<a@b.vn>",
            "a@.vn",
        ] {
            assert!(!is_mail_address(bad), "{bad}");
        }
    }
}
