//! One target and what is known of the way to it: the input of attainment, pace and status.

use plan::{Basis, Direction, TargetPath};
use terms::{Bound, Date, Decimal, TimePeriod};

use crate::exact::{add, div, mul, years_between};
use crate::{Error, path};

/// A value of a series: of a period, known by the period's last day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outcome {
    /// The period of which the value speaks.
    pub period: TimePeriod,
    /// The value.
    pub value: Decimal,
}

impl Outcome {
    /// The day on which the value holds: the last of its period.
    pub fn date(&self) -> Date {
        self.period.end()
    }
}

/// The number that is to be reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Aim {
    /// The number, or the lower end of a range.
    pub value: Decimal,
    /// The upper end of a range.
    pub upper: Option<Decimal>,
    /// «Over 10%» is [`Bound::Gt`] and is missed at exactly 10.
    pub bound: Bound,
}

/// A target, the series that it asks of, and the day on which one asks.
#[derive(Debug, Clone, Copy)]
pub struct Pursuit<'a> {
    /// What is to be reached.
    pub aim: Aim,
    /// What the number speaks of: the value at the end, a change, a mean, a sum.
    pub basis: Basis,
    /// By the end of which period, or over which.
    pub due: TimePeriod,
    /// Which way is better; none where a band is to be kept.
    pub direction: Option<Direction>,
    /// The least value that can be.
    pub minimum: Option<Decimal>,
    /// The greatest value that can be.
    pub maximum: Option<Decimal>,
    /// The way that is expected.
    pub path: &'a TargetPath,
    /// The value from which the target starts.
    pub baseline: Option<Outcome>,
    /// The series, in any order. For a mean or a sum the values that lie within the due period count.
    pub results: &'a [Outcome],
    /// First days of changed standards: nothing is compared across them.
    pub breaks: &'a [Date],
    /// The day on which one asks.
    pub today: Date,
}

/// Which way a target lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// Reached from below.
    Up,
    /// Reached from above.
    Down,
    /// Reached by staying between.
    Within,
}

/// A [`Pursuit`] brought to one form: from a start, along a path, to an edge.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Course {
    /// Which way the target lies.
    pub side: Side,
    /// The lower end of what is to be reached, as a value of the series.
    pub low: Decimal,
    /// The upper end; the same as `low` where no range is given.
    pub high: Decimal,
    /// The bound, to be taken at its word.
    pub bound: Bound,
    /// Where the way begins; for a sum, zero on the eve of the period; for a mean there is none.
    pub start: Option<(Date, Decimal)>,
    /// Last day of the way.
    pub due: Date,
    /// The last day that is known and what stands there: the latest value, the mean or the sum so far.
    pub now: Option<(Date, Decimal)>,
    /// Whether baseline and latest value lie on two sides of a changed standard.
    pub across_break: bool,
}

impl Course {
    /// The end that is reached first: the lower from below, the upper from above; for a band the one nearer to `value`.
    pub fn goal_seen_from(&self, value: Decimal) -> Decimal {
        match self.side {
            Side::Up => self.low,
            Side::Down => self.high,
            Side::Within => value.clamp(self.low, self.high),
        }
    }

    /// The end that the path leads to.
    pub fn goal(&self) -> Decimal {
        self.goal_seen_from(self.start.or(self.now).map_or(self.low, |(_, value)| value))
    }

    /// Whether `value` reaches the target.
    ///
    /// «Over 10» is missed at exactly 10. «About 10» and a bare 10 are reached at 10 or beyond, on the better side; a range
    /// at its nearer end; without a better side only at the number or inside the range.
    pub fn is_reached_by(&self, value: Decimal) -> bool {
        match (self.bound, self.side) {
            (Bound::Gt, _) => self.low < value,
            (Bound::Lt, _) => value < self.high,
            (_, Side::Up) => self.low <= value,
            (_, Side::Down) => value <= self.high,
            (_, Side::Within) => self.low <= value && value <= self.high,
        }
    }
}

impl Pursuit<'_> {
    /// Which way the target lies: told by its bound, else by the indicator, else by where the baseline is.
    fn side(&self, low: Decimal) -> Side {
        match (self.aim.bound, self.direction, self.baseline) {
            (Bound::Gt | Bound::Ge, ..) => Side::Up,
            (Bound::Lt | Bound::Le, ..) => Side::Down,
            (Bound::Range, None, _) => Side::Within,
            (_, Some(direction), _) => match direction {
                Direction::Up => Side::Up,
                Direction::Down => Side::Down,
            },
            (_, None, Some(start)) if self.basis.has_start() && start.value != low => {
                if start.value < low {
                    Side::Up
                } else {
                    Side::Down
                }
            }
            (_, None, _) => Side::Within,
        }
    }

    /// The same question in one form. O(n log n) in the results.
    ///
    /// A change without a baseline has nothing to start from: its course has no `now`.
    ///
    /// # Errors
    /// [`Error::Overlap`] where a mean or sum has two values of the same days, [`Error::TooLarge`].
    pub fn course(&self) -> Result<Course, Error> {
        let due = self.due.end();
        let baseline = self.baseline.map(|baseline| (baseline.date(), baseline.value));
        let level = |value: Decimal| match (self.basis, baseline) {
            (Basis::Change, Some((_, from))) => add(from, value),
            (Basis::ChangePerYear, Some((date, from))) => add(from, mul(value, years_between(date, due))?),
            _ => Ok(value),
        };
        let (one, other) = (
            level(self.aim.value)?,
            level(self.aim.upper.unwrap_or(self.aim.value))?,
        );
        let (low, high) = (one.min(other), one.max(other));
        let eve = self.due.start().yesterday().unwrap_or(self.due.start());
        let (start, now) = match self.basis {
            Basis::AtDue => (baseline, self.latest_by_due()),
            Basis::Change | Basis::ChangePerYear => (baseline, baseline.and_then(|_| self.latest_by_due())),
            Basis::Sum => (
                Some((eve, Decimal::ZERO)),
                self.gathered()?.map(|(sum, _, last)| (last, sum)),
            ),
            Basis::Compound => (None, self.compounded()?),
            Basis::Average => (
                None,
                match self.gathered()? {
                    Some((sum, years, last)) => Some((last, div(sum, years)?)),
                    None => None,
                },
            ),
        };
        let across_break = match (start, now) {
            (Some((from, _)), Some((to, _))) if self.basis.has_start() => {
                self.breaks.iter().any(|day| from < *day && *day <= to)
            }
            _ => false,
        };
        Ok(Course {
            side: self.side(low),
            low,
            high,
            bound: self.aim.bound,
            start,
            due,
            now,
            across_break,
        })
    }

    /// The geometric mean of the years' growth within the due period, in per cent, with the last day known.
    ///
    /// The product of `1 + rate ÷ 100` is exact; its root is taken in `f64` and kept to 9 significant digits, so that five
    /// years of 10% are 10% to the digit. Only whole years count: growth of half a year is no link of the chain. A year of
    /// −100% or less leaves nothing to grow from: −100.
    fn compounded(&self) -> Result<Option<(Date, Decimal)>, Error> {
        let mut years: Vec<&Outcome> = self
            .results
            .iter()
            .filter(|result| self.due.contains(result.period) && matches!(result.period, TimePeriod::Year(_)))
            .collect();
        years.sort_by_key(|result| result.period);
        let Some(last) = years.last() else {
            return Ok(None);
        };
        let mut product = Decimal::ONE;
        for (index, result) in years.iter().enumerate() {
            if index != 0 && years[index - 1].period == result.period {
                return Err(Error::Overlap(result.period, result.period));
            }
            let factor = add(Decimal::ONE, div(result.value, Decimal::ONE_HUNDRED)?)?;
            product = mul(product, factor.max(Decimal::ZERO))?.round_dp(20);
        }
        let mean = crate::pace::mean_rate(product, Decimal::from(years.len()))?;
        Ok(Some((last.date(), mean)))
    }

    /// The latest value on or before the due day; where there is none, the latest at all.
    fn latest_by_due(&self) -> Option<(Date, Decimal)> {
        let due = self.due.end();
        let key = |result: &&Outcome| (result.date(), result.period);
        self.results
            .iter()
            .filter(|result| result.date() <= due)
            .max_by_key(key)
            .or_else(|| self.results.iter().min_by_key(key))
            .map(|result| (result.date(), result.value))
    }

    /// Sum (for a mean: weighted by years), years covered and last day of the values within the due period.
    fn gathered(&self) -> Result<Option<(Decimal, Decimal, Date)>, Error> {
        let mut within: Vec<&Outcome> = self
            .results
            .iter()
            .filter(|result| self.due.contains(result.period))
            .collect();
        within.sort_by_key(|result| result.period);
        for pair in within.windows(2) {
            if pair[1].period.start() <= pair[0].period.end() {
                return Err(Error::Overlap(pair[0].period, pair[1].period));
            }
        }
        let (mut sum, mut covered) = (Decimal::ZERO, Decimal::ZERO);
        for result in &within {
            let years = path::length(result.period);
            covered = add(covered, years)?;
            let part = if self.basis == Basis::Average {
                mul(result.value, years)?
            } else {
                result.value
            };
            sum = add(sum, part)?;
        }
        Ok(within.last().map(|result| (sum, covered, result.date())))
    }
}
