//! What may be done with a task now: a form for each act that is mine, and who can do the others.

use app::task::TaskPage;
use app::task_act::StepTexts;
use maud::{Markup, html};
use terms::Diagnostic;

use crate::ask::Ask;
use crate::pages::task::party;
use crate::parts::evidence::FILES;
use crate::parts::task;

/// The forms of what the asker may do, the likeliest open, and who may do the rest.
pub(crate) fn now(ask: &Ask, view: &TaskPage, sent: &StepTexts, problems: &[Diagnostic]) -> Markup {
    let first = view
        .open
        .iter()
        .find(|open| open.act != "rewrite")
        .map(|open| open.act);
    html! {
        h2 { (ask.t("task-now")) }
        @if view.open.is_empty() {
            p { (ask.t(if view.card.stage.is_over() { "task-nothing-left" } else { "task-nothing-for-you" })) }
        }
        @for open in &view.open {
            @if open.act == "rewrite" {
                p { a.button.plain href=(ask.href(&format!("/tasks/{}/rewrite", view.card.id))) { (ask.t("task-do-rewrite")) } }
            } @else {
                @let chosen = if sent.act.is_empty() { Some(open.act) == first } else { sent.act == open.act };
                details.step open[chosen] id=(format!("do-{}", open.act)) {
                    summary { (ask.t(&format!("task-do-{}", open.act))) }
                    p.hint { (ask.ta("task-as", &[("party", party(ask, open.party).into())])) }
                    (form(ask, view, open.act, sent, problems))
                }
            }
        }
        @if !view.closed.is_empty() {
            details.step {
                summary { (ask.t("task-others")) }
                ul.others { @for closed in &view.closed { li {
                    strong { (ask.t(&format!("task-do-{}", closed.act))) } ": "
                    (closed.office.name.get(ask.language)) " ("
                    @for (at, role) in closed.roles.iter().enumerate() { @if 0 < at { ", " } (ask.t(&format!("web-role-{}", role.code()))) }
                    ")"
                } } }
            }
        }
    }
}

fn form(ask: &Ask, view: &TaskPage, act: &str, sent: &StepTexts, problems: &[Diagnostic]) -> Markup {
    let mine = sent.act == act;
    let none = StepTexts::default();
    let kept = if mine { sent } else { &none };
    // The form that was sent has the plain ids to which the list of problems leads.
    let id = |name: &str| {
        if mine {
            format!("field-{name}")
        } else {
            format!("field-{act}-{name}")
        }
    };
    let wrong = |name: &str| {
        let about = |problem: &Diagnostic| problem.place.column.as_deref() == Some(name);
        (mine && problems.iter().any(about)).then_some("true")
    };
    let words = |key: &str, must: bool| {
        html! {
            div.field {
                label for=(id("words")) { (ask.t(key)) @if !must { " " small { (ask.t("task-optional")) } } }
                textarea id=(id("words")) name="words" rows="3" maxlength="5000" required[must] aria-invalid=[wrong("words")] { (kept.words) }
            }
        }
    };
    let offices = |key: &str, none: Option<&str>| {
        html! {
            div.field {
                label for=(id("office")) { (ask.t(key)) }
                select id=(id("office")) name="office" required[none.is_none()] aria-invalid=[wrong("office")] {
                    option value="" { @if let Some(none) = none { (ask.t(none)) } }
                    @for office in &view.offices {
                        option value=(office.office) selected[kept.office == office.office.to_string()] { (office.name.get(ask.language)) }
                    }
                }
            }
        }
    };
    let tick = |key: &str| {
        html! { p.tick { label { input type="checkbox" name="marked" value="1" checked[kept.marked]; " " (ask.t(key)) } } }
    };
    let evidence = || {
        html! {
            div.field {
                label for=(id("files")) { (ask.t("task-evidence-files")) " " small { (ask.t("task-optional")) } }
                input id=(id("files")) name="files" type="file" multiple accept=(FILES) aria-invalid=[wrong("files")] aria-describedby=(id("files-hint"));
                p.hint id=(id("files-hint")) { (ask.t("task-evidence-hint")) }
            }
            div.field {
                label for=(id("links")) { (ask.t("task-evidence-links")) " " small { (ask.t("task-optional")) } }
                textarea id=(id("links")) name="links" rows="2" aria-invalid=[wrong("links")] { (kept.links) }
            }
            div.field {
                label for=(id("observations")) { (ask.t("task-evidence-observations")) " " small { (ask.t("task-optional")) } }
                input id=(id("observations")) name="observations" inputmode="numeric" value=(kept.observations) aria-invalid=[wrong("observations")];
            }
        }
    };
    let with_files = matches!(act, "progress" | "submit");
    let danger = matches!(act, "cancel" | "return" | "refuse-extension");
    html! {
        form method="post" action=(task::href(ask, &view.card)) enctype=[with_files.then_some("multipart/form-data")] {
            input type="hidden" name="csrf" value=(ask.actor.csrf());
            input type="hidden" name="seen" value=(view.seen);
            input type="hidden" name="act" value=(act);
            @match act {
                "contest" | "cancel" | "grant-extension" | "refuse-extension" => (words("task-reason", true)),
                "answer" => (words("task-answer-words", true)),
                "return" => { (words("task-return-words", true)) (tick("task-grave-tick")) },
                "confirm" => { (words("task-confirm-words", false)) @if view.card.late { (tick("task-excused-tick")) } },
                "reassign" => { (offices("task-new-lead", None)) (words("task-reason", true)) },
                "refer" => { (offices("task-refer-to", None)) (words("task-refer-words", true)) },
                "difficulty" => { (words("task-difficulty-words", true)) (offices("task-who-can-help", Some("task-the-assigner"))) },
                "progress" => {
                    (words("task-progress-words", true))
                    div.field {
                        label for=(id("per_cent")) { (ask.t("task-per-cent-field")) }
                        input id=(id("per_cent")) name="per_cent" type="number" min="0" max="100" required
                            value=(if mine { kept.per_cent.clone() } else { view.card.per_cent.to_string() }) aria-invalid=[wrong("per_cent")];
                    }
                    (evidence())
                },
                "submit" => { (words("task-submit-words", true)) (evidence()) },
                "ask-extension" => {
                    div.field {
                        label for=(id("until")) { (ask.t("task-until-field")) }
                        input id=(id("until")) name="until" type="date" required value=(kept.until) aria-invalid=[wrong("until")];
                    }
                    (words("task-reason", true))
                },
                "appoint" => div.field {
                    label for=(id("post")) { (ask.t("task-post-field")) }
                    select id=(id("post")) name="post" required aria-invalid=[wrong("post")] {
                        option value="" {}
                        @for (post, name) in &view.posts { option value=(post) { (name.get(ask.language)) } }
                    }
                },
                _ => {},
            }
            p.actions { button type="submit" class=[danger.then_some("danger")] { (ask.t(&format!("task-do-{act}"))) } }
        }
    }
}
