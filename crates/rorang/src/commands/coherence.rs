//! `rorang coherence`: can all targets hold at once? The verdict, why not, what must be true, what would mend it.

use std::path::PathBuf;
use std::process::ExitCode;

use app::coherence::{
    ClaimRole, ClaimView, CoherenceQuery, CoherenceView, ConflictKind, ConflictView, NoteView, Piece, QuantityView, RangeView, StepView,
};
use app::{Actor, App};
use i18n::Messages;
use i18n::messages::Arg;
use plan::PriceBasis;
use serde_json::{Map, Value, json};
use terms::{Date, Decimal, Diagnostic, Language, Place, UnitMeasure};

use super::{Context, DATA, USAGE, tell, told, runtime};

#[derive(Debug, clap::Args)]
pub(crate) struct Coherence {
    /// The register's database; without it, the example
    #[arg(long, value_name = "FILE")]
    database: Option<PathBuf>,
    /// Another range for an assumption, such as prices=2..6%
    #[arg(long, value_name = "NAME=FROM..TO")]
    assume: Vec<String>,
    /// An assumption that shall not hold
    #[arg(long, value_name = "NAME")]
    without: Vec<String>,
    /// As of this day
    #[arg(long, value_name = "DATE")]
    day: Option<String>,
    /// For programs
    #[arg(long)]
    json: bool,
}

/// Opens a register, or the example in a folder that goes away with the second value.
pub(crate) async fn open(database: Option<&PathBuf>) -> anyhow::Result<(App, Option<tempfile::TempDir>)> {
    if let Some(path) = database {
        return Ok((super::open_there(path).await?, None));
    }
    let folder = tempfile::tempdir()?;
    let app = App::open(&folder.path().join("example.db")).await?;
    app.load_example().await?;
    Ok((app, Some(folder)))
}

impl Coherence {
    pub(crate) fn run(self, context: &Context) -> anyhow::Result<ExitCode> {
        let query = match self.query() {
            Ok(query) => query,
            Err(diagnostic) => {
                tell(context, &diagnostic);
                return Ok(ExitCode::from(USAGE));
            }
        };
        let runtime = runtime()?;
        let answer = runtime.block_on(async {
            let (app, folder) = open(self.database.as_ref()).await?;
            let answer = app.coherence(&Actor::operator(), &query).await;
            app.close().await;
            drop(folder);
            anyhow::Ok(answer)
        })?;
        let view = match answer {
            Ok(view) => view,
            Err(app::Error::Invalid(diagnostics)) => {
                diagnostics.iter().for_each(|diagnostic| tell(context, diagnostic));
                return Ok(ExitCode::from(USAGE));
            }
            Err(error) => return Err(error.into()),
        };
        if self.json {
            println!("{:#}", as_json(&view));
        } else {
            for diagnostic in &view.diagnostics {
                tell(context, diagnostic);
            }
            Told { language: context.language, view: &view }.print();
        }
        Ok(match view.verdict {
            app::coherence::CoherenceVerdict::Feasible => ExitCode::SUCCESS,
            _ => ExitCode::from(DATA),
        })
    }

    fn query(&self) -> Result<CoherenceQuery, Diagnostic> {
        let wrong = |found: &str| Diagnostic::error("assumption-form", Place::default()).with("found", found);
        let assumed = self
            .assume
            .iter()
            .map(|text| {
                let (name, range) = text.split_once('=').ok_or_else(|| wrong(text))?;
                let (from, to) = range.split_once("..").unwrap_or((range, range));
                let number = |text: &str| text.trim().trim_end_matches('%').trim().parse::<Decimal>().ok();
                let (from, to) = number(from).zip(number(to)).ok_or_else(|| wrong(text))?;
                Ok((name.trim().to_owned(), from, to))
            })
            .collect::<Result<_, Diagnostic>>()?;
        let day = match &self.day {
            None => None,
            Some(text) => {
                Some(text.parse::<Date>().map_err(|_| Diagnostic::error("no-such-date", Place::default()).with("found", text))?)
            }
        };
        Ok(CoherenceQuery { assumed, dropped: self.without.clone(), day })
    }
}

fn name(quantity: &QuantityView) -> String {
    let basis = match quantity.basis {
        Some(PriceBasis::Constant { base_year }) => format!("@constant{base_year}"),
        _ => String::new(),
    };
    let aspect = quantity.aspect.map(|aspect| format!("@{aspect}")).unwrap_or_default();
    format!("{}{aspect}@{}{basis}", quantity.indicator.code, quantity.period)
}

fn number(value: Option<Decimal>) -> Value {
    // Numbers of JSON are what other programs expect here; the exact decimals are in the register.
    value
        .and_then(|value| value.to_string().parse::<f64>().ok())
        .map_or(Value::Null, Value::from)
}

fn pair(range: RangeView) -> Value {
    json!([number(range.lower), number(range.upper)])
}

fn as_json(view: &CoherenceView) -> Value {
    let id = |index: &usize| view.claims[*index].id.clone();
    let implied: Map<String, Value> =
        view.implied.iter().map(|implied| (name(&implied.quantity), pair(implied.range))).collect();
    let mends: Vec<Value> = view
        .mends
        .iter()
        .map(|mend| json!({"claim": id(&mend.claim), "to": number(mend.nearest), "possible": pair(mend.possible), "widened": mend.widened.map(pair)}))
        .collect();
    let chains: Vec<Value> = view
        .conflicts
        .iter()
        .map(|conflict| {
            let steps: Vec<Value> = conflict
                .steps
                .iter()
                .map(|step| json!({"identity": step.identity, "quantity": name(&step.quantity), "gives": pair(step.gives)}))
                .collect();
            json!({"kind": conflict.kind.code(), "targets": conflict.targets.iter().map(id).collect::<Vec<_>>(),
                   "given": conflict.given.iter().map(id).collect::<Vec<_>>(),
                   "against": id(&conflict.against), "steps": steps})
        })
        .collect();
    let readings: Vec<Value> = view
        .readings
        .iter()
        .map(|reading| json!({"claim": id(&reading.claim), "reading": reading.name, "verdict": reading.verdict.code()}))
        .collect();
    let path: Map<String, Value> =
        view.path.iter().map(|(quantity, range)| (name(quantity), number(range.lower))).collect();
    json!({
        "verdict": view.verdict.code(),
        "day": view.day.to_string(),
        "conflicts": view.conflicts.iter().filter(|conflict| !conflict.targets.is_empty()).map(|conflict| conflict.targets.iter().map(id).collect::<Vec<_>>()).collect::<Vec<_>>(),
        "all_conflicts": view.all_conflicts,
        "chains": chains,
        "implied": implied,
        "mends": mends,
        "mends_together": view.mends_together.iter().map(|set| set.iter().map(id).collect::<Vec<_>>()).collect::<Vec<_>>(),
        "readings": readings,
        "path": path,
    })
}

struct Told<'a> {
    language: Language,
    view: &'a CoherenceView,
}

impl Told<'_> {
    fn say(&self, key: &str, args: &[(&str, &str)]) -> String {
        let args: Vec<(&str, Arg<'_>)> = args.iter().map(|(key, value)| (*key, Arg::from(*value))).collect();
        Messages::get(self.language, key, &args)
    }

    fn quantity(&self, of: &QuantityView) -> String {
        told::quantity(self.language, of)
    }

    fn range(&self, of: RangeView, unit: &UnitMeasure) -> String {
        told::range(self.language, of, unit)
    }

    fn claim(&self, claim: &ClaimView) -> String {
        let (Some(quantity), Some(amount)) = (&claim.quantity, &claim.amount) else {
            return self.say(&format!("assumption-{}", claim.id), &[]);
        };
        let value = i18n::amount(self.language, amount.value, amount.upper, amount.bound, &amount.unit);
        if claim.role == ClaimRole::Assumption {
            return format!("{}: {value}", self.say(&format!("assumption-{}", claim.id), &[]));
        }
        let paper = claim.sources.first().map_or(String::new(), |source| {
            let day = source.date.map(|date| format!(", {}", i18n::date::short(self.language, date))).unwrap_or_default();
            format!(" ({}{day})", source.publisher)
        });
        format!("{}: {value}{paper}", self.quantity(quantity))
    }

    fn formula(&self, step: &StepView, numbers: bool) -> String {
        told::formula(self.language, &step.formula, numbers)
    }

    /// What a target was left out for, by its name.
    fn note(&self, note: &NoteView) -> String {
        let what = match (note.claim, &note.quantity) {
            (Some(claim), _) => self.claim(&self.view.claims[claim]),
            (None, Some(of)) => {
                let amount = note.amount.as_ref().map(|said| {
                    i18n::amount(self.language, said.value, said.upper, said.bound, &said.unit)
                });
                format!("{}: {}", self.quantity(of), amount.unwrap_or_default())
            }
            (None, None) => String::new(),
        };
        let why = self.say(&format!("coherence-note-{}", note.code), &[]);
        self.say("coherence-note", &[("what", &what), ("why", &why)])
    }

    /// «Như vậy … phải là …, nhưng chỉ tiêu đặt ra là …»
    fn but(&self, conflict: &ConflictView) -> String {
        let against = &self.view.claims[conflict.against];
        let Some((last, said)) = conflict.steps.last().zip(against.amount.as_ref()) else {
            return self.say("coherence-but-plain", &[("claim", &self.claim(against))]);
        };
        let key = match against.role {
            ClaimRole::Target => "coherence-but-target",
            ClaimRole::Result => "coherence-but-result",
            ClaimRole::Assumption => "coherence-but-assumption",
        };
        let value = i18n::amount(self.language, said.value, said.upper, said.bound, &said.unit);
        let claim = self.say(key, &[("value", &value)]);
        let range = self.range(last.gives, &last.quantity.unit);
        self.say("coherence-but", &[("quantity", &self.quantity(&last.quantity)), ("range", &range), ("claim", &claim)])
    }

    fn print(&self) {
        let view = self.view;
        println!("{}", self.say(&format!("coherence-verdict-{}", view.verdict.code()), &[("day", &i18n::date::long(self.language, view.day))]));
        for (number, conflict) in (1..).zip(&view.conflicts) {
            let kind = self.say(&format!("coherence-kind-{}", conflict.kind.code()), &[]);
            println!("\n{}", self.say("coherence-conflict", &[("number", &number.to_string()), ("kind", &kind)]));
            for target in &conflict.targets {
                println!("  • {}", self.claim(&view.claims[*target]));
            }
            if conflict.kind == ConflictKind::Alone {
                println!("  {}", self.say("coherence-alone", &[("claim", &self.claim(&view.claims[conflict.against]))]));
                continue;
            }
            if !conflict.given.is_empty() {
                println!("  {}", self.say("coherence-given", &[]));
            }
            for given in &conflict.given {
                println!("  – {}", self.claim(&view.claims[*given]));
            }
            if !conflict.steps.is_empty() {
                println!("  {}", self.say("coherence-follow", &[]));
            }
            for (position, step) in (1..).zip(&conflict.steps) {
                println!("  {position}. {} = {}", self.quantity(&step.quantity), self.formula(step, false));
                // One quantity alone needs no line of numbers that repeats the result.
                if !matches!(step.formula[..], [Piece::Quantity(..)]) {
                    println!("     = {}", self.formula(step, true));
                }
                let range = self.range(step.gives, &step.quantity.unit);
                println!("     {}", self.say("coherence-step-gives", &[("range", &range)]));
            }
            println!("  {}", self.but(conflict));
        }
        if !view.all_conflicts {
            println!("\n{}", self.say("coherence-more-conflicts", &[]));
        }
        let lines: Vec<_> = view.implied.iter().filter(|implied| matches!(implied.quantity.period, terms::TimePeriod::Span(..))).collect();
        if !lines.is_empty() {
            println!("\n{}", self.say("coherence-implied", &[]));
        }
        for implied in lines {
            let range = self.range(implied.range, &implied.quantity.unit);
            let assumed = implied.assumed.map_or(String::new(), |(_, assumed)| {
                format!(" ({})", self.say("coherence-assumed", &[("range", &self.range(assumed, &implied.quantity.unit))]))
            });
            println!("  {}: {range}{assumed}", self.quantity(&implied.quantity));
        }
        if !view.mends.is_empty() {
            println!("\n{}", self.say("coherence-mends", &[]));
        }
        for mend in &view.mends {
            let claim = self.claim(&view.claims[mend.claim]);
            let possible = self.range(mend.possible, &mend.quantity.unit);
            if let Some(widened) = mend.widened {
                let range = self.range(widened, &mend.quantity.unit);
                println!("  • {}", self.say("coherence-mend-widened", &[("claim", &claim), ("range", &range)]));
                continue;
            }
            match mend.nearest {
                Some(nearest) => {
                    let nearest = i18n::quantity(self.language, nearest, &mend.quantity.unit);
                    println!("  • {}", self.say("coherence-mend", &[("claim", &claim), ("nearest", &nearest), ("possible", &possible)]));
                }
                None => println!("  • {}", self.say("coherence-mend-range", &[("claim", &claim), ("possible", &possible)])),
            }
        }
        for set in &view.mends_together {
            let claims: Vec<String> = set.iter().map(|claim| self.claim(&view.claims[*claim])).collect();
            println!("  • {}", self.say("coherence-mend-together", &[("claims", &claims.join("; "))]));
        }
        if !view.readings.is_empty() {
            println!("\n{}", self.say("coherence-readings", &[]));
        }
        for reading in &view.readings {
            let verdict = self.say(&format!("coherence-reading-{}", reading.verdict.code()), &[]);
            let name = self.say(&format!("reading-{}", reading.name), &[]);
            println!("  • {} – {name}: {verdict}", self.claim(&view.claims[reading.claim]));
        }
        println!("\n{}", self.say("coherence-assumptions", &[]));
        for claim in view.claims.iter().filter(|claim| claim.role == ClaimRole::Assumption) {
            println!("  {} – {}", claim.id, self.claim(claim));
        }
        for note in &view.notes {
            println!("\n{}", self.note(note));
        }
    }
}
