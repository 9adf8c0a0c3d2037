//! The record that nobody can quietly change: its signed head, the receipt of an entry, and a check of any receipt.

use axum::extract::{Path, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use ledger::export::Receipt;
use ledger::signed::{SignedHead, hex};
use maud::{Markup, html};

use crate::ask::Ask;
use crate::failure::{Answer, Failure};
use crate::layout::{self, Section};
use crate::posted::Posted;
use crate::site::Site;

/// Shows the head, and the receipt of the entry that is asked for.
pub(crate) async fn show(State(site): State<Site>, ask: Ask) -> Answer {
    let entry: Option<u64> = ask
        .value("entry")
        .map(str::parse)
        .transpose()
        .map_err(|_| Failure::misunderstood(&ask))?;
    let receipt = match entry {
        Some(entry) => Some(receipt_of(&site, &ask, entry).await?),
        None => None,
    };
    page(&site, &ask, receipt.as_ref(), None).await
}

/// Checks a receipt that somebody brings, whoever made it.
pub(crate) async fn check(State(site): State<Site>, ask: Ask, posted: Posted) -> Answer {
    // A browser sends lines with their carriage returns, and a person may miss the last line's end.
    let text = format!("{}\n", posted.text("receipt").replace("\r\n", "\n"));
    page(&site, &ask, None, Some(&text)).await
}

/// The receipt of an entry as a file.
pub(crate) async fn receipt(State(site): State<Site>, ask: Ask, Path(entry): Path<String>) -> Answer {
    let entry: u64 = entry.parse().map_err(|_| Failure::not_found(&ask))?;
    let text = receipt_of(&site, &ask, entry).await?.to_text();
    let disposition = HeaderValue::from_str(&format!("attachment; filename=\"rorang-receipt-{entry}.txt\""));
    let headers = [
        (
            header::CONTENT_TYPE,
            HeaderValue::from_static("text/plain; charset=utf-8"),
        ),
        (
            header::CONTENT_DISPOSITION,
            disposition.unwrap_or_else(|_| HeaderValue::from_static("attachment")),
        ),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    Ok((StatusCode::OK, headers, text).into_response())
}

async fn receipt_of(site: &Site, ask: &Ask, entry: u64) -> Result<Receipt, Failure> {
    site.app
        .receipt(&ask.actor, entry)
        .await
        .map_err(|error| Failure::from_app(ask, error))
}

async fn page(
    site: &Site,
    ask: &Ask,
    receipt: Option<&Receipt>,
    brought: Option<&str>,
) -> Result<Response, Failure> {
    let head = site
        .app
        .signed_head(&ask.actor)
        .await
        .map_err(|error| Failure::from_app(ask, error))?;
    let title = ask.t("web-record-title");
    let body = html! {
        h1 { (title) }
        p.lead { (ask.t("web-record-lead")) }
        (facts(ask, &head))
        section {
            h2 id="receipt" { (ask.t("web-record-receipt")) }
            p { (ask.t("web-record-receipt-text")) }
            form.as-known method="get" action=(ask.href("/record")) {
                label for="entry" { (ask.t("web-record-entry")) }
                input id="entry" name="entry" inputmode="numeric" pattern="[0-9]{1,18}" required value=[ask.value("entry")];
                button type="submit" { (ask.t("web-record-make")) }
            }
            @if let Some(receipt) = receipt {
                pre.receipt tabindex="0" aria-label=(ask.t("web-record-receipt")) { (receipt.to_text()) }
                p { a.button.plain href=(format!("/data/receipts/{}", receipt.number)) { (ask.t("web-record-download")) } }
            }
        }
        section {
            h2 id="check" { (ask.t("web-record-check")) }
            p { (ask.t("web-record-check-text")) }
            @if let Some(text) = brought { (verdict(ask, &head, text)) }
            form method="post" action=(ask.href("/record#check")) {
                input type="hidden" name="csrf" value=(ask.actor.csrf());
                div.field {
                    label for="receipt-text" { (ask.t("web-record-paste")) }
                    textarea id="receipt-text" name="receipt" rows="6" required spellcheck="false" { (brought.unwrap_or_default()) }
                }
                p.actions { button type="submit" { (ask.t("web-record-check-button")) } }
            }
        }
    };
    // The signature carries the moment: a page of its own for everybody who asks.
    Ok(layout::personal(ask, Section::About, &title, &body))
}

fn facts(ask: &Ask, head: &SignedHead) -> Markup {
    html! {
        dl.facts.stacked {
            div { dt { (ask.t("web-record-size")) } dd.num { (i18n::number(ask.language, head.head.size.into())) } }
            div { dt { (ask.t("web-record-chain")) } dd { code.hash { (hex(&head.head.chain)) } } }
            div { dt { (ask.t("web-record-root")) } dd { code.hash { (hex(&head.head.root)) } } }
            div { dt { (ask.t("web-record-key")) } dd { code.hash { (hex(&head.key)) } } }
        }
    }
}

/// Whether a receipt holds, and whether our own key signed it: a receipt that holds under another key proves nothing
/// of this record.
fn verdict(ask: &Ask, head: &SignedHead, text: &str) -> Markup {
    let told = match Receipt::from_text(text) {
        None => ("problem", ask.t("web-record-no-receipt")),
        Some(receipt) if !receipt.holds() => ("problem", ask.t("web-record-broken")),
        Some(receipt) if receipt.signed.key != head.key => ("problem", ask.t("web-record-other-key")),
        Some(receipt) => (
            "good",
            ask.ta(
                "web-record-holds",
                &[("number", receipt.number.to_string().into())],
            ),
        ),
    };
    html! { p class=(format!("notice {}", told.0)) role="status" { (told.1) } }
}
