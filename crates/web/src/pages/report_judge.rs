//! The lines of a report to read, and the forms of who verifies, accepts and corrects.

use std::collections::BTreeMap;

use app::report::{FormLine, FormView};
use maud::{Markup, html};

use crate::ask::Ask;
use crate::parts::report;
use crate::posted::Posted;

/// What was typed into a form that could not be taken: it stands there again.
#[derive(Debug, Default)]
pub(crate) struct Typed(BTreeMap<String, String>);

impl Typed {
    /// What a form sent.
    pub(crate) fn of(posted: &Posted) -> Self {
        Self(posted.all().into_iter().collect())
    }

    fn text(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    fn is_any(&self) -> bool {
        !self.0.is_empty()
    }
}

/// The lines to read, and the forms of those who judge.
pub(crate) fn judge(ask: &Ask, view: &FormView, typed: &Typed) -> Markup {
    let judging = view.may_verify || view.may_accept;
    html! {
        form.report-judge method="post" action=(report::href(ask, &view.report, if view.may_accept { "/accept" } else { "/verify" })) {
            input type="hidden" name="csrf" value=(ask.actor.csrf());
            input type="hidden" name="seen" value=(view.version);
            div.scroll tabindex="0" role="region" aria-label=(ask.t("report-lines")) {
                table.report-table {
                    caption.hidden { (ask.t("report-lines")) }
                    thead { tr {
                        th scope="col" { (ask.t("report-column-line")) }
                        th scope="col" { (ask.t("report-column-value")) }
                        th scope="col" { (ask.t("report-column-last")) }
                        th scope="col" { (ask.t("report-remarks")) }
                    } }
                    tbody { @for line in &view.lines { (read_line(ask, view, line)) } }
                }
            }
            @if judging {
                div.field {
                    label for="field-reason" { (ask.t(if view.may_verify { "report-verify-words" } else { "report-accept-words" })) }
                    textarea id="field-reason" name="reason" rows="2" maxlength="2000" { (typed.text("reason").unwrap_or_default()) }
                }
                p.actions {
                    @if view.may_verify {
                        button type="submit" name="verdict" value="verify" { (ask.t("report-verify")) }
                    } @else {
                        button type="submit" name="verdict" value="accept" { (ask.t("report-accept")) }
                    }
                    button.danger type="submit" name="verdict" value="return" { (ask.t("report-return")) }
                }
                p.hint { (ask.t("report-judge-hint")) }
            }
        }
        @if view.may_correct { (correction(ask, view, typed)) }
    }
}

fn read_line(ask: &Ask, view: &FormView, line: &FormLine) -> Markup {
    let code = &line.indicator.code;
    html! {
        tr class=[line.stands_out.then_some("stands-out")] {
            th scope="row" {
                a href=(report::href(ask, &view.report, &format!("/value/{code}"))) { (line.indicator.name.get(ask.language)) }
                br; span.muted { (i18n::unit_name(ask.language, &line.unit)) }
            }
            td data-label=(ask.t("report-column-value")) { strong { @match line.value {
                Some(value) => (i18n::number(ask.language, value)),
                None => (if line.text.is_empty() { "–" } else { &line.text }),
            } } }
            td data-label=(ask.t("report-column-last")) { @match line.last { Some(last) => (i18n::number(ask.language, last)), None => "–" } }
            td {
                @for finding in &line.findings { p class=(if finding.soft { "soft" } else { "wrong" }) { (report::finding(ask, view, finding)) } }
                @if line.stands_out && line.findings.is_empty() { p.soft { (ask.t("report-stands-out")) } }
                @if !line.explanation.is_empty() { p { (ask.t("report-explained")) ": " q { (line.explanation) } } }
                @if view.may_verify && line.stands_out {
                    label.check { input type="checkbox" id=(report::field(code)) name=(format!("looked.{code}")) value="1"; " " (ask.t("report-looked")) }
                }
            }
        }
    }
}

fn correction(ask: &Ask, view: &FormView, typed: &Typed) -> Markup {
    html! {
        details.correct open[typed.is_any()] {
            summary { (ask.t("report-correct-title")) }
            p.hint { (ask.t("report-correct-hint")) }
            form method="post" action=(report::href(ask, &view.report, "/correct")) autocomplete="off" {
                input type="hidden" name="csrf" value=(ask.actor.csrf());
                input type="hidden" name="seen" value=(view.version);
                @for line in &view.lines {
                    @let (id, name) = (report::field(&line.indicator.code), line.indicator.name.get(ask.language));
                    @let (value, why) = (format!("v.{}", line.indicator.code), format!("e.{}", line.indicator.code));
                    @let explanation = typed.text(&why).unwrap_or(&line.explanation);
                    div.field {
                        label for=(id) { (name) " (" (i18n::unit_name(ask.language, &line.unit)) ")" }
                        input id=(id) name=(value) value=(typed.text(&value).unwrap_or(&line.text)) maxlength="64";
                        details.explain open[!explanation.is_empty() || typed.is_any()] {
                            summary { (ask.t("report-explain")) }
                            textarea name=(why) rows="2" maxlength="2000" aria-label=(ask.ta("report-explain-of", &[("line", name.into())])) { (explanation) }
                        }
                    }
                }
                div.field {
                    label for="field-reason" { (ask.t("report-correct-reason")) }
                    textarea id="field-reason" name="reason" rows="2" maxlength="2000" { (typed.text("reason").unwrap_or_default()) }
                }
                p.actions { button type="submit" { (ask.t("report-correct")) } }
            }
        }
    }
}
