//! Rules of how a target is read and pursued.

use terms::{Decimal, Measure};

use super::GREATEST;
use crate::{Basis, Indicator, PathRule, Target};

/// A rule that the way of a target breaks: code, column, what stands there, what may.
pub(super) type Broken = (&'static str, &'static str, String, String);

/// Every rule that the way of a target breaks.
///
/// | code | rule |
/// |---|---|
/// | `way-to-a-mean` | to a mean no way leads: only a value, a change or a sum has one |
/// | `milestone-outside` | a milestone lies after the baseline and before the due day |
/// | `beyond-measure` | its number is within the greatest of the register |
/// | `below-natural-limit`, `above-natural-limit` | and within what the indicator can be |
/// | `compound-not-positive` | a compound way starts and ends above zero |
/// | `units-not-a-count` | a count of units is a whole number from zero on, a share lies between 0 and 100 |
pub(super) fn broken_by(target: &Target, indicator: &Indicator) -> Vec<Broken> {
    let mut broken: Vec<Broken> = Vec::new();
    let way = &target.way;
    if way.basis.is_some_and(Basis::is_mean) && way.path != PathRule::Straight {
        let basis = way.basis.map(Basis::code).unwrap_or_default();
        broken.push((
            "way-to-a-mean",
            "path",
            way.path.code().to_owned(),
            basis.to_owned(),
        ));
    }
    let start = target.baseline.map(|(period, _)| period);
    for (period, value) in way.path.milestones() {
        let after = start.is_none_or(|start| start.end() < period.end());
        if !after || target.due.end() <= period.end() {
            let from = start.map_or(String::from("…"), |start| start.to_string());
            let between = format!("{from} – {}", target.due);
            broken.push(("milestone-outside", "milestones", period.to_string(), between));
        }
        if GREATEST < value.abs() {
            broken.push((
                "beyond-measure",
                "milestones",
                value.to_string(),
                GREATEST.to_string(),
            ));
        }
        if is_level(target) {
            for (code, limit) in [
                (
                    "below-natural-limit",
                    indicator.natural_minimum.filter(|least| value < least),
                ),
                (
                    "above-natural-limit",
                    indicator.natural_maximum.filter(|most| *most < *value),
                ),
            ] {
                if let Some(limit) = limit {
                    broken.push((code, "milestones", value.to_string(), limit.to_string()));
                }
            }
        }
    }
    let positive = |value: Decimal| Decimal::ZERO < value;
    if way.path == PathRule::Compound {
        let start = target.baseline.map(|(_, value)| value);
        for (value, column) in [
            (Some(target.value).filter(|_| is_level(target)), "value"),
            (start, "baseline_value"),
        ] {
            if let Some(value) = value.filter(|value| !positive(*value)) {
                let expected = String::from("> 0");
                broken.push(("compound-not-positive", column, value.to_string(), expected));
            }
        }
    }
    if way.units.is_some_and(|units| units.meets.is_some()) {
        for value in std::iter::once(target.value).chain(target.upper) {
            let fits = match target.measure {
                Measure::Level => value.fract().is_zero() && !value.is_sign_negative(),
                Measure::Share => Decimal::ZERO <= value && value <= Decimal::ONE_HUNDRED,
                Measure::Growth | Measure::Change => false,
            };
            if !fits {
                let expected = match target.measure {
                    Measure::Share => "0–100",
                    Measure::Level => "0, 1, 2, …",
                    Measure::Growth | Measure::Change => "level, share",
                };
                broken.push((
                    "units-not-a-count",
                    "units",
                    value.to_string(),
                    expected.to_owned(),
                ));
            }
        }
    }
    broken
}

/// Whether the number is a value of the indicator itself, and not a change, sum or count of units.
pub(super) fn is_level(target: &Target) -> bool {
    target.measure == Measure::Level
        && matches!(target.way.basis, None | Some(Basis::AtDue | Basis::Average))
        && target.way.units.is_none_or(|units| units.meets.is_none())
}

#[cfg(test)]
mod tests {
    use terms::{Bound, IndicatorCode, RefArea, TimePeriod, UnitMeasure};

    use super::*;
    use crate::Way;

    fn codes(change: impl FnOnce(&mut Target)) -> Vec<(&'static str, &'static str)> {
        let indicator = Indicator {
            code: IndicatorCode::new("forest.coverage").unwrap(),
            name_vi: String::new(),
            name_en: String::new(),
            definition_vi: String::new(),
            definition_en: String::new(),
            unit: UnitMeasure::from_static("%"),
            direction: None,
            price_basis: None,
            natural_minimum: Some(Decimal::ZERO),
            natural_maximum: Some(Decimal::ONE_HUNDRED),
        };
        let mut target = Target {
            indicator: indicator.code.clone(),
            ref_area: RefArea::from_static("VN-11"),
            due: TimePeriod::Year(2030),
            measure: Measure::Level,
            value: Decimal::from(47),
            upper: None,
            bound: Bound::Eq,
            price_basis: None,
            scope: None,
            baseline: Some((TimePeriod::Year(2025), Decimal::new(455, 1))),
            way: Way::default(),
        };
        change(&mut target);
        broken_by(&target, &indicator)
            .into_iter()
            .map(|(code, column, ..)| (code, column))
            .collect()
    }

    #[test]
    fn each_rule_of_ways_is_told_by_its_code_and_column() {
        let by = |text: &str| PathRule::read("", text).unwrap();
        assert_eq!(codes(|target| target.way.path = by("2027=46; 2028=46.5")), []);
        assert_eq!(
            codes(|target| target.way.path = by("2025=46; 2028=46.5; 2030=47")),
            [
                ("milestone-outside", "milestones"),
                ("milestone-outside", "milestones")
            ]
        );
        assert_eq!(
            codes(|target| target.way.path = by("2027=146")),
            [("above-natural-limit", "milestones")]
        );
        assert_eq!(
            codes(|target| {
                target.way.path = PathRule::Compound;
                target.baseline = Some((TimePeriod::Year(2025), Decimal::ZERO));
            }),
            [("compound-not-positive", "baseline_value")]
        );
        assert_eq!(
            codes(|target| {
                target.way.basis = Some(Basis::Average);
                target.way.path = PathRule::Seasonal;
            }),
            [("way-to-a-mean", "path")]
        );
        let units = "communes:ge=40".parse().ok();
        assert_eq!(
            codes(|target| {
                target.way.units = units;
                target.value = Decimal::new(275, 1);
            }),
            [("units-not-a-count", "units")]
        );
        assert_eq!(
            codes(|target| {
                target.way.units = units;
                target.measure = Measure::Share;
            }),
            []
        );
    }
}
