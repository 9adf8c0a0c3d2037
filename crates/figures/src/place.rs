//! Of whom: provinces, districts, communes and the country, as a line names them.
//!
//! | text | code |
//! |---|---|
//! | `Điện Biên`, `Dien Bien` | `VN-11` |
//! | `xã Quài Tở`, `Mường Thanh ward` | the commune's, by the document's province where several bear the name |
//! | `huyện Mai Sơn`, `Mộc Châu District` | the province's that holds it today |
//! | `Kiên Giang` (ended 30 June 2025) | its name |
//! | `cả nước`, `nationwide` | `VN` |

use std::collections::HashMap;

use crate::Error;
use crate::catalogue::split;
use crate::fold::{Folding, Marks};
use crate::lexicon::{Lexicon, mark};
use crate::token::{Shape, Token, tokenize};
use terms::RefArea;

/// The country's units by name.
#[derive(Debug, Default)]
pub(crate) struct Gazetteer {
    /// The places that entries of the lexicon point to.
    pub(crate) places: Vec<RefArea>,
    /// Communes of today, by the key of their name.
    communes: HashMap<u64, Vec<u16>>,
    /// Districts and former towns, by the key of their name: the province of today.
    districts: HashMap<u64, Vec<u16>>,
}

/// Other ways in which provinces are written.
const OTHER_NAMES: &[(&str, &[&str])] = &[
    (
        "VN-79",
        &[
            "TP.HCM",
            "TP HCM",
            "TPHCM",
            "HCMC",
            "HCM City",
            "Ho Chi Minh City",
            "TP. Hồ Chí Minh",
            "TP Hồ Chí Minh",
            "Sài Gòn",
            "Saigon",
            "Thành phố Hồ Chí Minh",
        ],
    ),
    (
        "VN-46",
        &[
            "Thừa Thiên Huế",
            "Thua Thien Hue",
            "TP Huế",
            "TP. Huế",
            "Thừa Thiên - Huế",
            "thành phố Huế",
            "Hue City",
        ],
    ),
    (
        "VN-01",
        &["Thủ đô", "the capital", "Hanoi", "TP Hà Nội", "thành phố Hà Nội"],
    ),
    ("VN-66", &["Đắc Lắc", "Đăk Lăk", "Daklak", "Đắk Lăk", "Dac Lac"]),
    ("VN-48", &["Danang", "TP Đà Nẵng", "TP. Đà Nẵng"]),
    ("VN-31", &["Haiphong", "TP Hải Phòng", "TP. Hải Phòng"]),
    ("VN-92", &["TP Cần Thơ", "TP. Cần Thơ"]),
];

/// Regions: no code, so their name.
const REGIONS: &[&str] = &[
    "đồng bằng sông Hồng",
    "đồng bằng sông Cửu Long",
    "trung du và miền núi phía Bắc",
    "trung du, miền núi phía Bắc",
    "miền núi phía Bắc",
    "Tây Nguyên",
    "Đông Nam Bộ",
    "Bắc Trung Bộ",
    "duyên hải miền Trung",
    "northern midland and mountainous region",
    "Central Highlands",
    "Red River Delta",
    "Mekong Delta",
    "Southeast region",
    "north central region",
];

fn sequence(keys: impl Iterator<Item = u64>) -> u64 {
    keys.fold(0x9e37_79b9_7f4a_7c15, |hash, key| {
        (hash.rotate_left(11) ^ key).wrapping_mul(0x517c_c1b7_2722_0a95)
    })
}

fn name_key(folding: &Folding, marks: Marks, name: &str) -> u64 {
    let mut at = 0;
    sequence(std::iter::from_fn(|| {
        while !folding.is_word_at(name, at) {
            at += 1;
            if at >= name.len() {
                return None;
            }
        }
        let word = folding.word(name, at, marks, &[]);
        at = word.end;
        Some(word.key)
    }))
}

impl Gazetteer {
    pub(crate) fn new(units: &str, folding: &Folding, lexicons: [&mut Lexicon; 3]) -> Result<Self, Error> {
        let wrong = |line| Error::Table {
            table: "units",
            line,
            expected: "code,parent,level,name_vi,name_en,type,valid_from,valid_to",
        };
        let mut gazetteer = Self {
            places: vec![RefArea::COUNTRY],
            ..Self::default()
        };
        let mut scratch = Vec::new();
        let mut rows = units.lines();
        let header = split(rows.next().ok_or_else(|| wrong(1))?);
        let column = |name: &str| {
            header
                .iter()
                .position(|cell| cell == name)
                .ok_or_else(|| wrong(1))
        };
        let (code_at, level_at, vi_at, en_at, to_at) = (
            column("code")?,
            column("level")?,
            column("name_vi")?,
            column("name_en")?,
            column("valid_to")?,
        );
        let mut today: HashMap<String, u16> = HashMap::new();
        let mut ended = Vec::new();
        let mut districts = Vec::new();
        let mut communes: HashMap<u64, Vec<u16>> = HashMap::new();
        let [vi, plain, en] = lexicons;
        for (number, row) in rows.enumerate().filter(|(_, row)| !row.trim().is_empty()) {
            let mut cells = ["", "", "", "", ""];
            if row.contains('"') {
                return Err(wrong(number + 2));
            }
            let commas = memchr::memchr_iter(b',', row.as_bytes()).chain(std::iter::once(row.len()));
            let mut start = 0;
            for (at, end) in commas.enumerate() {
                let cell = &row[start..end];
                start = end + 1;
                for (slot, wanted) in [code_at, level_at, vi_at, en_at, to_at].into_iter().enumerate() {
                    if at == wanted {
                        cells[slot] = cell;
                    }
                }
            }
            let [code, level, name_vi, name_en, valid_to] = cells;
            if code.is_empty() {
                return Err(wrong(number + 2));
            }
            match level {
                "province" if valid_to.is_empty() => {
                    let place = gazetteer.add(RefArea::new(code));
                    today.insert(code.to_owned(), place);
                    for name in [name_vi, name_en] {
                        for lexicon in [&mut *vi, &mut *plain, &mut *en] {
                            mark_place(lexicon, folding, name, place, &mut scratch);
                        }
                    }
                    for (_, others) in OTHER_NAMES.iter().filter(|(other, _)| *other == code) {
                        for name in *others {
                            for lexicon in [&mut *vi, &mut *plain, &mut *en] {
                                mark_place(lexicon, folding, name, place, &mut scratch);
                            }
                        }
                    }
                }
                "province" => ended.push((name_vi.to_owned(), name_en.to_owned())),
                "district" => districts.push((code.to_owned(), name_vi.to_owned(), name_en.to_owned())),
                "commune" | "ward" if valid_to.is_empty() => {
                    let place = gazetteer.add(RefArea::new(code));
                    let mut keys = [
                        name_key(folding, Marks::Kept, name_vi),
                        name_key(folding, Marks::Kept, name_en),
                        name_key(folding, Marks::Dropped, name_vi),
                    ];
                    keys.sort_unstable();
                    for (at, key) in keys.iter().enumerate() {
                        if at == 0 || keys[at - 1] != *key {
                            communes.entry(*key).or_default().push(place);
                        }
                    }
                }
                _ => {}
            }
        }
        for (name_vi, name_en) in ended {
            // A name that goes on (Lào Cai) is the new province's.
            tokenize(folding, vi.marks, &[], &name_vi, 0, name_vi.len(), &mut scratch);
            if vi
                .find(&scratch)
                .is_some_and(|entry| entry.marks & mark::PLACE != 0)
            {
                continue;
            }
            let place = gazetteer.add(RefArea::new(name_vi.as_str()));
            let ascii = gazetteer.add(RefArea::new(name_en.as_str()));
            for lexicon in [&mut *vi, &mut *plain, &mut *en] {
                mark_place(lexicon, folding, &name_en, ascii, &mut scratch);
                mark_place(lexicon, folding, &name_vi, place, &mut scratch);
            }
        }
        for region in REGIONS {
            let place = gazetteer.add(RefArea::new(*region));
            for lexicon in [&mut *vi, &mut *plain, &mut *en] {
                mark_place(lexicon, folding, region, place, &mut scratch);
            }
        }
        // Districts: the province that holds them today. A former province's number tells which (successions by name).
        for (code, name_vi, name_en) in districts {
            let number = code.get(3..5).unwrap_or_default();
            let Some(place) = heir(number).and_then(|heir| today.get(heir)) else {
                continue;
            };
            for (marks, name) in [
                (Marks::Kept, &name_vi),
                (Marks::Kept, &name_en),
                (Marks::Dropped, &name_vi),
            ] {
                let list = gazetteer
                    .districts
                    .entry(name_key(folding, marks, name))
                    .or_default();
                if !list.contains(place) {
                    list.push(*place);
                }
            }
        }
        gazetteer.communes = communes;
        Ok(gazetteer)
    }

    /// Whether a place is a region: a name, and no former province.
    pub(crate) fn is_region(&self, place: u16) -> bool {
        let name = self.places.get(usize::from(place)).map(RefArea::as_str);
        name.is_some_and(|name| REGIONS.contains(&name))
    }

    /// Whether a place is a commune or ward.
    pub(crate) fn is_commune(&self, place: u16) -> bool {
        self.places
            .get(usize::from(place))
            .is_some_and(|place| place.as_str().len() > "VN-11-".len())
            && self.places[usize::from(place)].as_str().starts_with("VN-")
    }

    fn add(&mut self, place: RefArea) -> u16 {
        self.places.push(place);
        u16::try_from(self.places.len() - 1).unwrap_or(0)
    }

    /// The commune or district that these words name, in the document's province first.
    fn lookup(&self, name: &[Token], district: bool, home: Option<&str>) -> Option<u16> {
        let words = name.iter().filter(|token| token.shape == Shape::Word);
        let key = sequence(words.map(|token| token.key));
        let found = if district {
            self.districts.get(&key)?
        } else {
            self.communes.get(&key)?
        };
        let at_home = home.and_then(|home| {
            let mut places = found.iter().copied();
            places.find(|place| self.places[usize::from(*place)].as_str().starts_with(home))
        });
        at_home.or_else(|| (found.len() == 1).then(|| found[0]))
    }

    /// A name after its type: `xã Quài Tở`, `huyện Mai Sơn`. The place and how many tokens the name has.
    pub(crate) fn after(&self, tokens: &[Token], district: bool, home: Option<&str>) -> Option<(u16, usize)> {
        let length = tokens.iter().take(5).take_while(|token| in_name(token)).count();
        (1..=length)
            .rev()
            .find_map(|length| Some((self.lookup(&tokens[..length], district, home)?, length)))
    }

    /// A name before its type: `Mường Thanh ward`. The place and how many tokens the name has.
    pub(crate) fn before(
        &self,
        tokens: &[Token],
        district: bool,
        home: Option<&str>,
    ) -> Option<(u16, usize)> {
        let length = tokens
            .iter()
            .rev()
            .take(5)
            .take_while(|token| in_name(token))
            .count();
        let named = |length: usize| self.lookup(&tokens[tokens.len() - length..], district, home);
        (1..=length)
            .rev()
            .find_map(|length| Some((named(length)?, length)))
    }
}

fn in_name(token: &Token) -> bool {
    (token.shape == Shape::Word && token.capital) || matches!(token.shape, Shape::Sign(b'\'' | b'-'))
}

fn mark_place(lexicon: &mut Lexicon, folding: &Folding, name: &str, place: u16, scratch: &mut Vec<Token>) {
    if let Some(entry) = lexicon.entry(folding, name, scratch) {
        entry.marks |= mark::PLACE;
        entry.place = place;
    }
}

/// The province of today that holds the ground of the province which had this number until 30 June 2025.
fn heir(number: &str) -> Option<&'static str> {
    Some(match number {
        "01" => "VN-01",
        "04" => "VN-04",
        "02" | "08" => "VN-08",
        "11" => "VN-11",
        "12" => "VN-12",
        "14" => "VN-14",
        "10" | "15" => "VN-15",
        "06" | "19" => "VN-19",
        "20" => "VN-20",
        "22" => "VN-22",
        "24" | "27" => "VN-24",
        "17" | "25" | "26" => "VN-25",
        "30" | "31" => "VN-31",
        "33" | "34" => "VN-33",
        "35" | "36" | "37" => "VN-37",
        "38" => "VN-38",
        "40" => "VN-40",
        "42" => "VN-42",
        "44" | "45" => "VN-44",
        "46" => "VN-46",
        "48" | "49" => "VN-48",
        "51" | "62" => "VN-51",
        "52" | "64" => "VN-52",
        "56" | "58" => "VN-56",
        "54" | "66" => "VN-66",
        "60" | "67" | "68" => "VN-68",
        "70" | "75" => "VN-75",
        "74" | "77" | "79" => "VN-79",
        "72" | "80" => "VN-80",
        "82" | "87" => "VN-82",
        "83" | "84" | "86" => "VN-86",
        "89" | "91" => "VN-91",
        "92" | "93" | "94" => "VN-92",
        "95" | "96" => "VN-96",
        _ => return None,
    })
}
