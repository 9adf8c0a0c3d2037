//! The rows of values at the desk: each is a review of a figure, or a value with its source.

use std::collections::HashMap;

use exchange::{Citation, ValueRow};
use plan::{Act, DocumentId, Fact, FactId, FigureId, FoundFigure, Outcome, Source};
use store::{Known, StoredFigure, Which, Writing};
use terms::{Diagnostic, Kind, Place};

use super::Imported;
use crate::policy::Action;
use crate::review::{candidate_fact, same_fact};
use crate::{Actor, App, Error};

/// A document of the register, open on the desk.
struct Open {
    id: DocumentId,
    text: String,
    figures: Vec<StoredFigure>,
}

/// Rows are entered one after another, each a review or a value with its source.
pub(super) struct Desk<'a> {
    app: &'a App,
    actor: &'a Actor,
    writing: &'a mut Writing,
    reason: &'a str,
    /// File name → document, the latest of a name.
    names: HashMap<String, DocumentId>,
    open: HashMap<DocumentId, Open>,
}

impl<'a> Desk<'a> {
    pub(super) async fn new(
        app: &'a App,
        actor: &'a Actor,
        writing: &'a mut Writing,
        reason: &'a str,
    ) -> Result<Self, Error> {
        let mut stored = writing.documents().await?;
        stored.sort_by_key(|stored| stored.id);
        let names = stored
            .into_iter()
            .flat_map(|stored| {
                let name = stored.document.name;
                let stem = name.rsplit_once('.').map(|(stem, _)| stem.to_owned());
                [Some((name, stored.id)), stem.map(|stem| (stem, stored.id))]
            })
            .flatten()
            .collect();
        Ok(Self {
            app,
            actor,
            writing,
            reason,
            names,
            open: HashMap::new(),
        })
    }

    /// Enters a row; the inner error says why it cannot be.
    pub(super) async fn enter(
        &mut self,
        row: ValueRow,
        imported: &mut Imported,
    ) -> Result<Result<(), Diagnostic>, Error> {
        let ValueRow {
            at,
            fact,
            citation,
            note,
        } = row;
        let fact = self.app.lists().reference.with_known_scope(fact);
        let reason = if note.is_empty() {
            self.reason.to_owned()
        } else {
            note
        };
        match citation {
            Citation::Outside(source) => self.enter_outside(fact, source, reason, imported).await.map(Ok),
            Citation::Document { name, quote, surface } => {
                let Some(&id) = self.names.get(&name) else {
                    let place = at.column("document");
                    return Ok(Err(
                        Diagnostic::error("document-not-in-register", place).with("found", name)
                    ));
                };
                self.open(id).await?;
                let open = &self.open[&id];
                match place_of(&open.text, &quote, &surface, &at) {
                    Err(diagnostic) => Ok(Err(*diagnostic)),
                    Ok((span, quote)) => self.review(id, span, quote, fact, reason, imported).await.map(Ok),
                }
            }
        }
    }

    async fn enter_outside(
        &mut self,
        fact: Fact,
        source: Source,
        reason: String,
        imported: &mut Imported,
    ) -> Result<(), Error> {
        let act = if let Some(id) = same_fact(self.writing, &fact).await? {
            if self.has_source(&fact, id, &source).await? {
                imported.known += 1;
                return Ok(());
            }
            imported.joined += 1;
            Act::FactSourced {
                fact: id,
                source,
                reason,
            }
        } else {
            count_new(imported, &fact);
            Act::FactRecorded {
                fact,
                source,
                replaces: None,
                reason,
            }
        };
        self.writing
            .record(
                &self.actor.author(Action::ImportValues, None),
                self.app.now(),
                &act,
            )
            .await?;
        Ok(())
    }

    async fn has_source(&mut self, fact: &Fact, id: FactId, source: &Source) -> Result<bool, Error> {
        let sources = match fact {
            Fact::Observation(told) => {
                let which = Which::Same(&told.indicator, &told.ref_area, told.time_period, told.measure);
                self.writing.observation_sources(Known::NOW, which).await?
            }
            Fact::Target(told) => {
                let which = Which::Same(&told.indicator, &told.ref_area, told.due, told.measure);
                self.writing.target_sources(Known::NOW, which).await?
            }
        };
        Ok(sources.iter().any(|stored| {
            stored.fact == id.number()
                && (&stored.title, &stored.publisher, &stored.quote, stored.date)
                    == (&source.title, &source.publisher, &source.quote, source.date)
        }))
    }

    async fn open(&mut self, id: DocumentId) -> Result<(), Error> {
        if !self.open.contains_key(&id) {
            let stored = self
                .writing
                .document(id)
                .await?
                .ok_or(Error::NotFound { what: "document" })?;
            let text = self.writing.text(&stored.document).await?;
            let figures = self.writing.figures(id).await?;
            self.open.insert(id, Open { id, text, figures });
        }
        Ok(())
    }

    async fn review(
        &mut self,
        id: DocumentId,
        span: (usize, usize),
        quote: (usize, usize),
        fact: Fact,
        reason: String,
        imported: &mut Imported,
    ) -> Result<(), Error> {
        let existing = same_fact(self.writing, &fact).await?;
        let open = self
            .open
            .get_mut(&id)
            .ok_or(Error::NotFound { what: "document" })?;
        let here = |figure: &&StoredFigure| figure.found.span.0 < span.1 && span.0 < figure.found.span.1;
        // Decided before, the same way: nothing to do.
        let decided = open
            .figures
            .iter()
            .filter(here)
            .any(|figure| existing.is_some() && figure.state.fact() == existing);
        if decided {
            imported.known += 1;
            return Ok(());
        }
        let waiting = open
            .figures
            .iter()
            .find(|figure| here(figure) && figure.state == store::FigureState::Waiting);
        let (figure, equal) = if let Some(figure) = waiting {
            let equal = candidate_fact(&figure.found.candidate).is_ok_and(|told| told == fact);
            (figure.id, equal)
        } else {
            let ordinal = u32::try_from(open.figures.len() + 1).map_err(|_| Error::Machine("counting"))?;
            let figure = FigureId {
                document: open.id,
                ordinal,
            };
            let found = FoundFigure {
                span,
                quote,
                candidate: candidate_of(self.app, &fact),
            };
            let act = Act::FigureMarked { figure, found };
            self.writing
                .record(
                    &self.actor.author(Action::ImportValues, None),
                    self.app.now(),
                    &act,
                )
                .await?;
            (figure, true)
        };
        let outcome = if let Some(id) = existing {
            imported.joined += 1;
            Outcome::Joins(id)
        } else {
            count_new(imported, &fact);
            Outcome::New(fact)
        };
        let verdict = if equal {
            plan::Verdict::Accept(outcome)
        } else {
            plan::Verdict::Correct(outcome)
        };
        let act = Act::FigureReviewed {
            figure,
            verdict,
            reason,
        };
        self.writing
            .record(
                &self.actor.author(Action::ImportValues, None),
                self.app.now(),
                &act,
            )
            .await?;
        let stored = self
            .writing
            .figure(figure)
            .await?
            .ok_or(Error::NotFound { what: "figure" })?;
        match open.figures.iter_mut().find(|known| known.id == figure) {
            Some(known) => *known = stored,
            None => open.figures.push(stored),
        }
        Ok(())
    }
}

fn count_new(imported: &mut Imported, fact: &Fact) {
    match fact {
        Fact::Observation(_) => imported.observations += 1,
        Fact::Target(_) => imported.targets += 1,
    }
}

/// Two places in a text, from and to.
type Span = (usize, usize);

/// Where number and sentence stand in a text: the sentence once, the number once within it.
fn place_of(text: &str, quote: &str, surface: &str, at: &Place) -> Result<(Span, Span), Box<Diagnostic>> {
    let fault = |code, column: &str, found: &str| {
        Box::new(Diagnostic::error(code, at.clone().column(column)).with("found", found))
    };
    let mut places = text.match_indices(quote);
    let from = match (places.next(), places.next()) {
        (None, _) => return Err(fault("quote-not-found", "quote", quote)),
        (Some(_), Some(_)) => return Err(fault("quote-not-once", "quote", quote)),
        (Some((from, _)), None) => from,
    };
    let whole = (from, from + quote.len());
    if surface.is_empty() {
        return Ok((whole, whole));
    }
    let mut places = quote.match_indices(surface);
    match (places.next(), places.next()) {
        (None, _) => Err(fault("surface-not-in-quote", "surface", surface)),
        (Some(_), Some(_)) => Err(fault("surface-not-once", "surface", surface)),
        (Some((within, _)), None) => {
            let start = from + within;
            Ok(((start, start + surface.len()), whole))
        }
    }
}

/// What a figure marked by hand is taken for: the value itself.
fn candidate_of(app: &App, fact: &Fact) -> plan::Candidate {
    let lists = app.lists();
    let unit = |code, measure| crate::assess::unit_of(lists.reference.indicator(code), measure);
    match fact {
        Fact::Observation(told) => plan::Candidate {
            value: told.obs_value,
            upper: told.upper,
            unit: unit(&told.indicator, told.measure),
            bound: told.bound,
            measure: told.measure,
            indicator: Some(told.indicator.clone()),
            period: Some(told.time_period),
            place: Some(told.ref_area.clone()),
            kind: if told.edition == plan::Edition::Estimate {
                Kind::Estimate
            } else {
                Kind::Actual
            },
        },
        Fact::Target(told) => plan::Candidate {
            value: told.value,
            upper: told.upper,
            unit: unit(&told.indicator, told.measure),
            bound: told.bound,
            measure: told.measure,
            indicator: Some(told.indicator.clone()),
            period: Some(told.due),
            place: Some(told.ref_area.clone()),
            kind: Kind::Target,
        },
    }
}
