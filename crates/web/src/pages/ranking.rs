//! The ranking of communes within fair groups.

use app::ranking::{Grouping, Place, RankBy, Ranking, RankingQuery};
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
    let misunderstood = || Failure::misunderstood(&ask);
    let asked = match ask.value("by") {
        None => None,
        Some(text) => Some(choice_of(text).ok_or_else(misunderstood)?),
    };
    let by = match ask.value("rank") {
        None => RankBy::default(),
        Some(code) => {
            let found = RankBy::ALL.into_iter().find(|by| by.code() == code);
            found.ok_or_else(misunderstood)?
        }
    };
    let grouping = match ask.value("among") {
        None => Grouping::default(),
        Some(code) => {
            let found = Grouping::ALL.into_iter().find(|grouping| grouping.code() == code);
            found.ok_or_else(misunderstood)?
        }
    };
    let mut query = RankingQuery { asked, by, grouping };
    let failed = |error| Failure::from_app(&ask, error);
    let mut ranking = site.app.ranking(&ask.actor, &query).await.map_err(failed)?;
    // A choice that cannot be ranked this way (a form sent after choosing another way) gives way to the first that can.
    if ranking.shown.is_none() && query.asked.is_some() && !ranking.choices.is_empty() {
        query.asked = None;
        ranking = site.app.ranking(&ask.actor, &query).await.map_err(failed)?;
    }
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
        @if ranking.choices.is_empty() {
            (notice::empty(&ask.t(if ranking.by == RankBy::Attainment { "ranking-no-targets" } else { "engine-ranking-none" })))
            @if ranking.by == RankBy::Attainment { (form(ask, ranking)) }
        } @else {
            (simulated::banner(ask, ranking.shown.as_ref().map_or(ranking.choices.iter().any(|choice| choice.simulated), |shown| shown.simulated)))
            (form(ask, ranking))
        }
        @if let Some(shown) = &ranking.shown {
            h2 { (names::indicator(ask, &shown.indicator)) " – " (i18n::date::period(ask.language, shown.period)) }
            p {
                (ask.ta("engine-ranking-coverage", &[("known", ranking.known.into()), ("of", ranking.of.into())])) " "
                (ask.t(match (ranking.by, ranking.direction) {
                    (RankBy::Attainment, _) => "ranking-by-attainment-means",
                    (RankBy::Completeness, _) => "ranking-by-completeness-means",
                    (RankBy::Value, Some(Direction::Down)) => "engine-ranking-down",
                    (RankBy::Value, _) => "engine-ranking-up",
                }))
            }
            @if ranking.grouping == Grouping::Hardship { (hardship(ask, ranking)) }
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
            div.field {
                label for="rank" { (ask.t("ranking-by")) }
                select id="rank" name="rank" {
                    @for by in RankBy::ALL { option value=(by.code()) selected[by == ranking.by] { (ask.t(&format!("ranking-by-{}", by.code()))) } }
                }
            }
            div.field {
                label for="among" { (ask.t("ranking-among")) }
                select id="among" name="among" {
                    @for grouping in Grouping::ALL { option value=(grouping.code()) selected[grouping == ranking.grouping] { (ask.t(&format!("ranking-among-{}", grouping.code()))) } }
                }
            }
            p.actions { button type="submit" { (ask.t("engine-show")) } }
        }
    }
}

/// Where the classes of hardship come from, and what nobody has checked.
fn hardship(ask: &Ask, ranking: &Ranking) -> Markup {
    let list = &ranking.hardship;
    html! {
        p.muted {
            (ask.ta("ranking-hardship", &[("paper", list.paper.as_str().into()), ("by", list.told_by.as_str().into())]))
            @if !list.checked { " " (ask.t("ranking-hardship-unchecked")) }
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
                th.num scope="col" { (ask.t(if ranking.by == RankBy::Attainment { "ranking-reached" } else { "engine-value" })) }
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
    let rank_of = |place: &Place| match ranking.by {
        RankBy::Completeness => place.standing.by_completeness,
        RankBy::Value | RankBy::Attainment => place.standing.by_score,
    };
    let rank = rank_of(place);
    let tied = rank.is_some() && 1 < all.iter().filter(|other| rank_of(other) == rank).count();
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
                    Some(share) if ranking.by == RankBy::Attainment => {
                        a href=(names::unit_href(ask, &place.unit)) { (amount::computed(ask, share * terms::Decimal::ONE_HUNDRED, &terms::UnitMeasure::PERCENT)) }
                    },
                    Some(value) => {
                        a href=(explain::href(ask, &shown.indicator.code, &place.unit.code, shown.period)) {
                            (amount::computed(ask, value, &shown.indicator.unit))
                        }
                    },
                    None => { span.muted { (ask.t("engine-explain-unknown")) } },
                }
            }
            td {
                small {
                    (ask.ta("engine-completeness-of", &[("given", i64::from(place.given).into()), ("asked", i64::from(place.asked).into())]))
                    @if let Some(rank) = place.standing.by_completeness.filter(|_| ranking.by != RankBy::Completeness) {
                        " · " (ask.ta("ranking-completeness-rank", &[("rank", i64::from(rank).into())]))
                    }
                }
            }
        }
    }
}
