//! Documents and their figures: added, marked, decided about.

use plan::{Document, FactId, FigureId, FoundFigure, Outcome, Verdict};
use sqlx::Row;
use terms::Sha256;

use super::{ActRow, At, HOLDS, fact};
use crate::error::OrDamaged;
use crate::read::figures::linked;
use crate::record::number;
use crate::wire::encode_blocks;
use crate::{Error, Writing};

pub(super) async fn added<'a>(
    writing: &mut Writing,
    at: At,
    document: &Document,
    figures: &[FoundFigure],
) -> Result<ActRow<'a>, Error> {
    let text = text(writing, document.text_sha256).await?;
    let blocks = String::from_utf8(encode_blocks(&document.blocks).encode()).or_damaged("blocks")?;
    sqlx::query(
        "INSERT INTO documents (document, sha256, size_bytes, text_sha256, blocks, name, format, title, publisher, \
         date, place, language, url, search_text, recorded_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
    )
    .bind(at.entry)
    .bind(document.sha256.0.as_slice())
    .bind(number(document.size_bytes)?)
    .bind(document.text_sha256.0.as_slice())
    .bind(blocks)
    .bind(&document.name)
    .bind(&document.format)
    .bind(&document.title)
    .bind(&document.publisher)
    .bind(document.date.map(|date| date.to_string()))
    .bind(document.place.as_ref().map(terms::RefArea::as_str))
    .bind(document.language.code())
    .bind(&document.url)
    .bind(i18n::sort::fold(&format!("{}\n{text}", document.title)))
    .bind(at.when)
    .execute(&mut *writing.transaction)
    .await?;
    for (figure, ordinal) in figures.iter().zip(1..) {
        insert(writing, at.entry, ordinal, figure, &text).await?;
    }
    Ok(ActRow {
        kind: "added",
        document: Some(at.entry),
        ..ActRow::default()
    })
}

pub(super) async fn marked<'a>(
    writing: &mut Writing,
    figure: FigureId,
    found: &FoundFigure,
) -> Result<ActRow<'a>, Error> {
    let document = number(figure.document.0)?;
    let row = sqlx::query(
        "SELECT text_sha256, (SELECT COUNT(*) FROM figures f WHERE f.document = d.document) AS figures \
         FROM documents d WHERE document = $1",
    )
    .bind(document)
    .fetch_optional(&mut *writing.transaction)
    .await?
    .ok_or(Error::Unfit { what: "document" })?;
    if row.get::<i64, _>("figures") + 1 != i64::from(figure.ordinal) {
        return Err(Error::Unfit { what: "figure" });
    }
    let sha256 = row
        .get::<&[u8], _>("text_sha256")
        .try_into()
        .or_damaged("text address")?;
    let text = text(writing, Sha256(sha256)).await?;
    insert(writing, document, i64::from(figure.ordinal), found, &text).await?;
    let ordinal = Some(i64::from(figure.ordinal));
    Ok(ActRow {
        kind: "marked",
        document: Some(document),
        ordinal,
        ..ActRow::default()
    })
}

pub(super) async fn reviewed<'a>(
    writing: &mut Writing,
    at: At,
    figure: FigureId,
    verdict: &Verdict,
    reason: &'a str,
) -> Result<ActRow<'a>, Error> {
    let (document, ordinal) = (number(figure.document.0)?, i64::from(figure.ordinal));
    let before = sqlx::query("SELECT observation, target FROM figures WHERE document = $1 AND ordinal = $2")
        .bind(document)
        .bind(ordinal)
        .fetch_optional(&mut *writing.transaction)
        .await?
        .ok_or(Error::Unfit { what: "figure" })?;
    let old = linked(&before)?;
    sqlx::query("UPDATE sources SET ended_at = $3 WHERE document = $1 AND ordinal = $2 AND ended_at = $4")
        .bind(document)
        .bind(ordinal)
        .bind(at.when)
        .bind(HOLDS)
        .execute(&mut *writing.transaction)
        .await?;

    let (kind, new, merged) = match verdict {
        Verdict::Accept(outcome) => ("accepted", Some(outcome_of(writing, at, outcome).await?), None),
        Verdict::Correct(outcome) => ("corrected", Some(outcome_of(writing, at, outcome).await?), None),
        Verdict::Merge { with, joins } => {
            fact::require_holding(writing, *joins).await?;
            ("merged", Some(*joins), Some(*with))
        }
        Verdict::Reject => ("rejected", None, None),
    };
    let state = match new {
        _ if merged.is_some() => "merged",
        Some(FactId::Observation(_)) => "observation",
        Some(FactId::Target(_)) => "target",
        None => "rejected",
    };
    if let Some(fact) = new {
        support(writing, at, fact, document, ordinal).await?;
    }
    sqlx::query(
        "UPDATE figures SET state = $3, observation = $4, target = $5, merged_document = $6, merged_ordinal = $7, \
         acts = acts + 1 WHERE document = $1 AND ordinal = $2",
    )
    .bind(document)
    .bind(ordinal)
    .bind(state)
    .bind(match new {
        Some(FactId::Observation(id)) => Some(number(id.0)?),
        _ => None,
    })
    .bind(match new {
        Some(FactId::Target(id)) => Some(number(id.0)?),
        _ => None,
    })
    .bind(merged.map(|with| number(with.document.0)).transpose()?)
    .bind(merged.map(|with| i64::from(with.ordinal)))
    .execute(&mut *writing.transaction)
    .await?;

    let mut row = ActRow {
        kind,
        reason,
        document: Some(document),
        ordinal: Some(ordinal),
        fact: new.map(|fact| number(fact.number())).transpose()?,
        ends: None,
    };
    if let Some(old) = old.filter(|old| Some(*old) != new)
        && fact::end_if_unsupported(writing, at, old).await?
    {
        row.ends = Some(number(old.number())?);
    }
    Ok(row)
}

async fn outcome_of(writing: &mut Writing, at: At, outcome: &Outcome) -> Result<FactId, Error> {
    match outcome {
        Outcome::New(fact) => fact::insert(writing, at, fact).await,
        Outcome::Joins(fact) => {
            fact::require_holding(writing, *fact).await?;
            Ok(*fact)
        }
    }
}

/// Makes a figure a source of a value, with what its document says of itself.
async fn support(
    writing: &mut Writing,
    at: At,
    fact: FactId,
    document: i64,
    ordinal: i64,
) -> Result<(), Error> {
    sqlx::query(
        "INSERT INTO sources (fact, entry, document, ordinal, quote, title, publisher, date, url, recorded_at, ended_at) \
         SELECT $1, $2, f.document, f.ordinal, f.quote, d.title, d.publisher, d.date, d.url, $5, $6 \
         FROM figures f JOIN documents d ON d.document = f.document WHERE f.document = $3 AND f.ordinal = $4",
    )
    .bind(number(fact.number())?)
    .bind(at.entry)
    .bind(document)
    .bind(ordinal)
    .bind(at.when)
    .bind(HOLDS)
    .execute(&mut *writing.transaction)
    .await?;
    Ok(())
}

async fn insert(
    writing: &mut Writing,
    document: i64,
    ordinal: i64,
    figure: &FoundFigure,
    text: &str,
) -> Result<(), Error> {
    let slice = |(from, to)| {
        text.get(from..to).ok_or(Error::Unfit {
            what: "place in the text",
        })
    };
    let place = |at: usize| i64::try_from(at).or_damaged("place in the text");
    let candidate = &figure.candidate;
    sqlx::query(
        "INSERT INTO figures (document, ordinal, span_from, span_to, quote_from, quote_to, surface, quote, value, \
         upper, unit, bound, measure, indicator, period, place, kind, state, acts) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, 'waiting', 0)",
    )
    .bind(document)
    .bind(ordinal)
    .bind(place(figure.span.0)?)
    .bind(place(figure.span.1)?)
    .bind(place(figure.quote.0)?)
    .bind(place(figure.quote.1)?)
    .bind(slice(figure.span)?)
    .bind(slice(figure.quote)?)
    .bind(candidate.value.to_string())
    .bind(candidate.upper.map(|upper| upper.to_string()))
    .bind(candidate.unit.as_str())
    .bind(candidate.bound.code())
    .bind(candidate.measure.code())
    .bind(candidate.indicator.as_ref().map(terms::IndicatorCode::as_str))
    .bind(candidate.period.map(|period| period.to_string()))
    .bind(candidate.place.as_ref().map(terms::RefArea::as_str))
    .bind(candidate.kind.code())
    .execute(&mut *writing.transaction)
    .await?;
    Ok(())
}

async fn text(writing: &mut Writing, sha256: Sha256) -> Result<String, Error> {
    let bytes = writing
        .bytes(sha256)
        .await?
        .ok_or(Error::Unfit { what: "text" })?;
    String::from_utf8(bytes).or_damaged("text")
}
