//! What scores are made of: the rules, the general parts that people gave, and who had which task when.

use plan::task::{Evidence, Held, ScoreRules};
use plan::{Office, PostId, TaskId, UserId};
use sqlx::sqlite::SqliteRow;
use sqlx::{QueryBuilder, Row};
use terms::{Date, Decimal, TimePeriod, Timestamp};

use super::task_list::push_filter;
use super::tasks::value;
use super::{count, count_optional, parsed, parsed_optional, time};
use crate::error::OrDamaged;
use crate::{Error, Reading, TaskFilter, wire};

/// Rules of scores with the entry that set them.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredScoreRules {
    /// The number of the entry.
    pub entry: u64,
    /// The rules.
    pub rules: ScoreRules,
    /// Why.
    pub reason: String,
    /// Who set them, where the name is known.
    pub who: Option<String>,
    /// When.
    pub at: Timestamp,
}

/// A general part that somebody gave.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredGeneralScore {
    /// The office, or that of the post.
    pub office: Office,
    /// The post; none: the office as a whole.
    pub post: Option<PostId>,
    /// Who held the post.
    pub holder: Option<UserId>,
    /// How many points; none: what was given before no longer counts.
    pub points: Option<Decimal>,
    /// Why.
    pub reason: String,
    /// What shows it.
    pub evidence: Vec<Evidence>,
    /// The number of the entry that gave them.
    pub entry: u64,
    /// Who gave them, where the name is known.
    pub who: Option<String>,
    /// When.
    pub at: Timestamp,
}

const RULES: &str = "SELECT r.entry, r.body, a.reason, a.recorded_at, u.name AS who FROM score_rules r \
                     JOIN acts a ON a.entry = r.entry LEFT JOIN users u ON u.id = a.author ORDER BY r.entry";
const GIVEN: &str = "SELECT g.*, u.name AS who FROM general_scores g LEFT JOIN users u ON u.id = g.author \
                     WHERE g.period = $1 ORDER BY g.entry";
const GIVEN_TO: &str = "SELECT g.*, u.name AS who FROM general_scores g LEFT JOIN users u ON u.id = g.author \
                        WHERE g.period = $1 AND g.office = $2 ORDER BY g.entry";

impl Reading {
    /// All rules of scores that anybody set, the latest entry last. One statement.
    ///
    /// # Errors
    /// [`Error::Failed`], [`Error::Damaged`].
    pub async fn score_rules(&mut self) -> Result<Vec<StoredScoreRules>, Error> {
        let rows = sqlx::query(RULES).fetch_all(&mut *self.transaction).await?;
        rows.iter()
            .map(|row| {
                Ok(StoredScoreRules {
                    entry: count(row, "entry")?,
                    rules: wire::score::decode_rules(&value(row, "body")?)?,
                    reason: row.get("reason"),
                    who: row.get("who"),
                    at: time(row, "recorded_at")?,
                })
            })
            .collect()
    }

    /// The general parts of scores that were given for a period, of one office and its posts or of all, the oldest
    /// first: of each office and post the last one counts. One statement.
    ///
    /// # Errors
    /// [`Error::Failed`], [`Error::Damaged`].
    pub async fn general_scores(
        &mut self,
        period: TimePeriod,
        office: Option<&Office>,
    ) -> Result<Vec<StoredGeneralScore>, Error> {
        let statement = match office {
            Some(office) => sqlx::query(GIVEN_TO)
                .bind(period.to_string())
                .bind(office.to_string()),
            None => sqlx::query(GIVEN).bind(period.to_string()),
        };
        let rows = statement.fetch_all(&mut *self.transaction).await?;
        rows.iter().map(given).collect()
    }

    /// Who had the tasks of a filter when: by task, in order. One statement.
    ///
    /// # Errors
    /// [`Error::Failed`], [`Error::Damaged`].
    pub async fn task_held(&mut self, filter: &TaskFilter) -> Result<Vec<(TaskId, Held)>, Error> {
        let mut statement = QueryBuilder::new(
            "SELECT h.* FROM task_held h WHERE h.task IN (SELECT t.task FROM tasks t WHERE ",
        );
        push_filter(&mut statement, filter)?;
        statement.push(") ORDER BY h.task, h.number");
        let rows = statement.build().fetch_all(&mut *self.transaction).await?;
        rows.iter().map(held).collect()
    }
}

fn given(row: &SqliteRow) -> Result<StoredGeneralScore, Error> {
    Ok(StoredGeneralScore {
        office: parsed(row, "office")?,
        post: parsed_optional(row, "post")?,
        holder: count_optional(row, "holder")?.map(UserId),
        points: parsed_optional(row, "points")?,
        reason: row.get("reason"),
        evidence: wire::score::decode_list(&value(row, "evidence")?)?,
        entry: count(row, "entry")?,
        who: row.get("who"),
        at: time(row, "recorded_at")?,
    })
}

fn held(row: &SqliteRow) -> Result<(TaskId, Held), Error> {
    let grave = row.get::<&str, _>("grave_on").split_whitespace();
    let held = Held {
        since: parsed(row, "since")?,
        until: parsed_optional(row, "until")?,
        lead: parsed(row, "office")?,
        post: parsed_optional(row, "post")?,
        grave_on: grave
            .map(|day| day.parse::<Date>().or_damaged("grave_on"))
            .collect::<Result<_, _>>()?,
    };
    Ok((TaskId(count(row, "task")?), held))
}
