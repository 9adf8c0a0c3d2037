//! What may be compared with what, and the comparing: within an indicator and place, and by the identities of a place.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use engine::coherence::identity::years;
use engine::coherence::{Identity, Natural, read_identities};
use engine::consistency::{Finding, Index, Kinship, RULES, Statement, arithmetic};
use store::FoundGroup;
use terms::{IndicatorCode, RefArea, Sha256};

use crate::assess::Picture;
use crate::coherence::IDENTITIES;
use crate::reference::Reference;

use super::board::Groups;
use super::statements::{Papers, Told};
use super::worked::{self, WorkedView};
use super::{FindingView, StatementView};

/// What the catalogue and the identities say about what may be compared.
#[derive(Debug)]
pub(super) struct Rules {
    identities: Vec<Identity>,
    natural: Natural,
    kinship: Kinship,
    /// The indicators that an identity speaks of.
    tied: HashSet<IndicatorCode>,
    /// Of the rules and of all they are made from: findings kept by another are of no use.
    pub(super) fingerprint: Sha256,
}

/// The text of the rules themselves, of the identities and of the catalogue: no change of them can be forgotten.
fn fingerprint(reference: &Reference) -> Sha256 {
    let own = [
        include_str!("rules.rs"),
        include_str!("statements.rs"),
        include_str!("worked.rs"),
        include_str!("../coherence/gather.rs"),
        IDENTITIES,
    ];
    let mut text = Vec::new();
    for part in RULES.iter().chain(&own) {
        text.extend_from_slice(part.as_bytes());
        text.push(0);
    }
    text.extend_from_slice(&reference.texts.indicators);
    Sha256(ledger::entry::address(&text))
}

impl Rules {
    pub(super) fn of(reference: &Reference) -> Self {
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
            fingerprint: fingerprint(reference),
        }
    }

    /// The indicator that the group of an indicator is named by.
    pub(super) fn family<'a>(&'a self, code: &'a IndicatorCode) -> &'a IndicatorCode {
        let wider = self.kinship.wider.iter().find(|(_, wide)| wide == code);
        wider.map_or(code, |(narrow, _)| narrow)
    }

    /// The indicators that an indicator is taken for.
    pub(super) fn kin<'a>(&'a self, code: &'a IndicatorCode) -> impl Iterator<Item = &'a IndicatorCode> {
        self.kinship
            .wider
            .iter()
            .filter_map(move |(narrow, wide)| match code {
                _ if narrow == code => Some(wide),
                _ if wide == code => Some(narrow),
                _ => None,
            })
    }

    /// Whether an identity speaks of an indicator.
    pub(super) fn is_tied(&self, code: &IndicatorCode) -> bool {
        self.tied.contains(code)
    }

    /// Findings within each indicator and place; groups without one are not there.
    pub(super) fn groups(&self, picture: &Picture, reference: &Reference) -> Groups {
        let mut groups: BTreeMap<(&IndicatorCode, &RefArea), Vec<Told<'_>>> = BTreeMap::new();
        for told in Told::all(picture) {
            let group = (self.family(told.indicator()), told.place());
            groups.entry(group).or_default().push(told);
        }
        let several = groups.into_iter().filter(|(_, group)| 1 < group.len());
        several
            .filter_map(|((code, place), group)| {
                let found = self.views(&group, picture, reference, |statements| {
                    Index::new(statements, &self.kinship).findings()
                });
                let group = FoundGroup {
                    place: place.clone(),
                    indicator: Some(code.clone()),
                };
                (!found.is_empty()).then_some((group, found))
            })
            .collect()
    }

    /// Identities that do not hold at each place; places without one are not there.
    pub(super) fn sums(&self, picture: &Picture, reference: &Reference) -> Groups {
        let mut places: BTreeMap<&RefArea, Vec<Told<'_>>> = BTreeMap::new();
        // Papers are numbered by the values at hand: those of a month must not change which paper comes first.
        let is_asked = |told: &Told<'_>| self.is_tied(told.indicator()) && years(told.period()).is_some();
        for told in Told::all(picture).filter(is_asked) {
            places.entry(told.place()).or_default().push(told);
        }
        let several = places.into_iter().filter(|(_, told)| 1 < told.len());
        several
            .filter_map(|(place, told)| {
                let found = self.views(&told, picture, reference, |statements| {
                    arithmetic(statements, &self.identities, &self.natural)
                });
                let group = FoundGroup {
                    place: place.clone(),
                    indicator: None,
                };
                (!found.is_empty()).then_some((group, found))
            })
            .collect()
    }

    /// The calculations of a finding by an identity.
    pub(super) fn worked(
        &self,
        statements: &[StatementView],
        identity: Option<&str>,
        reference: &Reference,
    ) -> Vec<WorkedView> {
        let identity = identity.and_then(|id| self.identities.iter().find(|known| known.id == id));
        identity.map_or_else(Vec::new, |identity| {
            worked::worked(statements, identity, (&self.identities, &self.natural), reference)
        })
    }

    fn views(
        &self,
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
                let told: Vec<StatementView> = finding.statements.iter().map(|index| view(*index)).collect();
                Arc::new(FindingView {
                    key: finding.key,
                    class: finding.class,
                    worked: self.worked(&told, finding.identity.as_deref(), reference),
                    statements: told,
                    because: finding.because.map(view),
                    identity: finding.identity,
                    settled: None,
                })
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
