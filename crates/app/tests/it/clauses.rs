//! Tasks from the conclusion of a session: proposals from its sentences, picked many at once.

use app::review::NewDocument;
use app::task_act::TaskTexts;
use app::{Actor, Error};
use plan::DocumentId;
use terms::Date;

use crate::test_app::TestApp;

const CONCLUSION: &str = "Thông báo kết luận phiên họp tháng 11\n\n\
    Năm 2026 thu ngân sách đạt 1.800 tỷ đồng. Hạ tầng giao thông còn khó khăn.\n\n\
    1. Giao Sở Tài chính chủ trì, phối hợp với Sở Nội vụ rà soát các dự án chậm tiến độ, báo cáo trước ngày 20/12/2026.\n\n\
    2. Yêu cầu UBND xã Sín Thầu hoàn thành xóa nhà tạm trong quý IV/2026. Sở Tư pháp có trách nhiệm hướng dẫn thường xuyên.\n\n\
    3. Khẩn trương hoàn thiện thể chế.\n";

async fn paper(test: &TestApp, planner: &Actor) -> DocumentId {
    let new = NewDocument {
        name: "ket-luan.txt".to_owned(),
        bytes: CONCLUSION.as_bytes().to_vec(),
        title: "Thông báo kết luận".to_owned(),
        publisher: "Văn phòng UBND tỉnh".to_owned(),
        date: Some("2026-11-20".parse().unwrap()),
        place: "VN-11".to_owned(),
        language: None,
        url: String::new(),
    };
    test.app.add_document(planner, new).await.unwrap().document
}

fn texts(document: DocumentId, quote: &str, title: &str, lead: &str, due: &str) -> TaskTexts {
    TaskTexts {
        assigner: "VN-11".to_owned(),
        title: title.to_owned(),
        leads: vec![lead.to_owned()],
        due: due.to_owned(),
        result: "Báo cáo được duyệt".to_owned(),
        document: document.to_string(),
        quote: quote.to_owned(),
        ..TaskTexts::default()
    }
}

#[tokio::test]
async fn a_conclusion_gives_its_requests_with_who_and_by_when_and_all_picked_become_tasks_or_none() {
    let test = TestApp::new().await;
    test.app.load_example().await.unwrap();
    let planner = test.holder("VN-11.planner").await;
    let document = paper(&test, &planner).await;
    let page = test.app.clauses(&planner, document).await.unwrap();
    let day = |text: &str| Some(text.parse::<Date>().unwrap());
    let told: Vec<_> = page
        .proposals
        .iter()
        .map(|one| {
            let lead = one.lead.as_ref().map(ToString::to_string).unwrap_or_default();
            (one.title.as_str(), lead, one.due, one.standing)
        })
        .collect();
    assert_eq!(
        told,
        [
            (
                "Rà soát các dự án chậm tiến độ, báo cáo trước ngày 20/12/2026",
                "VN-11/finance".to_owned(),
                day("2026-12-20"),
                false
            ),
            (
                "Hoàn thành xóa nhà tạm trong quý IV/2026",
                "VN-11-03158".to_owned(),
                day("2026-12-31"),
                false
            ),
            ("Hướng dẫn thường xuyên", "VN-11/justice".to_owned(), None, true),
            ("Khẩn trương hoàn thiện thể chế", String::new(), None, false),
        ]
    );
    let helps: Vec<String> = page.proposals[0]
        .supporters
        .iter()
        .map(|one| one.office.to_string())
        .collect();
    assert_eq!(helps, ["VN-11/home-affairs"]);
    assert!(page.proposals[0].is_plain() && !page.proposals[3].is_plain());

    // One wrong line: its row is named, and nothing was recorded.
    let one = &page.proposals[0];
    let first = texts(document, &one.quote, &one.title, "VN-11/finance", "2026-12-20");
    let wrong = texts(document, "Câu không có trong văn bản", " ", "VN-11/justice", "");
    let refused = test
        .app
        .draft_clauses(&planner, &[(1, first.clone()), (3, wrong)])
        .await;
    let Err(Error::Invalid(list)) = refused else {
        panic!("{refused:?}")
    };
    assert!(list.iter().all(|one| one.place.row == Some(3)), "{list:?}");
    assert!(list.iter().any(|one| one.code == "clause-not-in-document"));
    let none = test.app.draft_clauses(&planner, &[]).await;
    assert!(
        matches!(&none, Err(Error::Invalid(list)) if list[0].code == "no-clause-picked"),
        "{none:?}"
    );
    assert!(test.app.tasks_from(&planner, document).await.unwrap().is_empty());

    // Two at once; then they are known, and the others stay.
    let two = &page.proposals[1];
    let second = texts(document, &two.quote, &two.title, "VN-11-03158", "2026-12-31");
    let ids = test
        .app
        .draft_clauses(&planner, &[(1, first), (2, second)])
        .await
        .unwrap();
    assert_eq!(ids.len(), 2);
    let task = test.app.task(&planner, ids[1]).await.unwrap();
    assert_eq!(
        task.brief.clause.map(|clause| clause.quote),
        Some(two.quote.clone())
    );
    let page = test.app.clauses(&planner, document).await.unwrap();
    let known: Vec<bool> = page.proposals.iter().map(|one| one.known).collect();
    assert_eq!(known, [true, true, false, false]);
    // Who cannot write tasks gets no proposals.
    let reporter = test.holder("VN-11-03158.reporter").await;
    assert!(matches!(
        test.app.clauses(&reporter, document).await,
        Err(Error::Denied { .. })
    ));
}

#[tokio::test]
async fn who_settles_what_must_be_clear_sees_which_drafts_would_lack_it_but_not_their_words() {
    let test = TestApp::new().await;
    test.app.load_example().await.unwrap();
    let planner = test.holder("VN-11.planner").await;
    let keeper = test.holder("VN-11.administrator").await;
    let document = paper(&test, &planner).await;
    let page = test.app.clauses(&planner, document).await.unwrap();
    let one = &page.proposals[0];
    let draft = texts(document, &one.quote, &one.title, "VN-11/finance", "2026-12-20");
    test.app.draft_clauses(&planner, &[(1, draft)]).await.unwrap();
    let codes = |codes: &[&str]| codes.iter().map(|code| (*code).to_owned()).collect::<Vec<_>>();
    let look = async |set: &[&str]| test.app.preview_required_fields(&keeper, &codes(set)).await;
    let four = look(&["title", "lead", "due", "result"]).await.unwrap();
    assert!(four.lacking.is_empty() && four.drafts == 1);
    let six = look(&["lead", "product", "power", "due", "result"])
        .await
        .unwrap();
    let [lacking] = &six.lacking[..] else {
        panic!("{six:?}")
    };
    let missing: Vec<String> = lacking.missing.iter().map(ToString::to_string).collect();
    assert_eq!(missing, ["product", "power"]);
    assert_eq!(
        (lacking.office.office.to_string().as_str(), &lacking.task),
        ("VN-11", &None)
    );
    assert!(matches!(look(&["magic"]).await, Err(Error::Invalid(_))));
    let denied = test
        .app
        .preview_required_fields(&planner, &codes(&["title"]))
        .await;
    assert!(matches!(denied, Err(Error::Denied { .. })));
    assert_eq!(
        test.app.task_rules(&keeper).await.unwrap().entry,
        None,
        "looking records nothing"
    );
}
