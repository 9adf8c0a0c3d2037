//! «Can it all hold?»: verdict, what clashes and why, what would mend it, what must be true, and under which assumptions.

use app::coherence::{
    AssumptionDefault, ClaimRole as Role, ClaimView, CoherenceQuery, CoherenceVerdict as Verdict,
    CoherenceView, ConflictKind, ImpliedView, RangeView, assumption_defaults,
};
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use charts::IntervalBar;
use maud::{Markup, PreEscaped, html};
use terms::{Bound, Date, Decimal, TimePeriod};

use crate::ask::Ask;
use crate::failure::{Answer, Failure};
use crate::layout::{self, Section};
use crate::parts::{amount, clash, notice, source};
use crate::site::Site;

/// Answers the question under the assumptions of the address.
pub(crate) async fn show(State(site): State<Site>, ask: Ask) -> Answer {
    let title = ask.t("web-coherence-title");
    let form = Form::read(&ask);
    if form.is_wrong() {
        let body = html! {
            h1 { (title) }
            p.notice.problem role="alert" { a href="#assumptions" { (ask.t("web-coherence-bad")) } }
            (form.show(&ask))
        };
        let mut response = layout::public(&ask, Section::Analysis, &title, &body).into_response();
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
        return Ok(response);
    }
    let view = site.coherence(&ask.actor, &form.query).await;
    let view = view.map_err(|error| Failure::from_app(&ask, error))?;
    let body = html! {
        h1 { (title) }
        (verdict(&ask, &view))
        (clashes(&ask, &view))
        (mends(&ask, &view))
        (readings(&ask, &view))
        (implied(&ask, &view))
        (path(&ask, &view))
        (form.show(&ask))
        (notes(&ask, &view))
    };
    Ok(layout::public(&ask, Section::Analysis, &title, &body))
}

fn verdict(ask: &Ask, view: &CoherenceView) -> Markup {
    let day = i18n::date::long(ask.language, view.day);
    let targets = view
        .conflicts
        .iter()
        .filter(|one| between_targets(one.kind))
        .count();
    let others = view.conflicts.len() - targets;
    let asked = view.claims.iter().any(|claim| claim.role == Role::Target);
    html! {
        @if !asked { (notice::empty(&ask.t("web-coherence-none"))) }
        div.hero {
            p.lead { strong {
                (ask.ta(&format!("coherence-verdict-{}", view.verdict.code()), &[("day", day.into())]))
            } }
            @if !view.conflicts.is_empty() {
                p {
                    (ask.ta("web-coherence-count", &[("targets", targets.into()), ("others", others.into())]))
                    @if !view.all_conflicts { " " (ask.t("coherence-more-conflicts")) }
                }
                p { a href=(if view.readings.is_empty() { "#mends" } else { "#readings" }) { (ask.t("web-coherence-todo")) } }
            }
        }
    }
}

fn between_targets(kind: ConflictKind) -> bool {
    matches!(kind, ConflictKind::Targets | ConflictKind::Alone)
}

fn clashes(ask: &Ask, view: &CoherenceView) -> Markup {
    let part = |between: bool| {
        let all = view.conflicts.iter().enumerate();
        all.filter(move |(_, one)| between_targets(one.kind) == between)
    };
    html! {
        @if !view.conflicts.is_empty() { p.muted { (ask.t("web-coherence-how")) } }
        @if part(true).next().is_some() {
            section {
                h2 id="clashes" { (ask.t("web-coherence-clashes")) }
                @for (at, one) in part(true) { (clash::article(ask, view, at, one)) }
            }
        }
        @if part(false).next().is_some() {
            section {
                h2 id="against" { (ask.t("web-coherence-against")) }
                p { (ask.t("web-coherence-against-text")) }
                @for (at, one) in part(false) { (clash::article(ask, view, at, one)) }
            }
        }
    }
}

/// The numbers of the sets that a claim appears in: `1, 3`.
fn sets_of(view: &CoherenceView, claim: usize) -> String {
    let numbers = view.conflicts.iter().enumerate();
    let numbers = numbers.filter(|(_, one)| one.targets.contains(&claim) || one.given.contains(&claim));
    numbers
        .map(|(at, _)| (at + 1).to_string())
        .collect::<Vec<_>>()
        .join(", ")
}

fn mends(ask: &Ask, view: &CoherenceView) -> Markup {
    html! {
        @if !view.mends.is_empty() || !view.mends_together.is_empty() {
            section {
                h2 id="mends" { (ask.t("web-coherence-mends")) }
                p { (ask.t("web-coherence-mends-text")) }
                ul.mends {
                    @for mend in &view.mends {
                        @let of = &view.claims[mend.claim];
                        @let unit = &mend.quantity.unit;
                        @let possible = clash::range(ask, mend.possible, unit);
                        li {
                            @match (mend.widened, mend.nearest) {
                                (Some(widened), _) => {
                                    (ask.ta("web-coherence-mend-widen", &[
                                        ("claim", ask.t(&format!("assumption-{}", of.id)).into()),
                                        ("now", of.amount.as_ref().map(|now| amount::text(ask, now)).unwrap_or_default().into()),
                                        ("range", clash::range(ask, widened, unit).into()),
                                    ]))
                                },
                                (None, Some(nearest)) => {
                                    (ask.ta("web-coherence-mend-to", &[
                                        ("claim", clash::claim(ask, of).into()),
                                        ("nearest", i18n::quantity(ask.language, nearest, unit).into()),
                                    ]))
                                    " (" (ask.ta("web-coherence-mend-possible", &[("possible", possible.into())])) ")"
                                },
                                (None, None) => {
                                    (ask.ta("web-coherence-mend-only", &[
                                        ("claim", clash::claim(ask, of).into()),
                                        ("possible", possible.into()),
                                    ]))
                                },
                            }
                            ". " small { (ask.ta("web-coherence-mend-for", &[("numbers", sets_of(view, mend.claim).into())])) }
                        }
                    }
                    @for set in &view.mends_together {
                        @let claims: Vec<String> = set.iter().map(|of| clash::claim(ask, &view.claims[*of])).collect();
                        li { (ask.ta("coherence-mend-together", &[("claims", claims.join("; ").into())])) }
                    }
                }
            }
        }
    }
}

fn readings(ask: &Ask, view: &CoherenceView) -> Markup {
    html! {
        @if !view.readings.is_empty() {
            section {
                h2 id="readings" { (ask.t("web-coherence-readings")) }
                p { (ask.t("web-coherence-readings-text")) }
                ul.mends {
                    @for reading in &view.readings {
                        li {
                            (ask.ta("web-coherence-reading", &[
                                ("claim", clash::claim(ask, &view.claims[reading.claim]).into()),
                                ("reading", ask.t(&format!("reading-{}", reading.name)).into()),
                            ]))
                            " " strong { (ask.t(&format!("coherence-reading-{}", reading.verdict.code()))) } "."
                            @for (of, range) in &reading.possible {
                                " " (ask.ta("web-coherence-reading-possible", &[
                                    ("quantity", clash::quantity(ask, of).into()),
                                    ("range", clash::range(ask, *range, &of.unit).into()),
                                ]))
                            }
                        }
                    }
                }
            }
        }
    }
}

/// What is claimed of a quantity now: a target or result first, else what is assumed.
fn stands<'a>(view: &'a CoherenceView, of: &'a ImpliedView) -> Option<(&'a ClaimView, RangeView)> {
    let said = view.claims.iter().find(|claim| {
        claim.role != Role::Assumption
            && claim.quantity.as_ref() == Some(&of.quantity)
            && claim.amount.is_some()
    });
    if let Some(claim) = said {
        let amount = claim.amount.as_ref()?;
        let (lower, upper) = match amount.bound {
            Bound::Gt | Bound::Ge => (Some(amount.value), None),
            Bound::Lt | Bound::Le => (None, Some(amount.value)),
            _ => (Some(amount.value), Some(amount.upper.unwrap_or(amount.value))),
        };
        return Some((claim, RangeView { lower, upper }));
    }
    let (claim, range) = of.assumed?;
    Some((&view.claims[claim], range))
}

fn implied(ask: &Ask, view: &CoherenceView) -> Markup {
    if view.implied.is_empty() {
        return html! {};
    }
    let main = |one: &&ImpliedView| {
        matches!(one.quantity.period, TimePeriod::Span(..))
            || stands(view, one).is_some_and(|(claim, _)| claim.role == Role::Target)
    };
    let (first, rest): (Vec<_>, Vec<_>) = view.implied.iter().partition(main);
    let text = match view.verdict {
        Verdict::Feasible => "web-coherence-implied-feasible",
        _ => "web-coherence-implied-fixed",
    };
    html! {
        section {
            h2 id="implied" { (ask.t("web-coherence-implied")) }
            p { (ask.t(text)) }
            @if !first.is_empty() { (ranges(ask, view, &first, "i")) }
            @if !rest.is_empty() {
                details {
                    summary { (ask.ta("web-coherence-by-year", &[("count", rest.len().into())])) }
                    (ranges(ask, view, &rest, "j"))
                }
            }
        }
    }
}

/// The chart with its table: every row has its numbers in words, and its bar on a scale of its own.
fn ranges(ask: &Ask, view: &CoherenceView, rows: &[&ImpliedView], id: &str) -> Markup {
    html! {
        ul.legend {
            li.k-must { (ask.t("web-coherence-legend-must")) }
            li.k-stands { (ask.t("web-coherence-legend-stands")) }
        }
        div.scroll tabindex="0" role="region" aria-label=(ask.t("web-coherence-implied")) {
            table.results.ranges role="table" {
                caption.hidden { (ask.t("web-coherence-implied")) }
                thead role="rowgroup" { tr role="row" {
                    th role="columnheader" scope="col" { (ask.t("web-coherence-quantity")) }
                    th role="columnheader" scope="col" { (ask.t("web-coherence-must")) }
                    th role="columnheader" scope="col" { (ask.t("web-coherence-stands")) }
                } }
                tbody role="rowgroup" {
                    @for (at, row) in rows.iter().enumerate() { (range_row(ask, view, row, &format!("{id}{at}"))) }
                }
            }
        }
    }
}

fn range_row(ask: &Ask, view: &CoherenceView, row: &ImpliedView, id: &str) -> Markup {
    let name = clash::quantity(ask, &row.quantity);
    let must = clash::range(ask, row.range, &row.quantity.unit);
    let beside = stands(view, row);
    let told = beside.map(|(claim, range)| {
        let said = match (&claim.amount, claim.role) {
            (Some(said), Role::Target | Role::Result) => amount::text(ask, said),
            _ => clash::range(ask, range, &row.quantity.unit),
        };
        let key = match claim.role {
            Role::Target => "web-coherence-role-target",
            Role::Result => "web-coherence-role-result",
            Role::Assumption => "web-coherence-role-assumption",
        };
        ask.ta(key, &[("value", said.into())])
    });
    let title = match &told {
        Some(told) => ask.ta(
            "web-coherence-bar",
            &[
                ("name", name.as_str().into()),
                ("range", must.as_str().into()),
                ("stands", told.as_str().into()),
            ],
        ),
        None => ask.ta(
            "web-coherence-bar-alone",
            &[("name", name.as_str().into()), ("range", must.as_str().into())],
        ),
    };
    let bar = IntervalBar {
        id,
        title: &title,
        must: (row.range.lower, row.range.upper),
        stands: beside.map(|(_, range)| (range.lower, range.upper)),
    };
    html! {
        tr role="row" {
            th role="rowheader" scope="row" { (name) }
            td.number role="cell" { (must) }
            td role="cell" {
                (PreEscaped(bar.draw()))
                @if let Some((_, range)) = beside {
                    (told.unwrap_or_default()) br; small { (ask.t(fit(row.range, range))) }
                }
            }
        }
    }
}

/// Whether what stands and what must be agree: one lies in the other, they only overlap, or they are apart.
fn fit(must: RangeView, stands: RangeView) -> &'static str {
    let below =
        |one: Option<Decimal>, other: Option<Decimal>| one.zip(other).is_some_and(|(one, other)| one < other);
    let within = |inner: RangeView, outer: RangeView| {
        let lower = outer
            .lower
            .is_none_or(|outer| inner.lower.is_some_and(|inner| outer <= inner));
        let upper = outer
            .upper
            .is_none_or(|outer| inner.upper.is_some_and(|inner| inner <= outer));
        lower && upper
    };
    if below(must.upper, stands.lower) || below(stands.upper, must.lower) {
        "web-coherence-fit-outside"
    } else if within(stands, must) || within(must, stands) {
        "web-coherence-fit-inside"
    } else {
        "web-coherence-fit-partly"
    }
}

fn path(ask: &Ask, view: &CoherenceView) -> Markup {
    html! {
        @if view.verdict == Verdict::Feasible && !view.path.is_empty() {
            section {
                h2 id="path" { (ask.t("web-coherence-path")) }
                p { (ask.t("web-coherence-path-text")) }
                div.scroll tabindex="0" role="region" aria-label=(ask.t("web-coherence-path")) {
                    table.results role="table" {
                        caption.hidden { (ask.t("web-coherence-path")) }
                        thead role="rowgroup" { tr role="row" {
                            th role="columnheader" scope="col" { (ask.t("web-coherence-quantity")) }
                            th role="columnheader" scope="col" { (ask.t("web-coherence-value")) }
                        } }
                        tbody role="rowgroup" {
                            @for (of, range) in &view.path {
                                tr role="row" {
                                    th role="rowheader" scope="row" { (clash::quantity(ask, of)) }
                                    td.number role="cell" { (clash::range(ask, *range, &of.unit)) }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn notes(ask: &Ask, view: &CoherenceView) -> Markup {
    html! {
        @if !view.notes.is_empty() || !view.diagnostics.is_empty() {
            section {
                h2 id="notes" { (ask.t("web-coherence-notes")) }
                ul.mends {
                    @for note in &view.notes {
                        @let what = match (note.claim, &note.quantity) {
                            (Some(of), _) => clash::claim(ask, &view.claims[of]),
                            (None, Some(of)) => match &note.amount {
                                Some(said) => format!("{}: {}", clash::quantity(ask, of), amount::text(ask, said)),
                                None => clash::quantity(ask, of),
                            },
                            (None, None) => String::new(),
                        };
                        li {
                            (ask.ta("coherence-note", &[
                                ("what", what.into()),
                                ("why", ask.t(&format!("coherence-note-{}", note.code)).into()),
                            ]))
                            " " small { (source::short(ask, &note.sources)) }
                        }
                    }
                    @for told in &view.diagnostics { li { (i18n::explain(ask.language, told).message) } }
                }
            }
        }
    }
}

/// The assumptions as the address gives them, and what is wrong with them.
struct Form {
    rows: Vec<FormRow>,
    day: String,
    day_wrong: bool,
    query: CoherenceQuery,
}

struct FormRow {
    of: AssumptionDefault,
    percent: bool,
    from: String,
    to: String,
    dropped: bool,
    wrong: Option<Wrong>,
}

enum Wrong {
    Number(String),
    Wild(String),
    Order,
}

/// The values within which a range may be asked about: percentages, or counts.
fn reach(percent: bool) -> (Decimal, Decimal) {
    if percent {
        (Decimal::from(-50), Decimal::from(100))
    } else {
        (Decimal::ONE, Decimal::from(100_000_000))
    }
}

impl Form {
    fn read(ask: &Ask) -> Self {
        let mut query = CoherenceQuery::default();
        let mut rows = Vec::new();
        for of in assumption_defaults() {
            let percent = of.indicator != "population.total";
            let dropped = ask
                .query
                .iter()
                .any(|(name, value)| name == "without" && value == of.name);
            let typed = |end: &str| {
                ask.value(&format!("{}-{end}", of.name))
                    .map(|text| text.trim().to_owned())
            };
            let (low, high) = of.range.unwrap_or_default();
            let from = typed("from").unwrap_or_else(|| plain(ask, low));
            let to = typed("to").unwrap_or_else(|| plain(ask, high));
            let mut wrong = None;
            if of.range.is_some() {
                let (least, most) = reach(percent);
                let mut read = |text: &str| match number(text, percent) {
                    None => {
                        wrong.get_or_insert(Wrong::Number(text.to_owned()));
                        None
                    }
                    Some(value) if value < least || most < value => {
                        wrong.get_or_insert(Wrong::Wild(text.to_owned()));
                        None
                    }
                    value => value,
                };
                let ends = (read(&from), read(&to));
                if let (Some(lower), Some(upper)) = ends {
                    if upper < lower {
                        wrong = Some(Wrong::Order);
                    } else if (lower, upper) != (low, high) {
                        query.assumed.push((of.name.to_owned(), lower, upper));
                    }
                }
            }
            if dropped {
                query.dropped.push(of.name.to_owned());
            }
            rows.push(FormRow {
                of,
                percent,
                from,
                to,
                dropped,
                wrong,
            });
        }
        let day = ask.value("day").unwrap_or_default().trim().to_owned();
        let read = day.parse::<Date>();
        query.day = read.as_ref().ok().copied();
        let day_wrong = !day.is_empty() && read.is_err();
        Self {
            rows,
            day,
            day_wrong,
            query,
        }
    }

    fn is_wrong(&self) -> bool {
        self.day_wrong || self.rows.iter().any(|row| row.wrong.is_some())
    }

    fn show(&self, ask: &Ask) -> Markup {
        html! {
            section {
                h2 id="assumptions" { (ask.t("web-coherence-assumptions")) }
                p { (ask.t("web-coherence-assumptions-text")) }
                form.assume method="get" action=(ask.href("/coherence")) {
                    @for row in &self.rows { (row.show(ask)) }
                    div.field {
                        label for="field-day" { (ask.t("web-coherence-day")) }
                        input id="field-day" type="date" name="day" value=(self.day) aria-describedby="day-help"
                            aria-invalid=[self.day_wrong.then_some("true")];
                        small id="day-help" {
                            @if self.day_wrong { strong.wrong { (ask.ta("web-coherence-bad-day", &[("found", self.day.as_str().into())])) } }
                            @else { (ask.t("web-coherence-day-help")) }
                        }
                    }
                    p.actions {
                        button type="submit" { (ask.t("web-coherence-again")) }
                        a.button.plain href=(ask.href("/coherence")) { (ask.t("web-coherence-reset")) }
                    }
                }
            }
        }
    }
}

impl FormRow {
    fn show(&self, ask: &Ask) -> Markup {
        let name = self.of.name;
        let error = format!("error-{name}");
        let invalid = self.wrong.is_some().then_some("true");
        let input = |end: &str, label: &str, value: &str| {
            let id = format!("field-{name}-{end}");
            html! {
                span.end {
                    label for=(id) { (ask.t(label)) }
                    input id=(id) name=(format!("{name}-{end}")) value=(value) inputmode="decimal" autocomplete="off"
                        maxlength="20" aria-invalid=[invalid] aria-describedby=[invalid.map(|_| error.as_str())];
                    @if self.percent { span aria-hidden="true" { "%" } }
                }
            }
        };
        html! {
            fieldset.field.assumption {
                legend { (ask.t(&format!("assumption-{name}"))) }
                @if self.of.range.is_some() {
                    div.ends {
                        (input("from", "web-coherence-from", &self.from))
                        (input("to", "web-coherence-to", &self.to))
                    }
                }
                @if let Some(wrong) = &self.wrong { p.wrong id=(error) { (self.tell(ask, wrong)) } }
                label.check {
                    input type="checkbox" name="without" value=(name) checked[self.dropped];
                    " " (ask.t("web-coherence-drop"))
                    span.hidden { ": " (ask.t(&format!("assumption-{name}"))) }
                }
            }
        }
    }

    fn tell(&self, ask: &Ask, wrong: &Wrong) -> String {
        match wrong {
            Wrong::Number(found) => ask.ta("web-coherence-bad-number", &[("found", found.as_str().into())]),
            Wrong::Wild(found) => {
                let (least, most) = reach(self.percent);
                ask.ta(
                    "web-coherence-bad-wild",
                    &[
                        ("found", found.as_str().into()),
                        ("lower", i18n::number(ask.language, least).into()),
                        ("upper", i18n::number(ask.language, most).into()),
                    ],
                )
            }
            Wrong::Order => ask.ta(
                "web-coherence-bad-order",
                &[
                    ("lower", self.from.as_str().into()),
                    ("upper", self.to.as_str().into()),
                ],
            ),
        }
    }
}

/// A number for a field: no separators between thousands, so that either language reads it.
fn plain(ask: &Ask, value: Decimal) -> String {
    let text = value.normalize().to_string();
    match ask.language {
        terms::Language::Vi => text.replace('.', ","),
        terms::Language::En => text,
    }
}

/// A number as people type it: of a percentage the point or comma is the decimal one; a count may have its thousands
/// parted by points, commas or spaces.
fn number(text: &str, percent: bool) -> Option<Decimal> {
    let text = text.trim().trim_end_matches('%').trim().replace('−', "-");
    if percent {
        return text.replace(',', ".").parse().ok();
    }
    let groups: Vec<&str> = text.split(['.', ',', ' ', '\u{a0}']).collect();
    let parted = groups.iter().skip(1).all(|group| group.len() == 3);
    let digits: String = groups.concat();
    (parted && digits.bytes().all(|byte| byte.is_ascii_digit())).then(|| digits.parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_people_type_them() {
        let read = |text: &str, percent| number(text, percent).map(|value| value.to_string());
        assert_eq!(read("1,5", true).as_deref(), Some("1.5"));
        assert_eq!(read(" 1.5 %", true).as_deref(), Some("1.5"));
        assert_eq!(read("−2", true).as_deref(), Some("-2"));
        assert_eq!(read("660.000", false).as_deref(), Some("660000"));
        assert_eq!(read("660 000", false).as_deref(), Some("660000"));
        assert_eq!(read("660000", false).as_deref(), Some("660000"));
        for wrong in ["", "abc", "1,5,5", "1e9e"] {
            assert_eq!(read(wrong, true), None, "{wrong}");
        }
        for wrong in ["", "66.00", "-5", "0x10"] {
            assert_eq!(read(wrong, false), None, "{wrong}");
        }
    }

    #[test]
    fn what_stands_is_held_against_what_must_be() {
        let range = |lower: &str, upper: &str| RangeView {
            lower: lower.parse().ok(),
            upper: upper.parse().ok(),
        };
        assert_eq!(
            fit(range("77", "80"), range("56", "56")),
            "web-coherence-fit-outside"
        );
        assert_eq!(
            fit(range("4.7", "7.4"), range("2", "6")),
            "web-coherence-fit-partly"
        );
        assert_eq!(fit(range("4", "7"), range("5", "6")), "web-coherence-fit-inside");
        assert_eq!(fit(range("4", "7"), range("5", "")), "web-coherence-fit-partly");
        // «Under 9 %» where 2.8 % must be: met.
        assert_eq!(
            fit(range("2.7", "2.8"), range("", "9")),
            "web-coherence-fit-inside"
        );
    }
}
