//! A form: what is asked, and the edits that a value must pass, hard or soft.
//!
//! The device enforces the same edits as the server: they are data, and this is the one place that reads them.
//! Names follow statistical data editing: a hard edit refuses, a soft edit asks for an explanation.

use std::collections::BTreeMap;

use terms::{Decimal, IndicatorCode, RoundingStrategy, UnitMeasure};

use super::number::{self, Unreadable};

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
    /// How to fill it in, in the field's words, in Vietnamese; may be empty.
    pub hint_vi: String,
    /// The same in English.
    pub hint_en: String,
}

impl Item {
    /// How many digits after the decimal mark the line takes.
    pub fn decimals(&self) -> u32 {
        self.edits
            .iter()
            .find_map(|edit| match edit {
                Edit::Decimals(digits) => Some(*digits),
                _ => None,
            })
            .unwrap_or(MOST_DECIMALS)
    }
}

/// Digits after the decimal mark where a form does not say: as many as any unit of the catalogue needs.
const MOST_DECIMALS: u32 = 6;

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
    /// Hard: together with other values of the form not more than a further one (poor and near-poor households ≤
    /// households). Checked once all of them are there.
    PartsNotMoreThan {
        /// The other parts.
        with: Vec<IndicatorCode>,
        /// The whole.
        whole: IndicatorCode,
    },
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
    /// It and the other parts come to more than the whole.
    PartsMoreThan {
        /// What the parts come to.
        sum: Decimal,
        /// The whole.
        whole: IndicatorCode,
        /// Its value.
        limit: Decimal,
    },
    /// What was typed is no number.
    NotANumber(String),
    /// What was typed can be read two ways.
    Ambiguous {
        /// With a thousands mark.
        whole: Decimal,
        /// With a decimal mark.
        fraction: Decimal,
    },
    /// Two people typed different values: one has to be picked.
    TwoValues(Vec<String>),
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

impl Problem {
    /// The stable code: the message of `report-finding-CODE` tells it.
    pub const fn code(&self) -> &'static str {
        match self {
            Problem::Missing => "missing",
            Problem::Below(_) => "below",
            Problem::Above(_) => "above",
            Problem::TooPrecise(_) => "too-precise",
            Problem::MoreThan(..) => "more-than",
            Problem::PartsMoreThan { .. } => "parts-more-than",
            Problem::NotANumber(_) => "not-a-number",
            Problem::Ambiguous { .. } => "ambiguous",
            Problem::TwoValues(_) => "two-values",
            Problem::FarFromLast { .. } => "far-from-last",
            Problem::NotAsked => "not-asked",
        }
    }

    /// What the message needs: numbers as plain decimals, lines of the form by their indicator.
    pub fn args(&self) -> Vec<(&'static str, String)> {
        let plain = |number: &Decimal| number.normalize().to_string();
        match self {
            Problem::Missing | Problem::NotAsked => Vec::new(),
            Problem::Below(least) => vec![("least", plain(least))],
            Problem::Above(most) => vec![("most", plain(most))],
            Problem::TooPrecise(digits) => vec![("digits", digits.to_string())],
            Problem::MoreThan(whole, limit) => vec![("whole", whole.to_string()), ("limit", plain(limit))],
            Problem::PartsMoreThan { sum, whole, limit } => vec![
                ("sum", plain(sum)),
                ("whole", whole.to_string()),
                ("limit", plain(limit)),
            ],
            Problem::NotANumber(text) => vec![("text", text.clone())],
            Problem::Ambiguous { whole, fraction } => {
                vec![("whole", plain(whole)), ("fraction", plain(fraction))]
            }
            Problem::TwoValues(texts) => vec![("values", texts.join(" | "))],
            Problem::FarFromLast { last, per_cent } => {
                vec![("last", plain(last)), ("per_cent", plain(per_cent))]
            }
        }
    }
}

/// What somebody filled in: zero is a value, a missing value is none.
pub type Values = BTreeMap<IndicatorCode, Decimal>;

/// What somebody typed, as it was typed: nothing is lost that cannot be read yet. An empty text is no value.
pub type Texts = BTreeMap<IndicatorCode, String>;

impl Form {
    /// The line of an indicator.
    pub fn item(&self, code: &IndicatorCode) -> Option<&Item> {
        self.items.iter().find(|item| item.indicator == *code)
    }

    /// The values that typed texts stand for, and what cannot be read. O(items · log items).
    pub fn read(&self, texts: &Texts) -> (Values, Vec<Finding>) {
        let (mut values, mut findings) = (Values::new(), Vec::new());
        for (code, text) in texts.iter().filter(|(_, text)| !text.trim().is_empty()) {
            let read = self.item(code).map(|item| number::read(text, item.decimals()));
            let Some(read) = read else {
                findings.push(Finding {
                    indicator: code.clone(),
                    problem: Problem::NotAsked,
                    soft: false,
                });
                continue;
            };
            let problem = match read {
                Ok(value) => {
                    values.insert(code.clone(), value);
                    continue;
                }
                Err(Unreadable::NotANumber) => Problem::NotANumber(text.clone()),
                Err(Unreadable::Ambiguous { whole, fraction }) => Problem::Ambiguous { whole, fraction },
            };
            findings.push(Finding {
                indicator: code.clone(),
                problem,
                soft: false,
            });
        }
        (values, findings)
    }

    /// Everything that is wrong with what was typed, in the form's order: what cannot be read, then as [`Form::check`].
    pub fn examine(&self, texts: &Texts, complete: bool) -> Vec<Finding> {
        let (values, mut findings) = self.read(texts);
        let unread: Vec<IndicatorCode> = findings.iter().map(|finding| finding.indicator.clone()).collect();
        let checked = self.check(&values, complete).into_iter();
        // A line that was filled in is not missing, even where nobody can read it.
        findings.extend(
            checked.filter(|finding| {
                finding.problem != Problem::Missing || !unread.contains(&finding.indicator)
            }),
        );
        let place = |finding: &Finding| {
            self.items
                .iter()
                .position(|item| item.indicator == finding.indicator)
                .unwrap_or(usize::MAX)
        };
        findings.sort_by_key(place);
        findings
    }

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
                    Edit::PartsNotMoreThan { with, whole } => {
                        let parts: Option<Decimal> = with.iter().map(|code| values.get(code).copied()).sum();
                        parts.zip(values.get(whole).copied()).and_then(|(parts, limit)| {
                            let sum = parts + value;
                            (limit < sum).then(|| Problem::PartsMoreThan {
                                sum,
                                whole: whole.clone(),
                                limit,
                            })
                        })
                    }
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

    /// Compares with the last period: from zero, any other value is far. Exact: no division before the decision, so that
    /// every machine decides alike; the rate that is told is rounded to a tenth, halves away from zero.
    fn far_from_last(&self, code: &IndicatorCode, value: Decimal, limit: Decimal) -> Option<Problem> {
        let last = self.last.get(code).copied()?;
        let change = (value - last).abs();
        if last.is_zero() {
            return (!change.is_zero()).then_some(Problem::FarFromLast {
                last,
                per_cent: Decimal::ONE_HUNDRED,
            });
        }
        let hundredfold = change * Decimal::ONE_HUNDRED;
        (limit * last.abs() < hundredfold).then(|| Problem::FarFromLast {
            last,
            per_cent: (hundredfold / last.abs())
                .round_dp_with_strategy(1, RoundingStrategy::MidpointAwayFromZero),
        })
    }
}

#[cfg(test)]
mod cases;

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
            hint_vi: String::new(),
            hint_en: String::new(),
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
