//! The map of the province's communes and wards, and the same as a list.

use app::unit::{ChildUnit, UnitView};
use axum::extract::State;
use charts::{Area, Map, Shade};
use maud::{Markup, PreEscaped, html};
use terms::{Decimal, RefArea};

use crate::ask::Ask;
use crate::failure::{Answer, Failure};
use crate::layout::{self, Section};
use crate::parts::names;
use crate::site::{COMMUNES, Site};

/// Limits of the five classes of area, in km²: about a fifth of the communes in each.
const LIMITS: [i64; 4] = [120, 170, 230, 290];

/// Shows the map.
pub(crate) async fn show(State(site): State<Site>, ask: Ask) -> Answer {
    let province = RefArea::from_static("VN-11");
    let view = site
        .app
        .unit(&ask.actor, &province)
        .await
        .map_err(|error| Failure::from_app(&ask, error))?;
    let title = ask.ta("web-map-title", &[("count", view.children.len().into())]);
    Ok(layout::public(
        &ask,
        Section::Units,
        &title,
        &body(&ask, &title, &view),
    ))
}

fn body(ask: &Ask, title: &str, view: &UnitView) -> Markup {
    let children = by_name(ask, view);
    html! {
        h1 { (title) }
        p.lead { (ask.t("web-map-lead")) }
        div.map-page {
            (figure(ask, title, view))
            div {
                h2 id="units" { (ask.t("web-unit-children")) }
                ul.units {
                    @for child in &children {
                        li {
                            (names::unit(ask, &child.unit))
                            @if let Some(area) = child.area_km2 { " " small.num { (i18n::number(ask.language, area)) " km²" } }
                        }
                    }
                }
                p { a href=(names::unit_href(ask, &view.unit)) { (ask.ta("web-map-province", &[("name", view.unit.name.get(ask.language).into())])) } }
            }
        }
    }
}

/// The units below a province, by name.
fn by_name<'a>(ask: &Ask, view: &'a UnitView) -> Vec<&'a ChildUnit> {
    let mut children: Vec<&ChildUnit> = view.children.iter().collect();
    i18n::sort::by_name(ask.language, &mut children, |child| {
        plain(child.unit.name.get(ask.language))
    });
    children
}

/// The map of a province's communes with its legend; each leads to its page.
pub(crate) fn figure(ask: &Ask, title: &str, view: &UnitView) -> Markup {
    let children = by_name(ask, view);
    let limits = LIMITS.map(Decimal::from);
    let areas: Vec<Area> = children
        .iter()
        .map(|child| {
            let name = child.unit.name.get(ask.language);
            let size = child
                .area_km2
                .map(|area| format!(": {} km²", i18n::number(ask.language, area)));
            Area {
                code: child.unit.code.to_string(),
                label: format!("{name}{}", size.unwrap_or_default()),
                name: Some(plain(name).to_owned()),
                href: Some(names::unit_href(ask, &child.unit)),
                shade: child
                    .area_km2
                    .map_or(Shade::Unknown, |area| Shade::of(&area, &limits)),
            }
        })
        .collect();
    let map = Map {
        id: "map",
        title,
        description: &ask.t("web-map-text"),
        boundaries: &COMMUNES,
        areas: &areas,
        grain: 1.0,
    };
    html! {
        figure.map-frame {
            (PreEscaped(map.draw()))
            figcaption { (legend(ask)) }
        }
    }
}

/// The name without its type, which the map need not repeat 45 times.
fn plain(name: &str) -> &str {
    ["Xã ", "Phường ", "Đặc khu "]
        .iter()
        .find_map(|kind| name.strip_prefix(kind))
        .unwrap_or_else(|| {
            [" commune", " ward", " Commune", " Ward"]
                .iter()
                .find_map(|kind| name.strip_suffix(kind))
                .unwrap_or(name)
        })
}

fn legend(ask: &Ask) -> Markup {
    let number = |value: i64| i18n::number(ask.language, Decimal::from(value));
    let first = i18n::Messages::get(
        ask.language,
        "bound-lt-value",
        &[("value", number(LIMITS[0]).into())],
    );
    let last = i18n::Messages::get(
        ask.language,
        "bound-ge-value",
        &[("value", number(LIMITS[3]).into())],
    );
    let between = LIMITS
        .windows(2)
        .map(|pair| format!("{}–{}", number(pair[0]), number(pair[1])));
    html! {
        p { (ask.t("web-map-legend")) }
        ul.legend.shades {
            @for (index, text) in std::iter::once(first).chain(between).chain([last]).enumerate() {
                li { span class=(format!("swatch q{}", index + 1)) aria-hidden="true" {} (text) " km²" }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn the_map_shows_names_without_their_type() {
        assert_eq!(plain("Xã Sín Thầu"), "Sín Thầu");
        assert_eq!(plain("Phường Mường Lay"), "Mường Lay");
        assert_eq!(plain("Sin Thau commune"), "Sin Thau");
        assert_eq!(plain("Điện Biên"), "Điện Biên");
    }
}
