//! Data to SVG: drawings that can be read, printed, themed and heard.
//!
//! In reading order: [`svg`] writes elements and escapes text, [`scale`] turns values and periods into places and picks
//! round ticks, [`line`] draws a series with its targets, [`sparkline`] the same in the space of a word, [`bars`] how far
//! a target has come and how many have which status, [`interval`] what must be beside what is claimed, [`map`] areas from boundaries.
//!
//! Every drawing is `role="img"` with a title and a description (a map whose areas are links is a labelled group
//! instead). Nothing is told by colour alone: shapes, dashes and words tell it too. Looks come from the classes that a
//! style sheet gives; the attributes here are only what keeps a drawing readable without one, since the pages allow no
//! inline style. Coordinates are `f64`; the numbers that people read are written from exact decimals.

pub mod bars;
pub mod interval;
pub mod line;
pub mod map;
pub mod scale;
pub mod sparkline;
pub mod svg;

pub use bars::{Progress, Segment, StatusBar};
pub use interval::IntervalBar;
pub use line::{DayMark, LineChart, Milestone, PathPoint, Point, Size, TargetMark};
pub use map::{Area, Boundaries, Map, Shade};
pub use sparkline::Sparkline;
