//! Scores of offices and of the posts within them: the points of a month or quarter, and the tasks behind each.
//!
//! [`frame`] is the period with its rules, [`works`] the tasks of it by whoever had them, [`people`] who held which post,
//! [`give`] the general part that a person gives, [`rules`] how the rules are shown and set.

mod frame;
mod give;
mod people;
mod rules;
mod works;

pub use frame::ScoreFrame;
pub use give::{GeneralForm, GeneralTexts, GivenView, Whose};
pub use people::PostScore;
pub use rules::{RulesTexts, ScoreRulesView, SetRules};

use std::collections::BTreeMap;

use plan::task::score::{Work, score};
use plan::task::{Score, ScoreRules};
use plan::{Office, TaskId};
use terms::{Date, Decimal, Language, TimePeriod};

use crate::policy::Action;
use crate::task::{OfficeName, TaskCard};
use crate::{Actor, App, Error};
use frame::frame;
use works::Works;

/// The scores of all offices that the asker may know of.
#[derive(Debug, Clone, PartialEq)]
pub struct ScoreBoard {
    /// The period, and the rules that hold on its first day.
    pub frame: ScoreFrame,
    /// Each office that led a task of the period, by name; none of it where no rules hold.
    pub offices: Vec<(OfficeName, Score)>,
}

/// The score of an office, told task by task.
#[derive(Debug, Clone, PartialEq)]
pub struct ScorePage {
    /// The period, and the rules that hold on its first day.
    pub frame: ScoreFrame,
    /// Whose.
    pub office: OfficeName,
    /// The score; none where the period has no task of it, or no rules.
    pub score: Option<Score>,
    /// The general part of the office that counts.
    pub general: Option<GivenView>,
    /// Every general part that was given for the office and its posts, the latest first.
    pub given: Vec<GivenView>,
    /// The score of each post of the office, and of each holder where one followed another in the period.
    pub posts: Vec<PostScore>,
    /// The tasks of the scores.
    pub tasks: BTreeMap<TaskId, TaskCard>,
    /// Whether the asker may give the office as a whole its general part.
    pub may_give: bool,
}

impl ScoreBoard {
    /// The table of the board, the same for people and programs: a line for each office, numbers with a point, at most four
    /// decimals. What nobody gave or settled is empty.
    pub fn lines(&self) -> Vec<[String; 13]> {
        self.offices
            .iter()
            .map(|(office, score)| {
                let number = |number: Decimal| number.round_dp(4).normalize().to_string();
                let optional = |value: Option<Decimal>| value.map(number).unwrap_or_default();
                let grade = match score.grades {
                    Some((least, most)) if least == most => least.code().to_owned(),
                    Some((least, most)) => format!("{}..{}", least.code(), most.code()),
                    None => String::new(),
                };
                [
                    self.frame.period.to_string(),
                    office.office.to_string(),
                    office.name.vi.clone(),
                    office.name.en.clone(),
                    score.items.len().to_string(),
                    number(score.per_cent(score.quantity)),
                    number(score.per_cent(score.quality)),
                    number(score.per_cent(score.progress)),
                    number(score.result),
                    number(score.reachable),
                    optional(score.general),
                    optional(score.points()),
                    if score.provisional {
                        "provisional".to_owned()
                    } else {
                        grade
                    },
                ]
            })
            .collect()
    }
}

/// The columns of [`ScoreBoard::lines`].
pub const COLUMNS: [&str; 13] = [
    "period",
    "office",
    "name_vi",
    "name_en",
    "tasks",
    "quantity_per_cent",
    "quality_per_cent",
    "progress_per_cent",
    "result",
    "reachable",
    "general",
    "points",
    "grade",
];

/// What scores of one period are computed with.
#[derive(Debug, Clone, Copy)]
struct Scoring<'a> {
    period: TimePeriod,
    today: Date,
    rules: &'a ScoreRules,
}

impl Scoring<'_> {
    fn of(self, works: &[Work], general: Option<Decimal>) -> Option<Score> {
        score(works, self.period, self.today, self.rules, general)
    }
}

impl App {
    /// The scores of the offices that the asker may know of, in a month or quarter; none asked: the quarter of today. Five
    /// statements, and one more for each further five thousand tasks.
    ///
    /// # Errors
    /// [`Error::SignIn`], [`Error::Denied`]; [`Error::NotFound`] for another kind of period; [`Error::Store`].
    pub async fn scores(&self, actor: &Actor, period: Option<TimePeriod>) -> Result<ScoreBoard, Error> {
        actor.require(Action::ReadScores)?;
        let mut reading = self.reading().await?;
        let directory = self.directory(&mut reading).await?;
        let today = self.today();
        let frame = frame(&mut reading, period, today).await?;
        let Some(rules) = &frame.rules else {
            return Ok(ScoreBoard {
                frame,
                offices: Vec::new(),
            });
        };
        let scoring = Scoring {
            period: frame.period,
            today,
            rules,
        };
        let may = actor.offices_for(Action::ReadScores);
        let of = (!may.is_everywhere()).then(|| (may.own().to_vec(), may.areas_below()));
        let works = Works::read(&mut reading, frame.period, of).await?;
        let by_office = works.by(|held| may.contains(&held.lead).then(|| held.lead.clone()));
        let mut general: BTreeMap<Office, Option<Decimal>> = BTreeMap::new();
        for given in reading.general_scores(frame.period, None).await? {
            if given.post.is_none() {
                general.insert(given.office, given.points);
            }
        }
        let mut offices: Vec<(OfficeName, Score)> = by_office
            .iter()
            .filter_map(|(office, works)| {
                let score = scoring.of(works, general.get(office).copied().flatten())?;
                Some((directory.office_name(office), score))
            })
            .collect();
        i18n::sort::by_name(Language::Vi, &mut offices, |(office, _)| &office.name.vi);
        Ok(ScoreBoard { frame, offices })
    }

    /// The score of an office in a month or quarter, with the tasks behind each point, and those of its posts. Six
    /// statements, as [`App::scores`].
    ///
    /// # Errors
    /// [`Error::SignIn`]; [`Error::NotFound`] where the asker may not know of the office, or for another kind of period;
    /// [`Error::Store`].
    pub async fn score_of(
        &self,
        actor: &Actor,
        office: &Office,
        period: Option<TimePeriod>,
    ) -> Result<ScorePage, Error> {
        actor.require_for(Action::ReadScores, office)?;
        let mut reading = self.reading().await?;
        let directory = self.directory(&mut reading).await?;
        let today = self.today();
        let frame = frame(&mut reading, period, today).await?;
        let of = (vec![office.clone()], Vec::new());
        let works = Works::read(&mut reading, frame.period, Some(of)).await?;
        let names = people::names(&mut reading).await?;
        let stored = reading.general_scores(frame.period, Some(office)).await?;
        let given = give::views(stored, &directory, &names);
        let scoring = frame.rules.as_ref().map(|rules| Scoring {
            period: frame.period,
            today,
            rules,
        });
        let general = given.iter().find(|given| given.counts && given.post.is_none());
        let of_office = works.by(|held| (held.lead == *office).then_some(()));
        let score = scoring
            .zip(of_office.get(&()))
            .and_then(|(scoring, works)| scoring.of(works, general.and_then(|general| general.points)));
        let posts = match scoring {
            Some(scoring) => people::scores(actor, &directory, &names, (office, scoring), &works, &given),
            None => Vec::new(),
        };
        Ok(ScorePage {
            office: directory.office_name(office),
            score,
            general: general.cloned(),
            posts,
            tasks: works
                .rows
                .iter()
                .map(|row| (row.id, TaskCard::of(row, &directory, today)))
                .collect(),
            may_give: frame.rules.is_some()
                && frame.period.start() <= today
                && give::may(actor, &directory, &Whose::office(office.clone())).is_ok(),
            given,
            frame,
        })
    }
}
