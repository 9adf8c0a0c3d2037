//! A form that was sent with or without files, checked to come from this person's own page.

use std::collections::BTreeMap;

use axum::body::Body;
use axum::extract::{Form, FromRequest, Multipart};
use axum::http::{Request, header};

use crate::ask::Ask;
use crate::failure::Failure;
use crate::posted::same;

/// Longest form with files that a page takes: some papers or photos at once.
pub(crate) const LONGEST_UPLOAD: usize = 32 << 20;

/// The fields of a form by name, each with all its values, and its files.
#[derive(Debug, Clone, Default)]
pub(crate) struct Sent {
    fields: BTreeMap<String, Vec<String>>,
    /// Name and bytes of each file; a field without a file sends none.
    pub(crate) files: Vec<(String, Vec<u8>)>,
}

impl Sent {
    /// The text of a field, without blanks at its ends; empty where it was not sent.
    pub(crate) fn text(&self, name: &str) -> &str {
        let values = self.fields.get(name).map(Vec::as_slice).unwrap_or_default();
        values.last().map(|value| value.trim()).unwrap_or_default()
    }

    /// All values of a field.
    pub(crate) fn all(&self, name: &str) -> Vec<String> {
        let values = self.fields.get(name).map(Vec::as_slice).unwrap_or_default();
        values
            .iter()
            .map(|value| value.trim().to_owned())
            .filter(|value| !value.is_empty())
            .collect()
    }

    /// Whether a box was ticked.
    pub(crate) fn ticked(&self, name: &str) -> bool {
        !self.text(name).is_empty()
    }

    fn put(&mut self, name: String, value: String) {
        self.fields.entry(name).or_default().push(value);
    }
}

impl<S: Send + Sync> FromRequest<S> for Sent {
    type Rejection = Failure;

    async fn from_request(request: Request<Body>, state: &S) -> Result<Self, Failure> {
        let ask = request.extensions().get::<Ask>().cloned();
        let ask = ask.unwrap_or_else(|| Ask::new(request.uri(), request.headers(), app::Actor::public()));
        let misunderstood = || Failure::misunderstood(&ask);
        let kind = request.headers().get(header::CONTENT_TYPE);
        let with_files = kind
            .and_then(|kind| kind.to_str().ok())
            .is_some_and(|kind| kind.starts_with("multipart/form-data"));
        let mut sent = Self::default();
        if with_files {
            let form = Multipart::from_request(request, state).await;
            let mut form = form.map_err(|_| misunderstood())?;
            while let Some(part) = form.next_field().await.map_err(|_| misunderstood())? {
                let name = part.name().unwrap_or_default().to_owned();
                if let Some(file) = part.file_name().map(ToOwned::to_owned) {
                    let bytes = part.bytes().await.map_err(|_| misunderstood())?.to_vec();
                    if !file.is_empty() || !bytes.is_empty() {
                        sent.files.push((file, bytes));
                    }
                } else {
                    let text = part.text().await.map_err(|_| misunderstood())?;
                    sent.put(name, text);
                }
            }
        } else {
            let Ok(Form(pairs)) = Form::<Vec<(String, String)>>::from_request(request, state).await else {
                return Err(misunderstood());
            };
            for (name, value) in pairs {
                sent.put(name, value);
            }
        }
        // The public has no token; the guard has checked where the form comes from.
        if ask.actor.user().is_some() && !same(sent.text("csrf"), ask.actor.csrf()) {
            return Err(misunderstood());
        }
        Ok(sent)
    }
}
