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
