//! The rule files: one mark a line, `mark argument: phrase | phrase`.

use crate::Error;
use crate::fold::Folding;
use crate::kind::Cue;
use crate::lexicon::{Lexicon, Units, mark, word};
use crate::token::tokenize;

impl Lexicon {
    /// Adds every rule of a rule file.
    pub(crate) fn add_rules(
        &mut self,
        folding: &Folding,
        units: &mut Units,
        file: &'static str,
        rules: &str,
    ) -> Result<(), Error> {
        let mut scratch = Vec::new();
        for (number, line) in rules.lines().enumerate() {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let wrong = || Error::Rule {
                file,
                line: number + 1,
            };
            let (head, phrases) = line.split_once(':').ok_or_else(wrong)?;
            let (name, argument) = head.split_once(' ').unwrap_or((head, ""));
            if name == "word" {
                let bit = word::NAMES
                    .iter()
                    .find(|(text, _)| *text == argument)
                    .ok_or_else(wrong)?
                    .1;
                for phrase in phrases.split(" | ") {
                    self.making.patterns.add(folding, self.marks, phrase.trim(), bit);
                }
                continue;
            }
            if name == "plain" {
                for phrase in phrases.split(" | ") {
                    tokenize(folding, self.marks, &[], phrase, 0, phrase.len(), &mut scratch);
                    if let Some(entry) = self.entry_of(&scratch) {
                        self.making.plain.insert(entry as usize);
                    }
                }
                continue;
            }
            let cue = (name == "cue")
                .then(|| Cue::named(argument).ok_or_else(wrong))
                .transpose()?;
            let bit = match cue {
                Some(_) => 0,
                None => {
                    mark::NAMES
                        .iter()
                        .find(|(text, _)| *text == name)
                        .ok_or_else(wrong)?
                        .1
                }
            };
            for phrase in phrases
                .split(" | ")
                .map(str::trim)
                .filter(|phrase| !phrase.is_empty())
            {
                if bit == mark::NUMWORD {
                    self.number_words
                        .add(folding.word(phrase, 0, self.marks, &[]).key);
                }
                let Some(entry) = self.entry(folding, phrase, &mut scratch) else {
                    continue;
                };
                entry.marks |= bit;
                entry.cue = entry.cue.and(cue.unwrap_or_default());
                match bit {
                    mark::SCALE => entry.scale = argument.parse().map_err(|_| wrong())?,
                    mark::NUMWORD => entry.number = argument.parse().map_err(|_| wrong())?,
                    mark::MONTH | mark::QUARTERORD | mark::HALF => {
                        entry.month = argument.parse().unwrap_or(0);
                    }
                    mark::UNIT => {
                        entry.unit = units.id(argument);
                        entry.money = units.get(entry.unit).is_money() || argument == "CNY";
                    }
                    mark::NOUN => entry.noun = units.id(argument),
                    mark::PER => entry.per = units.id(argument),
                    mark::UNITTYPE => entry.district = argument == "district",
                    mark::BOUND => entry.bound = Some(argument.parse().map_err(|_| wrong())?),
                    mark::AFTER => entry.after = Some(argument.parse().map_err(|_| wrong())?),
                    _ => {}
                }
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fold::Marks;

    fn lexicon(rules: &str) -> (Folding, Lexicon, Units) {
        let folding = Folding::new();
        let mut units = Units::new();
        let mut lexicon = Lexicon::new(&folding, Marks::Kept);
        lexicon.add_rules(&folding, &mut units, "test", rules).unwrap();
        (folding, lexicon, units)
    }

    #[test]
    fn the_longest_phrase_wins_and_a_dash_inside_does_not_matter() {
        let (folding, lexicon, units) = lexicon("noun project: dự án\nnoun scheme: dự án nông lâm thủy sản");
        for (text, unit, length) in [
            ("Dự án mới", "project", 2),
            ("dự án nông - lâm, thuỷ sản", "scheme", 8),
            ("dự án nông nghiệp", "project", 2),
        ] {
            let mut tokens = Vec::new();
            tokenize(&folding, Marks::Kept, &[], text, 0, text.len(), &mut tokens);
            let (entry, covered) = lexicon.longest(&tokens).unwrap();
            assert_eq!(units.get(lexicon.entries[entry as usize].noun).as_str(), unit);
            assert_eq!(covered, length, "{text}");
        }
    }

    #[test]
    fn a_rule_with_an_unknown_mark_tells_its_line() {
        let folding = Folding::new();
        let mut lexicon = Lexicon::new(&folding, Marks::Kept);
        let error = lexicon
            .add_rules(&folding, &mut Units::new(), "vi.txt", "up: tăng\nupp: tăng")
            .unwrap_err();
        assert_eq!(
            error,
            Error::Rule {
                file: "vi.txt",
                line: 2
            }
        );
    }
}
