//! What follows from the numbers: one page that leads to each analysis.
//!
//! To add one: a line below, its two messages, and its route.

use maud::html;

use crate::ask::Ask;
use crate::failure::Answer;
use crate::layout::{self, Section};

/// Address, title and one sentence of each analysis.
const ANALYSES: &[(&str, &str, &str)] = &[
    ("/coherence", "web-coherence-title", "web-analysis-coherence"),
    (
        "/disagreements",
        "web-disagreements-title",
        "web-analysis-disagreements",
    ),
    ("/ranking", "engine-ranking-title", "engine-ranking-lead"),
    ("/cascade", "engine-cascade-title", "engine-cascade-lead"),
    ("/tree", "tree-title", "tree-lead"),
    ("/rebased", "rebased-title", "rebased-lead"),
    ("/explain", "engine-rollup-title", "engine-rollup-means"),
    (
        "/calibration",
        "engine-calibration-title",
        "engine-calibration-lead",
    ),
    ("/record", "web-record-title", "web-analysis-record"),
];

/// Shows the list.
pub(crate) async fn show(ask: Ask) -> Answer {
    let title = ask.t("web-menu-analysis");
    let body = html! {
        h1 { (title) }
        p.lead { (ask.t("web-analysis-lead")) }
        ul.analysis {
            @for (path, title, text) in ANALYSES {
                li {
                    h2 { a href=(ask.href(path)) { (ask.t(title)) } }
                    p { (ask.t(text)) }
                }
            }
        }
    };
    Ok(layout::public(&ask, Section::Analysis, &title, &body))
}
