//! A series in the space of a word.

use terms::{Decimal, TimePeriod};

use crate::scale::{Scale, coordinate, period_years};
use crate::svg::{Role, Short, Svg};

/// The results of a target as a small line, with the target as a dashed level.
#[derive(Debug, Clone, PartialEq)]
pub struct Sparkline<'a> {
    /// Stands once on the page.
    pub id: &'a str,
    /// What is read out: «Từ 8,6% (2024) đến 7,34% (2025)».
    pub title: &'a str,
    /// Oldest first.
    pub points: &'a [(TimePeriod, Decimal)],
    /// The level to be reached.
    pub target: Option<Decimal>,
}

const WIDTH: f64 = 104.0;
const HEIGHT: f64 = 30.0;

impl Sparkline<'_> {
    /// Draws it; of a single value there is a dot, of none an empty strip.
    pub fn draw(&self) -> String {
        let mut svg = Svg::open(self.id, "spark", (WIDTH, HEIGHT), self.title, "", Role::Image);
        let values = self.points.iter().map(|(_, value)| coordinate(*value));
        let (low, high) = values
            .chain(self.target.map(coordinate))
            .fold((f64::MAX, f64::MIN), |(low, high), value| {
                (low.min(value), high.max(value))
            });
        if low <= high {
            let y = Scale::new((low, high), (HEIGHT - 5.0, 5.0));
            let year = |period: &TimePeriod| period_years(*period).1;
            let first = self.points.first().map_or(0.0, |(period, _)| year(period));
            let last = self.points.last().map_or(1.0, |(period, _)| year(period));
            let x = Scale::new((first, last), (5.0, WIDTH - 7.0));
            if let Some(target) = self.target {
                svg.put(format_args!(
                    r#"<path class="level" stroke="currentColor" stroke-opacity=".5" stroke-dasharray="3 3" d="M0 {}H{}"/>"#,
                    Short(y.at(coordinate(target))),
                    Short(WIDTH)
                ));
            }
            let places: Vec<(f64, f64)> = self
                .points
                .iter()
                .map(|(period, value)| (x.at(year(period)), y.at(coordinate(*value))))
                .collect();
            if 1 < places.len() {
                let line: Vec<String> = places
                    .iter()
                    .map(|(left, top)| format!("{} {}", Short(*left), Short(*top)))
                    .collect();
                svg.put(format_args!(
                    r#"<path class="series" fill="none" stroke="currentColor" stroke-width="2" d="M{}"/>"#,
                    line.join("L")
                ));
            }
            if let Some((left, top)) = places.last() {
                svg.put(format_args!(
                    r#"<circle class="dot" cx="{}" cy="{}" r="3.5"/>"#,
                    Short(*left),
                    Short(*top)
                ));
            }
        }
        svg.finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn points(values: &[(&str, &str)]) -> Vec<(TimePeriod, Decimal)> {
        values
            .iter()
            .map(|(period, value)| (period.parse().unwrap(), value.parse().unwrap()))
            .collect()
    }

    fn draw(points: &[(TimePeriod, Decimal)], target: Option<&str>) -> String {
        let target = target.map(|target| target.parse().unwrap());
        Sparkline {
            id: "s1",
            title: "a < b",
            points,
            target,
        }
        .draw()
    }

    #[test]
    fn a_few_values_and_a_level() {
        insta::assert_snapshot!(draw(
            &points(&[("2023", "27"), ("2024", "21.29"), ("2025", "17.78")]),
            Some("17.66")
        ));
    }

    #[test]
    fn one_value_is_a_dot_and_none_is_empty() {
        let one = draw(&points(&[("2025", "17.78")]), None);
        assert!(one.contains("<circle") && !one.contains("NaN"), "{one}");
        let none = draw(&[], None);
        assert!(!none.contains("<circle") && none.contains("a &lt; b"), "{none}");
    }
}
