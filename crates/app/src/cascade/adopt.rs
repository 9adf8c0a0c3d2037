//! The parts of a target become targets of those who are to reach them: by a paper, with a reason, all or none.

use plan::{Act, Fact, FactId, Target, TargetId, Way};
use terms::{Bound, Decimal, Diagnostic, Measure, Place};

use super::{Cascade, CascadeQuery, Part};
use crate::held::Wanted;
use crate::policy::Action;
use crate::review::broken_rules;
use crate::settlement::{SettlementTexts, missing};
use crate::simulated::PUBLISHER;
use crate::{Actor, App, Error};

/// What a person sends to adopt a cascade.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AdoptTexts {
    /// What is handed down, to whom, and how: the target must be named.
    pub query: CascadeQuery,
    /// [`Cascade::seen`] of the page that the person read.
    pub seen: u64,
    /// What the part is for that was left with nobody, where the parts do not close on the whole.
    pub residual: String,
    /// The paper that decides and the reason; `finding` and `decision` are not asked.
    pub paper: SettlementTexts,
}

/// What was recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Adopted {
    /// Targets that are new.
    pub recorded: usize,
    /// Targets that took the place of others.
    pub revised: usize,
    /// Targets that were there already, with the same value.
    pub known: usize,
}

impl App {
    /// Records the parts of a cascade as targets of those who are to reach them; a target that was given before and differs
    /// is replaced, and stays readable. Parts that rest on simulated figures are recorded as simulated.
    ///
    /// # Errors
    /// [`Error::Invalid`] names every field that is missing or wrong (without a paper or a reason, and where a residual has
    /// no name); [`Error::Conflict`] where somebody gave other parts in between; [`Error::NotFound`], [`Error::SignIn`],
    /// [`Error::Denied`], [`Error::Store`]. Then nothing was recorded.
    pub async fn adopt_cascade(&self, actor: &Actor, texts: &AdoptTexts) -> Result<Adopted, Error> {
        actor.require(Action::ImportValues)?;
        if texts.query.target.is_none() {
            return Err(Error::NotFound { what: "target" });
        }
        let mut writing = self.writing().await?;
        let handed = self.to_hand_down(&mut writing).await?;
        // Nobody records anything meanwhile: the cube is of the same head.
        let (held, _) = self.held(Wanted::These(&handed.grounds)).await?;
        let asked = handed.asked_for(&held, &texts.query)?;
        let given = handed.given(&mut writing, asked).await?;
        let view = handed.down(&held, &texts.query, asked, given)?;
        drop(held);
        let cascade = view.shown.ok_or(Error::NotFound { what: "target" })?;
        if cascade.seen() != texts.seen {
            return Err(Error::Conflict { what: "target" });
        }
        let mut wrong = cascade.problems.clone();
        for (field, text) in [("reason", &texts.paper.reason)] {
            if text.trim().is_empty() {
                wrong.push(missing(field));
            }
        }
        if !cascade.closes() && texts.residual.trim().is_empty() {
            wrong.push(missing("residual"));
        }
        if cascade.parts.iter().all(|part| part.due.is_none()) {
            wrong.push(Diagnostic::error("nothing-to-adopt", Place::default()));
        }
        if texts.paper.document.trim().is_empty() && texts.paper.title.trim().is_empty() {
            wrong.push(missing("document"));
        }
        let source = texts.paper.source(&mut writing, &mut wrong).await?;
        let lists = self.lists();
        let targets: Vec<(&Part, Target)> = cascade
            .parts
            .iter()
            .filter_map(|part| Some((part, target(&cascade, part)?)))
            .collect();
        for (part, target) in &targets {
            let place = Place::default().column(format!("part-{}", part.unit.code));
            let fact = Fact::Target(target.clone());
            let mut broken = broken_rules(&lists.reference, &fact, &place);
            // A department is no unit of the tree, but of the directory that it was taken from.
            broken.retain(|rule| rule.code != "unknown-place" || !part.unit.code.as_str().contains('/'));
            wrong.extend(broken);
        }
        let Some(mut source) = source.filter(|_| wrong.is_empty()) else {
            return Err(Error::Invalid(wrong));
        };
        if cascade.simulated {
            PUBLISHER.clone_into(&mut source.publisher);
        }
        let reason = reason(&cascade, texts);
        let author = actor.author(Action::ImportValues, None);
        let mut adopted = Adopted::default();
        for (part, target) in targets {
            let replaces = match part.given {
                Some((_, value)) if value == target.value => {
                    adopted.known += 1;
                    continue;
                }
                Some((given, _)) => {
                    adopted.revised += 1;
                    Some(FactId::Target(given))
                }
                None => {
                    adopted.recorded += 1;
                    None
                }
            };
            let act = Act::FactRecorded {
                fact: Fact::Target(target),
                source: source.clone(),
                replaces,
                reason: reason.clone(),
            };
            writing.record(&author, self.now(), &act).await?;
        }
        self.commit(writing).await?;
        Ok(adopted)
    }
}

/// The reason with what the parts are of, and what the residual is for.
fn reason(cascade: &Cascade, texts: &AdoptTexts) -> String {
    let TargetId(number) = cascade.of.target;
    let mut reason = format!(
        "{} [{number} · {}]",
        texts.paper.reason.trim(),
        cascade.way.code()
    );
    if let Some(residual) = cascade.residual.filter(|_| !cascade.closes()) {
        reason = format!("{reason} [{}: {}]", residual.normalize(), texts.residual.trim());
    }
    reason
}

fn target(cascade: &Cascade, part: &Part) -> Option<Target> {
    let start = cascade.ground.filter(|_| cascade.is_rate());
    Some(Target {
        indicator: cascade.of.indicator.code.clone(),
        ref_area: part.unit.code.clone(),
        due: cascade.of.due,
        measure: Measure::Level,
        value: part.due?,
        upper: None,
        // The parts of «about» and of a range are plain values.
        bound: match cascade.of.amount.bound {
            Bound::Approx | Bound::Range => Bound::Eq,
            bound => bound,
        },
        price_basis: cascade.of.amount.price_basis,
        scope: cascade.of.scope.clone(),
        baseline: start.zip(part.ground.map(|now: Decimal| now.round_dp(2))),
        way: Way::default(),
    })
}
