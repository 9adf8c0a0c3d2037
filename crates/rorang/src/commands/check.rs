//! `rorang check`: do the numbers of the register agree? Findings, classed; exit code 1 where one is not explained.

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use app::Actor;
use app::coherence::Piece;
use app::consistency::{FindingClass, FindingView, StatementView, WorkedView};
use i18n::Messages;
use plan::PriceBasis;
use serde_json::{Value, json};
use terms::Language;

use super::coherence::open;
use super::{Context, DATA, runtime, told};

#[derive(Debug, clap::Args)]
pub(crate) struct Check {
    /// The register's database; without it, the example
    #[arg(long, value_name = "FILE")]
    database: Option<PathBuf>,
    /// For programs
    #[arg(long)]
    json: bool,
    /// List those that people have settled too
    #[arg(long)]
    settled: bool,
}

impl Check {
    pub(crate) fn run(self, context: &Context) -> anyhow::Result<ExitCode> {
        let runtime = runtime()?;
        let findings = runtime.block_on(async {
            let (app, folder) = open(self.database.as_ref()).await?;
            let findings = app.findings(&Actor::operator()).await;
            app.close().await;
            drop(folder);
            anyhow::Ok(findings?)
        })?;
        let settled_too = self.settled;
        let findings: Vec<Arc<FindingView>> = findings
            .into_iter()
            .filter(|finding| settled_too || finding.settled.is_none())
            .collect();
        if self.json {
            println!("{:#}", Value::from(findings.iter().map(|finding| as_json(context.language, finding)).collect::<Vec<_>>()));
        } else {
            print(context.language, &findings);
        }
        // Differences that their own papers explain are worth knowing; these two classes need a person.
        let open = findings
            .iter()
            .filter(|finding| finding.settled.is_none())
            .any(|finding| matches!(finding.class, FindingClass::TrueConflict | FindingClass::BrokenArithmetic | FindingClass::OtherKind));
        Ok(if open { ExitCode::from(DATA) } else { ExitCode::SUCCESS })
    }
}

fn as_json(language: Language, finding: &FindingView) -> Value {
    let one = |statement: &StatementView| {
        let source = statement.sources.first();
        json!({
            "fact": statement.fact,
            "indicator": statement.indicator.code.as_str(),
            "place": statement.place.code.as_str(),
            "period": statement.period.to_string(),
            "measure": statement.measure.code(),
            "kind": if statement.is_target { "target" } else { "result" },
            "value": statement.amount.value.normalize().to_string(),
            "text": value(language, statement),
            "scope": statement.amount.scope.as_ref().map(|scope| scope.get(language)),
            "quote": source.map(|source| source.quote.clone()),
            "title": source.map(|source| source.title.clone()),
            "date": source.and_then(|source| source.date).map(|date| date.to_string()),
        })
    };
    let statements: Vec<Value> = finding.statements.iter().map(one).collect();
    json!({
        "class": finding.class.code(),
        "a": statements.first(),
        "b": statements.last(),
        "statements": statements,
        "identity": finding.identity,
        "worked": finding.worked.iter().map(|of| json!({
            "quantity": of.quantity.indicator.code.as_str(),
            "period": of.quantity.period.to_string(),
            "sum": told::formula(language, &of.formula, true),
            "gives": of.gives.to_string(),
            "can_give": [of.can_give.lower.map(|end| end.to_string()), of.can_give.upper.map(|end| end.to_string())],
            "stated": of.stated,
        })).collect::<Vec<_>>(),
        "key": finding.key,
        "settled": finding.settled.as_ref().map(|settled| json!({
            "decision": settled.decision,
            "reason": settled.act.reason,
            "who": settled.act.who,
            "when": settled.act.when.to_string(),
            "entry": settled.act.entry,
            "title": settled.source.title,
            "date": settled.source.date.map(|date| date.to_string()),
        })),
    })
}

fn value(language: Language, statement: &StatementView) -> String {
    let amount = &statement.amount;
    i18n::amount(language, amount.value, amount.upper, amount.bound, &amount.unit)
}

/// In whose prices, and what is counted, where that is said: `, giá so sánh 2010, căn nhà đã hoàn thành`.
fn labels(language: Language, statement: &StatementView) -> String {
    let prices = statement.amount.price_basis.map(|basis| match basis {
        PriceBasis::Current => Messages::get(language, "price-current", &[]),
        PriceBasis::Constant { base_year } => {
            Messages::get(language, "price-constant", &[("year", base_year.to_string().into())])
        }
    });
    let scope = statement.amount.scope.as_ref().map(|scope| scope.get(language).to_owned());
    let labels: Vec<String> = [String::new()].into_iter().chain(prices).chain(scope).collect();
    labels.join(", ")
}

/// A broken sum with its numbers, as the page of the finding works it out.
fn worked(language: Language, finding: &FindingView) -> Vec<String> {
    let say = |key: &str, args: &[(&str, i18n::Arg<'_>)]| Messages::get(language, key, args);
    let mut lines = Vec::new();
    for of in &finding.worked {
        let sign = if of.at_most { "≤" } else { "=" };
        lines.push(format!("{} {sign} {}", told::quantity(language, &of.quantity), told::formula(language, &of.formula, false)));
        if !matches!(of.formula[..], [Piece::Quantity(..)]) {
            lines.push(format!("  {sign} {}", told::formula(language, &of.formula, true)));
        }
        lines.push(format!("  {sign} {}", outcome(language, finding, of)));
        if of.can_give.lower != of.can_give.upper {
            let range = told::range(language, of.can_give, &of.quantity.unit);
            lines.push(format!("  {}", say("web-finding-worked-range", &[("range", range.into())])));
        }
    }
    if let [first, _] = &finding.worked[..] {
        lines.push(say("web-finding-worked-twice", &[("quantity", told::quantity(language, &first.quantity).into())]));
    }
    lines
}

/// `36,89 %, nhưng văn bản ghi 36,97 %`
fn outcome(language: Language, finding: &FindingView, of: &WorkedView) -> String {
    let gives = i18n::quantity(language, of.gives, &of.quantity.unit);
    let stated = of.stated.and_then(|index| finding.statements.get(index));
    stated.map_or_else(
        || gives.clone(),
        |stated| {
            let but = Messages::get(language, "web-finding-worked-but", &[("value", value(language, stated).into())]);
            format!("{gives}, {but}")
        },
    )
}

fn print(language: Language, findings: &[Arc<FindingView>]) {
    let say = |key: &str| Messages::get(language, key, &[]);
    if findings.is_empty() {
        println!("{}", say("findings-none"));
    }
    for finding in findings {
        let first = &finding.statements[0];
        println!(
            "{} – {}, {}, {}",
            say(&format!("finding-{}", finding.class.code())),
            first.indicator.name.get(language),
            first.place.name.get(language),
            i18n::date::period(language, first.period),
        );
        if let Some(identity) = &finding.identity {
            println!("  {}", say(&format!("identity-{identity}")));
        }
        for line in worked(language, finding) {
            println!("  {line}");
        }
        for statement in &finding.statements {
            let source = statement.sources.first();
            let day = source.and_then(|source| source.date).map(|date| i18n::date::short(language, date)).unwrap_or_default();
            let period = i18n::date::short_period(language, statement.period);
            println!(
                "  • {}{} ({} {period}){}: «{}» – {}, {day}",
                value(language, statement),
                labels(language, statement),
                statement.indicator.name.get(language),
                if statement.is_target { format!(", {}", say("finding-target")) } else { String::new() },
                source.map_or("", |source| source.quote.as_str()),
                source.map_or("", |source| source.title.as_str()),
            );
        }
        if let Some(settled) = &finding.settled {
            let day = settled.source.date.map(|date| i18n::date::short(language, date)).unwrap_or_default();
            println!("  {}: {} – {} {day}\n", say("finding-settled"), settled.decision, settled.source.title);
            continue;
        }
        println!("  {}: {}\n", say("finding-settle"), say(&format!("finding-{}-settle", finding.class.code())));
    }
}
