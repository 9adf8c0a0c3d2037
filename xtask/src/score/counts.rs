//! The rules of `score.py`: which prediction matches which gold figure, and the quotients made of the counts.

use std::iter::Sum;

use serde_json::{Map, Value};

use super::figure::{FIELDS, Figure};

/// What the scores are made of; the counts of several texts may be added up.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    pub(crate) gold: usize,
    pub(crate) predicted: usize,
    pub(crate) matched: usize,
    /// Of the matched pairs, how many agree in each of [`FIELDS`].
    pub(crate) fields: [usize; 7],
    /// Of the matched pairs, how many agree in all of them.
    pub(crate) all: usize,
}

impl Counts {
    /// Counts one text.
    pub(crate) fn of(gold: &[Figure], predicted: &[Figure]) -> Self {
        let mut counts = Counts { gold: gold.len(), predicted: predicted.len(), ..Counts::default() };
        for (i, j) in pairs(gold, predicted) {
            let agree: [bool; 7] = std::array::from_fn(|field| gold[i].fields[field] == predicted[j].fields[field]);
            counts.matched += 1;
            for (count, agrees) in counts.fields.iter_mut().zip(agree) {
                *count += usize::from(agrees);
            }
            counts.all += usize::from(agree.iter().all(|agrees| *agrees));
        }
        counts
    }

    /// A quotient; with nothing to divide by it is none, but a text with neither gold nor predictions scores 1.
    fn ratio(self, part: usize, whole: usize) -> Option<f64> {
        if whole == 0 {
            return (self.gold + self.predicted == 0).then_some(1.0);
        }
        #[expect(clippy::cast_precision_loss, reason = "counts of figures stay far below 2⁵²")]
        Some(part as f64 / whole as f64)
    }

    /// Every column of the table after the name: the three counts, then the quotients.
    pub(crate) fn columns(self) -> Vec<(&'static str, Column)> {
        let both = self.gold + self.predicted;
        let mut columns = vec![
            ("gold", Column::Count(self.gold)),
            ("predicted", Column::Count(self.predicted)),
            ("matched", Column::Count(self.matched)),
            ("precision", Column::Ratio(self.ratio(self.matched, self.predicted))),
            ("recall", Column::Ratio(self.ratio(self.matched, self.gold))),
            ("f1", Column::Ratio(self.ratio(2 * self.matched, both))),
        ];
        for (name, count) in FIELDS.into_iter().zip(self.fields) {
            columns.push((name, Column::Ratio(self.ratio(count, self.matched))));
        }
        columns.push(("all", Column::Ratio(self.ratio(2 * self.all, both))));
        columns
    }

    /// The columns as one JSON object.
    pub(crate) fn scores(self) -> Value {
        let object: Map<_, _> = self
            .columns()
            .into_iter()
            .map(|(name, column)| {
                let value = match column {
                    Column::Count(count) => count.into(),
                    Column::Ratio(ratio) => ratio.into(),
                };
                (name.to_owned(), value)
            })
            .collect();
        Value::Object(object)
    }
}

/// One cell of the table of scores.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Column {
    Count(usize),
    Ratio(Option<f64>),
}

impl Sum for Counts {
    fn sum<I: Iterator<Item = Counts>>(counts: I) -> Counts {
        counts.fold(Counts::default(), |a, b| Counts {
            gold: a.gold + b.gold,
            predicted: a.predicted + b.predicted,
            matched: a.matched + b.matched,
            fields: std::array::from_fn(|field| a.fields[field] + b.fields[field]),
            all: a.all + b.all,
        })
    }
}

/// Equal to one part in a thousand million, or both absent.
fn same_number(a: Option<f64>, b: Option<f64>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => (a - b).abs() <= 1e-9 * a.abs().max(b.abs()),
        (a, b) => a.is_none() && b.is_none(),
    }
}

/// How many characters the two surfaces share, 0 where the numbers differ.
fn overlap(gold: &Figure, predicted: &Figure) -> usize {
    if !same_number(gold.value, predicted.value) || !same_number(gold.upper, predicted.upper) {
        return 0;
    }
    gold.span.1.min(predicted.span.1).saturating_sub(gold.span.0.max(predicted.span.0))
}

/// The largest set of pairs (gold, predicted), by augmenting paths; longer overlaps are tried first.
fn pairs(gold: &[Figure], predicted: &[Figure]) -> Vec<(usize, usize)> {
    let choices: Vec<Vec<usize>> = gold
        .iter()
        .map(|figure| {
            let shared = |j: &usize| overlap(figure, &predicted[*j]);
            let mut able: Vec<usize> = (0..predicted.len()).filter(|j| shared(j) != 0).collect();
            able.sort_by_key(|j| std::cmp::Reverse(shared(j)));
            able
        })
        .collect();
    let mut taken: Vec<Option<usize>> = vec![None; predicted.len()];
    for i in 0..gold.len() {
        place(i, &choices, &mut taken, &mut vec![false; predicted.len()]);
    }
    taken.iter().enumerate().filter_map(|(j, i)| i.map(|i| (i, j))).collect()
}

fn place(i: usize, choices: &[Vec<usize>], taken: &mut [Option<usize>], seen: &mut [bool]) -> bool {
    for &j in &choices[i] {
        if !std::mem::replace(&mut seen[j], true) {
            let free = match taken[j] {
                None => true,
                Some(other) => place(other, choices, taken, seen),
            };
            if free {
                taken[j] = Some(i);
                return true;
            }
        }
    }
    false
}
