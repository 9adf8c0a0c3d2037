//! What the title of a document says of all of it: its period, its term, its place, whether it is a plan.

use crate::item::{What, Words};
use crate::lexicon::{mark, word};
use crate::session::{Room, Session, line_of};
use terms::TimePeriod;
use terms::period::Simple;

/// Where the body starts: after a first line of the form `# DATE | PLACE | title`, also behind a byte order mark; a whole
/// text that came on one line is no title.
pub(super) fn header(text: &str) -> usize {
    let line = text.lines().next().unwrap_or_default();
    let marked = line.trim_start_matches('\u{feff}').starts_with("# ");
    let bars = line.bytes().filter(|byte| *byte == b'|').count();
    if marked && bars >= 2 && line.len() < 1000 {
        (line.len() + 1).min(text.len())
    } else {
        0
    }
}

impl<'a> Session<'a> {
    /// What a title says of the whole document: its period, its term, whether it is a plan.
    pub(super) fn heading(&mut self, text: &'a str, start: usize, end: usize, room: &mut Room) {
        let own = self.words;
        self.words = Words { text, ..own };
        self.tokenize(start, end, room);
        self.scan(false, room);
        self.take_heading(room);
        self.words = own;
    }

    pub(super) fn take_heading(&mut self, room: &Room) {
        for item in &room.items {
            if item.has(mark::ALIAS) {
                let line = line_of(self.reader, self.words, room);
                self.context.set_field(line, item);
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
        self.context.on_disbursement |= room
            .items
            .iter()
            .any(|item| self.words.says(item, word::DISBURSEMENT));
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
