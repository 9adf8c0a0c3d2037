//! The ground of the chart: values, years, today, and days on which something happened.

use super::{Frame, LineChart};
use crate::scale::{Scale, Ticks, coordinate, year_of};
use crate::svg::{Escaped, Short, Svg};

impl LineChart<'_> {
    pub(super) fn draw_grid(svg: &mut Svg, frame: &Frame, y: &Scale, ticks: &Ticks, labels: &[String]) {
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

    pub(super) fn draw_years(svg: &mut Svg, frame: &Frame, x: &Scale, (first, last): (f64, f64)) {
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

    pub(super) fn draw_today(&self, svg: &mut Svg, frame: &Frame, x: &Scale, (first, last): (f64, f64)) {
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
    pub(super) fn draw_days(&self, svg: &mut Svg, frame: &Frame, x: &Scale, (first, last): (f64, f64)) {
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
}
