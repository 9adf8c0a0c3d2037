//! Which indicator a count is of, by the noun that it counts: `237 dự án FDI`, `6,084 of 7,669 communes`.

use crate::catalogue::Role;
use crate::item::What;
use crate::lexicon::{mark, unit, word};
use crate::meaning::indicator::{Choice, Found};
use crate::meaning::{Context, Site};
use terms::Measure;

impl Choice<'_, '_> {
    /// By the noun that is counted, and the names beside it: `237 dự án FDI`.
    pub(super) fn by_noun(&self, at: usize, context: &Context) -> Found {
        let Site { line, .. } = *self.site;
        let item = &line.items[at];
        let own = item.has(mark::ALIAS).then(|| line.concept(item));
        let subject = self.subject;
        let standing = subject.concept.filter(|_| subject.content == 0);
        // The first of these concepts that has an indicator for the number.
        let mut settled: Option<(u16, u16)> = None;
        let settle = |settled: &mut Option<(u16, u16)>, concept: u16| {
            if settled.is_none() {
                *settled = self.fit(concept).map(|index| (index, concept));
            }
        };
        let mut spent = self.counted.spent;
        let mut blocked = false;
        let generic = line.units.is(self.counted.unit, unit::VISITOR) || line.says(item, word::GENERIC);
        if let Some(concept) = standing.filter(|_| generic) {
            settle(&mut settled, concept);
            blocked = concept == 0;
        }
        if let Some(concept) = own.filter(|_| !blocked) {
            settle(&mut settled, concept);
        }
        if own.is_none()
            && self.measure == Measure::Change
            && subject.content == 0
            && subject.before.is_none()
            && let Some(concept) = subject.inherited
        {
            settle(&mut settled, concept);
        }
        if own != Some(0) && !blocked {
            if let Some(concept) = standing {
                settle(&mut settled, concept);
            }
            // `5 sản phẩm OCOP` goes on with what the catalogue does not have: a part.
            let mut later = line.items.iter().enumerate().skip(at + 1).take(9);
            let later = later
                .by_ref()
                .take_while(|(_, item)| !matches!(item.what, What::Sign(_) | What::Number(_)))
                .find(|(_, item)| item.has(mark::ALIAS))
                .map(|(index, item)| (index, line.concept(item)))
                .filter(|(_, concept)| *concept != 0);
            if let Some((index, concept)) = later {
                settle(&mut settled, concept);
                let named = settled.is_some_and(|(_, settled)| settled == concept);
                if named && self.site.number.fraction != 1 {
                    spent = index.max(spent);
                }
            }
        }
        let found = Found {
            indicator: settled.map(|(index, _)| index),
            concept: Some(settled.map_or(own.unwrap_or(0), |(_, concept)| concept)),
            spent,
        };
        self.of_communes(at, context, found)
    }

    /// The part and the whole of communes that meet a standard: `6,084 of 7,669 communes meet new rural standards`.
    fn of_communes(&self, at: usize, context: &Context, found: Found) -> Found {
        let Site {
            line, around, number, ..
        } = *self.site;
        if number.fraction == 0 || !line.units.is(self.counted.unit, unit::COMMUNE) {
            return found;
        }
        let met = line.items[at..]
            .iter()
            .take(16)
            .filter(|item| item.has(mark::ALIAS))
            .map(|item| line.concept(item))
            .find(|concept| line.catalogue.is(self.fit(*concept), Role::NewRural));
        let went_on = context
            .last
            .filter(|_| around.follows)
            .and_then(|last| last.concept)
            .filter(|concept| line.catalogue.nature(*concept).new_rural);
        match met.or(went_on) {
            Some(concept) => Found {
                indicator: if number.fraction == 1 {
                    self.fit(concept)
                } else {
                    line.catalogue.find(Role::CommuneUnits)
                },
                concept: Some(concept),
                ..found
            },
            None => found,
        }
    }
}
