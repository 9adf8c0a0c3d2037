//! Offices, posts and holders in entries.

use ledger::Value;
use plan::{Act, Department, Holding, Post, UserId};
use terms::RefArea;

use super::{field, parsed, parsed_optional, text};
use crate::Error;
use crate::error::OrDamaged;

pub(super) fn encode_department(department: &Department) -> Value {
    Value::map([
        ("area", Value::text(department.area.as_str())),
        ("code", Value::text(department.code.as_str())),
        ("name_en", Value::text(&department.name_en)),
        ("name_vi", Value::text(&department.name_vi)),
        ("since", Value::text(department.since.to_string())),
        ("until", Value::optional(department.until)),
    ])
}

pub(super) fn encode_post(post: &Post) -> Value {
    Value::map([
        ("id", Value::text(post.id.as_str())),
        ("name_en", Value::text(&post.name_en)),
        ("name_vi", Value::text(&post.name_vi)),
        ("office", Value::text(post.office.to_string())),
        ("public", Value::Bool(post.public)),
        ("reach", Value::text(post.reach.code())),
        ("role", Value::text(post.role.code())),
        ("since", Value::text(post.since.to_string())),
        ("until", Value::optional(post.until)),
    ])
}

pub(super) fn encode_holding(holding: &Holding) -> Value {
    Value::map([
        ("post", Value::text(holding.post.as_str())),
        ("since", Value::text(holding.since.to_string())),
        ("until", Value::optional(holding.until)),
        ("user", encode_user(holding.user)),
    ])
}

/// A person's number. No register has more people than an `i64` counts.
pub(super) fn encode_user(user: UserId) -> Value {
    Value::Int(i64::try_from(user.0).unwrap_or(i64::MAX))
}

/// The act of one of the kinds of this file; none for other kinds.
pub(super) fn decode(kind: &str, body: &Value) -> Result<Option<Act>, Error> {
    let reason = || text(body, "reason").map(ToOwned::to_owned);
    Ok(Some(match kind {
        "department-added" => Act::DepartmentAdded {
            department: decode_department(field(body, "department")?)?,
        },
        "department-ended" => Act::DepartmentEnded {
            office: parsed(body, "office")?,
            until: parsed(body, "until")?,
            reason: reason()?,
        },
        "post-added" => Act::PostAdded {
            post: decode_post(field(body, "post")?)?,
        },
        "post-ended" => Act::PostEnded {
            post: parsed(body, "post")?,
            until: parsed(body, "until")?,
            reason: reason()?,
        },
        "holder-added" => Act::HolderAdded {
            holding: decode_holding(field(body, "holding")?)?,
            person: parsed(body, "person")?,
        },
        "holder-ended" => Act::HolderEnded {
            post: parsed(body, "post")?,
            user: decode_user(body)?,
            until: parsed(body, "until")?,
            reason: reason()?,
        },
        _ => return Ok(None),
    }))
}

fn decode_department(value: &Value) -> Result<Department, Error> {
    Ok(Department {
        area: RefArea::new(text(value, "area")?),
        code: parsed(value, "code")?,
        name_vi: text(value, "name_vi")?.to_owned(),
        name_en: text(value, "name_en")?.to_owned(),
        since: parsed(value, "since")?,
        until: parsed_optional(value, "until")?,
    })
}

fn decode_post(value: &Value) -> Result<Post, Error> {
    let Value::Bool(public) = field(value, "public")? else {
        return Err(Error::Damaged { what: "public" });
    };
    Ok(Post {
        id: parsed(value, "id")?,
        office: parsed(value, "office")?,
        name_vi: text(value, "name_vi")?.to_owned(),
        name_en: text(value, "name_en")?.to_owned(),
        role: parsed(value, "role")?,
        reach: parsed(value, "reach")?,
        public: *public,
        since: parsed(value, "since")?,
        until: parsed_optional(value, "until")?,
    })
}

fn decode_holding(value: &Value) -> Result<Holding, Error> {
    Ok(Holding {
        post: parsed(value, "post")?,
        user: decode_user(value)?,
        since: parsed(value, "since")?,
        until: parsed_optional(value, "until")?,
    })
}

pub(super) fn decode_user(value: &Value) -> Result<UserId, Error> {
    let number = field(value, "user")?.as_int().or_damaged("user")?;
    u64::try_from(number).map(UserId).or_damaged("user")
}
