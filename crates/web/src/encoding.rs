//! Which compression a browser takes, and doing it.

use std::io::Write as _;

use axum::http::{HeaderMap, HeaderValue, header};

/// A content coding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Encoding {
    /// As it is.
    Plain,
    /// gzip.
    Gzip,
    /// br.
    Brotli,
}

impl Encoding {
    /// The smallest that the browser takes; codings that it refuses with `q=0` are left out.
    pub(crate) fn choose(headers: &HeaderMap) -> Self {
        let mut best = Encoding::Plain;
        for value in headers.get_all(header::ACCEPT_ENCODING) {
            for part in value.to_str().unwrap_or_default().split(',') {
                let mut words = part.split(';');
                let name = words.next().unwrap_or_default().trim();
                let refused = words.any(|word| matches!(word.trim(), "q=0" | "q=0.0" | "q=0.00" | "q=0.000"));
                match name {
                    _ if refused => {}
                    "br" => return Encoding::Brotli,
                    "gzip" | "*" => best = Encoding::Gzip,
                    _ => {}
                }
            }
        }
        best
    }

    /// The value of `content-encoding`; none for plain bytes.
    pub(crate) fn header(self) -> Option<HeaderValue> {
        match self {
            Encoding::Plain => None,
            Encoding::Gzip => Some(HeaderValue::from_static("gzip")),
            Encoding::Brotli => Some(HeaderValue::from_static("br")),
        }
    }

    /// The bytes in this coding. Qualities where the last tenth of size would cost most of the time.
    pub(crate) fn pack(self, bytes: &[u8]) -> Vec<u8> {
        match self {
            Encoding::Plain => bytes.to_vec(),
            Encoding::Gzip => {
                let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::new(6));
                // Writing to memory does not fail.
                let _ = encoder.write_all(bytes);
                encoder.finish().unwrap_or_default()
            }
            Encoding::Brotli => {
                let mut packed = Vec::with_capacity(bytes.len() / 4);
                let mut encoder = brotli::CompressorWriter::new(&mut packed, 16 * 1024, 5, 20);
                let _ = encoder.write_all(bytes);
                drop(encoder);
                packed
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(accept: &'static str) -> Encoding {
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT_ENCODING, HeaderValue::from_static(accept));
        Encoding::choose(&headers)
    }

    #[test]
    fn the_smallest_coding_that_is_taken() {
        assert_eq!(chosen("gzip, deflate, br, zstd"), Encoding::Brotli);
        assert_eq!(chosen("gzip;q=0.5"), Encoding::Gzip);
        assert_eq!(chosen("br;q=0, gzip"), Encoding::Gzip);
        assert_eq!(chosen("identity"), Encoding::Plain);
        assert_eq!(chosen("br;q=0"), Encoding::Plain);
        assert_eq!(Encoding::choose(&HeaderMap::new()), Encoding::Plain);
    }

    #[test]
    fn what_is_packed_unpacks_to_the_same() {
        let text = "Bảng theo dõi chỉ tiêu ".repeat(500).into_bytes();
        let mut unpacked = Vec::new();
        let packed = Encoding::Gzip.pack(&text);
        std::io::copy(&mut flate2::read::GzDecoder::new(&packed[..]), &mut unpacked).unwrap();
        assert_eq!(unpacked, text);
        unpacked.clear();
        let packed = Encoding::Brotli.pack(&text);
        std::io::copy(&mut brotli::Decompressor::new(&packed[..], 4096), &mut unpacked).unwrap();
        assert_eq!(unpacked, text);
    }
}
