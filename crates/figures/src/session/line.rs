//! One line of running text from left to right: its figures, and what it says of those that follow.

use crate::item::{Item, What};
use crate::lexicon::{mark, word};
use crate::meaning::{HOME, around, resolve};
use crate::period::Named;
use crate::session::figure::{figure, is_figure};
use crate::session::place::is_subject;
use crate::session::{Room, Session, line_of};
use terms::TimePeriod;
use terms::period::Simple;

impl Session<'_> {
    /// The figures of a line whose items are found.
    pub(super) fn read_line(&mut self, room: &Room, own: &str, length: usize) {
        let line = line_of(self.reader, self.words, room);
        let listed = is_listed(room.items.first(), own);
        if !self.open && !listed && length > 110 {
            self.paragraph();
        }
        if room.numbers.is_empty() && self.lines_seen <= 8 && length < 160 {
            self.take_heading(room);
        }
        let first = room.items.first();
        self.context.teaser |= first.is_some_and(|item| line.says(item, word::TEASER));
        let follows_heading = self.open;
        let last = room.items.last();
        let colon = last.is_some_and(|item| item.is_sign(b':'));
        let titled = own.chars().next().is_some_and(char::is_alphanumeric);
        self.open = colon
            || (titled
                && room.numbers.is_empty()
                && length < 110
                && !last.is_some_and(|item| item.is_sign(b'.')));
        if self.context.teaser {
            self.paragraph();
            self.context.account = None;
            self.context.report = None;
            self.context.telling.elsewhere();
            self.context.place = Some(self.home);
        }
        let several =
            |named: &&Named| matches!(named.period, TimePeriod::Span(Simple::Year(_), Simple::Year(_)));
        if let Some(named) = room.periods.iter().find(several) {
            self.context.years = Some(named.period);
            self.context.plan_years = Some(named.period);
        }
        self.context.past_years |= room.marks & mark::PAST5 != 0;
        self.context.congress |= room.marks & mark::CONGRESS != 0;
        // A period that opens the paragraph goes on into the next ones.
        // After a dateline (`BÌNH ĐỊNH - Trong 4 tháng …`) it opens as well.
        let dateline = room
            .items
            .iter()
            .take(6)
            .position(|item| item.is_sign(b'-'))
            .filter(|at| *at > 0 && (room.items[0].shouted && *at < 4 || room.items[0].is_sign(b'(')));
        let opening = room
            .items
            .iter()
            .skip(dateline.map_or(0, |at| at + 1))
            .take(3)
            .find_map(|item| match item.what {
                What::Period(index) => Some(&room.periods[index as usize]),
                _ => None,
            });
        if let Some(named) = opening {
            let day = matches!(
                named.period,
                TimePeriod::Day(_) | TimePeriod::Span(Simple::Day(_) | Simple::Year(_), _)
            );
            if !named.compared && !day {
                self.context.account = Some(named.period);
            }
        }
        let unfinished = !last.is_some_and(|item| item.is_sign(b'.'));
        let opens = colon || (room.numbers.is_empty() && unfinished && length < 120);
        if !(room.numbers.is_empty() && unfinished) {
            self.context.telling.line(listed, follows_heading);
        }
        self.read_on = true;
        let mut sentence = 0;
        let mut before = None;
        let mut bracket = None;
        let mut nation = None;
        let mut place_named = false;
        // What holds again when the sentence ends; and whether the place in force was only named in passing.
        let mut standing = self.context.place;
        let mut passing = false;
        for at in 0..room.items.len() {
            let item = &room.items[at];
            if item.what == What::Word && !item.has(mark::NATION | mark::SELF | mark::GROUP) {
                continue;
            }
            match item.what {
                What::Number(_) => {
                    let around = around(line, at, before, sentence);
                    let Some(number) = line.number(item) else { continue };
                    if !is_figure(line, around, number, self.context.last.as_ref()) {
                        continue;
                    }
                    let mut meaning = resolve(line, around, number, &mut self.context, &self.anchor);
                    let near = nation.is_some_and(|nation: usize| {
                        at - nation <= 5
                            && !room.items[nation..at]
                                .iter()
                                .any(|item| matches!(item.what, What::Number(_)))
                    });
                    let nationwide = line
                        .tail(around)
                        .first()
                        .is_some_and(|item| item.has(mark::NATION));
                    if near || nationwide {
                        meaning.place = Some(0);
                    }
                    passing = false;
                    if let Some(place) = self.place_after(line, around) {
                        meaning.place = Some(place);
                        self.context.place = Some(place);
                        standing = Some(place);
                    }
                    before = Some(meaning.spent);
                    self.context.last = Some(meaning);
                    if let Some(figure) = figure(self.reader, self.text, line, around, number, &meaning) {
                        self.figures.push(figure);
                    }
                }
                What::Place(place) => {
                    place_named = true;
                    if let Some(place) = self.named_place(&room.items, at, sentence, place) {
                        if self.context.place == Some(place) && place != HOME && self.context.persisted {
                            self.context.persists = true;
                        }
                        self.context.place = Some(place);
                        if is_subject(line, at, sentence) {
                            if standing != Some(place) {
                                self.context.persists = false;
                            }
                            standing = Some(place);
                        } else {
                            // `Hợp tác xã Ngọc Hoàng (xã Nà Bó)`: only where the one named before it is.
                            passing = bracket.is_some() || !self.reader.gazetteer.is_commune(place);
                        }
                        let lone = room.items.len() <= 3;
                        if at - sentence <= 1 && sentence == 0 || lone {
                            self.context.persists = true;
                        }
                    }
                }
                What::Sign(b'(') => bracket = Some(self.context.period),
                What::Sign(b')') => {
                    if let Some(period) = bracket.take() {
                        self.context.period = period;
                    }
                }
                What::Sign(_) if line.ends_sentence(at) => {
                    sentence = at + 1;
                    place_named = false;
                    passing = false;
                    self.context.place = standing;
                    self.context.telling.sentence();
                }
                _ if item.has(mark::NATION)
                    && room
                        .items
                        .get(at + 1)
                        .is_some_and(|next| line.says(next, word::NATIONAL_THING)) => {}
                _ if item.has(mark::NATION) => {
                    let whole = at - sentence <= 6
                        && (!line.says(item, word::NATIONAL) || at - sentence <= 2)
                        && !line.says(item, word::POSSESSIVE)
                        && before.is_none_or(|before| before < sentence);
                    let ranked = at > 0
                        && (room.items[at - 1].what == What::Digits
                            || line.says(&room.items[at - 1], word::LEADING)
                            || room.items[at.saturating_sub(2)..at]
                                .iter()
                                .any(|item| line.says(item, word::RANKED)));
                    if whole && !ranked {
                        self.context.place = Some(0);
                        standing = Some(0);
                    } else if !ranked && (at == 0 || !matches!(room.items[at - 1].what, What::Number(_))) {
                        nation = Some(at);
                    }
                }
                // After a sentence on the nation, `Toàn tỉnh trồng mới 11.000 ha`.
                _ if item.has(mark::SELF)
                    && standing == Some(0)
                    && at - sentence <= 1
                    && line.says(item, word::WHOLE_PLACE) =>
                {
                    self.context.place = Some(self.home);
                    standing = Some(self.home);
                }
                _ if item.has(mark::GROUP)
                    && !place_named
                    && at - sentence <= 8
                    && room
                        .items
                        .get(at + 1)
                        .is_none_or(|next| !line.says(next, word::OF)) =>
                {
                    self.context.place = None;
                    standing = None;
                }
                // Named in passing, before the clause that states something: `vụ mùa Tây Nguyên đã bắt đầu, xuất khẩu đạt …`
                What::Sign(b',' | b';') if passing => {
                    self.context.place = standing;
                    passing = false;
                }
                _ => {}
            }
        }
        if opens {
            self.context.telling.heading(line, false);
        }
        if let Some(named) = room.periods.iter().rfind(|named| !named.compared) {
            self.context.period = Some(named.period);
        }
    }
}

/// Whether a line is an item of a list: `- …`, `+ …`, `a) …`, `1. …`.
fn is_listed(first: Option<&Item>, line: &str) -> bool {
    let bytes = line.as_bytes();
    let marked = first.is_some_and(|item| matches!(item.what, What::Sign(b'-' | b'+' | b'*')));
    let letter = bytes.len() > 2 && bytes[0].is_ascii_alphanumeric() && matches!(bytes[1], b')' | b'.');
    let digits = bytes.iter().take_while(|byte| byte.is_ascii_digit()).count();
    marked || letter || (digits > 0 && digits < 3 && matches!(bytes.get(digits), Some(b'.' | b')')))
}
