//! The annex of a plan becomes tasks: looked at first, row by row, then recorded, all of it or nothing.

use std::collections::HashMap;

use documents::Limits;
use exchange::annex::{self, AnnexTask, Due};
use plan::task::{self, Brief, Clause, Party};
use plan::{Act, DocumentId, Office, TaskId};
use store::{Reading, Sees, TaskFilter, TaskWith};
use terms::{Date, Diagnostic, Place};

use crate::directory::Directory;
use crate::policy::Action;
use crate::task::OfficeName;
use crate::task_act::{refused, rules};
use crate::{Actor, App, Error};

/// An annex to take in.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TaskImport {
    /// The file's name.
    pub name: String,
    /// Its bytes: DOCX, XLSX or CSV.
    pub bytes: Vec<u8>,
    /// The office that hands the tasks over.
    pub assigner: String,
    /// The document of the plan in the register: a task whose words stand there keeps them as its clause.
    pub document: Option<DocumentId>,
    /// The plan's own day, from which the tasks count; none: that of the document, or today.
    pub start: Option<Date>,
    /// Whether to hand them over at once.
    pub hand_over: bool,
    /// What every task of the annex rests on, where its row says nothing.
    pub power: String,
}

/// What would come of an annex.
#[derive(Debug, Clone, PartialEq)]
pub struct TaskPreview {
    /// Its tasks, in the order of the file.
    pub rows: Vec<PreviewRow>,
    /// Everything that stands in the way, by row and cell.
    pub problems: Vec<Diagnostic>,
}

/// One task of an annex, as it would be recorded.
#[derive(Debug, Clone, PartialEq)]
pub struct PreviewRow {
    /// Where it stands in the file.
    pub at: Place,
    /// What it would ask.
    pub brief: Brief,
    /// Who would lead.
    pub lead: Option<OfficeName>,
    /// Who would help.
    pub supporters: Vec<OfficeName>,
    /// Whether the register has this very task already: it is not recorded again.
    pub known: bool,
}

/// What was recorded.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TasksImported {
    /// The new tasks.
    pub tasks: Vec<TaskId>,
    /// How many the register had already.
    pub known: usize,
}

impl App {
    /// Looks at an annex and records nothing.
    ///
    /// # Errors
    /// [`Error::SignIn`], [`Error::Denied`], [`Error::NotFound`] of the assigner; [`Error::Store`].
    pub async fn preview_tasks(&self, actor: &Actor, import: &TaskImport) -> Result<TaskPreview, Error> {
        actor.require(Action::DraftTask)?;
        let told = told(import).await?;
        let mut reading = self.reading().await?;
        Ok(self.look_at(actor, &mut reading, import, told).await?.1)
    }

    /// Records the tasks of an annex, all of them or none.
    ///
    /// # Errors
    /// [`Error::Invalid`] with everything that stands in the way, by row and cell; else as [`App::preview_tasks`].
    pub async fn import_tasks(&self, actor: &Actor, import: &TaskImport) -> Result<TasksImported, Error> {
        actor.require(Action::DraftTask)?;
        // The file is read before the writer's turn begins: others save meanwhile.
        let told = told(import).await?;
        let mut writing = self.writing().await?;
        let (assigner, preview) = self.look_at(actor, &mut writing, import, told).await?;
        let Some(assigner) = assigner.filter(|_| preview.problems.is_empty()) else {
            return Err(Error::Invalid(preview.problems));
        };
        let mut imported = TasksImported::default();
        for row in preview.rows {
            if row.known {
                imported.known += 1;
                continue;
            }
            let act = Act::TaskDrafted {
                brief: Box::new(row.brief),
                assigner: assigner.clone(),
                parent: None,
            };
            let author = actor.author(Action::DraftTask, Some(&assigner));
            let id = TaskId(writing.record(&author, self.now(), &act).await?);
            if import.hand_over {
                let act = Act::TaskStepped {
                    task: id,
                    party: Party::Assigner,
                    step: task::Act::Assign,
                };
                let author = actor.author(Action::DirectTask, Some(&assigner));
                writing.record(&author, self.now(), &act).await?;
            }
            imported.tasks.push(id);
        }
        self.commit(writing).await?;
        Ok(imported)
    }

    async fn look_at(
        &self,
        actor: &Actor,
        reading: &mut Reading,
        import: &TaskImport,
        (tasks, wrong): (Vec<AnnexTask>, Vec<Diagnostic>),
    ) -> Result<(Option<Office>, TaskPreview), Error> {
        let directory = self.directory(reading).await?;
        let mut problems = Vec::new();
        let assigner = self.office(&directory, &import.assigner, "assigner", &mut problems);
        if let Some(assigner) = &assigner {
            actor.require_for(Action::DraftTask, assigner)?;
            if import.hand_over {
                actor.require_for(Action::DirectTask, assigner)?;
            }
        }
        let mut text = String::new();
        let mut start = import.start;
        if let Some(id) = import.document {
            let missing = || Error::NotFound { what: "document" };
            let stored = reading.document(id).await?.ok_or_else(missing)?;
            text = reading.text(&stored.document).await?;
            start = start.or(stored.document.date);
        }
        problems.extend(wrong);
        let names = self.names(&directory);
        let targets = reading.targets(store::Known::NOW, store::Which::Pursued).await?;
        let known = match &assigner {
            Some(assigner) => known(reading, assigner).await?,
            None => Vec::new(),
        };
        let rules = rules(reading).await?;
        let mut rows = Vec::new();
        for told in tasks {
            let mut brief = self.brief_of(&told, &directory, &names, start, &mut problems);
            brief.serves = self.served(&told, &targets, brief.due, &mut problems);
            if brief.power.is_empty() {
                import.power.trim().clone_into(&mut brief.power);
            }
            brief.clause = import
                .document
                .filter(|_| !brief.title.is_empty() && text.contains(&brief.title))
                .map(|document| Clause {
                    document,
                    quote: brief.title.clone(),
                });
            let refusal = task::Task::draft(brief.clone(), self.today()).and_then(|mut draft| {
                if !import.hand_over {
                    return Ok(());
                }
                let step = task::Step {
                    on: self.today(),
                    by: None,
                    act: task::Act::Assign,
                };
                draft.take(Party::Assigner, step, &rules.required)
            });
            if let Err(refusal) = refusal {
                for mut wrong in refused(&refusal) {
                    // A cell that could not be read was told already.
                    let column = wrong.place.column.take().unwrap_or_default();
                    let place = told.at.clone().column(column);
                    if !problems.iter().any(|problem| problem.place == place) {
                        wrong.place = place;
                        problems.push(wrong);
                    }
                }
            }
            let there = known
                .iter()
                .any(|(title, lead)| *title == brief.title && *lead == brief.lead);
            rows.push(PreviewRow {
                at: told.at,
                lead: brief.lead.as_ref().map(|lead| directory.office_name(lead)),
                supporters: brief
                    .supporters
                    .iter()
                    .map(|office| directory.office_name(office))
                    .collect(),
                known: there,
                brief,
            });
        }
        Ok((assigner, TaskPreview { rows, problems }))
    }

    /// The names of all offices that are there, folded, with the office of each; communes by their plain names too.
    fn names(&self, directory: &Directory) -> HashMap<String, Office> {
        let mut names = HashMap::new();
        for office in self.offices_there(directory, self.today()) {
            names.insert(folded(&office.office.to_string()), office.office.clone());
            for name in [&office.name.vi, &office.name.en] {
                names.insert(folded(name), office.office.clone());
            }
            if office.office.department.is_none() {
                let unit = self.unit_name(&office.office.area).name;
                for name in [&unit.vi, &unit.en] {
                    names.entry(folded(name)).or_insert_with(|| office.office.clone());
                    names.insert(format!("ubnd {}", folded(name)), office.office.clone());
                }
            }
        }
        names
    }

    /// The province's target of the indicator that a row names: the first that is due once the task is, else the last.
    fn served(
        &self,
        told: &AnnexTask,
        targets: &[store::StoredTarget],
        due: Option<Date>,
        problems: &mut Vec<Diagnostic>,
    ) -> Option<plan::TargetId> {
        let name = told.serves.trim();
        if name.is_empty() {
            return None;
        }
        let lists = self.lists();
        let indicator = lists.reference.indicators.iter().find(|indicator| {
            let names = [indicator.code.as_str(), &indicator.name_vi, &indicator.name_en];
            names.iter().any(|known| folded(known) == folded(name))
        });
        let province = Directory::keeper().area;
        let mut of_it: Vec<_> = targets
            .iter()
            .filter(|stored| {
                Some(&stored.target.indicator) == indicator.map(|indicator| &indicator.code)
                    && stored.target.ref_area == province
            })
            .collect();
        of_it.sort_by_key(|stored| (stored.target.due.end(), stored.id));
        let day = due.unwrap_or_else(|| self.today());
        let found = of_it
            .iter()
            .find(|stored| day <= stored.target.due.end())
            .or(of_it.last());
        if found.is_none() {
            let place = told.at.clone().column("serves");
            problems.push(Diagnostic::error("unknown-target", place).with("found", name));
        }
        found.map(|stored| stored.id)
    }

    fn brief_of(
        &self,
        told: &AnnexTask,
        directory: &Directory,
        names: &HashMap<String, Office>,
        start: Option<Date>,
        problems: &mut Vec<Diagnostic>,
    ) -> Brief {
        let known = |name: &str| names.contains_key(&folded(name)) || is_all_communes(name);
        let offices = |cell: &str, column: &str, problems: &mut Vec<Diagnostic>| {
            let mut found: Vec<Office> = Vec::new();
            for name in annex::pieces(cell, known) {
                if is_all_communes(&name) {
                    let below = self
                        .offices_there(directory, self.today())
                        .into_iter()
                        .map(|office| office.office);
                    let top = Directory::keeper().area;
                    found.extend(below.filter(|office| office.department.is_none() && office.area != top));
                } else if let Some(office) = names.get(&folded(&name)) {
                    found.push(office.clone());
                } else {
                    let place = told.at.clone().column(column);
                    problems.push(Diagnostic::error("unknown-office", place).with("found", name));
                }
            }
            found.dedup();
            found
        };
        let mut leads = offices(&told.lead, "lead", problems);
        let mut supporters = offices(&told.support, "support", problems);
        if 1 < leads.len() {
            let place = told.at.clone().column("lead");
            problems.push(Diagnostic::error("annex-several-leads", place).with("found", &told.lead));
        }
        let lead = if leads.is_empty() {
            None
        } else {
            Some(leads.remove(0))
        };
        supporters.retain(|office| Some(office) != lead.as_ref());
        supporters.sort();
        supporters.dedup();
        let year = start.unwrap_or_else(|| self.today()).year();
        let due = annex::due(&told.due, year);
        if due.is_none() && !told.due.is_empty() {
            let place = told.at.clone().column("due");
            problems.push(Diagnostic::error("not-a-deadline", place).with("found", &told.due));
        }
        Brief {
            title: told.title.clone(),
            lead,
            supporters,
            product: told.product.clone(),
            power: told.power.clone(),
            start,
            due: match due {
                Some(Due::On(day)) => Some(day),
                _ => None,
            },
            standing: due == Some(Due::Standing),
            result: told.result.clone(),
            ..Brief::default()
        }
    }
}

/// What the file tells, row by row. Reading takes long for large files: not on the thread that serves pages.
async fn told(import: &TaskImport) -> Result<(Vec<AnnexTask>, Vec<Diagnostic>), Error> {
    let (name, bytes) = (import.name.clone(), import.bytes.clone());
    tokio::task::spawn_blocking(move || read(&name, &bytes))
        .await
        .map_err(|_| Error::Machine("reading a table"))
}

/// The tasks of a file.
fn read(name: &str, bytes: &[u8]) -> (Vec<AnnexTask>, Vec<Diagnostic>) {
    let file = Place::file(name);
    let lines = if bytes.starts_with(b"PK\x03\x04") {
        documents::grid::read(name, bytes, &Limits::STANDARD).map(|rows| {
            rows.into_iter()
                .map(|row| exchange::AnnexLine {
                    at: Place {
                        sheet: row.sheet,
                        ..file.clone().row(row.number)
                    },
                    table: row.table,
                    cells: row.cells,
                })
                .collect::<Vec<_>>()
        })
    } else {
        exchange::Table::read(name, bytes).map(|table| {
            let heading = exchange::AnnexLine {
                at: table.place.clone().row(1),
                table: 1,
                cells: table.headings.clone(),
            };
            let rows = table.rows.iter().map(|row| exchange::AnnexLine {
                at: table.place.clone().row(row.number),
                table: 1,
                cells: row.cells.clone(),
            });
            std::iter::once(heading).chain(rows).collect()
        })
    };
    match lines {
        Ok(lines) => exchange::read_annex(&file, &lines),
        Err(wrong) => (Vec::new(), wrong),
    }
}

/// The tasks that an assigner has given, by title and lead: the same annex is not recorded twice.
async fn known(reading: &mut Reading, assigner: &Office) -> Result<Vec<(String, Option<Office>)>, Error> {
    let filter = TaskFilter {
        with: Some(TaskWith {
            offices: vec![assigner.clone()],
            areas: Vec::new(),
            party: Some(Party::Assigner),
        }),
        ..TaskFilter::seen_by(Sees::All)
    };
    let rows = reading.tasks(&filter, 20_000, 0).await?;
    Ok(rows
        .into_iter()
        .filter(|row| row.stage != task::Stage::Cancelled)
        .map(|row| (row.title, row.lead))
        .collect())
}

/// «Ủy ban nhân dân các xã, phường»: all communes at once.
fn is_all_communes(name: &str) -> bool {
    let name = folded(name);
    let name = name.strip_prefix("ubnd ").unwrap_or(&name);
    matches!(
        name,
        "các xã, phường"
            | "các xã"
            | "các xã phường"
            | "cấp xã"
            | "các xã và phường"
            | "all communes"
            | "communes and wards"
            | "the communes"
    )
}

/// A name as people write it in many ways, in one: lower case, single blanks, `và` for `&`, `ubnd` for the long word.
fn folded(name: &str) -> String {
    let name = name.to_lowercase().replace('&', " và ").replace(['’', '\''], "'");
    let words: Vec<&str> = name.split_whitespace().collect();
    words
        .join(" ")
        .replace("ủy ban nhân dân", "ubnd")
        .replace("uỷ ban nhân dân", "ubnd")
        .replace("people's committee of ", "ubnd ")
        .trim_end_matches(['.', ':'])
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_written_in_many_ways_are_one() {
        assert_eq!(
            folded("Sở Nông nghiệp  & Môi trường."),
            folded("sở nông nghiệp và môi trường")
        );
        assert_eq!(folded("UBND xã Sín Thầu"), folded("Uỷ ban nhân dân xã Sín Thầu"));
        assert!(is_all_communes("UBND các xã, phường") && is_all_communes("Cấp xã"));
        assert!(!is_all_communes("UBND xã Sín Thầu"));
    }
}
