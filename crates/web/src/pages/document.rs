//! A document: its text with every figure marked, and beside it what is made of the one that is chosen.

use app::document::{Anchor, Block, BlockKind, DocumentView, FigureView, ReviewState};
use app::policy::Action;
use app::task::TaskCard;
use axum::extract::{Path, State};
use axum::response::Response;
use maud::{Markup, html};
use plan::{DocumentId, FigureId};
use terms::Diagnostic;

use crate::ask::Ask;
use crate::failure::{Answer, Failure};
use crate::layout::{self, Section};
use crate::pages::review;
use crate::parts::{names, source, task};
use crate::posted::Posted;
use crate::site::Site;

/// Shows a document.
pub(crate) async fn show(State(site): State<Site>, ask: Ask, Path(id): Path<String>) -> Answer {
    let id: DocumentId = id.parse().map_err(|_| Failure::not_found(&ask))?;
    let view = site
        .app
        .document(&ask.actor, id)
        .await
        .map_err(|error| Failure::from_app(&ask, error))?;
    let chosen: Option<FigureId> = ask
        .value("figure")
        .map(str::parse)
        .transpose()
        .map_err(|_| Failure::misunderstood(&ask))?;
    if chosen.is_some_and(|chosen| view.figures.iter().all(|figure| figure.figure != chosen)) {
        return Err(Failure::not_found(&ask));
    }
    let tasks = site.app.tasks_from(&ask.actor, id).await;
    let tasks = tasks.map_err(|error| Failure::from_app(&ask, error))?;
    let tasks: Vec<TaskCard> = tasks.into_iter().map(|(_, card)| card).collect();
    Ok(page(&site, &ask, &view, chosen, None, &[], &tasks))
}

/// The page, with a form that was sent and what is wrong with it, if there is one.
pub(crate) fn page(
    site: &Site,
    ask: &Ask,
    view: &DocumentView,
    chosen: Option<FigureId>,
    sent: Option<&Posted>,
    problems: &[Diagnostic],
    tasks: &[TaskCard],
) -> Response {
    let may_review = ask.actor.may(Action::Review);
    // Who reviews begins with the first figure that waits.
    let first_waiting = || {
        view.figures
            .iter()
            .find(|figure| figure.review == ReviewState::Waiting)
            .map(|figure| figure.figure)
    };
    let chosen = chosen.or_else(|| if may_review { first_waiting() } else { None });
    let figure = chosen.and_then(|chosen| view.figures.iter().find(|figure| figure.figure == chosen));
    let body = html! {
        nav.crumbs aria-label=(ask.t("web-crumbs")) {
            a href=(ask.href("/documents")) { (ask.t("web-documents-title")) }
        }
        h1 lang=[source::other_language(ask, &view.row.title)] { (view.row.title) }
        (facts(ask, view))
        @if ask.value("done").is_some() { (crate::parts::notice::done(&ask.t("web-review-done"))) }
        @if ask.actor.may(Action::DraftTask) {
            p { a.button.plain href=(ask.href(&format!("/documents/{}/tasks", view.row.document))) { (ask.t("task-clauses-link")) } }
        }
        @if !tasks.is_empty() {
            details {
                summary { (ask.t("task-from-document")) " (" (tasks.len()) ")" }
                (task::list(ask, tasks))
            }
        }
        div.reading {
            article.paper lang=(view.row.language.code()) aria-label=(ask.t("web-document-text")) {
                (text(ask, view, figure))
            }
            aside.desk id="desk" aria-label=(ask.t("web-desk-beside")) {
                @match figure {
                    Some(figure) if may_review => { (review::form(site, ask, view, figure, sent, problems)) },
                    Some(figure) => { (review::reading(ask, view, figure)) },
                    None => { (review::overview(ask, view)) },
                }
            }
        }
    };
    layout::public(ask, Section::Documents, &view.row.title, &body)
}

fn facts(ask: &Ask, view: &DocumentView) -> Markup {
    let row = &view.row;
    html! {
        dl.facts {
            @if let Some(date) = row.date {
                div { dt { (ask.t("web-document-date")) } dd { (i18n::date::long(ask.language, date)) } }
            }
            @if !row.publisher.is_empty() { div { dt { (ask.t("web-publisher")) } dd { (row.publisher) } } }
            @if let Some(place) = &row.place { div { dt { (ask.t("web-place")) } dd { (names::unit(ask, place)) } } }
            div { dt { (ask.t("web-figures")) } dd {
                (row.figures)
                @if 0 < row.waiting { " (" (ask.ta("web-count-waiting", &[("count", row.waiting.into())])) ")" }
            } }
            div { dt { (ask.t("web-file")) } dd {
                a href=(format!("/data/documents/{}", row.document)) download { (row.name) }
                " " span.muted { (row.format.to_uppercase()) }
                @if let Some(url) = view.url.as_deref().filter(|url| source::is_web(url)) {
                    " · " a href=(url) rel="external noopener" { (ask.t("web-source-original")) }
                }
            } }
        }
    }
}

/// The text, part by part, with its figures marked. Everything is escaped.
fn text(ask: &Ask, view: &DocumentView, chosen: Option<&FigureView>) -> Markup {
    let quote = chosen.map(|figure| figure.quote);
    let marks = Marks {
        ask,
        view,
        chosen: chosen.map(|figure| figure.figure),
        quote,
    };
    let whole = [Block {
        kind: BlockKind::Paragraph,
        span: (0, view.text.len()),
        anchor: Anchor::Paragraph(1),
    }];
    let blocks: &[Block] = if view.blocks.is_empty() {
        &whole
    } else {
        &view.blocks
    };
    let mut parts: Vec<Markup> = Vec::with_capacity(blocks.len());
    let mut index = 0;
    while let Some(block) = blocks.get(index) {
        let run = blocks[index..]
            .iter()
            .take_while(|next| group(next.kind) == group(block.kind))
            .count();
        let rows = &blocks[index..index + run];
        match group(block.kind) {
            Group::Table => {
                parts.push(html! { div.scroll tabindex="0" role="region" aria-label=(ask.t("web-document-table")) { table { caption.hidden { (ask.t("web-document-table")) } tbody {
                    @for row in rows { (table_row(&marks, row)) }
                } } } });
            }
            Group::List => parts.push(html! { ul { @for (item, at) in rows.iter().zip(index..) {
                li { (marks.write(item.span)) (from_here(&marks, at)) }
            } } }),
            Group::Furniture => parts.push(html! {
                details.furniture { summary { (ask.t("web-document-furniture")) } @for row in rows { p { (marks.write(row.span)) } } }
            }),
            Group::Single => parts.extend(rows.iter().zip(index..).map(|(block, at)| {
                html! {
                    (single(&marks, block))
                    @if block.kind == BlockKind::Paragraph { (from_here(&marks, at)) }
                }
            })),
        }
        index += run;
    }
    html! { @for part in parts { (part) } }
}

#[derive(PartialEq, Eq)]
enum Group {
    Table,
    List,
    Furniture,
    Single,
}

fn group(kind: BlockKind) -> Group {
    match kind {
        BlockKind::TableHeader | BlockKind::TableRow => Group::Table,
        BlockKind::ListItem => Group::List,
        BlockKind::Furniture | BlockKind::Teaser => Group::Furniture,
        _ => Group::Single,
    }
}

fn single(marks: &Marks<'_>, block: &Block) -> Markup {
    let inside = marks.write(block.span);
    match block.kind {
        BlockKind::DateLine => html! { p.date-line { (inside) } },
        BlockKind::Heading(1) => html! { h2 { (inside) } },
        BlockKind::Heading(_) => html! { h3 { (inside) } },
        BlockKind::Footnote => html! { p.footnote { (inside) } },
        _ => html! { p { (inside) } },
    }
}

/// For who writes tasks: the way from a part of the text to the form of a task that it becomes the clause of.
fn from_here(marks: &Marks<'_>, block: usize) -> Markup {
    let ask = marks.ask;
    let form = format!("/tasks/new?document={}&block={block}", marks.view.row.document);
    html! {
        @if ask.actor.may(Action::DraftTask) {
            p.from-here lang=(ask.language.code()) { a href=(ask.href(&form)) { (ask.t("task-from-here")) } }
        }
    }
}

/// A row of a table: its cells are divided by tabs.
fn table_row(marks: &Marks<'_>, block: &Block) -> Markup {
    let (from, to) = block.span;
    let text = marks.view.text.get(from..to).unwrap_or_default();
    let mut cells = Vec::new();
    let mut start = from;
    for cell in text.split('\t') {
        cells.push((start, start + cell.len()));
        start += cell.len() + 1;
    }
    html! {
        tr {
            @for cell in cells {
                @if block.kind == BlockKind::TableHeader { th scope="col" { (marks.write(cell)) } }
                @else { td { (marks.write(cell)) } }
            }
        }
    }
}

struct Marks<'a> {
    ask: &'a Ask,
    view: &'a DocumentView,
    chosen: Option<FigureId>,
    quote: Option<(usize, usize)>,
}

impl Marks<'_> {
    /// The text of a span with the figures that begin in it marked; a figure within another is left to the other.
    fn write(&self, (from, to): (usize, usize)) -> Markup {
        let mut parts: Vec<Markup> = Vec::new();
        let mut at = from;
        for figure in &self.view.figures {
            let (start, end) = figure.span;
            if start < at || to < end {
                continue;
            }
            parts.push(self.plain(at, start));
            parts.push(self.mark(figure));
            at = end;
        }
        parts.push(self.plain(at, to));
        html! { @for part in parts { (part) } }
    }

    /// Text without figures, divided where the chosen figure's sentence begins and ends.
    fn plain(&self, from: usize, to: usize) -> Markup {
        let text = |from: usize, to: usize| self.view.text.get(from..to).unwrap_or_default();
        let Some((start, end)) = self.quote else {
            return html! { (text(from, to)) };
        };
        let (start, end) = (start.clamp(from, to), end.clamp(from, to));
        html! {
            (text(from, start))
            @if start < end { span.in-quote { (text(start, end)) } }
            (text(end.max(start), to))
        }
    }

    fn mark(&self, figure: &FigureView) -> Markup {
        let (start, end) = figure.span;
        let id = figure.figure;
        let here = self.chosen == Some(id);
        let class = match figure.review {
            ReviewState::Waiting => "fig waiting",
            ReviewState::Observation(_) | ReviewState::Target(_) => "fig accepted",
            ReviewState::Merged(_) => "fig merged",
            ReviewState::Rejected => "fig rejected",
        };
        let address = format!(
            "{}?figure={id}#f{}",
            self.ask.href(&format!("/documents/{}", id.document)),
            id.ordinal
        );
        html! {
            a class=(class) id=(format!("f{}", id.ordinal)) href=(address) aria-current=[here.then_some("true")] {
                (self.view.text.get(start..end).unwrap_or(&figure.surface))
            }
        }
    }
}
