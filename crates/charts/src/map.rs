//! Areas from boundaries: a map whose areas are links, or one that shows where an area lies.

use std::fmt::Write as _;

use geojson::{GeoJson, GeometryValue};

use crate::svg::{Escaped, Role, Short, Svg, open_link};

/// Boundaries that cannot be drawn.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The text is no GeoJSON.
    #[error("the boundaries are no GeoJSON")]
    Form(#[source] Box<geojson::Error>),
    /// A feature is no polygon, or has no `code`.
    #[error("feature {0} is no polygon with a “code”")]
    Feature(usize),
    /// There is nothing in it.
    #[error("the boundaries hold no feature")]
    Empty,
}

/// The areas of a GeoJSON file, projected once onto a paper of 1,000 units' greater side.
///
/// Equirectangular about the middle latitude: at a province's size no shape is off by more than a line's width.
#[derive(Debug, Clone, PartialEq)]
pub struct Boundaries {
    width: f64,
    height: f64,
    shapes: Vec<Shape>,
}

#[derive(Debug, Clone, PartialEq)]
struct Shape {
    code: String,
    rings: Vec<Vec<(f64, f64)>>,
    bounds: (f64, f64, f64, f64),
}

impl Boundaries {
    /// Reads a feature collection of polygons with a property `code`.
    ///
    /// # Errors
    /// [`Error`] says which feature is none.
    pub fn read(text: &str) -> Result<Self, Error> {
        let parsed: GeoJson = text.parse().map_err(|error| Error::Form(Box::new(error)))?;
        let GeoJson::FeatureCollection(collection) = parsed else {
            return Err(Error::Empty);
        };
        let mut found = Vec::new();
        for (index, feature) in collection.features.into_iter().enumerate() {
            let code = feature
                .property("code")
                .and_then(|code| code.as_str())
                .map(str::to_owned)
                .ok_or(Error::Feature(index))?;
            let polygons = match feature.geometry.map(|geometry| geometry.value) {
                Some(GeometryValue::Polygon { coordinates }) => vec![coordinates],
                Some(GeometryValue::MultiPolygon { coordinates }) => coordinates,
                _ => return Err(Error::Feature(index)),
            };
            let rings: Vec<Vec<(f64, f64)>> = polygons
                .into_iter()
                .flatten()
                .map(|ring| {
                    ring.iter()
                        .filter_map(|place| Some((*place.as_slice().first()?, *place.as_slice().get(1)?)))
                        .collect()
                })
                .collect();
            found.push((code, rings));
        }
        let (west, south, east, north) =
            bounds(found.iter().flat_map(|(_, rings)| rings.iter().flatten())).ok_or(Error::Empty)?;
        let narrowing = f64::midpoint(south, north).to_radians().cos();
        let (wide, high) = ((east - west) * narrowing, north - south);
        let unit = 1000.0 / wide.max(high).max(f64::EPSILON);
        let project = |(longitude, latitude): &(f64, f64)| {
            ((longitude - west) * narrowing * unit, (north - latitude) * unit)
        };
        let shapes = found
            .into_iter()
            .map(|(code, rings)| {
                let rings: Vec<Vec<_>> = rings
                    .iter()
                    .map(|ring| ring.iter().map(project).collect())
                    .collect();
                let bounds = bounds(rings.iter().flatten()).unwrap_or_default();
                Shape { code, rings, bounds }
            })
            .collect();
        Ok(Self {
            width: wide * unit,
            height: high * unit,
            shapes,
        })
    }

    /// The codes of the areas, in the order of the file.
    pub fn codes(&self) -> impl Iterator<Item = &str> {
        self.shapes.iter().map(|shape| shape.code.as_str())
    }
}

fn bounds<'a>(places: impl Iterator<Item = &'a (f64, f64)>) -> Option<(f64, f64, f64, f64)> {
    places.fold(None, |bounds, (x, y)| match bounds {
        None => Some((*x, *y, *x, *y)),
        Some((left, top, right, bottom)) => Some((left.min(*x), top.min(*y), right.max(*x), bottom.max(*y))),
    })
}

/// How an area is shaded: a class of the style sheet, and the same as an opacity for paper without one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Shade {
    /// Nothing is known: hatched by the style sheet.
    #[default]
    Unknown,
    /// The lowest of five classes.
    One,
    /// The second.
    Two,
    /// The third.
    Three,
    /// The fourth.
    Four,
    /// The highest.
    Five,
    /// The area that the page is about.
    Here,
}

impl Shade {
    /// The class for the style sheet.
    pub const fn class(self) -> &'static str {
        match self {
            Shade::Unknown => "q0",
            Shade::One => "q1",
            Shade::Two => "q2",
            Shade::Three => "q3",
            Shade::Four => "q4",
            Shade::Five => "q5",
            Shade::Here => "here",
        }
    }

    const fn opacity(self) -> &'static str {
        match self {
            Shade::Unknown => ".04",
            Shade::One => ".12",
            Shade::Two => ".25",
            Shade::Three => ".4",
            Shade::Four => ".55",
            Shade::Five => ".7",
            Shade::Here => ".85",
        }
    }

    /// The class of a value among sorted limits: at most four limits make five classes.
    pub fn of<T: PartialOrd>(value: &T, limits: &[T]) -> Self {
        match limits.iter().filter(|limit| *limit <= value).count() {
            0 => Shade::One,
            1 => Shade::Two,
            2 => Shade::Three,
            3 => Shade::Four,
            _ => Shade::Five,
        }
    }
}

/// What is drawn of an area.
#[derive(Debug, Clone, PartialEq)]
pub struct Area {
    /// Which, by the code of the boundaries.
    pub code: String,
    /// What is read out and shown on pointing: «Xã Sín Thầu: 162,1 km²».
    pub label: String,
    /// Its name on the map, where there is room; none leaves it off.
    pub name: Option<String>,
    /// Its page.
    pub href: Option<String>,
    /// Its shade.
    pub shade: Shade,
}

/// A map.
#[derive(Debug, Clone, PartialEq)]
pub struct Map<'a> {
    /// Stands once on the page.
    pub id: &'a str,
    /// What the map shows.
    pub title: &'a str,
    /// The same in a sentence, for those who hear it.
    pub description: &'a str,
    /// The boundaries.
    pub boundaries: &'a Boundaries,
    /// What to draw of each area; areas that are not named here are drawn without a label.
    pub areas: &'a [Area],
    /// How fine the lines are, in units of the paper: 1 for a large map, 3 and more for a small one.
    pub grain: f64,
}

impl Map<'_> {
    /// Draws the map. Where an area has a page the map is a labelled group of links, otherwise an image.
    pub fn draw(&self) -> String {
        let linked = self.areas.iter().any(|area| area.href.is_some());
        let margin = 4.0;
        let size = (
            self.boundaries.width + 2.0 * margin,
            self.boundaries.height + 2.0 * margin,
        );
        let role = Role::of(linked);
        let mut svg = Svg::open(self.id, "map", size, self.title, self.description, role);
        svg.put(format_args!(
            r#"<g transform="translate({} {})" stroke="currentColor" stroke-opacity=".5" fill-rule="evenodd">"#,
            Short(margin),
            Short(margin)
        ));
        // The page's own area last, so that its outline lies above its neighbours'.
        let mut order: Vec<&Shape> = self.boundaries.shapes.iter().collect();
        order.sort_by_key(|shape| self.area(shape).is_some_and(|area| area.shade == Shade::Here));
        for shape in order {
            self.draw_shape(&mut svg, shape);
        }
        svg.put(format_args!("</g>"));
        self.draw_names(&mut svg, margin);
        svg.finish()
    }

    fn area(&self, shape: &Shape) -> Option<&Area> {
        self.areas.iter().find(|area| area.code == shape.code)
    }

    fn draw_shape(&self, svg: &mut Svg, shape: &Shape) {
        let outline = outline(&shape.rings, self.grain);
        let Some(area) = self.area(shape) else {
            svg.put(format_args!(
                r#"<path class="area" fill="currentColor" fill-opacity=".04" d="{outline}"/>"#
            ));
            return;
        };
        let close = open_link(svg, area.href.as_deref(), &area.label);
        svg.put(format_args!(
            r#"<path class="area {}" fill="currentColor" fill-opacity="{}" d="{outline}"><title>{}</title></path>{close}"#,
            area.shade.class(),
            area.shade.opacity(),
            Escaped(&area.label)
        ));
    }

    fn draw_names(&self, svg: &mut Svg, margin: f64) {
        if self.areas.iter().all(|area| area.name.is_none()) {
            return;
        }
        svg.put(format_args!(
            r#"<g class="names" text-anchor="middle" font-size="15" aria-hidden="true">"#
        ));
        for shape in &self.boundaries.shapes {
            let Some(name) = self.area(shape).and_then(|area| area.name.as_deref()) else {
                continue;
            };
            let (x, y) = inner_point(shape);
            let (left, _, right, _) = shape.bounds;
            let letters = f64::from(u32::try_from(name.chars().count()).unwrap_or(99));
            if letters * 7.4 <= (right - left) * 1.15 {
                svg.put(format_args!(
                    r#"<text x="{}" y="{}">{}</text>"#,
                    Short(x + margin),
                    Short(y + margin + 5.0),
                    Escaped(name)
                ));
                continue;
            }
            // Too narrow for one line: a line a word; too small for that: no name, the label still tells it.
            let words: Vec<&str> = name.split_whitespace().collect();
            let rows = f64::from(u32::try_from(words.len()).unwrap_or(1));
            let longest = words
                .iter()
                .map(|word| word.chars().count())
                .max()
                .unwrap_or_default();
            let longest = f64::from(u32::try_from(longest).unwrap_or(99)) * 7.4;
            let (_, top, _, bottom) = shape.bounds;
            if right - left < longest * 1.1 || bottom - top < rows * 17.0 {
                continue;
            }
            for (row, word) in words.iter().enumerate() {
                let row = f64::from(u32::try_from(row).unwrap_or_default());
                svg.put(format_args!(
                    r#"<text x="{}" y="{}">{}</text>"#,
                    Short(x + margin),
                    Short(y + margin + 5.0 + (row - (rows - 1.0) / 2.0) * 15.0),
                    Escaped(word)
                ));
            }
        }
        svg.put(format_args!("</g>"));
    }
}

/// The outline as a path of whole or half units, relative, points closer than the grain left out.
///
/// Rounding is by place alone, so neighbours that share a vertex still share it.
fn outline(rings: &[Vec<(f64, f64)>], grain: f64) -> String {
    let mut path = String::new();
    for ring in rings {
        let mut places: Vec<(i64, i64)> = Vec::with_capacity(ring.len());
        for (x, y) in ring {
            #[expect(clippy::cast_possible_truncation, reason = "the paper is 1,000 units wide")]
            let place = ((x / grain).round() as i64, (y / grain).round() as i64);
            if places.last() != Some(&place) {
                places.push(place);
            }
        }
        if places.len() < 4 {
            continue;
        }
        places.pop_if(|last| Some(&*last) == ring_start(ring, grain).as_ref());
        let mut last: Option<(i64, i64)> = None;
        for (x, y) in places {
            match last {
                None => write!(path, "M{} {}l", units(x, grain), units(y, grain)),
                Some((px, py)) => write!(path, "{},{} ", units(x - px, grain), units(y - py, grain)),
            }
            .expect("writing to a string does not fail");
            last = Some((x, y));
        }
        let trimmed = path.trim_end().len();
        path.truncate(trimmed);
        path.push('z');
    }
    path
}

fn ring_start(ring: &[(f64, f64)], grain: f64) -> Option<(i64, i64)> {
    #[expect(clippy::cast_possible_truncation, reason = "the paper is 1,000 units wide")]
    ring.first()
        .map(|(x, y)| ((x / grain).round() as i64, (y / grain).round() as i64))
}

#[expect(clippy::cast_precision_loss, reason = "the paper is 1,000 units wide")]
fn units(steps: i64, grain: f64) -> Short {
    Short(steps as f64 * grain)
}

/// A point well inside the greatest ring: the middle of the widest stretch on the middle line.
fn inner_point(shape: &Shape) -> (f64, f64) {
    let (left, top, right, bottom) = shape.bounds;
    let fallback = (f64::midpoint(left, right), f64::midpoint(top, bottom));
    let Some(ring) = shape.rings.iter().max_by_key(|ring| ring.len()) else {
        return fallback;
    };
    let mut best = (0.0, fallback);
    for share in [0.35, 0.42, 0.5, 0.58, 0.65] {
        let y = top + (bottom - top) * share;
        let mut crossings: Vec<f64> = ring
            .iter()
            .zip(ring.iter().cycle().skip(1))
            .filter(|(a, b)| (a.1 <= y) != (b.1 <= y))
            .map(|(a, b)| a.0 + (y - a.1) / (b.1 - a.1) * (b.0 - a.0))
            .collect();
        crossings.sort_by(f64::total_cmp);
        for pair in crossings.chunks_exact(2) {
            // A stretch in the middle is worth a little more than one of the same width at the rim.
            let worth = (pair[1] - pair[0]) * (1.0 - (share - 0.5_f64).abs());
            if best.0 < worth {
                best = (worth, (f64::midpoint(pair[0], pair[1]), y));
            }
        }
    }
    best.1
}

#[cfg(test)]
mod tests {
    use super::*;

    const TWO: &str = r#"{"type":"FeatureCollection","features":[
        {"type":"Feature","properties":{"code":"A"},"geometry":{"type":"Polygon","coordinates":[[[103,21],[103.5,21],[103.5,21.5],[103,21.5],[103,21]]]}},
        {"type":"Feature","properties":{"code":"B"},"geometry":{"type":"Polygon","coordinates":[[[103.5,21],[104,21],[104,21.5],[103.5,21.5],[103.5,21]]]}}]}"#;

    fn draw(areas: &[Area]) -> String {
        let boundaries = Boundaries::read(TWO).unwrap();
        Map {
            id: "m",
            title: "Hai xã",
            description: "A và B",
            boundaries: &boundaries,
            areas,
            grain: 1.0,
        }
        .draw()
    }

    #[test]
    fn two_areas_one_a_link() {
        insta::assert_snapshot!(draw(&[Area {
            code: "A".to_owned(),
            label: "Xã A: 12 km²".to_owned(),
            name: Some("A".to_owned()),
            href: Some("/vi/dia-ban/A".to_owned()),
            shade: Shade::Here,
        }]));
    }

    #[test]
    fn without_links_it_is_an_image_with_its_description() {
        let map = draw(&[]);
        assert!(map.contains(r#"role="img""#) && map.contains("<desc"), "{map}");
    }

    #[test]
    fn the_provinces_and_the_communes_of_the_reference_data_can_be_drawn() {
        let provinces = Boundaries::read(include_str!("../../../data/boundaries/VN.geojson")).unwrap();
        assert_eq!(provinces.codes().count(), 34);
        let communes = Boundaries::read(include_str!("../../../data/boundaries/VN-11.geojson")).unwrap();
        assert_eq!(communes.codes().count(), 45);
        let map = Map {
            id: "m",
            title: "t",
            description: "d",
            boundaries: &communes,
            areas: &[],
            grain: 1.0,
        }
        .draw();
        assert_eq!(map.matches("<path").count(), 45);
        assert!(map.len() < 60_000, "{} bytes", map.len());
        for shape in &communes.shapes {
            let (x, y) = inner_point(shape);
            let (left, top, right, bottom) = shape.bounds;
            assert!(left < x && x < right && top < y && y < bottom, "{}", shape.code);
        }
    }

    #[test]
    fn what_is_no_map_is_refused() {
        assert!(matches!(Boundaries::read("no"), Err(Error::Form(_))));
        assert!(matches!(
            Boundaries::read(r#"{"type":"FeatureCollection","features":[]}"#),
            Err(Error::Empty)
        ));
        let without_code = TWO.replace(r#""code":"B""#, r#""name":"B""#);
        assert!(matches!(Boundaries::read(&without_code), Err(Error::Feature(1))));
    }

    #[test]
    fn shades_split_at_their_limits() {
        let limits = [100, 150, 200, 300];
        assert_eq!(Shade::of(&99, &limits), Shade::One);
        assert_eq!(Shade::of(&100, &limits), Shade::Two);
        assert_eq!(Shade::of(&1000, &limits), Shade::Five);
    }
}
