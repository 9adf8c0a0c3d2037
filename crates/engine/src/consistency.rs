//! Do the numbers agree? Two statements about the same thing that cannot both be right, classed.
//!
//! Statements are compared as the ranges that a reader allows ([`crate::meaning`]): 17.66 and «17.7» agree, «nearly 9 %»
//! and 8.02 % do not. What does not agree is classed by what tells the two apart, most telling first; only what nothing
//! tells apart is a true conflict. [`Index::new`] takes the whole register in one pass and a sort, [`Index::against`]
//! holds a new document's statements against it by look-up; [`arithmetic`] follows the identities between indicators.

mod arithmetic;
mod pairs;
mod worked;

use std::collections::HashMap;

use plan::{Edition, PriceBasis};
use terms::{Bound, Date, Decimal, IndicatorCode, Kind, Measure, RefArea, TimePeriod};

use crate::meaning::{Allowed, Voice, allowed};

pub use arithmetic::arithmetic;
pub use worked::{Worked, worked};

/// The text of these rules: whoever keeps findings keeps a fingerprint of it beside them, so that a better rule is never
/// mistaken for the one that made them.
pub const RULES: [&str; 4] = [
    include_str!("consistency.rs"),
    include_str!("consistency/arithmetic.rs"),
    include_str!("consistency/pairs.rs"),
    include_str!("meaning.rs"),
];

/// One number that a document states.
#[derive(Debug, Clone, PartialEq)]
pub struct Statement {
    /// The caller's own stable name of it; findings are named by the two names.
    pub id: String,
    /// Of what.
    pub indicator: IndicatorCode,
    /// Of whom.
    pub place: RefArea,
    /// When.
    pub period: TimePeriod,
    /// Which aspect.
    pub measure: Measure,
    /// Told as what.
    pub kind: Kind,
    /// How limited.
    pub bound: Bound,
    /// The value, in base units.
    pub value: Decimal,
    /// The upper end of a range.
    pub upper: Option<Decimal>,
    /// The worth of the last digit written ([`crate::meaning::step()`]).
    pub step: Decimal,
    /// In whose prices, where money and said.
    pub price_basis: Option<PriceBasis>,
    /// Whether the prices must be said for it to mean anything (a level of money that the catalogue does not settle).
    pub price_matters: bool,
    /// Whether the value is one of the indicator's own: a level, or a rate of an indicator that is a rate. Growth of a count
    /// or a share of a sum is not, and no identity speaks of it.
    pub own_value: bool,
    /// Which telling, where said.
    pub edition: Option<Edition>,
    /// What the text says it covers beside the indicator's definition, in its own words («with transfers»).
    pub scope: Option<String>,
    /// The documents that tell it, by the caller's numbers.
    pub documents: Vec<u32>,
    /// The day of the document.
    pub date: Option<Date>,
}

impl Statement {
    /// The numbers that a reader allows.
    pub fn allowed(&self) -> Allowed {
        let voice = match self.kind {
            Kind::Target | Kind::Request => Voice::Set,
            Kind::Actual | Kind::Estimate | Kind::Other => Voice::Told,
        };
        allowed(self.bound, self.value, self.upper, self.step, voice)
    }

    /// Whether this document tells it.
    pub fn is_in(&self, document: u32) -> bool {
        self.documents.contains(&document)
    }

    /// Whether one document tells both.
    pub fn shares_paper(&self, other: &Statement) -> bool {
        self.documents.iter().any(|document| other.is_in(*document))
    }

    /// Whether it says what was or is, rather than what shall be.
    pub fn is_told(&self) -> bool {
        matches!(self.kind, Kind::Actual | Kind::Estimate)
    }
}

/// Why two statements differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Class {
    /// One is in the prices of a base year, the other in those of the time.
    OtherBasis,
    /// Something else is counted.
    OtherScope,
    /// Another date or span.
    OtherPeriod,
    /// An estimate and a later telling.
    OtherEdition,
    /// A target retold as a result.
    OtherKind,
    /// Only cut or rounded differently.
    Rounding,
    /// The numbers of an identity do not add up.
    BrokenArithmetic,
    /// Nothing tells them apart: one must be wrong.
    TrueConflict,
}

impl Class {
    /// Every class, in the order in which they are listed to people.
    pub const ALL: [Class; 8] = [
        Class::TrueConflict,
        Class::BrokenArithmetic,
        Class::OtherKind,
        Class::OtherBasis,
        Class::OtherScope,
        Class::OtherPeriod,
        Class::OtherEdition,
        Class::Rounding,
    ];

    /// The stable code: `basis`, `scope`, `period`, `edition`, `kind`, `rounding`, `arithmetic`, `conflict`.
    pub const fn code(self) -> &'static str {
        match self {
            Class::OtherBasis => "basis",
            Class::OtherScope => "scope",
            Class::OtherPeriod => "period",
            Class::OtherEdition => "edition",
            Class::OtherKind => "kind",
            Class::Rounding => "rounding",
            Class::BrokenArithmetic => "arithmetic",
            Class::TrueConflict => "conflict",
        }
    }
}

/// Statements that do not agree.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// Why, as far as the statements tell.
    pub class: Class,
    /// The statements, by index; of two tellings the earlier first.
    pub statements: Vec<usize>,
    /// A statement that explains the class: the target that was retold.
    pub because: Option<usize>,
    /// For broken arithmetic: the identity.
    pub identity: Option<String>,
    /// Stays the same as long as the same statements disagree, whatever else comes in.
    pub key: String,
}

impl Finding {
    fn new(class: Class, statements: Vec<usize>, all: &[Statement]) -> Self {
        let mut names: Vec<&str> = statements.iter().map(|index| all[*index].id.as_str()).collect();
        names.sort_unstable();
        let key = names.join("~");
        Self {
            class,
            statements,
            because: None,
            identity: None,
            key,
        }
    }
}

/// Which indicators are sums of flows over years, and which are often taken for each other.
#[derive(Debug, Clone, Default)]
pub struct Kinship {
    /// Indicators whose value over several years is the sum of the years.
    pub flows: Vec<IndicatorCode>,
    /// Pairs of which the second counts more (revenue in the area; with transfers).
    pub wider: Vec<(IndicatorCode, IndicatorCode)>,
}

/// Statements, found by indicator and place.
#[derive(Debug, Clone)]
pub struct Index<'a> {
    statements: &'a [Statement],
    groups: HashMap<(&'a IndicatorCode, &'a RefArea), Vec<u32>>,
    kinship: &'a Kinship,
}

impl<'a> Index<'a> {
    /// Groups the statements of a register; O(n).
    pub fn new(statements: &'a [Statement], kinship: &'a Kinship) -> Self {
        let mut groups: HashMap<(&IndicatorCode, &RefArea), Vec<u32>> =
            HashMap::with_capacity(statements.len() / 4);
        for (index, statement) in (0_u32..).zip(statements) {
            groups
                .entry((&statement.indicator, &statement.place))
                .or_default()
                .push(index);
        }
        Self {
            statements,
            groups,
            kinship,
        }
    }

    /// All findings of the register; each group of one indicator and place is sorted by period and compared within it.
    pub fn findings(&self) -> Vec<Finding> {
        let mut findings = Vec::new();
        for group in self.groups.values().filter(|group| 1 < group.len()) {
            let members: Vec<usize> = group.iter().map(|index| *index as usize).collect();
            pairs::within(self.statements, &members, self.kinship, None, &mut findings);
        }
        for (narrow, wide) in &self.kinship.wider {
            for ((indicator, place), group) in &self.groups {
                if *indicator == narrow
                    && let Some(others) = self.groups.get(&(wide, *place))
                {
                    pairs::wider(self.statements, group, others, &mut findings);
                }
            }
        }
        findings.sort_by(|a, b| a.key.cmp(&b.key));
        findings.dedup_by(|a, b| a.key == b.key);
        findings
    }

    /// The findings that involve at least one statement of this document (by the caller's number), whose statements must be
    /// in the index; looks only at the groups that they touch.
    pub fn against(&self, document: u32, statements_of_document: &[usize]) -> Vec<Finding> {
        let mut findings = Vec::new();
        let mut seen = std::collections::HashSet::new();
        for index in statements_of_document {
            let statement = &self.statements[*index];
            let key = (&statement.indicator, &statement.place);
            if seen.insert(key)
                && let Some(group) = self.groups.get(&key)
            {
                let members: Vec<usize> = group.iter().map(|index| *index as usize).collect();
                pairs::within(
                    self.statements,
                    &members,
                    self.kinship,
                    Some(document),
                    &mut findings,
                );
            }
        }
        findings.sort_by(|a, b| a.key.cmp(&b.key));
        findings.dedup_by(|a, b| a.key == b.key);
        findings
    }
}

#[cfg(test)]
mod tests;
