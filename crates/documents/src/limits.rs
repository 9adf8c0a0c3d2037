//! How much a document may ask of us.

use std::time::Duration;

/// Bounds on one document; what lies beyond is refused with a diagnostic that names the limit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the file as given.
    pub bytes: u64,
    /// Bytes of all parts of a packed file (DOCX, XLSX) after unpacking.
    pub unpacked_bytes: u64,
    /// How many times larger than the file its parts may be after unpacking. Office files of long tables reach about
    /// 30; a bomb starts at several hundreds.
    pub unpacked_ratio: u64,
    /// Pages of a PDF.
    pub pages: u32,
    /// Filled cells of a workbook, over all sheets.
    pub cells: u64,
    /// How long a foreign parser may take for one document.
    pub time: Duration,
}

impl Limits {
    /// What a person's machine bears without trouble: 100 MB files, 5,000 pages, a million cells, a minute.
    pub const STANDARD: Limits = Limits {
        bytes: 100_000_000,
        unpacked_bytes: 400_000_000,
        unpacked_ratio: 150,
        pages: 5_000,
        cells: 1_000_000,
        time: Duration::from_mins(1),
    };
}
