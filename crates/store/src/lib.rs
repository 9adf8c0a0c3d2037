//! The database: entries and kept bytes, what follows from them, and the people who may sign in.
//!
//! The ground state is append-only: [`Writing::record`] writes an act as an entry of the [`ledger`] and brings the
//! tables that pages read up to it, in one transaction. Those tables can be computed again from the entries
//! ([`Writing::rebuild`]). Reading goes through [`Reading`]: one snapshot, a fixed number of queries a page, `as known
//! at` any time.
//!
//! Nothing above this crate can tell which database it is: SQLite today; every statement is written in the words that
//! PostgreSQL shares, and no type of the driver leaves the crate.
//!
//! In reading order: [`open`] is the door, [`record`] writes, [`apply`] derives, [`read`] answers, [`user`] keeps people, [`secrets`] what of theirs must be
//! read again, [`keeper`] the key that signs the record;
//! [`wire`] is the form of acts in entries.

mod account_event;
mod apply;
mod attempt;
mod audit;
mod author;
mod directory_request;
mod error;
mod found;
pub mod keeper;
mod log;
mod open;
mod operation;
mod read;
mod record;
mod reminder;
mod secrets;
pub mod series;
mod session;
mod unusable;
mod user;
mod wire;

pub use account_event::{StoredAccountEvent, WhichEvents};
pub use attempt::StoredChallenge;
pub use audit::{Audit, AuditedTable};
pub use author::Author;
pub use directory_request::DirectoryRequest;
pub use error::Error;
pub use found::{FoundAsOf, FoundGroup, StoredFinding};
pub use open::{Reading, Store, Writing};
pub use operation::StoredOperation;
pub use read::acts::{ActKind, StoredAct};
pub use read::documents::{DocumentCounts, StoredDocument};
pub use read::facts::{Known, StoredObservation, StoredSource, StoredTarget, Which};
pub use read::figures::{FigureState, StoredFigure};
pub use read::hanging::{Hanging, HangingOnOffice};
pub use read::org::StoredOrg;
pub use read::reports::{
    ListedReport, Reports, StoredEvidence, StoredRegime, StoredReport, StoredReportAct, StoredSample,
    StoredSpotCheck,
};
pub use read::scores::{StoredGeneralScore, StoredScoreRules};
pub use read::series::SeriesChanges;
pub use read::settlements::StoredSettlement;
pub use read::task_list::{Sees, TaskCounts, TaskFilter, TaskOrder, TaskRow, TaskState, TaskWith};
pub use read::tasks::{StoredRules, StoredStep, StoredTask};
pub use read::totals::{IndicatorTotals, RegisterTotals};
pub use read::ways::StoredWay;
pub use reminder::{Digest, DigestState, FeedOf};
pub use secrets::KeyTrouble;
pub use session::{ListedSession, NewSession, StoredSession};
pub use unusable::{Unusable, Why};
pub use user::{NewUser, StoredLink, StoredTotp, StoredUser, person};
