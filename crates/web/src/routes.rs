//! The one list of routes: method, address, what one must be allowed to do, and the handler.
//!
//! Pages stand under `/vi` and `/en`; the rest belongs to no language. Every route names its [`Action`]; a guard in
//! front of the handler refuses by default, and the functions of `app` ask again.

use std::net::SocketAddr;

use app::Actor;
use app::policy::Action;
use axum::Router;
use axum::body::Body;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use terms::Language;

use crate::ask::Ask;
use crate::failure::Failure;
use crate::sent::LONGEST_UPLOAD;
use crate::site::Site;
use crate::{assets, pages, session_cookie};

/// One route, for the test that lists them all and for the documentation of policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Route {
    /// `GET` or `POST`.
    pub method: &'static str,
    /// The address; for a page, what follows `/vi` or `/en`.
    pub path: &'static str,
    /// Whether it stands under `/vi` and `/en`.
    pub in_languages: bool,
    /// What one must be allowed to do; none for what belongs to no register (assets, health).
    pub action: Option<Action>,
}

macro_rules! routes {
    (pages { $($method:ident $path:literal $action:ident => $handler:path;)+ } others { $($other_method:ident $other_path:literal $other_action:expr => $other_handler:path;)+ }) => {
        /// Every route.
        pub const ROUTES: &[Route] = &[
            $(Route { method: stringify!($method), path: $path, in_languages: true, action: Some(Action::$action) },)+
            $(Route { method: stringify!($other_method), path: $other_path, in_languages: false, action: $other_action },)+
        ];

        fn listed(site: &Site) -> Router<Site> {
            let mut router = Router::new();
            for language in Language::ALL {
                $(router = router.route(
                    &format!("/{}{}", language.code(), $path),
                    $method($handler).layer(from_fn_with_state((site.clone(), Some(Action::$action)), guard)),
                );)+
            }
            $(router = router.route(
                $other_path,
                $other_method($other_handler).layer(from_fn_with_state((site.clone(), $other_action), guard)),
            );)+
            router
        }
    };
}

routes! {
    pages {
        get "" ReadRegister => pages::home::show;
        get "/indicators" ReadRegister => pages::catalogue::show;
        get "/indicators/{code}" ReadRegister => pages::indicator::show;
        get "/targets/{target}" ReadRegister => pages::target::show;
        post "/targets/{target}" Review => pages::target::plan;
        get "/documents" ReadRegister => pages::documents::show;
        get "/documents/new" AddDocument => pages::add_document::form;
        post "/documents/new" AddDocument => pages::add_document::add;
        get "/documents/{document}" ReadRegister => pages::document::show;
        post "/documents/{document}" Review => pages::review::decide;
        get "/documents/{document}/tasks" DraftTask => pages::task_clauses::show;
        post "/documents/{document}/tasks" DraftTask => pages::task_clauses::draft;
        get "/units/{code}" ReadRegister => pages::unit::show;
        get "/tree" ReadRegister => pages::tree::show;
        get "/map" ReadRegister => pages::map::show;
        get "/analysis" ReadRegister => pages::analysis::show;
        get "/disagreements" ReadRegister => pages::disagreements::show;
        get "/explain" ReadRegister => pages::explain::show;
        get "/ranking" ReadRegister => pages::ranking::show;
        get "/rebased" ReadRegister => pages::rebased::show;
        get "/cascade" ReadRegister => pages::cascade::show;
        post "/cascade" ImportValues => pages::cascade::adopt;
        get "/calibration" ReadRegister => pages::calibration::show;
        get "/disagreements/{finding}" ReadRegister => pages::finding::show;
        post "/disagreements/{finding}" SettleFindings => pages::finding::decide;
        get "/coherence" ReadRegister => pages::coherence::show;
        get "/mine" ReadTasks => pages::mine::show;
        get "/scores" ReadScores => pages::scores::show;
        get "/scores/give" KeepScores => pages::score_give::form;
        post "/scores/give" KeepScores => pages::score_give::give;
        get "/scores/rules" ReadRegister => pages::score_rules::show;
        post "/scores/rules" KeepTaskRules => pages::score_rules::set;
        get "/tasks" ReadRegister => pages::tasks::show;
        get "/tasks/new" DraftTask => pages::task_form::form;
        post "/tasks/new" DraftTask => pages::task_form::draft;
        get "/tasks/import" DraftTask => pages::task_import::form;
        post "/tasks/import" DraftTask => pages::task_import::take;
        get "/tasks/rules" KeepTaskRules => pages::task_rules::show;
        post "/tasks/rules" KeepTaskRules => pages::task_rules::set;
        get "/tasks/reminders" KeepOwnAccount => pages::task_reminders::show;
        post "/tasks/reminders" KeepOwnAccount => pages::task_reminders::change;
        get "/tasks/{task}" ReadRegister => pages::task::show;
        post "/tasks/{task}" ReadTasks => pages::task::step;
        get "/tasks/{task}/rewrite" DraftTask => pages::task_form::rewrite_form;
        post "/tasks/{task}/rewrite" DraftTask => pages::task_form::rewrite;
        get "/reports" ReadRegister => pages::reports::show;
        get "/reports/queue" ReadReports => pages::report_queue::show;
        get "/reports/regimes/new" KeepRegimes => pages::report_regime_new::form;
        post "/reports/regimes/new" KeepRegimes => pages::report_regime_new::issue;
        get "/reports/regimes/{regime}" ReadRegister => pages::report_regime::show;
        post "/reports/regimes/{regime}" KeepRegimes => pages::report_regime::end;
        get "/reports/{regime}/{period}/sample" ReadReports => pages::report_sample::show;
        post "/reports/{regime}/{period}/sample" VerifyReport => pages::report_sample::act;
        get "/reports/{regime}/{period}/{office}" ReadReports => pages::report::show;
        get "/reports/{regime}/{period}/{office}/form.json" ReadReports => pages::report::as_json;
        get "/reports/{regime}/{period}/{office}/form.xlsx" ReadReports => pages::report::sheet;
        post "/reports/{regime}/{period}/{office}/save" FillReport => pages::report::save;
        post "/reports/{regime}/{period}/{office}/upload" FillReport => pages::report::upload;
        post "/reports/{regime}/{period}/{office}/evidence" FillReport => pages::report::evidence;
        get "/reports/{regime}/{period}/{office}/evidence/{entry}" ReadReports => pages::report::evidence_file;
        post "/reports/{regime}/{period}/{office}/submit" SubmitReport => pages::report::submit;
        post "/reports/{regime}/{period}/{office}/verify" VerifyReport => pages::report::verify;
        post "/reports/{regime}/{period}/{office}/accept" AcceptReport => pages::report::accept;
        post "/reports/{regime}/{period}/{office}/correct" CorrectReport => pages::report::correct;
        get "/reports/{regime}/{period}/{office}/value/{indicator}" ReadRegister => pages::report_story::show;
        get "/search" ReadRegister => pages::search::show;
        get "/about" ReadRegister => pages::about::show;
        get "/record" ReadRegister => pages::record::show;
        post "/record" ReadRegister => pages::record::check;
        get "/offline" ReadRegister => pages::offline::show;
        get "/manifest.webmanifest" ReadRegister => pages::offline::manifest;
        get "/desk" ReadDesk => pages::desk::show;
        get "/org" ReadOrg => pages::org::province;
        get "/org/{area}" ReadOrg => pages::org::area;
        get "/posts" KeepOrg => pages::post::show;
        post "/posts" KeepOrg => pages::post::change;
        get "/posts/new" KeepOrg => pages::post::new_post;
        post "/posts/new" KeepOrg => pages::post::add_post;
        get "/departments/new" KeepOrg => pages::post::new_department;
        post "/departments/new" KeepOrg => pages::post::add_department;
        get "/departments/end" KeepOrg => pages::office_end::show;
        post "/departments/end" KeepOrg => pages::office_end::end;
        get "/people" KeepUsers => pages::people::list;
        get "/people/new" KeepUsers => pages::people::new;
        post "/people/new" KeepUsers => pages::people::add;
        get "/people/import" KeepUsers => pages::people::import_form;
        post "/people/import" KeepUsers => pages::people::import;
        get "/people/events" KeepUsers => pages::people_events::show;
        get "/people/{user}" KeepUsers => pages::people::show;
        post "/people/{user}" KeepUsers => pages::people::change;
        get "/account" KeepOwnAccount => pages::account::show;
        post "/account" KeepOwnAccount => pages::account::change;
        get "/sign-in" ReadRegister => pages::session::form;
        post "/sign-in" ReadRegister => pages::session::sign_in;
        get "/sign-in/directory" ReadRegister => pages::directory::leave;
        get "/signed-out" ReadRegister => pages::directory::signed_out;
        post "/sign-in/code" ReadRegister => pages::session::answer;
        post "/sign-out" ReadRegister => pages::session::sign_out;
    }
    others {
        get "/" None => pages::front::choose_language;
        get "/healthz" None => pages::front::health;
        get "/sign-in/directory/back" Some(Action::ReadRegister) => pages::directory::back;
        get "/sw.js" None => pages::offline::worker;
        get "/sync/forms" Some(Action::FillReport) => pages::sync::forms;
        post "/sync/operations" Some(Action::FillReport) => pages::sync::take;
        get "/robots.txt" None => pages::front::robots;
        get "/assets/{name}" None => assets::serve;
        get "/data/scoreboard.csv" Some(Action::ReadRegister) => pages::data::scoreboard_csv;
        get "/data/scoreboard.json" Some(Action::ReadRegister) => pages::data::scoreboard_json;
        get "/data/rebased.csv" Some(Action::ReadRegister) => pages::data::rebased_csv;
        get "/data/indicators/{file}" Some(Action::ReadRegister) => pages::data::indicator;
        get "/data/receipts/{entry}" Some(Action::ReadRegister) => pages::record::receipt;
        get "/data/scores.csv" Some(Action::ReadScores) => pages::scores::as_csv;
        get "/data/scores/{period}/{office}/{sha256}" Some(Action::ReadScores) => pages::data::score_file;
        get "/data/calendar/{file}" Some(Action::ReadRegister) => pages::task_reminders::personal;
        get "/data/offices/{office}/tasks.ics" Some(Action::ReadRegister) => pages::task_reminders::of_office;
        get "/data/tasks/{task}/files/{sha256}" Some(Action::ReadTasks) => pages::data::task_file;
        get "/data/documents/{document}" Some(Action::ReadRegister) => pages::data::document_bytes;
    }
}

/// Where the province's directory sends browsers back to, without a language: it is registered there once.
pub const DIRECTORY_BACK: &str = "/sign-in/directory/back";

/// Longest form but for uploads: a reason of some pages.
const LONGEST_FORM: usize = 256 * 1024;

/// The routes, ready to answer.
pub(crate) fn router(site: Site) -> Router {
    listed(&site)
        .fallback(nothing_here)
        .method_not_allowed_fallback(not_by_this_method)
        .layer(DefaultBodyLimit::max(LONGEST_FORM))
        .layer(from_fn_with_state(site.clone(), recognise))
        .with_state(site)
}

/// Finds out who asks for what, before anything else.
async fn recognise(State(site): State<Site>, mut request: Request<Body>, next: Next) -> Response {
    let token = session_cookie::token(request.headers()).map(str::to_owned);
    let actor = match token {
        Some(token) => site.app.actor(&token).await,
        None => Ok(Actor::public()),
    };
    let actor = match actor {
        Ok(actor) => actor,
        Err(error) => {
            let ask = Ask::new(request.uri(), request.headers(), Actor::public());
            return Failure::from_app(&ask, error).into_response();
        }
    };
    let ask = Ask::new(request.uri(), request.headers(), actor);
    request.extensions_mut().insert(ask);
    next.run(request).await
}

/// Refuses what the route's action does not allow, and posts that come from other sites.
async fn guard(
    State((_, action)): State<(Site, Option<Action>)>,
    ask: Ask,
    mut request: Request<Body>,
    next: Next,
) -> Response {
    if action == Some(Action::AddDocument) {
        DefaultBodyLimit::max(pages::add_document::LONGEST_FILE).apply(&mut request);
    }
    if matches!(
        action,
        Some(Action::ReadTasks | Action::DraftTask | Action::FillReport | Action::KeepScores)
    ) {
        DefaultBodyLimit::max(LONGEST_UPLOAD).apply(&mut request);
    }
    if request.method() == Method::POST && !from_here(request.headers()) {
        return Failure::misunderstood(&ask).into_response();
    }
    if let Some(Err(refused)) = action.map(|action| ask.actor.require(action)) {
        return Failure::from_app(&ask, refused).into_response();
    }
    next.run(request).await
}

/// Whether a post comes from our own pages, as the browser says; programs that send neither header are not led by
/// anybody's page.
pub(crate) fn from_here(headers: &HeaderMap) -> bool {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    if let Some(site) = text("sec-fetch-site") {
        return matches!(site, "same-origin" | "none");
    }
    match (text("origin"), text(header::HOST.as_str())) {
        (Some(origin), Some(host)) => origin.split_once("://").is_some_and(|(_, origin)| origin == host),
        (Some(_), None) => false,
        (None, _) => true,
    }
}

async fn nothing_here(ask: Ask, request: Request<Body>) -> Response {
    // `/vi/` is `/vi`: one address for one page.
    if let Some(path) = request
        .uri()
        .path()
        .strip_suffix('/')
        .filter(|path| !path.is_empty() && !path.starts_with("//"))
    {
        let to = match request.uri().query() {
            Some(query) => format!("{path}?{query}"),
            None => path.to_owned(),
        };
        return (StatusCode::PERMANENT_REDIRECT, [(header::LOCATION, to)]).into_response();
    }
    Failure::not_found(&ask).into_response()
}

async fn not_by_this_method(ask: Ask) -> Response {
    let mut response = Failure::misunderstood(&ask).into_response();
    *response.status_mut() = StatusCode::METHOD_NOT_ALLOWED;
    response
}

/// The address of the browser, for the limit on attempts to sign in.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Peer(pub(crate) SocketAddr);
