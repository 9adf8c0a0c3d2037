//! What forms say: offices by their codes, days, texts, clauses; and what is wrong with them.

use plan::Office;
use plan::task::{Clause, Refusal};
use store::Writing;
use terms::{Date, Diagnostic, Place};

use super::draft::TaskTexts;
use crate::directory::Directory;
use crate::{App, Error};

impl App {
    /// The office of a code, where it is there today.
    pub(crate) fn office(
        &self,
        directory: &Directory,
        text: &str,
        field: &str,
        wrong: &mut Vec<Diagnostic>,
    ) -> Option<Office> {
        let place = Place::default().column(field);
        match self.office_on(directory, text, self.today(), place) {
            Ok(office) => Some(office),
            Err(diagnostic) => {
                wrong.push(*diagnostic);
                None
            }
        }
    }

    /// The office of a code, where it is there on a day; else what is wrong.
    pub(crate) fn office_on(
        &self,
        directory: &Directory,
        text: &str,
        day: Date,
        place: Place,
    ) -> Result<Office, Box<Diagnostic>> {
        let text = text.trim();
        let unknown = || Box::new(Diagnostic::error("unknown-office", place.clone()).with("found", text));
        let office: Office = text.parse().map_err(|_| unknown())?;
        let lists = self.lists();
        let unit = lists.reference.unit(&office.area).ok_or_else(unknown)?;
        let mut until = unit.valid_to;
        let mut there = unit.is_valid_on(day);
        if office.department.is_some() {
            let department = directory.departments.get(&office).ok_or_else(unknown)?;
            there = there && department.is_on(day);
            until = until.or(department.until);
        }
        if there {
            Ok(office)
        } else {
            let name = directory.name(&office);
            let until = until.map(|day| day.to_string()).unwrap_or_default();
            Err(Box::new(
                Diagnostic::error("office-ended", place)
                    .with("found", name.vi)
                    .with("until", until),
            ))
        }
    }
}

/// What a refusal is in a form.
pub(crate) fn refused(refusal: &Refusal) -> Vec<Diagnostic> {
    let at = |field: &str| Place::default().column(field);
    match refusal {
        Refusal::Incomplete(fields) => fields
            .iter()
            .map(|field| Diagnostic::error("task-field-missing", at(field.code())).with("field", field))
            .collect(),
        Refusal::NoWords { .. } => vec![
            Diagnostic::error("missing-value", at("words"))
                .with("found", "")
                .with("expected", ""),
        ],
        Refusal::TooEarly { day, after } => vec![
            Diagnostic::error("due-before-start", at("due"))
                .with("found", day)
                .with("after", after),
        ],
        Refusal::OverWhole(share) => {
            vec![Diagnostic::error("not-per-cent", at("per_cent")).with("found", share)]
        }
        Refusal::NotYours { act, .. } => {
            vec![Diagnostic::error("task-not-now", Place::default()).with("act", *act)]
        }
        Refusal::NotNow { act, stage } => vec![
            Diagnostic::error("task-not-now", Place::default())
                .with("act", *act)
                .with("stage", stage.code()),
        ],
    }
}

pub(crate) fn found(code: &'static str, field: &str, text: &str) -> Diagnostic {
    Diagnostic::error(code, Place::default().column(field)).with("found", text)
}

/// A text without blanks at its ends, if it is not too long.
pub(crate) fn limited(text: &str, field: &str, longest: usize, wrong: &mut Vec<Diagnostic>) -> String {
    let text = text.trim();
    if text.chars().count() > longest {
        wrong.push(Diagnostic::error("text-too-long", Place::default().column(field)).with("limit", longest));
    }
    text.to_owned()
}

pub(crate) fn day(text: &str, field: &str, wrong: &mut Vec<Diagnostic>) -> Option<Date> {
    let text = text.trim();
    let day = text.parse().ok();
    if day.is_none() && !text.is_empty() {
        wrong.push(found("not-a-date", field, text).with("expected", "2026-01-31"));
    }
    day
}

/// The clause of a form: it must stand in the document word by word.
pub(super) async fn clause(
    writing: &mut Writing,
    texts: &TaskTexts,
    wrong: &mut Vec<Diagnostic>,
) -> Result<Option<Clause>, Error> {
    let (number, quote) = (texts.document.trim(), texts.quote.trim());
    if number.is_empty() {
        return Ok(None);
    }
    let stored = match number.parse().ok() {
        Some(id) => writing.document(id).await?,
        None => None,
    };
    let Some(stored) = stored else {
        wrong.push(found("unknown-document", "document", number));
        return Ok(None);
    };
    let text = writing.text(&stored.document).await?;
    if quote.is_empty() || !text.contains(quote) {
        wrong.push(found("clause-not-in-document", "quote", quote));
        return Ok(None);
    }
    Ok(Some(Clause {
        document: stored.id,
        quote: quote.to_owned(),
    }))
}

/// A part of a text and its sentences: the whole first, where it has several.
pub(crate) fn sentences(text: &str) -> Vec<String> {
    let whole = text.trim();
    let mut found = vec![whole.to_owned()];
    let mut from = 0;
    let mut parts = Vec::new();
    for (at, mark) in whole.char_indices() {
        let end = at + mark.len_utf8();
        // A sentence ends where a blank follows its mark, and a letter that is no small one begins the next.
        let next = whole[end..].trim_start().chars().next();
        let ends = matches!(mark, '.' | ';' | '!' | '?')
            && whole[end..].starts_with(char::is_whitespace)
            && next.is_some_and(|next| !next.is_lowercase());
        if ends || mark == '\n' {
            parts.push(whole[from..end].trim());
            from = end;
        }
    }
    parts.push(whole[from..].trim());
    parts.retain(|part| !part.is_empty());
    if 1 < parts.len() {
        found.extend(parts.into_iter().map(ToOwned::to_owned));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_of_a_text_is_divided_into_its_sentences() {
        assert_eq!(
            sentences(
                "Giao Sở Tài chính lập phương án. Giao Ban A theo dõi 1.779,5 tỷ đồng; Báo cáo tháng 6. "
            ),
            [
                "Giao Sở Tài chính lập phương án. Giao Ban A theo dõi 1.779,5 tỷ đồng; Báo cáo tháng 6.",
                "Giao Sở Tài chính lập phương án.",
                "Giao Ban A theo dõi 1.779,5 tỷ đồng;",
                "Báo cáo tháng 6."
            ]
        );
        assert_eq!(sentences(" một câu "), ["một câu"]);
    }
}
