//! Who asks: each role at each place from which a post can stand to a thing of one commune, and the public.

use app::Actor;
use app::policy::{Action, Relation, Role};
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use plan::Office;
use plan::org::Reach;

use crate::house::{Got, House, PASSWORD};

/// The commune whose things are asked for, the department that receives its reports, another department, the province,
/// and another commune.
pub(super) const COMMUNE: &str = "VN-11-03158";
pub(super) const RECEIVER: &str = "VN-11/finance";
pub(super) const DEPARTMENT: &str = "VN-11/health";
pub(super) const PROVINCE: &str = "VN-11";
const NEIGHBOUR: &str = "VN-11-03160";

/// Where a post stands to the commune.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum At {
    Own,
    Receiver,
    OtherDepartment,
    Above,
    AboveWithoutReach,
    Elsewhere,
}

impl At {
    pub(super) const ALL: [At; 6] = [
        At::Own,
        At::Receiver,
        At::OtherDepartment,
        At::Above,
        At::AboveWithoutReach,
        At::Elsewhere,
    ];

    /// As the page of policy writes it.
    pub(super) const fn letter(self) -> char {
        match self {
            At::Own => 'o',
            At::Receiver => 'r',
            At::OtherDepartment => 'd',
            At::Above => 'p',
            At::AboveWithoutReach => 'u',
            At::Elsewhere => 'e',
        }
    }

    pub(super) const fn office(self) -> &'static str {
        match self {
            At::Own => COMMUNE,
            At::Receiver => RECEIVER,
            At::OtherDepartment => DEPARTMENT,
            At::Above | At::AboveWithoutReach => PROVINCE,
            At::Elsewhere => NEIGHBOUR,
        }
    }

    const fn reach(self) -> Reach {
        match self {
            At::AboveWithoutReach => Reach::Own,
            _ => Reach::Subtree,
        }
    }

    /// How a post there stands to an office: said here again, apart from the program, by what the words mean.
    pub(super) fn relation(self, to: &str) -> Relation {
        let from = self.office();
        let of_commune = to.starts_with("VN-11-");
        if from == to {
            Relation::Own
        } else if self.reach() == Reach::Subtree && (from == PROVINCE || (from.contains('/') && of_commune)) {
            Relation::Below
        } else {
            Relation::Elsewhere
        }
    }

    /// Whether reports to the receiver go to another department than the post's.
    fn other_field(self) -> bool {
        self == At::OtherDepartment
    }
}

/// Somebody who asks.
pub(super) struct Asker {
    pub(super) role: Role,
    /// None: the public.
    pub(super) at: Option<At>,
    pub(super) cookie: String,
    pub(super) csrf: String,
}

impl Asker {
    /// Whether the policies let this post do something for an office.
    pub(super) fn may(&self, action: Action, office: &str) -> bool {
        self.at
            .is_some_and(|at| action.allows_of_report(self.role, at.reach(), at.relation(office), false))
    }

    /// Whether they let it judge the commune's reports.
    pub(super) fn may_judge(&self, action: Action) -> bool {
        self.at.is_some_and(|at| {
            action.allows_of_report(self.role, at.reach(), at.relation(COMMUNE), at.other_field())
        })
    }

    /// Whether they let it do something somewhere, which is what the guard of a route asks.
    pub(super) fn may_somewhere(&self, action: Action) -> bool {
        self.at.is_some_and(|at| {
            [Relation::Own, Relation::Below]
                .into_iter()
                .any(|relation| action.allows_of_report(self.role, at.reach(), relation, false))
        })
    }
}

/// The public, and a person in a post of each role at each place.
pub(super) async fn everybody(house: &House) -> Vec<Asker> {
    let operator = Actor::operator();
    let mut table = String::from("name,password,post,since\n");
    let mut posts = Vec::new();
    for role in Role::ALL.into_iter().filter(|role| *role != Role::Public) {
        for at in At::ALL {
            let id = format!("{}.{}-{}", at.office(), role.code(), at.letter());
            let texts: app::org::Texts = [
                ("id", id.as_str()),
                ("office", at.office()),
                ("name_vi", "Vị trí"),
                ("name_en", "Post"),
                ("role", role.code()),
                ("reach", at.reach().code()),
                ("public", "no"),
                ("since", "2026-01-01"),
            ]
            .into_iter()
            .map(|(field, text)| (field.to_owned(), text.to_owned()))
            .collect();
            house.app.add_post(&operator, &texts).await.unwrap();
            table += &format!("người {id},{PASSWORD},{id},2026-01-01\n");
            posts.push((role, at, id));
        }
    }
    house
        .app
        .import_users(&operator, "users.csv", table.as_bytes())
        .await
        .unwrap();
    let mut askers = vec![Asker {
        role: Role::Public,
        at: None,
        cookie: String::new(),
        csrf: String::new(),
    }];
    for (number, (role, at, id)) in (1..).zip(posts) {
        let name = format!("người {id}");
        let from = [10, 0, 0, number].into();
        let session = house.app.sign_in(&name, PASSWORD, from).await.unwrap().unwrap();
        let actor = house.app.actor(&session.token).await.unwrap();
        askers.push(Asker {
            role,
            at: Some(at),
            cookie: format!("rorang={}", session.token),
            csrf: actor.csrf().to_owned(),
        });
    }
    askers
}

/// How the server answers somebody about a thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Told {
    /// Shown, or done.
    Done,
    /// Allowed, but it does not follow on where the thing stands.
    NotNow,
    /// Known, but others may: 403.
    Denied,
    /// As if there were nothing: 404.
    Hidden,
    /// To be signed in first.
    SignIn,
}

impl Told {
    /// What an answer says; none where it is none of these.
    pub(super) fn by(got: &Got) -> Option<Self> {
        let to = got.headers.get(header::LOCATION);
        let to = to.map_or("", |to| to.to_str().unwrap());
        Some(match got.status {
            StatusCode::UNAUTHORIZED => Told::SignIn,
            StatusCode::SEE_OTHER if to.contains("/sign-in?next=") => Told::SignIn,
            StatusCode::OK | StatusCode::SEE_OTHER => Told::Done,
            StatusCode::CONFLICT | StatusCode::UNPROCESSABLE_ENTITY => Told::NotNow,
            StatusCode::FORBIDDEN => Told::Denied,
            StatusCode::NOT_FOUND => Told::Hidden,
            _ => return None,
        })
    }
}

/// A form with files, as a browser sends it.
pub(super) fn multipart(
    address: &str,
    cookie: &str,
    fields: &[(&str, &str)],
    file: Option<(&str, &[u8])>,
) -> Request<Body> {
    const BOUNDARY: &str = "ranh-gioi-cua-bieu-mau";
    let mut body = Vec::new();
    for (name, value) in fields {
        let head = format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n");
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(value.as_bytes());
        body.extend_from_slice(b"\r\n");
    }
    if let Some((name, bytes)) = file {
        let head = format!(
            "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\
             Content-Type: application/octet-stream\r\n\r\n"
        );
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(format!("--{BOUNDARY}--\r\n").as_bytes());
    Request::post(address)
        .header(
            header::CONTENT_TYPE,
            format!("multipart/form-data; boundary={BOUNDARY}"),
        )
        .header(header::HOST, "rorang.test")
        .header(header::ORIGIN, "http://rorang.test")
        .header(header::COOKIE, cookie)
        .body(Body::from(body))
        .unwrap()
}

/// What somebody of each role is told at each place, in a line of the page: `✓ orp · 403 d · 404 ue`.
pub(super) fn cell(told: impl Fn(At) -> Told) -> String {
    let groups = [(Told::Done, "✓"), (Told::Denied, "403"), (Told::Hidden, "404")];
    let cells: Vec<String> = groups
        .into_iter()
        .filter_map(|(what, sign)| {
            let letters: String = At::ALL
                .into_iter()
                .filter(|at| told(*at) == what)
                .map(At::letter)
                .collect();
            match letters.len() {
                0 => None,
                6 => Some(sign.to_owned()),
                _ => Some(format!("{sign} {letters}")),
            }
        })
        .collect();
    cells.join(" · ")
}

/// An office from its text.
pub(super) fn office(text: &str) -> Office {
    text.parse().unwrap()
}
