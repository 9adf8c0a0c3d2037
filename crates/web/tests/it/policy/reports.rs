//! Reports, wherever they stand, asked for by everybody: every address that a report has, and what lists tell of it.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use app::Actor;
use app::policy::{Action, Role};
use app::report::{CorrectReport, JudgeReport, NewEvidence, SaveReport, SubmitReport};
use axum::body::Body;
use axum::http::{Request, header};
use plan::report::ReportKey;
use terms::{IndicatorCode, Language};

use super::askers::{Asker, At, COMMUNE, RECEIVER, Told, cell, everybody, multipart, office};
use crate::house::{Got, House};

/// Where a report stands when it is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Standing {
    NotBegun,
    FillingIn,
    Returned,
    Submitted,
    Verified,
    Accepted,
    Corrected,
    Closed,
    /// There is no such report: who may not know of one must not be told apart.
    NotThere,
}

impl Standing {
    const ALL: [Standing; 9] = [
        Standing::NotBegun,
        Standing::FillingIn,
        Standing::Returned,
        Standing::Submitted,
        Standing::Verified,
        Standing::Accepted,
        Standing::Corrected,
        Standing::Closed,
        Standing::NotThere,
    ];

    /// Whether anything was typed into it.
    fn is_kept(self) -> bool {
        !matches!(self, Standing::NotBegun | Standing::Closed | Standing::NotThere)
    }

    /// Whether it was sent and is not back.
    fn is_sent(self) -> bool {
        self.is_kept() && !matches!(self, Standing::FillingIn | Standing::Returned)
    }

    fn is_accepted(self) -> bool {
        matches!(self, Standing::Accepted | Standing::Corrected)
    }

    fn heading(self) -> &'static str {
        match self {
            Standing::NotBegun => "chưa nhập<br>not begun",
            Standing::FillingIn => "đang nhập<br>being filled in",
            Standing::Returned => "bị trả lại<br>returned",
            Standing::Submitted => "đã nộp<br>sent",
            Standing::Verified => "đã thẩm tra<br>verified",
            Standing::Accepted => "đã duyệt<br>accepted",
            Standing::Corrected => "đã đính chính<br>corrected",
            Standing::Closed => "quá hạn khóa<br>closed",
            Standing::NotThere => "không có<br>not there",
        }
    }
}

/// What is asked of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ask {
    Page,
    Json,
    Sheet,
    EvidenceFile,
    Story,
    Save,
    Upload,
    Evidence,
    Submit,
    SyncSave,
    SyncSubmit,
    Verify,
    VerifyReturn,
    Accept,
    AcceptReturn,
    Correct,
    Sample,
    Draw,
    Tell,
}

impl Ask {
    const ALL: [Ask; 19] = [
        Ask::Page,
        Ask::Json,
        Ask::Sheet,
        Ask::EvidenceFile,
        Ask::Story,
        Ask::Save,
        Ask::Upload,
        Ask::Evidence,
        Ask::Submit,
        Ask::SyncSave,
        Ask::SyncSubmit,
        Ask::Verify,
        Ask::VerifyReturn,
        Ask::Accept,
        Ask::AcceptReturn,
        Ask::Correct,
        Ask::Sample,
        Ask::Draw,
        Ask::Tell,
    ];

    /// The route and what tells this ask from others of it.
    fn name(self) -> &'static str {
        match self {
            Ask::Page => "GET `…`",
            Ask::Json => "GET `…/form.json`",
            Ask::Sheet => "GET `…/form.xlsx`",
            Ask::EvidenceFile => "GET `…/evidence/{entry}`",
            Ask::Story => "GET `…/value/{indicator}`",
            Ask::Save => "POST `…/save`",
            Ask::Upload => "POST `…/upload`",
            Ask::Evidence => "POST `…/evidence`",
            Ask::Submit => "POST `…/submit`",
            Ask::SyncSave => "POST `/sync/operations` save",
            Ask::SyncSubmit => "POST `/sync/operations` submit",
            Ask::Verify => "POST `…/verify`",
            Ask::VerifyReturn => "POST `…/verify` return",
            Ask::Accept => "POST `…/accept`",
            Ask::AcceptReturn => "POST `…/accept` return",
            Ask::Correct => "POST `…/correct`",
            Ask::Sample => "GET `/reports/{regime}/{period}/sample`",
            Ask::Draw => "POST `/reports/{regime}/{period}/sample` draw",
            Ask::Tell => "POST `/reports/{regime}/{period}/sample` tell",
        }
    }

    fn action(self) -> Action {
        match self {
            Ask::Page | Ask::Json | Ask::Sheet | Ask::EvidenceFile | Ask::Sample => Action::ReadReports,
            Ask::Story => Action::ReadRegister,
            Ask::Save | Ask::Upload | Ask::Evidence | Ask::SyncSave => Action::FillReport,
            Ask::Submit | Ask::SyncSubmit => Action::SubmitReport,
            Ask::Verify | Ask::VerifyReturn | Ask::Draw | Ask::Tell => Action::VerifyReport,
            Ask::Accept | Ask::AcceptReturn => Action::AcceptReport,
            Ask::Correct => Action::CorrectReport,
        }
    }

    fn changes(self) -> bool {
        !matches!(
            self,
            Ask::Page | Ask::Json | Ask::Sheet | Ask::EvidenceFile | Ask::Story | Ask::Sample
        )
    }

    /// Where it can be done by who may.
    fn follows_on(self, standing: Standing) -> bool {
        match self {
            Ask::Page | Ask::Json | Ask::Sheet | Ask::Sample => standing != Standing::NotThere,
            Ask::Draw | Ask::Tell => standing.is_sent(),
            Ask::EvidenceFile | Ask::Story | Ask::Evidence => standing.is_kept(),
            Ask::Save | Ask::Upload | Ask::Submit | Ask::SyncSave => matches!(
                standing,
                Standing::NotBegun | Standing::FillingIn | Standing::Returned
            ),
            Ask::SyncSubmit => matches!(standing, Standing::FillingIn | Standing::Returned),
            Ask::Verify => standing == Standing::Submitted,
            Ask::VerifyReturn | Ask::AcceptReturn => {
                matches!(standing, Standing::Submitted | Standing::Verified)
            }
            Ask::Accept => standing == Standing::Verified,
            Ask::Correct => standing.is_accepted(),
        }
    }

    /// What is told where it does not follow: of what is not there nothing, else why not now.
    fn else_told(self, standing: Standing) -> Told {
        let judged = matches!(
            self,
            Ask::Verify | Ask::VerifyReturn | Ask::Accept | Ask::AcceptReturn | Ask::Correct
        );
        let missing = match self {
            // What was not drawn is not there to be checked.
            Ask::EvidenceFile | Ask::Story | Ask::Tell => true,
            _ if judged => !standing.is_kept(),
            _ => standing == Standing::NotThere,
        };
        if missing { Told::Hidden } else { Told::NotNow }
    }

    /// What somebody is told, by the policies.
    fn told(self, asker: &Asker, standing: Standing) -> Told {
        let reads = asker.may(Action::ReadReports, COMMUNE);
        if self == Ask::Story {
            let shown = standing.is_accepted() || (reads && standing.is_kept());
            return if shown { Told::Done } else { Told::Hidden };
        }
        let action = self.action();
        if asker.role == Role::Public {
            return Told::SignIn;
        }
        if !asker.may_somewhere(action) {
            return Told::Denied;
        }
        if matches!(self, Ask::Sample | Ask::Draw) {
            return self.told_of_all(asker, standing);
        }
        let judged = matches!(
            action,
            Action::VerifyReport | Action::AcceptReport | Action::CorrectReport
        );
        let of_office = asker.may(action, COMMUNE);
        let allowed = if judged {
            asker.may_judge(action)
        } else {
            of_office
        };
        match (allowed, of_office, reads) {
            (true, ..) if self.follows_on(standing) => Told::Done,
            (true, ..) => self.else_told(standing),
            // The receiver is known of reports that are there.
            (false, true, _) if standing == Standing::NotThere => Told::Hidden,
            (false, _, true) => Told::Denied,
            (false, _, false) => Told::Hidden,
        }
    }
}

impl Ask {
    /// The draw is of all reports of a period: for who judges one of them, and to read for who reads at the receiver.
    fn told_of_all(self, asker: &Asker, standing: Standing) -> Told {
        let verifies = asker.may_judge(Action::VerifyReport);
        let judges = verifies || asker.may_judge(Action::AcceptReport);
        let reads = asker.may(Action::ReadReports, RECEIVER);
        match (self, standing) {
            (_, Standing::NotThere) => Told::Hidden,
            (Ask::Sample, _) if judges || reads => Told::Done,
            (Ask::Draw, _) if verifies && self.follows_on(standing) => Told::Done,
            (Ask::Draw, _) if verifies => Told::NotNow,
            (Ask::Draw, _) if reads => Told::Denied,
            _ => Told::Hidden,
        }
    }
}

const LINE: &str = "governance.dossiers";
const PDF: &[u8] = b"%PDF-1.7\n%%EOF\n";

fn line() -> IndicatorCode {
    LINE.parse().unwrap()
}

fn typed(text: &str) -> BTreeMap<IndicatorCode, String> {
    BTreeMap::from([(line(), text.to_owned())])
}

/// Reports to ask for: each of a regime of its own, so that none is touched twice.
struct Makers<'a> {
    house: &'a House,
    next: usize,
}

/// So many regimes are there.
const REGIMES: usize = 200;

impl<'a> Makers<'a> {
    async fn new(house: &'a House) -> Self {
        let mut statements = String::from(
            "code,name_vi,name_en,reporters,receiver,frequency,calendar,send_by_days,lock_after_days,edition,from\n",
        );
        let mut lines = String::from("regime,indicator,required,decimals,min\n");
        for number in 0..REGIMES {
            let _ = writeln!(
                statements,
                "thu-{number},Báo cáo thử,Report to try,commune,VN-11/finance,M,calendar,2,30,official,2026-01-01"
            );
            let _ = writeln!(lines, "thu-{number},{LINE},yes,0,0");
        }
        let (statements, lines) = (statements.as_bytes(), lines.as_bytes());
        house
            .app
            .issue_regimes(&Actor::operator(), ("r.csv", statements), ("l.csv", lines))
            .await
            .unwrap();
        Self { house, next: 0 }
    }

    async fn judged(&self, report: &ReportKey) -> JudgeReport {
        let view = self
            .house
            .app
            .report_form(&Actor::operator(), report)
            .await
            .unwrap();
        JudgeReport {
            report: report.clone(),
            seen: view.version,
        }
    }

    /// A report that stands so.
    async fn make(&mut self, standing: Standing) -> ReportKey {
        let (app, operator) = (&self.house.app, Actor::operator());
        let period = if standing == Standing::Closed {
            "2026-03"
        } else {
            "2026-11"
        };
        let regime = if standing == Standing::NotThere {
            "khong-co".to_owned()
        } else {
            self.next += 1;
            assert!(self.next <= REGIMES, "more regimes are wanted");
            format!("thu-{}", self.next - 1)
        };
        let key = app.report_key(&regime, period, COMMUNE).unwrap();
        if !standing.is_kept() {
            return key;
        }
        let save = SaveReport {
            regime: key.regime.clone(),
            period: key.period,
            office: office(COMMUNE),
            values: typed("12"),
            explanations: BTreeMap::new(),
            seen: 0,
            operation: None,
            device: None,
        };
        app.save_report(&operator, &save).await.unwrap();
        let shown = NewEvidence {
            name: "anh.pdf".to_owned(),
            bytes: PDF.to_vec(),
            ..NewEvidence::default()
        };
        app.show_evidence(&operator, &key, shown).await.unwrap();
        if standing == Standing::FillingIn {
            return key;
        }
        let judged = self.judged(&key).await;
        let submit = SubmitReport {
            report: key.clone(),
            seen: judged.seen,
            operation: None,
            device: None,
        };
        app.submit_report(&operator, &submit).await.unwrap();
        let judged = self.judged(&key).await;
        match standing {
            Standing::Submitted => return key,
            Standing::Returned => {
                app.return_report(&operator, &judged, "Thiếu sổ.").await.unwrap();
                return key;
            }
            _ => {}
        }
        app.verify_report(&operator, &judged, "Đã so với sổ.", BTreeSet::from([line()]))
            .await
            .unwrap();
        if standing == Standing::Verified {
            return key;
        }
        let judged = self.judged(&key).await;
        app.accept_report(&operator, &judged).await.unwrap();
        if standing == Standing::Corrected {
            let correct = CorrectReport {
                judged: self.judged(&key).await,
                values: typed("14"),
                explanations: BTreeMap::new(),
                reason: "Cộng sót hai hồ sơ.".to_owned(),
            };
            app.correct_report(&operator, &correct).await.unwrap();
        }
        key
    }
}

/// A report as those see it who ask.
struct Thing {
    key: ReportKey,
    seen: String,
    /// The entry of its evidence; 1 where there is none.
    entry: u64,
    workbook: Vec<u8>,
}

impl Thing {
    async fn look(house: &House, key: ReportKey) -> Self {
        let operator = Actor::operator();
        let view = house.app.report_form(&operator, &key).await;
        let (seen, entry) = view.map_or((0, 1), |view| {
            (view.version, view.evidence.first().map_or(1, |shown| shown.entry))
        });
        let workbook = house.app.report_sheet(&operator, &key, Language::Vi).await;
        Self {
            seen: seen.to_string(),
            entry,
            workbook: workbook.map(|(_, bytes)| bytes).unwrap_or_default(),
            key,
        }
    }
}

/// Asks the server.
async fn ask(house: &House, ask: Ask, asker: &Asker, thing: &Thing) -> Option<Told> {
    let key = &thing.key;
    let base = format!("/vi/reports/{}/{}/{}", key.regime, key.period, key.office);
    let sample = format!("/vi/reports/{}/{}/sample", key.regime, key.period);
    let cookie = &asker.cookie;
    let csrf = ("csrf", asker.csrf.as_str());
    let seen = ("seen", thing.seen.as_str());
    let value = ("v.governance.dossiers", "23");
    let reason = ("reason", "Đã xem và ghi rõ.");
    let post = |below: &str, fields: Vec<(&'static str, &str)>| {
        let address = format!("{base}/{below}");
        let fields: Vec<(String, String)> = [csrf, seen]
            .into_iter()
            .chain(fields)
            .map(|(name, text)| (name.to_owned(), text.to_owned()))
            .collect();
        async move {
            let fields: Vec<(&str, &str)> = fields
                .iter()
                .map(|(name, text)| (name.as_str(), text.as_str()))
                .collect();
            house.post(&address, cookie, &fields).await
        }
    };
    let got: Got = match ask {
        Ask::Page => house.get_as(&base, cookie).await,
        Ask::Json => house.get_as(&format!("{base}/form.json"), cookie).await,
        Ask::Sheet => house.get_as(&format!("{base}/form.xlsx"), cookie).await,
        Ask::EvidenceFile => {
            let address = format!("{base}/evidence/{}", thing.entry);
            house.get_as(&address, cookie).await
        }
        Ask::Story => house.get_as(&format!("{base}/value/{LINE}"), cookie).await,
        Ask::Save => post("save", vec![value]).await,
        Ask::Submit => post("submit", vec![value]).await,
        Ask::Verify => {
            post(
                "verify",
                vec![("verdict", "verify"), reason, ("looked.governance.dossiers", "1")],
            )
            .await
        }
        Ask::VerifyReturn => post("verify", vec![("verdict", "return"), reason]).await,
        Ask::Accept => post("accept", vec![("verdict", "accept")]).await,
        Ask::AcceptReturn => post("accept", vec![("verdict", "return"), reason]).await,
        Ask::Correct => post("correct", vec![value, reason]).await,
        Ask::Sample => house.get_as(&sample, cookie).await,
        Ask::Draw => house.post(&sample, cookie, &[csrf, ("verdict", "draw")]).await,
        Ask::Tell => {
            let office = key.office.to_string();
            let found = [
                ("verdict", "tell"),
                ("office", office.as_str()),
                ("indicator", LINE),
                ("found", "11"),
                ("words", "Đếm lại sổ tại xã."),
            ];
            let fields: Vec<(&str, &str)> = [csrf].into_iter().chain(found).collect();
            house.post(&sample, cookie, &fields).await
        }
        Ask::Upload => {
            let file = Some(("bieu.xlsx", thing.workbook.as_slice()));
            let request = multipart(&format!("{base}/upload"), cookie, &[csrf, seen], file);
            house.send(request).await
        }
        Ask::Evidence => {
            let fields = [csrf, ("url", ""), ("title", "Sổ"), ("indicator", LINE)];
            let request = multipart(
                &format!("{base}/evidence"),
                cookie,
                &fields,
                Some(("so.pdf", PDF)),
            );
            house.send(request).await
        }
        Ask::SyncSave | Ask::SyncSubmit => return sync(house, ask, asker, thing).await,
    };
    Told::by(&got)
}

/// What a device is told about one thing that it sends.
async fn sync(house: &House, ask: Ask, asker: &Asker, thing: &Thing) -> Option<Told> {
    let key = &thing.key;
    let mut operation = serde_json::json!({
        "operation": format!("{:032x}", House::next_number()),
        "regime": key.regime.as_str(),
        "period": key.period.to_string(),
        "office": key.office.to_string(),
        "seen": thing.seen.parse::<u64>().unwrap(),
        "kind": "submit",
    });
    if ask == Ask::SyncSave {
        operation["kind"] = "save".into();
        operation["line"] = LINE.into();
        operation["text"] = "24".into();
    }
    let body = serde_json::json!({ "language": "vi", "operations": [operation] });
    let request = Request::post("/sync/operations")
        .header(header::COOKIE, &asker.cookie)
        .header("x-rorang-token", &asker.csrf)
        .body(Body::from(body.to_string()))
        .unwrap();
    let got = house.send(request).await;
    match Told::by(&got) {
        Some(Told::Done) => {}
        told => return told,
    }
    let told: serde_json::Value = serde_json::from_slice(&got.body).unwrap();
    let answer = &told["answers"][0];
    Some(match (answer["state"].as_str()?, answer["code"].as_str()) {
        ("done", _) => Told::Done,
        (_, Some("not-found")) => Told::Hidden,
        (_, Some("denied")) => Told::Denied,
        (_, Some(_)) => Told::NotNow,
        _ => return None,
    })
}

#[tokio::test]
async fn every_address_of_a_report_answers_each_post_by_where_it_stands_to_the_office() {
    let house = House::still().await;
    let askers = everybody(&house).await;
    let mut makers = Makers::new(&house).await;
    let (mut asked, mut wrong) = (0, Vec::new());
    for standing in Standing::ALL {
        let thing = Thing::look(&house, makers.make(standing).await).await;
        for what in Ask::ALL {
            // Told last: what is drawn then stays drawn.
            drawn(&house, what, standing, &thing).await;
            let before = house.entries();
            let does = |asker: &&Asker| what.told(asker, standing) == Told::Done;
            let mut wait = Vec::new();
            for asker in &askers {
                if what.changes() && does(&asker) {
                    wait.push(asker);
                    continue;
                }
                let (want, got) = (what.told(asker, standing), ask(&house, what, asker, &thing).await);
                asked += 1;
                if got != Some(want) {
                    wrong.push(format!(
                        "{what:?} {standing:?} by {:?} {:?}: {got:?}, not {want:?}",
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
                let own = Thing::look(&house, makers.make(standing).await).await;
                drawn(&house, what, standing, &own).await;
                let before = house.entries();
                let got = ask(&house, what, asker, &own).await;
                asked += 1;
                // A workbook as it was taken out says nothing new, and leaves no entry.
                let left = before < house.entries() || what == Ask::Upload;
                if got != Some(Told::Done) || !left {
                    wrong.push(format!(
                        "{what:?} {standing:?} by {:?} {:?}: {got:?}, not done",
                        asker.role, asker.at
                    ));
                }
            }
        }
        lists(&house, &askers, standing, &thing, &mut wrong).await;
    }
    assert!(wrong.is_empty(), "{} of {asked}: {wrong:#?}", wrong.len());
    assert_eq!(asked, Standing::ALL.len() * Ask::ALL.len() * askers.len());
}

/// Draws the reports of a period, so that what was found on the spot can be told.
async fn drawn(house: &House, what: Ask, standing: Standing, thing: &Thing) {
    if what == Ask::Tell && what.follows_on(standing) {
        let (key, operator) = (&thing.key, Actor::operator());
        let drawn = house.app.draw_sample(&operator, key.regime.as_str(), key.period);
        drawn.await.unwrap();
    }
}

/// What lists tell of a report: the verifier's queue, the open forms of a device.
async fn lists(house: &House, askers: &[Asker], standing: Standing, thing: &Thing, wrong: &mut Vec<String>) {
    let regime = thing.key.regime.to_string();
    for asker in askers.iter().filter(|asker| asker.role != Role::Public) {
        let queue = house.get_as("/vi/reports/queue", &asker.cookie).await;
        let link = format!("/reports/{regime}/{}/{}\"", thing.key.period, thing.key.office);
        let is_listed = queue.text().contains(&link);
        let waits = (standing == Standing::Submitted && asker.may_judge(Action::VerifyReport))
            || (standing == Standing::Verified && asker.may_judge(Action::AcceptReport));
        let forms = house.get_as("/sync/forms", &asker.cookie).await;
        let told: serde_json::Value = serde_json::from_slice(&forms.body).unwrap_or_default();
        let is_on_device = told["forms"].as_array().is_some_and(|forms| {
            forms.iter().any(|form| {
                form["regime"] == regime.as_str()
                    && form["period"] == thing.key.period.to_string()
                    && form["office"] == COMMUNE
            })
        });
        let fills = asker.may(Action::FillReport, COMMUNE)
            && !matches!(standing, Standing::Closed | Standing::NotThere);
        if is_listed != waits || is_on_device != fills {
            wrong.push(format!(
                "{standing:?} for {:?} {:?}: in the queue {is_listed}, not {waits}; on the device {is_on_device}, not {fills}",
                asker.role, asker.at
            ));
        }
    }
}

/// The tables of the page: by post, and by where the report stands.
pub(super) fn tables() -> String {
    let mut text = String::from(
        "\n## Từng báo cáo · Each report\n\n\
        Vị trí ở: `o` xã của báo cáo, `r` sở nhận báo cáo, `d` sở khác, `p` Ủy ban nhân dân tỉnh, `u` Ủy ban nhân dân tỉnh nhưng không có quyền với cấp dưới, \
        `e` xã khác. `✓` được, 403 biết nhưng không được, 404 như thể không có. Người chưa đăng nhập được mời đăng nhập, và chỉ xem giá trị đã duyệt.\n\n\
        The post is at: `o` the report's commune, `r` the department that receives it, `d` another department, `p` the Provincial People's Committee, `u` the \
        same without reach below, `e` another commune. `✓` may, 403 knows but may not, 404 as if there were nothing. Who is not signed in is asked to, and sees \
        accepted values only.\n\n",
    );
    let roles: Vec<Role> = Role::ALL
        .into_iter()
        .filter(|role| *role != Role::Public)
        .collect();
    super::heading(&mut text, &roles);
    for what in Ask::ALL {
        let _ = write!(text, "| {} |", what.name());
        for role in &roles {
            // Where it follows, so that only the post decides; a story is told where the report is not accepted yet.
            let standing = Standing::ALL
                .into_iter()
                .find(|standing| what.follows_on(*standing) && standing.is_kept());
            let told = |at: At| {
                let asker = Asker {
                    role: *role,
                    at: Some(at),
                    cookie: String::new(),
                    csrf: String::new(),
                };
                what.told(&asker, standing.unwrap_or(Standing::FillingIn))
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
        "\nKhi người có quyền làm · When those who may do it can\n\n| | {} |\n|---{}|\n",
        headings.join(" | "),
        "|---".repeat(headings.len())
    );
    for what in Ask::ALL {
        let cells: Vec<&str> = standings
            .iter()
            .map(|standing| if what.follows_on(*standing) { "✓" } else { "–" })
            .collect();
        let _ = writeln!(text, "| {} | {} |", what.name(), cells.join(" | "));
    }
    text
}
