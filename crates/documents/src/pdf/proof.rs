//! Unpacks every stream of a PDF once and keeps nothing, before the parser takes the file whole.

use std::io::{self, Read};

use flate2::bufread::ZlibDecoder;
use terms::{Diagnostic, Place};

use crate::{Error, Limits, megabytes};

/// Refuses a file whose streams unpack to more than the limits allow; streams packed twice are unpacked twice.
pub(super) fn streams(name: &str, bytes: &[u8], limits: &Limits) -> Result<(), Error> {
    let mut left = limits.unpacked_bytes;
    let mut from = 0;
    while let Some(at) = find(&bytes[from..], b"stream") {
        from += at + b"stream".len();
        let line_end = bytes[from..]
            .iter()
            .take_while(|byte| matches!(byte, b'\r' | b'\n'))
            .count();
        let body = &bytes[from + line_end.min(2)..];
        // zlib's first byte is 0x78 for all windows in use; other streams are pictures or plain.
        if body.first() == Some(&0x78) {
            let taken = length(ZlibDecoder::new(body), left);
            if left <= taken {
                let limit = megabytes(limits.unpacked_bytes);
                return Err(Error::new(
                    Diagnostic::error("zip-bomb", Place::file(name))
                        .with("size", &limit)
                        .with("limit", limit),
                ));
            }
            left -= taken;
        }
    }
    Ok(())
}

/// How many bytes a stream gives, at most `most`; what cannot be unpacked any further ends it.
fn length(mut stream: impl Read, most: u64) -> u64 {
    let mut first = [0; 1];
    if !matches!(stream.read(&mut first), Ok(1)) {
        return 0;
    }
    let again = first[0] == 0x78;
    let outer = io::Cursor::new(first).chain(stream);
    if again {
        let mut counted = Counted {
            inner: outer,
            count: 0,
        };
        let inner = ZlibDecoder::new(io::BufReader::new(&mut counted));
        let unpacked = drain(inner, most);
        return unpacked.max(drain(&mut counted, most)).max(counted.count);
    }
    drain(outer, most)
}

fn drain(stream: impl Read, most: u64) -> u64 {
    let mut counted = Counted {
        inner: stream.take(most),
        count: 0,
    };
    // An error ends the stream as its end would: the parser will see the same.
    let _ = io::copy(&mut counted, &mut io::sink());
    counted.count
}

struct Counted<R> {
    inner: R,
    count: u64,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.count += read as u64;
        Ok(read)
    }
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).position(|window| window == wanted)
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    fn packed(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    fn code(body: &[u8]) -> Option<&'static str> {
        let mut file = b"%PDF-1.7\n1 0 obj <<>>\nstream\r\n".to_vec();
        file.extend_from_slice(body);
        file.extend_from_slice(b"\nendstream endobj");
        let limits = Limits {
            unpacked_bytes: 1_000_000,
            ..Limits::STANDARD
        };
        streams("a.pdf", &file, &limits)
            .err()
            .map(|error| error.diagnostic.code)
    }

    #[test]
    fn a_stream_that_grows_beyond_the_limit_is_refused() {
        assert_eq!(code(&packed(&vec![b' '; 900_000])), None);
        assert_eq!(code(&packed(&vec![b' '; 2_000_000])), Some("zip-bomb"));
        assert_eq!(code(&packed(&packed(&vec![b' '; 2_000_000]))), Some("zip-bomb"));
        assert_eq!(code(b"x plain"), None);
        assert_eq!(code(b"x\x9c broken"), None);
    }
}
