//! Scores of offices and of the posts within them: the points of a month or quarter, and the tasks behind each.

use std::collections::BTreeMap;

use plan::task::score::{Work, score};
use plan::task::{Party, Score, ScoreRules};
use plan::{Office, PostId, TaskId};
use store::{Reading, Sees, TaskFilter, TaskRow, TaskWith};
use terms::{Date, Decimal, TimePeriod};

use crate::policy::Action;
use crate::task::{OfficeName, TaskCard};
use crate::view::Bilingual;
use crate::{Actor, App, Error};

/// How many tasks one statement reads.
const AT_ONCE: u32 = 5_000;

/// The scores of all offices that the asker may know of.
#[derive(Debug, Clone, PartialEq)]
pub struct ScoreBoard {
    /// The period, and the rules that hold on its first day.
    pub frame: ScoreFrame,
    /// Each office that leads a task of the period, by name; none of it where no rules hold.
    pub offices: Vec<(OfficeName, Score)>,
}

/// What is scored, by what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScoreFrame {
    /// The month or quarter.
    pub period: TimePeriod,
    /// The periods to choose from, the latest first.
    pub periods: Vec<TimePeriod>,
    /// The rules that hold on its first day; none before there were any.
    pub rules: Option<ScoreRules>,
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
    /// Why the general part is what it is, where somebody gave it, and the number of the entry.
    pub general: Option<(String, u64)>,
    /// The score of each post that does tasks of the office, by name. Nobody gives posts a general part.
    pub posts: Vec<(Bilingual, Score)>,
    /// The tasks of the score.
    pub tasks: BTreeMap<TaskId, TaskCard>,
}

impl App {
    /// The scores of the offices that the asker may know of, in a month or quarter; none asked: the quarter of today. Four
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
        let may = actor.offices_for(Action::ReadScores);
        let with = (!may.is_everywhere()).then(|| TaskWith {
            offices: may.own().to_vec(),
            areas: may.areas_below(),
            party: Some(Party::Lead),
        });
        let mut by_office: BTreeMap<Office, Vec<Work>> = BTreeMap::new();
        for row in rows(&mut reading, frame.period, with).await? {
            if let Some(lead) = row.lead.as_ref().filter(|lead| may.contains(lead)) {
                by_office.entry(lead.clone()).or_default().push(work(&row));
            }
        }
        let general: BTreeMap<Office, Decimal> = reading
            .general_scores(frame.period)
            .await?
            .into_iter()
            .map(|given| (given.office, given.points))
            .collect();
        let mut offices: Vec<(OfficeName, Score)> = by_office
            .iter()
            .filter_map(|(office, works)| {
                let score = score(works, frame.period, today, rules, general.get(office).copied())?;
                Some((directory.office_name(office), score))
            })
            .collect();
        offices.sort_by(|(a, _), (b, _)| a.name.vi.cmp(&b.name.vi));
        Ok(ScoreBoard { frame, offices })
    }

    /// The score of an office in a month or quarter, with the tasks behind each point. Four statements, as [`App::scores`].
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
        let with = TaskWith {
            offices: vec![office.clone()],
            areas: Vec::new(),
            party: Some(Party::Lead),
        };
        let rows = rows(&mut reading, frame.period, Some(with)).await?;
        let given = reading
            .general_scores(frame.period)
            .await?
            .into_iter()
            .find(|given| given.office == *office);
        let of = |rows: &[&TaskRow], general| {
            let works: Vec<Work> = rows.iter().map(|row| work(row)).collect();
            score(&works, frame.period, today, frame.rules.as_ref()?, general)
        };
        let every: Vec<&TaskRow> = rows.iter().collect();
        let score = of(&every, given.as_ref().map(|given| given.points));
        let mut by_post: BTreeMap<&PostId, Vec<&TaskRow>> = BTreeMap::new();
        for row in &rows {
            if let Some(post) = &row.post {
                by_post.entry(post).or_default().push(row);
            }
        }
        let mut posts: Vec<(Bilingual, Score)> = by_post
            .into_iter()
            .filter_map(|(post, rows)| Some((directory.post_name(post), of(&rows, None)?)))
            .collect();
        posts.sort_by(|(a, _), (b, _)| a.vi.cmp(&b.vi));
        let tasks = rows
            .iter()
            .map(|row| (row.id, TaskCard::of(row, &directory, today)))
            .collect();
        Ok(ScorePage {
            office: directory.office_name(office),
            score,
            general: given.map(|given| (given.reason, given.entry)),
            posts,
            tasks,
            frame,
        })
    }
}

async fn frame(reading: &mut Reading, period: Option<TimePeriod>, today: Date) -> Result<ScoreFrame, Error> {
    let period = period.unwrap_or_else(|| quarter(today.year(), today.month()));
    if !matches!(period, TimePeriod::Month(..) | TimePeriod::Quarter(..)) {
        return Err(Error::NotFound { what: "period" });
    }
    let set = reading.score_rules().await?.into_iter().map(|set| set.rules);
    Ok(ScoreFrame {
        rules: ScoreRules::on(period.start(), set),
        period,
        periods: periods(today),
    })
}

fn quarter(year: i16, month: i8) -> TimePeriod {
    TimePeriod::Quarter(year, (month + 2) / 3)
}

/// This month, the eleven before it, and their quarters, each quarter ahead of its months.
fn periods(today: Date) -> Vec<TimePeriod> {
    let mut periods = Vec::new();
    let (mut year, mut month) = (today.year(), today.month());
    for _ in 0..12 {
        let quarter = quarter(year, month);
        if !periods.contains(&quarter) {
            periods.push(quarter);
        }
        periods.push(TimePeriod::Month(year, month));
        (year, month) = if month == 1 {
            (year - 1, 12)
        } else {
            (year, month - 1)
        };
    }
    periods
}

/// Every task that can belong to a period.
async fn rows(
    reading: &mut Reading,
    period: TimePeriod,
    with: Option<TaskWith>,
) -> Result<Vec<TaskRow>, Error> {
    let filter = TaskFilter {
        with,
        between: Some((period.start(), period.end())),
        // Whose office's scores one may see, its tasks count, whoever else may read them.
        ..TaskFilter::seen_by(Sees::All)
    };
    let mut every = Vec::new();
    loop {
        let skip = u32::try_from(every.len()).unwrap_or(u32::MAX);
        let rows = reading.tasks(&filter, AT_ONCE, skip).await?;
        let more = rows.len() == AT_ONCE as usize;
        every.extend(rows);
        if !more {
            return Ok(every);
        }
    }
}

fn work(row: &TaskRow) -> Work {
    Work {
        task: row.id,
        weight: row.weight,
        stage: row.stage,
        drafted_on: row.drafted_on,
        due: row.due,
        handed_in_on: row.handed_in_on,
        excused: row.excused,
        grave_errors: row.grave_errors,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_year_of_periods_is_offered_the_latest_first() {
        let periods = periods(jiff::civil::date(2026, 2, 10));
        let texts: Vec<String> = periods.iter().map(ToString::to_string).collect();
        assert_eq!(
            texts[..5],
            ["2026-Q1", "2026-02", "2026-01", "2025-Q4", "2025-12"]
        );
        assert_eq!(texts.len(), 17);
        assert_eq!(texts.last().map(String::as_str), Some("2025-03"));
    }
}
