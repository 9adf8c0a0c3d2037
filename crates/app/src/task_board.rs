//! Boards of tasks: by person, office, document, target; and how they stand.

use plan::{DocumentId, Office, TargetId};
use store::{TaskCounts, TaskFilter, TaskOrder, TaskState, TaskWith};
use terms::{Language, RefArea};

use crate::policy::Action;
use crate::task::{OfficeName, TaskCard, sees};
use crate::{Actor, App, Error};

/// How many tasks a page of a board shows.
pub const PAGE: u32 = 50;

/// So many words are looked for; more say nothing more.
const WORDS: usize = 12;

/// Whose tasks.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Whose {
    /// All that the asker may know of.
    #[default]
    All,
    /// Those that a post of the asker does, or the asker's office leads with no post named.
    Mine,
    /// Those that wait for an act of the asker.
    WaitingForMe,
    /// Those that concern an office.
    Office(Office),
    /// Those that concern any office of an area.
    Area(RefArea),
    /// Those made from clauses of a document.
    Document(DocumentId),
    /// Those that serve a target.
    Target(TargetId),
}

/// How they stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Not over.
    Open,
    /// Past the deadline.
    Late,
    /// Due within seven days.
    Soon,
    /// With a difficulty, contested, or asking for time.
    Stuck,
    /// Confirmed.
    Done,
}

impl Standing {
    /// Every standing.
    pub const ALL: [Standing; 5] = [
        Standing::Open,
        Standing::Late,
        Standing::Soon,
        Standing::Stuck,
        Standing::Done,
    ];

    /// The stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Standing::Open => "open",
            Standing::Late => "late",
            Standing::Soon => "soon",
            Standing::Stuck => "stuck",
            Standing::Done => "done",
        }
    }
}

/// What a board shows.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TaskQuery {
    /// Whose tasks.
    pub whose: Whose,
    /// How they stand; none: all.
    pub standing: Option<Standing>,
    /// With these words in title, product, result or the lead's name, with or without tone marks; empty: all.
    pub words: String,
    /// In which order.
    pub order: Order,
    /// Which page, from 0.
    pub page: u32,
}

/// In which order a board stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Order {
    /// By deadline, the open ones first.
    #[default]
    Due,
    /// What was written down last first.
    Newest,
    /// Those on which nothing has happened the longest first, the open ones before the others.
    Silent,
}

impl Order {
    /// Every order.
    pub const ALL: [Order; 3] = [Order::Due, Order::Newest, Order::Silent];

    /// The stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Order::Due => "due",
            Order::Newest => "newest",
            Order::Silent => "silent",
        }
    }

    const fn stored(self) -> TaskOrder {
        match self {
            Order::Due => TaskOrder::Due,
            Order::Newest => TaskOrder::Newest,
            Order::Silent => TaskOrder::Silent,
        }
    }
}

/// A board.
#[derive(Debug, Clone, PartialEq)]
pub struct TaskBoard {
    /// The tasks of this page: the open ones first, by deadline.
    pub cards: Vec<TaskCard>,
    /// Whether there is a page behind it.
    pub more: bool,
    /// How many stand how, whatever the standing asked for.
    pub counts: TaskCounts,
    /// How many wait for the asker; none for who has no post.
    pub waiting: Option<u64>,
    /// The office whose board it is.
    pub office: Option<OfficeName>,
    /// The offices with tasks to choose from.
    pub offices: Vec<OfficeName>,
    /// Whether the asker may write a task somewhere.
    pub may_draft: bool,
}

impl App {
    /// A board. At most five statements.
    ///
    /// # Errors
    /// [`Error::SignIn`] for a board that is somebody's own; [`Error::Store`].
    pub async fn task_board(&self, actor: &Actor, query: &TaskQuery) -> Result<TaskBoard, Error> {
        actor.require(Action::ReadRegister)?;
        if matches!(query.whose, Whose::Mine | Whose::WaitingForMe) {
            actor.require(Action::ReadTasks)?;
        }
        let mut reading = self.reading().await?;
        let directory = self.directory(&mut reading).await?;
        let today = self.today();
        let everything = TaskFilter::seen_by(sees(actor));
        let mut filter = everything.clone();
        let with = |offices, areas| {
            Some(TaskWith {
                offices,
                areas,
                party: None,
            })
        };
        let mut office = None;
        match &query.whose {
            Whose::All => {}
            Whose::Mine => filter.mine = Some(mine(actor)),
            Whose::WaitingForMe => filter.waits_for = Some(waiting(actor)),
            Whose::Office(of) => {
                office = Some(directory.office_name(of));
                filter.with = with(vec![of.clone()], Vec::new());
            }
            Whose::Area(area) => filter.with = with(Vec::new(), vec![area.clone()]),
            Whose::Document(document) => filter.document = Some(*document),
            Whose::Target(target) => filter.targets = vec![*target],
        }
        let offices = reading.leads_of_tasks(&everything).await?;
        let mut offices: Vec<OfficeName> = offices
            .iter()
            .map(|office| directory.office_name(office))
            .collect();
        filter.words = sought(&query.words, &offices);
        let counts = reading.count_tasks(&filter, today).await?;
        filter.state = query.standing.map(|standing| match standing {
            Standing::Open => TaskState::Open,
            Standing::Late => TaskState::Late(today),
            Standing::Soon => TaskState::DueBetween(today, today.saturating_add(jiff::Span::new().days(7))),
            Standing::Stuck => TaskState::Stuck,
            Standing::Done => TaskState::Done,
        });
        let skip = query.page.saturating_mul(PAGE);
        let order = query.order.stored();
        let mut rows = reading.tasks_in(order, &filter, PAGE + 1, skip).await?;
        let more = rows.len() > PAGE as usize;
        rows.truncate(PAGE as usize);
        let waiting = if actor.may(Action::ReadTasks) {
            let filter = TaskFilter {
                waits_for: Some(waiting(actor)),
                ..everything.clone()
            };
            Some(reading.count_tasks(&filter, today).await?.all)
        } else {
            None
        };
        i18n::sort::by_name(Language::Vi, &mut offices, |office| &office.name.vi);
        Ok(TaskBoard {
            cards: rows
                .iter()
                .map(|row| TaskCard::of(row, &directory, today))
                .collect(),
            more,
            counts,
            waiting,
            office,
            offices,
            may_draft: actor.may(Action::DraftTask),
        })
    }

    /// The tasks that serve one of these targets, as far as the asker may know of them. Two statements.
    ///
    /// # Errors
    /// [`Error::Store`].
    pub async fn tasks_serving(
        &self,
        actor: &Actor,
        targets: Vec<TargetId>,
    ) -> Result<Vec<(TargetId, TaskCard)>, Error> {
        actor.require(Action::ReadRegister)?;
        if targets.is_empty() {
            return Ok(Vec::new());
        }
        let filter = TaskFilter {
            targets,
            ..TaskFilter::seen_by(sees(actor))
        };
        self.cards(filter, |row| row.target).await
    }

    /// The tasks made from clauses of a document, as far as the asker may know of them. Two statements.
    ///
    /// # Errors
    /// [`Error::Store`].
    pub async fn tasks_from(
        &self,
        actor: &Actor,
        document: DocumentId,
    ) -> Result<Vec<(DocumentId, TaskCard)>, Error> {
        actor.require(Action::ReadRegister)?;
        let filter = TaskFilter {
            document: Some(document),
            ..TaskFilter::seen_by(sees(actor))
        };
        self.cards(filter, |row| row.document).await
    }

    async fn cards<K>(
        &self,
        filter: TaskFilter,
        key: impl Fn(&store::TaskRow) -> Option<K>,
    ) -> Result<Vec<(K, TaskCard)>, Error> {
        let mut reading = self.reading().await?;
        let directory = self.directory(&mut reading).await?;
        let today = self.today();
        let rows = reading.tasks(&filter, 200, 0).await?;
        Ok(rows
            .iter()
            .filter_map(|row| Some((key(row)?, TaskCard::of(row, &directory, today))))
            .collect())
    }
}

/// Words as the database looks for them, and the offices whose name holds them all.
fn sought(words: &str, offices: &[OfficeName]) -> (Vec<String>, Vec<Office>) {
    let words = i18n::sort::fold(words);
    let words: Vec<String> = words.split_whitespace().take(WORDS).map(str::to_owned).collect();
    let holds = |name: &str| {
        let name = i18n::sort::fold(name);
        words.iter().all(|word| name.contains(word))
    };
    let named = |office: &&OfficeName| holds(&office.name.vi) || holds(&office.name.en);
    let leads = if words.is_empty() {
        Vec::new()
    } else {
        let named = offices.iter().filter(named);
        named.map(|office| office.office.clone()).collect()
    };
    (words, leads)
}

/// The posts of the actor, and the offices on whose tasks they work.
pub(crate) fn mine(actor: &Actor) -> (Vec<plan::PostId>, Vec<Office>) {
    let posts = actor
        .posts()
        .iter()
        .filter_map(|post| post.post.clone())
        .collect();
    (posts, actor.offices_for(Action::WorkOnTask).own().to_vec())
}

/// The offices for which the actor works, and those for which the actor directs.
pub(crate) fn waiting(actor: &Actor) -> (Vec<Office>, Vec<Office>) {
    (
        actor.offices_for(Action::WorkOnTask).own().to_vec(),
        actor.offices_for(Action::DirectTask).own().to_vec(),
    )
}
