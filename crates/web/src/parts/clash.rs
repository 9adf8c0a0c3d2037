//! Targets that cannot hold together, in words: quantities, claims, and the steps from one to the other.

use app::coherence::ClaimRole as Role;
use app::coherence::{
    ClaimView, CoherenceView, ConflictKind, ConflictView, Piece, QuantityView, RangeView, StepView,
};
use i18n::Written;
use maud::{Markup, html};
use plan::{PriceBasis, TargetId};
use terms::UnitMeasure;

use crate::ask::Ask;
use crate::pages::target;
use crate::parts::{amount, names, source};

/// The name with which a formula can be read on a phone: of «Tổng sản phẩm trên địa bàn (GRDP)» what stands in brackets,
/// where that is its abbreviation.
fn short(name: &str) -> &str {
    let inner = name.strip_suffix(')').and_then(|name| name.rsplit_once(" ("));
    match inner {
        Some((_, inner)) if 2 <= inner.len() && inner.chars().all(|c| c.is_ascii_uppercase()) => inner,
        _ => name,
    }
}

/// `GRDP bình quân đầu người 2030`.
pub(crate) fn quantity(ask: &Ask, of: &QuantityView) -> String {
    let name = short(of.indicator.name.get(ask.language));
    let basis = match of.basis {
        Some(PriceBasis::Constant { base_year }) => {
            ask.ta("coherence-constant", &[("year", base_year.to_string().into())])
        }
        // A name that says so itself need not say it twice.
        Some(PriceBasis::Current) => {
            let words = ask.t("coherence-current");
            if name.contains(words.trim()) {
                String::new()
            } else {
                words
            }
        }
        None => String::new(),
    };
    let period = i18n::date::short_period(ask.language, of.period);
    format!("{name} {period}{basis}")
}

/// A range in its unit.
pub(crate) fn range(ask: &Ask, of: RangeView, unit: &UnitMeasure) -> String {
    i18n::open_range(ask.language, of.lower, of.upper, unit)
}

/// What a claim says, without its source: `GRDP bình quân đầu người 2030: 115 triệu đồng/người`.
pub(crate) fn claim(ask: &Ask, of: &ClaimView) -> String {
    let name = match (&of.quantity, of.role) {
        (Some(named), Role::Target | Role::Result) => quantity(ask, named),
        _ => ask.t(&format!("assumption-{}", of.id)),
    };
    match &of.amount {
        Some(said) => format!("{name}: {}", amount::text(ask, said)),
        None => name,
    }
}

/// The same with links to the target and to its paper.
fn linked(ask: &Ask, of: &ClaimView) -> Markup {
    let (Some(named), Role::Target | Role::Result) = (&of.quantity, of.role) else {
        return html! { a href="#assumptions" { (claim(ask, of)) } };
    };
    html! {
        a href=(target_href(ask, of, named)) { (quantity(ask, named)) }
        @if let Some(said) = &of.amount { ": " strong { (amount::text(ask, said)) } }
        " " small { (source::short(ask, &of.sources)) }
    }
}

fn target_href(ask: &Ask, of: &ClaimView, named: &QuantityView) -> String {
    match of.targets.first() {
        Some(target) => target::href(ask, *target),
        None => names::indicator_href(ask, &named.indicator),
    }
}

/// One set that clashes, with the way to see it by hand.
pub(crate) fn article(ask: &Ask, view: &CoherenceView, at: usize, conflict: &ConflictView) -> Markup {
    let number = at + 1;
    let kind = ask.t(&format!("coherence-kind-{}", conflict.kind.code()));
    html! {
        article.disagreement.clash id=(format!("clash-{number}")) {
            h3 { (ask.ta("coherence-conflict", &[("number", number.into()), ("kind", kind.into())])) }
            // The verdict first; how it comes about can be followed below.
            @if conflict.kind != ConflictKind::Alone { p.so { (but(ask, view, conflict)) } }
            @if !conflict.targets.is_empty() {
                ul.claims { @for claim in &conflict.targets { li { (linked(ask, &view.claims[*claim])) } } }
            }
            @if conflict.kind == ConflictKind::Alone {
                p { (ask.ta("coherence-alone", &[("claim", claim(ask, &view.claims[conflict.against]).into())])) }
            }
            @if !conflict.given.is_empty() {
                p { (ask.t("coherence-given")) }
                ul.claims { @for claim in &conflict.given { li { (linked(ask, &view.claims[*claim])) } } }
            }
            @if !conflict.steps.is_empty() {
                details open[at == 0] {
                    summary { (ask.t("coherence-follow")) span.hidden { " (" (number) ")" } }
                    ol.chain { @for step in &conflict.steps { li { (one_step(ask, step)) } } }
                }
            }
        }
    }
}

fn one_step(ask: &Ask, step: &StepView) -> Markup {
    let gives = range(ask, step.gives, &step.quantity.unit);
    html! {
        (quantity(ask, &step.quantity)) " = " (words(ask, &step.formula, false)) br;
        // One quantity alone needs no line of numbers that repeats the result.
        @if !matches!(step.formula[..], [Piece::Quantity(..)]) {
            span.num { "= " (words(ask, &step.formula, true)) } br;
        }
        strong { (ask.ta("coherence-step-gives", &[("range", gives.into())])) }
    }
}

/// A formula in names, or with its numbers.
pub(crate) fn words(ask: &Ask, formula: &[Piece], numbers: bool) -> String {
    let mut text = Written::new(ask.language);
    for piece in formula {
        match piece {
            Piece::Quantity(of, range) if numbers => text.range(range.lower, range.upper, &of.unit),
            Piece::Quantity(of, _) => text.word(&quantity(ask, of)),
            Piece::Number(value) => text.word(&i18n::number(ask.language, *value)),
            Piece::Sign(sign) => text.sign(*sign),
            Piece::Power(n) => text.power(*n),
            Piece::Root(n) => text.root(*n),
            Piece::Compound(n) => text.compound(*n),
            Piece::CompoundRoot(n) => text.compound_root(*n),
        }
    }
    text.finish()
}

/// «Theo các số dưới đây, tỷ lệ phải là 77,4–90,6%, nhưng chỉ tiêu đặt ra là 56,42%.»
fn but(ask: &Ask, view: &CoherenceView, conflict: &ConflictView) -> String {
    let against = &view.claims[conflict.against];
    let told = conflict.steps.last().zip(against.amount.as_ref());
    let Some((last, said)) = told else {
        return ask.ta("coherence-but-plain", &[("claim", claim(ask, against).into())]);
    };
    let key = match against.role {
        Role::Target => "coherence-but-target",
        Role::Result => "coherence-but-result",
        Role::Assumption => "coherence-but-assumption",
    };
    let said = ask.ta(key, &[("value", amount::text(ask, said).into())]);
    ask.ta(
        "web-coherence-but",
        &[
            (
                "quantity",
                i18n::language::inside(&quantity(ask, &last.quantity)).into(),
            ),
            ("range", range(ask, last.gives, &last.quantity.unit).into()),
            ("claim", said.into()),
        ],
    )
}

/// On a target of an indicator's page: with which others it clashes, and where to see why.
pub(crate) fn of_target(ask: &Ask, view: &CoherenceView, target: TargetId) -> Markup {
    let Some(own) = view
        .claims
        .iter()
        .position(|claim| claim.targets.contains(&target))
    else {
        return html! {};
    };
    let clashes = || {
        view.conflicts
            .iter()
            .enumerate()
            .filter(|(_, conflict)| conflict.targets.contains(&own))
    };
    html! {
        @if clashes().next().is_some() {
            div.clashes {
                @for (at, conflict) in clashes() {
                    p {
                        @if conflict.kind == ConflictKind::Targets {
                            strong { (ask.t("web-coherence-clash-here")) } " "
                            @for (position, other) in conflict.targets.iter().filter(|other| **other != own).enumerate() {
                                @if 0 < position { "; " }
                                (claim(ask, &view.claims[*other]))
                            }
                        } @else {
                            strong { (ask.t("web-coherence-clash-assumed")) } " "
                            @for (position, other) in conflict.given.iter().enumerate() {
                                @if 0 < position { "; " }
                                (claim(ask, &view.claims[*other]))
                            }
                        }
                        " – " a href=(ask.href(&format!("/coherence#clash-{}", at + 1))) {
                            (ask.t("web-coherence-clash-why")) span.hidden { " (" (at + 1) ")" }
                        }
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_formula_has_the_abbreviation_of_a_long_name() {
        assert_eq!(short("Tổng sản phẩm trên địa bàn (GRDP)"), "GRDP");
        assert_eq!(
            short("Tỷ lệ nghèo đa chiều (gồm cả cận nghèo)"),
            "Tỷ lệ nghèo đa chiều (gồm cả cận nghèo)"
        );
        assert_eq!(short("Dân số trung bình"), "Dân số trung bình");
    }
}
