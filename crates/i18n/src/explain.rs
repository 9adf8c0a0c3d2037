//! Tells a person what could not be used, where, and what to do about it.

use terms::{Diagnostic, Language, Place};

use crate::messages::{Arg, Messages};

/// A [`Diagnostic`] in a person's language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explanation {
    /// Where: `tệp “kế hoạch.xlsx”, trang tính “Biểu 1”, dòng 7`; empty where nothing is known.
    pub place: String,
    /// What is wrong and what was expected.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
}

/// The words for a diagnostic: message `diagnostic-CODE`, way out `diagnostic-CODE-help`, its data as arguments.
///
/// A code without a message falls back to one that names the code and the data, so that nothing is hidden.
pub fn explain(language: Language, diagnostic: &Diagnostic) -> Explanation {
    let place = place(language, &diagnostic.place);
    let mut args: Vec<(&str, Arg<'_>)> = diagnostic
        .data
        .iter()
        .map(|(name, value)| (*name, readable(language, value)))
        .collect();
    let file = diagnostic.place.file.clone().unwrap_or_default();
    if !diagnostic.data.iter().any(|(name, _)| *name == "file") {
        args.push(("file", Arg::from(file)));
    }
    let messages = Messages::of(language);
    let message = messages
        .find(&format!("diagnostic-{}", diagnostic.code), &args)
        .unwrap_or_else(|| {
            let data: Vec<_> = diagnostic
                .data
                .iter()
                .map(|(name, value)| format!("{name}: {value}"))
                .collect();
            Messages::get(
                language,
                "diagnostic-other",
                &[("code", diagnostic.code.into()), ("data", data.join("; ").into())],
            )
        });
    Explanation {
        place,
        message,
        help: messages.find(&format!("diagnostic-{}-help", diagnostic.code), &args),
    }
}

/// What a diagnostic carries, as a reader writes it: a day stands in the reader's way, all else as it is.
fn readable(language: Language, value: &str) -> Arg<'_> {
    match value.parse::<terms::Date>() {
        Ok(day) if value.len() == 10 => Arg::from(crate::date::short(language, day)),
        _ => Arg::from(value),
    }
}

/// A place in words: file, page, sheet, row, column, as far as they are known.
pub fn place(language: Language, place: &Place) -> String {
    let mut parts = Vec::new();
    let mut part = |key: &str, value: Option<String>| {
        if let Some(value) = value {
            parts.push(Messages::get(language, key, &[("value", value.into())]));
        }
    };
    part("place-file", place.file.clone());
    part("place-page", place.page.map(|page| page.to_string()));
    part("place-sheet", place.sheet.clone());
    part("place-row", place.row.map(|row| row.to_string()));
    let is_cell = place.column.as_deref().is_some_and(is_cell);
    let column = if is_cell { "place-cell" } else { "place-column" };
    part(column, place.column.clone());
    parts.join(", ")
}

/// `E5`, as people name a cell of a sheet.
fn is_cell(text: &str) -> bool {
    let letters = text.bytes().take_while(u8::is_ascii_uppercase).count();
    let digits = text.len() - letters;
    (1..=3).contains(&letters)
        && (1..=7).contains(&digits)
        && text.bytes().skip(letters).all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_told_as_far_as_it_is_known() {
        let place_text = |language| {
            let mut at = Place::file("kế hoạch.xlsx").row(7).column("period");
            at.sheet = Some("Biểu 1".to_owned());
            place(language, &at)
        };
        assert_eq!(
            place_text(Language::Vi),
            "tệp “kế hoạch.xlsx”, trang tính “Biểu 1”, dòng 7, cột “period”"
        );
        assert_eq!(
            place_text(Language::En),
            "file “kế hoạch.xlsx”, sheet “Biểu 1”, row 7, column “period”"
        );
        assert_eq!(place(Language::Vi, &Place::default()), "");
        let cell = Place::file("a.xlsx").column("E5");
        assert_eq!(place(Language::Vi, &cell), "tệp “a.xlsx”, ô E5");
        assert_eq!(place(Language::En, &cell), "file “a.xlsx”, cell E5");
    }

    #[test]
    fn a_code_without_a_message_still_shows_what_it_knows() {
        let diagnostic = Diagnostic::error("never-written", Place::file("a.csv")).with("found", "x");
        let told = explain(Language::En, &diagnostic);
        assert!(
            told.message.contains("never-written") && told.message.contains("found: x"),
            "{told:?}"
        );
        assert_eq!(told.help, None);
    }
}
