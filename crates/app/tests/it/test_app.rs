//! A register to test against, with people in it and a clock that stands still.

use app::policy::Role;
use app::{Actor, App};
use tempfile::TempDir;
use terms::Timestamp;

/// An open register and the folder that holds it.
pub(crate) struct TestApp {
    pub(crate) app: App,
    folder: TempDir,
}

/// Noon in Việt Nam on 22 November 2026.
fn clock() -> Timestamp {
    Timestamp::from_second(1_795_323_600).unwrap()
}

impl TestApp {
    /// An empty one.
    pub(crate) async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let app = App::open_with_clock(&folder.path().join("register.db"), clock)
            .await
            .unwrap();
        Self { app, folder }
    }

    /// The same register, opened by another process that has computed nothing yet.
    pub(crate) async fn reopened(&self) -> App {
        let path = self.folder.path().join("register.db");
        App::open_with_clock(&path, clock).await.unwrap()
    }

    /// A person with a role, signed in.
    pub(crate) async fn person(&self, role: Role) -> Actor {
        let password = app::password::new_password().unwrap();
        let name = format!("Người {}", role.code());
        self.app
            .add_user(&Actor::operator(), &name, role, &password)
            .await
            .unwrap();
        let session = self
            .app
            .sign_in(&name, &password, [127, 0, 0, 1].into())
            .await
            .unwrap()
            .unwrap();
        self.app.actor(&session.token).await.unwrap()
    }
}

/// The source files of a folder and of the folders in it, or the one file that it is.
pub(crate) fn sources(path: &std::path::Path) -> Vec<std::path::PathBuf> {
    let Ok(entries) = std::fs::read_dir(path) else {
        return vec![path.to_owned()];
    };
    entries
        .flat_map(|entry| sources(&entry.unwrap().path()))
        .collect()
}

impl TestApp {
    /// A person who holds a post of the example, signed in.
    pub(crate) async fn holder(&self, post: &str) -> Actor {
        let password = app::password::new_password().unwrap();
        let name = format!("Người giữ {post}");
        let table = format!("name,password,post,since\n{name},{password},{post},2026-01-01\n");
        self.app
            .import_users(&Actor::operator(), "people.csv", table.as_bytes())
            .await
            .unwrap();
        let session = self.app.sign_in(&name, &password, [127, 0, 0, 1].into()).await;
        self.app.actor(&session.unwrap().unwrap().token).await.unwrap()
    }
}
