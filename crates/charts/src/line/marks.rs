//! What stands on the ground: paths, targets with their milestones, results.

use terms::{Decimal, TimePeriod};

use super::{LineChart, PathPoint, Point, TargetMark};
use crate::scale::{Scale, coordinate, period_years};
use crate::svg::{Escaped, Short, Svg, open_link};

impl LineChart<'_> {
    pub(super) fn draw_path(svg: &mut Svg, x: &Scale, y: &Scale, target: &TargetMark) {
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

    pub(super) fn draw_target(svg: &mut Svg, x: &Scale, y: &Scale, target: &TargetMark) {
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
    pub(super) fn draw_milestones(svg: &mut Svg, x: &Scale, y: &Scale, target: &TargetMark) {
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

    pub(super) fn draw_results(&self, svg: &mut Svg, x: &Scale, y: &Scale) {
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
