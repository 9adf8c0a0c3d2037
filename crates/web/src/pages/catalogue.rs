//! The catalogue of indicators.

use app::catalogue::CatalogueRow;
use axum::extract::State;
use maud::{Markup, html};
use plan::Direction;

use crate::ask::Ask;
use crate::failure::{Answer, Failure};
use crate::layout::{self, Section};
use crate::parts::{names, simulated};
use crate::site::Site;

/// Shows the catalogue, by field.
pub(crate) async fn show(State(site): State<Site>, ask: Ask) -> Answer {
    let rows = site
        .app
        .catalogue(&ask.actor)
        .await
        .map_err(|error| Failure::from_app(&ask, error))?;
    Ok(layout::public(
        &ask,
        Section::Indicators,
        &ask.t("web-catalogue-title"),
        &body(&ask, &rows, &simulated::note(&site, &ask).await?),
    ))
}

fn body(ask: &Ask, rows: &[CatalogueRow], note: &Markup) -> Markup {
    let mut fields: Vec<(&str, Vec<&CatalogueRow>)> = Vec::new();
    for row in rows {
        match fields.iter_mut().find(|(field, _)| *field == row.field) {
            Some((_, found)) => found.push(row),
            None => fields.push((&row.field, vec![row])),
        }
    }
    let known = rows.iter().filter(|row| 0 < row.results + row.targets).count();
    html! {
        h1 { (ask.t("web-catalogue-title")) }
        p.lead { (ask.ta("web-catalogue-lead", &[("count", rows.len().into()), ("known", known.into())])) }
        (note)
        nav.jump aria-label=(ask.t("web-catalogue-fields")) {
            ul { @for (field, _) in &fields { li { a href=(format!("#{field}")) { (names::field(ask, field)) } } } }
        }
        @for (field, rows) in &fields {
            section.catalogue-field {
                h2 id=(field) { (names::field(ask, field)) }
                ul.catalogue {
                    @for row in rows { (line(ask, row)) }
                }
            }
        }
    }
}

fn line(ask: &Ask, row: &CatalogueRow) -> Markup {
    let direction = match row.direction {
        Some(Direction::Up) => Some("direction-up"),
        Some(Direction::Down) => Some("direction-down"),
        None => None,
    };
    html! {
        li.blank[row.results + row.targets == 0] {
            div.name {
                (names::indicator(ask, &row.indicator))
                @let definition = row.definition.get(ask.language);
                @if !definition.is_empty() { br; small { (definition) } }
            }
            div.facts {
                span { (i18n::unit_name(ask.language, &row.indicator.unit)) }
                @if let Some(key) = direction { span { (ask.t(key)) } }
                @if 0 < row.results { span { (ask.ta("web-count-results", &[("count", row.results.into())])) } }
                @if 0 < row.targets { span { (ask.ta("web-count-targets", &[("count", row.targets.into())])) } }
                @if let Some(latest) = row.latest { span { (i18n::date::short_period(ask.language, latest)) } }
                @if row.results + row.targets == 0 { span.muted { (ask.t("web-catalogue-blank")) } }
            }
        }
    }
}
