//! Ten years of 129 communes within the borders of today's 45.

use std::time::Instant;

use anyhow::{Result, anyhow, ensure};
use engine::rebase::Rebasing;
use plan::org_tree::Tables;
use terms::{AreaLevel, Decimal, RefArea};

/// Median milliseconds: the pieces worked out anew, and ten yearly figures of every commune brought over. The tree has been
/// read before.
pub(crate) fn median_ms() -> Result<f64> {
    let tree = Tables {
        units: include_str!("../../../data/units.csv"),
        successions: include_str!("../../../data/successions.csv"),
        changes: include_str!("../../../data/changes.csv"),
    }
    .read()
    .map_err(|faults| anyhow!("{faults:?}"))?;
    let (before, today) = ("2025-06-30".parse()?, "2026-01-01".parse()?);
    let communes = tree.below(&RefArea::new("VN-11"), AreaLevel::Commune, before);
    let first = communes[0].index();
    let mut times = Vec::new();
    for _ in 0..50 {
        let start = Instant::now();
        let rebasing = Rebasing::between(&tree, &communes, before, today);
        let mut total = Decimal::ZERO;
        for year in 0..10_i64 {
            let value =
                |unit: plan::UnitNumber| Some(Decimal::new(1_000 * year + (unit.index() - first) as i64, 2));
            total += rebasing
                .additive(&value, None)?
                .iter()
                .filter_map(|rebased| rebased.value)
                .sum::<Decimal>();
        }
        times.push(start.elapsed().as_secs_f64() * 1e3);
        let expected: Decimal = (0..10_i64)
            .flat_map(|year| {
                communes
                    .iter()
                    .map(move |unit| Decimal::new(1_000 * year + (unit.index() - first) as i64, 2))
            })
            .sum();
        ensure!(
            communes.len() == 129 && rebasing.targets().len() == 45 && total == expected,
            "totals were not kept"
        );
    }
    Ok(crate::median(times))
}
