//! What is scored, by what: the period and the rules that hold on its first day.

use plan::task::ScoreRules;
use store::Reading;
use terms::{Date, TimePeriod};

use crate::Error;

/// What is scored, by what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScoreFrame {
    /// The month or quarter.
    pub period: TimePeriod,
    /// Whether it goes on today, or has not begun.
    pub running: bool,
    /// The periods to choose from, the latest first.
    pub periods: Vec<TimePeriod>,
    /// The rules that hold on its first day; none before there were any.
    pub rules: Option<ScoreRules>,
    /// The entry that set them; none where they are the decree's own.
    pub rules_entry: Option<u64>,
}

/// The frame of a month or quarter; none asked: the quarter of today. One statement.
pub(super) async fn frame(
    reading: &mut Reading,
    period: Option<TimePeriod>,
    today: Date,
) -> Result<ScoreFrame, Error> {
    let period = period.unwrap_or_else(|| quarter(today.year(), today.month()));
    if !matches!(period, TimePeriod::Month(..) | TimePeriod::Quarter(..)) {
        return Err(Error::NotFound { what: "period" });
    }
    let stored = reading.score_rules().await?;
    let rules = ScoreRules::on(period.start(), stored.iter().map(|set| set.rules.clone()));
    let set = stored.iter().rev().find(|set| Some(&set.rules) == rules.as_ref());
    Ok(ScoreFrame {
        rules_entry: set.map(|set| set.entry),
        running: today <= period.end(),
        periods: periods(today),
        rules,
        period,
    })
}

fn quarter(year: i16, month: i8) -> TimePeriod {
    TimePeriod::Quarter(year, (month + 2) / 3)
}

/// This month, the eleven before it, and their quarters, each quarter ahead of its months.
fn periods(today: Date) -> Vec<TimePeriod> {
    let mut periods = Vec::new();
    let (mut year, mut month) = (today.year(), today.month());
    for _ in 0..12 {
        let quarter = quarter(year, month);
        if !periods.contains(&quarter) {
            periods.push(quarter);
        }
        periods.push(TimePeriod::Month(year, month));
        (year, month) = if month == 1 {
            (year - 1, 12)
        } else {
            (year, month - 1)
        };
    }
    periods
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_year_of_periods_is_offered_the_latest_first() {
        let periods = periods(jiff::civil::date(2026, 2, 10));
        let texts: Vec<String> = periods.iter().map(ToString::to_string).collect();
        assert_eq!(
            texts[..5],
            ["2026-Q1", "2026-02", "2026-01", "2025-Q4", "2025-12"]
        );
        assert_eq!(texts.len(), 17);
        assert_eq!(texts.last().map(String::as_str), Some("2025-03"));
    }
}
