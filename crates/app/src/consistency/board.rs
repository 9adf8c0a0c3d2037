//! What was found of each group of statements, kept from act to act.
//!
//! Statements are compared within an indicator and place (or two indicators that are taken for each other), and identities
//! are followed within a place. So an act that touches some values calls for their groups and places only, whatever else
//! the register holds; what comes out is what computing everything again would give.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use ledger::Head;
use store::{FoundAsOf, FoundGroup, Known, Reading, StoredFinding, Which, Writing};
use terms::{IndicatorCode, RefArea};

use crate::Error;
use crate::assess::Picture;
use crate::register::Lists;
use crate::settlement::SettlementView;

use super::rules::Rules;
use super::statements::Told;
use super::{Class, FindingView, Found};

/// The findings of each group; groups without one are not there.
pub(super) type Groups = HashMap<FoundGroup, Vec<Arc<FindingView>>>;

/// So few acts are looked at while a page waits; more of them behind its back. An act takes some 20 µs.
pub(super) const AT_ONCE: u64 = 4_000;

/// The findings of every group, as of a head.
#[derive(Debug, Clone)]
pub(crate) struct Board {
    head: Head,
    lists: Arc<Lists>,
    rules: Arc<Rules>,
    groups: Groups,
    unkept: Unkept,
    found: Arc<Found>,
}

/// What the database does not keep yet as the board has it.
#[derive(Debug, Clone)]
enum Unkept {
    /// Everything.
    All,
    /// What was looked at again since what it keeps, which is of this entry or a later one.
    Since(u64, HashSet<FoundGroup>),
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

    /// The last entry that was looked at, where the board is of these lists.
    pub(super) fn looked_at(&self, lists: &Arc<Lists>) -> Option<u64> {
        Arc::ptr_eq(&self.lists, lists).then_some(self.head.number)
    }

    /// The board of a snapshot: from an earlier one by what acts have touched since, else from what the database keeps,
    /// else from everything.
    pub(super) async fn at(
        before: Option<&Board>,
        reading: &mut Reading,
        lists: &Arc<Lists>,
    ) -> Result<Board, Error> {
        let head = reading.shown_head().await?;
        let is_near =
            |since: u64| since <= head.number && (head.number - since) * 4 <= head.number.max(AT_ONCE * 4);
        let before = before.filter(|before| before.looked_at(lists).is_some_and(is_near));
        let mut board = if let Some(before) = before {
            let mut board = before.clone();
            board.bring_up(before.head.number, Vec::new(), reading).await?;
            board
        } else {
            let rules = Arc::new(Rules::of(&lists.reference));
            let kept = reading.found_as_of().await?;
            match kept.filter(|kept| kept.rules == rules.fingerprint && is_near(kept.entry)) {
                Some(kept) => Board::kept(kept, rules, reading, lists).await?,
                None => Board {
                    head,
                    lists: Arc::clone(lists),
                    groups: everything(&rules, reading, lists).await?,
                    rules,
                    unkept: Unkept::All,
                    found: Arc::default(),
                },
            }
        };
        board.head = head;
        board.settle(reading).await?;
        Ok(board)
    }

    /// The board of a snapshot from everything, whatever is kept.
    pub(super) async fn afresh(reading: &mut Reading, lists: &Arc<Lists>) -> Result<Board, Error> {
        let rules = Arc::new(Rules::of(&lists.reference));
        let mut board = Board {
            head: reading.shown_head().await?,
            lists: Arc::clone(lists),
            groups: everything(&rules, reading, lists).await?,
            rules,
            unkept: Unkept::All,
            found: Arc::default(),
        };
        board.settle(reading).await?;
        Ok(board)
    }

    /// Of which entry the findings are that the database keeps by the rules of these lists; none where it keeps none.
    pub(super) async fn kept_entry(reading: &mut Reading, lists: &Arc<Lists>) -> Result<Option<u64>, Error> {
        let kept = reading.found_as_of().await?;
        let rules = Rules::of(&lists.reference);
        Ok(kept
            .filter(|kept| kept.rules == rules.fingerprint)
            .map(|kept| kept.entry))
    }

    /// What the database keeps, brought up to the snapshot.
    async fn kept(
        as_of: FoundAsOf,
        rules: Arc<Rules>,
        reading: &mut Reading,
        lists: &Arc<Lists>,
    ) -> Result<Board, Error> {
        let picture = Picture::load(reading, Known::NOW, Which::Found).await?;
        let told: HashMap<u64, Told<'_>> = Told::all(&picture).map(|told| (told.fact(), told)).collect();
        let view = |fact: &u64| told.get(fact).map(|told| told.view(&picture, &lists.reference));
        let (mut groups, mut lost) = (Groups::new(), Vec::new());
        for stored in reading.kept_findings().await? {
            let class = Class::ALL.into_iter().find(|class| class.code() == stored.class);
            let statements: Option<Vec<_>> = stored.values.iter().map(view).collect();
            let because = stored.because.as_ref().map(view);
            // A value that ended since: its group is looked at again.
            let (Some(class), Some(statements), None | Some(Some(_))) = (class, statements, &because) else {
                lost.push(stored.group);
                continue;
            };
            let worked = rules.worked(&statements, stored.identity.as_deref(), &lists.reference);
            groups
                .entry(stored.group)
                .or_default()
                .push(Arc::new(FindingView {
                    key: stored.finding,
                    class,
                    statements,
                    because: because.flatten(),
                    identity: stored.identity,
                    worked,
                    settled: None,
                }));
        }
        let mut board = Board {
            head: Head::EMPTY,
            lists: Arc::clone(lists),
            rules,
            groups,
            unkept: Unkept::Since(as_of.entry, HashSet::new()),
            found: Arc::default(),
        };
        board.bring_up(as_of.entry, lost, reading).await?;
        Ok(board)
    }

    /// Looks again at what acts after an entry have touched, and at these groups.
    async fn bring_up(
        &mut self,
        since: u64,
        again: Vec<FoundGroup>,
        reading: &mut Reading,
    ) -> Result<(), Error> {
        let mut touched: HashSet<(IndicatorCode, RefArea)> =
            reading.touched_since(since).await?.into_iter().collect();
        if touched.is_empty() && again.is_empty() {
            return Ok(());
        }
        let lists = Arc::clone(&self.lists);
        let (rules, reference) = (Arc::clone(&self.rules), &lists.reference);
        let mut picture = Picture::load(reading, Known::NOW, Which::TouchedSince(since)).await?;
        let of_kin = touched.iter().flat_map(|(code, place)| {
            let kin = rules.kin(code).map(move |kin| (kin.clone(), place.clone()));
            kin.filter(|kin| !touched.contains(kin))
        });
        let mut beside: HashSet<(IndicatorCode, RefArea)> = of_kin.collect();
        for group in &again {
            let mut members = Vec::from_iter(&group.indicator);
            members.extend(group.indicator.iter().flat_map(|code| rules.kin(code)));
            let members = members
                .into_iter()
                .map(|code| (code.clone(), group.place.clone()));
            beside.extend(members.filter(|member| !touched.contains(member)));
        }
        for (code, place) in &beside {
            picture.extend(Picture::load(reading, Known::NOW, Which::Group(code, place)).await?);
        }
        let tied = touched
            .iter()
            .filter(|(code, _)| rules.is_tied(code))
            .map(|(_, place)| place);
        let sums_again = again
            .iter()
            .filter(|group| group.indicator.is_none())
            .map(|group| &group.place);
        let places: HashSet<RefArea> = tied.chain(sums_again).cloned().collect();
        let mut made = rules.groups(&picture, reference);
        touched.extend(beside);
        // Two indicators of one group may both have been touched.
        let named: HashSet<FoundGroup> = touched
            .into_iter()
            .map(|(code, place)| FoundGroup {
                indicator: Some(rules.family(&code).clone()),
                place,
            })
            .collect();
        for group in named {
            let findings = made.remove(&group);
            self.put(group, findings);
        }
        for place in places {
            let picture = Picture::load(reading, Known::NOW, Which::YearsOf(&place)).await?;
            let group = FoundGroup {
                place,
                indicator: None,
            };
            let findings = rules.sums(&picture, reference).remove(&group);
            self.put(group, findings);
        }
        Ok(())
    }

    /// Puts what was found of a group in the place of what was known of it.
    fn put(&mut self, group: FoundGroup, findings: Option<Vec<Arc<FindingView>>>) {
        let before = match findings {
            Some(findings) => self.groups.insert(group.clone(), findings),
            None => self.groups.remove(&group),
        };
        if before.as_ref() != self.groups.get(&group)
            && let Unkept::Since(_, groups) = &mut self.unkept
        {
            groups.insert(group);
        }
    }

    /// Joins in what people settled.
    async fn settle(&mut self, reading: &mut Reading) -> Result<(), Error> {
        let settled = settlements(reading, None).await?;
        self.found = Arc::new(assemble(&self.groups, &settled));
        Ok(())
    }

    /// Writes what the database does not keep yet; the board that knows that it does. Nothing is written where the
    /// database keeps a later one.
    pub(super) async fn keep(&self, writing: &mut Writing) -> Result<Board, Error> {
        let as_of = FoundAsOf {
            entry: self.head.number,
            rules: self.rules.fingerprint,
        };
        let kept = writing
            .found_as_of()
            .await?
            .filter(|kept| kept.rules == as_of.rules);
        if kept.is_none_or(|kept| kept.entry <= as_of.entry) {
            let changed = match (&self.unkept, kept) {
                (Unkept::Since(base, groups), Some(kept)) if *base <= kept.entry => {
                    Some(groups.iter().cloned().collect::<Vec<_>>())
                }
                _ => None,
            };
            let stored: Vec<StoredFinding> = match &changed {
                None => self.groups.iter().flat_map(stored).collect(),
                Some(groups) => {
                    let of = groups.iter().filter_map(|group| self.groups.get_key_value(group));
                    of.flat_map(stored).collect()
                }
            };
            writing.keep_findings(as_of, changed.as_deref(), &stored).await?;
        }
        Ok(Board {
            unkept: Unkept::Since(self.head.number, HashSet::new()),
            ..self.clone()
        })
    }

    /// How many findings the board has, and whether another has the same in each group.
    pub(super) fn compare(&self, other: &Board) -> (usize, bool) {
        let count = self.groups.values().map(Vec::len).sum();
        (count, self.groups == other.groups)
    }
}

/// The findings of the whole register, one place after another: what is in memory at a time is one place's.
async fn everything(rules: &Rules, reading: &mut Reading, lists: &Lists) -> Result<Groups, Error> {
    let mut groups = Groups::new();
    for place in reading.places_with_values().await? {
        let picture = Picture::load(reading, Known::NOW, Which::Place(&place)).await?;
        groups.extend(rules.groups(&picture, &lists.reference));
        groups.extend(rules.sums(&picture, &lists.reference));
    }
    Ok(groups)
}

/// The findings of a group as the database keeps them.
fn stored<'a>(
    (group, findings): (&'a FoundGroup, &'a Vec<Arc<FindingView>>),
) -> impl Iterator<Item = StoredFinding> + 'a {
    findings.iter().map(move |finding| StoredFinding {
        group: group.clone(),
        finding: finding.key.clone(),
        class: finding.class.code().to_owned(),
        identity: finding.identity.clone(),
        values: finding
            .statements
            .iter()
            .map(|statement| statement.fact)
            .collect(),
        because: finding.because.as_ref().map(|because| because.fact),
    })
}

/// The findings of a picture as it was known, with what people had settled by then.
pub(super) async fn found_as_known(
    picture: &Picture,
    reading: &mut Reading,
    lists: &Lists,
    known: Known,
) -> Result<Found, Error> {
    let rules = Rules::of(&lists.reference);
    let mut groups = rules.groups(picture, &lists.reference);
    groups.extend(rules.sums(picture, &lists.reference));
    let settled = settlements(reading, Some(known)).await?;
    Ok(assemble(&groups, &settled))
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

fn assemble(groups: &Groups, settled: &HashMap<String, SettlementView>) -> Found {
    let with_settlement = |finding: &Arc<FindingView>| match settled.get(&finding.key) {
        None => Arc::clone(finding),
        Some(settlement) => {
            let mut finding = FindingView::clone(finding);
            finding.settled = Some(settlement.clone());
            Arc::new(finding)
        }
    };
    Found::of(groups.values().flatten().map(with_settlement).collect())
}
