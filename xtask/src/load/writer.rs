//! A person who fills a form in: a line, a moment of thought, the next line.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::Seen;
use super::people::Person;
use crate::chance::Chance;
use crate::http::Client;

/// The shortest moment between two lines, ms: somebody who types from a prepared sheet.
const SHORTEST_MS: u64 = 1_500;
/// And the longest adds so much.
const MORE_MS: u64 = 4_000;

pub(super) fn write(address: SocketAddr, person: &Person, number: usize, over: &AtomicBool) -> Seen {
    let mut chance = Chance::new(1_000_000 + number as u64);
    let mut client = Client::new(address, &person.session.cookie);
    let mut seen = Seen::default();
    thread::sleep(Duration::from_millis(chance.below(MORE_MS)));
    let Some(mut form) = open_form(&mut client, &mut seen) else { return seen };
    while !over.load(Ordering::Relaxed) {
        let lines = form["items"].as_array().map_or(0, Vec::len);
        let item = form["items"][usize::try_from(chance.next() % lines.max(1) as u64).unwrap_or(0)].clone();
        let line = item["indicator"].as_str().unwrap_or_default();
        let operation = format!("{:016x}{:016x}", chance.next(), chance.next());
        let sent = json!({
            "language": "vi",
            "operations": [{
                "operation": operation, "kind": "save", "regime": form["regime"], "period": form["period"],
                "office": form["office"], "line": line, "text": (1 + chance.below(90)).to_string(),
                "seen": form["version"],
            }],
        });
        let token = [("x-rorang-token", person.session.csrf.as_str())];
        let start = Instant::now();
        let answer = client.post_json("/sync/operations", &token, &sent.to_string());
        let time = start.elapsed();
        let told = answer.map(|answer| (answer.status, serde_json::from_str::<Value>(&answer.body)));
        match told {
            Ok((200, Ok(told))) if told["answers"][0]["state"] == "done" => {
                seen.times.push(u32::try_from(time.as_micros()).unwrap_or(u32::MAX));
                let conflicts = told["answers"][0]["conflicts"].as_array();
                if conflicts.is_some_and(|lines| lines.iter().any(|conflict| *conflict == line)) {
                    seen.conflicts += 1;
                    // Looks at both values; the next save of the line decides.
                    match open_form(&mut client, &mut seen) {
                        Some(newer) => form = newer,
                        None => return seen,
                    }
                } else {
                    form["version"] = told["answers"][0]["version"].clone();
                }
            }
            other => {
                seen.errors.push(format!("{line}: {other:?}"));
                if 20 < seen.errors.len() {
                    return seen;
                }
            }
        }
        thread::sleep(Duration::from_millis(SHORTEST_MS + chance.below(MORE_MS)));
    }
    seen
}

/// The first form that can be filled in.
fn open_form(client: &mut Client, seen: &mut Seen) -> Option<Value> {
    let told = match client.get("/sync/forms?lang=vi") {
        Ok(answer) if answer.status == 200 => answer.body,
        other => {
            seen.errors.push(format!("no forms: {other:?}"));
            return None;
        }
    };
    let forms: Value = serde_json::from_str(&told).unwrap_or_default();
    let form = forms["forms"].as_array().and_then(|forms| forms.iter().find(|form| form["lock"].is_null()));
    if form.is_none() {
        seen.errors.push("no form is open".to_owned());
    }
    form.cloned()
}
