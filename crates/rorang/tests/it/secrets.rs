//! Keys of secrets: lost, told, given up; and changed while nobody notices.

use std::path::Path;
use std::process::{Command, Output};

use app::policy::Role;
use app::{Actor, App};

fn rorang(database: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_rorang"))
        .args(arguments)
        .args(["--lang", "en", "--database"])
        .arg(database)
        .output()
        .expect("the binary runs")
}

fn told(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

/// Gives a person a second factor that waits for its first code.
async fn begin(app: &App, name: &str) {
    let password = app::password::new_password().expect("chance");
    let added = app
        .add_user(&Actor::operator(), name, Role::Planner, &password)
        .await;
    added.expect("a person");
    let session = app.sign_in(name, &password, [127, 0, 0, 1].into()).await;
    let session = session.expect("an answer").expect("a session");
    let begun = app.begin_second_factor(&session.actor).await;
    begun.expect("a second factor");
}

#[test]
fn a_lost_key_is_told_at_the_start_with_the_ways_out_and_given_up_by_name() {
    let folder = tempfile::tempdir().expect("a folder");
    let database = folder.path().join("so.db");
    let keys = folder.path().join("so.db.secrets");
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(async {
        let app = App::open(&database).await.expect("a register");
        begin(&app, "Lò Thị Mai").await;
        app.close().await;
    });
    let first = std::fs::read_to_string(&keys).expect("a file of keys");
    let rotated = rorang(&database, &["secrets", "rotate"]);
    assert!(
        rotated.status.success() && told(&rotated).contains("so.db.secrets"),
        "{}",
        told(&rotated)
    );
    assert_ne!(std::fs::read_to_string(&keys).expect("keys"), first);
    assert!(rorang(&database, &["secrets", "check"]).status.success());

    let aside = folder.path().join("backup");
    std::fs::rename(&keys, &aside).expect("moved");
    let elsewhere = ["secrets", "check", "--key-file", aside.to_str().expect("a name")];
    assert!(
        rorang(&database, &elsewhere).status.success(),
        "the file may lie elsewhere"
    );
    let serve = rorang(&database, &["serve", "--address", "127.0.0.1:0"]);
    let why = told(&serve);
    assert_eq!(serve.status.code(), Some(1), "{why}");
    assert!(
        why.contains("so.db.secrets") && why.contains("secrets give-up"),
        "{why}"
    );
    assert!(!why.contains("panicked"), "{why}");
    assert!(
        !keys.exists(),
        "no other key takes the place of a lost one unasked"
    );

    let given_up = rorang(&database, &["secrets", "give-up"]);
    assert!(
        given_up.status.success() && told(&given_up).contains("Lò Thị Mai"),
        "{}",
        told(&given_up)
    );
    assert!(rorang(&database, &["secrets", "check"]).status.success());
    assert!(told(&rorang(&database, &["secrets", "give-up"])).contains(": 0"));
}

#[test]
fn a_password_that_is_soon_guessed_is_refused_in_words_by_command_and_table() {
    let folder = tempfile::tempdir().expect("a folder");
    let database = folder.path().join("so.db");
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(async {
        let app = App::open(&database).await.expect("a register");
        begin(&app, "Quản trị").await;
        app.close().await;
    });
    let table = folder.path().join("people.csv");
    let rows = "name,password,post,since\nLò Thị Mai,lothimai1990,,\nVừ A Chống,điện biên 2026,,\nHoa,1234567890,,\nSùng,ruộng bậc thang mùa lúa chín,,\n";
    std::fs::write(&table, rows).expect("a table");
    let refused = rorang(&database, &["user", "import", table.to_str().expect("a name")]);
    let why = told(&refused);
    assert_eq!(refused.status.code(), Some(1), "{why}");
    for words in ["own name", "everybody here thinks of first", "most people use"] {
        assert!(why.contains(words), "{words}: {why}");
    }
    assert!(!why.contains("lothimai1990"), "no password in a message: {why}");
    let users = told(&rorang(&database, &["user", "list"]));
    assert!(!users.contains("Sùng"), "all or nobody: {users}");
}
