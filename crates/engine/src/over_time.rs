//! A longer period from shorter ones: which reported periods make up a year, and what they come to by the indicator's rule.
//!
//! Periods are told in months (or, over several years, in years). Of a flow the disjoint periods count that cover the most
//! months, the fewest of them: a half and six months, two quarters and a half, or «January–September» with three months. Of
//! a stock the last counts. Months of the calendar (1st to last) and of the decree's reporting year (15th to 14th, Decree
//! 09/2019 article 12) never stand in one sum: a period is made of steps of its own calendar only.

use jiff::ToSpan;
use plan::OverTime;
use terms::period::Simple;
use terms::{Date, Decimal, TimePeriod};

use crate::exact::{add, div, mul, sub};
use crate::period::between;

/// A shorter period within a longer one, by the months (or years) from its start.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// Which.
    pub period: TimePeriod,
    /// The first month of it, counted from nought.
    pub from: u32,
    /// The month after its last.
    pub to: u32,
}

/// What a period can be put together from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grid {
    /// How many months (or years) it has.
    pub of: u32,
    /// Whether it is counted in years.
    pub in_years: bool,
    /// Every shorter period of the same calendar within it, the longer ones first.
    pub steps: Vec<Step>,
    /// Where its value is also what is told of two periods from the start of the year: up to its end, less up to its start.
    pub difference: Option<(TimePeriod, TimePeriod)>,
}

/// How shorter periods became a longer one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Way {
    /// Their sum.
    Sum,
    /// The second, told from the start of the year, taken from the first.
    Difference,
    /// The last of them.
    Last,
    /// Their mean, each by its length.
    Mean,
    /// The greatest of them.
    Max,
}

impl Way {
    /// The stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Way::Sum => "sum",
            Way::Difference => "difference",
            Way::Last => "last",
            Way::Mean => "mean",
            Way::Max => "max",
        }
    }
}

/// What some of the steps come to.
#[derive(Debug, Clone, PartialEq)]
pub struct Composed {
    /// How.
    pub way: Way,
    /// The value; none where it would cross a changed standard or has too many digits.
    pub value: Option<Decimal>,
    /// Which of the steps given, in order of time.
    pub parts: Vec<usize>,
    /// Months (or years) that are covered.
    pub known: u32,
    /// Of how many.
    pub of: u32,
    /// Whether these are years.
    pub in_years: bool,
    /// The first day of a standard that began within the period, where values before and after it would have met.
    pub broken: Option<Date>,
}

/// The steps of a period; none where it is one day, or no whole months or years.
pub fn grid(period: TimePeriod) -> Option<Grid> {
    if let TimePeriod::Span(Simple::Year(from), Simple::Year(to)) = period {
        let of = u32::try_from(to - from + 1).ok()?;
        let years = (0..of).zip(from..=to);
        return Some(Grid {
            of,
            in_years: true,
            steps: years
                .map(|(at, year)| Step {
                    period: TimePeriod::Year(year),
                    from: at,
                    to: at + 1,
                })
                .collect(),
            difference: None,
        });
    }
    let (start, end) = (period.start(), period.end());
    let statutory = start.day() == 15 && end.day() == 14;
    if !statutory && (start.day() != 1 || end != end.last_of_month()) {
        return None;
    }
    // The month by which a step is called: of the decree's months that of their 14th.
    let first = if statutory {
        start.first_of_month().saturating_add(1.month())
    } else {
        start
    };
    let months = i32::from(end.year() - first.year()) * 12 + i32::from(end.month() - first.month()) + 1;
    let of = u32::try_from(months).ok().filter(|of| (1..=12).contains(of))?;
    let named = |from: u32, to: u32| -> Option<TimePeriod> {
        let day = |month: u32| first.saturating_add(i64::from(month).months());
        let (begins, ends) = (day(from), day(to - 1));
        if statutory {
            let begins = begins.saturating_sub(1.month()).saturating_add(14.days());
            TimePeriod::span(Simple::Day(begins), Simple::Day(ends.saturating_add(13.days()))).ok()
        } else {
            between(begins, ends.last_of_month())
        }
    };
    let mut steps = Vec::new();
    for length in (1..of).rev() {
        for from in 0..=of - length {
            let to = from + length;
            let last = u32::from(
                first
                    .saturating_add(i64::from(to - 1).months())
                    .month()
                    .unsigned_abs(),
            );
            let is_told = match length {
                1 => true,
                3 | 6 => last.is_multiple_of(length) || (from == 0 && first.month() == 1),
                _ => from == 0 && first.month() == 1,
            };
            if is_told && let Some(period) = named(from, to) {
                steps.push(Step { period, from, to });
            }
        }
    }
    let before = u32::try_from(first.month() - 1).ok()?;
    let difference = (before != 0)
        .then(|| {
            let year = i64::from(before).months();
            let since = |months: u32| {
                let january = first.saturating_sub(year);
                let ends = january.saturating_add(i64::from(months - 1).months());
                if statutory {
                    let begins = january.saturating_sub(1.month()).saturating_add(14.days());
                    TimePeriod::span(Simple::Day(begins), Simple::Day(ends.saturating_add(13.days()))).ok()
                } else {
                    between(january, ends.last_of_month())
                }
            };
            (before + of <= 12)
                .then(|| since(before + of).zip(since(before)))
                .flatten()
        })
        .flatten();
    Some(Grid {
        of,
        in_years: false,
        steps,
        difference,
    })
}

/// What the known steps of a period come to by a rule; none where the rule has no answer or nothing is known. `breaks` are
/// the first days of changed standards. O(months × steps).
pub fn compose(
    rule: OverTime,
    period: TimePeriod,
    grid: &Grid,
    known: &[Option<Decimal>],
    breaks: &[Date],
) -> Option<Composed> {
    let within = |day: &&Date| period.start() < **day && **day <= period.end();
    let broken = breaks.iter().filter(within).max().copied();
    let composed = |way, value, parts: Vec<usize>, broken| {
        let steps = parts
            .iter()
            .map(|part| grid.steps[*part].to - grid.steps[*part].from);
        Composed {
            way,
            value,
            known: steps.sum(),
            parts,
            of: grid.of,
            in_years: grid.in_years,
            broken,
        }
    };
    let value_of = |part: &usize| known[*part];
    match rule {
        OverTime::Last => {
            // After a changed standard only what was told by it counts.
            let is_of_today = |at: &usize| {
                value_of(at).is_some() && broken.is_none_or(|day| day <= grid.steps[*at].period.start())
            };
            let last = (0..grid.steps.len()).filter(is_of_today).min_by_key(|at| {
                std::cmp::Reverse((grid.steps[*at].to, grid.steps[*at].to - grid.steps[*at].from))
            })?;
            Some(Composed {
                known: grid.steps[last].to,
                ..composed(Way::Last, value_of(&last), vec![last], None)
            })
        }
        OverTime::Sum | OverTime::Mean | OverTime::Max => {
            let parts = cover(grid, known);
            if parts.is_empty() {
                return None;
            }
            let way = match rule {
                OverTime::Mean => Way::Mean,
                OverTime::Max => Way::Max,
                _ => Way::Sum,
            };
            if broken.is_some() {
                return Some(composed(way, None, parts, broken));
            }
            let values = parts
                .iter()
                .filter_map(|part| Some((value_of(part)?, grid.steps[*part])));
            let value = match way {
                Way::Max => values.map(|(value, _)| value).max(),
                Way::Mean => mean(values),
                _ => values
                    .map(|(value, _)| value)
                    .try_fold(Decimal::ZERO, |sum, value| add(sum, value).ok()),
            };
            Some(composed(way, value, parts, None))
        }
        OverTime::Ratio | OverTime::Compound | OverTime::None => None,
    }
}

/// What a flow comes to that is told twice since the start of the year; none where a standard changed in between.
pub fn taken_from(
    year_to_end: Decimal,
    year_to_start: Decimal,
    (whole, _): (TimePeriod, TimePeriod),
    breaks: &[Date],
) -> Option<Decimal> {
    let crosses = breaks
        .iter()
        .any(|day| whole.start() < *day && *day <= whole.end());
    sub(year_to_end, year_to_start).ok().filter(|_| !crosses)
}

fn mean(values: impl Iterator<Item = (Decimal, Step)>) -> Option<Decimal> {
    let (mut over, mut under) = (Decimal::ZERO, 0);
    for (value, step) in values {
        let months = step.to - step.from;
        over = add(over, mul(value, Decimal::from(months)).ok()?).ok()?;
        under += months;
    }
    div(over, Decimal::from(under)).ok()
}

/// The disjoint known steps that cover the most, the fewest of them; among equals those that were tried first, which are
/// the longer and earlier ones.
fn cover(grid: &Grid, known: &[Option<Decimal>]) -> Vec<usize> {
    // For each month: the most that can be covered up to it, with how many steps, and by which last step.
    let mut best: Vec<(u32, u32, Option<usize>)> = vec![(0, 0, None)];
    for month in 1..=grid.of {
        let (covered, count, _) = best[month as usize - 1];
        let mut here = (covered, count, None);
        for (at, step) in grid.steps.iter().enumerate().filter(|(_, step)| step.to == month) {
            if known[at].is_some() {
                let (before, count, _) = best[step.from as usize];
                let with = (before + step.to - step.from, count + 1);
                if here.0 < with.0 || (here.0 == with.0 && with.1 < here.1) {
                    here = (with.0, with.1, Some(at));
                }
            }
        }
        best.push(here);
    }
    let (mut parts, mut month) = (Vec::new(), grid.of);
    while 0 < month {
        match best[month as usize].2 {
            Some(at) => {
                parts.push(at);
                month = grid.steps[at].from;
            }
            None => month -= 1,
        }
    }
    parts.reverse();
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(
        rule: OverTime,
        period: &str,
        told: &[(&str, &str)],
        breaks: &[&str],
    ) -> Option<(Option<String>, u32, u32)> {
        let period: TimePeriod = period.parse().unwrap();
        let grid = grid(period)?;
        let known: Vec<Option<Decimal>> = grid
            .steps
            .iter()
            .map(|step| {
                let found = told.iter().find(|(name, _)| step.period == name.parse().unwrap());
                found.map(|(_, value)| value.parse().unwrap())
            })
            .collect();
        let breaks: Vec<Date> = breaks.iter().map(|day| day.parse().unwrap()).collect();
        let composed = compose(rule, period, &grid, &known, &breaks)?;
        let value = composed.value.map(|value| value.normalize().to_string());
        Some((value, composed.known, composed.of))
    }

    #[expect(clippy::unnecessary_wraps, reason = "what is compared with may be nothing")]
    fn some(value: &str, known: u32, of: u32) -> Option<(Option<String>, u32, u32)> {
        Some((Some(value.to_owned()), known, of))
    }

    #[test]
    fn a_year_is_the_reports_that_cover_the_most_of_it_and_no_month_counts_twice() {
        let months = [
            ("2026-07", "5"),
            ("2026-08", "6"),
            ("2026-09", "7"),
            ("2026-11", "9"),
        ];
        assert_eq!(of(OverTime::Sum, "2026", &months, &[]), some("27", 4, 12));
        // The half and the quarter before its months, and nine months before all of them.
        let mut told = months.to_vec();
        told.extend([("2026-H1", "40"), ("2026-Q3", "18")]);
        assert_eq!(of(OverTime::Sum, "2026", &told, &[]), some("67", 10, 12));
        told.push(("2026-01/2026-09", "57"));
        assert_eq!(of(OverTime::Sum, "2026", &told, &[]), some("66", 10, 12));
        assert_eq!(of(OverTime::Sum, "2026-Q3", &months, &[]), some("18", 3, 3));
        assert_eq!(of(OverTime::Sum, "2026", &[], &[]), None, "nothing is not zero");
    }

    #[test]
    fn a_stock_is_the_last_a_mean_goes_by_length_and_the_greatest_is_one_of_them() {
        let told = [("2026-Q1", "10"), ("2026-06", "40"), ("2026-10", "30")];
        assert_eq!(of(OverTime::Last, "2026", &told, &[]), some("30", 10, 12));
        assert_eq!(of(OverTime::Last, "2026-H1", &told, &[]), some("40", 6, 6));
        // (3 × 10 + 40 + 30) ÷ 5
        assert_eq!(of(OverTime::Mean, "2026", &told, &[]), some("20", 5, 12));
        assert_eq!(of(OverTime::Max, "2026", &told, &[]), some("40", 5, 12));
        assert_eq!(of(OverTime::None, "2026", &told, &[]), None);
    }

    #[test]
    fn years_make_a_term_and_lack_what_they_lack() {
        let told = [("2026", "43.5"), ("2027", "46"), ("2029", "0")];
        assert_eq!(of(OverTime::Sum, "2026/2030", &told, &[]), some("89.5", 3, 5));
        assert_eq!(of(OverTime::Last, "2026/2030", &told, &[]), some("0", 4, 5));
    }

    /// The rural criteria changed on 15 February 2026: what was counted before is another thing.
    #[test]
    fn nothing_is_put_together_across_a_changed_standard() {
        let told = [("2026-01", "3"), ("2026-02", "4"), ("2026-03", "5")];
        assert_eq!(
            of(OverTime::Sum, "2026-Q1", &told, &["2026-02-15"]),
            Some((None, 3, 3))
        );
        assert_eq!(
            of(OverTime::Last, "2026-Q1", &told, &["2026-02-15"]),
            some("5", 3, 3)
        );
        assert_eq!(of(OverTime::Last, "2026-Q1", &told[..2], &["2026-02-15"]), None);
        assert_eq!(
            of(OverTime::Sum, "2026-Q1", &told, &["2026-01-01"]),
            some("12", 3, 3)
        );
    }

    /// Decree 09/2019 article 12: the decree's quarter is its own three months; the calendar's months are no part of it.
    #[test]
    fn the_two_calendars_never_stand_in_one_sum() {
        let calendar = [("2026-01", "1"), ("2026-02", "2"), ("2026-03", "4")];
        let decree = [
            ("2025-12-15/2026-01-14", "8"),
            ("2026-01-15/2026-02-14", "16"),
            ("2026-02-15/2026-03-14", "32"),
        ];
        let both: Vec<_> = calendar.iter().chain(&decree).copied().collect();
        assert_eq!(of(OverTime::Sum, "2026-Q1", &both, &[]), some("7", 3, 3));
        assert_eq!(
            of(OverTime::Sum, "2025-12-15/2026-03-14", &both, &[]),
            some("56", 3, 3)
        );
        assert_eq!(
            of(OverTime::Sum, "2025-12-15/2026-12-14", &both, &[]),
            some("56", 3, 12)
        );
        assert_eq!(of(OverTime::Sum, "2026-01-10/2026-03-20", &both, &[]), None);
    }

    #[test]
    fn a_quarter_is_also_nine_months_less_six() {
        let quarter = grid("2026-Q3".parse().unwrap()).unwrap();
        let names = quarter
            .difference
            .map(|(whole, before)| (whole.to_string(), before.to_string()));
        assert_eq!(names, Some(("2026-01/2026-09".to_owned(), "2026-H1".to_owned())));
        assert_eq!(grid("2026-Q1".parse().unwrap()).unwrap().difference, None);
        let decree = grid("2026-06-15/2026-09-14".parse().unwrap()).unwrap();
        let names = decree
            .difference
            .map(|(whole, before)| (whole.to_string(), before.to_string()));
        assert_eq!(
            names,
            Some((
                "2025-12-15/2026-09-14".to_owned(),
                "2025-12-15/2026-06-14".to_owned()
            ))
        );
        let year = "2026-01/2026-09".parse().unwrap();
        let taken = taken_from(Decimal::from(57), Decimal::from(40), (year, year), &[]);
        assert_eq!(taken, Some(Decimal::from(17)));
    }
}
