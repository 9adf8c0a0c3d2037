//! Who may do what: every action for every role, and every function with its action.

use app::policy::{Action, Role};
use app::{Actor, Error};

use crate::test_app::TestApp;

/// The table that the policy must equal: changing it is a decision of people, so it stands here a second time.
#[test]
fn the_policy_is_this_table() {
    use Role::{Administrator, Public, Reviewer};
    for (action, allowed) in [
        (Action::ReadRegister, vec![Public, Reviewer, Administrator]),
        (Action::ReadDesk, vec![Reviewer, Administrator]),
        (Action::Review, vec![Reviewer, Administrator]),
        (Action::SettleFindings, vec![Reviewer, Administrator]),
        (Action::AddDocument, vec![Reviewer, Administrator]),
        (Action::ImportValues, vec![Reviewer, Administrator]),
        (Action::ImportCatalogue, vec![Administrator]),
        (Action::ExportRecord, vec![Administrator]),
        (Action::KeepUsers, vec![Administrator]),
    ] {
        for role in Role::ALL {
            assert_eq!(
                action.allowed().contains(&role),
                allowed.contains(&role),
                "{action:?} {role:?}"
            );
        }
    }
    assert_eq!(Action::ALL.len(), 9);
}

/// Every public function of the register that asks who is there names its action; the files are read so that a new
/// function without one fails here.
#[test]
fn every_function_names_its_action() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src");
    let mut checked = 0;
    for file in std::fs::read_dir(folder).unwrap() {
        let source = std::fs::read_to_string(file.unwrap().path()).unwrap();
        for function in source.split("    pub async fn ").skip(1) {
            let body = function.split("\n    }\n").next().unwrap();
            let name = function.split('(').next().unwrap();
            if body.contains("actor: &Actor") {
                assert!(body.contains(".require(Action::"), "{name} names no action");
                checked += 1;
            } else {
                let open = [
                    "open",
                    "open_with_clock",
                    "close",
                    "refresh",
                    "load_example",
                    "sign_in",
                    "sign_out",
                    "operator_as",
                    "actor",
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
    let reviewer = test.person(Role::Reviewer).await;
    assert!(matches!(
        test.app.desk(&Actor::public()).await,
        Err(Error::SignIn {
            action: Action::ReadDesk
        })
    ));
    let refused = test.app.users(&reviewer).await;
    assert!(matches!(refused, Err(Error::Denied { who, .. }) if who == [Role::Administrator]));
    let import = app::Import {
        catalogues: vec![(plan::CatalogueList::Indicators, "a.csv".to_owned(), Vec::new())],
        ..app::Import::default()
    };
    assert!(matches!(
        test.app.import(&reviewer, import).await,
        Err(Error::Denied { .. })
    ));
    assert!(test.app.desk(&reviewer).await.is_ok());
}
