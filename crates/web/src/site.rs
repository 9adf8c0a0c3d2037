//! What every request has at hand: the register, the kept pages, the boundaries.

use std::sync::{Arc, LazyLock};

use app::coherence::{CoherenceQuery, CoherenceView};
use app::{Actor, App};
use charts::Boundaries;

use crate::cache::{Pages, State};
use crate::server;

/// Bytes of packed pages that are kept: some thousand pages of ten kilobytes.
const ROOM: u64 = 48 << 20;

/// An answer to «can it all hold?», and what it was made from.
type Answered = (State, Arc<CoherenceView>);

/// The site: cheap to clone, the same for all connections.
#[derive(Clone)]
pub struct Site {
    /// The open register.
    pub(crate) app: App,
    /// The pages that are kept.
    pub(crate) pages: Pages,
    /// The answer to «can it all hold?» with the repository's assumptions, and what it was made from.
    coherence: Arc<tokio::sync::Mutex<Option<Answered>>>,
}

impl Site {
    /// A site over an open register.
    pub fn new(app: App) -> Self {
        Self {
            app,
            pages: Pages::new(ROOM),
            coherence: Arc::default(),
        }
    }

    /// Whether all targets can hold; asked one at a time, so that many questions never take all processors.
    pub(crate) async fn coherence(
        &self,
        actor: &Actor,
        query: &CoherenceQuery,
    ) -> Result<Arc<CoherenceView>, app::Error> {
        let mut kept = self.coherence.lock().await;
        if *query != CoherenceQuery::default() {
            return self.app.coherence(actor, query).await.map(Arc::new);
        }
        let state = server::state(self);
        if let Some((of, view)) = &*kept
            && *of == state
        {
            return Ok(Arc::clone(view));
        }
        let view = Arc::new(self.app.coherence(actor, query).await?);
        *kept = Some((state, Arc::clone(&view)));
        Ok(view)
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
