//! The indicators: their units, and which words name which of them.

mod aliases;
mod role;

use std::collections::HashMap;

use crate::Error;
use crate::lexicon::Units;
use terms::IndicatorCode;

use role::{FIELDS, ROLES};
pub(crate) use role::{Field, Role};

/// What the numbers of an indicator are like, told by its unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Class {
    Money,
    Percent,
    Count,
    /// Tons, hectares, kilometres, megawatts.
    Measure,
}

/// An indicator as the reader needs it.
#[derive(Debug)]
pub(crate) struct Indicator {
    pub(crate) code: IndicatorCode,
    pub(crate) unit: u16,
    pub(crate) class: Class,
    /// A rate of growth by its nature: `grdp.growth`, `industry.iip`.
    pub(crate) growth: bool,
    /// A sum over a period (budget, visitors), not a state at its end.
    pub(crate) flow: bool,
    /// Its field, by number.
    pub(crate) field: u8,
    /// The part of a field in the economy: `grdp.share_industry`.
    pub(crate) share_of_grdp: bool,
    /// What its unit is «per», 0 for nothing.
    pub(crate) per: u16,
}

/// All indicators, and the sets of them that phrases name.
#[derive(Debug, Default)]
pub(crate) struct Catalogue {
    pub(crate) indicators: Vec<Indicator>,
    by_code: HashMap<String, u16>,
    /// What one phrase can mean; concept 0 is «something that the catalogue does not have».
    concepts: Vec<Concept>,
    natures: Vec<Nature>,
    /// What stands before the first dot of a code; the position is the field's number.
    fields: Vec<String>,
    /// The indicators that rules name.
    roles: [Option<u16>; ROLES.len()],
    /// The fields that rules name.
    named_fields: [Option<u8>; FIELDS.len()],
}

/// The indicators that a phrase can mean.
#[derive(Debug, Default, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Concept {
    pub(crate) indicators: Vec<u16>,
    /// Only where the text speaks of that field already («doanh thu» in a text on tourism): `?code` in the aliases.
    pub(crate) conditional: bool,
    /// No indicator, but a field of which the text then speaks: `~tourism`.
    pub(crate) field: Option<u8>,
}

/// What the indicators of a concept have in common.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct Nature {
    /// One of them is a rate that does not grow by its nature (poverty, coverage).
    pub(crate) rate: bool,
    /// One of them is a rate of growth.
    pub(crate) growth: bool,
    /// One of them is a sum of money.
    pub(crate) amount: bool,
    /// One of them is about the disbursement of public capital.
    pub(crate) disbursement: bool,
    /// One of them counts communes that meet the standards of new rural areas.
    pub(crate) new_rural: bool,
}

const FLOWS: &[&str] = &[
    "budget.",
    "investment.social_total",
    "investment.attracted",
    "investment.public_",
    "investment.to_grdp",
    "investment.transport_share",
    "grdp.share_",
    "trade.",
    "fdi.",
    "enterprise.new",
    "labour.jobs_created",
    "tourism.",
    "forest.area_planted",
    "forest.pfes_income",
    "governance.new_party_members",
    "plan.",
    "poverty.reduction",
    "housing.",
];

impl Catalogue {
    pub(crate) fn new(csv: &str, units: &mut Units) -> Result<Self, Error> {
        let wrong = |line| Error::Table {
            table: "indicators",
            line,
            expected: "code, unit",
        };
        let mut rows = csv.lines();
        let header: Vec<String> = split(rows.next().ok_or_else(|| wrong(1))?);
        let column = |name: &str| header.iter().position(|cell| cell == name);
        let (code_at, unit_at) = column("code").zip(column("unit")).ok_or_else(|| wrong(1))?;
        let mut catalogue = Self {
            concepts: vec![Concept::default()],
            natures: vec![Nature::default()],
            ..Self::default()
        };
        for (number, row) in rows.enumerate().filter(|(_, row)| !row.trim().is_empty()) {
            let cells = split(row);
            let code = cells
                .get(code_at)
                .and_then(|code| IndicatorCode::new(code.as_str()).ok());
            let (code, unit) = code.zip(cells.get(unit_at)).ok_or_else(|| wrong(number + 2))?;
            let text = code.as_str();
            let class = match unit.as_str() {
                "%" | "pp" => Class::Percent,
                "ha" | "ton" | "km" | "MW" => Class::Measure,
                money if money.starts_with("VND") || money.starts_with("USD") => Class::Money,
                _ => Class::Count,
            };
            let growth = text.ends_with(".growth") || text == "industry.iip";
            let flow = FLOWS.iter().any(|prefix| text.starts_with(prefix)) && text != "grdp.share_digital";
            let per = unit.split_once('/').map_or(0, |(_, per)| units.id(per));
            let share_of_grdp = text.starts_with("grdp.share_");
            let unit = units.id(unit);
            let name = text.split('.').next().unwrap_or(text).to_owned();
            let field = catalogue.field_id(&name);
            catalogue.by_code.insert(
                text.to_owned(),
                u16::try_from(catalogue.indicators.len()).unwrap_or(0),
            );
            catalogue.indicators.push(Indicator {
                code,
                unit,
                class,
                growth,
                flow,
                field,
                share_of_grdp,
                per,
            });
        }
        catalogue.roles = ROLES.map(|code| catalogue.by_code.get(code).copied());
        Ok(catalogue)
    }

    /// The indicator that rules name so, where the catalogue has it.
    pub(crate) fn find(&self, role: Role) -> Option<u16> {
        self.roles[role as usize]
    }

    /// Whether an indicator is the one that rules name so.
    #[inline]
    pub(crate) fn is(&self, indicator: Option<u16>, role: Role) -> bool {
        indicator.is_some() && indicator == self.roles[role as usize]
    }

    /// Whether a field is the one that rules name so.
    #[inline]
    pub(crate) fn is_field(&self, field: Option<u8>, named: Field) -> bool {
        field.is_some() && field == self.named_fields[named as usize]
    }

    /// Whether an indicator is of a field.
    #[inline]
    pub(crate) fn is_of(&self, indicator: Option<u16>, named: Field) -> bool {
        self.is_field(
            indicator.map(|index| self.indicators[usize::from(index)].field),
            named,
        )
    }

    /// The indicator with a number.
    #[inline]
    pub(crate) fn indicator(&self, index: u16) -> &Indicator {
        &self.indicators[usize::from(index)]
    }

    /// The indicators that a concept may mean.
    pub(crate) fn concept(&self, concept: u16) -> &Concept {
        &self.concepts[usize::from(concept)]
    }

    /// What the indicators of a concept have in common.
    #[inline]
    pub(crate) fn nature(&self, concept: u16) -> Nature {
        self.natures[usize::from(concept)]
    }

    fn nature_of(&self, concept: &Concept) -> Nature {
        let mut nature = Nature::default();
        for index in &concept.indicators {
            let indicator = self.indicator(*index);
            nature.rate |= indicator.class == Class::Percent && !indicator.growth;
            nature.growth |= indicator.growth;
            nature.amount |= indicator.class == Class::Money;
            nature.disbursement |= indicator.code.as_str().starts_with("investment.public_disburse");
            nature.new_rural |= self.is(Some(*index), Role::NewRural);
        }
        nature
    }

    /// The number of a field, made where it is new.
    fn field_id(&mut self, name: &str) -> u8 {
        let found = self.fields.iter().position(|field| field == name);
        let index = found.unwrap_or_else(|| {
            self.fields.push(name.to_owned());
            self.fields.len() - 1
        });
        u8::try_from(index).unwrap_or(u8::MAX)
    }
}

/// The cells of a CSV row; a cell in quotes may hold commas and doubled quotes.
pub(crate) fn split(row: &str) -> Vec<String> {
    if !row.contains('"') {
        return row.trim_end_matches('\r').split(',').map(str::to_owned).collect();
    }
    let mut cells = vec![String::new()];
    let mut quoted = false;
    let mut chars = row.trim_end_matches('\r').chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => {
                chars.next();
                cells.last_mut().expect("never empty").push('"');
            }
            '"' => quoted = !quoted,
            ',' if !quoted => cells.push(String::new()),
            c => cells.last_mut().expect("never empty").push(c),
        }
    }
    cells
}
