//! A range as a bar, and beside it what is claimed: does one lie in the other?

use rust_decimal::Decimal;

use crate::scale::{Scale, coordinate};
use crate::svg::{Role, Short, Svg};

/// Two ranges on one scale of their own: what must be, and what stands.
#[derive(Debug, Clone, PartialEq)]
pub struct IntervalBar<'a> {
    /// Stands once on the page.
    pub id: &'a str,
    /// What is read out: «phải là 16,3–18,1%; chỉ tiêu 15%».
    pub title: &'a str,
    /// What must be, lower end first; an open end runs to the edge of the paper.
    pub must: (Option<Decimal>, Option<Decimal>),
    /// What is claimed or assumed, where anything is.
    pub stands: Option<(Option<Decimal>, Option<Decimal>)>,
}

impl IntervalBar<'_> {
    /// Draws it: the range as a bar in the upper half, the claim in the lower half, a single number as a diamond.
    pub fn draw(&self) -> String {
        let (width, height) = (240.0, 36.0);
        let mut svg = Svg::open(self.id, "interval", (width, height), self.title, "", Role::Image);
        let stands = self.stands.unwrap_or((None, None));
        let known = [self.must.0, self.must.1, stands.0, stands.1]
            .into_iter()
            .flatten()
            .map(coordinate);
        let (low, high) = known.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| {
            (low.min(value), high.max(value))
        });
        if low.is_finite() && high.is_finite() {
            let scale = Scale::new((low, high), (16.0, width - 16.0));
            let ends = |(lower, upper): (Option<Decimal>, Option<Decimal>)| {
                (
                    lower.map_or(0.0, |value| scale.at(coordinate(value))),
                    upper.map_or(width, |value| scale.at(coordinate(value))),
                )
            };
            let (left, right) = ends(self.must);
            svg.put(format_args!(
                r#"<path class="axis" d="M0 18H240" stroke="currentColor" stroke-opacity=".35" fill="none"/>"#
            ));
            let least = (right - left).max(4.0);
            svg.put(format_args!(
                r#"<rect class="must" fill="currentColor" x="{}" y="4" width="{}" height="10" rx="2"/>"#,
                Short(f64::midpoint(left, right) - least / 2.0),
                Short(least)
            ));
            if self.stands.is_some() {
                let (left, right) = ends(stands);
                if right - left < 4.0 {
                    svg.put(format_args!(
                        r#"<path class="stands" fill="currentColor" d="M{} 20l7 7l-7 7l-7-7z"/>"#,
                        Short(f64::midpoint(left, right))
                    ));
                } else {
                    svg.put(format_args!(
                        r#"<rect class="stands" fill="none" stroke="currentColor" stroke-width="2.5" x="{}" y="23" width="{}" height="8"/>"#,
                        Short(left),
                        Short(right - left)
                    ));
                }
            }
        }
        svg.finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draw(must: (&str, &str), stands: Option<(&str, &str)>) -> String {
        let pair = |(lower, upper): (&str, &str)| (lower.parse().ok(), upper.parse().ok());
        IntervalBar {
            id: "i",
            title: "phải là",
            must: pair(must),
            stands: stands.map(pair),
        }
        .draw()
    }

    #[test]
    fn a_claim_outside_is_drawn_beside_the_range() {
        let svg = draw(("77.4", "80.5"), Some(("56.42", "56.42")));
        // The claim stands at the left edge of the scale, the range at its right end.
        assert!(svg.contains("M16 20l7 7"), "{svg}");
        assert!(
            svg.contains(r#"x="197.2""#) && svg.contains(r#"width="26.8""#),
            "{svg}"
        );
    }

    #[test]
    fn open_ends_run_to_the_edge_and_nothing_is_never_nan() {
        let svg = draw(("5", ""), Some(("2", "6")));
        assert!(svg.contains(r#"x="172" y="4" width="68""#), "{svg}");
        for svg in [draw(("", ""), None), draw(("5", "5"), Some(("5", "5")))] {
            assert!(!svg.contains("NaN") && !svg.contains("inf"), "{svg}");
        }
    }
}
