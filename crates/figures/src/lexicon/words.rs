//! Which phrases are the words that rules ask for: `word NAME: phrase | …` in the rule files.
//!
//! A star stands for any words of the phrase: `* than` is every phrase that ends in «than», `tổng *` every one that begins
//! with «tổng». Of several words only such phrases are meant as other rules, aliases or places have made.

use std::collections::HashMap;

use crate::fold::{Folding, Marks};
use crate::token::{Token, tokenize};

/// One phrase of a rule, with or without stars at its ends.
#[derive(Debug)]
struct Pattern {
    phrase: Vec<Token>,
    open_start: bool,
    open_end: bool,
    word: u128,
}

/// All phrases of the `word` rules of a lexicon.
#[derive(Debug, Default)]
pub(super) struct Patterns {
    patterns: Vec<Pattern>,
    /// Which patterns begin with a word.
    by_first: HashMap<u64, Vec<usize>>,
}

impl Patterns {
    pub(super) fn add(&mut self, folding: &Folding, marks: Marks, text: &str, word: u128) {
        let (open_start, text) = text.strip_prefix("* ").map_or((false, text), |rest| (true, rest));
        let (open_end, text) = text.strip_suffix(" *").map_or((false, text), |rest| (true, rest));
        let mut phrase = Vec::new();
        tokenize(folding, marks, &[], text, 0, text.len(), &mut phrase);
        if let Some(first) = phrase.first() {
            self.by_first
                .entry(first.key)
                .or_default()
                .push(self.patterns.len());
            self.patterns.push(Pattern {
                phrase,
                open_start,
                open_end,
                word,
            });
        }
    }

    /// The phrases of one word: they get an entry where no other rule has made one.
    pub(super) fn single_words(&self) -> impl Iterator<Item = &[Token]> {
        self.patterns
            .iter()
            .map(|pattern| pattern.phrase.as_slice())
            .filter(|phrase| phrase.len() == 1)
    }

    /// Which words a phrase is.
    pub(super) fn words_of(&self, phrase: &[u64]) -> u128 {
        let mut words = 0;
        for (at, key) in phrase.iter().enumerate() {
            for pattern in self.by_first.get(key).into_iter().flatten() {
                let pattern = &self.patterns[*pattern];
                let rest = &phrase[at..];
                let stands = rest.len() >= pattern.phrase.len()
                    && (at == 0 || pattern.open_start)
                    && (rest.len() == pattern.phrase.len() || pattern.open_end)
                    && pattern
                        .phrase
                        .iter()
                        .zip(rest)
                        .all(|(token, key)| token.key == *key);
                if stands {
                    words |= pattern.word;
                }
            }
        }
        words
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_stands_for_any_words() {
        let folding = Folding::new();
        let mut patterns = Patterns::default();
        for (text, word) in [("than", 1), ("* than", 2), ("more *", 4), ("* per *", 8)] {
            patterns.add(&folding, Marks::Kept, text, word);
        }
        let words = |text: &str| {
            let mut tokens = Vec::new();
            tokenize(&folding, Marks::Kept, &[], text, 0, text.len(), &mut tokens);
            patterns.words_of(&tokens.iter().map(|token| token.key).collect::<Vec<_>>())
        };
        assert_eq!(words("Than"), 1 | 2);
        assert_eq!(words("more than"), 2 | 4);
        assert_eq!(words("than more"), 0);
        assert_eq!(words("income per head"), 8);
    }
}
