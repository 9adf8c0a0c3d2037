//! Calendars for phones and desks: RFC 5545, whole days only.
//!
//! Each day is an event with a stable UID, so that a calendar that is fetched again changes the day instead of adding one.

use std::fmt::Write as _;

use terms::{Date, Timestamp};

/// A calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calendar {
    /// What it is called.
    pub name: String,
    /// Its days.
    pub days: Vec<CalendarDay>,
}

/// A day of a calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CalendarDay {
    /// The same for ever, and nobody else's: `task-12@rorang`.
    pub uid: String,
    /// The day.
    pub day: Date,
    /// What is due.
    pub summary: String,
    /// More about it.
    pub description: String,
    /// Its page, where the address of the site is known.
    pub url: Option<String>,
    /// When it last changed.
    pub changed_at: Timestamp,
    /// How often it changed: a calendar takes the greater one.
    pub sequence: u64,
}

impl Calendar {
    /// The calendar as a file: CRLF lines of at most 75 bytes, text escaped.
    ///
    /// Source: RFC 5545, §§ 3.1 (folding), 3.3.11 (text), 3.6.1 (events), 3.8.2.4 (`VALUE=DATE`).
    pub fn write(&self) -> String {
        let mut file = String::new();
        let mut line = |name: &str, value: &str| fold(&mut file, &format!("{name}:{value}"));
        line("BEGIN", "VCALENDAR");
        line("VERSION", "2.0");
        line("PRODID", "-//Ro Rang//Tasks//VI");
        line("CALSCALE", "GREGORIAN");
        line("METHOD", "PUBLISH");
        line("X-WR-CALNAME", &escaped(&self.name));
        for day in &self.days {
            let next = day.day.tomorrow().unwrap_or(day.day);
            line("BEGIN", "VEVENT");
            line("UID", &escaped(&day.uid));
            line("DTSTAMP", &day.changed_at.strftime("%Y%m%dT%H%M%SZ").to_string());
            line("SEQUENCE", &day.sequence.to_string());
            line("DTSTART;VALUE=DATE", &day.day.strftime("%Y%m%d").to_string());
            // The end is the first day that is no longer meant.
            line("DTEND;VALUE=DATE", &next.strftime("%Y%m%d").to_string());
            line("SUMMARY", &escaped(&day.summary));
            if !day.description.is_empty() {
                line("DESCRIPTION", &escaped(&day.description));
            }
            if let Some(url) = &day.url {
                line("URL", url);
            }
            line("TRANSP", "TRANSPARENT");
            line("END", "VEVENT");
        }
        line("END", "VCALENDAR");
        file
    }
}

/// Text in a value: backslash, semicolon, comma and line ends are escaped; other control characters are left out.
fn escaped(text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    text.chars()
        .fold(String::with_capacity(text.len()), |mut escaped, c| {
            match c {
                '\\' | ';' | ',' => {
                    escaped.push('\\');
                    escaped.push(c);
                }
                '\n' => escaped.push_str("\\n"),
                c if c.is_control() => {}
                c => escaped.push(c),
            }
            escaped
        })
}

/// Writes a line in pieces of at most 75 bytes, none of which divides a character; each further piece begins with a blank.
fn fold(file: &mut String, line: &str) {
    let mut left = line;
    let mut room = 75;
    while room < left.len() {
        let mut end = room;
        while !left.is_char_boundary(end) {
            end -= 1;
        }
        // Writing to a string does not fail.
        let _ = write!(file, "{}\r\n ", &left[..end]);
        left = &left[end..];
        room = 74;
    }
    file.push_str(left);
    file.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn calendar(summary: &str) -> Calendar {
        Calendar {
            name: "Nhiệm vụ".to_owned(),
            days: vec![CalendarDay {
                uid: "task-12@rorang".to_owned(),
                day: jiff::civil::date(2026, 12, 31),
                summary: summary.to_owned(),
                description: String::new(),
                url: Some("https://rorang.test/vi/tasks/12".to_owned()),
                changed_at: Timestamp::from_second(1_795_323_600).unwrap(),
                sequence: 3,
            }],
        }
    }

    #[test]
    fn a_day_is_an_event_of_a_whole_day() {
        let file = calendar("Lập phương án; báo cáo, trình").write();
        for line in [
            "DTSTART;VALUE=DATE:20261231\r\n",
            "DTEND;VALUE=DATE:20270101\r\n",
            "DTSTAMP:20261122T050000Z\r\n",
            "UID:task-12@rorang\r\n",
            "SUMMARY:Lập phương án\\; báo cáo\\, trình\r\n",
        ] {
            assert!(file.contains(line), "{line} in {file}");
        }
    }

    /// What a reader of calendars does: lines are put together again and text is read back.
    fn summary_of(file: &str) -> String {
        let whole = file.replace("\r\n ", "");
        let line = whole
            .split("\r\n")
            .find_map(|line| line.strip_prefix("SUMMARY:"))
            .unwrap()
            .to_owned();
        let (mut text, mut letters) = (String::new(), line.chars());
        while let Some(c) = letters.next() {
            text.push(match c {
                '\\' => match letters.next().unwrap() {
                    'n' => '\n',
                    other => other,
                },
                c => c,
            });
        }
        text
    }

    proptest! {
        #[test]
        fn any_text_is_read_back_and_no_line_is_too_long(text in "[^\\p{Cc}\u{2028}]{0,300}(\n[^\\p{Cc}]{0,40})?") {
            let file = calendar(&text).write();
            prop_assert!(file.split("\r\n").all(|line| line.len() <= 75));
            prop_assert_eq!(summary_of(&file), text);
            prop_assert!(!file.replace("\r\n", "").contains(['\r', '\n']));
        }
    }
}
