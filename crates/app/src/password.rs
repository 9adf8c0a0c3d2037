//! Which passwords are taken: long ones that nobody guesses first.
//!
//! Length decides first. Then a password must not be among those that most people use, nor be guessed soon by who knows
//! the person's name, the province and what people here like to choose. No rule of composition, no expiry
//! (NIST SP 800-63B, OWASP ASVS 2.1).

use argon2::Argon2;
use argon2::password_hash::PasswordHasher;
use terms::{Diagnostic, Place};
use zxcvbn::matching::patterns::MatchPattern;

use crate::Error;

/// The shortest password (NIST SP 800-63B asks for 8 at least, and for no rules of composition).
const LENGTH: usize = 10;
/// The longest one.
const LONGEST: usize = 1000;
/// So many guesses, as a power of ten, must not suffice: attempts are throttled and hashes are slow, so that guessing
/// that many takes years where a password is tried and weeks where its hash was stolen.
const GUESSES_LOG10: f64 = 8.0;

/// What people here choose first, without marks: to guessers these are as good as a list of passwords.
const LOCAL: &[&str] = &[
    // The province and its places and days of fame; the product; who works with it.
    "dienbien",
    "dienbienphu",
    "vn11",
    "muongthanh",
    "muonglay",
    "muongphang",
    "tuangiao",
    "tuachua",
    "thanhnua",
    "phadin",
    "himlam",
    "namrom",
    "hoaban",
    "hanoi",
    "taybac",
    "vietnam",
    "vietnamvodich",
    "rorang",
    "baocao",
    "chitieu",
    "nhiemvu",
    "congviec",
    "congchuc",
    "canbo",
    "lanhdao",
    "quantri",
    "quantrivien",
    "uyban",
    "ubnd",
    "ubndtinh",
    "ubndxa",
    "chutich",
    "chuyenvien",
    "sotaichinh",
    "vanphong",
    "hoidong",
    "tinhuy",
    "danguy",
    "chinhquyen",
    // What such passwords are made of everywhere in the country.
    "matkhau",
    "matkhaumoi",
    "matma",
    "dangnhap",
    "taikhoan",
    "xinchao",
    "chaomung",
    "anhyeuem",
    "emyeuanh",
    "yeuem",
    "yeuanh",
    "yeuvo",
    "yeuchong",
    "yeume",
    "yeubame",
    "bomeyeu",
    "giadinh",
    "concung",
    "hanhphuc",
    "maimaiyeuem",
    "motminh",
    "khongbiet",
    "khongnho",
    "quenmatkhau",
    "tinhyeu",
    "conyeu",
    "congaiyeu",
    "contraiyeu",
    "nguoiyeu",
    "hochiminh",
    "bachho",
    "saigon",
    "quehuong",
    "chucmungnammoi",
    "khongcogi",
    "motnhahai",
    "namquocsonha",
    // Keyboards that write Vietnamese, and words that are asked for a password.
    "password",
    "passw0rd",
    "admin",
    "administrator",
    "welcome",
    "abc123",
    "user",
    "root",
    "test",
    "demo",
];

/// A password by chance, for a person to be told once: 20 letters and digits without those that look alike.
///
/// # Errors
/// [`Error::Machine`] where the machine gives no chance.
pub fn new_password() -> Result<String, Error> {
    // 32 signs of 5 bits each: 100 bits.
    const SIGNS: &[u8; 32] = b"abcdefghjkmnpqrstuvwxyz23456789A";
    let mut bytes = [0; 20];
    getrandom::fill(&mut bytes).map_err(|_| Error::Machine("chance"))?;
    Ok(bytes
        .iter()
        .map(|byte| char::from(SIGNS[usize::from(byte % 32)]))
        .collect())
}

/// What is kept of a password that is taken; `name` is whose it is to be.
///
/// # Errors
/// [`Error::Invalid`] says why it is not taken; [`Error::Machine`].
pub(crate) async fn hash_of(password: &str, name: &str) -> Result<String, Error> {
    let (password, name) = (password.to_owned(), name.to_owned());
    tokio::task::spawn_blocking(move || {
        judge(&password, &name)?;
        let hash = Argon2::default().hash_password(password.as_bytes());
        hash.map(|hash| hash.to_string())
            .map_err(|_| Error::Machine("hashing a password"))
    })
    .await
    .map_err(|_| Error::Machine("hashing a password"))?
}

/// Goes on only where nobody guesses the password soon.
fn judge(password: &str, name: &str) -> Result<(), Error> {
    let wrong = |code| Diagnostic::error(code, Place::default().column("password"));
    let length = password.chars().count();
    if !(LENGTH..=LONGEST).contains(&length) {
        return Err(Error::Invalid(vec![
            wrong("password-too-short").with("expected", LENGTH),
        ]));
    }
    match weakness(password, name) {
        None => Ok(()),
        Some(weakness) => Err(Error::Invalid(vec![wrong(weakness.code())])),
    }
}

/// Why a password is guessed soon.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Weakness {
    /// It is one of those that most people use.
    Common,
    /// Most of it is the person's own name.
    OwnName,
    /// Most of it is a word that people here choose first.
    LocalWord,
    /// It is a row of keys, letters or digits, or says one thing again and again.
    Pattern,
    /// Most of it is a date or a year.
    Date,
    /// It is short words and numbers that are soon tried.
    Guessable,
}

impl Weakness {
    fn code(self) -> &'static str {
        match self {
            Weakness::Common => "password-common",
            Weakness::OwnName => "password-own-name",
            Weakness::LocalWord => "password-local-word",
            Weakness::Pattern => "password-pattern",
            Weakness::Date => "password-date",
            Weakness::Guessable => "password-guessable",
        }
    }
}

/// Looks at a password as it is typed, and as who leaves marks, spaces and capitals out would try it.
fn weakness(password: &str, name: &str) -> Option<Weakness> {
    let bare = i18n::sort::fold(password);
    let close: String = bare.chars().filter(|sign| sign.is_alphanumeric()).collect();
    let mut forms = vec![password, &bare, &close];
    forms.dedup();
    for form in &forms {
        if passwords::analyzer::is_common_password(form) {
            return Some(Weakness::Common);
        }
    }
    let own = own_words(name);
    let known: Vec<&str> = own
        .iter()
        .map(String::as_str)
        .chain(LOCAL.iter().copied())
        .collect();
    // What is left without marks and spaces may be less than a password, as `đi` three times: that is judged too.
    forms.into_iter().find_map(|form| guessed(form, &own, &known))
}

/// Whether a form of a password is guessed soon, and by what most of all.
fn guessed(form: &str, own: &[String], known: &[&str]) -> Option<Weakness> {
    let entropy = zxcvbn::zxcvbn(form, known);
    if GUESSES_LOG10 <= entropy.guesses_log10() {
        return None;
    }
    let longest = entropy
        .sequence()
        .iter()
        .filter(|found| !matches!(found.pattern, MatchPattern::BruteForce))
        .max_by_key(|found| found.token.chars().count());
    Some(match longest.map(|found| &found.pattern) {
        Some(MatchPattern::Dictionary(word)) if own.contains(&word.matched_word) => Weakness::OwnName,
        Some(MatchPattern::Dictionary(word)) if LOCAL.contains(&word.matched_word.as_str()) => {
            Weakness::LocalWord
        }
        Some(MatchPattern::Spatial(_) | MatchPattern::Repeat(_) | MatchPattern::Sequence(_)) => {
            Weakness::Pattern
        }
        Some(MatchPattern::Date(_) | MatchPattern::Regex(_)) => Weakness::Date,
        Some(MatchPattern::Dictionary(_) | MatchPattern::BruteForce) | None => Weakness::Guessable,
    })
}

/// A name in the forms in which it gets into passwords: whole, word by word, without marks, and `mailt` for Lò Thị Mai.
fn own_words(name: &str) -> Vec<String> {
    let bare = i18n::sort::fold(name);
    let words: Vec<&str> = bare
        .split(|sign: char| !sign.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    let mut own = vec![name.to_lowercase(), bare.clone(), words.concat()];
    if let Some((given, before)) = words.split_last() {
        let initials: String = before.iter().filter_map(|word| word.chars().next()).collect();
        own.push(format!("{given}{initials}"));
        own.push(format!("{initials}{given}"));
    }
    // Words of one or two signs stand in every sentence.
    own.extend(
        words
            .iter()
            .filter(|word| 2 < word.chars().count())
            .map(|word| (*word).to_owned()),
    );
    own.retain(|word| 2 < word.chars().count());
    own
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(password: &str, expected: Option<Weakness>) {
        assert_eq!(weakness(password, "Lò Thị Mai"), expected, "{password}");
    }

    #[test]
    fn what_most_people_use_is_not_taken() {
        for common in [
            "1q2w3e4r5t",
            "qwertyuiop",
            "ILOVEYOU123",
            "Anhyeuem123",
            "mậtkhẩu123",
        ] {
            assert!(weakness(common, "").is_some(), "{common}");
        }
        check("1234567890", Some(Weakness::Common));
        check("PassWord123", Some(Weakness::Common));
    }

    #[test]
    fn ones_own_name_is_not_taken_however_it_is_written() {
        for name in [
            "Lò Thị Mai 1990",
            "lothimai1990",
            "LoThiMai@2026",
            "mailt123456",
            "Mai Mai Mai 12",
        ] {
            assert!(weakness(name, "Lò Thị Mai").is_some(), "{name}");
        }
        check("lothimai1990", Some(Weakness::OwnName));
        assert_eq!(
            weakness("lothimai1990", "Vừ A Chống"),
            None,
            "somebody else's is as good as any word"
        );
    }

    #[test]
    fn what_people_here_choose_first_is_not_taken() {
        for word in [
            "dienbien2026",
            "Điện Biên 2026",
            "Điện Biên Phủ",
            "rõ ràng 2026",
            "mật khẩu 123",
            "anh yêu em 99",
            "UBND xã 123",
        ] {
            check(word, Some(Weakness::LocalWord));
        }
    }

    #[test]
    fn rows_and_dates_are_not_taken() {
        check("axaxaxaxaxaxax", Some(Weakness::Pattern));
        check("bcdefghijklmno", Some(Weakness::Pattern));
        check("lalalalalala", Some(Weakness::Pattern));
        check("07.05.1954", Some(Weakness::Date));
    }

    #[test]
    fn long_sentences_and_chance_are_taken() {
        for good in [
            "ruộng bậc thang mùa lúa chín",
            "ruong-bac-thang-2025",
            "hai con trâu trắng qua suối",
            "đèo Pha Đin sương sớm",
            "correct horse battery staple",
            "một mật khẩu dài",
        ] {
            check(good, None);
        }
        for _ in 0..20 {
            let made = new_password().unwrap();
            assert_eq!(weakness(&made, "Lò Thị Mai"), None, "{made}");
        }
    }

    #[test]
    fn every_weakness_is_told_with_its_code() {
        let refused = judge("dienbien2026", "Mai");
        assert!(matches!(refused, Err(Error::Invalid(wrong)) if wrong[0].code == "password-local-word"));
        assert!(judge("ngắn", "Mai").is_err() && judge(&"lúa ".repeat(251), "Mai").is_err());
    }
}
