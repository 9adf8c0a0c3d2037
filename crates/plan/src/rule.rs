//! What a value must be to enter the register. Each rule is hard: what breaks it is not recorded.

use terms::{Bound, Decimal, Diagnostic, Measure, Place, UnitMeasure};

use crate::{Fact, Indicator, OrgUnit, PriceBasis};

mod way;

impl Indicator {
    /// The unit of a measure of this indicator: `%` for growth and shares, `pp` for a change of a rate, else its own.
    pub fn unit_of(&self, measure: Measure) -> UnitMeasure {
        match measure {
            Measure::Growth | Measure::Share => UnitMeasure::PERCENT,
            Measure::Change if self.unit.is_percentage() => UnitMeasure::POINT,
            Measure::Level | Measure::Change => self.unit.clone(),
        }
    }
}

/// The greatest number of the register: 10²⁰, thousands of times what the country makes in a year in đồng, and far from the
/// 7.9 × 10²⁸ that [`Decimal`] holds, so that sums, twelve months and percentages of numbers that may stand are numbers
/// too.
pub const GREATEST: Decimal = Decimal::from_parts(1_661_992_960, 1_808_227_885, 5, false, 0);

/// Every rule that a value breaks, at `place`; `unit` is the value's place in the list of units.
///
/// | code | rule |
/// |---|---|
/// | `unknown-place` | the place is a unit of the list |
/// | `place-not-in-period` | the unit existed on some day of the period |
/// | `below-natural-limit`, `above-natural-limit` | a level lies within what the indicator can be |
/// | `beyond-measure` | no number is greater than [`GREATEST`] or less than its opposite |
/// | `range-upside-down` | the upper end is above the lower |
/// | `range-without-end` | a range has an upper end, and only a range has one |
/// | `price-basis-without-money` | only money has prices |
/// | `baseline-after-due` | a target starts before it is due |
///
/// and those of ways (`rule/way.rs`).
pub fn broken_by(
    fact: &Fact,
    indicator: &Indicator,
    unit: Option<&OrgUnit>,
    place: &Place,
) -> Vec<Diagnostic> {
    let parts = Parts::of(fact);
    let mut broken = Vec::new();
    let mut note = |code, column: &str, found: String, expected: String| {
        let place = place.clone().column(column);
        broken.push(
            Diagnostic::error(code, place)
                .with("found", found)
                .with("expected", expected),
        );
    };
    match unit {
        None => note(
            "unknown-place",
            "place",
            parts.ref_area.to_string(),
            String::from("VN-11, VN-11-03158"),
        ),
        Some(unit) => {
            let ended = unit.valid_to.is_some_and(|last| last < parts.period.start());
            let not_yet = unit.valid_from.is_some_and(|first| parts.period.end() < first);
            if ended || not_yet {
                let day = |day: Option<terms::Date>| day.map_or(String::from("…"), |day| day.to_string());
                let lived = format!("{} – {}", day(unit.valid_from), day(unit.valid_to));
                note(
                    "place-not-in-period",
                    parts.period_column,
                    parts.period.to_string(),
                    lived,
                );
            }
        }
    }
    let numbers = [
        (Some(parts.value), "value"),
        (parts.upper, "upper"),
        (parts.baseline, "baseline_value"),
    ];
    for (value, column) in numbers {
        if let Some(value) = value.filter(|value| GREATEST < value.abs()) {
            note("beyond-measure", column, value.to_string(), GREATEST.to_string());
        }
    }
    if parts.is_level {
        for (value, column) in numbers {
            let Some(value) = value else { continue };
            if let Some(minimum) = indicator.natural_minimum.filter(|minimum| value < *minimum) {
                note(
                    "below-natural-limit",
                    column,
                    value.to_string(),
                    minimum.to_string(),
                );
            }
            if let Some(maximum) = indicator.natural_maximum.filter(|maximum| *maximum < value) {
                note(
                    "above-natural-limit",
                    column,
                    value.to_string(),
                    maximum.to_string(),
                );
            }
        }
    }
    match (parts.bound, parts.upper) {
        (_, Some(upper)) if upper < parts.value => {
            note(
                "range-upside-down",
                "upper",
                upper.to_string(),
                parts.value.to_string(),
            );
        }
        (Bound::Range, None) => note("range-without-end", "upper", String::new(), String::new()),
        (bound, Some(upper)) if bound != Bound::Range => {
            note("range-without-end", "bound", upper.to_string(), bound.to_string());
        }
        _ => {}
    }
    if parts.price_basis.is_some() && !indicator.unit.is_money() && !indicator.unit.is_percentage() {
        note(
            "price-basis-without-money",
            "price_basis",
            indicator.unit.to_string(),
            String::new(),
        );
    }
    if let Fact::Target(target) = fact
        && let Some((start, _)) = target.baseline
        && target.due.end() < start.end()
    {
        note(
            "baseline-after-due",
            "baseline_period",
            start.to_string(),
            target.due.to_string(),
        );
    }
    if let Fact::Target(target) = fact {
        for (code, column, found, expected) in way::broken_by(target, indicator) {
            note(code, column, found, expected);
        }
    }
    broken
}

/// What observations and targets have in common.
struct Parts<'a> {
    ref_area: &'a terms::RefArea,
    period: terms::TimePeriod,
    period_column: &'static str,
    /// Whether the value is one of the indicator itself, which the natural limits hold.
    is_level: bool,
    value: Decimal,
    upper: Option<Decimal>,
    bound: Bound,
    price_basis: Option<PriceBasis>,
    baseline: Option<Decimal>,
}

impl<'a> Parts<'a> {
    fn of(fact: &'a Fact) -> Self {
        match fact {
            Fact::Observation(observation) => Self {
                ref_area: &observation.ref_area,
                period: observation.time_period,
                period_column: "period",
                is_level: observation.measure == Measure::Level,
                value: observation.obs_value,
                upper: observation.upper,
                bound: observation.bound,
                price_basis: observation.price_basis,
                baseline: None,
            },
            Fact::Target(target) => Self {
                ref_area: &target.ref_area,
                period: target.due,
                period_column: "due",
                is_level: way::is_level(target),
                value: target.value,
                upper: target.upper,
                bound: target.bound,
                price_basis: target.price_basis,
                baseline: target.baseline.map(|(_, value)| value),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use terms::{IndicatorCode, RefArea, TimePeriod};

    use super::*;
    use crate::{Edition, ObsStatus, Observation, Target, Way};

    fn indicator(unit: &'static str) -> Indicator {
        Indicator {
            code: IndicatorCode::new("poverty.rate").unwrap(),
            name_vi: String::new(),
            name_en: String::new(),
            definition_vi: String::new(),
            definition_en: String::new(),
            unit: UnitMeasure::from_static(unit),
            direction: None,
            price_basis: None,
            natural_minimum: Some(Decimal::ZERO),
            natural_maximum: Some(Decimal::ONE_HUNDRED),
        }
    }

    fn commune() -> OrgUnit {
        OrgUnit {
            code: RefArea::from_static("VN-11-03158"),
            parent: None,
            name_vi: "Sín Thầu".to_owned(),
            name_en: "Sin Thau".to_owned(),
            type_vi: "xã".to_owned(),
            valid_from: Some("2025-07-01".parse().unwrap()),
            valid_to: None,
            area_km2: None,
        }
    }

    fn observation() -> Observation {
        Observation {
            indicator: IndicatorCode::new("poverty.rate").unwrap(),
            ref_area: RefArea::from_static("VN-11-03158"),
            time_period: TimePeriod::Year(2025),
            measure: Measure::Level,
            edition: Edition::Official,
            status: ObsStatus::Normal,
            obs_value: Decimal::new(1778, 2),
            upper: None,
            bound: Bound::Eq,
            price_basis: None,
            scope: None,
        }
    }

    /// The codes that a change of a good observation brings about.
    fn check(change: impl FnOnce(&mut Observation), expected: &[&str]) {
        let mut observation = observation();
        change(&mut observation);
        let broken = broken_by(
            &Fact::Observation(observation),
            &indicator("%"),
            Some(&commune()),
            &Place::default(),
        );
        assert_eq!(
            broken.iter().map(|broken| broken.code).collect::<Vec<_>>(),
            expected
        );
    }

    #[test]
    fn each_rule_is_told_by_its_code() {
        check(|_| {}, &[]);
        check(
            |value| value.time_period = TimePeriod::Year(2024),
            &["place-not-in-period"],
        );
        check(
            |value| value.obs_value = Decimal::from(101),
            &["above-natural-limit"],
        );
        check(
            |value| value.obs_value = Decimal::from(-1),
            &["below-natural-limit"],
        );
        check(|value| value.bound = Bound::Range, &["range-without-end"]);
        check(
            |value| value.upper = Some(Decimal::from(20)),
            &["range-without-end"],
        );
        check(
            |value| (value.bound, value.upper) = (Bound::Range, Some(Decimal::ONE)),
            &["range-upside-down"],
        );
        // Of changes and shares too: what nobody can mean must not stop a page from being reckoned.
        for far in [Decimal::MAX, Decimal::MIN, GREATEST + Decimal::ONE] {
            check(
                |value| (value.measure, value.obs_value) = (Measure::Change, far),
                &["beyond-measure"],
            );
        }
        check(
            |value| (value.measure, value.obs_value) = (Measure::Change, -GREATEST),
            &[],
        );
        assert_eq!(GREATEST.to_string(), "100000000000000000000");
        // A change may fall below the least level.
        check(
            |value| (value.measure, value.obs_value) = (Measure::Change, Decimal::from(-4)),
            &[],
        );
    }

    #[test]
    fn a_place_must_be_known_and_only_money_has_prices() {
        let mut observation = observation();
        observation.price_basis = Some(PriceBasis::Current);
        let broken = broken_by(
            &Fact::Observation(observation),
            &indicator("household"),
            None,
            &Place::default(),
        );
        let codes: Vec<_> = broken.iter().map(|broken| broken.code).collect();
        assert_eq!(codes, ["unknown-place", "price-basis-without-money"]);
    }

    #[test]
    fn a_target_starts_before_it_is_due() {
        let Observation {
            indicator: code,
            ref_area,
            measure,
            obs_value,
            upper,
            bound,
            price_basis,
            ..
        } = observation();
        let target = Target {
            indicator: code,
            ref_area,
            due: TimePeriod::Year(2025),
            measure,
            value: obs_value,
            upper,
            bound,
            price_basis,
            scope: None,
            baseline: Some((TimePeriod::Year(2026), Decimal::from(21))),
            way: Way::default(),
        };
        let broken = broken_by(
            &Fact::Target(target),
            &indicator("%"),
            Some(&commune()),
            &Place::default(),
        );
        assert_eq!(broken[0].code, "baseline-after-due");
    }

    #[test]
    fn a_measure_has_its_unit() {
        assert_eq!(indicator("%").unit_of(Measure::Change), UnitMeasure::POINT);
        assert_eq!(
            indicator("household").unit_of(Measure::Growth),
            UnitMeasure::PERCENT
        );
        assert_eq!(
            indicator("household").unit_of(Measure::Change).as_str(),
            "household"
        );
    }
}
