//! One file a page: read what is asked, ask `app`, write the page.

pub(crate) mod about;
pub(crate) mod add_document;
pub(crate) mod analysis;
pub(crate) mod calibration;
pub(crate) mod cascade;
pub(crate) mod catalogue;
pub(crate) mod coherence;
pub(crate) mod data;
pub(crate) mod desk;
pub(crate) mod disagreements;
pub(crate) mod document;
pub(crate) mod documents;
pub(crate) mod explain;
pub(crate) mod finding;
pub(crate) mod front;
pub(crate) mod home;
pub(crate) mod indicator;
pub(crate) mod map;
pub(crate) mod ranking;
pub(crate) mod rebased;
pub(crate) mod record;
pub(crate) mod review;
pub(crate) mod search;
pub(crate) mod session;
pub(crate) mod tree;
pub(crate) mod unit;
