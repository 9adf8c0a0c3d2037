//! From the words around a number to its fields.

use crate::catalogue::Class;
use crate::item::{Item, What};
use crate::lexicon::mark;
use crate::meaning::{Around, Lead, Line, Meaning, against_plan, is_content, lead, pick};
use crate::number::Number;
use crate::period::Anchor;
use terms::{Kind, Measure, TimePeriod};

/// The document's own place.
pub(crate) const HOME: u16 = u16::MAX;

/// What the document has said so far.
#[derive(Debug, Clone, Default)]
pub(crate) struct Context {
    /// The document sets or presents a plan: figures without any sign are targets.
    pub(crate) plan: bool,
    /// What the document reports on, where its title or heading says so.
    pub(crate) report: Option<TimePeriod>,
    /// A period that a paragraph opened with, and that goes on.
    pub(crate) account: Option<TimePeriod>,
    /// Inside the «Recent news» of a page.
    pub(crate) teaser: bool,
    /// The period last named in the paragraph.
    pub(crate) period: Option<TimePeriod>,
    /// Several years that the paragraph names.
    pub(crate) years: Option<TimePeriod>,
    /// How the paragraph tells: the kind last settled by a word.
    pub(crate) kind: Option<Kind>,
    /// Asked for, until the list or paragraph ends.
    pub(crate) request: bool,
    /// The field of which the text speaks (`tourism`).
    pub(crate) field: Option<String>,
    pub(crate) place: Option<u16>,
    /// The figure before, with its concept, for «…, tăng 5%».
    pub(crate) last: Option<Meaning>,
}

/// Fields of one number, with the context brought up to date.
pub(crate) fn resolve(
    line: Line<'_>,
    around: Around,
    number: &Number,
    context: &mut Context,
    anchor: &Anchor,
) -> Meaning {
    let gap = line.gap(around);
    let tail = line.tail(around);
    let (mut lead_word, lead_at) = lead(line, around);
    let units = line.units;
    let code = units.get(number.unit).as_str();
    let percent = code == "%" || code == "pp";
    let mut unit = number.unit;

    // --- the counted noun
    let mut noun_at = None;
    if number.unit == 0 {
        let whole = (number.fraction == 1).then(|| Around {
            at: around.at + 1,
            to: (around.at + 10).min(line.items.len()),
            ..around
        });
        if let Some((around, offset)) = whole.and_then(|whole| Some((whole, noun(line, whole)?))) {
            noun_at = Some(around.at + 1 + offset);
            let item = &line.items[around.at + 1 + offset];
            if item.has(mark::NOUN) {
                unit = line.words.entry(item).noun;
            }
        } else if let Some(offset) = noun(line, around) {
            noun_at = Some(around.at + 1 + offset);
            let item = &tail[offset];
            if item.has(mark::NOUN) {
                unit = line.words.entry(item).noun;
            }
        }
    }
    let ratio = number.unit == 0
        && (tail.first().is_some_and(|item| item.has(mark::TIMES))
            && (lead_word != Lead::None || !tail[0].has(mark::NOUN)));
    if ratio {
        unit = units.find("time");
        noun_at = None;
    }

    let elided =
        number.unit == 0 && noun_at.is_none() && !ratio && elided(line, around, context.last.as_ref());
    if elided {
        unit = context.last.map_or(0, |last| last.unit);
    }

    // --- the subject: an alias before, an alias after, or what the figure before was of
    let before = gap
        .iter()
        .rev()
        .find(|item| item.has(mark::ALIAS) && usable(line, item, number));
    let content = gap
        .iter()
        .rev()
        .take_while(|item| before.is_none_or(|alias| alias.start != item.start))
        .filter(|item| is_content(item))
        .count();
    let after = tail
        .iter()
        .take(14)
        .take_while(|item| !matches!(item.what, What::Sign(b',' | b'(' | b')' | b':')))
        .find(|item| item.has(mark::ALIAS) && line.words.entry(item).concept != u16::MAX);
    let plan = percent && against_plan(line, around);
    let of_whole = percent && tail.first().is_some_and(|item| matches!(line.text(item), "of"));
    let share_word = lead_word == Lead::Share;

    // --- measure
    let bare_noun = percent
        && tail.first().is_some_and(|item| {
            (item.has(mark::NOUN | mark::ALIAS)
                || (item.entry == 0 && item.what == What::Word)
                || matches!(line.text(item), "số" | "tổng" | "dân số" | "of"))
                && !item.has(mark::AFTER | mark::COMPARE | mark::PLANWORD | mark::AGAINST)
        });
    let before_concept = before.map(|item| line.concept(item));
    let inherited = context
        .last
        .and_then(|last| last.concept)
        .filter(|_| around.follows || content == 0);
    let subject = before_concept.or_else(|| (content == 0).then_some(inherited).flatten());
    let rate_subject = |concept: Option<u16>| {
        concept.is_some_and(|concept| {
            let concept = line.catalogue.concept(concept);
            concept.indicators.iter().any(|code| {
                let indicator = &line.catalogue.indicators[usize::from(*code)];
                indicator.class == Class::Percent && !indicator.growth
            }) && !concept.indicators.iter().any(|code| {
                let indicator = &line.catalogue.indicators[usize::from(*code)];
                indicator.growth || indicator.class == Class::Money
            })
        })
    };
    let growth_subject = |concept: Option<u16>| {
        concept.is_some_and(|concept| {
            let concept = line.catalogue.concept(concept);
            concept
                .indicators
                .iter()
                .any(|code| line.catalogue.indicators[usize::from(*code)].growth)
        })
    };
    // `20 per cent more than`, `a rise of`, `3.51 points decline`
    let follow_change = tail
        .first()
        .filter(|item| item.has(mark::UP | mark::DOWN | mark::EXCEED) && !item.has(mark::TO));
    if percent && matches!(lead_word, Lead::None | Lead::Equal | Lead::Share | Lead::Remain) {
        if let Some(item) = follow_change {
            lead_word = if item.has(mark::EXCEED) && plan {
                Lead::Exceed
            } else if item.has(mark::DOWN) {
                Lead::Down
            } else {
                Lead::Up
            };
        }
    }
    let exceeds = gap
        .iter()
        .rev()
        .take(8)
        .any(|item| item.has(mark::EXCEED) && !item.has(mark::REMAIN))
        || follow_change.is_some_and(|item| item.has(mark::EXCEED));
    let mut measure = if ratio {
        Measure::Growth
    } else if percent {
        if plan && (exceeds || matches!(lead_word, Lead::Up | Lead::Down | Lead::Exceed)) {
            Measure::Change
        } else if plan {
            Measure::Share
        } else {
            match lead_word {
                Lead::Up | Lead::Down | Lead::Growth
                    if rate_subject(subject) && lead_word != Lead::Growth =>
                {
                    Measure::Change
                }
                Lead::Up | Lead::Down | Lead::Growth | Lead::Multiply if code != "pp" => Measure::Growth,
                Lead::Up | Lead::Down => Measure::Change,
                _ if growth_subject(subject) && !share_word && !of_whole && !gdp_share(line, tail) => {
                    Measure::Growth
                }
                Lead::Share => Measure::Share,
                _ if of_whole || bare_noun => Measure::Share,
                _ if gdp_share(line, tail) => Measure::Share,
                _ => Measure::Level,
            }
        }
    } else {
        match lead_word {
            Lead::Up | Lead::Down => Measure::Change,
            _ if number.signed != 0 => Measure::Change,
            _ => Measure::Level,
        }
    };
    if number.signed != 0 && percent && !plan && measure != Measure::Change {
        measure = Measure::Growth;
    }
    let down = lead_word == Lead::Down || number.low.mantissa < 0;

    // --- indicator
    let field = context.field.as_deref();
    let choose = |concept: u16, measure: Measure| pick(line, concept, number, unit, measure, down, field);
    let mut concept = None;
    let mut indicator = None;
    if let Some(at) = noun_at.filter(|_| measure != Measure::Change || before_concept.is_none()) {
        let item = &line.items[at];
        if item.has(mark::ALIAS) {
            concept = Some(line.concept(item));
            indicator = choose(line.concept(item), measure);
            // `40 doanh nghiệp thành lập mới` is one phrase; `318 doanh nghiệp` after `cấp đăng ký cho` takes what stands before.
        }
        if indicator.is_none() {
            if let Some(found) = before_concept {
                if let Some(code) = choose(found, measure).filter(|_| content == 0) {
                    indicator = Some(code);
                    concept = Some(found);
                }
            }
        }
        if indicator.is_none() {
            if let Some(item) = after {
                if let Some(code) = choose(line.concept(item), measure).filter(|_| line.concept(item) != 0) {
                    indicator = Some(code);
                    concept = Some(line.concept(item));
                }
            }
        }
        concept = concept.or(Some(0));
    } else {
        if let Some(found) = before_concept {
            concept = Some(found);
            indicator = choose(found, measure);
        } else if content == 0 {
            if let Some(found) = inherited {
                concept = Some(found);
                indicator = choose(found, measure);
            }
        }
        if percent && !plan {
            if let Some(item) = after {
                let found = line.concept(item);
                let text = line.text(item);
                let whole = matches!(text, "GRDP") || text.contains("kinh tế") || text.contains("econom");
                if (measure == Measure::Share || of_whole) && whole {
                    indicator = share_of_grdp(line, concept);
                } else if found == 0 && measure == Measure::Share {
                    indicator = None;
                } else if indicator.is_none() && before_concept.is_none() {
                    indicator = choose(found, measure);
                    concept = Some(found);
                }
            }
        }
        if concept.is_none() && content > 0 {
            concept = Some(0);
        }
        if concept.is_none() && percent && lead_word == Lead::Growth {
            indicator = line.catalogue.find("grdp.growth");
        }
        if indicator.is_none() && before_concept.is_none() && !percent && content > 0 {
            if let Some(item) = after {
                let found = line.concept(item);
                indicator = choose(found, measure);
                if indicator.is_some() {
                    concept = Some(found);
                }
            }
        }
    }
    if let Some(index) = indicator {
        let chosen = &line.catalogue.indicators[usize::from(index)];
        let name = chosen.code.as_str();
        if noun_at.is_some() || (number.unit == 0 && !ratio && chosen.class == Class::Count) {
            unit = chosen.unit;
        }
        let rate = chosen.class == Class::Percent && !chosen.growth;
        if name == "poverty.reduction" {
            measure = Measure::Change;
            unit = units.find("pp");
        } else if rate && measure == Measure::Growth && !ratio {
            measure = Measure::Change;
        }
        if rate && measure == Measure::Change && code == "%" && !plan {
            unit = units.find("pp");
        }
        if chosen.growth && percent && matches!(measure, Measure::Level) {
            measure = Measure::Growth;
        }
        if plan && name == "investment.public_disbursement_rate" {
            measure = Measure::Share;
        }
    }
    let mut per = number.per;
    if let Some(index) = indicator {
        let own = units
            .get(line.catalogue.indicators[usize::from(index)].unit)
            .as_str();
        if per == 0 && measure == Measure::Level {
            if let Some((_, denominator)) = own.split_once('/') {
                if matches!(code, "VND" | "USD") {
                    per = units.find(denominator);
                }
            }
        }
    }
    // Money that came in is a level even where the text says that it was added: `tăng thêm 2,5 tỷ USD`.
    if measure == Measure::Change
        && indicator.is_some_and(|index| matches!(line.catalogue.field(index), "fdi" | "investment"))
        && !percent
        && number.signed == 0
        && !down
    {
        measure = Measure::Level;
    }

    let negative = matches!(measure, Measure::Growth | Measure::Change)
        && lead_word == Lead::Down
        && number.low.mantissa > 0
        && indicator.is_none_or(|index| {
            line.catalogue.indicators[usize::from(index)].code.as_str() != "poverty.reduction"
        });
    let _ = lead_at;

    // --- field of the text
    for item in gap.iter().filter(|item| item.has(mark::ALIAS)) {
        set_field(line, item, context);
    }
    if let Some(index) = indicator {
        let field = line.catalogue.field(index);
        if context.field.as_deref() != Some(field) {
            context.field = Some(field.to_owned());
        }
    }

    let flow = indicator.map(|index| line.catalogue.indicators[usize::from(index)].flow);
    let kind = kind(
        line,
        around,
        context,
        measure,
        concept,
        before.is_some() || content > 0,
    );
    let yearly = (number.yearly
        || gap.iter().any(|item| item.has(mark::YEARRATE))
        || tail.iter().take(4).any(|item| item.has(mark::YEARRATE)))
        && (measure != Measure::Level || !code.starts_with("VND"));
    let state = !yearly
        && match flow {
            Some(flow) => !flow && matches!(measure, Measure::Level | Measure::Share),
            None => {
                matches!(measure, Measure::Level | Measure::Share)
                    && (percent
                        || kind == Kind::Target
                            && !plan_noun(units.get(unit).as_str())
                            && !units.get(unit).is_money())
            }
        };
    let period = period(line, around, context, anchor, yearly, state, kind);
    Meaning {
        unit,
        per,
        bound: crate::bound::bound(line.words, line.items, around.at, number.high.is_some()),
        measure,
        indicator,
        period,
        place: context.place,
        kind,
        negative,
        concept,
    }
}

/// A count whose noun is that of the figure before: `33 targets, of which 10 are economic`, `15 more`.
pub(crate) fn elided(line: Line<'_>, around: Around, last: Option<&Meaning>) -> bool {
    let Some(last) = last.filter(|_| around.follows) else {
        return false;
    };
    let unit = line.units.get(last.unit);
    if last.unit == 0 || unit.is_money() || unit.is_percentage() || unit.as_str() == "time" {
        return false;
    }
    line.tail(around).first().is_some_and(|next| {
        matches!(
            line.text(next),
            "are"
                | "is"
                | "were"
                | "was"
                | "at"
                | "have"
                | "had"
                | "more"
                | "others"
                | "came"
                | "come"
                | "of"
                | "for"
                | "in"
                | "with"
        )
    })
}

fn plan_noun(unit: &str) -> bool {
    matches!(
        unit,
        "target"
            | "task"
            | "breakthrough"
            | "solution"
            | "perspective"
            | "direction"
            | "group"
            | "pillar"
            | "scheme"
            | "objective"
            | "programme"
            | "principle"
            | "priority"
            | "content"
            | "field"
            | "resolution"
            | "project"
    )
}

pub(crate) fn set_field(line: Line<'_>, item: &Item, context: &mut Context) {
    let concept = line.catalogue.concept(line.concept(item));
    if concept.conditional {
        return;
    }
    let field = match (&concept.field, concept.indicators.first()) {
        (Some(field), _) => field.as_str(),
        (None, Some(index)) => line.catalogue.field(*index),
        (None, None) => return,
    };
    if context.field.as_deref() != Some(field) {
        context.field = Some(field.to_owned());
    }
}

/// An alias that can be the subject: not a mere field word, not the unit of money words.
fn usable(line: Line<'_>, item: &Item, _number: &Number) -> bool {
    let concept = line.catalogue.concept(line.concept(item));
    concept.field.is_none()
}

fn gdp_share(line: Line<'_>, tail: &[Item]) -> bool {
    let words = tail
        .iter()
        .take(3)
        .skip_while(|item| item.has(mark::STOP | mark::FUNC) && !item.has(mark::ALIAS));
    words
        .take(1)
        .any(|item| item.has(mark::ALIAS) && line.text(item) == "GRDP")
}

/// The part that a field has in the economy.
fn share_of_grdp(line: Line<'_>, concept: Option<u16>) -> Option<u16> {
    let concept = line.catalogue.concept(concept?);
    for index in &concept.indicators {
        let code = line.catalogue.indicators[usize::from(*index)].code.as_str();
        if code.starts_with("grdp.share_") || code == "investment.to_grdp" {
            return Some(*index);
        }
    }
    None
}

/// Where the counted noun stands after the number, as an offset into its tail.
fn noun(line: Line<'_>, around: Around) -> Option<usize> {
    let tail = line.tail(around);
    for (offset, item) in tail.iter().take(6).enumerate() {
        if matches!(item.what, What::Sign(b'"')) {
            continue;
        }
        if matches!(item.what, What::Number(_) | What::Period(_) | What::Sign(_)) {
            return None;
        }
        if item.has(mark::NOUN) && !(item.has(mark::FUNC) && offset > 0) {
            return Some(offset);
        }
        if item.has(mark::ALIAS) && offset == 0 {
            return Some(offset);
        }
        if item.has(mark::STOP | mark::COMPARE) {
            return None;
        }
    }
    None
}

/// A result, an estimate, a target or a request.
fn kind(
    line: Line<'_>,
    around: Around,
    context: &mut Context,
    measure: Measure,
    concept: Option<u16>,
    own: bool,
) -> Kind {
    let gap = line.gap(around);
    let mut found = None;
    for (back, item) in gap.iter().rev().enumerate() {
        if item.marks & (mark::ESTIMATE | mark::TARGET | mark::REQUEST | mark::ACTUAL) == 0 || back > 40 {
            continue;
        }
        // «chỉ tiêu», «mục tiêu» as the plan against which something is measured, or as a counted thing.
        let plan_only = item.has(mark::PLANWORD) && measure != Measure::Level && item.has(mark::TARGET);
        if item.has(mark::REQUEST) {
            found = Some(Kind::Request);
        } else if item.has(mark::ESTIMATE) {
            found = Some(Kind::Estimate);
        } else if item.has(mark::TARGET) && !plan_only && !item.has(mark::FUNC) {
            found = Some(Kind::Target);
        } else if item.has(mark::ACTUAL) && !item.has(mark::FUNC) {
            found = Some(Kind::Actual);
        } else {
            continue;
        }
        break;
    }
    let last = context.last.filter(|_| around.follows);
    match found {
        Some(Kind::Estimate) => Kind::Estimate,
        Some(kind) => {
            context.kind = Some(kind);
            kind
        }
        None => {
            if let Some(last) = last {
                let same = concept == last.concept && !own && measure != Measure::Level;
                if last.kind == Kind::Estimate && same {
                    return Kind::Estimate;
                }
                if last.kind != Kind::Estimate {
                    return last.kind;
                }
            }
            context
                .kind
                .unwrap_or(if context.plan { Kind::Target } else { Kind::Actual })
        }
    }
}

fn period(
    line: Line<'_>,
    around: Around,
    context: &mut Context,
    anchor: &Anchor,
    yearly: bool,
    state: bool,
    kind: Kind,
) -> Option<TimePeriod> {
    let named = |item: &Item| match item.what {
        What::Period(index) => line
            .periods
            .get(index as usize)
            .filter(|named| !named.compared)
            .map(|named| named.period),
        _ => None,
    };
    let after = line
        .tail(around)
        .iter()
        .take(8)
        .take_while(|item| {
            !matches!(item.what, What::Sign(b',' | b'(' | b')' | b':'))
                && !item.has(mark::AND | mark::ACTUAL | mark::WHOLE)
        })
        .find_map(named);
    for found in line.gap(around).iter().filter_map(named) {
        context.period = Some(found);
    }
    let before = line.gap(around).iter().rev().find_map(named);
    let mut period = after.or(before).or(context.period);
    if let Some(after) = after {
        context.period = Some(after);
    }
    if period.is_none() && context.teaser {
        return None;
    }
    let several = |period: &TimePeriod| matches!(period, TimePeriod::Span(terms::period::Simple::Year(_), _));
    if yearly && !period.as_ref().is_some_and(several) {
        if let Some(years) = context.years {
            return Some(years);
        }
        if let Some((from, to)) = anchor.term.filter(|_| kind == Kind::Target && period.is_none()) {
            return TimePeriod::years(from, to).ok();
        }
    }
    if period.is_none() {
        period = context.account.or(context.report);
    }
    if period.is_none() && kind == Kind::Target {
        period = anchor
            .term
            .and_then(|(from, to)| TimePeriod::years(from, to).ok());
    }
    if period.is_none() && state && kind != Kind::Request {
        period = anchor.date.map(|date| TimePeriod::Year(date.year()));
    }
    if state {
        if let Some(TimePeriod::Span(terms::period::Simple::Year(_), terms::period::Simple::Year(to))) =
            period
        {
            period = Some(TimePeriod::Year(to));
        }
    }
    period
}
