//! Reading: one snapshot, a fixed number of statements a page, rows in the register's own words.

pub(crate) mod acts;
pub(crate) mod documents;
pub(crate) mod facts;
pub(crate) mod figures;
pub(crate) mod hanging;
pub(crate) mod org;
pub(crate) mod reports;
pub(crate) mod scores;
pub(crate) mod series;
pub(crate) mod settlements;
pub(crate) mod task_list;
pub(crate) mod tasks;
pub(crate) mod totals;
pub(crate) mod ways;

use sqlx::Row;
use sqlx::sqlite::SqliteRow;
use terms::Timestamp;

use crate::Error;
use crate::error::OrDamaged;

/// What the text in a column spells.
pub(crate) fn parsed<T: std::str::FromStr>(row: &SqliteRow, column: &'static str) -> Result<T, Error> {
    row.get::<&str, _>(column).parse().or_damaged(column)
}

/// What the text in a column spells, or none where it is null.
pub(crate) fn parsed_optional<T: std::str::FromStr>(
    row: &SqliteRow,
    column: &'static str,
) -> Result<Option<T>, Error> {
    row.get::<Option<&str>, _>(column)
        .map(|text| text.parse().or_damaged(column))
        .transpose()
}

/// A number that is never negative.
pub(crate) fn count<T: TryFrom<i64>>(row: &SqliteRow, column: &'static str) -> Result<T, Error> {
    row.get::<i64, _>(column).try_into().or_damaged(column)
}

/// A number that is never negative, or none where it is null.
pub(crate) fn count_optional<T: TryFrom<i64>>(
    row: &SqliteRow,
    column: &'static str,
) -> Result<Option<T>, Error> {
    row.get::<Option<i64>, _>(column)
        .map(|number| number.try_into().or_damaged(column))
        .transpose()
}

/// A point in time.
pub(crate) fn time(row: &SqliteRow, column: &'static str) -> Result<Timestamp, Error> {
    Timestamp::from_microsecond(row.get(column)).or_damaged(column)
}
