//! Requests to pages: translate in, ask `app`, translate out.
//!
//! In reading order: [`routes`] is the one list of addresses, each with what one must be allowed to do; `pages` has a file
//! for each page, `parts` what pages share, `layout` the frame around them; [`server`] takes connections and answers
//! from `cache` before anything else.
//!
//! Pages work without scripts. Nothing inline: the content policy in `headers` allows only our own files. The text of a
//! document is escaped wherever it stands, by `maud` and by `charts`.

mod ask;
mod assets;
mod cache;
mod encoding;
mod failure;
mod headers;
mod layout;
mod pages;
mod parts;
mod posted;
pub mod routes;
mod sent;
pub mod server;
mod session_cookie;
mod site;

pub use server::{Service, serve};
pub use site::Site;
