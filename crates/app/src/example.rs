//! The example: the public record of Điện Biên, loaded into an empty register like any other folder.

use include_dir::{Dir, include_dir};

use crate::import::{Import, Imported};
use crate::{Actor, App, Error};

static FOLDER: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../examples/dien-bien");

/// The account in whose name the example's figures are accepted. Nobody can sign in by it: it has no password.
pub const EXAMPLE_ACCOUNT: &str = "Tài khoản ví dụ · Example account";

/// The reason that is recorded with each decision of the example that has none of its own.
const REASON: &str =
    "Dữ liệu ví dụ, đối chiếu với trang báo đã dẫn · Example data, compared with the page cited";

impl App {
    /// Loads the example, through the same doors as any other folder.
    ///
    /// # Errors
    /// [`Error::Conflict`] where the register is not empty; else as [`App::import`].
    pub async fn load_example(&self) -> Result<Imported, Error> {
        if !self.is_new() {
            return Err(Error::Conflict { what: "register" });
        }
        let mut writing = self.writing().await?;
        let account = self.account_of_nobody(&mut writing, EXAMPLE_ACCOUNT).await?;
        self.commit(writing).await?;
        let actor = Actor::operator_named(account, EXAMPLE_ACCOUNT);
        let imported = self.import(&actor, example()).await?;
        let text = |name| FOLDER.get_file(name).map_or(&[][..], include_dir::File::contents);
        let statements = ("regimes.csv", text("regimes.csv"));
        self.issue_regimes(&actor, statements, ("regime_lines.csv", text("regime_lines.csv")))
            .await?;
        Ok(imported)
    }
}

fn example() -> Import {
    let bytes = |name: &str| {
        FOLDER
            .get_file(name)
            .map(|file| (name.to_owned(), file.contents().to_vec()))
    };
    let mut import = Import {
        sources: bytes("documents/sources.csv"),
        departments: bytes("departments.csv"),
        posts: bytes("posts.csv"),
        observations: bytes("observations.csv").into_iter().collect(),
        targets: bytes("targets.csv").into_iter().collect(),
        reason: REASON.to_owned(),
        ..Import::default()
    };
    for file in FOLDER.get_dir("documents").into_iter().flat_map(Dir::files) {
        let name = file
            .path()
            .file_name()
            .map(|name| name.to_string_lossy().into_owned())
            .unwrap_or_default();
        if name != "sources.csv" {
            import.documents.push((name, file.contents().to_vec()));
        }
    }
    import.documents.sort();
    import
}
