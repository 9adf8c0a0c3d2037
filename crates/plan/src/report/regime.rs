//! A report regime: name, content, who reports to whom, how often, cut-off, send-by.
//!
//! Source: Decree 09/2019/NĐ-CP, articles 4, 8, 12 and 13: what a regime must state. The days are the regime's own data.

use jiff::ToSpan;
use terms::{AreaLevel, Date, IndicatorCode, RefArea, TimePeriod};

use super::calendar::{ReportCalendar, window};

/// How often a report is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Frequency {
    /// Each month.
    Monthly,
    /// Each quarter.
    Quarterly,
    /// Each half year.
    HalfYearly,
    /// Each year.
    Yearly,
}

impl Frequency {
    /// Every frequency.
    pub const ALL: [Frequency; 4] = [
        Frequency::Monthly,
        Frequency::Quarterly,
        Frequency::HalfYearly,
        Frequency::Yearly,
    ];

    /// The stable code (SDMX `CL_FREQ`).
    pub const fn code(self) -> &'static str {
        match self {
            Frequency::Monthly => "M",
            Frequency::Quarterly => "Q",
            Frequency::HalfYearly => "S",
            Frequency::Yearly => "A",
        }
    }

    /// Whether a period is one of this frequency.
    pub const fn fits(self, period: TimePeriod) -> bool {
        matches!(
            (self, period),
            (Frequency::Monthly, TimePeriod::Month(..))
                | (Frequency::Quarterly, TimePeriod::Quarter(..))
                | (Frequency::HalfYearly, TimePeriod::Half(..))
                | (Frequency::Yearly, TimePeriod::Year(_))
        )
    }

    /// The period of this frequency whose own days hold `day`.
    pub fn period_of(self, day: Date) -> TimePeriod {
        let (year, month) = (day.year(), day.month());
        match self {
            Frequency::Monthly => TimePeriod::Month(year, month),
            Frequency::Quarterly => TimePeriod::Quarter(year, (month + 2) / 3),
            Frequency::HalfYearly => TimePeriod::Half(year, (month + 5) / 6),
            Frequency::Yearly => TimePeriod::Year(year),
        }
    }
}

/// What a regime must state.
#[derive(Debug, Clone, PartialEq)]
pub struct Regime {
    name: String,
    reporters: AreaLevel,
    receiver: RefArea,
    frequency: Frequency,
    calendar: ReportCalendar,
    send_by_days: i32,
    lock_after_days: i32,
    indicators: Vec<IndicatorCode>,
}

/// Why a regime cannot stand.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RegimeError {
    /// It has no name.
    #[error("a regime needs a name")]
    NoName,
    /// It asks for nothing.
    #[error("a regime asks for at least one indicator")]
    NoIndicator,
    /// It asks twice for the same: the reporter's time is the province's.
    #[error("{0} is asked twice")]
    AskedTwice(IndicatorCode),
    /// Only communes, districts and provinces report.
    #[error("units of this tier do not report")]
    NoReporters,
    /// It would close before it opens.
    #[error(
        "send-by and lock days count from the cut-off and are not negative, and the lock is not before the send-by"
    )]
    ClosesBeforeItOpens,
}

impl Regime {
    /// Puts a regime together.
    ///
    /// `send_by_days` counts from the cut-off (the last day told of) to the last day for sending; `lock_after_days`
    /// from the cut-off to the day after which only a correction with a reason is possible.
    ///
    /// # Errors
    /// [`RegimeError`] says which part cannot stand.
    #[expect(
        clippy::too_many_arguments,
        reason = "the decree lists these eight parts of a regime; each is required"
    )]
    pub fn new(
        name: impl Into<String>,
        reporters: AreaLevel,
        receiver: RefArea,
        frequency: Frequency,
        calendar: ReportCalendar,
        send_by_days: i32,
        lock_after_days: i32,
        indicators: Vec<IndicatorCode>,
    ) -> Result<Self, RegimeError> {
        let name = name.into();
        if name.trim().is_empty() {
            return Err(RegimeError::NoName);
        }
        if indicators.is_empty() {
            return Err(RegimeError::NoIndicator);
        }
        if !matches!(
            reporters,
            AreaLevel::Commune | AreaLevel::District | AreaLevel::Province
        ) {
            return Err(RegimeError::NoReporters);
        }
        if let Some((index, twice)) = indicators
            .iter()
            .enumerate()
            .find(|(index, code)| indicators[..*index].contains(code))
        {
            debug_assert!(0 < index);
            return Err(RegimeError::AskedTwice(twice.clone()));
        }
        if send_by_days < 0 || lock_after_days < send_by_days {
            return Err(RegimeError::ClosesBeforeItOpens);
        }
        Ok(Self {
            name,
            reporters,
            receiver,
            frequency,
            calendar,
            send_by_days,
            lock_after_days,
            indicators,
        })
    }

    /// What it is called.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The tier whose every unit reports.
    pub fn reporters(&self) -> AreaLevel {
        self.reporters
    }

    /// To whom.
    pub fn receiver(&self) -> &RefArea {
        &self.receiver
    }

    /// How often.
    pub fn frequency(&self) -> Frequency {
        self.frequency
    }

    /// In which calendar its periods are cut.
    pub fn calendar(&self) -> ReportCalendar {
        self.calendar
    }

    /// Days from the cut-off to the last day for sending.
    pub fn send_by_days(&self) -> i32 {
        self.send_by_days
    }

    /// Days from the cut-off to the lock.
    pub fn lock_after_days(&self) -> i32 {
        self.lock_after_days
    }

    /// What it asks for, in the order of the form.
    pub fn indicators(&self) -> &[IndicatorCode] {
        &self.indicators
    }

    /// The last day of which a report on `period` tells.
    pub fn cut_off(&self, period: TimePeriod) -> Date {
        window(period, self.calendar).1
    }

    /// The last day on which a report on `period` is in time.
    pub fn send_by(&self, period: TimePeriod) -> Date {
        self.cut_off(period).saturating_add(self.send_by_days.days())
    }

    /// The last day on which a report on `period` can be filled in.
    pub fn locks_after(&self, period: TimePeriod) -> Date {
        self.cut_off(period).saturating_add(self.lock_after_days.days())
    }

    /// Whether a form for `period` is open on `day`; if not, why.
    pub fn openness(&self, period: TimePeriod, day: Date) -> Openness {
        if !self.frequency.fits(period) {
            Openness::NoSuchPeriod
        } else if day < window(period, self.calendar).0 {
            Openness::NotYet {
                opens: window(period, self.calendar).0,
            }
        } else if self.locks_after(period) < day {
            Openness::Closed {
                since: self.locks_after(period),
            }
        } else {
            Openness::Open {
                send_by: self.send_by(period),
                late: self.send_by(period) < day,
            }
        }
    }
}

/// Whether a form can be filled in, and why not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Openness {
    /// The regime has no report on such a period.
    NoSuchPeriod,
    /// The period has not begun.
    NotYet {
        /// Its first day.
        opens: Date,
    },
    /// It can be filled in.
    Open {
        /// The last day in time.
        send_by: Date,
        /// Whether that day has passed.
        late: bool,
    },
    /// The last day has passed: what changes now is a correction.
    Closed {
        /// The last day.
        since: Date,
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    fn monthly() -> Regime {
        Regime::new(
            "Báo cáo tháng của xã",
            AreaLevel::Commune,
            RefArea::from_static("VN-11"),
            Frequency::Monthly,
            ReportCalendar::Statutory,
            2,
            10,
            vec!["poverty.rate".parse().unwrap()],
        )
        .unwrap()
    }

    /// Source: Decree 09/2019/NĐ-CP, articles 12 and 13; two days after the cut-off as in Khánh Hòa's rules.
    #[test]
    fn a_form_opens_with_its_window_is_late_after_send_by_and_closes_at_the_lock() {
        let (regime, march) = (monthly(), TimePeriod::Month(2026, 3));
        let on = |text: &str| regime.openness(march, text.parse().unwrap());
        assert_eq!(
            on("2026-02-14"),
            Openness::NotYet {
                opens: "2026-02-15".parse().unwrap()
            }
        );
        let send_by = "2026-03-16".parse().unwrap();
        assert_eq!(on("2026-02-15"), Openness::Open { send_by, late: false });
        assert_eq!(on("2026-03-16"), Openness::Open { send_by, late: false });
        assert_eq!(on("2026-03-17"), Openness::Open { send_by, late: true });
        assert_eq!(
            on("2026-03-25"),
            Openness::Closed {
                since: "2026-03-24".parse().unwrap()
            }
        );
        assert_eq!(
            regime.openness(TimePeriod::Year(2026), send_by),
            Openness::NoSuchPeriod
        );
    }

    #[test]
    fn what_cannot_stand_is_named() {
        let twice: IndicatorCode = "poverty.rate".parse().unwrap();
        let make = |name: &str, send_by, lock, indicators| {
            Regime::new(
                name,
                AreaLevel::Commune,
                RefArea::from_static("VN-11"),
                Frequency::Monthly,
                ReportCalendar::Calendar,
                send_by,
                lock,
                indicators,
            )
        };
        assert_eq!(make(" ", 1, 2, vec![twice.clone()]), Err(RegimeError::NoName));
        assert_eq!(make("a", 1, 2, vec![]), Err(RegimeError::NoIndicator));
        assert_eq!(
            make("a", 1, 2, vec![twice.clone(), twice.clone()]),
            Err(RegimeError::AskedTwice(twice.clone()))
        );
        assert_eq!(
            make("a", 3, 2, vec![twice]),
            Err(RegimeError::ClosesBeforeItOpens)
        );
    }

    #[test]
    fn every_day_lies_in_one_period_of_each_frequency() {
        let mut day: Date = "2024-01-01".parse().unwrap();
        while day.year() == 2024 {
            for frequency in Frequency::ALL {
                let period = frequency.period_of(day);
                assert!(frequency.fits(period));
                assert!(
                    period.start() <= day && day <= period.end(),
                    "{frequency:?} {day}"
                );
            }
            day = day.tomorrow().unwrap();
        }
    }
}
