//! What would mend it, and how an ambiguous target could be read otherwise.

use app::coherence::CoherenceView;
use maud::{Markup, html};

use crate::ask::Ask;
use crate::parts::{amount, clash};

/// The numbers of the sets that a claim appears in: `1, 3`.
fn sets_of(view: &CoherenceView, claim: usize) -> String {
    let numbers = view.conflicts.iter().enumerate();
    let numbers = numbers.filter(|(_, one)| one.targets.contains(&claim) || one.given.contains(&claim));
    numbers
        .map(|(at, _)| (at + 1).to_string())
        .collect::<Vec<_>>()
        .join(", ")
}

/// Changes, each with the sets that it is for.
pub(super) fn mends(ask: &Ask, view: &CoherenceView) -> Markup {
    html! {
        @if !view.mends.is_empty() || !view.mends_together.is_empty() {
            section {
                h2 id="mends" { (ask.t("web-coherence-mends")) }
                p { (ask.t("web-coherence-mends-text")) }
                ul.mends {
                    @for mend in &view.mends {
                        @let of = &view.claims[mend.claim];
                        @let unit = &mend.quantity.unit;
                        @let possible = clash::range(ask, mend.possible, unit);
                        li {
                            @match (mend.widened, mend.nearest) {
                                (Some(widened), _) => {
                                    (ask.ta("web-coherence-mend-widen", &[
                                        ("claim", ask.t(&format!("assumption-{}", of.id)).into()),
                                        ("now", of.amount.as_ref().map(|now| amount::text(ask, now)).unwrap_or_default().into()),
                                        ("range", clash::range(ask, widened, unit).into()),
                                    ]))
                                },
                                (None, Some(nearest)) => {
                                    (ask.ta("web-coherence-mend-to", &[
                                        ("claim", clash::claim(ask, of).into()),
                                        ("nearest", i18n::quantity(ask.language, nearest, unit).into()),
                                    ]))
                                    " (" (ask.ta("web-coherence-mend-possible", &[("possible", possible.into())])) ")"
                                },
                                (None, None) => {
                                    (ask.ta("web-coherence-mend-only", &[
                                        ("claim", clash::claim(ask, of).into()),
                                        ("possible", possible.into()),
                                    ]))
                                },
                            }
                            ". " small { (ask.ta("web-coherence-mend-for", &[("numbers", sets_of(view, mend.claim).into())])) }
                        }
                    }
                    @for set in &view.mends_together {
                        @let claims: Vec<String> = set.iter().map(|of| clash::claim(ask, &view.claims[*of])).collect();
                        li { (ask.ta("coherence-mend-together", &[("claims", claims.join("; ").into())])) }
                    }
                }
            }
        }
    }
}

/// Readings, each with its verdict.
pub(super) fn readings(ask: &Ask, view: &CoherenceView) -> Markup {
    html! {
        @if !view.readings.is_empty() {
            section {
                h2 id="readings" { (ask.t("web-coherence-readings")) }
                p { (ask.t("web-coherence-readings-text")) }
                ul.mends {
                    @for reading in &view.readings {
                        li {
                            (ask.ta("web-coherence-reading", &[
                                ("claim", clash::claim(ask, &view.claims[reading.claim]).into()),
                                ("reading", ask.t(&format!("reading-{}", reading.name)).into()),
                            ]))
                            " " strong { (ask.t(&format!("coherence-reading-{}", reading.verdict.code()))) } "."
                            @for (of, range) in &reading.possible {
                                " " (ask.ta("web-coherence-reading-possible", &[
                                    ("quantity", clash::quantity(ask, of).into()),
                                    ("range", clash::range(ask, *range, &of.unit).into()),
                                ]))
                            }
                        }
                    }
                }
            }
        }
    }
}
