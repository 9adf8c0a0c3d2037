//! Tables and folders come in: catalogues, documents, observations, targets; all of it or nothing.

mod desk;
mod tables;
mod ways;

use exchange::{SourceRow, Table};
use plan::{Act, CatalogueList};
use terms::Diagnostic;

use self::desk::Desk;
use self::tables::{catalogue_faults, regimes_of, table, two_values};
use crate::intake::{self, Read};
use crate::org::Given;
use crate::policy::Action;
use crate::reference::Reference;
use crate::review::{NewDocument, broken_rules};
use crate::{Actor, App, Error};

/// What is to be loaded.
#[derive(Debug, Default)]
pub struct Import {
    /// Lists that take the place of those in use: which, file name, bytes (CSV or XLSX).
    pub catalogues: Vec<(CatalogueList, String, Vec<u8>)>,
    /// The list `sources.csv` beside the documents: file name, bytes.
    pub sources: Option<Given>,
    /// Documents: file name, bytes.
    pub documents: Vec<Given>,
    /// Tables of observations: file name, bytes.
    pub observations: Vec<Given>,
    /// Tables of targets: file name, bytes.
    pub targets: Vec<Given>,
    /// Tables in the form of targets, called `ways`: which way leads to a target that is there, by which paper.
    pub ways: Vec<Given>,
    /// The reason that is recorded where a row has none.
    pub reason: String,
    /// Departments.
    pub departments: Option<Given>,
    /// Posts.
    pub posts: Option<Given>,
    /// Report regimes, a row each …
    pub regimes: Option<Given>,
    /// … and the lines of their forms.
    pub regime_lines: Option<Given>,
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
    pub fn of_files(files: Vec<Given>) -> Self {
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
        documents: Vec<Given>,
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
