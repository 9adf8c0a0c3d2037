//! The reference data that the program carries: catalogue, aliases, administrative units, and look-ups in them.

use std::cell::OnceCell;
use std::collections::HashMap;

use terms::{Diagnostic, IndicatorCode, Language, Place, RefArea};

/// The catalogue of indicators.
pub(crate) const INDICATORS: &str = include_str!("../../../data/indicators.csv");
/// The words by which texts name them.
pub(crate) const ALIASES: &str = include_str!("../../../data/indicator_aliases.csv");
/// The administrative units of Việt Nam.
pub(crate) const UNITS: &str = include_str!("../../../data/units.csv");
/// Which units took over from which, and when.
pub(crate) const SUCCESSIONS: &str = include_str!("../../../data/successions.csv");

/// One administrative unit, as far as the command line names it.
struct Unit {
    name_vi: String,
    name_en: String,
    kind: String,
    ended: bool,
    level: String,
    parent: String,
}

/// Places by code and by name.
pub(crate) struct Places {
    units: HashMap<String, Unit>,
    /// Codes by folded name; made when the first name is asked for, since most are asked for by code.
    names: OnceCell<HashMap<String, Vec<String>>>,
}

impl Places {
    /// The places of [`UNITS`].
    ///
    /// # Errors
    /// Where the table is not as it should be, which a test excludes.
    pub(crate) fn load() -> anyhow::Result<Self> {
        let mut table = csv::Reader::from_reader(UNITS.as_bytes());
        let column: HashMap<String, usize> = table
            .headers()?
            .iter()
            .enumerate()
            .map(|(at, name)| (name.to_owned(), at))
            .collect();
        let at = |name: &str| {
            column
                .get(name)
                .copied()
                .ok_or_else(|| anyhow::anyhow!("units.csv has no column {name}"))
        };
        let (code, parent, level, vi, en, kind, end) = (
            at("code")?,
            at("parent")?,
            at("level")?,
            at("name_vi")?,
            at("name_en")?,
            at("type")?,
            at("valid_to")?,
        );
        let mut places = Places {
            units: HashMap::new(),
            names: OnceCell::new(),
        };
        for row in table.records() {
            let row = row?;
            let cell = |at: usize| row.get(at).unwrap_or_default().to_owned();
            let unit = Unit {
                name_vi: cell(vi),
                name_en: cell(en),
                kind: cell(kind),
                ended: !cell(end).is_empty(),
                level: cell(level),
                parent: cell(parent),
            };
            places.units.insert(cell(code), unit);
        }
        Ok(places)
    }

    fn names(&self) -> &HashMap<String, Vec<String>> {
        self.names.get_or_init(|| {
            let mut names: HashMap<String, Vec<String>> = HashMap::new();
            for (code, unit) in &self.units {
                let full = format!("{} {}", unit.kind, unit.name_vi);
                let mut keys = [key(&unit.name_vi), key(&unit.name_en), key(&full)];
                keys.sort_unstable();
                for (at, key) in keys.iter().enumerate() {
                    if at == 0 || keys[at - 1] != *key {
                        names.entry(key.clone()).or_default().push(code.clone());
                    }
                }
            }
            for codes in names.values_mut() {
                codes.sort_unstable();
            }
            names
        })
    }

    /// The place that a code or a name stands for.
    ///
    /// The country and provinces come before communes of the same name, units of today before those that ended. A former province stays the name as written, a former district or commune becomes its province, since
    /// that is how figures name them.
    ///
    /// # Errors
    /// A diagnostic at `place` where there is no such place, or several.
    pub(crate) fn find(&self, text: &str, place: &Place) -> Result<RefArea, Box<Diagnostic>> {
        let text = text.trim().trim_matches('"');
        if self.units.contains_key(text) {
            return Ok(RefArea::new(text));
        }
        let unknown = || Box::new(Diagnostic::error("place-unknown", place.clone()).with("found", text));
        let names = self.names();
        let codes = names
            .get(&key(text))
            .or_else(|| names.get(&key(without_type(text))))
            .ok_or_else(unknown)?;
        let rank = |code: &String| -> u8 {
            let unit = &self.units[code];
            match (unit.level.as_str(), unit.ended) {
                ("country", _) => 0,
                ("province", false) => 1,
                ("province", true) => 2,
                (_, false) => 3,
                ("district", true) => 4,
                (_, true) => 5,
            }
        };
        let best = codes.iter().map(rank).min().ok_or_else(unknown)?;
        let named: Vec<&String> = codes.iter().filter(|code| rank(code) == best).collect();
        match named.as_slice() {
            [code] => Ok(self.as_written(code, text)),
            several => {
                let codes: Vec<&str> = several.iter().take(8).map(|code| code.as_str()).collect();
                let more = if codes.len() < several.len() { ", …" } else { "" };
                Err(Box::new(
                    Diagnostic::error("place-ambiguous", place.clone())
                        .with("found", text)
                        .with("codes", format!("{}{more}", codes.join(", "))),
                ))
            }
        }
    }

    fn as_written(&self, code: &str, text: &str) -> RefArea {
        let unit = &self.units[code];
        match (unit.ended, unit.level.as_str()) {
            (false, _) => RefArea::new(code),
            (true, "province") => RefArea::new(text),
            (true, _) => {
                let above = self
                    .units
                    .get(&unit.parent)
                    .map_or("", |above| above.level.as_str());
                if above == "province" {
                    RefArea::new(unit.parent.as_str())
                } else {
                    RefArea::new(
                        self.units
                            .get(&unit.parent)
                            .map_or(text, |district| district.parent.as_str()),
                    )
                }
            }
        }
    }

    /// What people call a place: the name of its unit, or the name that it is given by.
    pub(crate) fn name(&self, place: &RefArea, language: Language) -> String {
        match self.units.get(place.as_str()) {
            Some(unit) if language == Language::En => unit.name_en.clone(),
            Some(unit) => unit.name_vi.clone(),
            None => place.to_string(),
        }
    }
}

/// A name without case, marks and surplus spaces.
fn key(name: &str) -> String {
    let folded = i18n::sort::fold(name);
    folded.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A name without the words that say what it is: «tỉnh», «TP.», `Province`, `City`.
fn without_type(text: &str) -> &str {
    let mut name = text.trim();
    for word in [
        "tỉnh ",
        "thành phố ",
        "tp. ",
        "tp ",
        "tp.",
        "xã ",
        "phường ",
        "huyện ",
        "the ",
    ] {
        if let Some(head) = name.get(..word.len())
            && head.to_lowercase() == word
        {
            name = name[word.len()..].trim();
        }
    }
    for word in [" province", " city", " commune", " ward"] {
        let cut = name.len().saturating_sub(word.len());
        if let Some(tail) = name.get(cut..)
            && tail.to_lowercase() == word
        {
            name = name[..cut].trim();
        }
    }
    name
}

/// What people call each indicator.
pub(crate) struct IndicatorNames(HashMap<String, [String; 2]>);

impl IndicatorNames {
    /// The names of [`INDICATORS`].
    ///
    /// # Errors
    /// Where the table is not as it should be, which a test excludes.
    pub(crate) fn load() -> anyhow::Result<Self> {
        let mut table = csv::Reader::from_reader(INDICATORS.as_bytes());
        let headers = table.headers()?.clone();
        let at = |name: &str| {
            let found = headers.iter().position(|header| header == name);
            found.ok_or_else(|| anyhow::anyhow!("indicators.csv has no column {name}"))
        };
        let (code, vi, en) = (at("code")?, at("name_vi")?, at("name_en")?);
        let mut names = HashMap::new();
        for row in table.records() {
            let row = row?;
            let cell = |at: usize| row.get(at).unwrap_or_default().to_owned();
            names.insert(cell(code), [cell(vi), cell(en)]);
        }
        Ok(Self(names))
    }

    /// The name of an indicator, or its code where it has none.
    pub(crate) fn get(&self, code: &IndicatorCode, language: Language) -> &str {
        let at = usize::from(language == Language::En);
        // The map holds both names for each code of the catalogue; any other code shows itself.
        self.0.get(code.as_str()).map_or("", |names| names[at].as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Result<String, &'static str> {
        let places = Places::load().unwrap();
        places
            .find(text, &Place::default())
            .map(|area| area.to_string())
            .map_err(|diagnostic| diagnostic.code)
    }

    #[test]
    fn a_place_is_a_code_or_a_name() {
        assert_eq!(found("VN-11-03158").as_deref(), Ok("VN-11-03158"));
        assert_eq!(found("Điện Biên").as_deref(), Ok("VN-11"));
        assert_eq!(found("tinh dien bien").as_deref(), Ok("VN-11"));
        assert_eq!(found("Lao Cai Province").as_deref(), Ok("VN-15"));
        assert_eq!(found("Viet Nam").as_deref(), Ok("VN"));
        assert_eq!(found("xã Sín Thầu").as_deref(), Ok("VN-11-03158"));
    }

    #[test]
    fn a_former_province_stays_as_written() {
        assert_eq!(found("Quang Nam").as_deref(), Ok("Quang Nam"));
        assert_eq!(found("Bình Thuận").as_deref(), Ok("Bình Thuận"));
    }

    #[test]
    fn what_is_no_place_or_several_is_told() {
        assert_eq!(found("Paris"), Err("place-unknown"));
        assert_eq!(found("VN-99"), Err("place-unknown"));
        assert_eq!(found(""), Err("place-unknown"));
        assert_eq!(found("Tân Lập"), Err("place-ambiguous"));
    }

    #[test]
    fn every_indicator_has_its_names() {
        let names = IndicatorNames::load().unwrap();
        let code = IndicatorCode::new("poverty.rate").unwrap();
        for language in Language::ALL {
            assert!(!names.get(&code, language).is_empty());
        }
    }
}
