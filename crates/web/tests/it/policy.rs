//! Who may do what, asked of the running server: every route by every role; every action for the own office, one below
//! and one elsewhere. `docs/policy.md` is made from it and must be what the server answers.

mod askers;
mod people;
mod reports;
mod tasks;

use app::policy::{Action, Relation, Role, Scope};
use app::{Actor, org::Texts};
use axum::http::{StatusCode, header};
use plan::Office;
use terms::Language;
use web::routes::{ROUTES, Route};

use crate::house::{House, PASSWORD};

/// Somebody who asks: a name for messages, the role, and the cookie.
struct Asker {
    role: Role,
    actor: Actor,
    cookie: String,
    /// The office of the post; the public has none.
    office: Option<Office>,
}

/// A person who holds a post of the example, signed in by the form.
async fn holder(house: &House, role: Role, post: &str) -> Asker {
    let name = format!("người {post}");
    let texts: Texts = [("name", name.as_str()), ("password", PASSWORD), ("post", post)]
        .into_iter()
        .map(|(field, text)| (field.to_owned(), text.to_owned()))
        .collect();
    house.app.add_person(&Actor::operator(), &texts).await.unwrap();
    let got = house
        .post(
            "/vi/sign-in",
            "",
            &[("name", &name), ("password", PASSWORD), ("next", "")],
        )
        .await;
    assert_eq!(got.status, StatusCode::SEE_OTHER, "{post}");
    let cookie = got.headers[header::SET_COOKIE].to_str().unwrap();
    let cookie = cookie.split(';').next().unwrap().to_owned();
    let actor = house
        .app
        .actor(cookie.trim_start_matches("rorang="))
        .await
        .unwrap();
    Asker {
        role,
        office: Some(actor.posts()[0].office.clone()),
        actor,
        cookie,
    }
}

/// One of each role, each in the place where most of them are.
async fn askers(house: &House) -> Vec<Asker> {
    let mut askers = vec![Asker {
        role: Role::Public,
        actor: Actor::public(),
        cookie: String::new(),
        office: None,
    }];
    for (role, post) in [
        (Role::Reporter, "VN-11-03158.reporter"),
        (Role::Verifier, "VN-11/finance.verifier"),
        (Role::Planner, "VN-11.planner"),
        (Role::Leader, "VN-11.leader"),
        (Role::Inspector, "VN-11.inspector"),
        (Role::Administrator, "VN-11.administrator"),
    ] {
        askers.push(holder(house, role, post).await);
    }
    askers
}

/// An address of a route, with names that may or may not be there: a refusal comes before a look.
fn address(route: &Route) -> String {
    let path = route
        .path
        .split('/')
        .map(|part| match part {
            "{document}" | "{task}" | "{entry}" | "{user}" => "1",
            "{code}" | "{area}" => "VN-11",
            "{office}" => "VN-11-03158",
            "{period}" => "2026-01",
            part if part.starts_with('{') => "x",
            part => part,
        })
        .collect::<Vec<_>>()
        .join("/");
    if route.in_languages {
        format!("/vi{path}")
    } else {
        path
    }
}

/// What the guard of a route answered: refused for who asks, or let through to the handler.
fn is_refused(route: &Route, status: StatusCode, to: &str) -> bool {
    match status {
        StatusCode::FORBIDDEN | StatusCode::UNAUTHORIZED => true,
        StatusCode::SEE_OTHER => !route.path.starts_with("/sign-") && to.contains("/sign-in?next="),
        _ => false,
    }
}

/// Routes whose handlers answer fewer than the guard: only those who may one of these actions.
const NARROWER: &[(&str, &[Action])] = &[("/reports/queue", &[Action::VerifyReport, Action::AcceptReport])];

fn is_allowed(route: &Route, role: Role) -> bool {
    let narrower = NARROWER.iter().find(|(path, _)| *path == route.path);
    match (narrower, route.action) {
        (Some((_, actions)), _) => actions.iter().any(|action| action.allowed().contains(&role)),
        (None, Some(action)) => action.allowed().contains(&role),
        (None, None) => true,
    }
}

#[tokio::test]
async fn every_route_answers_exactly_the_roles_of_its_action() {
    let house = House::open().await;
    let askers = askers(&house).await;
    let (mut asked, mut wrong) = (0, Vec::new());
    for route in ROUTES {
        let address = address(route);
        for asker in &askers {
            let got = match route.method {
                "get" => house.get_as(&address, &asker.cookie).await,
                // Without the session's token no post does anything; the guard has answered before that is looked at.
                _ => house.post(&address, &asker.cookie, &[]).await,
            };
            let to = got
                .headers
                .get(header::LOCATION)
                .map_or("", |to| to.to_str().unwrap());
            let refused = is_refused(route, got.status, to);
            let broken = got.status == StatusCode::INTERNAL_SERVER_ERROR;
            if refused == is_allowed(route, asker.role) || broken {
                wrong.push(format!(
                    "{} {address} {:?}: {}",
                    route.method, asker.role, got.status
                ));
            }
            asked += 1;
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert_eq!(asked, ROUTES.len() * Role::ALL.len());
}

/// Every action, for the post's own office, one below and one elsewhere, as the functions of the application decide.
#[tokio::test]
async fn every_action_reaches_the_own_office_those_below_and_no_other() {
    let house = House::open().await;
    let office = |text: &str| text.parse::<Office>().unwrap();
    for asker in askers(&house).await {
        let Some(own) = &asker.office else { continue };
        let below = (own.area.as_str() == "VN-11").then(|| office("VN-11-03127"));
        let elsewhere = [office("VN-01"), office("VN-11-03160")];
        let elsewhere = &elsewhere[..if below.is_some() { 1 } else { 2 }];
        for action in Action::ALL
            .iter()
            .filter(|action| action.scope() == Scope::Office)
        {
            let may = |office: &Office| asker.actor.may_for(*action, office);
            let reach = asker.actor.posts()[0].reach == plan::org::Reach::Subtree;
            assert_eq!(
                may(own),
                action.allows(asker.role, Relation::Own),
                "{action:?} {:?}",
                asker.role
            );
            if let Some(below) = &below {
                let allowed = reach && action.allows(asker.role, Relation::Below);
                assert_eq!(may(below), allowed, "{action:?} {:?} below", asker.role);
            }
            for other in elsewhere {
                assert!(!may(other), "{action:?} {:?} {other}", asker.role);
                assert!(asker.actor.require_for(*action, other).is_err());
            }
        }
    }
}

/// The table for people, in both languages, from the policies themselves.
fn document() -> String {
    use std::fmt::Write as _;
    let word = |language, key: &str| i18n::message(language, key, &[]).unwrap_or_default();
    let mut text = String::from(
        "# Ai được làm gì · Who may do what\n\n\
        Bảng này do kiểm thử lập ra từ các chính sách (`crates/app/src/policy/rorang.cedar`) và phải trùng với câu trả lời của máy chủ. \
        `o` là cơ quan mình, `b` là các cơ quan cấp dưới trong phạm vi của vị trí, `–` là không.\n\n\
        A test makes this page from the policies and holds that the server answers so. `o` is the post's own office, `b` the offices below \
        where the post reaches them, `–` no. Of the register as a whole, which the province keeps, only posts of the province's own offices count.\n\n",
    );
    let roles: Vec<String> = Role::ALL
        .iter()
        .map(|role| {
            let key = format!("web-role-{}", role.code());
            format!("{}<br>{}", word(Language::Vi, &key), word(Language::En, &key))
        })
        .collect();
    let _ = writeln!(text, "| | {} | 2FA |", roles.join(" | "));
    let _ = writeln!(text, "|---{}|---|", "|---".repeat(Role::ALL.len()));
    for action in Action::ALL {
        let cells: Vec<String> = Role::ALL
            .iter()
            .map(|role| match action.scope() {
                Scope::Register if action.allows(*role, Relation::Own) => "✓".to_owned(),
                Scope::Register => "–".to_owned(),
                Scope::Office => {
                    let own = if action.allows(*role, Relation::Own) {
                        "o"
                    } else {
                        ""
                    };
                    let below = if action.allows(*role, Relation::Below) {
                        "b"
                    } else {
                        ""
                    };
                    Some(format!("{own}{below}"))
                        .filter(|cell| !cell.is_empty())
                        .unwrap_or("–".to_owned())
                }
            })
            .collect();
        let key = format!("policy-{}", action.name());
        let factor = if action.approves() { "✓" } else { "" };
        let _ = writeln!(
            text,
            "| **{}**<br>{}<br>{} | {} | {factor} |",
            action.name(),
            word(Language::Vi, &key),
            word(Language::En, &key),
            cells.join(" | ")
        );
    }
    text.push_str(
        "\n`2FA`: cần xác thực hai bước nơi cấu hình yêu cầu (`rorang serve --require-second-factor`) · needs a second factor where the \
        configuration asks for one.\n\n## Địa chỉ · Routes\n\n| | | |\n|---|---|---|\n",
    );
    for route in ROUTES {
        let place = if route.in_languages { "/{vi,en}" } else { "" };
        let narrower = NARROWER.iter().find(|(path, _)| *path == route.path);
        let action = match narrower {
            Some((_, actions)) => actions
                .iter()
                .map(|action| action.name())
                .collect::<Vec<_>>()
                .join(", "),
            None => route.action.map_or("–", Action::name).to_owned(),
        };
        let _ = writeln!(
            text,
            "| {} | `{place}{}` | {action} |",
            route.method.to_uppercase(),
            route.path
        );
    }
    text.push_str(&reports::tables());
    text.push_str(&tasks::tables());
    text.push_str(&people::tables());
    text
}

/// The heading of a table with a column for each role.
fn heading(text: &mut String, roles: &[Role]) {
    use std::fmt::Write as _;
    let names: Vec<String> = roles
        .iter()
        .map(|role| {
            let name = |language| i18n::message(language, &format!("web-role-{}", role.code()), &[]);
            let name = |language| name(language).unwrap_or_default();
            format!("{}<br>{}", name(Language::Vi), name(Language::En))
        })
        .collect();
    let _ = writeln!(text, "| | {} |", names.join(" | "));
    let _ = writeln!(text, "|---{}|", "|---".repeat(roles.len()));
}

/// `UPDATE_POLICY=1 cargo test -p web --test it policy` writes the page anew.
#[test]
fn the_page_of_policy_is_what_the_policies_say() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/policy.md");
    for action in Action::ALL {
        for language in Language::ALL {
            let key = format!("policy-{}", action.name());
            assert!(i18n::message(language, &key, &[]).is_some(), "{language}: {key}");
        }
    }
    let made = document();
    if std::env::var_os("UPDATE_POLICY").is_some() {
        std::fs::write(path, &made).unwrap();
    }
    let kept = std::fs::read_to_string(path).unwrap_or_default();
    assert!(
        kept == made,
        "docs/policy.md is not what the policies say; see this test's comment"
    );
}
