//! «Can it all hold?»: the targets, results and assumptions of the province held against the identities between them.

use std::collections::BTreeMap;

use engine::Interval;
use engine::coherence::{
    self as coherence, Basis, Claim, Identity, Limits, Natural, Quantity, Role, Token, Verdict,
};
use engine::meaning::{Allowed, End, Voice, allowed, step};
use plan::{ObsStatus, PriceBasis, Scope, TargetId};
use store::{Known, Which};
use terms::{
    Bound, Date, Decimal, Diagnostic, IndicatorCode, Measure, Place, RefArea, TimePeriod, UnitMeasure,
};

use crate::assess::{Picture, basis_of, unit_of};
use crate::policy::Action;
use crate::reference::Reference;
use crate::register::PROVINCE;
use crate::view::{Amount, IndicatorName, SourceView};
use crate::{Actor, App, Error};

pub use engine::coherence::{Role as ClaimRole, Verdict as CoherenceVerdict};

/// The identities that are in use, as the repository states them.
pub const IDENTITIES: &str = include_str!("../../../data/identities.csv");
const ASSUMPTIONS: &str = include_str!("../../../data/assumptions.csv");

/// What to ask.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct CoherenceQuery {
    /// Other ranges for assumptions, by name.
    pub assumed: Vec<(String, Decimal, Decimal)>,
    /// Assumptions that shall not hold.
    pub dropped: Vec<String>,
    /// As of this day: only papers up to it, only targets due after it; none: today.
    pub day: Option<Date>,
}

/// A range as people read it: rounded outward, in the quantity's unit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RangeView {
    /// Not above it; none: without bound.
    pub lower: Option<Decimal>,
    /// Not below it; none: without bound.
    pub upper: Option<Decimal>,
}

/// A quantity as people name it.
#[derive(Debug, Clone, PartialEq)]
pub struct QuantityView {
    /// Of what.
    pub indicator: IndicatorName,
    /// In whose prices, where that must be said.
    pub basis: Option<PriceBasis>,
    /// When.
    pub period: TimePeriod,
    /// The unit of its numbers.
    pub unit: UnitMeasure,
}

/// A target, result or assumption of the question.
#[derive(Debug, Clone, PartialEq)]
pub struct ClaimView {
    /// Stable name: `INDICATOR@PERIOD` for values, the assumption's own name else.
    pub id: String,
    /// Which part it plays.
    pub role: Role,
    /// What it speaks of; none for an assumption that is no number (even growth).
    pub quantity: Option<QuantityView>,
    /// What is said.
    pub amount: Option<Amount>,
    /// Where.
    pub sources: Vec<SourceView>,
    /// The targets of the register that say so; none for results and assumptions.
    pub targets: Vec<TargetId>,
    /// Whether it is an assumption that holds for every year ahead: then its quantity names only the last of them.
    pub every_year: bool,
}

/// What could not be asked together with the rest, and why.
#[derive(Debug, Clone, PartialEq)]
pub struct NoteView {
    /// Message `coherence-note-CODE`.
    pub code: &'static str,
    /// Of what, where it is no claim of the question.
    pub quantity: Option<QuantityView>,
    /// The value left out.
    pub amount: Option<Amount>,
    /// The claim of the question that it speaks of.
    pub claim: Option<usize>,
    /// Where it stands.
    pub sources: Vec<SourceView>,
}

/// A piece of a formula.
#[derive(Debug, Clone, PartialEq)]
pub enum Piece {
    /// A quantity and what is known of it at this step.
    Quantity(QuantityView, RangeView),
    /// A number of the identity.
    Number(Decimal),
    /// An operator or bracket.
    Sign(char),
    /// To this power.
    Power(u32),
    /// The root of this degree of the bracket before.
    Root(u32),
    /// x + x² + … + xⁿ of the bracket before.
    Compound(u32),
    /// The rate of which the bracket before is the compound sum.
    CompoundRoot(u32),
}

/// One step of a chain: this quantity is this formula, so it lies in this range.
#[derive(Debug, Clone, PartialEq)]
pub struct StepView {
    /// The identity used; message `identity-ID`.
    pub identity: String,
    /// What is derived.
    pub quantity: QuantityView,
    /// The identity solved for it.
    pub formula: Vec<Piece>,
    /// What it gives.
    pub gives: RangeView,
}

/// A smallest set of targets that cannot hold together.
#[derive(Debug, Clone, PartialEq)]
pub struct ConflictView {
    /// The targets, by index into the claims.
    pub targets: Vec<usize>,
    /// The results and assumptions it rests on.
    pub given: Vec<usize>,
    /// The claim that the last step contradicts.
    pub against: usize,
    /// The steps.
    pub steps: Vec<StepView>,
    /// What clashes with what.
    pub kind: ConflictKind,
}

/// What clashes with what, in the order in which people should look at it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ConflictKind {
    /// Targets clash with each other.
    Targets,
    /// One target is impossible by itself, such as a share over 100 %.
    Alone,
    /// One target is at odds with results alone.
    Result,
    /// One target is at odds with what is assumed.
    Assumption,
    /// Results and assumptions contradict each other without any target.
    Given,
}

impl ConflictKind {
    /// The stable code: `targets`, `alone`, `result`, `assumption`, `given`.
    pub const fn code(self) -> &'static str {
        match self {
            ConflictKind::Targets => "targets",
            ConflictKind::Alone => "alone",
            ConflictKind::Result => "result",
            ConflictKind::Assumption => "assumption",
            ConflictKind::Given => "given",
        }
    }
}

/// What must be true of a quantity.
#[derive(Debug, Clone, PartialEq)]
pub struct ImpliedView {
    /// Of what.
    pub quantity: QuantityView,
    /// What everything else demands of it.
    pub range: RangeView,
    /// What an assumption supposes of it, where one does.
    pub assumed: Option<(usize, RangeView)>,
    /// Whether it is itself a target, a result or an assumption.
    pub claimed: bool,
}

/// The smallest change of one claim with which all can hold.
#[derive(Debug, Clone, PartialEq)]
pub struct MendView {
    /// Which claim.
    pub claim: usize,
    /// Its quantity.
    pub quantity: QuantityView,
    /// What the others leave it.
    pub possible: RangeView,
    /// The nearest number, shown to be possible by a witness.
    pub nearest: Option<Decimal>,
    /// For an assumption: the range widened, in few digits, until it holds the nearest number.
    pub widened: Option<RangeView>,
}

/// An ambiguous target read otherwise.
#[derive(Debug, Clone, PartialEq)]
pub struct ReadingView {
    /// Which claim.
    pub claim: usize,
    /// Message `reading-NAME`.
    pub name: String,
    /// The verdict then.
    pub verdict: Verdict,
    /// What the others leave the quantity that it would speak of.
    pub possible: Vec<(QuantityView, RangeView)>,
}

/// The answer, for a page.
#[derive(Debug, Clone, PartialEq)]
pub struct CoherenceView {
    /// As of which day.
    pub day: Date,
    /// The verdict.
    pub verdict: Verdict,
    /// Everything that was asked together.
    pub claims: Vec<ClaimView>,
    /// Why not.
    pub conflicts: Vec<ConflictView>,
    /// Whether these are surely all that can be proved.
    pub all_conflicts: bool,
    /// What must be true, if the first mend is made.
    pub implied: Vec<ImpliedView>,
    /// What would mend it, each by itself.
    pub mends: Vec<MendView>,
    /// What would have to change together, where no single change mends it.
    pub mends_together: Vec<Vec<usize>>,
    /// Other readings.
    pub readings: Vec<ReadingView>,
    /// A path on which all targets hold, where there is one.
    pub path: Vec<(QuantityView, RangeView)>,
    /// What was left out of the question, and why.
    pub notes: Vec<NoteView>,
    /// What of the identities could not be used.
    pub diagnostics: Vec<Diagnostic>,
}

impl App {
    /// Whether all targets that are not due yet can hold at once. Four statements.
    ///
    /// # Errors
    /// [`Error::Invalid`] where an assumption is unknown or turned round; [`Error::Store`], [`Error::Denied`].
    pub async fn coherence(&self, actor: &Actor, query: &CoherenceQuery) -> Result<CoherenceView, Error> {
        actor.require(Action::ReadRegister)?;
        let lists = self.lists();
        let picture = Picture::load(&mut self.reading().await?, Known::NOW, Which::Place(&PROVINCE)).await?;
        let day = query.day.unwrap_or_else(|| self.today());
        let query = query.clone();
        // Milliseconds of arithmetic: not on the threads that answer others.
        tokio::task::spawn_blocking(move || ask(&picture, &lists.reference, &query, day))
            .await
            .map_err(|_| Error::Machine("the question of coherence was broken off"))?
    }
}

fn ask(
    picture: &Picture,
    reference: &Reference,
    query: &CoherenceQuery,
    day: Date,
) -> Result<CoherenceView, Error> {
    let (identities, mut diagnostics) = coherence::read_identities(IDENTITIES, "identities.csv");
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
    let mut gathered = Gathered::default();
    results(picture, reference, &identities, day, &mut gathered);
    // What lies ahead begins with the first year of which no result of the economy is known.
    let start = gathered
        .claims
        .iter()
        .flat_map(|claim| &claim.bindings)
        .filter(|(quantity, _)| quantity.indicator.as_str().starts_with("grdp."))
        .filter_map(|(quantity, _)| coherence::identity::years(quantity.period))
        .map(|(_, to)| to + 1)
        .max()
        .unwrap_or(day.year());
    targets(picture, reference, &identities, (day, start), &mut gathered);
    assumptions(query, (day, start), reference, &mut gathered)?;
    let answer = coherence::examine(&identities, &gathered.claims, &natural, &Limits::STANDARD);
    diagnostics.extend(unknown_indicators(&identities, reference));
    let mut notes = std::mem::take(&mut gathered.notes);
    for diagnostic in &answer.diagnostics {
        let claim = diagnostic
            .data
            .iter()
            .find(|(name, _)| *name == "claim")
            .and_then(|(_, id)| gathered.claims.iter().position(|claim| claim.id == *id));
        match claim {
            Some(claim) => notes.push(NoteView {
                code: diagnostic.code,
                quantity: None,
                amount: None,
                claim: Some(claim),
                sources: gathered.views[claim].sources.clone(),
            }),
            None => diagnostics.push(diagnostic.clone()),
        }
    }
    let namer = Namer {
        reference,
        model: &answer.model,
    };
    let mut conflicts: Vec<ConflictView> = answer
        .conflicts
        .iter()
        .map(|conflict| ConflictView {
            kind: kind(&gathered.claims, &conflict.targets, &conflict.given),
            targets: conflict.targets.clone(),
            given: conflict.given.clone(),
            against: conflict.against,
            steps: conflict
                .chain
                .iter()
                .flat_map(|chain| &chain.steps)
                .map(|step| namer.step(step, &identities))
                .collect(),
        })
        .collect();
    conflicts.sort_by_key(|conflict| conflict.kind);
    let of_claim = |variable: usize| {
        (0..gathered.claims.len()).find(|claim| {
            gathered.claims[*claim].role == Role::Assumption
                && answer.model.claims[*claim]
                    .iter()
                    .any(|(index, _)| *index == variable)
        })
    };
    let mut implied: Vec<ImpliedView> = answer
        .implied
        .iter()
        // What everything allows is no demand.
        .filter(|implied| {
            implied.range.is_bounded() && implied.range != answer.model.system.natural[implied.variable]
        })
        .map(|implied| ImpliedView {
            quantity: namer.quantity(implied.variable),
            range: namer.range(implied.range),
            assumed: of_claim(implied.variable).and_then(|claim| {
                let (_, allowed) = answer.model.claims[claim]
                    .iter()
                    .find(|(index, _)| *index == implied.variable)?;
                allowed.lower.or(allowed.upper)?;
                Some((claim, namer.range(allowed.interval()?)))
            }),
            claimed: answer
                .model
                .claims
                .iter()
                .any(|claim| claim.iter().any(|(index, _)| *index == implied.variable)),
        })
        .collect();
    // Spans first, then the last years: what a plan is about before the way there.
    implied.sort_by_key(|implied| {
        (
            !matches!(implied.quantity.period, TimePeriod::Span(..)),
            std::cmp::Reverse(implied.quantity.period.end()),
            reference.rank(&implied.quantity.indicator.code),
        )
    });
    Ok(CoherenceView {
        day,
        verdict: answer.verdict,
        all_conflicts: answer.all_conflicts,
        implied,
        mends: mends(&answer, &gathered, &namer, &conflicts),
        conflicts,
        notes,
        mends_together: answer.mends_together.clone(),
        readings: answer
            .readings
            .iter()
            .map(|reading| ReadingView {
                claim: reading.claim,
                name: reading.name.clone(),
                verdict: reading.verdict,
                possible: reading
                    .possible
                    .iter()
                    .map(|(variable, range)| (namer.quantity(*variable), namer.range(*range)))
                    .collect(),
            })
            .collect(),
        path: answer
            .witness
            .iter()
            .flatten()
            .enumerate()
            .filter_map(|(variable, value)| Some((namer.quantity(variable), namer.range(value.interval()?))))
            .collect(),
        claims: gathered.views,
        diagnostics,
    })
}

#[derive(Default)]
struct Gathered {
    claims: Vec<Claim>,
    views: Vec<ClaimView>,
    notes: Vec<NoteView>,
}

fn kind(claims: &[Claim], targets: &[usize], given: &[usize]) -> ConflictKind {
    let assumed = || given.iter().any(|claim| claims[*claim].role == Role::Assumption);
    match targets {
        [] => ConflictKind::Given,
        [_] if given.is_empty() => ConflictKind::Alone,
        [_] if assumed() => ConflictKind::Assumption,
        [_] => ConflictKind::Result,
        _ => ConflictKind::Targets,
    }
}

/// The mends, those of clashes between targets first; where a target is at odds with what is assumed, the assumption
/// first, since whoever asks can change it at once.
fn mends(
    answer: &coherence::Answer,
    gathered: &Gathered,
    namer: &Namer<'_>,
    conflicts: &[ConflictView],
) -> Vec<MendView> {
    let first = |claim: usize| {
        conflicts
            .iter()
            .filter(|conflict| conflict.targets.contains(&claim) || conflict.given.contains(&claim))
            .map(|conflict| conflict.kind)
            .min()
            .unwrap_or(ConflictKind::Given)
    };
    let mut mends: Vec<MendView> = answer
        .mends
        .iter()
        .map(|mend| {
            let nearest = mend.nearest.and_then(|value| Decimal::try_from(value).ok());
            let assumed = gathered.claims[mend.claim].role == Role::Assumption;
            MendView {
                claim: mend.claim,
                quantity: namer.quantity(mend.variable),
                possible: namer.range(mend.possible),
                nearest: nearest.map(|value| value.normalize()),
                widened: nearest
                    .filter(|_| assumed)
                    .and_then(|value| widened(range_of(mend.now), value)),
            }
        })
        .collect();
    mends.sort_by_key(|mend| {
        let kind = first(mend.claim);
        let assumption = gathered.claims[mend.claim].role == Role::Assumption;
        (kind, assumption != (kind == ConflictKind::Assumption))
    });
    mends
}

/// A range drawn out to a value, its new end rounded away from the old one to three counting digits.
fn widened(range: RangeView, value: Decimal) -> Option<RangeView> {
    let (lower, upper) = (range.lower?, range.upper?);
    let mut step = Decimal::ONE;
    let size = value.abs();
    if size.is_zero() {
        return None;
    }
    while size < step * Decimal::ONE_HUNDRED {
        step /= Decimal::TEN;
    }
    while step * Decimal::ONE_THOUSAND <= size {
        step *= Decimal::TEN;
    }
    let steps = value / step;
    if upper < value {
        let upper = Some((steps.ceil() * step).normalize());
        return Some(RangeView { upper, ..range });
    }
    (value < lower).then(|| RangeView {
        lower: Some((steps.floor() * step).normalize()),
        ..range
    })
}

/// Indicators that identities speak of and the catalogue does not know: such an identity never ties anything.
fn unknown_indicators(identities: &[Identity], reference: &Reference) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for identity in identities {
        let mut look = |named: &coherence::formula::Reference| {
            let known = reference
                .indicators
                .iter()
                .any(|known| known.code == named.indicator);
            let diagnostic = Diagnostic::warning(
                "identity-indicator-unknown",
                Place::file("identities.csv").column("relation"),
            )
            .with("identity", &identity.id)
            .with("indicator", &named.indicator);
            if !known && !found.contains(&diagnostic) {
                found.push(diagnostic);
            }
        };
        identity.left.references(&mut look);
        identity.right.references(&mut look);
    }
    found
}

/// The worth of the last digit with which a quote writes a value.
pub(crate) fn step_in(value: Decimal, sources: &[SourceView]) -> Decimal {
    let plain = step(value, None);
    for source in sources {
        for word in source
            .quote
            .split(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ',')))
        {
            let word = word.trim_matches(['.', ',']);
            let digits: String = word.chars().filter(char::is_ascii_digit).collect();
            let same = !digits.is_empty()
                && digits.trim_start_matches('0').trim_end_matches('0')
                    == value.abs().mantissa().to_string().trim_end_matches('0');
            if same {
                return step(value, Some(word));
            }
        }
    }
    plain
}

/// Whether a value is one of the indicator's own, of which identities speak: a level, or a rate of an indicator that is a
/// rate. The growth of a count and a share of a sum are not.
pub(crate) fn is_own_value(indicator: Option<&plan::Indicator>, measure: Measure) -> bool {
    match measure {
        Measure::Level => true,
        Measure::Growth | Measure::Share => indicator.is_some_and(|indicator| indicator.unit.is_percentage()),
        Measure::Change => indicator.is_some_and(|indicator| indicator.code.as_str() == "poverty.reduction"),
    }
}

/// The quantity that identities know; none where none speaks of it.
fn quantity(
    code: &IndicatorCode,
    period: TimePeriod,
    basis: Option<PriceBasis>,
    identities: &[Identity],
) -> Result<Option<Quantity>, &'static str> {
    use coherence::formula::{Prices, Reference};
    if coherence::identity::years(period).is_none() {
        return Ok(None);
    }
    let (mut plain, mut priced) = (false, false);
    for identity in identities {
        let mut look = |reference: &Reference| {
            if reference.indicator == *code {
                *(if reference.prices == Prices::Plain {
                    &mut plain
                } else {
                    &mut priced
                }) = true;
            }
        };
        identity.left.references(&mut look);
        identity.right.references(&mut look);
    }
    let basis = match (plain, priced, basis) {
        (false, false, _) => return Ok(None),
        (_, true, Some(PriceBasis::Current)) => Basis::Current,
        (_, true, Some(PriceBasis::Constant { base_year })) => Basis::Constant(base_year),
        (_, true, None) => return Err("price-basis-unsaid"),
        (true, false, Some(PriceBasis::Constant { .. })) => return Err("price-basis-mismatch"),
        (true, false, _) => Basis::Plain,
    };
    Ok(Some(Quantity {
        indicator: code.clone(),
        basis,
        place: PROVINCE,
        period,
    }))
}

fn targets(
    picture: &Picture,
    reference: &Reference,
    identities: &[Identity],
    (day, start): (Date, i16),
    gathered: &mut Gathered,
) {
    // The same number told by several papers is one target; «over», «at least» and the bare number of it are too.
    type Key = (usize, TimePeriod, Decimal, Option<Decimal>, Option<Scope>);
    let mut groups: BTreeMap<Key, Vec<&store::StoredTarget>> = BTreeMap::new();
    for stored in &picture.targets {
        let target = &stored.target;
        let decided = picture
            .sources_of(stored.id.0)
            .iter()
            .filter_map(|source| source.date)
            .min();
        if day <= target.due.end() && decided.is_none_or(|decided| decided <= day) {
            let key = (
                reference.rank(&target.indicator),
                target.due,
                target.value,
                target.upper,
                target.scope.clone(),
            );
            groups.entry(key).or_default().push(stored);
        }
    }
    // Of papers that set different values for one quantity, the latest counts.
    let latest = |group: &[&store::StoredTarget]| {
        group
            .iter()
            .flat_map(|stored| picture.sources_of(stored.id.0))
            .filter_map(|source| source.date)
            .max()
    };
    let newest = |group: &[&store::StoredTarget]| {
        let own = &group[0].target;
        groups
            .values()
            .filter(|other| {
                let other = &other[0].target;
                (
                    &other.indicator,
                    other.due,
                    other.measure,
                    other.price_basis,
                    &other.scope,
                ) == (&own.indicator, own.due, own.measure, own.price_basis, &own.scope)
            })
            .filter_map(|other| latest(other))
            .max()
    };
    for group in groups.values() {
        let first = &group[0].target;
        let indicator = reference.indicator(&first.indicator);
        let unit = unit_of(indicator, first.measure);
        let sources: Vec<SourceView> = group
            .iter()
            .flat_map(|stored| picture.sources_of(stored.id.0))
            .collect();
        let left_out = |code: &'static str| NoteView {
            code,
            quantity: Some(QuantityView {
                indicator: reference.indicator_name(&first.indicator),
                basis: first.price_basis,
                period: first.due,
                unit: unit.clone(),
            }),
            amount: Some(Amount {
                value: first.value,
                upper: first.upper,
                bound: first.bound,
                unit: unit.clone(),
                price_basis: first.price_basis,
                scope: reference.scope_name(first.scope.as_ref()),
            }),
            claim: None,
            sources: sources.clone(),
        };
        if latest(group) < newest(group) {
            gathered.notes.push(left_out("target-superseded"));
            continue;
        }
        if !is_own_value(indicator, first.measure) {
            continue;
        }
        if first.scope.is_some() {
            // Identities speak of what the definition counts, not of a part of it.
            gathered.notes.push(left_out("target-of-a-scope"));
            continue;
        }
        let basis = basis_of(first.price_basis, indicator, first.measure);
        let quantity = match quantity(&first.indicator, first.due, basis, identities) {
            Ok(Some(quantity)) => quantity,
            Ok(None) => continue,
            Err(code) => {
                gathered.notes.push(left_out(code));
                continue;
            }
        };
        if let Some((from, to)) = coherence::identity::years(first.due)
            && from < start
            && from < to
        {
            gathered.notes.push(left_out("target-partly-past"));
            continue;
        }
        let open = group
            .iter()
            .map(|stored| stored.target.bound)
            .find(|bound| matches!(bound, Bound::Gt | Bound::Ge | Bound::Lt | Bound::Le));
        let bound = open.unwrap_or(first.bound);
        let said = allowed(
            bound,
            first.value,
            first.upper,
            step_in(first.value, &sources),
            Voice::Set,
        );
        let mut readings = Vec::new();
        if let Some((from, to)) = coherence::identity::years(first.due)
            && from < to
            && first.indicator.as_str() == "investment.to_grdp"
        {
            let last = Quantity {
                period: TimePeriod::Year(to),
                ..quantity.clone()
            };
            readings.push(("last_year".to_owned(), vec![(last, said)]));
            readings.push(("other_definition".to_owned(), Vec::new()));
        }
        let id = format!("{}@{}", first.indicator, first.due);
        let twin = gathered
            .views
            .iter()
            .filter(|view| view.id.starts_with(&id))
            .count();
        let id = if twin == 0 {
            id
        } else {
            format!("{id}#{}", twin + 1)
        };
        gathered.claims.push(Claim {
            id: id.clone(),
            role: Role::Target,
            bindings: vec![(quantity.clone(), said)],
            readings,
            tested: false,
        });
        gathered.views.push(ClaimView {
            id,
            role: Role::Target,
            quantity: Some(quantity_view(reference, &quantity)),
            amount: Some(Amount {
                value: first.value,
                upper: first.upper,
                bound,
                unit,
                price_basis: basis,
                scope: None,
            }),
            targets: group.iter().map(|stored| stored.id).collect(),
            every_year: false,
            sources,
        });
    }
}

/// How many years before the question's day a result may be of, to count as where the plan starts from.
const YEARS_BACK: i16 = 1;

fn results(
    picture: &Picture,
    reference: &Reference,
    identities: &[Identity],
    day: Date,
    gathered: &mut Gathered,
) {
    // Of several tellings of one quantity the latest edition and paper counts; that they differ is told elsewhere.
    let mut best: BTreeMap<Quantity, (plan::Edition, Option<Date>, &store::StoredObservation)> =
        BTreeMap::new();
    for stored in &picture.observations {
        let observation = &stored.observation;
        let indicator = reference.indicator(&observation.indicator);
        let paper = picture
            .sources_of(stored.id.0)
            .iter()
            .filter_map(|source| source.date)
            .max();
        let TimePeriod::Year(year) = observation.time_period else {
            continue;
        };
        if observation.status == ObsStatus::Missing
            || observation.scope.is_some()
            || year < day.year() - YEARS_BACK
            || paper.is_some_and(|paper| day < paper)
            || !is_own_value(indicator, observation.measure)
        {
            continue;
        }
        let basis = basis_of(observation.price_basis, indicator, observation.measure);
        let Ok(Some(quantity)) = quantity(&observation.indicator, observation.time_period, basis, identities)
        else {
            continue;
        };
        let rank = (observation.edition, paper);
        match best.get(&quantity) {
            Some((edition, date, _)) if rank <= (*edition, *date) => {}
            _ => {
                best.insert(quantity, (observation.edition, paper, stored));
            }
        }
    }
    let mut chosen: Vec<_> = best.into_iter().collect();
    // The best known first: where results contradict each other the last is set aside.
    chosen.sort_by_key(|(_, (edition, paper, _))| std::cmp::Reverse((*edition, *paper)));
    for (quantity, (_, _, stored)) in chosen {
        let observation = &stored.observation;
        let sources = picture.sources_of(stored.id.0);
        let step = step_in(observation.obs_value, &sources);
        let mut said = allowed(
            observation.bound,
            observation.obs_value,
            observation.upper,
            step,
            Voice::Told,
        );
        // «Over» of a result sets no upper end for arithmetic.
        if matches!(observation.bound, Bound::Gt | Bound::Ge) {
            said.upper = None;
        }
        let indicator = reference.indicator(&observation.indicator);
        let id = format!("{}@{}", observation.indicator, observation.time_period);
        let id = match quantity.basis {
            Basis::Constant(year) => format!("{id}@constant{year}"),
            _ => id,
        };
        gathered.views.push(ClaimView {
            id: format!("result:{id}"),
            role: Role::Result,
            quantity: Some(quantity_view(reference, &quantity)),
            amount: Some(Amount {
                value: observation.obs_value,
                upper: observation.upper,
                bound: observation.bound,
                unit: unit_of(indicator, observation.measure),
                price_basis: basis_of(observation.price_basis, indicator, observation.measure),
                scope: None,
            }),
            sources,
            targets: Vec::new(),
            every_year: false,
        });
        gathered.claims.push(Claim {
            id: format!("result:{id}"),
            role: Role::Result,
            bindings: vec![(quantity, said)],
            readings: Vec::new(),
            tested: false,
        });
    }
}

fn assumptions(
    query: &CoherenceQuery,
    (day, start): (Date, i16),
    reference: &Reference,
    gathered: &mut Gathered,
) -> Result<(), Error> {
    let mut wrong = Vec::new();
    let mut known = Vec::new();
    let mut spans: Vec<TimePeriod> = gathered
        .claims
        .iter()
        .filter(|claim| claim.role == Role::Target)
        .flat_map(|claim| &claim.bindings)
        .filter_map(|(quantity, _)| {
            matches!(quantity.period, TimePeriod::Span(..)).then_some(quantity.period)
        })
        .collect();
    spans.sort();
    spans.dedup();
    let last = gathered
        .claims
        .iter()
        .flat_map(|claim| &claim.bindings)
        .filter_map(|(quantity, _)| coherence::identity::years(quantity.period))
        .map(|(_, to)| to)
        .max()
        .unwrap_or(day.year());
    let mut periods: Vec<TimePeriod> = (start..=last).map(TimePeriod::Year).collect();
    periods.extend(spans.iter().copied());
    for line in ASSUMPTIONS.lines().skip(1) {
        let fields: Vec<&str> = line.splitn(7, ',').collect();
        let [id, indicator, over, lower, upper, tested, source] = fields[..] else {
            continue;
        };
        known.push(id);
        if query.dropped.iter().any(|dropped| dropped == id) {
            continue;
        }
        let given = query.assumed.iter().find(|(name, ..)| name == id);
        let range = match (given, lower.parse(), upper.parse()) {
            (Some((_, lower, upper)), ..) => Some((*lower, *upper)),
            (None, Ok(lower), Ok(upper)) => Some((lower, upper)),
            _ => None,
        };
        if let Some((lower, upper)) = range
            && upper < lower
        {
            wrong.push(
                Diagnostic::error("assumption-turned-round", Place::default())
                    .with("assumption", id)
                    .with("lower", lower)
                    .with("upper", upper),
            );
            continue;
        }
        let source = SourceView {
            document: None,
            figure: None,
            quote: String::new(),
            title: source.to_owned(),
            publisher: String::new(),
            date: None,
            url: None,
        };
        let mut bindings = Vec::new();
        let mut amount = None;
        let mut view = None;
        if id == "even_growth" {
            // No number of its own: the spans named are those over which it holds.
            let growth = IndicatorCode::new("grdp.nominal_growth").map_err(|_| Error::Machine("a code"))?;
            bindings = spans
                .iter()
                .map(|period| {
                    let quantity = Quantity {
                        indicator: growth.clone(),
                        basis: Basis::Plain,
                        place: PROVINCE,
                        period: *period,
                    };
                    (quantity, Allowed::default())
                })
                .collect();
        }
        if let (Ok(code), Some((lower, upper))) = (IndicatorCode::new(indicator), range) {
            let of: Vec<TimePeriod> = match over.parse::<TimePeriod>() {
                Ok(period) => vec![period],
                Err(_) => periods.clone(),
            };
            // What the register knows needs no assumption.
            let told = gathered.claims.iter().any(|claim| {
                claim.role == Role::Result
                    && claim
                        .bindings
                        .iter()
                        .any(|(quantity, _)| quantity.indicator == code && of == [quantity.period])
            });
            if told && given.is_none() {
                continue;
            }
            for period in of {
                let quantity = Quantity {
                    indicator: code.clone(),
                    basis: Basis::Plain,
                    place: PROVINCE,
                    period,
                };
                view = Some(quantity_view(reference, &quantity));
                bindings.push((quantity, Allowed::between(lower, upper)));
            }
            let bound = if lower == upper { Bound::Eq } else { Bound::Range };
            let unit = unit_of(reference.indicator(&code), Measure::Level);
            amount = Some(Amount {
                value: lower,
                upper: (lower != upper).then_some(upper),
                bound,
                unit,
                price_basis: None,
                scope: None,
            });
        }
        gathered.claims.push(Claim {
            id: id.to_owned(),
            role: Role::Assumption,
            bindings,
            readings: Vec::new(),
            tested: tested == "yes",
        });
        gathered.views.push(ClaimView {
            id: id.to_owned(),
            role: Role::Assumption,
            quantity: view,
            amount,
            sources: vec![source],
            targets: Vec::new(),
            every_year: over == "years",
        });
    }
    for name in query.assumed.iter().map(|(name, ..)| name).chain(&query.dropped) {
        if !known.contains(&name.as_str()) {
            wrong.push(
                Diagnostic::error("unknown-assumption", Place::default())
                    .with("found", name)
                    .with("known", known.join(", ")),
            );
        }
    }
    if wrong.is_empty() {
        Ok(())
    } else {
        Err(Error::Invalid(wrong))
    }
}

fn quantity_view(reference: &Reference, quantity: &Quantity) -> QuantityView {
    QuantityView {
        indicator: reference.indicator_name(&quantity.indicator),
        basis: match quantity.basis {
            Basis::Plain => None,
            Basis::Current => Some(PriceBasis::Current),
            Basis::Constant(base_year) => Some(PriceBasis::Constant { base_year }),
        },
        period: quantity.period,
        unit: unit_of(reference.indicator(&quantity.indicator), Measure::Level),
    }
}

struct Namer<'a> {
    reference: &'a Reference,
    model: &'a coherence::Model,
}

impl Namer<'_> {
    fn quantity(&self, variable: usize) -> QuantityView {
        quantity_view(self.reference, &self.model.quantities[variable])
    }

    #[expect(clippy::unused_self, reason = "reads as one of the namer's answers")]
    fn range(&self, range: Interval) -> RangeView {
        outward(range)
    }

    fn step(&self, step: &coherence::Step, identities: &[Identity]) -> StepView {
        StepView {
            identity: identities[self.model.made[step.relation].identity].id.clone(),
            quantity: self.quantity(step.variable),
            formula: step
                .formula
                .iter()
                .map(|token| match token {
                    Token::Number(value) => Piece::Number(*value),
                    Token::Quantity(variable, range) => {
                        Piece::Quantity(self.quantity(*variable), self.range(*range))
                    }
                    Token::Operator(operator) => Piece::Sign(*operator),
                    Token::Open => Piece::Sign('('),
                    Token::Close => Piece::Sign(')'),
                    Token::Power(n) => Piece::Power(*n),
                    Token::Root(n) => Piece::Root(*n),
                    Token::Compound(n) => Piece::Compound(*n),
                    Token::CompoundRoot(n) => Piece::CompoundRoot(*n),
                })
                .collect(),
            gives: self.range(step.gives),
        }
    }
}

/// A range rounded outward to a step of at most a twentieth of its width, or to seven digits where it is narrow.
pub(crate) fn outward(range: Interval) -> RangeView {
    let size = range.lower().abs().max(range.upper().abs());
    let width = if range.is_bounded() {
        range.upper() - range.lower()
    } else {
        size
    };
    let fine = (width / 20.0).max(if size.is_finite() { size * 1e-7 } else { 0.0 });
    let end = |value: f64, up: bool| {
        let exact = value
            .is_finite()
            .then(|| Decimal::try_from(value).ok())
            .flatten()?;
        let mut step = Decimal::ONE;
        if fine <= 0.0 || !fine.is_finite() {
            return Some(exact.normalize());
        }
        let fine = Decimal::try_from(fine).ok()?;
        if fine.is_zero() {
            return Some(exact.normalize());
        }
        while fine < step {
            step /= Decimal::TEN;
        }
        while step * Decimal::TEN <= fine {
            step *= Decimal::TEN;
        }
        // The decimal of a float may lie a hair off a round number: that hair is not told.
        let hair = step / Decimal::from(1000);
        let steps = if up {
            ((exact - hair) / step).ceil()
        } else {
            ((exact + hair) / step).floor()
        };
        Some((steps * step).normalize())
    };
    RangeView {
        lower: end(range.lower(), false),
        upper: end(range.upper(), true),
    }
}

/// What a claim allows, as a range for people.
pub fn range_of(allowed: Allowed) -> RangeView {
    let value = |end: End| end.value.normalize();
    RangeView {
        lower: allowed.lower.map(value),
        upper: allowed.upper.map(value),
    }
}

/// An assumption as the repository states it, for a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AssumptionDefault {
    /// Its stable name; message `assumption-NAME`.
    pub name: &'static str,
    /// Its range; none where it is no number.
    pub range: Option<(Decimal, Decimal)>,
    /// Of what.
    pub indicator: &'static str,
}

/// All assumptions, in the order of the repository.
pub fn assumption_defaults() -> Vec<AssumptionDefault> {
    ASSUMPTIONS
        .lines()
        .skip(1)
        .filter_map(|line| {
            let mut fields = line.splitn(7, ',');
            let (name, indicator, _) = (fields.next()?, fields.next()?, fields.next()?);
            let (lower, upper) = (fields.next()?.parse().ok(), fields.next()?.parse().ok());
            Some(AssumptionDefault {
                name,
                range: lower.zip(upper),
                indicator,
            })
        })
        .collect()
}

/// The place that the question is of.
pub fn place() -> RefArea {
    PROVINCE
}

#[cfg(test)]
mod tests {
    use super::*;

    fn range(lower: &str, upper: &str) -> RangeView {
        RangeView {
            lower: lower.parse().ok(),
            upper: upper.parse().ok(),
        }
    }

    #[test]
    fn an_assumption_is_widened_to_few_digits_that_still_hold_the_number() {
        let check = |from: (&str, &str), value: &str, to: (&str, &str)| {
            let widened = widened(range(from.0, from.1), value.parse().unwrap());
            assert_eq!(widened, Some(range(to.0, to.1)), "{value}");
        };
        check(("0", "1.5"), "3.980866", ("0", "3.99"));
        check(("2", "6"), "1.2345", ("1.23", "6"));
        check(("0", "1.5"), "-0.98765", ("-0.988", "1.5"));
        check(("660000", "660000"), "743812.4", ("660000", "744000"));
        assert_eq!(widened(range("0", "1.5"), Decimal::ONE), None);
        assert_eq!(widened(range("2", "6"), Decimal::ZERO), None);
    }

    #[test]
    fn an_identity_of_an_indicator_that_no_catalogue_has_is_told() {
        let (identities, told) = coherence::read_identities(
            "id,over,relation,needs,derived,source\nmoon,year,grdp.growth = moon.cheese * 2,,,test\n",
            "identities.csv",
        );
        assert_eq!(told, []);
        let reference = Reference::new(crate::reference::Texts::embedded()).unwrap();
        let found = unknown_indicators(&identities, &reference);
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(found[0].code, "identity-indicator-unknown");
        assert!(found[0].data.iter().any(|(_, value)| value == "moon.cheese"));
        let (own, _) = coherence::read_identities(IDENTITIES, "identities.csv");
        let own = unknown_indicators(&own, &reference);
        assert_eq!(own, []);
    }

    #[test]
    fn the_repository_states_its_assumptions_for_the_form() {
        let all = assumption_defaults();
        assert!(all.iter().any(|one| one.name == "prices" && one.range.is_some()));
        assert!(
            all.iter()
                .any(|one| one.name == "even_growth" && one.range.is_none())
        );
    }
}
