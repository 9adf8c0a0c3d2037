//! From what was observed to series: the best edition of each value, and stretches within which a standard held.

use std::collections::BTreeMap;

use plan::{Edition, ObsStatus, Observation, OrgTree};
use terms::{Date, Decimal, Diagnostic, Place, RefArea};

use crate::Outcome;

/// Takes of each period the value of the latest edition (official before preliminary before estimate), in order of period.
/// Missing ones (`M`) are left out. The observations must be of one indicator, place, measure and price basis.
pub fn best_editions<'a>(
    observations: impl IntoIterator<Item = &'a Observation>,
) -> Vec<(&'a Observation, Outcome)> {
    let mut best: BTreeMap<terms::TimePeriod, &Observation> = BTreeMap::new();
    for observation in observations {
        if observation.status == ObsStatus::Missing {
            continue;
        }
        let kept = best.entry(observation.time_period).or_insert(observation);
        if kept.edition < observation.edition {
            *kept = observation;
        }
    }
    best.into_values()
        .map(|observation| {
            (
                observation,
                Outcome {
                    period: observation.time_period,
                    value: observation.obs_value,
                },
            )
        })
        .collect()
}

/// A stretch of a series within which one standard held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stretch {
    /// The first day of the standard; none for the first.
    pub from: Option<Date>,
    /// Its values, in order.
    pub outcomes: Vec<Outcome>,
}

/// A year of which two standards tell, so that they can be put side by side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bridge {
    /// The value by the older standard.
    pub old: Outcome,
    /// The value by the newer.
    pub new: Outcome,
}

/// Cuts a series at the days on which its standard changed. A value belongs to the standard that held on its last day, unless
/// `by_new` says that it was measured by the next one already; such a value beside one of the old standard is a bridge.
pub fn stretches(
    outcomes: &[Outcome],
    breaks: &[Date],
    by_new: impl Fn(&Outcome) -> bool,
) -> (Vec<Stretch>, Vec<Bridge>) {
    let mut days = breaks.to_vec();
    days.sort_unstable();
    days.dedup();
    let mut found: Vec<Stretch> = std::iter::once(None)
        .chain(days.iter().copied().map(Some))
        .map(|from| Stretch {
            from,
            outcomes: Vec::new(),
        })
        .collect();
    for outcome in outcomes {
        let own = days.iter().filter(|day| **day <= outcome.date()).count();
        let at = if by_new(outcome) {
            (own + 1).min(days.len())
        } else {
            own
        };
        found[at].outcomes.push(*outcome);
    }
    for stretch in &mut found {
        stretch.outcomes.sort_by_key(|outcome| outcome.period);
    }
    let mut bridges = Vec::new();
    for pair in found.windows(2) {
        for new in &pair[1].outcomes {
            if let Some(old) = pair[0].outcomes.iter().find(|old| old.period == new.period) {
                bridges.push(Bridge { old: *old, new: *new });
            }
        }
    }
    found.retain(|stretch| !stretch.outcomes.is_empty());
    (found, bridges)
}

/// An observation with the row that it stood in.
#[derive(Debug, Clone, Copy)]
pub struct Row<'a> {
    /// From 1, heading included.
    pub row: u32,
    /// What stood there.
    pub observation: &'a Observation,
}

/// Finds what must not be loaded: `unit-not-there`, a value of a unit that did not exist at any time of its period, and
/// `value-twice`, two different values of one cell and edition. Each with its row; places without a code are not asked for.
pub fn check(file: &str, rows: &[Row<'_>], tree: &OrgTree) -> Vec<Diagnostic> {
    type Cell<'a> = (
        &'a terms::IndicatorCode,
        &'a RefArea,
        terms::TimePeriod,
        terms::Measure,
        Edition,
        String,
    );
    let mut faults = Vec::new();
    let mut cells: BTreeMap<Cell<'_>, (u32, Decimal)> = BTreeMap::new();
    for Row { row, observation } in rows {
        let (area, period) = (&observation.ref_area, observation.time_period);
        let there = tree
            .find(area, period.end())
            .or_else(|| tree.find(area, period.start()))
            .is_some();
        if area.level() != terms::AreaLevel::Named && !there {
            let place = Place::file(file).row(*row).column("place");
            let known = !tree.all_with_code(area).is_empty();
            let code = if known { "unit-not-there" } else { "unknown-unit" };
            faults.push(
                Diagnostic::error(code, place)
                    .with("unit", area)
                    .with("period", period),
            );
        }
        let basis = format!("{:?} {:?}", observation.price_basis, observation.scope);
        let cell = (
            &observation.indicator,
            area,
            period,
            observation.measure,
            observation.edition,
            basis,
        );
        match cells.get(&cell) {
            Some((first, value)) if *value != observation.obs_value => {
                let place = Place::file(file).row(*row).column("value");
                faults.push(
                    Diagnostic::error("value-twice", place)
                        .with("other_row", first)
                        .with("found", observation.obs_value)
                        .with("other", value),
                );
            }
            Some(_) => {}
            None => {
                cells.insert(cell, (*row, observation.obs_value));
            }
        }
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;
    use plan::org_tree::Tables;
    use terms::{Bound, Measure};

    fn observation(area: &str, period: &str, edition: Edition, value: i64) -> Observation {
        Observation {
            indicator: "poverty.rate".parse().unwrap(),
            ref_area: RefArea::new(area),
            time_period: period.parse().unwrap(),
            measure: Measure::Level,
            edition,
            status: ObsStatus::Normal,
            obs_value: Decimal::from(value),
            upper: None,
            bound: Bound::Eq,
            price_basis: None,
            scope: None,
        }
    }

    fn outcome(period: &str, value: i64) -> Outcome {
        Outcome {
            period: period.parse().unwrap(),
            value: Decimal::from(value),
        }
    }

    #[test]
    fn the_latest_edition_of_each_period_counts() {
        let all = [
            observation("VN-11", "2025", Edition::Estimate, 5),
            observation("VN-11", "2024", Edition::Official, 7),
            observation("VN-11", "2025", Edition::Official, 6),
            observation("VN-11", "2025", Edition::Preliminary, 4),
        ];
        let outcomes: Vec<Outcome> = best_editions(&all)
            .into_iter()
            .map(|(_, outcome)| outcome)
            .collect();
        assert_eq!(outcomes, [outcome("2024", 7), outcome("2025", 6)]);
    }

    /// Decree 351/2025: the poverty standard changes on 1 January 2027; 2026 measured by both is the bridge.
    #[test]
    fn a_series_is_cut_where_its_standard_changed_and_bridged_where_both_tell() {
        let series = [
            outcome("2025", 18),
            outcome("2026", 15),
            outcome("2026", 24),
            outcome("2027", 22),
        ];
        let day = ["2027-01-01".parse().unwrap()];
        let (found, bridges) = stretches(&series, &day, |outcome| outcome.value == Decimal::from(24));
        assert_eq!(found.len(), 2);
        assert_eq!(found[1].outcomes, [outcome("2026", 24), outcome("2027", 22)]);
        assert_eq!(
            bridges,
            [Bridge {
                old: outcome("2026", 15),
                new: outcome("2026", 24)
            }]
        );
    }

    #[test]
    fn a_unit_that_was_not_there_and_a_second_value_are_found_with_their_rows() {
        let tree = Tables {
            units: "code,parent,level,name_vi,name_en,type,valid_from,valid_to,area_km2\nVN-11,,p,A,A,tỉnh,,,\nVN-11-03158,VN-11,c,A,A,xã,2025-07-01,,\n",
            successions: "predecessor,successor,date,share\n",
            changes: "code,date,field,old,new\n",
        }
        .read()
        .unwrap();
        let all = [
            observation("VN-11-03158", "2024", Edition::Official, 1),
            observation("VN-11", "2024", Edition::Official, 1),
            observation("VN-11", "2024", Edition::Official, 2),
            observation("VN-99", "2024", Edition::Official, 2),
            observation("VN-11-03158", "2025", Edition::Official, 2),
        ];
        let rows: Vec<Row<'_>> = (2..)
            .zip(&all)
            .map(|(row, observation)| Row { row, observation })
            .collect();
        let found: Vec<_> = check("o.csv", &rows, &tree)
            .iter()
            .map(|fault| (fault.code, fault.place.row))
            .collect();
        assert_eq!(
            found,
            [
                ("unit-not-there", Some(2)),
                ("value-twice", Some(4)),
                ("unknown-unit", Some(5))
            ]
        );
    }
}
