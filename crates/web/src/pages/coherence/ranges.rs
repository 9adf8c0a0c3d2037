//! What must be true of each quantity, in words and as a bar beside what stands.

use app::coherence::{
    ClaimRole as Role, ClaimView, CoherenceVerdict as Verdict, CoherenceView, ImpliedView, RangeView,
};
use charts::IntervalBar;
use maud::{Markup, PreEscaped, html};
use terms::{Bound, Decimal, TimePeriod};

use crate::ask::Ask;
use crate::parts::{amount, clash};

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

/// The quantities of the plan first, those of single years folded.
pub(super) fn implied(ask: &Ask, view: &CoherenceView) -> Markup {
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

#[cfg(test)]
mod tests {
    use super::*;

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
