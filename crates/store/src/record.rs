//! Writing: an act becomes an entry, and the tables that pages read follow at once.

use ledger::{Entry, Head, Sealed};
use plan::{Act, UserId};
use sqlx::Row;
use terms::{RefArea, Sha256, Timestamp};

use crate::error::OrDamaged;
use crate::{Author, Error, Reading, Writing, apply, wire};

/// The one kind of act that shows nowhere public: see [`Reading::shown_head`], whose statement names it too.
const QUIET: &str = "report-saved";

impl Writing {
    /// Records an act, and answers with the number of its entry.
    ///
    /// Its time is `at`, or that of the entry before where the clock went back: the record never does.
    ///
    /// # Errors
    /// [`Error::Unfit`] where the act speaks of what is not there; then drop the transaction.
    pub async fn record(&mut self, author: &Author, at: Timestamp, act: &Act) -> Result<u64, Error> {
        let recorded_at = at.as_microsecond().max(self.last_at);
        let (kind, body) = wire::encode(act);
        let entry = Entry {
            kind: kind.to_owned(),
            author: author.user.map(|user| user.0),
            unit: author.unit.as_ref().map(ToString::to_string),
            post: author.post.as_ref().map(ToString::to_string),
            recorded_at,
            body,
        };
        let sealed = entry.seal(self.head);
        sqlx::query(
            "INSERT INTO entries (number, kind, author, recorded_at, bytes, hash) VALUES ($1, $2, $3, $4, $5, $6)",
        )
        .bind(number(sealed.number)?)
        .bind(kind)
        .bind(author.user.map(|user| number(user.0)).transpose()?)
        .bind(recorded_at)
        .bind(&sealed.bytes)
        .bind(sealed.hash.as_slice())
        .execute(&mut *self.transaction)
        .await?;
        apply::apply(self, sealed.number, author, recorded_at, act).await?;
        self.head = Head::from(&sealed);
        if kind != QUIET {
            self.shown = Some(self.head);
        }
        self.last_at = recorded_at;
        Ok(sealed.number)
    }

    /// Keeps bytes by their address; the same bytes are kept once.
    ///
    /// # Errors
    /// [`Error::Failed`].
    pub async fn keep_bytes(&mut self, bytes: &[u8]) -> Result<Sha256, Error> {
        let sha256 = ledger::entry::address(bytes);
        sqlx::query(
            "INSERT INTO blobs (sha256, size_bytes, bytes) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
        )
        .bind(sha256.as_slice())
        .bind(i64::try_from(bytes.len()).or_damaged("size")?)
        .bind(bytes)
        .execute(&mut *self.transaction)
        .await?;
        Ok(Sha256(sha256))
    }

    /// Computes every derived table again from the entries.
    ///
    /// # Errors
    /// [`Error::Damaged`] where an entry cannot be read, [`Error::Failed`]. O(entries).
    pub async fn rebuild(&mut self) -> Result<(), Error> {
        for statement in apply::EMPTY_ALL {
            sqlx::query(*statement).execute(&mut *self.transaction).await?;
        }
        // Kept findings follow from those tables.
        sqlx::query("DELETE FROM found_as_of")
            .execute(&mut *self.transaction)
            .await?;
        let mut after = 0;
        loop {
            let page = self.entries_after(after, 500).await?;
            let Some(last) = page.last() else { return Ok(()) };
            after = last.number;
            for sealed in page {
                let entry = Entry::decode(&sealed.bytes).or_damaged("entry")?;
                let act = wire::decode(&entry.kind, &entry.body)?;
                let post = entry.post.map(|post| post.parse().or_damaged("post"));
                let author = Author {
                    user: entry.author.map(UserId),
                    post: post.transpose()?,
                    unit: entry.unit.map(RefArea::new),
                };
                apply::apply(self, sealed.number, &author, entry.recorded_at, &act).await?;
            }
        }
    }
}

impl Reading {
    /// The entries behind number `after`, in order, at most `limit`.
    ///
    /// # Errors
    /// [`Error::Failed`], [`Error::Damaged`].
    pub async fn entries_after(&mut self, after: u64, limit: u32) -> Result<Vec<Sealed>, Error> {
        let rows =
            sqlx::query("SELECT number, bytes, hash FROM entries WHERE number > $1 ORDER BY number LIMIT $2")
                .bind(number(after)?)
                .bind(i64::from(limit))
                .fetch_all(&mut *self.transaction)
                .await?;
        rows.into_iter()
            .map(|row| {
                Ok(Sealed {
                    number: u64::try_from(row.get::<i64, _>("number")).or_damaged("entry number")?,
                    bytes: row.get("bytes"),
                    hash: row.get::<&[u8], _>("hash").try_into().or_damaged("entry hash")?,
                })
            })
            .collect()
    }

    /// The chain hashes of the entries behind number `after`, in order, at most `limit`.
    ///
    /// # Errors
    /// [`Error::Failed`], [`Error::Damaged`].
    pub async fn hashes_after(&mut self, after: u64, limit: u32) -> Result<Vec<[u8; 32]>, Error> {
        let rows = sqlx::query("SELECT hash FROM entries WHERE number > $1 ORDER BY number LIMIT $2")
            .bind(number(after)?)
            .bind(i64::from(limit))
            .fetch_all(&mut *self.transaction)
            .await?;
        rows.into_iter()
            .map(|row| row.get::<&[u8], _>("hash").try_into().or_damaged("entry hash"))
            .collect()
    }

    /// The bytes at an address.
    ///
    /// # Errors
    /// [`Error::Failed`].
    pub async fn bytes(&mut self, sha256: Sha256) -> Result<Option<Vec<u8>>, Error> {
        let row = sqlx::query("SELECT bytes FROM blobs WHERE sha256 = $1")
            .bind(sha256.0.as_slice())
            .fetch_optional(&mut *self.transaction)
            .await?;
        Ok(row.map(|row| row.get("bytes")))
    }
}

/// A number as both databases hold it.
pub(crate) fn number(number: u64) -> Result<i64, Error> {
    i64::try_from(number).or_damaged("number")
}
