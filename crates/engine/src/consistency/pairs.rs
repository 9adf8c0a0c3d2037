//! Two statements of one indicator and place, held against each other.

use terms::{Bound, Decimal, Kind, Measure, TimePeriod};

use super::{Class, Finding, Kinship, Statement};

/// Compares the members of one group; with a document, only pairs of which one is its own.
pub(super) fn within(
    all: &[Statement],
    members: &[usize],
    kinship: &Kinship,
    document: Option<u32>,
    findings: &mut Vec<Finding>,
) {
    let mut order = members.to_vec();
    order.sort_by(|a, b| {
        let key = |index: usize| {
            (
                all[index].measure,
                all[index].period,
                all[index].date,
                all[index].documents.first().copied(),
            )
        };
        key(*a).cmp(&key(*b))
    });
    for same in order.chunk_by(|a, b| (all[*a].measure, all[*a].period) == (all[*b].measure, all[*b].period))
    {
        let told: Vec<usize> = same
            .iter()
            .copied()
            .filter(|index| all[*index].is_told())
            .collect();
        if told.len() < 2 {
            continue;
        }
        // Only statements that say something new: the same number once more adds no finding.
        let mut distinct: Vec<usize> = Vec::new();
        for index in told {
            if !distinct
                .iter()
                .any(|known| says_the_same(&all[*known], &all[index]))
            {
                distinct.push(index);
            }
        }
        for (position, first) in distinct.iter().enumerate() {
            for second in &distinct[position + 1..] {
                if document.is_some_and(|own| !all[*first].is_in(own) && !all[*second].is_in(own)) {
                    continue;
                }
                if let Some(class) = disagreement(&all[*first], &all[*second]) {
                    let mut finding = Finding::new(class, vec![*first, *second], all);
                    let target = same.iter().copied().find(|index| {
                        let target = &all[*index];
                        target.kind == Kind::Target
                            && [first, second]
                                .iter()
                                .any(|told| target.value == all[**told].value)
                    });
                    if let Some(target) = target
                        && !matches!(class, Class::Rounding | Class::OtherScope | Class::OtherBasis)
                    {
                        finding.class = Class::OtherKind;
                        finding.because = Some(target);
                    }
                    findings.push(finding);
                }
            }
        }
    }
    spans(all, &order, kinship, document, findings);
    plans(all, &order, document, findings);
}

fn says_the_same(a: &Statement, b: &Statement) -> bool {
    a.value == b.value
        && a.upper == b.upper
        && a.bound == b.bound
        && a.price_basis == b.price_basis
        && a.scope == b.scope
}

/// Why two statements of the same thing and time cannot both be right as they stand; none where they agree.
fn disagreement(a: &Statement, b: &Statement) -> Option<Class> {
    let (said_a, said_b) = (a.allowed(), b.allowed());
    if said_a.agrees(said_b) {
        return None;
    }
    if let (Some(basis_a), Some(basis_b)) = (a.price_basis, b.price_basis)
        && basis_a != basis_b
    {
        // Both say in whose prices: two series, each right, and easily taken for each other.
        return Some(Class::OtherBasis);
    }
    if a.price_matters
        && b.price_matters
        && (a.price_basis.is_none() || b.price_basis.is_none())
        && far_apart(a.value, b.value)
    {
        return Some(Class::OtherBasis);
    }
    let exact = |statement: &Statement| statement.bound == Bound::Eq && statement.upper.is_none();
    if exact(a) && exact(b) && a.step != b.step && (a.value - b.value).abs() <= a.step.max(b.step) {
        return Some(Class::Rounding);
    }
    if a.scope != b.scope {
        return Some(Class::OtherScope);
    }
    if a.shares_paper(b) && apart(a, b) {
        // One paper that gives two numbers far from each other for one thing speaks of a whole and of a part.
        return Some(Class::OtherScope);
    }
    if a.measure == Measure::Share && !a.own_value {
        // Parts of two wholes: of the centre's estimate and of the council's.
        return Some(Class::OtherScope);
    }
    if a.edition != b.edition || a.kind != b.kind {
        return Some(Class::OtherEdition);
    }
    // Two papers of different days on the same time: the later one may know more, unless both are final.
    let both_final = matches!(
        (a.edition, b.edition),
        (Some(plan::Edition::Official), Some(plan::Edition::Official))
    );
    if !a.shares_paper(b)
        && a.date != b.date
        && !both_final
        && (a.kind == Kind::Estimate || b.kind == Kind::Estimate || is_open(a) || is_open(b))
    {
        return Some(Class::OtherEdition);
    }
    Some(Class::TrueConflict)
}

/// Whether the paper is older than the end of the time it speaks of: it could not know it.
fn is_open(statement: &Statement) -> bool {
    statement.date.is_some_and(|date| date <= statement.period.end())
}

/// Whether what two statements allow lies further apart than a misprint or another edition would bring about.
fn apart(a: &Statement, b: &Statement) -> bool {
    let (a, b) = (a.value.abs(), b.value.abs());
    Decimal::new(125, 2) * a.min(b) <= a.max(b)
}

/// Constant and current prices lie further apart than editions do: base years are 2010 and 2020.
fn far_apart(a: Decimal, b: Decimal) -> bool {
    let (low, high) = (a.abs().min(b.abs()), a.abs().max(b.abs()));
    !low.is_zero() && Decimal::new(125, 2) * low <= high && high <= Decimal::from(4) * low
}

/// A flow over several years beside one of its years: alike in words, another span. One note a span, with its last year.
fn spans(
    all: &[Statement],
    order: &[usize],
    kinship: &Kinship,
    document: Option<u32>,
    findings: &mut Vec<Finding>,
) {
    let Some(first) = order.first() else { return };
    if !kinship.flows.contains(&all[*first].indicator) {
        return;
    }
    let is_year = |period: TimePeriod| matches!(period, TimePeriod::Year(_));
    for span in order
        .iter()
        .copied()
        .filter(|index| all[*index].is_told() && all[*index].period.days() > 731)
    {
        let (whole, allowed) = (&all[span], all[span].allowed());
        let within = order.iter().copied().filter(|index| {
            let part = &all[*index];
            part.is_told()
                && is_year(part.period)
                && part.measure == whole.measure
                && whole.period.contains(part.period)
        });
        let Some(year) = within.max_by_key(|index| all[*index].period) else {
            continue;
        };
        let part = &all[year];
        let own = |index: usize| document.is_none_or(|own| all[index].is_in(own));
        if !(own(span) || own(year)) || part.price_basis != whole.price_basis {
            continue;
        }
        let upper = allowed.upper.map_or(Decimal::MAX, |end| end.value);
        let class = if part.scope != whole.scope {
            // A part of something else: neither a sum nor a share of it.
            Class::OtherScope
        } else if upper < part.allowed().lower.map_or(Decimal::MIN, |end| end.value) {
            // One year is more than all years together.
            Class::BrokenArithmetic
        } else {
            Class::OtherPeriod
        };
        findings.push(Finding::new(class, vec![year, span], all));
    }
}

/// Counts of a plan's own parts (targets, tasks) differ from plan to plan: other documents, not other numbers.
fn plans(all: &[Statement], order: &[usize], document: Option<u32>, findings: &mut Vec<Finding>) {
    let counts: Vec<usize> = order
        .iter()
        .copied()
        .filter(|index| all[*index].indicator.as_str().starts_with("plan."))
        .collect();
    for (position, first) in counts.iter().enumerate() {
        for (ahead, second) in counts[position + 1..].iter().enumerate() {
            let (a, b) = (&all[*first], &all[*second]);
            let own = document.is_none_or(|own| a.is_in(own) || b.is_in(own));
            let repeated = |one: usize, before: &[usize]| {
                before.iter().any(|known| {
                    says_the_same(&all[*known], &all[one]) && all[*known].period == all[one].period
                })
            };
            let second_at = position + 1 + ahead;
            let repeated = repeated(*first, &counts[..position]) || repeated(*second, &counts[..second_at]);
            if own
                && !repeated
                && a.value != b.value
                && a.measure == b.measure
                && a.period.contains(b.period) | b.period.contains(a.period)
            {
                findings.push(Finding::new(Class::OtherScope, vec![*first, *second], all));
            }
        }
    }
}

/// An indicator beside a wider one of the same time: often taken for each other.
pub(super) fn wider(all: &[Statement], narrow: &[u32], wide: &[u32], findings: &mut Vec<Finding>) {
    for small in narrow {
        for large in wide {
            let (a, b) = (&all[*small as usize], &all[*large as usize]);
            if a.period == b.period
                && a.measure == b.measure
                && !a.allowed().agrees(b.allowed())
                && a.price_basis == b.price_basis.or(a.price_basis)
            {
                let class = if b.value < a.value && a.is_told() && b.is_told() {
                    Class::BrokenArithmetic
                } else {
                    Class::OtherScope
                };
                findings.push(Finding::new(class, vec![*small as usize, *large as usize], all));
            }
        }
    }
    // One note a period is enough.
    let mut seen = std::collections::HashSet::new();
    findings.retain(|finding| {
        finding.class != Class::OtherScope
            || finding.statements.len() != 2
            || all[finding.statements[0]].indicator == all[finding.statements[1]].indicator
            || seen.insert((
                all[finding.statements[0]].indicator.clone(),
                all[finding.statements[0]].place.clone(),
                all[finding.statements[0]].period,
            ))
    });
}
