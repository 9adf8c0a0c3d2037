//! The door: which language, is the house open, what may robots read.

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};

use crate::ask;
use crate::site::Site;

/// Sends to the first page in the language that the browser would rather have.
pub(crate) async fn choose_language(headers: HeaderMap) -> Response {
    let to = ask::href(ask::preferred(&headers), "");
    (
        StatusCode::FOUND,
        [
            (header::LOCATION, to),
            (header::VARY, "accept-language".to_owned()),
            (header::CACHE_CONTROL, "no-cache".to_owned()),
        ],
    )
        .into_response()
}

/// Says that the register is open, and its last entry.
pub(crate) async fn health(State(site): State<Site>) -> Response {
    let text = format!("ok {}\n", site.app.head().number);
    (
        [
            (header::CONTENT_TYPE, "text/plain; charset=utf-8"),
            (header::CACHE_CONTROL, "no-store"),
        ],
        text,
    )
        .into_response()
}

/// Robots may read what people read, but for forms and searches.
pub(crate) async fn robots() -> &'static str {
    "User-agent: *\nDisallow: /vi/search\nDisallow: /en/search\nDisallow: /vi/sign-in\nDisallow: /en/sign-in\n\
     Disallow: /vi/desk\nDisallow: /en/desk\n"
}
