//! Every step that «Can it all hold?» prints follows from the numbers printed in it: a reader with a calculator comes to
//! the same range, never to a wider one.

use app::Actor;
use app::coherence::{CoherenceQuery, Piece, RangeView, StepView};
use terms::Decimal;

use crate::test_app::TestApp;

/// A range of exact decimals; all numbers of the steps are positive but differences of rates.
type Range = (Decimal, Decimal);

/// Reads a step's pieces from the left, as they are printed.
struct Reader<'a> {
    pieces: &'a [Piece],
}

impl Reader<'_> {
    fn sum(&mut self) -> Range {
        let mut left = self.product();
        while let Some(Piece::Sign(sign @ ('+' | '−'))) = self.pieces.first() {
            self.pieces = &self.pieces[1..];
            let right = self.product();
            left = if *sign == '+' {
                (left.0 + right.0, left.1 + right.1)
            } else {
                (left.0 - right.1, left.1 - right.0)
            };
        }
        left
    }

    fn product(&mut self) -> Range {
        let mut left = self.factor();
        while let Some(Piece::Sign(sign @ ('×' | '÷'))) = self.pieces.first() {
            self.pieces = &self.pieces[1..];
            let right = self.factor();
            let ends = if *sign == '×' {
                [
                    left.0 * right.0,
                    left.0 * right.1,
                    left.1 * right.0,
                    left.1 * right.1,
                ]
            } else {
                [
                    left.0 / right.0,
                    left.0 / right.1,
                    left.1 / right.0,
                    left.1 / right.1,
                ]
            };
            left = (ends.into_iter().min().unwrap(), ends.into_iter().max().unwrap());
        }
        left
    }

    fn factor(&mut self) -> Range {
        let (first, rest) = self.pieces.split_first().expect("a factor");
        self.pieces = rest;
        let mut value = match first {
            Piece::Number(value) => (*value, *value),
            Piece::Quantity(_, RangeView { lower, upper }) => (lower.unwrap(), upper.unwrap()),
            Piece::Sign('(') => {
                let inner = self.sum();
                assert_eq!(self.pieces.first(), Some(&Piece::Sign(')')));
                self.pieces = &self.pieces[1..];
                inner
            }
            other => panic!("{other:?}"),
        };
        let both = |of: &dyn Fn(Decimal) -> Decimal, (a, b): Range| (of(a), of(b));
        while let Some(piece) = self.pieces.first() {
            value = match piece {
                Piece::Power(n) => both(&|x| power(x, *n), value),
                Piece::Compound(n) => both(&|x| compound(x, *n), value),
                Piece::Root(n) => both(&|y| inverse(&|x| power(x, *n), y), value),
                Piece::CompoundRoot(n) => both(&|y| inverse(&|x| compound(x, *n), y), value),
                _ => break,
            };
            self.pieces = &self.pieces[1..];
        }
        value
    }
}

fn power(x: Decimal, n: u32) -> Decimal {
    (0..n).fold(Decimal::ONE, |product, _| product * x)
}

fn compound(x: Decimal, n: u32) -> Decimal {
    (1..=n).map(|n| power(x, n)).sum()
}

/// Where a growing function comes to a value, to twelve digits behind the point.
fn inverse(of: &dyn Fn(Decimal) -> Decimal, value: Decimal) -> Decimal {
    let (mut low, mut high) = (Decimal::ZERO, Decimal::from(100));
    for _ in 0..60 {
        let middle = (low + high) / Decimal::TWO;
        if of(middle) <= value {
            low = middle;
        } else {
            high = middle;
        }
    }
    low.round_dp(12)
}

fn check(step: &StepView) {
    let mut reader = Reader {
        pieces: &step.formula,
    };
    let (lower, upper) = reader.sum();
    assert!(reader.pieces.is_empty(), "{step:?}");
    let (from, to) = (step.gives.lower.unwrap(), step.gives.upper.unwrap());
    let hair = (to - from).max(to.abs() / Decimal::from(1000)) / Decimal::from(1000);
    assert!(
        from <= lower + hair && upper - hair <= to,
        "{lower} to {upper} is not in {step:?}"
    );
    // Rounded outward by at most a twentieth of the width at each end.
    let most = (upper - lower) / Decimal::from(20) + hair + to.abs() / Decimal::from(1_000_000);
    assert!(
        lower - from <= most && to - upper <= most,
        "{lower} to {upper} is told as {step:?}"
    );
}

#[tokio::test]
async fn every_printed_step_follows_from_the_numbers_printed_in_it() {
    let test = TestApp::new().await;
    test.app.load_example().await.unwrap();
    let query = CoherenceQuery {
        day: Some("2026-03-31".parse().unwrap()),
        ..CoherenceQuery::default()
    };
    let view = test.app.coherence(&Actor::public(), &query).await.unwrap();
    let steps: Vec<&StepView> = view
        .conflicts
        .iter()
        .flat_map(|conflict| &conflict.steps)
        .collect();
    assert!(8 < steps.len(), "{steps:?}");
    for step in steps {
        check(step);
    }
}

/// The question over a register of these targets and results.
async fn asked(targets: &str, results: &str) -> app::coherence::CoherenceView {
    let test = TestApp::new().await;
    let paper = "câu,Nghị quyết,Tỉnh ủy,2025-10-17";
    let rows = |heading: &str, rows: &str| {
        let rows: Vec<String> = rows
            .lines()
            .map(|row| format!("{},{paper}", row.trim()))
            .collect();
        format!("{heading},quote,title,publisher,date\n{}\n", rows.join("\n")).into_bytes()
    };
    let import = app::Import {
        targets: vec![(
            "targets.csv".to_owned(),
            rows("indicator,place,due,measure,value,bound,basis,units", targets),
        )],
        observations: vec![(
            "observations.csv".to_owned(),
            rows("indicator,place,period,measure,value", results),
        )],
        ..app::Import::default()
    };
    test.app.import(&Actor::operator(), import).await.unwrap();
    let query = CoherenceQuery {
        day: Some("2026-03-31".parse().unwrap()),
        ..CoherenceQuery::default()
    };
    test.app.coherence(&Actor::public(), &query).await.unwrap()
}

/// The targets of each set that clashes, by their names.
fn clashes(view: &app::coherence::CoherenceView) -> Vec<Vec<&str>> {
    let of = |conflict: &app::coherence::ConflictView| {
        let mut ids: Vec<&str> = conflict
            .targets
            .iter()
            .map(|claim| view.claims[*claim].id.as_str())
            .collect();
        ids.sort_unstable();
        ids
    };
    view.conflicts.iter().map(of).collect()
}

#[tokio::test]
async fn a_fall_of_three_points_a_year_clashes_with_a_level_that_it_does_not_reach() {
    let fall = "poverty.rate,VN-11,2026/2030,change,-3,eq,change_per_year,";
    let result = "poverty.rate,VN-11,2025,level,17.78";
    let view = asked(&format!("{fall}\npoverty.rate,VN-11,2030,level,2.5,lt,,"), result).await;
    assert_eq!(
        clashes(&view),
        [["poverty.rate@2030", "poverty.rate@change_a_year@2026/2030"]]
    );
    let named = view.claims.iter().filter_map(|claim| claim.quantity.as_ref());
    let change = named
        .clone()
        .find(|of| of.aspect == Some("change_a_year"))
        .unwrap();
    assert_eq!(
        (
            change.indicator.name.vi.as_str(),
            change.indicator.name.en.as_str()
        ),
        (
            "Mức thay đổi bình quân mỗi năm của tỷ lệ hộ nghèo đa chiều",
            "Mean yearly change of multidimensional poverty rate"
        )
    );
    let steps = &view.conflicts[0].steps;
    assert!(
        steps.iter().any(|step| step.identity == "change_mean"),
        "{steps:?}"
    );
    // 17.78 − 15 = 2.78 is under 8.
    let view = asked(&format!("{fall}\npoverty.rate,VN-11,2030,level,8,lt,,"), result).await;
    assert_eq!(clashes(&view), Vec::<Vec<&str>>::new());
}

#[tokio::test]
async fn more_communes_cannot_be_under_eight_than_under_ten() {
    let under_eight = "poverty.rate,VN-11,2030,share,60,ge,,communes:lt=8";
    let result = "poverty.rate,VN-11,2025,level,17.78";
    let view = asked(
        &format!("{under_eight}\npoverty.rate,VN-11,2030,level,20,le,,communes:lt=10"),
        result,
    )
    .await;
    assert_eq!(
        clashes(&view),
        [["poverty.rate@units@2030", "poverty.rate@units@2030#2"]]
    );
    let counted = view.claims.iter().filter_map(|claim| claim.quantity.as_ref());
    let counted: Vec<&str> = counted.map(|of| of.indicator.name.vi.as_str()).collect();
    assert!(
        counted.contains(&"Số xã (không kể phường) có tỷ lệ hộ nghèo đa chiều dưới 8%"),
        "{counted:?}"
    );
    // 60% of 42 communes are 26 whole ones.
    let view = asked(
        &format!("{under_eight}\npoverty.rate,VN-11,2030,level,26,le,,communes:lt=10"),
        result,
    )
    .await;
    assert_eq!(clashes(&view), Vec::<Vec<&str>>::new());
}

#[tokio::test]
async fn a_change_from_no_known_year_is_left_out_and_told() {
    let view = asked(
        "forest.coverage,VN-11,2030,change,1.5,eq,,",
        "poverty.rate,VN-11,2025,level,17.78",
    )
    .await;
    let codes: Vec<&str> = view.notes.iter().map(|note| note.code).collect();
    assert_eq!(codes, ["change-without-start"]);
}
