//! From acts to the tables that pages read. The same acts in the same order always give the same tables.

mod fact;
mod figure;
mod org;
mod report;
mod score;
mod series;
mod settlement;
mod task;
mod way;

use plan::{Act, CatalogueList};
use terms::Sha256;

use crate::record::number;
use crate::{Author, Error, Writing};

/// When a row ends that still holds.
pub(crate) const HOLDS: i64 = i64::MAX;

/// Empties every derived table, so that they can be computed again.
pub(crate) const EMPTY_ALL: &[&str] = &[
    "DELETE FROM acts",
    "DELETE FROM documents",
    "DELETE FROM figures",
    "DELETE FROM observations",
    "DELETE FROM series",
    "DELETE FROM targets",
    "DELETE FROM target_ways",
    "DELETE FROM sources",
    "DELETE FROM catalogues",
    "DELETE FROM settlements",
    "DELETE FROM departments",
    "DELETE FROM posts",
    "DELETE FROM holdings",
    "DELETE FROM org_version",
    "DELETE FROM tasks",
    "DELETE FROM task_offices",
    "DELETE FROM task_held",
    "DELETE FROM task_steps",
    "DELETE FROM task_rules",
    "DELETE FROM score_rules",
    "DELETE FROM general_scores",
    "DELETE FROM regimes",
    "DELETE FROM reports",
    "DELETE FROM report_acts",
    "DELETE FROM report_values",
    "DELETE FROM report_evidence",
    "DELETE FROM report_samples",
    "DELETE FROM spot_checks",
];

/// The entry that an act is recorded by.
#[derive(Debug, Clone, Copy)]
pub(crate) struct At {
    /// Its number.
    pub(crate) entry: i64,
    /// Who did it.
    pub(crate) author: Option<i64>,
    /// When.
    pub(crate) when: i64,
}

/// What the list of acts keeps of an act.
#[derive(Debug, Default)]
pub(crate) struct ActRow<'a> {
    pub(crate) kind: &'static str,
    pub(crate) reason: &'a str,
    pub(crate) document: Option<i64>,
    pub(crate) ordinal: Option<i64>,
    /// The value that the act made or supports.
    pub(crate) fact: Option<i64>,
    /// The value that no longer holds by the act.
    pub(crate) ends: Option<i64>,
}

/// Brings the derived tables up to an act.
pub(crate) async fn apply(
    writing: &mut Writing,
    entry: u64,
    author: &Author,
    recorded_at: i64,
    act: &Act,
) -> Result<(), Error> {
    let at = At {
        entry: number(entry)?,
        author: author.user.map(|user| number(user.0)).transpose()?,
        when: recorded_at,
    };
    let row = match act {
        Act::DocumentAdded { document, figures } => figure::added(writing, at, document, figures).await?,
        Act::FigureMarked { figure, found } => figure::marked(writing, *figure, found).await?,
        Act::FigureReviewed {
            figure,
            verdict,
            reason,
        } => figure::reviewed(writing, at, *figure, verdict, reason).await?,
        Act::FactRecorded {
            fact,
            source,
            replaces,
            reason,
        } => fact::recorded(writing, at, fact, source, *replaces, reason).await?,
        Act::FactSourced { fact, source, reason } => {
            fact::sourced(writing, at, *fact, source).await?;
            ActRow {
                kind: "sourced",
                reason,
                fact: Some(number(fact.number())?),
                ..ActRow::default()
            }
        }
        Act::FactWithdrawn { fact, reason } => fact::withdrawn(writing, at, *fact, reason).await?,
        Act::TargetPlanned {
            target,
            way,
            source,
            reason,
        } => way::planned(writing, at, *target, way, source, reason).await?,
        Act::FindingSettled {
            finding,
            class,
            decision,
            source,
            reason,
        } => settlement::settled(writing, at, (finding, class), decision, source, reason).await?,
        Act::FindingReopened { finding, reason } => {
            settlement::reopened(writing, at, finding, reason).await?
        }
        Act::TaskDrafted {
            brief,
            assigner,
            parent,
        } => task::drafted(writing, at, brief, assigner, *parent).await?,
        Act::TaskStepped { task, party, step } => task::stepped(writing, at, *task, *party, step).await?,
        Act::TaskRulesSet { rules, reason } => task::rules_set(writing, at, rules, reason).await?,
        Act::ScoreRulesSet { rules, reason } => score::rules_set(writing, at, rules, reason).await?,
        Act::GeneralScoreGiven { .. } => score::given(writing, at, act).await?,
        Act::RegimeIssued { .. }
        | Act::RegimeEnded { .. }
        | Act::ReportMoved { .. }
        | Act::ReportCounted { .. }
        | Act::EvidenceGiven { .. }
        | Act::SampleDrawn { .. }
        | Act::SpotChecked { .. } => report::apply(writing, at, act).await?,
        Act::CatalogueLoaded { list, name, sha256 } => loaded(writing, at, *list, name, *sha256).await?,
        Act::DepartmentAdded { department } => org::department_added(writing, at, department).await?,
        Act::DepartmentEnded {
            office,
            until,
            reason,
        } => org::department_ended(writing, at, office, *until, reason).await?,
        Act::PostAdded { post } => org::post_added(writing, at, post).await?,
        Act::PostEnded { post, until, reason } => org::post_ended(writing, at, post, *until, reason).await?,
        Act::HolderAdded { holding, person } => org::holder_added(writing, at, holding, *person).await?,
        Act::HolderEnded {
            post,
            user,
            until,
            reason,
        } => org::holder_ended(writing, at, (post, *user), *until, reason).await?,
    };
    sqlx::query(
        "INSERT INTO acts (entry, kind, author, recorded_at, reason, document, ordinal, fact, ends, post, unit) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
    )
    .bind(at.entry)
    .bind(row.kind)
    .bind(at.author)
    .bind(at.when)
    .bind(row.reason)
    .bind(row.document)
    .bind(row.ordinal)
    .bind(row.fact)
    .bind(row.ends)
    .bind(author.post.as_ref().map(plan::PostId::as_str))
    .bind(author.unit.as_ref().map(terms::RefArea::as_str))
    .execute(&mut *writing.transaction)
    .await?;
    Ok(())
}

async fn loaded<'a>(
    writing: &mut Writing,
    at: At,
    list: CatalogueList,
    name: &str,
    sha256: Sha256,
) -> Result<ActRow<'a>, Error> {
    sqlx::query(
        "INSERT INTO catalogues (list, entry, name, sha256) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (list) DO UPDATE SET entry = excluded.entry, name = excluded.name, sha256 = excluded.sha256",
    )
    .bind(list.code())
    .bind(at.entry)
    .bind(name)
    .bind(sha256.0.as_slice())
    .execute(&mut *writing.transaction)
    .await?;
    Ok(ActRow {
        kind: "catalogue",
        ..ActRow::default()
    })
}
