//! The values of one indicator: period by period, units in order.

use rustc_hash::FxHashMap;
use terms::TimePeriod;

use super::{PlaceNumber, Value};

/// Within a period the values stand by place, those of one place in the order of their numbers; a cell is found by halving,
/// and a new value moves at most the period's values.
#[derive(Debug, Default)]
pub(super) struct Slice {
    periods: FxHashMap<TimePeriod, Vec<(PlaceNumber, Value)>>,
}

impl Slice {
    pub(super) fn put(&mut self, period: TimePeriod, place: PlaceNumber, value: Value) {
        let values = self.periods.entry(period).or_default();
        let key = (place, value.id);
        match values.last() {
            // Filled in order, most values go to the end.
            Some((last, before)) if (*last, before.id) < key => values.push((place, value)),
            _ => {
                let at = values.partition_point(|(place, value)| (*place, value.id) < key);
                values.insert(at, (place, value));
            }
        }
    }

    pub(super) fn take(&mut self, period: TimePeriod, place: PlaceNumber, id: u64) -> Option<Value> {
        let values = self.periods.get_mut(&period)?;
        let at = values
            .binary_search_by(|(of, value)| (*of, value.id).cmp(&(place, id)))
            .ok()?;
        let (_, value) = values.remove(at);
        if values.is_empty() {
            self.periods.remove(&period);
        }
        Some(value)
    }

    pub(super) fn cell(&self, period: TimePeriod, place: PlaceNumber) -> &[(PlaceNumber, Value)] {
        cell(self.at(period), 0, place).0
    }

    pub(super) fn at(&self, period: TimePeriod) -> &[(PlaceNumber, Value)] {
        self.periods.get(&period).map_or(&[], Vec::as_slice)
    }

    pub(super) fn periods(&self) -> impl Iterator<Item = (&TimePeriod, &Vec<(PlaceNumber, Value)>)> {
        self.periods.iter()
    }

    pub(super) fn len(&self) -> usize {
        self.periods.values().map(Vec::len).sum()
    }
}

/// The values of one place among those of a period, and behind which they end: where the place that is asked next lies
/// behind this one, looking goes on from there. O(1) for a neighbour, else O(log values).
pub(super) fn cell(
    values: &[(PlaceNumber, Value)],
    from: usize,
    place: PlaceNumber,
) -> (&[(PlaceNumber, Value)], usize) {
    let is_before = |at: usize| values.get(at).is_none_or(|(of, _)| *of < place);
    let from = if from == 0 || is_before(from - 1) { from } else { 0 };
    let behind = &values[from..];
    let begin = from
        + match behind.first() {
            Some((of, _)) if *of < place => behind.partition_point(|(of, _)| *of < place),
            _ => 0,
        };
    let end = begin + values[begin..].iter().take_while(|(of, _)| *of == place).count();
    (&values[begin..end], end)
}
