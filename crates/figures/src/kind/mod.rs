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

mod clause;
mod cue;
mod estimate;
mod nature;
mod time;

use crate::catalogue::Role;
use crate::lexicon::mark;
use crate::meaning::{Around, Line, Meaning};
use crate::number::Number;
use terms::{Date, Kind, Measure, TimePeriod};

use clause::{Found, after, before};
pub(crate) use cue::Cue;
use cue::cue_of;
use estimate::still_estimated;
use nature::by_nature;
use time::{Time, time};

/// A number and what is known of it when its kind is asked for.
#[derive(Clone, Copy)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
pub(crate) struct Told<'a> {
    pub(crate) line: Line<'a>,
    pub(crate) around: Around,
    pub(crate) number: &'a Number,
    pub(crate) measure: Measure,
    pub(crate) unit: u16,
    pub(crate) indicator: Option<u16>,
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

impl Told<'_> {
    /// Whether it is of the indicator that rules name so.
    fn is(&self, role: Role) -> bool {
        self.line.catalogue.is(self.indicator, role)
    }
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
            if told.is(Role::PartyMembers) {
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
