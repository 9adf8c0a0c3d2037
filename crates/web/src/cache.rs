//! Pages as bytes, kept while the register has the same head.
//!
//! A public page depends on its address, the last entry of the record and the day. It is rendered and compressed once,
//! then answered from memory before anything else happens. Pages of people who are signed in are never kept.

use std::hash::{Hash, Hasher};
use std::sync::Arc;

use axum::body::Bytes;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use quick_cache::Weighter;
use quick_cache::sync::Cache;

use crate::encoding::Encoding;

/// What a page was made from: it holds while this does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct State {
    /// The hash of the last entry that public pages can show.
    pub(crate) head: [u8; 32],
    /// The hour: a page tells how things stand today, and days begin at a full hour everywhere that matters.
    pub(crate) hour: u64,
    /// How often pages began or ceased to show findings of before: one that was made as they began is of no later state.
    pub(crate) looks: u64,
}

/// A page ready to send.
#[derive(Debug)]
pub(crate) struct Kept {
    /// What it was made from.
    pub(crate) state: State,
    /// Its headers, with its tag.
    pub(crate) headers: HeaderMap,
    /// Its tag.
    pub(crate) tag: HeaderValue,
    /// Its bytes in its coding.
    pub(crate) body: Bytes,
}

impl Kept {
    /// Packs a rendered page.
    pub(crate) fn new(state: State, mut headers: HeaderMap, encoding: Encoding, plain: &[u8]) -> Self {
        let body = Bytes::from(encoding.pack(plain));
        let tag = tag(encoding, plain);
        if let Some(name) = encoding.header() {
            headers.insert(header::CONTENT_ENCODING, name);
        }
        headers.insert(header::ETAG, tag.clone());
        headers.insert(header::CONTENT_LENGTH, HeaderValue::from(body.len()));
        Self {
            state,
            headers,
            tag,
            body,
        }
    }

    /// The answer: the page, or 304 where the browser has this very one.
    pub(crate) fn answer(&self, asked: &HeaderMap) -> (StatusCode, HeaderMap, Bytes) {
        if asked
            .get(header::IF_NONE_MATCH)
            .is_some_and(|tags| names(tags, &self.tag))
        {
            let mut headers = self.headers.clone();
            headers.remove(header::CONTENT_LENGTH);
            headers.remove(header::CONTENT_ENCODING);
            return (StatusCode::NOT_MODIFIED, headers, Bytes::new());
        }
        (StatusCode::OK, self.headers.clone(), self.body.clone())
    }
}

fn names(tags: &HeaderValue, tag: &HeaderValue) -> bool {
    let (Ok(tags), Ok(tag)) = (tags.to_str(), tag.to_str()) else {
        return false;
    };
    tags.split(',')
        .map(|tag| tag.trim().trim_start_matches("W/"))
        .any(|found| found == tag || found == "*")
}

/// A strong tag: the same page in another coding is other bytes and has another tag.
fn tag(encoding: Encoding, plain: &[u8]) -> HeaderValue {
    #[expect(
        clippy::default_trait_access,
        reason = "the fixed keys are wanted: the same page has the same tag"
    )]
    let mut hasher: std::hash::DefaultHasher = Default::default();
    plain.hash(&mut hasher);
    let letter = match encoding {
        Encoding::Plain => 'p',
        Encoding::Gzip => 'g',
        Encoding::Brotli => 'b',
    };
    HeaderValue::from_str(&format!("\"{:016x}{letter}\"", hasher.finish()))
        .unwrap_or_else(|_| HeaderValue::from_static("\"\""))
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Key {
    encoding: Encoding,
    address: Box<str>,
}

/// A [`Key`] that borrows its address, for looking up without a copy; hashes like one.
#[derive(Hash)]
struct Asked<'a> {
    encoding: Encoding,
    address: &'a str,
}

impl quick_cache::Equivalent<Key> for Asked<'_> {
    fn equivalent(&self, key: &Key) -> bool {
        self.encoding == key.encoding && *self.address == *key.address
    }
}

#[derive(Debug, Clone)]
struct ByBytes;

impl Weighter<Key, Arc<Kept>> for ByBytes {
    fn weight(&self, key: &Key, page: &Arc<Kept>) -> u64 {
        // The headers and the entry itself take about a kilobyte.
        u64::try_from(page.body.len() + key.address.len() + 1024).unwrap_or(u64::MAX)
    }
}

/// The pages that are kept, up to a number of bytes; seldom asked ones go first.
#[derive(Debug, Clone)]
pub(crate) struct Pages {
    kept: Arc<Cache<Key, Arc<Kept>, ByBytes>>,
}

/// Addresses longer than this are answered but not kept, so that nobody fills the memory with made-up queries.
const LONGEST_ADDRESS: usize = 512;

impl Pages {
    /// Room for so many bytes of packed pages.
    pub(crate) fn new(bytes: u64) -> Self {
        let pages = usize::try_from(bytes / 8192).unwrap_or(1024).max(64);
        Self {
            kept: Arc::new(Cache::with_weighter(pages, bytes, ByBytes)),
        }
    }

    /// The page of an address, if it is kept and was made from the present state.
    pub(crate) fn find(&self, state: State, encoding: Encoding, address: &str) -> Option<Arc<Kept>> {
        let kept = self.kept.get(&Asked { encoding, address })?;
        (kept.state == state).then_some(kept)
    }

    /// Keeps a page in place of an older one of the same address.
    pub(crate) fn keep(&self, encoding: Encoding, address: &str, page: Arc<Kept>) {
        if address.len() <= LONGEST_ADDRESS {
            self.kept.insert(
                Key {
                    encoding,
                    address: address.into(),
                },
                page,
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: State = State {
        head: [7; 32],
        looks: 0,
        hour: 480_000,
    };

    fn page(text: &str) -> Arc<Kept> {
        Arc::new(Kept::new(NOW, HeaderMap::new(), Encoding::Gzip, text.as_bytes()))
    }

    #[test]
    fn a_page_is_found_while_the_register_has_the_same_head() {
        let pages = Pages::new(1 << 20);
        pages.keep(Encoding::Gzip, "/vi", page("một"));
        assert!(pages.find(NOW, Encoding::Gzip, "/vi").is_some());
        assert!(pages.find(NOW, Encoding::Plain, "/vi").is_none());
        assert!(pages.find(NOW, Encoding::Gzip, "/vi?a").is_none());
        assert!(
            pages
                .find(State { head: [8; 32], ..NOW }, Encoding::Gzip, "/vi")
                .is_none()
        );
        assert!(
            pages
                .find(State { hour: 480_001, ..NOW }, Encoding::Gzip, "/vi")
                .is_none()
        );
    }

    #[test]
    fn the_memory_has_a_bound() {
        let pages = Pages::new(64 * 1024);
        for number in 0..1000 {
            pages.keep(
                Encoding::Plain,
                &format!("/vi?q={number}"),
                page(&"x".repeat(900)),
            );
        }
        assert!(pages.kept.weight() <= 64 * 1024);
        pages.keep(Encoding::Plain, &"x".repeat(LONGEST_ADDRESS + 1), page("long"));
        assert!(
            pages
                .find(NOW, Encoding::Plain, &"x".repeat(LONGEST_ADDRESS + 1))
                .is_none()
        );
    }

    #[test]
    fn a_browser_that_has_the_page_gets_no_bytes() {
        let page = page("một");
        let mut asked = HeaderMap::new();
        assert_eq!(page.answer(&asked).0, StatusCode::OK);
        asked.insert(header::IF_NONE_MATCH, page.tag.clone());
        let (status, headers, body) = page.answer(&asked);
        assert_eq!((status, body.len()), (StatusCode::NOT_MODIFIED, 0));
        assert!(headers.contains_key(header::ETAG));
        assert_ne!(tag(Encoding::Plain, b"a"), tag(Encoding::Gzip, b"a"));
    }
}
