//! The packed files of office programs (ZIP), opened without trusting what they say about themselves.

use std::cell::Cell;
use std::io::{self, BufReader, Cursor, Read};
use std::rc::Rc;

use terms::{Diagnostic, Place};
use zip::ZipArchive;

use crate::{Error, Limits, megabytes};

/// Office files have some dozens of parts; a file with more than this is not one.
const PARTS: usize = 10_000;
/// Small files may well be unpacked to this much, however small they are: 20 MB.
const ALWAYS_ALLOWED: u64 = 20_000_000;

/// A packed file and how many bytes may still be unpacked from it.
pub(crate) struct Archive<'a> {
    name: String,
    zip: ZipArchive<Cursor<&'a [u8]>>,
    allowed: u64,
    left: Rc<Cell<u64>>,
}

impl<'a> Archive<'a> {
    pub(crate) fn open(name: &str, bytes: &'a [u8], limits: &Limits) -> Result<Self, Error> {
        let damaged = || Error::new(Diagnostic::error("zip-damaged", Place::file(name)));
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|cause| damaged().caused_by(cause))?;
        if zip.len() > PARTS {
            return Err(damaged());
        }
        let by_ratio = (bytes.len() as u64)
            .saturating_mul(limits.unpacked_ratio)
            .max(ALWAYS_ALLOWED);
        let allowed = by_ratio.min(limits.unpacked_bytes);
        Ok(Self {
            name: name.to_owned(),
            zip,
            allowed,
            left: Rc::new(Cell::new(allowed)),
        })
    }

    pub(crate) fn has(&self, part: &str) -> bool {
        self.zip.index_for_name(part).is_some()
    }

    /// A part, to be read in a stream that ends with an error where the whole file unpacks to too much; none where
    /// there is no such part.
    pub(crate) fn part(&mut self, part: &str) -> Result<Option<BufReader<Metered<impl Read + '_>>>, Error> {
        let left = Rc::clone(&self.left);
        let Some(index) = self.zip.index_for_name(part) else {
            return Ok(None);
        };
        match self.zip.by_index(index) {
            Ok(file) => Ok(Some(BufReader::new(Metered { inner: file, left }))),
            Err(cause) => {
                Err(Error::new(Diagnostic::error("zip-damaged", Place::file(&self.name))).caused_by(cause))
            }
        }
    }

    /// Unpacks every part once and keeps nothing, so that a reader which takes the file whole may be trusted with it.
    pub(crate) fn prove(&mut self) -> Result<(), Error> {
        for index in 0..self.zip.len() {
            let left = Rc::clone(&self.left);
            let declared = self.zip.by_index_raw(index).map(|file| file.size());
            if declared.is_ok_and(|size| self.left.get() < size) {
                self.left.set(0);
            } else {
                let copied = self
                    .zip
                    .by_index(index)
                    .map_err(io::Error::other)
                    .and_then(|inner| io::copy(&mut Metered { inner, left }, &mut io::sink()));
                if let Err(cause) = copied
                    && !self.is_bomb()
                {
                    return Err(
                        Error::new(Diagnostic::error("zip-damaged", Place::file(&self.name)))
                            .caused_by(cause),
                    );
                }
            }
            self.stop_a_bomb()?;
        }
        Ok(())
    }

    /// Whether more was asked for than may be unpacked.
    pub(crate) fn is_bomb(&self) -> bool {
        self.left.get() == 0
    }

    /// The diagnostic where more was asked for than may be unpacked.
    pub(crate) fn stop_a_bomb(&self) -> Result<(), Error> {
        if !self.is_bomb() {
            return Ok(());
        }
        Err(Error::new(
            Diagnostic::error("zip-bomb", Place::file(&self.name))
                .with("size", megabytes(self.allowed))
                .with("limit", megabytes(self.allowed)),
        ))
    }
}

/// A stream that takes each byte off a common account and fails when it is empty.
pub(crate) struct Metered<R> {
    inner: R,
    left: Rc<Cell<u64>>,
}

impl<R: Read> Read for Metered<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        let left = self.left.get().saturating_sub(read as u64);
        self.left.set(left);
        if left == 0 {
            return Err(io::Error::other("the file unpacks to more than is allowed"));
        }
        Ok(read)
    }
}
