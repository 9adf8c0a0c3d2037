//! Offices, posts and who holds them, through time.

use plan::{Department, Holding, Post, UserId};
use sqlx::Row;
use sqlx::sqlite::SqliteRow;
use terms::RefArea;

use super::{count, count_optional, parsed, parsed_optional};
use crate::error::OrDamaged;
use crate::{Error, Reading};

/// All of it, through time, as of one entry.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct StoredOrg {
    /// The last entry that changed it; 0 where nothing is there.
    pub version: u64,
    /// Departments by their office.
    pub departments: Vec<Department>,
    /// Posts by their id.
    pub posts: Vec<Post>,
    /// Holdings, the first recorded first, with the number of their entry.
    pub holdings: Vec<(u64, Holding)>,
}

impl Reading {
    /// The last entry that changed offices, posts or holders; 0 where none did.
    ///
    /// # Errors
    /// [`Error::Failed`].
    pub async fn org_version(&mut self) -> Result<u64, Error> {
        let row = sqlx::query("SELECT MAX(entry) AS entry FROM org_version")
            .fetch_one(&mut *self.transaction)
            .await?;
        Ok(count_optional(&row, "entry")?.unwrap_or_default())
    }

    /// Offices, posts and holders. Four statements; O(all of them).
    ///
    /// # Errors
    /// [`Error::Failed`], [`Error::Damaged`].
    pub async fn org(&mut self) -> Result<StoredOrg, Error> {
        let version = self.org_version().await?;
        let departments = sqlx::query("SELECT * FROM departments ORDER BY area, entry")
            .fetch_all(&mut *self.transaction)
            .await?;
        let posts = sqlx::query("SELECT * FROM posts ORDER BY area, office, entry")
            .fetch_all(&mut *self.transaction)
            .await?;
        let holdings = sqlx::query("SELECT * FROM holdings ORDER BY entry")
            .fetch_all(&mut *self.transaction)
            .await?;
        Ok(StoredOrg {
            version,
            departments: departments.iter().map(department).collect::<Result<_, _>>()?,
            posts: posts.iter().map(post).collect::<Result<_, _>>()?,
            holdings: holdings.iter().map(holding).collect::<Result<_, _>>()?,
        })
    }
}

fn department(row: &SqliteRow) -> Result<Department, Error> {
    Ok(Department {
        area: RefArea::new(row.get::<&str, _>("area")),
        code: parsed(row, "code")?,
        name_vi: row.get("name_vi"),
        name_en: row.get("name_en"),
        since: parsed(row, "since")?,
        until: parsed_optional(row, "until")?,
    })
}

fn post(row: &SqliteRow) -> Result<Post, Error> {
    Ok(Post {
        id: parsed(row, "post")?,
        office: parsed(row, "office")?,
        name_vi: row.get("name_vi"),
        name_en: row.get("name_en"),
        role: parsed(row, "role")?,
        reach: parsed(row, "reach")?,
        public: row.get::<i64, _>("public") != 0,
        since: parsed(row, "since")?,
        until: parsed_optional(row, "until")?,
    })
}

fn holding(row: &SqliteRow) -> Result<(u64, Holding), Error> {
    let user: i64 = row.get("user_id");
    let holding = Holding {
        post: parsed(row, "post")?,
        user: u64::try_from(user).map(UserId).or_damaged("user_id")?,
        since: parsed(row, "since")?,
        until: parsed_optional(row, "until")?,
    };
    Ok((count(row, "entry")?, holding))
}
