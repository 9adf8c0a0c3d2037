//! A series with its baseline, the path to its targets, the targets and the results.

mod axes;
mod marks;

use terms::{Decimal, Language, TimePeriod, UnitMeasure};

use crate::scale::{Scale, Ticks, period_years};
use crate::svg::{Role, Svg};

/// For which width the chart is drawn: text keeps its size on the screen, so a phone gets a drawing of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Size {
    /// 720 × 340, for tablets, desks and paper.
    Wide,
    /// 340 × 300, for phones.
    Narrow,
}

/// A result.
#[derive(Debug, Clone, PartialEq)]
pub struct Point {
    /// Of when.
    pub period: TimePeriod,
    /// The value; of a range its lower end.
    pub value: Decimal,
    /// The upper end of a range.
    pub upper: Option<Decimal>,
    /// Estimated or forecast: drawn hollow.
    pub estimated: bool,
    /// Another source tells another value: drawn with a ring.
    pub disputed: bool,
    /// What is read out and shown on pointing: «năm 2025: 7,34% (ước tính)».
    pub label: String,
    /// Where its sentence can be read.
    pub href: Option<String>,
}

/// One step of the path from baseline to target.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PathPoint {
    /// Of when.
    pub period: TimePeriod,
    /// The lower end of what is expected then.
    pub low: Decimal,
    /// The upper end; the same where the target is one value.
    pub high: Decimal,
}

/// A target: a line or band over the period in which it is due.
#[derive(Debug, Clone, PartialEq)]
pub struct TargetMark {
    /// By when, or over which span.
    pub due: TimePeriod,
    /// The value, or the lower end.
    pub low: Decimal,
    /// The upper end of a range.
    pub high: Option<Decimal>,
    /// What is read out and shown on pointing.
    pub label: String,
    /// Where its sentence can be read.
    pub href: Option<String>,
    /// The path to it.
    pub path: Vec<PathPoint>,
    /// Values due on the way, drawn as diamonds.
    pub milestones: Vec<Milestone>,
}

/// A value due on the way to a target.
#[derive(Debug, Clone, PartialEq)]
pub struct Milestone {
    /// By when.
    pub period: TimePeriod,
    /// The value.
    pub value: Decimal,
    /// What is read out and shown on pointing.
    pub label: String,
}

/// A day on which something happened that the series may show, or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayMark {
    /// The day.
    pub day: terms::Date,
    /// What is read out and shown on pointing: «giao ngày 10/1/2026».
    pub label: String,
}

/// The chart of a series.
#[derive(Debug, Clone, PartialEq)]
pub struct LineChart<'a> {
    /// Stands once on the page.
    pub id: &'a str,
    /// What the chart shows.
    pub title: &'a str,
    /// The same in a sentence or two, for those who hear it.
    pub description: &'a str,
    /// For the numbers on the axes.
    pub language: Language,
    /// For the numbers on the axes.
    pub unit: &'a UnitMeasure,
    /// Oldest first.
    pub points: &'a [Point],
    /// Any order.
    pub targets: &'a [TargetMark],
    /// The day of today, drawn as a thin line.
    pub today: Option<terms::Date>,
    /// Days on which something happened, drawn as thin lines with a mark at their foot.
    pub days: &'a [DayMark],
    /// For which width.
    pub size: Size,
}

struct Frame {
    height: f64,
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
}

impl LineChart<'_> {
    /// Draws the chart; without any value it is an empty frame, which the caller should rather say in words.
    pub fn draw(&self) -> String {
        let (width, height) = match self.size {
            Size::Wide => (720.0, 340.0),
            Size::Narrow => (340.0, 300.0),
        };
        let ticks = self.value_ticks();
        let labels: Vec<String> = ticks
            .values
            .iter()
            .map(|value| i18n::short_quantity(self.language, *value, self.unit))
            .collect();
        let longest = labels
            .iter()
            .map(|label| label.chars().count())
            .max()
            .unwrap_or_default();
        let digits = f64::from(u32::try_from(longest).unwrap_or(12).min(14));
        let frame = Frame {
            height,
            left: digits.mul_add(7.2, 12.0),
            right: width - 14.0,
            top: 14.0,
            bottom: height - 30.0,
        };
        let (first, last) = self.years();
        let x = Scale::new((first, last), (frame.left, frame.right));
        let y = Scale::new(ticks.ends(), (frame.bottom, frame.top));

        let class = match self.size {
            Size::Wide => "chart chart-wide",
            Size::Narrow => "chart chart-narrow",
        };
        let linked = self.points.iter().any(|point| point.href.is_some())
            || self.targets.iter().any(|target| target.href.is_some());
        let role = Role::of(linked);
        let mut svg = Svg::open(
            self.id,
            class,
            (width, height),
            self.title,
            self.description,
            role,
        );
        Self::draw_grid(&mut svg, &frame, &y, &ticks, &labels);
        Self::draw_years(&mut svg, &frame, &x, (first, last));
        self.draw_today(&mut svg, &frame, &x, (first, last));
        self.draw_days(&mut svg, &frame, &x, (first, last));
        for target in self.targets {
            Self::draw_path(&mut svg, &x, &y, target);
        }
        for target in self.targets {
            Self::draw_target(&mut svg, &x, &y, target);
            Self::draw_milestones(&mut svg, &x, &y, target);
        }
        self.draw_results(&mut svg, &x, &y);
        svg.finish()
    }

    fn value_ticks(&self) -> Ticks {
        let results = self
            .points
            .iter()
            .flat_map(|point| [Some(point.value), point.upper]);
        let targets = self
            .targets
            .iter()
            .flat_map(|target| [Some(target.low), target.high]);
        let path = self.targets.iter().flat_map(|target| {
            target
                .path
                .iter()
                .flat_map(|step| [Some(step.low), Some(step.high)])
        });
        let milestones = self
            .targets
            .iter()
            .flat_map(|target| target.milestones.iter().map(|milestone| Some(milestone.value)));
        let values: Vec<Decimal> = results
            .chain(targets)
            .chain(path)
            .chain(milestones)
            .flatten()
            .collect();
        let low = values.iter().copied().min().unwrap_or(Decimal::ZERO);
        let high = values.iter().copied().max().unwrap_or(Decimal::ONE);
        // A scale that starts at zero tells sizes truly; where the values lie far from zero it would hide every change.
        let low = if Decimal::ZERO <= low && low * Decimal::TWO < high {
            Decimal::ZERO
        } else {
            low
        };
        let padding = (high - low) / Decimal::from(12);
        let low = if low.is_zero() { low } else { low - padding };
        Ticks::around(low, high + padding, if self.size == Size::Wide { 5 } else { 4 })
    }

    /// The first and last year shown, whole years.
    fn years(&self) -> (f64, f64) {
        let ends = self
            .points
            .iter()
            .map(|point| period_years(point.period))
            .chain(self.targets.iter().map(|target| period_years(target.due)))
            .chain(
                self.targets
                    .iter()
                    .flat_map(|target| target.path.iter().map(|step| period_years(step.period))),
            );
        let (first, last) = ends.fold((f64::MAX, f64::MIN), |(first, last), (start, _, end)| {
            (first.min(start), last.max(end))
        });
        if last < first {
            return (2025.0, 2026.0);
        }
        (first.floor(), (last - 1e-6).ceil().max(first.floor() + 1.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    pub(crate) fn growth(size: Size) -> String {
        let number = |text: &str| text.parse::<Decimal>().unwrap();
        let period = |text: &str| text.parse::<TimePeriod>().unwrap();
        let points = [
            ("2021", "7.5", false, false),
            ("2022", "8.1", false, false),
            ("2023", "7.1", false, false),
            ("2024", "8.51", false, true),
            ("2025", "7.34", true, false),
        ]
        .map(|(when, value, estimated, disputed)| Point {
            period: period(when),
            value: number(value),
            upper: None,
            estimated,
            disputed,
            label: format!("{when}: {value}%"),
            href: Some(format!("/vi/van-ban/1?figure=1.{when}")),
        });
        let targets = [TargetMark {
            due: period("2026/2030"),
            low: number("10"),
            high: Some(number("11")),
            label: "giai đoạn 2026–2030: 10–11%".to_owned(),
            href: None,
            path: vec![
                PathPoint {
                    period: period("2025"),
                    low: number("7.34"),
                    high: number("7.34"),
                },
                PathPoint {
                    period: period("2026"),
                    low: number("10"),
                    high: number("11"),
                },
            ],
            milestones: vec![Milestone {
                period: period("2027"),
                value: number("10.2"),
                label: "năm 2027: 10,2%".to_owned(),
            }],
        }];
        LineChart {
            id: "c1",
            title: "Tốc độ tăng trưởng GRDP",
            description: "Từ 7,5% năm 2021 đến 7,34% năm 2025; chỉ tiêu 10–11%.",
            language: Language::Vi,
            unit: &UnitMeasure::PERCENT,
            points: &points,
            targets: &targets,
            today: Some(terms::Date::constant(2026, 3, 1)),
            days: &[],
            size,
        }
        .draw()
    }

    #[test]
    fn a_series_with_its_targets_wide() {
        insta::assert_snapshot!(growth(Size::Wide));
    }

    #[test]
    fn a_series_with_its_targets_narrow() {
        insta::assert_snapshot!(growth(Size::Narrow));
    }

    #[test]
    fn a_title_cannot_break_out_of_the_drawing() {
        let chart = LineChart {
            id: "x",
            title: "</title><script>alert(1)</script>",
            description: "",
            language: Language::En,
            unit: &UnitMeasure::VND,
            points: &[],
            targets: &[],
            today: None,
            days: &[],
            size: Size::Wide,
        };
        let drawn = chart.draw();
        assert!(!drawn.contains("<script>"), "{drawn}");
        assert!(!drawn.contains("NaN") && !drawn.contains("inf"), "{drawn}");
    }

    #[test]
    fn a_line_joins_years_with_years_and_quarters_with_quarters() {
        let point = |period: &str, value: i64| Point {
            period: period.parse().unwrap(),
            value: Decimal::from(value),
            upper: None,
            estimated: false,
            disputed: false,
            label: String::new(),
            href: None,
        };
        let points = [
            point("2023", 100),
            point("2024", 110),
            point("2025-Q1", 20),
            point("2025-Q2", 30),
            point("2025", 120),
        ];
        let drawn = LineChart {
            id: "x",
            title: "",
            description: "",
            language: Language::Vi,
            unit: &UnitMeasure::VND,
            points: &points,
            targets: &[],
            today: None,
            days: &[],
            size: Size::Wide,
        }
        .draw();
        let lines: Vec<usize> = drawn
            .split("class=\"series\"")
            .skip(1)
            .map(|rest| 1 + rest[..rest.find("/>").unwrap()].matches('L').count())
            .collect();
        assert_eq!(lines, [2, 3], "two quarters, three years");
    }
}
