//! Targets with the ways to them, as `explain` and `compute` tell them beside values.

use app::indicator::TargetPath;
use terms::{Decimal, IndicatorCode, Language, TimePeriod};

/// The targets with the way to each and what it asks for by the end of a period; those alone whose way runs then.
pub(super) fn tell_targets(
    language: Language,
    period: TimePeriod,
    targets: &[TargetPath],
    wanted: impl Fn(&IndicatorCode) -> bool,
) {
    let lines: Vec<String> = targets
        .iter()
        .filter(|target| wanted(&target.row.indicator.code) && period.start() <= target.row.due.end())
        .map(|target| target_line(language, period, target))
        .collect();
    if !lines.is_empty() {
        println!(
            "{}:",
            i18n::message(language, "target-by-heading", &[]).unwrap_or_default()
        );
        lines.iter().for_each(|line| println!("  {line}"));
    }
}

fn target_line(language: Language, period: TimePeriod, target: &TargetPath) -> String {
    let row = &target.row;
    let amount = &row.amount;
    let number = |value: Decimal| i18n::quantity(language, value.round_dp(2).normalize(), &amount.unit);
    let stops: Vec<String> = row
        .way
        .path
        .milestones()
        .iter()
        .map(|(period, value)| {
            format!(
                "{} {}",
                i18n::date::short_period(language, *period),
                number(*value)
            )
        })
        .collect();
    let way = match (
        row.basis.is_mean(),
        row.basis.has_start() && row.baseline.is_none(),
    ) {
        (true, _) => "target-way-none".to_owned(),
        (_, true) => "target-way-no-start".to_owned(),
        _ => format!("target-way-{}", row.way.path.code()),
    };
    let way = i18n::message(language, &way, &[("stops", &stops.join("; "))]).unwrap_or_default();
    let expected = row.expected.today.filter(|_| !row.basis.is_mean()).map(number);
    let key = if expected.is_some() {
        "target-by-period"
    } else {
        "target-by-period-unknown"
    };
    let due = i18n::date::due(language, row.due);
    let amount = i18n::amount(language, amount.value, amount.upper, amount.bound, &amount.unit);
    let period = i18n::date::period(language, period);
    let data = [
        ("indicator", row.indicator.name.get(language)),
        ("place", row.place.name.get(language)),
        ("due", due.as_str()),
        ("amount", amount.as_str()),
        ("way", way.as_str()),
        ("period", period.as_str()),
        ("expected", expected.as_deref().unwrap_or_default()),
    ];
    i18n::message(language, key, &data).unwrap_or_default()
}
