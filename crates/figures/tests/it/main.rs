//! The reader as its users see it.

mod corpus;
mod properties;
