//! What was found of each group of statements, kept from act to act.
//!
//! Statements are compared within an indicator and place (or two indicators that are taken for each other), and identities
//! are followed within a place. So an act that touches some values calls for their groups and places only, whatever else
//! the register holds; what comes out is what computing everything again would give.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use engine::coherence::{Identity, Natural, read_identities};
use engine::consistency::{Finding, Index, Kinship, Statement, arithmetic};
use ledger::Head;
use store::{Known, Reading, Which};
use terms::{IndicatorCode, RefArea};

use crate::Error;
use crate::assess::Picture;
use crate::coherence::IDENTITIES;
use crate::reference::Reference;
use crate::register::Lists;
use crate::settlement::SettlementView;

use super::statements::{Papers, Told};
use super::{FindingView, Found};

/// The indicator that a group is named by, and the place.
type Group = (IndicatorCode, RefArea);

/// The findings of every group and place, as of a head.
#[derive(Debug)]
pub(crate) struct Board {
    head: Head,
    lists: Arc<Lists>,
    rules: Arc<Rules>,
    groups: HashMap<Group, Vec<Arc<FindingView>>>,
    sums: HashMap<RefArea, Vec<Arc<FindingView>>>,
    found: Arc<Found>,
}

impl Board {
    /// The findings, where the board is of this head and of these lists.
    pub(super) fn found_at(&self, head: Head, lists: &Arc<Lists>) -> Option<Arc<Found>> {
        (self.head == head && Arc::ptr_eq(&self.lists, lists)).then(|| Arc::clone(&self.found))
    }

    /// The findings.
    pub(super) fn found(&self) -> Arc<Found> {
        Arc::clone(&self.found)
    }

    /// The board of a snapshot: from an earlier one by what acts have touched since, else from everything.
    pub(super) async fn at(
        before: Option<&Board>,
        reading: &mut Reading,
        lists: &Arc<Lists>,
    ) -> Result<Board, Error> {
        let head = reading.shown_head().await?;
        let mut board = match before {
            Some(before) if Arc::ptr_eq(&before.lists, lists) && before.head.number <= head.number => {
                let mut board = Board {
                    head,
                    lists: Arc::clone(lists),
                    rules: Arc::clone(&before.rules),
                    groups: before.groups.clone(),
                    sums: before.sums.clone(),
                    found: Arc::default(),
                };
                board.bring_up(before.head.number, reading).await?;
                board
            }
            _ => {
                let rules = Arc::new(Rules::of(&lists.reference));
                let picture = Picture::load(reading, Known::NOW, Which::All).await?;
                let (groups, sums) = rules.findings(&picture, &lists.reference);
                Board {
                    head,
                    lists: Arc::clone(lists),
                    rules,
                    groups,
                    sums,
                    found: Arc::default(),
                }
            }
        };
        let settled = settlements(reading, None).await?;
        board.found = Arc::new(assemble(&board.groups, &board.sums, &settled));
        Ok(board)
    }

    /// Looks again at what acts after an entry have touched.
    async fn bring_up(&mut self, since: u64, reading: &mut Reading) -> Result<(), Error> {
        let touched = reading.touched_since(since).await?;
        if touched.is_empty() {
            return Ok(());
        }
        let lists = Arc::clone(&self.lists);
        let reference = &lists.reference;
        let mut picture = Picture::load(reading, Known::NOW, Which::TouchedSince(since)).await?;
        for (code, place) in &touched {
            for kin in self.rules.kin(code) {
                if !touched.contains(&(kin.clone(), place.clone())) {
                    picture.extend(Picture::load(reading, Known::NOW, Which::Group(kin, place)).await?);
                }
            }
        }
        let mut groups = self.rules.groups(&picture, reference);
        // Two indicators of one group may both have been touched.
        let named: HashSet<Group> = touched
            .iter()
            .map(|(code, place)| (self.rules.family(code).clone(), place.clone()))
            .collect();
        for group in named {
            match groups.remove(&group) {
                Some(findings) => self.groups.insert(group, findings),
                None => self.groups.remove(&group),
            };
        }
        let places: HashSet<&RefArea> = touched
            .iter()
            .filter(|(code, _)| self.rules.tied.contains(code))
            .map(|(_, place)| place)
            .collect();
        for place in places {
            let picture = Picture::load(reading, Known::NOW, Which::YearsOf(place)).await?;
            match self.rules.sums(&picture, reference).remove(place) {
                Some(findings) => self.sums.insert(place.clone(), findings),
                None => self.sums.remove(place),
            };
        }
        Ok(())
    }
}

/// The findings of a picture as it was known, with what people had settled by then.
pub(super) async fn found_as_known(
    picture: &Picture,
    reading: &mut Reading,
    lists: &Lists,
    known: Known,
) -> Result<Found, Error> {
    let (groups, sums) = Rules::of(&lists.reference).findings(picture, &lists.reference);
    let settled = settlements(reading, Some(known)).await?;
    Ok(assemble(&groups, &sums, &settled))
}

/// What people said of each finding and still holds, or held when known.
async fn settlements(
    reading: &mut Reading,
    known: Option<Known>,
) -> Result<HashMap<String, SettlementView>, Error> {
    let reopened = match known {
        Some(_) => reading.acts_that_reopened().await?,
        None => Vec::new(),
    };
    let holds = |stored: &store::StoredSettlement| match known {
        None => stored.ended_by.is_none(),
        Some(known) => {
            let by_then = |time| Known::at(time) <= known;
            let ended = reopened.iter().find(|act| Some(act.entry) == stored.ended_by);
            by_then(stored.act.recorded_at) && !ended.is_some_and(|act| by_then(act.recorded_at))
        }
    };
    let stored = reading.settlements().await?;
    let holding = stored.into_iter().filter(|stored| holds(stored));
    Ok(holding
        .map(|stored| (stored.finding.clone(), SettlementView::of(stored, None)))
        .collect())
}

fn assemble(
    groups: &HashMap<Group, Vec<Arc<FindingView>>>,
    sums: &HashMap<RefArea, Vec<Arc<FindingView>>>,
    settled: &HashMap<String, SettlementView>,
) -> Found {
    let all = groups.values().chain(sums.values()).flatten();
    let with_settlement = |finding: &Arc<FindingView>| match settled.get(&finding.key) {
        None => Arc::clone(finding),
        Some(settlement) => {
            let mut finding = FindingView::clone(finding);
            finding.settled = Some(settlement.clone());
            Arc::new(finding)
        }
    };
    Found::of(all.map(with_settlement).collect())
}

/// What the catalogue and the identities say about what may be compared.
#[derive(Debug)]
struct Rules {
    identities: Vec<Identity>,
    natural: Natural,
    kinship: Kinship,
    /// The indicators that an identity speaks of.
    tied: HashSet<IndicatorCode>,
}

impl Rules {
    fn of(reference: &Reference) -> Self {
        let code = |text: &str| IndicatorCode::new(text).ok();
        let flows = reference.indicators.iter().map(|indicator| &indicator.code);
        let flows = flows.filter(|code| reference.over_time(code) == plan::OverTime::Sum);
        let (identities, _) = read_identities(IDENTITIES, "identities.csv");
        let mut tied = HashSet::new();
        for identity in &identities {
            let mut tie = |reference: &engine::coherence::formula::Reference| {
                tied.insert(reference.indicator.clone());
            };
            identity.left.references(&mut tie);
            identity.right.references(&mut tie);
        }
        Self {
            kinship: Kinship {
                flows: flows.cloned().collect(),
                wider: code("budget.revenue_local")
                    .zip(code("budget.revenue_total"))
                    .into_iter()
                    .collect(),
            },
            natural: reference.natural(),
            identities,
            tied,
        }
    }

    /// The indicator that the group of an indicator is named by.
    fn family<'a>(&'a self, code: &'a IndicatorCode) -> &'a IndicatorCode {
        let wider = self.kinship.wider.iter().find(|(_, wide)| wide == code);
        wider.map_or(code, |(narrow, _)| narrow)
    }

    /// The indicators that an indicator is taken for.
    fn kin<'a>(&'a self, code: &'a IndicatorCode) -> impl Iterator<Item = &'a IndicatorCode> {
        self.kinship
            .wider
            .iter()
            .filter_map(move |(narrow, wide)| match code {
                _ if narrow == code => Some(wide),
                _ if wide == code => Some(narrow),
                _ => None,
            })
    }

    #[expect(clippy::type_complexity, reason = "the two parts of a board")]
    fn findings(
        &self,
        picture: &Picture,
        reference: &Reference,
    ) -> (
        HashMap<Group, Vec<Arc<FindingView>>>,
        HashMap<RefArea, Vec<Arc<FindingView>>>,
    ) {
        (self.groups(picture, reference), self.sums(picture, reference))
    }

    /// Findings within each indicator and place; groups without one are not there.
    fn groups(&self, picture: &Picture, reference: &Reference) -> HashMap<Group, Vec<Arc<FindingView>>> {
        let mut groups: BTreeMap<(&IndicatorCode, &RefArea), Vec<Told<'_>>> = BTreeMap::new();
        for told in Told::all(picture) {
            let group = (self.family(told.indicator()), told.place());
            groups.entry(group).or_default().push(told);
        }
        let several = groups.into_iter().filter(|(_, group)| 1 < group.len());
        several
            .filter_map(|((code, place), group)| {
                let found = views(&group, picture, reference, |statements| {
                    Index::new(statements, &self.kinship).findings()
                });
                (!found.is_empty()).then(|| ((code.clone(), place.clone()), found))
            })
            .collect()
    }

    /// Identities that do not hold at each place; places without one are not there.
    fn sums(&self, picture: &Picture, reference: &Reference) -> HashMap<RefArea, Vec<Arc<FindingView>>> {
        let mut places: BTreeMap<&RefArea, Vec<Told<'_>>> = BTreeMap::new();
        for told in Told::all(picture).filter(|told| self.tied.contains(told.indicator())) {
            places.entry(told.place()).or_default().push(told);
        }
        let several = places.into_iter().filter(|(_, told)| 1 < told.len());
        several
            .filter_map(|(place, told)| {
                let found = views(&told, picture, reference, |statements| {
                    arithmetic(statements, &self.identities, &self.natural)
                });
                (!found.is_empty()).then(|| (place.clone(), found))
            })
            .collect()
    }
}

/// The numbers of one sum stand in the order of their periods. Two papers that each tell their own stay paper by paper.
fn in_order_of_time(finding: &mut Finding, statements: &[Statement]) {
    let quantity = |index: &usize| {
        let statement = &statements[*index];
        (&statement.indicator, statement.period)
    };
    let distinct: HashSet<_> = finding.statements.iter().map(quantity).collect();
    if finding.identity.is_some() && distinct.len() == finding.statements.len() {
        finding.statements.sort_by_key(|index| {
            let period = statements[*index].period;
            (period.end(), period.start(), *index)
        });
    }
}

fn views(
    told: &[Told<'_>],
    picture: &Picture,
    reference: &Reference,
    look: impl Fn(&[Statement]) -> Vec<Finding>,
) -> Vec<Arc<FindingView>> {
    let mut papers = Papers::default();
    let statements: Vec<Statement> = told
        .iter()
        .map(|told| told.statement(picture, reference, &mut papers))
        .collect();
    let view = |index: usize| told[index].view(picture, reference);
    look(&statements)
        .into_iter()
        .map(|mut finding| {
            in_order_of_time(&mut finding, &statements);
            Arc::new(FindingView {
                key: finding.key,
                class: finding.class,
                statements: finding.statements.iter().map(|index| view(*index)).collect(),
                because: finding.because.map(view),
                identity: finding.identity,
                settled: None,
            })
        })
        .collect()
}
