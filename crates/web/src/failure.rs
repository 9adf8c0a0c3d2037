//! When there is no page: what happened, and what to do next, in the reader's language.

use app::policy::Who;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use terms::Diagnostic;

use crate::ask::{Ask, encode};
use crate::layout::{self, Section};
use crate::parts::notice;
use crate::server::Page;

/// No page, and why.
#[derive(Debug)]
pub(crate) struct Failure {
    ask: Box<Ask>,
    why: Why,
}

#[derive(Debug)]
enum Why {
    /// There is nothing at this address, or nothing that the asker may know of.
    NotFound,
    /// Somebody must sign in first.
    SignIn,
    /// Known, but not allowed; these may.
    Denied(Vec<Who>),
    /// Allowed, but only with a second factor.
    SecondFactor,
    /// The form or the address cannot be understood.
    Misunderstood,
    /// What was given cannot be recorded.
    Invalid(Vec<Diagnostic>),
    /// Somebody else was faster.
    Conflict,
    /// It is our fault; the log knows more.
    Internal,
}

/// What a handler gives back.
pub(crate) type Answer = Result<Response, Failure>;

impl Failure {
    /// Nothing at this address.
    pub(crate) fn not_found(ask: &Ask) -> Self {
        Self {
            ask: Box::new(ask.clone()),
            why: Why::NotFound,
        }
    }

    /// A form or an address that cannot be understood.
    pub(crate) fn misunderstood(ask: &Ask) -> Self {
        Self {
            ask: Box::new(ask.clone()),
            why: Why::Misunderstood,
        }
    }

    /// What the application says, as a page.
    pub(crate) fn from_app(ask: &Ask, error: app::Error) -> Self {
        let why = match error {
            app::Error::SignIn { .. } => Why::SignIn,
            app::Error::Denied { who, .. } => Why::Denied(who),
            app::Error::SecondFactor { .. } => Why::SecondFactor,
            app::Error::NotFound { .. } => Why::NotFound,
            app::Error::Invalid(diagnostics) => Why::Invalid(diagnostics),
            app::Error::Conflict { .. } => Why::Conflict,
            fault @ (app::Error::Store(_) | app::Error::Machine(_)) => {
                tracing::error!(
                    path = ask.path,
                    error = &fault as &dyn std::error::Error,
                    "a page failed"
                );
                Why::Internal
            }
        };
        Self {
            ask: Box::new(ask.clone()),
            why,
        }
    }

    fn parts(&self) -> (StatusCode, &'static str) {
        match self.why {
            Why::NotFound => (StatusCode::NOT_FOUND, "web-error-404"),
            Why::SignIn => (StatusCode::SEE_OTHER, "web-error-403"),
            Why::Denied(_) => (StatusCode::FORBIDDEN, "web-error-403"),
            Why::SecondFactor => (StatusCode::FORBIDDEN, "web-error-factor"),
            Why::Misunderstood => (StatusCode::BAD_REQUEST, "web-error-400"),
            Why::Invalid(_) => (StatusCode::UNPROCESSABLE_ENTITY, "web-error-422"),
            Why::Conflict => (StatusCode::CONFLICT, "web-error-409"),
            Why::Internal => (StatusCode::INTERNAL_SERVER_ERROR, "web-error-500"),
        }
    }

    fn body(&self, key: &str) -> Markup {
        let ask = &self.ask;
        html! {
            div.narrow {
                h1 { (ask.t(&format!("{key}-title"))) }
                p.lead { (ask.t(&format!("{key}-text"))) }
                @if let Why::Denied(who) = &self.why {
                    p { (ask.t("web-error-403-who")) }
                    ul {
                        @for who in who {
                            @let role = ask.t(&format!("web-role-{}", who.role.code()));
                            li {
                                @match &who.office {
                                    Some((_, name)) => (ask.ta(
                                        "web-error-403-office",
                                        &[("role", role.into()), ("office", name.get(ask.language).into())],
                                    )),
                                    None => (role),
                                }
                            }
                        }
                    }
                }
                @if let Why::Invalid(diagnostics) = &self.why {
                    (notice::diagnostics(ask, diagnostics))
                }
                p.actions {
                    @if matches!(self.why, Why::SecondFactor) {
                        a.button href=(ask.href("/account")) { (ask.t("web-account-title")) }
                    }
                    @if matches!(self.why, Why::Conflict) {
                        a.button href=(ask.href(&self.ask.path)) { (ask.t("web-error-look-again")) }
                    }
                    a.button.plain href=(ask.href("")) { (ask.t("web-error-home")) }
                    a.button.plain href=(ask.href("/search")) { (ask.t("web-error-search")) }
                }
            }
        }
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let (status, key) = self.parts();
        if self.ask.path.starts_with("/sync/") {
            return for_a_device(status, key);
        }
        if matches!(self.why, Why::SignIn) {
            let next = self.ask.elsewhere(self.ask.language);
            let to = format!("{}?next={}", self.ask.href("/sign-in"), encode(&next));
            let to = HeaderValue::from_str(&to).unwrap_or_else(|_| HeaderValue::from_static("/"));
            return (status, [(header::LOCATION, to)]).into_response();
        }
        let title = self.ask.t(&format!("{key}-title"));
        let page = layout::page(&self.ask, Section::None, &title, &self.body(key));
        let mut response = (status, page).into_response();
        response.extensions_mut().insert(Page::Personal);
        response
    }
}

/// A device does not follow to a page: it is told the status, and keeps what it has.
fn for_a_device(status: StatusCode, key: &str) -> Response {
    let status = match status {
        StatusCode::SEE_OTHER => StatusCode::UNAUTHORIZED,
        other => other,
    };
    let headers = [(
        header::CACHE_CONTROL,
        HeaderValue::from_static("private, no-store"),
    )];
    (status, headers, format!("{key}\n")).into_response()
}
