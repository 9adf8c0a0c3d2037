//! One document from its first line to its last.

use crate::fold::Marks;
use crate::item::{Item, What, Words};
use crate::lexicon::mark;
use crate::meaning::{Around, Line, Meaning, around};
use crate::number::{Notation, Number, NumberReader};
use crate::period::{Anchor, Named, PeriodReader, is_compared, is_yardstick};
use crate::quote::Quotes;
use crate::resolve::{Context, HOME, elided, resolve, set_field};
use crate::table::{Table, is_row};
use crate::token::{Token, tokenize};
use crate::{Figure, Reader, Text};
use terms::period::Simple;
use terms::{Language, TimePeriod, UnitMeasure};

/// Marks of the phrases that a scan may make into a period, a number or a place.
const JOINED: u64 = crate::period::STARTS | mark::NUMWORD | mark::UNITTYPE | mark::PLACE;

/// Buffers of one document, used again for the next.
#[derive(Debug, Default)]
pub(crate) struct Room {
    tokens: Vec<Token>,
    raw: Vec<Item>,
    items: Vec<Item>,
    numbers: Vec<Number>,
    periods: Vec<Named>,
    quotes: Quotes,
}

/// The reading of one document.
pub(crate) struct Session<'a> {
    reader: &'a Reader,
    text: &'a Text<'a>,
    words: Words<'a>,
    notation: Notation,
    anchor: Anchor,
    context: Context,
    table: Table,
    /// The code of the document's province, for telling namesakes apart.
    province: Option<&'a str>,
    lines_seen: u32,
    /// What a figure is of where nothing else is named: the document's place, or a region in its heading.
    home: u16,
    /// Something was read since the paragraph began.
    read_on: bool,
    /// The line before ended with a colon, or was a heading: its paragraph goes on.
    open: bool,
    figures: &'a mut Vec<Figure>,
}

impl<'a> Session<'a> {
    pub(crate) fn new(reader: &'a Reader, text: &'a Text<'a>, figures: &'a mut Vec<Figure>) -> Self {
        let language = text.language.unwrap_or_else(|| guess_language(text.text));
        let lexicon = match language {
            Language::En => &reader.en,
            Language::Vi if has_marks(text.text) => &reader.vi,
            Language::Vi => &reader.plain,
        };
        let notation = match language {
            Language::En => Notation::Point,
            Language::Vi => Notation::Comma,
        };
        Self {
            reader,
            text,
            words: Words {
                lexicon,
                text: text.text,
            },
            notation,
            anchor: Anchor {
                date: text.date,
                ..Anchor::default()
            },
            table: Table::default(),
            context: Context {
                place: Some(HOME),
                ..Context::default()
            },
            province: text.place.as_ref().and_then(|place| place.as_str().get(..5)),
            lines_seen: 0,
            home: HOME,
            open: false,
            read_on: false,
            figures,
        }
    }

    pub(crate) fn run(mut self, room: &mut Room) {
        let text = self.text.text;
        let body = header(text);
        room.quotes.start(text, body);
        // A text that begins with its own heading says its title there.
        if let Some(title) = self.text.title.filter(|_| body == 0) {
            self.heading(title, 0, title.len(), room);
        }
        if body > 0 {
            self.heading(text, 0, body, room);
        }
        let mut start = body;
        while start < text.len() && start < u32::MAX as usize {
            let end = memchr::memchr(b'\n', &text.as_bytes()[start..]).map_or(text.len(), |at| start + at);
            self.line(start, end, room);
            start = end + 1;
        }
        room.quotes.settle(text, self.figures);
    }

    /// What a title says of the whole document: its period, its term, whether it is a plan.
    fn heading(&mut self, text: &'a str, start: usize, end: usize, room: &mut Room) {
        let own = self.words;
        self.words = Words { text, ..own };
        self.scan(start, end, false, false, room);
        self.take_heading(room);
        self.words = own;
    }

    fn take_heading(&mut self, room: &Room) {
        for item in &room.items {
            if item.has(mark::ALIAS) {
                let line = line_of(self.reader, self.words, room);
                set_field(line, item, &mut self.context);
            }
        }
        // A region that the heading of a document on the whole country names.
        let country = self
            .text
            .place
            .as_ref()
            .is_none_or(|place| *place == terms::RefArea::COUNTRY);
        if let Some(place) = room.items.iter().find_map(|item| match item.what {
            What::Place(place) if country => u16::try_from(place).ok(),
            _ => None,
        }) {
            self.home = place;
            self.context.place = Some(place);
        }
        if self.anchor.report.is_none() {
            let line = line_of(self.reader, self.words, room);
            self.context.telling.heading(line, true);
        }
        self.context.on_disbursement |= room.items.iter().any(|item| {
            let text = &self.words.text[item.start as usize..item.end as usize];
            ["giải ngân", "Giải ngân", "disburs", "Disburs"]
                .iter()
                .any(|word| text.contains(word))
        });
        let part_of_year = |period: &TimePeriod| {
            !matches!(
                period,
                TimePeriod::Year(_)
                    | TimePeriod::Day(_)
                    | TimePeriod::Span(Simple::Year(_) | Simple::Day(_), _)
            )
        };
        let named = room.periods.iter().filter(|named| !named.compared);
        for named in named {
            match named.period {
                TimePeriod::Day(_) | TimePeriod::Span(Simple::Day(_), _) => {}
                TimePeriod::Span(Simple::Year(from), Simple::Year(to)) => {
                    if named.term && self.context.own_term.is_none() {
                        self.context.own_term = Some(named.period);
                    }
                    if named.term || self.anchor.term.is_none() {
                        self.anchor.term = Some((from, to));
                        self.context.years = Some(named.period);
                    }
                }
                period => {
                    let better =
                        part_of_year(&period) && !self.context.report.as_ref().is_some_and(part_of_year);
                    if self.context.report.is_none() || better {
                        self.context.report = Some(period);
                        if let TimePeriod::Year(year) = period {
                            self.anchor.year = Some(year);
                        }
                        if part_of_year(&period) {
                            self.anchor.report = Some(period);
                            self.anchor.year = Some(period.start().year());
                        }
                    }
                }
            }
        }
    }

    /// Reads one line: tokens, phrases, then periods, places and numbers.
    fn scan(&mut self, start: usize, end: usize, table: bool, own: bool, room: &mut Room) {
        let Room {
            tokens,
            raw,
            items,
            numbers,
            periods,
            quotes,
        } = room;
        let lexicon = self.words.lexicon;
        tokenize(
            &self.reader.folding,
            lexicon.marks,
            &lexicon.stops,
            self.words.text,
            start,
            end,
            tokens,
        );
        if own {
            quotes.note(tokens, self.words.text.len());
        }
        self.words.items(tokens, raw);
        items.clear();
        numbers.clear();
        periods.clear();
        let number_reader = NumberReader {
            words: self.words,
            notation: self.notation,
        };
        let mut at = 0;
        while at < raw.len() {
            let item = raw[at];
            // Most items are what they are: nothing to join, nothing to read.
            if item.what != What::Digits && !item.has(JOINED) {
                items.push(item);
                at += 1;
                continue;
            }
            let index = u32::try_from(periods.len()).unwrap_or(u32::MAX);
            let period_reader = PeriodReader {
                words: self.words,
                anchor: self.anchor,
            };
            if let Some(read) = period_reader.read(raw, items, at) {
                let named = Named {
                    period: read.period,
                    compared: is_compared(self.words.text, items, &read)
                        || is_yardstick(items, &item, raw.get(read.next)),
                    term: read.term,
                };
                match named.period {
                    TimePeriod::Day(_) if !named.compared => self.anchor.day = Some(named.period),
                    // `by the end of August … by that date`
                    TimePeriod::Month(..)
                        if !named.compared
                            && items
                                .iter()
                                .rev()
                                .take(2)
                                .any(|word| word.text(self.words.text) == "end") =>
                    {
                        self.anchor.day = Some(named.period);
                    }
                    TimePeriod::Year(_) if !named.compared => self.anchor.named_year = Some(named.period),
                    TimePeriod::Span(Simple::Year(_), _) if named.term && self.context.own_term.is_none() => {
                        self.context.own_term = Some(named.period);
                    }
                    _ => {}
                }
                if let TimePeriod::Month(..) = named.period {
                    self.anchor.month = Some(named.period);
                }
                if let (TimePeriod::Span(Simple::Year(from), Simple::Year(to)), true) =
                    (named.period, named.term)
                {
                    self.anchor.term = Some((from, to));
                }
                periods.push(named);
                items.push(Item {
                    end: raw[read.next - 1].end,
                    marks: item.marks & (mark::TET | mark::TERM | mark::PAST5),
                    what: What::Period(index),
                    ..item
                });
                at = read.next;
                continue;
            }
            let index = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
            if item.what == What::Digits || item.has(mark::NUMWORD) {
                if let Some((part, whole, next)) = number_reader.fraction(raw, items, at) {
                    for number in [part, whole] {
                        let index = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
                        numbers.push(number);
                        let what = What::Number(index);
                        items.push(Item {
                            start: number.start,
                            end: number.end,
                            marks: 0,
                            entry: 0,
                            what,
                            ..item
                        });
                    }
                    at = next;
                    continue;
                }
                let read = if item.what == What::Digits {
                    number_reader.read(raw, items, at, table)
                } else {
                    number_reader.read_word(raw, items, at)
                };
                if let Some(read) = read {
                    items.truncate(items.len() - read.back);
                    numbers.push(read.number);
                    items.push(Item {
                        start: read.number.start,
                        end: read.number.end,
                        marks: 0,
                        entry: 0,
                        what: What::Number(index),
                        ..item
                    });
                    at = read.next;
                    continue;
                }
            }
            if item.has(mark::UNITTYPE) {
                let district = self.words.entry(&item).district;
                let mut after = (item.token as usize + 1).min(tokens.len());
                let of = |token: &Token| {
                    matches!(&self.words.text[token.start as usize..token.end as usize], "of")
                };
                if lexicon.english && tokens.get(after).is_some_and(of) {
                    after += 1;
                }
                if let Some((place, length)) =
                    self.reader
                        .gazetteer
                        .after(&tokens[after..], district, self.province)
                {
                    let last = after + length;
                    items.push(Item {
                        end: tokens[last - 1].end,
                        what: What::Place(u32::from(place)),
                        marks: 0,
                        entry: 0,
                        ..item
                    });
                    while at < raw.len() && (raw[at].token as usize) < last {
                        at += 1;
                    }
                    continue;
                }
                let until = item.token as usize;
                if let Some((place, length)) =
                    self.reader
                        .gazetteer
                        .before(&tokens[..until], district, self.province)
                {
                    let first = until - length;
                    while items.last().is_some_and(|last| last.token as usize >= first) {
                        items.pop();
                    }
                    let start = tokens[first].start;
                    items.push(Item {
                        start,
                        token: first as u32,
                        what: What::Place(u32::from(place)),
                        marks: 0,
                        entry: 0,
                        capital: true,
                        ..item
                    });
                    at += 1;
                    continue;
                }
            } else if item.has(mark::PLACE)
                && (item.capital
                    || item.shouted
                    || self.reader.gazetteer.is_region(self.words.entry(&item).place))
            {
                let place = u32::from(self.words.entry(&item).place);
                items.push(Item {
                    what: What::Place(place),
                    ..item
                });
                at += 1;
                continue;
            }
            items.push(item);
            at += 1;
        }
    }

    fn line(&mut self, start: usize, end: usize, room: &mut Room) {
        let text = self.text.text;
        let own = text[start..end].trim();
        if own.is_empty() {
            if !self.open {
                self.paragraph();
            }
            return;
        }
        self.lines_seen += 1;
        if self.lines_seen > 8 && end - start > 160 && !self.may_count(start, end, &mut room.tokens) {
            if !self.open {
                self.paragraph();
            }
            self.open = false;
            return;
        }
        let row = is_row(own);
        self.scan(start, end, row, true, room);
        if room.items.is_empty() {
            return;
        }
        if row {
            self.read_row(room);
            return;
        }
        self.table.end();
        self.read_line(room, own, end - start);
    }

    /// Whether a line has a digit or a number word: without one, it has no figure.
    fn may_count(&self, start: usize, end: usize, tokens: &mut Vec<Token>) -> bool {
        let text = self.words.text;
        if text.as_bytes()[start..end].iter().any(u8::is_ascii_digit) {
            return true;
        }
        let lexicon = self.words.lexicon;
        tokenize(&self.reader.folding, lexicon.marks, &[], text, start, end, tokens);
        tokens
            .iter()
            .any(|token| lexicon.number_words.binary_search(&token.key).is_ok())
    }

    /// The figures of a table's row.
    fn read_row(&mut self, room: &Room) {
        let line = line_of(self.reader, self.words, room);
        let (reader, text, figures) = (self.reader, self.text, &mut *self.figures);
        let found = |around: Around, number: &Number, meaning: &Meaning| {
            figures.extend(figure(reader, text, line, around, number, meaning));
        };
        self.table.row(line, &mut self.context, &self.anchor, found);
    }

    /// The figures of a line whose items are found.
    fn read_line(&mut self, room: &Room, own: &str, length: usize) {
        let line = line_of(self.reader, self.words, room);
        let listed = is_listed(room.items.first(), own);
        if !self.open && !listed && length > 110 {
            self.paragraph();
        }
        if room.numbers.is_empty() && self.lines_seen <= 8 && length < 160 {
            self.take_heading(room);
        }
        if own.starts_with("Recent news")
            || own.starts_with("Tin mới")
            || own.starts_with("Tin liên quan")
            || own.starts_with("Related news")
        {
            self.context.teaser = true;
        }
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
        self.context.past_years |= room.items.iter().any(|item| item.has(mark::PAST5));
        self.context.congress |= room.items.iter().any(|item| item.has(mark::CONGRESS));
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
                            passing = !self.reader.gazetteer.is_commune(place);
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
                    && room.items.get(at + 1).is_some_and(|next| {
                        matches!(
                            line.text(next),
                            "health"
                                | "standard"
                                | "standards"
                                | "criteria"
                                | "target"
                                | "park"
                                | "highway"
                                | "grid"
                                | "road"
                        )
                    }) => {}
                _ if item.has(mark::NATION) => {
                    let words = line.text(item);
                    let whole = at - sentence <= 6
                        && (!words.contains("national") || at - sentence <= 2)
                        && !words.contains("'s")
                        && before.is_none_or(|before| before < sentence);
                    let ranked = at > 0
                        && (room.items[at - 1].what == What::Digits
                            || matches!(
                                line.text(&room.items[at - 1]),
                                "đầu" | "nhất" | "thứ" | "dẫn đầu" | "led" | "leads" | "leading" | "lead"
                            )
                            || room.items[at.saturating_sub(2)..at].iter().any(|item| {
                                matches!(line.text(item), "thứ" | "đứng thứ" | "xếp thứ" | "hạng")
                            }));
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
                    && is_whole(line.text(item)) =>
                {
                    self.context.place = Some(self.home);
                    standing = Some(self.home);
                }
                _ if item.has(mark::GROUP)
                    && !place_named
                    && at - sentence <= 8
                    && room.items.get(at + 1).is_none_or(|next| line.text(next) != "of") =>
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
        for item in &room.items {
            if let What::Period(index) = item.what {
                let named = &room.periods[index as usize];
                if !named.compared {
                    self.context.period = Some(named.period);
                }
            }
        }
    }

    /// A place right after the number: `at five points in Điện Biên Phủ ward`, `12 dự án tại huyện Mường Nhé`.
    fn place_after(&self, line: Line<'_>, around: Around) -> Option<u16> {
        let tail = line.tail(around);
        let at = tail
            .iter()
            .take(9)
            .take_while(|item| !matches!(item.what, What::Sign(b',' | b'(' | b')')))
            .position(|item| matches!(item.what, What::Place(_)))?;
        let article = at > 1 && line.text(&tail[at - 1]) == "the";
        let lead = line.text(tail.get(at.checked_sub(1 + usize::from(article))?)?);
        if !matches!(
            lead,
            "in" | "at" | "ở" | "tại" | "của" | "trên địa bàn" | "thuộc" | "cho"
        ) {
            return None;
        }
        let What::Place(place) = tail[at].what else {
            return None;
        };
        self.named_place(line.items, around.at + 1 + at, around.sentence, place)
    }

    /// The place that a mention settles for what follows; `None` where it only stands beside.
    fn named_place(&self, items: &[Item], at: usize, sentence: usize, place: u32) -> Option<u16> {
        let place = u16::try_from(place).ok()?;
        let area = &self.reader.gazetteer.places[usize::from(place)];
        let code = area.as_str();
        let dash = |index: usize| items.get(index).is_some_and(|item| item.is_sign(b'-'));
        // A dateline: `SƠN LA - …`, `Hanoi (VNA) – …`.
        let agency = items.get(at + 1).is_some_and(|next| next.is_sign(b'(')) && (at + 2..at + 6).any(dash);
        if at <= 1 && (dash(at + 1) && items[at].shouted || agency) {
            return None;
        }
        let named = |index: usize| {
            items.get(index).is_some_and(|item| {
                matches!(item.what, What::Place(_)) || (item.is_unknown() && item.capital)
            })
        };
        if (dash(at + 1) && named(at + 2)) || (at >= 2 && dash(at - 1) && named(at - 2)) {
            return None;
        }
        let mut before = at;
        while before > sentence
            && (items[before - 1].has(mark::UNITTYPE | mark::SELF) || items[before - 1].is_sign(b'"'))
            && !items[before - 1].has(mark::APART)
        {
            before -= 1;
        }
        if before > sentence {
            let previous = &items[before - 1];
            let initial = before - 1 == sentence;
            let in_list = (previous.is_sign(b',') || previous.has(mark::AND))
                && before >= 2
                && matches!(items[before - 2].what, What::Place(_));
            // `Tuyên Quang và Hà Giang đều …`: the first is the subject; `Phú Thọ (74,2%) và Cao Bằng (30,8%)`: each its own.
            let own_number = items
                .get(at + 1)
                .is_some_and(|next| next.is_sign(b'(') || matches!(next.what, What::Number(_)));
            if in_list && !own_number {
                return None;
            }
            if in_list {
                let first = match items[before - 2].what {
                    What::Place(first) => self.named_place(items, before - 2, sentence, first),
                    _ => None,
                };
                first?;
            } else if previous.has(mark::APART)
                && !initial
                && !items.get(at + 1).is_some_and(|next| next.is_sign(b'('))
            {
                return None;
            }
        }
        // `xã Mường Nhà, tỉnh Điện Biên`: the province only says where the commune is.
        if let Some(current) = self.context.place.filter(|current| *current != HOME) {
            let current = self.reader.gazetteer.places[usize::from(current)].as_str();
            let close = items[at.saturating_sub(4)..at]
                .iter()
                .any(|item| matches!(item.what, What::Place(_)));
            if close && current.starts_with(code) && current.len() > code.len() {
                return None;
            }
        }
        let home = self.text.place.as_ref().map(terms::RefArea::as_str);
        if let Some(home) = home {
            let inside = home == code
                || (home.starts_with(code) && home.as_bytes().get(code.len()) == Some(&b'-') && code != "VN");
            if inside || self.same_name(home, code) {
                return Some(HOME);
            }
        }
        Some(place)
    }

    /// Whether two plain names differ in their marks only: `Bình Dương`, `Binh Duong`.
    fn same_name(&self, home: &str, name: &str) -> bool {
        let key = |name: &str| {
            let mut hash = 0u64;
            for word in name.split(' ') {
                hash = hash.rotate_left(9) ^ self.reader.folding.word(word, 0, Marks::Dropped, &[]).key;
            }
            hash
        };
        !home.starts_with("VN") && !name.starts_with("VN") && key(home) == key(name)
    }

    /// A new paragraph forgets what only the one before said.
    fn paragraph(&mut self) {
        // Disbursement is told place by place, of one day.
        let day = self
            .context
            .period
            .filter(|period| self.context.disbursing && matches!(period, TimePeriod::Day(_)))
            .filter(|_| self.anchor.report.is_none());
        self.context.period = day;
        self.context.disbursing |= self.context.on_disbursement;
        self.context.years = None;
        self.context.telling.paragraph();
        // Twice in a row: a blank line, then a line that opens a paragraph by its length.
        if self.read_on {
            if !self.context.persists {
                self.context.place = Some(self.home);
            }
            self.context.persisted = self.context.persists;
            self.context.persists = false;
            self.read_on = false;
        }
        self.context.past_years = false;
    }
}

/// Words for the document's own place as a whole.
fn is_whole(words: &str) -> bool {
    matches!(
        words,
        "toàn tỉnh" | "cả tỉnh" | "toàn thành phố" | "cả thành phố" | "toàn xã" | "toàn huyện"
    )
}

fn is_subject(line: Line<'_>, at: usize, sentence: usize) -> bool {
    for back in (sentence..at).rev() {
        let item = &line.items[back];
        match item.what {
            What::Sign(b',' | b';' | b':') => return true,
            // A dateline: `(VOVWORLD) -`, `Hanoi (VNA) –`.
            What::Sign(b'-' | b')' | b'"' | b'*' | b'+') => {
                return back <= sentence + 6;
            }
            What::Sign(_) | What::Period(_) => {}
            What::Word => {
                let text = line.text(item);
                let describes = [
                    "province",
                    "city",
                    "commune",
                    "country",
                    "coastal",
                    "southern",
                    "northern",
                    "central",
                    "mountainous",
                    "south-central",
                    "border",
                    "located",
                    "neighbouring",
                    "that",
                    "meanwhile",
                    "elsewhere",
                ];
                let leads = item.has(mark::UNITTYPE | mark::FUNC | mark::AND | mark::SELF)
                    || matches!(
                        text,
                        "rằng" | "phía" | "Phía" | "đối" | "Đối" | "nếu" | "nếu như" | "Nếu"
                    )
                    || describes.iter().any(|word| text.eq_ignore_ascii_case(word));
                if !leads {
                    return false;
                }
                if matches!(text, "that" | "rằng" | "while" | "whereas") {
                    return true;
                }
                // `… với Sóc Trăng`, `and Ho Chi Minh City`: only at the sentence's start.
                if matches!(text, "với" | "và" | "and" | "of" | "for" | "in" | "ở" | "tại")
                    && back > sentence + 2
                {
                    let opens = matches!(text, "in" | "ở" | "tại")
                        && back.checked_sub(1).is_some_and(|before| {
                            matches!(line.items[before].what, What::Sign(b',' | b';' | b':'))
                        });
                    return opens;
                }
            }
            What::Place(_) | What::Number(_) | What::Digits => return false,
        }
    }
    true
}

/// Whether a line is an item of a list: `- …`, `+ …`, `a) …`, `1. …`.
fn is_listed(first: Option<&Item>, line: &str) -> bool {
    let bytes = line.as_bytes();
    let marked = first.is_some_and(|item| matches!(item.what, What::Sign(b'-' | b'+' | b'*')));
    let letter = bytes.len() > 2 && bytes[0].is_ascii_alphanumeric() && matches!(bytes[1], b')' | b'.');
    let digits = bytes.iter().take_while(|byte| byte.is_ascii_digit()).count();
    marked || letter || (digits > 0 && digits < 3 && matches!(bytes.get(digits), Some(b'.' | b')')))
}

fn line_of<'b>(reader: &'b Reader, words: Words<'b>, room: &'b Room) -> Line<'b> {
    Line {
        words,
        units: &reader.units,
        catalogue: &reader.catalogue,
        items: &room.items,
        numbers: &room.numbers,
        periods: &room.periods,
    }
}

/// Whether a number states something: it has a unit, counts something, or stands where a value stands.
fn is_figure(line: Line<'_>, around: Around, number: &Number, last: Option<&Meaning>) -> bool {
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
            && !(number.word && line.text(next) == "of")
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
        item.is_sign(b':') || item.has(mark::EQUAL | mark::REMAIN) || line.text(item) == "là"
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

fn figure(
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

/// Where the body starts: after a first line of the form `# DATE | PLACE | title`, also behind a byte order mark; a whole
/// text that came on one line is no title.
fn header(text: &str) -> usize {
    let line = text.lines().next().unwrap_or_default();
    let marked = line.trim_start_matches('\u{feff}').starts_with("# ");
    let bars = line.bytes().filter(|byte| *byte == b'|').count();
    if marked && bars >= 2 && line.len() < 1000 {
        (line.len() + 1).min(text.len())
    } else {
        0
    }
}

/// Whether a text has enough marked letters to have been typed with them.
fn has_marks(text: &str) -> bool {
    let sample = text.as_bytes().get(..4096.min(text.len())).unwrap_or_default();
    let marked = sample.iter().filter(|byte| **byte >= 0xC3).count();
    marked * 40 > sample.len()
}

/// Vietnamese has a marked letter every few letters; without them, its commonest words tell it.
fn guess_language(text: &str) -> Language {
    if has_marks(text) && text.len() < 400 || {
        let sample = text.as_bytes().get(..4096.min(text.len())).unwrap_or_default();
        let marked = sample.iter().filter(|byte| **byte >= 0xC3).count();
        marked * 9 > sample.len()
    } {
        return Language::Vi;
    }
    let (mut vi, mut en) = (0, 0);
    for word in text.split(|c: char| !c.is_alphanumeric()).take(2000) {
        match word {
            "the" | "of" | "and" | "in" | "was" | "is" | "for" => en += 1,
            "cua" | "va" | "trong" | "duoc" | "nam" | "tinh" | "theo" | "cho" | "dat" | "tang" => vi += 1,
            _ => {}
        }
    }
    if vi > en { Language::Vi } else { Language::En }
}

#[cfg(test)]
mod tests {
    use super::header;

    #[test]
    fn a_title_line_is_no_body() {
        let title = "# 2025-06-10 | VN-52 | Kinh tế 5 tháng\n";
        assert_eq!(header(&format!("{title}Thu 5 tỷ đồng.")), title.len());
        assert_eq!(header(&format!("\u{feff}{title}Thu 5 tỷ đồng.")), title.len() + 3);
        assert_eq!(header("Thu 5 tỷ đồng. | a | b"), 0);
        let one_line = format!("# 2025-06-10 | VN-52 | {}", "Thu 5 tỷ đồng. ".repeat(100));
        assert_eq!(header(&one_line), 0);
    }
}
