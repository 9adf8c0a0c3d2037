//! The last steps: when a number is, how it is told, and all that was found of it together.

use crate::bound::bound;
use crate::catalogue::Role;
use crate::item::{Item, What};
use crate::kind::Told;
use crate::lexicon::{mark, unit, word};
use crate::meaning::amend::Sense;
use crate::meaning::indicator::Choice;
use crate::meaning::lead::Lead;
use crate::meaning::plan::is_of_plan;
use crate::meaning::when::{Asked, when};
use crate::meaning::{Context, Meaning, Site};
use crate::period::Anchor;
use terms::period::Simple;
use terms::{Bound, Date, Kind, Measure, TimePeriod};

/// What a number means, when all but its period and its kind is known.
pub(super) fn settle(
    choice: &Choice<'_, '_>,
    sense: &Sense,
    per: u16,
    context: &mut Context,
    anchor: &Anchor,
) -> Meaning {
    let Choice {
        site,
        counted,
        subject,
        signs,
        ..
    } = choice;
    let Site {
        line,
        around,
        number,
        tail,
        ..
    } = **site;
    let reduction = sense.is(line, Role::PovertyReduction);
    let asked = asked(choice, sense, per, context);
    let period = when(site, context, anchor, asked);
    let period = of_its_nature(period, choice, sense, asked, context, anchor);
    let bracketed_length = sense.is(line, Role::RoadLength)
        && (signs.bracket || tail.first().is_some_and(|item| line.says(item, word::LONG)));
    let told = Told {
        line,
        around,
        number,
        measure: sense.measure,
        unit: sense.unit,
        indicator: sense.indicator,
        concept: sense.concept,
        own: subject.before.is_some() || subject.content > 0,
        part: subject.part,
        event: asked.event,
        period,
        spoken: context.period,
        at_least: tail.iter().take(4).any(|item| item.has(mark::AFTER)),
        date: anchor.date,
        last: context.last.filter(|_| around.follows),
    };
    let mut kind = context.telling.kind(&told);
    // What a project costs and how long it is, is told, also where the project itself is still a plan.
    if kind == Kind::Target && (bracketed_length || sense.is(line, Role::ProjectCost)) {
        kind = Kind::Actual;
    }
    let timeless = sense.is(line, Role::ProjectCost)
        || bracketed_length
        || (kind != Kind::Target
            && (sense.is(line, Role::RoadLength)
                || sense.is(line, Role::ClearedArea) && kind != Kind::Actual));
    let period = period.filter(|_| !timeless || site.percent || names_period(site));
    let went_on = context.last.filter(|_| around.follows);
    Meaning {
        unit: sense.unit,
        per,
        bound: if sense.measure == Measure::Change && signs.plan {
            Bound::Eq
        } else {
            bound(line.words, line.items, around.at, number.high.is_some())
        },
        measure: sense.measure,
        indicator: sense.indicator,
        period: moved(site, period, sense),
        place: context.place,
        kind,
        negative: matches!(sense.measure, Measure::Growth | Measure::Change)
            && signs.lead == Lead::Down
            && number.low.mantissa > 0
            && !reduction,
        reduces: reduction,
        counted: if number.unit == 0 && !counted.ratio && sense.unit != 0 {
            sense.unit
        } else {
            went_on.map_or(0, |last| last.counted)
        },
        named: subject
            .before
            .and_then(|alias| {
                line.items[..around.at]
                    .iter()
                    .rposition(|item| item.start == alias.start)
            })
            .or(went_on.map(|last| last.named))
            .unwrap_or(around.from),
        spent: sense.spent,
        concept: sense.concept.or(subject.inherited),
    }
}

/// What of the meaning decides the period.
fn asked(choice: &Choice<'_, '_>, sense: &Sense, per: u16, context: &Context) -> Asked {
    let site = choice.site;
    let line = site.line;
    let Sense {
        unit: counted,
        measure,
        indicator,
        ..
    } = *sense;
    let flow = indicator.map(|index| line.catalogue.indicator(index).flow);
    let cue = cue(site, measure);
    let guess = cue.unwrap_or_else(|| context.telling.guess());
    let every_year = site.number.yearly
        || site.before(mark::YEARRATE)
        || site.clause(4).any(|item| item.has(mark::YEARRATE));
    let yearly = every_year
        && (measure != Measure::Level || !site.money || flow == Some(true))
        && !by_year(site, measure);
    let plan_count = is_of_plan(line, counted, indicator);
    let state = !yearly
        && matches!(measure, Measure::Level | Measure::Share)
        && match flow {
            Some(flow) => !flow,
            None => {
                !plan_count
                    && !site.money
                    && !choice.signs.economy
                    && (site.percent || site.number.unit != 0 || guess != Kind::Actual)
            }
        };
    let sure = || {
        indicator.is_some()
            || site.percent
            || per != 0
            || line.units.is(site.number.unit, unit::EXTENT)
            || site.before(mark::ACTUAL)
                && site
                    .gap
                    .iter()
                    .any(|item| item.has(mark::ACTUAL) && line.says(item, word::STANDING))
    };
    let asks = context.telling.asks() || cue == Some(Kind::Request);
    let delegates = line.units.is(counted, unit::DELEGATE);
    Asked {
        yearly,
        state,
        sure_state: state && !asks && sure(),
        guess,
        plan_count,
        event: !site.percent && !site.money && (delegates || site.before(mark::EVENT)),
        delegates,
    }
}

/// Whether a level is of a year that its clause names: `By 2030 the arrivals should climb to 13 million a year`.
fn by_year(site: &Site<'_>, measure: Measure) -> bool {
    let line = site.line;
    line.words.lexicon.english
        && measure == Measure::Level
        && line.items[site.around.start..site.around.at]
            .iter()
            .any(|item| matches!(line.named(item), Some(TimePeriod::Year(_))))
}

/// The nearest word before the number that tells how it is meant.
fn cue(site: &Site<'_>, measure: Measure) -> Option<Kind> {
    let telling = mark::ESTIMATE | mark::TARGET | mark::REQUEST | mark::ACTUAL;
    if !site.before(telling) {
        return None;
    }
    // The plan against which something is measured is no sign of a target.
    let against = measure != Measure::Level || site.around.follows;
    site.gap.iter().rev().find_map(|item| {
        if item.has(mark::REQUEST) {
            Some(Kind::Request)
        } else if item.has(mark::ESTIMATE) {
            Some(Kind::Estimate)
        } else if item.has(mark::TARGET) && !(against && item.has(mark::PLANWORD)) {
            Some(Kind::Target)
        } else if item.has(mark::ACTUAL) {
            Some(Kind::Actual)
        } else {
            None
        }
    })
}

/// The period that follows from what is counted: members are those of the day, a plan is of its year.
fn of_its_nature(
    period: Option<TimePeriod>,
    choice: &Choice<'_, '_>,
    sense: &Sense,
    asked: Asked,
    context: &Context,
    anchor: &Anchor,
) -> Option<TimePeriod> {
    let line = choice.site.line;
    let members = sense.is(line, Role::PartyMembers) || line.units.is(sense.unit, unit::PARTY_BODY);
    let project = sense.is(line, Role::ProjectCost);
    let plan = sense.is(line, Role::PublicPlan);
    let index = sense.is(line, Role::Pci) || sense.is(line, Role::ParIndex);
    let actual = asked.guess == Kind::Actual;
    match (period, anchor.date) {
        // Members are those of the day, not of the term to come: `nhiệm kỳ 2025 - 2030, thay mặt 136.000 đảng viên`.
        (None, Some(date)) if members && actual => Some(TimePeriod::Year(date.year())),
        (Some(TimePeriod::Span(Simple::Year(_), Simple::Year(to))), Some(date))
            if members && to > date.year() && actual =>
        {
            Some(TimePeriod::Year(date.year()))
        }
        (Some(TimePeriod::Year(year)), Some(date)) if members && year > date.year() => {
            Some(TimePeriod::Year(date.year()))
        }
        (None, Some(date)) if plan && context.on_disbursement => Some(TimePeriod::Year(date.year())),
        // A plan is of its year: `đối chiếu với kế hoạch giao (9.477 tỷ đồng)` in an account of four months.
        (Some(period), _)
            if plan
                && !matches!(period, TimePeriod::Span(Simple::Year(_), _))
                && period.start().year() == period.end().year() =>
        {
            Some(TimePeriod::Year(period.start().year()))
        }
        // An index of provinces is told of in the year after its own.
        (None | Some(TimePeriod::Year(_)), Some(date)) if index && context.period.is_none() && actual => {
            Some(TimePeriod::Year(date.year() - 1))
        }
        // What is done at an event is of its day: `Ngày 30/7, … Dự Đại hội có 198 đại biểu`, told on the next.
        (Some(TimePeriod::Day(day)), Some(date)) if asked.event && day == date => {
            anchor.day.filter(|named| is_just_before(*named, date)).or(period)
        }
        // A project costs what it costs, whatever the document reports on.
        _ if project && context.period.is_none() => None,
        _ => period,
    }
}

/// Whether a day lies before another, in its month or the one before.
fn is_just_before(named: TimePeriod, date: Date) -> bool {
    matches!(
        named,
        TimePeriod::Day(day) if day < date && day.year() == date.year() && day.month() + 1 >= date.month()
    )
}

/// Whether the clause names a period: else a project's cost and length are of no year.
fn names_period(site: &Site<'_>) -> bool {
    let named = |item: &Item| matches!(item.what, What::Period(_));
    site.line.items[site.around.start..site.around.at]
        .iter()
        .any(named)
        || site.clause(6).any(named)
}

/// The year of a plan, and the year that is named by its distance: `to 5.35% at the end of 2018 from 6.7% a year earlier`.
fn moved(site: &Site<'_>, period: Option<TimePeriod>, sense: &Sense) -> Option<TimePeriod> {
    let named = |item: &Item| matches!(item.what, What::Period(_));
    match period {
        Some(spoken) if sense.of_plan && !site.tail.iter().take(4).any(named) => {
            Some(TimePeriod::Year(spoken.start().year()))
        }
        Some(TimePeriod::Year(year)) if sense.measure == Measure::Level => {
            Some(TimePeriod::Year(year + year_away(site).unwrap_or(0)))
        }
        _ => period,
    }
}

/// `from 6.7% a year earlier`: how many years away from the year named before.
fn year_away(site: &Site<'_>) -> Option<i16> {
    let line = site.line;
    let at = site
        .tail
        .iter()
        .take(3)
        .position(|item| line.says(item, word::A_YEAR))?;
    if line.says(&site.tail[at], word::EARLIER) {
        let from = site.gap.last().is_some_and(|item| item.has(mark::FROM));
        return from.then_some(-1);
    }
    let next = line.items.get(site.around.at + at + 2)?;
    line.says(next, word::LATER).then_some(1)
}
