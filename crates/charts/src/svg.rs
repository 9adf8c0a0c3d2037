//! Writing elements: escaped text, short numbers, and the frame that every drawing has.

use std::fmt::Write as _;

/// A drawing in the making.
#[derive(Debug, Default)]
pub struct Svg {
    text: String,
}

impl Svg {
    /// Opens a drawing of this size in its own units, with a title and a description for those who hear it.
    ///
    /// `id` must stand once on the page; `class` is for the style sheet.
    pub fn open(
        id: &str,
        class: &str,
        (width, height): (f64, f64),
        title: &str,
        description: &str,
        role: Role,
    ) -> Self {
        let mut svg = Svg::default();
        let (class, id) = (Escaped(class), Escaped(id));
        let (width, height) = (Short(width), Short(height));
        let role = match role {
            Role::Image => "img",
            Role::Group => "group",
        };
        svg.put(format_args!(
            r#"<svg class="{class}" viewBox="0 0 {width} {height}" role="{role}" aria-labelledby="{id}-t""#
        ));
        if description.is_empty() {
            svg.put(format_args!(r#"><title id="{id}-t">{}</title>"#, Escaped(title)));
        } else {
            svg.put(format_args!(
                r#" aria-describedby="{id}-d"><title id="{id}-t">{}</title><desc id="{id}-d">{}</desc>"#,
                Escaped(title),
                Escaped(description)
            ));
        }
        svg
    }

    /// Adds elements.
    pub fn put(&mut self, elements: std::fmt::Arguments<'_>) {
        // Writing to a string does not fail.
        let _ = self.text.write_fmt(elements);
    }

    /// Closes the drawing.
    pub fn finish(mut self) -> String {
        self.text.push_str("</svg>");
        self.text
    }
}

/// What a drawing is to those who hear it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// One picture: what is in it is not reached on its own.
    Image,
    /// A group whose parts are links: an image may not hold any.
    Group,
}

impl Role {
    /// A group where there are links, otherwise an image.
    pub fn of(linked: bool) -> Self {
        if linked { Role::Group } else { Role::Image }
    }
}

/// Text that is safe between tags and in quoted attributes.
#[derive(Debug, Clone, Copy)]
pub struct Escaped<'a>(pub &'a str);

impl std::fmt::Display for Escaped<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for letter in self.0.chars() {
            match letter {
                '&' => f.write_str("&amp;")?,
                '<' => f.write_str("&lt;")?,
                '>' => f.write_str("&gt;")?,
                '"' => f.write_str("&quot;")?,
                '\'' => f.write_str("&#39;")?,
                // Control characters are not allowed in XML at all.
                '\u{0}'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' => {}
                other => f.write_char(other)?,
            }
        }
        Ok(())
    }
}

/// A coordinate with one digit after the point at most: finer than anybody sees, short on the wire.
#[derive(Debug, Clone, Copy)]
pub struct Short(pub f64);

impl std::fmt::Display for Short {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let tenths = (self.0 * 10.0).round();
        if !tenths.is_finite() || tenths == 0.0 {
            return f.write_char('0');
        }
        if tenths % 10.0 == 0.0 {
            write!(f, "{:.0}", tenths / 10.0)
        } else {
            write!(f, "{:.1}", tenths / 10.0)
        }
    }
}

/// Opens a link around what follows, where there is somewhere to go; returns what closes it.
pub fn open_link(svg: &mut Svg, href: Option<&str>, label: &str) -> &'static str {
    match href {
        Some(href) => {
            svg.put(format_args!(
                r#"<a href="{}" aria-label="{}">"#,
                Escaped(href),
                Escaped(label)
            ));
            "</a>"
        }
        None => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_cannot_leave_its_place() {
        let shown = Escaped("<script>\"'&\u{0}</script>").to_string();
        assert_eq!(shown, "&lt;script&gt;&quot;&#39;&amp;&lt;/script&gt;");
    }

    #[test]
    fn coordinates_are_short_and_never_nan() {
        for (value, text) in [
            (1.0, "1"),
            (1.25, "1.3"),
            (-0.04, "0"),
            (-1.5, "-1.5"),
            (100.0, "100"),
            (f64::NAN, "0"),
            (f64::INFINITY, "0"),
        ] {
            assert_eq!(Short(value).to_string(), text);
        }
    }
}
