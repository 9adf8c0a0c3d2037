//! Packed series are the observations that hold, whatever was recorded, replaced and withdrawn; and what changed is told.

use std::collections::BTreeMap;

use plan::{Act, Fact, FactId, ObservationId};
use store::series::Telling;
use store::{Author, Known, Reading, Store, Which};
use terms::{RefArea, TimePeriod};

use crate::specimen::{at, code, observation, recorded, source};
use crate::{Backend, suite};

suite!(
    series_are_the_observations_that_hold,
    changes_since_an_entry_are_told_and_lead_to_the_same_values,
);

/// Every value by its number, with what it is of.
type Values = BTreeMap<ObservationId, (String, String, Telling)>;

async fn packed(reading: &mut Reading) -> Values {
    let mut values = Values::new();
    let mut pages = 0;
    let each = |indicator: &str, place: &str, tellings: store::series::Tellings<'_>| {
        pages += 1;
        for telling in tellings {
            let telling = telling?;
            values.insert(telling.id, (indicator.to_owned(), place.to_owned(), telling));
        }
        Ok(())
    };
    reading.series(None, each).await.unwrap();
    values
}

async fn holding(reading: &mut Reading) -> Values {
    let stored = reading.observations(Known::NOW, Which::All).await.unwrap();
    stored
        .into_iter()
        .map(|stored| {
            let told = &stored.observation;
            let of = (
                told.indicator.to_string(),
                told.ref_area.to_string(),
                Telling::of(stored.id, told),
            );
            (stored.id, of)
        })
        .collect()
}

/// A number that follows from another, for acts of every kind in no order that anybody chose.
fn next(state: &mut u64) -> u64 {
    *state = state
        .wrapping_mul(6_364_136_223_846_793_005)
        .wrapping_add(1_442_695_040_888_963_407);
    *state >> 33
}

/// Records, replaces or withdraws a value.
async fn act(store: &Store, step: i64, state: &mut u64) {
    let mut writing = store.write().await.unwrap();
    let held: Vec<ObservationId> = holding(&mut writing).await.into_keys().collect();
    let old = held
        .get(usize::try_from(next(state) % 7).unwrap())
        .copied()
        .map(FactId::Observation);
    let mut told = observation(&format!("{}.{}0", next(state) % 1_000, next(state) % 10));
    told.indicator =
        code(["poverty.households", "population.total"][usize::try_from(next(state) % 2).unwrap()]);
    // A place without a code is called by its name, whatever stands in it.
    let places = ["VN-11-03127", "VN-11-03128", "2 thôn\nở xã Mường Pồn cũ "];
    told.ref_area = RefArea::new(places[usize::try_from(next(state) % 3).unwrap()]);
    let year = i16::try_from(2_019 + next(state) % 9).unwrap();
    told.time_period = if next(state).is_multiple_of(3) {
        TimePeriod::Year(year)
    } else {
        TimePeriod::Month(year, i8::try_from(1 + next(state) % 12).unwrap())
    };
    let fact = Fact::Observation(told);
    let act = match (next(state) % 4, old) {
        (0, Some(fact)) => Act::FactWithdrawn {
            fact,
            reason: "nhầm".to_owned(),
        },
        (1, Some(replaced)) => Act::FactRecorded {
            fact,
            source: source("bản sửa"),
            replaces: Some(replaced),
            reason: "đính chính".to_owned(),
        },
        _ => recorded(fact, "báo cáo"),
    };
    writing.record(&Author::PROGRAM, at(step), &act).await.unwrap();
    writing.commit().await.unwrap();
}

async fn series_are_the_observations_that_hold<B: Backend>() {
    let (store, _folder) = B::fresh().await;
    let mut state = 7;
    for step in 0..60 {
        act(&store, step, &mut state).await;
    }
    let mut writing = store.write().await.unwrap();
    let before = packed(&mut writing).await;
    assert!(10 < before.len());
    assert_eq!(before, holding(&mut writing).await);
    let of_one = code("population.total");
    let mut count = 0;
    let each = |indicator: &str, _: &str, tellings: store::series::Tellings<'_>| {
        assert_eq!(indicator, "population.total");
        count += tellings.count();
        Ok(())
    };
    writing.series(Some(&of_one), each).await.unwrap();
    assert_eq!(
        count,
        before
            .values()
            .filter(|(indicator, ..)| *indicator == "population.total")
            .count()
    );
    // And the same from the entries alone.
    writing.rebuild().await.unwrap();
    assert_eq!(packed(&mut writing).await, before);
}

async fn changes_since_an_entry_are_told_and_lead_to_the_same_values<B: Backend>() {
    let (store, _folder) = B::fresh().await;
    let mut state = 11;
    let mut values = Values::new();
    let mut since = 0;
    for step in 0..40 {
        // One to three acts at a time.
        for _ in 0..=next(&mut state) % 3 {
            act(&store, step, &mut state).await;
        }
        let mut reading = store.read().await.unwrap();
        let changes = reading.series_changes(since, "Báo Điện Biên Phủ").await.unwrap();
        for (_, _, ended) in changes.ended {
            assert!(values.remove(&ended.id).is_some(), "what ended had held");
        }
        for (indicator, place, began) in changes.began {
            let marked = changes
                .marked
                .iter()
                .any(|(_, _, id, marked)| *id == began.id && *marked);
            assert!(marked, "each has a source of this publisher");
            values.insert(began.id, (indicator.to_string(), place.to_string(), began));
        }
        since = reading.head().await.unwrap().number;
        assert_eq!(values, holding(&mut reading).await);
        let none = reading.series_changes(since, "x").await.unwrap();
        assert!(none.began.is_empty() && none.ended.is_empty(), "{none:?}");
    }
}
