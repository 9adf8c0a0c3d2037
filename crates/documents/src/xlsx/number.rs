//! A number as its cell shows it.

/// The number in digits with a decimal point, or with a per cent sign where its format has one; none where it is no
/// finite number.
///
/// A workbook keeps binary fractions: the shortest digits that give the same one back are those that were typed.
/// A computed per cent is rounded to the places that its format shows, two where it shows fewer, since the reader of
/// the sheet sees no more.
pub(super) fn shown(number: f64, format: Option<&str>) -> Option<String> {
    if !number.is_finite() {
        return None;
    }
    let format = format.unwrap_or("General");
    let section = format.split(';').next().unwrap_or_default();
    let places = section.split_once('.').map_or(0, |(_, after)| {
        after.chars().take_while(|c| matches!(c, '0' | '#')).count()
    });
    if section.contains('%') {
        return Some(format!("{}%", trimmed(number * 100.0, places.max(2))));
    }
    let plain = plain(number);
    let long = plain
        .split_once('.')
        .is_some_and(|(_, fraction)| fraction.len() > 6);
    Some(if long {
        trimmed(number, places.max(4))
    } else {
        plain
    })
}

/// The shortest digits that read back as the same number, without an exponent.
fn plain(number: f64) -> String {
    format!("{number}")
}

/// Rounded to at most this many places, without zeros at the end.
fn trimmed(number: f64, places: usize) -> String {
    let text = format!("{number:.places$}");
    let text = if text.contains('.') {
        text.trim_end_matches('0').trim_end_matches('.')
    } else {
        &text
    };
    if text == "-0" {
        "0".to_owned()
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::shown;

    #[test]
    fn a_number_is_shown_as_it_was_typed() {
        for (number, format, text) in [
            (17.66, None, "17.66"),
            (17_970_000_000_000.0, Some("#,##0"), "17970000000000"),
            (0.1766, Some("0.00%"), "17.66%"),
            (0.56, Some("0%"), "56%"),
            (0.1 + 0.2, Some("General"), "0.3"),
            (-2.72, Some("0.00"), "-2.72"),
            (1.0 / 3.0, Some("0.00"), "0.3333"),
            (-0.000_001, Some("0%"), "0%"),
        ] {
            assert_eq!(
                shown(number, format).as_deref(),
                Some(text),
                "{number} {format:?}"
            );
        }
        assert_eq!(shown(f64::NAN, None), None);
    }
}
