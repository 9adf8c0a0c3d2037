//! Acts become entries and tables; nothing is lost, and everything can be computed again.

use plan::{Act, DocumentId, Fact, FactId, FigureId, ObservationId, Outcome, TargetId, Verdict};
use store::{Author, Error, FigureState, Known, Reading, Store, Which};

use crate::specimen::{TEXT, at, code, document, observation, recorded, source, target};
use crate::{Backend, suite};

suite!(
    a_record_of_nothing_is_empty,
    what_is_recorded_is_read_back,
    what_is_not_committed_never_was,
    a_correction_ends_the_old_value_and_keeps_it_readable,
    a_value_holds_while_one_figure_supports_it,
    a_merged_figure_becomes_a_second_source,
    a_withdrawn_value_sends_its_figures_back,
    the_same_document_cannot_be_added_twice,
    an_act_about_what_is_not_there_is_refused,
    a_marked_figure_follows_the_last_one,
    the_last_settlement_of_a_finding_holds_until_it_is_reopened,
    the_last_way_said_of_a_target_holds_and_the_earlier_stays_readable,
    computing_again_gives_the_same_tables,
    the_chain_of_a_used_register_holds,
    a_clock_that_goes_back_does_not_turn_the_record_back,
    words_are_found_without_tone_marks,
);

fn figure(document: u64, ordinal: u32) -> FigureId {
    FigureId {
        document: DocumentId(document),
        ordinal,
    }
}

fn reviewed(figure: FigureId, verdict: Verdict) -> Act {
    Act::FigureReviewed {
        figure,
        verdict,
        reason: "đã đối chiếu".to_owned(),
    }
}

fn settled(finding: &str, decision: &str) -> Act {
    Act::FindingSettled {
        finding: finding.to_owned(),
        class: "kind".to_owned(),
        decision: decision.to_owned(),
        source: source("báo cáo năm"),
        reason: "năm đã kết thúc".to_owned(),
    }
}

fn planned(target: u64, milestones: &str) -> Act {
    Act::TargetPlanned {
        target: TargetId(target),
        way: Box::new(plan::Way {
            path: plan::PathRule::read("", milestones).unwrap(),
            ..plan::Way::default()
        }),
        source: source("kế hoạch năm"),
        reason: "chia theo năm".to_owned(),
    }
}

async fn the_last_way_said_of_a_target_holds_and_the_earlier_stays_readable<B: Backend>() {
    let (store, _keep) = B::fresh().await;
    with_document(&store).await;
    let mut writing = store.write().await.unwrap();
    for (act, second) in [(planned(3, "2024=20"), 6), (planned(3, "2024=19"), 8)] {
        writing.record(&Author::PROGRAM, at(second), &act).await.unwrap();
    }
    assert!(
        writing
            .record(&Author::PROGRAM, at(9), &planned(2, "2024=1"))
            .await
            .is_err(),
        "2 is a result"
    );
    drop(writing);
    let mut writing = store.write().await.unwrap();
    for (act, second) in [(planned(3, "2024=20"), 6), (planned(3, "2024=19"), 8)] {
        writing.record(&Author::PROGRAM, at(second), &act).await.unwrap();
    }
    writing.commit().await.unwrap();
    let mut reading = store.read().await.unwrap();
    let mut told = Vec::new();
    for known in [Known::at(at(5)), Known::at(at(7)), Known::NOW] {
        let targets = reading.targets(known, Which::All).await.unwrap();
        told.push(targets[0].target.way.path.milestones().to_vec());
    }
    let stops = |value: i64| vec![(terms::TimePeriod::Year(2024), terms::Decimal::from(value))];
    assert_eq!(told, [vec![], stops(20), stops(19)]);
    let ways = reading.ways_of(TargetId(3)).await.unwrap();
    let ended: Vec<_> = ways.iter().map(|said| said.ended_by.is_some()).collect();
    assert_eq!(ended, [true, false]);
    assert_eq!(ways[1].title.as_deref(), Some("kế hoạch năm"));
    assert_eq!(reading.acts_of_ways(TargetId(3)).await.unwrap().len(), 2);
}

fn accepted(value: &str) -> Verdict {
    Verdict::Accept(Outcome::New(Fact::Observation(observation(value))))
}

/// Records a document, and decides about its figures: 1 a result, 2 a target. Entries 1, 2, 3.
async fn with_document(store: &Store) {
    let mut writing = store.write().await.unwrap();
    let added = document(&mut writing, "").await;
    assert_eq!(writing.record(&Author::PROGRAM, at(1), &added).await.unwrap(), 1);
    writing
        .record(
            &Author::PROGRAM,
            at(2),
            &reviewed(figure(1, 1), accepted("17.78")),
        )
        .await
        .unwrap();
    let due = Verdict::Accept(Outcome::New(Fact::Target(target("17.66"))));
    writing
        .record(&Author::PROGRAM, at(3), &reviewed(figure(1, 2), due))
        .await
        .unwrap();
    writing.commit().await.unwrap();
}

async fn values(store: &Store, known: Known) -> Vec<(u64, String)> {
    let observations = store
        .read()
        .await
        .unwrap()
        .observations(known, Which::All)
        .await
        .unwrap();
    observations
        .into_iter()
        .map(|stored| (stored.id.0, stored.observation.obs_value.to_string()))
        .collect()
}

async fn a_record_of_nothing_is_empty<B: Backend>() {
    let (store, _keep) = B::fresh().await;
    let mut reading = store.read().await.unwrap();
    assert_eq!(reading.head().await.unwrap(), ledger::Head::EMPTY);
    assert!(reading.documents().await.unwrap().is_empty());
    assert_eq!(reading.totals().await.unwrap().days, None);
}

async fn what_is_recorded_is_read_back<B: Backend>() {
    let (store, _keep) = B::fresh().await;
    with_document(&store).await;
    let mut reading = store.read().await.unwrap();
    let stored = reading.document(DocumentId(1)).await.unwrap().unwrap();
    assert_eq!((stored.counts.figures, stored.counts.waiting), (2, 0));
    assert_eq!(reading.text(&stored.document).await.unwrap(), TEXT);
    let targets = reading.targets(Known::NOW, Which::Pursued).await.unwrap();
    assert_eq!(targets[0].target, target("17.66"));
    let observations = reading.observations(Known::NOW, Which::Pursued).await.unwrap();
    assert_eq!(observations[0].observation, observation("17.78"));
    let sources = reading
        .observation_sources(Known::NOW, Which::Indicator(&code("poverty.rate")))
        .await
        .unwrap();
    assert_eq!(sources.len(), 1);
    assert_eq!(sources[0].figure, Some(figure(1, 1)));
    assert_eq!(sources[0].quote, "Tỷ lệ hộ nghèo giảm 3,51 điểm, còn 17,78%.");
    assert_eq!(sources[0].publisher, "UBND tỉnh");
    let acts = reading.acts_of_document(DocumentId(1)).await.unwrap();
    assert_eq!(acts.len(), 3);
    assert_eq!(acts[1].reason, "đã đối chiếu");
}

async fn what_is_not_committed_never_was<B: Backend>() {
    let (store, _keep) = B::fresh().await;
    with_document(&store).await;
    let head = store.read().await.unwrap().head().await.unwrap();
    let mut writing = store.write().await.unwrap();
    writing
        .record(&Author::PROGRAM, at(9), &reviewed(figure(1, 1), Verdict::Reject))
        .await
        .unwrap();
    drop(writing);
    assert_eq!(store.read().await.unwrap().head().await.unwrap(), head);
    assert_eq!(values(&store, Known::NOW).await, [(2, "17.78".to_owned())]);
}

async fn a_correction_ends_the_old_value_and_keeps_it_readable<B: Backend>() {
    let (store, _keep) = B::fresh().await;
    with_document(&store).await;
    let mut writing = store.write().await.unwrap();
    let corrected = Verdict::Correct(Outcome::New(Fact::Observation(observation("17.87"))));
    writing
        .record(&Author::PROGRAM, at(10), &reviewed(figure(1, 1), corrected))
        .await
        .unwrap();
    writing.commit().await.unwrap();
    assert_eq!(values(&store, Known::NOW).await, [(4, "17.87".to_owned())]);
    assert_eq!(values(&store, Known::at(at(9))).await, [(2, "17.78".to_owned())]);
    assert_eq!(values(&store, Known::at(at(10))).await, [(4, "17.87".to_owned())]);
    assert_eq!(values(&store, Known::at(at(1))).await, []);
    let mut reading = store.read().await.unwrap();
    let (ended, sources) = reading.ended_observations(&code("poverty.rate")).await.unwrap();
    assert_eq!((ended[0].id, ended[0].ended_by), (ObservationId(2), Some(4)));
    assert_eq!(sources.len(), 1);
    assert_eq!(
        reading.acts_that_ended(&code("poverty.rate")).await.unwrap()[0].entry,
        4
    );
}

async fn a_value_holds_while_one_figure_supports_it<B: Backend>() {
    let (store, _keep) = B::fresh().await;
    with_document(&store).await;
    let mut writing = store.write().await.unwrap();
    let second = document(&mut writing, "\n").await;
    writing.record(&Author::PROGRAM, at(4), &second).await.unwrap();
    let joins = Verdict::Accept(Outcome::Joins(FactId::Observation(ObservationId(2))));
    writing
        .record(&Author::PROGRAM, at(5), &reviewed(figure(4, 1), joins))
        .await
        .unwrap();
    writing
        .record(&Author::PROGRAM, at(6), &reviewed(figure(1, 1), Verdict::Reject))
        .await
        .unwrap();
    writing.commit().await.unwrap();
    assert_eq!(values(&store, Known::NOW).await, [(2, "17.78".to_owned())]);
    let mut writing = store.write().await.unwrap();
    writing
        .record(&Author::PROGRAM, at(7), &reviewed(figure(4, 1), Verdict::Reject))
        .await
        .unwrap();
    writing.commit().await.unwrap();
    assert_eq!(values(&store, Known::NOW).await, []);
}

async fn a_merged_figure_becomes_a_second_source<B: Backend>() {
    let (store, _keep) = B::fresh().await;
    with_document(&store).await;
    let mut writing = store.write().await.unwrap();
    let second = document(&mut writing, "\n").await;
    writing.record(&Author::PROGRAM, at(4), &second).await.unwrap();
    let joins = FactId::Observation(ObservationId(2));
    writing
        .record(
            &Author::PROGRAM,
            at(5),
            &reviewed(
                figure(4, 1),
                Verdict::Merge {
                    with: figure(1, 1),
                    joins,
                },
            ),
        )
        .await
        .unwrap();
    writing.commit().await.unwrap();
    let mut reading = store.read().await.unwrap();
    let sources = reading.observation_sources(Known::NOW, Which::All).await.unwrap();
    assert_eq!(
        sources.iter().map(|source| source.figure).collect::<Vec<_>>(),
        [Some(figure(1, 1)), Some(figure(4, 1))]
    );
    let merged = reading.figure(figure(4, 1)).await.unwrap().unwrap();
    assert_eq!(merged.state, FigureState::Merged(figure(1, 1), joins));
    assert_eq!(
        reading
            .observation_sources(Known::at(at(4)), Which::All)
            .await
            .unwrap()
            .len(),
        1
    );
}

async fn a_withdrawn_value_sends_its_figures_back<B: Backend>() {
    let (store, _keep) = B::fresh().await;
    with_document(&store).await;
    let mut writing = store.write().await.unwrap();
    let fact = FactId::Target(TargetId(3));
    let act = Act::FactWithdrawn {
        fact,
        reason: "văn bản bị thu hồi".to_owned(),
    };
    writing.record(&Author::PROGRAM, at(8), &act).await.unwrap();
    assert!(matches!(
        writing.record(&Author::PROGRAM, at(9), &act).await,
        Err(Error::Unfit { what: "target" })
    ));
    drop(writing);
    let mut writing = store.write().await.unwrap();
    writing.record(&Author::PROGRAM, at(8), &act).await.unwrap();
    writing.commit().await.unwrap();
    let mut reading = store.read().await.unwrap();
    assert!(reading.targets(Known::NOW, Which::All).await.unwrap().is_empty());
    assert_eq!(
        reading.figure(figure(1, 2)).await.unwrap().unwrap().state,
        FigureState::Waiting
    );
}

async fn the_same_document_cannot_be_added_twice<B: Backend>() {
    let (store, _keep) = B::fresh().await;
    with_document(&store).await;
    let mut writing = store.write().await.unwrap();
    let again = document(&mut writing, "").await;
    assert!(matches!(
        writing.record(&Author::PROGRAM, at(4), &again).await,
        Err(Error::Exists(_))
    ));
}

async fn an_act_about_what_is_not_there_is_refused<B: Backend>() {
    let (store, _keep) = B::fresh().await;
    for (act, missing) in [
        (reviewed(figure(1, 1), Verdict::Reject), "figure"),
        (
            Act::FactSourced {
                fact: FactId::Observation(ObservationId(7)),
                source: source("x"),
                reason: String::new(),
            },
            "observation",
        ),
    ] {
        let mut writing = store.write().await.unwrap();
        assert!(
            matches!(writing.record(&Author::PROGRAM, at(1), &act).await, Err(Error::Unfit { what }) if what == missing)
        );
    }
    assert_eq!(
        store.read().await.unwrap().head().await.unwrap(),
        ledger::Head::EMPTY
    );
}

async fn a_marked_figure_follows_the_last_one<B: Backend>() {
    let (store, _keep) = B::fresh().await;
    with_document(&store).await;
    let mut found = store
        .read()
        .await
        .unwrap()
        .figure(figure(1, 1))
        .await
        .unwrap()
        .unwrap()
        .found;
    let from = TEXT.find("3,51").unwrap();
    found.span = (from, from + 4);
    let mut writing = store.write().await.unwrap();
    let marked = |ordinal| Act::FigureMarked {
        figure: figure(1, ordinal),
        found: found.clone(),
    };
    assert!(matches!(
        writing.record(&Author::PROGRAM, at(4), &marked(9)).await,
        Err(Error::Unfit { what: "figure" })
    ));
    drop(writing);
    let mut writing = store.write().await.unwrap();
    writing.record(&Author::PROGRAM, at(4), &marked(3)).await.unwrap();
    writing.commit().await.unwrap();
    let stored = store
        .read()
        .await
        .unwrap()
        .figure(figure(1, 3))
        .await
        .unwrap()
        .unwrap();
    assert_eq!(
        (stored.surface.as_str(), stored.state),
        ("3,51", FigureState::Waiting)
    );
}

/// Everything that pages can read, in one text.
async fn picture(reading: &mut Reading) -> String {
    let code = code("poverty.rate");
    let documents = reading.documents().await.unwrap();
    let mut picture = vec![format!("{documents:#?}")];
    for stored in documents {
        picture.push(format!("{:#?}", reading.document(stored.id).await.unwrap()));
        picture.push(format!("{:#?}", reading.figures(stored.id).await.unwrap()));
        picture.push(format!(
            "{:#?}",
            reading.acts_of_document(stored.id).await.unwrap()
        ));
    }
    for known in [Known::NOW, Known::at(at(2)), Known::at(at(5))] {
        picture.push(format!(
            "{:#?}",
            reading.observations(known, Which::All).await.unwrap()
        ));
        picture.push(format!(
            "{:#?}",
            reading.targets(known, Which::All).await.unwrap()
        ));
        picture.push(format!(
            "{:#?}",
            reading.observation_sources(known, Which::All).await.unwrap()
        ));
        picture.push(format!(
            "{:#?}",
            reading.target_sources(known, Which::All).await.unwrap()
        ));
    }
    picture.push(format!("{:#?}", reading.ended_observations(&code).await.unwrap()));
    picture.push(format!("{:#?}", reading.latest_acts(100).await.unwrap()));
    picture.push(format!(
        "{:#?}",
        reading.documents_with("ho ngheo", 9).await.unwrap()
    ));
    picture.push(format!("{:#?}", reading.catalogues().await.unwrap()));
    picture.push(format!("{:#?}", reading.totals().await.unwrap()));
    picture.push(format!("{:#?}", reading.settlements().await.unwrap()));
    picture.push(format!("{:#?}", reading.ways_of(TargetId(6)).await.unwrap()));
    picture.join("\n")
}

/// A register in which every kind of act was done.
async fn with_every_act(store: &Store) {
    with_document(store).await;
    let mut writing = store.write().await.unwrap();
    let second = document(&mut writing, "\n").await;
    let found = writing.figure(figure(1, 1)).await.unwrap().unwrap().found;
    let sha256 = writing.keep_bytes(b"code,name_vi").await.unwrap();
    let joins = FactId::Observation(ObservationId(2));
    let replacement = Act::FactRecorded {
        fact: Fact::Observation(observation("1")),
        source: source("b"),
        replaces: Some(FactId::Observation(ObservationId(5))),
        reason: "đính chính".to_owned(),
    };
    for (act, second) in [
        (second, 4),
        (recorded(Fact::Observation(observation("17.8")), "Niên giám"), 4),
        (recorded(Fact::Target(target("15")), "Nghị quyết"), 5),
        (replacement, 5),
        (planned(6, "2024=17"), 5),
        (
            Act::FactSourced {
                fact: FactId::Target(TargetId(6)),
                source: source("c"),
                reason: String::new(),
            },
            5,
        ),
        (
            reviewed(
                figure(4, 1),
                Verdict::Merge {
                    with: figure(1, 1),
                    joins,
                },
            ),
            6,
        ),
        (
            reviewed(
                figure(1, 1),
                Verdict::Correct(Outcome::New(Fact::Observation(observation("18")))),
            ),
            6,
        ),
        (
            Act::FactWithdrawn {
                fact: FactId::Target(TargetId(3)),
                reason: "thu hồi".to_owned(),
            },
            7,
        ),
        (
            Act::FigureMarked {
                figure: figure(4, 3),
                found,
            },
            8,
        ),
        (reviewed(figure(4, 2), Verdict::Reject), 8),
        (
            Act::CatalogueLoaded {
                list: plan::CatalogueList::Indicators,
                name: "chỉ tiêu.csv".to_owned(),
                sha256,
            },
            9,
        ),
        (settled("o2~o5", "17,78% đúng"), 10),
        (settled("o2~o5", "17,8% đúng"), 11),
        (settled("o2~t3", "chỉ tiêu được kể lại"), 12),
        (
            Act::FindingReopened {
                finding: "o2~t3".to_owned(),
                reason: "có văn bản mới".to_owned(),
            },
            13,
        ),
    ] {
        writing.record(&Author::PROGRAM, at(second), &act).await.unwrap();
    }
    writing.commit().await.unwrap();
}

async fn the_last_settlement_of_a_finding_holds_until_it_is_reopened<B: Backend>() {
    let (store, _keep) = B::fresh().await;
    with_every_act(&store).await;
    let mut reading = store.read().await.unwrap();
    let all = reading.settlements().await.unwrap();
    let told: Vec<_> = all
        .iter()
        .map(|one| (one.finding.as_str(), one.decision.as_str(), one.ended_by))
        .collect();
    assert_eq!(
        told,
        [
            ("o2~o5", "17,78% đúng", Some(17)),
            ("o2~o5", "17,8% đúng", None),
            ("o2~t3", "chỉ tiêu được kể lại", Some(19)),
        ]
    );
    let reopened = reading.acts_that_reopened().await.unwrap();
    assert_eq!(reopened.len(), 1);
    assert_eq!(
        (reopened[0].entry, reopened[0].reason.as_str()),
        (19, "có văn bản mới")
    );
    let again = Act::FindingReopened {
        finding: "o2~t3".to_owned(),
        reason: "lần nữa".to_owned(),
    };
    let refused = store
        .write()
        .await
        .unwrap()
        .record(&Author::PROGRAM, at(14), &again)
        .await;
    assert!(matches!(refused, Err(Error::Unfit { what: "settlement" })));
}

async fn computing_again_gives_the_same_tables<B: Backend>() {
    let (store, _keep) = B::fresh().await;
    with_every_act(&store).await;
    let before = picture(&mut store.read().await.unwrap()).await;
    let mut writing = store.write().await.unwrap();
    writing.rebuild().await.unwrap();
    writing.commit().await.unwrap();
    let after = picture(&mut store.read().await.unwrap()).await;
    assert!(before.contains("17.8"));
    assert!(before == after, "{before}\n\n=== after ===\n\n{after}");
}

async fn the_chain_of_a_used_register_holds<B: Backend>() {
    let (store, _keep) = B::fresh().await;
    with_every_act(&store).await;
    let mut reading = store.read().await.unwrap();
    let entries = reading.entries_after(0, 1000).await.unwrap();
    assert_eq!(ledger::verify(&entries), Ok(reading.head().await.unwrap()));
    assert_eq!(entries.len(), 19);
}

async fn a_clock_that_goes_back_does_not_turn_the_record_back<B: Backend>() {
    let (store, _keep) = B::fresh().await;
    with_document(&store).await;
    let mut writing = store.write().await.unwrap();
    writing
        .record(
            &Author::PROGRAM,
            at(-50),
            &recorded(Fact::Observation(observation("1")), "b"),
        )
        .await
        .unwrap();
    writing.commit().await.unwrap();
    let acts = store.read().await.unwrap().latest_acts(1).await.unwrap();
    assert_eq!(acts[0].recorded_at, at(3));
}

async fn words_are_found_without_tone_marks<B: Backend>() {
    let (store, _keep) = B::fresh().await;
    with_document(&store).await;
    let mut reading = store.read().await.unwrap();
    assert_eq!(
        reading.documents_with("bao cao kinh te", 9).await.unwrap().len(),
        1
    );
    assert_eq!(reading.documents_with("ho ngheo giam", 9).await.unwrap().len(), 1);
    assert_eq!(reading.documents_with("17,78%", 9).await.unwrap().len(), 1);
    assert_eq!(reading.documents_with("17%78", 9).await.unwrap().len(), 0);
    assert_eq!(reading.documents_with("_ao cao", 9).await.unwrap().len(), 0);
}
