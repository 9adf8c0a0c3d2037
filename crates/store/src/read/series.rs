//! Packed series in one ordered scan, and what acts have changed in them since.

use std::collections::VecDeque;
use std::future::{Future as _, poll_fn};
use std::pin::pin;
use std::task::Poll;

use plan::ObservationId;
use sqlx::Row as _;
use sqlx::sqlite::SqliteRow;
use terms::{IndicatorCode, RefArea};

use super::count;
use crate::apply::HOLDS;
use crate::error::OrDamaged as _;
use crate::record::number;
use crate::series::{Telling, Tellings};
use crate::wire::price_basis;
use crate::{Error, Reading};

/// How many rows of the table are joined into one answer: some megabytes, two of which are in memory at a time.
const PAGE: u32 = 2_048;

/// The rows behind a place and term of an indicator as one answer: what the driver costs is paid for an answer, and a row
/// alone costs it more than reading and unpacking its values together. Of each row the lengths of its place and of its
/// bytes and its term, in digits with a space behind each, then the place and the bytes.
const JOINED: &str = "SELECT CAST(group_concat(octet_length(place) || ' ' || octet_length(bytes) || ' ' || term || ' ' || place || bytes, '') \
     AS BLOB) FROM (SELECT place, term, bytes FROM series WHERE indicator = $1 AND (place, term) > ($2, $3) \
     ORDER BY place, term LIMIT $4)";

/// The indicators of the table, each found by one look into its key.
const INDICATORS: &str = "WITH RECURSIVE told (indicator) AS (SELECT min(indicator) FROM series UNION ALL \
     SELECT (SELECT min(s.indicator) FROM series s WHERE s.indicator > told.indicator) FROM told \
     WHERE told.indicator IS NOT NULL) SELECT indicator FROM told WHERE indicator IS NOT NULL";

/// What acts after an entry changed in the values that hold.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct SeriesChanges {
    /// Values that hold now and did not, in the order of their entries.
    pub began: Vec<(IndicatorCode, RefArea, Telling)>,
    /// Values that held and do no more.
    pub ended: Vec<(IndicatorCode, RefArea, Telling)>,
    /// Values of which a source came or went, and whether one of the publisher asked for remains.
    pub marked: Vec<(IndicatorCode, RefArea, ObservationId, bool)>,
}

impl Reading {
    /// Every value that holds, of one indicator or of all, by indicator, place and term: one ordered scan of the packed
    /// series. The database's own thread reads the next page while the values of one are handed over.
    ///
    /// # Errors
    /// [`Error::Failed`], [`Error::Damaged`]; or what `each` answers with.
    pub async fn series<F>(&mut self, of: Option<&IndicatorCode>, mut each: F) -> Result<(), Error>
    where
        F: FnMut(&str, &str, Tellings<'_>) -> Result<(), Error> + Send,
    {
        let mut indicators: VecDeque<String> = match of {
            Some(code) => VecDeque::from([code.as_str().to_owned()]),
            None => sqlx::query_scalar(INDICATORS)
                .fetch_all(&mut *self.transaction)
                .await?
                .into(),
        };
        let Some(mut indicator) = indicators.pop_front() else {
            return Ok(());
        };
        let mut row = self.page(&indicator, "", i64::MIN).await?;
        loop {
            let page = row.get::<Option<&[u8]>, _>(0).unwrap_or_default();
            let (rows, last) = ends(page)?;
            let told = indicator.clone();
            let from = match last.filter(|_| rows == PAGE) {
                Some(last) => last,
                None => match indicators.pop_front() {
                    Some(next) => {
                        indicator = next;
                        ("", i64::MIN)
                    }
                    None => {
                        return hand_over(&told, page, &mut each);
                    }
                },
            };
            let next = {
                let mut next = pin!(self.page(&indicator, from.0, from.1));
                // Asked for, not yet waited for.
                let begun = poll_fn(|context| Poll::Ready(next.as_mut().poll(context))).await;
                hand_over(&told, page, &mut each)?;
                match begun {
                    Poll::Ready(next) => next?,
                    Poll::Pending => next.await?,
                }
            };
            row = next;
        }
    }

    /// A page of an indicator's rows behind a place and term, joined.
    async fn page(&mut self, indicator: &str, place: &str, term: i64) -> Result<SqliteRow, Error> {
        Ok(sqlx::query(JOINED)
            .bind(indicator)
            .bind(place)
            .bind(term)
            .bind(PAGE)
            .fetch_one(&mut *self.transaction)
            .await?)
    }

    /// Whether values hold and none is packed: the database was made before there were series. Two look-ups.
    pub(crate) async fn lacks_series(&mut self) -> Result<bool, Error> {
        let row = sqlx::query(
            "SELECT EXISTS (SELECT 1 FROM observations WHERE ended_at = $1) AS told, \
             EXISTS (SELECT 1 FROM series) AS packed",
        )
        .bind(HOLDS)
        .fetch_one(&mut *self.transaction)
        .await?;
        Ok(row.get::<i64, _>("told") == 1 && row.get::<i64, _>("packed") == 0)
    }

    /// The observations that hold and have a source of this publisher.
    ///
    /// # Errors
    /// [`Error::Failed`], [`Error::Damaged`].
    pub async fn facts_of_publisher(&mut self, publisher: &str) -> Result<Vec<ObservationId>, Error> {
        sqlx::query("SELECT DISTINCT fact FROM sources WHERE publisher = $1 AND ended_at = $2 ORDER BY fact")
            .bind(publisher)
            .bind(HOLDS)
            .fetch_all(&mut *self.transaction)
            .await?
            .iter()
            .map(|row| Ok(ObservationId(count(row, "fact")?)))
            .collect()
    }

    /// What acts after an entry changed. One statement of three parts, each by an index: the cost is that of the changes.
    ///
    /// # Errors
    /// [`Error::Failed`], [`Error::Damaged`].
    pub async fn series_changes(&mut self, since: u64, publisher: &str) -> Result<SeriesChanges, Error> {
        let row = sqlx::query(CHANGES)
            .bind(number(since)?)
            .bind(publisher)
            .bind(HOLDS)
            .fetch_one(&mut *self.transaction)
            .await?;
        let lines = |column: usize| row.get::<Option<&str>, _>(column).unwrap_or_default();
        let mut changes = SeriesChanges::default();
        for (lines, into) in [(lines(0), &mut changes.began), (lines(1), &mut changes.ended)] {
            let mut rest = lines;
            while !rest.is_empty() {
                let (place, fields, behind) = first_line::<9>(rest)?;
                into.push((text(fields[0])?, RefArea::new(place), telling(fields)?));
                rest = behind;
            }
        }
        let mut rest = lines(2);
        while !rest.is_empty() {
            let (place, [indicator, id, is_marked], behind) = first_line::<3>(rest)?;
            let id = ObservationId(text(id)?);
            changes
                .marked
                .push((text(indicator)?, RefArea::new(place), id, is_marked == "1"));
            rest = behind;
        }
        Ok(changes)
    }
}

/// Fields of a value in a line; [`telling`] reads them.
macro_rules! line {
    () => {
        "octet_length(place) || ' ' || place || ' ' || indicator || ' ' || observation || ' ' || period || ' ' || measure || ' ' \
         || edition || ' ' || status || ' ' || value || ' ' || (scope IS NOT NULL) || ' ' || price_basis || char(10)"
    };
}

/// What began after entry `$1`, what ended, and whose sources changed: three texts of lines, for a text costs the driver as
/// much as a row.
const CHANGES: &str = concat!(
    "SELECT (SELECT group_concat(line, '') FROM (SELECT ",
    line!(),
    " AS line FROM observations WHERE observation > $1 AND ended_at = $3 ORDER BY observation)), \
     (SELECT group_concat(line, '') FROM (SELECT ",
    line!(),
    " AS line FROM observations WHERE ended_by > $1 AND observation <= $1 AND ended_at < $3)), \
     (SELECT group_concat(line, '') FROM (SELECT octet_length(o.place) || ' ' || o.place || ' ' || o.indicator || ' ' \
     || o.observation || ' ' || EXISTS (SELECT 1 FROM sources s WHERE s.fact = o.observation \
     AND s.publisher = $2 AND s.ended_at = $3) || char(10) AS line \
     FROM (SELECT fact FROM sources WHERE entry > $1 UNION SELECT fact FROM sources \
     WHERE ended_at < 9223372036854775807 AND ended_at >= (SELECT recorded_at FROM acts WHERE entry = $1)) t \
     JOIN observations o ON o.observation = t.fact WHERE o.ended_at = $3))"
);

/// A place with its length, then fields that have no space, up to the end of the line; and what stands behind it.
fn first_line<const N: usize>(lines: &str) -> Result<(&str, [&str; N], &str), Error> {
    let read = || {
        let (length, rest) = lines.split_once(' ')?;
        let (place, rest) = rest.split_at_checked(length.parse().ok()?)?;
        let (fields, behind) = rest.strip_prefix(' ')?.split_once('\n')?;
        let mut fields = fields.splitn(N, ' ');
        let mut all = [""; N];
        for field in &mut all {
            *field = fields.next()?;
        }
        Some((place, all, behind))
    };
    read().ok_or(Error::Damaged { what: "observation" })
}

fn telling(fields: [&str; 9]) -> Result<Telling, Error> {
    let [_, id, period, measure, edition, status, value, is_scoped, basis] = fields;
    Ok(Telling {
        id: ObservationId(text(id)?),
        period: text(period)?,
        measure: text(measure)?,
        edition: text(edition)?,
        status: text(status)?,
        value: text(value)?,
        price_basis: price_basis(basis)?,
        is_scoped: is_scoped == "1",
    })
}

fn text<T: std::str::FromStr>(field: &str) -> Result<T, Error> {
    field.parse().or_damaged("observation")
}

/// One row of a joined page, and what stands behind it.
struct Row<'a> {
    place: &'a str,
    term: i64,
    bytes: &'a [u8],
}

fn first_row(page: &[u8]) -> Option<(Row<'_>, &[u8])> {
    let (place, rest) = digits(page)?;
    let (bytes, rest) = digits(rest)?;
    let (term, rest) = digits(rest)?;
    let (place, rest) = rest.split_at_checked(usize::try_from(place).ok()?)?;
    let (bytes, rest) = rest.split_at_checked(usize::try_from(bytes).ok()?)?;
    let place = std::str::from_utf8(place).ok()?;
    Some((Row { place, term, bytes }, rest))
}

/// A number before a space.
fn digits(text: &[u8]) -> Option<(i64, &[u8])> {
    let space = text.iter().take(21).position(|byte| *byte == b' ')?;
    let number = std::str::from_utf8(&text[..space]).ok()?.parse().ok()?;
    Some((number, &text[space + 1..]))
}

/// Behind which place and term the next page begins.
type End<'a> = (&'a str, i64);

/// How many rows a page has, and where it ends.
fn ends(mut page: &[u8]) -> Result<(u32, Option<End<'_>>), Error> {
    let (mut rows, mut last) = (0, None);
    while !page.is_empty() {
        let (row, rest) = first_row(page).ok_or(Error::Damaged { what: "series" })?;
        (rows, last, page) = (rows + 1, Some((row.place, row.term)), rest);
    }
    Ok((rows, last))
}

fn hand_over(
    indicator: &str,
    mut page: &[u8],
    each: &mut impl FnMut(&str, &str, Tellings<'_>) -> Result<(), Error>,
) -> Result<(), Error> {
    while !page.is_empty() {
        let (row, rest) = first_row(page).ok_or(Error::Damaged { what: "series" })?;
        each(indicator, row.place, Tellings::of(row.bytes))?;
        page = rest;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use plan::{Edition, ObsStatus};
    use terms::Measure;

    use super::*;
    use crate::Store;

    fn packed(id: u64) -> Vec<u8> {
        let mut bytes = Vec::new();
        for offset in 0..=(id % 3) {
            let telling = Telling {
                id: ObservationId(id + offset),
                period: terms::TimePeriod::Month(2026, 3),
                measure: Measure::Level,
                edition: Edition::Official,
                status: ObsStatus::Normal,
                value: terms::Decimal::from(id * 1_000_003),
                price_basis: None,
                is_scoped: false,
            };
            telling.pack(&mut bytes);
        }
        bytes
    }

    #[tokio::test]
    async fn joined_pages_give_every_row_once_in_order_whatever_bytes_it_has() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("r.db")).await.unwrap();
        let mut writing = store.write().await.unwrap();
        let mut expected = Vec::new();
        // A page and a half, exactly one page, one row, and names with spaces, digits and letters of several bytes.
        for (indicator, rows) in [
            ("a.one", PAGE + PAGE / 2),
            ("b.two", PAGE),
            ("c.three", 1),
            ("d.four", 0),
        ] {
            for row in 0..rows {
                let place = match row % 4 {
                    0 => format!("VN-11-{row:05}"),
                    1 => format!("7 8 9 huyện {row:05} cũ"),
                    2 => format!("{row:05}\n\u{0}"),
                    _ => format!("thôn {row:05}"),
                };
                let term = i64::from(row) % 9 - 4;
                expected.push((indicator.to_owned(), place, term, packed(u64::from(row))));
            }
        }
        expected.sort();
        for (indicator, place, term, bytes) in &expected {
            sqlx::query("INSERT INTO series (indicator, place, term, bytes) VALUES ($1, $2, $3, $4)")
                .bind(indicator)
                .bind(place)
                .bind(term)
                .bind(bytes)
                .execute(&mut *writing.transaction)
                .await
                .unwrap();
        }
        let mut read = Vec::new();
        let mut each = |indicator: &str, place: &str, tellings: Tellings<'_>| {
            let values: Vec<Telling> = tellings.collect::<Result<_, _>>()?;
            read.push((indicator.to_owned(), place.to_owned(), values));
            Ok(())
        };
        writing.series(None, &mut each).await.unwrap();
        let whole: Vec<_> = expected
            .iter()
            .map(|(indicator, place, _, bytes)| {
                let values: Vec<Telling> = Tellings::of(bytes).collect::<Result<_, _>>().unwrap();
                (indicator.clone(), place.clone(), values)
            })
            .collect();
        assert_eq!(read.len(), whole.len());
        assert!(read == whole, "the rows are others");
        let stop = |_: &str, _: &str, _: Tellings<'_>| Err(Error::Damaged { what: "asked for" });
        assert!(writing.series(None, stop).await.is_err(), "who reads can stop");
        let nothing = "e.five".parse().unwrap();
        let never = |_: &str, _: &str, _: Tellings<'_>| -> Result<(), Error> { panic!("there is no row") };
        writing.series(Some(&nothing), never).await.unwrap();
    }

    #[test]
    fn a_torn_page_is_damage() {
        let page = b"5 3 404 VN-11abc2 0 404 VN";
        assert_eq!(ends(page).unwrap(), (2, Some(("VN", 404))));
        for length in 1..page.len() {
            let torn = ends(&page[..length]);
            assert!(torn.is_err() || length == 16, "{length}: {torn:?}");
        }
    }
}
