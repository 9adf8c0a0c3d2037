//! The desk: a person accepts, corrects, merges or rejects what was found, and says why.

use std::str::FromStr;

use plan::{
    Act, Candidate, DocumentId, Edition, Fact, FactId, FigureId, ObsStatus, Observation, ObservationId,
};
use plan::{Outcome, PriceBasis, Scope, Target, TargetId, Way, rule};
use store::{FigureState, Known, Which, Writing};
use terms::{Date, Decimal, Diagnostic, IndicatorCode, Kind, Language, Place, RefArea, TimePeriod};

use crate::document::{DocumentRow, FigureView};
use crate::policy::Action;
use crate::reference::Reference;
use crate::{Actor, App, Error};

/// What waits for a person, newest documents first.
#[derive(Debug, Clone, PartialEq)]
pub struct Desk {
    /// Documents with figures that wait.
    pub documents: Vec<DocumentRow>,
    /// How many figures wait in all.
    pub waiting: usize,
    /// How many were decided.
    pub decided: usize,
}

/// A person's decision about one figure.
///
/// The fields of a form come in as text and are read here, so that every wrong one is named at once, with its place
/// (`column` = the field's name) and way out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// About which figure.
    pub figure: FigureId,
    /// What the person saw of it: [`FigureView::decisions`]. Another decision in between is a conflict.
    pub seen: usize,
    /// What is decided.
    pub verdict: Verdict,
    /// Why; may be empty for accepting, must not be for the others.
    pub reason: String,
}

/// What is decided about a figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// As found.
    Accept,
    /// With these fields instead.
    Correct(Box<FieldTexts>),
    /// It tells what this other, accepted figure tells.
    Merge(FigureId),
    /// No value of the register.
    Reject,
}

/// The fields of a figure as a form gives them; an empty one is not known.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FieldTexts {
    /// `actual`, `estimate` become an observation, `target` a target.
    pub kind: String,
    /// A code of the catalogue.
    pub indicator: String,
    /// A code of a unit.
    pub place: String,
    /// `2025`, `2025-07`, `2021/2025`, …
    pub period: String,
    /// `level`, `growth`, `change`, `share`.
    pub measure: String,
    /// A number, as written in the page's language.
    pub value: String,
    /// The upper end.
    pub upper: String,
    /// `eq`, `gt`, …
    pub bound: String,
    /// `estimate`, `preliminary`, `official`; empty: by the kind.
    pub edition: String,
    /// `current` or `constant`.
    pub price_basis: String,
    /// The base year of constant prices.
    pub base_year: String,
    /// What is counted, in the paper's words or by a name of the list; empty: what the indicator's definition says.
    pub scope: String,
    /// Of a target: the period of its baseline; empty: not said.
    pub baseline_period: String,
    /// Of a target: the value of its baseline.
    pub baseline_value: String,
    /// Of a target: how it is read and which way leads to it.
    pub way: crate::target::WayTexts,
}

/// What came of a decision.
#[derive(Debug, Clone, PartialEq)]
pub struct Decided {
    /// The figure as it is now.
    pub figure: FigureView,
    /// The observation that was recorded or joined.
    pub observation: Option<ObservationId>,
    /// The target that was recorded or joined.
    pub target: Option<TargetId>,
    /// The next figure of the document that waits.
    pub next: Option<FigureId>,
}

/// A document that a person hands in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewDocument {
    /// The file's name.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// Its title; empty: as the file says.
    pub title: String,
    /// Who published it.
    pub publisher: String,
    /// Its day; none: as the file says.
    pub date: Option<Date>,
    /// Its language; none: told from the text.
    pub language: Option<Language>,
    /// The place that it speaks of where it names none (a unit's code); empty: as the file says.
    pub place: String,
    /// Where else it can be found.
    pub url: String,
}

/// What came of adding a document.
#[derive(Debug, Clone, PartialEq)]
pub struct Added {
    /// The document; the one that was there before where the same bytes came again.
    pub document: DocumentId,
    /// Whether the same bytes were there before; then nothing was recorded.
    pub known: bool,
    /// How many figures were found.
    pub figures: usize,
    /// What the reader could not use.
    pub diagnostics: Vec<terms::Diagnostic>,
}

impl App {
    /// What waits for a person. Two statements.
    ///
    /// # Errors
    /// [`Error::SignIn`], [`Error::Denied`], [`Error::Store`].
    pub async fn desk(&self, actor: &Actor) -> Result<Desk, Error> {
        actor.require(Action::ReadDesk)?;
        let lists = self.lists();
        let mut reading = self.reading().await?;
        let documents = reading.documents().await?;
        let (figures, waiting) = documents.iter().fold((0, 0), |(figures, waiting), stored| {
            (figures + stored.counts.figures, waiting + stored.counts.waiting)
        });
        Ok(Desk {
            documents: documents
                .iter()
                .filter(|stored| 0 < stored.counts.waiting)
                .map(|stored| DocumentRow::of(stored, &lists.reference))
                .collect(),
            waiting,
            decided: figures - waiting,
        })
    }

    /// Records a person's decision about a figure, and answers with the figure as it is now.
    ///
    /// # Errors
    /// [`Error::Invalid`] names every field that cannot be used; [`Error::Conflict`] where somebody decided in between;
    /// [`Error::NotFound`], [`Error::SignIn`], [`Error::Denied`], [`Error::Store`]. Then nothing was recorded.
    pub async fn decide(&self, actor: &Actor, decision: &Decision) -> Result<Decided, Error> {
        actor.require(Action::Review)?;
        let lists = self.lists();
        let mut writing = self.writing().await?;
        let missing = || Error::NotFound { what: "figure" };
        let stored = writing.figure(decision.figure).await?.ok_or_else(missing)?;
        if stored.acts != decision.seen {
            return Err(Error::Conflict { what: "figure" });
        }
        let reason = decision.reason.trim();
        if reason.is_empty() && decision.verdict != Verdict::Accept {
            return Err(Error::Invalid(vec![missing_value("reason")]));
        }
        let verdict = match &decision.verdict {
            Verdict::Accept => {
                let fact = candidate_fact(&stored.found.candidate)?;
                plan::Verdict::Accept(outcome(&mut writing, &lists.reference, fact).await?)
            }
            Verdict::Correct(texts) => {
                let fact = texts.fact().map_err(Error::Invalid)?;
                plan::Verdict::Correct(outcome(&mut writing, &lists.reference, fact).await?)
            }
            Verdict::Merge(with) => {
                let other = writing.figure(*with).await?.ok_or_else(missing)?;
                let joins = other
                    .state
                    .fact()
                    .filter(|_| *with != decision.figure)
                    .ok_or_else(|| {
                        let place = Place::default().column("merge");
                        Error::Invalid(vec![
                            Diagnostic::error("merge-not-accepted", place).with("found", with),
                        ])
                    })?;
                plan::Verdict::Merge { with: *with, joins }
            }
            Verdict::Reject => plan::Verdict::Reject,
        };
        let act = Act::FigureReviewed {
            figure: decision.figure,
            verdict,
            reason: reason.to_owned(),
        };
        writing
            .record(&actor.author(Action::Review, None), self.now(), &act)
            .await?;
        self.commit(writing).await?;
        self.decided(decision.figure).await
    }

    /// The figure as it is now. Four statements.
    async fn decided(&self, figure: FigureId) -> Result<Decided, Error> {
        let lists = self.lists();
        let mut reading = self.reading().await?;
        let figures = reading.figures(figure.document).await?;
        let alike = reading.figures_alike_in(figure.document).await?;
        let acts = reading.acts_of_document(figure.document).await?;
        let missing = || Error::NotFound { what: "figure" };
        let at = figures
            .iter()
            .position(|stored| stored.id == figure)
            .ok_or_else(missing)?;
        let stored = &figures[at];
        let fact = stored.state.fact();
        let (before, after) = figures.split_at(at);
        Ok(Decided {
            figure: FigureView::of(stored, &acts, figures.iter().chain(&alike), &lists.reference),
            observation: match fact {
                Some(FactId::Observation(id)) => Some(id),
                _ => None,
            },
            target: match fact {
                Some(FactId::Target(id)) => Some(id),
                _ => None,
            },
            next: after
                .iter()
                .chain(before)
                .find(|stored| stored.state == FigureState::Waiting)
                .map(|stored| stored.id),
        })
    }
}

/// The value that a candidate tells as it was found.
pub(crate) fn candidate_fact(candidate: &Candidate) -> Result<Fact, Error> {
    let mut missing = Vec::new();
    let mut need = |there: bool, field: &str| {
        if !there {
            missing.push(missing_value(field));
        }
    };
    need(candidate.indicator.is_some(), "indicator");
    need(candidate.place.is_some(), "place");
    need(candidate.period.is_some(), "period");
    if !matches!(candidate.kind, Kind::Actual | Kind::Estimate | Kind::Target) {
        let place = Place::default().column("kind");
        missing.push(
            Diagnostic::error("kind-not-recorded", place)
                .with("found", candidate.kind)
                .with("expected", "actual, estimate, target"),
        );
    }
    let (Some(indicator), Some(place), Some(period)) =
        (&candidate.indicator, &candidate.place, candidate.period)
    else {
        return Err(Error::Invalid(missing));
    };
    if !missing.is_empty() {
        return Err(Error::Invalid(missing));
    }
    if candidate.kind == Kind::Target {
        return Ok(Fact::Target(Target {
            indicator: indicator.clone(),
            ref_area: place.clone(),
            due: period,
            measure: candidate.measure,
            value: candidate.value,
            upper: candidate.upper,
            bound: candidate.bound,
            price_basis: None,
            scope: None,
            baseline: None,
            way: Way::default(),
        }));
    }
    let (edition, status) = usual_edition(candidate.kind);
    Ok(Fact::Observation(Observation {
        indicator: indicator.clone(),
        ref_area: place.clone(),
        time_period: period,
        measure: candidate.measure,
        edition,
        status,
        obs_value: candidate.value,
        upper: candidate.upper,
        bound: candidate.bound,
        price_basis: None,
        scope: None,
    }))
}

/// A result told as one is official until somebody says otherwise; what is told as estimated is an estimate.
fn usual_edition(kind: Kind) -> (Edition, ObsStatus) {
    match kind {
        Kind::Estimate => (Edition::Estimate, ObsStatus::Estimated),
        _ => (Edition::Official, ObsStatus::Normal),
    }
}

/// Checks a value by the rules, and finds whether it is there already: then it joins.
pub(crate) async fn outcome(
    writing: &mut Writing,
    reference: &Reference,
    fact: Fact,
) -> Result<Outcome, Error> {
    let fact = reference.with_known_scope(fact);
    let broken = broken_rules(reference, &fact, &Place::default());
    if !broken.is_empty() {
        return Err(Error::Invalid(broken));
    }
    Ok(match same_fact(writing, &fact).await? {
        Some(id) => Outcome::Joins(id),
        None => Outcome::New(fact),
    })
}

/// Every rule that a value breaks; an indicator that the catalogue does not have is one.
pub(crate) fn broken_rules(reference: &Reference, fact: &Fact, place: &Place) -> Vec<Diagnostic> {
    let (code, ref_area) = match fact {
        Fact::Observation(observation) => (&observation.indicator, &observation.ref_area),
        Fact::Target(target) => (&target.indicator, &target.ref_area),
    };
    match reference.indicator(code) {
        Some(indicator) => rule::broken_by(fact, indicator, reference.unit(ref_area), place),
        None => {
            vec![
                Diagnostic::error("unknown-indicator", place.clone().column("indicator")).with("found", code),
            ]
        }
    }
}

/// The value of the register that tells exactly this, if there is one.
pub(crate) async fn same_fact(writing: &mut Writing, fact: &Fact) -> Result<Option<FactId>, Error> {
    Ok(match fact {
        Fact::Observation(wanted) => {
            let which = Which::Same(
                &wanted.indicator,
                &wanted.ref_area,
                wanted.time_period,
                wanted.measure,
            );
            let stored = writing.observations(Known::NOW, which).await?;
            let same = stored.iter().find(|stored| stored.observation == *wanted);
            same.map(|stored| FactId::Observation(stored.id))
        }
        Fact::Target(wanted) => {
            let which = Which::Same(&wanted.indicator, &wanted.ref_area, wanted.due, wanted.measure);
            let stored = writing.targets(Known::NOW, which).await?;
            let alike = |target: &Target| {
                // Who tells a target again need not tell its baseline or way again.
                let baseline = if wanted.baseline.is_none() {
                    None
                } else {
                    target.baseline
                };
                let way = if wanted.way.is_usual() {
                    Way::default()
                } else {
                    target.way.clone()
                };
                Target {
                    baseline,
                    way,
                    ..target.clone()
                } == *wanted
            };
            let same = stored.iter().find(|stored| alike(&stored.target));
            same.map(|stored| FactId::Target(stored.id))
        }
    })
}

fn missing_value(field: &str) -> Diagnostic {
    Diagnostic::error("missing-value", Place::default().column(field))
        .with("found", "")
        .with("expected", "")
}

impl FieldTexts {
    /// The value that the fields tell.
    fn fact(&self) -> Result<Fact, Vec<Diagnostic>> {
        let mut wrong = Vec::new();
        let kind = field(
            &mut wrong,
            "kind",
            &self.kind,
            "unknown-code",
            "actual, estimate, target",
        );
        let indicator = field::<IndicatorCode>(
            &mut wrong,
            "indicator",
            &self.indicator,
            "not-an-indicator-code",
            "poverty.rate",
        );
        let place =
            field::<String>(&mut wrong, "place", &self.place, "missing-value", "VN-11").map(RefArea::new);
        let period = field::<TimePeriod>(
            &mut wrong,
            "period",
            &self.period,
            "not-a-period",
            "2025, 2025-H1, 2025-Q3, 2025-07, 2025-07-27, 2021/2025",
        );
        let measure = field(
            &mut wrong,
            "measure",
            &self.measure,
            "unknown-code",
            "level, growth, change, share",
        );
        let value = field::<Number>(&mut wrong, "value", &self.value, "not-a-number", "17.66");
        let upper = optional::<Number>(&mut wrong, "upper", &self.upper, "not-a-number", "11");
        let bound = field(
            &mut wrong,
            "bound",
            &self.bound,
            "unknown-code",
            "eq, gt, ge, lt, le, approx, range",
        );
        let edition = optional(
            &mut wrong,
            "edition",
            &self.edition,
            "unknown-code",
            "estimate, preliminary, official",
        );
        let scope = optional::<Scope>(&mut wrong, "scope", &self.scope, "not-a-scope", "1–120");
        let base_year = optional::<i16>(&mut wrong, "base_year", &self.base_year, "not-a-year", "2010");
        let price_basis = match (self.price_basis.trim(), base_year) {
            ("", None) => None,
            ("current", None) => Some(PriceBasis::Current),
            ("constant", Some(base_year)) => Some(PriceBasis::Constant { base_year }),
            ("constant", None) => {
                wrong.push(missing_value("base_year"));
                None
            }
            ("" | "current", Some(year)) => {
                let place = Place::default().column("base_year");
                wrong.push(Diagnostic::error("base-year-without-constant", place).with("found", year));
                None
            }
            (other, _) => {
                let place = Place::default().column("price_basis");
                let expected = "current, constant";
                wrong.push(
                    Diagnostic::error("unknown-code", place)
                        .with("found", other)
                        .with("expected", expected),
                );
                None
            }
        };
        let (baseline, way) = self.of_target(&mut wrong);
        if let Some(kind @ (Kind::Request | Kind::Other)) = kind {
            let place = Place::default().column("kind");
            wrong.push(
                Diagnostic::error("kind-not-recorded", place)
                    .with("found", kind)
                    .with("expected", "actual, estimate, target"),
            );
        }
        let (
            Some(kind),
            Some(indicator),
            Some(ref_area),
            Some(period),
            Some(measure),
            Some(value),
            Some(bound),
        ) = (kind, indicator, place, period, measure, value, bound)
        else {
            return Err(wrong);
        };
        if !wrong.is_empty() {
            return Err(wrong);
        }
        let upper = upper.map(|Number(upper)| upper);
        if kind == Kind::Target {
            return Ok(Fact::Target(Target {
                indicator,
                ref_area,
                due: period,
                measure,
                value: value.0,
                upper,
                bound,
                price_basis,
                scope,
                baseline: baseline.map(|(period, Number(value))| (period, value)),
                way,
            }));
        }
        let usual = usual_edition(kind);
        let edition = edition.unwrap_or(usual.0);
        let status = match edition {
            Edition::Estimate => ObsStatus::Estimated,
            Edition::Preliminary => ObsStatus::Provisional,
            Edition::Official => ObsStatus::Normal,
        };
        Ok(Fact::Observation(Observation {
            indicator,
            ref_area,
            time_period: period,
            measure,
            edition,
            status,
            obs_value: value.0,
            upper,
            bound,
            price_basis,
            scope,
        }))
    }
}

impl FieldTexts {
    /// What only a target has: where it starts, and its way.
    fn of_target(&self, wrong: &mut Vec<Diagnostic>) -> (Option<(TimePeriod, Number)>, Way) {
        let period = optional(
            wrong,
            "baseline_period",
            &self.baseline_period,
            "not-a-period",
            "2025",
        );
        let value = optional(
            wrong,
            "baseline_value",
            &self.baseline_value,
            "not-a-number",
            "21.29",
        );
        match (self.baseline_period.trim(), self.baseline_value.trim()) {
            ("", "") => {}
            ("", _) => wrong.push(missing_value("baseline_period")),
            (_, "") => wrong.push(missing_value("baseline_value")),
            _ => {}
        }
        (period.zip(value), self.way.way(wrong).unwrap_or_default())
    }
}

fn field<T: FromStr>(
    wrong: &mut Vec<Diagnostic>,
    name: &str,
    text: &str,
    code: &'static str,
    expected: &str,
) -> Option<T> {
    if text.trim().is_empty() {
        wrong.push(missing_value(name));
        return None;
    }
    optional(wrong, name, text, code, expected)
}

fn optional<T: FromStr>(
    wrong: &mut Vec<Diagnostic>,
    name: &str,
    text: &str,
    code: &'static str,
    expected: &str,
) -> Option<T> {
    let text = text.trim();
    if text.is_empty() {
        return None;
    }
    let value = text.parse().ok();
    if value.is_none() {
        let place = Place::default().column(name);
        wrong.push(
            Diagnostic::error(code, place)
                .with("found", text)
                .with("expected", expected),
        );
    }
    value
}

/// A number of a form: a plain decimal, its fraction behind a point or a comma, no marks between thousands.
struct Number(Decimal);

impl FromStr for Number {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        let marks = text.bytes().filter(|byte| matches!(byte, b'.' | b',')).count();
        if 1 < marks {
            return Err(());
        }
        text.replace(',', ".").parse().map(Self).map_err(|_| ())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fields_of_a_form_are_read_and_each_wrong_one_named() {
        let good = FieldTexts {
            kind: "actual".to_owned(),
            indicator: "poverty.rate".to_owned(),
            place: "VN-11".to_owned(),
            period: "2025".to_owned(),
            measure: "level".to_owned(),
            value: "17,78".to_owned(),
            bound: "eq".to_owned(),
            ..FieldTexts::default()
        };
        let Ok(Fact::Observation(observation)) = good.fact() else {
            panic!("{:?}", good.fact())
        };
        assert_eq!(observation.obs_value, Decimal::new(1778, 2));
        let wrong = FieldTexts {
            kind: "request".to_owned(),
            indicator: "poverty".to_owned(),
            period: "năm nay".to_owned(),
            place: String::new(),
            value: "1.234,5".to_owned(),
            price_basis: "constant".to_owned(),
            ..good
        };
        let found: Vec<_> = wrong
            .fact()
            .unwrap_err()
            .into_iter()
            .map(|wrong| (wrong.code, wrong.place.column.unwrap()))
            .collect();
        assert_eq!(
            found,
            [
                ("not-an-indicator-code", "indicator".to_owned()),
                ("missing-value", "place".to_owned()),
                ("not-a-period", "period".to_owned()),
                ("not-a-number", "value".to_owned()),
                ("missing-value", "base_year".to_owned()),
                ("kind-not-recorded", "kind".to_owned()),
            ]
        );
    }
}
