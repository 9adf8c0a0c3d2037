//! Reading `indicators.csv` and `breaks.csv`.

use std::collections::HashMap;

use terms::{Decimal, Diagnostic, IndicatorCode, Place, UnitMeasure};

use super::{Aggregation, Break, Catalogue, Entry, OverTime};
use crate::{Direction, Indicator, PriceBasis};

/// The texts of the two tables.
#[derive(Debug, Clone, Copy)]
pub struct CatalogueTables<'a> {
    /// `indicators.csv`; columns that nobody asks for are passed over.
    pub indicators: &'a str,
    /// `breaks.csv`.
    pub breaks: &'a str,
}

/// A row with its columns by name.
struct Row<'a> {
    file: &'static str,
    line: u32,
    columns: &'a HashMap<String, usize>,
    record: &'a csv::StringRecord,
}

impl Row<'_> {
    fn cell(&self, column: &str) -> &str {
        let at = self.columns.get(column).copied().unwrap_or(usize::MAX);
        self.record.get(at).unwrap_or_default().trim()
    }

    fn fault(&self, code: &'static str, column: &str) -> Box<Diagnostic> {
        let place = Place::file(self.file).row(self.line).column(column);
        Box::new(Diagnostic::error(code, place).with("found", self.cell(column)))
    }

    /// A cell that may be empty.
    fn parsed<T: std::str::FromStr>(
        &self,
        column: &str,
        code: &'static str,
    ) -> Result<Option<T>, Box<Diagnostic>> {
        match self.cell(column) {
            "" => Ok(None),
            text => text.parse().map(Some).map_err(|_| self.fault(code, column)),
        }
    }

    /// A cell that must hold an indicator's code.
    fn code(&self, column: &str) -> Result<IndicatorCode, Box<Diagnostic>> {
        self.parsed(column, "not-an-indicator-code")?
            .ok_or_else(|| self.fault("cell-empty", column))
    }
}

impl CatalogueTables<'_> {
    /// Reads and checks the catalogue. Nothing is used where anything is wrong.
    ///
    /// # Errors
    /// Every fault found, with file, row and column: `column-missing`, `row-unreadable`, `cell-empty`,
    /// `not-an-indicator-code`, `indicator-twice`, `not-a-number`, `not-a-date`, `not-a-direction`, `not-a-price-basis`,
    /// `not-an-aggregation`, `not-over-time`, `band-empty`, `unknown-indicator`.
    pub fn read(&self) -> Result<Catalogue, Vec<Diagnostic>> {
        let mut faults = Vec::new();
        let mut catalogue = Catalogue::default();
        each(
            "indicators.csv",
            self.indicators,
            &["code", "name_vi", "name_en", "unit"],
            &mut faults,
            |row| {
                let entry = entry(row)?;
                let code = entry.indicator.code.clone();
                let before = catalogue.by_code.insert(code, catalogue.entries.len());
                if let Some(first) = before.and_then(|index| catalogue.entries.get(index)) {
                    let fault = row.fault("indicator-twice", "code");
                    return Err(Box::new(fault.with("other_row", first.row)));
                }
                catalogue.entries.push(entry);
                Ok(())
            },
        );
        for entry in &catalogue.entries {
            for needed in entry.aggregation.needs() {
                if !catalogue.by_code.contains_key(needed) {
                    let place = Place::file("indicators.csv").row(entry.row);
                    faults.push(Diagnostic::error("unknown-indicator", place).with("found", needed));
                }
            }
        }
        let columns = [
            "indicator",
            "date",
            "old_vi",
            "new_vi",
            "old_en",
            "new_en",
            "source",
        ];
        each("breaks.csv", self.breaks, &columns, &mut faults, |row| {
            let code = row.code("indicator")?;
            let index = *catalogue
                .by_code
                .get(&code)
                .ok_or_else(|| row.fault("unknown-indicator", "indicator"))?;
            let date = row
                .parsed("date", "not-a-date")?
                .ok_or_else(|| row.fault("cell-empty", "date"))?;
            let text = |column| row.cell(column).to_owned();
            catalogue.entries[index].breaks.push(Break {
                date,
                vi: (text("old_vi"), text("new_vi")),
                en: (text("old_en"), text("new_en")),
                source: text("source"),
            });
            Ok(())
        });
        for entry in &mut catalogue.entries {
            entry.breaks.sort_by_key(|day| day.date);
        }
        if faults.is_empty() {
            Ok(catalogue)
        } else {
            Err(faults)
        }
    }
}

fn each(
    file: &'static str,
    text: &str,
    needed: &[&'static str],
    faults: &mut Vec<Diagnostic>,
    mut take: impl FnMut(&Row<'_>) -> Result<(), Box<Diagnostic>>,
) {
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .from_reader(text.as_bytes());
    let header = reader.headers().cloned().unwrap_or_default();
    let columns: HashMap<String, usize> = header
        .iter()
        .enumerate()
        .map(|(index, name)| (name.trim().to_owned(), index))
        .collect();
    let missing = needed.iter().filter(|name| !columns.contains_key(**name));
    let before = faults.len();
    faults.extend(
        missing
            .map(|name| Diagnostic::error("column-missing", Place::file(file).row(1)).with("column", name)),
    );
    if before < faults.len() {
        return;
    }
    let mut record = csv::StringRecord::new();
    let mut line = 1;
    loop {
        match reader.read_record(&mut record) {
            Ok(false) => return,
            Ok(true) => {}
            Err(_) => {
                faults.push(Diagnostic::error(
                    "row-unreadable",
                    Place::file(file).row(line + 1),
                ));
                return;
            }
        }
        line = record
            .position()
            .map_or(line + 1, |at| u32::try_from(at.line()).unwrap_or(u32::MAX));
        let row = Row {
            file,
            line,
            columns: &columns,
            record: &record,
        };
        if let Err(fault) = take(&row) {
            faults.push(*fault);
        }
    }
}

fn entry(row: &Row<'_>) -> Result<Entry, Box<Diagnostic>> {
    let text = |column| row.cell(column).to_owned();
    let direction = match row.cell("better") {
        "" => None,
        "up" => Some(Direction::Up),
        "down" => Some(Direction::Down),
        _ => return Err(row.fault("not-a-direction", "better")),
    };
    let price_basis = match row.cell("price_basis") {
        "" => None,
        "current" => Some(PriceBasis::Current),
        constant => {
            let year = constant
                .strip_prefix("constant:")
                .and_then(|year| year.parse().ok());
            let base_year = year.ok_or_else(|| row.fault("not-a-price-basis", "price_basis"))?;
            Some(PriceBasis::Constant { base_year })
        }
    };
    let unit = text("unit");
    let band = (
        row.parsed("band_low", "not-a-number")?,
        row.parsed("band_high", "not-a-number")?,
    );
    let band = match band {
        (Some(low), Some(high)) if low <= high => Some((low, high)),
        (None, None) => None,
        _ => return Err(row.fault("band-empty", "band_low")),
    };
    Ok(Entry {
        aggregation: aggregation(row, &unit)?,
        over_time: match row.cell("over_time") {
            "sum" => OverTime::Sum,
            "last" => OverTime::Last,
            "mean" => OverTime::Mean,
            "max" => OverTime::Max,
            "ratio" => OverTime::Ratio,
            "compound" => OverTime::Compound,
            "" | "none" => OverTime::None,
            _ => return Err(row.fault("not-over-time", "over_time")),
        },
        group: (text("group_vi"), text("group_en")),
        formula: Some(text("formula")).filter(|formula| !formula.is_empty()),
        band,
        breaks: Vec::new(),
        row: row.line,
        indicator: Indicator {
            code: row.code("code")?,
            name_vi: text("name_vi"),
            name_en: text("name_en"),
            definition_vi: text("definition_vi"),
            definition_en: text("definition_en"),
            unit: UnitMeasure::new(unit),
            direction,
            price_basis,
            natural_minimum: row.parsed("natural_min", "not-a-number")?,
            natural_maximum: row.parsed("natural_max", "not-a-number")?,
        },
    })
}

fn aggregation(row: &Row<'_>, unit: &str) -> Result<Aggregation, Box<Diagnostic>> {
    // Per cent of a quotient, per ten thousand, kilograms out of tons: README of `data/`.
    let factor = Decimal::from(match unit {
        "%" => 100,
        "‰" | "kg/person" => 1_000,
        "per 10000" => 10_000,
        _ => 1,
    });
    Ok(match row.cell("aggregation") {
        "sum" => Aggregation::Sum,
        "ratio" => Aggregation::Ratio {
            numerator: row.code("numerator")?,
            denominator: row.code("denominator")?,
            factor,
        },
        "count_share" => Aggregation::CountShare {
            numerator: row.code("numerator")?,
            denominator: row.code("denominator")?,
            factor,
        },
        "weighted_mean" => Aggregation::WeightedMean {
            weight: row.code("weight")?,
        },
        "last" => Aggregation::Last,
        "max" => Aggregation::Max,
        "" | "none" => Aggregation::None,
        _ => return Err(row.fault("not-an-aggregation", "aggregation")),
    })
}
