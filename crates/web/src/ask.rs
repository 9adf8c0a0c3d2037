//! What is asked: in which language, of which page, by whom.

use app::Actor;
use axum::extract::{FromRequestParts, Query};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, Uri, header};
use i18n::{Arg, Messages};
use terms::Language;

use crate::failure::Failure;

/// A request, as pages see it.
#[derive(Debug, Clone)]
pub(crate) struct Ask {
    /// The language of the page: the first segment of its address.
    pub(crate) language: Language,
    /// The rest of the address' path, with its leading `/`; empty for the first page.
    pub(crate) path: String,
    /// The names and values after `?`.
    pub(crate) query: Vec<(String, String)>,
    /// Who asks.
    pub(crate) actor: Actor,
}

impl Ask {
    /// Reads a request's address.
    pub(crate) fn new(address: &Uri, headers: &HeaderMap, actor: Actor) -> Self {
        let path = address.path();
        let (language, rest) = Language::ALL
            .into_iter()
            .find_map(|language| {
                let rest = path.strip_prefix('/')?.strip_prefix(language.code())?;
                (rest.is_empty() || rest.starts_with('/')).then_some((language, rest))
            })
            .unwrap_or_else(|| (preferred(headers), path));
        let query = Query::<Vec<(String, String)>>::try_from_uri(address).map(|Query(pairs)| pairs);
        Self {
            language,
            path: rest.trim_end_matches('/').to_owned(),
            query: query.unwrap_or_default(),
            actor,
        }
    }

    /// A value after `?`, if it is there and not empty.
    pub(crate) fn value(&self, name: &str) -> Option<&str> {
        self.query
            .iter()
            .find(|(found, _)| found == name)
            .map(|(_, value)| value.as_str())
            .filter(|value| !value.is_empty())
    }

    /// What a value after `?` spells; none where it is not there or empty.
    ///
    /// # Errors
    /// That the address is not understood, where the value spells no such thing.
    pub(crate) fn parsed<T: std::str::FromStr>(&self, name: &str) -> Result<Option<T>, Failure> {
        let found = self.value(name).map(str::parse).transpose();
        found.map_err(|_| Failure::misunderstood(self))
    }

    /// A message of the page's language.
    pub(crate) fn t(&self, key: &str) -> String {
        Messages::get(self.language, key, &[])
    }

    /// A message with arguments.
    pub(crate) fn ta(&self, key: &str, args: &[(&str, Arg<'_>)]) -> String {
        Messages::get(self.language, key, args)
    }

    /// The address of a page in the same language.
    pub(crate) fn href(&self, path: &str) -> String {
        href(self.language, path)
    }

    /// This very page in another language.
    pub(crate) fn elsewhere(&self, language: Language) -> String {
        let mut address = href(language, &self.path);
        let pairs: Vec<_> = self
            .query
            .iter()
            .map(|(name, value)| format!("{}={}", encode(name), encode(value)))
            .collect();
        if !pairs.is_empty() {
            address.push('?');
            address.push_str(&pairs.join("&"));
        }
        address
    }
}

impl<S: Sync> FromRequestParts<S> for Ask {
    type Rejection = StatusCode;

    /// The guard of every route has put it there.
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        parts
            .extensions
            .get::<Ask>()
            .cloned()
            .ok_or(StatusCode::INTERNAL_SERVER_ERROR)
    }
}

/// The address of a page in a language.
pub(crate) fn href(language: Language, path: &str) -> String {
    format!("/{}{path}", language.code())
}

/// A text as a part of an address: every byte but unreserved ones as `%XX`.
pub(crate) fn encode(text: &str) -> String {
    use std::fmt::Write as _;
    text.bytes()
        .fold(String::with_capacity(text.len()), |mut address, byte| {
            match byte {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                    address.push(byte.into());
                }
                // Writing to a string does not fail.
                _ => drop(write!(address, "%{byte:02X}")),
            }
            address
        })
}

/// The language that a browser would rather have; Vietnamese where it does not say.
pub(crate) fn preferred(headers: &HeaderMap) -> Language {
    let wishes = headers
        .get(header::ACCEPT_LANGUAGE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let weight = |part: &str| {
        part.split(';')
            .find_map(|word| word.trim().strip_prefix("q="))
            .and_then(|digits| digits.parse::<f32>().ok())
            .unwrap_or(1.0)
    };
    let mut best: (f32, Language) = (0.0, Language::Vi);
    for part in wishes.split(',') {
        let tag = part.trim().get(..2).unwrap_or_default().to_ascii_lowercase();
        if let Ok(language) = tag.parse::<Language>()
            && best.0 < weight(part)
        {
            best = (weight(part), language);
        }
    }
    best.1
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    #[test]
    fn the_first_segment_is_the_language_and_the_switch_keeps_the_page() {
        let ask = |address: &str| Ask::new(&address.parse().unwrap(), &HeaderMap::new(), Actor::public());
        let page = ask("/vi/indicators/poverty.rate?place=VN-11&q=a%20b");
        assert_eq!(
            (page.language, page.path.as_str()),
            (Language::Vi, "/indicators/poverty.rate")
        );
        assert_eq!(
            page.elsewhere(Language::En),
            "/en/indicators/poverty.rate?place=VN-11&q=a%20b"
        );
        assert_eq!(ask("/en").elsewhere(Language::Vi), "/vi");
        assert_eq!(ask("/english").path, "/english");
    }

    #[test]
    fn the_preferred_language_is_the_heaviest_of_ours() {
        let asked = |wishes: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::ACCEPT_LANGUAGE, HeaderValue::from_static(wishes));
            preferred(&headers)
        };
        assert_eq!(asked("en-GB,en;q=0.9,vi;q=0.8"), Language::En);
        assert_eq!(asked("fr,vi;q=0.8,en;q=0.5"), Language::Vi);
        assert_eq!(asked("de"), Language::Vi);
    }
}
