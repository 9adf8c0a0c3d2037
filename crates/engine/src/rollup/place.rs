//! Places by number: what lies below, above and after each is asked of the tree once.

use std::cell::RefCell;
use std::sync::Arc;

use plan::{OrgTree, UnitNumber};
use rustc_hash::{FxHashMap, FxHashSet};
use terms::{AreaLevel, Date, RefArea};

/// A place by its number here.
pub(super) type PlaceNumber = u32;

/// Some places as of a day, by the place and the day.
type AsOf = RefCell<FxHashMap<(PlaceNumber, Date), Arc<[PlaceNumber]>>>;

#[derive(Debug)]
struct Place {
    code: RefArea,
    level: AreaLevel,
    /// The units that ever had this code, oldest first; none of a place that is no unit.
    units: Vec<UnitNumber>,
}

/// All units of a tree, and every other place that a value names.
#[derive(Debug)]
pub(super) struct Places {
    all: Vec<Place>,
    numbers: FxHashMap<RefArea, PlaceNumber>,
    children: AsOf,
    leaves: AsOf,
    reached: RefCell<FxHashMap<PlaceNumber, Arc<[PlaceNumber]>>>,
}

impl Places {
    /// The units of a tree. O(units).
    pub(super) fn of(tree: &OrgTree) -> Self {
        let mut places = Self {
            all: Vec::new(),
            numbers: FxHashMap::default(),
            children: AsOf::default(),
            leaves: AsOf::default(),
            reached: RefCell::default(),
        };
        for (unit_number, unit) in tree.units() {
            let number = places.number_or_new(&unit.code);
            places.all[number as usize].units.push(unit_number);
        }
        places
    }

    pub(super) fn number(&self, code: &RefArea) -> Option<PlaceNumber> {
        self.numbers.get(code).copied()
    }

    pub(super) fn number_or_new(&mut self, code: &RefArea) -> PlaceNumber {
        if let Some(number) = self.numbers.get(code) {
            return *number;
        }
        // Places come from lists and papers: far fewer than 2³².
        let number = PlaceNumber::try_from(self.all.len()).unwrap_or(PlaceNumber::MAX);
        self.all.push(Place {
            code: code.clone(),
            level: code.level(),
            units: Vec::new(),
        });
        self.numbers.insert(code.clone(), number);
        number
    }

    pub(super) fn code(&self, number: PlaceNumber) -> &RefArea {
        &self.all[number as usize].code
    }

    pub(super) fn is_commune(&self, number: PlaceNumber) -> bool {
        self.all[number as usize].level == AreaLevel::Commune
    }

    /// The units that ever had the place's code, oldest first.
    pub(super) fn units(&self, number: PlaceNumber) -> &[UnitNumber] {
        &self.all[number as usize].units
    }

    /// The units right below a place on a day, in the order of the tree.
    pub(super) fn children(&self, tree: &OrgTree, number: PlaceNumber, day: Date) -> Arc<[PlaceNumber]> {
        kept(&self.children, (number, day), || {
            let below = tree.children(self.code(number), day).into_iter();
            self.numbers_of(tree, below).collect()
        })
    }

    /// The units of the lowest tier that a place consists of on a day, by number; a commune consists of itself.
    pub(super) fn leaves(&self, tree: &OrgTree, number: PlaceNumber, day: Date) -> Arc<[PlaceNumber]> {
        if self.is_commune(number) {
            return Arc::from([number]);
        }
        kept(&self.leaves, (number, day), || {
            let below = tree.below(self.code(number), AreaLevel::Commune, day);
            let mut leaves: Vec<PlaceNumber> = self.numbers_of(tree, below.into_iter()).collect();
            leaves.sort_unstable();
            leaves.dedup();
            leaves.into()
        })
    }

    /// The place itself, the units above it on any day, and those that it or they became part of: whose figures can rest on
    /// its values.
    pub(super) fn reached(&self, tree: &OrgTree, number: PlaceNumber) -> Arc<[PlaceNumber]> {
        if let Some(known) = self.reached.borrow().get(&number) {
            return Arc::clone(known);
        }
        let (mut found, mut seen, mut at) = (vec![number], FxHashSet::from_iter([number]), 0);
        while let Some(next) = found.get(at).copied() {
            for unit in self.units(next) {
                let above = tree.unit(*unit).parent.iter();
                let later = tree.later(*unit).iter().map(|link| &tree.unit(link.unit).code);
                for place in above.chain(later).filter_map(|code| self.number(code)) {
                    if seen.insert(place) {
                        found.push(place);
                    }
                }
            }
            at += 1;
        }
        let found: Arc<[PlaceNumber]> = found.into();
        self.reached.borrow_mut().insert(number, Arc::clone(&found));
        found
    }

    fn numbers_of<'a>(
        &'a self,
        tree: &'a OrgTree,
        units: impl Iterator<Item = UnitNumber> + 'a,
    ) -> impl Iterator<Item = PlaceNumber> + 'a {
        units.filter_map(|unit| self.number(&tree.unit(unit).code))
    }
}

fn kept(
    all: &AsOf,
    key: (PlaceNumber, Date),
    find: impl FnOnce() -> Arc<[PlaceNumber]>,
) -> Arc<[PlaceNumber]> {
    if let Some(known) = all.borrow().get(&key) {
        return Arc::clone(known);
    }
    let found = find();
    all.borrow_mut().insert(key, Arc::clone(&found));
    found
}

/// Some places.
#[derive(Debug, Default)]
pub(super) struct PlaceSet(Vec<u64>);

impl PlaceSet {
    pub(super) fn has(&self, place: PlaceNumber) -> bool {
        let word = self.0.get(place as usize / 64);
        word.is_some_and(|word| word >> (place % 64) & 1 == 1)
    }

    /// Answers whether it was not yet there.
    pub(super) fn add(&mut self, place: PlaceNumber) -> bool {
        let word = place as usize / 64;
        if self.0.len() <= word {
            self.0.resize(word + 1, 0);
        }
        let is_new = !self.has(place);
        self.0[word] |= 1 << (place % 64);
        is_new
    }
}
