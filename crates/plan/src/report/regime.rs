//! A report regime: name, content, who reports to whom, how often, cut-off, send-by.
//!
//! Source: Decree 09/2019/NĐ-CP, articles 4, 8, 12 and 13: what a regime must state. The days are the regime's own data.

use std::fmt;
use std::str::FromStr;

use jiff::ToSpan;
use terms::period::Simple;
use terms::{AreaLevel, Date, IndicatorCode, TimePeriod};

use super::calendar::{ReportCalendar, window};
use super::form::{Edit, Form, Item, Values};
use crate::{Edition, Office};

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

    /// The frequency of a code.
    pub fn of(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|frequency| frequency.code() == code)
    }

    /// The period before or after one of this frequency; none at the ends of the calendar.
    pub fn neighbour(self, period: TimePeriod, step: i8) -> Option<TimePeriod> {
        let day = if step < 0 {
            period.start().yesterday()
        } else {
            period.end().tomorrow()
        };
        day.ok()
            .filter(|day| (1..9999).contains(&day.year()))
            .map(|day| self.period_of(day))
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

/// The name of a regime for machines: lower-case words joined by `-` (`xa-thang`).
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RegimeCode(String);

impl RegimeCode {
    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for RegimeCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for RegimeCode {
    type Err = RegimeError;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let word = |word: &str| {
            !word.is_empty()
                && word
                    .bytes()
                    .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
        };
        if text.len() <= 40 && text.split('-').all(word) {
            Ok(Self(text.to_owned()))
        } else {
            Err(RegimeError::Code(text.to_owned()))
        }
    }
}

/// What a regime states, before anybody has looked whether it can stand.
///
/// Source: Decree 09/2019/NĐ-CP, article 8: name, content, who reports, who receives, way, send-by, frequency, cut-off,
/// outline, data form.
#[derive(Debug, Clone, PartialEq)]
pub struct Statement {
    /// Its name for machines; issuing another statement under the same code takes the place of this one.
    pub code: RegimeCode,
    /// Its name in Vietnamese.
    pub name_vi: String,
    /// Its name in English.
    pub name_en: String,
    /// What has to be told, in Vietnamese.
    pub content_vi: String,
    /// The same in English.
    pub content_en: String,
    /// Which tier reports: every unit of it below the receiver's area.
    pub reporters: AreaLevel,
    /// Who receives the reports: the People's Committee of an area, or a department of it.
    pub receiver: Office,
    /// On which way they are sent, in Vietnamese.
    pub way_vi: String,
    /// The same in English.
    pub way_en: String,
    /// How often.
    pub frequency: Frequency,
    /// How its periods are cut.
    pub calendar: ReportCalendar,
    /// Days from the cut-off to the last day for sending.
    pub send_by_days: i32,
    /// Days from the cut-off to the day after which only a correction with a reason is possible.
    pub lock_after_days: i32,
    /// The outline of the text that goes with the numbers, in Vietnamese.
    pub outline_vi: String,
    /// The same in English.
    pub outline_en: String,
    /// Which telling accepted values are.
    pub edition: Edition,
    /// The first day of the first period on which it asks.
    pub from: Date,
    /// The data form.
    pub items: Vec<Item>,
}

/// A regime that can stand.
#[derive(Debug, Clone, PartialEq)]
pub struct Regime(Statement);

/// Why a regime cannot stand.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RegimeError {
    /// Its code is none.
    #[error("“{0}” is no code: lower-case words joined by -")]
    Code(String),
    /// It has no name in one of the languages.
    #[error("a regime needs a name in both languages")]
    NoName,
    /// It asks for nothing.
    #[error("a regime asks for at least one indicator")]
    NoIndicator,
    /// It asks twice for the same: the reporter's time is the province's.
    #[error("{0} is asked twice")]
    AskedTwice(IndicatorCode),
    /// An edit compares with a value that the form does not ask for.
    #[error("{indicator} is compared with {with}, which the form does not ask for")]
    ComparedWithStranger {
        /// The line.
        indicator: IndicatorCode,
        /// What it is compared with.
        with: IndicatorCode,
    },
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
    /// Looks whether a statement can stand.
    ///
    /// # Errors
    /// [`RegimeError`] says which part cannot.
    pub fn new(statement: Statement) -> Result<Self, RegimeError> {
        if statement.name_vi.trim().is_empty() || statement.name_en.trim().is_empty() {
            return Err(RegimeError::NoName);
        }
        if statement.items.is_empty() {
            return Err(RegimeError::NoIndicator);
        }
        if !matches!(
            statement.reporters,
            AreaLevel::Commune | AreaLevel::District | AreaLevel::Province
        ) {
            return Err(RegimeError::NoReporters);
        }
        let codes: Vec<&IndicatorCode> = statement.items.iter().map(|item| &item.indicator).collect();
        for (at, item) in statement.items.iter().enumerate() {
            if codes[..at].contains(&&item.indicator) {
                return Err(RegimeError::AskedTwice(item.indicator.clone()));
            }
            let compared = item.edits.iter().flat_map(|edit| match edit {
                Edit::NotMoreThan(other) => vec![other],
                Edit::PartsNotMoreThan { with, whole } => with.iter().chain([whole]).collect(),
                _ => Vec::new(),
            });
            if let Some(stranger) = compared.into_iter().find(|code| !codes.contains(code)) {
                return Err(RegimeError::ComparedWithStranger {
                    indicator: item.indicator.clone(),
                    with: stranger.clone(),
                });
            }
        }
        if statement.send_by_days < 0 || statement.lock_after_days < statement.send_by_days {
            return Err(RegimeError::ClosesBeforeItOpens);
        }
        Ok(Self(statement))
    }

    /// What it states.
    pub fn states(&self) -> &Statement {
        &self.0
    }

    /// Its name for machines.
    pub fn code(&self) -> &RegimeCode {
        &self.0.code
    }

    /// What it asks for, in the order of the form.
    pub fn indicators(&self) -> impl Iterator<Item = &IndicatorCode> {
        self.0.items.iter().map(|item| &item.indicator)
    }

    /// Its form for a unit whose last period had these values.
    pub fn form(&self, last: Values) -> Form {
        Form {
            items: self.0.items.clone(),
            last,
        }
    }

    /// The last day of which a report on `period` tells.
    pub fn cut_off(&self, period: TimePeriod) -> Date {
        window(period, self.0.calendar).1
    }

    /// The last day on which a report on `period` is in time.
    pub fn send_by(&self, period: TimePeriod) -> Date {
        self.cut_off(period).saturating_add(self.0.send_by_days.days())
    }

    /// The last day on which a report on `period` can be filled in.
    pub fn locks_after(&self, period: TimePeriod) -> Date {
        self.cut_off(period).saturating_add(self.0.lock_after_days.days())
    }

    /// The days of which values of a report on `period` tell, as the register keeps them: the period itself, or, where
    /// days are cut as the decree does, those very days, so that they are never taken for the calendar's.
    pub fn told_of(&self, period: TimePeriod) -> TimePeriod {
        match self.0.calendar {
            ReportCalendar::Calendar => period,
            ReportCalendar::Statutory => {
                let (first, last) = window(period, self.0.calendar);
                TimePeriod::span(Simple::Day(first), Simple::Day(last)).unwrap_or(period)
            }
        }
    }

    /// The latest period whose cut-off has passed on `day`, so that its report is due or will be soon.
    pub fn latest_told(&self, day: Date) -> Option<TimePeriod> {
        let mut period = self.0.frequency.period_of(day);
        // The statutory cut-off lies before the period's last day: at most one step back is needed.
        while day <= self.cut_off(period) {
            period = self.0.frequency.neighbour(period, -1)?;
        }
        self.asks_for(period).then_some(period)
    }

    /// Whether it asks for a report on `period`.
    pub fn asks_for(&self, period: TimePeriod) -> bool {
        self.0.frequency.fits(period) && self.0.from <= period.start()
    }

    /// The periods whose forms can be filled in on `day`, the latest first. O(periods between opening and lock).
    pub fn open_periods(&self, day: Date) -> Vec<TimePeriod> {
        let mut open = Vec::new();
        // A statutory period opens before its own first day.
        let mut next = self.0.frequency.neighbour(self.0.frequency.period_of(day), 1);
        while let Some(period) = next {
            if self.locks_after(period) < day || period.start() < self.0.from {
                break;
            }
            if matches!(self.openness(period, day), Openness::Open { .. }) {
                open.push(period);
            }
            next = self.0.frequency.neighbour(period, -1);
        }
        open
    }

    /// Whether a form for `period` is open on `day`; if not, why.
    pub fn openness(&self, period: TimePeriod, day: Date) -> Openness {
        if !self.asks_for(period) {
            Openness::NoSuchPeriod
        } else if day < window(period, self.0.calendar).0 {
            Openness::NotYet {
                opens: window(period, self.0.calendar).0,
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

/// A regime for the tests of this module's neighbours.
#[cfg(test)]
pub(super) mod tests_support {
    use terms::RefArea;

    use super::*;

    pub(crate) fn statement() -> Statement {
        let text = String::new;
        Statement {
            code: "xa-thang".parse().unwrap(),
            name_vi: "Báo cáo tháng của xã".to_owned(),
            name_en: "Monthly report of a commune".to_owned(),
            content_vi: text(),
            content_en: text(),
            reporters: AreaLevel::Commune,
            receiver: Office::committee(RefArea::from_static("VN-11")),
            way_vi: text(),
            way_en: text(),
            frequency: Frequency::Monthly,
            calendar: ReportCalendar::Statutory,
            send_by_days: 2,
            lock_after_days: 10,
            outline_vi: text(),
            outline_en: text(),
            edition: Edition::Preliminary,
            from: "2025-01-01".parse().unwrap(),
            items: vec![item("poverty.rate", Vec::new())],
        }
    }

    pub(crate) fn item(code: &str, edits: Vec<Edit>) -> Item {
        Item {
            indicator: code.parse().unwrap(),
            unit: terms::UnitMeasure::PERCENT,
            required: true,
            edits,
            hint_vi: String::new(),
            hint_en: String::new(),
        }
    }

    pub(crate) fn monthly() -> Regime {
        Regime::new(statement()).unwrap()
    }
}

#[cfg(test)]
mod tests {
    use super::tests_support::{item, monthly, statement};
    use super::*;

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
        let made = |change: fn(&mut Statement)| {
            let mut statement = statement();
            change(&mut statement);
            Regime::new(statement).unwrap_err()
        };
        let rate: IndicatorCode = "poverty.rate".parse().unwrap();
        assert_eq!(made(|it| it.name_en = " ".to_owned()), RegimeError::NoName);
        assert_eq!(made(|it| it.items.clear()), RegimeError::NoIndicator);
        assert_eq!(
            made(|it| it.items.push(item("poverty.rate", Vec::new()))),
            RegimeError::AskedTwice(rate.clone())
        );
        assert_eq!(made(|it| it.send_by_days = 11), RegimeError::ClosesBeforeItOpens);
        assert_eq!(
            made(|it| it.reporters = AreaLevel::Country),
            RegimeError::NoReporters
        );
        assert_eq!(
            made(|it| it.items[0].edits = vec![Edit::NotMoreThan("households.total".parse().unwrap())]),
            RegimeError::ComparedWithStranger {
                indicator: rate,
                with: "households.total".parse().unwrap()
            }
        );
        for text in ["", "Xa", "xa--thang", "xa thang", "-xa"] {
            assert!(text.parse::<RegimeCode>().is_err(), "{text}");
        }
    }

    #[test]
    fn statutory_values_are_kept_under_their_own_days() {
        let march = TimePeriod::Month(2026, 3);
        assert_eq!(monthly().told_of(march).to_string(), "2026-02-15/2026-03-14");
        let mut calendar = statement();
        calendar.calendar = ReportCalendar::Calendar;
        assert_eq!(Regime::new(calendar).unwrap().told_of(march), march);
    }

    #[test]
    fn open_periods_and_the_latest_told_agree_with_each_day() {
        let regime = monthly();
        let mut day: Date = "2025-01-01".parse().unwrap();
        while day.year() == 2025 {
            let open = regime.open_periods(day);
            for month in 1..=12 {
                let period = TimePeriod::Month(2025, month);
                let is_open = matches!(regime.openness(period, day), Openness::Open { .. });
                assert_eq!(open.contains(&period), is_open, "{period} on {day}");
            }
            if let Some(told) = regime.latest_told(day) {
                assert!(regime.cut_off(told) < day);
                let next = Frequency::Monthly.neighbour(told, 1).unwrap();
                assert!(day <= regime.cut_off(next));
            }
            day = day.tomorrow().unwrap();
        }
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
