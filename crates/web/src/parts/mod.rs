//! What pages share: amounts, sources, statuses, notices, charts, the table of targets.

pub(crate) mod account_events;
pub(crate) mod amount;
pub(crate) mod chart;
pub(crate) mod clash;
pub(crate) mod device;
pub(crate) mod evidence;
pub(crate) mod form;
pub(crate) mod form_json;
pub(crate) mod names;
pub(crate) mod notice;
pub(crate) mod paper;
pub(crate) mod report;
pub(crate) mod result;
pub(crate) mod simulated;
pub(crate) mod source;
pub(crate) mod status;
pub(crate) mod target_table;
pub(crate) mod task;
pub(crate) mod today;
pub(crate) mod way;
