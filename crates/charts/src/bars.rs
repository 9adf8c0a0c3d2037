//! How far a target has come, and how many targets have which status.

use rust_decimal::Decimal;

use crate::scale::coordinate;
use crate::svg::{Escaped, Role, Short, Svg, open_link};

/// The way from baseline to target as a bar with a mark at the target.
#[derive(Debug, Clone, PartialEq)]
pub struct Progress<'a> {
    /// Stands once on the page.
    pub id: &'a str,
    /// What is read out: «Đã đi được 62% chặng đường».
    pub title: &'a str,
    /// Share of the way: 1 at the target, below 0 where the value moved away.
    pub attainment: Decimal,
    /// Share of the time that has passed, 0 to 1: a tick where a steady pace would be now.
    pub expected: Option<Decimal>,
}

impl Progress<'_> {
    /// Draws it. The bar shows −0.25 to 1.25 of the way; what lies beyond ends at the edge with an arrow.
    pub fn draw(&self) -> String {
        let mut svg = Svg::open(self.id, "progress", (160.0, 16.0), self.title, "", Role::Image);
        let at = |share: f64| (share.clamp(-0.25, 1.25) + 0.25) / 1.5 * 160.0;
        let share = coordinate(self.attainment);
        let (zero, one, now) = (at(0.0), at(1.0), at(share));
        svg.put(format_args!(
            r#"<rect class="track" fill="currentColor" fill-opacity=".15" x="{}" y="5" width="{}" height="6" rx="3"/>"#,
            Short(zero),
            Short(one - zero)
        ));
        let class = if share < 0.0 { "fill back" } else { "fill" };
        svg.put(format_args!(
            r#"<rect class="{class}" fill="currentColor" x="{}" y="5" width="{}" height="6" rx="3"/>"#,
            Short(zero.min(now)),
            Short((now - zero).abs().max(2.0))
        ));
        if let Some(expected) = self.expected {
            svg.put(format_args!(
                r#"<path class="expected" stroke="currentColor" stroke-width="2" stroke-opacity=".6" d="M{} 2V14"/>"#,
                Short(at(coordinate(expected).clamp(0.0, 1.0)))
            ));
        }
        svg.put(format_args!(
            r#"<path class="goal" fill="currentColor" d="M{} 0v16m0-16l8 3.5l-8 3.5z" stroke="currentColor" stroke-width="1.5"/>"#,
            Short(one)
        ));
        svg.finish()
    }
}

/// One part of a [`StatusBar`].
#[derive(Debug, Clone, PartialEq)]
pub struct Segment<'a> {
    /// For the style sheet: the status' code.
    pub class: &'a str,
    /// What is read out and shown on pointing: «Đúng tiến độ: 5».
    pub label: &'a str,
    /// How many.
    pub count: usize,
    /// Where these are listed.
    pub href: Option<&'a str>,
}

/// How many things have which status, as one bar of parts.
#[derive(Debug, Clone, PartialEq)]
pub struct StatusBar<'a> {
    /// Stands once on the page.
    pub id: &'a str,
    /// What is read out first.
    pub title: &'a str,
    /// All counts in a sentence.
    pub description: &'a str,
    /// In the order in which they are shown; empty ones are left out.
    pub segments: &'a [Segment<'a>],
}

impl StatusBar<'_> {
    /// Draws it, each part as wide as its share. The bar stretches to any width, so it holds no text: the numbers stand
    /// beside it on the page and in its description.
    pub fn draw(&self) -> String {
        let (width, height) = (720.0, 40.0);
        let count = |count: usize| f64::from(u32::try_from(count).unwrap_or(u32::MAX));
        let role = Role::of(self.segments.iter().any(|segment| segment.href.is_some()));
        let mut svg = Svg::open(
            self.id,
            "status-bar",
            (width, height),
            self.title,
            self.description,
            role,
        );
        let shown: Vec<&Segment<'_>> = self.segments.iter().filter(|segment| 0 < segment.count).collect();
        let total: f64 = shown.iter().map(|segment| count(segment.count)).sum();
        let gap = 4.0;
        let room = width - gap * count(shown.len().saturating_sub(1));
        let mut left = 0.0;
        for segment in shown {
            let part = room * count(segment.count) / total;
            let close = open_link(&mut svg, segment.href, segment.label);
            svg.put(format_args!(
                r#"<g class="{}"><title>{}</title><rect fill="currentColor" fill-opacity=".3" x="{}" width="{}" height="40" rx="4"/>"#,
                Escaped(segment.class),
                Escaped(segment.label),
                Short(left),
                Short(part)
            ));
            svg.put(format_args!("</g>{close}"));
            left += part + gap;
        }
        // The parts keep their shares at any width and height.
        svg.finish()
            .replacen(" viewBox", r#" preserveAspectRatio="none" viewBox"#, 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn progress(attainment: &str) -> String {
        Progress {
            id: "p1",
            title: "62%",
            attainment: attainment.parse().unwrap(),
            expected: Some("0.5".parse().unwrap()),
        }
        .draw()
    }

    #[test]
    fn the_bar_ends_where_the_way_does() {
        insta::assert_snapshot!(progress("0.62"));
    }

    #[test]
    fn moving_away_and_beyond_stay_on_the_paper() {
        assert_eq!(progress("-7"), progress("-0.25"));
        assert_eq!(progress("9"), progress("1.25"));
        assert!(progress("-0.1").contains("fill back"));
    }

    #[test]
    fn parts_are_as_wide_as_their_counts() {
        let segments = [
            Segment {
                class: "s-achieved",
                label: "Đạt: 3",
                count: 3,
                href: Some("/vi?status=achieved"),
            },
            Segment {
                class: "s-limited",
                label: "Chậm: 0",
                count: 0,
                href: None,
            },
            Segment {
                class: "s-no-result",
                label: "Chưa có kết quả: 19",
                count: 19,
                href: None,
            },
        ];
        let bar = StatusBar {
            id: "b",
            title: "22 chỉ tiêu",
            description: "3 đạt, 19 chưa có kết quả",
            segments: &segments,
        };
        insta::assert_snapshot!(bar.draw());
        let empty = StatusBar { segments: &[], ..bar }.draw();
        assert!(!empty.contains("NaN"), "{empty}");
    }
}
