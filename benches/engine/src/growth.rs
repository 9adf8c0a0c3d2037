//! How the time grows with the number of values.

use std::path::Path;
use std::time::Instant;

use anyhow::Result;

/// One size and its time.
pub(crate) struct Point {
    /// Values in the cube.
    pub(crate) values: usize,
    /// Median milliseconds of a full computation.
    pub(crate) ms: f64,
}

/// One, ten and all 54 million values.
pub(crate) fn measure(data: &Path) -> Result<Vec<Point>> {
    [6, 56, usize::MAX]
        .into_iter()
        .map(|indicators| {
            let (mut cube, values) = crate::load::national(data, indicators)?;
            cube.compute(crate::THREADS)?;
            let times = (0..9)
                .map(|_| {
                    let start = Instant::now();
                    cube.compute(crate::THREADS)?;
                    Ok(start.elapsed().as_secs_f64() * 1e3)
                })
                .collect::<Result<Vec<f64>>>()?;
            Ok(Point {
                values,
                ms: crate::median(times),
            })
        })
        .collect()
}
