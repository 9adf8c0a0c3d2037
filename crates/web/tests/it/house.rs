//! A register with the example, and a browser that sends requests to it.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicU32, Ordering};

use app::policy::Role;
use app::{Actor, App};
use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode, header};
use http_body_util::BodyExt as _;
use scraper::{Html, Selector};
use terms::Timestamp;
use web::{Service, Site};

/// A register with the example, and the pages over it. The files go when it is dropped.
pub(crate) struct House {
    pub(crate) app: App,
    service: Service,
    _folder: tempfile::TempDir,
}

/// What came back.
pub(crate) struct Got {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

static NUMBER: AtomicU32 = AtomicU32::new(0);

const PEER: ([u8; 4], u16) = ([127, 0, 0, 1], 5000);

/// A password that no rule on passwords refuses.
pub(crate) const PASSWORD: &str = "ruong-bac-thang-2025";

/// Noon in Việt Nam on 22 November 2026.
fn still_clock() -> Timestamp {
    Timestamp::from_second(1_795_323_600).unwrap()
}

impl House {
    pub(crate) async fn open() -> Self {
        Self::with_clock(Timestamp::now).await
    }

    /// The same, on a day that does not move.
    pub(crate) async fn still() -> Self {
        Self::with_clock(still_clock).await
    }

    /// The same, by a clock of one's own.
    pub(crate) async fn with_clock(clock: fn() -> Timestamp) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("test.db");
        let app = App::open_with_clock(&path, clock).await.unwrap();
        app.load_example().await.unwrap();
        let service = Service::new(Site::new(app.clone()));
        Self {
            app,
            service,
            _folder: folder,
        }
    }

    /// How many entries the record has.
    pub(crate) fn entries(&self) -> u64 {
        self.app.head().number
    }

    /// A number that nobody else gets in this run.
    pub(crate) fn next_number() -> u32 {
        NUMBER.fetch_add(1, Ordering::Relaxed)
    }

    pub(crate) async fn send(&self, request: Request<Body>) -> Got {
        let answer = self.service.answer(request, SocketAddr::from(PEER)).await;
        let (parts, body) = answer.into_parts();
        let body = body.collect().await.unwrap().to_bytes().to_vec();
        Got {
            status: parts.status,
            headers: parts.headers,
            body,
        }
    }

    pub(crate) async fn get(&self, address: &str) -> Got {
        self.send(Request::get(address).body(Body::empty()).unwrap())
            .await
    }

    pub(crate) async fn get_as(&self, address: &str, cookie: &str) -> Got {
        self.send(
            Request::get(address)
                .header(header::COOKIE, cookie)
                .body(Body::empty())
                .unwrap(),
        )
        .await
    }

    pub(crate) async fn post(&self, address: &str, cookie: &str, fields: &[(&str, &str)]) -> Got {
        let form: Vec<String> = fields
            .iter()
            .map(|(name, value)| format!("{name}={}", encode(value)))
            .collect();
        let request = Request::post(address)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(header::HOST, "rorang.test")
            .header(header::ORIGIN, "http://rorang.test")
            .header(header::COOKIE, cookie)
            .body(Body::from(form.join("&")))
            .unwrap();
        self.send(request).await
    }

    /// Adds a person and signs in through the form: the cookie.
    pub(crate) async fn sign_in(&self, role: Role) -> String {
        let name = format!("nguoi-duyet-{}", Self::next_number());
        self.app
            .add_user(&Actor::operator(), &name, role, PASSWORD)
            .await
            .unwrap();
        let got = self
            .post(
                "/vi/sign-in",
                "",
                &[("name", &name), ("password", PASSWORD), ("next", "/vi/desk")],
            )
            .await;
        assert_eq!(got.status, StatusCode::SEE_OTHER, "{}", got.text());
        assert_eq!(got.headers[header::LOCATION], "/vi/desk");
        let cookie = got.headers[header::SET_COOKIE].to_str().unwrap();
        cookie.split(';').next().unwrap().to_owned()
    }
}

fn encode(text: &str) -> String {
    text.bytes()
        .map(|byte| {
            if byte.is_ascii_alphanumeric() {
                char::from(byte).to_string()
            } else {
                format!("%{byte:02X}")
            }
        })
        .collect()
}

impl Got {
    pub(crate) fn text(&self) -> String {
        String::from_utf8(self.body.clone()).unwrap()
    }

    pub(crate) fn html(&self) -> Html {
        Html::parse_document(&self.text())
    }

    /// The texts of what a selector finds.
    pub(crate) fn texts(&self, selector: &str) -> Vec<String> {
        let selector = Selector::parse(selector).unwrap();
        let html = self.html();
        html.select(&selector)
            .map(|found| found.text().collect::<String>().trim().to_owned())
            .collect()
    }

    /// An attribute of everything that a selector finds.
    pub(crate) fn attributes(&self, selector: &str, name: &str) -> Vec<String> {
        let selector = Selector::parse(selector).unwrap();
        let html = self.html();
        html.select(&selector)
            .filter_map(|found| found.attr(name).map(str::to_owned))
            .collect()
    }
}
