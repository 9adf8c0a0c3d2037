//! Everything that must not be loaded is found on loading, named with its file and row, and nothing is recorded.

use app::{Actor, Error, Import};

use crate::test_app::TestApp;

const UNITS: &str = "code,parent,level,name_vi,name_en,type,valid_from,valid_to,area_km2\n";
const SUCCESSIONS: &str = "predecessor,successor,date,share\n";
const INDICATORS: &str = "code,name_vi,name_en,unit,better,aggregation,over_time,numerator,denominator,weight,natural_min,natural_max,formula\n";
const VALUES: &str = "indicator,place,period,value,publisher,title,date,quote\n";

/// What goes wrong, the files, and what is expected: code, file, row.
type Case = (
    &'static str,
    Vec<(&'static str, String)>,
    (&'static str, &'static str, u32),
);

fn cases() -> Vec<Case> {
    let units = |rows: &str| ("units.csv", format!("{UNITS}{rows}"));
    let successions = |rows: &str| ("successions.csv", format!("{SUCCESSIONS}{rows}"));
    let indicators = |rows: &str| ("indicators.csv", format!("{INDICATORS}{rows}"));
    let values = |rows: &str| ("values.csv", format!("{VALUES}{rows}"));
    let country = "VN,,country,A,A,quốc gia,,,\n";
    let two = "VN-11,VN,province,A,A,tỉnh,,2025-06-30,\nVN-12,VN,province,B,B,tỉnh,2025-07-01,,\nVN-14,VN,province,C,C,tỉnh,2025-07-01,,\n";
    vec![
        (
            "a cycle of units",
            vec![units(&format!(
                "{country}VN-11,VN-12,province,A,A,tỉnh,,,\nVN-12,VN-11,province,B,B,tỉnh,,,\n"
            ))],
            ("unit-cycle", "units.csv", 3),
        ),
        (
            "a unit in two parents at once",
            vec![units(&format!(
                "{country}VN-11,VN,province,A,A,tỉnh,,,\nVN-12,VN,province,B,B,tỉnh,,,\nVN-11-00001,VN-11,commune,C,C,xã,,,\nVN-11-00001,VN-12,commune,C,C,xã,,,\n"
            ))],
            ("unit-two-parents", "units.csv", 6),
        ),
        (
            "overlapping validity",
            vec![units(&format!(
                "{country}VN-11,VN,province,A,A,tỉnh,,2025-07-05,\nVN-11,VN,province,A,A,tỉnh,2025-07-01,,\n"
            ))],
            ("unit-validity-overlaps", "units.csv", 4),
        ),
        (
            "shares that exceed one",
            vec![
                units(&format!("{country}{two}")),
                successions("VN-11,VN-12,2025-07-01,0.7\nVN-11,VN-14,2025-07-01,0.4\n"),
            ],
            ("succession-share-sum", "successions.csv", 3),
        ),
        (
            "a succession of units that were not there",
            vec![
                units(&format!("{country}{two}")),
                successions("VN-11,VN-15,2025-07-01,1\n"),
            ],
            ("succession-unit-unknown", "successions.csv", 2),
        ),
        (
            "a formula with a cycle",
            vec![indicators(
                "a.a,A,A,%,up,none,none,,,,,,b.b * 1\nb.b,B,B,%,up,none,none,,,,,,a.a * 1\n",
            )],
            ("formula-cycle", "indicators.csv", 3),
        ),
        (
            "a formula that names what is not there",
            vec![indicators(
                "a.a,A,A,%,up,none,none,,,,,,\nb.b,B,B,%,up,none,none,,,,,,c.c * 1\n",
            )],
            ("formula-unknown-name", "indicators.csv", 3),
        ),
        (
            "a mean without a weight",
            vec![indicators(
                "a.a,A,A,%,up,sum,sum,,,,,,\nb.b,B,B,%,up,weighted_mean,none,,,,,,\n",
            )],
            ("cell-empty", "indicators.csv", 3),
        ),
        (
            "a weight that is no indicator",
            vec![indicators("b.b,B,B,%,up,weighted_mean,none,,,w.w,,,\n")],
            ("unknown-indicator", "indicators.csv", 2),
        ),
        (
            "a weight that is negative",
            vec![values("households.total,VN-11,2025,-5,A,B,2026-01-01,-5 hộ\n")],
            ("below-natural-limit", "values.csv", 2),
        ),
        (
            "a period that is no period",
            vec![values(
                "poverty.rate,VN-11,2025,17.78,A,B,2026-01-01,17.78\npoverty.rate,VN-11,2025-Q5,17.78,A,B,2026-01-01,17.78\n",
            )],
            ("not-a-period", "values.csv", 3),
        ),
        (
            "an observation for a unit that did not exist then",
            vec![values(
                "poverty.rate,VN-11-03158,2024,17.78,A,B,2026-01-01,17.78\n",
            )],
            ("place-not-in-period", "values.csv", 2),
        ),
        (
            "two values for one cell and edition",
            vec![values(
                "poverty.rate,VN-11,2025,17.78,A,B,2026-01-01,17.78\npoverty.rate,VN-11,2025,17.66,A,B,2026-01-01,17.66\n",
            )],
            ("value-twice", "values.csv", 3),
        ),
    ]
}

#[tokio::test]
async fn every_kind_of_bad_input_is_named_with_its_row_and_nothing_is_applied() {
    let test = TestApp::new().await;
    let operator = Actor::operator();
    let before = test.app.head();
    for (what, files, (code, file, row)) in cases() {
        let files = files
            .into_iter()
            .map(|(name, text)| (name.to_owned(), text.into_bytes()))
            .collect();
        let refused = test.app.import(&operator, Import::of_files(files)).await;
        let Err(Error::Invalid(faults)) = refused else {
            panic!("{what}: {refused:?}")
        };
        let found: Vec<_> = faults
            .iter()
            .map(|fault| (fault.code, fault.place.file.as_deref(), fault.place.row))
            .collect();
        assert!(
            found.contains(&(code, Some(file), Some(row))),
            "{what}: {found:?}"
        );
        assert_eq!(test.app.head(), before, "{what}");
    }
}

/// Two papers that differ are no fault: both are kept, and the difference is a finding.
#[tokio::test]
async fn two_papers_that_differ_are_both_kept() {
    let test = TestApp::new().await;
    let rows = "poverty.rate,VN-11,2025,17.78,A,B,2026-01-01,17.78\npoverty.rate,VN-11,2025,17.66,A,C,2026-01-02,17.66\n";
    let files = vec![("values.csv".to_owned(), format!("{VALUES}{rows}").into_bytes())];
    let imported = test
        .app
        .import(&Actor::operator(), Import::of_files(files))
        .await
        .unwrap();
    assert_eq!(imported.observations, 2);
}
