//! The lists that the register works with: indicators, units, successions; from the repository, or as loaded since.

use std::collections::HashMap;
use std::sync::{PoisonError, RwLock};

use exchange::Table;
use plan::catalogue::OverTime;
use plan::{Catalogue, CatalogueList, Fact, Indicator, NamedScope, OrgTree, OrgUnit, Scope, Succession};
use terms::{AreaLevel, Date, Diagnostic, IndicatorCode, RefArea};

use crate::view::{Bilingual, IndicatorName, UnitName};

/// The texts of the lists, as CSV or XLSX bytes.
#[derive(Debug, Clone)]
pub(crate) struct Texts {
    pub(crate) indicators: Vec<u8>,
    pub(crate) units: Vec<u8>,
    pub(crate) successions: Vec<u8>,
}

impl Texts {
    /// Those of the repository.
    pub(crate) fn embedded() -> Self {
        Self {
            indicators: include_bytes!("../../../data/indicators.csv").to_vec(),
            units: include_bytes!("../../../data/units.csv").to_vec(),
            successions: include_bytes!("../../../data/successions.csv").to_vec(),
        }
    }

    /// Puts another list in the place of one.
    pub(crate) fn set(&mut self, list: CatalogueList, bytes: Vec<u8>) {
        match list {
            CatalogueList::Indicators => self.indicators = bytes,
            CatalogueList::Units => self.units = bytes,
            CatalogueList::Successions => self.successions = bytes,
        }
    }
}

/// The lists, ready to be asked.
#[derive(Debug)]
pub(crate) struct Reference {
    pub(crate) texts: Texts,
    pub(crate) indicators: Vec<Indicator>,
    by_code: HashMap<IndicatorCode, usize>,
    catalogue: Catalogue,
    units: Vec<OrgUnit>,
    by_area: HashMap<RefArea, usize>,
    children: HashMap<RefArea, Vec<usize>>,
    successions: Vec<Succession>,
    tree: OrgTree,
    scopes: Vec<NamedScope>,
    /// What departments are called, by the code under which they stand as places (`VN-11/finance`).
    departments: RwLock<HashMap<RefArea, Bilingual>>,
}

impl Reference {
    /// What each indicator can be at all.
    pub(crate) fn natural(&self) -> engine::coherence::Natural {
        let limits = self.indicators.iter().map(|indicator| {
            let limits = (indicator.natural_minimum, indicator.natural_maximum);
            (indicator.code.clone(), limits)
        });
        limits.collect()
    }

    /// Says what departments are called; those of before are forgotten.
    pub(crate) fn name_departments(&self, departments: &[plan::Department]) {
        let names = departments.iter().map(|department| {
            let name = Bilingual {
                vi: department.name_vi.clone(),
                en: department.name_en.clone(),
            };
            (RefArea::new(department.office().to_string()), name)
        });
        *self.departments.write().unwrap_or_else(PoisonError::into_inner) = names.collect();
    }

    /// Reads the lists; every diagnostic of every list where one cannot be used.
    pub(crate) fn new(texts: Texts) -> Result<Self, Vec<Diagnostic>> {
        let table = |name: &str, bytes: &[u8]| Table::read(name, bytes);
        let indicator_table = table("indicators.csv", &texts.indicators)?;
        let (units, mut diagnostics) = exchange::read_units(&table("units.csv", &texts.units)?);
        let (successions, more) = exchange::read_successions(&table("successions.csv", &texts.successions)?);
        diagnostics.extend(more);
        let (scopes, more) =
            exchange::read_scopes(&table("scopes.csv", include_bytes!("../../../data/scopes.csv"))?);
        diagnostics.extend(more);
        if !diagnostics.is_empty() {
            return Err(diagnostics);
        }
        let catalogue = exchange::read_catalogue(&indicator_table, &breaks_of(&indicator_table))?;
        let indicators: Vec<Indicator> = catalogue
            .entries()
            .iter()
            .map(|entry| entry.indicator.clone())
            .collect();
        let by_code = indicators
            .iter()
            .zip(0..)
            .map(|(indicator, at)| (indicator.code.clone(), at))
            .collect();
        let by_area = units
            .iter()
            .zip(0..)
            .map(|(unit, at)| (unit.code.clone(), at))
            .collect();
        let mut children: HashMap<RefArea, Vec<usize>> = HashMap::new();
        for (at, unit) in units.iter().enumerate() {
            if let Some(parent) = &unit.parent {
                children.entry(parent.clone()).or_default().push(at);
            }
        }
        let tree = OrgTree::assemble(units.clone(), &successions, Vec::new());
        Ok(Self {
            texts,
            indicators,
            by_code,
            catalogue,
            units,
            by_area,
            children,
            successions,
            tree,
            scopes,
            departments: RwLock::default(),
        })
    }

    pub(crate) fn indicator(&self, code: &IndicatorCode) -> Option<&Indicator> {
        self.by_code.get(code).map(|at| &self.indicators[*at])
    }

    /// Where an indicator stands in the catalogue; unknown ones last.
    pub(crate) fn rank(&self, code: &IndicatorCode) -> usize {
        self.by_code.get(code).copied().unwrap_or(usize::MAX)
    }

    /// The indicators with their rules.
    pub(crate) fn catalogue(&self) -> &Catalogue {
        &self.catalogue
    }

    /// How values of shorter periods become that of a longer one.
    pub(crate) fn over_time(&self, code: &IndicatorCode) -> OverTime {
        self.catalogue
            .get(code)
            .map_or(OverTime::None, |entry| entry.over_time)
    }

    /// The days from which the indicator is measured by another standard.
    pub(crate) fn breaks(&self, code: &IndicatorCode) -> Vec<Date> {
        self.catalogue.break_days(code)
    }

    pub(crate) fn unit(&self, code: &RefArea) -> Option<&OrgUnit> {
        self.by_area.get(code).map(|at| &self.units[*at])
    }

    pub(crate) fn units(&self) -> &[OrgUnit] {
        &self.units
    }

    /// The units right below, in the order of the list.
    pub(crate) fn children(&self, code: &RefArea) -> impl Iterator<Item = &OrgUnit> + use<'_> {
        self.children
            .get(code)
            .into_iter()
            .flatten()
            .map(|at| &self.units[*at])
    }

    /// The units through time, put together once.
    pub(crate) fn tree(&self) -> &OrgTree {
        &self.tree
    }

    /// The scope that a name of the list means, in either language; other words stay as they are.
    pub(crate) fn known_scope(&self, scope: Scope) -> Scope {
        let known = self.scopes.iter().find(|known| known.is_meant_by(&scope));
        known.map_or(scope, |known| known.code.clone())
    }

    /// A value with its scope by the code of the list, where the list has it.
    pub(crate) fn with_known_scope(&self, mut fact: Fact) -> Fact {
        let scope = match &mut fact {
            Fact::Observation(observation) => &mut observation.scope,
            Fact::Target(target) => &mut target.scope,
        };
        *scope = scope.take().map(|scope| self.known_scope(scope));
        fact
    }

    /// The scope in both languages; words that the list does not have stand in both.
    pub(crate) fn scope_name(&self, scope: Option<&Scope>) -> Option<Bilingual> {
        let scope = scope?;
        let known = self.scopes.iter().find(|known| known.code == *scope);
        Some(known.map_or_else(
            || Bilingual {
                vi: scope.to_string(),
                en: scope.to_string(),
            },
            |known| Bilingual {
                vi: known.name_vi.clone(),
                en: known.name_en.clone(),
            },
        ))
    }

    /// The scopes that many papers use.
    pub(crate) fn scopes(&self) -> &[NamedScope] {
        &self.scopes
    }

    pub(crate) fn successions(&self) -> &[Succession] {
        &self.successions
    }

    /// The indicator's name, or its bare code where the catalogue no longer has it.
    pub(crate) fn indicator_name(&self, code: &IndicatorCode) -> IndicatorName {
        match self.indicator(code) {
            Some(indicator) => IndicatorName {
                code: code.clone(),
                name: Bilingual {
                    vi: indicator.name_vi.clone(),
                    en: indicator.name_en.clone(),
                },
                unit: indicator.unit.clone(),
            },
            None => IndicatorName {
                code: code.clone(),
                name: Bilingual {
                    vi: code.to_string(),
                    en: code.to_string(),
                },
                unit: terms::UnitMeasure::new(""),
            },
        }
    }

    /// The unit's full name, or the plain name where it has no code.
    pub(crate) fn unit_name(&self, code: &RefArea) -> UnitName {
        let Some(unit) = self.unit(code) else {
            let plain = || Bilingual {
                vi: code.to_string(),
                en: code.to_string(),
            };
            let departments = self.departments.read().unwrap_or_else(PoisonError::into_inner);
            let name = departments.get(code).cloned().unwrap_or_else(plain);
            return UnitName {
                code: code.clone(),
                name,
                level: code.level(),
                valid_to: None,
            };
        };
        let level = code.level();
        let vi = match level {
            AreaLevel::Country => unit.name_vi.clone(),
            _ => full_name(&unit.type_vi, &unit.name_vi),
        };
        let en = match english_type(&unit.type_vi) {
            Some(word) if level != AreaLevel::Country && !unit.name_en.contains(char::is_numeric) => {
                format!("{} {word}", unit.name_en)
            }
            _ => unit.name_en.clone(),
        };
        UnitName {
            code: code.clone(),
            name: Bilingual { vi, en },
            level,
            valid_to: unit.valid_to,
        }
    }
}

/// Whether a unit is there on a day.
pub(crate) fn lives(unit: &OrgUnit, day: Date) -> bool {
    unit.valid_from.is_none_or(|first| first <= day) && unit.valid_to.is_none_or(|last| day <= last)
}

/// «Xã Sín Thầu»: the type with a capital, then the name; numbered units carry their type in the name already.
fn full_name(type_vi: &str, name: &str) -> String {
    let mut letters = type_vi.chars();
    let kind: String = letters
        .next()
        .into_iter()
        .flat_map(char::to_uppercase)
        .chain(letters)
        .collect();
    if kind.is_empty() || name.to_lowercase().starts_with(&type_vi.to_lowercase()) {
        name.to_owned()
    } else {
        format!("{kind} {name}")
    }
}

fn english_type(type_vi: &str) -> Option<&'static str> {
    Some(match type_vi {
        "tỉnh" => "province",
        "thành phố" => "city",
        "huyện" | "quận" => "district",
        "thị xã" | "thị trấn" => "town",
        "phường" => "ward",
        "xã" => "commune",
        "đặc khu" => "special zone",
        _ => return None,
    })
}

/// What is wrong with lists that were loaded, each in the name and row of its file: indicators with their formulas, units and
/// successions as one tree. Lists that were not loaded are held against it only where they speak of what it has.
pub(crate) fn faults_of(loaded: &[(CatalogueList, String, Vec<u8>)], texts: &Texts) -> Vec<Diagnostic> {
    let bytes_of = |list| loaded.iter().rfind(|(of, ..)| *of == list);
    let read = |list: CatalogueList, own: &[u8]| match bytes_of(list) {
        Some((_, name, bytes)) => Table::read(name, bytes),
        None => Table::read(list.code(), own),
    };
    let mut faults = Vec::new();
    if bytes_of(CatalogueList::Indicators).is_some() {
        match read(CatalogueList::Indicators, &texts.indicators) {
            Err(more) => faults.extend(more),
            Ok(table) => match exchange::read_catalogue(&table, &breaks_of(&table)) {
                Err(more) => faults.extend(more),
                Ok(catalogue) => {
                    if let Err(more) = engine::formula::Formulas::of(&catalogue) {
                        faults.extend(exchange::placed_in(&table, more));
                    }
                }
            },
        }
    }
    let (units, successions) = (
        bytes_of(CatalogueList::Units).is_some(),
        bytes_of(CatalogueList::Successions).is_some(),
    );
    if units || successions {
        let tables = (
            read(CatalogueList::Units, &texts.units),
            read(CatalogueList::Successions, &texts.successions),
        );
        match tables {
            (Ok(unit_table), Ok(mut succession_table)) => {
                if !successions {
                    keep_known(&mut succession_table, &unit_table);
                }
                let heading = "code,date,field,old,new\n";
                if let Err(more) = exchange::read_tree(&unit_table, &succession_table, heading) {
                    faults.extend(more);
                }
            }
            (units, successions) => {
                faults.extend(units.err().into_iter().flatten());
                faults.extend(successions.err().into_iter().flatten());
            }
        }
    }
    faults
}

/// Leaves the successions out that speak of units that a list does not have.
fn keep_known(successions: &mut Table, units: &Table) {
    let column = |table: &Table, name: &str| table.headings.iter().position(|heading| heading == name);
    let Some(code) = column(units, "code") else { return };
    let known: std::collections::HashSet<&str> =
        units.rows.iter().map(|row| row.cells[code].as_str()).collect();
    let ends = [
        column(successions, "predecessor"),
        column(successions, "successor"),
    ];
    successions.rows.retain(|row| {
        let mut ends = ends.iter().flatten();
        ends.all(|end| known.contains(row.cells[*end].as_str()))
    });
}

/// The known breaks, of the indicators that a catalogue has: a catalogue of somebody's own need not have all.
fn breaks_of(indicators: &Table) -> String {
    let mut lines = include_str!("../../../data/breaks.csv").lines();
    let heading = lines.next().into_iter();
    let code_column = indicators.headings.iter().position(|heading| heading == "code");
    let codes: std::collections::HashSet<&str> = indicators
        .rows
        .iter()
        .filter_map(|row| row.cells.get(code_column?).map(String::as_str))
        .collect();
    let of_one = |line: &&str| line.split(',').next().is_some_and(|code| codes.contains(code));
    heading.chain(lines.filter(of_one)).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_have_full_names_in_both_languages() {
        let reference = Reference::new(Texts::embedded()).unwrap();
        for (code, vi, en) in [
            ("VN", "Việt Nam", "Viet Nam"),
            ("VN-11", "Tỉnh Điện Biên", "Dien Bien province"),
            ("VN-11-03158", "Xã Sín Thầu", "Sin Thau commune"),
            ("Thượng Lào", "Thượng Lào", "Thượng Lào"),
        ] {
            let name = reference.unit_name(&RefArea::new(code)).name;
            assert_eq!((name.vi.as_str(), name.en.as_str()), (vi, en));
        }
    }

    #[test]
    fn the_province_has_its_45_communes() {
        let reference = Reference::new(Texts::embedded()).unwrap();
        let day = "2025-07-01".parse().unwrap();
        let communes = reference
            .children(&RefArea::from_static("VN-11"))
            .filter(|unit| lives(unit, day));
        assert_eq!(communes.count(), 45);
        assert_eq!(
            reference.over_time(&"investment.social_total".parse().unwrap()),
            OverTime::Sum
        );
    }
}
