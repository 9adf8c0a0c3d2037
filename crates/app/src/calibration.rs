//! How earlier forecasts did, by backtests over the series at hand.

use std::collections::HashMap;

use engine::Outcome;
use engine::forecast::{Backtest, backtest, calibration_of};
pub use engine::forecast::{Calibration, Group, Model};
use plan::{Edition, PriceBasis, Scope};
use store::Known;
use terms::{Date, Decimal, IndicatorCode, Measure, RefArea, TimePeriod};

use crate::assess::{Picture, basis_of, edition_rank};
use crate::held::{Held, Wanted};
use crate::policy::Action;
use crate::{Actor, App, Error};

/// So many points ahead at most: years, or parts of a year.
const FURTHEST: usize = 4;

/// How far chances can be trusted.
#[derive(Debug, Clone, PartialEq)]
pub struct CalibrationView {
    /// How many series of years, halves, quarters and months there are at all.
    pub all_series: usize,
    /// How many have enough points to be tested.
    pub tested: Option<Calibration>,
    /// Series that were left out since they are simulated.
    pub simulated: usize,
}

/// The backtests of series as they were when last looked at; those of a series that stayed are not made again.
#[derive(Debug, Default)]
pub(crate) struct Tested(HashMap<Key, Series>);

/// A series, and how forecasts from each of its points did; none where it is too short.
#[derive(Debug)]
struct Series {
    outcomes: Vec<Outcome>,
    breaks: Vec<Date>,
    tests: Option<Vec<Backtest>>,
}

/// What tells series apart, in the order in which they are added up; a number stands for each price basis.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
struct Key {
    indicator: IndicatorCode,
    place: RefArea,
    measure: Measure,
    basis: Option<i32>,
    scope: Option<Scope>,
    /// 1, 2, 4 or 12 in a year.
    parts: u8,
}

/// A telling of a period.
struct Told {
    period: TimePeriod,
    edition: Edition,
    id: u64,
    value: Decimal,
    is_simulated: bool,
}

impl App {
    /// Forecasts every series of years or of parts of years from each of its points and compares with what came; simulated ones are left out.
    /// From the kept cube: of the register only those rows are read whose paper must be known to choose among several
    /// tellings, and only series that changed are forecast again.
    ///
    /// # Errors
    /// [`Error::Store`], [`Error::Denied`].
    pub async fn calibration(&self, actor: &Actor) -> Result<CalibrationView, Error> {
        actor.require(Action::ReadRegister)?;
        let (held, mut reading) = self.held(Wanted::All).await?;
        let (plain, scoped) = gather(&held);
        drop(held);
        let lists = self.lists();
        let (mut simulated, mut series) = (0, Vec::new());
        for (key, told) in plain {
            if told.iter().any(|told| told.is_simulated) {
                simulated += 1;
            } else {
                series.push((key, told));
            }
        }
        // The rows of values whose scope or paper decides.
        let mut numbers: Vec<u64> = scoped.iter().map(|(_, told)| told.id).collect();
        numbers.extend(series.iter().flat_map(|(_, told)| told_twice(told)));
        let mut picture = Picture::of_values(&mut reading, Known::NOW, &numbers).await?;
        let scopes: HashMap<u64, Option<Scope>> = std::mem::take(&mut picture.observations)
            .into_iter()
            .map(|stored| (stored.id.0, stored.observation.scope))
            .collect();
        let mut by_scope: HashMap<Key, Vec<Told>> = HashMap::new();
        for (mut key, told) in scoped {
            key.scope = scopes.get(&told.id).cloned().flatten();
            by_scope.entry(key).or_default().push(told);
        }
        for (key, told) in by_scope {
            if told.iter().any(|told| told.is_simulated) {
                simulated += 1;
            } else {
                series.push((key, told));
            }
        }
        series.sort_by(|(a, _), (b, _)| a.cmp(b));
        let mut kept = self.inner.backtests.lock().await;
        let mut before = std::mem::take(&mut kept.0);
        let mut tested = Vec::with_capacity(series.len());
        for (key, told) in series {
            let outcomes = best_of_each_period(told, |id| picture.latest_paper_of(id));
            let breaks = lists.reference.breaks(&key.indicator);
            let before = before.remove(&key);
            let same = before.filter(|before| before.outcomes == outcomes && before.breaks == breaks);
            let of = same.unwrap_or_else(|| Series {
                tests: backtest(&outcomes, &breaks, FURTHEST),
                outcomes,
                breaks,
            });
            tested.push((key, of));
        }
        let all_series = tested.len();
        let calibration = calibration_of(tested.iter().filter_map(|(_, of)| of.tests.as_deref()));
        kept.0 = tested.into_iter().collect();
        Ok(CalibrationView {
            all_series,
            tested: calibration,
            simulated,
        })
    }
}

/// Values with what tells their series apart.
type Keyed<T> = Vec<(Key, T)>;

/// The series of the cube, and the values that count something else, whose series their rows tell. O(values).
fn gather(held: &Held) -> (Keyed<Vec<Told>>, Keyed<Told>) {
    let (reference, rollups) = (held.reference(), held.rollups());
    let (mut plain, mut scoped) = (Vec::new(), Vec::new());
    for code in rollups.indicators() {
        let indicator = reference.indicator(code);
        let mut series: HashMap<(u32, Measure, Option<i32>, u8), Vec<Told>> = HashMap::new();
        let key = |(place, measure, basis, parts): (u32, Measure, Option<i32>, u8)| Key {
            indicator: code.clone(),
            place: rollups.place(place).clone(),
            measure,
            basis,
            scope: None,
            parts,
        };
        for (place, period, value) in rollups.values(code) {
            // Years, halves, quarters and months, each a series of its own.
            let parts = match period {
                TimePeriod::Year(_) => 1,
                TimePeriod::Half(..) => 2,
                TimePeriod::Quarter(..) => 4,
                TimePeriod::Month(..) => 12,
                TimePeriod::Day(_) | TimePeriod::Span(..) => continue,
            };
            let told = Told {
                period,
                edition: value.edition,
                id: value.id,
                value: value.value,
                is_simulated: rollups.is_marked(value.id),
            };
            let basis = basis_of(value.price_basis, indicator, value.measure).map(|basis| match basis {
                PriceBasis::Constant { base_year } => i32::from(base_year),
                PriceBasis::Current => i32::MAX,
            });
            let of = (place, value.measure, basis, parts);
            if value.is_scoped {
                scoped.push((key(of), told));
            } else {
                series.entry(of).or_default().push(told);
            }
        }
        plain.extend(series.into_iter().map(|(of, told)| (key(of), told)));
    }
    (plain, scoped)
}

/// The numbers of values of which the same edition tells the same period twice.
fn told_twice(told: &[Told]) -> Vec<u64> {
    let mut by_period: HashMap<(TimePeriod, u8), Vec<u64>> = HashMap::new();
    for one in told {
        let of = (one.period, edition_rank(one.edition));
        by_period.entry(of).or_default().push(one.id);
    }
    let several = by_period.into_values().filter(|numbers| 1 < numbers.len());
    several.flatten().collect()
}

/// One value a period, by period: the last edition, then the later paper, then the later entry.
fn best_of_each_period(mut told: Vec<Told>, paper: impl Fn(u64) -> Option<Date>) -> Vec<Outcome> {
    told.sort_by_key(|told| {
        let period = told.period;
        let edition = edition_rank(told.edition);
        (period.end(), period.start(), edition, paper(told.id), told.id)
    });
    let mut best: Vec<Outcome> = Vec::new();
    for told in told {
        let outcome = Outcome {
            period: told.period,
            value: told.value,
        };
        match best.last_mut() {
            Some(last) if last.period == told.period => *last = outcome,
            _ => best.push(outcome),
        }
    }
    best
}
