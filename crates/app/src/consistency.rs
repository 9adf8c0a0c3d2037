//! «Do the numbers agree?»: findings over the whole register, classed and explained.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError};

use engine::coherence::{Natural, read_identities};
use engine::consistency::{Class, Index, Kinship, Statement, arithmetic};
use plan::{Edition, PriceBasis};
use store::{Known, Reading, Which};
use terms::{Date, IndicatorCode, Kind, Measure};

use crate::assess::{Picture, basis_of, unit_of};
use crate::coherence::{IDENTITIES, step_in};
use crate::indicator::IndicatorQuery;
use crate::policy::Action;
use crate::reference::Reference;
use crate::settlement::SettlementView;
use crate::view::{Amount, Bilingual, IndicatorName, SourceView, UnitName};
use crate::{Actor, App, Error};

pub use engine::consistency::Class as FindingClass;

/// One statement of a finding.
#[derive(Debug, Clone, PartialEq)]
pub struct StatementView {
    /// The number of the observation or target.
    pub fact: u64,
    /// Of what.
    pub indicator: IndicatorName,
    /// Of whom.
    pub place: UnitName,
    /// When.
    pub period: terms::TimePeriod,
    /// Which aspect.
    pub measure: Measure,
    /// Whether it is a target.
    pub is_target: bool,
    /// The value.
    pub amount: Amount,
    /// Which telling; none for a target.
    pub edition: Option<Edition>,
    /// Where.
    pub sources: Vec<SourceView>,
}

/// Statements that do not agree.
#[derive(Debug, Clone, PartialEq)]
pub struct FindingView {
    /// Stays the same as long as the same statements disagree: a settlement is recorded under it.
    pub key: String,
    /// Why; message `finding-CODE`, what would settle it `finding-CODE-settle`.
    pub class: Class,
    /// The statements, the earlier first; two, or all numbers of an identity.
    pub statements: Vec<StatementView>,
    /// The target that was retold as a result.
    pub because: Option<StatementView>,
    /// The identity that is broken; message `identity-ID`.
    pub identity: Option<String>,
    /// What a person said holds; none while it is open.
    pub settled: Option<SettlementView>,
}

impl FindingView {
    /// Whether its numbers are marked wherever they show: a person should look before using one of them. Values of two
    /// price bases, scopes or periods are told apart by their labels, and rounded ones agree.
    pub fn marks(&self) -> bool {
        let grave = matches!(
            self.class,
            Class::TrueConflict | Class::BrokenArithmetic | Class::OtherKind | Class::OtherEdition
        );
        grave && self.settled.is_none()
    }

    /// Whether one of its statements is of what a page shows.
    pub(crate) fn is_about(&self, query: &IndicatorQuery) -> bool {
        self.statements.iter().any(|statement| {
            statement.indicator.code == query.code
                && query
                    .place
                    .as_ref()
                    .is_none_or(|place| statement.place.code == *place)
        })
    }
}

/// The findings of a head, and which value each open one marks.
#[derive(Debug, Default)]
pub(crate) struct Found {
    pub(crate) findings: Vec<FindingView>,
    marks: Marks,
}

/// The finding that marks a value, by the value's number.
pub(crate) type Marks = Arc<HashMap<u64, String>>;

impl App {
    /// All findings of the register, the gravest class first, settled ones too. Five statements the first time after
    /// anything was recorded, then none.
    ///
    /// # Errors
    /// [`Error::Store`], [`Error::Denied`].
    pub async fn findings(&self, actor: &Actor) -> Result<Vec<FindingView>, Error> {
        actor.require(Action::ReadRegister)?;
        Ok(self.found().await?.findings.clone())
    }

    /// The findings as of the present head, computed once for each: saves of reports being filled in change none.
    pub(crate) async fn found(&self) -> Result<Arc<Found>, Error> {
        let head = self.shown();
        let known = self
            .inner
            .found
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone();
        if let Some((_, found)) = known.filter(|(of, _)| *of == head) {
            return Ok(found);
        }
        let lists = self.lists();
        let mut reading = self.reading().await?;
        let of = reading.shown_head().await?;
        let found = Arc::new(look(&mut reading, &lists.reference).await?);
        *self.inner.found.write().unwrap_or_else(PoisonError::into_inner) = Some((of, Arc::clone(&found)));
        Ok(found)
    }

    /// Which values are marked. Findings are of the register as it is now: as known on an earlier day, none is told.
    pub(crate) async fn marks(&self, known_on: Option<Date>) -> Result<Marks, Error> {
        if known_on.is_some() {
            return Ok(Marks::default());
        }
        Ok(Arc::clone(&self.found().await?.marks))
    }
}

/// Computes the findings of a snapshot, with what people said about them. Five statements.
pub(crate) async fn look(reading: &mut Reading, reference: &Reference) -> Result<Found, Error> {
    let picture = Picture::load(reading, Known::NOW, Which::All).await?;
    let mut findings = findings(&picture, reference);
    for settled in reading.settlements().await? {
        if settled.ended_by.is_none()
            && let Some(finding) = findings.iter_mut().find(|finding| finding.key == settled.finding)
        {
            finding.settled = Some(SettlementView::of(settled, None));
        }
    }
    let mut marks = HashMap::new();
    // The gravest class comes first, and its finding is the one to read.
    for finding in findings.iter().filter(|finding| finding.marks()) {
        for statement in &finding.statements {
            marks.entry(statement.fact).or_insert_with(|| finding.key.clone());
        }
    }
    Ok(Found {
        findings,
        marks: Arc::new(marks),
    })
}

fn findings(picture: &Picture, reference: &Reference) -> Vec<FindingView> {
    let (statements, views) = statements(picture, reference);
    let code = |text: &str| IndicatorCode::new(text).ok();
    let kinship = Kinship {
        flows: reference
            .indicators
            .iter()
            .filter(|indicator| reference.over_time(&indicator.code) == plan::OverTime::Sum)
            .map(|indicator| indicator.code.clone())
            .collect(),
        wider: code("budget.revenue_local")
            .zip(code("budget.revenue_total"))
            .into_iter()
            .collect(),
    };
    let natural: Natural = reference
        .indicators
        .iter()
        .map(|indicator| {
            (
                indicator.code.clone(),
                (indicator.natural_minimum, indicator.natural_maximum),
            )
        })
        .collect();
    let mut found = Index::new(&statements, &kinship).findings();
    let (identities, _) = read_identities(IDENTITIES, "identities.csv");
    found.extend(arithmetic(&statements, &identities, &natural));
    found.sort_by_key(|finding| {
        (
            Class::ALL.iter().position(|class| *class == finding.class),
            finding.statements.first().copied(),
        )
    });
    found
        .into_iter()
        .map(|finding| FindingView {
            key: finding.key,
            class: finding.class,
            statements: finding
                .statements
                .iter()
                .map(|index| views[*index].clone())
                .collect(),
            because: finding.because.map(|index| views[index].clone()),
            identity: finding.identity,
            settled: None,
        })
        .collect()
}

fn statements(picture: &Picture, reference: &Reference) -> (Vec<Statement>, Vec<StatementView>) {
    let mut statements = Vec::new();
    let mut views = Vec::new();
    let mut documents: Vec<(String, Option<Date>)> = Vec::new();
    // Two translations of one paper are one document: same day, same publisher's meeting.
    let mut document_of = |sources: &[SourceView]| -> u32 {
        let key = sources
            .first()
            .map_or((String::new(), None), |source| match source.date {
                Some(date) => (String::new(), Some(date)),
                None => (source.title.clone(), None),
            });
        let at = documents
            .iter()
            .position(|known| *known == key)
            .unwrap_or_else(|| {
                documents.push(key);
                documents.len() - 1
            });
        u32::try_from(at).unwrap_or(u32::MAX)
    };
    for stored in &picture.observations {
        let observation = &stored.observation;
        if observation.status == plan::ObsStatus::Missing {
            continue;
        }
        let indicator = reference.indicator(&observation.indicator);
        let sources = picture.sources_of(stored.id.0);
        let basis = basis_of(observation.price_basis, indicator, observation.measure);
        let unit = unit_of(indicator, observation.measure);
        statements.push(Statement {
            id: format!("o{}", stored.id.0),
            indicator: observation.indicator.clone(),
            place: observation.ref_area.clone(),
            period: observation.time_period,
            measure: observation.measure,
            kind: if observation.edition == Edition::Estimate {
                Kind::Estimate
            } else {
                Kind::Actual
            },
            bound: observation.bound,
            value: observation.obs_value,
            upper: observation.upper,
            step: step_in(observation.obs_value, &sources),
            price_basis: basis,
            price_matters: unit.is_money()
                && indicator.is_some_and(|indicator| indicator.price_basis.is_none()),
            edition: Some(observation.edition),
            scope: observation.scope.as_ref().map(ToString::to_string),
            document: document_of(&sources),
            date: sources.first().and_then(|source| source.date),
        });
        views.push(StatementView {
            fact: stored.id.0,
            indicator: reference.indicator_name(&observation.indicator),
            place: reference.unit_name(&observation.ref_area),
            period: observation.time_period,
            measure: observation.measure,
            is_target: false,
            amount: amount(
                observation.obs_value,
                observation.upper,
                observation.bound,
                unit,
                basis,
                reference.scope_name(observation.scope.as_ref()),
            ),
            edition: Some(observation.edition),
            sources,
        });
    }
    for stored in &picture.targets {
        let target = &stored.target;
        let indicator = reference.indicator(&target.indicator);
        let sources = picture.sources_of(stored.id.0);
        let basis = basis_of(target.price_basis, indicator, target.measure);
        let unit = unit_of(indicator, target.measure);
        statements.push(Statement {
            id: format!("t{}", stored.id.0),
            indicator: target.indicator.clone(),
            place: target.ref_area.clone(),
            period: target.due,
            measure: target.measure,
            kind: Kind::Target,
            bound: target.bound,
            value: target.value,
            upper: target.upper,
            step: step_in(target.value, &sources),
            price_basis: basis,
            price_matters: false,
            edition: None,
            scope: target.scope.as_ref().map(ToString::to_string),
            document: document_of(&sources),
            date: sources.first().and_then(|source| source.date),
        });
        views.push(StatementView {
            fact: stored.id.0,
            indicator: reference.indicator_name(&target.indicator),
            place: reference.unit_name(&target.ref_area),
            period: target.due,
            measure: target.measure,
            is_target: true,
            amount: amount(
                target.value,
                target.upper,
                target.bound,
                unit,
                basis,
                reference.scope_name(target.scope.as_ref()),
            ),
            edition: None,
            sources,
        });
    }
    (statements, views)
}

fn amount(
    value: terms::Decimal,
    upper: Option<terms::Decimal>,
    bound: terms::Bound,
    unit: terms::UnitMeasure,
    price_basis: Option<PriceBasis>,
    scope: Option<Bilingual>,
) -> Amount {
    Amount {
        value,
        upper,
        bound,
        unit,
        price_basis,
        scope,
    }
}
