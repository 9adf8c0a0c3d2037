//! The page that works without the net: its shell, the manifest by which a phone installs it, and the service worker.
//!
//! The shell is the same for everybody and holds nothing of anybody: scripts fill it from what the device keeps
//! (`assets/offline.mjs`). The worker's cache is named by what the shell is made of, so that another version of the
//! program is another cache.

use std::sync::LazyLock;

use app::Actor;
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use axum::response::{Html, IntoResponse, Response};
use maud::{DOCTYPE, Markup, PreEscaped, html};
use serde_json::json;
use terms::Language;

use crate::ask::{Ask, href};
use crate::assets;
use crate::failure::Answer;
use crate::server::Page;

/// What scripts say, with the arguments that they put in: messages `offline-word-…`.
const WORDS: &[(&str, &[&str])] = &[
    ("title", &[]),
    ("line-typing", &[]),
    ("line-waiting", &[]),
    ("line-sent", &[]),
    ("line-refused", &[]),
    ("line-not-kept", &[]),
    ("explain", &[]),
    ("no-last", &[]),
    ("last", &["value"]),
    ("optional", &[]),
    ("clash", &[]),
    ("clash-pick", &["value"]),
    ("clashed", &[]),
    ("blank", &[]),
    ("full", &[]),
    ("not-kept", &[]),
    ("no-forms", &[]),
    ("no-person", &[]),
    ("due", &["day"]),
    ("gone", &[]),
    ("gone-text", &[]),
    ("waits", &["count"]),
    ("nothing-waits", &[]),
    ("back", &[]),
    ("submit", &[]),
    ("submit-waits", &[]),
    ("outbox", &[]),
    ("refused", &["count"]),
    ("waiting", &["count"]),
    ("sent", &["count"]),
    ("held", &[]),
    ("drop", &[]),
    ("drop-sure", &["what"]),
    ("others", &["count"]),
    ("send-now", &[]),
    ("export", &[]),
    ("offline", &[]),
    ("online", &[]),
    ("who", &["name"]),
    ("clock", &["minutes"]),
    ("find-not-a-number", &["text"]),
    ("find-ambiguous", &["whole", "fraction"]),
    ("find-missing", &[]),
    ("find-below", &["least"]),
    ("find-above", &["most"]),
    ("find-too-precise", &["digits"]),
    ("find-more-than", &["whole", "limit"]),
    ("find-parts-more-than", &["sum", "whole", "limit"]),
    ("find-far-from-last", &["per_cent", "last"]),
    ("find-not-asked", &[]),
];

/// The files that the shell needs; fonts and pictures are named by the style sheet and the manifest.
const SHELL: &[&str] = &[
    "site.css",
    "offline.mjs",
    "edits.mjs",
    "kept.mjs",
    "queue.mjs",
    "sync.mjs",
    "icon.svg",
    "be-vietnam-pro-vietnamese-400.woff2",
    "be-vietnam-pro-latin-400.woff2",
    "be-vietnam-pro-vietnamese-600.woff2",
    "be-vietnam-pro-latin-600.woff2",
    "be-vietnam-figures-400.woff2",
];

/// Shows the shell.
pub(crate) async fn show(ask: Ask) -> Answer {
    let mut response = Html(shell(ask.language)).into_response();
    response.extensions_mut().insert(Page::Public);
    Ok(response)
}

/// What a phone installs: name, icons, first page.
pub(crate) async fn manifest(ask: Ask) -> Response {
    let icon = |name: &str, sizes: &str, kind: &str, purpose: &str| json!({ "src": assets::path(name), "sizes": sizes, "type": kind, "purpose": purpose });
    let manifest = json!({
        "id": "/",
        "name": ask.t("offline-app-name"),
        "short_name": ask.t("offline-app-short"),
        "description": ask.t("offline-app-description"),
        "lang": ask.language.code(),
        "dir": "ltr",
        "start_url": ask.href("/offline"),
        "scope": "/",
        "display": "standalone",
        "background_color": "#faf5eb",
        "theme_color": "#1f2d55",
        "categories": ["government", "productivity"],
        "icons": [
            icon("icon.svg", "any", "image/svg+xml", "any"),
            icon("icon-192.png", "192x192", "image/png", "any"),
            icon("icon-512.png", "512x512", "image/png", "any"),
            icon("icon-mask-512.png", "512x512", "image/png", "maskable"),
        ],
    });
    text("application/manifest+json", manifest.to_string())
}

/// The service worker: a few lines that hand the shell's addresses to `worker.mjs`.
pub(crate) async fn worker() -> Response {
    static WORKER: LazyLock<String> = LazyLock::new(|| {
        let shells = Language::ALL.map(shell);
        let addresses: Vec<String> = Language::ALL
            .into_iter()
            .map(|language| href(language, "/offline"))
            .chain(SHELL.iter().map(|name| assets::path(name).to_owned()))
            .collect();
        let made_of = [
            shells.join("\n"),
            addresses.join("\n"),
            assets::path("worker.mjs").to_owned(),
        ];
        let told = json!({ "version": fingerprint(&made_of.join("\n")), "shell": addresses });
        format!(
            "import {{ serve }} from {:?};\nserve(self, {told});\n",
            assets::path("worker.mjs")
        )
    });
    text("text/javascript; charset=utf-8", WORKER.clone())
}

fn text(kind: &'static str, body: String) -> Response {
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(kind)),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-cache")),
    ];
    (StatusCode::OK, headers, body).into_response()
}

/// 16 digits that change when a text does.
fn fingerprint(text: &str) -> String {
    ledger::signed::hex(&ledger::entry::address(text.as_bytes())[..8])
}

/// The page without anything in it.
fn shell(language: Language) -> String {
    let address = Uri::try_from(href(language, "/offline")).unwrap_or_default();
    // Nobody asks: the shell is kept on devices and shown to whoever holds them.
    let ask = Ask::new(&address, &HeaderMap::new(), Actor::public());
    let other = match language {
        Language::Vi => Language::En,
        Language::En => Language::Vi,
    };
    let title = ask.t("offline-title");
    html! {
        (DOCTYPE)
        html lang=(language.code()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (title) }
                meta name="color-scheme" content="light dark";
                meta name="theme-color" content="#1f2d55";
                link rel="stylesheet" href=(assets::path("site.css"));
                link rel="icon" href=(assets::path("icon.svg")) type="image/svg+xml";
                link rel="apple-touch-icon" href=(assets::path("icon-192.png"));
                link rel="manifest" href=(ask.href("/manifest.webmanifest"));
                script type="module" src=(assets::path("offline.mjs")) {}
            }
            body.offline {
                a.skip href="#main" { (ask.t("web-skip")) }
                header.site-header {
                    div.bar {
                        a.brand href=(ask.href("")) {
                            span.brand-mark aria-hidden="true" {}
                            span.brand-name { "Rõ Ràng" }
                            span.brand-place { (ask.t("web-province")) }
                        }
                        div.who {
                            a.language href=(ask.elsewhere(other)) hreflang=(other.code()) lang=(other.code()) rel="alternate" {
                                (match other { Language::Vi => "Tiếng Việt", Language::En => "English" })
                            }
                        }
                    }
                    div.weave aria-hidden="true" {}
                }
                main.narrow id="main" tabindex="-1" {
                    h1 { (title) }
                    p { (ask.t("offline-lead")) }
                    noscript { p.notice.problem { (ask.t("offline-no-script")) } }
                    p.notice role="status" id="how" {}
                    p.muted id="who" {}
                    p.notice.problem role="alert" id="trouble" hidden {}
                    div.notice.problem id="enter" hidden {
                        p { (ask.t("offline-enter")) }
                        p.actions {
                            a.button href=(format!("{}?next={}", ask.href("/sign-in"), crate::ask::encode(&ask.href("/offline")))) {
                                (ask.t("offline-enter-link"))
                            }
                        }
                    }
                    p.notice id="clock" hidden {}
                    div id="forms" {}
                    div id="box" {}
                    p.muted { a href=(ask.href("/reports")) { (ask.t("offline-reports")) } }
                    (words(&ask))
                }
            }
        }
    }
    .into_string()
}

/// The messages that scripts need, each an attribute; `{name}` stands where an argument goes.
fn words(ask: &Ask) -> Markup {
    let mut told = String::from("<div id=\"words\" hidden");
    for (name, arguments) in WORDS {
        let places: Vec<String> = arguments
            .iter()
            .map(|argument| format!("{{{argument}}}"))
            .collect();
        let given: Vec<_> = arguments
            .iter()
            .zip(&places)
            .map(|(argument, place)| (*argument, place.as_str().into()))
            .collect();
        let text = ask.ta(&format!("offline-word-{name}"), &given);
        told.push_str(&format!(" data-{name}=\"{}\"", html! { (text) }.into_string()));
    }
    told.push_str("></div>");
    PreEscaped(told)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shell_says_everything_in_both_languages_and_holds_nobody() {
        for language in Language::ALL {
            let shell = shell(language);
            for (name, arguments) in WORDS {
                assert!(
                    !shell.contains(&format!("offline-word-{name}")),
                    "{language}: {name}"
                );
                let (_, rest) = shell.split_once(&format!(" data-{name}=\"")).unwrap();
                let told = rest.split('"').next().unwrap();
                for argument in *arguments {
                    assert!(
                        told.contains(&format!("{{{argument}}}")),
                        "{language}: {name} leaves out {argument}"
                    );
                }
            }
            assert!(!shell.contains("/assets/unknown") && !shell.contains("csrf"));
        }
    }

    #[test]
    fn the_worker_keeps_what_is_there() {
        for name in SHELL {
            assert_ne!(assets::path(name), "/assets/unknown", "{name}");
        }
    }
}
