//! Home: is the province on track?

use app::scoreboard::{Scoreboard, ScoreboardFilter, Status};
use axum::extract::State;
use charts::{Segment, StatusBar};
use maud::{Markup, PreEscaped, html};
use terms::RefArea;

use crate::ask::{Ask, encode};
use crate::failure::{Answer, Failure};
use crate::layout::{self, Section};
use crate::parts::{names, notice, simulated, status, target_table, today};
use crate::site::Site;

/// Shows the scoreboard.
pub(crate) async fn show(State(site): State<Site>, ask: Ask) -> Answer {
    let filter = filter(&ask)?;
    let board = site.app.scoreboard(&ask.actor, &filter).await;
    let board = board.map_err(|error| Failure::from_app(&ask, error))?;
    let title = ask.ta(
        "web-home-title",
        &[("place", board.province.name.get(ask.language).into())],
    );
    let note = if board.rows.iter().any(|row| row.simulated) {
        simulated::banner(&ask, true)
    } else {
        simulated::note(&site, &ask).await?
    };
    let strip = today::strip(&site, &ask).await?;
    let body = html! { (strip) (body(&ask, &board, &filter, &note)) };
    Ok(layout::public(&ask, Section::Home, &title, &body))
}

/// The filter of an address.
pub(crate) fn filter(ask: &Ask) -> Result<ScoreboardFilter, Failure> {
    let misunderstood = || Failure::misunderstood(ask);
    let status = ask.value("status").map(|code| {
        Status::ALL
            .into_iter()
            .find(|status| status.code() == code)
            .ok_or_else(misunderstood)
    });
    Ok(ScoreboardFilter {
        status: status.transpose()?,
        due_year: ask
            .value("due")
            .map(str::parse)
            .transpose()
            .map_err(|_| misunderstood())?,
        set_by: ask
            .value("by")
            .map(str::parse)
            .transpose()
            .map_err(|_| misunderstood())?,
        place: ask.value("place").map(RefArea::new),
        field: ask.value("field").map(str::to_owned),
        known_on: ask
            .value("known")
            .map(str::parse)
            .transpose()
            .map_err(|_| misunderstood())?,
    })
}

fn body(ask: &Ask, board: &Scoreboard, filter: &ScoreboardFilter, note: &Markup) -> Markup {
    let shown: usize = board.counts.iter().map(|(_, count)| count).sum();
    let filtered = *filter != ScoreboardFilter::default();
    html! {
        section.hero {
            h1 {
                (ask.t("web-home-heading")) " "
                span.sub { (board.province.name.get(ask.language)) }
            }
            p.lead { (verdict(ask, board, shown)) }
            (counts(ask, board, filter))
            p.actions { a.button.plain href=(ask.href("/map#units")) { (ask.t("web-home-units")) } }
            p.muted {
                @if filter.known_on.is_some() {
                    (ask.ta("web-home-known", &[("day", i18n::date::long(ask.language, board.day).into())]))
                } @else {
                    (ask.ta("web-home-day", &[("day", i18n::date::long(ask.language, board.day).into())]))
                }
            }
        }
        (note)
        (filters(ask, board, filter))
        @if board.rows.is_empty() {
            @if filtered {
                (notice::empty(&ask.t("web-home-none-match")))
                p { a.button.plain href=(ask.href("")) { (ask.t("web-filter-clear")) } }
            } @else {
                (notice::empty(&ask.t("web-home-none")))
            }
        } @else {
            @let with_place = board.rows.iter().any(|row| row.place.code != board.province.code);
            @let all = filtered || ask.value("open") == Some("all");
            @if !all { p.open-all { a href=(open_all(ask)) { (ask.t("web-home-open-all")) } } }
            (target_table::folded(ask, &board.rows, with_place, board.day, all))
        }
        (meanings(ask, board))
        p.open-data {
            (ask.t("web-open-data")) " "
            a href="/data/scoreboard.csv" { "CSV" } " · " a href="/data/scoreboard.json" { "JSON" }
        }
    }
}

/// One sentence that answers the page's question.
fn verdict(ask: &Ask, board: &Scoreboard, shown: usize) -> String {
    let count = |wanted: &[Status]| -> usize {
        board
            .counts
            .iter()
            .filter(|(status, _)| wanted.contains(status))
            .map(|(_, count)| count)
            .sum()
    };
    ask.ta(
        "web-home-verdict",
        &[
            ("count", shown.into()),
            ("good", count(&[Status::Achieved, Status::OnTrack]).into()),
            (
                "behind",
                count(&[
                    Status::Behind,
                    Status::OffTrack,
                    Status::Missed,
                    Status::Impossible,
                ])
                .into(),
            ),
            (
                "unknown",
                count(&[
                    Status::AwaitingResult,
                    Status::TooEarly,
                    Status::NotComparable,
                    Status::NoBaseline,
                    Status::NoData,
                ])
                .into(),
            ),
        ],
    )
}

/// The bar and the links that choose one status.
fn counts(ask: &Ask, board: &Scoreboard, filter: &ScoreboardFilter) -> Markup {
    let rows: Vec<(Status, usize, String, String, String)> = board
        .counts
        .iter()
        .filter(|(_, count)| 0 < *count)
        .map(|(status, count)| {
            let word = status::word(ask, *status);
            (
                *status,
                *count,
                status::class(*status),
                format!("{word}: {count}"),
                with_status(ask, Some(*status)),
            )
        })
        .collect();
    let segments: Vec<Segment<'_>> = rows
        .iter()
        .map(|(_, count, class, label, _)| Segment {
            class,
            label,
            count: *count,
            href: None,
        })
        .collect();
    let description: Vec<&str> = rows.iter().map(|row| row.3.as_str()).collect();
    let bar = StatusBar {
        id: "statuses",
        title: &ask.t("web-home-bar"),
        description: &description.join("; "),
        segments: &segments,
    };
    html! {
        @if !rows.is_empty() { (PreEscaped(bar.draw())) }
        ul.counts {
            @for (of, count, class, _, href) in &rows {
                li {
                    a class=(class) href=(href) aria-current=[(filter.status == Some(*of)).then_some("true")] {
                        strong { (count) } " " span class=(format!("status {class}")) { (status::word(ask, *of)) }
                    }
                }
            }
            @if filter.status.is_some() {
                li { a href=(with_status(ask, None)) { (ask.t("web-filter-all-statuses")) } }
            }
        }
    }
}

/// This page's address with another status and the same other filters.
fn with_status(ask: &Ask, status: Option<Status>) -> String {
    let mut pairs: Vec<String> = ask
        .query
        .iter()
        .filter(|(name, value)| name != "status" && !value.is_empty())
        .map(|(name, value)| format!("{}={}", encode(name), encode(value)))
        .collect();
    if let Some(status) = status {
        pairs.push(format!("status={}", status.code()));
    }
    let mut address = ask.href("");
    if !pairs.is_empty() {
        address.push('?');
        address.push_str(&pairs.join("&"));
    }
    address
}

/// This page with every table open.
fn open_all(ask: &Ask) -> String {
    format!("{}?open=all", ask.href(""))
}

fn filters(ask: &Ask, board: &Scoreboard, filter: &ScoreboardFilter) -> Markup {
    let choices = &board.choices;
    let open = filter.due_year.is_some()
        || filter.field.is_some()
        || filter.place.is_some()
        || filter.set_by.is_some()
        || filter.known_on.is_some();
    let due: Vec<(String, String)> = choices
        .due_years
        .iter()
        .map(|year| (year.to_string(), year.to_string()))
        .collect();
    let fields: Vec<(String, String)> = choices
        .fields
        .iter()
        .map(|code| (code.clone(), names::field(ask, code)))
        .collect();
    let places: Vec<(String, String)> = choices
        .places
        .iter()
        .map(|place| (place.code.to_string(), place.name.get(ask.language).to_owned()))
        .collect();
    let documents: Vec<(String, String)> = choices
        .documents
        .iter()
        .map(|(id, title)| (id.to_string(), title.clone()))
        .collect();
    html! {
        details.filters open[open] {
            summary { (ask.t("web-filter")) }
            form method="get" action=(ask.href("")) {
                @if let Some(status) = filter.status { input type="hidden" name="status" value=(status.code()); }
                (choice(ask, "due", "web-filter-due", &due))
                (choice(ask, "field", "web-filter-field", &fields))
                @if 1 < places.len() { (choice(ask, "place", "web-filter-place", &places)) }
                (choice(ask, "by", "web-filter-by", &documents))
                div.field {
                    label for="filter-known" { (ask.t("web-filter-known")) }
                    input id="filter-known" type="date" name="known" value=[ask.value("known")];
                }
                p.actions {
                    button type="submit" { (ask.t("web-filter-apply")) }
                    @if open { a.button.plain href=(ask.href("")) { (ask.t("web-filter-clear")) } }
                }
            }
        }
    }
}

fn choice(ask: &Ask, name: &str, key: &str, options: &[(String, String)]) -> Markup {
    let id = format!("filter-{name}");
    html! {
        @if !options.is_empty() {
            div.field {
                label for=(id) { (ask.t(key)) }
                select id=(id) name=(name) {
                    option value="" { (ask.t("web-filter-any")) }
                    @for (value, text) in options {
                        option value=(value) selected[ask.value(name) == Some(value)] { (text) }
                    }
                }
            }
        }
    }
}

/// What the statuses on this page mean.
fn meanings(ask: &Ask, board: &Scoreboard) -> Markup {
    html! {
        details.meanings {
            summary { (ask.t("web-status-legend")) }
            dl {
                @for (status, _) in board.counts.iter().filter(|(_, count)| 0 < *count) {
                    dt { (status::badge(ask, *status)) }
                    dd { (status::meaning(ask, *status)) }
                }
            }
        }
    }
}
