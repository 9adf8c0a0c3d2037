//! One's own account: posts, sessions, password, second factor.

use app::account::{AccountView, Enrolment};
use axum::Extension;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use maud::{Markup, PreEscaped, html};
use qrcode::QrCode;
use terms::Diagnostic;

use crate::ask::Ask;
use crate::failure::{Answer, Failure};
use crate::layout::{self, Section};
use crate::pages::post::go;
use crate::pages::{directory, session};
use crate::parts::{account_events, device, form, notice};
use crate::posted::Posted;
use crate::routes::Peer;
use crate::session_cookie;
use crate::site::Site;

/// Shows the account.
pub(crate) async fn show(State(site): State<Site>, ask: Ask, headers: HeaderMap) -> Answer {
    page(&site, &ask, &headers, &[], None).await
}

/// Changes something of the account.
pub(crate) async fn change(
    State(site): State<Site>,
    ask: Ask,
    Extension(Peer(peer)): Extension<Peer>,
    headers: HeaderMap,
    posted: Posted,
) -> Answer {
    let (app, actor) = (&site.app, &ask.actor);
    let done = match posted.text("do") {
        "end-session" => app
            .end_own_session(actor, posted.text("session"))
            .await
            .map(|()| "/account?done=1"),
        "password" => app
            .change_own_password(actor, posted.exactly("old"), posted.exactly("new"))
            .await
            .map(|()| "/sign-in"),
        "begin" => match app.begin_second_factor(actor).await {
            Ok(enrolment) => return Ok(enrol_page(&ask, &enrolment, &[])),
            Err(error) => Err(error),
        },
        "confirm" => match app.confirm_second_factor(actor, posted.text("code")).await {
            Ok(codes) => return Ok(codes_page(&ask, &codes)),
            Err(app::Error::Invalid(problems)) => {
                let enrolment = app.waiting_second_factor(actor).await;
                let enrolment = enrolment.map_err(|error| Failure::from_app(&ask, error))?;
                let mut page = enrol_page(&ask, &enrolment, &problems);
                *page.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
                return Ok(page);
            }
            Err(error) => Err(error),
        },
        "link" => {
            let from = session::from(peer.ip(), &headers);
            let left = app
                .leave_to_link(actor, posted.exactly("password"), ask.language.code(), &from)
                .await;
            match left {
                Ok(Ok(away)) => return Ok(directory::link_page(&site, &ask, &away, &headers)),
                Ok(Err(refusal)) => {
                    let (status, why) = directory::why(&site, &ask, &refusal);
                    let mut page = page(&site, &ask, &headers, &[], Some(&why)).await?;
                    *page.status_mut() = status;
                    return Ok(page);
                }
                Err(error) => Err(error),
            }
        }
        "unlink" => app.unlink_self(actor).await.map(|()| "/account?done=1"),
        "end-factor" => app
            .end_second_factor(actor, posted.text("code"))
            .await
            .map(|()| "/account?done=1"),
        _ => return Err(Failure::misunderstood(&ask)),
    };
    match done {
        Ok(to) => go(&ask, to),
        Err(app::Error::Invalid(problems)) => {
            let mut page = page(&site, &ask, &headers, &problems, None).await?;
            *page.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
            Ok(page)
        }
        Err(error) => Err(Failure::from_app(&ask, error)),
    }
}

async fn page(
    site: &Site,
    ask: &Ask,
    headers: &HeaderMap,
    problems: &[Diagnostic],
    why: Option<&str>,
) -> Answer {
    let token = session_cookie::token(headers).unwrap_or_default();
    let account = site.app.account(&ask.actor, token).await;
    let account = account.map_err(|error| Failure::from_app(ask, error))?;
    let mut posts = Vec::new();
    for standing in ask.actor.posts() {
        let office = site.app.office_name(&ask.actor, &standing.office).await;
        let office = office.map_err(|error| Failure::from_app(ask, error))?;
        posts.push((standing.role, office, standing.reach));
    }
    let title = ask.t("web-account-title");
    let body = html! {
        div.narrow {
            h1 { (title) }
            p.lead { (ask.actor.name()) }
            @if ask.value("done").is_some() { (notice::done(&ask.t("web-org-done"))) }
            (notice::diagnostics(ask, problems))
            @if let Some(why) = why { div.notice.problem role="alert" { p { (why) } } }
            section {
                h2 { (ask.t("web-account-posts")) }
                @if posts.is_empty() { (notice::empty(&ask.t("web-account-no-posts"))) }
                ul.history {
                    @for (role, office, reach) in &posts {
                        li {
                            strong { (ask.t(&format!("web-role-{}", role.code()))) } " · " (office.get(ask.language))
                            br; small { (ask.t(&format!("web-reach-{reach}"))) }
                        }
                    }
                }
            }
            (second_factor(ask, &account))
            (link(ask, &account))
            (sessions(ask, &account))
            @if account.password { (password(ask)) }
            section {
                h2 { (ask.t("web-events-own")) }
                p.muted { (ask.t("web-events-own-lead")) }
                (account_events::list(ask, &account.events, false))
            }
        }
    };
    Ok(layout::personal(ask, Section::None, &title, &body))
}

fn second_factor(ask: &Ask, account: &AccountView) -> Markup {
    html! {
        section {
            h2 { (ask.t("web-factor-title")) }
            @if account.second_factor {
                p { (ask.ta("web-factor-on", &[("count", account.recovery_codes.to_string().into())])) }
                details {
                    summary { (ask.t("web-factor-end")) }
                    form method="post" action=(ask.href("/account")) {
                        (form::hidden(ask, "end-factor"))
                        (form::code(ask, "end-code", "web-factor-code"))
                        p.actions { button.danger type="submit" { (ask.t("web-factor-end")) } }
                    }
                }
            } @else {
                p { (ask.t("web-factor-off")) }
                @if account.required { p.notice { (ask.t("web-factor-required")) } }
                form method="post" action=(ask.href("/account")) {
                    (form::hidden(ask, "begin"))
                    p.actions { button type="submit" { (ask.t("web-factor-begin")) } }
                }
            }
        }
    }
}

/// The link to the province's directory; nothing where there is none.
fn link(ask: &Ask, account: &AccountView) -> Markup {
    let Some(name) = account.directory.as_ref().map(|name| name.get(ask.language)) else {
        return html! {};
    };
    let name = || ("name", name.into());
    html! {
        section {
            h2 { (ask.t("web-link-title")) }
            @if let Some(whom) = &account.link {
                @if whom.is_empty() { p { (ask.ta("web-link-on", &[name()])) } }
                @else { p { (ask.ta("web-link-on-as", &[name(), ("whom", whom.as_str().into())])) } }
                @if account.password {
                    details {
                        summary { (ask.t("web-link-end")) }
                        form method="post" action=(ask.href("/account")) {
                            (form::hidden(ask, "unlink"))
                            p { (ask.t("web-link-end-text")) }
                            p.actions { button.danger type="submit" { (ask.t("web-link-end")) } }
                        }
                    }
                }
            } @else {
                p { (ask.ta("web-link-off", &[name()])) }
                form method="post" action=(ask.href("/account")) {
                    (form::hidden(ask, "link"))
                    @if account.password { (form::secret(ask, "password", "web-account-old", "current-password")) }
                    p.actions { button type="submit" { (ask.t("web-link-begin")) } }
                }
            }
        }
    }
}

fn sessions(ask: &Ask, account: &AccountView) -> Markup {
    html! {
        section {
            h2 { (ask.t("web-sessions-title")) }
            p.muted { (ask.t("web-sessions-lead")) }
            ul.sessions {
                @for session in &account.sessions {
                    li {
                        div {
                            strong { @if session.here { (ask.t("web-session-here")) } @else { (ask.t("web-session-other")) } }
                            @if session.directory { " · " (ask.t("web-session-directory")) }
                            @if session.strong { " · " (ask.t("web-session-strong")) }
                            br; small title=(session.device) { (device(ask, &session.device)) }
                            br; small { (ask.ta("web-session-times", &[
                                ("since", i18n::date::moment(ask.language, session.since).into()),
                                ("seen", i18n::date::moment(ask.language, session.seen).into()),
                                ("until", i18n::date::moment(ask.language, session.until).into()),
                            ])) }
                        }
                        form method="post" action=(ask.href("/account")) {
                            (form::hidden(ask, "end-session"))
                            input type="hidden" name="session" value=(session.id);
                            button.plain type="submit" { (ask.t("web-session-end")) }
                        }
                    }
                }
            }
        }
    }
}

fn device(ask: &Ask, device: &str) -> String {
    if device.is_empty() {
        ask.t("web-session-no-device")
    } else {
        device::name(device)
    }
}

fn password(ask: &Ask) -> Markup {
    html! {
        section {
            h2 { (ask.t("web-account-password")) }
            p.muted { (ask.t("web-account-password-lead")) }
            form method="post" action=(ask.href("/account")) {
                (form::hidden(ask, "password"))
                (form::secret(ask, "old", "web-account-old", "current-password"))
                (form::secret(ask, "new", "web-account-new", "new-password"))
                p.actions { button.plain type="submit" { (ask.t("web-account-password")) } }
            }
        }
    }
}

fn enrol_page(ask: &Ask, enrolment: &Enrolment, problems: &[Diagnostic]) -> Response {
    let title = ask.t("web-factor-begin");
    let body = html! {
        div.narrow {
            nav.crumbs aria-label=(ask.t("web-crumbs")) { a href=(ask.href("/account")) { (ask.t("web-account-title")) } }
            h1 { (title) }
            (notice::diagnostics(ask, problems))
            ol.enrol-steps {
                li { (ask.t("web-factor-step-app")) }
                li {
                    (ask.t("web-factor-step-scan"))
                    figure.qr { (picture(ask, &enrolment.address)) }
                    p { (ask.t("web-factor-step-type")) br; code.secret { (enrolment.secret) } }
                }
                li {
                    (ask.t("web-factor-step-code"))
                    form method="post" action=(ask.href("/account")) {
                        (form::hidden(ask, "confirm"))
                        (form::code(ask, "field-code", "web-factor-code"))
                        p.actions { button type="submit" { (ask.t("web-factor-confirm")) } }
                    }
                }
            }
        }
    };
    layout::personal(ask, Section::None, &title, &body)
}

/// A QR code as squares of SVG; nothing where the address is too long for one.
fn picture(ask: &Ask, address: &str) -> Markup {
    let Ok(code) = QrCode::new(address.as_bytes()) else {
        return html! {};
    };
    let width = code.width();
    let mut path = String::new();
    for (at, color) in code.to_colors().into_iter().enumerate() {
        if color == qrcode::Color::Dark {
            path.push_str(&format!("M{} {}h1v1h-1z", at % width + 4, at / width + 4));
        }
    }
    let side = width + 8;
    let title = ask.t("web-factor-picture");
    PreEscaped(format!(
        "<svg role=\"img\" aria-label=\"{title}\" viewBox=\"0 0 {side} {side}\" width=\"240\" height=\"240\" \
         shape-rendering=\"crispEdges\"><rect width=\"{side}\" height=\"{side}\" fill=\"#fff\"/>\
         <path d=\"{path}\" fill=\"#000\"/></svg>"
    ))
}

fn codes_page(ask: &Ask, codes: &[String]) -> Response {
    let title = ask.t("web-codes-title");
    let body = html! {
        div.narrow {
            h1 { (title) }
            (notice::done(&ask.t("web-codes-done")))
            p.lead { (ask.t("web-codes-lead")) }
            ul.codes { @for code in codes { li { code.secret { (code) } } } }
            p.actions { a.button href=(ask.href("/sign-in?next=")) { (ask.t("web-sign-in")) } }
        }
    };
    layout::personal(ask, Section::None, &title, &body)
}
