//! `rorang compute`: what the register comes to of a unit (and of those below it), as a table, CSV or JSON.

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use app::Actor;
use app::explain::{ComputeQuery, Computed, Made};
use i18n::{Arg, Messages};
use plan::PriceBasis;
use serde_json::{Value, json};
use terms::{Date, Decimal, IndicatorCode, Language, RefArea, TimePeriod};

use super::explain::{refused, with_register};
use super::ways::tell_targets;
use super::{Context, DATA};

/// How results are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Form {
    Table,
    Csv,
    Json,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Compute {
    /// The unit's code
    #[arg(value_name = "UNIT", default_value = "VN-11")]
    unit: String,
    /// The period; without one, the last year that is over
    #[arg(long, value_name = "PERIOD")]
    period: Option<TimePeriod>,
    /// Only this indicator; may be repeated
    #[arg(long, value_name = "INDICATOR")]
    indicator: Vec<IndicatorCode>,
    /// The units right below it too
    #[arg(long)]
    below: bool,
    /// What was reported for a unit itself too
    #[arg(long)]
    reported: bool,
    /// As a table, CSV or JSON
    #[arg(long, value_enum, default_value = "table", value_name = "FORM", hide_possible_values = true)]
    format: Form,
    /// The database
    #[arg(long, value_name = "FILE", default_value = "rorang.db")]
    database: PathBuf,
    /// As known at the end of this day
    #[arg(long, value_name = "DAY")]
    known_on: Option<Date>,
}

impl Compute {
    pub(crate) fn run(self, context: &Context) -> anyhow::Result<ExitCode> {
        with_register(context, &self.database, async |app| {
            let last_year = TimePeriod::Year(app.today().year() - 1);
            let query = ComputeQuery {
                known_on: self.known_on,
                indicators: self.indicator.clone(),
                below: self.below,
                reported: self.reported,
                ..ComputeQuery::new(RefArea::new(&self.unit), self.period.unwrap_or(last_year))
            };
            let found = match app.compute(&Actor::public(), &query).await {
                Ok(found) => found,
                Err(error) => return refused(context, error, &query.indicators, &query.place),
            };
            let mut out = io::BufWriter::new(io::stdout().lock());
            let done = match self.format {
                Form::Json => serde_json::to_writer_pretty(&mut out, &found.iter().map(as_json).collect::<Value>())
                    .map_err(io::Error::from)
                    .and_then(|()| writeln!(out)),
                Form::Csv => as_csv(&found, &mut out),
                Form::Table => as_table(context.language, &found, &mut out),
            };
            match done.and_then(|()| out.flush()) {
                // Whoever reads only the first lines has seen enough.
                Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {}
                done => done?,
            }
            drop(out);
            if matches!(self.format, Form::Table) && !self.below {
                let targets = app.targets_by(&Actor::public(), &query.place, query.period, query.known_on).await?;
                let wanted = |code: &IndicatorCode| query.indicators.is_empty() || query.indicators.contains(code);
                tell_targets(context.language, query.period, &targets, wanted);
            }
            Ok(if found.is_empty() { ExitCode::from(DATA) } else { ExitCode::SUCCESS })
        })
    }
}

/// How a value came about, as one word for programs.
pub(super) const fn way_of(made: Made) -> &'static str {
    match made {
        Made::Reported(_) => "reported",
        Made::Formula { .. } => "formula",
        Made::Rebased { estimated: false } => "former-units",
        Made::Rebased { estimated: true } => "former-units-estimated",
        Made::OverTime { .. } => "periods",
        Made::RolledUp { .. } => "units",
        Made::Unknown => "unknown",
    }
}

/// In whose prices, as the register's tables write it.
pub(super) fn basis_code(basis: PriceBasis) -> String {
    match basis {
        PriceBasis::Current => "current".to_owned(),
        PriceBasis::Constant { base_year } => format!("constant:{base_year}"),
    }
}

fn as_json(found: &Computed) -> Value {
    json!({
        "indicator": found.indicator.code.as_str(),
        "name_vi": found.indicator.name.get(Language::Vi),
        "name_en": found.indicator.name.get(Language::En),
        "unit": found.place.code.as_str(),
        "unit_name": found.place.name.get(Language::Vi),
        "period": found.period.to_string(),
        "value": found.value.normalize().to_string(),
        "unit_measure": found.indicator.unit.as_str(),
        "price_basis": found.price_basis.map(basis_code),
        "way": way_of(found.made),
        "complete": found.is_complete,
        "communes": found.coverage.as_ref().map(|coverage| json!({ "known": coverage.known, "of": coverage.of })),
        "population": found.coverage.as_ref().and_then(|coverage| coverage.population).map(share),
        "months": found.months.map(|(known, of)| json!({ "known": known, "of": of })),
        "simulated": found.is_simulated,
    })
}

/// A share of one, with four decimals.
fn share(share: Decimal) -> String {
    share.round_dp(4).normalize().to_string()
}

fn as_csv(found: &[Computed], out: &mut impl Write) -> io::Result<()> {
    let mut rows = csv::Writer::from_writer(out);
    rows.write_record([
        "indicator",
        "unit",
        "period",
        "value",
        "unit_measure",
        "price_basis",
        "way",
        "complete",
        "communes_known",
        "communes_of",
        "population_share",
        "months_known",
        "months_of",
        "simulated",
    ])?;
    for one in found {
        let text = |number: Option<String>| number.unwrap_or_default();
        let coverage = one.coverage.as_ref();
        rows.write_record([
            one.indicator.code.to_string(),
            one.place.code.to_string(),
            one.period.to_string(),
            one.value.normalize().to_string(),
            one.indicator.unit.to_string(),
            text(one.price_basis.map(basis_code)),
            way_of(one.made).to_owned(),
            one.is_complete.to_string(),
            text(coverage.map(|coverage| coverage.known.to_string())),
            text(coverage.map(|coverage| coverage.of.to_string())),
            text(coverage.and_then(|coverage| coverage.population).map(share)),
            text(one.months.map(|(known, _)| known.to_string())),
            text(one.months.map(|(_, of)| of.to_string())),
            one.is_simulated.to_string(),
        ])?;
    }
    rows.flush()
}

/// For people: by unit, a line for each indicator; what it rests on behind it.
fn as_table(language: Language, found: &[Computed], out: &mut impl Write) -> io::Result<()> {
    let word = |key: &str| Messages::get(language, key, &[]);
    if found.is_empty() {
        return writeln!(out, "{}", word("compute-nothing"));
    }
    let mut unit = None;
    for one in found {
        if unit != Some(&one.place.code) {
            if unit.is_some() {
                writeln!(out)?;
            }
            let (name, code) = (one.place.name.get(language), &one.place.code);
            writeln!(out, "{name} ({code}) · {}", i18n::date::period(language, one.period))?;
            unit = Some(&one.place.code);
        }
        let value = i18n::quantity(language, readable(one.value, one.made), &one.indicator.unit);
        let mut line = format!("  {}: {value}", one.indicator.name.get(language));
        if let Some(basis) = one.price_basis {
            line = match basis {
                PriceBasis::Current => format!("{line}, {}", word("price-current")),
                PriceBasis::Constant { base_year } => {
                    let year = [("year", base_year.to_string().into())];
                    format!("{line}, {}", Messages::get(language, "price-constant", &year))
                }
            };
        }
        let rests: Vec<String> = ground(language, one);
        if !rests.is_empty() {
            line = format!("{line} ({})", rests.join("; "));
        }
        if one.is_simulated {
            line = format!("{line} [{}]", word("engine-simulated"));
        }
        writeln!(out, "{line}")?;
    }
    Ok(())
}

/// As many digits as people read; what was reported keeps its own.
pub(super) fn readable(value: Decimal, made: Made) -> Decimal {
    match made {
        Made::Reported(_) => value,
        _ if value.abs() < Decimal::ONE_THOUSAND => value.round_dp(2).normalize(),
        _ => value.round(),
    }
}

/// On what a value rests: communes, people, months; or that it is not whole.
fn ground(language: Language, found: &Computed) -> Vec<String> {
    let say = |key: &str, arguments: &[(&str, Arg<'_>)]| Messages::get(language, key, arguments);
    let mut rests = Vec::new();
    if let Some(coverage) = found.coverage.as_ref().filter(|coverage| 1 < coverage.of) {
        let counts = [("known", coverage.known.into()), ("of", coverage.of.into())];
        rests.push(match coverage.population {
            None => say("tree-coverage-units", &counts),
            Some(population) => {
                let percent = (population * Decimal::ONE_HUNDRED).round_dp(1).normalize();
                let percent = i18n::quantity(language, percent, &terms::UnitMeasure::PERCENT);
                let [known, of] = counts;
                say("tree-coverage", &[known, of, ("population", percent.into())])
            }
        });
    }
    if let Some((known, of)) = found.months {
        rests.push(say("rollup-months", &[("known", i64::from(known).into()), ("of", i64::from(of).into())]));
    }
    match found.made {
        Made::OverTime { known, of, in_years: true, .. } => {
            rests.push(say("rollup-years", &[("known", i64::from(known).into()), ("of", i64::from(of).into())]));
        }
        Made::Rebased { estimated } => {
            rests.push(say(if estimated { "rollup-former-estimated" } else { "rollup-former" }, &[]));
        }
        _ => {}
    }
    if rests.is_empty() && !found.is_complete {
        rests.push(say("explain-in-part", &[]));
    }
    rests
}
