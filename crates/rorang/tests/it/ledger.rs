//! `rorang ledger verify`, as an outsider runs it: a file, no database.

use std::process::{Command, Output};

use ledger::export::{self, Receipt};
use ledger::signed::{Keeper, TreeHead};
use ledger::tree::Tree;
use ledger::{Entry, Head, Value};

/// An exported record of six entries, its receipt for the fourth, and the key that signed both.
fn record() -> (Vec<u8>, String, String) {
    let (mut tree, mut head, mut file, mut sealed) = (Tree::default(), Head::EMPTY, Vec::new(), Vec::new());
    export::begin(&mut file).expect("memory can be written");
    for number in 1..=6 {
        let entry = Entry {
            kind: "value-recorded".to_owned(),
            author: Some(1),
            unit: None,
            post: None,
            recorded_at: 1_769_850_000_000_000,
            body: Value::map([("value", Value::text(format!("17,{number}8%")))]),
        };
        let next = entry.seal(head);
        head = Head::from(&next);
        tree.push(next.hash);
        export::write_entry(&mut file, &next).expect("memory can be written");
        sealed.push(next);
    }
    let keeper = Keeper::new(&[5; 32]);
    let state = TreeHead {
        size: 6,
        root: tree.root(),
        chain: head.hash,
        signed_at: 1_769_850_000_000_000,
    };
    let signed = keeper.sign(state);
    file.extend(format!("{}\n", export::head_line(&signed)).bytes());
    let receipt = Receipt {
        number: 4,
        previous: sealed[2].hash,
        bytes: sealed[3].bytes.clone(),
        path: tree.inclusion(4).expect("six entries hold a fourth"),
        signed,
    };
    (file, receipt.to_text(), ledger::signed::hex(&keeper.key()))
}

fn verify(bytes: &[u8], more: &[&str]) -> (Option<i32>, String) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("so.txt");
    std::fs::write(&path, bytes).expect("the folder can be written");
    let Output {
        status,
        stdout,
        stderr,
    } = Command::new(env!("CARGO_BIN_EXE_rorang"))
        .args(["--lang", "en", "ledger", "verify"])
        .arg(&path)
        .args(more)
        .output()
        .expect("the program starts");
    (
        status.code(),
        String::from_utf8_lossy(&[stdout, stderr].concat()).into_owned(),
    )
}

#[test]
fn a_whole_record_and_a_true_receipt_are_told_so() {
    let (file, receipt, key) = record();
    let (code, told) = verify(&file, &["--key", &key]);
    assert_eq!(code, Some(0), "{told}");
    assert!(
        told.contains("6 entries, signed 31 January 2026, 16:00"),
        "{told}"
    );
    let (code, told) = verify(receipt.as_bytes(), &[]);
    assert_eq!(code, Some(0), "{told}");
    assert!(
        told.contains("entry 4 is in the record") && told.contains("Compare this key"),
        "{told}"
    );
}

#[test]
fn one_changed_byte_is_located_by_the_number_of_its_entry() {
    let (file, receipt, key) = record();
    let text = String::from_utf8(file).unwrap();
    let (code, told) = verify(text.replace("17,38%", "17,39%").as_bytes(), &[]);
    assert_eq!(code, Some(1));
    assert!(
        told.contains("Entry 3 was changed") && told.contains("row 4"),
        "{told}"
    );
    let (code, told) = verify(receipt.replace("17,48%", "17,49%").as_bytes(), &[]);
    assert_eq!(code, Some(1));
    assert!(told.contains("The receipt does not hold"), "{told}");
    let other = format!("00{}", &key[2..]);
    let (code, told) = verify(text.as_bytes(), &["--key", &other]);
    assert_eq!(code, Some(1));
    assert!(told.contains("another key"), "{told}");
}

#[test]
fn what_is_no_record_is_told_so() {
    let (code, told) = verify(b"Ngh\xe1\xbb\x8b quy\xe1\xba\xbft", &[]);
    assert_eq!(code, Some(1));
    assert!(
        told.contains("neither an exported record nor a receipt"),
        "{told}"
    );
}

#[test]
fn the_record_of_a_register_is_exported_proved_and_checked() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let run = |arguments: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_rorang"))
            .args(["--lang", "en"])
            .args(arguments)
            .current_dir(folder.path())
            .output()
            .expect("the program starts");
        let told = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
        (output.status.code(), told)
    };
    let (code, told) = run(&["ledger", "export", "so.txt"]);
    assert_eq!(code, Some(1));
    assert!(told.contains("no database here"), "{told}");
    let table = "indicator,place,period,value,quote,publisher,title,date\n\
                 poverty.rate,VN-11,2025,17.78,còn 17.78%,Báo,Tin,2026-01-31\n";
    std::fs::write(folder.path().join("observations.csv"), table).expect("the folder can be written");
    let (code, told) = run(&["import", "observations.csv"]);
    assert_eq!(code, Some(0), "{told}");
    let (code, told) = run(&["ledger", "export", "so.txt"]);
    assert_eq!(code, Some(0), "{told}");
    assert!(told.contains("Exported 1 entries"), "{told}");
    let (code, told) = run(&["ledger", "export", "so.txt"]);
    assert_eq!(code, Some(1), "a file that is there is not written over: {told}");
    assert_eq!(run(&["ledger", "verify", "so.txt"]).0, Some(0));
    let (code, receipt) = run(&["ledger", "receipt", "1"]);
    assert_eq!(code, Some(0), "{receipt}");
    std::fs::write(folder.path().join("bien-nhan.txt"), receipt).expect("the folder can be written");
    assert_eq!(run(&["ledger", "verify", "bien-nhan.txt"]).0, Some(0));
    let (code, told) = run(&["ledger", "receipt", "2"]);
    assert_eq!(code, Some(1));
    assert!(told.contains("no entry 2"), "{told}");
}
