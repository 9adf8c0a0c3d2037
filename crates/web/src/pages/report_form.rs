//! The form of a report, for who fills it in: line by line, or as a workbook.

use app::report::{FormLine, FormView};
use maud::{Markup, html};
use serde_json::json;

use crate::ask::Ask;
use crate::assets;
use crate::parts::{form_json, report};

/// The form.
pub(crate) fn fill(ask: &Ask, view: &FormView) -> Markup {
    let data = form_json::of(ask, view).to_string();
    let words = json!({
        "findings": report::finding_templates(ask),
        "saving": ask.t("report-saving"),
        "saved": ask.t("report-saved"),
        "failed": ask.t("report-save-failed"),
        "pasted": ask.t("report-pasted"),
        "leftOver": ask.t("report-pasted-left-over"),
        "conflict": ask.t("report-conflict"),
        "which": ask.t("report-which"),
    });
    html! {
        section aria-labelledby="form-title" {
            h2 id="form-title" { (ask.t("report-form-title")) }
            p.hint { (ask.t("report-form-hint")) }
            form.report-form id="report-form" method="post" action=(report::href(ask, &view.report, "/save")) autocomplete="off"
                data-form=(data) data-words=(words.to_string()) {
                input type="hidden" name="csrf" value=(ask.actor.csrf());
                input type="hidden" name="seen" value=(view.version);
                ol.lines { @for line in &view.lines { (input_line(ask, view, line)) } }
                p.save-state id="save-state" role="status" {}
                p.actions id="send" {
                    button.plain type="submit" { (ask.t("report-save")) }
                    button type="submit" formaction=(report::href(ask, &view.report, "/submit")) { (ask.t("report-send")) }
                }
                @if !view.in_the_way.is_empty() && 0 < view.version {
                    p.hint { (ask.ta("report-in-the-way", &[("count", view.in_the_way.len().into())])) }
                }
            }
        }
        script type="module" src=(assets::path("report.mjs")) {}
    }
}

fn input_line(ask: &Ask, view: &FormView, line: &FormLine) -> Markup {
    let code = &line.indicator.code;
    let id = report::field(code);
    let wrong = line.findings.iter().any(|finding| !finding.soft);
    let soft = line.findings.iter().any(|finding| finding.soft);
    let mode = if line.edits.contains(&plan::report::Edit::Decimals(0)) {
        "numeric"
    } else {
        "decimal"
    };
    html! {
        li.line data-line=(code) {
            div.about {
                label for=(id) {
                    (line.indicator.name.get(ask.language))
                    @if !line.required { " " span.muted { (ask.t("report-optional")) } }
                }
                p.hint id=(format!("{id}-hint")) { (line.hint.get(ask.language)) }
            }
            p.last { span.label { (ask.t("report-column-last")) ": " } @match line.last {
                Some(last) => (i18n::number(ask.language, last)),
                None => "–",
            } }
            div.entry {
                input id=(id) name=(format!("v.{code}")) value=(line.text) inputmode=(mode) maxlength="64"
                    aria-describedby=(format!("{id}-hint {id}-told")) aria-invalid=[wrong.then_some("true")];
                span.unit { (i18n::unit_name(ask.language, &line.unit)) }
            }
            @for rival in &line.rivals {
                p.rival {
                    (ask.ta("report-rival", &[("who", rival.who.as_deref().unwrap_or("?").into())])) " "
                    strong { (if rival.text.is_empty() { "–" } else { &rival.text }) } " "
                    button.plain.pick type="button" data-text=(rival.text) hidden { (ask.t("report-pick")) }
                }
            }
            div.told id=(format!("{id}-told")) {
                @for finding in &line.findings { p class=(if finding.soft { "soft" } else { "wrong" }) { (report::finding(ask, view, finding)) } }
                @if line.stands_out && !soft { p.soft { (ask.t("report-stands-out")) } }
            }
            details.explain open[soft || !line.explanation.is_empty()] {
                summary { (ask.t("report-explain")) }
                textarea name=(format!("e.{code}")) rows="2" maxlength="2000" aria-label=(ask.ta("report-explain-of", &[("line", line.indicator.name.get(ask.language).into())])) { (line.explanation) }
            }
        }
    }
}

/// The same by workbook.
pub(crate) fn by_sheet(ask: &Ask, view: &FormView) -> Markup {
    html! {
        details.by-sheet {
            summary { (ask.t("report-by-sheet")) }
            p { a.button.plain href=(report::href(ask, &view.report, "/form.xlsx")) download { (ask.t("report-sheet-get")) } }
            form method="post" action=(report::href(ask, &view.report, "/upload")) enctype="multipart/form-data" {
                input type="hidden" name="csrf" value=(ask.actor.csrf());
                input type="hidden" name="seen" value=(view.version);
                div.field {
                    label for="field-file" { (ask.t("report-sheet-file")) }
                    input id="field-file" name="file" type="file" accept=".xlsx" required;
                }
                p.actions { button type="submit" { (ask.t("report-sheet-send")) } }
            }
        }
    }
}
