//! Signing in by the province's own directory: the browser goes there, comes back, and says goodbye there too.
//!
//! The way there is a link, never a form: our policy lets forms lead to our own pages only.

use app::single_sign_on::{Away, Back, Outcome, Refusal, Returned};
use axum::Extension;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};

use crate::ask::Ask;
use crate::failure::{Answer, Failure};
use crate::layout::{self, Section};
use crate::pages::session::{self, code_page, from, signed_in};
use crate::routes::{Peer, from_here};
use crate::session_cookie::{self, AWAY};
use crate::site::Site;

/// Sends the browser to the directory.
pub(crate) async fn leave(State(site): State<Site>, ask: Ask, headers: HeaderMap) -> Answer {
    let next = ask.value("next").unwrap_or_default();
    if site.app.directory_name().is_none() {
        return Err(Failure::not_found(&ask));
    }
    // Nobody else's page begins a sign-in: the person is shown our door first.
    if !from_here(&headers) {
        let to = format!("{}?next={}", ask.href("/sign-in"), crate::ask::encode(next));
        return Ok(go(&to, &[]));
    }
    let left = site.app.leave_for_directory(ask.language.code(), next).await;
    match left.map_err(|error| Failure::from_app(&ask, error))? {
        Ok(away) => Ok(go(&away.address, &[away_cookie(&away, &headers)])),
        Err(refusal) => Ok(refused(&site, &ask, next, &refusal)),
    }
}

/// Takes the browser back.
pub(crate) async fn back(
    State(site): State<Site>,
    mut ask: Ask,
    Extension(Peer(peer)): Extension<Peer>,
    headers: HeaderMap,
) -> Answer {
    let back = Back {
        state: ask.value("state").unwrap_or_default(),
        browser: session_cookie::named(&headers, AWAY).unwrap_or_default(),
        code: ask.value("code"),
        issuer: ask.value("iss"),
    };
    let from = from(peer.ip(), &headers);
    let returned = site
        .app
        .return_from_directory(ask.actor.user(), back, &from)
        .await;
    let Returned { from: way, outcome } = returned.map_err(|error| Failure::from_app(&ask, error))?;
    let (language, next) = way.unwrap_or_default();
    if let Ok(language) = language.parse() {
        ask.language = language;
    }
    // Links of the page that follows lead to pages, not to this address.
    "/sign-in".clone_into(&mut ask.path);
    ask.query.clear();
    let mut answer = match outcome {
        Outcome::SignedIn(session) => signed_in(&ask, &session, &next, &headers),
        Outcome::SecondFactor { challenge } => code_page(&ask, &challenge, &next, None),
        Outcome::Linked => go(&ask.href("/account?done=1"), &[]),
        Outcome::Refused(refusal) => refused(&site, &ask, &next, &refusal),
    };
    answer.headers_mut().append(
        header::SET_COOKIE,
        session_cookie::set_named(AWAY, "", 0, &headers),
    );
    Ok(answer)
}

/// Says that one is signed out here, and offers to sign out at the directory too.
pub(crate) async fn signed_out(State(site): State<Site>, ask: Ask) -> Answer {
    let there = match ask.value("directory") {
        Some(_) => site.app.directory_sign_out().await,
        None => None,
    };
    let name = site.app.directory_name();
    let title = ask.t("web-signed-out-title");
    let body = html! {
        div.narrow {
            h1 { (title) }
            @if let (Some(there), Some(name)) = (&there, &name) {
                p.lead { (ask.ta("web-signed-out-there-lead", &[("name", name.get(ask.language).into())])) }
                p.actions {
                    a.button href=(there) rel="noreferrer" { (ask.ta("web-signed-out-there", &[("name", name.get(ask.language).into())])) }
                    a.button.plain href=(ask.href("")) { (ask.t("web-error-home")) }
                }
            } @else {
                p.actions { a.button href=(ask.href("")) { (ask.t("web-error-home")) } }
            }
        }
    };
    Ok(layout::personal(&ask, Section::None, &title, &body))
}

/// The page between the account and the directory: a link there, as a form may not lead out.
pub(crate) fn link_page(site: &Site, ask: &Ask, away: &Away, headers: &HeaderMap) -> Response {
    let name = site.app.directory_name().unwrap_or_default();
    let name = name.get(ask.language);
    let title = ask.t("web-link-title");
    let body = html! {
        div.narrow {
            nav.crumbs aria-label=(ask.t("web-crumbs")) { a href=(ask.href("/account")) { (ask.t("web-account-title")) } }
            h1 { (title) }
            p.lead { (ask.ta("web-link-go-lead", &[("name", name.into())])) }
            p.actions {
                a.button href=(away.address) rel="noreferrer" { (ask.ta("web-link-go", &[("name", name.into())])) }
                a.button.plain href=(ask.href("/account")) { (ask.t("web-link-not")) }
            }
        }
    };
    let mut page = layout::personal(ask, Section::None, &title, &body);
    page.headers_mut()
        .append(header::SET_COOKIE, away_cookie(away, headers));
    page
}

/// The button on the page for signing in.
pub(crate) fn button(site: &Site, ask: &Ask, next: &str) -> Markup {
    let Some(name) = site.app.directory_name() else {
        return html! {};
    };
    let to = format!(
        "{}?next={}",
        ask.href("/sign-in/directory"),
        crate::ask::encode(next)
    );
    html! {
        p.actions {
            a.button href=(to) rel="nofollow" { (ask.ta("web-sign-in-by", &[("name", name.get(ask.language).into())])) }
        }
        p.or { span { (ask.t("web-sign-in-or")) } }
    }
}

/// What a person is told where nobody came in.
pub(crate) fn why(site: &Site, ask: &Ask, refusal: &Refusal) -> (StatusCode, String) {
    let name = site.app.directory_name().unwrap_or_default();
    let name = ("name", name.get(ask.language).into());
    match refusal {
        Refusal::Stale => (StatusCode::BAD_REQUEST, ask.t("web-directory-stale")),
        Refusal::Declined => (StatusCode::FORBIDDEN, ask.ta("web-directory-declined", &[name])),
        Refusal::Down => {
            tracing::warn!("the directory gives no answer");
            (
                StatusCode::SERVICE_UNAVAILABLE,
                ask.ta("web-directory-down", &[name]),
            )
        }
        Refusal::Untrusted(flaw) => {
            tracing::warn!(?flaw, "what the directory answered does not hold");
            (
                StatusCode::BAD_GATEWAY,
                ask.ta("web-directory-untrusted", &[name]),
            )
        }
        Refusal::NotLinked { label } if label.is_empty() => {
            (StatusCode::FORBIDDEN, ask.ta("web-directory-not-linked", &[name]))
        }
        Refusal::NotLinked { label } => {
            let whom = ("whom", label.as_str().into());
            (
                StatusCode::FORBIDDEN,
                ask.ta("web-directory-not-linked-as", &[name, whom]),
            )
        }
        Refusal::LinkedElsewhere => (
            StatusCode::CONFLICT,
            ask.ta("web-directory-linked-elsewhere", &[name]),
        ),
        Refusal::TooManyAttempts { wait_s } => (StatusCode::TOO_MANY_REQUESTS, session::wait(ask, *wait_s)),
    }
}

/// The door again with what happened; the way by password stands there as ever.
fn refused(site: &Site, ask: &Ask, next: &str, refusal: &Refusal) -> Response {
    let (status, why) = why(site, ask, refusal);
    let mut page = if ask.actor.user().is_some() {
        let title = ask.t("web-link-title");
        let body = html! {
            div.narrow {
                h1 { (title) }
                div.notice.problem role="alert" { p { (why) } }
                p.actions { a.button href=(ask.href("/account")) { (ask.t("web-account-title")) } }
            }
        };
        layout::personal(ask, Section::None, &title, &body)
    } else {
        session::page(site, ask, "", next, Some(&why))
    };
    *page.status_mut() = status;
    page
}

fn away_cookie(away: &Away, headers: &HeaderMap) -> HeaderValue {
    session_cookie::set_named(AWAY, &away.browser, away.max_age_s, headers)
}

fn go(to: &str, cookies: &[HeaderValue]) -> Response {
    let to = HeaderValue::from_str(to).unwrap_or_else(|_| HeaderValue::from_static("/"));
    let private = HeaderValue::from_static("private, no-store");
    let mut answer = (
        StatusCode::SEE_OTHER,
        [(header::LOCATION, to), (header::CACHE_CONTROL, private)],
    )
        .into_response();
    for cookie in cookies {
        answer.headers_mut().append(header::SET_COOKIE, cookie.clone());
    }
    answer
}
