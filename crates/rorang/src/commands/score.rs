//! `rorang score …`: prints scores for people and programs, gives general parts, shows and sets the rules.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use app::score::{COLUMNS, GeneralTexts, RulesTexts, ScoreBoard, ScorePage, Whose};
use app::{Actor, App};
use plan::task::{Score as Points, ScoreRules};
use plan::{Office, PostId};
use serde_json::{Value, json};
use terms::{Decimal, Language, TimePeriod};

use super::explain::with_register;
use super::user::say;
use super::{Context, refused};

#[derive(Debug, clap::Args)]
pub(crate) struct Score {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// Prints the scores of offices, or of one office with each task
    List(List),
    /// Gives general points, gives them anew or takes them back
    Give(Give),
    /// Shows or sets the rules of scoring
    Rules(Box<Rules>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    Table,
    Json,
    Csv,
}

#[derive(Debug, clap::Args)]
struct List {
    /// Month or quarter; this quarter if not given
    #[arg(long, value_name = "PERIOD")]
    period: Option<TimePeriod>,
    /// One office
    #[arg(long, value_name = "OFFICE")]
    office: Option<Office>,
    /// Form
    #[arg(long, value_name = "table|json|csv", default_value = "table")]
    format: Format,
    /// The database; must be there
    #[arg(long, value_name = "FILE", default_value = "rorang.db")]
    database: PathBuf,
}

#[derive(Debug, clap::Args)]
struct Give {
    /// The office
    #[arg(long, value_name = "OFFICE")]
    office: Office,
    /// The post; without it the office as a whole
    #[arg(long, value_name = "POST")]
    post: Option<PostId>,
    /// Name of the holder, where one followed another in the period
    #[arg(long, value_name = "NAME", requires = "post")]
    holder: Option<String>,
    /// Month or quarter
    #[arg(long, value_name = "PERIOD")]
    period: TimePeriod,
    /// How many points
    #[arg(long, value_name = "NUMBER", required_unless_present = "withdraw", conflicts_with = "withdraw")]
    points: Option<String>,
    /// Take back what was given
    #[arg(long)]
    withdraw: bool,
    /// Why
    #[arg(long, value_name = "TEXT")]
    reason: String,
    /// Address on the web of a paper that shows it
    #[arg(long, value_name = "URL")]
    link: Vec<String>,
    /// The database; must be there
    #[arg(long, value_name = "FILE", default_value = "rorang.db")]
    database: PathBuf,
    /// The person in whose name it is recorded
    #[arg(long, value_name = "NAME")]
    by: Option<String>,
}

#[derive(Debug, clap::Args)]
struct Rules {
    /// In force from; with it new rules are set
    #[arg(long, value_name = "DAY", requires = "reason")]
    from: Option<String>,
    /// General points
    #[arg(long, value_name = "NUMBER", requires = "from")]
    general: Option<String>,
    /// Result points
    #[arg(long, value_name = "NUMBER", requires = "from")]
    result: Option<String>,
    /// Shares of quantity, quality, progress
    #[arg(long, value_name = "A,B,C", requires = "from", value_delimiter = ',')]
    shares: Option<Vec<String>>,
    /// Per cent lost for each grave error or delay
    #[arg(long, value_name = "NUMBER", requires = "from")]
    fault: Option<String>,
    /// Limits of excellent, good, done
    #[arg(long, value_name = "A,B,C", requires = "from", value_delimiter = ',')]
    grades: Option<Vec<String>>,
    /// Basis
    #[arg(long, value_name = "TEXT", requires = "from")]
    source: Option<String>,
    /// Compared with the text
    #[arg(long, value_name = "yes|no", requires = "from", value_parser = ["yes", "no"])]
    verified: Option<String>,
    /// Why
    #[arg(long, value_name = "TEXT", requires = "from")]
    reason: Option<String>,
    /// Form
    #[arg(long, value_name = "table|json", default_value = "table")]
    format: Format,
    /// The database; must be there
    #[arg(long, value_name = "FILE", default_value = "rorang.db")]
    database: PathBuf,
    /// The person in whose name it is recorded
    #[arg(long, value_name = "NAME")]
    by: Option<String>,
}

impl Score {
    pub(crate) fn run(self, context: &Context) -> anyhow::Result<ExitCode> {
        match self.command {
            Command::List(list) => list.run(context),
            Command::Give(give) => give.run(context),
            Command::Rules(rules) => rules.run(context),
        }
    }
}

/// Does something in the name of a person, or of who runs the program.
fn in_name(
    context: &Context,
    database: &Path,
    by: Option<&str>,
    work: impl AsyncFnOnce(&App, Actor) -> Result<(), app::Error>,
) -> anyhow::Result<ExitCode> {
    with_register(context, database, async |app| {
        let actor = match by {
            None => Ok(Actor::operator()),
            Some(name) => app.operator_as(name).await,
        };
        let done = match actor {
            Ok(actor) => work(&app, actor).await,
            Err(error) => Err(error),
        };
        app.close().await;
        match done {
            Ok(()) => Ok(ExitCode::SUCCESS),
            Err(error) => refused(context, error),
        }
    })
}

impl List {
    fn run(self, context: &Context) -> anyhow::Result<ExitCode> {
        in_name(context, &self.database, None, async |app, actor| {
            if let Some(office) = &self.office {
                let page = app.score_of(&actor, office, self.period).await?;
                match self.format {
                    Format::Json => println!("{:#}", page_as_json(&page)),
                    Format::Table | Format::Csv => print_page(context, &page),
                }
                return Ok(());
            }
            let board = app.scores(&actor, self.period).await?;
            match self.format {
                Format::Json => println!("{:#}", board_as_json(&board)),
                Format::Csv => print_csv(&board),
                Format::Table => print_board(context, &board),
            }
            Ok(())
        })
    }
}

fn rounded(language: Language, number: Decimal) -> String {
    i18n::number::rounded(language, number, 2)
}

fn grade(context: &Context, score: &Points) -> String {
    let name = |code: &str| say(context, &format!("score-grade-{code}"), &[]);
    match score.grades {
        None => name("not-yet"),
        Some((least, most)) if least == most => name(least.code()),
        Some((least, most)) => say(
            context,
            "score-grade-span",
            &[("least", &name(least.code())), ("most", &name(most.code()))],
        ),
    }
}

fn general(context: &Context, score: &Points) -> String {
    score.general.map_or_else(
        || say(context, "score-not-given", &[]),
        |points| rounded(context.language, points),
    )
}

/// That the period goes on, so that nobody takes what is earned so far for the whole.
fn print_running(context: &Context, frame: &app::score::ScoreFrame) {
    println!("{}", i18n::date::period(context.language, frame.period));
    if frame.rules.is_none() {
        println!("{}", say(context, "score-no-rules", &[]));
    } else if frame.running {
        let day = i18n::date::short(context.language, frame.period.end());
        println!("{}", say(context, "score-running", &[("day", &day)]));
    }
}

fn print_board(context: &Context, board: &ScoreBoard) {
    print_running(context, &board.frame);
    if board.offices.is_empty() {
        println!("{}", say(context, "score-none", &[]));
    }
    for (office, score) in &board.offices {
        println!(
            "{}\n  {}: {} · {}: {} · {}: {} · {}: {}",
            office.name.get(context.language),
            say(context, "score-tasks", &[]),
            score.items.len(),
            say(context, "score-result", &[]),
            result(context, score),
            say(context, "score-general", &[]),
            general(context, score),
            say(context, "score-grade", &[]),
            grade(context, score),
        );
    }
}

fn result(context: &Context, score: &Points) -> String {
    let now = rounded(context.language, score.result);
    if score.provisional && score.result != score.reachable {
        let most = rounded(context.language, score.reachable);
        format!("{now} ({})", say(context, "score-reachable", &[("most", &most)]))
    } else {
        now
    }
}

fn print_csv(board: &ScoreBoard) {
    println!("{}", COLUMNS.join(","));
    for line in board.lines() {
        println!("{}", line.map(|text| cell(&text)).join(","));
    }
}

/// A cell in quotes where it must be; no spreadsheet takes it for a formula.
fn cell(text: &str) -> String {
    let text = if text.starts_with(['=', '+', '@']) { format!("'{text}") } else { text.to_owned() };
    if text.contains([',', '"', '\n']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}

fn print_page(context: &Context, page: &ScorePage) {
    let language = context.language;
    println!("{}", page.office.name.get(language));
    print_running(context, &page.frame);
    match &page.score {
        None => println!("{}", say(context, "score-none", &[])),
        Some(score) => {
            for (code, sum) in [("quantity", score.quantity), ("quality", score.quality), ("progress", score.progress)] {
                println!(
                    "  {}: {} ÷ {} = {}%",
                    say(context, &format!("score-term-{code}"), &[]),
                    rounded(language, sum),
                    rounded(language, score.assigned),
                    rounded(language, score.per_cent(sum)),
                );
            }
            println!("  {}: {}", say(context, "score-result", &[]), result(context, score));
            println!("  {}: {}", say(context, "score-general", &[]), general(context, score));
            println!("  {}: {}", say(context, "score-grade", &[]), grade(context, score));
            for item in &score.items {
                let title = page.tasks.get(&item.task).map_or("", |card| card.title.as_str());
                let outcome = say(context, &format!("score-outcome-{}", item.outcome.code()), &[]);
                println!("  • {} [{}] {title}: {outcome}", item.task, item.weight);
            }
        }
    }
    for post in &page.posts {
        let name = post.holder_name.as_deref().map(|name| format!(" ({name})")).unwrap_or_default();
        let told = post.score.as_ref().map_or_else(
            || say(context, "score-grade-no-task", &[]),
            |score| format!("{} · {}", result(context, score), grade(context, score)),
        );
        println!("  {}{name}: {told}", post.name.get(language));
    }
}

fn number(number: Decimal) -> String {
    number.round_dp(4).normalize().to_string()
}

fn score_as_json(score: &Points) -> Value {
    json!({
        "provisional": score.provisional,
        "assigned": number(score.assigned),
        "quantity": number(score.quantity),
        "quality": number(score.quality),
        "progress": number(score.progress),
        "result": number(score.result),
        "reachable": number(score.reachable),
        "general": score.general.map(number),
        "points": score.points().map(number),
        "grade": score.grades.map(|(least, most)| json!({ "least": least.code(), "most": most.code() })),
        "tasks": score.items.iter().map(|item| json!({
            "task": item.task.to_string(),
            "weight": item.weight,
            "outcome": item.outcome.code(),
            "grave_errors": item.grave_errors,
            "quantity": number(item.quantity),
            "quality": number(item.quality),
            "progress": number(item.progress),
        })).collect::<Vec<_>>(),
    })
}

fn frame_as_json(frame: &app::score::ScoreFrame) -> Value {
    json!({
        "period": frame.period.to_string(),
        "running": frame.running,
        "rules": frame.rules.as_ref().map(rules_as_json),
        "rules_entry": frame.rules_entry,
    })
}

fn board_as_json(board: &ScoreBoard) -> Value {
    json!({
        "frame": frame_as_json(&board.frame),
        "offices": board.offices.iter().map(|(office, score)| json!({
            "office": office.office.to_string(),
            "name": { "vi": office.name.vi, "en": office.name.en },
            "score": score_as_json(score),
        })).collect::<Vec<_>>(),
    })
}

fn page_as_json(page: &ScorePage) -> Value {
    json!({
        "frame": frame_as_json(&page.frame),
        "office": page.office.office.to_string(),
        "score": page.score.as_ref().map(score_as_json),
        "posts": page.posts.iter().map(|post| json!({
            "post": post.post.as_str(),
            "holder": post.holder_name,
            "days": post.days.map(|(first, last)| [first.to_string(), last.to_string()]),
            "score": post.score.as_ref().map(score_as_json),
            "general": post.general.as_ref().and_then(|given| given.points).map(number),
        })).collect::<Vec<_>>(),
        "given": page.given.iter().map(|given| json!({
            "entry": given.entry,
            "post": given.post.as_ref().map(PostId::as_str),
            "points": given.points.map(number),
            "reason": given.reason,
            "counts": given.counts,
            "at": given.at.to_string(),
        })).collect::<Vec<_>>(),
    })
}

impl Give {
    fn run(self, context: &Context) -> anyhow::Result<ExitCode> {
        in_name(context, &self.database, self.by.as_deref(), async |app, actor| {
            let holder = match &self.holder {
                None => None,
                Some(name) => app.operator_as(name).await?.user(),
            };
            let mut whose = Whose {
                office: self.office.clone(),
                post: self.post.clone(),
                holder,
            };
            // One holder of the whole period need not be named.
            if let (Some(post), None) = (&whose.post, whose.holder) {
                let page = app.score_of(&actor, &whose.office, Some(self.period)).await?;
                let mut turns = page.posts.iter().filter(|of| of.post == *post);
                if let (Some(only), None) = (turns.next(), turns.next()) {
                    whose.holder = only.holder;
                }
            }
            let seen = app.general_form(&actor, &whose, self.period).await?.seen;
            let texts = GeneralTexts {
                points: self.points.clone().unwrap_or_default(),
                withdraw: self.withdraw,
                reason: self.reason.clone(),
                links: self.link.join("\n"),
                files: Vec::new(),
            };
            app.give_general(&actor, &whose, self.period, seen, texts).await?;
            println!("{}", say(context, "score-given-done", &[]));
            Ok(())
        })
    }
}

impl Rules {
    fn run(self, context: &Context) -> anyhow::Result<ExitCode> {
        in_name(context, &self.database, self.by.as_deref(), async |app, actor| {
            let mut view = app.score_rules(&actor).await?;
            if let Some(from) = &self.from {
                let texts = self.texts(from, view.today.as_ref());
                app.set_score_rules(&actor, view.seen, &texts).await?;
                eprintln!("{}", say(context, "score-rules-done", &[]));
                view = app.score_rules(&actor).await?;
            }
            if self.format == Format::Json {
                let set: Vec<Value> = view
                    .set
                    .iter()
                    .map(|set| {
                        json!({
                            "rules": rules_as_json(&set.rules),
                            "replaced": set.replaced,
                            "entry": set.entry.as_ref().map(|(entry, ..)| entry),
                            "reason": set.entry.as_ref().map(|(.., reason)| reason),
                        })
                    })
                    .collect();
                println!("{:#}", json!({ "today": view.today.as_ref().map(rules_as_json), "set": set }));
                return Ok(());
            }
            for set in view.set.iter().filter(|set| !set.replaced) {
                print_rules(context, &set.rules);
            }
            Ok(())
        })
    }

    /// The rules to set: those of today, but for what was given.
    fn texts(&self, from: &str, today: Option<&ScoreRules>) -> RulesTexts {
        let mut texts = today.map(RulesTexts::of).unwrap_or_default();
        let put = |to: &mut String, given: &Option<String>| {
            if let Some(given) = given {
                to.clone_from(given);
            }
        };
        from.clone_into(&mut texts.valid_from);
        put(&mut texts.general, &self.general);
        put(&mut texts.result, &self.result);
        put(&mut texts.fault_per_cent, &self.fault);
        put(&mut texts.source, &self.source);
        put(&mut texts.reason, &self.reason);
        if let Some(verified) = &self.verified {
            texts.verified = verified == "yes";
        }
        // What is missing of three is empty, and then told as no number.
        let three = |given: &Option<Vec<String>>, to: [&mut String; 3]| {
            if let Some(given) = given {
                for (at, to) in to.into_iter().enumerate() {
                    *to = given.get(at).cloned().unwrap_or_default();
                }
            }
        };
        three(&self.shares, [&mut texts.quantity, &mut texts.quality, &mut texts.progress]);
        three(&self.grades, [&mut texts.excellent, &mut texts.good, &mut texts.done]);
        texts
    }
}

fn print_rules(context: &Context, rules: &ScoreRules) {
    let show = |number| rounded(context.language, number);
    let [excellent, good, done] = rules.grades;
    let day = i18n::date::short(context.language, rules.valid_from);
    println!("{} · {}", say(context, "score-rules-hold-from", &[("day", &day)]), rules.source);
    println!("  {}: {} + {}", say(context, "score-rules-parts", &[]), show(rules.general), show(rules.result));
    println!(
        "  {}: {} : {} : {}",
        say(context, "score-rules-shares", &[]),
        show(rules.quantity),
        show(rules.quality),
        show(rules.progress)
    );
    println!("  {}: {}%", say(context, "score-rules-fault", &[]), show(rules.fault_per_cent));
    let grades = [("excellent", show(excellent)), ("good", show(good)), ("done", show(done))];
    let grades: Vec<(&str, &str)> = grades.iter().map(|(name, text)| (*name, text.as_str())).collect();
    println!("  {}: {}", say(context, "score-rules-grades", &[]), say(context, "score-rules-grades-are", &grades));
    if !rules.verified {
        println!("  {}", say(context, "score-unverified", &[]));
    }
}

fn rules_as_json(rules: &ScoreRules) -> Value {
    json!({
        "valid_from": rules.valid_from.to_string(),
        "general": number(rules.general),
        "result": number(rules.result),
        "quantity": number(rules.quantity),
        "quality": number(rules.quality),
        "progress": number(rules.progress),
        "fault_per_cent": number(rules.fault_per_cent),
        "grades": rules.grades.map(number),
        "source": rules.source,
        "verified": rules.verified,
    })
}
