//! A series within the borders of another day: what was reported within the old borders beside what it comes to in others.
//!
//! What was reported stays what it was; here it is only put together anew ([`engine::rebase`]). Sums are exact, rates are
//! made anew from what stands above and below, means by their weight; what was divided is marked with the share that was
//! used, and what cannot be divided says so.

mod cells;
mod desk;

use plan::PriceBasis;
use terms::{AreaLevel, Date, Decimal, IndicatorCode, RefArea, TimePeriod};

use crate::held::Wanted;
use crate::policy::Action;
use crate::register::PROVINCE;
use crate::view::{IndicatorName, UnitName};
use crate::{Actor, App, Error};
use desk::{Desk, told_periods};

/// What is to be brought into other borders.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct RebasedQuery {
    /// Of what; none: the first of the catalogue of which communes reported something.
    pub indicator: Option<IndicatorCode>,
    /// Within the borders of which day; none: today's.
    pub as_of: Option<Date>,
    /// Only this unit of that day; none: all of them.
    pub unit: Option<RefArea>,
    /// In which steps; none: those of which most is known.
    pub every: Option<Every>,
    /// By what merged units are divided when the way goes back; none: they are not divided.
    pub weight: Option<IndicatorCode>,
}

/// The length of the periods of a series.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Every {
    /// Years.
    Year,
    /// Halves of a year.
    Half,
    /// Quarters.
    Quarter,
    /// Months.
    Month,
    /// Days and any other spans.
    Other,
}

impl Every {
    /// Every length, the longest first.
    pub const ALL: [Every; 5] = [
        Every::Year,
        Every::Half,
        Every::Quarter,
        Every::Month,
        Every::Other,
    ];

    /// The length of a period.
    pub const fn of(period: TimePeriod) -> Self {
        match period {
            TimePeriod::Year(_) => Every::Year,
            TimePeriod::Half(..) => Every::Half,
            TimePeriod::Quarter(..) => Every::Quarter,
            TimePeriod::Month(..) => Every::Month,
            TimePeriod::Day(_) | TimePeriod::Span(..) => Every::Other,
        }
    }

    /// The stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Every::Year => "year",
            Every::Half => "half",
            Every::Quarter => "quarter",
            Every::Month => "month",
            Every::Other => "other",
        }
    }
}

/// A series within the borders of a day.
#[derive(Debug, Clone, PartialEq)]
pub struct RebasedView {
    /// The indicators of which communes reported something, in the catalogue's order.
    pub choices: Vec<IndicatorName>,
    /// The day whose borders are meant.
    pub as_of: Date,
    /// Today, and the last day before each change of borders: days worth asking for, the newest first.
    pub days: Vec<Date>,
    /// The units of that day, by code.
    pub units: Vec<UnitName>,
    /// The one unit that was asked for.
    pub unit: Option<UnitName>,
    /// What is shown; none where communes reported nothing.
    pub shown: Option<RebasedSeries>,
}

/// An indicator's figures in other borders.
#[derive(Debug, Clone, PartialEq)]
pub struct RebasedSeries {
    /// Of what.
    pub indicator: IndicatorName,
    /// How figures of several units become one.
    pub manner: Manner,
    /// In whose prices, where it is money and somebody says so.
    pub price_basis: Option<PriceBasis>,
    /// The lengths of period of which something is known.
    pub lengths: Vec<Every>,
    /// The one that is shown.
    pub every: Every,
    /// The periods, oldest first.
    pub periods: Vec<Column>,
    /// The units of the day asked for, in the order of their codes, with one cell a period.
    pub rows: Vec<RebasedRow>,
    /// What the units reported within the borders of their own day, by code, with one value a period.
    pub reported: Vec<ReportedRow>,
    /// Whether anything is brought back into older borders.
    pub back: bool,
    /// By what merged units are divided, with the period from which the weights are.
    pub weight: Option<(IndicatorName, TimePeriod)>,
    /// Whether any report behind it is simulated.
    pub simulated: bool,
}

/// A period with what it comes to as a whole.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// When.
    pub period: TimePeriod,
    /// The last day on which the units that report in it are told apart.
    pub borders: Date,
    /// How many units reported, and of how many.
    pub known: (usize, usize),
    /// Of figures that add up, the sum of all reports and the sum of what was made of them: equal where nothing is lost.
    pub totals: Option<(Decimal, Decimal)>,
    /// Units whose figures have no place within the borders asked for.
    pub lost: Vec<UnitName>,
}

/// How figures of several units become one.
#[derive(Debug, Clone, PartialEq)]
pub enum Manner {
    /// They are added.
    Sum,
    /// Numerators and denominators are added, then divided.
    Ratio {
        /// What stands above.
        numerator: IndicatorName,
        /// What stands below.
        denominator: IndicatorName,
    },
    /// They are averaged by a weight.
    Mean {
        /// The weight.
        weight: IndicatorName,
    },
    /// The greatest counts.
    Greatest,
    /// They are carried where a unit went on as it was, and nowhere else.
    Carried,
}

/// A unit of the day asked for.
#[derive(Debug, Clone, PartialEq)]
pub struct RebasedRow {
    /// Which.
    pub unit: UnitName,
    /// A cell for each period.
    pub cells: Vec<RebasedCell>,
}

/// What the reports within old borders come to in a unit of other borders.
#[derive(Debug, Clone, PartialEq)]
pub struct RebasedCell {
    /// The value; none where a part is missing or cannot be divided.
    pub value: Option<Decimal>,
    /// Of figures that add up, what is known of it.
    pub known: Option<Decimal>,
    /// Where it comes from.
    pub mark: Mark,
    /// Of a rate, what stands above and below in these borders.
    pub quotient: Option<(Decimal, Decimal)>,
    /// What each unit brings.
    pub parts: Vec<PartView>,
    /// Units that did not report.
    pub missing: Vec<UnitName>,
    /// Units that nobody says how to divide.
    pub not_apportioned: Vec<UnitName>,
}

/// What kind of value a cell has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Mark {
    /// Reported by this very unit.
    Reported,
    /// Made of whole units: exact.
    Whole,
    /// A part was divided by a share or a weight.
    Estimated,
    /// Somebody did not report.
    Missing,
    /// A unit was divided or merged, and nobody says how to part its figure.
    NotApportioned,
}

impl Mark {
    /// The stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Mark::Reported => "reported",
            Mark::Whole => "whole",
            Mark::Estimated => "estimated",
            Mark::Missing => "missing",
            Mark::NotApportioned => "not-apportioned",
        }
    }
}

/// What one unit brings.
#[derive(Debug, Clone, PartialEq)]
pub struct PartView {
    /// Which.
    pub unit: UnitName,
    /// What it brings: of a rate to the numerator, of a mean weighted.
    pub value: Decimal,
    /// What it reported of the indicator itself, where it did.
    pub reported: Option<Decimal>,
    /// The share of its figure that this is, where it is not all of it.
    pub share: Option<Decimal>,
}

/// What a unit reported.
#[derive(Debug, Clone, PartialEq)]
pub struct ReportedRow {
    /// Which.
    pub unit: UnitName,
    /// A value for each period; none where it did not report or was not there.
    pub values: Vec<Option<Decimal>>,
}

impl App {
    /// The figures of communes within the borders of a day, from the kept cube.
    ///
    /// # Errors
    /// [`Error::NotFound`] (`indicator`, `unit`) where it is not there, [`Error::Invalid`], [`Error::Store`],
    /// [`Error::Denied`].
    pub async fn rebased(&self, actor: &Actor, query: &RebasedQuery) -> Result<RebasedView, Error> {
        actor.require(Action::ReadRegister)?;
        let (held, _) = self.held(Wanted::All).await?;
        let reference = held.reference();
        let as_of = query.as_of.unwrap_or_else(|| self.today());
        let desk = Desk {
            reference,
            held: &held,
            told: told_periods(&held),
            as_of,
            weight: query.weight.as_ref(),
        };
        let tree = reference.tree();
        let mut targets = tree.below(&PROVINCE, AreaLevel::Commune, as_of);
        targets.sort_by(|a, b| tree.unit(*a).code.cmp(&tree.unit(*b).code));
        let units: Vec<UnitName> = targets.iter().map(|unit| desk.name(*unit)).collect();
        let unit = match &query.unit {
            None => None,
            Some(code) => {
                let found = units.iter().find(|unit| unit.code == *code).cloned();
                // A unit of other borders (a form sent after choosing another day) gives way to all.
                let known = !tree.all_with_code(code).is_empty();
                if found.is_none() && !known {
                    return Err(Error::NotFound { what: "unit" });
                }
                found
            }
        };
        if let Some(code) = &query.indicator
            && reference.indicator(code).is_none()
        {
            return Err(Error::NotFound { what: "indicator" });
        }
        let choices = desk.choices();
        let code = query
            .indicator
            .clone()
            .or_else(|| choices.first().map(|choice| choice.code.clone()));
        if let Some(unit) = &unit {
            targets.retain(|number| tree.unit(*number).code == unit.code);
        }
        let shown = code
            .map(|code| desk.series(&code, query.every, &targets))
            .transpose()?
            .flatten();
        Ok(RebasedView {
            choices,
            as_of,
            days: desk.days(self.today()),
            units,
            unit,
            shown,
        })
    }
}
