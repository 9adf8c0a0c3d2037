//! People and sessions.

use store::Error;

use crate::specimen::at;
use crate::{Backend, suite};

suite!(
    a_name_is_taken_once_whatever_its_case,
    a_session_ends_with_sign_out_new_password_and_dismissal,
);

async fn a_name_is_taken_once_whatever_its_case<B: Backend>() {
    let (store, _keep) = B::fresh().await;
    let mut writing = store.write().await.unwrap();
    let user = writing
        .add_user("Lò Thị Mai", "planner", "hash", at(0))
        .await
        .unwrap();
    writing.commit().await.unwrap();
    let mut reading = store.read().await.unwrap();
    assert_eq!(
        reading.user_by_name("  LÒ  thị mai ").await.unwrap().unwrap().id,
        user
    );
    assert_eq!(reading.user_by_name("Lo Thi Mai").await.unwrap(), None);
    drop(reading);
    let mut writing = store.write().await.unwrap();
    let taken = writing.add_user("lò thị mai", "planner", "hash", at(0)).await;
    assert!(matches!(taken, Err(Error::Exists(_))));
}

async fn a_session_ends_with_sign_out_new_password_and_dismissal<B: Backend>() {
    let (store, _keep) = B::fresh().await;
    let mut writing = store.write().await.unwrap();
    let user = writing.add_user("Mai", "planner", "hash", at(0)).await.unwrap();
    let open = |token: u8| [token; 32];
    for token in 1..=3 {
        writing
            .open_session(user, &open(token), "csrf", at(0), at(100))
            .await
            .unwrap();
    }
    assert_eq!(writing.session(&open(1)).await.unwrap().unwrap().user.id, user);
    writing.end_session(&open(1)).await.unwrap();
    assert_eq!(writing.session(&open(1)).await.unwrap(), None);
    assert!(writing.session(&open(2)).await.unwrap().is_some());
    writing.set_password(user, "other").await.unwrap();
    assert_eq!(writing.session(&open(2)).await.unwrap(), None);
    writing
        .open_session(user, &open(4), "csrf", at(5), at(100))
        .await
        .unwrap();
    writing
        .open_session(user, &open(5), "csrf", at(101), at(200))
        .await
        .unwrap();
    assert_eq!(
        writing.session(&open(4)).await.unwrap(),
        None,
        "what ran out is dropped"
    );
    writing.end_user(user, at(110)).await.unwrap();
    assert_eq!(writing.session(&open(5)).await.unwrap(), None);
}
