//! A unit: where it lies, what it was made of, what is known of it, and honestly what is not.

use app::unit::{SuccessionView, UnitView};
use app::view::SourceView;
use axum::extract::{Path, State};
use charts::{Area, Boundaries, Map, Shade};
use maud::{Markup, PreEscaped, html};
use terms::{AreaLevel, Date, Decimal, RefArea};

use crate::ask::{Ask, encode};
use crate::failure::{Answer, Failure};
use crate::layout::{self, Section};
use crate::parts::{names, notice, result, simulated, target_table};
use crate::site::{COMMUNES, PROVINCES, Site};

/// Shows a unit.
pub(crate) async fn show(State(site): State<Site>, ask: Ask, Path(code): Path<String>) -> Answer {
    let code = RefArea::new(code);
    if code.level() == AreaLevel::Named {
        return Err(Failure::not_found(&ask));
    }
    let view = site
        .app
        .unit(&ask.actor, &code)
        .await
        .map_err(|error| Failure::from_app(&ask, error))?;
    let title = view.unit.name.get(ask.language).to_owned();
    let rests = view.targets.iter().any(|row| row.simulated)
        || view
            .known
            .iter()
            .any(|known| known.result.sources.iter().any(SourceView::is_simulated));
    let note = if rests {
        simulated::banner(&ask, true)
    } else if view.children.iter().any(|child| 0 < child.results) {
        simulated::note(&site, &ask).await?
    } else {
        html! {}
    };
    Ok(layout::public(
        &ask,
        Section::Units,
        &title,
        &body(&ask, &view, &note, site.app.today()),
    ))
}

fn body(ask: &Ask, view: &UnitView, note: &Markup, day: Date) -> Markup {
    let name = view.unit.name.get(ask.language);
    html! {
        nav.crumbs aria-label=(ask.t("web-crumbs")) {
            @for (index, parent) in view.parents.iter().enumerate() {
                @if 0 < index { " › " }
                (names::unit(ask, parent))
            }
            @if view.parents.is_empty() { a href=(ask.href("/map")) { (ask.t("web-menu-units")) } }
        }
        div.unit-head {
            div {
                h1 { (name) }
                @if let Some(last) = view.unit.valid_to {
                    p.notice { (ask.ta("web-unit-ended", &[("day", i18n::date::long(ask.language, last).into())])) }
                }
                (facts(ask, view))
                (more(ask, view))
                (successions(ask, "web-unit-made-of", &view.predecessors))
                (successions(ask, "web-unit-became", &view.successors))
            }
            (locator(ask, view))
        }
        (note)
        @if view.children.iter().any(|child| COMMUNES.codes().any(|code| code == child.unit.code.as_str())) {
            @let title = ask.ta("web-map-title", &[("count", view.children.len().into())]);
            section.children-map {
                h2 { (title) }
                (super::map::figure(ask, &title, view))
            }
        }
        section {
            h2 { (ask.t("web-unit-targets")) }
            @if view.targets.is_empty() { (notice::empty(&ask.t("web-unit-no-targets"))) }
            @else { (target_table::table(ask, &ask.t("web-unit-targets"), &view.targets, false, day)) }
        }
        section {
            h2 { (ask.t("web-unit-known")) }
            @if view.known.is_empty() {
                (notice::empty(&ask.ta("web-unit-nothing-known", &[("name", name.into()), ("count", view.catalogue_size.into())])))
            } @else {
                p.muted { (ask.ta("web-unit-known-of", &[("count", view.known.len().into()), ("all", view.catalogue_size.into())])) }
                (known(ask, view))
            }
        }
        @if !view.predecessors.is_empty() || !view.successors.is_empty() {
            p { a href=(super::rebased::href(ask, None, Some(&view.unit))) { (ask.t("rebased-link")) } }
        }
        @if !view.children.is_empty() {
            p { a href=(super::tree::href(ask, &view.unit.code, None)) { (ask.t("tree-link")) } }
        }
        p { a href=(ask.href(&format!("/explain?unit={}", encode(view.unit.code.as_str())))) { (ask.t("engine-rollup-link")) } }
        @if !view.children.is_empty() { (children(ask, view)) }
    }
}

/// The ways on from a unit that the province keeps offices for: who is in charge, what they have to do, what all pursue.
fn more(ask: &Ask, view: &UnitView) -> Markup {
    let code = view.unit.code.as_str();
    let whole = code == "VN-11";
    if view.unit.valid_to.is_some() || !(whole || code.starts_with("VN-11-")) {
        return html! {};
    }
    let people = if whole {
        ask.href("/org")
    } else {
        ask.href(&format!("/org/{code}"))
    };
    html! {
        nav.jump aria-label=(ask.ta("web-unit-more", &[("name", view.unit.name.get(ask.language).into())])) {
            ul {
                li { a href=(people) { (ask.t("web-unit-people")) } }
                li { a href=(ask.href(&format!("/tasks?office={}", encode(code)))) { (ask.t("web-unit-tasks")) } }
                @if !whole { li { a href=(ask.href("")) { (ask.t("web-unit-province")) } } }
            }
        }
    }
}

fn facts(ask: &Ask, view: &UnitView) -> Markup {
    html! {
        dl.facts {
            @if let Some(area) = view.area_km2 {
                div { dt { (ask.t("web-area")) } dd.num { (i18n::number(ask.language, area)) " km²" } }
            }
            @if let Some(from) = view.valid_from {
                div { dt { (ask.t("web-unit-since")) } dd { (i18n::date::long(ask.language, from)) } }
            }
            @if !view.children.is_empty() {
                div { dt { (ask.t("web-unit-parts")) } dd.num { (view.children.len()) } }
            }
            div { dt { (ask.t("web-code")) } dd { code { (view.unit.code) } } }
        }
    }
}

/// A small map that shows where the unit lies in the one above.
fn locator(ask: &Ask, view: &UnitView) -> Markup {
    let code = view.unit.code.as_str();
    let (boundaries, here, grain): (&Boundaries, Vec<&str>, f64) = match view.unit.level {
        AreaLevel::Commune if COMMUNES.codes().any(|found| found == code) => (&COMMUNES, vec![code], 3.0),
        AreaLevel::Province if PROVINCES.codes().any(|found| found == code) => (&PROVINCES, vec![code], 4.0),
        AreaLevel::Country => (&PROVINCES, PROVINCES.codes().collect(), 4.0),
        _ => return html! {},
    };
    let name = view.unit.name.get(ask.language);
    let areas: Vec<Area> = here
        .into_iter()
        .map(|code| Area {
            code: code.to_owned(),
            label: name.to_owned(),
            name: None,
            href: None,
            shade: Shade::Here,
        })
        .collect();
    let title = ask.ta("web-locator-title", &[("name", name.into())]);
    let above = view
        .parents
        .last()
        .map(|parent| parent.name.get(ask.language))
        .unwrap_or_default();
    let description = ask.ta(
        "web-locator-text",
        &[("name", name.into()), ("above", above.into())],
    );
    let map = Map {
        id: "locator",
        title: &title,
        description: &description,
        boundaries,
        areas: &areas,
        grain,
    };
    html! { div.locator { (PreEscaped(map.draw())) } }
}

fn successions(ask: &Ask, key: &str, list: &[SuccessionView]) -> Markup {
    html! {
        @if let Some(first) = list.first() {
            section {
                h2 { (ask.t(key)) }
                p.muted { (ask.ta("web-unit-succession-day", &[("day", i18n::date::long(ask.language, first.date).into())])) }
                ul.chips {
                    @for each in list {
                        li {
                            (names::unit(ask, &each.unit))
                            @match each.share {
                                Some(share) if share == Decimal::ONE => {},
                                Some(share) => { " " small { (i18n::quantity(ask.language, (share * Decimal::ONE_HUNDRED).normalize(), &terms::UnitMeasure::PERCENT)) } },
                                None => { " " small { (ask.t("web-unit-share-unknown")) } },
                            }
                        }
                    }
                }
            }
        }
    }
}

fn known(ask: &Ask, view: &UnitView) -> Markup {
    html! {
        ul.known {
            @for each in &view.known {
                li {
                    div.name {
                        (names::indicator(ask, &each.indicator))
                        @if let Some(measure) = names::measure(ask, each.measure) { br; small { (measure) } }
                    }
                    div.value { (result::cell(ask, &each.result)) }
                }
            }
        }
    }
}

fn children(ask: &Ask, view: &UnitView) -> Markup {
    let mut children: Vec<_> = view.children.iter().collect();
    i18n::sort::by_name(ask.language, &mut children, |child| {
        child.unit.name.get(ask.language)
    });
    html! {
        section {
            h2 { (ask.t("web-unit-children")) }
            ul.units {
                @for child in children {
                    li {
                        (names::unit(ask, &child.unit))
                        @if let Some(area) = child.area_km2 { " " small.num { (i18n::number(ask.language, area)) " km²" } }
                        @if 0 < child.results { " " small { (ask.ta("web-count-results", &[("count", child.results.into())])) } }
                    }
                }
            }
        }
    }
}
