//! Tables come in: all or nothing, every wrong cell named.

use app::{Actor, Error, Import};
use plan::CatalogueList;

use crate::test_app::TestApp;

const HEADING: &str = "indicator,place,period,value,quote,title,publisher,date";

fn observations(rows: &[&str]) -> Import {
    let text = format!("{HEADING}\n{}\n", rows.join("\n"));
    Import {
        observations: vec![("số liệu.csv".to_owned(), text.into_bytes())],
        ..Import::default()
    }
}

/// What came of it: the codes and rows of the diagnostics.
async fn refused(test: &TestApp, import: Import) -> Vec<(&'static str, Option<u32>)> {
    let head = test.app.head();
    let Err(Error::Invalid(wrong)) = test.app.import(&Actor::operator(), import).await else {
        panic!("must be refused")
    };
    assert_eq!(test.app.head(), head, "nothing half done");
    wrong
        .into_iter()
        .map(|wrong| (wrong.code, wrong.place.row))
        .collect()
}

#[tokio::test]
async fn one_wrong_row_keeps_all_out_and_all_wrong_rows_are_named() {
    let test = TestApp::new().await;
    let import = observations(&[
        "poverty.rate,VN-11,2025,17.78,còn 17.78%,Báo cáo,UBND tỉnh,2026-01-31",
        "poverty.ratio,VN-11,2025,17.78,còn 17.78%,Báo cáo,UBND tỉnh,2026-01-31",
        "poverty.rate,VN-99,2025,17.78,còn 17.78%,Báo cáo,UBND tỉnh,2026-01-31",
        "poverty.rate,VN-11,2025-02-30,17.78,còn 17.78%,Báo cáo,UBND tỉnh,2026-01-31",
        "poverty.rate,VN-11,2025,178,còn 17.78%,Báo cáo,UBND tỉnh,2026-01-31",
    ]);
    let mut found = refused(&test, import).await;
    found.sort_by_key(|(_, row)| *row);
    assert_eq!(
        found,
        [
            ("unknown-indicator", Some(3)),
            ("unknown-place", Some(4)),
            ("not-a-period", Some(5)),
            ("above-natural-limit", Some(6)),
            ("value-twice", Some(6)),
        ]
    );
}

#[tokio::test]
async fn the_same_table_twice_changes_nothing_and_a_second_source_joins() {
    let test = TestApp::new().await;
    let row = "poverty.rate,VN-11,2025,17.78,còn 17.78%,Báo cáo,UBND tỉnh,2026-01-31";
    let first = test
        .app
        .import(&Actor::operator(), observations(&[row]))
        .await
        .unwrap();
    assert_eq!((first.observations, first.known), (1, 0));
    let head = test.app.head();
    let again = test
        .app
        .import(&Actor::operator(), observations(&[row]))
        .await
        .unwrap();
    assert_eq!((again.observations, again.known), (0, 1));
    assert_eq!(test.app.head(), head);
    let other = row.replace("UBND tỉnh", "Cục Thống kê");
    let joined = test
        .app
        .import(&Actor::operator(), observations(&[&other]))
        .await
        .unwrap();
    assert_eq!((joined.observations, joined.joined), (0, 1));
}

#[tokio::test]
async fn a_row_that_cites_a_document_must_quote_it() {
    let test = TestApp::new().await;
    let text = "Tỷ lệ hộ nghèo năm 2025 còn 17,78%. Năm 2024 là 21,29%. Năm 2024 là 21,29%.";
    let import = |quote: &str, surface: &str, name: &str| {
        Import {
        documents: vec![("báo cáo.txt".to_owned(), text.as_bytes().to_vec())],
        observations: vec![(
            "số liệu.csv".to_owned(),
            format!("indicator,place,period,value,document,quote,surface\npoverty.rate,VN-11,2025,17.78,{name},\"{quote}\",\"{surface}\"\n")
                .into_bytes(),
        )],
        ..Import::default()
    }
    };
    for (quote, surface, name, code) in [
        ("còn 17.78%", "", "báo cáo.txt", "quote-not-found"),
        ("Năm 2024 là 21,29%", "", "báo cáo.txt", "quote-not-once"),
        ("còn 17,78%", "21,29%", "báo cáo.txt", "surface-not-in-quote"),
        ("còn 17,78%", "17,78%", "khác.txt", "document-not-in-register"),
    ] {
        assert_eq!(
            refused(&test, import(quote, surface, name)).await,
            [(code, Some(2))]
        );
    }
    let imported = test
        .app
        .import(&Actor::operator(), import("còn 17,78%", "17,78%", "báo cáo"))
        .await
        .unwrap();
    assert_eq!((imported.documents, imported.observations), (1, 1));
    let documents = test.app.documents(&Actor::public()).await.unwrap();
    let view = test
        .app
        .document(&Actor::public(), documents[0].document)
        .await
        .unwrap();
    let figure = view
        .figures
        .iter()
        .find(|figure| figure.surface.starts_with("17,78"))
        .unwrap();
    assert!(
        matches!(figure.review, app::document::ReviewState::Observation(_)),
        "{figure:?}"
    );
}

#[tokio::test]
async fn a_catalogue_that_is_loaded_takes_the_place_of_the_old_one() {
    let test = TestApp::new().await;
    let rows = "code,name_vi,name_en,unit,better,group_vi,group_en,price_basis,aggregation,over_time,numerator,denominator,\
        weight,natural_min,natural_max,definition_vi,definition_en\n\
        poverty.rate,Hộ nghèo,Poor,%,down,a,b,,none,last,,,,0,100,c,d\n";
    let import = |text: &str| Import {
        catalogues: vec![(
            CatalogueList::Indicators,
            "danh mục.csv".to_owned(),
            text.as_bytes().to_vec(),
        )],
        ..Import::default()
    };
    test.app.import(&Actor::operator(), import(rows)).await.unwrap();
    let catalogue = test.app.catalogue(&Actor::public()).await.unwrap();
    assert_eq!(catalogue.len(), 1);
    assert_eq!(catalogue[0].indicator.name.vi, "Hộ nghèo");
    assert_eq!(refused(&test, import("code,name_vi\n")).await.len(), 2);
}

const REGIMES: &str = "code,name_vi,name_en,reporters,receiver,frequency,calendar,send_by_days,lock_after_days,edition,from\n\
    xa-nam,Báo cáo năm,Yearly report,commune,VN-11,A,calendar,10,30,official,2026-01-01\n";
const LINES: &str = "regime,indicator,decimals,min\nxa-nam,culture.families,0,0\n";

fn regimes(statements: &str, lines: &str) -> Import {
    let files = vec![
        ("regimes.csv".to_owned(), statements.as_bytes().to_vec()),
        ("regime_lines.csv".to_owned(), lines.as_bytes().to_vec()),
    ];
    Import::of_files(files)
}

#[tokio::test]
async fn regimes_come_in_as_tables_once_and_every_fault_has_its_row() {
    let test = TestApp::new().await;
    let operator = Actor::operator();
    let imported = test.app.import(&operator, regimes(REGIMES, LINES)).await.unwrap();
    assert_eq!((imported.regimes, imported.documents), (1, 0));
    let page = test.app.regime(&operator, "xa-nam", None).await.unwrap();
    assert_eq!(page.items.len(), 1);
    let again = test.app.import(&operator, regimes(REGIMES, LINES)).await.unwrap();
    assert_eq!(again.regimes, 0, "what stands so already is passed over");

    // A wrong unit, a wrong letter in a code and an unknown indicator: all told, nothing issued.
    let statements =
        format!("{REGIMES}xa-quy,Báo cáo quý,Report,commune,VN-99,W,calendar,10,30,official,2026-01-01\n");
    let lines = format!("{LINES}xa-nma,culture.families,0,0\nxa-nam,culture.familes,0,0\n");
    let mut found = refused(&test, regimes(&statements, &lines)).await;
    found.sort();
    assert_eq!(
        found,
        [
            ("regime-line-of-none", Some(3)),
            ("unknown-code", Some(3)),
            ("unknown-indicator", Some(4)),
        ]
    );
    // Lines alone have no regime.
    let alone = Import::of_files(vec![("l.csv".to_owned(), LINES.as_bytes().to_vec())]);
    assert_eq!(refused(&test, alone).await, [("regime-line-of-none", Some(2))]);
    let denied = test.app.import(&Actor::public(), regimes(REGIMES, LINES)).await;
    assert!(matches!(denied, Err(Error::SignIn { .. })), "{denied:?}");
}

#[tokio::test]
async fn the_examples_regimes_are_tables_of_its_folder() {
    let folder = std::path::Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/dien-bien"));
    let files = ["regimes.csv", "regime_lines.csv"]
        .into_iter()
        .map(|name| (name.to_owned(), std::fs::read(folder.join(name)).unwrap()));
    let test = TestApp::new().await;
    let import = Import::of_files(files.collect());
    assert!(import.documents.is_empty());
    let imported = test.app.import(&Actor::operator(), import).await.unwrap();
    assert_eq!(imported.regimes, 3);
    for (regime, lines) in [
        ("xa-thang", 9),
        ("xa-ho-ngheo-quy", 6),
        ("xa-nong-thon-nua-nam", 7),
    ] {
        let page = test.app.regime(&Actor::public(), regime, None).await.unwrap();
        assert_eq!(page.items.len(), lines, "{regime}");
    }
}
