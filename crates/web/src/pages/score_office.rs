//! The score of one office: its formula with its numbers, the tasks behind each point, its posts, the general parts that
//! were given.

use app::score::{GivenView, PostScore, ScorePage};
use maud::{Markup, html};
use plan::Office;
use plan::task::ScoreRules;
use plan::task::score::{Item, Score};
use terms::{Decimal, TimePeriod};

use crate::ask::{Ask, encode};
use crate::failure::{Answer, Failure};
use crate::layout::{self, Section};
use crate::pages::scores::{basis, choice, general, grade, result, rounded, running};
use crate::parts::{evidence, notice, task};
use crate::site::Site;

/// Shows it.
pub(crate) async fn show(site: &Site, ask: &Ask, office: &Office, period: Option<TimePeriod>) -> Answer {
    let page = site.app.score_of(&ask.actor, office, period).await;
    let mut page = page.map_err(|error| Failure::from_app(ask, error))?;
    // Stable: the holders of a post stay in the order of their days.
    i18n::sort::by_name(ask.language, &mut page.posts, |post| post.name.get(ask.language));
    let name = page.office.name.get(ask.language);
    let title = ask.ta("score-of", &[("office", name.into())]);
    let body = one(ask, &page, &title);
    Ok(layout::personal(ask, Section::Tasks, &title, &body))
}

/// The address of the form for a general part.
fn give_href(ask: &Ask, page: &ScorePage, post: Option<&PostScore>) -> String {
    let mut address = format!(
        "/scores/give?period={}&office={}",
        page.frame.period,
        encode(&page.office.office.to_string())
    );
    if let Some(post) = post {
        address.push_str(&format!("&post={}", encode(post.post.as_str())));
        if let Some(holder) = post.holder {
            address.push_str(&format!("&holder={holder}"));
        }
    }
    ask.href(&address)
}

fn one(ask: &Ask, page: &ScorePage, title: &str) -> Markup {
    let frame = &page.frame;
    html! {
        nav.crumbs aria-label=(ask.t("web-crumbs")) {
            a href=(ask.href(&format!("/scores?period={}", frame.period))) { (ask.t("score-title")) }
        }
        h1 { (title) }
        p.lead { (i18n::date::period(ask.language, frame.period)) " · " (task::office(ask, &page.office)) }
        @if ask.value("done").is_some() { (notice::done(&ask.t("score-given-done"))) }
        (choice(ask, frame, Some(&page.office.office)))
        (basis(ask, frame))
        @if let Some(rules) = &frame.rules {
            @if let Some(score) = &page.score {
                (running(ask, frame, score.provisional))
                (formula(ask, page, score, rules))
            } @else { (notice::empty(&ask.t("score-none"))) }
            (giving(ask, page))
            @if let Some(score) = &page.score { (items(ask, page, score)) }
            (posts(ask, page))
            (given(ask, page))
            (how(ask, rules))
        }
    }
}

/// Who gives the general part of the office, and the way to it.
fn giving(ask: &Ask, page: &ScorePage) -> Markup {
    html! {
        @if page.may_give {
            p.actions { a.button href=(give_href(ask, page, None)) {
                (ask.t(if page.general.is_some() { "score-give-again" } else { "score-give" }))
            } }
        } @else { p.muted { (ask.t("score-give-who")) } }
    }
}

/// The formula with its numbers put in, line by line.
fn formula(ask: &Ask, page: &ScorePage, score: &Score, rules: &ScoreRules) -> Markup {
    let terms = [
        ("quantity", score.quantity, rules.quantity),
        ("quality", score.quality, rules.quality),
        ("progress", score.progress, rules.progress),
    ];
    let per_cent = |sum| rounded(ask, score.per_cent(sum));
    let alike = rules.quantity == rules.quality && rules.quality == rules.progress;
    let mean = if alike {
        let parts: Vec<String> = terms
            .iter()
            .map(|(_, sum, _)| format!("{}%", per_cent(*sum)))
            .collect();
        format!("({}) ÷ 3", parts.join(" + "))
    } else {
        let parts: Vec<String> = terms
            .iter()
            .map(|(_, sum, share)| format!("{} × {}%", rounded(ask, *share), per_cent(*sum)))
            .collect();
        let shares: Decimal = terms.iter().map(|(_, _, share)| *share).sum();
        format!("({}) ÷ {}", parts.join(" + "), rounded(ask, shares))
    };
    html! {
        section {
            h2 { (ask.t("score-formula")) }
            dl.facts {
                @for (code, sum, _) in terms {
                    div {
                        dt { (ask.t(&format!("score-term-{code}"))) }
                        dd { (rounded(ask, sum)) " ÷ " (rounded(ask, score.assigned)) " = " strong { (per_cent(sum)) "%" } }
                    }
                }
                div {
                    dt { (ask.t("score-result")) }
                    dd { (mean) " × " (rounded(ask, rules.result)) " = " strong { (result(ask, score)) } }
                }
                div {
                    dt { (ask.ta("score-general-of", &[("most", rounded(ask, rules.general).into())])) }
                    dd {
                        (general(ask, score))
                        @if let Some(given) = &page.general { " · " (given.reason) " · " a href=(format!("#given-{}", given.entry)) { (ask.t("score-given-more")) } }
                    }
                }
                div {
                    dt { (ask.t("score-points")) }
                    dd { (total(ask, score, rules)) }
                }
                div { dt { (ask.t("score-grade")) } dd { strong { (grade(ask, score)) } } }
            }
        }
    }
}

/// The total: settled, open for the general part alone, or a span while the result can change.
fn total(ask: &Ask, score: &Score, rules: &ScoreRules) -> Markup {
    let (least, most) = match score.general {
        Some(points) => (score.result + points, score.reachable + points),
        None => (score.result, score.reachable + rules.general),
    };
    let key = match (score.provisional, score.general) {
        (true, Some(_)) => "score-points-running",
        (true, None) => "score-points-running-open",
        (false, _) => "score-points-span",
    };
    html! {
        @if least == most { strong { (rounded(ask, least)) } }
        @else { (ask.ta(key, &[("least", rounded(ask, least).into()), ("most", rounded(ask, most).into())])) }
    }
}

fn items(ask: &Ask, page: &ScorePage, score: &Score) -> Markup {
    html! {
        section {
            h2 { (ask.t("score-tasks-behind")) }
            table.computed.stack {
                caption.hidden { (ask.t("score-tasks-behind")) }
                thead { tr {
                    th scope="col" { (ask.t("score-task")) }
                    th.num scope="col" { (ask.t("score-weight")) }
                    th.num scope="col" { (ask.t("score-term-quantity")) }
                    th.num scope="col" { (ask.t("score-term-quality")) }
                    th.num scope="col" { (ask.t("score-term-progress")) }
                } }
                tbody { @for item in &score.items { (line(ask, page, item)) } }
                tfoot { tr {
                    th scope="row" { (ask.t("score-sum")) }
                    td.num data-label=(ask.t("score-weight")) { (rounded(ask, score.assigned)) }
                    td.num data-label=(ask.t("score-term-quantity")) { (rounded(ask, score.quantity)) }
                    td.num data-label=(ask.t("score-term-quality")) { (rounded(ask, score.quality)) }
                    td.num data-label=(ask.t("score-term-progress")) { (rounded(ask, score.progress)) }
                } }
            }
        }
    }
}

fn line(ask: &Ask, page: &ScorePage, item: &Item) -> Markup {
    html! {
        tr {
            th scope="row" {
                @if let Some(card) = page.tasks.get(&item.task) { a href=(task::href(ask, card)) { (card.title) } }
                br; small {
                    (ask.t(&format!("score-outcome-{}", item.outcome.code())))
                    @if let Some(due) = page.tasks.get(&item.task).and_then(|card| card.due) {
                        " · " (ask.t("task-field-due")) " " (i18n::date::short(ask.language, due))
                    }
                    @if 0 < item.grave_errors { " · " strong.wrong { (ask.ta("score-grave", &[("count", i64::from(item.grave_errors).into())])) } }
                }
            }
            td.num data-label=(ask.t("score-weight")) { (item.weight) }
            td.num data-label=(ask.t("score-term-quantity")) { (rounded(ask, item.quantity)) }
            td.num data-label=(ask.t("score-term-quality")) { (rounded(ask, item.quality)) }
            td.num data-label=(ask.t("score-term-progress")) { (rounded(ask, item.progress)) }
        }
    }
}

/// What each post of the office comes to, and each of its holders where one followed another.
fn posts(ask: &Ask, page: &ScorePage) -> Markup {
    html! {
        section {
            h2 { (ask.t("score-posts")) }
            @if page.posts.is_empty() { p.muted { (ask.t("score-posts-none")) } }
            @else {
                p.muted { (ask.t("score-posts-lead")) }
                table.computed.stack {
                    caption.hidden { (ask.t("score-posts")) }
                    thead { tr {
                        th scope="col" { (ask.t("score-post")) }
                        th.num scope="col" { (ask.t("score-tasks")) }
                        th.num scope="col" { (ask.t("score-result")) }
                        th.num scope="col" { (ask.t("score-general")) }
                        th.num scope="col" { (ask.t("score-points")) }
                        th scope="col" { (ask.t("score-grade")) }
                    } }
                    tbody { @for post in &page.posts { (person(ask, page, post)) } }
                }
            }
        }
    }
}

fn person(ask: &Ask, page: &ScorePage, post: &PostScore) -> Markup {
    let score = post.score.as_ref();
    html! {
        tr {
            th scope="row" {
                (post.name.get(ask.language))
                @if let Some(name) = &post.holder_name { br; span { (name) } }
                @if let Some((first, last)) = post.days {
                    br; small.muted { (ask.ta("score-days", &[
                        ("first", i18n::date::short(ask.language, first).into()),
                        ("last", i18n::date::short(ask.language, last).into()),
                    ])) }
                }
            }
            td.num data-label=(ask.t("score-tasks")) {
                @match score {
                    None => "0",
                    Some(score) => details.terms {
                        summary { (score.items.len()) }
                        ul { @for item in &score.items { li {
                            @if let Some(card) = page.tasks.get(&item.task) { a href=(task::href(ask, card)) { (card.title) } ": " }
                            (ask.t(&format!("score-outcome-{}", item.outcome.code())))
                        } } }
                        @for (code, sum) in [("quantity", score.quantity), ("quality", score.quality), ("progress", score.progress)] {
                            p { (ask.t(&format!("score-term-{code}"))) ": " (rounded(ask, sum)) " ÷ " (rounded(ask, score.assigned)) " = " (rounded(ask, score.per_cent(sum))) "%" }
                        }
                    },
                }
            }
            td.num data-label=(ask.t("score-result")) { span { @match score { Some(score) => (result(ask, score)), None => "–" } } }
            td.num data-label=(ask.t("score-general")) { span {
                @match &post.general {
                    Some(given) => a href=(format!("#given-{}", given.entry)) { (given.points.map(|points| rounded(ask, points)).unwrap_or_default()) },
                    None => span.muted { (ask.t("score-not-given")) },
                }
                @if post.may_give {
                    br; a href=(give_href(ask, page, Some(post))) {
                        (ask.t(if post.general.is_some() { "score-correct-short" } else { "score-give-short" }))
                        span.hidden { " " (post.name.get(ask.language)) }
                    }
                }
            } }
            td.num data-label=(ask.t("score-points")) { @match score.and_then(Score::points).filter(|_| score.is_some_and(|score| !score.provisional)) {
                Some(points) => strong { (rounded(ask, points)) }, None => "–",
            } }
            td data-label=(ask.t("score-grade")) { @match score { Some(score) => (grade(ask, score)), None => (ask.t("score-grade-no-task")) } }
        }
    }
}

/// Every general part that was given in the period, the latest first: nothing is overwritten.
fn given(ask: &Ask, page: &ScorePage) -> Markup {
    html! {
        @if !page.given.is_empty() {
            section {
                h2 { (ask.t("score-given-title")) }
                ol.timeline { @for given in &page.given { li id=(format!("given-{}", given.entry)) { (one_given(ask, page, given)) } } }
            }
        }
    }
}

fn one_given(ask: &Ask, page: &ScorePage, given: &GivenView) -> Markup {
    let office = page.office.office.to_string();
    let file =
        |sha256: &terms::Sha256| format!("/data/scores/{}/{}/{sha256}", page.frame.period, encode(&office));
    html! {
        p {
            strong { @match given.points {
                Some(points) => (ask.ta("score-given-points", &[("points", rounded(ask, points).into())])),
                None => (ask.t("score-given-back")),
            } }
            " · " (given.post_name.as_ref().map_or_else(|| ask.t("score-whole-office"), |name| name.get(ask.language).to_owned()))
            @if let Some(name) = &given.holder_name { " · " (name) }
            @if !given.counts && given.points.is_some() { " · " span.muted { (ask.t("score-given-no-longer")) } }
        }
        blockquote { p { (given.reason) } }
        (evidence::list(ask, &given.evidence, file))
        p.muted {
            @if let Some(who) = &given.who { (who) " · " }
            time datetime=(given.at.to_string()) { (i18n::date::moment(ask.language, given.at)) }
            " · " a href=(ask.href(&format!("/record?entry={0}#receipt", given.entry))) { (ask.ta("web-act-entry", &[("number", given.entry.to_string().into())])) }
        }
    }
}

/// How scores are made, in sentences.
fn how(ask: &Ask, rules: &ScoreRules) -> Markup {
    html! {
        section {
            h2 { (ask.t("score-how")) }
            ul {
                li { (ask.t("score-how-belongs")) }
                li { (ask.ta("score-how-fault", &[("share", rounded(ask, rules.fault_per_cent).into())])) }
                li { (ask.t("score-how-moved")) }
                li { (ask.t("score-how-holders")) }
                li { (ask.t("score-how-general")) }
                li { (ask.t("score-how-divisor")) }
                li { (ask.t("score-how-leaders")) }
                li { (ask.t("score-how-excellent")) }
            }
        }
    }
}
