//! What a paper or a planner says of a target beyond its number: how it is read, which way leads to it, of which units.

use std::fmt;
use std::str::FromStr;

use terms::{Bound, Decimal, TimePeriod};

use crate::{Basis, OrgUnit};

/// How a target is read and pursued. The default says nothing: the usual reading, a straight way.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Way {
    /// How the number is read; none: as is usual for its measure and period ([`Basis::usual`]).
    pub basis: Option<Basis>,
    /// Which way leads to it.
    pub path: PathRule,
    /// Of which units it is a count or a share; none where it is neither, or nobody says.
    pub units: Option<Units>,
}

impl Way {
    /// Whether anything is said.
    pub fn is_usual(&self) -> bool {
        *self == Self::default()
    }
}

/// Which way leads from the baseline to the target. The engine makes a [`crate::TargetPath`] of it, which knows the days.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum PathRule {
    /// The same step each year.
    #[default]
    Straight,
    /// The same rate of growth each year.
    Compound,
    /// By values that are due on the way.
    Milestones(Milestones),
    /// Within a year as earlier years went.
    Seasonal,
}

impl PathRule {
    /// The stable code: `straight`, `compound`, `milestones`, `seasonal`.
    pub const fn code(&self) -> &'static str {
        match self {
            PathRule::Straight => "straight",
            PathRule::Compound => "compound",
            PathRule::Milestones(_) => "milestones",
            PathRule::Seasonal => "seasonal",
        }
    }

    /// Every code, in the order in which they are listed to people.
    pub const CODES: [&'static str; 4] = ["straight", "compound", "milestones", "seasonal"];

    /// The milestones; none on other ways.
    pub fn milestones(&self) -> &[(TimePeriod, Decimal)] {
        match self {
            PathRule::Milestones(milestones) => milestones.stops(),
            _ => &[],
        }
    }

    /// A way from its code and the milestones beside it. Milestones without a code are a way by milestones.
    ///
    /// # Errors
    /// [`NotAWay`] says which of the two cannot be read, or does not fit the other.
    pub fn read(code: &str, milestones: &str) -> Result<Self, NotAWay> {
        match (code.trim(), milestones.trim()) {
            ("" | "straight", "") => Ok(PathRule::Straight),
            ("compound", "") => Ok(PathRule::Compound),
            ("seasonal", "") => Ok(PathRule::Seasonal),
            ("milestones", "") => Err(NotAWay::WithoutMilestones),
            ("" | "milestones", stops) => Ok(PathRule::Milestones(stops.parse()?)),
            ("straight" | "compound" | "seasonal", _) => Err(NotAWay::MilestonesBeside),
            _ => Err(NotAWay::UnknownCode),
        }
    }
}

/// Why a way cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotAWay {
    /// There is no such way.
    #[error("a way is straight, compound, by milestones or seasonal")]
    UnknownCode,
    /// A way by milestones names none.
    #[error("a way by milestones names at least one")]
    WithoutMilestones,
    /// Another way has milestones beside it.
    #[error("only a way by milestones has milestones")]
    MilestonesBeside,
    /// A milestone is no period with a number, or two are of one day.
    #[error("milestones are periods with numbers, each once: 2027=12; 2028=9.5")]
    Unreadable,
}

/// Values due on the way, by the ends of their periods: of a sum what is gathered by then. Invariant: at least one, at most
/// [`Milestones::MOST`], each end once, in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Milestones(Vec<(TimePeriod, Decimal)>);

impl Milestones {
    /// Five years of months.
    pub const MOST: usize = 60;

    /// Milestones in any order.
    ///
    /// # Errors
    /// [`NotAWay::WithoutMilestones`], [`NotAWay::Unreadable`] where two end on one day or there are too many.
    pub fn new(mut stops: Vec<(TimePeriod, Decimal)>) -> Result<Self, NotAWay> {
        stops.sort_by_key(|(period, _)| period.end());
        if stops.is_empty() {
            return Err(NotAWay::WithoutMilestones);
        }
        if Self::MOST < stops.len() || stops.windows(2).any(|pair| pair[0].0.end() == pair[1].0.end()) {
            return Err(NotAWay::Unreadable);
        }
        Ok(Self(stops))
    }

    /// The milestones, by the ends of their periods.
    pub fn stops(&self) -> &[(TimePeriod, Decimal)] {
        &self.0
    }
}

/// `2027=12; 2028=9.5`
impl fmt::Display for Milestones {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, (period, value)) in self.0.iter().enumerate() {
            let between = if index == 0 { "" } else { "; " };
            write!(f, "{between}{period}={value}")?;
        }
        Ok(())
    }
}

/// Reads what is printed, a colon for the equals sign too, lines for semicolons, a comma before a fraction.
impl FromStr for Milestones {
    type Err = NotAWay;
    fn from_str(text: &str) -> Result<Self, NotAWay> {
        let stop = |part: &str| {
            let (period, value) = part.split_once(['=', ':'])?;
            let value = value.trim().replace(',', ".");
            Some((period.trim().parse().ok()?, value.parse().ok()?))
        };
        let stops: Option<Vec<_>> = text
            .split([';', '\n'])
            .filter(|part| !part.trim().is_empty())
            .map(stop)
            .collect();
        Self::new(stops.ok_or(NotAWay::Unreadable)?)
    }
}

/// Which units below a place are counted: the denominator of «60% of communes», in words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Among {
    /// Communes and wards together.
    All,
    /// Communes alone (xã).
    Communes,
    /// Wards alone (phường).
    Wards,
}

impl Among {
    /// Every one, in the order in which they are listed to people.
    pub const ALL: [Among; 3] = [Among::All, Among::Communes, Among::Wards];

    /// The stable code: `all`, `communes`, `wards`.
    pub const fn code(self) -> &'static str {
        match self {
            Among::All => "all",
            Among::Communes => "communes",
            Among::Wards => "wards",
        }
    }

    /// Whether a unit is one of them.
    pub fn has(self, unit: &OrgUnit) -> bool {
        match self {
            Among::All => true,
            Among::Communes => unit.type_vi == "xã",
            Among::Wards => unit.type_vi == "phường",
        }
    }
}

/// A count or a share of units: which are counted, and when a unit counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Units {
    /// Of which units: the denominator.
    pub among: Among,
    /// What the indicator's own value must be in a unit for it to count; none where the indicator is itself told as a count
    /// or share.
    pub meets: Option<(Bound, Decimal)>,
}

impl Units {
    /// Whether a unit with this value counts.
    pub fn counts(self, value: Decimal) -> bool {
        self.meets.is_none_or(|(bound, limit)| match bound {
            Bound::Gt => limit < value,
            Bound::Ge => limit <= value,
            Bound::Lt => value < limit,
            Bound::Le => value <= limit,
            Bound::Eq | Bound::Approx | Bound::Range => value == limit,
        })
    }
}

/// A text that names no units.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("units are all, communes or wards, with a condition where the indicator is of each: communes:lt=10")]
pub struct NotUnits;

/// `communes`, or `communes:lt=10` with a condition.
impl fmt::Display for Units {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.among.code())?;
        match self.meets {
            Some((bound, limit)) => write!(f, ":{}={limit}", bound.code()),
            None => Ok(()),
        }
    }
}

impl FromStr for Units {
    type Err = NotUnits;
    fn from_str(text: &str) -> Result<Self, NotUnits> {
        let (among, meets) = match text.trim().split_once(':') {
            Some((among, condition)) => (among, Some(condition)),
            None => (text.trim(), None),
        };
        let among = Among::ALL.into_iter().find(|known| known.code() == among.trim());
        let meets = meets
            .map(|condition| {
                let (bound, limit) = condition.split_once('=').ok_or(NotUnits)?;
                let bound: Bound = bound.trim().parse().map_err(|_| NotUnits)?;
                let limit = limit.trim().replace(',', ".").parse().map_err(|_| NotUnits)?;
                let plain = !matches!(bound, Bound::Approx | Bound::Range);
                plain.then_some((bound, limit)).ok_or(NotUnits)
            })
            .transpose()?;
        Ok(Self {
            among: among.ok_or(NotUnits)?,
            meets,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn milestones_are_read_as_people_write_them_and_printed_in_one_form() {
        for (text, printed) in [
            ("2027=12; 2028=9.5", "2027=12; 2028=9.5"),
            ("2028: 9,5\n2027: 12\n", "2027=12; 2028=9.5"),
            ("2026-Q2=1200", "2026-Q2=1200"),
        ] {
            let milestones: Milestones = text.parse().unwrap();
            assert_eq!(milestones.to_string(), printed);
            assert_eq!(printed.parse::<Milestones>().unwrap(), milestones);
        }
        for wrong in [
            "2027",
            "2027=",
            "năm sau=3",
            "2027=1; 2027=2",
            "2026-Q4=1; 2026=2",
        ] {
            assert_eq!(wrong.parse::<Milestones>(), Err(NotAWay::Unreadable), "{wrong}");
        }
        assert_eq!(" ; ".parse::<Milestones>(), Err(NotAWay::WithoutMilestones));
    }

    #[test]
    fn a_way_is_read_with_its_milestones_or_not_at_all() {
        for (code, milestones, expected) in [
            ("", "", Ok("straight")),
            ("compound", "", Ok("compound")),
            ("seasonal", " ", Ok("seasonal")),
            ("", "2027=12", Ok("milestones")),
            ("milestones", "2027=12", Ok("milestones")),
            ("milestones", "", Err(NotAWay::WithoutMilestones)),
            ("compound", "2027=12", Err(NotAWay::MilestonesBeside)),
            ("winding", "", Err(NotAWay::UnknownCode)),
        ] {
            let read = PathRule::read(code, milestones);
            assert_eq!(
                read.as_ref().map(PathRule::code),
                expected.as_ref().copied(),
                "{code} {milestones}"
            );
        }
    }

    #[test]
    fn units_have_a_denominator_and_perhaps_a_condition() {
        for text in ["all", "communes", "wards:ge=5", "communes:lt=10"] {
            assert_eq!(text.parse::<Units>().unwrap().to_string(), text);
        }
        for wrong in [
            "",
            "villages",
            "communes:10",
            "communes:range=1",
            "communes:lt=ten",
        ] {
            assert_eq!(wrong.parse::<Units>(), Err(NotUnits), "{wrong}");
        }
        let poor_below_ten: Units = "communes:lt=10".parse().unwrap();
        assert!(poor_below_ten.counts(Decimal::new(99, 1)));
        assert!(
            !poor_below_ten.counts(Decimal::TEN),
            "«under 10» is missed at exactly 10"
        );
    }
}
