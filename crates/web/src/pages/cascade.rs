//! A target of the province handed down to its communes or departments; for planners the form that makes it theirs.

use app::cascade::{AdoptTexts, Cascade, CascadeQuery, CascadeView, Divisible, Part, Receivers, Way};
use app::policy::Action;
use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use plan::TargetId;
use terms::{Diagnostic, RefArea};

use crate::ask::Ask;
use crate::failure::{Answer, Failure};
use crate::layout::{self, Section};
use crate::parts::{amount, names, notice, paper, simulated, source};
use crate::posted::Posted;
use crate::site::Site;

/// Shows `?target=…&to=…&way=…`, by hand with `part-CODE=…` for each.
pub(crate) async fn show(State(site): State<Site>, ask: Ask) -> Answer {
    let query = query(
        &ask,
        |name| ask.value(name).unwrap_or_default().to_owned(),
        &ask.query,
    )?;
    let view = site.app.cascade(&ask.actor, &query).await;
    let view = view.map_err(|error| Failure::from_app(&ask, error))?;
    Ok(page(&ask, &view, &AdoptTexts::default(), &[]))
}

/// Records the parts as targets.
pub(crate) async fn adopt(State(site): State<Site>, ask: Ask, posted: Posted) -> Answer {
    let fields = posted.all();
    let text = |name: &str| posted.text(name).to_owned();
    let texts = AdoptTexts {
        query: query(&ask, text, &fields)?,
        seen: posted
            .text("seen")
            .parse()
            .map_err(|_| Failure::misunderstood(&ask))?,
        residual: text("residual"),
        paper: paper::sent(&posted),
    };
    let failed = |error| Failure::from_app(&ask, error);
    match site.app.adopt_cascade(&ask.actor, &texts).await {
        Ok(_) => {
            let target = texts
                .query
                .target
                .map(|target| target.to_string())
                .unwrap_or_default();
            let to = format!("/cascade?target={target}&to={}&done=1", texts.query.to.code());
            let to = HeaderValue::from_str(&ask.href(&to)).map_err(|_| Failure::misunderstood(&ask))?;
            Ok((StatusCode::SEE_OTHER, [(header::LOCATION, to)]).into_response())
        }
        // What was typed stays in the form, with what is wrong above it.
        Err(app::Error::Invalid(problems)) => {
            let view = site.app.cascade(&ask.actor, &texts.query).await.map_err(failed)?;
            let mut page = page(&ask, &view, &texts, &problems);
            *page.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
            Ok(page)
        }
        Err(error) => Err(failed(error)),
    }
}

/// What a form asks for.
fn query(
    ask: &Ask,
    text: impl Fn(&str) -> String,
    fields: &[(String, String)],
) -> Result<CascadeQuery, Failure> {
    let misunderstood = || Failure::misunderstood(ask);
    let target = match text("target").as_str() {
        "" => None,
        text => Some(TargetId(text.parse().map_err(|_| misunderstood())?)),
    };
    let to = match text("to").as_str() {
        "" => Receivers::default(),
        text => Receivers::ALL
            .into_iter()
            .find(|to| to.code() == text)
            .ok_or_else(misunderstood)?,
    };
    Ok(CascadeQuery {
        target,
        to,
        // A way that does not suit the target (a form sent after choosing another) gives way to the usual one.
        way: Way::of(&text("way")),
        hand: fields
            .iter()
            .filter_map(|(name, typed)| Some((RefArea::new(name.strip_prefix("part-")?), typed.clone())))
            .collect(),
    })
}

fn page(ask: &Ask, view: &CascadeView, sent: &AdoptTexts, problems: &[Diagnostic]) -> Response {
    let title = ask.t("engine-cascade-title");
    layout::public(ask, Section::Analysis, &title, &body(ask, view, sent, problems))
}

fn body(ask: &Ask, view: &CascadeView, sent: &AdoptTexts, problems: &[Diagnostic]) -> Markup {
    html! {
        h1 { (ask.t("engine-cascade-title")) }
        @if ask.value("done").is_some() { (notice::done(&ask.t("cascade-done"))) }
        (notice::diagnostics(ask, problems))
        p.lead { (ask.t("engine-cascade-lead")) }
        @match &view.shown {
            None => { (notice::empty(&ask.t("engine-cascade-none"))) },
            Some(shown) => {
                (simulated::banner(ask, shown.simulated))
                (form(ask, view, shown))
                @if problems.is_empty() { (notice::diagnostics(ask, &shown.problems)) }
                h2 { (names::indicator(ask, &shown.of.indicator)) }
                (facts(ask, shown))
                (table(ask, shown))
                @if ask.actor.may(Action::ImportValues) { (adoption(ask, view, shown, sent, problems)) }
            },
        }
    }
}

fn label(ask: &Ask, choice: &Divisible) -> String {
    format!(
        "{}: {}, {}",
        choice.indicator.name.get(ask.language),
        amount::text(ask, &choice.amount),
        i18n::date::due(ask.language, choice.due),
    )
}

fn form(ask: &Ask, view: &CascadeView, shown: &Cascade) -> Markup {
    html! {
        form.computed-choice id="cascade" method="get" action=(ask.href("/cascade")) {
            div.field {
                label for="target" { (ask.t("engine-cascade-target")) }
                select id="target" name="target" {
                    @for choice in &view.choices {
                        option value=(choice.target) selected[choice.target == shown.of.target] { (label(ask, choice)) }
                    }
                }
            }
            @if 1 < shown.receivers.len() {
                div.field {
                    label for="to" { (ask.t("cascade-to")) }
                    select id="to" name="to" {
                        @for to in &shown.receivers {
                            option value=(to.code()) selected[*to == shown.to] { (ask.t(&format!("cascade-to-{}", to.code()))) }
                        }
                    }
                }
            }
            div.field {
                label for="way" { (ask.t("engine-cascade-way")) }
                select id="way" name="way" {
                    @for way in &shown.ways {
                        option value=(way.code()) selected[*way == shown.way] { (ask.t(&format!("engine-way-{}", way.code()))) }
                    }
                }
            }
            p.actions { button type="submit" { (ask.t("engine-show")) } }
        }
    }
}

fn facts(ask: &Ask, shown: &Cascade) -> Markup {
    let unit = &shown.of.amount.unit;
    let rate = shown.is_rate();
    let without: Vec<&str> = shown
        .parts
        .iter()
        .filter(|part| part.due.is_none())
        .map(|part| part.unit.name.get(ask.language))
        .collect();
    let known = shown.parts.len() - without.len();
    html! {
        dl.facts {
            div {
                dt { (ask.t("engine-cascade-target")) }
                dd { (amount::amount(ask, &shown.of.amount)) ", " (i18n::date::due(ask.language, shown.of.due)) " " small { (source::short(ask, &shown.of.sources)) } }
            }
            @if let Some(total) = shown.total {
                div {
                    dt { (ask.t(if rate { "engine-cascade-reached" } else { "engine-cascade-total" })) }
                    dd.num { (amount::computed(ask, total, unit)) }
                }
            }
            @if let Some(residual) = shown.residual {
                div {
                    dt { (ask.t(if rate { "engine-cascade-residual-rate" } else { "engine-cascade-residual" })) }
                    dd.num { (residual_text(ask, shown, residual, rate)) }
                }
            }
        }
        @if let Some(period) = shown.ground {
            @let period = i18n::date::period(ask.language, period);
            p { (ask.ta("engine-cascade-ground", &[("period", period.into()), ("known", known.into()), ("of", shown.parts.len().into())])) }
        }
        @if shown.way == Way::ByHand { p { (ask.t("cascade-hand-how")) } }
        @else if !without.is_empty() {
            p.notice { (ask.ta("engine-cascade-without", &[("count", without.len().into()), ("names", without.join(", ").into())])) }
        }
    }
}

fn residual_text(ask: &Ask, shown: &Cascade, residual: terms::Decimal, rate: bool) -> String {
    if residual.is_zero() {
        return ask.t("engine-cascade-closed");
    }
    let unit = if rate {
        amount::of_difference(&shown.of.amount.unit)
    } else {
        shown.of.amount.unit.clone()
    };
    let mut text = amount::computed(ask, residual, &unit);
    if let Some((count, indicator)) = &shown.residual_count {
        text = format!("{text} ({})", amount::computed(ask, *count, &indicator.unit));
    }
    text
}

fn table(ask: &Ask, shown: &Cascade) -> Markup {
    let ground = match shown.way {
        Way::Equal => None,
        Way::ByHand if !shown.is_rate() => None,
        Way::ByHouseholds => Some("engine-cascade-weight"),
        Way::ByArea => Some("engine-cascade-area"),
        _ => Some("engine-cascade-now"),
    };
    let mut parts: Vec<&Part> = shown.parts.iter().collect();
    i18n::sort::by_name(ask.language, &mut parts, |part| part.unit.name.get(ask.language));
    let unit = &shown.of.amount.unit;
    let rate = shown.is_rate();
    let given = shown.parts.iter().any(|part| part.given.is_some());
    html! {
        table.computed {
            caption.hidden { (ask.t("engine-cascade-title")) }
            thead { tr {
                th scope="col" { (ask.t("engine-unit")) }
                @if let Some(key) = ground { th.num scope="col" { (ask.t(key)) } }
                th.num scope="col" { (ask.t("engine-cascade-due")) }
                @if given { th.num scope="col" { (ask.t("cascade-given")) } }
            } }
            tbody { @for part in parts { tr {
                th scope="row" { (names::unit(ask, &part.unit)) }
                @if ground.is_some() {
                    td.num {
                        @match part.ground {
                            Some(now) if rate => { (amount::computed(ask, now, unit)) },
                            Some(weight) => { (i18n::number(ask.language, weight)) },
                            None => { span.muted { (ask.t("engine-explain-unknown")) } },
                        }
                    }
                }
                td.num {
                    @if shown.way == Way::ByHand {
                        @let name = format!("part-{}", part.unit.code);
                        @let wrong = shown.problems.iter().any(|problem| problem.place.column.as_deref() == Some(name.as_str()));
                        input.short form="cascade" name=(name) value=(part.typed) inputmode="decimal" maxlength="24"
                            aria-label=(format!("{}: {}", part.unit.name.get(ask.language), ask.t("engine-cascade-due"))) aria-invalid=[wrong.then_some("true")];
                        " " small { (i18n::unit_name(ask.language, unit)) }
                    } @else {
                        @match part.due {
                            Some(due) => { (exact(ask, shown, due)) },
                            None => { span.muted { "–" } },
                        }
                    }
                }
                @if given {
                    td.num {
                        @match part.given {
                            Some((_, value)) => { (exact(ask, shown, value)) },
                            None => { span.muted { "–" } },
                        }
                    }
                }
            } } }
        }
        @if shown.way == Way::ByHand { p.actions { button form="cascade" type="submit" { (ask.t("cascade-hand-again")) } } }
    }
}

/// A part as it is adopted: not rounded, since the parts must close.
fn exact(ask: &Ask, shown: &Cascade, value: terms::Decimal) -> String {
    i18n::quantity(ask.language, value.normalize(), &shown.of.amount.unit)
}

/// The form by which the parts become targets.
fn adoption(
    ask: &Ask,
    view: &CascadeView,
    shown: &Cascade,
    sent: &AdoptTexts,
    problems: &[Diagnostic],
) -> Markup {
    let wrong = |name: &str| {
        problems
            .iter()
            .any(|problem| problem.place.column.as_deref() == Some(name))
    };
    let count = shown.parts.iter().filter(|part| part.due.is_some()).count();
    html! {
        section.settle {
            h2 { (ask.t("cascade-adopt")) }
            p.hint { (ask.ta("cascade-adopt-means", &[("count", count.into())])) }
            @if shown.simulated { p.notice { (ask.t("cascade-adopt-simulated")) } }
            form method="post" action=(ask.href("/cascade")) {
                input type="hidden" name="csrf" value=(ask.actor.csrf());
                input type="hidden" name="seen" value=(shown.seen());
                input type="hidden" name="target" value=(shown.of.target);
                input type="hidden" name="to" value=(shown.to.code());
                input type="hidden" name="way" value=(shown.way.code());
                @if shown.way == Way::ByHand {
                    @for part in &shown.parts { input type="hidden" name=(format!("part-{}", part.unit.code)) value=(part.typed); }
                }
                @if !shown.closes() { (paper::line(ask, "residual", "text", "cascade-field-residual", &sent.residual, &wrong)) }
                (paper::fields(ask, "cascade-field-document", &view.documents, &sent.paper, &wrong))
                p.actions { button type="submit" { (ask.t("cascade-adopt-button")) } }
            }
        }
    }
}
