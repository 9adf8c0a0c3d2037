//! Rules of scores, and the general parts that people give: all of them stay, the latest counts.

use plan::Act;
use plan::task::ScoreRules;

use super::{ActRow, At};
use crate::record::number;
use crate::{Error, Writing, wire};

/// Keeps the rules of scores that hold from a day on.
pub(super) async fn rules_set<'a>(
    writing: &mut Writing,
    at: At,
    rules: &ScoreRules,
    reason: &'a str,
) -> Result<ActRow<'a>, Error> {
    sqlx::query("INSERT INTO score_rules (entry, valid_from, body) VALUES ($1, $2, $3)")
        .bind(at.entry)
        .bind(rules.valid_from.to_string())
        .bind(wire::score::encode_rules(rules).encode())
        .execute(&mut *writing.transaction)
        .await?;
    Ok(ActRow {
        kind: "rules-set",
        reason,
        ..ActRow::default()
    })
}

/// Keeps a general part that was given; of any other act, nothing.
pub(super) async fn given<'a>(writing: &mut Writing, at: At, act: &'a Act) -> Result<ActRow<'a>, Error> {
    let Act::GeneralScoreGiven {
        office,
        post,
        holder,
        period,
        points,
        reason,
        evidence,
    } = act
    else {
        return Err(Error::Unfit { what: "score" });
    };
    sqlx::query(
        "INSERT INTO general_scores (entry, office, post, holder, period, points, reason, evidence, author, \
         recorded_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
    )
    .bind(at.entry)
    .bind(office.to_string())
    .bind(post.as_ref().map(ToString::to_string))
    .bind(holder.map(|holder| number(holder.0)).transpose()?)
    .bind(period.to_string())
    .bind(points.map(|points| points.to_string()))
    .bind(reason)
    .bind(wire::score::encode_list(evidence).encode())
    .bind(at.author)
    .bind(at.when)
    .execute(&mut *writing.transaction)
    .await?;
    Ok(ActRow {
        kind: "scored",
        reason,
        ..ActRow::default()
    })
}
