//! What a device sends arrives once, whatever the link does with it: lost, doubled, held up.

use app::policy::Role;
use app::report::{SaveReport, SavedReport};
use app::{Actor, Error};
use plan::{Office, OperationId};
use terms::{IndicatorCode, RefArea};

use crate::test_app::TestApp;

const STATEMENTS: &str = "code,name_vi,name_en,reporters,receiver,frequency,calendar,send_by_days,lock_after_days,edition,from\n\
    tinh-thang,Báo cáo tháng,Monthly report,province,VN-11,M,calendar,20,40,preliminary,2026-01-01\n";
const LINES: &str = "regime,indicator,decimals,min\n\
    tinh-thang,poverty.rate,2,0\ntinh-thang,forest.coverage,2,0\ntinh-thang,health.insurance_coverage,2,0\n";

/// Small and good enough to choose by: the same seed, the same link.
fn next(state: &mut u64) -> u64 {
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    *state
}

async fn register() -> (TestApp, Actor) {
    let test = TestApp::new().await;
    let issued = test
        .app
        .issue_regimes(
            &Actor::operator(),
            ("regimes.csv", STATEMENTS.as_bytes()),
            ("lines.csv", LINES.as_bytes()),
        )
        .await
        .unwrap();
    assert_eq!(issued, 1);
    let reporter = test.person(Role::Reporter).await;
    (test, reporter)
}

fn save(line: &IndicatorCode, text: String, seen: u64, number: usize) -> SaveReport {
    let mut name = [7; 16];
    name[..8].copy_from_slice(&u64::try_from(number).unwrap().to_be_bytes());
    SaveReport {
        regime: "tinh-thang".parse().unwrap(),
        period: "2026-11".parse().unwrap(),
        office: Office::committee(RefArea::from_static("VN-11")),
        values: [(line.clone(), text)].into(),
        explanations: [].into(),
        seen,
        operation: Some(OperationId(name)),
        device: None,
    }
}

#[tokio::test]
async fn five_hundred_saves_over_a_bad_link_are_recorded_once_each() {
    let (test, reporter) = register().await;
    let lines: Vec<IndicatorCode> = ["poverty.rate", "forest.coverage", "health.insurance_coverage"]
        .iter()
        .map(|code| code.parse().unwrap())
        .collect();
    let before = test.app.head().number;
    let mut chance = 20_261_122;
    let mut seen = vec![0; lines.len()];
    let mut held_up: Vec<(SaveReport, SavedReport)> = Vec::new();
    for number in 0..500 {
        let at = number % lines.len();
        let sent = save(&lines[at], format!("{}", 1_000 + number), seen[at], number);
        let first = test.app.save_report(&reporter, &sent).await.unwrap();
        assert_eq!(first.conflicts, []);
        match next(&mut chance) % 4 {
            // The answer was lost: the device asks again and is told the same.
            0 => assert_eq!(test.app.save_report(&reporter, &sent).await.unwrap(), first),
            // A copy was held up on the way, and comes after later ones.
            1 => held_up.push((sent.clone(), first.clone())),
            // Twice at the same moment.
            2 => {
                let (one, other) = tokio::join!(
                    test.app.save_report(&reporter, &sent),
                    test.app.save_report(&reporter, &sent)
                );
                assert_eq!((one.unwrap(), other.unwrap()), (first.clone(), first.clone()));
            }
            _ => {}
        }
        if next(&mut chance).is_multiple_of(3) && !held_up.is_empty() {
            let late = usize::try_from(next(&mut chance)).unwrap_or(0) % held_up.len();
            let (late, answer) = held_up.swap_remove(late);
            assert_eq!(test.app.save_report(&reporter, &late).await.unwrap(), answer);
        }
        seen[at] = first.version;
    }
    assert_eq!(test.app.head().number - before, 500, "each once");
    let last = test
        .app
        .report_form(
            &reporter,
            &test.app.report_key("tinh-thang", "2026-11", "VN-11").unwrap(),
        )
        .await
        .unwrap();
    let texts: Vec<&str> = last.lines.iter().map(|line| line.text.as_str()).collect();
    assert_eq!(texts, ["1498", "1499", "1497"]);
}

#[tokio::test]
async fn another_act_under_the_same_name_is_refused_and_changes_nothing() {
    let (test, reporter) = register().await;
    let line: IndicatorCode = "poverty.rate".parse().unwrap();
    let first = save(&line, "17".to_owned(), 0, 1);
    test.app.save_report(&reporter, &first).await.unwrap();
    let head = test.app.head();
    let other = save(&line, "18".to_owned(), 0, 1);
    let Err(Error::Invalid(told)) = test.app.save_report(&reporter, &other).await else {
        panic!("taken for the same");
    };
    assert_eq!(told[0].code, "operation-reused");
    assert_eq!(test.app.head(), head);
}
