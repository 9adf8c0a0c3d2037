//! Tables and folders come in: catalogues, documents, observations, targets; all of it or nothing.

mod ways;

use std::collections::HashMap;

use exchange::{Citation, SourceRow, Table, ValueRow};
use plan::{Act, CatalogueList, DocumentId, Fact, FactId, FigureId, FoundFigure, Outcome, Source};
use store::{Known, StoredFigure, Which, Writing};
use terms::{Diagnostic, Kind, Place};

use crate::intake::{self, Read};
use crate::policy::Action;
use crate::reference::{Reference, Texts, faults_of};
use crate::review::{NewDocument, broken_rules, candidate_fact, same_fact};
use crate::{Actor, App, Error};

/// What is to be loaded.
#[derive(Debug, Default)]
pub struct Import {
    /// Lists that take the place of those in use: which, file name, bytes (CSV or XLSX).
    pub catalogues: Vec<(CatalogueList, String, Vec<u8>)>,
    /// The list `sources.csv` beside the documents: file name, bytes.
    pub sources: Option<(String, Vec<u8>)>,
    /// Documents: file name, bytes.
    pub documents: Vec<(String, Vec<u8>)>,
    /// Tables of observations: file name, bytes.
    pub observations: Vec<(String, Vec<u8>)>,
    /// Tables of targets: file name, bytes.
    pub targets: Vec<(String, Vec<u8>)>,
    /// Tables in the form of targets, called `ways`: which way leads to a target that is there, by which paper.
    pub ways: Vec<(String, Vec<u8>)>,
    /// The reason that is recorded where a row has none.
    pub reason: String,
    /// Departments.
    pub departments: Option<(String, Vec<u8>)>,
    /// Posts.
    pub posts: Option<(String, Vec<u8>)>,
    /// Report regimes, a row each …
    pub regimes: Option<(String, Vec<u8>)>,
    /// … and the lines of their forms.
    pub regime_lines: Option<(String, Vec<u8>)>,
}

/// What was loaded.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Imported {
    /// Lists that took the place of others.
    pub catalogues: usize,
    /// Departments and posts that were added.
    pub offices: usize,
    /// Documents that were added.
    pub documents: usize,
    /// Figures that were found in them.
    pub figures: usize,
    /// Observations that were recorded.
    pub observations: usize,
    /// Targets that were recorded.
    pub targets: usize,
    /// Ways to targets that were settled.
    pub ways: usize,
    /// Rows that became a further source of a value that was there.
    pub joined: usize,
    /// Reports that were made up by a simulation.
    pub reports: usize,
    /// Report regimes that were issued.
    pub regimes: usize,
    /// Documents and rows that were there already.
    pub known: usize,
    /// What was read with a doubt.
    pub diagnostics: Vec<Diagnostic>,
}

impl Import {
    /// Sorts files by what their headings say they are; what is no table that is known here is a document.
    pub fn of_files(files: Vec<(String, Vec<u8>)>) -> Self {
        let mut import = Self::default();
        for (name, bytes) in files {
            let headings = Table::read(&name, &bytes)
                .map(|table| table.headings)
                .unwrap_or_default();
            let has = |needed: &[&str]| {
                needed
                    .iter()
                    .all(|column| headings.iter().any(|heading| heading == column))
            };
            if has(&["area", "code", "name_vi", "since"]) {
                import.departments = Some((name, bytes));
            } else if has(&["office", "role", "reach"]) {
                import.posts = Some((name, bytes));
            } else if has(&["code", "reporters", "receiver", "frequency"]) {
                import.regimes = Some((name, bytes));
            } else if has(&["regime", "indicator"]) {
                import.regime_lines = Some((name, bytes));
            } else if has(&["indicator", "due"]) {
                if is_called_ways(&name) {
                    import.ways.push((name, bytes));
                } else {
                    import.targets.push((name, bytes));
                }
            } else if has(&["indicator", "period"]) {
                import.observations.push((name, bytes));
            } else if has(&["predecessor", "successor"]) {
                import.catalogues.push((CatalogueList::Successions, name, bytes));
            } else if has(&["code", "parent", "name_vi"]) {
                import.catalogues.push((CatalogueList::Units, name, bytes));
            } else if has(&["code", "name_vi", "unit"]) {
                import.catalogues.push((CatalogueList::Indicators, name, bytes));
            } else if name.eq_ignore_ascii_case("sources.csv") {
                import.sources = Some((name, bytes));
            } else {
                import.documents.push((name, bytes));
            }
        }
        import
    }
}

impl App {
    /// Loads tables and documents: all of it or nothing.
    ///
    /// A row that names a document is a review: the candidate figure at its place is accepted where it is equal, corrected
    /// where it is not, and marked by hand where the reader had not found it. What is there already is passed over, so
    /// that the same files can be loaded twice.
    ///
    /// # Errors
    /// [`Error::Invalid`] has every diagnostic of every file; [`Error::SignIn`], [`Error::Denied`], [`Error::Store`].
    pub async fn import(&self, actor: &Actor, import: Import) -> Result<Imported, Error> {
        actor.require(Action::ImportValues)?;
        if !import.catalogues.is_empty() {
            actor.require(Action::ImportCatalogue)?;
        }
        if import.departments.is_some() || import.posts.is_some() {
            actor.require(Action::KeepOrg)?;
        }
        if import.regimes.is_some() || import.regime_lines.is_some() {
            actor.require(Action::KeepRegimes)?;
        }
        let lists = self.lists();
        let app = self.clone();
        let mut imported = Imported::default();
        let mut wrong = Vec::new();

        let mut texts = lists.reference.texts.clone();
        for (list, _, bytes) in &import.catalogues {
            texts.set(*list, bytes.clone());
        }
        wrong.extend(catalogue_faults(&import.catalogues, &lists.reference.texts));
        let replaced;
        let reference = if import.catalogues.is_empty() || !wrong.is_empty() {
            &lists.reference
        } else {
            replaced = Reference::new(texts).map_err(Error::Invalid)?;
            &replaced
        };

        let regimes = match (&import.regimes, &import.regime_lines) {
            (None, None) => Vec::new(),
            (statements, lines) => {
                let (regimes, faults) = regimes_of(reference, statements.as_ref(), lines.as_ref());
                wrong.extend(faults);
                regimes
            }
        };
        let sources = import
            .sources
            .map(|(name, bytes)| table(&mut wrong, &name, &bytes, exchange::read_sources));
        let sources = sources.flatten().unwrap_or_default();
        let mut rows = Vec::new();
        for (name, bytes) in &import.observations {
            rows.extend(table(&mut wrong, name, bytes, exchange::read_observations).unwrap_or_default());
        }
        for (name, bytes) in &import.targets {
            rows.extend(table(&mut wrong, name, bytes, exchange::read_targets).unwrap_or_default());
        }
        let mut ways = Vec::new();
        for (name, bytes) in &import.ways {
            ways.extend(table(&mut wrong, name, bytes, exchange::read_targets).unwrap_or_default());
        }
        for row in &rows {
            wrong.extend(broken_rules(reference, &row.fact, &row.at));
        }
        wrong.extend(two_values(&rows, reference));
        let (documents, faults) = app.read_documents(import.documents, sources).await?;
        wrong.extend(faults);
        // Everything that can be known without the register is told at once.
        if !wrong.is_empty() {
            return Err(Error::Invalid(wrong));
        }

        let mut writing = self.writing().await?;
        for (list, name, bytes) in &import.catalogues {
            let sha256 = writing.keep_bytes(bytes).await?;
            let act = Act::CatalogueLoaded {
                list: *list,
                name: name.clone(),
                sha256,
            };
            writing
                .record(&actor.author(Action::ImportCatalogue, None), self.now(), &act)
                .await?;
            imported.catalogues += 1;
        }
        if import.departments.is_some() || import.posts.is_some() {
            let (departments, posts) = (import.departments.as_ref(), import.posts.as_ref());
            let (departments, posts) = self.load_org(actor, &mut writing, departments, posts).await?;
            imported.offices = departments + posts;
        }
        for read in documents {
            imported.diagnostics.extend(read.diagnostics.iter().cloned());
            let (_, known, figures) = intake::record(self, actor, &mut writing, read).await?;
            if known {
                imported.known += 1;
            } else {
                imported.documents += 1;
                imported.figures += figures;
            }
        }
        let mut desk = Desk::new(self, actor, &mut writing, &import.reason).await?;
        for row in rows {
            if let Err(fault) = desk.enter(row, &mut imported).await? {
                wrong.push(fault);
            }
        }
        if wrong.is_empty() {
            wrong = ways::record(self, actor, &mut writing, ways, &import.reason, &mut imported).await?;
        }
        if !wrong.is_empty() {
            return Err(Error::Invalid(wrong));
        }
        imported.regimes = self.record_regimes(actor, &mut writing, regimes).await?;
        self.commit(writing).await?;
        if imported.catalogues > 0 {
            self.reload_lists().await?;
        }
        Ok(imported)
    }

    /// Reads documents away from the threads that serve pages.
    async fn read_documents(
        &self,
        documents: Vec<(String, Vec<u8>)>,
        sources: Vec<SourceRow>,
    ) -> Result<(Vec<Read>, Vec<Diagnostic>), Error> {
        let lists = self.lists();
        tokio::task::spawn_blocking(move || {
            let (mut read, mut wrong) = (Vec::new(), Vec::new());
            for row in &sources {
                if !documents.is_empty() && !documents.iter().any(|(name, _)| row.is_of(name)) {
                    let place = row.at.clone().column("name");
                    wrong.push(Diagnostic::error("document-not-there", place).with("found", &row.name));
                }
            }
            for (name, bytes) in documents {
                let row = sources.iter().find(|row| row.is_of(&name));
                let new = NewDocument {
                    bytes,
                    title: row.map(|row| row.title.clone()).unwrap_or_default(),
                    publisher: row.map(|row| row.publisher.clone()).unwrap_or_default(),
                    date: row.and_then(|row| row.date),
                    place: row
                        .and_then(|row| row.place.clone())
                        .map(|place| place.to_string())
                        .unwrap_or_default(),
                    language: row.and_then(|row| row.language),
                    url: row.and_then(|row| row.url.clone()).unwrap_or_default(),
                    name,
                };
                match intake::read(&lists, new) {
                    Ok(document) => read.push(document),
                    Err(Error::Invalid(diagnostics)) => wrong.extend(diagnostics),
                    Err(other) => return Err(other),
                }
            }
            Ok((read, wrong))
        })
        .await
        .map_err(|_| Error::Machine("reading documents"))?
    }
}

/// Whether a table of targets tells ways to targets that are there: its file is called so.
fn is_called_ways(name: &str) -> bool {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    stem.rsplit(['/', '\\'])
        .next()
        .is_some_and(|stem| stem.eq_ignore_ascii_case("ways"))
}

/// Regimes and the lines of their forms; a table that was not given has headings only.
fn regimes_of(
    reference: &Reference,
    statements: Option<&(String, Vec<u8>)>,
    lines: Option<&(String, Vec<u8>)>,
) -> (Vec<plan::report::Regime>, Vec<Diagnostic>) {
    let none = |columns: &[&str]| format!("{}\n", columns.join(",")).into_bytes();
    let (no_statements, no_lines) = (
        none(&exchange::regimes::STATEMENT),
        none(&exchange::regimes::LINE),
    );
    let statements = statements.map_or(("regimes.csv", no_statements.as_slice()), |(name, bytes)| {
        (name.as_str(), bytes.as_slice())
    });
    let lines = lines.map_or(("regime_lines.csv", no_lines.as_slice()), |(name, bytes)| {
        (name.as_str(), bytes.as_slice())
    });
    crate::report::regimes::read(reference, statements, lines)
}

/// Reads a table, and keeps what is wrong with it; none where it is no table at all.
fn table<T>(
    wrong: &mut Vec<Diagnostic>,
    name: &str,
    bytes: &[u8],
    read: impl FnOnce(&Table) -> (Vec<T>, Vec<Diagnostic>),
) -> Option<Vec<T>> {
    match Table::read(name, bytes) {
        Ok(table) => {
            let (rows, diagnostics) = read(&table);
            wrong.extend(diagnostics);
            Some(rows)
        }
        Err(diagnostics) => {
            wrong.extend(diagnostics);
            None
        }
    }
}

/// What is wrong with lists: as tables of their kind, and as they hang together. A row that both find fault with is told by
/// what says more, how it hangs together.
fn catalogue_faults(loaded: &[(CatalogueList, String, Vec<u8>)], texts: &Texts) -> Vec<Diagnostic> {
    let mut wrong = faults_of(loaded, texts);
    let told: Vec<Place> = wrong.iter().map(|fault| fault.place.clone()).collect();
    let mut more = Vec::new();
    for (list, name, bytes) in loaded {
        match list {
            CatalogueList::Indicators => {}
            CatalogueList::Units => drop(table(&mut more, name, bytes, exchange::read_units)),
            CatalogueList::Successions => drop(table(&mut more, name, bytes, exchange::read_successions)),
        }
    }
    more.retain(|fault| {
        !told
            .iter()
            .any(|place| (&place.file, place.row) == (&fault.place.file, fault.place.row))
    });
    wrong.extend(more);
    wrong
}

/// Two values of one cell and edition by one and the same paper, in one table: whoever wrote it must say which holds. (Two
/// papers that differ are no fault but a finding, and both are kept.)
fn two_values(rows: &[ValueRow], reference: &Reference) -> Vec<Diagnostic> {
    let paper = |row: &ValueRow| match &row.citation {
        Citation::Document { name, .. } => name.clone(),
        Citation::Outside(source) => format!("{}|{}|{:?}", source.title, source.publisher, source.date),
    };
    let mut papers: HashMap<(String, String), Vec<engine::series::Row<'_>>> = HashMap::new();
    for row in rows {
        if let Fact::Observation(observation) = &row.fact {
            let file = row.at.file.clone().unwrap_or_default();
            let at = engine::series::Row {
                row: row.at.row.unwrap_or_default(),
                observation,
            };
            papers.entry((file, paper(row))).or_default().push(at);
        }
    }
    let mut wrong: Vec<Diagnostic> = papers
        .iter()
        .flat_map(|((file, _), rows)| engine::series::check(file, rows, reference.tree()))
        // Units are held against their days by the rules of values.
        .filter(|fault| fault.code == "value-twice")
        .collect();
    wrong.sort_by(|a, b| (&a.place.file, a.place.row).cmp(&(&b.place.file, b.place.row)));
    wrong
}

/// A document of the register, open on the desk.
struct Open {
    id: DocumentId,
    text: String,
    figures: Vec<StoredFigure>,
}

/// Rows are entered one after another, each a review or a value with its source.
struct Desk<'a> {
    app: &'a App,
    actor: &'a Actor,
    writing: &'a mut Writing,
    reason: &'a str,
    /// File name → document, the latest of a name.
    names: HashMap<String, DocumentId>,
    open: HashMap<DocumentId, Open>,
}

impl<'a> Desk<'a> {
    async fn new(
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
    async fn enter(
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
