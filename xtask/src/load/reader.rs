//! Citizens and officials who read the public pages.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use super::Seen;
use crate::chance::Chance;
use crate::http::Client;

/// What is read, in both languages.
const PAGES: [&str; 8] =
    ["", "/indicators", "/documents", "/map", "/disagreements", "/units/VN-11", "/ranking", "/about"];
/// The longest look at a page, ms.
const LOOK_MS: u64 = 2_000;

pub(super) fn read(address: SocketAddr, number: usize, over: &AtomicBool) -> Seen {
    let mut chance = Chance::new(7_000_000 + number as u64);
    let mut client = Client::new(address, "");
    let mut seen = Seen::default();
    thread::sleep(Duration::from_millis(chance.below(LOOK_MS)));
    while !over.load(Ordering::Relaxed) {
        let language = if chance.below(2) == 0 { "vi" } else { "en" };
        let page = PAGES[usize::try_from(chance.below(PAGES.len() as u64)).unwrap_or(0)];
        let path = format!("/{language}{page}");
        let start = Instant::now();
        match client.get(&path) {
            Ok(answer) if answer.status == 200 => {
                seen.times.push(u32::try_from(start.elapsed().as_micros()).unwrap_or(u32::MAX));
            }
            Ok(answer) => seen.errors.push(format!("{path}: {}", answer.status)),
            Err(error) => seen.errors.push(format!("{path}: {error}")),
        }
        thread::sleep(Duration::from_millis(200 + chance.below(LOOK_MS)));
    }
    seen
}
