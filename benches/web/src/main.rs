//! The pages against nginx: `cargo xtask bench web [--json] [--rounds N] [--seconds N]`.
//!
//! Builds the product, loads the example into a new database, then measures in turn, in one run: a scoreboard page of
//! (about) 22 targets from our server, and nginx serving the very same bytes from a file, both by `wrk -t1 -c64`; the time
//! from starting the program on the existing database to its first page; and the weight of the first page.
//! nginx and wrk are installed from the distribution where they are missing.

mod http;
mod peers;
mod product;

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use serde_json::json;

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let as_json = arguments.iter().any(|argument| argument == "--json");
    let number = |name: &str, default: u64| {
        let at = arguments.iter().position(|argument| argument == name)?;
        Some(arguments.get(at + 1)?.parse().unwrap_or(default))
    };
    let rounds = number("--rounds", 5).unwrap_or(5);
    let seconds = number("--seconds", 4).unwrap_or(4);
    peers::install()?;
    let folder = tempfile::tempdir()?;
    let program = product::build()?;

    // A first start makes the database; the starts that are measured find it there.
    let database = folder.path().join("bench.db");
    product::Server::start(&program, &database)?.stop()?;
    let mut first_page: Vec<f64> = Vec::new();
    for _ in 0..rounds {
        let (server, elapsed) = product::Server::start_timed(&program, &database)?;
        first_page.push(elapsed.as_secs_f64() * 1000.0);
        server.stop()?;
    }

    let server = product::Server::start(&program, &database)?;
    let (page, targets) = scoreboard(&server)?;
    let mut ratios = Vec::new();
    for encoding in ["gzip", "identity"] {
        let bytes = http::get(&server.address, &page, encoding)?;
        let nginx = peers::Nginx::start(folder.path(), &bytes)?;
        ensure!(
            http::get(&nginx.address, "/page", encoding)?.body == bytes.body,
            "nginx serves other bytes than ours"
        );
        let (mut ours, mut theirs) = (Vec::new(), Vec::new());
        for _ in 0..rounds {
            theirs.push(peers::wrk(
                &nginx.address,
                "/page",
                encoding,
                Duration::from_secs(seconds),
            )?);
            ours.push(peers::wrk(
                &server.address,
                &page,
                encoding,
                Duration::from_secs(seconds),
            )?);
        }
        ratios.push(Ratio {
            encoding,
            bytes: bytes.body.len(),
            ours: peers::median(&ours),
            theirs: peers::median(&theirs),
        });
    }
    let home_kb = weight(&server)?;
    server.stop()?;
    first_page.sort_by(f64::total_cmp);
    let first_page_ms = first_page[first_page.len() / 2];

    let gzip = &ratios[0];
    if as_json {
        println!(
            "{}",
            json!({
                "rps_vs_nginx": gzip.ours.rps / gzip.theirs.rps, "p99_vs_nginx": gzip.ours.p99_ms / gzip.theirs.p99_ms,
                "first_page_ms": first_page_ms, "home_kb": home_kb, "page": page, "targets": targets,
                "encodings": ratios.iter().map(Ratio::json).collect::<Vec<_>>(),
            })
        );
    } else {
        println!("page {page}: {targets} targets");
        for ratio in &ratios {
            ratio.print();
        }
        println!("start to first page, existing database: {first_page_ms:.0} ms (goal 300)");
        println!("first page with style and script, brotli, fonts and map aside: {home_kb:.1} KB (goal 60)");
    }
    Ok(())
}

struct Ratio {
    encoding: &'static str,
    bytes: usize,
    ours: peers::Load,
    theirs: peers::Load,
}

impl Ratio {
    fn json(&self) -> serde_json::Value {
        json!({
            "encoding": self.encoding, "bytes": self.bytes,
            "rps": self.ours.rps, "p99_ms": self.ours.p99_ms, "errors": self.ours.errors,
            "nginx_rps": self.theirs.rps, "nginx_p99_ms": self.theirs.p99_ms,
        })
    }

    fn print(&self) {
        println!(
            "{:8} {:6} bytes: {:6.0} a second, p99 {:5.2} ms; nginx {:6.0} a second, p99 {:5.2} ms: {:.2} of its throughput (goal 0.5), {:.2} of its p99 (goal 2)",
            self.encoding,
            self.bytes,
            self.ours.rps,
            self.ours.p99_ms,
            self.theirs.rps,
            self.theirs.p99_ms,
            self.ours.rps / self.theirs.rps,
            self.ours.p99_ms / self.theirs.p99_ms
        );
    }
}

/// The scoreboard whose number of targets is nearest to 22, among the filters that its own form offers.
fn scoreboard(server: &product::Server) -> Result<(String, usize)> {
    let home = http::get(&server.address, "/vi", "identity")?.text()?;
    let mut pages = vec!["/vi".to_owned()];
    for name in ["due", "field", "by"] {
        let Some(select) = home
            .split(&format!("name=\"{name}\""))
            .nth(1)
            .and_then(|rest| rest.split("</select>").next())
        else {
            continue;
        };
        let values = select
            .split("option value=\"")
            .skip(1)
            .filter_map(|rest| rest.split('"').next());
        pages.extend(
            values
                .filter(|value| !value.is_empty())
                .map(|value| format!("/vi?{name}={value}")),
        );
    }
    pages
        .into_iter()
        .map(|page| {
            let text = http::get(&server.address, &page, "identity")?.text()?;
            let targets = text.matches("id=\"target-").count();
            Ok((page, targets))
        })
        .collect::<Result<Vec<_>>>()?
        .into_iter()
        .filter(|(_, targets)| 0 < *targets)
        .min_by_key(|(_, targets)| targets.abs_diff(22))
        .context("no page shows any target")
}

/// What a first visit of the home page costs, in kilobytes of 1,000 bytes: the page, its style sheet, script and
/// pictures; fonts and maps aside.
fn weight(server: &product::Server) -> Result<f64> {
    let page = http::get(&server.address, "/vi", "br")?.body.len();
    let text = http::get(&server.address, "/vi", "identity")?.text()?;
    let mut assets: Vec<&str> = text
        .split('"')
        .filter(|part| part.starts_with("/assets/") && !part.ends_with(".woff2"))
        .collect();
    let style = assets
        .iter()
        .find(|asset| asset.ends_with(".css"))
        .context("the page names no style sheet")?;
    let style = http::get(&server.address, style, "identity")?.text()?;
    assets.extend(
        style
            .split("url(")
            .skip(1)
            .filter_map(|rest| rest.split(')').next())
            .filter(|asset| !asset.ends_with(".woff2")),
    );
    assets.sort_unstable();
    assets.dedup();
    let mut bytes = page;
    for asset in assets {
        bytes += http::get(&server.address, asset, "br")?.body.len();
    }
    Ok(f64::from(u32::try_from(bytes)?) / 1000.0)
}
