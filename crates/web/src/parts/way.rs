//! How a target is read and which way leads to it: in words, and as fields of a form.

use app::scoreboard::{Denominator, TargetRow, UnitsView};
use app::target::WayTexts;
use maud::{Markup, html};
use plan::{Among, Basis, PathRule, Way};
use terms::{Bound, Decimal, Language, UnitMeasure};

use crate::ask::Ask;
use crate::parts::amount;

/// The way in a sentence.
pub(crate) fn words(ask: &Ask, row: &TargetRow) -> String {
    if row.basis.is_mean() {
        return ask.t("target-way-none");
    }
    match &row.way.path {
        PathRule::Milestones(stops) => {
            let stops: Vec<String> = stops
                .stops()
                .iter()
                .map(|(period, value)| {
                    format!(
                        "{} ({})",
                        i18n::quantity(ask.language, *value, &row.amount.unit),
                        i18n::date::short_period(ask.language, *period)
                    )
                })
                .collect();
            ask.ta("target-way-milestones", &[("stops", stops.join("; ").into())])
        }
        path => ask.t(&format!("target-way-{}", path.code())),
    }
}

/// The same with what the way within a year rests on.
pub(crate) fn told(ask: &Ask, row: &TargetRow, within_year: bool) -> Markup {
    let asks_for_profile = within_year || row.way.path == PathRule::Seasonal;
    html! {
        (words(ask, row))
        @match row.expected.profile_years {
            Some(years) => { br; small { (ask.ta("target-way-profile", &[("years", years.into())])) } },
            None if asks_for_profile && !row.basis.is_mean() && row.way.path.milestones().is_empty() => {
                br; small { (ask.t("target-way-no-profile")) }
            },
            None => {},
        }
    }
}

/// How the number is read.
pub(crate) fn basis(ask: &Ask, basis: Basis) -> String {
    ask.t(&format!("target-basis-{}", basis.code().replace('_', "-")))
}

/// What «60% of communes» comes to, and what was counted.
pub(crate) fn units(ask: &Ask, row: &TargetRow, view: &UnitsView) -> Markup {
    html! {
        @match view.denominators.as_slice() {
            [one] => { p { (denominator(ask, row, one)) } },
            several => {
                p { (ask.t("target-units-unsaid")) }
                ul { @for one in several { li { (denominator(ask, row, one)) } } }
            },
        }
        @if let Some((bound, value)) = view.meets {
            @let condition = i18n::amount(ask.language, value, None, bound, &row.indicator.unit);
            p { (ask.ta("target-units-meets", &[("indicator", row.indicator.name.get(ask.language).into()), ("condition", condition.into())])) }
        }
        @if !view.counted.is_empty() {
            ul.counted { @for counted in view.counted.iter().rev().take(6) { li {
                (ask.ta("target-units-counted", &[
                    ("period", i18n::date::short_period(ask.language, counted.period).into()),
                    ("meeting", counted.meeting.into()),
                    ("of", counted.of.into()),
                    ("known", counted.known.into()),
                ]))
            } } }
        }
    }
}

/// One denominator in a sentence: «60% của 42 xã (không kể phường) là 25,2; cần 26 đơn vị».
pub(crate) fn denominator(ask: &Ask, row: &TargetRow, one: &Denominator) -> String {
    let among = ask.t(&format!("target-units-among-{}", one.among.code()));
    let (Some(needed), Some(whole)) = (one.needed, one.whole) else {
        return ask.ta(
            "target-units-count",
            &[("units", one.units.into()), ("among", among.into())],
        );
    };
    let percent = i18n::amount(
        ask.language,
        row.amount.value,
        None,
        row.amount.bound,
        &UnitMeasure::PERCENT,
    );
    let number = |value: Decimal| i18n::number(ask.language, value.normalize());
    let key = if needed == whole {
        "target-units-exact"
    } else {
        "target-units-share"
    };
    ask.ta(
        key,
        &[
            ("percent", percent.into()),
            ("units", one.units.into()),
            ("among", among.into()),
            ("needed", number(needed.round_dp(2)).into()),
            ("whole", number(whole).into()),
        ],
    )
}

/// The denominators in one short line for the table: «27 trên 45 · 25,2 trên 42».
pub(crate) fn short(ask: &Ask, view: &UnitsView) -> Option<String> {
    let number = |value: Decimal| i18n::number(ask.language, value.round_dp(2).normalize());
    let parts: Vec<String> = view
        .denominators
        .iter()
        .filter_map(|one| Some(format!("{}/{}", number(one.needed?), one.units)))
        .collect();
    (!parts.is_empty()).then(|| parts.join(" · "))
}

/// A number as a page of this language writes it, in plain form; what is no number as it is.
pub(crate) fn plain_number(language: Language, text: &str) -> String {
    i18n::number::read(language, text).map_or_else(|| text.to_owned(), |value| value.to_string())
}

/// The way of a form in plain numbers, as it is recorded.
pub(crate) fn plain(language: Language, sent: &WayTexts) -> WayTexts {
    numbers(sent, |text| plain_number(language, text))
}

/// The way of a target as a form of this language shows it.
pub(crate) fn written(language: Language, way: &Way) -> WayTexts {
    numbers(&WayTexts::of(way), |text| {
        let value = text.parse::<Decimal>();
        value.map_or_else(|_| text.to_owned(), |value| i18n::number(language, value))
    })
}

/// The same way with every number written otherwise.
fn numbers(of: &WayTexts, written: impl Fn(&str) -> String) -> WayTexts {
    let stop = |line: &str| match line.split_once(['=', ':']) {
        Some((period, value)) => format!("{}={}", period.trim(), written(value.trim())),
        None => line.to_owned(),
    };
    let stops: Vec<String> = of.milestones.split([';', '\n']).map(stop).collect();
    WayTexts {
        milestones: stops.join("\n"),
        meets_value: written(&of.meets_value),
        ..of.clone()
    }
}

/// The fields of a way.
pub(crate) fn fields(ask: &Ask, sent: &WayTexts, wrong: &dyn Fn(&str) -> bool) -> Markup {
    let invalid = |name: &str| wrong(name).then_some("true");
    let select = |name: &str, key: &str, chosen: &str, options: Vec<(&str, String)>| {
        let id = format!("field-{name}");
        html! {
            div.field {
                label for=(id) { (ask.t(key)) }
                select id=(id) name=(name) aria-invalid=[invalid(name)] {
                    @for (code, words) in options { option value=(code) selected[code == chosen] { (words) } }
                }
            }
        }
    };
    let bases = std::iter::once(("", ask.t("target-field-basis-usual")))
        .chain(Basis::ALL.iter().map(|of| (of.code(), basis(ask, *of))));
    let paths = PathRule::CODES
        .iter()
        .map(|code| (*code, ask.t(&format!("target-field-path-{code}"))));
    let among =
        std::iter::once(("", ask.t("target-field-among-none"))).chain(Among::ALL.iter().map(|among| {
            (
                among.code(),
                ask.t(&format!("target-units-among-{}", among.code())),
            )
        }));
    let bounds = std::iter::once(("", ask.t("target-field-meets-none"))).chain(
        [Bound::Lt, Bound::Le, Bound::Ge, Bound::Gt, Bound::Eq]
            .iter()
            .map(|bound| (bound.code(), ask.t(&format!("bound-{}", bound.code())))),
    );
    let path = if sent.path.is_empty() {
        "straight"
    } else {
        &sent.path
    };
    html! {
        (select("basis", "target-field-basis", &sent.basis, bases.collect()))
        (select("path", "target-field-path", path, paths.collect()))
        div.field {
            label for="field-milestones" { (ask.t("target-field-milestones")) }
            textarea id="field-milestones" name="milestones" rows="3" maxlength="2000" aria-describedby="hint-milestones" aria-invalid=[invalid("milestones")] { (sent.milestones) }
            p.hint id="hint-milestones" { (ask.t("target-field-milestones-hint")) }
        }
        (select("among", "target-field-among", &sent.among, among.collect()))
        div.pair {
            (select("meets_bound", "target-field-meets-bound", &sent.meets_bound, bounds.collect()))
            div.field {
                label for="field-meets_value" { (ask.t("target-field-meets-value")) }
                input id="field-meets_value" name="meets_value" value=(sent.meets_value) inputmode="decimal" autocomplete="off" aria-invalid=[invalid("meets_value")];
            }
        }
    }
}

/// The fields as a form sends them.
pub(crate) fn sent(text: impl Fn(&str) -> String) -> WayTexts {
    let path = text("path");
    WayTexts {
        basis: text("basis"),
        // Milestones typed under «straight», which everybody has who chose nothing, mean what they say.
        path: if path == "straight" && !text("milestones").trim().is_empty() {
            String::new()
        } else {
            path
        },
        milestones: text("milestones"),
        among: text("among"),
        meets_bound: text("meets_bound"),
        meets_value: text("meets_value"),
    }
}

/// A value as the page of a target shows it: a computed one rounded to what is worth reading.
pub(crate) fn value(ask: &Ask, value: Decimal, row: &TargetRow) -> String {
    amount::computed(ask, value, &row.amount.unit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_way_goes_through_a_form_of_either_language_unchanged() {
        let way = Way {
            basis: Some(Basis::Sum),
            path: PathRule::read("", "2027=12500; 2028=1.125; 2029=40000.5").unwrap(),
            units: "communes:lt=1.125".parse().ok(),
        };
        for language in Language::ALL {
            let shown = written(language, &way);
            assert_eq!(plain(language, &shown), WayTexts::of(&way), "{shown:?}");
        }
        assert_eq!(
            written(Language::Vi, &way).milestones,
            "2027=12.500\n2028=1,125\n2029=40.000,5"
        );
        let typed = WayTexts {
            milestones: "2027: 17.970; năm sau = nhiều".to_owned(),
            ..WayTexts::default()
        };
        assert_eq!(
            plain(Language::Vi, &typed).milestones,
            "2027=17970\nnăm sau=nhiều"
        );
    }
}
