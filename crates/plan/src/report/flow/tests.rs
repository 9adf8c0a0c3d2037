use proptest::prelude::*;
use terms::{Decimal, UnitMeasure};

use super::*;
use crate::report::form::{Edit, Item};

fn code() -> IndicatorCode {
    "poverty.poor_households".parse().unwrap()
}

fn other() -> IndicatorCode {
    "households.total".parse().unwrap()
}

fn form() -> Form {
    let item = |indicator: IndicatorCode, required, edits| Item {
        indicator,
        unit: UnitMeasure::from_static("household"),
        required,
        edits,
        hint_vi: String::new(),
        hint_en: String::new(),
    };
    Form {
        items: vec![
            item(
                code(),
                true,
                vec![Edit::Decimals(0), Edit::NearLast(Decimal::TEN)],
            ),
            item(other(), false, vec![Edit::Decimals(0)]),
        ],
        last: [(code(), Decimal::from(100))].into(),
    }
}

fn day(number: i8) -> Date {
    jiff::civil::date(2026, 3, number)
}

fn save(seen: u64, text: &str) -> Move {
    Move::Save(Saved {
        device: None,
        values: [(code(), text.to_owned())].into(),
        seen,
        ..Saved::default()
    })
}

fn verify() -> Move {
    Move::Verify {
        words: "khớp danh sách".to_owned(),
        looked: BTreeSet::new(),
    }
}

/// A report with the acts numbered from 1.
struct Told(Report, u64);

impl Told {
    fn new() -> Self {
        Self(Report::default(), 0)
    }

    fn make(&mut self, step: &Move, on: i8) -> Result<(), Refusal> {
        self.0.check(step, &form())?;
        self.1 += 1;
        self.0.follow(step, self.1, day(on))
    }
}

#[test]
fn a_report_goes_up_by_level_and_is_corrected_by_a_new_edition() {
    let mut told = Told::new();
    told.make(&save(0, "95"), 1).unwrap();
    told.make(&Move::SUBMIT, 2).unwrap();
    assert_eq!(
        told.make(&save(2, "96"), 2),
        Err(Refusal::NotNow {
            act: "save",
            stage: Stage::Submitted
        })
    );
    assert!(
        told.make(&Move::Accept, 3).is_err(),
        "nobody accepts what nobody verified"
    );
    let back = Move::Return {
        reason: "thiếu hộ mới tách".to_owned(),
    };
    told.make(&back, 3).unwrap();
    let state = told.0.state();
    assert_eq!(
        (state.stage, state.submitted_on, state.returns),
        (Stage::FillingIn, None, 1)
    );
    told.make(&save(3, "97"), 4).unwrap();
    told.make(&Move::SUBMIT, 4).unwrap();
    told.make(&verify(), 5).unwrap();
    told.make(&Move::Accept, 6).unwrap();
    let correct = |reason: &str| {
        Move::Correct(Corrected {
            values: [(code(), "98".to_owned())].into(),
            explanations: BTreeMap::new(),
            reason: reason.to_owned(),
        })
    };
    assert_eq!(
        told.make(&correct(" "), 9),
        Err(Refusal::NoWords { act: "correct" })
    );
    told.make(&correct("rà soát cuối quý"), 9).unwrap();
    assert_eq!(told.0.state().edition, 2);
    assert_eq!(told.0.texts(), [(code(), "98".to_owned())].into());
    assert_eq!(
        told.0.state().lines[&code()].kept.len(),
        3,
        "the values before stay readable"
    );
}

#[test]
fn an_outlier_is_sent_only_with_an_explanation() {
    let mut told = Told::new();
    told.make(&save(0, "150"), 1).unwrap();
    let Err(Refusal::Findings(findings)) = told.make(&Move::SUBMIT, 2) else {
        panic!("an outlier without a word was sent");
    };
    assert!(matches!(findings[0].problem, Problem::FarFromLast { .. }));
    let words = Move::Save(Saved {
        device: None,
        values: Texts::new(),
        explanations: [(code(), "nhập thêm bản mới".to_owned())].into(),
        seen: 1,
        ..Saved::default()
    });
    told.make(&words, 2).unwrap();
    told.make(&Move::SUBMIT, 2).unwrap();
    assert_eq!(told.0.state().submitted_on, Some(day(2)));
}

#[test]
fn an_empty_or_unreadable_report_is_not_sent() {
    let mut told = Told::new();
    assert!(matches!(told.make(&Move::SUBMIT, 1), Err(Refusal::Findings(_))));
    told.make(&save(0, "chín lăm"), 1).unwrap();
    assert_eq!(told.0.texts()[&code()], "chín lăm", "what cannot be read is kept");
    assert!(matches!(told.make(&Move::SUBMIT, 1), Err(Refusal::Findings(_))));
}

#[test]
fn two_editors_keep_both_values_until_somebody_picks() {
    let mut told = Told::new();
    told.make(&save(0, "95"), 1).unwrap();
    // Both had seen version 1.
    told.make(&save(1, "96"), 1).unwrap();
    told.make(&save(1, "99"), 1).unwrap();
    let line = &told.0.state().lines[&code()];
    assert_eq!((line.text(), line.rivals.len()), ("96", 1));
    let Err(Refusal::Findings(findings)) = told.make(&Move::SUBMIT, 2) else {
        panic!("two values were sent as one");
    };
    assert_eq!(
        findings[0].problem,
        Problem::TwoValues(vec!["96".to_owned(), "99".to_owned()])
    );
    // Sending again what one had sent settles nothing; having seen both does.
    assert!(!told.0.would_change(&Saved {
        device: None,
        values: [(code(), "99".to_owned())].into(),
        seen: 1,
        ..Saved::default()
    }));
    told.make(&save(3, "99"), 2).unwrap();
    assert_eq!(told.0.state().lines[&code()].text(), "99");
    told.make(&Move::SUBMIT, 2).unwrap();
}

#[test]
fn lines_that_nobody_else_touched_are_no_conflict() {
    let mut told = Told::new();
    told.make(&save(0, "95"), 1).unwrap();
    told.make(&save(1, "96"), 1).unwrap();
    // A form without a script sends every line back: the first one as it had been.
    let whole = Move::Save(Saved {
        device: None,
        values: [(code(), "95".to_owned()), (other(), "700".to_owned())].into(),
        seen: 1,
        ..Saved::default()
    });
    told.make(&whole, 1).unwrap();
    let state = told.0.state();
    assert_eq!(state.lines[&code()].text(), "96");
    assert_eq!(state.lines[&other()].text(), "700");
    assert!(state.lines.values().all(|line| line.rivals.is_empty()));
}

#[test]
fn a_returned_report_can_be_filled_in_after_its_window() {
    let regime = super::super::regime::tests_support::monthly();
    let march = TimePeriod::Month(2026, 3);
    let on = |text: &str| -> Date { text.parse().unwrap() };
    let mut report = Report::default();
    assert_eq!(report.lock(&regime, march, on("2026-03-20")), None);
    let closed = Lock::Closed {
        since: on("2026-03-24"),
    };
    assert_eq!(report.lock(&regime, march, on("2026-03-25")), Some(closed));
    report.follow(&save(0, "95"), 1, on("2026-03-16")).unwrap();
    report.follow(&Move::SUBMIT, 2, on("2026-03-16")).unwrap();
    assert_eq!(
        report.lock(&regime, march, on("2026-03-17")),
        Some(Lock::Sent(Stage::Submitted))
    );
    let back = Move::Return {
        reason: "thiếu".to_owned(),
    };
    report.follow(&back, 3, on("2026-04-01")).unwrap();
    assert_eq!(report.lock(&regime, march, on("2026-04-08")), None);
    assert!(report.lock(&regime, march, on("2026-04-09")).is_some());
}

/// Any move, whether or not it follows.
fn any_move() -> impl Strategy<Value = Move> {
    let text = prop_oneof![
        Just("95"),
        Just("96"),
        Just("104"),
        Just("x"),
        Just(""),
        Just("150")
    ];
    prop_oneof![
        6 => (text, 0_u64..12, any::<bool>()).prop_map(|(text, seen, first)| Move::Save(Saved {
        device: None,
            values: [(if first { code() } else { other() }, text.to_owned())].into(),
            seen,
            ..Saved::default()
        })),
        2 => Just(Move::SUBMIT),
        2 => Just(verify()),
        1 => Just(Move::Return { reason: "thiếu".to_owned() }),
        2 => Just(Move::Accept),
        1 => Just(Move::Correct(Corrected {
            values: [(code(), "98".to_owned())].into(),
            reason: "rà soát".to_owned(),
            ..Corrected::default()
        })),
    ]
}

proptest! {
    #[test]
    fn no_sequence_loses_a_typed_value_or_counts_an_unverified_one(
        moves in prop::collection::vec(any_move(), 0..20)
    ) {
        let mut told = Told::new();
        let (mut verified_since_save, mut typed) = (false, Vec::new());
        for step in &moves {
            let before = told.0.clone();
            // Who saves has seen at most what there is.
            let step = match step {
                Move::Save(saved) => Move::Save(Saved { seen: saved.seen.min(told.1), ..saved.clone() }),
                other => other.clone(),
            };
            if told.make(&step, 5).is_err() {
                prop_assert_eq!(&told.0, &before, "a refused move changes nothing");
                continue;
            }
            match &step {
                Move::Save(saved) => {
                    verified_since_save = false;
                    if before.would_change(saved) {
                        typed.extend(saved.values.clone().into_iter().filter(|(_, text)| !text.is_empty()));
                    }
                }
                Move::Verify { .. } => verified_since_save = true,
                Move::Return { .. } => verified_since_save = false,
                _ => {}
            }
            if told.0.stage() == Stage::Accepted {
                prop_assert!(verified_since_save);
                prop_assert!(told.0.in_the_way(&form()).is_empty());
            }
            for (code, text) in &typed {
                let line = &told.0.state().lines[code];
                let mut all = line.kept.iter().chain(&line.rivals).chain(&line.dropped);
                prop_assert!(all.any(|(_, kept)| kept == text), "{text} is lost");
            }
        }
    }
}
