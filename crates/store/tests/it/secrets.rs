//! Secrets of second factors: sealed, by a key that lies apart, changes and gets lost.

use std::path::PathBuf;

use plan::{Office, UserId};
use sqlx::{ConnectOptions as _, Connection as _};
use store::{Error, KeyTrouble, NewUser, Store};
use tempfile::TempDir;
use terms::RefArea;

use crate::specimen::at;

const SECRET: &[u8] = b"twenty secret bytes!";

/// A database with a person for each name, who all have a second factor.
struct House {
    folder: TempDir,
    store: Store,
    people: Vec<UserId>,
}

impl House {
    async fn of(names: &[&str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&crate::path(&folder)).await.unwrap();
        let office = Office::committee(RefArea::from_static("VN-11"));
        let mut people = Vec::new();
        for name in names {
            let mut writing = store.write().await.unwrap();
            let new = NewUser {
                name,
                password_hash: "hash",
                salt: [7; 16],
                office: &office,
                demo: false,
            };
            let user = writing.add_user(&new, at(0)).await.unwrap();
            writing.set_totp(user, Some(SECRET)).await.unwrap();
            writing.commit().await.unwrap();
            people.push(user);
        }
        Self {
            folder,
            store,
            people,
        }
    }

    fn database(&self) -> PathBuf {
        crate::path(&self.folder)
    }

    fn keys(&self) -> PathBuf {
        self.store.secrets_file()
    }

    /// Another process that opens the same database.
    async fn another(&self) -> Store {
        Store::open(&self.database()).await.unwrap()
    }

    /// What a thief of the database does.
    async fn tamper(&self, statement: &'static str) {
        let options = sqlx::sqlite::SqliteConnectOptions::new().filename(self.database());
        let mut connection = options.connect().await.unwrap();
        sqlx::query(statement).execute(&mut connection).await.unwrap();
        connection.close().await.unwrap();
    }

    /// Whether the secret stands in one of the files that are not the keys.
    fn tells(&self) -> bool {
        std::fs::read_dir(self.folder.path())
            .unwrap()
            .map(|file| file.unwrap().path())
            .filter(|file| *file != self.keys())
            .any(|file| {
                let bytes = std::fs::read(file).unwrap();
                bytes.windows(SECRET.len()).any(|window| window == SECRET)
            })
    }
}

async fn secret(store: &Store, user: UserId) -> Result<Vec<u8>, Error> {
    let kept = store.read().await?.user(user).await?.unwrap();
    store.reveal(user, &kept.totp.unwrap())
}

fn trouble<T>(result: &Result<T, Error>) -> Option<KeyTrouble> {
    match result {
        Err(Error::KeyFile { why, .. }) => Some(*why),
        _ => None,
    }
}

#[tokio::test]
async fn a_secret_stands_in_no_file_and_is_read_again_by_its_key() {
    let house = House::of(&["Mai"]).await;
    assert!(!house.tells());
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = std::fs::metadata(house.keys()).unwrap().permissions().mode();
        assert_eq!(mode & 0o077, 0, "nobody else reads the keys");
    }
    assert_eq!(
        secret(&house.another().await, house.people[0]).await.unwrap(),
        SECRET
    );
    assert_eq!(house.store.guard_secrets().await.unwrap(), 0);
}

#[tokio::test]
async fn secrets_of_before_are_sealed_when_they_are_guarded() {
    let house = House::of(&["Mai", "Lan"]).await;
    house
        .tamper("UPDATE users SET totp_secret = CAST('twenty secret bytes!' AS BLOB), totp_key = NULL")
        .await;
    assert!(house.tells(), "as registers of before had it");
    assert_eq!(secret(&house.store, house.people[0]).await.unwrap(), SECRET);
    assert_eq!(house.store.guard_secrets().await.unwrap(), 2);
    assert!(!house.tells());
    assert_eq!(secret(&house.store, house.people[1]).await.unwrap(), SECRET);
}

#[tokio::test]
async fn the_keys_may_lie_elsewhere() {
    let elsewhere = tempfile::tempdir().unwrap();
    let file = elsewhere.path().join("keys");
    let house = House::of(&[]).await;
    house.store.keep_secrets_in(&file);
    let office = Office::committee(RefArea::from_static("VN-11"));
    let new = NewUser {
        name: "Mai",
        password_hash: "",
        salt: [7; 16],
        office: &office,
        demo: false,
    };
    let mut writing = house.store.write().await.unwrap();
    let user = writing.add_user(&new, at(0)).await.unwrap();
    writing.set_totp(user, Some(SECRET)).await.unwrap();
    writing.commit().await.unwrap();
    assert!(file.exists());
    let another = house.another().await;
    assert_eq!(trouble(&secret(&another, user).await), Some(KeyTrouble::Missing));
    another.keep_secrets_in(&file);
    assert_eq!(secret(&another, user).await.unwrap(), SECRET);
}

#[tokio::test]
async fn a_fresh_key_takes_over_while_others_run() {
    let house = House::of(&["Mai", "Lan"]).await;
    let running = house.another().await;
    assert_eq!(secret(&running, house.people[0]).await.unwrap(), SECRET);
    let before = std::fs::read_to_string(house.keys()).unwrap();
    assert_eq!(house.store.rotate_secrets().await.unwrap(), 2);
    let after = std::fs::read_to_string(house.keys()).unwrap();
    assert_eq!((before.lines().count(), after.lines().count()), (1, 1));
    assert_ne!(before, after);
    // The one that runs reads by the new key, and seals by it.
    assert_eq!(secret(&running, house.people[1]).await.unwrap(), SECRET);
    let mut writing = running.write().await.unwrap();
    writing.set_totp(house.people[0], Some(b"another")).await.unwrap();
    writing.commit().await.unwrap();
    assert_eq!(
        secret(&house.another().await, house.people[0]).await.unwrap(),
        b"another"
    );
}

#[tokio::test]
async fn a_fall_while_the_key_changes_loses_nothing() {
    let house = House::of(&["Mai"]).await;
    let old = std::fs::read_to_string(house.keys()).unwrap();
    // The file has the fresh key already, the database does not speak of it yet.
    let both = format!("{}\n{old}", "5a".repeat(32));
    std::fs::write(house.keys(), both).unwrap();
    let store = house.another().await;
    assert_eq!(store.guard_secrets().await.unwrap(), 0);
    assert_eq!(secret(&store, house.people[0]).await.unwrap(), SECRET);
    assert_eq!(store.rotate_secrets().await.unwrap(), 1);
    assert_eq!(std::fs::read_to_string(house.keys()).unwrap().lines().count(), 1);
    assert_eq!(secret(&store, house.people[0]).await.unwrap(), SECRET);
}

#[tokio::test]
async fn a_lost_key_is_told_and_only_who_is_concerned_begins_anew() {
    let house = House::of(&["Mai", "Lan"]).await;
    let good = std::fs::read(house.keys()).unwrap();
    for (bytes, why) in [
        (None, KeyTrouble::Missing),
        (Some("5a".repeat(32)), KeyTrouble::Another),
        (Some("not keys".to_owned()), KeyTrouble::Damaged),
    ] {
        match bytes {
            Some(bytes) => std::fs::write(house.keys(), bytes).unwrap(),
            None => std::fs::remove_file(house.keys()).unwrap(),
        }
        let store = house.another().await;
        assert_eq!(trouble(&store.guard_secrets().await), Some(why));
        assert_eq!(trouble(&secret(&store, house.people[0]).await), Some(why));
        assert_eq!(trouble(&store.rotate_secrets().await), Some(why));
    }
    // With the file of the backup all is well again.
    std::fs::write(house.keys(), good).unwrap();
    let store = house.another().await;
    assert_eq!(store.guard_secrets().await.unwrap(), 0);
    let mut writing = store.write().await.unwrap();
    assert_eq!(writing.give_up_lost_secrets().await.unwrap(), []);
    writing.commit().await.unwrap();
    // Without it those concerned begin anew, by a key of its own.
    std::fs::write(house.keys(), "not keys").unwrap();
    let store = house.another().await;
    let mut writing = store.write().await.unwrap();
    assert_eq!(writing.give_up_lost_secrets().await.unwrap(), house.people);
    writing.set_totp(house.people[0], Some(b"another")).await.unwrap();
    writing.commit().await.unwrap();
    assert_eq!(secret(&store, house.people[0]).await.unwrap(), b"another");
    assert!(
        store
            .read()
            .await
            .unwrap()
            .user(house.people[1])
            .await
            .unwrap()
            .unwrap()
            .totp
            .is_none()
    );
    assert_eq!(store.guard_secrets().await.unwrap(), 0);
}

#[tokio::test]
async fn secrets_cannot_be_changed_or_exchanged() {
    let house = House::of(&["Mai", "Lan"]).await;
    house
        .tamper(
            "UPDATE users SET totp_secret = (SELECT totp_secret FROM users AS other WHERE other.name = 'Mai')",
        )
        .await;
    assert_eq!(secret(&house.store, house.people[0]).await.unwrap(), SECRET);
    let exchanged = secret(&house.store, house.people[1]).await;
    assert!(matches!(exchanged, Err(Error::Damaged { .. })));
    let short = House::of(&["Mai"]).await;
    short.tamper("UPDATE users SET totp_secret = X'00'").await;
    let damaged = secret(&short.store, short.people[0]).await;
    assert!(matches!(damaged, Err(Error::Damaged { .. })));
}
