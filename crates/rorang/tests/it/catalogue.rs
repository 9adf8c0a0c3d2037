//! The catalogue of indicators (`data/indicators.csv`) and the breaks of its standards (`data/breaks.csv`).

use std::collections::{BTreeMap, BTreeSet};

use terms::{Date, Decimal, IndicatorCode, UnitMeasure};

use crate::table::{Row, root, rows};

const CATALOGUE: &str = "data/indicators.csv";

fn by_code() -> BTreeMap<String, Row> {
    rows(CATALOGUE)
        .into_iter()
        .map(|row| (row["code"].clone(), row))
        .collect()
}

/// The codes of the rows that break a rule, so that one run tells them all.
fn breaking(rule: impl Fn(&Row) -> bool) -> Vec<String> {
    rows(CATALOGUE)
        .iter()
        .filter(|row| !rule(row))
        .map(|row| row["code"].clone())
        .collect()
}

#[test]
fn no_code_stands_twice_and_each_is_well_formed() {
    let all = rows(CATALOGUE);
    assert_eq!(by_code().len(), all.len());
    assert_eq!(
        breaking(|row| row["code"].parse::<IndicatorCode>().is_ok()),
        [""; 0]
    );
}

#[test]
fn codes_that_annotations_use_are_all_there_with_their_unit_and_direction() {
    let path = root().join("../shared/data/indicators.csv");
    let Ok(mut reader) = csv::Reader::from_path(&path) else {
        eprintln!(
            "{} is absent: the codes of the annotated texts were not compared",
            path.display()
        );
        return;
    };
    let ours = by_code();
    for theirs in reader.deserialize::<Row>() {
        let theirs = theirs.expect("the catalogue of the annotations is a table");
        let our = ours
            .get(&theirs["code"])
            .unwrap_or_else(|| panic!("{} is gone", theirs["code"]));
        for column in ["unit", "better", "name_vi", "name_en"] {
            assert_eq!(our[column], theirs[column], "{column} of {}", theirs["code"]);
        }
    }
}

#[test]
fn every_indicator_is_named_and_defined_in_both_languages() {
    let told = |row: &Row| {
        ["name_vi", "name_en", "group_vi", "group_en"]
            .iter()
            .all(|column| !row[*column].is_empty())
            && ["definition_vi", "definition_en"]
                .iter()
                .all(|column| row[*column].len() > 20 && row[*column].ends_with('.'))
            && row["definition_vi"] != row["definition_en"]
    };
    assert_eq!(breaking(told), [""; 0]);
}

#[test]
fn a_group_has_one_name_in_each_language() {
    let pairs: BTreeSet<_> = rows(CATALOGUE)
        .iter()
        .map(|row| (row["group_vi"].clone(), row["group_en"].clone()))
        .collect();
    let vietnamese: BTreeSet<_> = pairs.iter().map(|pair| &pair.0).collect();
    let english: BTreeSet<_> = pairs.iter().map(|pair| &pair.1).collect();
    assert_eq!((vietnamese.len(), english.len()), (pairs.len(), pairs.len()));
}

#[test]
fn the_words_of_each_list_are_known() {
    let known = |row: &Row| {
        matches!(row["better"].as_str(), "up" | "down" | "")
            && matches!(
                row["aggregation"].as_str(),
                "sum" | "ratio" | "count_share" | "weighted_mean" | "none"
            )
            && matches!(
                row["over_time"].as_str(),
                "sum" | "last" | "mean" | "ratio" | "compound" | "none"
            )
            && (matches!(row["price_basis"].as_str(), "" | "current")
                || row["price_basis"]
                    .strip_prefix("constant:")
                    .is_some_and(|year| year.parse::<i16>().is_ok()))
            && !row["unit"].is_empty()
    };
    assert_eq!(breaking(known), [""; 0]);
}

#[test]
fn what_an_indicator_is_made_from_is_in_the_catalogue() {
    let codes = by_code();
    let made = |row: &Row| {
        let named = ["numerator", "denominator", "weight"].map(|column| row[column].as_str());
        let made_from = match row["aggregation"].as_str() {
            "ratio" | "count_share" => !named[0].is_empty() && !named[1].is_empty() && named[2].is_empty(),
            "weighted_mean" => named[0].is_empty() && named[1].is_empty() && !named[2].is_empty(),
            _ => named.iter().all(|code| code.is_empty()),
        };
        made_from
            && named
                .iter()
                .all(|code| code.is_empty() || (codes.contains_key(*code) && *code != row["code"]))
    };
    assert_eq!(breaking(made), [""; 0]);
}

#[test]
fn the_parts_of_a_ratio_can_themselves_be_added_up() {
    let codes = by_code();
    let additive = |row: &Row| {
        ["numerator", "denominator", "weight"]
            .iter()
            .all(|column| row[*column].is_empty() || codes[&row[*column]]["aggregation"] == "sum")
    };
    assert_eq!(breaking(additive), [""; 0]);
}

#[test]
fn natural_limits_are_numbers_in_order() {
    let ordered = |row: &Row| {
        let limit = |column: &str| (!row[column].is_empty()).then(|| row[column].parse::<Decimal>());
        match (limit("natural_min"), limit("natural_max")) {
            (Some(Ok(least)), Some(Ok(most))) => least < most,
            (Some(Err(_)), _) | (_, Some(Err(_))) => false,
            _ => true,
        }
    };
    assert_eq!(breaking(ordered), [""; 0]);
}

#[test]
fn prices_are_settled_only_for_money_and_for_ratios_of_money() {
    let codes = by_code();
    let money = |code: &str| {
        codes
            .get(code)
            .is_some_and(|row| UnitMeasure::new(row["unit"].clone()).is_money())
    };
    let settled = |row: &Row| {
        row["price_basis"].is_empty()
            || money(&row["code"])
            || money(&row["numerator"])
            || row["code"] == "investment.transport_share"
    };
    assert_eq!(breaking(settled), [""; 0]);
}

#[test]
fn breaks_name_an_indicator_a_day_and_both_standards() {
    let codes = by_code();
    for row in rows("data/breaks.csv") {
        let told = ["old_vi", "new_vi", "old_en", "new_en", "source"];
        assert!(codes.contains_key(&row["indicator"]), "{row:?}");
        assert!(row["date"].parse::<Date>().is_ok(), "{row:?}");
        assert!(matches!(row["kind"].as_str(), "standard" | "units"), "{row:?}");
        assert!(told.iter().all(|column| !row[*column].is_empty()), "{row:?}");
    }
}
