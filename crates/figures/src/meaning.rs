//! What each number of a line means: unit, measure, indicator, period, place, kind.
//!
//! Everything is decided from the words of the number's own clause first, then from what its sentence, its paragraph
//! and its document said before: an account in three nested contexts, of which the inner wins.

use crate::catalogue::{Catalogue, Class, Concept};
use crate::item::{Item, What, Words};
use crate::lexicon::{Units, mark};
use crate::number::Number;
use crate::period::Named;
use terms::{Bound, Kind, Measure, TimePeriod};

/// How far the words around a number are looked at, in items: keeps reading linear in a line without full stops.
const REACH: usize = 48;

/// What a number has been found to mean.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Meaning {
    pub(crate) unit: u16,
    pub(crate) per: u16,
    pub(crate) bound: Bound,
    pub(crate) measure: Measure,
    pub(crate) indicator: Option<u16>,
    pub(crate) period: Option<TimePeriod>,
    pub(crate) place: Option<u16>,
    pub(crate) kind: Kind,
    pub(crate) negative: bool,
    /// What was counted last in the sentence, for «of which 10 are …».
    pub(crate) counted: u16,
    /// A reduction that is positive where it falls (of poverty).
    pub(crate) reduces: bool,
    /// The first item of the words that name what it is of.
    pub(crate) named: usize,
    /// The last item that is already spent on this number: its noun, or the words that named its indicator.
    pub(crate) spent: usize,
    /// The concept whose quantity this is: what a following «tăng 5%» is of.
    pub(crate) concept: Option<u16>,
}

/// One line with its numbers.
#[derive(Clone, Copy)]
pub(crate) struct Line<'a> {
    pub(crate) words: Words<'a>,
    pub(crate) units: &'a Units,
    pub(crate) catalogue: &'a Catalogue,
    pub(crate) items: &'a [Item],
    pub(crate) numbers: &'a [Number],
    pub(crate) periods: &'a [Named],
}

/// The words that belong to one number.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Around {
    /// The number's item.
    pub(crate) at: usize,
    /// First item after the number before it in the sentence, or of the sentence.
    pub(crate) from: usize,
    /// First item after the number before it, with what still belongs to that number.
    pub(crate) start: usize,
    /// First item of the sentence.
    pub(crate) sentence: usize,
    /// One past the last item before the next number or the end of the clause.
    pub(crate) to: usize,
    /// Another number stands before it in the sentence.
    pub(crate) follows: bool,
}

impl<'a> Line<'a> {
    pub(crate) fn number(&self, item: &Item) -> Option<&'a Number> {
        match item.what {
            What::Number(index) => self.numbers.get(index as usize),
            _ => None,
        }
    }

    pub(crate) fn concept(&self, item: &Item) -> u16 {
        self.words.entry(item).concept
    }

    pub(crate) fn indicator_is(&self, indicator: Option<u16>, code: &str) -> bool {
        indicator.is_some_and(|index| self.catalogue.indicators[usize::from(index)].code.as_str() == code)
    }

    pub(crate) fn text(&self, item: &Item) -> &'a str {
        item.text(self.words.text)
    }

    /// The items between the number before (or the clause's start) and this one.
    pub(crate) fn gap(&self, around: Around) -> &'a [Item] {
        &self.items[around.from..around.at]
    }

    /// The items after the number up to the next one or the end of its clause.
    pub(crate) fn tail(&self, around: Around) -> &'a [Item] {
        &self.items[around.at + 1..around.to]
    }

    /// A full stop that ends a sentence.
    pub(crate) fn ends_sentence(&self, at: usize) -> bool {
        let item = &self.items[at];
        match item.what {
            What::Sign(b'!' | b'?') => true,
            What::Sign(b'.') => {
                let next_glued = self
                    .items
                    .get(at + 1)
                    .is_some_and(|next| next.glued && !next.is_sign(b'"'));
                let short = at > 0
                    && self.items[at - 1].what == What::Word
                    && self.items[at - 1].capital
                    && item.glued
                    && self.items[at - 1].end - self.items[at - 1].start <= 3;
                !next_glued && !short
            }
            _ => false,
        }
    }
}

/// What decides the measure: the nearest word of change, share or result before the number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Lead {
    None,
    Up,
    Down,
    Growth,
    Remain,
    Share,
    Equal,
    Exceed,
    Multiply,
}

/// The lead word before a number, and where it stands.
pub(crate) fn lead(line: Line<'_>, around: Around) -> Lead {
    // `down from 5.2% in 2022`, `giảm từ 3,2% năm 2021`: a level; `giảm từ 3% trở lên` is not.
    let from = around.at > around.from && line.items[around.at - 1].has(mark::FROM);
    let range = line
        .number(&line.items[around.at])
        .is_some_and(|number| number.high.is_some());
    if from
        && !range
        && !line.items[around.at + 1..]
            .iter()
            .take(4)
            .any(|item| item.has(mark::AFTER))
    {
        return Lead::Remain;
    }
    let mut weak = Lead::None;
    let mut depth = 0;
    for at in (around.from..around.at).rev() {
        let item = &line.items[at];
        depth += 1;
        if depth > 14 {
            break;
        }
        if matches!(item.what, What::Sign(b';' | b'|' | b',')) || line.ends_sentence(at) {
            break;
        }
        if item.what != What::Word && item.marks & (mark::REMAIN | mark::UP | mark::DOWN) == 0 {
            continue;
        }
        // `reduced … to`, `còn`: only right at the number.
        if item.has(mark::REMAIN) && depth <= 3 && line.items[at + 1..around.at].iter().all(near) {
            let change_word = item.has(mark::UP | mark::DOWN) && !item.has(mark::TO);
            if !change_word {
                return Lead::Remain;
            }
        }
        if item.has(mark::MULTIPLY) {
            return Lead::Multiply;
        }
        if item.has(mark::EXCEED) && !item.has(mark::TO) && weak == Lead::None {
            weak = Lead::Exceed;
            continue;
        }
        if item.has(mark::DOWN) {
            // `to slip below 4%`: the level that is left.
            let left = line.items[at + 1..around.at]
                .iter()
                .any(|word| matches!(line.text(word), "below" | "under" | "beneath"));
            return if left { Lead::Remain } else { Lead::Down };
        }
        if item.has(mark::UP) {
            return Lead::Up;
        }
        if item.has(mark::GROWTH) {
            return Lead::Growth;
        }
        if item.has(mark::SHARE) && weak == Lead::None {
            weak = Lead::Share;
        } else if item.has(mark::EQUAL) && weak == Lead::None && depth <= 3 {
            weak = Lead::Equal;
        }
    }
    weak
}

fn near(item: &Item) -> bool {
    item.has(mark::BOUND | mark::FUNC | mark::UNIT) || matches!(item.what, What::Sign(_))
}

/// Whether the number is measured against a plan: `bằng 97% dự toán`, `equal to 20.77% of the yearly estimate`.
pub(crate) fn against_plan(line: Line<'_>, around: Around) -> bool {
    let tail = line.tail(around);
    let clause = tail
        .iter()
        .take_while(|item| !matches!(item.what, What::Sign(b',' | b';' | b'(' | b')' | b'.')));
    let plan = |item: &Item| item.has(mark::PLANWORD | mark::AGAINST);
    // `7.62 per cent against a target of 7.5 per cent`: the target is told, nothing is measured against it.
    let told = matches!(
        line.items.get(around.to).map(|item| item.what),
        Some(What::Number(_))
    ) && tail.iter().rev().take(3).any(|item| item.has(mark::PLANWORD))
        && tail.first().is_some_and(|item| item.has(mark::COMPARE));
    if told {
        return false;
    }
    let mut near = clause
        .clone()
        .take(7)
        .skip_while(|item| item.has(mark::STOP | mark::FUNC | mark::COMPARE) && !plan(item));
    if near.next().is_some_and(plan) || clause.clone().take(5).any(|item| item.has(mark::AGAINST)) {
        return true;
    }
    let of = tail
        .first()
        .is_some_and(|item| matches!(line.text(item), "of" | "so"));
    if of && clause.clone().take(8).any(|item| item.has(mark::PLANWORD)) {
        return true;
    }
    // Before: `so với dự toán Trung ương giao đạt 48,3%`, `vượt kế hoạch 1,74%`, `beat its estimate by 22.5%`.
    let gap = line.gap(around);
    let gap = match gap
        .iter()
        .rposition(|item| matches!(item.what, What::Sign(b',' | b'(' | b';')))
    {
        Some(at) => &gap[at + 1..],
        // Cut off at its comma already.
        None if around.follows && around.from == around.start => return false,
        None => gap,
    };
    gap.iter().rev().take(7).any(plan)
        && gap
            .iter()
            .rev()
            .take(9)
            .any(|item| item.has(mark::AGAINST | mark::EXCEED | mark::COMPARE))
}

/// Whether an item says what a number is of: a content word that no rule knows.
pub(crate) fn is_content(item: &Item) -> bool {
    if item.what != What::Word {
        return false;
    }
    if item.entry == 0 {
        return !item.capital && item.end - item.start > 1;
    }
    item.has(mark::NOUN)
        && !item.has(
            mark::FUNC
                | mark::ALIAS
                | mark::PLACE
                | mark::UNITTYPE
                | mark::SELF
                | mark::PLANWORD
                | mark::EQUAL
                | mark::TIMES,
        )
}

/// What else decides which of a concept's indicators fits.
#[derive(Debug, Clone, Copy)]
pub(crate) struct How {
    /// It fell.
    pub(crate) down: bool,
    /// Measured against a plan.
    pub(crate) plan: bool,
    /// A multiple: `gấp 2 lần`.
    pub(crate) ratio: bool,
    /// A part of a total that the text names as one: `tổng số đảng viên`.
    pub(crate) total: bool,
    /// Of what the text speaks.
    pub(crate) field: Option<u8>,
}

/// How well a set of indicators fits a number: the indicator, if any.
pub(crate) fn pick(
    line: Line<'_>,
    concept: u16,
    number: &Number,
    unit: u16,
    measure: Measure,
    how: How,
) -> Option<u16> {
    let catalogue = line.catalogue;
    let concept = catalogue.concept(concept);
    if concept.conditional && !speaks_of(line, concept, how.field) {
        return None;
    }
    let code = line.units.get(unit).as_str();
    let percent = code == "%" || code == "pp";
    let money =
        matches!(code, "VND" | "USD" | "EUR" | "CNY") || code.starts_with("VND/") || code.starts_with("USD/");
    let mut best: Option<(u8, u16)> = None;
    for index in &concept.indicators {
        let indicator = &catalogue.indicators[usize::from(*index)];
        let name = indicator.code.as_str();
        if concept.conditional && Some(indicator.field) != how.field {
            continue;
        }
        let score = if percent || how.ratio {
            match (indicator.class, measure) {
                (Class::Percent, _) if how.plan && name == "investment.public_disbursement_rate" => 9,
                (Class::Money | Class::Count | Class::Measure, _) if how.plan => 8,
                (Class::Percent, Measure::Share) if name == "investment.public_disbursement_rate" => 3,
                (Class::Percent, Measure::Share) if name == "poverty.rate" => 0,
                (Class::Percent, _) if name == "poverty.reduction" && concept.indicators.len() == 1 => 5,
                (Class::Percent, Measure::Growth) if indicator.growth => 9,
                (Class::Percent, Measure::Change) if name == "poverty.reduction" && how.down => 9,
                (Class::Percent, Measure::Change) if !indicator.growth => 6,
                (Class::Percent, Measure::Level | Measure::Share)
                    if !indicator.growth && name != "poverty.reduction" =>
                {
                    7
                }
                (Class::Percent, _) if indicator.growth => 3,
                (Class::Percent, Measure::Growth) => 2,
                (Class::Money | Class::Count | Class::Measure, Measure::Growth | Measure::Change) => 5,
                (Class::Money | Class::Count | Class::Measure, Measure::Share) if how.total => 4,
                _ => 0,
            }
        } else if money {
            match indicator.class {
                Class::Money => 8,
                _ => 0,
            }
        } else {
            let own = line.units.get(indicator.unit).as_str();
            match indicator.class {
                Class::Measure if own == code => 8,
                Class::Count if number.unit == 0 || own == code => 8,
                _ => 0,
            }
        };
        if score > 0 && best.is_none_or(|(found, _)| score > found) {
            best = Some((score, *index));
        }
    }
    best.map(|(_, index)| index)
}

/// Whether a word that means an indicator only in its own field does so here.
pub(crate) fn speaks_of(line: Line<'_>, concept: &Concept, field: Option<u8>) -> bool {
    concept
        .indicators
        .iter()
        .any(|code| Some(line.catalogue.indicators[usize::from(*code)].field) == field)
}

/// The start of the sentence that holds item `at`, and the items that belong to the number there.
pub(crate) fn around(line: Line<'_>, at: usize, before: Option<usize>, sentence: usize) -> Around {
    let follows = before.is_some_and(|before| before >= sentence);
    let mut from = before
        .filter(|before| *before >= sentence)
        .map_or(sentence, |before| before + 1);
    from = from.max(at.saturating_sub(REACH));
    let mut to = at + 1;
    while to < line.items.len() && to - at < REACH {
        let item = &line.items[to];
        if matches!(item.what, What::Number(_) | What::Sign(b';' | b'|')) || line.ends_sentence(to) {
            break;
        }
        to += 1;
    }
    let start = from;
    // What stands before a semicolon is told.
    if let Some(cut) = line.items[from..at].iter().rposition(|item| item.is_sign(b';')) {
        from += cut + 1;
    } else if follows {
        // What stands before the first comma or bracket still belongs to the number before.
        let cut = line.items[from..at]
            .iter()
            .position(|item| matches!(item.what, What::Sign(b',' | b'(' | b')')));
        from = cut.map_or(from, |cut| from + cut + 1);
    }
    Around {
        at,
        from,
        start,
        sentence,
        to,
        follows,
    }
}
