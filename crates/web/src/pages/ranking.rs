//! The ranking of communes within fair groups.

use app::ranking::{Place, Ranking};
use axum::extract::State;
use maud::{Markup, html};
use plan::Direction;
use terms::{IndicatorCode, TimePeriod};

use crate::ask::Ask;
use crate::failure::{Answer, Failure};
use crate::layout::{self, Section};
use crate::pages::explain;
use crate::parts::{amount, names, notice, simulated};
use crate::site::Site;

/// Shows the ranking by an indicator in a period: `?by=poverty.rate@2025`.
pub(crate) async fn show(State(site): State<Site>, ask: Ask) -> Answer {
    let asked = match ask.value("by") {
        None => None,
        Some(text) => Some(choice_of(text).ok_or_else(|| Failure::misunderstood(&ask))?),
    };
    let ranking = site
        .app
        .ranking(&ask.actor, asked.as_ref())
        .await
        .map_err(|error| Failure::from_app(&ask, error))?;
    let title = ask.t("engine-ranking-title");
    Ok(layout::public(
        &ask,
        Section::Analysis,
        &title,
        &body(&ask, &ranking),
    ))
}

fn choice_of(text: &str) -> Option<(IndicatorCode, TimePeriod)> {
    let (code, period) = text.split_once('@')?;
    Some((code.parse().ok()?, period.parse().ok()?))
}

fn body(ask: &Ask, ranking: &Ranking) -> Markup {
    html! {
        h1 { (ask.t("engine-ranking-title")) }
        p.lead { (ask.t("engine-ranking-lead")) }
        @if ranking.choices.is_empty() { (notice::empty(&ask.t("engine-ranking-none"))) }
        @else {
            (simulated::banner(ask, ranking.shown.as_ref().map_or(ranking.choices.iter().any(|choice| choice.simulated), |shown| shown.simulated)))
            (form(ask, ranking))
        }
        @if let Some(shown) = &ranking.shown {
            h2 { (names::indicator(ask, &shown.indicator)) " – " (i18n::date::period(ask.language, shown.period)) }
            p {
                (ask.ta("engine-ranking-coverage", &[("known", ranking.known.into()), ("of", ranking.of.into())])) " "
                (ask.t(if ranking.direction == Some(Direction::Down) { "engine-ranking-down" } else { "engine-ranking-up" }))
            }
            @for (group, places) in &ranking.groups {
                @let name = ask.t(&format!("engine-group-{}", group.code()));
                section.computed {
                    h3 { (name) }
                    (table(ask, ranking, &name, places))
                }
            }
        }
    }
}

fn form(ask: &Ask, ranking: &Ranking) -> Markup {
    html! {
        form.computed-choice method="get" action=(ask.href("/ranking")) {
            div.field {
                label for="by" { (ask.t("engine-indicator")) }
                select id="by" name="by" {
                    @for choice in &ranking.choices {
                        option value=(format!("{}@{}", choice.indicator.code, choice.period)) selected[ranking.shown.as_ref() == Some(choice)] {
                            (choice.indicator.name.get(ask.language)) ", " (i18n::date::period(ask.language, choice.period))
                        }
                    }
                }
            }
            p.actions { button type="submit" { (ask.t("engine-show")) } }
        }
    }
}

fn table(ask: &Ask, ranking: &Ranking, name: &str, places: &[Place]) -> Markup {
    let scored = places.first().map_or(0, |place| place.standing.scored);
    html! {
        p.muted { (ask.ta("engine-ranking-group", &[("known", i64::from(scored).into()), ("of", places.len().into())])) }
        table.computed {
            caption.hidden { (name) }
            thead { tr {
                th.num scope="col" { (ask.t("engine-rank")) }
                th scope="col" { (ask.t("engine-unit")) }
                th.num scope="col" { (ask.t("engine-value")) }
                th scope="col" { (ask.t("engine-completeness")) }
            } }
            tbody { @for place in places { (line(ask, ranking, place, places)) } }
        }
    }
}

fn line(ask: &Ask, ranking: &Ranking, place: &Place, all: &[Place]) -> Markup {
    let Some(shown) = &ranking.shown else {
        return html! {};
    };
    let rank = place.standing.by_score;
    let tied = rank.is_some() && 1 < all.iter().filter(|other| other.standing.by_score == rank).count();
    html! {
        tr {
            td.num {
                @match rank {
                    Some(rank) if tied => { (ask.ta("engine-rank-tie", &[("rank", i64::from(rank).into())])) },
                    Some(rank) => { (rank) },
                    None => { span.muted { "–" } },
                }
            }
            th scope="row" { (names::unit(ask, &place.unit)) }
            td.num {
                @match place.value {
                    Some(value) => {
                        a href=(explain::href(ask, &shown.indicator.code, &place.unit.code, shown.period)) {
                            (amount::computed(ask, value, &shown.indicator.unit))
                        }
                    },
                    None => { span.muted { (ask.t("engine-explain-unknown")) } },
                }
            }
            td { small { (ask.ta("engine-completeness-of", &[("given", i64::from(place.given).into()), ("asked", i64::from(place.asked).into())])) } }
        }
    }
}
