//! The table of targets: what is due, what is known, what is missing, how it goes.
//!
//! On a phone each row becomes a card by style alone; the roles are written out, because a browser forgets that
//! something is a table when its display changes.

use app::scoreboard::{Attainment, Status, TargetRow};
use charts::{Progress, Sparkline};
use maud::{Markup, PreEscaped, html};
use terms::{Date, Decimal, TimePeriod, UnitMeasure};

use crate::ask::Ask;
use crate::pages::target;
use crate::parts::{amount, names, result, source, status, way};

/// Rows that are due by the same period, under one heading.
struct Group<'a> {
    due: TimePeriod,
    rows: Vec<&'a TargetRow>,
}

impl<'a> Group<'a> {
    /// The rows by when they are due: what can still be reached first, the nearest before the far; then what is over on the
    /// day, the newest first.
    fn all(rows: &'a [TargetRow], day: Date) -> Vec<Self> {
        let mut groups: Vec<Self> = Vec::new();
        for row in rows {
            match groups.iter_mut().find(|group| group.due == row.due) {
                Some(group) => group.rows.push(row),
                None => groups.push(Group {
                    due: row.due,
                    rows: vec![row],
                }),
            }
        }
        let (mut ahead, mut over): (Vec<_>, Vec<_>) =
            groups.into_iter().partition(|group| day <= group.due.end());
        ahead.sort_by_key(|group| (group.due.end(), group.due.start()));
        over.sort_by_key(|group| std::cmp::Reverse((group.due.end(), group.due.start())));
        ahead.extend(over);
        ahead
    }

    /// How many there are, and whether their time is over.
    fn count(&self, ask: &Ask, day: Date) -> Markup {
        html! {
            span.muted {
                @if self.due.end() < day { (ask.t("target-over")) " · " }
                (ask.ta("web-count-targets", &[("count", self.rows.len().into())]))
            }
        }
    }
}

/// The table, as of a day. `with_place`: each row names its place.
pub(crate) fn table(ask: &Ask, caption: &str, rows: &[TargetRow], with_place: bool, day: Date) -> Markup {
    html! {
        table.targets role="table" {
            caption.hidden { (caption) }
            (head(ask))
            @for group in &Group::all(rows, day) {
                tbody role="rowgroup" {
                    tr.group role="row" {
                        th role="rowheader" scope="rowgroup" colspan="6" {
                            (capital(&i18n::date::due(ask.language, group.due)))
                            " " (group.count(ask, day))
                        }
                    }
                    @for row in &group.rows { (line(ask, row, with_place)) }
                }
            }
        }
    }
}

/// A table for each day on which something is due, folded under how its targets stand. Open: all of them, or the first that
/// is not over on `day`.
pub(crate) fn folded(ask: &Ask, rows: &[TargetRow], with_place: bool, day: Date, all: bool) -> Markup {
    let groups = Group::all(rows, day);
    let next = groups.iter().position(|group| day <= group.due.end());
    html! {
        @for (at, group) in groups.iter().enumerate() {
            @let due = capital(&i18n::date::due(ask.language, group.due));
            details.due open[all || groups.len() == 1 || Some(at) == next] {
                summary {
                    h2 { (due) " " (group.count(ask, day)) }
                    span.badges { @for (of, count) in stand(&group.rows) {
                        span class=(format!("status {}", status::class(of))) { (count) " " (status::word(ask, of)) }
                    } }
                }
                table.targets role="table" {
                    caption.hidden { (due) }
                    (head(ask))
                    tbody role="rowgroup" { @for row in &group.rows { (line(ask, row, with_place)) } }
                }
            }
        }
    }
}

/// How many rows have each status that any has.
fn stand(rows: &[&TargetRow]) -> Vec<(Status, usize)> {
    let count = |of: Status| rows.iter().filter(|row| row.status == of).count();
    let all = Status::ALL.into_iter().map(|of| (of, count(of)));
    all.filter(|(_, count)| 0 < *count).collect()
}

fn head(ask: &Ask) -> Markup {
    html! {
        thead role="rowgroup" {
            tr role="row" {
                th role="columnheader" scope="col" { (ask.t("web-column-indicator")) }
                th role="columnheader" scope="col" { (ask.t("web-column-target")) }
                th role="columnheader" scope="col" { (ask.t("web-column-latest")) }
                th role="columnheader" scope="col" { (ask.t("web-column-gap")) }
                th role="columnheader" scope="col" { (ask.t("web-column-course")) }
                th role="columnheader" scope="col" { (ask.t("web-column-status")) }
            }
        }
    }
}

fn line(ask: &Ask, row: &TargetRow, with_place: bool) -> Markup {
    html! {
        tr role="row" id=(format!("target-{}", row.target)) {
            th.what role="rowheader" scope="row" {
                a href=(format!("{}#target-{}", names::indicator_href(ask, &row.indicator), row.target)) {
                    (row.indicator.name.get(ask.language))
                }
                @let measure = names::measure(ask, row.measure);
                @if with_place || measure.is_some() || row.disputed.is_some() {
                    br;
                    small {
                        @if with_place { (row.place.name.get(ask.language)) }
                        @if let Some(measure) = &measure { @if with_place { " · " } (measure) }
                        @if row.disputed.is_some() {
                            @if with_place || measure.is_some() { " · " }
                            (crate::pages::disagreements::mark(ask, row.disputed.as_deref()))
                        }
                    }
                }
            }
            td role="cell" {
                span.label { (ask.t("web-column-target")) }
                div {
                    strong {
                        a href=(target::href(ask, row.target)) {
                            (amount::amount(ask, &row.amount))
                            span.hidden { " – " (row.indicator.name.get(ask.language)) ", " (i18n::date::due(ask.language, row.due)) }
                        }
                    }
                    @if let Some(word) = basis(ask, row) { br; small { (word) } }
                    @if let Some(units) = row.units.as_ref().and_then(|units| way::short(ask, units)) { br; small { (units) } }
                    br; small { (source::short(ask, &row.sources)) }
                }
            }
            td role="cell" {
                span.label { (ask.t("web-column-latest")) }
                div {
                    @match &row.latest {
                        Some(latest) => { (result::cell(ask, latest)) },
                        None if row.units.as_ref().is_some_and(|units| !units.counted.is_empty()) => { (counted(ask, row)) },
                        None => { span.muted { (ask.t("web-no-result")) } },
                    }
                    @if let Some(words) = gathered(ask, row) { br; small { (words) } }
                }
            }
            td.missing role="cell" {
                span.label { (ask.t("web-column-gap")) }
                div { (gap(ask, row)) }
            }
            td.course role="cell" {
                span.label { (ask.t("web-column-course")) }
                div { (course(ask, row)) }
            }
            td.how role="cell" { (status::badge(ask, row.status)) (chance(ask, row)) }
        }
    }
}

/// What is gathered so far, where values are gathered and the latest one alone would say little.
fn gathered(ask: &Ask, row: &TargetRow) -> Option<String> {
    let (day, sum) = row.expected.so_far.filter(|_| row.basis == plan::Basis::Sum)?;
    let latest = row.latest.as_ref()?;
    if latest.amount.value == sum {
        return None;
    }
    let period = TimePeriod::span(
        terms::period::Simple::Day(row.due.start()),
        terms::period::Simple::Day(day),
    )
    .ok()?;
    let data = [
        ("period", i18n::date::short_period(ask.language, period).into()),
        ("value", amount::computed(ask, sum, &row.amount.unit).into()),
    ];
    Some(ask.ta("target-gathered", &data))
}

/// How many units met the condition when last counted.
fn counted(ask: &Ask, row: &TargetRow) -> Markup {
    let last = row.units.as_ref().and_then(|units| units.counted.last());
    html! {
        @if let Some(counted) = last {
            (ask.ta("target-units-counted", &[
                ("period", i18n::date::short_period(ask.language, counted.period).into()),
                ("meeting", counted.meeting.into()),
                ("of", counted.of.into()),
                ("known", counted.known.into()),
            ]))
        }
    }
}

/// How the number is read, where it is not simply the value at the end.
pub(crate) fn basis(ask: &Ask, row: &TargetRow) -> Option<String> {
    (row.basis != plan::Basis::AtDue)
        .then(|| ask.t(&format!("web-basis-{}", row.basis.code().replace('_', "-"))))
}

/// What is missing, and the pace that it takes.
pub(crate) fn gap(ask: &Ask, row: &TargetRow) -> Markup {
    let unit = amount::of_difference(&row.amount.unit);
    html! {
        @match row.gap {
            Some(gap) if gap.is_zero() => { span.num { (ask.t("web-gap-none")) } },
            Some(gap) if gap.is_sign_negative() => {
                span.num { (ask.ta("web-gap-beyond", &[("size", amount::computed(ask, gap.abs(), &unit).into())])) }
            },
            Some(gap) => { span.num { (amount::computed(ask, gap.abs(), &unit)) } },
            None => { span.muted { "–" } },
        }
        @if row.gap.is_none_or(|gap| !gap.is_zero() && !gap.is_sign_negative()) && row.required_pace.is_some() {
            span.pace { br; small { (pace(ask, row)) } }
        }
    }
}

/// The pace that is needed: a rate or a yearly mean is a level to hold each year, everything else a way to go.
fn pace(ask: &Ask, row: &TargetRow) -> String {
    let held = row.basis.is_mean() || row.measure == terms::Measure::Growth;
    match &row.required_pace {
        Some(_) if held => ask.ta(
            "web-pace-hold",
            &[("size", amount::text(ask, &row.amount).into())],
        ),
        Some(pace) => format!(
            "{} {}",
            ask.t("web-pace-needed"),
            amount::pace(ask, pace, &row.amount.unit)
        ),
        None => String::new(),
    }
}

/// The chance of success, never without the number of points behind it.
pub(crate) fn chance(ask: &Ask, row: &TargetRow) -> Markup {
    html! {
        @if let Some(chance) = &row.chance {
            @let percent = i18n::quantity(ask.language, chance.percent.into(), &UnitMeasure::PERCENT);
            br; small.chance {
                a href=(ask.href("/calibration")) { (ask.ta("engine-chance", &[("percent", percent.into()), ("points", chance.points.into())])) }
            }
        }
    }
}

/// The sparkline, and how far it has come.
fn course(ask: &Ask, row: &TargetRow) -> Markup {
    let id = format!("t{}", row.target);
    html! {
        @if 1 < row.points.len() {
            @let title = spark_title(ask, row);
            @let line = Sparkline {
                id: &format!("{id}s"),
                title: &title,
                points: &row.points,
                target: (row.basis == plan::Basis::AtDue || row.basis.is_mean()).then_some(row.amount.value),
            };
            (PreEscaped(line.draw()))
        }
        @match row.attainment {
            Attainment::OfWay(share) => { (bar(ask, &id, "web-attainment-way", share)) },
            Attainment::OfLevel(share) => { (bar(ask, &id, "web-attainment-level", share)) },
            Attainment::Kept(kept) | Attainment::Reached(kept) => {
                small { (ask.t(if kept { "web-attainment-reached" } else { "web-attainment-not-reached" })) }
            },
            Attainment::Unknown => {
                @if row.points.len() < 2 { span.muted { "–" } }
            },
        }
    }
}

fn bar(ask: &Ask, id: &str, key: &str, share: Decimal) -> Markup {
    let percent = amount::computed(
        ask,
        (share * Decimal::ONE_HUNDRED).round_dp(0),
        &UnitMeasure::PERCENT,
    );
    let title = ask.ta(key, &[("share", percent.into())]);
    let drawn = Progress {
        id: &format!("{id}p"),
        title: &title,
        attainment: share,
        expected: None,
    }
    .draw();
    html! {
        (PreEscaped(drawn))
        small aria-hidden="true" { (title) }
    }
}

fn spark_title(ask: &Ask, row: &TargetRow) -> String {
    let told = |point: Option<&(TimePeriod, Decimal)>| {
        point.map_or_else(String::new, |(period, value)| {
            format!(
                "{}: {}",
                i18n::date::short_period(ask.language, *period),
                i18n::quantity(ask.language, *value, &row.amount.unit)
            )
        })
    };
    ask.ta(
        "web-chart-from-to",
        &[
            ("first", told(row.points.first()).into()),
            ("last", told(row.points.last()).into()),
        ],
    )
}

/// The first letter as a capital.
pub(crate) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters
        .next()
        .map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
