//! What every command promises to who calls it: it ends quietly where nobody reads any more, and speaks one language.

use std::process::{Command, Stdio};

#[test]
fn a_command_ends_quietly_where_nobody_reads_any_more() {
    for arguments in [
        &["--help"][..],
        &[
            "read",
            "../../examples/dien-bien/documents/2025-01-10-ke-hoach-2025_vi.txt",
        ],
        &["check", "--lang", "vi"],
    ] {
        let mut child = Command::new(env!("CARGO_BIN_EXE_rorang"))
            .args(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the binary runs");
        // The reader goes away before the first line.
        drop(child.stdout.take());
        let output = child.wait_with_output().expect("it ends");
        let told = String::from_utf8_lossy(&output.stderr);
        assert!(
            !told.contains("panicked") && !told.contains("pipe"),
            "{arguments:?}: {told}"
        );
        assert_ne!(output.status.code(), Some(101), "{arguments:?}");
    }
}

#[test]
fn a_database_that_is_not_there_is_told_in_the_persons_language_and_none_is_made() {
    let folder = tempfile::tempdir().expect("a folder");
    let missing = folder.path().join("khong-co.db");
    let database = missing.display().to_string();
    for arguments in [
        &["check"][..],
        &["coherence"],
        &["score", "list"],
        &["score", "rules"],
        &["task", "rules"],
        &["user", "list"],
        &["remind", "--dry-run"],
        &["post", "list"],
        &["user", "link", "Mai", "sub", "--issuer", "https://sso.test"],
        &["user", "unlink", "Mai"],
        &["user", "import", "../../examples/dien-bien/posts.csv"],
        &["import-tasks", "../../examples/dien-bien/posts.csv", "--dry-run"],
        &["demo-users"],
    ] {
        for (language, words) in [("vi", "Không tìm thấy tệp"), ("en", "no such file")] {
            let output = Command::new(env!("CARGO_BIN_EXE_rorang"))
                .args(arguments)
                .args(["--database", &database, "--lang", language])
                .output()
                .expect("the binary runs");
            let told = String::from_utf8_lossy(&output.stderr).to_lowercase();
            assert!(
                told.contains(&words.to_lowercase()),
                "{arguments:?} {language}: {told}"
            );
            assert!(told.contains("khong-co.db"), "{arguments:?}: {told}");
            assert_eq!(output.status.code(), Some(1), "{arguments:?}");
        }
    }
    assert!(!missing.exists(), "no command made the file");
}

#[test]
fn scores_and_their_rules_come_as_a_table_json_and_csv() {
    let folder = tempfile::tempdir().expect("a folder");
    let database = folder.path().join("so.db").display().to_string();
    let run = |arguments: &[&str]| {
        Command::new(env!("CARGO_BIN_EXE_rorang"))
            .args(arguments)
            .args(["--database", &database])
            .output()
            .expect("the binary runs")
    };
    let made = Command::new(env!("CARGO_BIN_EXE_rorang"))
        .args([
            "init",
            "Quản trị",
            "--password-stdin",
            "--example",
            "--database",
            &database,
        ])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .and_then(|mut child| {
            use std::io::Write;
            child
                .stdin
                .take()
                .expect("an input")
                .write_all(b"ruong-bac-thang-2025\n")?;
            child.wait()
        })
        .expect("the register is made");
    assert!(made.success());
    let csv = run(&["score", "list", "--period", "2026-Q4", "--format", "csv"]);
    let csv = String::from_utf8(csv.stdout).expect("text");
    let lines: Vec<&str> = csv.lines().collect();
    assert!(
        lines[0].starts_with("period,office,name_vi") && 1 < lines.len(),
        "{csv}"
    );
    let json = run(&["score", "list", "--period", "2026-Q4", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_slice(&json.stdout).expect("JSON");
    let office = json["offices"][0]["office"]
        .as_str()
        .expect("an office")
        .to_owned();
    assert_eq!(json["offices"].as_array().map(Vec::len), Some(lines.len() - 1));
    let given = run(&[
        "score",
        "give",
        "--office",
        &office,
        "--period",
        "2026-Q4",
        "--points",
        "27,5",
        "--reason",
        "biên bản 20/11",
    ]);
    assert!(
        given.status.success(),
        "{}",
        String::from_utf8_lossy(&given.stderr)
    );
    let one = run(&[
        "score", "list", "--period", "2026-Q4", "--office", &office, "--format", "json",
    ]);
    let one: serde_json::Value = serde_json::from_slice(&one.stdout).expect("JSON");
    assert_eq!(one["score"]["general"], "27.5");
    let past = run(&[
        "score",
        "rules",
        "--from",
        "2026-02-01",
        "--fault",
        "50",
        "--reason",
        "thử",
        "--lang",
        "vi",
    ]);
    assert_eq!(past.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&past.stderr).contains("kỳ đã bắt đầu"));
    let set = run(&[
        "score",
        "rules",
        "--from",
        "2199-01-01",
        "--shares",
        "2,1,1",
        "--reason",
        "QĐ 1",
        "--format",
        "json",
    ]);
    let set: serde_json::Value = serde_json::from_slice(&set.stdout).expect("JSON");
    assert_eq!(set["set"][0]["rules"]["quantity"], "2");
    assert_eq!(set["today"]["quantity"], "1", "today's rules stay");
}
