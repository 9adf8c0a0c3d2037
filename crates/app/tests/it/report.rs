//! Reports through all their steps, by people with posts: what each may, what is refused, what comes into the register.

use std::collections::{BTreeMap, BTreeSet};

use app::explain::{CameAbout, ExplainQuery};
use app::report::{CorrectReport, JudgeReport, NewEvidence, QueueQuery, SaveReport, SubmitReport};
use app::{Actor, Error};
use plan::OperationId;
use plan::report::{ReportKey, Stage};
use terms::{Decimal, IndicatorCode, Language, RefArea};

use crate::test_app::TestApp;

const COMMUNE: &str = "VN-11-03158";

struct House {
    test: TestApp,
    reporter: Actor,
    neighbour: Actor,
    verifier: Actor,
    leader: Actor,
}

impl House {
    /// The example with four people in posts.
    async fn open() -> Self {
        let test = TestApp::new().await;
        test.app.load_example().await.unwrap();
        let password = app::password::new_password().unwrap();
        let posts = [
            ("An", "VN-11-03158.reporter"),
            ("Bình", "VN-11-03160.reporter"),
            ("Chi", "VN-11/finance.verifier"),
            ("Dũng", "VN-11.leader"),
        ];
        let rows: Vec<String> = posts
            .iter()
            .map(|(name, post)| format!("{name},{password},{post},2026-01-01"))
            .collect();
        let table = format!("name,password,post,since\n{}\n", rows.join("\n"));
        test.app
            .import_users(&Actor::operator(), "users.csv", table.as_bytes())
            .await
            .unwrap();
        let mut people = Vec::new();
        for (name, _) in posts {
            let session = test
                .app
                .sign_in(name, &password, [127, 0, 0, 1].into())
                .await
                .unwrap()
                .unwrap();
            people.push(test.app.actor(&session.token).await.unwrap());
        }
        let [reporter, neighbour, verifier, leader] = people.try_into().unwrap();
        Self {
            test,
            reporter,
            neighbour,
            verifier,
            leader,
        }
    }

    fn key(&self, period: &str) -> ReportKey {
        self.test.app.report_key("xa-thang", period, COMMUNE).unwrap()
    }

    async fn save(
        &self,
        actor: &Actor,
        period: &str,
        seen: u64,
        values: &[(&str, &str)],
    ) -> Result<u64, Error> {
        let key = self.key(period);
        let report = SaveReport {
            regime: key.regime,
            period: key.period,
            office: key.office,
            values: texts(values),
            explanations: BTreeMap::new(),
            seen,
            operation: None,
            device: None,
        };
        Ok(self.test.app.save_report(actor, &report).await?.version)
    }

    async fn judged(&self, period: &str) -> JudgeReport {
        let report = self.key(period);
        let view = self.test.app.report_form(&self.verifier, &report).await.unwrap();
        JudgeReport {
            report,
            seen: view.version,
        }
    }
}

fn code(text: &str) -> IndicatorCode {
    text.parse().unwrap()
}

fn texts(values: &[(&str, &str)]) -> BTreeMap<IndicatorCode, String> {
    values
        .iter()
        .map(|(line, text)| (code(line), (*text).to_owned()))
        .collect()
}

const WHOLE: [(&str, &str); 9] = [
    ("governance.dossiers", "1.412"),
    ("governance.dossiers_on_time", "1400"),
    ("governance.dossiers_online", "900"),
    ("labour.jobs_created", "31"),
    ("labour.abroad", "2"),
    ("tourism.visitors", "850"),
    ("forest.area_planted", "12,75"),
    ("housing.solidarity_homes", "4"),
    ("traffic.accidents", "0"),
];

fn refused_with(result: Result<impl std::fmt::Debug, Error>) -> Vec<&'static str> {
    match result {
        Err(Error::Invalid(problems)) => problems.iter().map(|problem| problem.code).collect(),
        other => panic!("{other:?}"),
    }
}

/// The value of the register for the commune and the statutory days of November.
async fn counted(house: &House, line: &str) -> Option<Decimal> {
    let query = ExplainQuery {
        indicator: code(line),
        place: RefArea::new(COMMUNE),
        period: "2026-10-15/2026-11-14".parse().unwrap(),
        known_on: None,
    };
    let told = house.test.app.explain(&Actor::public(), &query).await.unwrap();
    assert!(told.value.is_none() || matches!(told.how, CameAbout::Reported(_)));
    assert!(!told.is_simulated());
    told.value
}

#[tokio::test]
async fn a_report_goes_all_the_way_and_only_accepted_values_are_public() {
    let house = House::open().await;
    let app = &house.test.app;
    let (period, key) = ("2026-11", house.key("2026-11"));
    // What cannot be read yet is kept, and keeps the report from being sent.
    let mut seen = house
        .save(&house.reporter, period, 0, &[("traffic.accidents", "không có")])
        .await
        .unwrap();
    let submit = |seen| SubmitReport {
        report: key.clone(),
        seen,
        operation: None,
        device: None,
    };
    let wrong = refused_with(app.submit_report(&house.reporter, &submit(seen)).await);
    assert!(wrong.len() == 7 && wrong.iter().all(|code| *code == "report-line"));
    seen = house.save(&house.reporter, period, seen, &WHOLE).await.unwrap();
    assert_eq!(
        house.save(&house.reporter, period, seen, &WHOLE).await.unwrap(),
        seen,
        "what changes nothing is no entry"
    );
    app.submit_report(&house.reporter, &submit(seen)).await.unwrap();
    assert_eq!(
        refused_with(house.save(&house.reporter, period, seen + 1, &WHOLE).await),
        ["report-sent"]
    );
    assert_eq!(counted(&house, "labour.jobs_created").await, None);
    let line = code("labour.jobs_created");
    let public = app.value_story(&Actor::public(), &key, &line).await;
    assert!(
        matches!(public, Err(Error::NotFound { .. })),
        "nothing before acceptance"
    );

    // Returned, changed, sent again, verified, accepted.
    let queue = app.report_queue_counts(&house.verifier).await.unwrap();
    assert_eq!((queue.to_verify, queue.to_accept), (1, 0));
    let judged = house.judged(period).await;
    let no_reason = app.return_report(&house.verifier, &judged, " ").await;
    assert_eq!(refused_with(no_reason), ["missing-value"]);
    app.return_report(&house.verifier, &judged, "thiếu người đi làm xa")
        .await
        .unwrap();
    assert!(matches!(
        app.verify_report(&house.verifier, &judged, "đã xem", BTreeSet::new())
            .await,
        Err(Error::Conflict { .. })
    ));
    seen = judged.seen + 1;
    seen = house
        .save(&house.reporter, period, seen, &[("labour.jobs_created", "35")])
        .await
        .unwrap();
    app.submit_report(&house.reporter, &submit(seen)).await.unwrap();
    let judged = house.judged(period).await;
    let early = app.accept_report(&house.leader, &judged).await;
    assert!(
        matches!(early, Err(Error::Conflict { .. })),
        "nobody accepts what nobody verified"
    );
    app.verify_report(&house.verifier, &judged, "khớp sổ hộ tịch", BTreeSet::new())
        .await
        .unwrap();
    assert_eq!(counted(&house, "labour.jobs_created").await, None);
    let done = app
        .accept_report(&house.leader, &house.judged(period).await)
        .await
        .unwrap();
    assert_eq!(done.new, 9);
    assert_eq!(
        counted(&house, "labour.jobs_created").await,
        Some(Decimal::from(35))
    );
    assert_eq!(
        counted(&house, "forest.area_planted").await,
        Some("12.75".parse().unwrap())
    );

    // A correction replaces the value, and the story tells the public only what counted.
    let correct = |judged, reason: &str| CorrectReport {
        judged,
        values: texts(&[("labour.jobs_created", "33")]),
        explanations: BTreeMap::new(),
        reason: reason.to_owned(),
    };
    let judged = house.judged(period).await;
    let by_reporter = app
        .correct_report(&house.reporter, &correct(judged.clone(), "đếm lại"))
        .await;
    assert!(matches!(by_reporter, Err(Error::Denied { .. })));
    let without = app
        .correct_report(&house.verifier, &correct(judged.clone(), ""))
        .await;
    assert_eq!(refused_with(without), ["missing-value"]);
    let done = app
        .correct_report(&house.verifier, &correct(judged, "đếm trùng hai người"))
        .await
        .unwrap();
    assert_eq!((done.new, done.replaced), (0, 1));
    assert_eq!(
        counted(&house, "labour.jobs_created").await,
        Some(Decimal::from(33))
    );
    let public = app.value_story(&Actor::public(), &key, &line).await.unwrap();
    assert_eq!(
        (public.stage, public.text.as_deref()),
        (Stage::Accepted, Some("33"))
    );
    let told: Vec<_> = public
        .steps
        .iter()
        .filter_map(|step| step.typed.as_deref())
        .collect();
    assert_eq!(told, ["35", "33", "33"], "never the 31 that was sent back");
    assert!(public.steps.iter().all(|step| step.act.who.is_none()));
    assert!(
        !public
            .steps
            .iter()
            .any(|step| step.act.reason.contains("đi làm xa"))
    );
    let whole = app.value_story(&house.verifier, &key, &line).await.unwrap();
    let told: Vec<_> = whole
        .steps
        .iter()
        .filter_map(|step| step.typed.as_deref())
        .collect();
    assert_eq!(told, ["31", "35", "35", "33", "33"]);
    assert!(app.audit(&Actor::operator()).await.unwrap().is_sound());
}

#[tokio::test]
async fn each_one_does_what_is_theirs_and_others_forms_are_not_there() {
    let house = House::open().await;
    let app = &house.test.app;
    let key = house.key("2026-12");
    let not_there =
        |found: Result<(), Error>| assert!(matches!(found, Err(Error::NotFound { .. })), "{found:?}");
    not_there(app.report_form(&house.neighbour, &key).await.map(drop));
    not_there(house.save(&house.neighbour, "2026-12", 0, &WHOLE).await.map(drop));
    not_there(
        app.report_sheet(&house.neighbour, &key, Language::Vi)
            .await
            .map(drop),
    );
    let link = NewEvidence {
        url: "https://example.org/a".to_owned(),
        ..NewEvidence::default()
    };
    not_there(app.show_evidence(&house.neighbour, &key, link).await);
    assert!(matches!(
        app.report_form(&Actor::public(), &key).await,
        Err(Error::SignIn { .. })
    ));
    for other in [&house.verifier, &house.leader] {
        let saved = house.save(other, "2026-12", 0, &WHOLE).await;
        assert!(matches!(saved, Err(Error::Denied { .. })), "{saved:?}");
        app.report_form(other, &key).await.unwrap();
    }
    assert_eq!(app.open_forms(&house.reporter).await.unwrap().len(), 6);
    assert!(app.open_forms(&house.verifier).await.is_err());
    // No such regime, period, office.
    for (regime, period, office) in [
        ("xa-nam", "2026-12", COMMUNE),
        ("xa-thang", "2026", COMMUNE),
        ("xa-thang", "2026-12", "VN-11"),
    ] {
        let key = app.report_key(regime, period, office).unwrap();
        not_there(app.report_form(&house.leader, &key).await.map(drop));
    }
    // Periods that are closed or have not begun: by the server's day, whatever a device believes.
    let closed = house.save(&house.reporter, "2026-09", 0, &WHOLE).await;
    assert_eq!(refused_with(closed), ["report-closed"]);
    let early = house.save(&house.reporter, "2027-02", 0, &WHOLE).await;
    assert_eq!(refused_with(early), ["report-not-yet"]);
    let unseen = house.save(&house.reporter, "2026-12", 99_999, &WHOLE).await;
    assert!(matches!(unseen, Err(Error::Conflict { .. })));
    let stranger = house
        .save(&house.reporter, "2026-12", 0, &[("poverty.rate", "1")])
        .await;
    assert_eq!(refused_with(stranger), ["report-line"]);

    // Two editors of one line: both values stay until one is picked.
    let first = house
        .save(&house.reporter, "2026-12", 0, &[("labour.jobs_created", "10")])
        .await
        .unwrap();
    let second = house
        .save(
            &house.reporter,
            "2026-12",
            first,
            &[("labour.jobs_created", "11")],
        )
        .await
        .unwrap();
    house
        .save(
            &house.reporter,
            "2026-12",
            first,
            &[("labour.jobs_created", "12")],
        )
        .await
        .unwrap();
    assert!(first < second);
    let view = app.report_form(&house.reporter, &key).await.unwrap();
    let line = view
        .lines
        .iter()
        .find(|line| line.indicator.code.as_str() == "labour.jobs_created")
        .unwrap();
    assert_eq!((line.text.as_str(), line.rivals[0].text.as_str()), ("11", "12"));

    // A device takes the same forms along, with who typed the other value, without the history.
    let taken = app.device_forms(&house.reporter).await.unwrap();
    let open = app.open_forms(&house.reporter).await.unwrap();
    assert_eq!(taken.len(), open.len());
    for (taken, open) in taken.into_iter().zip(open) {
        let mut whole = app.report_form(&house.reporter, &open.report).await.unwrap();
        (whole.acts, whole.evidence) = (Vec::new(), Vec::new());
        for line in &mut whole.lines {
            line.stands_out = false;
        }
        assert_eq!(taken, whole);
    }
    assert!(line.rivals[0].who.is_some());
    house
        .save(
            &house.reporter,
            "2026-12",
            view.version,
            &[("labour.jobs_created", "12")],
        )
        .await
        .unwrap();

    // The same save under the same name is recorded once.
    let report = SaveReport {
        regime: key.regime.clone(),
        period: key.period,
        office: key.office.clone(),
        values: texts(&[("traffic.accidents", "1")]),
        explanations: BTreeMap::new(),
        seen: view.version,
        operation: Some("0123456789abcdef0123456789abcdef".parse::<OperationId>().unwrap()),
        device: None,
    };
    let once = app.save_report(&house.reporter, &report).await.unwrap();
    assert_eq!(app.save_report(&house.reporter, &report).await.unwrap(), once);

    // The same form as a workbook, all of it or nothing.
    let (name, bytes) = app
        .report_sheet(&house.reporter, &key, Language::Vi)
        .await
        .unwrap();
    assert_eq!(
        name.rsplit_once('.').map(|(_, extension)| extension),
        Some("xlsx")
    );
    let seen = once.version;
    let taken = app
        .save_report_sheet(&house.reporter, &key, seen, (&name, bytes.clone()))
        .await
        .unwrap();
    assert_eq!(taken.version, seen, "a form that was not changed changes nothing");
    let other = house.key("2026-11");
    let wrong = app
        .save_report_sheet(&house.reporter, &other, 0, (&name, bytes))
        .await;
    assert_eq!(refused_with(wrong), ["sheet-other-report"]);
    let evidence = |name: &str, bytes: &[u8]| NewEvidence {
        name: name.to_owned(),
        bytes: bytes.to_vec(),
        ..NewEvidence::default()
    };
    let program = app
        .show_evidence(&house.reporter, &key, evidence("a.png", b"MZ\x90"))
        .await;
    assert_eq!(refused_with(program), ["evidence-kind"]);
    app.show_evidence(&house.reporter, &key, evidence("a.pdf", b"%PDF-1.7 x"))
        .await
        .unwrap();
    let view = app.report_form(&house.reporter, &key).await.unwrap();
    let file = app
        .evidence_file(&house.verifier, &key, view.evidence[0].entry)
        .await
        .unwrap();
    assert_eq!(file.0, "a.pdf");
}

#[tokio::test]
async fn simulated_reports_go_the_same_way_and_say_so_and_are_drawn_by_the_record() {
    let house = House::open().await;
    let app = &house.test.app;
    let made = app.simulate(&Actor::operator(), 3).await.unwrap();
    assert!(200 < made.reports, "{}", made.reports);
    assert_eq!(app.simulate(&Actor::operator(), 3).await.unwrap().reports, 0);
    let owed = app.owed_reports(&Actor::public()).await.unwrap();
    assert!(owed.simulated);
    assert_eq!((owed.regimes.len(), owed.offices.len()), (3, 45));
    for regime in &owed.regimes {
        assert_eq!(regime.rates.owed, 45);
        assert!(30 < regime.rates.sent && regime.rates.sent < 45);
        assert!(regime.rates.on_time <= regime.rates.sent && 0 < regime.rates.accepted);
    }
    let any = QueueQuery::default();
    let queue = app.report_queue(&house.verifier, &any).await.unwrap();
    assert!(3 < queue.all.to_verify && queue.simulated);
    let mut reports = queue.groups.iter().flat_map(|group| &group.reports);
    assert!(reports.all(|waiting| waiting.simulated && waiting.stage == Stage::Submitted));
    let queue = app.report_queue(&house.leader, &any).await.unwrap();
    assert!(0 < queue.all.to_accept && queue.all.to_verify == 0);
    let query = ExplainQuery {
        indicator: code("households.total"),
        place: RefArea::new("VN-11"),
        period: "2026-Q3".parse().unwrap(),
        known_on: None,
    };
    let told = app.explain(&Actor::public(), &query).await.unwrap();
    assert!(told.is_simulated() && told.value.is_some() && !told.complete);

    let november = "2026-11".parse().unwrap();
    let before = app
        .report_sample(&house.verifier, "xa-thang", november)
        .await
        .unwrap();
    assert!(before.drawn.is_empty() && 8 <= before.size);
    app.draw_sample(&house.verifier, "xa-thang", november)
        .await
        .unwrap();
    let again = app.draw_sample(&house.verifier, "xa-thang", november).await;
    assert!(matches!(again, Err(Error::Conflict { .. })));
    let drawn = app
        .report_sample(&house.leader, "xa-thang", november)
        .await
        .unwrap();
    assert_eq!(u64::try_from(drawn.drawn.len()).unwrap(), drawn.size);
    let key = &drawn.drawn[0].report;
    let line = code("traffic.accidents");
    let told = app
        .tell_spot_check(&house.verifier, key, &line, "0", "sổ trực công an xã")
        .await;
    told.unwrap();
    let drawn = app
        .report_sample(&house.verifier, "xa-thang", november)
        .await
        .unwrap();
    assert_eq!(drawn.drawn[0].found.len(), 1);
    let public = app.report_sample(&Actor::public(), "xa-thang", november).await;
    assert!(matches!(public, Err(Error::SignIn { .. })));
    assert!(app.audit(&Actor::operator()).await.unwrap().is_sound());
}
