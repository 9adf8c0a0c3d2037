//! Who may do what: every action for every role, and every function with its action.

use app::policy::{Action, Relation, Role};
use app::{Actor, Error};

use crate::test_app::TestApp;

/// The table that the policy must equal: changing it is a decision of people, so it stands here a second time. `o` for
/// the own office, `b` for those below.
#[test]
fn the_policy_is_this_table() {
    let table = "
        action          reporter verifier planner leader inspector administrator
        ReadDesk        -        -        ob      -      ob        -
        Review          -        -        ob      -      -         -
        SettleFindings  -        -        ob      -      -         -
        AddDocument     -        -        ob      -      -         -
        ImportValues    -        -        ob      -      -         ob
        ImportCatalogue -        -        -       -      -         ob
        ExportRecord    -        -        -       -      ob        ob
        KeepOrg         -        -        -       -      -         ob
        KeepUsers       -        -        -       -      -         ob
        ReadTasks       o        ob       ob      ob     ob        -
        DraftTask       -        -        ob      ob     -         -
        DirectTask      -        -        -       ob     -         -
        WorkOnTask      o        o        -       o      -         -
        ReadScores      o        ob       ob      ob     ob        -
        KeepScores      -        -        -       ob     -         -
        KeepTaskRules   -        -        -       -      -         ob
        ReadReports     o        ob       ob      ob     ob        -
        FillReport      o        -        -       -      -         -
        SubmitReport    o        -        -       -      -         -
        VerifyReport    -        b        -       -      -         -
        AcceptReport    -        -        -       b      -         -
        CorrectReport   -        b        -       -      -         -
        KeepRegimes     -        -        ob      -      -         -
    ";
    let mut lines = table.lines().map(str::split_whitespace).filter_map(|mut line| {
        let first = line.next()?;
        Some((first, line.collect::<Vec<_>>()))
    });
    let (_, roles) = lines.next().unwrap();
    let rows: Vec<_> = lines.collect();
    let open = [Action::ReadRegister, Action::ReadOrg, Action::KeepOwnAccount];
    assert_eq!(rows.len() + open.len(), Action::ALL.len());
    for action in Action::ALL.iter().filter(|action| !open.contains(action)) {
        let (_, cells) = rows.iter().find(|(name, _)| *name == action.name()).unwrap();
        for (role, cell) in roles.iter().zip(cells) {
            let role = Role::of(role).unwrap();
            for (relation, sign) in [
                (Relation::Own, "o"),
                (Relation::Below, "b"),
                (Relation::Elsewhere, "e"),
            ] {
                assert_eq!(
                    action.allows(role, relation),
                    cell.contains(sign),
                    "{action:?} {role:?} {relation:?}"
                );
            }
        }
        for relation in Relation::ALL {
            assert!(!action.allows(Role::Public, relation), "{action:?}");
        }
    }
    for relation in Relation::ALL {
        assert!(Action::ReadRegister.allows(Role::Public, relation));
        assert!(!Action::KeepOwnAccount.allows(Role::Public, relation));
    }
}

/// Every public function of the register that asks who is there names its action; the files are read so that a new
/// function without one fails here.
#[test]
fn every_function_names_its_action() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src");
    let mut checked = 0;
    for file in crate::test_app::sources(std::path::Path::new(folder)) {
        let source = std::fs::read_to_string(file).unwrap();
        for function in source.split("    pub async fn ").skip(1) {
            let body = function.split("\n    }\n").next().unwrap();
            let name = function.split('(').next().unwrap();
            if body.contains("actor: &Actor") {
                // Reports are judged through one function, which asks by the action that it is given.
                let judges = body.contains("self.judging(actor, action,") && body.contains("Action::");
                let asks = body.contains(".require(Action::") || body.contains(".require_for(Action::");
                // The queue is for who may do one of two actions; one function of the file says which.
                let queues = body.contains("may_see_queue(actor)?");
                assert!(asks || judges || queues, "{name} names no action");
                checked += 1;
            } else {
                let open = [
                    "open",
                    "open_with_clock",
                    "close",
                    "refresh",
                    "load_example",
                    "sign_in",
                    "sign_in_from",
                    "answer_challenge",
                    "leave_for_directory",
                    "return_from_directory",
                    "directory_sign_out",
                    "add_first_administrator",
                    "sign_out",
                    "operator_as",
                    "actor",
                    "keep_findings",
                    "guard_secrets",
                ];
                assert!(open.contains(&name), "{name} asks nobody who they are");
            }
        }
    }
    assert!(15 <= checked, "{checked}");
}

#[tokio::test]
async fn what_is_not_allowed_is_refused_with_who_may() {
    let test = TestApp::new().await;
    let planner = test.person(Role::Planner).await;
    assert!(matches!(
        test.app.desk(&Actor::public()).await,
        Err(Error::SignIn {
            action: Action::ReadDesk
        })
    ));
    let refused = test.app.users(&planner).await;
    assert!(
        matches!(refused, Err(Error::Denied { who, .. }) if who.len() == 1 && who[0].role == Role::Administrator)
    );
    let import = app::Import {
        catalogues: vec![(plan::CatalogueList::Indicators, "a.csv".to_owned(), Vec::new())],
        ..app::Import::default()
    };
    assert!(matches!(
        test.app.import(&planner, import).await,
        Err(Error::Denied { .. })
    ));
    assert!(test.app.desk(&planner).await.is_ok());
}
