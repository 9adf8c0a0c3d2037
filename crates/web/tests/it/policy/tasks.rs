//! Tasks, wherever they stand, asked for by everybody: the page, its files, and every act by every party's post.

use std::fmt::Write as _;

use app::Actor;
use app::policy::{Action, Role};
use app::task_act::{StepTexts, TaskTexts};
use plan::TaskId;
use plan::task::{Act, Party};

use super::askers::{Asker, At, COMMUNE, DEPARTMENT, PROVINCE, RECEIVER, Told, cell, everybody, multipart};
use crate::house::House;

/// Where a task stands when it is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Standing {
    Drafted,
    HandedOver,
    Contested,
    UnderWay,
    Difficulty,
    TimeAsked,
    HandedIn,
    Done,
    Cancelled,
    NotThere,
}

impl Standing {
    const ALL: [Standing; 10] = [
        Standing::Drafted,
        Standing::HandedOver,
        Standing::Contested,
        Standing::UnderWay,
        Standing::Difficulty,
        Standing::TimeAsked,
        Standing::HandedIn,
        Standing::Done,
        Standing::Cancelled,
        Standing::NotThere,
    ];

    /// What brought it there.
    fn way(self) -> &'static [&'static str] {
        match self {
            Standing::Drafted | Standing::NotThere => &[],
            Standing::HandedOver => &["assign"],
            Standing::Contested => &["assign", "contest"],
            Standing::UnderWay => &["assign", "acknowledge"],
            Standing::Difficulty => &["assign", "acknowledge", "difficulty"],
            Standing::TimeAsked => &["assign", "acknowledge", "ask-extension"],
            Standing::HandedIn => &["assign", "acknowledge", "submit"],
            Standing::Done => &["assign", "acknowledge", "submit", "confirm"],
            Standing::Cancelled => &["assign", "cancel"],
        }
    }

    fn heading(self) -> &'static str {
        match self {
            Standing::Drafted => "dự thảo<br>draft",
            Standing::HandedOver => "đã giao<br>handed over",
            Standing::Contested => "có ý kiến<br>contested",
            Standing::UnderWay => "đang làm<br>under way",
            Standing::Difficulty => "có vướng mắc<br>difficulty",
            Standing::TimeAsked => "xin gia hạn<br>time asked",
            Standing::HandedIn => "đã nộp<br>handed in",
            Standing::Done => "hoàn thành<br>done",
            Standing::Cancelled => "đã hủy<br>cancelled",
            Standing::NotThere => "không có<br>not there",
        }
    }

    /// The offices that the task concerns, as what. Of a draft only who writes it is told.
    fn parties(self) -> Vec<(Party, &'static str)> {
        let told = [(Party::Lead, COMMUNE), (Party::Supporter, DEPARTMENT)];
        let mut parties = vec![(Party::Assigner, PROVINCE)];
        if self != Standing::Drafted {
            parties.extend(told);
        }
        if self == Standing::Difficulty {
            parties.push((Party::Asked, RECEIVER));
        }
        parties
    }
}

/// As what an act is done where a task stands so; nobody can where it is empty.
fn able(act: &str, standing: Standing) -> &'static [Party] {
    use Party::{Asked, Assigner, Lead, Supporter};
    use Standing::{Contested, Difficulty, Drafted, HandedIn, HandedOver, TimeAsked, UnderWay};
    let working = matches!(standing, UnderWay | Difficulty | TimeAsked);
    match act {
        "rewrite" | "assign" if standing == Drafted => &[Assigner],
        "cancel" if working || matches!(standing, Drafted | HandedOver | Contested | HandedIn) => &[Assigner],
        "reassign" if working || matches!(standing, HandedOver | Contested) => &[Assigner],
        "acknowledge" | "contest" if standing == HandedOver => &[Lead],
        "appoint" if working || standing == HandedOver => &[Lead],
        "progress" if working => &[Lead, Supporter],
        "difficulty" if working && standing != Difficulty => &[Lead, Supporter],
        "ask-extension" if working && standing != TimeAsked => &[Lead],
        "submit" if working => &[Lead],
        "answer" if standing == Difficulty => &[Assigner, Asked],
        "refer" if standing == Difficulty => &[Assigner],
        "grant-extension" | "refuse-extension" if standing == TimeAsked => &[Assigner],
        "confirm" | "return" if standing == HandedIn => &[Assigner],
        _ => &[],
    }
}

/// What a post of a party's office must be allowed.
fn right(party: Party, act: &str) -> Action {
    match (party, act) {
        (Party::Assigner, "rewrite") => Action::DraftTask,
        (Party::Assigner, _) => Action::DirectTask,
        _ => Action::WorkOnTask,
    }
}

/// What is asked of a task.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ask {
    Page,
    RewriteForm,
    File,
    Act(&'static str),
}

impl Ask {
    fn all() -> Vec<Ask> {
        let acts = Act::CODES.into_iter().map(Ask::Act);
        [Ask::Page, Ask::RewriteForm, Ask::File]
            .into_iter()
            .chain(acts)
            .collect()
    }

    fn name(self) -> String {
        match self {
            Ask::Page => "GET `/tasks/{task}`".to_owned(),
            Ask::RewriteForm => "GET `/tasks/{task}/rewrite`".to_owned(),
            Ask::File => "GET `/data/tasks/{task}/files/{sha256}`".to_owned(),
            Ask::Act("rewrite") => "POST `/tasks/{task}/rewrite`".to_owned(),
            Ask::Act(act) => format!("POST `/tasks/{{task}}` {act}"),
        }
    }

    /// What the guard of the route asks; none where everybody is let through.
    fn guard(self) -> Option<Action> {
        match self {
            Ask::Page => None,
            Ask::RewriteForm | Ask::Act("rewrite") => Some(Action::DraftTask),
            Ask::File | Ask::Act(_) => Some(Action::ReadTasks),
        }
    }

    /// What somebody is told, by the policies.
    fn told(self, asker: &Asker, standing: Standing, internal: bool) -> Told {
        if let Some(guard) = self.guard() {
            if asker.role == Role::Public {
                return Told::SignIn;
            }
            if !asker.may_somewhere(guard) {
                return Told::Denied;
            }
        }
        let parties = standing.parties();
        let inside = parties
            .iter()
            .any(|(_, office)| asker.may(Action::ReadTasks, office));
        let known =
            standing != Standing::NotThere && (inside || (!internal && standing != Standing::Drafted));
        if !known {
            return Told::Hidden;
        }
        let by = |act: &str| {
            let able: Vec<_> = parties
                .iter()
                .filter(|(party, _)| able(act, standing).contains(party))
                .collect();
            let mine = able
                .iter()
                .any(|(party, office)| asker.may(right(*party, act), office));
            (mine, able.is_empty())
        };
        match self {
            Ask::Page => Told::Done,
            Ask::File if inside && standing.way().contains(&"submit") => Told::Done,
            Ask::RewriteForm if by("rewrite").0 => Told::Done,
            Ask::File | Ask::RewriteForm => Told::Hidden,
            Ask::Act(act) => match by(act) {
                (true, _) => Told::Done,
                (false, true) => Told::NotNow,
                (false, false) => Told::Denied,
            },
        }
    }
}

const TITLE: &str = "Kiểm tra hồ sơ còn tồn tại bộ phận một cửa";
const FILE: &[u8] = b"%PDF-1.7\n% ket qua\n%%EOF\n";

/// The fields of every act, so that only who asks decides.
fn texts(act: &str) -> StepTexts {
    StepTexts {
        act: act.to_owned(),
        words: "Đã làm và ghi rõ.".to_owned(),
        per_cent: "50".to_owned(),
        office: match act {
            "reassign" => "VN-11-03127",
            _ => RECEIVER,
        }
        .to_owned(),
        until: "2027-12-01".to_owned(),
        post: format!("{COMMUNE}.leader"),
        files: match act {
            "submit" => vec![("ket-qua.pdf".to_owned(), FILE.to_vec())],
            _ => Vec::new(),
        },
        ..StepTexts::default()
    }
}

fn draft(internal: bool) -> TaskTexts {
    TaskTexts {
        assigner: PROVINCE.to_owned(),
        title: TITLE.to_owned(),
        leads: vec![COMMUNE.to_owned()],
        supporters: vec![DEPARTMENT.to_owned()],
        product: "Danh sách hồ sơ tồn và cách giải quyết".to_owned(),
        power: "Kế hoạch cải cách hành chính".to_owned(),
        due: "2027-06-30".to_owned(),
        result: "Không còn hồ sơ quá hạn".to_owned(),
        internal,
        ..TaskTexts::default()
    }
}

/// A task that stands so, and how many steps it has.
async fn make(house: &House, standing: Standing, internal: bool) -> (TaskId, u64) {
    let operator = Actor::operator();
    if standing == Standing::NotThere {
        return (TaskId(9_999_999), 0);
    }
    let id = house.app.draft_task(&operator, &draft(internal)).await.unwrap()[0];
    for (seen, act) in (0..).zip(standing.way()) {
        house
            .app
            .step_task(&operator, id, seen, texts(act))
            .await
            .unwrap();
    }
    (id, standing.way().len() as u64)
}

async fn ask(house: &House, ask: Ask, asker: &Asker, (id, seen): (TaskId, u64)) -> Option<Told> {
    let cookie = &asker.cookie;
    let seen = seen.to_string();
    let got = match ask {
        Ask::Page => house.get_as(&format!("/vi/tasks/{id}"), cookie).await,
        Ask::RewriteForm => house.get_as(&format!("/vi/tasks/{id}/rewrite"), cookie).await,
        Ask::File => {
            let sha256 = terms::Sha256(ledger::entry::address(FILE));
            house
                .get_as(&format!("/data/tasks/{id}/files/{sha256}"), cookie)
                .await
        }
        Ask::Act("rewrite") => {
            let draft = draft(true);
            let fields = [
                ("csrf", asker.csrf.as_str()),
                ("seen", &seen),
                ("assigner", &draft.assigner),
                ("title", "Kiểm tra lại hồ sơ còn tồn"),
                ("lead", COMMUNE),
                ("product", &draft.product),
                ("power", &draft.power),
                ("due", &draft.due),
                ("result", &draft.result),
            ];
            house
                .post(&format!("/vi/tasks/{id}/rewrite"), cookie, &fields)
                .await
        }
        Ask::Act(act) => {
            let texts = texts(act);
            let fields = [
                ("csrf", asker.csrf.as_str()),
                ("seen", &seen),
                ("act", act),
                ("words", &texts.words),
                ("per_cent", &texts.per_cent),
                ("office", &texts.office),
                ("until", &texts.until),
                ("post", &texts.post),
            ];
            let request = multipart(&format!("/vi/tasks/{id}"), cookie, &fields, None);
            house.send(request).await
        }
    };
    Told::by(&got)
}

#[tokio::test]
async fn every_act_with_a_task_answers_each_post_by_where_it_stands_to_the_parties() {
    let house = House::still().await;
    let askers = everybody(&house).await;
    let (mut asked, mut expected, mut wrong) = (0, 0, Vec::new());
    let cases = Standing::ALL
        .into_iter()
        .map(|standing| (standing, true))
        .chain([(Standing::UnderWay, false), (Standing::Done, false)]);
    for (standing, internal) in cases {
        let shared = make(&house, standing, internal).await;
        for what in Ask::all() {
            let before = house.entries();
            let mut wait = Vec::new();
            // What nobody can do now is asked by fewer: where no party is, only how much is known decides.
            let nobody = matches!(what, Ask::Act(act) if able(act, standing).is_empty());
            let of =
                |asker: &&Asker| !nobody || asker.at.is_none_or(|at| matches!(at, At::Own | At::Elsewhere));
            for asker in askers.iter().filter(of) {
                expected += 1;
                let want = what.told(asker, standing, internal);
                if want == Told::Done && matches!(what, Ask::Act(_)) {
                    wait.push(asker);
                    continue;
                }
                let got = ask(&house, what, asker, shared).await;
                asked += 1;
                if got != Some(want) {
                    wrong.push(format!(
                        "{what:?} {standing:?} {internal} by {:?} {:?}: {got:?}, not {want:?}",
                        asker.role, asker.at
                    ));
                }
            }
            if before != house.entries() {
                wrong.push(format!(
                    "{what:?} {standing:?}: somebody who may not left an entry"
                ));
            }
            for asker in wait {
                let own = make(&house, standing, internal).await;
                let before = house.entries();
                let got = ask(&house, what, asker, own).await;
                asked += 1;
                if got != Some(Told::Done) || before == house.entries() {
                    wrong.push(format!(
                        "{what:?} {standing:?} {internal} by {:?} {:?}: {got:?}, not done",
                        asker.role, asker.at
                    ));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {asked}: {wrong:#?}", wrong.len());
    assert_eq!(asked, expected);
    assert!(3_000 < asked, "{asked}");
}

/// The tables of the page: by post where each act follows, and where it follows.
pub(super) fn tables() -> String {
    let mut text = String::from(
        "\n## Từng nhiệm vụ · Each task\n\n\
        Nhiệm vụ nội bộ do Ủy ban nhân dân tỉnh (`p`, `u`) giao cho xã (`o`); sở `d` phối hợp, sở `r` được hỏi khi có vướng mắc. Nhiệm vụ công khai thì ai cũng xem được \
        trang, không xem được lời và tệp.\n\n\
        An internal task that the Provincial People's Committee (`p`, `u`) gives to a commune (`o`); department `d` helps, department `r` is asked where there is a \
        difficulty. Of a public task everybody sees the page, without words and files.\n\n",
    );
    let roles: Vec<Role> = Role::ALL
        .into_iter()
        .filter(|role| *role != Role::Public)
        .collect();
    super::heading(&mut text, &roles);
    for what in Ask::all() {
        let _ = write!(text, "| {} |", what.name());
        let standing = Standing::ALL
            .into_iter()
            .filter(|standing| match what {
                Ask::Act(act) => !able(act, *standing).is_empty(),
                Ask::RewriteForm => *standing == Standing::Drafted,
                Ask::File => *standing == Standing::HandedIn,
                Ask::Page => *standing == Standing::UnderWay,
            })
            // Where most parties can.
            .max_by_key(|standing| match what {
                Ask::Act(act) => able(act, *standing).len(),
                _ => 0,
            })
            .unwrap_or(Standing::UnderWay);
        for role in &roles {
            let told = |at: At| {
                let asker = Asker {
                    role: *role,
                    at: Some(at),
                    cookie: String::new(),
                    csrf: String::new(),
                };
                what.told(&asker, standing, true)
            };
            let _ = write!(text, " {} |", cell(told));
        }
        text.push('\n');
    }
    let standings: Vec<Standing> = Standing::ALL
        .into_iter()
        .filter(|standing| *standing != Standing::NotThere)
        .collect();
    let headings: Vec<&str> = standings.iter().map(|standing| standing.heading()).collect();
    let _ = write!(
        text,
        "\nAi làm được khi nào · Who can when: `A` giao assigner, `L` chủ trì lead, `S` phối hợp supporter, `Q` được hỏi asked\n\n| | {} |\n|---{}|\n",
        headings.join(" | "),
        "|---".repeat(headings.len())
    );
    for act in Act::CODES {
        let cells: Vec<String> = standings
            .iter()
            .map(|standing| match able(act, *standing) {
                [] => "–".to_owned(),
                parties => parties
                    .iter()
                    .map(|party| match party {
                        Party::Assigner => 'A',
                        Party::Lead => 'L',
                        Party::Supporter => 'S',
                        Party::Asked => 'Q',
                    })
                    .collect(),
            })
            .collect();
        let _ = writeln!(text, "| {act} | {} |", cells.join(" | "));
    }
    text
}
