//! The catalogue as it stands, and rows with one fault each.

use super::*;

const INDICATORS: &str = include_str!("../../../../data/indicators.csv");
const BREAKS: &str = include_str!("../../../../data/breaks.csv");

fn code(text: &str) -> IndicatorCode {
    text.parse().unwrap()
}

#[test]
fn the_catalogue_of_the_repository_holds_together() {
    let catalogue = CatalogueTables {
        indicators: INDICATORS,
        breaks: BREAKS,
    }
    .read()
    .unwrap();
    assert!(200 < catalogue.entries().len());
    let rate = catalogue.get(&code("poverty.rate")).unwrap();
    assert_eq!(
        rate.aggregation,
        Aggregation::Ratio {
            numerator: code("poverty.households"),
            denominator: code("households.total"),
            factor: Decimal::ONE_HUNDRED,
        }
    );
    assert_eq!(
        catalogue.break_days(&code("poverty.rate")),
        ["2027-01-01".parse().unwrap()]
    );
    assert_eq!(
        rate.breaks[0].sides(Language::En).1,
        "Poverty standard 2027-2030 (Decree 351/2025/NĐ-CP)"
    );
}

#[test]
fn every_fault_is_named_with_its_row_and_column() {
    let header = "code,name_vi,name_en,unit,better,price_basis,aggregation,over_time,numerator,denominator,weight,natural_max,band_low,band_high\n";
    let check = |row: &str, expected: &str, column: Option<&str>| {
        let indicators = format!("{header}a.a,A,A,%,up,,sum,sum,,,,,,\n{row}\n");
        let breaks = "indicator,date,old_vi,new_vi,old_en,new_en,source\n";
        let faults = CatalogueTables {
            indicators: &indicators,
            breaks,
        }
        .read()
        .map(|_| ())
        .unwrap_err();
        assert_eq!(
            (faults[0].code, faults[0].place.row),
            (expected, Some(3)),
            "{row}"
        );
        assert_eq!(faults[0].place.column.as_deref(), column, "{row}");
    };
    check(
        "A.a,A,A,%,up,,sum,sum,,,,,,",
        "not-an-indicator-code",
        Some("code"),
    );
    check("a.a,A,A,%,up,,sum,sum,,,,,,", "indicator-twice", Some("code"));
    check("a.b,A,A,%,more,,sum,sum,,,,,,", "not-a-direction", Some("better"));
    check(
        "a.b,A,A,%,up,constant,sum,sum,,,,,,",
        "not-a-price-basis",
        Some("price_basis"),
    );
    check(
        "a.b,A,A,%,up,,total,sum,,,,,,",
        "not-an-aggregation",
        Some("aggregation"),
    );
    check(
        "a.b,A,A,%,up,,sum,often,,,,,,",
        "not-over-time",
        Some("over_time"),
    );
    check(
        "a.b,A,A,%,up,,ratio,sum,a.a,,,,,",
        "cell-empty",
        Some("denominator"),
    );
    check(
        "a.b,A,A,%,up,,weighted_mean,none,,,,,,",
        "cell-empty",
        Some("weight"),
    );
    check("a.b,A,A,%,up,,ratio,sum,a.a,a.z,,,,", "unknown-indicator", None);
    check(
        "a.b,A,A,%,up,,sum,sum,,,,many,,",
        "not-a-number",
        Some("natural_max"),
    );
    check("a.b,A,A,%,,,none,none,,,,,5,4", "band-empty", Some("band_low"));
}
