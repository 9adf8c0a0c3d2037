//! Whether the database is what its record says: the chain holds, and every derived table is what the entries make.

use ledger::chain::{BrokenAt, Check};
use ledger::{Entry, Head};
use sqlx::sqlite::SqliteRow;
use sqlx::{AssertSqlSafe, Column as _, Row, TypeInfo as _, ValueRef as _};

use crate::apply::EMPTY_ALL;
use crate::error::OrDamaged;
use crate::{Error, Writing, wire};

/// What an audit found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Audit {
    /// The last entry that is sound.
    pub head: Head,
    /// The first entry that is not what was recorded, if one is not.
    pub broken: Option<BrokenAt>,
    /// The first entry whose act this program cannot read, if there is one; then no table was compared.
    pub unreadable: Option<u64>,
    /// Each derived table.
    pub tables: Vec<AuditedTable>,
}

/// One derived table, as it stands and as the entries make it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditedTable {
    /// Its name.
    pub name: &'static str,
    /// How many rows stand in it.
    pub rows: usize,
    /// How many the entries make.
    pub made: usize,
    /// Whether they are the same rows, to the byte.
    pub same: bool,
}

impl Audit {
    /// Whether nothing is wrong.
    pub fn is_sound(&self) -> bool {
        self.broken.is_none() && self.unreadable.is_none() && self.tables.iter().all(|table| table.same)
    }
}

/// The rows of a table in any order: how many, and the sum of their hashes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Content {
    rows: usize,
    sum: u128,
}

impl Writing {
    /// Checks the chain, computes every derived table again and compares. Holds the one writer and one table in memory;
    /// the transaction is of no use afterwards: drop it, and the tables stand as they stood. O(entries + rows).
    ///
    /// # Errors
    /// [`Error::Failed`], [`Error::Damaged`].
    pub async fn audit(&mut self) -> Result<Audit, Error> {
        let mut audit = Audit {
            head: Head::EMPTY,
            broken: None,
            unreadable: None,
            tables: Vec::new(),
        };
        let mut check = Check::default();
        'pages: loop {
            let page = self.entries_after(check.head().number, 500).await?;
            if page.is_empty() {
                break;
            }
            for sealed in &page {
                if let Err(broken) = check.next(sealed) {
                    audit.broken = Some(broken);
                    break 'pages;
                }
                let entry = Entry::decode(&sealed.bytes).or_damaged("entry")?;
                if wire::decode(&entry.kind, &entry.body).is_err() && audit.unreadable.is_none() {
                    audit.unreadable = Some(sealed.number);
                }
            }
        }
        audit.head = check.head();
        if audit.broken.is_some() || audit.unreadable.is_some() {
            return Ok(audit);
        }
        let names: Vec<&'static str> = EMPTY_ALL
            .iter()
            .filter_map(|statement| statement.strip_prefix("DELETE FROM "))
            .collect();
        let mut standing = Vec::new();
        for name in &names {
            standing.push(self.content(name).await?);
        }
        self.rebuild().await?;
        for (name, stood) in names.into_iter().zip(standing) {
            let made = self.content(name).await?;
            audit.tables.push(AuditedTable {
                name,
                rows: stood.rows,
                made: made.rows,
                same: stood == made,
            });
        }
        Ok(audit)
    }

    async fn content(&mut self, table: &'static str) -> Result<Content, Error> {
        // The names are those of our own list.
        let rows = sqlx::query(AssertSqlSafe(format!("SELECT * FROM {table}")))
            .fetch_all(&mut *self.transaction)
            .await?;
        rows.iter().try_fold(Content::default(), |content, row| {
            Ok(Content {
                rows: content.rows + 1,
                sum: content.sum.wrapping_add(hash(row)?),
            })
        })
    }
}

/// A row's hash: the name, type and bytes of every column.
fn hash(row: &SqliteRow) -> Result<u128, Error> {
    let mut spelled = Vec::new();
    for column in row.columns() {
        let at = column.ordinal();
        let value = row.try_get_raw(at)?;
        let kind = value.type_info().name().to_owned();
        let bytes = if value.is_null() {
            Vec::new()
        } else if kind == "INTEGER" {
            row.try_get_unchecked::<i64, _>(at)?.to_be_bytes().to_vec()
        } else {
            row.try_get_unchecked::<Vec<u8>, _>(at)?
        };
        for part in [column.name().as_bytes(), kind.as_bytes(), &bytes] {
            spelled.extend_from_slice(&u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
            spelled.extend_from_slice(part);
        }
    }
    let digest = ledger::entry::address(&spelled);
    let half = digest.first_chunk().or_damaged("hash")?;
    Ok(u128::from_be_bytes(*half))
}

#[cfg(test)]
mod tests {
    use plan::{Act, CatalogueList};
    use terms::{Sha256, Timestamp};

    use crate::Author;
    use crate::Store;

    #[tokio::test]
    async fn a_table_that_the_entries_do_not_make_is_named_and_an_audit_changes_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("r.db")).await.unwrap();
        let mut writing = store.write().await.unwrap();
        let act = Act::CatalogueLoaded {
            list: CatalogueList::Units,
            name: "units.csv".to_owned(),
            sha256: Sha256([7; 32]),
        };
        writing
            .record(&Author::PROGRAM, Timestamp::UNIX_EPOCH, &act)
            .await
            .unwrap();
        writing.commit().await.unwrap();

        let audit = store.write().await.unwrap().audit().await.unwrap();
        assert!(audit.is_sound() && audit.head.number == 1, "{audit:?}");

        for torn in [
            "UPDATE acts SET reason = 'other'",
            "UPDATE catalogues SET sha256 = x'00'",
            "DELETE FROM acts",
        ] {
            let mut writing = store.write().await.unwrap();
            sqlx::query(torn)
                .execute(&mut *writing.transaction)
                .await
                .unwrap();
            let audit = writing.audit().await.unwrap();
            let differ: Vec<_> = audit.tables.iter().filter(|table| !table.same).collect();
            assert_eq!(differ.len(), 1, "{torn}: {audit:?}");
            assert!(torn.contains(differ[0].name) && !audit.is_sound());
        }
        // Each of those transactions was dropped, with what was computed again in it.
        assert!(store.write().await.unwrap().audit().await.unwrap().is_sound());
    }
}
