//! The written forms of figures: JSON lines, JSON, CSV. Numbers are written exactly, in decimal digits.

use std::fmt::Write as _;
use std::io::{self, Write};

use figures::Figure;
use terms::Decimal;

use super::Reading;

/// One figure a line: the fields of an annotation, then where its surface stands, in code points of the text.
pub(crate) fn jsonl(reading: &Reading, out: &mut dyn Write) -> io::Result<()> {
    let mut points = Points::of(&reading.document.text);
    for figure in &reading.figures {
        writeln!(out, "{}", object(&reading.document.text, figure, &mut points))?;
    }
    Ok(())
}

/// One document as one object, its figures in a list.
pub(crate) fn json(reading: &Reading, out: &mut dyn Write) -> io::Result<()> {
    let mut points = Points::of(&reading.document.text);
    let optional = |value: Option<String>| value.map_or_else(|| "null".to_owned(), |value| quoted(&value));
    write!(
        out,
        "{{\"document\": {}, \"title\": {}, \"date\": {}, \"place\": {}, \"language\": {}, \"format\": {}, \"figures\": [",
        quoted(&reading.name),
        optional(reading.title.clone()),
        optional(reading.date.map(|date| date.to_string())),
        optional(reading.place.as_ref().map(ToString::to_string)),
        optional(reading.language.map(|language| language.to_string())),
        quoted(reading.document.format.code()),
    )?;
    for (number, figure) in reading.figures.iter().enumerate() {
        let comma = if number == 0 { "" } else { "," };
        write!(
            out,
            "{comma}\n  {}",
            object(&reading.document.text, figure, &mut points)
        )?;
    }
    write!(out, "{}]}}", if reading.figures.is_empty() { "" } else { "\n" })
}

/// The heading of [`csv`].
pub(crate) const CSV_HEADING: [&str; 14] = [
    "document",
    "start",
    "end",
    "surface",
    "value",
    "upper",
    "unit",
    "bound",
    "measure",
    "indicator",
    "period",
    "place",
    "kind",
    "quote",
];

/// One figure a row, under [`CSV_HEADING`].
pub(crate) fn csv(reading: &Reading, out: &mut csv::Writer<&mut dyn Write>) -> csv::Result<()> {
    let text = &reading.document.text;
    let mut points = Points::of(text);
    for figure in &reading.figures {
        out.write_record([
            reading.name.as_str(),
            &points.at(figure.span.start).to_string(),
            &points.at(figure.span.end).to_string(),
            &text[figure.span.clone()],
            &plain(figure.value),
            &figure.upper.map(plain).unwrap_or_default(),
            figure.unit.as_str(),
            figure.bound.code(),
            figure.measure.code(),
            figure.indicator.as_ref().map_or("", terms::IndicatorCode::as_str),
            &figure.period.map(|period| period.to_string()).unwrap_or_default(),
            figure.place.as_ref().map_or("", terms::RefArea::as_str),
            figure.kind.code(),
            &text[figure.quote.clone()],
        ])?;
    }
    Ok(())
}

fn object(text: &str, figure: &Figure, points: &mut Points<'_>) -> String {
    let mut object = String::with_capacity(400);
    let optional = |value: Option<String>| value.map_or_else(|| "null".to_owned(), |value| quoted(&value));
    let (start, end) = (points.at(figure.span.start), points.at(figure.span.end));
    // Writing to a string does not fail.
    let _ = write!(
        object,
        "{{\"quote\": {}, \"surface\": {}, \"value\": {}, \"upper\": {}, \"unit\": {}, \"bound\": {}, \"measure\": {}, \
         \"indicator\": {}, \"period\": {}, \"place\": {}, \"kind\": {}, \"start\": {start}, \"end\": {end}}}",
        quoted(&text[figure.quote.clone()]),
        quoted(&text[figure.span.clone()]),
        plain(figure.value),
        figure.upper.map_or_else(|| "null".to_owned(), plain),
        quoted(figure.unit.as_str()),
        quoted(figure.bound.code()),
        quoted(figure.measure.code()),
        optional(figure.indicator.as_ref().map(ToString::to_string)),
        optional(figure.period.map(|period| period.to_string())),
        optional(figure.place.as_ref().map(ToString::to_string)),
        quoted(figure.kind.code()),
    );
    object
}

/// The number in digits, without zeros at the end: `17.66`, `17970000000000`.
fn plain(value: Decimal) -> String {
    value.normalize().to_string()
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// Counts code points up to byte offsets, each stretch of the text once where offsets grow.
struct Points<'a> {
    text: &'a str,
    byte: usize,
    count: usize,
}

impl<'a> Points<'a> {
    fn of(text: &'a str) -> Self {
        Self {
            text,
            byte: 0,
            count: 0,
        }
    }

    fn at(&mut self, byte: usize) -> usize {
        if byte < self.byte {
            (self.byte, self.count) = (0, 0);
        }
        self.count += self.text[self.byte..byte].chars().count();
        self.byte = byte;
        self.count
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_count_code_points_in_any_order() {
        let text = "Điện Biên: 17,66%";
        let mut points = Points::of(text);
        let at = text.find("17").unwrap();
        assert_eq!(points.at(at), 11);
        assert_eq!(points.at(text.len()), 17);
        assert_eq!(points.at(2), 1);
    }

    #[test]
    fn numbers_are_exact_and_texts_escaped() {
        assert_eq!(plain("17970000000000.00".parse().unwrap()), "17970000000000");
        assert_eq!(plain("17.660".parse().unwrap()), "17.66");
        assert_eq!(quoted("a “b” \"c\"\n"), "\"a “b” \\\"c\\\"\\n\"");
    }
}
