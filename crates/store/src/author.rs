//! In whose name an act is recorded.

use plan::{PostId, UserId};
use terms::RefArea;

/// Who did an act, by which post, for which unit.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Author {
    /// The person; none for what the program did by itself.
    pub user: Option<UserId>,
    /// The post by which the person might; none for who runs the program.
    pub post: Option<PostId>,
    /// The unit of the post's office.
    pub unit: Option<RefArea>,
}

impl Author {
    /// The program itself.
    pub const PROGRAM: Author = Author {
        user: None,
        post: None,
        unit: None,
    };
}
