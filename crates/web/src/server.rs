//! Connections in, answers out: kept pages first, everything else through the routes.

use std::convert::Infallible;
use std::future::Future;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use axum::Router;
use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, HeaderValue, Method, Request, Response, StatusCode, header};
use http_body_util::{BodyExt as _, Either, Full};
use hyper::body::Incoming;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::TcpListener;
use tower::ServiceExt as _;

use crate::cache::{Kept, State};
use crate::encoding::Encoding;
use crate::site::Site;
use crate::{headers, routes, session_cookie};

/// Longest time that a browser may take to send the head of its request.
const HEAD_TIMEOUT: Duration = Duration::from_secs(15);
/// Bytes that the system takes at once: a whole unpacked page, so that writing one needs no second turn.
const SEND_BUFFER: usize = 256 * 1024;
/// Time for answers under way when the server is asked to stop.
const GRACE: Duration = Duration::from_secs(5);

/// An answer: a kept page's bytes, or what a route makes.
pub type Answer = Response<Either<Full<Bytes>, Body>>;

/// The site with its routes: answers requests, wherever they come from.
#[derive(Clone)]
pub struct Service {
    site: Site,
    router: Router,
}

/// Answers on `listener` until `stop` is done; answers under way get five seconds more.
///
/// # Errors
/// Those of accepting connections that do not pass by themselves.
pub async fn serve(listener: TcpListener, site: Site, stop: impl Future<Output = ()>) -> std::io::Result<()> {
    let service = Service::new(site);
    // Accepted connections take it over. A refusal is no harm: pages then go out in more pieces.
    let _ = socket2::SockRef::from(&listener).set_send_buffer_size(SEND_BUFFER);
    let connections = hyper_util::server::graceful::GracefulShutdown::new();
    let mut stop = std::pin::pin!(stop);
    loop {
        let (stream, peer) = tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok(accepted) => accepted,
                Err(error) if passes(&error) => {
                    tracing::warn!(%error, "a connection was not accepted");
                    tokio::time::sleep(Duration::from_millis(50)).await;
                    continue;
                }
                Err(error) => return Err(error),
            },
            () = &mut stop => break,
        };
        // Answers are written whole; waiting to fill packets would only delay them.
        let _ = stream.set_nodelay(true);
        let service = service.clone();
        let service = hyper::service::service_fn(move |request: Request<Incoming>| {
            let service = service.clone();
            async move { Ok::<_, Infallible>(service.answer(request.map(Body::new), peer).await) }
        });
        let connection = hyper::server::conn::http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(HEAD_TIMEOUT)
            .pipeline_flush(true)
            .serve_connection(TokioIo::new(stream), service);
        let connection = connections.watch(connection);
        tokio::spawn(async move {
            if let Err(error) = connection.await {
                tracing::debug!(%error, "a connection ended early");
            }
        });
    }
    let _ = tokio::time::timeout(GRACE, connections.shutdown()).await;
    Ok(())
}

fn passes(error: &std::io::Error) -> bool {
    use std::io::ErrorKind::{ConnectionAborted, ConnectionReset, Interrupted, WouldBlock};
    matches!(error.kind(), ConnectionAborted | ConnectionReset | Interrupted | WouldBlock)
        // Too many open files: some will close.
        || matches!(error.raw_os_error(), Some(23 | 24))
}

impl Service {
    /// The routes over a site.
    pub fn new(site: Site) -> Self {
        let router = routes::router(site.clone());
        Self { site, router }
    }

    /// The answer to one request from `peer`.
    pub async fn answer(&self, mut request: Request<Body>, peer: SocketAddr) -> Answer {
        if let Some(kept) = kept(&self.site, request.method(), request.uri(), request.headers()) {
            return finish(kept.answer(request.headers()));
        }
        // A HEAD is a GET whose body hyper leaves out.
        if *request.method() == Method::HEAD {
            *request.method_mut() = Method::GET;
        }
        through_routes(&self.site, self.router.clone(), request, peer).await
    }
}

/// The page that is kept for a request, if it may be answered from memory.
fn kept(site: &Site, method: &Method, address: &axum::http::Uri, asked: &HeaderMap) -> Option<Arc<Kept>> {
    if !matches!(*method, Method::GET | Method::HEAD) || session_cookie::is_there(asked) {
        return None;
    }
    let address = address.path_and_query()?.as_str();
    site.pages.find(state(site), Encoding::choose(asked), address)
}

/// What pages are made from now.
pub(crate) fn state(site: &Site) -> State {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    State {
        head: site.app.shown().hash,
        hour: since.as_secs() / 3600,
        looks: site.app.looks(),
    }
}

/// Asks the routes; a public page that may be kept is packed, kept and answered like a kept one.
async fn through_routes(site: &Site, router: Router, mut request: Request<Body>, peer: SocketAddr) -> Answer {
    request.extensions_mut().insert(routes::Peer(peer));
    let (method, asked) = (request.method().clone(), request.headers().clone());
    let address = request
        .uri()
        .path_and_query()
        .map(|address| address.as_str().to_owned());
    // Before rendering: a page made from an older head than it is kept under would lie.
    let state = state(site);
    let response = match router.oneshot(request).await {
        Ok(response) => response,
        Err(never) => match never {},
    };
    let (mut parts, body) = response.into_parts();
    headers::secure(&mut parts.headers);
    let page = parts.extensions.get::<Page>().copied();
    let may_keep = page == Some(Page::Public)
        && method == Method::GET
        && parts.status == StatusCode::OK
        && !session_cookie::is_there(&asked);
    if page.is_none() || parts.status == StatusCode::NOT_MODIFIED {
        return Response::from_parts(parts, Either::Right(body));
    }
    let Ok(body) = body.collect().await else {
        return finish((StatusCode::INTERNAL_SERVER_ERROR, HeaderMap::new(), Bytes::new()));
    };
    let plain = body.to_bytes();
    let encoding = Encoding::choose(&asked);
    parts
        .headers
        .insert(header::VARY, HeaderValue::from_static("accept-encoding, cookie"));
    parts
        .headers
        .entry(header::CACHE_CONTROL)
        .or_insert(HeaderValue::from_static(if may_keep {
            "no-cache"
        } else {
            "private, no-store"
        }));
    let kept = Arc::new(Kept::new(state, parts.headers, encoding, &plain));
    if let Some(address) = address.filter(|_| may_keep) {
        site.pages.keep(encoding, &address, kept.clone());
        return finish(kept.answer(&asked));
    }
    finish((parts.status, kept.headers.clone(), kept.body.clone()))
}

/// A mark on answers that are whole pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Page {
    /// The same for everybody who is not signed in.
    Public,
    /// For one person or one moment: packed, never kept.
    Personal,
}

fn finish((status, headers, body): (StatusCode, HeaderMap, Bytes)) -> Answer {
    let mut response = Response::new(Either::Left(Full::new(body)));
    *response.status_mut() = status;
    *response.headers_mut() = headers;
    response
}
