//! Who answers: offices, the posts in them, and the people who hold a post for a while.
//!
//! A duty stays with the office and its post; the holder is dated. People stand here as numbers only.

use std::fmt;
use std::str::FromStr;

use terms::ids::InvalidId;
use terms::kind::UnknownCode;
use terms::{Date, RefArea};

use crate::UserId;

/// The code of a department of a People's Committee, such as `finance`: the same in every area that has one.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct DepartmentCode(String);

impl DepartmentCode {
    /// Takes 1 to 40 lower-case letters, digits and `-`, a letter first.
    ///
    /// # Errors
    /// [`InvalidId`] where the text has another form.
    pub fn new(code: impl Into<String>) -> Result<Self, InvalidId> {
        let code = code.into();
        let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        let well_formed = (1..=40).contains(&code.len())
            && code.starts_with(|first: char| first.is_ascii_lowercase())
            && code.bytes().all(plain);
        if well_formed {
            Ok(Self(code))
        } else {
            Err(InvalidId {
                what: "department code",
                text: code,
            })
        }
    }

    /// The code as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for DepartmentCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for DepartmentCode {
    type Err = InvalidId;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::new(text)
    }
}

/// Who answers for something: the People's Committee of an area, or a department of it.
///
/// Written `VN-11` and `VN-11/finance`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Office {
    /// The unit of the administrative tree that the office governs.
    pub area: RefArea,
    /// The department; none for the People's Committee itself.
    pub department: Option<DepartmentCode>,
}

impl Office {
    /// The People's Committee of an area.
    pub fn committee(area: RefArea) -> Self {
        Self {
            area,
            department: None,
        }
    }
}

impl fmt::Display for Office {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.department {
            None => write!(f, "{}", self.area),
            Some(department) => write!(f, "{}/{department}", self.area),
        }
    }
}

impl FromStr for Office {
    type Err = InvalidId;

    /// Reads what is printed; whether the area and the department are there is not asked.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (area, department) = match text.split_once('/') {
            None => (text, None),
            Some((area, department)) => (area, Some(department.parse()?)),
        };
        let area = RefArea::new(area);
        if area.level() == terms::AreaLevel::Named {
            return Err(InvalidId {
                what: "office",
                text: text.to_owned(),
            });
        }
        Ok(Self { area, department })
    }
}

/// What the holder of a post is there for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Role {
    /// Fills in and submits reports, works on tasks of the own office.
    Reporter,
    /// Checks the reports of the offices below, returns them.
    Verifier,
    /// Reads documents into the register, keeps targets and report regimes, drafts tasks.
    Planner,
    /// Accepts reports, directs tasks, confirms results.
    Leader,
    /// Reads everything, changes nothing.
    Inspector,
    /// Keeps offices, posts and users; decides nothing about content.
    Administrator,
}

impl Role {
    /// Every role.
    pub const ALL: [Role; 6] = [
        Role::Reporter,
        Role::Verifier,
        Role::Planner,
        Role::Leader,
        Role::Inspector,
        Role::Administrator,
    ];

    /// The stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Role::Reporter => "reporter",
            Role::Verifier => "verifier",
            Role::Planner => "planner",
            Role::Leader => "leader",
            Role::Inspector => "inspector",
            Role::Administrator => "administrator",
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl FromStr for Role {
    type Err = UnknownCode;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|role| role.code() == text)
            .ok_or_else(|| UnknownCode {
                list: "role",
                code: text.to_owned(),
            })
    }
}

/// How far a post reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Reach {
    /// Its own office.
    Own,
    /// Its own office and every office below.
    Subtree,
}

impl Reach {
    /// Both.
    pub const ALL: [Reach; 2] = [Reach::Own, Reach::Subtree];

    /// The stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Reach::Own => "own",
            Reach::Subtree => "subtree",
        }
    }
}

impl fmt::Display for Reach {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl FromStr for Reach {
    type Err = UnknownCode;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|reach| reach.code() == text)
            .ok_or_else(|| UnknownCode {
                list: "reach",
                code: text.to_owned(),
            })
    }
}

/// The name of a post for ever, such as `VN-11/finance.verifier`; never given to another post.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PostId(String);

impl PostId {
    /// Takes 1 to 100 letters, digits and `-_./` of ASCII.
    ///
    /// # Errors
    /// [`InvalidId`] where the text has another form.
    pub fn new(id: impl Into<String>) -> Result<Self, InvalidId> {
        let id = id.into();
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_./".contains(&byte);
        if (1..=100).contains(&id.len()) && id.bytes().all(plain) {
            Ok(Self(id))
        } else {
            Err(InvalidId {
                what: "post",
                text: id,
            })
        }
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for PostId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for PostId {
    type Err = InvalidId;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::new(text)
    }
}

/// A department of a People's Committee, for the days that it is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Department {
    /// The area whose People's Committee it belongs to, and its code.
    pub area: RefArea,
    /// Its code, unique in the area for ever.
    pub code: DepartmentCode,
    /// What it is called, Vietnamese (`Sở Tài chính`).
    pub name_vi: String,
    /// What it is called, English.
    pub name_en: String,
    /// First day.
    pub since: Date,
    /// Last day; none where it still is.
    pub until: Option<Date>,
}

impl Department {
    /// The office that it is.
    pub fn office(&self) -> Office {
        Office {
            area: self.area.clone(),
            department: Some(self.code.clone()),
        }
    }

    /// Whether it is there on a day.
    pub fn is_on(&self, day: Date) -> bool {
        holds(self.since, self.until, day)
    }
}

/// A post: a place in an office that one person after another can hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Post {
    /// Its name for ever.
    pub id: PostId,
    /// Where it is.
    pub office: Office,
    /// What it is called, Vietnamese (`Chủ tịch Ủy ban nhân dân tỉnh`).
    pub name_vi: String,
    /// What it is called, English.
    pub name_en: String,
    /// What its holder is there for.
    pub role: Role,
    /// How far it reaches.
    pub reach: Reach,
    /// Whether the public may see who holds it, as it may for those who lead.
    pub public: bool,
    /// First day.
    pub since: Date,
    /// Last day; none where it still is.
    pub until: Option<Date>,
}

impl Post {
    /// Whether it is there on a day.
    pub fn is_on(&self, day: Date) -> bool {
        holds(self.since, self.until, day)
    }
}

/// That a person holds a post for some days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holding {
    /// Which post.
    pub post: PostId,
    /// Who: a number; the name stands outside the record.
    pub user: UserId,
    /// First day.
    pub since: Date,
    /// Last day; none while it lasts.
    pub until: Option<Date>,
}

impl Holding {
    /// Whether it lasts on a day.
    pub fn is_on(&self, day: Date) -> bool {
        holds(self.since, self.until, day)
    }
}

fn holds(since: Date, until: Option<Date>, day: Date) -> bool {
    since <= day && until.is_none_or(|until| day <= until)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_office_reads_back_what_it_prints_and_nothing_else() {
        for text in ["VN-11", "VN-11/finance", "VN-11-03158", "VN"] {
            assert_eq!(text.parse::<Office>().unwrap().to_string(), text);
        }
        for wrong in [
            "",
            "Sở Tài chính",
            "VN-11/",
            "VN-11/Finance",
            "VN-11/a/b",
            "/finance",
            "VN-11/1a",
        ] {
            assert!(wrong.parse::<Office>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_post_has_a_plain_name() {
        assert_eq!(
            "VN-11/finance.verifier".parse::<PostId>().unwrap().as_str(),
            "VN-11/finance.verifier"
        );
        for wrong in ["", "a b", "người", "a\"", &"a".repeat(101)] {
            assert!(wrong.parse::<PostId>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn first_and_last_day_count() {
        let day = |day| jiff::civil::date(2025, 7, day);
        let holding = Holding {
            post: PostId::new("a").unwrap(),
            user: UserId(1),
            since: day(1),
            until: Some(day(31)),
        };
        assert!(holding.is_on(day(1)) && holding.is_on(day(31)));
        assert!(
            !holding.is_on(jiff::civil::date(2025, 6, 30)) && !holding.is_on(jiff::civil::date(2025, 8, 1))
        );
    }

    #[test]
    fn codes_read_back() {
        assert!(Role::ALL.into_iter().all(|role| role.code().parse() == Ok(role)));
        assert!(
            Reach::ALL
                .into_iter()
                .all(|reach| reach.code().parse() == Ok(reach))
        );
        assert!("public".parse::<Role>().is_err() && "all".parse::<Reach>().is_err());
    }
}
