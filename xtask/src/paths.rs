//! Where things are: the repository, the texts beside it, the cache outside it.

use std::path::{Path, PathBuf};

use anyhow::Context as _;

/// The repository's root.
pub(crate) fn root() -> PathBuf {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
    manifest.parent().unwrap_or(manifest).to_path_buf()
}

/// A path under `../shared`, which holds the annotated texts and the peers.
///
/// # Errors
/// Where it is absent, with its full path.
pub(crate) fn shared(path: &str) -> anyhow::Result<PathBuf> {
    let full = root().join("../shared").join(path);
    full.canonicalize().with_context(|| {
        format!(
            "{} is absent: this chore needs the annotated texts and peers beside the repository",
            full.display()
        )
    })
}
