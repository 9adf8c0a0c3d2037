//! The review desk beside a document: a figure's fields in a form, one button for each verdict.

use app::document::{Candidate, DocumentView, FigureView, ReviewState};
use app::review::{Decision, FieldTexts, Verdict};
use app::target::WayTexts;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::IntoResponse;
use maud::{Markup, html};
use plan::{DocumentId, Edition, FigureId};
use terms::{Bound, Diagnostic, Kind, Language, Measure};

use crate::ask::Ask;
use crate::failure::{Answer, Failure};
use crate::pages::document;
use crate::parts::{names, notice, way};
use crate::posted::Posted;
use crate::site::Site;

/// Records a decision, and goes on to the next figure that waits.
pub(crate) async fn decide(
    State(site): State<Site>,
    ask: Ask,
    Path(id): Path<String>,
    posted: Posted,
) -> Answer {
    let id: DocumentId = id.parse().map_err(|_| Failure::not_found(&ask))?;
    let figure: FigureId = posted
        .text("figure")
        .parse()
        .map_err(|_| Failure::misunderstood(&ask))?;
    let failed = |error| Failure::from_app(&ask, error);
    let view = site.app.document(&ask.actor, id).await.map_err(failed)?;
    let found = view.figures.iter().find(|found| found.figure == figure);
    let found = found.ok_or_else(|| Failure::not_found(&ask))?;
    let decision = Decision {
        figure,
        seen: posted
            .text("seen")
            .parse()
            .map_err(|_| Failure::misunderstood(&ask))?,
        verdict: verdict(&ask, &posted, &found.candidate)?,
        reason: posted.text("reason").to_owned(),
    };
    match site.app.decide(&ask.actor, &decision).await {
        Ok(decided) => {
            let next = match decided.next {
                Some(next) => format!("/documents/{id}?figure={next}&done=1#desk"),
                None => format!("/documents/{id}?figure={figure}&done=1#desk"),
            };
            let to = HeaderValue::from_str(&ask.href(&next)).map_err(|_| Failure::misunderstood(&ask))?;
            Ok((StatusCode::SEE_OTHER, [(header::LOCATION, to)]).into_response())
        }
        // What was typed stays in the form, with what is wrong above it.
        Err(app::Error::Invalid(problems)) => {
            let mut page = document::page(&site, &ask, &view, Some(figure), Some(&posted), &problems, &[]);
            *page.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
            Ok(page)
        }
        Err(error) => Err(failed(error)),
    }
}

/// «Accept» with the fields as they were found is an acceptance, with others a correction: a person should not have to
/// choose between two buttons for what the fields already say.
fn verdict(ask: &Ask, posted: &Posted, candidate: &Candidate) -> Result<Verdict, Failure> {
    Ok(match posted.text("verdict") {
        "accept" => {
            let fields = sent_fields(posted);
            if fields == fields_of(ask.language, candidate) {
                Verdict::Accept
            } else {
                // «17.970» is a number of the page's language: only what is recorded is plain.
                Verdict::Correct(Box::new(plain(ask.language, fields)))
            }
        }
        "merge" => Verdict::Merge(
            posted
                .text("with")
                .parse()
                .map_err(|_| Failure::misunderstood(ask))?,
        ),
        "reject" => Verdict::Reject,
        _ => return Err(Failure::misunderstood(ask)),
    })
}

fn sent_fields(posted: &Posted) -> FieldTexts {
    let text = |name: &str| posted.text(name).to_owned();
    FieldTexts {
        kind: text("kind"),
        indicator: text("indicator"),
        place: text("place"),
        period: text("period"),
        measure: text("measure"),
        value: text("value"),
        upper: text("upper"),
        bound: text("bound"),
        edition: text("edition"),
        price_basis: text("price_basis"),
        base_year: text("base_year"),
        scope: text("scope"),
        baseline_period: text("baseline_period"),
        baseline_value: text("baseline_value"),
        way: way::sent(text),
    }
}

/// Numbers as the page's language writes them (`17.970` in Vietnamese) in the plain form that is recorded; what is none stays, to be
/// told with what was typed.
fn plain(language: Language, fields: FieldTexts) -> FieldTexts {
    let number = |text: String| way::plain_number(language, &text);
    FieldTexts {
        value: number(fields.value),
        upper: number(fields.upper),
        baseline_value: number(fields.baseline_value),
        way: way::plain(language, &fields.way),
        ..fields
    }
}

/// The fields of a figure as the form shows them.
fn fields_of(language: Language, candidate: &Candidate) -> FieldTexts {
    let text = |value: &Option<_>| value.as_ref().map_or_else(String::new, ToString::to_string);
    FieldTexts {
        kind: candidate.kind.to_string(),
        indicator: candidate
            .indicator
            .as_ref()
            .map_or_else(String::new, ToString::to_string),
        place: candidate
            .place
            .as_ref()
            .map_or_else(String::new, ToString::to_string),
        period: text(&candidate.period),
        measure: candidate.measure.to_string(),
        value: i18n::number(language, candidate.value),
        upper: candidate
            .upper
            .map_or_else(String::new, |upper| i18n::number(language, upper)),
        bound: candidate.bound.to_string(),
        edition: String::new(),
        price_basis: String::new(),
        base_year: String::new(),
        scope: String::new(),
        baseline_period: String::new(),
        baseline_value: String::new(),
        way: WayTexts::of(&plan::Way::default()),
    }
}

/// The form for who may review.
pub(crate) fn form(
    site: &Site,
    ask: &Ask,
    view: &DocumentView,
    figure: &FigureView,
    sent: Option<&Posted>,
    problems: &[Diagnostic],
) -> Markup {
    let fields = sent.map_or_else(|| fields_of(ask.language, &figure.candidate), sent_fields);
    let wrong = |name: &str| {
        problems
            .iter()
            .any(|problem| problem.place.column.as_deref() == Some(name))
    };
    let field = Field { ask, wrong: &wrong };
    let reason = sent.map(|sent| sent.text("reason")).unwrap_or_default();
    html! {
        (heading(ask, view, figure))
        (notice::diagnostics(ask, problems))
        form.review method="post" action=(ask.href(&format!("/documents/{}", view.row.document))) {
            input type="hidden" name="csrf" value=(ask.actor.csrf());
            input type="hidden" name="figure" value=(figure.figure);
            input type="hidden" name="seen" value=(figure.decisions);
            fieldset {
                legend.hidden { (ask.t("web-desk-fields")) }
                (field.choice("kind", "web-field-kind", &fields.kind, Kind::ALL.map(|kind| (kind.code(), format!("kind-{}", kind.code())))))
                (field.text("indicator", "web-field-indicator", &fields.indicator, Some("indicators")))
                @if let Some(name) = figure.indicator.as_ref().filter(|name| name.code.as_str() == fields.indicator) {
                    p.hint { (name.name.get(ask.language)) " · " (i18n::unit_name(ask.language, &name.unit)) }
                }
                div.pair {
                    (field.text("value", "web-field-value", &fields.value, None))
                    (field.text("upper", "web-field-upper", &fields.upper, None))
                }
                div.pair {
                    (field.choice("bound", "web-field-bound", &fields.bound, Bound::ALL.map(|bound| (bound.code(), format!("bound-{}", bound.code())))))
                    (field.choice("measure", "web-field-measure", &fields.measure, Measure::ALL.map(|measure| (measure.code(), format!("measure-{}", measure.code())))))
                }
                div.pair {
                    (field.text("period", "web-field-period", &fields.period, None))
                    (field.text("place", "web-field-place", &fields.place, Some("places")))
                }
                details open[!fields.edition.is_empty() || !fields.price_basis.is_empty() || !fields.scope.is_empty()] {
                    summary { (ask.t("web-desk-more")) }
                    (field.optional("edition", "web-edition", &fields.edition, Edition::ALL.iter().map(|edition| (edition.code(), format!("edition-{}", edition.code())))))
                    (field.optional("price_basis", "web-prices", &fields.price_basis, [("current", "price-current".to_owned()), ("constant", "web-price-constant".to_owned())].into_iter()))
                    (field.text("base_year", "web-field-base-year", &fields.base_year, None))
                    (field.text("scope", "web-field-scope", &fields.scope, Some("scopes")))
                }
                @let usual = WayTexts::of(&plan::Way::default());
                details open[fields.way != usual || !fields.baseline_period.is_empty() || !fields.baseline_value.is_empty()] {
                    summary { (ask.t("target-desk")) }
                    div.pair {
                        (field.text("baseline_period", "target-field-baseline-period", &fields.baseline_period, None))
                        (field.text("baseline_value", "target-field-baseline-value", &fields.baseline_value, None))
                    }
                    (way::fields(ask, &fields.way, &wrong))
                }
                div.field {
                    label for="field-reason" { (ask.t("web-field-reason")) }
                    textarea id="field-reason" name="reason" rows="2" maxlength="2000" aria-describedby="reason-hint" aria-invalid=[wrong("reason").then_some("true")] { (reason) }
                    p.hint id="reason-hint" { (ask.t("web-field-reason-hint")) }
                }
            }
            p.actions {
                button type="submit" name="verdict" value="accept" accesskey="a" { (ask.t("web-verdict-accept")) }
                button.danger type="submit" name="verdict" value="reject" accesskey="x" { (ask.t("web-verdict-reject")) }
            }
            @if !figure.same_as.is_empty() {
                div.field {
                    label for="field-merge" { (ask.t("web-verdict-merge-with")) }
                    select id="field-merge" name="with" {
                        @for other in &figure.same_as { option value=(other) { (ask.ta("web-figure-number", &[("number", other.to_string().into())])) } }
                    }
                    button.plain type="submit" name="verdict" value="merge" accesskey="m" { (ask.t("web-verdict-merge")) }
                }
            }
            p.hint.keys { (ask.t("web-desk-keys")) }
            (lists(site, ask))
        }
        (history(ask, figure))
    }
}

struct Field<'a> {
    ask: &'a Ask,
    wrong: &'a dyn Fn(&str) -> bool,
}

impl Field<'_> {
    fn text(&self, name: &str, key: &str, value: &str, list: Option<&str>) -> Markup {
        let id = format!("field-{name}");
        html! {
            div.field {
                label for=(id) { (self.ask.t(key)) }
                input id=(id) name=(name) value=(value) list=[list] autocomplete="off" spellcheck="false"
                    aria-invalid=[(self.wrong)(name).then_some("true")];
            }
        }
    }

    fn choice<'k>(
        &self,
        name: &str,
        key: &str,
        value: &str,
        options: impl IntoIterator<Item = (&'k str, String)>,
    ) -> Markup {
        self.select(name, key, value, options.into_iter(), false)
    }

    fn optional<'k>(
        &self,
        name: &str,
        key: &str,
        value: &str,
        options: impl Iterator<Item = (&'k str, String)>,
    ) -> Markup {
        self.select(name, key, value, options, true)
    }

    fn select<'k>(
        &self,
        name: &str,
        key: &str,
        value: &str,
        options: impl Iterator<Item = (&'k str, String)>,
        optional: bool,
    ) -> Markup {
        let id = format!("field-{name}");
        html! {
            div.field {
                label for=(id) { (self.ask.t(key)) }
                select id=(id) name=(name) aria-invalid=[(self.wrong)(name).then_some("true")] {
                    @if optional { option value="" { (self.ask.t("web-field-as-kind")) } }
                    @for (code, word) in options { option value=(code) selected[code == value] { (self.ask.t(&word)) } }
                }
            }
        }
    }
}

/// The catalogue and the province's units as suggestions of the browser.
fn lists(site: &Site, ask: &Ask) -> Markup {
    let codes = crate::site::COMMUNES.codes().map(terms::RefArea::new);
    let above = [terms::RefArea::COUNTRY, terms::RefArea::from_static("VN-11")];
    html! {
        datalist id="places" {
            @for code in above.into_iter().chain(codes) {
                option value=(code) { (site.app.unit_name(&code).name.get(ask.language)) }
            }
        }
        datalist id="scopes" {
            @for name in site.app.scope_names() { option value=(name.get(ask.language)) {} }
        }
        datalist id="indicators" {
            @for name in site.app.indicator_names() {
                option value=(name.code) { (name.name.get(ask.language)) }
            }
        }
    }
}

/// What everybody may read of a figure.
pub(crate) fn reading(ask: &Ask, view: &DocumentView, figure: &FigureView) -> Markup {
    let candidate = &figure.candidate;
    html! {
        (heading(ask, view, figure))
        dl.facts.stacked {
            div { dt { (ask.t("web-field-indicator")) } dd {
                @match &figure.indicator {
                    Some(name) => { (names::indicator(ask, name)) },
                    None => { span.muted { (ask.t("web-not-known")) } },
                }
            } }
            div { dt { (ask.t("web-field-value")) } dd.num {
                (i18n::amount(ask.language, candidate.value, candidate.upper, candidate.bound, &candidate.unit))
            } }
            div { dt { (ask.t("web-field-kind")) } dd {
                (ask.t(&format!("kind-{}", candidate.kind.code()))) " · " (ask.t(&format!("measure-{}", candidate.measure.code())))
            } }
            div { dt { (ask.t("web-field-period")) } dd {
                @match candidate.period {
                    Some(period) => { (i18n::date::period(ask.language, period)) },
                    None => { span.muted { (ask.t("web-not-known")) } },
                }
            } }
            div { dt { (ask.t("web-field-place")) } dd {
                @match &figure.place {
                    Some(place) => { (names::unit(ask, place)) },
                    None => { span.muted { (ask.t("web-not-known")) } },
                }
            } }
        }
        (history(ask, figure))
    }
}

/// What stands beside a text while no figure is chosen.
pub(crate) fn overview(ask: &Ask, view: &DocumentView) -> Markup {
    html! {
        h2 { (ask.t("web-desk-overview")) }
        @if view.figures.is_empty() { p.muted { (ask.t("web-desk-no-figures")) } }
        @else {
            p { (ask.t("web-desk-choose")) }
            ul.legend {
                li { span.fig.accepted { (ask.t("web-legend-accepted")) } }
                li { span.fig.waiting { (ask.t("web-legend-waiting")) } }
                li { span.fig.rejected { (ask.t("web-legend-rejected")) } }
            }
        }
    }
}

fn heading(ask: &Ask, view: &DocumentView, figure: &FigureView) -> Markup {
    let (from, to) = figure.quote;
    let at = view
        .figures
        .iter()
        .position(|found| found.figure == figure.figure)
        .unwrap_or_default();
    let href = |other: &FigureView| {
        format!(
            "{}?figure={}#f{}",
            ask.href(&format!("/documents/{}", view.row.document)),
            other.figure,
            other.figure.ordinal
        )
    };
    let before = at.checked_sub(1).and_then(|index| view.figures.get(index));
    let after = view.figures.get(at + 1);
    html! {
        div.desk-head {
            h2 { (figure.surface) }
            p.steps {
                @if let Some(before) = before { a rel="prev" href=(href(before)) accesskey="k" { (ask.t("web-previous")) } }
                span.muted { (at + 1) " / " (view.figures.len()) }
                @if let Some(after) = after { a rel="next" href=(href(after)) accesskey="j" { (ask.t("web-next")) } }
            }
        }
        blockquote lang=(view.row.language.code()) { p { (view.text.get(from..to).unwrap_or_default()) } }
        p { (state(ask, figure)) }
    }
}

fn state(ask: &Ask, figure: &FigureView) -> Markup {
    let indicator = figure
        .indicator
        .as_ref()
        .map(|name| names::indicator_href(ask, name));
    let link = |key: &str, anchor: String| {
        html! {
            span.status.s-achieved { (ask.t(key)) }
            @if let Some(indicator) = &indicator { " " a href=(format!("{indicator}#{anchor}")) { (ask.t("web-see-value")) } }
        }
    };
    match &figure.review {
        ReviewState::Waiting => html! { span.status.s-no-data { (ask.t("web-state-waiting")) } },
        ReviewState::Observation(id) => link("web-state-observation", format!("result-{id}")),
        ReviewState::Target(id) => link("web-state-target", format!("target-{id}")),
        ReviewState::Merged(other) => html! {
            span.status.s-too-early { (ask.t("web-state-merged")) } " "
            a href=(ask.href(&format!("/documents/{}?figure={other}#f{}", other.document, other.ordinal))) {
                (ask.ta("web-figure-number", &[("number", other.to_string().into())]))
            }
        },
        ReviewState::Rejected => html! { span.status.s-not-comparable { (ask.t("web-state-rejected")) } },
    }
}

fn history(ask: &Ask, figure: &FigureView) -> Markup {
    html! {
        @if !figure.history.is_empty() {
            h3 { (ask.t("web-history")) }
            ol.history { @for act in &figure.history { li { (names::act(ask, act)) } } }
        }
    }
}

#[cfg(test)]
mod tests {
    use terms::{IndicatorCode, RefArea, UnitMeasure};

    use super::*;

    fn candidate() -> Candidate {
        Candidate {
            value: "17970000000000".parse().unwrap(),
            upper: None,
            unit: UnitMeasure::VND,
            bound: Bound::Eq,
            measure: Measure::Level,
            indicator: Some(IndicatorCode::new("grdp.level").unwrap()),
            period: Some("2025".parse().unwrap()),
            place: Some(RefArea::from_static("VN-11")),
            kind: Kind::Target,
        }
    }

    #[test]
    fn the_form_shows_the_fields_in_the_pages_digits() {
        assert_eq!(fields_of(Language::Vi, &candidate()).value, "17.970.000.000.000");
        assert_eq!(fields_of(Language::En, &candidate()).value, "17,970,000,000,000");
        assert_eq!(fields_of(Language::En, &candidate()).period, "2025");
    }
}
