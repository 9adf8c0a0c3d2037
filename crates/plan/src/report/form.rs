//! A form: what is asked, and the edits that a value must pass, hard or soft.
//!
//! The device enforces the same edits as the server: they are data, and this is the one place that reads them.
//! Names follow statistical data editing: a hard edit refuses, a soft edit asks for an explanation.

use std::collections::BTreeMap;

use terms::{Decimal, IndicatorCode, UnitMeasure};

/// One line of a form.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// What is asked.
    pub indicator: IndicatorCode,
    /// In which unit.
    pub unit: UnitMeasure,
    /// Whether the report can be sent without it.
    pub required: bool,
    /// What it must pass.
    pub edits: Vec<Edit>,
}

/// A rule that a value must pass.
#[derive(Debug, Clone, PartialEq)]
pub enum Edit {
    /// Hard: not less than this.
    AtLeast(Decimal),
    /// Hard: not more than this.
    AtMost(Decimal),
    /// Hard: at most so many digits after the decimal point (0: a whole number).
    Decimals(u32),
    /// Hard: not more than another value of the same form (poor households ≤ households).
    NotMoreThan(IndicatorCode),
    /// Soft: not more than so many per cent away from the last period's value.
    NearLast(Decimal),
}

impl Edit {
    /// Whether a value that fails can be sent with an explanation.
    pub const fn is_soft(&self) -> bool {
        matches!(self, Edit::NearLast(_))
    }
}

/// A form for one unit and period.
#[derive(Debug, Clone, PartialEq)]
pub struct Form {
    /// Its lines, in order.
    pub items: Vec<Item>,
    /// The last period's values of the same unit.
    pub last: BTreeMap<IndicatorCode, Decimal>,
}

/// What a value did not pass.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// On which line.
    pub indicator: IndicatorCode,
    /// What is wrong.
    pub problem: Problem,
    /// Whether an explanation is enough.
    pub soft: bool,
}

/// What is wrong with a value.
#[derive(Debug, Clone, PartialEq)]
pub enum Problem {
    /// It is not there.
    Missing,
    /// It is less than it can be.
    Below(Decimal),
    /// It is more than it can be.
    Above(Decimal),
    /// It has more digits after the point than it can have.
    TooPrecise(u32),
    /// It is more than another value of the form.
    MoreThan(IndicatorCode, Decimal),
    /// It lies so many per cent from the last period's value.
    FarFromLast {
        /// The last period's value.
        last: Decimal,
        /// How far, in per cent of it.
        per_cent: Decimal,
    },
    /// The form does not ask for it.
    NotAsked,
}

/// What somebody filled in: zero is a value, a missing value is none.
pub type Values = BTreeMap<IndicatorCode, Decimal>;

impl Form {
    /// Everything that is wrong with these values, in the form's order; then what the form does not ask for.
    ///
    /// `complete`: whether missing required values count (on sending they do, while filling in they do not). O(items).
    pub fn check(&self, values: &Values, complete: bool) -> Vec<Finding> {
        let mut findings = Vec::new();
        for item in &self.items {
            let mut find = |problem, soft| {
                findings.push(Finding {
                    indicator: item.indicator.clone(),
                    problem,
                    soft,
                });
            };
            let Some(value) = values.get(&item.indicator).copied() else {
                if complete && item.required {
                    find(Problem::Missing, false);
                }
                continue;
            };
            for edit in &item.edits {
                let problem = match edit {
                    Edit::AtLeast(least) => (value < *least).then_some(Problem::Below(*least)),
                    Edit::AtMost(most) => (*most < value).then_some(Problem::Above(*most)),
                    Edit::Decimals(digits) => {
                        (*digits < value.normalize().scale()).then_some(Problem::TooPrecise(*digits))
                    }
                    Edit::NotMoreThan(other) => values
                        .get(other)
                        .filter(|limit| **limit < value)
                        .map(|limit| Problem::MoreThan(other.clone(), *limit)),
                    Edit::NearLast(per_cent) => self.far_from_last(&item.indicator, value, *per_cent),
                };
                if let Some(problem) = problem {
                    find(problem, edit.is_soft());
                }
            }
        }
        let asked = |code: &IndicatorCode| self.items.iter().any(|item| item.indicator == *code);
        let strangers = values.keys().filter(|code| !asked(code));
        findings.extend(strangers.map(|code| Finding {
            indicator: code.clone(),
            problem: Problem::NotAsked,
            soft: false,
        }));
        findings
    }

    /// Compares with the last period: from zero, any other value is far.
    fn far_from_last(&self, code: &IndicatorCode, value: Decimal, limit: Decimal) -> Option<Problem> {
        let last = self.last.get(code).copied()?;
        let change = (value - last).abs();
        let per_cent = if last.is_zero() {
            if change.is_zero() {
                Decimal::ZERO
            } else {
                Decimal::ONE_HUNDRED
            }
        } else {
            (change / last.abs() * Decimal::ONE_HUNDRED).round_dp(1)
        };
        let far = limit < per_cent || (last.is_zero() && !change.is_zero());
        far.then_some(Problem::FarFromLast { last, per_cent })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(text: &str) -> IndicatorCode {
        text.parse().unwrap()
    }

    fn number(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    fn form() -> Form {
        let item = |name: &str, unit: &'static str, edits| Item {
            indicator: code(name),
            unit: UnitMeasure::from_static(unit),
            required: true,
            edits,
        };
        Form {
            items: vec![
                item(
                    "households.total",
                    "household",
                    vec![Edit::AtLeast(Decimal::ZERO), Edit::Decimals(0)],
                ),
                item(
                    "poverty.poor_households",
                    "household",
                    vec![
                        Edit::Decimals(0),
                        Edit::NotMoreThan(code("households.total")),
                        Edit::NearLast(number("20")),
                    ],
                ),
                item(
                    "poverty.rate",
                    "%",
                    vec![Edit::AtLeast(Decimal::ZERO), Edit::AtMost(Decimal::ONE_HUNDRED)],
                ),
            ],
            last: [(code("poverty.poor_households"), number("100"))].into(),
        }
    }

    #[test]
    fn each_edit_says_what_is_wrong_and_whether_words_are_enough() {
        let values: Values = [
            (code("households.total"), number("90.5")),
            (code("poverty.poor_households"), number("121")),
            (code("poverty.rate"), number("133.7")),
            (code("forest.coverage"), number("40")),
        ]
        .into();
        let found: Vec<(String, Problem, bool)> = form()
            .check(&values, true)
            .into_iter()
            .map(|f| (f.indicator.to_string(), f.problem, f.soft))
            .collect();
        assert_eq!(
            found,
            [
                ("households.total".to_owned(), Problem::TooPrecise(0), false),
                (
                    "poverty.poor_households".to_owned(),
                    Problem::MoreThan(code("households.total"), number("90.5")),
                    false
                ),
                (
                    "poverty.poor_households".to_owned(),
                    Problem::FarFromLast {
                        last: number("100"),
                        per_cent: number("21")
                    },
                    true
                ),
                (
                    "poverty.rate".to_owned(),
                    Problem::Above(Decimal::ONE_HUNDRED),
                    false
                ),
                ("forest.coverage".to_owned(), Problem::NotAsked, false),
            ]
        );
    }

    #[test]
    fn missing_is_not_zero_and_matters_only_on_sending() {
        let zero: Values = [
            (code("households.total"), Decimal::ZERO),
            (code("poverty.poor_households"), Decimal::ZERO),
            (code("poverty.rate"), Decimal::ZERO),
        ]
        .into();
        assert!(form().check(&zero, true).iter().all(|finding| finding.soft));
        assert_eq!(form().check(&Values::new(), true).len(), 3);
        assert!(form().check(&Values::new(), false).is_empty());
    }

    #[test]
    fn from_zero_any_other_value_is_far() {
        let mut form = form();
        form.last.insert(code("poverty.poor_households"), Decimal::ZERO);
        let values: Values = [
            (code("households.total"), number("10")),
            (code("poverty.poor_households"), number("1")),
        ]
        .into();
        assert_eq!(form.check(&values, false).len(), 1);
    }

    #[test]
    fn trailing_zeros_are_not_digits() {
        let values: Values = [(code("households.total"), number("90.00"))].into();
        assert!(form().check(&values, false).is_empty());
    }
}
