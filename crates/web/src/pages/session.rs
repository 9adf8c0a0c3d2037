//! Signing in and out.

use app::Actor;
use app::policy::Action;
use app::session::{From, NewSession, SignInRefused};
use axum::Extension;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use maud::html;

use crate::ask::Ask;
use crate::failure::{Answer, Failure};
use crate::layout::{self, Section};
use crate::pages::directory;
use crate::parts::form;
use crate::posted::Posted;
use crate::routes::Peer;
use crate::session_cookie;
use crate::site::Site;

/// Shows the form.
pub(crate) async fn form(State(site): State<Site>, ask: Ask) -> Answer {
    let next = ask.value("next").unwrap_or_default().to_owned();
    Ok(page(&site, &ask, "", &next, None))
}

/// Opens a session, or says why not.
pub(crate) async fn sign_in(
    State(site): State<Site>,
    ask: Ask,
    Extension(Peer(peer)): Extension<Peer>,
    headers: HeaderMap,
    posted: Posted,
) -> Answer {
    let (name, next) = (posted.text("name"), posted.text("next"));
    let opened = site
        .app
        .sign_in_from(name, posted.exactly("password"), &from(peer.ip(), &headers))
        .await;
    match opened.map_err(|error| Failure::from_app(&ask, error))? {
        Ok(session) => Ok(signed_in(&ask, &session, next, &headers)),
        Err(SignInRefused::SecondFactor { challenge }) => Ok(code_page(&ask, &challenge, next, None)),
        Err(refused) => {
            let why = match refused {
                SignInRefused::WrongNameOrPassword
                | SignInRefused::WrongCode
                | SignInRefused::SecondFactor { .. } => ask.t("web-sign-in-wrong"),
                SignInRefused::TooManyAttempts { wait_s } => wait(&ask, wait_s),
            };
            let mut page = page(&site, &ask, name, next, Some(&why));
            *page.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
            Ok(page)
        }
    }
}

/// How long to wait.
pub(crate) fn wait(ask: &Ask, wait_s: u64) -> String {
    let minutes = usize::try_from(wait_s.div_ceil(60)).unwrap_or(60);
    ask.ta("web-sign-in-wait", &[("minutes", minutes.into())])
}

/// Opens a session by the code of the telephone, after the password was right.
pub(crate) async fn answer(
    State(site): State<Site>,
    ask: Ask,
    Extension(Peer(peer)): Extension<Peer>,
    headers: HeaderMap,
    posted: Posted,
) -> Answer {
    let (challenge, next) = (posted.text("challenge"), posted.text("next"));
    let from = from(peer.ip(), &headers);
    let opened = site
        .app
        .answer_challenge(challenge, posted.text("code"), &from)
        .await;
    let opened = opened.map_err(|error| Failure::from_app(&ask, error))?;
    if let Ok(session) = opened {
        return Ok(signed_in(&ask, &session, next, &headers));
    }
    let mut page = code_page(&ask, challenge, next, Some(&ask.t("web-code-wrong")));
    *page.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    Ok(page)
}

/// From where somebody signs in, for the limit on attempts and the list of sessions.
pub(crate) fn from(address: std::net::IpAddr, headers: &HeaderMap) -> From {
    let device = headers
        .get(header::USER_AGENT)
        .and_then(|value| value.to_str().ok());
    From {
        address,
        device: device.unwrap_or_default().to_owned(),
    }
}

/// Sets the cookie and goes on.
pub(crate) fn signed_in(ask: &Ask, session: &NewSession, next: &str, headers: &HeaderMap) -> Response {
    let cookie = session_cookie::set(&session.token, session.max_age_s, headers);
    let next = inside(ask, next, &session.actor);
    go(ask, &next, cookie)
}

/// Asks for the code.
pub(crate) fn code_page(ask: &Ask, challenge: &str, next: &str, problem: Option<&str>) -> Response {
    let title = ask.t("web-code-title");
    let body = html! {
        div.narrow {
            h1 { (title) }
            p.lead { (ask.t("web-code-lead")) }
            @if let Some(problem) = problem { div.notice.problem role="alert" { p { (problem) } } }
            form method="post" action=(ask.href("/sign-in/code")) {
                input type="hidden" name="next" value=(next);
                input type="hidden" name="challenge" value=(challenge);
                (form::code(ask, "code", "web-factor-code"))
                p.actions { button type="submit" { (ask.t("web-sign-in")) } }
            }
            p.muted { (ask.t("web-code-help")) }
            p { a href=(ask.href("/sign-in")) { (ask.t("web-code-again")) } }
        }
    };
    layout::personal(ask, Section::None, &title, &body)
}

/// Ends the session.
pub(crate) async fn sign_out(State(site): State<Site>, ask: Ask, headers: HeaderMap, _: Posted) -> Answer {
    let mut to = ask.href("");
    if let Some(token) = session_cookie::token(&headers) {
        let by_directory = site.app.sign_out(token).await;
        if by_directory.map_err(|error| Failure::from_app(&ask, error))? {
            to = ask.href("/signed-out?directory=1");
        }
    }
    Ok(go(&ask, &to, session_cookie::set("", 0, &headers)))
}

fn go(ask: &Ask, to: &str, cookie: HeaderValue) -> Response {
    let home = || HeaderValue::from_str(&ask.href("")).unwrap_or_else(|_| HeaderValue::from_static("/"));
    let to = HeaderValue::from_str(to).unwrap_or_else(|_| home());
    (
        StatusCode::SEE_OTHER,
        [(header::LOCATION, to), (header::SET_COOKIE, cookie)],
    )
        .into_response()
}

/// Where to go after signing in: only a page of ours, else where one's work lies.
fn inside(ask: &Ask, next: &str, actor: &Actor) -> String {
    let ours = terms::Language::ALL.iter().any(|language| {
        let page = next
            .strip_prefix('/')
            .and_then(|rest| rest.strip_prefix(language.code()));
        page.is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?']))
    });
    let plain = next.bytes().all(|byte| byte.is_ascii_graphic()) && !next.contains('\\');
    if ours && plain {
        next.to_owned()
    } else {
        ask.href(if actor.may(Action::ReadDesk) {
            "/desk"
        } else if actor.may(Action::ReadTasks) {
            "/mine"
        } else {
            "/account"
        })
    }
}

pub(crate) fn page(site: &Site, ask: &Ask, name: &str, next: &str, problem: Option<&str>) -> Response {
    let title = ask.t("web-sign-in");
    let body = html! {
        div.narrow {
            h1 { (title) }
            p.lead { (ask.t("web-sign-in-lead")) }
            @if let Some(problem) = problem { div.notice.problem role="alert" { p { (problem) } } }
            (directory::button(site, ask, next))
            form method="post" action=(ask.href("/sign-in")) {
                input type="hidden" name="next" value=(next);
                div.field {
                    label for="name" { (ask.t("web-sign-in-name")) }
                    input id="name" name="name" value=(name) autocomplete="username" required autocapitalize="none" spellcheck="false";
                }
                div.field {
                    label for="password" { (ask.t("web-sign-in-password")) }
                    input id="password" name="password" type="password" autocomplete="current-password" required;
                }
                p.actions { button type="submit" { (title) } }
            }
            p.muted { (ask.t("web-sign-in-help")) }
        }
    };
    layout::personal(ask, Section::None, &title, &body)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn after_signing_in_one_stays_in_the_house() {
        let ask = Ask::new(
            &"/vi/sign-in".parse().unwrap(),
            &HeaderMap::new(),
            app::Actor::public(),
        );
        assert_eq!(
            inside(&ask, "/vi/documents/3?figure=3.1", &Actor::public()),
            "/vi/documents/3?figure=3.1"
        );
        for elsewhere in [
            "",
            "//evil.example",
            "https://evil.example",
            "/vi\\@evil",
            "/vienna",
            "/vi\n/x",
        ] {
            assert_eq!(
                inside(&ask, elsewhere, &Actor::public()),
                "/vi/account",
                "{elsewhere}"
            );
            assert_eq!(
                inside(&ask, elsewhere, &Actor::operator()),
                "/vi/desk",
                "{elsewhere}"
            );
        }
    }
}
