//! The table of cases that the device's script is held to as well (`e2e/edits.test.mjs`).

use serde_json::Value as Json;

use super::*;
use crate::report::number;

fn table() -> Json {
    serde_json::from_str(include_str!("../../../test_data/report_cases.json")).unwrap()
}

fn text(json: &Json) -> &str {
    json.as_str().unwrap()
}

fn code(json: &Json) -> IndicatorCode {
    text(json).parse().unwrap()
}

fn decimal(json: &Json) -> Decimal {
    text(json).parse().unwrap()
}

fn edit(json: &Json) -> Edit {
    let value = &json["value"];
    match text(&json["kind"]) {
        "at-least" => Edit::AtLeast(decimal(value)),
        "at-most" => Edit::AtMost(decimal(value)),
        "decimals" => Edit::Decimals(value.as_u64().unwrap().try_into().unwrap()),
        "not-more-than" => Edit::NotMoreThan(code(&json["whole"])),
        "parts-not-more-than" => Edit::PartsNotMoreThan {
            with: json["with"].as_array().unwrap().iter().map(code).collect(),
            whole: code(&json["whole"]),
        },
        "near-last" => Edit::NearLast(decimal(value)),
        other => panic!("no edit {other}"),
    }
}

fn item(json: &Json) -> Item {
    Item {
        indicator: code(&json["indicator"]),
        unit: UnitMeasure::from_static("household"),
        required: json["required"].as_bool().unwrap(),
        edits: json["edits"].as_array().unwrap().iter().map(edit).collect(),
        hint_vi: String::new(),
        hint_en: String::new(),
    }
}

#[test]
fn the_table_of_cases_holds() {
    let table = table();
    let cases = table["cases"].as_array().unwrap();
    assert!(20 < cases.len());
    for case in cases {
        let last = if case["last"].is_object() {
            &case["last"]
        } else {
            &table["last"]
        };
        let form = Form {
            items: table["items"].as_array().unwrap().iter().map(item).collect(),
            last: last
                .as_object()
                .unwrap()
                .iter()
                .map(|(indicator, value)| (indicator.parse().unwrap(), decimal(value)))
                .collect(),
        };
        let texts: Texts = case["texts"]
            .as_object()
            .unwrap()
            .iter()
            .map(|(indicator, typed)| (indicator.parse().unwrap(), text(typed).to_owned()))
            .collect();
        let found: Vec<Json> = form
            .examine(&texts, case["complete"].as_bool().unwrap())
            .into_iter()
            .map(|finding| {
                let args: serde_json::Map<_, _> = finding
                    .problem
                    .args()
                    .into_iter()
                    .map(|(name, value)| (name.to_owned(), Json::from(value)))
                    .collect();
                serde_json::json!({
                    "indicator": finding.indicator.as_str(),
                    "code": finding.problem.code(),
                    "soft": finding.soft,
                    "args": args,
                })
            })
            .collect();
        assert_eq!(Json::from(found), case["expected"], "{}", case["name"]);
    }
}

#[test]
fn the_table_of_numbers_holds() {
    for case in table()["numbers"].as_array().unwrap() {
        let decimals = case["decimals"].as_u64().unwrap().try_into().unwrap();
        let told = match number::read(text(&case["text"]), decimals) {
            Ok(value) => value.normalize().to_string(),
            Err(Unreadable::NotANumber) => "no".to_owned(),
            Err(Unreadable::Ambiguous { whole, fraction }) => format!("{whole}|{fraction}"),
        };
        assert_eq!(told, text(&case["expected"]), "{:?}", case["text"]);
    }
}
