//! Plain texts in the encodings of Vietnamese offices.

use unicode_normalization::UnicodeNormalization as _;

use crate::read;

const TEXT: &str = "Điện Biên: tỷ lệ hộ nghèo năm 2025 giảm còn 17,78%;\r\nGRDP ước đạt 17.970 tỷ đồng.\n";

/// Letters with their own mark, tones apart: the form that windows-1258 can write.
fn tones_apart(text: &str) -> String {
    text.chars()
        .flat_map(|letter| {
            let parts: Vec<char> = letter.nfd().collect();
            let (tones, letters): (Vec<char>, Vec<char>) = parts
                .into_iter()
                .partition(|part| "\u{300}\u{301}\u{303}\u{309}\u{323}".contains(*part));
            letters.into_iter().nfc().chain(tones).collect::<Vec<_>>()
        })
        .collect()
}

#[test]
fn utf8_of_either_form_stays_as_it_is() {
    for text in [TEXT.to_owned(), TEXT.nfd().collect(), format!("\u{feff}{TEXT}")] {
        let (document, doubts) = read("a.txt", text.as_bytes()).unwrap();
        assert_eq!(document.text, text);
        assert!(doubts.is_empty());
    }
}

#[test]
fn windows_1258_is_recognised() {
    let apart = tones_apart(TEXT);
    let (bytes, _, lossy) = encoding_rs::WINDOWS_1258.encode(&apart);
    assert!(!lossy);
    let (document, doubts) = read("a.txt", &bytes).unwrap();
    assert_eq!(document.text, apart);
    assert_eq!(doubts[0].data[1], ("encoding", "windows-1258".to_owned()));
}

#[test]
fn tcvn3_is_recognised() {
    let bytes =
        b"T\xfb l\xd6 h\xe9 ngh\xcco n\xa8m 2025 gi\xb6m c\xdfn 17,78%; \xae\xb9t 17.970 t\xfb \xae\xe5ng.\n";
    let (document, doubts) = read("a.txt", bytes).unwrap();
    assert_eq!(
        document.text,
        "Tỷ lệ hộ nghèo năm 2025 giảm còn 17,78%; đạt 17.970 tỷ đồng.\n"
    );
    assert_eq!(doubts[0].code, "encoding-guessed");
}

#[test]
fn utf16_and_old_encodings_of_pages_are_read() {
    let page = "<html><body><p>Tỷ lệ hộ nghèo còn 17,78%.</p></body></html>";
    let wide: Vec<u8> = page.encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(
        read("a.html", &wide).unwrap().0.text,
        "Tỷ lệ hộ nghèo còn 17,78%.\n"
    );
    let apart = tones_apart(&page.replace("<body>", "<meta charset=\"windows-1258\"><body>"));
    let (bytes, _, lossy) = encoding_rs::WINDOWS_1258.encode(&apart);
    assert!(!lossy);
    let (document, _) = read("a.html", &bytes).unwrap();
    assert_eq!(
        document.text.nfc().collect::<String>(),
        "Tỷ lệ hộ nghèo còn 17,78%.\n"
    );
}
