//! How a number is told: as a result, an estimate, a target or a request.
//!
//! | text | kind |
//! |---|---|
//! | `đã đạt 47%`, `stands at 47%`, `đang vận hành 1.140 MW` | actual |
//! | `ước 3.370 tỷ đồng, tăng 17%`, `is expected to be 5%` | estimate, with the growth and the share of the same quantity |
//! | `phấn đấu đạt 47%`, `60% of communes are to meet`, `đến năm 2030 đạt 47%` | target |
//! | `Tỉnh đề nghị: hỗ trợ 350 tỷ đồng` | request |
//!
//! The word that stands nearest before the number decides; then the words after it, where the number is the subject of
//! its clause (`11,500 people will be trained`); then its sentence; then whether its period is to come or is over; then
//! its list, its paragraph and its document.

use crate::item::{Item, What};
use crate::lexicon::mark;
use crate::meaning::{Around, Line, Meaning};
use crate::number::Number;
use terms::{Date, Kind, Measure, TimePeriod};

/// What a word tells of the kind; written `cue NAME:` in the rule files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Cue(u16);

impl Cue {
    pub(crate) const AIM: Cue = Cue(1);
    pub(crate) const PLAN: Cue = Cue(1 << 1);
    pub(crate) const WILL: Cue = Cue(1 << 2);
    pub(crate) const MUST: Cue = Cue(1 << 3);
    pub(crate) const GUESS: Cue = Cue(1 << 4);
    pub(crate) const ASK: Cue = Cue(1 << 5);
    pub(crate) const ORDER: Cue = Cue(1 << 6);
    pub(crate) const DONE: Cue = Cue(1 << 7);
    pub(crate) const WAS: Cue = Cue(1 << 8);
    pub(crate) const ACCOUNT: Cue = Cue(1 << 9);
    pub(crate) const GOALS: Cue = Cue(1 << 10);
    pub(crate) const NOW: Cue = Cue(1 << 11);
    pub(crate) const GIVEN: Cue = Cue(1 << 12);

    /// The cue of a rule file's argument.
    pub(crate) fn named(name: &str) -> Option<Cue> {
        Some(match name {
            "aim" => Self::AIM,
            "plan" => Self::PLAN,
            "will" => Self::WILL,
            "must" => Self::MUST,
            "guess" => Self::GUESS,
            "ask" => Self::ASK,
            "order" => Self::ORDER,
            "done" => Self::DONE,
            "was" => Self::WAS,
            "account" => Self::ACCOUNT,
            "goals" => Self::GOALS,
            "now" => Self::NOW,
            "given" => Self::GIVEN,
            _ => return None,
        })
    }

    #[inline]
    pub(crate) fn is(self, cues: Cue) -> bool {
        self.0 & cues.0 != 0
    }

    pub(crate) fn and(self, other: Cue) -> Cue {
        Cue(self.0 | other.0)
    }

    fn without(self, other: Cue) -> Cue {
        Cue(self.0 & !other.0)
    }
}

/// What an item tells; a phrase of the general rules that only says «target» or «estimate» counts too.
fn cue_of(line: Line<'_>, item: &Item) -> Cue {
    let cue = line.words.entry(item).cue;
    if cue != Cue::default() || item.what != What::Word {
        return cue;
    }
    if item.has(mark::ESTIMATE) {
        Cue::GUESS
    } else if item.has(mark::REQUEST) {
        Cue::ASK
    } else if item.has(mark::TARGET) && !item.has(mark::NOUN | mark::PLANWORD) {
        Cue::AIM
    } else {
        Cue::default()
    }
}

/// What the document has told so far of how its numbers are meant.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Telling {
    /// The document sets or presents a plan.
    plan: bool,
    /// A title or heading has said whether it does.
    titled: bool,
    /// What the line that opened the list says of its items.
    list: Option<Kind>,
    /// What a word settled in the paragraph.
    paragraph: Option<Kind>,
    /// What a word settled in the sentence.
    sentence: Option<Kind>,
    /// A number before in the sentence is of a time that is over.
    over: bool,
    /// The estimate of the sentence still covers what follows: it is of the same quantity.
    estimate: bool,
}

/// A number and what is known of it when its kind is asked for.
#[derive(Clone, Copy)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
pub(crate) struct Told<'a> {
    pub(crate) line: Line<'a>,
    pub(crate) around: Around,
    pub(crate) number: &'a Number,
    pub(crate) measure: Measure,
    /// The unit and the indicator, as codes.
    pub(crate) unit: &'a str,
    pub(crate) indicator: Option<&'a str>,
    pub(crate) concept: Option<u16>,
    /// The number's clause names what it is of.
    pub(crate) own: bool,
    /// A part of what the number before counts.
    pub(crate) part: bool,
    /// Done at the event that the text reports on.
    pub(crate) event: bool,
    pub(crate) period: Option<TimePeriod>,
    /// The period as the clause or the paragraph names it: a state of 2025 may be of «nhiệm kỳ 2020 - 2025».
    pub(crate) spoken: Option<TimePeriod>,
    /// `from 7.5 per cent upwards`.
    pub(crate) at_least: bool,
    pub(crate) date: Option<Date>,
    pub(crate) last: Option<Meaning>,
}

impl Telling {
    /// A title or heading, or a line that opens a list: what it says of what comes after it.
    pub(crate) fn heading(&mut self, line: Line<'_>, title: bool) {
        let (mut goals, mut account, mut ask, mut done) = (false, false, false, false);
        let opens = line.items.last().is_some_and(|item| item.is_sign(b':'));
        for (at, item) in line.items.iter().enumerate() {
            let cue = cue_of(line, item);
            // `Sở Kế hoạch và Đầu tư`, `Department of Planning and Investment`
            let office = line.items.get(at + 1).is_some_and(|next| next.has(mark::AND)) && !opens;
            goals |= cue.is(Cue::GOALS.and(Cue::AIM)) && !office || item.has(mark::TERM);
            account |= cue.is(Cue::ACCOUNT);
            done |= cue.is(Cue::DONE) || item.has(mark::EXCEED);
            ask |= cue.is(Cue::ASK);
        }
        if title {
            if !self.titled && (goals || account) {
                self.titled = true;
                self.plan = goals && !account;
            }
        } else if ask && opens {
            self.list = Some(Kind::Request);
        } else if goals && !done && !account {
            self.list = Some(Kind::Target);
        } else if account || (goals && done) {
            self.list = Some(Kind::Actual);
        }
    }

    /// A line begins: what only the line before said is over.
    pub(crate) fn line(&mut self, is_item: bool, follows_heading: bool) {
        self.sentence = None;
        self.estimate = false;
        self.over = false;
        if !is_item && !follows_heading {
            self.list = None;
        }
        if is_item {
            self.paragraph = None;
        }
    }

    pub(crate) fn sentence(&mut self) {
        self.sentence = None;
        self.estimate = false;
        self.over = false;
    }

    pub(crate) fn paragraph(&mut self) {
        self.paragraph = None;
        self.sentence();
    }

    /// Leaves plan and lists behind: teasers of other pages.
    pub(crate) fn elsewhere(&mut self) {
        *self = Self::default();
    }

    /// What the list in force, or else the paragraph, asks somebody for.
    pub(crate) fn asks(self) -> bool {
        self.list == Some(Kind::Request) || self.sentence == Some(Kind::Request)
    }

    /// The kind of a number of which nothing else is known.
    pub(crate) fn guess(self) -> Kind {
        self.sentence
            .or(self.paragraph)
            .or(self.list)
            .unwrap_or(if self.plan { Kind::Target } else { Kind::Actual })
    }

    /// A result, an estimate, a target or a request.
    pub(crate) fn kind(&mut self, told: &Told<'_>) -> Kind {
        if let Some(kind) = by_nature(told) {
            // `Đảng bộ có hơn 800 đảng viên, sinh hoạt ở 44 chi bộ`
            if told.indicator == Some("governance.party_members") {
                self.sentence.get_or_insert(kind);
            }
            return kind;
        }
        self.over |= matches!(time(told), Some(Time::Over));
        let to_come = self.list == Some(Kind::Target) || matches!(time(told), Some(Time::ToCome));
        let found = before(told, to_come).or_else(|| after(told, to_come));
        match found {
            Some(Found {
                kind: Kind::Estimate, ..
            }) => {
                self.estimate = true;
                Kind::Estimate
            }
            Some(Found { kind, local }) => {
                self.estimate = false;
                if !local {
                    self.sentence = Some(kind);
                    self.paragraph = Some(kind);
                }
                kind
            }
            None => {
                if self.estimate && still_estimated(told, self.by_default(told)) {
                    return Kind::Estimate;
                }
                self.estimate = false;
                if let Some(last) = told.last.filter(|last| told.part && last.kind != Kind::Estimate) {
                    return last.kind;
                }
                if told.at_least && told.measure == Measure::Growth && self.sentence.is_none() {
                    return Kind::Target;
                }
                self.sentence.unwrap_or_else(|| self.by_default(told))
            }
        }
    }

    fn by_default(self, told: &Told<'_>) -> Kind {
        match time(told) {
            Some(Time::ToCome) => Kind::Target,
            Some(Time::Over) => Kind::Actual,
            None => self
                .paragraph
                .or(self.list)
                .unwrap_or(if self.plan && !self.over {
                    Kind::Target
                } else {
                    Kind::Actual
                }),
        }
    }
}

enum Time {
    Over,
    ToCome,
}

/// Whether the period is over or to come on the document's day; neither for the year in which it was written.
fn time(told: &Told<'_>) -> Option<Time> {
    let date = told.date?;
    told.spoken
        .and_then(|period| side(period, date))
        .or_else(|| told.period.and_then(|period| side(period, date)))
}

/// On which side of a day a period lies.
fn side(period: TimePeriod, date: Date) -> Option<Time> {
    let (start, end) = (period.start(), period.end());
    let several_years = end.year() > start.year();
    if end < date || (several_years && end.year() == date.year()) {
        Some(Time::Over)
    } else if start > date || end.year() > date.year() {
        Some(Time::ToCome)
    } else {
        None
    }
}

/// Kinds that follow from what is counted.
fn by_nature(told: &Told<'_>) -> Option<Kind> {
    let Told {
        line, around, number, ..
    } = *told;
    let tail = line.tail(around);
    let gap = line.gap(around);
    let counted = told.indicator.is_some_and(|code| code.starts_with("plan."));
    if counted || is_part_of_a_plan(told.unit) {
        if tail.iter().take(6).any(|item| cue_of(line, item).is(Cue::GUESS)) {
            return Some(Kind::Estimate);
        }
        let met = tail.iter().take(8).any(|item| {
            cue_of(line, item).is(Cue::WAS.and(Cue::DONE))
                || item.has(mark::EXCEED)
                || matches!(
                    line.text(item),
                    "met" | "hoàn thành" | "achieved" | "fulfilled" | "đạt"
                )
        });
        let reaching = |item: &Item| {
            item.has(mark::EXCEED)
                || matches!(
                    line.text(item),
                    "met" | "achieved" | "đạt" | "hoàn thành" | "fulfilled"
                )
        };
        let reached = gap.iter().rev().take(3).any(reaching);
        let of_all = tail
            .first()
            .is_some_and(|item| matches!(line.text(item), "of" | "out of" | "out"));
        let part = around.follows && (told.part || gap.iter().any(|item| item.has(mark::WHOLE)));
        let had = gap.last().is_some_and(|item| line.text(item) == "có");
        return Some(match number.fraction {
            1 => Kind::Actual,
            2 => Kind::Target,
            _ if (counted || told.unit == "target") && (of_all || reached || ((part || had) && met)) => {
                Kind::Actual
            }
            _ => Kind::Target,
        });
    }
    if told.unit == "proposal" {
        return Some(Kind::Request);
    }
    let aimed = |item: &Item| cue_of(line, item).is(Cue::AIM.and(Cue::WILL));
    if told.indicator == Some("governance.party_members") && !gap.iter().any(aimed) {
        return Some(Kind::Actual);
    }
    let guessed = gap
        .iter()
        .rev()
        .take(8)
        .any(|item| cue_of(line, item).is(Cue::GUESS));
    if guessed {
        return None;
    }
    let paid = gap
        .iter()
        .rev()
        .take(3)
        .any(|item| matches!(line.text(item), "giải ngân" | "giải ngân được" | "disbursed"));
    if told.indicator == Some("investment.public_plan") && told.measure != Measure::Growth && !paid {
        return Some(Kind::Target);
    }
    if told.unit == "delegate" {
        return Some(Kind::Actual);
    }
    if told.event {
        return Some(Kind::Actual);
    }
    None
}

/// Whether a plan consists of such things: its targets, tasks, perspectives.
fn is_part_of_a_plan(unit: &str) -> bool {
    matches!(
        unit,
        "target"
            | "task"
            | "breakthrough"
            | "solution"
            | "perspective"
            | "direction"
            | "pillar"
            | "objective"
            | "scheme"
    )
}

/// A kind that a word settles.
struct Found {
    kind: Kind,
    /// It holds for this number alone.
    local: bool,
}

const fn settled(kind: Kind) -> Found {
    Found { kind, local: false }
}

/// How many items before a number are looked at.
const REACH: usize = 40;

/// What the nearest telling word before the number says.
fn before(told: &Told<'_>, to_come: bool) -> Option<Found> {
    let Told { line, around, .. } = *told;
    let gap = line.gap(around);
    // `45.799 tỷ đồng so với 36.875 tỷ đồng đề ra`
    if told.measure == Measure::Level
        && gap
            .iter()
            .rev()
            .take(3)
            .any(|item| item.has(mark::COMPARE | mark::AGAINST))
        && line
            .tail(around)
            .first()
            .is_some_and(|item| cue_of(line, item).is(Cue::PLAN))
    {
        return Some(Found {
            kind: Kind::Target,
            local: true,
        });
    }
    // A period that is over, nearer than the word for a goal: `hoàn thành nhiệm vụ: giai đoạn 2021 - 2025, GRDP tăng 7%`.
    let mut past = false;
    for (back, item) in gap.iter().rev().take(REACH).enumerate() {
        if let What::Period(index) = item.what {
            let named = line.periods.get(index as usize).filter(|named| !named.compared);
            past |= matches!(
                named.and_then(|named| side(named.period, told.date?)),
                Some(Time::Over)
            );
        }
        let mut cue = cue_of(line, item);
        if past {
            cue = cue.without(Cue::PLAN.and(Cue::AIM).and(Cue::WILL).and(Cue::GIVEN));
        }
        if cue == Cue::default() {
            continue;
        }
        let next = || gap.get(gap.len() - back);
        if cue.is(Cue::GUESS) {
            return Some(settled(Kind::Estimate));
        }
        if cue.is(Cue::PLAN) {
            // Right before the number it is that number: `against a target of 7.5 per cent`. Else it opens the clause,
            // unless the number before is measured against it: `đạt 57% kế hoạch, tăng 1%`.
            let measured = told.around.follows && gap.len() - back <= 5;
            let yardstick = told.measure == Measure::Share
                || told.measure == Measure::Change
                || gap[..gap.len() - back - 1]
                    .iter()
                    .rev()
                    .take(2)
                    .any(|item| item.has(mark::COMPARE | mark::AGAINST | mark::EXCEED | mark::EQUAL));
            let yardstick = yardstick
                || gap[..gap.len() - back - 1].iter().rev().take(2).any(|item| {
                    matches!(
                        line.text(item),
                        "against" | "trong khi" | "while" | "whereas" | "although"
                    )
                });
            let links = &gap[gap.len() - back..];
            // `equivalent to 27% of this year's estimate and up 8%`
            let part_of_it = links.iter().any(|item| item.has(mark::UP | mark::DOWN))
                && told.last.is_some_and(|last| last.measure == Measure::Share)
                && gap[..gap.len() - back - 1].iter().all(|item| {
                    item.has(mark::FUNC | mark::STOP | mark::SELF)
                        || matches!(item.what, What::Period(_))
                        || line.text(item) == "of"
                });
            let adjacent = back <= 3 && !part_of_it && links.iter().all(is_link);
            if adjacent && told.measure != Measure::Share && told.measure != Measure::Change {
                return Some(Found {
                    kind: Kind::Target,
                    local: yardstick || links.iter().any(|item| item.is_sign(b'(')),
                });
            }
            // `Nhiều chỉ tiêu vượt xa: …`, `targets were exceeded`
            if next().is_some_and(|item| item.has(mark::EXCEED)) {
                return Some(settled(Kind::Actual));
            }
            if measured || part_of_it || yardstick || cue.is(Cue::GOALS) && item.has(mark::NOUN) && back > 12
            {
                continue;
            }
            return Some(settled(Kind::Target));
        }
        if cue.is(Cue::AIM.and(Cue::WILL)) {
            return Some(settled(Kind::Target));
        }
        if cue.is(Cue::GIVEN) {
            return Some(Found {
                kind: Kind::Target,
                local: true,
            });
        }
        if cue.is(Cue::MUST) {
            if next().is_some_and(|item| item.has(mark::EQUAL | mark::ALIAS | mark::UP | mark::DOWN)) {
                return Some(settled(Kind::Target));
            }
            continue;
        }
        if cue.is(Cue::ASK) {
            return Some(settled(Kind::Request));
        }
        if cue.is(Cue::ORDER) {
            // `asked the Government for 5 billion` asks; `asked localities to reach 95%` orders.
            let rest = &gap[gap.len() - back..];
            let of_those_above = rest.iter().take(4).any(|item| {
                matches!(
                    line.text(item)
                        .trim_start_matches("the ")
                        .trim_start_matches("central "),
                    "government" | "prime minister" | "state" | "ministry" | "ministries" | "central"
                )
            });
            let wants = of_those_above || rest.iter().any(|item| matches!(line.text(item), "for"));
            return Some(settled(if wants { Kind::Request } else { Kind::Target }));
        }
        // `expected to hit`, `to have`, `is thought to have reached`
        let at = gap.len() - back - 1;
        let leads = |at: usize| {
            let text = line.text(&gap[at]);
            text == "to" || text.ends_with(" to")
        };
        let infinitive =
            at > 0 && leads(at - 1) || at > 1 && line.text(&gap[at - 1]) == "have" && leads(at - 2);
        if infinitive {
            continue;
        }
        if cue.is(Cue::WAS) && next().is_some_and(|item| line.text(item) == "to") {
            return Some(settled(Kind::Target));
        }
        if cue.is(Cue::NOW) || (cue.is(Cue::DONE.and(Cue::WAS)) && !to_come) {
            return Some(settled(Kind::Actual));
        }
    }
    None
}

/// A word that only leads from a noun to its number.
fn is_link(item: &Item) -> bool {
    item.has(mark::BOUND | mark::FUNC | mark::STOP | mark::UNIT)
        || matches!(item.what, What::Sign(b'(' | b':'))
}

/// Where the number is the subject of its clause, what the verb after it says.
fn after(told: &Told<'_>, to_come: bool) -> Option<Found> {
    let Told { line, around, .. } = *told;
    let gap = line.gap(around);
    let clause = gap
        .iter()
        .rposition(|item| matches!(item.what, What::Sign(b',' | b';' | b':')))
        .map_or(0, |at| at + 1);
    let subject = gap[clause..].iter().all(|item| {
        item.has(mark::BOUND | mark::FUNC | mark::AND | mark::STOP | mark::SELF) || item.what != What::Word
    }) && gap.len() - clause <= 6;
    if !subject {
        return None;
    }
    let tail = line.tail(around);
    for (at, item) in tail.iter().enumerate().take(16) {
        if matches!(item.what, What::Sign(b',' | b';' | b'(')) {
            return None;
        }
        let cue = cue_of(line, item);
        if cue.is(Cue::AIM.and(Cue::WILL)) && !cue.is(Cue::PLAN) {
            return Some(settled(Kind::Target));
        }
        if cue.is(Cue::GUESS) {
            return Some(settled(Kind::Estimate));
        }
        // `communes that still have poor households are to …`
        let relative = tail[at.saturating_sub(2)..at]
            .iter()
            .any(|item| matches!(line.text(item), "that" | "which" | "who" | "whom"));
        let past = matches!(line.text(item), "had" | "was" | "were");
        if cue.is(Cue::WAS) && !relative && (past || !to_come) {
            return Some(settled(Kind::Actual));
        }
    }
    None
}

/// `ước tăng 11,2%; riêng quý II tăng 11,93%`
fn names_another_time(told: &Told<'_>) -> bool {
    let Told { line, around, .. } = *told;
    line.gap(around).iter().any(|item| match item.what {
        What::Period(index) => line
            .periods
            .get(index as usize)
            .is_some_and(|named| !named.compared),
        _ => false,
    })
}

/// Whether an estimate before in the sentence covers this number too: its growth, its share of the plan, the same sum
/// in another currency, a part of it; in an account of what is to come, whatever follows.
fn still_estimated(told: &Told<'_>, otherwise: Kind) -> bool {
    let Told { line, around, .. } = *told;
    if otherwise == Kind::Target {
        return true;
    }
    let gap = line.gap(around);
    let other_time = (names_another_time(told) || gap.iter().any(|item| item.is_sign(b';')))
        && !gap.iter().any(|item| item.has(mark::EXCEED | mark::COMPARE));
    if other_time {
        return false;
    }
    // `GRDP growth was estimated at 6.76%, and total social investment at over VND 13,700 billion`
    if gap.len() <= 10
        && gap.iter().any(|item| item.has(mark::AND))
        && gap.iter().any(|item| line.text(item) == "at")
    {
        return true;
    }
    let same = told.concept == told.last.and_then(|last| last.concept) || !told.own;
    let names_another = gap.iter().any(|item| item.has(mark::ALIAS));
    match told.measure {
        Measure::Growth | Measure::Share | Measure::Change => same,
        Measure::Level => {
            let verb = gap.iter().any(|item| item.has(mark::UP | mark::DOWN));
            !(names_another || told.own && verb)
        }
    }
}
