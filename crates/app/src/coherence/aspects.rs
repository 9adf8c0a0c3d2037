//! Targets that are no values of their indicator: what they say of changes, growth and counts of units, and what these are called.

use std::collections::BTreeSet;

use engine::coherence::formula::Prices;
use engine::coherence::{Aspect, Basis, Identity, Quantity, changes_of, identity, units_within};
use engine::meaning::{Allowed, Voice, allowed};
use i18n::Messages;
use plan::{Indicator, PriceBasis, Target, Units};
use terms::{Bound, Decimal, IndicatorCode, Language, Measure, TimePeriod, UnitMeasure};

use super::gather::is_own_value;
use crate::assess::{Picture, basis_of, units};
use crate::reference::Reference;
use crate::view::{Bilingual, IndicatorName};

/// A condition that units are counted by, numbered by its place in the list of a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Condition {
    indicator: IndicatorCode,
    units: Units,
}

/// What a target asks of its indicator, as a question of coherence can take it.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Asked {
    /// A value.
    Value,
    /// Something else, over these years.
    Of(Aspect, TimePeriod),
    /// A count of units, and which counts meet the target.
    Count(Aspect, Allowed),
    /// It cannot be asked; the code says why.
    LeftOut(&'static str),
    /// Nothing that identities could speak of.
    Nothing,
}

/// What a target asks.
pub(super) fn asked(
    picture: &Picture,
    reference: &Reference,
    conditions: &[Condition],
    target: &Target,
) -> Asked {
    let indicator = reference.indicator(&target.indicator);
    if let Some(units) = target.way.units.filter(|units| units.meets.is_some()) {
        return counted(reference, conditions, target, units);
    }
    let per_year = target.way.basis == Some(plan::Basis::ChangePerYear);
    let is_change = per_year || target.way.basis == Some(plan::Basis::Change);
    if !is_change && is_own_value(indicator, target.measure) {
        return Asked::Value;
    }
    if is_change || target.measure == Measure::Change {
        let aspect = if per_year {
            Aspect::ChangeAYear
        } else {
            Aspect::Change
        };
        return match years_of_change(picture, target) {
            Some(years) => Asked::Of(aspect, years),
            None => Asked::LeftOut("change-without-start"),
        };
    }
    // Growth of money is real or nominal: only where the paper says is it held against amounts.
    let is_plain =
        indicator.is_some_and(|indicator| !indicator.unit.is_money() && !indicator.unit.is_percentage());
    let is_nominal = target.price_basis == Some(PriceBasis::Current);
    if target.measure == Measure::Growth && (is_plain || is_nominal) && identity::years(target.due).is_some()
    {
        return Asked::Of(Aspect::Growth, target.due);
    }
    Asked::Nothing
}

/// The years over which a target asks for a change: from the year after its baseline to the due one. None where nothing says from
/// when it counts.
fn years_of_change(picture: &Picture, target: &Target) -> Option<TimePeriod> {
    let (from, to) = identity::years(target.due)?;
    let whole_year = |period: TimePeriod| matches!(period, TimePeriod::Year(_)).then(|| period.end().year());
    let start = match target.baseline {
        Some((period, _)) => whole_year(period)?,
        // Over several years it is from before the first to the last.
        None if from < to => from - 1,
        // By one year it is from the last result before it, as the target's page reckons too.
        None => picture
            .observations
            .iter()
            .map(|stored| &stored.observation)
            .filter(|told| {
                told.indicator == target.indicator
                    && told.ref_area == target.ref_area
                    && told.measure == Measure::Level
                    && told.scope.is_none()
                    && told.time_period.end() < target.due.start()
            })
            .filter_map(|told| whole_year(told.time_period))
            .max()?,
    };
    (start < to).then(|| identity::span(start + 1, to))
}

/// Which numbers of units meet a target: whole ones, of those that there are on its last day.
fn counted(reference: &Reference, conditions: &[Condition], target: &Target, units: Units) -> Asked {
    let Some(view) = units::view(reference, target, Vec::new()) else {
        return Asked::Nothing;
    };
    let [denominator] = &view.denominators[..] else {
        return Asked::Nothing;
    };
    let is_year = matches!(target.due, TimePeriod::Year(_));
    let number = conditions
        .iter()
        .position(|known| known.indicator == target.indicator && known.units == units);
    let Some(number) = number
        .and_then(|number| u16::try_from(number).ok())
        .filter(|_| is_year)
    else {
        return Asked::Nothing;
    };
    let all = Decimal::from(denominator.units);
    let in_units = |value: Decimal| match target.measure {
        Measure::Share => value * all / Decimal::ONE_HUNDRED,
        Measure::Level | Measure::Growth | Measure::Change => value,
    };
    Asked::Count(
        Aspect::UnitsMeeting(number),
        whole_counts(
            target.bound,
            in_units(target.value),
            target.upper.map(in_units),
            all,
        ),
    )
}

/// The whole numbers, from none to all, that a saying about units allows. «60% of 42» is 25.2: met by the first whole number from
/// there on, 26.
fn whole_counts(bound: Bound, value: Decimal, upper: Option<Decimal>, all: Decimal) -> Allowed {
    let (zero, one) = (Decimal::ZERO, Decimal::ONE);
    let (lower, upper) = match bound {
        Bound::Ge => (value.ceil(), all),
        Bound::Gt => (value.floor() + one, all),
        Bound::Le => (zero, value.floor()),
        Bound::Lt => (zero, value.ceil() - one),
        Bound::Eq => (value.ceil(), value.ceil()),
        Bound::Range => (value.ceil(), upper.unwrap_or(value).floor().max(value.ceil())),
        Bound::Approx => {
            let about = allowed(bound, value, None, one, Voice::Set);
            let end = |end: Option<engine::meaning::End>| end.map_or(value, |end| end.value);
            (
                end(about.lower).ceil(),
                end(about.upper).floor().max(value.ceil()),
            )
        }
    };
    Allowed::between(lower, upper)
}

/// A share of units is met by the first whole number of them from there on: 60% of 42 by 26, which is 61.90%. The most that a
/// share can be for that, over the denominators that the paper leaves open.
pub(super) fn met_by_whole_units(reference: &Reference, target: &Target, said: Allowed) -> Allowed {
    let view = units::view(reference, target, Vec::new());
    let shares = view.iter().flat_map(|view| &view.denominators).filter_map(|one| {
        let share = one.whole? * Decimal::ONE_HUNDRED / Decimal::from(one.units);
        Some(share.round_dp_with_strategy(6, terms::RoundingStrategy::AwayFromZero))
    });
    match (target.bound, said.upper, shares.max()) {
        (Bound::Eq | Bound::Approx, Some(upper), Some(most)) if upper.value < most => Allowed {
            upper: Some(engine::meaning::End {
                value: most,
                included: true,
            }),
            ..said
        },
        _ => said,
    }
}

/// The conditions of all targets, each once.
pub(super) fn conditions(picture: &Picture) -> Vec<Condition> {
    let mut found: Vec<Condition> = Vec::new();
    for stored in &picture.targets {
        let target = &stored.target;
        if let Some(units) = target.way.units.filter(|units| units.meets.is_some()) {
            let condition = Condition {
                indicator: target.indicator.clone(),
                units,
            };
            if !found.contains(&condition) {
                found.push(condition);
            }
        }
    }
    found
}

/// The definitions that the targets need beside the identities of the repository.
pub(super) fn definitions(
    picture: &Picture,
    reference: &Reference,
    identities: &[Identity],
    conditions: &[Condition],
) -> Vec<Identity> {
    let mut codes: BTreeSet<(IndicatorCode, bool)> = BTreeSet::new();
    for stored in &picture.targets {
        let target = &stored.target;
        if let Asked::Of(..) = asked(picture, reference, conditions, target) {
            let indicator = reference.indicator(&target.indicator);
            codes.insert((target.indicator.clone(), is_priced(identities, target, indicator)));
        }
    }
    let mut made: Vec<Identity> = codes
        .iter()
        .flat_map(|(code, priced)| changes_of(code, if *priced { Prices::Current } else { Prices::Plain }))
        .collect();
    for (narrower, one) in (0_u16..).zip(conditions) {
        for (wider, other) in (0_u16..).zip(conditions) {
            if narrower != wider && is_within(one, other) {
                made.push(units_within(&one.indicator, narrower, wider));
            }
        }
    }
    made
}

/// Whether identities tell the prices of a target's indicator apart, and the target is at current ones.
fn is_priced(identities: &[Identity], target: &Target, indicator: Option<&Indicator>) -> bool {
    let mut priced = false;
    for identity in identities {
        let mut look = |reference: &engine::coherence::formula::Reference| {
            priced |= reference.indicator == target.indicator && reference.prices != Prices::Plain;
        };
        identity.left.references(&mut look);
        identity.right.references(&mut look);
    }
    priced && basis_of(target.price_basis, indicator, Measure::Level) == Some(PriceBasis::Current)
}

/// Whether every unit that meets the one condition meets the other.
fn is_within(one: &Condition, other: &Condition) -> bool {
    let (Some((bound, value)), Some((wider, limit))) = (one.units.meets, other.units.meets) else {
        return false;
    };
    if one.indicator != other.indicator || one.units.among != other.units.among {
        return false;
    }
    match (bound, wider) {
        (Bound::Le, Bound::Lt) => value < limit,
        (Bound::Lt | Bound::Le, Bound::Le) | (Bound::Lt, Bound::Lt) => value <= limit,
        (Bound::Ge, Bound::Gt) => limit < value,
        (Bound::Gt | Bound::Ge, Bound::Ge) | (Bound::Gt, Bound::Gt) => limit <= value,
        _ => false,
    }
}

/// The quantity of an aspect: at the prices in which the indicator's own values are.
pub(super) fn quantity(of: &Quantity, aspect: Aspect, period: TimePeriod) -> Quantity {
    Quantity {
        aspect,
        period,
        basis: match aspect {
            Aspect::UnitsMeeting(_) => Basis::Plain,
            _ => of.basis,
        },
        ..of.clone()
    }
}

/// What an aspect of an indicator is called, and its unit.
pub(super) fn named(reference: &Reference, conditions: &[Condition], of: &Quantity) -> IndicatorName {
    let own = reference.indicator_name(&of.indicator);
    let unit = |measure: Measure| crate::assess::unit_of(reference.indicator(&of.indicator), measure);
    let told = |key: &str| {
        let in_language = |language: Language| {
            let name = i18n::language::inside(own.name.get(language));
            Messages::get(language, key, &[("name", name.into())])
        };
        Bilingual {
            vi: in_language(Language::Vi),
            en: in_language(Language::En),
        }
    };
    let (name, unit) = match of.aspect {
        Aspect::Value => return own,
        Aspect::Change => (told("coherence-of-change"), unit(Measure::Change)),
        Aspect::ChangeAYear => (told("coherence-of-change-a-year"), unit(Measure::Change)),
        Aspect::Growth => (told("coherence-of-growth"), UnitMeasure::PERCENT),
        Aspect::UnitsMeeting(number) => {
            let condition = conditions.get(usize::from(number));
            (counted_as(&own, condition), UnitMeasure::from_static("commune"))
        }
    };
    IndicatorName { name, unit, ..own }
}

/// «Số xã (không kể phường) có tỷ lệ hộ nghèo dưới 10%»
fn counted_as(own: &IndicatorName, condition: Option<&Condition>) -> Bilingual {
    let in_language = |language: Language| {
        let Some((units, (bound, value))) =
            condition.and_then(|known| Some((known.units, known.units.meets?)))
        else {
            return own.name.get(language).to_owned();
        };
        let among = Messages::get(
            language,
            &format!("target-units-among-{}", units.among.code()),
            &[],
        );
        let limit = i18n::amount(language, value, None, bound, &own.unit);
        let name = i18n::language::inside(own.name.get(language));
        Messages::get(
            language,
            "coherence-of-units",
            &[
                ("among", among.into()),
                ("name", name.into()),
                ("condition", limit.into()),
            ],
        )
    };
    Bilingual {
        vi: in_language(Language::Vi),
        en: in_language(Language::En),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_of_units_is_met_by_a_whole_number_of_them() {
        let check = |bound, value: &str, upper: Option<&str>, lower: u32, most: u32| {
            let value = value.parse().unwrap();
            let upper = upper.map(|upper| upper.parse().unwrap());
            assert_eq!(
                whole_counts(bound, value, upper, Decimal::from(42)),
                Allowed::between(lower.into(), most.into()),
                "{bound} {value}"
            );
        };
        // 60% of 42 communes.
        check(Bound::Eq, "25.2", None, 26, 26);
        check(Bound::Ge, "25.2", None, 26, 42);
        check(Bound::Gt, "26", None, 27, 42);
        check(Bound::Lt, "26", None, 0, 25);
        check(Bound::Le, "25.2", None, 0, 25);
        check(Bound::Range, "25.2", Some("29.4"), 26, 29);
        // No whole number lies between: the first that reaches the lower end.
        check(Bound::Range, "25.2", Some("25.8"), 26, 26);
        check(Bound::Approx, "25.2", None, 25, 26);
    }

    #[test]
    fn who_is_under_eight_is_under_ten() {
        let of = |units: &str| Condition {
            indicator: IndicatorCode::new("poverty.rate").unwrap(),
            units: units.parse().unwrap(),
        };
        let within = |one: &str, other: &str| is_within(&of(one), &of(other));
        assert!(within("communes:lt=8", "communes:lt=10"));
        assert!(within("communes:le=8", "communes:lt=10"));
        assert!(within("communes:lt=10", "communes:le=10"));
        assert!(!within("communes:le=10", "communes:lt=10"));
        assert!(!within("communes:lt=10", "communes:lt=8"));
        assert!(!within("communes:lt=8", "all:lt=10"));
        assert!(within("all:ge=95", "all:gt=90"));
        assert!(!within("all:lt=8", "all:gt=5"));
    }
}
