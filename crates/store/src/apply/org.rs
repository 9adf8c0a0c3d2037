//! Offices, posts and who holds them.

use plan::{Department, Holding, Office, Post, PostId, UserId};
use terms::{Date, Sha256};

use super::{ActRow, At};
use crate::record::number;
use crate::{Error, Writing};

/// Keeps a department; its office is given once for ever.
pub(super) async fn department_added<'a>(
    writing: &mut Writing,
    at: At,
    department: &Department,
) -> Result<ActRow<'a>, Error> {
    sqlx::query(
        "INSERT INTO departments (office, entry, area, code, name_vi, name_en, since, until) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(department.office().to_string())
    .bind(at.entry)
    .bind(department.area.as_str())
    .bind(department.code.as_str())
    .bind(&department.name_vi)
    .bind(&department.name_en)
    .bind(department.since.to_string())
    .bind(department.until.map(|day| day.to_string()))
    .execute(&mut *writing.transaction)
    .await?;
    changed(writing, at, "department-added", "").await
}

/// Ends a department.
pub(super) async fn department_ended<'a>(
    writing: &mut Writing,
    at: At,
    office: &Office,
    until: Date,
    reason: &'a str,
) -> Result<ActRow<'a>, Error> {
    let done = sqlx::query("UPDATE departments SET until = $2 WHERE office = $1 AND since <= $2")
        .bind(office.to_string())
        .bind(until.to_string())
        .execute(&mut *writing.transaction)
        .await?;
    if done.rows_affected() == 0 {
        return Err(Error::Unfit { what: "department" });
    }
    changed(writing, at, "department-ended", reason).await
}

/// Keeps a post; its id is given once for ever.
pub(super) async fn post_added<'a>(writing: &mut Writing, at: At, post: &Post) -> Result<ActRow<'a>, Error> {
    sqlx::query(
        "INSERT INTO posts (post, entry, office, area, name_vi, name_en, role, reach, public, since, until) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
    )
    .bind(post.id.as_str())
    .bind(at.entry)
    .bind(post.office.to_string())
    .bind(post.office.area.as_str())
    .bind(&post.name_vi)
    .bind(&post.name_en)
    .bind(post.role.code())
    .bind(post.reach.code())
    .bind(i64::from(post.public))
    .bind(post.since.to_string())
    .bind(post.until.map(|day| day.to_string()))
    .execute(&mut *writing.transaction)
    .await?;
    changed(writing, at, "post-added", "").await
}

/// Ends a post, and whoever holds it then.
pub(super) async fn post_ended<'a>(
    writing: &mut Writing,
    at: At,
    post: &PostId,
    until: Date,
    reason: &'a str,
) -> Result<ActRow<'a>, Error> {
    let done = sqlx::query("UPDATE posts SET until = $2 WHERE post = $1 AND since <= $2")
        .bind(post.as_str())
        .bind(until.to_string())
        .execute(&mut *writing.transaction)
        .await?;
    if done.rows_affected() == 0 {
        return Err(Error::Unfit { what: "post" });
    }
    sqlx::query(
        "UPDATE holdings SET until = $2, ended_by = $3 WHERE post = $1 AND (until IS NULL OR until > $2)",
    )
    .bind(post.as_str())
    .bind(until.to_string())
    .bind(at.entry)
    .execute(&mut *writing.transaction)
    .await?;
    changed(writing, at, "post-ended", reason).await
}

/// Keeps that a person holds a post.
pub(super) async fn holder_added<'a>(
    writing: &mut Writing,
    at: At,
    holding: &Holding,
    person: Sha256,
) -> Result<ActRow<'a>, Error> {
    let done = sqlx::query(
        "INSERT INTO holdings (entry, post, user_id, person, since, until) \
         SELECT $1, post, $3, $4, $5, $6 FROM posts WHERE post = $2",
    )
    .bind(at.entry)
    .bind(holding.post.as_str())
    .bind(number(holding.user.0)?)
    .bind(person.0.as_slice())
    .bind(holding.since.to_string())
    .bind(holding.until.map(|day| day.to_string()))
    .execute(&mut *writing.transaction)
    .await?;
    if done.rows_affected() == 0 {
        return Err(Error::Unfit { what: "post" });
    }
    changed(writing, at, "holder-added", "").await
}

/// Ends that a person holds a post.
pub(super) async fn holder_ended<'a>(
    writing: &mut Writing,
    at: At,
    (post, user): (&PostId, UserId),
    until: Date,
    reason: &'a str,
) -> Result<ActRow<'a>, Error> {
    let done = sqlx::query(
        "UPDATE holdings SET until = $3, ended_by = $4 \
         WHERE post = $1 AND user_id = $2 AND since <= $3 AND (until IS NULL OR until > $3)",
    )
    .bind(post.as_str())
    .bind(number(user.0)?)
    .bind(until.to_string())
    .bind(at.entry)
    .execute(&mut *writing.transaction)
    .await?;
    if done.rows_affected() == 0 {
        return Err(Error::Unfit { what: "holder" });
    }
    changed(writing, at, "holder-ended", reason).await
}

async fn changed<'a>(
    writing: &mut Writing,
    at: At,
    kind: &'static str,
    reason: &'a str,
) -> Result<ActRow<'a>, Error> {
    sqlx::query(
        "INSERT INTO org_version (one, entry) VALUES (1, $1) ON CONFLICT (one) DO UPDATE SET entry = excluded.entry",
    )
    .bind(at.entry)
    .execute(&mut *writing.transaction)
    .await?;
    Ok(ActRow {
        kind,
        reason,
        ..ActRow::default()
    })
}
