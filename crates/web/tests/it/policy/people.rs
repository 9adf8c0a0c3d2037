//! People, posts and departments, asked for by everybody: who keeps those of one commune, and one department.

use std::fmt::Write as _;

use app::Actor;
use app::policy::{Action, Role};
use plan::{PostId, UserId};

use super::askers::{Asker, At, COMMUNE, DEPARTMENT, Told, cell, everybody};
use crate::house::{House, PASSWORD};

/// What is asked of a person, a post or a department.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ask {
    Person,
    PersonEvents,
    PersonChange,
    PersonSessions,
    PersonFactor,
    PersonPassword,
    PersonEnd,
    PersonForget,
    Post,
    PostAppoint,
    PostEndHolding,
    PostEnd,
    Department,
    DepartmentEnd,
}

impl Ask {
    const ALL: [Ask; 14] = [
        Ask::Person,
        Ask::PersonEvents,
        Ask::PersonChange,
        Ask::PersonSessions,
        Ask::PersonFactor,
        Ask::PersonPassword,
        Ask::PersonEnd,
        Ask::PersonForget,
        Ask::Post,
        Ask::PostAppoint,
        Ask::PostEndHolding,
        Ask::PostEnd,
        Ask::Department,
        Ask::DepartmentEnd,
    ];

    /// The route and what tells this ask from others of it.
    fn name(self) -> &'static str {
        match self {
            Ask::Person => "GET `/people/{user}`",
            Ask::PersonEvents => "GET `/people/events?person=`",
            Ask::PersonChange => "POST `/people/{user}` change",
            Ask::PersonSessions => "POST `/people/{user}` end-sessions",
            Ask::PersonFactor => "POST `/people/{user}` reset-second-factor",
            Ask::PersonPassword => "POST `/people/{user}` password",
            Ask::PersonEnd => "POST `/people/{user}` end",
            Ask::PersonForget => "POST `/people/{user}` forget",
            Ask::Post => "GET `/posts?post=`",
            Ask::PostAppoint => "POST `/posts` appoint",
            Ask::PostEndHolding => "POST `/posts` end-holding",
            Ask::PostEnd => "POST `/posts` end",
            Ask::Department => "GET `/departments/end?office=`",
            Ask::DepartmentEnd => "POST `/departments/end`",
        }
    }

    fn is_of_person(self) -> bool {
        self.action() == Action::KeepUsers
    }

    fn action(self) -> Action {
        match self {
            Ask::Post
            | Ask::PostAppoint
            | Ask::PostEndHolding
            | Ask::PostEnd
            | Ask::Department
            | Ask::DepartmentEnd => Action::KeepOrg,
            _ => Action::KeepUsers,
        }
    }

    fn changes(self) -> bool {
        !matches!(
            self,
            Ask::Person | Ask::PersonEvents | Ask::Post | Ask::Department
        )
    }

    /// Whose thing it is.
    fn office(self) -> &'static str {
        match self {
            Ask::Department | Ask::DepartmentEnd => DEPARTMENT,
            _ => COMMUNE,
        }
    }

    /// What somebody is told, by the policies: people of others are nobody's business; that offices and posts are there
    /// is known to everybody.
    fn told(self, asker: &Asker) -> Told {
        let action = self.action();
        if asker.role == Role::Public {
            Told::SignIn
        } else if !asker.may_somewhere(action) {
            Told::Denied
        } else if asker.may(action, self.office()) {
            // The department has posts that must end first.
            if self == Ask::DepartmentEnd {
                Told::NotNow
            } else {
                Told::Done
            }
        } else if self.is_of_person() {
            Told::Hidden
        } else {
            Told::Denied
        }
    }
}

/// A post of the commune, and a person who holds it.
struct Thing {
    post: PostId,
    user: UserId,
    name: String,
}

impl Thing {
    async fn make(house: &House) -> Self {
        let number = House::next_number();
        let operator = Actor::operator();
        let post = format!("{COMMUNE}.thu-{number}");
        let texts = |fields: &[(&str, &str)]| -> app::org::Texts {
            fields
                .iter()
                .map(|(name, text)| ((*name).to_owned(), (*text).to_owned()))
                .collect()
        };
        let fields = texts(&[
            ("id", &post),
            ("office", COMMUNE),
            ("name_vi", "Vị trí thử"),
            ("name_en", "Post to try"),
            ("role", "reporter"),
            ("reach", "own"),
            ("public", "no"),
            ("since", "2026-01-01"),
        ]);
        let post = house.app.add_post(&operator, &fields).await.unwrap();
        let name = format!("Người của {number}");
        let fields = texts(&[
            ("name", &name),
            ("password", PASSWORD),
            ("post", post.as_str()),
            ("since", "2026-01-01"),
        ]);
        let user = house.app.add_person(&operator, &fields).await.unwrap().user;
        Self { post, user, name }
    }
}

/// Asks the server.
async fn ask(house: &House, what: Ask, asker: &Asker, thing: &Thing) -> Option<Told> {
    let (post, user) = (thing.post.as_str(), thing.user.to_string());
    let page = match what {
        Ask::Person => Some(format!("/vi/people/{user}")),
        Ask::PersonEvents => Some(format!("/vi/people/events?person={user}")),
        Ask::Post => Some(format!("/vi/posts?post={post}")),
        Ask::Department => Some(format!("/vi/departments/end?office={DEPARTMENT}")),
        _ => None,
    };
    if let Some(page) = page {
        return Told::by(&house.get_as(&page, &asker.cookie).await);
    }
    let (until, reason) = (("until", "2026-12-31"), ("reason", "Quyết định thử"));
    let (address, act, mut fields) = match what {
        Ask::PersonChange => {
            let to = [("seen", "1"), ("name", thing.name.as_str()), ("office", COMMUNE)];
            ("people", "change", to.to_vec())
        }
        Ask::PersonSessions => ("people", "end-sessions", vec![]),
        Ask::PersonFactor => ("people", "reset-second-factor", vec![]),
        Ask::PersonPassword => ("people", "password", vec![]),
        Ask::PersonEnd => ("people", "end", vec![]),
        Ask::PersonForget => ("people", "forget", vec![("sure", "yes")]),
        Ask::PostAppoint => {
            // Who has held it before may again: another one would have to be kept by the asker too.
            (
                "posts",
                "appoint",
                vec![("post", post), ("name", &thing.name), ("since", "2026-11-22")],
            )
        }
        Ask::PostEndHolding => (
            "posts",
            "end-holding",
            vec![("post", post), ("user", &user), until, reason],
        ),
        Ask::PostEnd => ("posts", "end", vec![("post", post), until, reason]),
        _ => (
            "departments/end",
            "end",
            vec![("office", DEPARTMENT), until, reason],
        ),
    };
    fields.extend([("csrf", asker.csrf.as_str()), ("do", act)]);
    let address = match address {
        "people" => format!("/vi/people/{user}"),
        other => format!("/vi/{other}"),
    };
    Told::by(&house.post(&address, &asker.cookie, &fields).await)
}

/// A holder who is there to be appointed again: the first holding is over.
async fn made_ready(house: &House, what: Ask) -> Thing {
    let thing = Thing::make(house).await;
    if what == Ask::PostAppoint {
        let until = "2026-06-30".parse().unwrap();
        let operator = Actor::operator();
        let ended = house
            .app
            .end_holding(&operator, &thing.post, thing.user, until, "hết nhiệm kỳ");
        ended.await.unwrap();
    }
    thing
}

#[tokio::test]
async fn every_act_with_people_and_posts_answers_each_post_by_whom_it_keeps() {
    let house = House::still().await;
    let askers = everybody(&house).await;
    let operator = Actor::operator();
    let (mut asked, mut wrong) = (0, Vec::new());
    for what in Ask::ALL {
        let thing = made_ready(&house, what).await;
        let kept = house.app.user(&operator, thing.user).await.unwrap();
        let before = house.entries();
        let does = |asker: &&Asker| what.told(asker) == Told::Done && what.changes();
        for asker in askers.iter().filter(|asker| !does(asker)) {
            let (want, got) = (what.told(asker), ask(&house, what, asker, &thing).await);
            asked += 1;
            if got != Some(want) {
                wrong.push(format!(
                    "{what:?} by {:?} {:?}: {got:?}, not {want:?}",
                    asker.role, asker.at
                ));
            }
        }
        let after = house.app.user(&operator, thing.user).await.unwrap();
        if before != house.entries() || kept != after {
            wrong.push(format!("{what:?}: somebody who may not changed something"));
        }
        for asker in askers.iter().filter(does) {
            let own = made_ready(&house, what).await;
            let got = ask(&house, what, asker, &own).await;
            asked += 1;
            if got != Some(Told::Done) {
                wrong.push(format!(
                    "{what:?} by {:?} {:?}: {got:?}, not done",
                    asker.role, asker.at
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {asked}: {wrong:#?}", wrong.len());
    assert_eq!(asked, Ask::ALL.len() * askers.len());
}

/// The table of the page: by post.
pub(super) fn tables() -> String {
    let mut text = String::from(
        "\n## Người, vị trí và cơ quan · People, posts and departments\n\n\
        Người và vị trí của một xã, hai dòng cuối là một sở, tức chính `d`. Chữ như bảng báo cáo. Ai được làm thì làm khi việc ấy còn ý nghĩa.\n\n\
        A person and a post of a commune; in the last two lines a department, which is `d` itself. Letters as with reports. Who may, does where it follows.\n\n",
    );
    let roles: Vec<Role> = Role::ALL
        .into_iter()
        .filter(|role| *role != Role::Public)
        .collect();
    super::heading(&mut text, &roles);
    for what in Ask::ALL {
        let _ = write!(text, "| {} |", what.name());
        for role in &roles {
            let told = |at: At| {
                let asker = Asker {
                    role: *role,
                    at: Some(at),
                    cookie: String::new(),
                    csrf: String::new(),
                };
                match what.told(&asker) {
                    Told::NotNow => Told::Done,
                    told => told,
                }
            };
            let _ = write!(text, " {} |", cell(told));
        }
        text.push('\n');
    }
    text
}
