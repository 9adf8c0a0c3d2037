//! What shows that something was done: files, addresses, values of the register.

use maud::{Markup, html};
use plan::task::Evidence;
use terms::Sha256;

use crate::ask::Ask;

/// Files that the browser offers to choose; the content decides.
pub(crate) const FILES: &str = ".pdf,.docx,.xlsx,.png,.jpg,.jpeg,.txt,.csv";

/// A list of it; `file` gives the address of a file.
pub(crate) fn list(ask: &Ask, evidence: &[Evidence], file: impl Fn(&Sha256) -> String) -> Markup {
    html! {
        @if !evidence.is_empty() {
            ul.evidence { @for evidence in evidence { li { (shown(ask, evidence, &file)) } } }
        }
    }
}

fn shown(ask: &Ask, evidence: &Evidence, file: impl Fn(&Sha256) -> String) -> Markup {
    match evidence {
        Evidence::File {
            name,
            sha256,
            size_bytes,
        } => html! {
            a href=(file(sha256)) download { (name) }
            " " small { (ask.ta("task-kilobytes", &[("count", i64::try_from(size_bytes.div_ceil(1000)).unwrap_or(i64::MAX).into())])) }
        },
        Evidence::Link(address) if app::task_act::is_web_address(address) => {
            html! { a href=(address) rel="external noopener nofollow" { (address) } }
        }
        Evidence::Link(address) => html! { (address) },
        Evidence::Observation(number) => html! {
            a href=(ask.href(&format!("/record?entry={number}#receipt"))) { (ask.ta("task-observation", &[("number", number.to_string().into())])) }
        },
    }
}
