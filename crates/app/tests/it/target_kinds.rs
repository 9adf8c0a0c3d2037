//! Every kind of target from a table to how it stands: the number, the way, the status and what is missing.

use app::scoreboard::{Attainment, ScoreboardFilter, Status, TargetRow};
use app::target::{PlanTexts, WayTexts};
use app::{Actor, Error, Import};
use plan::Basis;
use terms::{Decimal, TimePeriod};

use crate::test_app::TestApp;

const TARGETS: &str = "indicator,place,due,measure,value,upper,bound,baseline_period,baseline_value,basis,path,milestones,\
                       units,quote,title,publisher,date";
const RESULTS: &str = "indicator,place,period,measure,value,quote,title,publisher,date";
const PAPER: &str = "câu,Nghị quyết,Tỉnh ủy,2025-10-17";

/// A register with one target and these results (`indicator,place,period,measure,value`).
async fn register(target: &str, results: &[&str]) -> TestApp {
    let test = TestApp::new().await;
    let results: Vec<String> = results
        .iter()
        .map(|row| format!("{row},câu,Báo cáo,UBND tỉnh,2026-11-01"))
        .collect();
    let import = Import {
        targets: vec![(
            "targets.csv".to_owned(),
            format!("{TARGETS}\n{target},{PAPER}\n").into_bytes(),
        )],
        observations: vec![(
            "observations.csv".to_owned(),
            format!("{RESULTS}\n{}\n", results.join("\n")).into_bytes(),
        )],
        ..Import::default()
    };
    test.app.import(&Actor::operator(), import).await.unwrap();
    test
}

async fn row(test: &TestApp) -> TargetRow {
    let board = test
        .app
        .scoreboard(&Actor::public(), &ScoreboardFilter::default())
        .await;
    board.unwrap().rows.remove(0)
}

fn d(text: &str) -> Decimal {
    text.parse().unwrap()
}

/// Basis, status, what is missing and the share of the way that is asked by then (to four places).
async fn check(target: &str, results: &[&str], basis: Basis, status: Status, gap: &str, on_path: &str) {
    let row = row(&register(target, results).await).await;
    let told = |value: Option<Decimal>| {
        value.map_or_else(String::new, |value| value.round_dp(4).normalize().to_string())
    };
    assert_eq!(
        (row.basis, row.status, told(row.gap), told(row.expected.on_path)),
        (basis, status, gap.to_owned(), on_path.to_owned()),
        "{target}"
    );
}

#[tokio::test]
async fn a_value_is_pursued_straight_compound_or_by_milestones() {
    let forest = ["forest.coverage,VN-11,2026,level,46"];
    check(
        "forest.coverage,VN-11,2030,level,47,,,2025,45.5,,,,",
        &forest,
        Basis::AtDue,
        Status::OnTrack,
        "1",
        "1.6667",
    )
    .await;
    check(
        "forest.coverage,VN-11,2030,level,47,,,2025,45.5,,,2026=46.2; 2028=46.5,",
        &forest,
        Basis::AtDue,
        Status::Behind,
        "1",
        "0.7143",
    )
    .await;
    // 54 × (115 ÷ 54)^⅕ = 62.81: 6 of 8.81; straight it would be 6 of 12.2.
    let income = ["grdp.per_capita,VN-11,2026,level,60000000"];
    for (path, status, on_path) in [
        ("compound", Status::Behind, "0.6808"),
        ("straight", Status::OffTrack, "0.4918"),
    ] {
        check(
            &format!("grdp.per_capita,VN-11,2030,level,115000000,,,2025,54000000,,{path},,"),
            &income,
            Basis::AtDue,
            status,
            "55000000",
            on_path,
        )
        .await;
    }
}

#[tokio::test]
async fn a_change_and_a_change_each_year_count_from_the_baseline() {
    // 17.78 − 12 = 5.78 by 2030; a fifth of the way is 2.4, of which 1.78 was gone.
    check(
        "poverty.rate,VN-11,2030,level,-12,,,2025,17.78,change,,,",
        &["poverty.rate,VN-11,2026,level,16"],
        Basis::Change,
        Status::Behind,
        "10.22",
        "0.7417",
    )
    .await;
    // Two years of −3 from 21.29: 15.29 by 2026.
    check(
        "poverty.rate,VN-11,2026,level,-3,,,2024,21.29,change_per_year,,,",
        &["poverty.rate,VN-11,2025,level,17.78"],
        Basis::ChangePerYear,
        Status::OnTrack,
        "2.49",
        "1.17",
    )
    .await;
}

#[tokio::test]
async fn means_sums_ranges_and_bounds_are_taken_at_their_word() {
    check(
        "grdp.growth,VN-11,2026/2030,growth,10,11,,,,,,,",
        &["grdp.growth,VN-11,2026,growth,10.2"],
        Basis::Compound,
        Status::OnTrack,
        "-0.2",
        "1.02",
    )
    .await;
    check(
        "industry.iip,VN-11,2025,growth,15,,gt,,,,,,",
        &["industry.iip,VN-11,2025,growth,15"],
        Basis::AtDue,
        Status::Missed,
        "0",
        "",
    )
    .await;
    check(
        "poverty.reduction,VN-11,2026/2030,change,3,,,,,average,,,",
        &["poverty.reduction,VN-11,2026,change,2.5"],
        Basis::Average,
        Status::Behind,
        "0.5",
        "0.8333",
    )
    .await;
    let sum = "investment.social_total,VN-11,2026/2030,level,231000000000000,,,,,sum,,,";
    let results = ["investment.social_total,VN-11,2026,level,40000000000000"];
    check(
        sum,
        &results,
        Basis::Sum,
        Status::Behind,
        "191000000000000",
        "0.8658",
    )
    .await;
    let row = row(&register(sum, &results).await).await;
    assert_eq!(row.required_pace.unwrap().per_year, d("47750000000000"));
}

#[tokio::test]
async fn quarters_are_held_against_the_year_as_earlier_years_went() {
    let visitors: Vec<String> = [
        ("2025-Q1", 100_000),
        ("2025-Q2", 200_000),
        ("2025-Q3", 300_000),
        ("2025-Q4", 600_000),
        ("2026-Q1", 130_000),
        ("2026-Q2", 260_000),
    ]
    .iter()
    .map(|(period, value)| format!("tourism.visitors,VN-11,{period},level,{value}"))
    .collect();
    let visitors: Vec<&str> = visitors.iter().map(String::as_str).collect();
    let test = register("tourism.visitors,VN-11,2026,level,1500000,,ge,,,,,,", &visitors).await;
    let found = row(&test).await;
    // A quarter of the year is done by the end of June: 375,000 of 1,500,000 were due, 390,000 came.
    assert_eq!(found.expected.at_latest, Some(d("375000")));
    assert_eq!(
        found.expected.so_far,
        Some(("2026-06-30".parse().unwrap(), d("390000")))
    );
    assert_eq!((found.basis, found.status), (Basis::Sum, Status::OnTrack));
    assert_eq!(found.expected.profile_years, Some(1));
    let page = test
        .app
        .target_page(&Actor::public(), found.target)
        .await
        .unwrap();
    let within = page.target.within_year.unwrap();
    assert_eq!((within.gathered.len(), within.expected.len()), (2, 13));
    // By days alone it would be half of the year, and off track.
    let even = row(&register(
        "tourism.visitors,VN-11,2026,level,1500000,,ge,,,,,,",
        &visitors[4..],
    )
    .await)
    .await;
    assert_eq!(
        (even.status, even.expected.profile_years),
        (Status::OffTrack, None)
    );
}

#[tokio::test]
async fn units_are_counted_with_their_denominator_named() {
    let communes = [
        "poverty.rate,VN-11-03158,2026,level,9.9",
        "poverty.rate,VN-11-03160,2026,level,10",
        "poverty.rate,VN-11-03172,2026,level,8",
    ];
    let count = row(&register(
        "poverty.rate,VN-11,2026,level,3,,ge,,,,,,communes:lt=10",
        &communes,
    )
    .await)
    .await;
    assert_eq!(
        (count.gap, count.amount.unit.as_str()),
        (Some(Decimal::ONE), "commune")
    );
    let units = count.units.unwrap();
    let counted = units.counted[0];
    assert_eq!(
        (counted.meeting, counted.known, counted.of),
        (2, 3, 42),
        "under 10 is missed at exactly 10"
    );
    let share = row(&register(
        "poverty.rate,VN-11,2026,share,60,,ge,,,,,,communes:lt=10",
        &communes,
    )
    .await)
    .await;
    assert_eq!(share.gap.unwrap().round_dp(3), d("55.238"), "2 of 42");
    let one = &share.units.unwrap().denominators[0];
    assert_eq!(
        (one.units, one.needed, one.whole),
        (42, Some(d("25.2")), Some(d("26")))
    );
    // Where nobody names the denominator, both readings are told.
    let unsaid = row(&register(
        "rural.new_standard_share,VN-11,2030,share,60,,,,,,,,",
        &["rural.new_standard_share,VN-11,2026,share,20"],
    )
    .await)
    .await;
    let readings: Vec<_> = unsaid
        .units
        .unwrap()
        .denominators
        .iter()
        .map(|one| (one.units, one.needed.unwrap()))
        .collect();
    assert_eq!(readings, [(45, d("27")), (42, d("25.2"))]);
}

#[tokio::test]
async fn the_corner_cases_are_defined() {
    let state = |target: &'static str, result: &'static str| async move {
        let row = row(&register(target, &[result]).await).await;
        (row.status, row.attainment)
    };
    let kept = state(
        "forest.coverage,VN-11,2030,level,45.5,,ge,2025,45.5,,,,",
        "forest.coverage,VN-11,2026,level,45.5",
    );
    assert_eq!(
        kept.await,
        (Status::OnTrack, Attainment::Kept(true)),
        "baseline = target"
    );
    let lost = state(
        "forest.coverage,VN-11,2030,level,45.5,,ge,2025,45.5,,,,",
        "forest.coverage,VN-11,2026,level,45",
    );
    assert_eq!(lost.await, (Status::OffTrack, Attainment::Kept(false)));
    let zero = state(
        "poverty.households,VN-11,2026,level,0,,,2025,1000,,,,",
        "poverty.households,VN-11,2026,level,250",
    );
    assert_eq!(
        zero.await.1,
        Attainment::OfWay(d("0.75")),
        "a target of 0, downwards"
    );
    let above = state(
        "forest.coverage,VN-11,2030,level,100,,gt,2025,45.5,,,,",
        "forest.coverage,VN-11,2026,level,46",
    );
    assert_eq!(above.await.0, Status::Impossible, "over 100% cannot be");
    let passed = state(
        "forest.coverage,VN-11,2025,level,46,,,2023,44,,,,",
        "forest.coverage,VN-11,2024,level,45",
    );
    assert_eq!(
        passed.await.0,
        Status::AwaitingResult,
        "due, and nobody has told the result"
    );
}

#[tokio::test]
async fn a_planner_settles_a_way_by_a_paper_and_the_one_before_stays_readable() {
    let test = register(
        "forest.coverage,VN-11,2030,level,47,,,2025,45.5,,,,",
        &["forest.coverage,VN-11,2026,level,46"],
    )
    .await;
    let planner = test.person(app::policy::Role::Planner).await;
    let target = row(&test).await.target;
    let plan = |milestones: &str, seen: u64| PlanTexts {
        way: WayTexts {
            milestones: milestones.to_owned(),
            ..WayTexts::default()
        },
        seen,
        paper: app::settlement::SettlementTexts {
            title: "Kế hoạch 100".to_owned(),
            reason: "chia theo năm".to_owned(),
            ..app::settlement::SettlementTexts::default()
        },
    };
    let public = test
        .app
        .plan_target(&Actor::public(), target, &plan("2026=46.2", 0))
        .await;
    assert!(matches!(public, Err(Error::SignIn { .. } | Error::Denied { .. })));
    let Err(Error::Invalid(wrong)) = test
        .app
        .plan_target(&planner, target, &plan("2031=46.2", 0))
        .await
    else {
        panic!("must be refused")
    };
    assert_eq!(wrong[0].code, "milestone-outside");
    test.app
        .plan_target(&planner, target, &plan("2026=46.2", 0))
        .await
        .unwrap();
    let stale = test.app.plan_target(&planner, target, &plan("2026=46", 0)).await;
    assert!(matches!(stale, Err(Error::Conflict { .. })));
    test.app
        .plan_target(&planner, target, &plan("2026=45.9", 1))
        .await
        .unwrap();
    let page = test.app.target_page(&planner, target).await.unwrap();
    assert_eq!(page.target.row.expected.at_latest, Some(d("45.9")));
    assert_eq!(
        page.target.path[1],
        (TimePeriod::Year(2026), d("45.9"), d("45.9"))
    );
    let holds: Vec<bool> = page.ways.iter().map(|said| said.holds).collect();
    assert_eq!(holds, [false, true]);
    assert_eq!(page.target.row.sources.len(), 1, "the target keeps its own paper");
}

#[tokio::test]
async fn a_wrong_way_in_a_table_is_named_by_its_row() {
    let test = TestApp::new().await;
    let rows = [
        "forest.coverage,VN-11,2030,level,47,,,2025,45.5,,,2031=47,",
        "forest.coverage,VN-11,2030,level,47,,,2025,0,,compound,,",
        "grdp.growth,VN-11,2026/2030,growth,10,,,,,average,seasonal,,",
        "poverty.rate,VN-11,2030,level,2.5,,,,,,,,communes:lt=10",
    ];
    let text = format!(
        "{TARGETS}\n{}\n",
        rows.map(|row| format!("{row},{PAPER}")).join("\n")
    );
    let import = Import {
        targets: vec![("targets.csv".to_owned(), text.into_bytes())],
        ..Import::default()
    };
    let Err(Error::Invalid(wrong)) = test.app.import(&Actor::operator(), import).await else {
        panic!("must be refused")
    };
    let told: Vec<_> = wrong.iter().map(|fault| (fault.code, fault.place.row)).collect();
    assert_eq!(
        told,
        [
            ("milestone-outside", Some(2)),
            ("compound-not-positive", Some(3)),
            ("way-to-a-mean", Some(4)),
            ("units-not-a-count", Some(5))
        ]
    );
}
