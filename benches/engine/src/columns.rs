//! A Parquet file as checked columns of whole numbers or values: what is wrong is named with its column or its row.

use std::fs::File;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use parquet::column::reader::{ColumnReader, get_typed_column_reader};
use parquet::data_type::DataType;
use parquet::file::reader::{FileReader, RowGroupReader, SerializedFileReader};

/// Why a file was not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Fault {
    /// It is no Parquet file, or damaged.
    Unreadable(String),
    /// A column is not there.
    NoColumn(&'static str),
    /// A column has another type than the one that is needed.
    OtherType {
        /// Which.
        column: &'static str,
        /// The type that was needed.
        needed: String,
        /// The type that it has.
        found: String,
    },
    /// A cell is empty: rows are counted from 1.
    Empty {
        /// Where.
        column: &'static str,
        /// Where.
        row: u64,
    },
    /// A number is no indicator, month or unit of the cube.
    Unknown {
        /// Where.
        column: &'static str,
        /// Where.
        row: u64,
        /// What stands there.
        found: i64,
    },
    /// A value is no number of at most three decimals that fits.
    NoValue {
        /// Where.
        row: u64,
        /// What stands there.
        found: String,
    },
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Fault::Unreadable(why) => write!(f, "no readable Parquet file: {why}"),
            Fault::NoColumn(column) => write!(f, "there is no column “{column}”"),
            Fault::OtherType {
                column,
                needed,
                found,
            } => {
                write!(f, "column “{column}” must be {needed} and is {found}")
            }
            Fault::Empty { column, row } => write!(f, "row {row}, column “{column}”: empty"),
            Fault::Unknown { column, row, found } => {
                write!(f, "row {row}, column “{column}”: there is no {column} {found}")
            }
            Fault::NoValue { row, found } => {
                write!(
                    f,
                    "row {row}, column “value”: “{found}” is no number of three decimals"
                )
            }
        }
    }
}

impl std::error::Error for Fault {}

impl From<parquet::errors::ParquetError> for Fault {
    fn from(error: parquet::errors::ParquetError) -> Self {
        Fault::Unreadable(error.to_string())
    }
}

/// Runs the library's reading so that a file by which it panics is an unreadable one.
pub(crate) fn contained<T>(read: impl FnOnce() -> Result<T, Fault>) -> Result<T, Fault> {
    catch_unwind(AssertUnwindSafe(read))
        .unwrap_or_else(|_| Err(Fault::Unreadable("it is damaged".to_owned())))
}

/// An open file whose columns were looked at.
pub(crate) struct Columns {
    file: SerializedFileReader<File>,
    /// Where each asked column stands.
    at: Vec<(&'static str, usize)>,
}

impl Columns {
    /// Opens a file and finds its columns by name and type, in whatever order they stand.
    pub(crate) fn open(path: &Path, asked: &[(&'static str, parquet::basic::Type)]) -> Result<Self, Fault> {
        let file = File::open(path).map_err(|error| Fault::Unreadable(error.to_string()))?;
        let file = SerializedFileReader::new(file)?;
        let schema = file.metadata().file_metadata().schema_descr();
        let mut at = Vec::new();
        for (name, needed) in asked {
            let found = (0..schema.num_columns()).find(|at| schema.column(*at).path().string() == *name);
            let found = found.ok_or(Fault::NoColumn(name))?;
            let column = schema.column(found);
            if column.max_rep_level() != 0 || column.physical_type() != *needed {
                return Err(Fault::OtherType {
                    column: name,
                    needed: needed.to_string(),
                    found: column.physical_type().to_string(),
                });
            }
            at.push((*name, found));
        }
        Ok(Self { file, at })
    }

    /// How many row groups.
    pub(crate) fn groups(&self) -> usize {
        self.file.num_row_groups()
    }

    /// One row group, for columns to be taken from.
    pub(crate) fn group(&self, number: usize) -> Result<Group<'_>, Fault> {
        let group = self.file.get_row_group(number)?;
        let before = (0..number).map(|before| self.file.metadata().row_group(before).num_rows());
        let before: i64 = before.sum();
        Ok(Group {
            rows: usize::try_from(group.metadata().num_rows()).unwrap_or(usize::MAX),
            before: u64::try_from(before).unwrap_or_default(),
            group,
            at: &self.at,
        })
    }
}

/// Some rows of a file.
pub(crate) struct Group<'a> {
    group: Box<dyn RowGroupReader + 'a>,
    rows: usize,
    /// How many rows stand before them.
    pub(crate) before: u64,
    at: &'a [(&'static str, usize)],
}

impl Group<'_> {
    /// A column of the file, by its place among those asked for; every cell must hold something.
    pub(crate) fn column<T: DataType>(&self, asked: usize) -> Result<Vec<T::T>, Fault> {
        let (name, at) = self.at[asked];
        // A damaged file may claim any number of rows.
        let room = self.rows.min(1 << 21);
        let (mut values, mut levels) = (Vec::with_capacity(room), Vec::with_capacity(room));
        let reader: ColumnReader = self.group.get_column_reader(at)?;
        let mut reader = get_typed_column_reader::<T>(reader);
        let mut read = 0;
        while read < self.rows {
            let (records, ..) =
                reader.read_records(self.rows - read, Some(&mut levels), None, &mut values)?;
            if records == 0 {
                return Err(Fault::Unreadable("it ends early".to_owned()));
            }
            read += records;
        }
        if values.len() < self.rows {
            let empty = levels
                .iter()
                .position(|level| *level == 0)
                .unwrap_or(values.len());
            return Err(Fault::Empty {
                column: name,
                row: self.before + empty as u64 + 1,
            });
        }
        Ok(values)
    }
}
