//! `rorang read`: forms, offsets, exit codes, and what is told of bad input, in both languages.

use std::path::Path;
use std::process::{Command, Output};

const TEXT: &str =
    "\u{feff}# 2025-07-27 | Điện Biên | Làm việc\r\n\r\nTỷ lệ hộ nghèo năm 2024 là 21,29%.\r\n";

fn rorang(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_rorang"))
        .args(arguments)
        .current_dir(folder)
        .env("LC_ALL", "vi_VN.UTF-8")
        .env("COLUMNS", "100")
        .output()
        .expect("the program runs")
}

fn told(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn folder(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder can be made");
    for (name, bytes) in files {
        std::fs::write(folder.path().join(name), bytes).expect("a file can be written");
    }
    folder
}

#[test]
fn lines_give_exact_numbers_and_offsets_in_code_points() {
    let folder = folder(&[("a.txt", TEXT.as_bytes()), ("b.txt", "Không có gì.".as_bytes())]);
    let done = rorang(folder.path(), &["read", "--format", "jsonl", "--out", "out", "."]);
    assert_eq!(done.status.code(), Some(0), "{}", told(&done));
    let lines = std::fs::read_to_string(folder.path().join("out/a.jsonl")).unwrap();
    assert_eq!(lines.lines().count(), 1, "{lines}");
    assert!(
        lines.contains("\"value\": 21.29,") && lines.contains("\"period\": \"2024\""),
        "{lines}"
    );
    let figure: serde_json::Value = serde_json::from_str(&lines).unwrap();
    let at = |key: &str| usize::try_from(figure[key].as_u64().unwrap()).unwrap();
    let surface: String = TEXT
        .chars()
        .skip(at("start"))
        .take(at("end") - at("start"))
        .collect();
    assert_eq!(figure["surface"], surface.as_str());
    assert_eq!(surface, "21,29%");
    assert_eq!(
        std::fs::read_to_string(folder.path().join("out/b.jsonl")).unwrap(),
        ""
    );
}

#[test]
fn people_see_a_table_and_programs_json_or_csv() {
    let folder = folder(&[("a.txt", TEXT.as_bytes())]);
    let table = String::from_utf8(rorang(folder.path(), &["read", "a.txt"]).stdout).unwrap();
    for part in [
        "ngày 27 tháng 7 năm 2025",
        "21,29%",
        "Tỷ lệ hộ nghèo",
        "1 tài liệu, 1 số liệu",
    ] {
        assert!(table.contains(part), "{part}: {table}");
    }
    let json = rorang(folder.path(), &["read", "--format", "json", "a.txt", "a.txt"]).stdout;
    let json: serde_json::Value = serde_json::from_slice(&json).unwrap();
    assert_eq!(json[1]["figures"][0]["value"], 21.29);
    assert_eq!(json[0]["place"], "VN-11");
    let csv = String::from_utf8(rorang(folder.path(), &["read", "--format", "csv", "a.txt"]).stdout).unwrap();
    assert!(
        csv.starts_with("document,start,end,surface,value") && csv.contains(",21.29,,%,eq,level,"),
        "{csv}"
    );
}

#[test]
fn what_the_person_says_comes_before_what_the_text_says() {
    let folder = folder(&[(
        "a.txt",
        "# 2025-02-30 | Paris | t\n\nThu ngân sách năm nay đạt 5 tỷ đồng.".as_bytes(),
    )]);
    let done = rorang(folder.path(), &["read", "a.txt"]);
    assert_eq!(done.status.code(), Some(1));
    assert!(
        told(&done).contains("tệp “a.txt”, dòng 1: Không có ngày “2025-02-30”"),
        "{}",
        told(&done)
    );
    let done = rorang(
        folder.path(),
        &["read", "--date", "2024-05-01", "--lang", "en", "a.txt"],
    );
    assert!(
        told(&done).contains("“Paris” is no place in Việt Nam"),
        "{}",
        told(&done)
    );
    let arguments = [
        "read", "--date", "1/5/2024", "--place", "lai chau", "--format", "json", "a.txt",
    ];
    let done = rorang(folder.path(), &arguments);
    let json: serde_json::Value = serde_json::from_slice(&done.stdout).unwrap();
    assert_eq!(
        (&json[0]["date"], &json[0]["place"]),
        (&"2024-05-01".into(), &"VN-12".into())
    );
    assert_eq!(json[0]["figures"][0]["period"], "2024");
}

#[test]
fn a_wrong_argument_is_usage_and_a_wrong_document_is_data() {
    let folder = folder(&[
        ("a.txt", TEXT.as_bytes()),
        ("x.pdf", b"%PDF-1.4 cut"),
        ("y.docx", b"noise"),
        ("z.doc", b"old"),
    ]);
    for arguments in [
        &["read"][..],
        &["read", "--date", "2025-13-01", "a.txt"],
        &["read", "--place", "Paris", "a.txt"],
        &["read", "--format", "xml", "a.txt"],
        &["read", "--colour", "a.txt"],
    ] {
        let done = rorang(folder.path(), arguments);
        assert_eq!(done.status.code(), Some(2), "{arguments:?}: {}", told(&done));
        assert!(
            done.stdout.is_empty() && told(&done).starts_with("Lỗi: "),
            "{arguments:?}: {}",
            told(&done)
        );
    }
    let done = rorang(folder.path(), &["read", "--format", "jsonl", "--out", "out", "."]);
    assert_eq!(done.status.code(), Some(1));
    assert!(told(&done).contains("x.pdf”: Tệp PDF bị hỏng") && told(&done).contains("Cách xử lý: "));
    assert!(
        told(&done).contains("Cảnh báo: tệp “./z.doc”: Tệp này trong thư mục không được đọc"),
        "{}",
        told(&done)
    );
    assert!(folder.path().join("out/a.jsonl").exists() && !folder.path().join("out/x.jsonl").exists());
}

#[test]
fn a_table_of_sources_with_a_wrong_row_stops_before_anything_is_read() {
    let sources = "name,date,place,lang\na,2025-07-27,VN-11,vi\nb,2025-02-30,VN-11,vi\n";
    let folder = folder(&[("a.txt", TEXT.as_bytes()), ("sources.csv", sources.as_bytes())]);
    let done = rorang(
        folder.path(),
        &["read", "--lang=en", "--format", "jsonl", "--out", "out", "."],
    );
    assert_eq!(done.status.code(), Some(1));
    let told = told(&done);
    assert!(
        told.contains("row 1, column “lang”: There is no column “lang”; the columns are: name, date"),
        "{told}"
    );
    assert!(
        told.contains("row 3, column “date”: There is no day “2025-02-30”."),
        "{told}"
    );
    assert!(!folder.path().join("out").exists());
}
