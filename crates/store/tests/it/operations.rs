//! What devices sent under a name of their own.

use plan::report::flow::Saved;
use plan::report::{Move, ReportKey};
use plan::{Act, Fact, Office, OperationId, UserId};
use store::{Author, Error, StoredOperation};

use crate::specimen::{at, observation, recorded};
use crate::{Backend, suite};

suite!(
    the_name_is_there_with_its_act_or_neither_is,
    a_name_is_kept_once_and_forgotten_by_age,
    what_is_typed_into_a_report_changes_no_public_page,
);

fn kept(second: i64) -> StoredOperation {
    StoredOperation {
        user: Some(UserId(7)),
        digest: [3; 32],
        answer: "kept as 12".to_owned(),
        kept_at: at(second),
    }
}

async fn the_name_is_there_with_its_act_or_neither_is<B: Backend>() {
    let (store, _keep) = B::fresh().await;
    let id = OperationId([1; 16]);
    for commits in [false, true] {
        let mut writing = store.write().await.unwrap();
        let act = recorded(Fact::Observation(observation("1")), "một");
        writing.record(&Author::PROGRAM, at(0), &act).await.unwrap();
        writing.keep_operation(id, &kept(0)).await.unwrap();
        if commits {
            writing.commit().await.unwrap();
        }
    }
    let mut reading = store.read().await.unwrap();
    assert_eq!(reading.head().await.unwrap().number, 1);
    assert_eq!(reading.operation(id).await.unwrap(), Some(kept(0)));
    assert_eq!(reading.operation(OperationId([2; 16])).await.unwrap(), None);
}

async fn a_name_is_kept_once_and_forgotten_by_age<B: Backend>() {
    let (store, _keep) = B::fresh().await;
    let mut writing = store.write().await.unwrap();
    for second in [10, 20] {
        let id = OperationId([u8::try_from(second).unwrap(); 16]);
        writing.keep_operation(id, &kept(second)).await.unwrap();
    }
    let again = writing.keep_operation(OperationId([10; 16]), &kept(30)).await;
    assert!(matches!(again, Err(Error::Exists(_))));
    writing.drop_operations_before(at(20)).await.unwrap();
    assert_eq!(writing.operation(OperationId([10; 16])).await.unwrap(), None);
    assert!(writing.operation(OperationId([20; 16])).await.unwrap().is_some());
}

async fn what_is_typed_into_a_report_changes_no_public_page<B: Backend>() {
    let (store, _keep) = B::fresh().await;
    let mut writing = store.write().await.unwrap();
    let act = recorded(Fact::Observation(observation("1")), "một");
    writing.record(&Author::PROGRAM, at(0), &act).await.unwrap();
    let shown = writing.shown().unwrap();
    assert_eq!(writing.commit().await.unwrap(), shown);

    let save = Act::ReportMoved {
        report: ReportKey {
            regime: "xa-thang".parse().unwrap(),
            period: "2026-10".parse().unwrap(),
            office: Office::committee(terms::RefArea::from_static("VN-11-03158")),
        },
        step: Box::new(Move::Save(Saved {
            device: None,
            values: [(crate::specimen::code("poverty.rate"), "17,78".to_owned())].into(),
            ..Saved::default()
        })),
    };
    let mut writing = store.write().await.unwrap();
    writing.record(&Author::PROGRAM, at(1), &save).await.unwrap();
    assert_eq!(writing.shown(), None);
    let head = writing.commit().await.unwrap();
    let mut reading = store.read().await.unwrap();
    assert_eq!((head.number, reading.shown_head().await.unwrap()), (2, shown));
}
