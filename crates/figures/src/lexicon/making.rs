//! How a lexicon is made: phrases get entries, and in the end what is asked for often is laid out by itself.

use std::collections::HashSet;

use crate::fold::Folding;
use crate::kind::Cue;
use crate::lexicon::words::Patterns;
use crate::lexicon::{Entry, Lexicon, Node, lead_bit, skippable, step};
use crate::token::{Token, tokenize};

/// What is needed only as long as a lexicon is made.
#[derive(Debug, Default)]
pub(super) struct Making {
    /// The words of each entry.
    phrases: Vec<Vec<u64>>,
    pub(super) patterns: Patterns,
    /// Entries of phrases that only hold words together.
    pub(super) plain: HashSet<usize>,
}

impl Making {
    /// Nothing but the entry 0, which is «none».
    pub(super) fn new() -> Self {
        Self {
            phrases: vec![Vec::new()],
            ..Self::default()
        }
    }
}

impl Lexicon {
    /// The entry of a phrase, made where it is new; `None` where the phrase has no word.
    pub(crate) fn entry(
        &mut self,
        folding: &Folding,
        phrase: &str,
        scratch: &mut Vec<Token>,
    ) -> Option<&mut Entry> {
        tokenize(folding, self.marks, &[], phrase, 0, phrase.len(), scratch);
        let entry = self.entry_of(scratch)?;
        self.entries.get_mut(entry as usize)
    }

    pub(super) fn entry_of(&mut self, phrase: &[Token]) -> Option<u32> {
        let mut node = 0u32;
        for token in phrase {
            if node != 0 && skippable(token) {
                continue;
            }
            let key = token.key;
            let (table, step) = if node == 0 {
                (&mut self.first, key)
            } else {
                (&mut self.next, step(node, key))
            };
            let found = table.get(step);
            node = if found == 0 {
                let made = u32::try_from(self.at_node.len()).unwrap_or(u32::MAX);
                self.at_node.push(Node::default());
                table.insert(step, made);
                if node == 0 {
                    self.begins.add(key);
                } else {
                    self.at_node[node as usize].leads |= lead_bit(key);
                }
                made
            } else {
                found
            };
        }
        let at = usize::try_from(node).ok().filter(|node| *node != 0)?;
        if self.at_node[at].entry == 0 {
            self.at_node[at].entry = u32::try_from(self.entries.len()).unwrap_or(0);
            self.entries.push(Entry::default());
            self.making
                .phrases
                .push(phrase.iter().map(|token| token.key).collect());
        }
        Some(self.at_node[at].entry)
    }

    /// Ends the making: what is asked for often is laid out by itself.
    pub(crate) fn close(&mut self) {
        self.part_plain();
        let Making {
            mut phrases,
            patterns,
            ..
        } = std::mem::take(&mut self.making);
        for phrase in patterns.single_words() {
            if let Some(entry) = self.entry_of(phrase)
                && entry as usize >= phrases.len()
            {
                phrases.push(phrase.iter().map(|token| token.key).collect());
            }
        }
        self.words_of = phrases.iter().map(|phrase| patterns.words_of(phrase)).collect();
        self.making = Making::default();
        self.first.close();
        self.next.close();
        self.marks_of = self.entries.iter().map(|entry| entry.marks).collect();
    }

    /// Puts the phrases that only hold words together behind all that the reader knows.
    fn part_plain(&mut self) {
        let (known, plain): (Vec<usize>, Vec<usize>) =
            (0..self.entries.len()).partition(|at| !self.making.plain.contains(at) || !self.is_bare(*at));
        self.known = u32::try_from(known.len()).unwrap_or(u32::MAX);
        let order: Vec<usize> = known.into_iter().chain(plain).collect();
        let mut moved = vec![0; order.len()];
        for (to, from) in order.iter().enumerate() {
            moved[*from] = u32::try_from(to).unwrap_or(0);
        }
        for node in &mut self.at_node {
            node.entry = moved[node.entry as usize];
        }
        self.entries = order.iter().map(|from| self.entries[*from]).collect();
        self.making.phrases = order
            .iter()
            .map(|from| std::mem::take(&mut self.making.phrases[*from]))
            .collect();
    }

    /// Whether no other rule says anything of an entry.
    fn is_bare(&self, entry: usize) -> bool {
        let entry = &self.entries[entry];
        entry.marks == 0 && entry.cue == Cue::default()
    }
}
