//! How a number came about: down to what was reported.
//!
//! A value is, in this order: what was reported for the unit itself; what its formula makes of others; what its own reports
//! of shorter periods come to where they cover the whole period; for a unit that was not there yet, what its predecessors
//! come to; what the units below it come to, with how many of them are known; what its own shorter periods come to in part.
//! Of several years, the years come before the units below.

use plan::catalogue::{Aggregation, Catalogue, OverTime};
use plan::{OrgTree, UnitNumber};
use terms::{Date, Decimal, IndicatorCode, RefArea, TimePeriod};

use crate::exact::{add, div, mul};
use crate::formula::{Formulas, Stop, evaluate};
use crate::over_time::{Way, compose, grid, taken_from};
use crate::rebase::Rebasing;

/// How deep an explanation goes; deeper only a formula that looks back year after year would.
pub(crate) const DEEPEST: usize = 12;

/// Gives what was reported of an indicator for a unit in a period, with a key by which the asker knows the report.
pub type Reports<'a> = &'a dyn Fn(&IndicatorCode, &RefArea, TimePeriod) -> Option<(Decimal, u64)>;

/// What an explanation is made from.
#[derive(Clone, Copy)]
pub struct Ground<'a> {
    /// Indicators and their rules.
    pub catalogue: &'a Catalogue,
    /// Their checked formulas.
    pub formulas: &'a Formulas,
    /// Units through time.
    pub tree: &'a OrgTree,
    /// What was reported.
    pub reports: Reports<'a>,
}

/// A value with how it came about.
#[derive(Debug, Clone, PartialEq)]
pub struct Explained {
    /// Of what.
    pub indicator: IndicatorCode,
    /// Of whom.
    pub unit: RefArea,
    /// When.
    pub period: TimePeriod,
    /// The value; none where it is not known.
    pub value: Option<Decimal>,
    /// How it came about.
    pub how: How,
}

/// How a value came about.
#[derive(Debug, Clone, PartialEq)]
pub enum How {
    /// It was reported so.
    Reported {
        /// The report, by the asker's key.
        key: u64,
    },
    /// A formula made it.
    Made {
        /// The values that the formula names, in its order.
        inputs: Vec<Explained>,
        /// Why there is no value, where all inputs are known: division by zero, or too many digits.
        stop: Option<Stop>,
    },
    /// The units that became this one came to it.
    Rebased {
        /// What each brings.
        parts: Vec<Explained>,
        /// Whether a part was apportioned by a share.
        estimated: bool,
    },
    /// Its own shorter periods come to it.
    OverTime {
        /// Those that count, in order of time.
        parts: Vec<Explained>,
        /// How they became one.
        way: Way,
        /// Months (or years) that are covered.
        known: u32,
        /// Of how many.
        of: u32,
        /// Whether these are years.
        in_years: bool,
        /// The first day of a changed standard across which nothing is put together.
        broken: Option<Date>,
    },
    /// The units below come to it: their sum, their mean by a weight, the greatest of them, or the one told last.
    RolledUp {
        /// Those that are known; each weight follows its value.
        parts: Vec<Explained>,
        /// How many units are known.
        known: usize,
        /// Of how many.
        of: usize,
        /// The weight, where it is a mean.
        weight: Option<IndicatorCode>,
    },
    /// Nothing is known.
    Unknown,
}

impl Explained {
    /// Whether every unit that the value rests on is known.
    pub fn is_complete(&self) -> bool {
        let all = |parts: &[Explained]| parts.iter().all(Explained::is_complete);
        match &self.how {
            How::Reported { .. } => true,
            How::Made { inputs, stop } => stop.is_none() && all(inputs),
            How::Rebased { parts, .. } => all(parts),
            How::OverTime {
                parts,
                known,
                of,
                broken,
                ..
            } => known == of && broken.is_none() && all(parts),
            How::RolledUp { parts, known, of, .. } => known == of && all(parts),
            How::Unknown => false,
        }
    }

    /// The keys of all reports that it rests on, each once, in order.
    pub fn reports(&self) -> Vec<u64> {
        let mut keys = Vec::new();
        self.gather(&mut keys);
        keys.sort_unstable();
        keys.dedup();
        keys
    }

    fn gather(&self, keys: &mut Vec<u64>) {
        match &self.how {
            How::Reported { key } => keys.push(*key),
            How::Made { inputs: parts, .. }
            | How::Rebased { parts, .. }
            | How::OverTime { parts, .. }
            | How::RolledUp { parts, .. } => {
                for part in parts {
                    part.gather(keys);
                }
            }
            How::Unknown => {}
        }
    }
}

/// Explains a value. O(reports that it rests on).
pub fn explain(
    ground: Ground<'_>,
    indicator: &IndicatorCode,
    unit: &RefArea,
    period: TimePeriod,
) -> Explained {
    at_depth(ground, indicator, unit, period, 0)
}

fn at_depth(
    ground: Ground<'_>,
    indicator: &IndicatorCode,
    unit: &RefArea,
    period: TimePeriod,
    depth: usize,
) -> Explained {
    let told = |value, how| Explained {
        indicator: indicator.clone(),
        unit: unit.clone(),
        period,
        value,
        how,
    };
    if let Some((value, key)) = (ground.reports)(indicator, unit, period) {
        return told(Some(value), How::Reported { key });
    }
    if DEEPEST <= depth {
        return told(None, How::Unknown);
    }
    let made = made(ground, indicator, unit, period, depth);
    if let Some((value @ Some(_), how)) = made {
        return told(value, how);
    }
    let own = over_time(ground, indicator, unit, period, depth);
    let own = match own {
        Some((
            value @ Some(_),
            how @ How::OverTime {
                known, of, in_years, ..
            },
        )) if known == of || in_years => {
            return told(value, how);
        }
        own => own,
    };
    let others = rebased(ground, indicator, unit, period, depth)
        .or_else(|| rolled_up(ground, indicator, unit, period, depth));
    // What has a value first; a formula that lacks one says more than «unknown».
    let mut found = [others, own, made].into_iter().flatten().collect::<Vec<_>>();
    let at = found.iter().position(|(value, _)| value.is_some()).unwrap_or(0);
    if found.is_empty() {
        return told(None, How::Unknown);
    }
    let (value, how) = found.swap_remove(at);
    told(value, how)
}

type Told = (Option<Decimal>, How);

fn made(
    ground: Ground<'_>,
    indicator: &IndicatorCode,
    unit: &RefArea,
    period: TimePeriod,
    depth: usize,
) -> Option<Told> {
    let expression = ground.formulas.get(indicator)?;
    let inputs = std::cell::RefCell::new(Vec::new());
    let lookup = |code: &IndicatorCode, period: TimePeriod| {
        let input = at_depth(ground, code, unit, period, depth + 1);
        // What 41 of 45 communes come to must not be divided by what all of them come to.
        let value = input.value.filter(|_| input.is_complete());
        inputs.borrow_mut().push(input);
        value
    };
    let result = evaluate(expression, period, &lookup);
    let inputs = inputs.into_inner();
    let (value, stop) = match result {
        Ok(evaluated) => (Some(evaluated.value), None),
        Err(Stop::Missing(_)) => (None, None),
        Err(stop) => (None, Some(stop)),
    };
    inputs
        .iter()
        .any(|input| input.how != How::Unknown)
        .then_some((value, How::Made { inputs, stop }))
}

/// The unit's own shorter periods: of a year what was reported for its parts, of several years what each year comes to.
fn over_time(
    ground: Ground<'_>,
    indicator: &IndicatorCode,
    unit: &RefArea,
    period: TimePeriod,
    depth: usize,
) -> Option<Told> {
    let entry = ground.catalogue.get(indicator)?;
    if !entry.over_time.adds_periods() {
        return None;
    }
    let grid = grid(period)?;
    let reported = |period: TimePeriod| {
        (ground.reports)(indicator, unit, period).map(|(value, key)| Explained {
            indicator: indicator.clone(),
            unit: unit.clone(),
            period,
            value: Some(value),
            how: How::Reported { key },
        })
    };
    let mut steps: Vec<Option<Explained>> = grid
        .steps
        .iter()
        .map(|step| {
            if grid.in_years {
                let year = at_depth(ground, indicator, unit, step.period, depth + 1);
                year.value.is_some().then_some(year)
            } else {
                reported(step.period)
            }
        })
        .collect();
    let values: Vec<Option<Decimal>> = steps
        .iter()
        .map(|step| step.as_ref().and_then(|step| step.value))
        .collect();
    let breaks: Vec<Date> = entry.breaks.iter().map(|day| day.date).collect();
    let composed = compose(entry.over_time, period, &grid, &values, &breaks);
    let is_whole = composed
        .as_ref()
        .is_some_and(|composed| composed.known == composed.of);
    if entry.over_time == OverTime::Sum
        && !is_whole
        && let Some(both) = grid.difference
        && let Some((whole, before)) = reported(both.0).zip(reported(both.1))
        && let Some(value) = taken_from(whole.value?, before.value?, both, &breaks)
    {
        let how = How::OverTime {
            parts: vec![whole, before],
            way: Way::Difference,
            known: grid.of,
            of: grid.of,
            in_years: false,
            broken: None,
        };
        return Some((Some(value), how));
    }
    let composed = composed?;
    let how = How::OverTime {
        parts: composed
            .parts
            .iter()
            .filter_map(|part| steps[*part].take())
            .collect(),
        way: composed.way,
        known: composed.known,
        of: composed.of,
        in_years: composed.in_years,
        broken: composed.broken,
    };
    Some((composed.value, how))
}

/// The predecessors of a unit that was not there in the period, for figures that add up.
fn rebased(
    ground: Ground<'_>,
    indicator: &IndicatorCode,
    unit: &RefArea,
    period: TimePeriod,
    depth: usize,
) -> Option<Told> {
    let entry = ground.catalogue.get(indicator)?;
    let tree = ground.tree;
    if entry.aggregation != Aggregation::Sum || tree.find(unit, period.end()).is_some() {
        return None;
    }
    let later = tree.all_with_code(unit).iter().copied().find(|number| {
        tree.unit(*number)
            .valid_from
            .is_some_and(|from| period.end() < from)
    })?;
    let sources: Vec<UnitNumber> = tree.earlier(later).iter().map(|link| link.unit).collect();
    let to = tree.unit(later).valid_from?;
    let parts: Vec<Explained> = sources
        .iter()
        .map(|source| at_depth(ground, indicator, &tree.unit(*source).code, period, depth + 1))
        .collect();
    if parts.iter().all(|part| part.value.is_none()) {
        return None;
    }
    let value_of = |number: UnitNumber| {
        let at = sources.iter().position(|source| *source == number)?;
        parts[at].value
    };
    let rebasing = Rebasing::between(tree, &sources, period.end(), to);
    let rebased = rebasing.additive(&value_of, None).ok()?;
    let own = rebased.into_iter().find(|rebased| rebased.unit == later)?;
    Some((
        own.value,
        How::Rebased {
            parts,
            estimated: own.estimated,
        },
    ))
}

/// The units right below, for sums, weighted means, greatest and last values; none where nothing is known of any.
///
/// «Last» is a thing told once for all by whichever unit: the latest report counts.
fn rolled_up(
    ground: Ground<'_>,
    indicator: &IndicatorCode,
    unit: &RefArea,
    period: TimePeriod,
    depth: usize,
) -> Option<Told> {
    let aggregation = &ground.catalogue.get(indicator)?.aggregation;
    let weight = match aggregation {
        Aggregation::Sum | Aggregation::Max | Aggregation::Last => None,
        Aggregation::WeightedMean { weight } => Some(weight.clone()),
        _ => return None,
    };
    let below = ground.tree.children(unit, period.end());
    let (mut parts, mut known) = (Vec::new(), 0);
    let (mut sum, mut weights, mut newest) = (Decimal::ZERO, Decimal::ZERO, None);
    for number in &below {
        let code = &ground.tree.unit(*number).code;
        let part = at_depth(ground, indicator, code, period, depth + 1);
        let Some(value) = part.value else { continue };
        match &weight {
            None if *aggregation == Aggregation::Max => {
                sum = if known == 0 { value } else { sum.max(value) };
            }
            None if *aggregation == Aggregation::Last => {
                let told = part.reports().last().copied();
                if newest <= told {
                    (sum, newest) = (value, told);
                }
            }
            None => sum = add(sum, value).ok()?,
            Some(by) => {
                let by = at_depth(ground, by, code, period, depth + 1);
                let Some(weighs) = by.value.filter(|weighs| !weighs.is_sign_negative()) else {
                    continue;
                };
                sum = add(sum, mul(value, weighs).ok()?).ok()?;
                weights = add(weights, weighs).ok()?;
                parts.push(part.clone());
                parts.push(by);
                known += 1;
                continue;
            }
        }
        parts.push(part);
        known += 1;
    }
    let value = match &weight {
        _ if known == 0 => return None,
        None => Some(sum),
        Some(_) if weights.is_zero() => None,
        Some(_) => div(sum, weights).ok(),
    };
    Some((
        value,
        How::RolledUp {
            parts,
            known,
            of: below.len(),
            weight,
        },
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use plan::catalogue::CatalogueTables;
    use plan::org_tree::Tables;

    fn d(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    fn told(reports: &[(&str, &str, &str, &str)], indicator: &str, unit: &str, period: &str) -> Explained {
        let catalogue = CatalogueTables {
            indicators: "code,name_vi,name_en,unit,better,aggregation,over_time,numerator,denominator,weight\n\
                         poor.rate,A,A,%,down,ratio,none,poor.all,house.all,\npoor.all,A,A,household,,sum,last,,,\n\
                         house.all,A,A,household,,sum,last,,,\nincome.mean,A,A,VND/household,,weighted_mean,none,,,house.all\n\
                         hill.top,A,A,m,,max,none,,,\n",
            breaks: "indicator,date,old_vi,new_vi,old_en,new_en,source\n",
        }
        .read()
        .unwrap();
        let tree = Tables {
            units: "code,parent,level,name_vi,name_en,type,valid_from,valid_to,area_km2\nP,,p,P,P,tỉnh,,,\nA,P,c,A,A,xã,,2025-06-30,\n\
                    B,P,c,B,B,xã,,2025-06-30,\nX,P,c,X,X,xã,2025-07-01,,\nY,P,c,Y,Y,xã,2025-07-01,,\n",
            successions: "predecessor,successor,date,share\nA,X,2025-07-01,1\nB,X,2025-07-01,1\n",
            changes: "code,date,field,old,new\n",
        }
        .read()
        .unwrap();
        let formulas = Formulas::of(&catalogue).unwrap();
        let reports = |code: &IndicatorCode, unit: &RefArea, period: TimePeriod| {
            let at = reports.iter().position(|(indicator, of, when, _)| {
                *indicator == code.as_str() && *of == unit.as_str() && *when == period.to_string()
            })?;
            Some((d(reports[at].3), at as u64))
        };
        let ground = Ground {
            catalogue: &catalogue,
            formulas: &formulas,
            tree: &tree,
            reports: &reports,
        };
        explain(
            ground,
            &indicator.parse().unwrap(),
            &RefArea::new(unit),
            period.parse().unwrap(),
        )
    }

    /// 10 of 100 and 90 of 300 households: the province's rate is 25%, made from four reports.
    #[test]
    fn a_rate_goes_down_to_the_reports_of_the_communes() {
        let reports = [
            ("poor.all", "X", "2026", "10"),
            ("house.all", "X", "2026", "100"),
            ("poor.all", "Y", "2026", "90"),
            ("house.all", "Y", "2026", "300"),
        ];
        let rate = told(&reports, "poor.rate", "P", "2026");
        assert_eq!((rate.value, rate.is_complete()), (Some(d("25")), true));
        assert_eq!(rate.reports(), [0, 1, 2, 3]);
        let How::Made { inputs, .. } = &rate.how else {
            panic!("{rate:?}")
        };
        assert!(matches!(inputs[0].how, How::RolledUp { known: 2, of: 2, .. }));
    }

    #[test]
    fn what_was_reported_for_the_unit_itself_comes_first() {
        let reports = [
            ("poor.rate", "P", "2026", "24.9"),
            ("poor.all", "X", "2026", "10"),
        ];
        let rate = told(&reports, "poor.rate", "P", "2026");
        assert_eq!((rate.value, rate.reports()), (Some(d("24.9")), vec![0]));
    }

    #[test]
    fn a_sum_with_a_missing_commune_says_how_much_it_covers() {
        let sum = told(&[("poor.all", "X", "2026", "10")], "poor.all", "P", "2026");
        assert_eq!((sum.value, sum.is_complete()), (Some(d("10")), false));
        assert!(matches!(sum.how, How::RolledUp { known: 1, of: 2, .. }));
        let none = told(&[], "poor.all", "P", "2026");
        assert_eq!((none.value, none.how), (None, How::Unknown));
    }

    #[test]
    fn an_old_year_of_a_new_commune_is_that_of_its_predecessors() {
        let reports = [("poor.all", "A", "2024", "7"), ("poor.all", "B", "2024", "5")];
        let old = told(&reports, "poor.all", "X", "2024");
        assert_eq!((old.value, old.is_complete()), (Some(d("12")), true));
        let half = told(&reports[..1], "poor.all", "X", "2024");
        assert_eq!(
            (half.value, half.is_complete()),
            (None, false),
            "one predecessor is missing"
        );
    }

    #[test]
    fn a_mean_is_weighted_and_a_division_by_zero_is_told() {
        let reports = [
            ("income.mean", "X", "2026", "10"),
            ("house.all", "X", "2026", "100"),
            ("income.mean", "Y", "2026", "30"),
            ("house.all", "Y", "2026", "300"),
        ];
        assert_eq!(told(&reports, "income.mean", "P", "2026").value, Some(d("25")));
        let zero = [("poor.all", "P", "2026", "10"), ("house.all", "P", "2026", "0")];
        let How::Made { stop, .. } = told(&zero, "poor.rate", "P", "2026").how else {
            panic!()
        };
        assert_eq!(stop, Some(Stop::DivisionByZero));
    }

    /// The highest point of a province is that of its highest commune, also below the level of the sea.
    #[test]
    fn the_greatest_of_the_units_below_counts() {
        let reports = [("hill.top", "X", "2026", "-30"), ("hill.top", "Y", "2026", "-12")];
        let top = told(&reports, "hill.top", "P", "2026");
        assert_eq!((top.value, top.is_complete()), (Some(d("-12")), true));
        let half = told(&reports[..1], "hill.top", "P", "2026");
        assert_eq!((half.value, half.is_complete()), (Some(d("-30")), false));
    }
}
