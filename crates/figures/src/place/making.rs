//! The gazetteer made from the table of units.

use std::collections::HashMap;

use crate::Error;
use crate::catalogue::split;
use crate::fold::{Folding, Marks};
use crate::lexicon::{Lexicon, mark};
use crate::place::names::{Rule, rules};
use crate::place::{Gazetteer, name_key};
use crate::token::tokenize;
use terms::RefArea;

/// One row of the table of units, as far as the reader needs it.
pub(super) struct Unit<'a> {
    pub(super) code: &'a str,
    level: &'a str,
    pub(super) name_vi: &'a str,
    pub(super) name_en: &'a str,
    valid_to: &'a str,
}

impl Unit<'_> {
    pub(super) fn is_commune(&self) -> bool {
        matches!(self.level, "commune" | "ward")
    }

    pub(super) fn is_over(&self) -> bool {
        !self.valid_to.is_empty()
    }

    /// The keys under which its name is looked up, each once: Vietnamese, English, typed without marks.
    pub(super) fn keys(&self, folding: &Folding) -> impl Iterator<Item = u64> {
        let mut keys = [
            name_key(folding, Marks::Kept, self.name_vi),
            name_key(folding, Marks::Kept, self.name_en),
            name_key(folding, Marks::Dropped, self.name_vi),
        ];
        keys.sort_unstable();
        (0..keys.len())
            .filter(move |at| *at == 0 || keys[at - 1] != keys[*at])
            .map(move |at| keys[at])
    }
}

/// The rows of a table of units.
pub(super) fn rows(table: &str) -> Result<impl Iterator<Item = Result<Unit<'_>, Error>>, Error> {
    let wrong = |line| Error::Table {
        table: "units",
        line,
        expected: "code,parent,level,name_vi,name_en,type,valid_from,valid_to",
    };
    let mut rows = table.lines();
    let header = split(rows.next().ok_or_else(|| wrong(1))?);
    let column = |name: &str| {
        header
            .iter()
            .position(|cell| cell == name)
            .ok_or_else(|| wrong(1))
    };
    let columns = [
        column("code")?,
        column("level")?,
        column("name_vi")?,
        column("name_en")?,
        column("valid_to")?,
    ];
    let rows = rows.enumerate().filter(|(_, row)| !row.trim().is_empty());
    Ok(rows.map(move |(number, row)| {
        if row.contains('"') {
            return Err(wrong(number + 2));
        }
        let mut cells = [""; 5];
        let commas = memchr::memchr_iter(b',', row.as_bytes()).chain(std::iter::once(row.len()));
        let mut start = 0;
        for (at, end) in commas.enumerate() {
            if let Some(slot) = columns.iter().position(|column| *column == at) {
                cells[slot] = &row[start..end];
            }
            start = end + 1;
        }
        let [code, level, name_vi, name_en, valid_to] = cells;
        if code.is_empty() {
            return Err(wrong(number + 2));
        }
        Ok(Unit {
            code,
            level,
            name_vi,
            name_en,
            valid_to,
        })
    }))
}

impl Gazetteer {
    /// The units of a table by name; the names of provinces, regions and the like become phrases of the lexicons.
    pub(crate) fn new(units: &str, folding: &Folding, lexicons: [&mut Lexicon; 3]) -> Result<Self, Error> {
        let mut gazetteer = Self {
            places: vec![RefArea::COUNTRY],
            ..Self::default()
        };
        let mut phrases = Phrases {
            folding,
            lexicons,
            scratch: Vec::new(),
        };
        let rules = rules()?;
        let mut today: HashMap<&str, u16> = HashMap::new();
        let (mut ended, mut districts) = (Vec::new(), Vec::new());
        for unit in rows(units)? {
            let unit = unit?;
            match unit.level {
                "province" if unit.is_over() => ended.push(unit),
                "province" => {
                    let place = gazetteer.add(RefArea::new(unit.code));
                    today.insert(unit.code, place);
                    phrases.add(unit.name_vi, place);
                    phrases.add(unit.name_en, place);
                    for rule in &rules {
                        if let Rule::Name { code, name } = rule
                            && *code == unit.code
                        {
                            phrases.add(name, place);
                        }
                    }
                }
                "district" => districts.push(unit),
                _ if unit.is_commune() && !unit.is_over() => {
                    let place = gazetteer.add(RefArea::new(unit.code));
                    for key in unit.keys(folding) {
                        gazetteer.communes.entry(key).or_default().push(place);
                    }
                }
                _ => {}
            }
        }
        for unit in ended {
            // A name that goes on (Lào Cai) is the new province's.
            if phrases.has_place(unit.name_vi) {
                continue;
            }
            let place = gazetteer.add(RefArea::new(unit.name_vi));
            let ascii = gazetteer.add(RefArea::new(unit.name_en));
            phrases.add(unit.name_en, ascii);
            phrases.add(unit.name_vi, place);
        }
        let first = gazetteer.next();
        for rule in &rules {
            if let Rule::Region(region) = rule {
                let place = gazetteer.add(RefArea::new(*region));
                phrases.add(region, place);
            }
        }
        gazetteer.regions = first..gazetteer.next();
        // Districts: the province that holds them today. A former province's number tells which (successions by name).
        let holder = |wanted: &str| {
            rules.iter().find_map(|rule| match rule {
                Rule::Holds { code, number } if *number == wanted => today.get(code),
                _ => None,
            })
        };
        for unit in districts {
            let Some(place) = unit.code.get(3..5).and_then(holder) else {
                continue;
            };
            for key in unit.keys(folding) {
                let list = gazetteer.districts.entry(key).or_default();
                if !list.contains(place) {
                    list.push(*place);
                }
            }
        }
        Ok(gazetteer)
    }

    /// The number that the next place will have.
    fn next(&self) -> u16 {
        u16::try_from(self.places.len()).unwrap_or(u16::MAX)
    }

    fn add(&mut self, place: RefArea) -> u16 {
        self.places.push(place);
        u16::try_from(self.places.len() - 1).unwrap_or(0)
    }
}

/// The lexicons that names of places go into.
struct Phrases<'a> {
    folding: &'a Folding,
    /// Of which the first is that of Vietnamese with its marks.
    lexicons: [&'a mut Lexicon; 3],
    scratch: Vec<crate::token::Token>,
}

impl Phrases<'_> {
    fn add(&mut self, name: &str, place: u16) {
        for lexicon in &mut self.lexicons {
            if let Some(entry) = lexicon.entry(self.folding, name, &mut self.scratch) {
                entry.marks |= mark::PLACE;
                entry.place = place;
            }
        }
    }

    fn has_place(&mut self, name: &str) -> bool {
        let vi = &self.lexicons[0];
        tokenize(
            self.folding,
            vi.marks,
            &[],
            name,
            0,
            name.len(),
            &mut self.scratch,
        );
        vi.find(&self.scratch)
            .is_some_and(|entry| entry.marks & mark::PLACE != 0)
    }
}
