//! A report's way: filled in, submitted, verified, accepted, locked; returned with a reason; corrected afterwards.
//!
//! ```text
//! filling in ─submit→ submitted ─verify→ verified ─accept→ accepted (locked) ─correct→ accepted, one edition later
//!      ↑                 │                  │
//!      └─────return──────┴──────return──────┘
//! ```

use std::collections::BTreeMap;

use terms::{Date, IndicatorCode};

use super::form::{Finding, Form, Values};

/// Where a report stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Stage {
    /// The unit fills it in.
    FillingIn,
    /// It waits for the verifier.
    Submitted,
    /// It waits for the one who accepts.
    Verified,
    /// It counts, and is locked.
    Accepted,
}

impl Stage {
    /// Every stage, in order.
    pub const ALL: [Stage; 4] = [
        Stage::FillingIn,
        Stage::Submitted,
        Stage::Verified,
        Stage::Accepted,
    ];

    /// The stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Stage::FillingIn => "filling-in",
            Stage::Submitted => "submitted",
            Stage::Verified => "verified",
            Stage::Accepted => "accepted",
        }
    }
}

/// What somebody does with a report.
#[derive(Debug, Clone, PartialEq)]
pub enum Move {
    /// The reporter saves values as they are; nothing has to be complete.
    Save {
        /// All values filled in so far.
        values: Values,
        /// Explanations of soft findings.
        explanations: BTreeMap<IndicatorCode, String>,
    },
    /// The reporter sends it.
    Submit,
    /// The verifier has compared it with its evidence.
    Verify {
        /// What was looked at.
        words: String,
    },
    /// The verifier or the one who accepts sends it back.
    Return {
        /// What is wanting.
        reason: String,
    },
    /// It counts from now on.
    Accept,
    /// After acceptance: other values, with a reason; the old ones stay readable.
    Correct {
        /// All values from now on.
        values: Values,
        /// Why.
        reason: String,
    },
}

impl Move {
    /// The stable code.
    pub const fn code(&self) -> &'static str {
        match self {
            Move::Save { .. } => "save",
            Move::Submit => "submit",
            Move::Verify { .. } => "verify",
            Move::Return { .. } => "return",
            Move::Accept => "accept",
            Move::Correct { .. } => "correct",
        }
    }
}

/// Why a move was not made.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Refusal {
    /// It does not follow on this stage.
    #[error("“{act}” does not follow on “{}”", stage.code())]
    NotNow {
        /// The move's code.
        act: &'static str,
        /// Where the report stands.
        stage: Stage,
    },
    /// Values fail hard edits, or soft ones without an explanation.
    #[error("{} values do not pass", .0.len())]
    Findings(Vec<Finding>),
    /// A reason is missing.
    #[error("“{act}” wants a reason")]
    NoWords {
        /// The move's code.
        act: &'static str,
    },
}

/// A report of one unit on one period.
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    stage: Stage,
    values: Values,
    explanations: BTreeMap<IndicatorCode, String>,
    submitted_on: Option<Date>,
    edition: u32,
    returns: u32,
}

impl Default for Report {
    fn default() -> Self {
        Self {
            stage: Stage::FillingIn,
            values: Values::new(),
            explanations: BTreeMap::new(),
            submitted_on: None,
            edition: 0,
            returns: 0,
        }
    }
}

impl Report {
    /// Where it stands.
    pub fn stage(&self) -> Stage {
        self.stage
    }

    /// The values as they are now.
    pub fn values(&self) -> &Values {
        &self.values
    }

    /// Explanations of soft findings.
    pub fn explanations(&self) -> &BTreeMap<IndicatorCode, String> {
        &self.explanations
    }

    /// The day on which it was first sent and not returned since: what punctuality is counted by.
    pub fn submitted_on(&self) -> Option<Date> {
        self.submitted_on
    }

    /// 0 before acceptance, 1 when accepted, one more with each correction.
    pub fn edition(&self) -> u32 {
        self.edition
    }

    /// How often it was sent back.
    pub fn returns(&self) -> u32 {
        self.returns
    }

    /// Makes a move, or says why not and changes nothing.
    ///
    /// # Errors
    /// A [`Refusal`] with the stage or the findings that stand in the way.
    pub fn make(&mut self, step: Move, on: Date, form: &Form) -> Result<(), Refusal> {
        let act = step.code();
        let said = |words: &str| {
            if words.trim().is_empty() {
                Err(Refusal::NoWords { act })
            } else {
                Ok(())
            }
        };
        match (self.stage, step) {
            (Stage::FillingIn, Move::Save { values, explanations }) => {
                self.values = values;
                self.explanations = explanations;
            }
            (Stage::FillingIn, Move::Submit) => {
                self.pass(form, &self.values)?;
                self.submitted_on = Some(on);
                self.stage = Stage::Submitted;
            }
            (Stage::Submitted, Move::Verify { words }) => {
                said(&words)?;
                self.stage = Stage::Verified;
            }
            (Stage::Submitted | Stage::Verified, Move::Return { reason }) => {
                said(&reason)?;
                self.submitted_on = None;
                self.returns += 1;
                self.stage = Stage::FillingIn;
            }
            (Stage::Verified, Move::Accept) => {
                self.edition = 1;
                self.stage = Stage::Accepted;
            }
            (Stage::Accepted, Move::Correct { values, reason }) => {
                said(&reason)?;
                self.pass(form, &values)?;
                self.values = values;
                self.edition += 1;
            }
            (stage, _) => return Err(Refusal::NotNow { act, stage }),
        }
        Ok(())
    }

    /// Hard findings stop a report; soft ones only where nobody explained them.
    fn pass(&self, form: &Form, values: &Values) -> Result<(), Refusal> {
        let explained = |finding: &Finding| {
            finding.soft
                && self
                    .explanations
                    .get(&finding.indicator)
                    .is_some_and(|words| !words.trim().is_empty())
        };
        let findings: Vec<Finding> = form
            .check(values, true)
            .into_iter()
            .filter(|finding| !explained(finding))
            .collect();
        if findings.is_empty() {
            Ok(())
        } else {
            Err(Refusal::Findings(findings))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::form::{Edit, Item, Problem};
    use terms::{Decimal, UnitMeasure};

    fn code() -> IndicatorCode {
        "poverty.poor_households".parse().unwrap()
    }

    fn form() -> Form {
        Form {
            items: vec![Item {
                indicator: code(),
                unit: UnitMeasure::from_static("household"),
                required: true,
                edits: vec![Edit::Decimals(0), Edit::NearLast(Decimal::TEN)],
            }],
            last: [(code(), Decimal::from(100))].into(),
        }
    }

    fn day(number: i8) -> Date {
        jiff::civil::date(2026, 3, number)
    }

    fn save(value: i64, explanation: Option<&str>) -> Move {
        Move::Save {
            values: [(code(), Decimal::from(value))].into(),
            explanations: explanation
                .map(|words| (code(), words.to_owned()))
                .into_iter()
                .collect(),
        }
    }

    #[test]
    fn a_report_goes_up_by_level_and_is_corrected_by_a_new_edition() {
        let (mut report, form) = (Report::default(), form());
        report.make(save(95, None), day(1), &form).unwrap();
        report.make(Move::Submit, day(2), &form).unwrap();
        assert!(matches!(
            report.make(save(96, None), day(2), &form),
            Err(Refusal::NotNow {
                act: "save",
                stage: Stage::Submitted
            })
        ));
        assert!(
            report.make(Move::Accept, day(3), &form).is_err(),
            "nobody accepts what nobody verified"
        );
        report
            .make(
                Move::Return {
                    reason: "thiếu hộ mới tách".to_owned(),
                },
                day(3),
                &form,
            )
            .unwrap();
        assert_eq!(
            (report.stage(), report.submitted_on(), report.returns()),
            (Stage::FillingIn, None, 1)
        );
        report.make(save(97, None), day(4), &form).unwrap();
        report.make(Move::Submit, day(4), &form).unwrap();
        report
            .make(
                Move::Verify {
                    words: "khớp danh sách".to_owned(),
                },
                day(5),
                &form,
            )
            .unwrap();
        report.make(Move::Accept, day(6), &form).unwrap();
        let values: Values = [(code(), Decimal::from(98))].into();
        let correct = |reason: &str| Move::Correct {
            values: values.clone(),
            reason: reason.to_owned(),
        };
        assert!(matches!(
            report.make(correct(""), day(9), &form),
            Err(Refusal::NoWords { .. })
        ));
        report.make(correct("rà soát cuối quý"), day(9), &form).unwrap();
        assert_eq!((report.edition(), report.values()), (2, &values));
    }

    #[test]
    fn an_outlier_is_sent_only_with_an_explanation() {
        let (mut report, form) = (Report::default(), form());
        report.make(save(150, None), day(1), &form).unwrap();
        let Err(Refusal::Findings(findings)) = report.make(Move::Submit, day(2), &form) else {
            panic!("an outlier without a word was sent");
        };
        assert!(matches!(findings[0].problem, Problem::FarFromLast { .. }));
        report
            .make(save(150, Some("nhập thêm bản mới")), day(2), &form)
            .unwrap();
        report.make(Move::Submit, day(2), &form).unwrap();
        assert_eq!(report.submitted_on(), Some(day(2)));
    }

    #[test]
    fn an_empty_report_is_not_sent() {
        let mut report = Report::default();
        assert!(matches!(
            report.make(Move::Submit, day(1), &form()),
            Err(Refusal::Findings(_))
        ));
        assert_eq!(report, Report::default());
    }
}
