//! Style, fonts, pictures and the one script, embedded, named by their hash, compressed when built.

use axum::extract::Path;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

use crate::encoding::Encoding;

/// A file that pages name.
pub(crate) struct Asset {
    /// Its name in the folder.
    pub(crate) name: &'static str,
    /// Its address, with the hash.
    pub(crate) path: &'static str,
    content_type: &'static str,
    plain: &'static [u8],
    gzip: Option<&'static [u8]>,
    brotli: Option<&'static [u8]>,
}

include!(concat!(env!("OUT_DIR"), "/assets.rs"));

/// The address of an asset by its name in the folder; a name that is not there is a mistake that tests find.
pub(crate) fn path(name: &str) -> &'static str {
    ASSETS
        .iter()
        .find(|asset| asset.name == name)
        .map_or("/assets/unknown", |asset| asset.path)
}

/// Answers with an asset, for a year: its name changes when its bytes do.
pub(crate) async fn serve(Path(name): Path<String>, headers: HeaderMap) -> Response {
    let Some(asset) = ASSETS
        .iter()
        .find(|asset| asset.path.strip_prefix("/assets/") == Some(&name))
    else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let (encoding, bytes) = match (Encoding::choose(&headers), asset.brotli, asset.gzip) {
        (Encoding::Brotli, Some(bytes), _) => (Encoding::Brotli, bytes),
        (Encoding::Gzip, _, Some(bytes)) => (Encoding::Gzip, bytes),
        _ => (Encoding::Plain, asset.plain),
    };
    let mut answer: Vec<(HeaderName, HeaderValue)> = vec![
        (header::CONTENT_TYPE, HeaderValue::from_static(asset.content_type)),
        (
            header::CACHE_CONTROL,
            HeaderValue::from_static("public, max-age=31536000, immutable"),
        ),
        (header::VARY, HeaderValue::from_static("accept-encoding")),
    ];
    if let Some(name) = encoding.header() {
        answer.push((header::CONTENT_ENCODING, name));
    }
    (answer.into_iter().collect::<HeaderMap>(), bytes).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_style_sheet_names_is_there() {
        let sheet = ASSETS.iter().find(|asset| asset.name == "site.css").unwrap();
        let text = std::str::from_utf8(sheet.plain).unwrap();
        let named: Vec<_> = text
            .split("url(")
            .skip(1)
            .map(|rest| rest.split(')').next().unwrap())
            .collect();
        assert!(!named.is_empty());
        for address in named {
            assert!(ASSETS.iter().any(|asset| asset.path == address), "{address}");
        }
    }
}
