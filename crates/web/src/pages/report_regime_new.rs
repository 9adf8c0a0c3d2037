//! The form for issuing a report regime: what it states, and the lines of its own form as rows; the same tables as a file.

use std::collections::BTreeMap;

use app::catalogue::CatalogueRow;
use app::policy::Action;
use app::register::PROVINCE;
use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use terms::{Diagnostic, Place};

use crate::ask::Ask;
use crate::failure::{Answer, Failure};
use crate::layout::{self, Section};
use crate::parts::notice;
use crate::posted::Posted;
use crate::site::Site;

const STATEMENT: [&str; 17] = [
    "code",
    "name_vi",
    "name_en",
    "content_vi",
    "content_en",
    "reporters",
    "receiver",
    "way_vi",
    "way_en",
    "frequency",
    "calendar",
    "send_by_days",
    "lock_after_days",
    "outline_vi",
    "outline_en",
    "edition",
    "from",
];

/// What a row of the form says of a line.
const LINE: [&str; 9] = [
    "indicator",
    "required",
    "decimals",
    "min",
    "max",
    "not_more_than",
    "near_last",
    "hint_vi",
    "hint_en",
];

/// So many rows more than are filled.
const BLANK: usize = 5;
/// No form has more lines.
const MOST: usize = 200;

/// Shows it, empty.
pub(crate) async fn form(State(site): State<Site>, ask: Ask) -> Answer {
    page(&site, &ask, &Posted::default(), &[], StatusCode::OK).await
}

/// Issues what the form says: the same tables as a file, written by the form.
pub(crate) async fn issue(State(site): State<Site>, ask: Ask, posted: Posted) -> Answer {
    if posted.text("then") == "more" {
        return page(&site, &ask, &posted, &[], StatusCode::OK).await;
    }
    let row: Vec<String> = STATEMENT.iter().map(|name| cell(posted.text(name))).collect();
    let statements = format!("{}\n{}\n", STATEMENT.join(","), row.join(","));
    let rows = rows(&posted);
    let pasted = posted.text("lines").replace("\r\n", "\n");
    let lines = if pasted.is_empty() {
        let known = indicators(&site, &ask).await?;
        as_table(posted.text("code"), &rows, &known)
    } else {
        pasted.clone()
    };
    let (of_statement, of_lines) = ("regime.csv", "lines.csv");
    let issued = site
        .app
        .issue_regimes(
            &ask.actor,
            (of_statement, statements.as_bytes()),
            (of_lines, lines.as_bytes()),
        )
        .await;
    match issued {
        Ok(_) => see(&ask, &format!("/reports/regimes/{}", posted.text("code"))),
        Err(app::Error::Invalid(mut problems)) => {
            for problem in &mut problems {
                let (file, row) = (problem.place.file.as_deref(), problem.place.row);
                let column = problem.place.column.clone();
                // A fault of a table that the form wrote is one of a field of the form.
                problem.place = match (file, row, column) {
                    (Some(file), _, Some(column)) if file == of_statement => Place::default().column(column),
                    (Some(file), Some(row), Some(column)) if file == of_lines && pasted.is_empty() => {
                        let number = usize::try_from(row).unwrap_or_default().saturating_sub(2);
                        match rows.get(number) {
                            Some((at, _)) => Place::default().column(format!("line.{at}.{column}")),
                            None => Place::default(),
                        }
                    }
                    _ => continue,
                };
            }
            page(&site, &ask, &posted, &problems, StatusCode::UNPROCESSABLE_ENTITY).await
        }
        Err(error) => Err(Failure::from_app(&ask, error)),
    }
}

fn see(ask: &Ask, path: &str) -> Answer {
    let to = HeaderValue::from_str(&ask.href(path)).map_err(|_| Failure::misunderstood(ask))?;
    Ok((StatusCode::SEE_OTHER, [(header::LOCATION, to)]).into_response())
}

fn cell(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

async fn indicators(site: &Site, ask: &Ask) -> Result<Vec<CatalogueRow>, Failure> {
    let all = site.app.catalogue(&ask.actor).await;
    all.map_err(|error| Failure::from_app(ask, error))
}

/// The rows with an indicator, each with its number on the form.
fn rows(posted: &Posted) -> Vec<(usize, BTreeMap<&'static str, String>)> {
    let row = |at: usize| -> BTreeMap<&'static str, String> {
        let field = |name: &'static str| (name, posted.text(&format!("line.{at}.{name}")).to_owned());
        LINE.into_iter().map(field).collect()
    };
    (0..MOST)
        .map(|at| (at, row(at)))
        .filter(|(_, row)| {
            row.iter()
                .any(|(name, text)| *name != "required" && !text.is_empty())
        })
        .collect()
}

/// The rows as a table. An indicator is told by its code, or by its name in either language.
fn as_table(code: &str, rows: &[(usize, BTreeMap<&'static str, String>)], known: &[CatalogueRow]) -> String {
    let named = |text: &str| {
        let found = known.iter().find(|row| {
            let name = &row.indicator.name;
            i18n::sort::fold(&name.vi) == i18n::sort::fold(text)
                || i18n::sort::fold(&name.en) == i18n::sort::fold(text)
        });
        found.map_or_else(|| text.to_owned(), |row| row.indicator.code.to_string())
    };
    let mut table = format!("regime,{}\n", LINE.join(","));
    for (_, row) in rows {
        let told = row.iter().map(|(name, text)| match *name {
            "indicator" | "not_more_than" => (*name, named(text)),
            _ => (*name, text.clone()),
        });
        let told: BTreeMap<&str, String> = told.collect();
        table.push_str(&cell(code));
        for name in LINE {
            table.push(',');
            table.push_str(&cell(&told[name]));
        }
        table.push('\n');
    }
    table
}

async fn page(
    site: &Site,
    ask: &Ask,
    posted: &Posted,
    problems: &[Diagnostic],
    status: StatusCode,
) -> Answer {
    let title = ask.t("report-regime-new");
    let known = indicators(site, ask).await?;
    let offices = site.app.offices(&ask.actor, &PROVINCE).await;
    let offices = offices.map_err(|error| Failure::from_app(ask, error))?;
    let may = |office: &plan::Office| ask.actor.may_for(Action::KeepRegimes, office);
    let receivers: Vec<_> = offices
        .iter()
        .filter(|(office, _)| office.area == PROVINCE && may(office))
        .collect();
    let chosen = posted.text("receiver");
    let body = html! {
        nav.crumbs aria-label=(ask.t("web-crumbs")) { a href=(ask.href("/reports")) { (ask.t("report-title")) } }
        h1 { (title) }
        p.lead { (ask.t("report-new-lead")) }
        (notice::diagnostics(ask, problems))
        form.narrow method="post" action=(ask.href("/reports/regimes/new")) {
            input type="hidden" name="csrf" value=(ask.actor.csrf());
            (text(ask, posted, "code")) (text(ask, posted, "name_vi")) (text(ask, posted, "name_en"))
            (area(ask, posted, "content_vi", 2)) (area(ask, posted, "content_en", 2))
            (choice(ask, posted, "reporters", &[("commune", "report-tier-commune"), ("province", "report-tier-province")]))
            div.field {
                label for="field-receiver" { (ask.t("report-new-receiver")) }
                select id="field-receiver" name="receiver" {
                    @for (office, name) in receivers { option value=(office) selected[chosen == office.to_string()] { (name.get(ask.language)) } }
                }
            }
            (area(ask, posted, "way_vi", 2)) (area(ask, posted, "way_en", 2))
            (choice(ask, posted, "frequency", &[("M", "report-frequency-M"), ("Q", "report-frequency-Q"), ("S", "report-frequency-S"), ("A", "report-frequency-A")]))
            (choice(ask, posted, "calendar", &[("statutory", "report-calendar-statutory"), ("calendar", "report-calendar-calendar")]))
            (number(ask, posted, "send_by_days")) (number(ask, posted, "lock_after_days"))
            (area(ask, posted, "outline_vi", 3)) (area(ask, posted, "outline_en", 3))
            (choice(ask, posted, "edition", &[("preliminary", "report-edition-preliminary"), ("official", "report-edition-official"), ("estimate", "report-edition-estimate")]))
            div.field { label for="field-from" { (ask.t("report-new-from")) } input id="field-from" name="from" type="date" value=(posted.text("from")); }
            (lines(ask, posted))
            p.actions { button type="submit" { (ask.t("report-regime-issue")) } }
        }
        datalist id="indicators" { @for row in &known {
            option value=(row.indicator.code) { (row.indicator.name.get(ask.language)) " (" (i18n::unit_name(ask.language, &row.indicator.unit)) ")" }
        } }
    };
    let mut response: Response = layout::personal(ask, Section::Reports, &title, &body);
    *response.status_mut() = status;
    Ok(response)
}

fn text(ask: &Ask, posted: &Posted, name: &str) -> Markup {
    let id = format!("field-{name}");
    html! { div.field { label for=(id) { (ask.t(&format!("report-new-{name}"))) } input id=(id) name=(name) value=(posted.text(name)) maxlength="1000"; } }
}

fn number(ask: &Ask, posted: &Posted, name: &str) -> Markup {
    let id = format!("field-{name}");
    html! { div.field { label for=(id) { (ask.t(&format!("report-new-{name}"))) } input id=(id) name=(name) value=(posted.text(name)) inputmode="numeric" maxlength="9"; } }
}

fn area(ask: &Ask, posted: &Posted, name: &str, rows: u8) -> Markup {
    let id = format!("field-{name}");
    html! { div.field { label for=(id) { (ask.t(&format!("report-new-{name}"))) } textarea id=(id) name=(name) rows=(rows) maxlength="20000" { (posted.text(name)) } } }
}

fn choice(ask: &Ask, posted: &Posted, name: &str, codes: &[(&str, &str)]) -> Markup {
    let id = format!("field-{name}");
    html! { div.field {
        label for=(id) { (ask.t(&format!("report-new-{name}"))) }
        select id=(id) name=(name) { @for (code, key) in codes { option value=(code) selected[posted.text(name) == *code] { (ask.t(key)) } } }
    } }
}

/// The lines as rows; or a whole table pasted in their place.
fn lines(ask: &Ask, posted: &Posted) -> Markup {
    let filled = rows(posted).last().map_or(0, |(at, _)| at + 1);
    let asked: usize = posted.text("rows").parse().unwrap_or_default();
    let more = if posted.text("then") == "more" { BLANK } else { 0 };
    let count = (filled + 1).max(asked + more).clamp(BLANK, MOST);
    let pasted = posted.text("lines");
    html! {
        h2 { (ask.t("report-regime-lines")) }
        p.hint { (ask.t("report-new-lines-hint")) }
        input type="hidden" name="rows" value=(count);
        @for at in 0..count { (line(ask, posted, at)) }
        p.actions { button.plain type="submit" name="then" value="more" formnovalidate { (ask.t("report-new-more")) } }
        details open[!pasted.is_empty()] {
            summary { (ask.t("report-new-lines")) }
            p.hint { (ask.t("report-new-lines-columns")) " " code { "regime,indicator,required,decimals,min,max,not_more_than,parts_with,near_last,hint_vi,hint_en" } }
            div.field { textarea id="field-lines" name="lines" rows="8" maxlength="20000" aria-label=(ask.t("report-new-lines")) { (pasted) } }
        }
    }
}

fn line(ask: &Ask, posted: &Posted, at: usize) -> Markup {
    let name = |of: &str| format!("line.{at}.{of}");
    let told = |of: &str| posted.text(&name(of)).to_owned();
    let field = |of: &str, list: bool| {
        let name = name(of);
        let id = format!("field-{name}");
        html! { div.field {
            label for=(id) { (ask.t(&format!("report-new-line-{}", of.replace('_', "-")))) }
            input id=(id) name=(name) value=(posted.text(&name)) maxlength="1000" list=[list.then_some("indicators")] autocomplete="off";
        } }
    };
    let checks = ["min", "max", "not_more_than", "near_last", "hint_vi", "hint_en"];
    let is_checked = checks.iter().any(|of| !told(of).is_empty());
    let required = name("required");
    let id = format!("field-{required}");
    html! {
        fieldset.regime-line {
            legend { (ask.ta("report-new-line", &[("number", (at + 1).into())])) }
            (field("indicator", true))
            div.field {
                label for=(id) { (ask.t("report-new-line-required")) }
                select id=(id) name=(required) {
                    option value="yes" { (ask.t("report-new-line-must")) }
                    option value="no" selected[told("required") == "no"] { (ask.t("report-new-line-may")) }
                }
            }
            (field("decimals", false))
            details open[is_checked] {
                summary { (ask.t("report-new-line-checks")) }
                @for of in checks { (field(of, of == "not_more_than")) }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_become_a_table_with_the_code_of_the_regime_and_quotes_doubled() {
        let mut row: BTreeMap<&'static str, String> =
            LINE.into_iter().map(|name| (name, String::new())).collect();
        row.insert("indicator", "labour.jobs_created".to_owned());
        row.insert("hint_vi", "người có \"việc\", mới".to_owned());
        let table = as_table("xa", &[(3, row)], &[]);
        let mut lines = table.lines();
        assert_eq!(
            lines.next(),
            Some("regime,indicator,required,decimals,min,max,not_more_than,near_last,hint_vi,hint_en")
        );
        assert_eq!(
            lines.next(),
            Some(
                "\"xa\",\"labour.jobs_created\",\"\",\"\",\"\",\"\",\"\",\"\",\"người có \"\"việc\"\", mới\",\"\""
            )
        );
    }
}
