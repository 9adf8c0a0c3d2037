//! Observations and targets, one a row, each with the sentence that tells it (`docs/import.md`).

use plan::{Edition, Fact, ObsStatus, Observation, PriceBasis, Scope, Source, Target};
use terms::{Bound, Date, Decimal, Diagnostic, IndicatorCode, Measure, Place, RefArea, TimePeriod};

use crate::row::Cells;
use crate::table::Table;
use crate::way;

/// A value as a row tells it.
#[derive(Debug, Clone, PartialEq)]
pub struct ValueRow {
    /// The row.
    pub at: Place,
    /// The value.
    pub fact: Fact,
    /// Where it stands.
    pub citation: Citation,
    /// Why it is recorded so; empty where the row says nothing.
    pub note: String,
}

/// Where a value stands.
#[derive(Debug, Clone, PartialEq)]
pub enum Citation {
    /// In a document of the register, by its file's name.
    Document {
        /// The file's name.
        name: String,
        /// The sentence.
        quote: String,
        /// The number as written; the whole quote where empty.
        surface: String,
    },
    /// In a paper that the register does not hold.
    Outside(Source),
}

const SHARED: [&str; 17] = [
    "indicator",
    "place",
    "measure",
    "value",
    "upper",
    "bound",
    "price_basis",
    "base_year",
    "scope",
    "document",
    "quote",
    "surface",
    "publisher",
    "title",
    "date",
    "url",
    "note",
];

/// Reads observations. Needed: `indicator`, `place`, `period`, `value`.
pub fn read_observations(table: &Table) -> (Vec<ValueRow>, Vec<Diagnostic>) {
    let known = [SHARED.as_slice(), &["period", "edition", "status"]].concat();
    read(
        table,
        &known,
        &["indicator", "place", "period", "value"],
        observation,
    )
}

/// Reads targets. Needed: `indicator`, `place`, `due`, `value`.
pub fn read_targets(table: &Table) -> (Vec<ValueRow>, Vec<Diagnostic>) {
    let known = [
        SHARED.as_slice(),
        &way::COLUMNS,
        &["due", "baseline_period", "baseline_value"],
    ]
    .concat();
    read(table, &known, &["indicator", "place", "due", "value"], target)
}

fn read(
    table: &Table,
    known: &[&str],
    needed: &[&str],
    fact: fn(&mut Cells<'_, '_>) -> Option<Fact>,
) -> (Vec<ValueRow>, Vec<Diagnostic>) {
    let mut diagnostics = table.check_headings(known, needed);
    let mut rows = Vec::new();
    if !diagnostics.is_empty() {
        return (rows, diagnostics);
    }
    for row in &table.rows {
        let mut cells = Cells::new(table, row, &mut diagnostics);
        let fact = fact(&mut cells);
        let citation = citation(&mut cells);
        if let (Some(fact), Some(citation)) = (fact, citation) {
            rows.push(ValueRow {
                at: cells.place(),
                fact,
                citation,
                note: cells.text("note").to_owned(),
            });
        }
    }
    (rows, diagnostics)
}

/// What observations and targets have in common.
struct Common {
    indicator: IndicatorCode,
    ref_area: RefArea,
    measure: Measure,
    value: Decimal,
    upper: Option<Decimal>,
    bound: Bound,
    price_basis: Option<PriceBasis>,
    scope: Option<Scope>,
}

const PERIODS: &str = "2025, 2025-H1, 2025-Q3, 2025-07, 2025-07-27, 2021/2025";

fn observation(cells: &mut Cells<'_, '_>) -> Option<Fact> {
    let common = common(cells);
    let time_period = cells.parsed::<TimePeriod>("period", "not-a-period", PERIODS);
    let edition = cells.code_or("edition", Edition::Official, Edition::ALL, Edition::code);
    let usual = match edition {
        Some(Edition::Estimate) => ObsStatus::Estimated,
        Some(Edition::Preliminary) => ObsStatus::Provisional,
        _ => ObsStatus::Normal,
    };
    let status = cells.code_or("status", usual, ObsStatus::ALL, ObsStatus::code);
    let Common {
        indicator,
        ref_area,
        measure,
        value,
        upper,
        bound,
        price_basis,
        scope,
    } = common?;
    Some(Fact::Observation(Observation {
        indicator,
        ref_area,
        time_period: time_period?,
        measure,
        edition: edition?,
        status: status?,
        obs_value: value,
        upper,
        bound,
        price_basis,
        scope,
    }))
}

fn target(cells: &mut Cells<'_, '_>) -> Option<Fact> {
    let common = common(cells);
    let due = cells.parsed::<TimePeriod>("due", "not-a-period", PERIODS);
    let period = cells.optional::<TimePeriod>("baseline_period", "not-a-period", PERIODS);
    let start = cells.optional::<Decimal>("baseline_value", "not-a-number", "21.29");
    let (has_period, has_value) = (cells.text("baseline_period"), cells.text("baseline_value"));
    if has_period.is_empty() != has_value.is_empty() {
        let column = if has_period.is_empty() {
            "baseline_period"
        } else {
            "baseline_value"
        };
        cells.fault("missing-value", column, "");
    }
    let way = way::read(cells);
    let Common {
        indicator,
        ref_area,
        measure,
        value,
        upper,
        bound,
        price_basis,
        scope,
    } = common?;
    Some(Fact::Target(Target {
        indicator,
        ref_area,
        due: due?,
        measure,
        value,
        upper,
        bound,
        price_basis,
        scope,
        baseline: period.zip(start),
        way: way?,
    }))
}

fn common(cells: &mut Cells<'_, '_>) -> Option<Common> {
    let indicator = cells.parsed::<IndicatorCode>("indicator", "not-an-indicator-code", "poverty.rate");
    let ref_area = cells.required("place").map(RefArea::new);
    let measure = cells.code_or("measure", Measure::Level, &Measure::ALL, Measure::code);
    let value = cells.parsed::<Decimal>("value", "not-a-number", "17.66");
    let upper = cells.optional::<Decimal>("upper", "not-a-number", "11");
    let usual = if cells.text("upper").is_empty() {
        Bound::Eq
    } else {
        Bound::Range
    };
    let bound = cells.code_or("bound", usual, &Bound::ALL, Bound::code);
    let price_basis = price_basis(cells);
    let scope = match cells.text("scope") {
        "" => Some(None),
        _ => cells.optional::<Scope>("scope", "not-a-scope", "1–120").map(Some),
    };
    Some(Common {
        indicator: indicator?,
        ref_area: ref_area?,
        measure: measure?,
        value: value?,
        upper,
        bound: bound?,
        price_basis: price_basis?,
        scope: scope?,
    })
}

/// In whose prices; the outer `None` where the cells cannot be read.
#[expect(
    clippy::option_option,
    reason = "one says that nobody says, the other that it cannot be read"
)]
fn price_basis(cells: &mut Cells<'_, '_>) -> Option<Option<PriceBasis>> {
    match (cells.text("price_basis"), cells.text("base_year")) {
        ("", "") => Some(None),
        ("current", "") => Some(Some(PriceBasis::Current)),
        ("constant", _) => {
            let base_year = cells.parsed("base_year", "not-a-year", "2010")?;
            Some(Some(PriceBasis::Constant { base_year }))
        }
        ("current" | "", _) => {
            cells.fault("base-year-without-constant", "base_year", "");
            None
        }
        _ => {
            cells.fault("unknown-code", "price_basis", "current, constant");
            None
        }
    }
}

fn citation(cells: &mut Cells<'_, '_>) -> Option<Citation> {
    let optional = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    let quote = cells.required("quote")?.to_owned();
    let (name, surface) = (cells.text("document"), cells.text("surface"));
    if !name.is_empty() {
        return Some(Citation::Document {
            name: name.to_owned(),
            quote,
            surface: surface.to_owned(),
        });
    }
    let title = cells.required("title");
    let publisher = cells.required("publisher");
    let date = cells.parsed::<Date>("date", "not-a-date", "2025-07-27");
    Some(Citation::Outside(Source {
        document: None,
        span: None,
        quote,
        title: title?.to_owned(),
        publisher: publisher?.to_owned(),
        date: Some(date?),
        url: optional(cells.text("url")),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(text: &str) -> Table {
        Table::read("values.csv", text.as_bytes()).unwrap()
    }

    #[test]
    fn an_observation_has_the_usual_where_the_row_is_silent() {
        let (rows, doubts) = read_observations(&table(
            "indicator,place,period,edition,value,upper,document,quote\n\
             grdp.growth,VN-11,2025,estimate,7.34,,a.txt,GRDP ước tăng cao\n",
        ));
        assert_eq!(doubts, []);
        let Fact::Observation(observation) = &rows[0].fact else {
            panic!("no observation")
        };
        assert_eq!(observation.status, ObsStatus::Estimated);
        assert_eq!(
            (observation.measure, observation.bound),
            (Measure::Level, Bound::Eq)
        );
        assert_eq!(rows[0].at.row, Some(2));
    }

    #[test]
    fn a_target_may_be_a_range_with_a_baseline() {
        let (rows, doubts) = read_targets(&table(
            "indicator,place,due,measure,value,upper,baseline_period,baseline_value,quote,title,publisher,date\n\
             grdp.growth,VN-11,2026/2030,level,10,11,2025,7.34,10-11%,Nghị quyết,Tỉnh ủy,2025-10-01\n",
        ));
        assert_eq!(doubts, []);
        let Fact::Target(target) = &rows[0].fact else {
            panic!("no target")
        };
        assert_eq!(
            (target.bound, target.upper),
            (Bound::Range, Some(Decimal::from(11)))
        );
        assert_eq!(
            target.baseline,
            Some((TimePeriod::Year(2025), Decimal::new(734, 2)))
        );
        assert!(matches!(&rows[0].citation, Citation::Outside(source) if source.publisher == "Tỉnh ủy"));
    }

    #[test]
    fn every_wrong_cell_is_named_and_the_row_left_out() {
        let heading = "indicator,place,period,measure,value,bound,price_basis,base_year,document,quote";
        for (row, code, column) in [
            (
                "poverty,VN-11,2025,,1,,,,a,q",
                "not-an-indicator-code",
                "indicator",
            ),
            (",VN-11,2025,,1,,,,a,q", "missing-value", "indicator"),
            ("a.b,,2025,,1,,,,a,q", "missing-value", "place"),
            ("a.b,VN,2025-02-30,,1,,,,a,q", "not-a-period", "period"),
            ("a.b,VN,2025,speed,1,,,,a,q", "unknown-code", "measure"),
            ("a.b,VN,2025,,\"17,66\",,,,a,q", "not-a-number", "value"),
            ("a.b,VN,2025,,1,above,,,a,q", "unknown-code", "bound"),
            ("a.b,VN,2025,,1,,real,,a,q", "unknown-code", "price_basis"),
            ("a.b,VN,2025,,1,,constant,,a,q", "missing-value", "base_year"),
            (
                "a.b,VN,2025,,1,,,2010,a,q",
                "base-year-without-constant",
                "base_year",
            ),
            ("a.b,VN,2025,,1,,,,a,", "missing-value", "quote"),
        ] {
            let (rows, doubts) = read_observations(&table(&format!("{heading}\n{row}\n")));
            assert_eq!(rows, [], "{row}");
            assert_eq!(doubts.len(), 1, "{row}: {doubts:?}");
            assert_eq!(
                (doubts[0].code, doubts[0].place.column.as_deref()),
                (code, Some(column)),
                "{row}"
            );
        }
    }
}
