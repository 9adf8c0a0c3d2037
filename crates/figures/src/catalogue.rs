//! The indicators: their units, and which words name which of them.

use std::collections::HashMap;

use crate::Error;
use crate::fold::Folding;
use crate::lexicon::{Lexicon, Units, mark};
use crate::token::tokenize;
use terms::IndicatorCode;

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
}

/// All indicators, and the sets of them that phrases name.
#[derive(Debug, Default)]
pub(crate) struct Catalogue {
    pub(crate) indicators: Vec<Indicator>,
    by_code: HashMap<String, u16>,
    /// What one phrase can mean; concept 0 is «something that the catalogue does not have».
    concepts: Vec<Concept>,
    /// What stands before the first dot of a code; the position is the field's number.
    fields: Vec<String>,
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
            });
        }
        Ok(catalogue)
    }

    pub(crate) fn find(&self, code: &str) -> Option<u16> {
        self.by_code.get(code).copied()
    }

    /// The indicators that a concept may mean.
    pub(crate) fn concept(&self, concept: u16) -> &Concept {
        &self.concepts[usize::from(concept)]
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

    /// The field of an indicator: what stands before its first dot.
    pub(crate) fn field(&self, indicator: u16) -> &str {
        &self.fields[usize::from(self.indicators[usize::from(indicator)].field)]
    }

    /// The name of a field.
    pub(crate) fn field_name(&self, field: u8) -> &str {
        self.fields.get(usize::from(field)).map_or("", String::as_str)
    }

    pub(crate) fn add_aliases(
        &mut self,
        csv: &str,
        folding: &Folding,
        vietnamese: [&mut Lexicon; 2],
        english: &mut Lexicon,
    ) -> Result<(), Error> {
        let wrong = |line| Error::Table {
            table: "aliases",
            line,
            expected: "code,language,alias",
        };
        let mut scratch = Vec::new();
        let mut sets: HashMap<Concept, u16> = HashMap::from([(Concept::default(), 0)]);
        let [vi, plain] = vietnamese;
        for (number, row) in csv
            .lines()
            .enumerate()
            .skip(1)
            .filter(|(_, row)| !row.trim().is_empty())
        {
            let cells = split(row);
            let [code, language, alias] = cells.as_slice() else {
                return Err(wrong(number + 1));
            };
            let mut named = Concept::default();
            for code in code.split_whitespace().filter(|code| *code != "-") {
                if let Some(field) = code.strip_prefix('~') {
                    named.field = Some(self.field_id(field));
                    continue;
                }
                named.conditional |= code.starts_with('?');
                let code = code.trim_start_matches('?');
                let index = self.find(code).ok_or_else(|| Error::UnknownIndicator {
                    line: number + 1,
                    code: code.to_owned(),
                })?;
                named.indicators.push(index);
            }
            let concept = if let Some(concept) = sets.get(&named) {
                *concept
            } else {
                let made = u16::try_from(self.concepts.len()).unwrap_or(0);
                self.concepts.push(named.clone());
                sets.insert(named, made);
                made
            };
            let lexicons: &mut [&mut Lexicon] = match language.as_str() {
                "vi" => &mut [&mut *vi, &mut *plain],
                "en" => &mut [&mut *english],
                _ => return Err(wrong(number + 1)),
            };
            let english = language == "en";
            for lexicon in lexicons.iter_mut() {
                let noun = head_noun(lexicon, folding, alias, english, &mut scratch);
                if let Some(entry) = lexicon.entry(folding, alias, &mut scratch) {
                    if let Some(noun) = noun.filter(|_| entry.marks & mark::NOUN == 0) {
                        entry.marks |= mark::NOUN;
                        entry.noun = noun;
                    }
                    entry.marks |= mark::ALIAS;
                    entry.concept = concept;
                }
            }
        }
        Ok(())
    }
}

/// The counted noun that a longer name has at its head: first in Vietnamese, last in English.
fn head_noun(
    lexicon: &Lexicon,
    folding: &Folding,
    alias: &str,
    english: bool,
    scratch: &mut Vec<crate::token::Token>,
) -> Option<u16> {
    let words: Vec<&str> = alias.split_whitespace().collect();
    // `groups of tasks`: the head stands before «of».
    let words = match words.iter().position(|word| english && *word == "of") {
        Some(at) if at > 0 => words[..=at].to_vec(),
        _ => words,
    };
    let of = words.last() == Some(&"of");
    let count = words.len();
    tokenize(folding, lexicon.marks, &[], alias, 0, alias.len(), scratch);
    let starts: Vec<usize> = (0..scratch.len()).filter(|at| !scratch[*at].glued).collect();
    let edge = |word: usize| starts.get(word).copied().unwrap_or(scratch.len());
    let noun = |from: usize, to: usize| {
        let entry = lexicon.find(&scratch[edge(from)..edge(to)])?;
        (entry.marks & mark::NOUN != 0 && entry.marks & mark::FUNC == 0).then_some(entry.noun)
    };
    let headed = (1..count).rev().find_map(|length| {
        if of {
            noun(count - 1 - length, count - 1)
        } else if english {
            noun(count - length, count)
        } else {
            noun(0, length)
        }
    });
    // `communes are advanced`: the noun leads.
    headed.or_else(|| (1..count).rev().find_map(|length| noun(0, length)))
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
