//! A number with its meaning as a figure, and whether it is one.

use crate::item::{Item, What};
use crate::lexicon::{mark, word};
use crate::meaning::{Around, HOME, Line, Meaning, elided};
use crate::number::Number;
use crate::{Figure, Reader, Text};
use terms::UnitMeasure;

/// Whether a number states something: it has a unit, counts something, or stands where a value stands.
pub(super) fn is_figure(line: Line<'_>, around: Around, number: &Number, last: Option<&Meaning>) -> bool {
    if number.unit != 0 || number.fraction > 0 {
        return true;
    }
    let tail = line.tail(around);
    let gap = line.gap(around);
    let mut next = tail.first();
    if next.is_some_and(|next| next.has(mark::AFTER)) {
        next = tail.get(1);
    }
    // `Lượt xem: 1.245`
    let labelled =
        gap.len() >= 2 && gap[gap.len() - 1].is_sign(b':') && gap[gap.len() - 2].has(mark::NOTCOUNT);
    if labelled {
        return false;
    }
    if let Some(next) = next {
        if next.has(mark::NOTCOUNT)
            && !(next.has(mark::STOP) && number.low.grouped)
            && !(number.word && line.says(next, word::OF))
        {
            return false;
        }
        if next.has(mark::NOUN | mark::ALIAS | mark::TIMES) {
            return true;
        }
    }
    if number.low.grouped || number.low.exponent < 0 || number.scaled || number.word {
        return true;
    }
    let word = next.is_some_and(|item| item.what == What::Word);
    if number.high.is_some() && word {
        return true;
    }
    let lead = gap.last();
    if lead.is_some_and(|item| item.has(mark::BOUND) && !item.has(mark::TO)) {
        return true;
    }
    let stands = lead.is_some_and(|item| {
        item.is_sign(b':') || item.has(mark::EQUAL | mark::REMAIN) || line.says(item, word::BEING)
    });
    if stands && gap.iter().any(|item| item.has(mark::ALIAS | mark::NOUN)) {
        return true;
    }
    if elided(line, around, last) {
        return true;
    }
    word && (next.is_some_and(|item| !item.has(mark::STOP | mark::FUNC | mark::AND | mark::LABEL))
        || tail.iter().take(4).any(|item| item.has(mark::NOUN)))
}

pub(super) fn figure(
    reader: &Reader,
    text: &Text<'_>,
    line: Line<'_>,
    around: Around,
    number: &Number,
    meaning: &Meaning,
) -> Option<Figure> {
    let sign = |value: crate::number::Numeral| if meaning.negative { value.negated() } else { value };
    let mut value = sign(number.low).decimal()?;
    let mut upper = match number.high {
        Some(high) => Some(sign(high).decimal()?),
        None => None,
    };
    if let Some(high) = upper.filter(|high| *high < value) {
        upper = Some(value);
        value = high;
    }
    let mut unit = if meaning.per != 0 {
        UnitMeasure::new(format!(
            "{}/{}",
            reader.units.get(meaning.unit).as_str(),
            reader.units.get(meaning.per).as_str()
        ))
    } else {
        reader.units.get(meaning.unit).clone()
    };
    if meaning.unit == 0 {
        unit = unknown_unit(line, around);
    }
    let place = match meaning.place {
        None => None,
        Some(HOME) => text.place.clone(),
        Some(place) => Some(reader.gazetteer.places[usize::from(place)].clone()),
    };
    Some(Figure {
        span: number.start as usize..number.end as usize,
        quote: sentence(line, around, number, meaning),
        value,
        upper,
        unit,
        bound: meaning.bound,
        measure: meaning.measure,
        indicator: meaning
            .indicator
            .map(|index| reader.catalogue.indicators[usize::from(index)].code.clone()),
        period: meaning.period,
        place,
        kind: meaning.kind,
    })
}

/// How long a quoted sentence may be, in bytes, before it is cut to the clauses that matter.
const QUOTED: u32 = 300;

/// The sentence, list item or row around a number; of a long one, the clauses that hold the number and what it is of.
fn sentence(line: Line<'_>, around: Around, number: &Number, meaning: &Meaning) -> std::ops::Range<usize> {
    let items = line.items;
    let mut first = around.sentence.max(around.at.saturating_sub(120));
    while first < around.at && matches!(items[first].what, What::Sign(_)) && !items[first].is_sign(b'"') {
        first += 1;
    }
    let mut last = around.at;
    while last + 1 < items.len() && last - around.at < 120 && !line.ends_sentence(last + 1) {
        last += 1;
    }
    let length =
        |first: usize, last: usize| items[last].end.max(number.end) - items[first].start.min(number.start);
    if length(first, last) > QUOTED {
        let ends = |item: &Item| matches!(item.what, What::Sign(b';' | b',' | b'|'));
        let subject = meaning.named.clamp(first, around.at);
        first = (first..subject)
            .rev()
            .find(|at| ends(&items[*at]))
            .map_or(first, |at| at + 1);
        last = (around.at + 1..last)
            .find(|at| ends(&items[*at]))
            .map_or(last, |at| at - 1);
        while length(first, last) > QUOTED && first < around.at {
            first += 1;
        }
    }
    let start = items[first].start.min(number.start);
    let end = items[last].end.max(number.end);
    start as usize..end as usize
}

/// The unit of a count whose noun the lexicon does not know: the noun as the text has it, in the singular.
fn unknown_unit(line: Line<'_>, around: Around) -> UnitMeasure {
    let words = line
        .tail(around)
        .iter()
        .take(4)
        .take_while(|item| item.is_unknown());
    match words.last().filter(|item| item.end - item.start > 1) {
        Some(item) => {
            let word = line.text(item).to_lowercase();
            let singular = match word.strip_suffix("ies") {
                Some(stem) => format!("{stem}y"),
                None => word
                    .strip_suffix('s')
                    .filter(|stem| !stem.ends_with('s'))
                    .unwrap_or(&word)
                    .to_owned(),
            };
            UnitMeasure::new(singular)
        }
        None => UnitMeasure::from_static("unit"),
    }
}
