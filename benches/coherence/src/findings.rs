//! A million observations: the whole register from nothing, and a new document of 60 statements against it.

use std::time::Instant;

use engine::consistency::{Index, Kinship, Statement};
use serde_json::{Value, json};
use terms::{Bound, Decimal, IndicatorCode, Kind, Measure, RefArea, TimePeriod};

pub(crate) fn measure() -> Value {
    let (communes, indicators, years) = (3_321_usize, 60_usize, 5_i16);
    let codes: Vec<IndicatorCode> = (0..indicators)
        .map(|index| IndicatorCode::new(format!("bench.i{index}")).expect("a code"))
        .collect();
    let mut statements = Vec::with_capacity(1_000_000);
    'all: for commune in 0..communes {
        let place = RefArea::new(format!("VN-11-{commune:05}"));
        for code in &codes {
            for year in 0..years + 1 {
                if statements.len() == 1_000_000 {
                    break 'all;
                }
                let number = statements.len();
                let value = Decimal::new(
                    1_000 + (number % 977) as i64 + if number % 97 == 1 { 500 } else { 0 },
                    1,
                );
                // Every 97th value is told again by another paper, differently.
                let again = number % 97 == 1;
                statements.push(Statement {
                    id: number.to_string(),
                    indicator: code.clone(),
                    place: place.clone(),
                    period: TimePeriod::Year(2020 + if again { year - 1 } else { year }.max(0)),
                    measure: Measure::Level,
                    kind: Kind::Actual,
                    bound: Bound::Eq,
                    value,
                    upper: None,
                    step: Decimal::new(1, 1),
                    price_basis: None,
                    price_matters: false,
                    own_value: true,
                    edition: None,
                    scope: None,
                    documents: vec![u32::try_from(number / 60).expect("few documents")],
                    date: None,
                });
            }
        }
    }
    let kinship = Kinship::default();
    let start = Instant::now();
    let index = Index::new(&statements, &kinship);
    let findings = index.findings();
    let whole_s = start.elapsed().as_secs_f64();
    let document: Vec<usize> = (600_000..600_060).collect();
    let mut times: Vec<f64> = (0..21)
        .map(|_| {
            let start = Instant::now();
            let found = index.against(10_000, &document);
            assert!(found.len() < 60);
            start.elapsed().as_secs_f64() * 1e3
        })
        .collect();
    times.sort_by(f64::total_cmp);
    json!({
        "observations": statements.len(), "findings": findings.len(), "seconds": whole_s,
        "observations_per_second": statements.len() as f64 / whole_s, "document_ms": times[times.len() / 2],
    })
}
