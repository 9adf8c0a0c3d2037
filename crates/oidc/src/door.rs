//! The line to the provider: one request, one answer, within bounds.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use openidconnect::url::Url;
use openidconnect::{HttpRequest, HttpResponse};

use crate::settings::{Settings, SettingsError, is_safe};

/// Longest wait for a connection.
const CONNECT: Duration = Duration::from_secs(3);
/// Longest wait for a whole answer: a person waits for it.
const ANSWER: Duration = Duration::from_secs(8);
/// Longest answer that is read: key sets and tokens have a few kilobytes.
const LONGEST: usize = 512 * 1024;

/// No answer, or none that can be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Unreachable(pub &'static str);

/// What sends a request to the provider.
pub trait Door: fmt::Debug + Send + Sync {
    /// The answer to a request. Redirections are answers: they are not followed.
    fn send<'a>(
        &'a self,
        request: HttpRequest,
    ) -> Pin<Box<dyn Future<Output = Result<HttpResponse, Unreachable>> + Send + 'a>>;
}

/// The real line: TLS by rustls, certificates of public authorities and of the province's own.
#[derive(Debug)]
pub struct Internet(reqwest::Client);

impl Internet {
    /// A line as the settings want it.
    ///
    /// # Errors
    /// [`SettingsError::Authority`] where its certificates cannot be read.
    pub fn new(settings: &Settings) -> Result<Self, SettingsError> {
        let mut builder = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .connect_timeout(CONNECT)
            .timeout(ANSWER)
            .referer(false);
        if settings.is_here() {
            builder = builder.no_proxy();
        }
        if let Some(pem) = &settings.authority {
            let certificates =
                reqwest::Certificate::from_pem_bundle(pem).map_err(|_| SettingsError::Authority)?;
            if certificates.is_empty() {
                return Err(SettingsError::Authority);
            }
            for certificate in certificates {
                builder = builder.add_root_certificate(certificate);
            }
        }
        Ok(Self(builder.build().map_err(|_| SettingsError::Authority)?))
    }

    async fn answer(&self, request: HttpRequest) -> Result<HttpResponse, Unreachable> {
        let address = Url::parse(&request.uri().to_string()).map_err(|_| Unreachable("no address"))?;
        if !is_safe(&address) {
            return Err(Unreachable("an open line to another machine"));
        }
        let request = request
            .try_into()
            .map_err(|_| Unreachable("no request that can be sent"))?;
        let mut answer = self.0.execute(request).await.map_err(|error| why(&error))?;
        let mut response = HttpResponse::new(Vec::new());
        *response.status_mut() = answer.status();
        std::mem::swap(response.headers_mut(), answer.headers_mut());
        while let Some(chunk) = answer.chunk().await.map_err(|error| why(&error))? {
            if LONGEST < response.body().len() + chunk.len() {
                return Err(Unreachable("an answer without end"));
            }
            response.body_mut().extend_from_slice(&chunk);
        }
        Ok(response)
    }
}

/// Kinds only: an address may carry what no log should keep.
fn why(error: &reqwest::Error) -> Unreachable {
    Unreachable(if error.is_timeout() {
        "too slow"
    } else if error.is_connect() {
        "no connection"
    } else {
        "the line broke"
    })
}

impl Door for Internet {
    fn send<'a>(
        &'a self,
        request: HttpRequest,
    ) -> Pin<Box<dyn Future<Output = Result<HttpResponse, Unreachable>> + Send + 'a>> {
        Box::pin(self.answer(request))
    }
}
