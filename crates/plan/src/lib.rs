//! The register and its rules: what is measured, of whom, what came of it, and what is due.
//!
//! In reading order: [`indicator`] is what is measured ([`catalogue`]: all of them, with their rules), [`org_unit`] of
//! whom ([`org_tree`]: all of them, through time; [`org`]: who answers there), [`observation`] a value known at some time,
//! [`target`] a value due by a period, [`goal`] how it is meant and the path to it, [`scope`] what it counts,
//! [`source`] where a value comes from.
//! [`account`] is what happens to those who sign in, outside the register; [`task`] is who does what about it by when, [`report`] who tells what came of it, [`act`] what people do to the register.
//! Types and rules only: nothing here knows storage or today's date. Fields with an invariant are private; `new` checks it.

pub mod account;
pub mod act;
pub mod catalogue;
pub mod document;
pub mod goal;
pub mod ids;
pub mod indicator;
pub mod observation;
pub mod operation;
pub mod org;
pub mod org_tree;
pub mod org_unit;
pub mod report;
pub mod rule;
pub mod scope;
pub mod source;
pub mod target;
pub mod task;
pub mod way;

pub use account::AccountEvent;
pub use act::{Act, CatalogueList, Fact, FactId, Outcome, Verdict};
pub use catalogue::{Aggregation, Catalogue, OverTime};
pub use document::{Block, Candidate, Document, FoundFigure};
pub use goal::{Basis, TargetPath};
pub use ids::{DocumentId, FigureId, ObservationId, TargetId, TaskId, UserId};
pub use indicator::{Direction, Indicator, PriceBasis};
pub use observation::{Edition, ObsStatus, Observation};
pub use operation::OperationId;
pub use org::{Department, DepartmentCode, Holding, Office, Post, PostId};
pub use org_tree::{OrgTree, UnitNumber};
pub use org_unit::{OrgUnit, Succession};
pub use scope::{NamedScope, Scope};
pub use source::Source;
pub use target::Target;
pub use way::{Among, Milestones, NotAWay, NotUnits, PathRule, Units, Way};
