//! «Do the numbers agree?»: what does not, by class; the settled ones apart.

use app::coherence::Piece;
use app::consistency::{FindingClass, FindingView, StatementView, WorkedView};
use app::settlement::SettlementView;
use axum::extract::State;
use maud::{Markup, html};

use crate::ask::{Ask, encode};
use crate::failure::{Answer, Failure};
use crate::layout::{self, Section};
use crate::parts::{amount, clash, names, notice, result, source};
use crate::site::Site;

/// How many of them a page shows.
const PAGE: usize = 50;

/// Which of them are asked for.
#[derive(Clone, Copy, PartialEq)]
enum Wanted {
    All,
    OfClass(FindingClass),
    Settled,
}

impl Wanted {
    fn read(code: Option<&str>) -> Option<Self> {
        match code {
            None | Some("") => Some(Self::All),
            Some("settled") => Some(Self::Settled),
            Some(code) => {
                let class = FindingClass::ALL.into_iter().find(|class| class.code() == code);
                class.map(Self::OfClass)
            }
        }
    }

    fn has(self, finding: &FindingView) -> bool {
        match self {
            Self::All => true,
            Self::OfClass(class) => finding.settled.is_none() && finding.class == class,
            Self::Settled => finding.settled.is_some(),
        }
    }

    fn code(self) -> Option<&'static str> {
        match self {
            Self::All => None,
            Self::OfClass(class) => Some(class.code()),
            Self::Settled => Some("settled"),
        }
    }

    /// The address of one of its pages.
    fn href(self, ask: &Ask, page: usize) -> String {
        let class = self.code().map(|code| format!("class={code}"));
        let page = (0 < page).then(|| format!("page={page}"));
        let pairs: Vec<String> = class.into_iter().chain(page).collect();
        let mark = if pairs.is_empty() { "" } else { "?" };
        ask.href(&format!("/disagreements{mark}{}", pairs.join("&")))
    }
}

/// Findings that stand under one heading.
struct Group<'a> {
    /// The class; none for the settled ones.
    class: Option<FindingClass>,
    findings: Vec<&'a FindingView>,
}

/// Shows all of them, those of one class, or the settled ones, some to a page.
pub(crate) async fn show(State(site): State<Site>, ask: Ask) -> Answer {
    let misunderstood = || Failure::misunderstood(&ask);
    let wanted = Wanted::read(ask.value("class")).ok_or_else(misunderstood)?;
    let page: usize = match ask.value("page") {
        Some(text) => text.parse().map_err(|_| misunderstood())?,
        None => 0,
    };
    let now = site
        .app
        .findings_now(&ask.actor)
        .await
        .map_err(|error| Failure::from_app(&ask, error))?;
    let (settled, open): (Vec<&FindingView>, Vec<&FindingView>) = now
        .findings
        .iter()
        .map(AsRef::as_ref)
        .partition(|finding| finding.settled.is_some());
    let of_class = |class: FindingClass| open.iter().filter(move |finding| finding.class == class);
    let in_order: Vec<&FindingView> = FindingClass::ALL
        .into_iter()
        .flat_map(of_class)
        .chain(&settled)
        .copied()
        .filter(|finding| wanted.has(finding))
        .collect();
    let first = page
        .checked_mul(PAGE)
        .filter(|first| *first == 0 || *first < in_order.len());
    let first = first.ok_or_else(|| Failure::not_found(&ask))?;
    let shown: Vec<&FindingView> = in_order.iter().skip(first).take(PAGE).copied().collect();
    let title = ask.t("web-disagreements-title");
    let body = html! {
        h1 { (title) }
        @if now.is_looking { (notice::empty(&ask.t("web-disagreements-looking"))) }
        p.lead { (ask.ta("web-disagreements-lead", &[("count", open.len().into())])) }
        @let need = open.iter().filter(|finding| needs_a_person(finding.class)).count();
        @if 0 < need { p { (ask.ta("web-disagreements-need", &[("count", need.into())])) } }
        @if open.is_empty() { (notice::empty(&ask.t("web-disagreements-none"))) }
        @if !open.is_empty() || !settled.is_empty() { (filters(&ask, &open, settled.len(), wanted)) }
        @for group in groups(&shown) { (section(&ask, &group)) }
        (pages(&ask, wanted, page, (first, shown.len(), in_order.len())))
    };
    Ok(layout::public(&ask, Section::Analysis, &title, &body))
}

/// The findings of a page under their headings.
fn groups<'a>(shown: &[&'a FindingView]) -> Vec<Group<'a>> {
    let mut groups: Vec<Group<'a>> = Vec::new();
    for finding in shown {
        let class = finding.settled.is_none().then_some(finding.class);
        match groups.last_mut() {
            Some(group) if group.class == class => group.findings.push(finding),
            _ => groups.push(Group {
                class,
                findings: vec![finding],
            }),
        }
    }
    groups
}

fn section(ask: &Ask, group: &Group<'_>) -> Markup {
    html! {
        section.findings {
            @match group.class {
                Some(class) => {
                    h2 id=(class.code()) { (class_name(ask, class)) }
                    p { strong { (ask.t("finding-settle")) ": " } (ask.t(&format!("finding-{}-settle", class.code()))) }
                },
                None => { h2 id="settled" { (ask.t("web-finding-settled-ones")) } },
            }
            @for each in &group.findings { (one(ask, each)) }
        }
    }
}

/// The ways to the pages before and after, where one page does not hold them all.
fn pages(ask: &Ask, wanted: Wanted, page: usize, (first, shown, all): (usize, usize, usize)) -> Markup {
    html! {
        @if shown < all {
            p.muted {
                (ask.ta("web-disagreements-page", &[("first", (first + 1).into()), ("last", (first + shown).into()), ("all", all.into())]))
            }
            nav.actions aria-label=(ask.t("web-disagreements-pages")) {
                @if 0 < page { a.button.plain rel="prev" href=(wanted.href(ask, page - 1)) { (ask.t("web-disagreements-before")) } }
                @if first + shown < all { a.button.plain rel="next" href=(wanted.href(ask, page + 1)) { (ask.t("web-disagreements-next")) } }
            }
        }
    }
}

/// Whether nothing in the papers explains it: the other classes are told apart by a label beside each number.
fn needs_a_person(class: FindingClass) -> bool {
    matches!(
        class,
        FindingClass::TrueConflict | FindingClass::BrokenArithmetic | FindingClass::OtherKind
    )
}

/// One link for each class that has findings, and one for the settled ones.
fn filters(ask: &Ask, open: &[&FindingView], settled: usize, wanted: Wanted) -> Markup {
    let count = |class| open.iter().filter(|finding| finding.class == class).count();
    let chip = |of: Wanted, name: String, count: usize| {
        html! {
            @if 0 < count {
                li {
                    a href=(of.href(ask, 0)) aria-current=[(wanted == of).then_some("page")] { (name) }
                    " " span.num { (count) }
                }
            }
        }
    };
    html! {
        nav aria-label=(ask.t("web-finding-classes")) {
            ul.chips {
                (chip(Wanted::All, ask.t("web-finding-all"), open.len() + settled))
                @for class in FindingClass::ALL { (chip(Wanted::OfClass(class), class_name(ask, class), count(class))) }
                (chip(Wanted::Settled, ask.t("web-finding-settled-ones"), settled))
            }
        }
    }
}

/// The address of one finding's page.
pub(crate) fn href(ask: &Ask, key: &str) -> String {
    ask.href(&format!("/disagreements/{}", encode(key)))
}

/// The mark at a number that a finding is about.
pub(crate) fn mark(ask: &Ask, key: Option<&str>) -> Markup {
    html! {
        @match key {
            None => {}
            // Found as the register was then, and no more: there is no page of it.
            Some("") => span.disputed { (ask.t("web-disputed")) },
            Some(key) => a.disputed href=(href(ask, key)) { (ask.t("web-disputed")) },
        }
    }
}

/// The class in words.
pub(crate) fn class_name(ask: &Ask, class: FindingClass) -> String {
    ask.t(&format!("finding-{}", class.code()))
}

/// One of them, as a card under a heading of its class.
pub(crate) fn one(ask: &Ask, finding: &FindingView) -> Markup {
    html! {
        article.disagreement {
            h3 { a href=(href(ask, &finding.key)) { (about(ask, finding)) } }
            (sides(ask, finding))
            @if let Some(settled) = &finding.settled { (settlement(ask, settled)) }
        }
    }
}

/// Of what, of whom, of when.
pub(crate) fn about(ask: &Ask, finding: &FindingView) -> String {
    finding.statements.first().map_or_else(String::new, |first| {
        format!(
            "{} – {}, {}",
            first.indicator.name.get(ask.language),
            first.place.name.get(ask.language),
            i18n::date::period(ask.language, first.period)
        )
    })
}

/// Its statements side by side, with the sum that does not come out and the target that was retold.
pub(crate) fn sides(ask: &Ask, finding: &FindingView) -> Markup {
    html! {
        @if let Some(identity) = &finding.identity {
            p { (ask.t("web-finding-identity")) ": " em { (ask.t(&format!("identity-{identity}"))) } }
        }
        (worked(ask, finding))
        ul.sides {
            @for statement in &finding.statements { (side(ask, finding, statement)) }
        }
        @if let Some(because) = &finding.because {
            div.because {
                p {
                    (ask.t("web-finding-because")) ": " strong { (amount::amount(ask, &because.amount)) }
                    " (" (i18n::date::due(ask.language, because.period)) ")"
                }
                @if let Some(first) = because.sources.first() { (source::full(ask, first)) }
            }
        }
    }
}

/// The calculation with its numbers: «17,66 + 4 = 21,66».
fn worked(ask: &Ask, finding: &FindingView) -> Markup {
    html! {
        @if !finding.worked.is_empty() {
            ul.worked {
                @for each in &finding.worked { li { (calculation(ask, finding, each)) } }
            }
            @if let [first, _] = &finding.worked[..] {
                p { strong { (ask.ta("web-finding-worked-twice", &[("quantity", clash::quantity(ask, &first.quantity).into())])) } }
            }
        }
    }
}

fn calculation(ask: &Ask, finding: &FindingView, of: &WorkedView) -> Markup {
    let gives = i18n::quantity(ask.language, of.gives, &of.quantity.unit);
    let can_give = clash::range(ask, of.can_give, &of.quantity.unit);
    let stated = of.stated.and_then(|index| finding.statements.get(index));
    html! {
        (clash::quantity(ask, &of.quantity)) " " (if of.at_most { "≤" } else { "=" }) " " (clash::words(ask, &of.formula, false)) br;
        @if !matches!(of.formula[..], [Piece::Quantity(..)]) {
            span.num { (if of.at_most { "≤ " } else { "= " }) (clash::words(ask, &of.formula, true)) } br;
        }
        strong.num { (if of.at_most { "≤ " } else { "= " }) (gives) }
        @if let Some(stated) = stated {
            ", " (ask.ta("web-finding-worked-but", &[("value", amount::text(ask, &stated.amount).into())]))
            @if let Some(paper) = stated.sources.first() { " " small { "(" (source::paper(ask, paper)) ")" } }
        }
        @if of.can_give.lower != of.can_give.upper {
            br; small.muted { (ask.ta("web-finding-worked-range", &[("range", can_give.into())])) }
        }
    }
}

/// What would settle it: which paper, of which day, which telling.
pub(crate) fn settle(ask: &Ask, finding: &FindingView) -> String {
    let code = finding.class.code();
    let paper = |statement: &StatementView| -> String {
        let Some(paper) = statement.sources.first() else {
            return amount::text(ask, &statement.amount);
        };
        let edition = statement
            .edition
            .and_then(|edition| result::edition(ask, edition));
        let told = source::paper(ask, paper);
        edition.map_or_else(|| told.clone(), |edition| format!("{told}, {edition}"))
    };
    let by_day = |statement: &&StatementView| statement.sources.first().and_then(|source| source.date);
    let latest = finding.statements.iter().max_by_key(by_day);
    let mut papers: Vec<String> = Vec::new();
    for statement in &finding.statements {
        let paper = paper(statement);
        if !papers.contains(&paper) {
            papers.push(paper);
        }
    }
    let period = latest
        .map(|latest| i18n::date::period(ask.language, latest.period))
        .unwrap_or_default();
    ask.ta(
        &format!("finding-{code}-by"),
        &[
            ("papers", papers.join("; ").into()),
            ("count", papers.len().into()),
            ("latest", latest.map(paper).unwrap_or_default().into()),
            ("period", period.into()),
        ],
    )
}

fn side(ask: &Ask, finding: &FindingView, statement: &StatementView) -> Markup {
    let first = finding.statements.first();
    let same_indicator = first.is_some_and(|first| first.indicator.code == statement.indicator.code);
    html! {
        li {
            p.big { (amount::amount(ask, &statement.amount)) }
            p.muted {
                // What is the same for all stands in the heading.
                @if finding.identity.is_some() || !same_indicator {
                    (names::indicator(ask, &statement.indicator)) " · "
                }
                (i18n::date::short_period(ask.language, statement.period))
                @if let Some(measure) = names::measure(ask, statement.measure) { " · " (measure) }
                @if statement.is_target { " · " (ask.t("finding-target")) }
                @if let Some(word) = statement.edition.and_then(|edition| result::edition(ask, edition)) { " · " (word) }
            }
            @for each in &statement.sources { (source::full(ask, each)) }
        }
    }
}

/// What a person said holds, by which paper.
pub(crate) fn settlement(ask: &Ask, settled: &SettlementView) -> Markup {
    html! {
        div.settlement {
            p { strong { (ask.t("web-finding-decision")) ": " } (settled.decision) }
            (source::full(ask, &settled.source))
            p { (names::act(ask, &settled.act)) }
            @if let Some(reopened) = &settled.reopened { p { (names::act(ask, reopened)) } }
        }
    }
}
