//! `rorang explain INDICATOR UNIT PERIOD`: how a number came about, down to the reports and their sentences.

use std::path::PathBuf;
use std::process::ExitCode;

use app::explain::{CameAbout, ExplainQuery, Explanation};
use app::{Actor, App};
use serde_json::{Value, json};
use terms::{Date, Decimal, Diagnostic, IndicatorCode, Language, Place, RefArea, TimePeriod};

use super::compute::basis_code;
use super::ways::tell_targets;
use super::{Context, DATA, tell};

#[derive(Debug, clap::Args)]
pub(crate) struct Explain {
    /// The indicator's code, such as poverty.rate
    #[arg(value_name = "INDICATOR")]
    indicator: IndicatorCode,
    /// The unit's code, such as VN-11
    #[arg(value_name = "UNIT")]
    unit: String,
    /// The period, such as 2025 or 2025-H1
    #[arg(value_name = "PERIOD")]
    period: TimePeriod,
    /// For programs
    #[arg(long)]
    json: bool,
    /// The database
    #[arg(long, value_name = "FILE", default_value = "rorang.db")]
    database: PathBuf,
    /// As known at the end of this day
    #[arg(long, value_name = "DAY")]
    known_on: Option<Date>,
}

impl Explain {
    pub(crate) fn run(self, context: &Context) -> anyhow::Result<ExitCode> {
        with_register(context, &self.database, async |app| {
            let query = ExplainQuery {
                indicator: self.indicator.clone(),
                place: RefArea::new(&self.unit),
                period: self.period,
                known_on: self.known_on,
            };
            match app.explain(&Actor::public(), &query).await {
                Ok(told) => {
                    if self.json {
                        println!("{:#}", as_json(&told));
                    } else {
                        print(context.language, &told, 0);
                        let targets = app.targets_by(&Actor::public(), &query.place, self.period, self.known_on).await?;
                        let wanted = |code: &IndicatorCode| *code == self.indicator;
                        tell_targets(context.language, self.period, &targets, wanted);
                    }
                    let known = told.value.is_some();
                    Ok(if known { ExitCode::SUCCESS } else { ExitCode::from(DATA) })
                }
                Err(error) => refused(context, error, std::slice::from_ref(&query.indicator), &query.place),
            }
        })
    }
}

/// Says why nothing was computed: an indicator or unit that is not there, or lists with faults.
pub(super) fn refused(
    context: &Context,
    error: app::Error,
    indicators: &[IndicatorCode],
    unit: &RefArea,
) -> anyhow::Result<ExitCode> {
    match error {
        app::Error::NotFound { what: "indicator" } => {
            let named: Vec<&str> = indicators.iter().map(IndicatorCode::as_str).collect();
            let fault = Diagnostic::error("unknown-indicator", Place::default());
            tell(context, &fault.with("found", named.join(", ")));
        }
        app::Error::NotFound { what: "unit" } => {
            tell(context, &Diagnostic::error("unknown-unit", Place::default()).with("unit", unit));
        }
        app::Error::Invalid(faults) => faults.iter().for_each(|fault| tell(context, fault)),
        other => return Err(other.into()),
    }
    Ok(ExitCode::from(DATA))
}

/// A value with all that it rests on.
fn as_json(told: &Explanation) -> Value {
    let parts = |parts: &[Explanation]| parts.iter().map(as_json).collect::<Value>();
    let how = match &told.how {
        CameAbout::Reported(result) => json!({
            "way": "reported",
            "entry": result.observation.0,
            "edition": result.edition.code(),
            "sources": result.sources.iter().map(|source| json!({
                "quote": source.quote,
                "title": source.title,
                "publisher": source.publisher,
                "date": source.date.map(|date| date.to_string()),
                "url": source.url,
            })).collect::<Value>(),
        }),
        CameAbout::Made { inputs, formula, divides_by_zero } => json!({
            "way": "formula", "formula": formula, "divides_by_zero": divides_by_zero, "parts": parts(inputs),
        }),
        CameAbout::Rebased { parts: of, estimated } => json!({
            "way": if *estimated { "former-units-estimated" } else { "former-units" }, "parts": parts(of),
        }),
        CameAbout::OverTime { parts: of, way, known, of: all, in_years, broken } => json!({
            "way": "periods", "rule": way.code(), "known": known, "of": all, "counted_in": if *in_years { "years" } else { "months" },
            "changed_standard": broken.map(|day| day.to_string()), "parts": parts(of),
        }),
        CameAbout::RolledUp { parts: of, known, of: all, weight } => json!({
            "way": "units", "known": known, "of": all, "weight": weight.as_ref().map(|weight| weight.code.as_str()), "parts": parts(of),
        }),
        CameAbout::Unknown => json!({ "way": "unknown" }),
    };
    let mut value = json!({
        "indicator": told.indicator.code.as_str(),
        "unit": told.place.code.as_str(),
        "period": told.period.to_string(),
        "value": told.value.map(|value| value.normalize().to_string()),
        "unit_measure": told.indicator.unit.as_str(),
        "price_basis": told.price_basis.map(basis_code),
        "complete": told.complete,
        "simulated": told.is_simulated(),
    });
    if let (Value::Object(value), Value::Object(how)) = (&mut value, how) {
        value.extend(how);
    }
    value
}

/// Opens the register that is there (and makes none) and does something with it.
pub(super) fn with_register(
    context: &Context,
    database: &std::path::Path,
    work: impl AsyncFnOnce(App) -> anyhow::Result<ExitCode>,
) -> anyhow::Result<ExitCode> {
    super::runtime()?.block_on(async {
        let app = match super::open_there(database).await {
            Ok(app) => app,
            Err(error) => {
                let told = super::as_diagnostic(&error).ok_or(error)?;
                tell(context, &told);
                return Ok(ExitCode::from(DATA));
            }
        };
        work(app).await
    })
}

/// One line for a value: indicator, unit, period, value, and whether something is missing in it.
fn headline(language: Language, told: &Explanation) -> String {
    let word = |key| i18n::message(language, key, &[]).unwrap_or_default();
    let value = match told.value {
        Some(value) => {
            let value = match told.how {
                CameAbout::Reported(_) => value,
                _ if value.abs() < Decimal::ONE_THOUSAND => value.round_dp(2).normalize(),
                _ => value.round(),
            };
            i18n::quantity(language, value, &told.indicator.unit)
        }
        None => word("explain-unknown"),
    };
    let part = if told.complete || told.value.is_none() { String::new() } else { format!(" ({})", word("explain-in-part")) };
    let simulated = if told.is_simulated() { format!(" [{}]", word("engine-simulated")) } else { String::new() };
    format!(
        "{} · {} · {}: {value}{part}{simulated}",
        told.indicator.name.get(language),
        told.place.name.get(language),
        i18n::date::period(language, told.period),
    )
}

fn print(language: Language, told: &Explanation, depth: usize) {
    let say = |key: &str, data: &[(&str, &str)]| i18n::message(language, key, data).unwrap_or_default();
    let indent = "  ".repeat(depth);
    println!("{indent}{}", headline(language, told));
    let below = |parts: &[Explanation]| parts.iter().for_each(|part| print(language, part, depth + 1));
    match &told.how {
        CameAbout::Reported(result) => {
            for source in &result.sources {
                let date = source.date.map(|date| date.to_string()).unwrap_or_default();
                let paper = [source.title.as_str(), source.publisher.as_str(), date.as_str()];
                let paper: Vec<&str> = paper.into_iter().filter(|part| !part.is_empty()).collect();
                println!("{indent}  “{}” – {}", source.quote, paper.join(", "));
            }
        }
        CameAbout::Made { inputs, formula, divides_by_zero } => {
            println!("{indent}  = {formula}");
            if *divides_by_zero {
                println!("{indent}  {}", say("explain-divides-by-zero", &[]));
            }
            below(inputs);
        }
        CameAbout::Rebased { parts, estimated } => {
            println!("{indent}  {}", say(if *estimated { "explain-rebased-estimated" } else { "explain-rebased" }, &[]));
            below(parts);
        }
        CameAbout::OverTime { parts, way, known, of, in_years, broken } => {
            let key = format!("rollup-over-{}{}", way.code(), if *in_years { "-years" } else { "" });
            let day = broken.map(|day| i18n::date::short(language, day)).unwrap_or_default();
            if day.is_empty() {
                println!("{indent}  {}", say(&key, &[("known", &known.to_string()), ("of", &of.to_string())]));
            } else {
                println!("{indent}  {}", say("rollup-broken", &[("day", &day)]));
            }
            below(parts);
        }
        CameAbout::RolledUp { parts, known, of, weight } => {
            let counts = [("known", &*known.to_string()), ("of", &*of.to_string())];
            let line = match weight {
                None => say("explain-sum", &counts),
                Some(weight) => {
                    let weight = ("weight", weight.name.get(language));
                    say("explain-mean", &[counts[0], counts[1], weight])
                }
            };
            println!("{indent}  {line}");
            below(parts);
        }
        CameAbout::Unknown => {}
    }
}
