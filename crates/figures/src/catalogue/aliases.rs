//! The words by which texts name indicators, as phrases of the lexicons.

use std::collections::HashMap;

use crate::Error;
use crate::catalogue::role::FIELDS;
use crate::catalogue::{Catalogue, Concept, split};
use crate::fold::Folding;
use crate::lexicon::{Lexicon, mark};
use crate::token::{Token, tokenize};

impl Catalogue {
    /// Takes the aliases (`code,language,alias`): each becomes a phrase that names a concept.
    pub(crate) fn add_aliases(
        &mut self,
        csv: &str,
        folding: &Folding,
        vietnamese: [&mut Lexicon; 2],
        english: &mut Lexicon,
    ) -> Result<(), Error> {
        let wrong = |line| Error::Table {
            table: "aliases",
            line,
            expected: "code,language,alias",
        };
        let mut scratch = Vec::new();
        let mut sets: HashMap<Concept, u16> = HashMap::from([(Concept::default(), 0)]);
        let [vi, plain] = vietnamese;
        for (number, row) in csv
            .lines()
            .enumerate()
            .skip(1)
            .filter(|(_, row)| !row.trim().is_empty())
        {
            let cells = split(row);
            let [code, language, alias] = cells.as_slice() else {
                return Err(wrong(number + 1));
            };
            let mut named = Concept::default();
            for code in code.split_whitespace().filter(|code| *code != "-") {
                if let Some(field) = code.strip_prefix('~') {
                    named.field = Some(self.field_id(field));
                    continue;
                }
                named.conditional |= code.starts_with('?');
                let code = code.trim_start_matches('?');
                let index = *self.by_code.get(code).ok_or_else(|| Error::UnknownIndicator {
                    line: number + 1,
                    code: code.to_owned(),
                })?;
                named.indicators.push(index);
            }
            let concept = if let Some(concept) = sets.get(&named) {
                *concept
            } else {
                let made = u16::try_from(self.concepts.len()).unwrap_or(0);
                self.natures.push(self.nature_of(&named));
                self.concepts.push(named.clone());
                sets.insert(named, made);
                made
            };
            let lexicons: &mut [&mut Lexicon] = match language.as_str() {
                "vi" => &mut [&mut *vi, &mut *plain],
                "en" => &mut [&mut *english],
                _ => return Err(wrong(number + 1)),
            };
            let english = language == "en";
            for lexicon in lexicons.iter_mut() {
                let noun = head_noun(lexicon, folding, alias, english, &mut scratch);
                if let Some(entry) = lexicon.entry(folding, alias, &mut scratch) {
                    if let Some(noun) = noun.filter(|_| entry.marks & mark::NOUN == 0) {
                        entry.marks |= mark::NOUN;
                        entry.noun = noun;
                    }
                    entry.marks |= mark::ALIAS;
                    entry.concept = concept;
                }
            }
        }
        self.named_fields = FIELDS.map(|name| {
            let found = self.fields.iter().position(|field| field == name);
            found.and_then(|field| u8::try_from(field).ok())
        });
        Ok(())
    }
}

/// The counted noun that a longer name has at its head: first in Vietnamese, last in English.
fn head_noun(
    lexicon: &Lexicon,
    folding: &Folding,
    alias: &str,
    english: bool,
    scratch: &mut Vec<Token>,
) -> Option<u16> {
    let words: Vec<&str> = alias.split_whitespace().collect();
    // `groups of tasks`: the head stands before «of».
    let words = match words.iter().position(|word| english && *word == "of") {
        Some(at) if at > 0 => words[..=at].to_vec(),
        _ => words,
    };
    let of = words.last() == Some(&"of");
    let count = words.len();
    tokenize(folding, lexicon.marks, &[], alias, 0, alias.len(), scratch);
    let starts: Vec<usize> = (0..scratch.len()).filter(|at| !scratch[*at].glued).collect();
    let edge = |word: usize| starts.get(word).copied().unwrap_or(scratch.len());
    let noun = |from: usize, to: usize| {
        let entry = lexicon.find(&scratch[edge(from)..edge(to)])?;
        (entry.marks & mark::NOUN != 0 && entry.marks & mark::FUNC == 0).then_some(entry.noun)
    };
    let headed = (1..count).rev().find_map(|length| {
        if of {
            noun(count - 1 - length, count - 1)
        } else if english {
            noun(count - length, count)
        } else {
            noun(0, length)
        }
    });
    // `communes are advanced`: the noun leads.
    headed.or_else(|| (1..count).rev().find_map(|length| noun(0, length)))
}
