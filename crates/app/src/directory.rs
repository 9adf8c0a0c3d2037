//! Offices, posts and holders as they stand, kept in memory from one change of them to the next.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, PoisonError};

use plan::{Department, Holding, Office, Post, PostId, UserId};
use store::{Reading, Writing};
use terms::{Date, Language, RefArea};

use crate::policy::Relation;
use crate::reference::Reference;
use crate::register::{Lists, PROVINCE};
use crate::view::Bilingual;
use crate::{App, Error};

/// Who answers where, and how offices stand to each other.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Directory {
    version: u64,
    pub(crate) departments: BTreeMap<Office, Department>,
    pub(crate) posts: BTreeMap<PostId, Post>,
    pub(crate) holdings: Vec<(u64, Holding)>,
    by_user: HashMap<UserId, Vec<usize>>,
    by_post: HashMap<PostId, Vec<usize>>,
    land: Arc<Land>,
}

/// The units of today: what lies above and below each, and what it is called.
#[derive(Debug, Default, PartialEq, Eq)]
struct Land {
    parents: HashMap<RefArea, RefArea>,
    children: HashMap<RefArea, Vec<RefArea>>,
    names: HashMap<RefArea, Bilingual>,
}

impl Land {
    fn of(reference: &Reference) -> Self {
        let mut land = Self::default();
        for unit in reference.units().iter().filter(|unit| unit.valid_to.is_none()) {
            if let Some(parent) = &unit.parent {
                land.parents.insert(unit.code.clone(), parent.clone());
                land.children
                    .entry(parent.clone())
                    .or_default()
                    .push(unit.code.clone());
            }
            let mut name = reference.unit_name(&unit.code).name;
            if name.vi != unit.name_vi {
                // «Ủy ban nhân dân tỉnh …»: within a name the type stands in small letters.
                let mut letters = name.vi.chars();
                let first = letters.next().into_iter().flat_map(char::to_lowercase);
                name.vi = first.chain(letters).collect();
            }
            land.names.insert(unit.code.clone(), name);
        }
        land
    }
}

impl Directory {
    async fn load(reading: &mut Reading, reference: &Reference, land: Arc<Land>) -> Result<Self, Error> {
        let stored = reading.org().await?;
        reference.name_departments(&stored.departments);
        let mut directory = Self {
            version: stored.version,
            departments: stored
                .departments
                .into_iter()
                .map(|department| (department.office(), department))
                .collect(),
            posts: stored
                .posts
                .into_iter()
                .map(|post| (post.id.clone(), post))
                .collect(),
            holdings: stored.holdings,
            land,
            ..Self::default()
        };
        for (at, (_, holding)) in directory.holdings.iter().enumerate() {
            directory.by_user.entry(holding.user).or_default().push(at);
            directory
                .by_post
                .entry(holding.post.clone())
                .or_default()
                .push(at);
        }
        Ok(directory)
    }

    /// The posts that a person holds on a day.
    pub(crate) fn posts_of(&self, user: UserId, on: Date) -> impl Iterator<Item = &Post> {
        let holdings = self.by_user.get(&user).map_or(&[][..], Vec::as_slice);
        holdings
            .iter()
            .map(|at| &self.holdings[*at].1)
            .filter(move |holding| holding.is_on(on))
            .filter_map(|holding| self.posts.get(&holding.post))
            .filter(move |post| post.is_on(on))
    }

    /// Whether an area lies below another, at any depth.
    fn is_area_below(&self, area: &RefArea, top: &RefArea) -> bool {
        let mut at = area;
        // No tree of units is deeper; a list with a ring in it must not hold us.
        for _ in 0..8 {
            match self.land.parents.get(at) {
                Some(parent) if parent == top => return true,
                Some(parent) => at = parent,
                None => return false,
            }
        }
        false
    }

    /// How an office stands to another one, for a post that reaches its whole subtree.
    ///
    /// Below a committee are its departments, and every office of every unit below. Below a department are the offices
    /// of the units below, which it guides in its field.
    pub(crate) fn relation(&self, from: &Office, to: &Office) -> Relation {
        if from == to {
            return Relation::Own;
        }
        let department_of = from.area == to.area && from.department.is_none();
        if department_of || self.is_area_below(&to.area, &from.area) {
            Relation::Below
        } else {
            Relation::Elsewhere
        }
    }

    /// The office right above: a department's committee, else the committee of the unit above.
    pub(crate) fn above(&self, office: &Office) -> Option<Office> {
        if office.department.is_some() {
            return Some(Office::committee(office.area.clone()));
        }
        self.land
            .parents
            .get(&office.area)
            .cloned()
            .map(Office::committee)
    }

    /// An area and all below it.
    pub(crate) fn subtree(&self, top: &RefArea) -> Vec<RefArea> {
        let mut found = vec![top.clone()];
        let mut next = 0;
        while let Some(area) = found.get(next).filter(|_| next < 100_000) {
            let below = self.land.children.get(area).cloned().unwrap_or_default();
            found.extend(below);
            next += 1;
        }
        found
    }

    /// Whether there is such an office on a day.
    pub(crate) fn has(&self, office: &Office, on: Date) -> bool {
        match &office.department {
            None => self.land.names.contains_key(&office.area),
            Some(_) => self
                .departments
                .get(office)
                .is_some_and(|department| department.is_on(on)),
        }
    }

    /// The holdings of a post that last on a day, the first recorded first.
    pub(crate) fn holders(&self, post: &PostId, on: Date) -> impl Iterator<Item = &Holding> {
        let holdings = self.by_post.get(post).map_or(&[][..], Vec::as_slice);
        holdings
            .iter()
            .map(|at| &self.holdings[*at].1)
            .filter(move |holding| holding.is_on(on))
    }

    /// Every holding of a post, the first recorded first.
    pub(crate) fn all_holdings(&self, post: &PostId) -> impl Iterator<Item = &Holding> {
        let holdings = self.by_post.get(post).map_or(&[][..], Vec::as_slice);
        holdings.iter().map(|at| &self.holdings[*at].1)
    }

    /// Everything that a person held and holds.
    pub(crate) fn holdings_of(&self, user: UserId) -> impl Iterator<Item = &Holding> {
        let holdings = self.by_user.get(&user).map_or(&[][..], Vec::as_slice);
        holdings.iter().map(|at| &self.holdings[*at].1)
    }

    /// The areas right below one, in the order of the list.
    pub(crate) fn below(&self, area: &RefArea) -> &[RefArea] {
        self.land.children.get(area).map_or(&[], Vec::as_slice)
    }

    /// What an office is called.
    pub(crate) fn name(&self, office: &Office) -> Bilingual {
        let plain = || Bilingual {
            vi: office.to_string(),
            en: office.to_string(),
        };
        if office.department.is_some() {
            return self
                .departments
                .get(office)
                .map_or_else(plain, |department| Bilingual {
                    vi: department.name_vi.clone(),
                    en: department.name_en.clone(),
                });
        }
        let Some(unit) = self.land.names.get(&office.area) else {
            return plain();
        };
        let of = |language, unit: &str| {
            // Within a name the type of a unit has a small letter: «Ủy ban nhân dân tỉnh Điện Biên».
            let mut letters = unit.chars();
            let first = letters.next().into_iter().flat_map(char::to_lowercase);
            let unit: &str = &match language {
                Language::Vi => first.chain(letters).collect(),
                Language::En => unit.to_owned(),
            };
            i18n::message(language, "office-committee", &[("unit", unit)]).unwrap_or_else(|| unit.to_owned())
        };
        Bilingual {
            vi: of(Language::Vi, &unit.vi),
            en: of(Language::En, &unit.en),
        }
    }

    /// The name of an office in a list of offices alike: a People's Committee by its unit, a department by its own.
    pub(crate) fn short_name(&self, office: &Office) -> Bilingual {
        match self.land.names.get(&office.area) {
            Some(unit) if office.department.is_none() => unit.clone(),
            _ => self.name(office),
        }
    }

    /// The province's committee, which keeps the register.
    pub(crate) fn keeper() -> Office {
        Office::committee(PROVINCE)
    }
}

/// A directory, and the lists that it was made with.
pub(crate) type Kept = Option<(Arc<Lists>, Arc<Directory>)>;

impl App {
    /// The directory as of a snapshot: one statement, four more where it changed.
    pub(crate) async fn directory(&self, reading: &mut Reading) -> Result<Arc<Directory>, Error> {
        let lists = self.lists();
        let directory = self.directory_now(reading, &lists).await?;
        *self
            .inner
            .directory
            .write()
            .unwrap_or_else(PoisonError::into_inner) = Some((lists, Arc::clone(&directory)));
        Ok(directory)
    }

    /// The directory within a transaction for writing. What is not committed may never be: it is not kept.
    pub(crate) async fn directory_within(&self, writing: &mut Writing) -> Result<Arc<Directory>, Error> {
        let lists = self.lists();
        self.directory_now(writing, &lists).await
    }

    async fn directory_now(
        &self,
        reading: &mut Reading,
        lists: &Arc<Lists>,
    ) -> Result<Arc<Directory>, Error> {
        let version = reading.org_version().await?;
        let kept = {
            let kept = self
                .inner
                .directory
                .read()
                .unwrap_or_else(PoisonError::into_inner);
            kept.clone().filter(|(of, _)| Arc::ptr_eq(of, lists))
        };
        let land = match kept {
            Some((_, directory)) if directory.version == version => return Ok(directory),
            Some((_, directory)) => Arc::clone(&directory.land),
            None => Arc::new(Land::of(&lists.reference)),
        };
        Ok(Arc::new(Directory::load(reading, &lists.reference, land).await?))
    }
}
