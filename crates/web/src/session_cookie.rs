//! The cookie of a session: an opaque token, out of reach of scripts.

use axum::http::{HeaderMap, HeaderValue, header};

const NAME: &str = "rorang";
/// The cookie of a browser that is away at the province's directory.
pub(crate) const AWAY: &str = "rorang-away";

/// Whether a request carries the cookie at all.
pub(crate) fn is_there(headers: &HeaderMap) -> bool {
    token(headers).is_some()
}

/// The token that a request carries.
pub(crate) fn token(headers: &HeaderMap) -> Option<&str> {
    named(headers, NAME)
}

/// Whether a request came over TLS, as the proxy in front of us says.
fn over_tls(headers: &HeaderMap) -> bool {
    headers
        .get("x-forwarded-proto")
        .is_some_and(|scheme| scheme == "https")
}

/// What a cookie is called: over TLS in the way that browsers let only this very host set, so that no neighbour under
/// the same domain can give somebody a session of its own (RFC 6265bis, section 4.1.3).
fn full(name: &str, headers: &HeaderMap) -> String {
    let prefix = if over_tls(headers) { "__Host-" } else { "" };
    format!("{prefix}{name}")
}

/// What a cookie holds.
pub(crate) fn named<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let name = full(name, headers);
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|cookies| cookies.split(';'))
        .filter_map(|cookie| cookie.trim().split_once('='))
        .find(|(found, token)| *found == name && !token.is_empty())
        .map(|(_, token)| token)
}

/// Sets the cookie for so many seconds; 0 takes it away.
///
/// `Secure` where the request came over TLS, as the proxy in front of us says: on a plain network address a browser
/// would drop such a cookie and nobody could sign in.
pub(crate) fn set(token: &str, max_age_s: u64, asked: &HeaderMap) -> HeaderValue {
    set_named(NAME, token, max_age_s, asked)
}

/// As [`set`], for another cookie of ours.
pub(crate) fn set_named(name: &str, token: &str, max_age_s: u64, asked: &HeaderMap) -> HeaderValue {
    let secure = if over_tls(asked) { "; Secure" } else { "" };
    let name = full(name, asked);
    HeaderValue::from_str(&format!(
        "{name}={token}; Path=/; HttpOnly; SameSite=Lax; Max-Age={max_age_s}{secure}"
    ))
    .unwrap_or_else(|_| HeaderValue::from_static("rorang=; Path=/; Max-Age=0"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_token_is_found_among_other_cookies() {
        let mut headers = HeaderMap::new();
        assert_eq!(token(&headers), None);
        headers.insert(header::COOKIE, HeaderValue::from_static("a=b; rorang=00ff; c=d"));
        assert_eq!(token(&headers), Some("00ff"));
        headers.insert(header::COOKIE, HeaderValue::from_static("xrorang=00ff; rorang="));
        assert_eq!(token(&headers), None);
    }

    #[test]
    fn the_cookie_is_out_of_reach_of_scripts() {
        let mut asked = HeaderMap::new();
        let value = set("00ff", 60, &asked);
        let text = value.to_str().unwrap();
        assert!(text.contains("HttpOnly") && text.contains("SameSite=Lax") && !text.contains("Secure"));
        asked.insert("x-forwarded-proto", HeaderValue::from_static("https"));
        let value = set("00ff", 60, &asked);
        let text = value.to_str().unwrap();
        assert!(
            text.starts_with("__Host-rorang=00ff; Path=/;") && text.contains("Secure"),
            "{text}"
        );
        assert!(!text.contains("Domain"), "or the browser would drop it");
        // Over TLS only that one counts: who may set cookies for the domain may not set this one.
        asked.insert(header::COOKIE, HeaderValue::from_static("rorang=00aa"));
        assert_eq!(token(&asked), None);
        asked.insert(
            header::COOKIE,
            HeaderValue::from_static("rorang=00aa; __Host-rorang=00ff"),
        );
        assert_eq!(token(&asked), Some("00ff"));
    }
}
