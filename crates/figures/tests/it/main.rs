//! The reader as its users see it.

mod cases;
mod corpus;
mod properties;
