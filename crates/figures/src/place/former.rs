//! Communes that are over, and which commune of today holds their ground.

use std::collections::HashMap;

use crate::Error;
use crate::catalogue::split;
use crate::fold::Folding;
use crate::place::making::rows;
use crate::place::{Gazetteer, at_home_key};

impl Gazetteer {
    /// Takes the names of communes that are over, where one commune of today holds all of each; a name that several of
    /// one province bore, with other heirs, stays unknown. O(units + successions).
    pub(crate) fn add_former(
        &mut self,
        units: &str,
        successions: &str,
        folding: &Folding,
    ) -> Result<(), Error> {
        let heirs = whole_heirs(successions)?;
        let today: HashMap<&str, u16> = self
            .places
            .iter()
            .enumerate()
            .filter_map(|(index, place)| Some((place.as_str(), u16::try_from(index).ok()?)))
            .collect();
        let mut former: HashMap<u64, Option<u16>> = HashMap::new();
        for unit in rows(units)? {
            let unit = unit?;
            if !unit.is_commune() || !unit.is_over() {
                continue;
            }
            let Some((heir, place)) = heirs
                .get(unit.code)
                .and_then(|heir| Some((*heir, *today.get(heir)?)))
            else {
                continue;
            };
            let Some(province) = heir.get(.."VN-11".len()) else {
                continue;
            };
            for key in unit.keys(folding) {
                former
                    .entry(at_home_key(province, key))
                    .and_modify(|known| *known = known.filter(|known| *known == place))
                    .or_insert(Some(place));
            }
        }
        self.former = former
            .into_iter()
            .filter_map(|(key, place)| Some((key, place?)))
            .collect();
        Ok(())
    }
}

/// The unit that took over the whole of each one that ended.
fn whole_heirs(successions: &str) -> Result<HashMap<&str, &str>, Error> {
    let wrong = |line| Error::Table {
        table: "successions",
        line,
        expected: "predecessor,successor,date,share",
    };
    let mut rows = successions.lines();
    let header = split(rows.next().unwrap_or_default());
    let column = |name: &str| {
        header
            .iter()
            .position(|cell| cell == name)
            .ok_or_else(|| wrong(1))
    };
    let columns = [column("predecessor")?, column("successor")?, column("share")?];
    let mut heirs = HashMap::new();
    for (number, row) in rows.enumerate().filter(|(_, row)| !row.trim().is_empty()) {
        let mut cells = [""; 3];
        for (at, cell) in row.split(',').enumerate() {
            if let Some(slot) = columns.iter().position(|column| *column == at) {
                cells[slot] = cell.trim_end();
            }
        }
        match cells {
            ["", ..] | [_, "", _] => return Err(wrong(number + 2)),
            [predecessor, successor, "1"] => {
                heirs.insert(predecessor, successor);
            }
            _ => {}
        }
    }
    Ok(heirs)
}
