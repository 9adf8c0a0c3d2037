//! Ways to targets that are in the register, from a table: each by the paper that says so.

use exchange::{Citation, ValueRow};
use plan::{Act, Fact, FactId, Source, Target};
use store::Writing;
use terms::{Diagnostic, Place};

use super::Imported;
use crate::policy::Action;
use crate::review::{broken_rules, same_fact};
use crate::{Actor, App, Error};

/// Records the ways of a table's rows; `reason` where a row has none. A row names its target by what it asks for; a way that already
/// holds is passed over. What cannot be recorded is told, row by row.
pub(super) async fn record(
    app: &App,
    actor: &Actor,
    writing: &mut Writing,
    rows: Vec<ValueRow>,
    reason: &str,
    imported: &mut Imported,
) -> Result<Vec<Diagnostic>, Error> {
    let lists = app.lists();
    let mut wrong = Vec::new();
    for row in rows {
        let Fact::Target(asked) = row.fact else { continue };
        if asked.way.is_usual() {
            wrong.push(
                Diagnostic::error("missing-value", row.at.column("path"))
                    .with("found", "")
                    .with("expected", ""),
            );
            continue;
        }
        let named = Fact::Target(Target {
            way: plan::Way::default(),
            baseline: None,
            ..asked.clone()
        });
        let Some(FactId::Target(id)) = same_fact(writing, &lists.reference.with_known_scope(named)).await?
        else {
            let told = format!("{} {} {}", asked.indicator, asked.due, asked.value.normalize());
            wrong.push(Diagnostic::error("target-not-in-register", row.at).with("found", told));
            continue;
        };
        let Some(stored) = writing.target(id).await? else {
            return Err(Error::Machine("a target that was just found"));
        };
        if stored.target.way == asked.way {
            imported.known += 1;
            continue;
        }
        let planned = Fact::Target(Target {
            way: asked.way.clone(),
            ..stored.target
        });
        let broken = broken_rules(&lists.reference, &planned, &row.at);
        let source = match source(writing, row.citation, &row.at).await? {
            Ok(source) => source,
            Err(fault) => {
                wrong.extend(broken);
                wrong.push(fault);
                continue;
            }
        };
        if !broken.is_empty() {
            wrong.extend(broken);
            continue;
        }
        let act = Act::TargetPlanned {
            target: id,
            way: Box::new(asked.way),
            source,
            reason: if row.note.is_empty() {
                reason.to_owned()
            } else {
                row.note
            },
        };
        writing
            .record(&actor.author(Action::ImportValues, None), app.now(), &act)
            .await?;
        imported.ways += 1;
    }
    Ok(wrong)
}

/// The paper that sets a way: a document of the register that holds the sentence, or one outside.
async fn source(
    writing: &mut Writing,
    citation: Citation,
    at: &Place,
) -> Result<Result<Source, Diagnostic>, Error> {
    let (name, quote) = match citation {
        Citation::Outside(source) => return Ok(Ok(source)),
        Citation::Document { name, quote, .. } => (name, quote),
    };
    let mut stored = writing.documents().await?;
    stored.sort_by_key(|stored| std::cmp::Reverse(stored.id));
    let is_named = |file: &str| file == name || file.rsplit_once('.').is_some_and(|(stem, _)| stem == name);
    let Some(stored) = stored.into_iter().find(|stored| is_named(&stored.document.name)) else {
        let place = at.clone().column("document");
        return Ok(Err(
            Diagnostic::error("document-not-in-register", place).with("found", name)
        ));
    };
    let text = writing.text(&stored.document).await?;
    if !text.contains(&quote) {
        let place = at.clone().column("quote");
        return Ok(Err(
            Diagnostic::error("quote-not-found", place).with("found", quote)
        ));
    }
    Ok(Ok(Source {
        document: Some(stored.document.sha256),
        span: None,
        quote,
        title: stored.document.title,
        publisher: stored.document.publisher,
        date: stored.document.date,
        url: stored.document.url,
    }))
}
