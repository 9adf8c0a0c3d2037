//! What every request has at hand: the register, the kept pages, the boundaries.

use std::sync::LazyLock;

use app::App;
use charts::Boundaries;

use crate::cache::Pages;

/// Bytes of packed pages that are kept: some thousand pages of ten kilobytes.
const ROOM: u64 = 48 << 20;

/// The site: cheap to clone, the same for all connections.
#[derive(Clone)]
pub struct Site {
    /// The open register.
    pub(crate) app: App,
    /// The pages that are kept.
    pub(crate) pages: Pages,
}

impl Site {
    /// A site over an open register.
    pub fn new(app: App) -> Self {
        Self {
            app,
            pages: Pages::new(ROOM),
        }
    }
}

/// The communes and wards of the province that the boundaries are of, projected once.
pub(crate) static COMMUNES: LazyLock<Boundaries> = LazyLock::new(|| {
    Boundaries::read(include_str!("../../../data/boundaries/VN-11.geojson"))
        .expect("the boundaries of the reference data can be read, which a test of charts holds")
});

/// The provinces, projected once.
pub(crate) static PROVINCES: LazyLock<Boundaries> = LazyLock::new(|| {
    Boundaries::read(include_str!("../../../data/boundaries/VN.geojson"))
        .expect("the boundaries of the reference data can be read, which a test of charts holds")
});
