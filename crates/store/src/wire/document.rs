//! Documents and figures in entries, and blocks in the table of documents.

use ledger::Value;
use plan::{Block, Candidate, Document, FoundFigure};
use terms::{RefArea, UnitMeasure};

use super::{encode_span, field, optional, parsed, parsed_optional, span, text};
use crate::Error;
use crate::error::OrDamaged;

pub(crate) fn encode(document: &Document) -> Value {
    Value::map([
        ("blocks", encode_blocks(&document.blocks)),
        ("date", Value::optional(document.date)),
        ("format", Value::text(&document.format)),
        ("language", Value::text(document.language.code())),
        ("name", Value::text(&document.name)),
        ("place", Value::optional(document.place.as_ref())),
        ("publisher", Value::text(&document.publisher)),
        ("sha256", Value::text(document.sha256.to_string())),
        (
            "size_bytes",
            Value::Int(i64::try_from(document.size_bytes).unwrap_or(i64::MAX)),
        ),
        ("text_sha256", Value::text(document.text_sha256.to_string())),
        ("title", Value::text(&document.title)),
        ("url", Value::optional(document.url.as_ref())),
    ])
}

pub(crate) fn decode(value: &Value) -> Result<Document, Error> {
    let size = field(value, "size_bytes")?.as_int().or_damaged("size_bytes")?;
    Ok(Document {
        sha256: parsed(value, "sha256")?,
        size_bytes: u64::try_from(size).or_damaged("size_bytes")?,
        text_sha256: parsed(value, "text_sha256")?,
        blocks: decode_blocks(field(value, "blocks")?)?,
        name: text(value, "name")?.to_owned(),
        format: text(value, "format")?.to_owned(),
        title: text(value, "title")?.to_owned(),
        publisher: text(value, "publisher")?.to_owned(),
        date: parsed_optional(value, "date")?,
        place: optional(value, "place")?.map(RefArea::new),
        language: parsed(value, "language")?,
        url: optional(value, "url")?.map(ToOwned::to_owned),
    })
}

pub(crate) fn encode_blocks(blocks: &[Block]) -> Value {
    let block = |block: &Block| {
        Value::map([
            ("anchor", Value::text(block.anchor.to_string())),
            ("kind", Value::text(block.kind.to_string())),
            ("span", encode_span(block.span)),
        ])
    };
    Value::List(blocks.iter().map(block).collect())
}

pub(crate) fn decode_blocks(value: &Value) -> Result<Vec<Block>, Error> {
    let block = |value: &Value| {
        Ok(Block {
            kind: parsed(value, "kind")?,
            span: span(value, "span")?,
            anchor: parsed(value, "anchor")?,
        })
    };
    value.as_list().or_damaged("blocks")?.iter().map(block).collect()
}

pub(crate) fn encode_figure(figure: &FoundFigure) -> Value {
    let candidate = &figure.candidate;
    Value::map([
        ("bound", Value::text(candidate.bound.code())),
        ("indicator", Value::optional(candidate.indicator.as_ref())),
        ("kind", Value::text(candidate.kind.code())),
        ("measure", Value::text(candidate.measure.code())),
        ("period", Value::optional(candidate.period)),
        ("place", Value::optional(candidate.place.as_ref())),
        ("quote", encode_span(figure.quote)),
        ("span", encode_span(figure.span)),
        ("unit", Value::text(candidate.unit.as_str())),
        ("upper", Value::optional(candidate.upper)),
        ("value", Value::text(candidate.value.to_string())),
    ])
}

pub(crate) fn decode_figure(value: &Value) -> Result<FoundFigure, Error> {
    Ok(FoundFigure {
        span: span(value, "span")?,
        quote: span(value, "quote")?,
        candidate: Candidate {
            value: parsed(value, "value")?,
            upper: parsed_optional(value, "upper")?,
            unit: UnitMeasure::new(text(value, "unit")?),
            bound: parsed(value, "bound")?,
            measure: parsed(value, "measure")?,
            indicator: parsed_optional(value, "indicator")?,
            period: parsed_optional(value, "period")?,
            place: optional(value, "place")?.map(RefArea::new),
            kind: parsed(value, "kind")?,
        },
    })
}
