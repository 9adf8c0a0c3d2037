//! What a cube promises: exact, in any order, at once or one report at a time.

use proptest::prelude::*;

use super::*;

type Value = (usize, usize, usize, i64);

const SIZES: [usize; 3] = [5, 1, 9];
const PERIODS: usize = 3;

fn filled(values: &[Value], wide: bool) -> Cube {
    let layout = Layout::new(&SIZES);
    let weights = Weights::new(
        &layout,
        (0..15).map(|unit| (unit != 3).then_some(unit * unit + 1)),
    )
    .unwrap();
    let mut cube = Cube::new(layout, PERIODS, vec![weights], ShareRule::WIDE);
    for column in 0..4 {
        let rollup = [
            Rollup::Sum,
            Rollup::WeightedMean,
            Rollup::SumAndMean,
            Rollup::WeightedMean,
        ][column];
        cube.add_column(rollup, column == 3, 0).unwrap();
        for unit in 0..15 {
            cube.set_target(
                column,
                Place::Unit(unit),
                Some(700 + i64::try_from(unit).unwrap()),
            )
            .unwrap();
        }
        cube.set_target(column, Place::Group(2), Some(900)).unwrap();
        cube.set_target(column, Place::Whole, Some(1000)).unwrap();
    }
    for (column, period, unit, value) in values {
        let value = if wide { value * 10_000_000_000 } else { *value };
        cube.set(*column, *period, *unit, Some(value)).unwrap();
    }
    cube
}

fn values() -> impl Strategy<Value = Vec<Value>> {
    proptest::collection::vec((0usize..4, 0usize..PERIODS, 0usize..15, -5_000i64..5_000), 0..120)
}

/// The last value of each cell wins, as in the cube.
fn leaves(values: &[Value]) -> std::collections::BTreeMap<(usize, usize, usize), i64> {
    values
        .iter()
        .map(|(column, period, unit, value)| ((*column, *period, *unit), *value))
        .collect()
}

proptest! {
    #[test]
    fn a_roll_up_equals_its_leaves(values in values(), wide: bool, threads in 1usize..4) {
        let mut cube = filled(&values, wide);
        cube.compute(threads).unwrap();
        let factor = if wide { 10_000_000_000 } else { 1 };
        let leaves = leaves(&values);
        for column in 0..4 {
            for period in 0..PERIODS {
                for (group, range) in [(Place::Group(0), 0..5), (Place::Group(1), 5..6), (Place::Group(2), 6..15), (Place::Whole, 0..15)] {
                    let totals = cube.totals(column, period, group).unwrap();
                    let of = || range.clone().filter_map(|unit| leaves.get(&(column, period, unit)).map(|value| (unit, value * factor)));
                    let weight = |unit: usize| if unit == 3 { 0 } else { i64::try_from(unit * unit + 1).unwrap() };
                    prop_assert_eq!(totals.sum, of().map(|(_, value)| value).sum::<i64>());
                    prop_assert_eq!(totals.count, i64::try_from(of().count()).unwrap());
                    prop_assert_eq!(totals.weight, of().map(|(unit, _)| weight(unit)).sum::<i64>());
                    let weighted: i64 = of().map(|(unit, value)| value * weight(unit)).sum();
                    prop_assert_eq!(totals.weighted, if column == 0 { 0 } else { weighted });
                }
            }
        }
    }

    #[test]
    fn the_order_of_values_and_the_number_of_threads_change_nothing(values in values(), seed: u64) {
        let leaves: Vec<Value> = leaves(&values).into_iter().map(|((column, period, unit), value)| (column, period, unit, value)).collect();
        let mut turned = leaves.clone();
        let by = usize::try_from(seed % 97).unwrap();
        turned.rotate_left(by.min(leaves.len()));
        turned.reverse();
        let (mut one, mut other) = (filled(&leaves, false), filled(&turned, false));
        one.compute(1).unwrap();
        other.compute(3).unwrap();
        prop_assert_eq!(one, other);
    }

    #[test]
    fn one_report_at_a_time_equals_computing_anew(
        values in values(),
        reports in proptest::collection::vec((0usize..15, proptest::collection::vec((0usize..4, 0usize..PERIODS, proptest::option::of(-9_000_000_000i64..9_000_000_000)), 1..6)), 1..6),
    ) {
        let mut cube = filled(&values, false);
        let mut anew = cube.clone();
        cube.compute(1).unwrap();
        for (unit, values) in reports {
            let values: Vec<Report> = values.into_iter().map(|(column, period, value)| Report { column, period, value }).collect();
            cube.report(unit, &values).unwrap();
            for report in values {
                anew.set(report.column, report.period, unit, report.value).unwrap();
            }
        }
        anew.compute(2).unwrap();
        prop_assert_eq!(&cube, &anew);
        // And equal to one that never held what was replaced.
        let mut fresh = filled(&[], false);
        for column in 0..4 {
            for period in 0..PERIODS {
                for unit in 0..15 {
                    fresh.set(column, period, unit, cube.value(column, period, unit)).unwrap();
                }
            }
        }
        fresh.compute(1).unwrap();
        prop_assert_eq!(cube, fresh);
    }
}

#[test]
fn missing_is_not_zero_and_zero_is_not_missing() {
    let mut cube = filled(&[(0, 2, 0, 0), (1, 2, 0, 0)], false);
    cube.compute(1).unwrap();
    let totals = cube.totals(0, 2, Place::Group(0)).unwrap();
    assert_eq!((totals.sum, totals.count), (0, 1));
    assert_eq!(cube.totals(0, 1, Place::Group(0)).unwrap(), Totals::default());
    assert_eq!(cube.value(0, 2, 0), Some(0));
    assert_eq!(cube.value(0, 2, 1), None);
    assert_eq!(cube.totals(1, 2, Place::Group(1)).unwrap().mean(), None);
}

#[test]
fn ties_share_a_rank_and_units_without_a_value_have_none() {
    let layout = Layout::new(&[4]);
    let weights = Weights::equal(&layout).unwrap();
    let mut cube = Cube::new(layout, 1, vec![weights], ShareRule::WIDE);
    cube.add_column(Rollup::Sum, false, 0).unwrap();
    for (unit, value) in [(0, 50), (1, 80), (2, 50)] {
        cube.set_target(0, Place::Unit(unit), Some(100)).unwrap();
        cube.set(0, 0, unit, Some(value)).unwrap();
    }
    cube.compute(1).unwrap();
    let ranks: Vec<(u32, u32)> = cube
        .ranking()
        .iter()
        .map(|ranked| (ranked.unit, ranked.rank))
        .collect();
    assert_eq!(ranks, [(1, 1), (0, 2), (2, 2)]);
    assert_eq!(cube.share(0, Place::Unit(1)), Some(SHARE_ONE / 10 * 8));
    assert_eq!(cube.share(0, Place::Unit(3)), None);
}

#[test]
fn what_does_not_fit_is_refused_and_nothing_is_recorded() {
    let mut cube = filled(&[(0, 0, 0, 7)], false);
    cube.compute(1).unwrap();
    let before = cube.clone();
    let report = |value| {
        [
            Report {
                column: 1,
                period: 0,
                value: Some(3),
            },
            Report {
                column: 0,
                period: 0,
                value: Some(value),
            },
        ]
    };
    assert_eq!(
        cube.report(0, &report(i64::MAX)),
        Err(CubeError::TooLarge { column: 0 })
    );
    assert_eq!(cube.report(99, &report(1)), Err(CubeError::NoSuchCell));
    assert_eq!(cube, before);
    assert_eq!(cube.set(0, 9, 0, Some(1)), Err(CubeError::NoSuchCell));
    cube.set(0, 0, 0, Some(i64::MAX)).unwrap();
    assert_eq!(cube.compute(1), Err(CubeError::TooLarge { column: 0 }));
    let layout = Layout::new(&[2]);
    assert_eq!(
        Weights::new(&layout, [Some(1), Some(-1)]),
        Err(CubeError::NegativeWeight { unit: 1 })
    );
    assert_eq!(
        Weights::new(&layout, [Some(1 << 30), Some(1 << 30)]),
        Err(CubeError::WeightsTooLarge)
    );
}

#[test]
fn lower_is_better_turns_the_share_over() {
    let rule = ShareRule::FAIR;
    assert_eq!(rule.share(80, 1, 100, false), SHARE_ONE / 10 * 8);
    assert_eq!(rule.share(80, 1, 100, true), SHARE_ONE + SHARE_ONE / 4);
    assert_eq!(rule.share(0, 1, 100, true), rule.cap);
    assert_eq!(rule.share(500, 1, 100, false), rule.cap);
    assert_eq!(rule.share(5, 1, 0, false), share::NONE);
}
