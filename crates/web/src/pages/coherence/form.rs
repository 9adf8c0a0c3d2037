//! The assumptions as a form: everything that changes the answer is in the address.

use app::coherence::{AssumptionDefault, CoherenceQuery, assumption_defaults};
use maud::{Markup, html};
use terms::{Date, Decimal};

use crate::ask::Ask;

/// The assumptions as the address gives them, and what is wrong with them.
pub(super) struct Form {
    rows: Vec<FormRow>,
    day: String,
    day_wrong: bool,
    pub(super) query: CoherenceQuery,
}

struct FormRow {
    of: AssumptionDefault,
    percent: bool,
    from: String,
    to: String,
    dropped: bool,
    wrong: Option<Wrong>,
}

enum Wrong {
    Number(String),
    Wild(String),
    Order,
}

/// The values within which a range may be asked about: percentages, or counts.
fn reach(percent: bool) -> (Decimal, Decimal) {
    if percent {
        (Decimal::from(-50), Decimal::from(100))
    } else {
        (Decimal::ONE, Decimal::from(100_000_000))
    }
}

impl Form {
    /// Reads the address.
    pub(super) fn read(ask: &Ask) -> Self {
        let mut query = CoherenceQuery::default();
        let mut rows = Vec::new();
        for of in assumption_defaults() {
            let percent = of.indicator != "population.total";
            let dropped = ask
                .query
                .iter()
                .any(|(name, value)| name == "without" && value == of.name);
            let typed = |end: &str| {
                ask.value(&format!("{}-{end}", of.name))
                    .map(|text| text.trim().to_owned())
            };
            let (low, high) = of.range.unwrap_or_default();
            let from = typed("from").unwrap_or_else(|| plain(ask, low));
            let to = typed("to").unwrap_or_else(|| plain(ask, high));
            let mut wrong = None;
            if of.range.is_some() {
                let (least, most) = reach(percent);
                let mut read = |text: &str| match number(text, percent) {
                    None => {
                        wrong.get_or_insert(Wrong::Number(text.to_owned()));
                        None
                    }
                    Some(value) if value < least || most < value => {
                        wrong.get_or_insert(Wrong::Wild(text.to_owned()));
                        None
                    }
                    value => value,
                };
                let ends = (read(&from), read(&to));
                if let (Some(lower), Some(upper)) = ends {
                    if upper < lower {
                        wrong = Some(Wrong::Order);
                    } else if (lower, upper) != (low, high) {
                        query.assumed.push((of.name.to_owned(), lower, upper));
                    }
                }
            }
            if dropped {
                query.dropped.push(of.name.to_owned());
            }
            rows.push(FormRow {
                of,
                percent,
                from,
                to,
                dropped,
                wrong,
            });
        }
        let day = ask.value("day").unwrap_or_default().trim().to_owned();
        let read = day.parse::<Date>();
        query.day = read.as_ref().ok().copied();
        let day_wrong = !day.is_empty() && read.is_err();
        Self {
            rows,
            day,
            day_wrong,
            query,
        }
    }

    /// Whether a field cannot be used.
    pub(super) fn is_wrong(&self) -> bool {
        self.day_wrong || self.rows.iter().any(|row| row.wrong.is_some())
    }

    /// The form, with what is wrong beside its fields.
    pub(super) fn show(&self, ask: &Ask) -> Markup {
        html! {
            section {
                h2 id="assumptions" { (ask.t("web-coherence-assumptions")) }
                p { (ask.t("web-coherence-assumptions-text")) }
                form.assume method="get" action=(ask.href("/coherence")) {
                    @for row in &self.rows { (row.show(ask)) }
                    div.field {
                        label for="field-day" { (ask.t("web-coherence-day")) }
                        input id="field-day" type="date" name="day" value=(self.day) aria-describedby="day-help"
                            aria-invalid=[self.day_wrong.then_some("true")];
                        small id="day-help" {
                            @if self.day_wrong { strong.wrong { (ask.ta("web-coherence-bad-day", &[("found", self.day.as_str().into())])) } }
                            @else { (ask.t("web-coherence-day-help")) }
                        }
                    }
                    p.actions {
                        button type="submit" { (ask.t("web-coherence-again")) }
                        a.button.plain href=(ask.href("/coherence")) { (ask.t("web-coherence-reset")) }
                    }
                }
            }
        }
    }
}

impl FormRow {
    fn show(&self, ask: &Ask) -> Markup {
        let name = self.of.name;
        let error = format!("error-{name}");
        let invalid = self.wrong.is_some().then_some("true");
        let input = |end: &str, label: &str, value: &str| {
            let id = format!("field-{name}-{end}");
            html! {
                span.end {
                    label for=(id) { (ask.t(label)) }
                    input id=(id) name=(format!("{name}-{end}")) value=(value) inputmode="decimal" autocomplete="off"
                        maxlength="20" aria-invalid=[invalid] aria-describedby=[invalid.map(|_| error.as_str())];
                    @if self.percent { span aria-hidden="true" { "%" } }
                }
            }
        };
        html! {
            fieldset.field.assumption {
                legend { (ask.t(&format!("assumption-{name}"))) }
                @if self.of.range.is_some() {
                    div.ends {
                        (input("from", "web-coherence-from", &self.from))
                        (input("to", "web-coherence-to", &self.to))
                    }
                }
                @if let Some(wrong) = &self.wrong { p.wrong id=(error) { (self.tell(ask, wrong)) } }
                label.check {
                    input type="checkbox" name="without" value=(name) checked[self.dropped];
                    " " (ask.t("web-coherence-drop"))
                    span.hidden { ": " (ask.t(&format!("assumption-{name}"))) }
                }
            }
        }
    }

    fn tell(&self, ask: &Ask, wrong: &Wrong) -> String {
        match wrong {
            Wrong::Number(found) => ask.ta("web-coherence-bad-number", &[("found", found.as_str().into())]),
            Wrong::Wild(found) => {
                let (least, most) = reach(self.percent);
                ask.ta(
                    "web-coherence-bad-wild",
                    &[
                        ("found", found.as_str().into()),
                        ("lower", i18n::number(ask.language, least).into()),
                        ("upper", i18n::number(ask.language, most).into()),
                    ],
                )
            }
            Wrong::Order => ask.ta(
                "web-coherence-bad-order",
                &[
                    ("lower", self.from.as_str().into()),
                    ("upper", self.to.as_str().into()),
                ],
            ),
        }
    }
}

/// A number for a field: no separators between thousands, so that either language reads it.
fn plain(ask: &Ask, value: Decimal) -> String {
    let text = value.normalize().to_string();
    match ask.language {
        terms::Language::Vi => text.replace('.', ","),
        terms::Language::En => text,
    }
}

/// A number as people type it: of a percentage the point or comma is the decimal one; a count may have its thousands
/// parted by points, commas or spaces.
fn number(text: &str, percent: bool) -> Option<Decimal> {
    let text = text.trim().trim_end_matches('%').trim().replace('−', "-");
    if percent {
        return text.replace(',', ".").parse().ok();
    }
    let groups: Vec<&str> = text.split(['.', ',', ' ', '\u{a0}']).collect();
    let parted = groups.iter().skip(1).all(|group| group.len() == 3);
    let digits: String = groups.concat();
    (parted && digits.bytes().all(|byte| byte.is_ascii_digit())).then(|| digits.parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_people_type_them() {
        let read = |text: &str, percent| number(text, percent).map(|value| value.to_string());
        assert_eq!(read("1,5", true).as_deref(), Some("1.5"));
        assert_eq!(read(" 1.5 %", true).as_deref(), Some("1.5"));
        assert_eq!(read("−2", true).as_deref(), Some("-2"));
        assert_eq!(read("660.000", false).as_deref(), Some("660000"));
        assert_eq!(read("660 000", false).as_deref(), Some("660000"));
        assert_eq!(read("660000", false).as_deref(), Some("660000"));
        for wrong in ["", "abc", "1,5,5", "1e9e"] {
            assert_eq!(read(wrong, true), None, "{wrong}");
        }
        for wrong in ["", "66.00", "-5", "0x10"] {
            assert_eq!(read(wrong, false), None, "{wrong}");
        }
    }
}
