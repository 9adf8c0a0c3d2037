//! One report of twenty values.

use std::time::Instant;

use anyhow::{Result, ensure};
use engine::cube::{Cube, Report};

/// Median milliseconds of a report of 20 values of one commune in the last month; afterwards the cube must be equal to one
/// computed anew.
pub(crate) fn median_ms(cube: &mut Cube) -> Result<f64> {
    let units = cube.layout().units();
    let mut times = Vec::new();
    for round in 0..500_usize {
        let unit = round * 7919 % units;
        let report: Vec<Report> = (0..20)
            .map(|index| Report {
                column: (round * 31 + index * 13) % cube.columns().len(),
                period: crate::load::MONTHS - 1,
                value: (index != 3).then_some(((round * 104_729 + index * 1_299_709) % 500_000) as i64),
            })
            .collect();
        let start = Instant::now();
        cube.report(unit, &report)?;
        times.push(start.elapsed().as_secs_f64() * 1e3);
    }
    let mut anew = cube.clone();
    anew.compute(crate::THREADS)?;
    ensure!(
        anew == *cube,
        "reports one by one and the full computation differ"
    );
    Ok(crate::median(times))
}
