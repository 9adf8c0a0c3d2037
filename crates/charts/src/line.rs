//! A series with its baseline, the path to its targets, the targets and the results.

use terms::{Decimal, Language, TimePeriod, UnitMeasure};

use crate::scale::{Scale, Ticks, coordinate, period_years, year_of};
use crate::svg::{Escaped, Role, Short, Svg, open_link};

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

    fn draw_grid(svg: &mut Svg, frame: &Frame, y: &Scale, ticks: &Ticks, labels: &[String]) {
        svg.put(format_args!(
            r#"<g class="grid" stroke="currentColor" stroke-opacity=".18">"#
        ));
        for value in &ticks.values {
            let place = Short(y.at(coordinate(*value)));
            svg.put(format_args!(
                r#"<path d="M{} {place}H{}"/>"#,
                Short(frame.left),
                Short(frame.right)
            ));
        }
        svg.put(format_args!(
            r#"</g><g class="axis" text-anchor="end" font-size="12">"#
        ));
        for (value, label) in ticks.values.iter().zip(labels) {
            svg.put(format_args!(
                r#"<text x="{}" y="{}">{}</text>"#,
                Short(frame.left - 8.0),
                Short(y.at(coordinate(*value)) + 4.0),
                Escaped(label)
            ));
        }
        svg.put(format_args!("</g>"));
    }

    fn draw_years(svg: &mut Svg, frame: &Frame, x: &Scale, (first, last): (f64, f64)) {
        let width = x.at(first + 1.0) - x.at(first);
        // A label needs about 38 units: every year, every second, every fifth.
        let step = [1, 2, 5, 10, 20, 50]
            .into_iter()
            .find(|step| 38.0 <= width * f64::from(*step))
            .unwrap_or(100);
        svg.put(format_args!(
            r#"<g class="axis" text-anchor="middle" font-size="12">"#
        ));
        let mut year = first;
        // Whole years between the ends; counted down from the last, so that the due year always has its label.
        while year < last {
            let from_last = last - 1.0 - year;
            if (from_last % f64::from(step)).abs() < 0.5 {
                svg.put(format_args!(
                    r#"<text x="{}" y="{}">{:.0}</text>"#,
                    Short(x.at(year + 0.5)),
                    Short(frame.height - 9.0),
                    year
                ));
            }
            year += 1.0;
        }
        svg.put(format_args!("</g>"));
    }

    fn draw_today(&self, svg: &mut Svg, frame: &Frame, x: &Scale, (first, last): (f64, f64)) {
        let Some(today) = self
            .today
            .map(year_of)
            .filter(|today| first < *today && *today < last)
        else {
            return;
        };
        svg.put(format_args!(
            r#"<path class="today" stroke="currentColor" stroke-opacity=".5" stroke-dasharray="2 4" d="M{} {}V{}"/>"#,
            Short(x.at(today)),
            Short(frame.top),
            Short(frame.bottom)
        ));
    }

    /// Days outside the years of the series stand at its edge, so that none is lost.
    fn draw_days(&self, svg: &mut Svg, frame: &Frame, x: &Scale, (first, last): (f64, f64)) {
        for mark in self.days {
            let at = x.at(year_of(mark.day).clamp(first, last));
            svg.put(format_args!(
                r#"<g class="day"><title>{}</title><path stroke="currentColor" stroke-width="1.5" stroke-dasharray="6 3" d="M{} {}V{}"/><path fill="currentColor" d="M{} {}l5 8h-10z"/></g>"#,
                Escaped(&mark.label),
                Short(at),
                Short(frame.top),
                Short(frame.bottom),
                Short(at),
                Short(frame.bottom)
            ));
        }
    }

    fn draw_path(svg: &mut Svg, x: &Scale, y: &Scale, target: &TargetMark) {
        if target.path.len() < 2 {
            return;
        }
        let place = |step: &PathPoint, value: Decimal| {
            let (_, middle, _) = period_years(step.period);
            format!("{} {}", Short(x.at(middle)), Short(y.at(coordinate(value))))
        };
        let low: Vec<String> = target.path.iter().map(|step| place(step, step.low)).collect();
        if target.path.iter().any(|step| step.low != step.high) {
            let high: Vec<String> = target
                .path
                .iter()
                .rev()
                .map(|step| place(step, step.high))
                .collect();
            svg.put(format_args!(
                r#"<path class="path-band" fill="currentColor" fill-opacity=".12" d="M{}L{}Z"/>"#,
                low.join("L"),
                high.join("L")
            ));
        }
        svg.put(format_args!(
            r#"<path class="path" fill="none" stroke="currentColor" stroke-opacity=".6" stroke-dasharray="5 4" d="M{}"/>"#,
            low.join("L")
        ));
    }

    fn draw_target(svg: &mut Svg, x: &Scale, y: &Scale, target: &TargetMark) {
        let (start, _, end) = period_years(target.due);
        let (left, right) = (x.at(start), x.at(end));
        let low = y.at(coordinate(target.low));
        let close = open_link(svg, target.href.as_deref(), &target.label);
        svg.put(format_args!(
            r#"<g class="target"><title>{}</title>"#,
            Escaped(&target.label)
        ));
        if let Some(high) = target.high {
            let top = y.at(coordinate(high));
            svg.put(format_args!(
                r#"<rect class="target-band" fill="currentColor" fill-opacity=".25" x="{}" y="{}" width="{}" height="{}"/>"#,
                Short(left),
                Short(top),
                Short(right - left),
                Short((low - top).max(2.0))
            ));
        }
        svg.put(format_args!(
            r#"<path class="target-line" stroke="currentColor" stroke-width="3" d="M{} {}H{}"/>"#,
            Short(left),
            Short(low),
            Short(right)
        ));
        // A flag on the line tells a target from a result without colour.
        let middle = f64::midpoint(left, right);
        svg.put(format_args!(
            r#"<path class="target-flag" fill="currentColor" d="M{} {}v-15l11 4.5l-11 4.5z"/></g>{close}"#,
            Short(middle),
            Short(low)
        ));
    }

    /// A diamond tells a milestone from a result and from the target without colour.
    fn draw_milestones(svg: &mut Svg, x: &Scale, y: &Scale, target: &TargetMark) {
        for milestone in &target.milestones {
            let (_, middle, _) = period_years(milestone.period);
            svg.put(format_args!(
                r#"<g class="milestone"><title>{}</title><path fill="none" stroke="currentColor" stroke-width="2" d="M{} {}l6 6l-6 6l-6 -6z"/></g>"#,
                Escaped(&milestone.label),
                Short(x.at(middle)),
                Short(y.at(coordinate(milestone.value)) - 6.0)
            ));
        }
    }

    fn draw_results(&self, svg: &mut Svg, x: &Scale, y: &Scale) {
        let place = |point: &Point| {
            let (_, middle, _) = period_years(point.period);
            (x.at(middle), y.at(coordinate(point.value)))
        };
        // A line goes through one value a period, others of the same period stand beside it as dots; and it joins periods of
        // one length only: a quarter's flow says nothing of the way from one year to the next.
        let mut lengths: Vec<i32> = self.points.iter().map(|point| length(point.period)).collect();
        lengths.sort_unstable();
        lengths.dedup();
        for of_length in lengths {
            let mut through: Vec<&Point> = Vec::new();
            for point in self
                .points
                .iter()
                .filter(|point| length(point.period) == of_length)
            {
                if through
                    .last()
                    .is_none_or(|last| last.period.end() < point.period.start())
                {
                    through.push(point);
                }
            }
            if through.len() < 2 {
                continue;
            }
            let places: Vec<String> = through
                .iter()
                .map(|point| {
                    let (left, top) = place(point);
                    format!("{} {}", Short(left), Short(top))
                })
                .collect();
            svg.put(format_args!(
                r#"<path class="series" fill="none" stroke="currentColor" stroke-width="2" d="M{}"/>"#,
                places.join("L")
            ));
        }
        for point in self.points {
            let (left, top) = place(point);
            let close = open_link(svg, point.href.as_deref(), &point.label);
            let class = if point.estimated {
                "point estimated"
            } else {
                "point"
            };
            svg.put(format_args!(
                r#"<g class="{class}"><title>{}</title>"#,
                Escaped(&point.label)
            ));
            if let Some(upper) = point.upper {
                svg.put(format_args!(
                    r#"<path class="whisker" stroke="currentColor" d="M{} {}V{}"/>"#,
                    Short(left),
                    Short(top),
                    Short(y.at(coordinate(upper)))
                ));
            }
            if point.disputed {
                svg.put(format_args!(
                    r#"<circle class="ring" fill="none" stroke="currentColor" stroke-dasharray="2 2" cx="{}" cy="{}" r="9"/>"#,
                    Short(left),
                    Short(top)
                ));
            }
            let fill = if point.estimated {
                r#" fill="none" stroke="currentColor" stroke-width="2""#
            } else {
                ""
            };
            svg.put(format_args!(
                r#"<circle class="dot"{fill} cx="{0}" cy="{1}" r="4.5"/><circle class="hit" fill="none" pointer-events="all" cx="{0}" cy="{1}" r="13"/></g>{close}"#,
                Short(left),
                Short(top)
            ));
        }
    }
}

/// About how many months a period lasts: 12 for a year, leap or not; 0 for a day.
fn length(period: TimePeriod) -> i32 {
    (period.days() * 12 + 182) / 365
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
