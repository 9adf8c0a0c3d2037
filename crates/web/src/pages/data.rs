//! Open data: the scoreboard and an indicator as CSV and JSON, a document's bytes.

use app::indicator::{IndicatorQuery, IndicatorView};
use app::rebased::RebasedView;
use app::scoreboard::{Baseline, Scoreboard, ScoreboardFilter, TargetRow};
use app::view::{Amount, SourceView, UnitName};
use axum::extract::{Path, State};
use axum::http::{HeaderName, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use terms::{IndicatorCode, TimePeriod};

use crate::ask::Ask;
use crate::failure::{Answer, Failure};
use crate::server::Page;
use crate::site::Site;

/// A target, as open data tells it.
#[derive(Debug, Serialize)]
struct TargetLine {
    target: u64,
    indicator: String,
    name_vi: String,
    name_en: String,
    place: String,
    measure: String,
    due: String,
    bound: String,
    value: String,
    upper: String,
    unit: String,
    scope: String,
    basis: &'static str,
    path: &'static str,
    milestones: String,
    units: String,
    baseline_period: String,
    baseline_value: String,
    expected_today: String,
    latest_period: String,
    latest_value: String,
    gap: String,
    status: String,
    source_title: String,
    source_date: String,
    source_quote: String,
    simulated: bool,
}

/// A value of a series, as open data tells it.
#[derive(Debug, Serialize)]
struct ValueLine {
    indicator: String,
    place: String,
    measure: String,
    kind: &'static str,
    period: String,
    edition: String,
    bound: String,
    value: String,
    upper: String,
    unit: String,
    scope: String,
    source_title: String,
    source_publisher: String,
    source_date: String,
    source_url: String,
    source_quote: String,
    simulated: bool,
}

const TARGET_COLUMNS: [&str; 27] = [
    "target",
    "indicator",
    "name_vi",
    "name_en",
    "place",
    "measure",
    "due",
    "bound",
    "value",
    "upper",
    "unit",
    "scope",
    "basis",
    "path",
    "milestones",
    "units",
    "baseline_period",
    "baseline_value",
    "expected_today",
    "latest_period",
    "latest_value",
    "gap",
    "status",
    "source_title",
    "source_date",
    "source_quote",
    "simulated",
];

const VALUE_COLUMNS: [&str; 17] = [
    "indicator",
    "place",
    "measure",
    "kind",
    "period",
    "edition",
    "bound",
    "value",
    "upper",
    "unit",
    "scope",
    "source_title",
    "source_publisher",
    "source_date",
    "source_url",
    "source_quote",
    "simulated",
];

/// The scoreboard as a table.
pub(crate) async fn scoreboard_csv(State(site): State<Site>, ask: Ask) -> Answer {
    let lines = target_lines(&scoreboard(&site, &ask).await?);
    Ok(csv("scoreboard.csv", &TARGET_COLUMNS, &lines))
}

/// The scoreboard as JSON.
pub(crate) async fn scoreboard_json(State(site): State<Site>, ask: Ask) -> Answer {
    let lines = target_lines(&scoreboard(&site, &ask).await?);
    Ok(json(&lines))
}

async fn scoreboard(site: &Site, ask: &Ask) -> Result<Scoreboard, Failure> {
    let board = site
        .app
        .scoreboard(&ask.actor, &ScoreboardFilter::default())
        .await;
    board.map_err(|error| Failure::from_app(ask, error))
}

/// An indicator, by its code and `.csv` or `.json`.
pub(crate) async fn indicator(State(site): State<Site>, ask: Ask, Path(file): Path<String>) -> Answer {
    let (code, form) = file.rsplit_once('.').ok_or_else(|| Failure::not_found(&ask))?;
    let code = IndicatorCode::new(code).map_err(|_| Failure::not_found(&ask))?;
    let query = IndicatorQuery {
        code,
        place: None,
        known_on: None,
    };
    let view = site.app.indicator(&ask.actor, &query).await;
    let lines = value_lines(&view.map_err(|error| Failure::from_app(&ask, error))?);
    match form {
        "csv" => Ok(csv(&file, &VALUE_COLUMNS, &lines)),
        "json" => Ok(json(&lines)),
        _ => Err(Failure::not_found(&ask)),
    }
}

/// A figure within the borders of a day, or as it was reported, as open data tells it.
#[derive(Debug, Serialize)]
struct RebasedLine {
    kind: &'static str,
    indicator: String,
    place: String,
    name_vi: String,
    name_en: String,
    borders: String,
    period: String,
    value: String,
    unit: String,
    mark: &'static str,
    known: String,
    made_of: String,
    missing: String,
    not_apportioned: String,
    simulated: bool,
}

const REBASED_COLUMNS: [&str; 15] = [
    "kind",
    "indicator",
    "place",
    "name_vi",
    "name_en",
    "borders",
    "period",
    "value",
    "unit",
    "mark",
    "known",
    "made_of",
    "missing",
    "not_apportioned",
    "simulated",
];

/// A series within the borders of a day, with what was reported, as a table.
pub(crate) async fn rebased_csv(State(site): State<Site>, ask: Ask) -> Answer {
    let view = super::rebased::found(&site, &ask).await?;
    Ok(csv("rebased.csv", &REBASED_COLUMNS, &rebased_lines(&view)))
}

fn rebased_lines(view: &RebasedView) -> Vec<RebasedLine> {
    let Some(series) = &view.shown else {
        return Vec::new();
    };
    let number =
        |value: Option<terms::Decimal>| value.map_or_else(String::new, |value| value.normalize().to_string());
    let codes = |units: &[UnitName]| {
        let codes: Vec<&str> = units.iter().map(|unit| unit.code.as_str()).collect();
        codes.join("; ")
    };
    let line = |kind, unit: &UnitName, borders: terms::Date, period: TimePeriod| RebasedLine {
        kind,
        indicator: series.indicator.code.to_string(),
        place: unit.code.to_string(),
        name_vi: unit.name.vi.clone(),
        name_en: unit.name.en.clone(),
        borders: borders.to_string(),
        period: period.to_string(),
        value: String::new(),
        unit: series.indicator.unit.to_string(),
        mark: "reported",
        known: String::new(),
        made_of: String::new(),
        missing: String::new(),
        not_apportioned: String::new(),
        simulated: series.simulated,
    };
    let mut lines = Vec::new();
    for row in &series.rows {
        for (column, cell) in series.periods.iter().zip(&row.cells) {
            let parts: Vec<String> = cell
                .parts
                .iter()
                .map(|part| {
                    let share = part.share.map(|share| format!(" × {}", share.normalize()));
                    format!(
                        "{}: {}{}",
                        part.unit.code,
                        part.value.normalize(),
                        share.unwrap_or_default()
                    )
                })
                .collect();
            lines.push(RebasedLine {
                value: number(cell.value),
                mark: cell.mark.code(),
                known: number(cell.known),
                made_of: parts.join("; "),
                missing: codes(&cell.missing),
                not_apportioned: codes(&cell.not_apportioned),
                ..line("rebased", &row.unit, view.as_of, column.period)
            });
        }
    }
    for row in &series.reported {
        for (column, value) in series.periods.iter().zip(&row.values) {
            if value.is_some() {
                lines.push(RebasedLine {
                    value: number(*value),
                    ..line("reported", &row.unit, column.borders, column.period)
                });
            }
        }
    }
    lines
}

/// A document as it came: always a download, never shown within the site.
pub(crate) async fn document_bytes(State(site): State<Site>, ask: Ask, Path(id): Path<String>) -> Answer {
    let id = id.parse().map_err(|_| Failure::not_found(&ask))?;
    let (name, bytes) = site
        .app
        .document_bytes(&ask.actor, id)
        .await
        .map_err(|error| Failure::from_app(&ask, error))?;
    let disposition = format!("attachment; filename*=UTF-8''{}", crate::ask::encode(&name));
    let headers = [
        (
            header::CONTENT_TYPE,
            HeaderValue::from_static("application/octet-stream"),
        ),
        (
            header::CONTENT_DISPOSITION,
            HeaderValue::from_str(&disposition).unwrap_or_else(|_| HeaderValue::from_static("attachment")),
        ),
        (
            header::CONTENT_SECURITY_POLICY,
            HeaderValue::from_static("default-src 'none'; sandbox"),
        ),
        (
            header::CACHE_CONTROL,
            HeaderValue::from_static("public, max-age=3600"),
        ),
    ];
    Ok((headers, bytes).into_response())
}

/// A file that shows what was done with a task, for those concerned: always as something to keep, never to open here.
pub(crate) async fn task_file(
    State(site): State<Site>,
    ask: Ask,
    Path((task, sha256)): Path<(String, String)>,
) -> Answer {
    let task = task.parse().map_err(|_| Failure::not_found(&ask))?;
    let sha256 = sha256.parse().map_err(|_| Failure::not_found(&ask))?;
    let file = site.app.task_file(&ask.actor, task, sha256).await;
    let file = file.map_err(|error| Failure::from_app(&ask, error))?;
    Ok(attachment(file))
}

/// A file that shows why the general part of a score was given.
pub(crate) async fn score_file(
    State(site): State<Site>,
    ask: Ask,
    Path((period, office, sha256)): Path<(String, String, String)>,
) -> Answer {
    let period = period.parse().map_err(|_| Failure::not_found(&ask))?;
    let office: plan::Office = office.parse().map_err(|_| Failure::not_found(&ask))?;
    let sha256 = sha256.parse().map_err(|_| Failure::not_found(&ask))?;
    let file = site.app.score_file(&ask.actor, (&office, period), sha256).await;
    let file = file.map_err(|error| Failure::from_app(&ask, error))?;
    Ok(attachment(file))
}

/// A file that somebody gave, to be kept and never run.
fn attachment((name, bytes): (String, Vec<u8>)) -> Response {
    let disposition = format!("attachment; filename*=UTF-8''{}", crate::ask::encode(&name));
    let headers = [
        (
            header::CONTENT_TYPE,
            HeaderValue::from_static("application/octet-stream"),
        ),
        (
            header::CONTENT_DISPOSITION,
            HeaderValue::from_str(&disposition).unwrap_or_else(|_| HeaderValue::from_static("attachment")),
        ),
        (
            header::CONTENT_SECURITY_POLICY,
            HeaderValue::from_static("default-src 'none'; sandbox"),
        ),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    (headers, bytes).into_response()
}

fn target_lines(board: &Scoreboard) -> Vec<TargetLine> {
    board
        .rows
        .iter()
        .map(|row| {
            let source = row.sources.first();
            TargetLine {
                target: row.target.0,
                indicator: row.indicator.code.to_string(),
                name_vi: row.indicator.name.vi.clone(),
                name_en: row.indicator.name.en.clone(),
                place: row.place.code.to_string(),
                measure: row.measure.to_string(),
                due: row.due.to_string(),
                bound: row.amount.bound.to_string(),
                value: row.amount.value.to_string(),
                upper: upper(&row.amount),
                unit: row.amount.unit.to_string(),
                scope: scope(&row.amount),
                basis: row.basis.code(),
                path: row.way.path.code(),
                milestones: match &row.way.path {
                    plan::PathRule::Milestones(stops) => stops.to_string(),
                    _ => String::new(),
                },
                units: row.way.units.map_or_else(String::new, |units| units.to_string()),
                baseline_period: baseline(row, |baseline| baseline.period.to_string()),
                baseline_value: baseline(row, |baseline| baseline.value.to_string()),
                expected_today: row
                    .expected
                    .today
                    .map_or_else(String::new, |value| value.round_dp(6).normalize().to_string()),
                latest_period: row
                    .latest
                    .as_ref()
                    .map_or_else(String::new, |found| found.period.to_string()),
                latest_value: row
                    .latest
                    .as_ref()
                    .map_or_else(String::new, |found| found.amount.value.to_string()),
                gap: row.gap.map_or_else(String::new, |gap| gap.to_string()),
                status: row.status.code().to_owned(),
                source_title: source.map_or_else(String::new, |source| source.title.clone()),
                source_date: source.map_or_else(String::new, day),
                source_quote: source.map_or_else(String::new, |source| source.quote.clone()),
                simulated: row.simulated,
            }
        })
        .collect()
}

fn value_lines(view: &IndicatorView) -> Vec<ValueLine> {
    let mut lines = Vec::new();
    for series in &view.series {
        let mut add =
            |kind, period: String, edition: String, amount: &Amount, source: Option<&SourceView>| {
                let text = |of: fn(&SourceView) -> String| source.map_or_else(String::new, of);
                lines.push(ValueLine {
                    indicator: view.indicator.code.to_string(),
                    place: series.place.code.to_string(),
                    measure: series.measure.to_string(),
                    kind,
                    period,
                    edition,
                    bound: amount.bound.to_string(),
                    value: amount.value.to_string(),
                    upper: upper(amount),
                    unit: amount.unit.to_string(),
                    scope: scope(amount),
                    source_title: text(|source| source.title.clone()),
                    source_publisher: text(|source| source.publisher.clone()),
                    source_date: text(day),
                    source_url: text(|source| source.url.clone().unwrap_or_default()),
                    source_quote: text(|source| source.quote.clone()),
                    simulated: source.is_some_and(SourceView::is_simulated),
                });
            };
        for found in &series.results {
            add(
                "result",
                found.period.to_string(),
                found.edition.to_string(),
                &found.amount,
                found.sources.first(),
            );
        }
        for target in &series.targets {
            let row = &target.row;
            add(
                "target",
                row.due.to_string(),
                String::new(),
                &row.amount,
                row.sources.first(),
            );
        }
    }
    lines
}

fn baseline(row: &TargetRow, text: impl Fn(&Baseline) -> String) -> String {
    row.baseline.as_ref().map_or_else(String::new, text)
}

fn upper(amount: &Amount) -> String {
    amount.upper.map_or_else(String::new, |upper| upper.to_string())
}

/// In Vietnamese, the language of the papers.
fn scope(amount: &Amount) -> String {
    amount
        .scope
        .as_ref()
        .map_or_else(String::new, |scope| scope.vi.clone())
}

fn day(source: &SourceView) -> String {
    source.date.map_or_else(String::new, |date| date.to_string())
}

fn json<T: Serialize>(lines: &[T]) -> Response {
    let text = serde_json::to_vec_pretty(lines).unwrap_or_default();
    answer("application/json; charset=utf-8", None, text)
}

/// The lines as CSV, with a byte-order mark for spreadsheets.
fn csv<T: Serialize>(name: &str, columns: &[&str], lines: &[T]) -> Response {
    let mut text = String::from('\u{feff}');
    text.push_str(&columns.join(","));
    text.push_str("\r\n");
    for line in lines {
        let line = serde_json::to_value(line).unwrap_or_default();
        let cells: Vec<String> = columns
            .iter()
            .map(|column| match &line[*column] {
                serde_json::Value::String(text) => cell(text),
                other => other.to_string(),
            })
            .collect();
        text.push_str(&cells.join(","));
        text.push_str("\r\n");
    }
    answer("text/csv; charset=utf-8", Some(name), text.into_bytes())
}

/// A cell in quotes where it must be. A text that a spreadsheet would take for a formula gets an apostrophe before it;
/// numbers with their sign stay numbers.
pub(crate) fn cell(text: &str) -> String {
    let formula = text.starts_with(['=', '+', '@', '\t', '\r'])
        || (text.starts_with('-') && text.parse::<terms::Decimal>().is_err());
    let text = if formula {
        format!("'{text}")
    } else {
        text.to_owned()
    };
    if text.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text
    }
}

fn answer(kind: &'static str, name: Option<&str>, bytes: Vec<u8>) -> Response {
    let mut headers: Vec<(HeaderName, HeaderValue)> = vec![
        (header::CONTENT_TYPE, HeaderValue::from_static(kind)),
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*")),
        (
            HeaderName::from_static("cross-origin-resource-policy"),
            HeaderValue::from_static("cross-origin"),
        ),
    ];
    if let Some(disposition) =
        name.and_then(|name| HeaderValue::from_str(&format!("attachment; filename=\"{name}\"")).ok())
    {
        headers.push((header::CONTENT_DISPOSITION, disposition));
    }
    let headers: axum::http::HeaderMap = headers.into_iter().collect();
    let mut response = (headers, bytes).into_response();
    response.extensions_mut().insert(Page::Public);
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_no_formula_and_keeps_its_commas() {
        assert_eq!(cell("a, \"b\""), "\"a, \"\"b\"\"\"");
        assert_eq!(cell("=HYPERLINK(1)"), "'=HYPERLINK(1)");
        assert_eq!(cell("-3.51"), "-3.51");
        assert_eq!(cell("-cmd"), "'-cmd");
    }
}
