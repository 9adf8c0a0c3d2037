//! People who fill a report in, line after line, as the offline page sends it: each save under a name of its own, and what was
//! not answered is sent again under the same name after the next start.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicU64, Ordering};

use anyhow::Context as _;
use serde_json::{Value, json};

use super::load::Written;
use crate::chance::Chance;
use crate::http::Client;
use crate::program::Session;

/// Somebody who reports, and the line of the form that is theirs.
#[derive(Debug, Clone)]
pub(super) struct Reporter {
    session: Session,
    number: usize,
    regime: String,
    period: String,
    office: String,
    line: String,
}

/// How far a reporter came.
#[derive(Debug, Clone, Default)]
pub(crate) struct Draft {
    /// The version that the last answer told.
    seen: u64,
    /// What was sent and not answered: its mark and its bytes.
    unanswered: Option<(String, String)>,
}

impl Reporter {
    /// Looks which form is open.
    pub(super) fn new(address: SocketAddr, session: Session, number: usize) -> anyhow::Result<Self> {
        let told = Client::new(address, &session.cookie).get("/sync/forms?lang=vi")?;
        let told: Value = serde_json::from_str(&told.body).context("the forms of a reporter")?;
        let forms = told["forms"].as_array().map_or(&[][..], Vec::as_slice);
        let form = forms.iter().find(|form| form["lock"].is_null()).context("no form is open")?;
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        Ok(Self {
            number,
            regime: text(&form["regime"]),
            period: text(&form["period"]),
            office: text(&form["office"]),
            line: text(&form["items"][number]["indicator"]),
            session,
        })
    }

    /// Saves until the connection breaks. The mark is what is typed: texts are kept as they are.
    pub(super) fn write(
        &self,
        address: SocketAddr,
        (round, writer): (u64, usize),
        mut draft: Draft,
        done: &AtomicU64,
    ) -> Written {
        let mut client = Client::new(address, &self.session.cookie);
        let mut written = Written::default();
        let token = [("x-rorang-token", self.session.csrf.as_str())];
        for number in 0.. {
            let (marker, body) = draft.unanswered.clone().unwrap_or_else(|| {
                let marker = format!("dau-{round}-{writer}-{number}.");
                let body = self.body(&marker, draft.seen);
                (marker, body)
            });
            let Ok(answer) = client.post_json("/sync/operations", &token, &body) else {
                written.unanswered = Some(marker.clone());
                draft.unanswered = Some((marker, body));
                break;
            };
            let told: Value = serde_json::from_str(&answer.body).unwrap_or_default();
            let told = &told["answers"][0];
            if told["state"] != "done" || told["conflicts"] != json!([]) {
                written.refusals.push(format!("{marker} was answered {}: {}", answer.status, answer.body));
                if 3 < written.refusals.len() {
                    break;
                }
                continue;
            }
            draft = Draft { seen: told["version"].as_u64().unwrap_or_default(), unanswered: None };
            written.acknowledged.push(marker);
            done.fetch_add(1, Ordering::Relaxed);
        }
        written.draft = Some((self.number, draft));
        written
    }

    fn body(&self, marker: &str, seen: u64) -> String {
        // A name by the mark: the same act has the same name in every run.
        let seed = marker.bytes().fold(7, |seed: u64, byte| seed.wrapping_mul(131).wrapping_add(byte.into()));
        let mut chance = Chance::new(seed);
        json!({
            "language": "vi",
            "operations": [{
                "operation": format!("{:016x}{:016x}", chance.next(), chance.next()), "kind": "save",
                "regime": self.regime, "period": self.period, "office": self.office, "line": self.line,
                "text": marker, "seen": seen,
            }],
        })
        .to_string()
    }
}
