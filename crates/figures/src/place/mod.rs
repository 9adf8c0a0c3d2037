//! Of whom: provinces, districts, communes and the country, as a line names them.
//!
//! | text | code |
//! |---|---|
//! | `Điện Biên`, `Dien Bien` | `VN-11` |
//! | `xã Quài Tở`, `Mường Thanh ward` | the commune's, by the document's province where several bear the name |
//! | `xã Mường Báng` (ended 30 June 2025) | that of the commune which holds its ground today |
//! | `huyện Mai Sơn`, `Mộc Châu District` | the province's that holds it today |
//! | `Kiên Giang` (ended 30 June 2025) | its name |
//! | `cả nước`, `nationwide` | `VN` |

mod former;
mod making;
mod names;

use std::collections::HashMap;
use std::ops::Range;

use crate::fold::{Folding, Marks};
use crate::token::{Shape, Token};
use terms::RefArea;

/// The country's units by name.
#[derive(Debug, Default)]
pub(crate) struct Gazetteer {
    /// The places that entries of the lexicon point to.
    pub(crate) places: Vec<RefArea>,
    /// Which of them are regions.
    regions: Range<u16>,
    /// Communes of today, by the key of their name.
    communes: HashMap<u64, Vec<u16>>,
    /// Districts and former towns, by the key of their name: the province of today.
    districts: HashMap<u64, Vec<u16>>,
    /// Communes that ended with June 2025, by the key of province and name: the commune that holds the whole ground today.
    former: HashMap<u64, u16>,
}

/// Which unit a name is looked up as.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Sought<'a> {
    /// A district, not a commune.
    pub(crate) district: bool,
    /// The document's province.
    pub(crate) home: Option<&'a str>,
    /// The document is of the time before the communes of today.
    pub(crate) before_reform: bool,
}

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

/// The key of a name in one province.
fn at_home_key(province: &str, name: u64) -> u64 {
    sequence(province.bytes().map(u64::from).chain([name]))
}

impl Gazetteer {
    /// Whether a place is a region: a name, and no former province.
    pub(crate) fn is_region(&self, place: u16) -> bool {
        self.regions.contains(&place)
    }

    /// Whether a place is a commune or ward.
    pub(crate) fn is_commune(&self, place: u16) -> bool {
        self.places
            .get(usize::from(place))
            .is_some_and(|place| place.as_str().len() > "VN-11-".len())
            && self.places[usize::from(place)].as_str().starts_with("VN-")
    }

    /// The commune or district that these words name, in the document's province first.
    fn lookup(&self, name: &[Token], of: Sought<'_>) -> Option<u16> {
        let words = name.iter().filter(|token| token.shape == Shape::Word);
        let key = sequence(words.map(|token| token.key));
        let named = if of.district {
            &self.districts
        } else {
            &self.communes
        };
        let former = || {
            let home = of.home.filter(|_| !of.district)?;
            self.former.get(&at_home_key(home, key)).copied()
        };
        let at_home = |place: &u16| {
            of.home
                .is_some_and(|home| self.places[usize::from(*place)].as_str().starts_with(home))
        };
        // A commune that is over holds its name in texts of its time; later, where no other bears it.
        if of.before_reform
            && let Some(place) = former()
        {
            return Some(place);
        }
        let found = named.get(&key).map_or(&[][..], Vec::as_slice);
        let alone = || (found.len() == 1).then(|| found[0]);
        found.iter().copied().find(at_home).or_else(former).or_else(alone)
    }

    /// A name after its type: `xã Quài Tở`, `huyện Mai Sơn`. The place and how many tokens the name has.
    pub(crate) fn after(&self, tokens: &[Token], of: Sought<'_>) -> Option<(u16, usize)> {
        let length = tokens.iter().take(5).take_while(|token| in_name(token)).count();
        (1..=length)
            .rev()
            .find_map(|length| Some((self.lookup(&tokens[..length], of)?, length)))
    }

    /// A name before its type: `Mường Thanh ward`. The place and how many tokens the name has.
    pub(crate) fn before(&self, tokens: &[Token], of: Sought<'_>) -> Option<(u16, usize)> {
        let length = tokens
            .iter()
            .rev()
            .take(5)
            .take_while(|token| in_name(token))
            .count();
        let named = |length: usize| self.lookup(&tokens[tokens.len() - length..], of);
        (1..=length)
            .rev()
            .find_map(|length| Some((named(length)?, length)))
    }
}

fn in_name(token: &Token) -> bool {
    (token.shape == Shape::Word && token.capital) || matches!(token.shape, Shape::Sign(b'\'' | b'-'))
}
