//! The date line with which a text may begin: `# DATE | PLACE | title`.

/// What the first line says of the document, as written; whether the day exists and the place is known is asked by who
/// uses it, since a wrong one is worth a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    /// The day, as written.
    pub date: Option<String>,
    /// The place: a code or a name, as written.
    pub place: Option<String>,
    /// The title.
    pub title: Option<String>,
    /// Bytes from and to of the line in the text, without its newline.
    pub span: (usize, usize),
}

impl Header {
    /// Reads the first line that is not blank, where it has the form of a date line: a `#` and at least one `|`.
    pub fn of(text: &str) -> Option<Self> {
        let body = text.trim_start_matches(['\u{feff}', '\n', '\r', ' ', '\t']);
        let start = text.len() - body.len();
        let line = body.split(['\n', '\r']).next()?;
        let inner = line.strip_prefix('#')?.trim_start_matches('#');
        let mut parts = inner.splitn(3, '|').map(|part| {
            let part = part.trim();
            (!part.is_empty()).then(|| part.to_owned())
        });
        let date = parts.next()?;
        let place = parts.next()?;
        Some(Self {
            date,
            place,
            title: parts.next().flatten(),
            span: (start, start + line.len()),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_line_gives_date_place_and_title() {
        let header = Header::of("\u{feff}# 2025-09-30 | VN-15 | Lào Cai | bế mạc\r\n\r\nThân").unwrap();
        assert_eq!(header.date.as_deref(), Some("2025-09-30"));
        assert_eq!(header.place.as_deref(), Some("VN-15"));
        assert_eq!(header.title.as_deref(), Some("Lào Cai | bế mạc"));
        assert_eq!(header.span.0, 3);
    }

    #[test]
    fn parts_may_be_left_empty() {
        let header = Header::of("# | Quang Nam |").unwrap();
        assert_eq!(
            (header.date, header.place.as_deref(), header.title),
            (None, Some("Quang Nam"), None)
        );
    }

    #[test]
    fn a_heading_without_bars_is_no_date_line() {
        assert_eq!(Header::of("# Kế hoạch năm 2025\n"), None);
        assert_eq!(Header::of("Kế hoạch | năm 2025\n"), None);
        assert_eq!(Header::of(""), None);
    }
}
