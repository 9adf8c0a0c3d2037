//! One box that finds indicators, units, documents and sentences; with or without tone marks.

use plan::{DocumentId, FigureId};
use terms::Date;

use crate::policy::Action;
use crate::register::PROVINCE;
use crate::view::{IndicatorName, UnitName};
use crate::{Actor, App, Error};

/// What was found, best first within each kind.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// What was looked for, as given.
    pub text: String,
    /// Indicators whose name, definition or code holds the words.
    pub indicators: Vec<IndicatorName>,
    /// Units whose name holds the words, those that ended too.
    pub units: Vec<UnitName>,
    /// Documents whose title or text holds the words.
    pub documents: Vec<FoundDocument>,
    /// Whether more was found than is listed (50 of each kind).
    pub more: bool,
}

/// A document with the words in it.
#[derive(Debug, Clone, PartialEq)]
pub struct FoundDocument {
    /// Which.
    pub document: DocumentId,
    /// Its title.
    pub title: String,
    /// Its day.
    pub date: Option<Date>,
    /// The sentence with the words, as it stands; empty where only the title has them.
    pub snippet: String,
    /// The first figure in that sentence, if any.
    pub figure: Option<FigureId>,
}

/// How many of each kind are listed.
const LIMIT: usize = 50;

impl App {
    /// What holds the words, with or without tone marks. One statement, and one for each text that has them.
    ///
    /// # Errors
    /// [`Error::Store`], [`Error::Denied`].
    pub async fn search(&self, actor: &Actor, text: &str) -> Result<Found, Error> {
        actor.require(Action::ReadRegister)?;
        let words = i18n::sort::fold(text)
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ");
        let mut found = Found {
            text: text.to_owned(),
            indicators: Vec::new(),
            units: Vec::new(),
            documents: Vec::new(),
            more: false,
        };
        if words.is_empty() {
            return Ok(found);
        }
        let lists = self.lists();
        let reference = &lists.reference;
        let holds = |text: &str| i18n::sort::fold(text).contains(&words);
        // Where the words stand decides the order: in the name, then in the code or definition.
        let mut indicators: Vec<(u8, usize)> = Vec::new();
        for (at, indicator) in reference.indicators.iter().enumerate() {
            if holds(&indicator.name_vi) || holds(&indicator.name_en) {
                indicators.push((0, at));
            } else if holds(indicator.code.as_str())
                || holds(&indicator.definition_vi)
                || holds(&indicator.definition_en)
            {
                indicators.push((1, at));
            }
        }
        indicators.sort_unstable();
        found.indicators = indicators
            .iter()
            .map(|(_, at)| reference.indicator_name(&reference.indicators[*at].code))
            .collect();
        let mut units: Vec<_> = reference
            .units()
            .iter()
            .filter(|unit| holds(&unit.name_vi) || unit.code.as_str().eq_ignore_ascii_case(text.trim()))
            .collect();
        units.sort_by_key(|unit| {
            let whole = i18n::sort::fold(&unit.name_vi) != words;
            let home = !unit.code.as_str().starts_with(PROVINCE.as_str());
            (
                whole,
                unit.valid_to.is_some(),
                home,
                unit.code.level(),
                unit.code.clone(),
            )
        });
        found.units = units
            .iter()
            .take(LIMIT + 1)
            .map(|unit| reference.unit_name(&unit.code))
            .collect();
        let mut reading = self.reading().await?;
        let limit = u32::try_from(LIMIT + 1).unwrap_or(u32::MAX);
        for stored in reading.documents_with(&words, limit).await? {
            let text = reading.text(&stored.document).await?;
            let sentence = sentence_with(&text, &words);
            found.documents.push(FoundDocument {
                document: stored.id,
                title: stored.document.title.clone(),
                date: stored.document.date,
                snippet: sentence.unwrap_or_default().to_owned(),
                figure: None,
            });
        }
        found.more = [found.indicators.len(), found.units.len(), found.documents.len()]
            .iter()
            .any(|length| LIMIT < *length);
        found.indicators.truncate(LIMIT);
        found.units.truncate(LIMIT);
        found.documents.truncate(LIMIT);
        Ok(found)
    }
}

/// The first sentence or line of a text that holds the folded words.
fn sentence_with<'a>(text: &'a str, words: &str) -> Option<&'a str> {
    text.lines()
        .filter(|line| i18n::sort::fold(line).contains(words))
        .map(|line| {
            line.split_inclusive(". ")
                .find(|part| i18n::sort::fold(part).contains(words))
                .unwrap_or(line)
        })
        .map(str::trim)
        .next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sentence_with_the_words_is_shown_as_it_stands() {
        let text = "# Báo cáo\nGRDP tăng 7,34%. Tỷ lệ hộ nghèo còn 17,78%. Hết.\n";
        assert_eq!(
            sentence_with(text, "ho ngheo"),
            Some("Tỷ lệ hộ nghèo còn 17,78%.")
        );
        assert_eq!(
            sentence_with(text, "7,34%. ty le"),
            Some("GRDP tăng 7,34%. Tỷ lệ hộ nghèo còn 17,78%. Hết.")
        );
        assert_eq!(sentence_with(text, "rung"), None);
    }
}
