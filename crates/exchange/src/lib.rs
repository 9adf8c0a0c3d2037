//! Open formats: what people keep in tables, to and from the model.
//!
//! Every reader sees the whole file and answers with what it read and a [`terms::Diagnostic`] for each cell that it could
//! not: file, sheet, row, column, what was expected. Whether any of it is recorded is the caller's to decide.
//!
//! In reading order: [`table`] is CSV and XLSX as rows, [`values`] observations and targets, [`catalogue`] indicators,
//! units and successions, [`regimes`] report regimes with their forms, [`sheet`] a form as a workbook, [`sources`] the list that lies beside a folder of documents.

pub mod annex;
mod book;
pub mod catalogue;
pub mod ics;
pub mod org;
pub mod regimes;
mod row;
pub mod sheet;
pub mod sources;
pub mod table;
pub mod values;
mod way;

pub use annex::{AnnexLine, AnnexTask, read_annex};
pub use catalogue::{placed_in, read_catalogue, read_scopes, read_successions, read_tree, read_units};
pub use regimes::{ReadRegime, read_regimes};
pub use sources::{SourceRow, read_sources};
pub use table::Table;
pub use values::{Citation, ValueRow, read_observations, read_targets};
