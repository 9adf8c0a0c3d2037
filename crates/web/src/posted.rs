//! A form that was sent, checked to come from this person's own page.

use std::collections::BTreeMap;

use axum::body::Body;
use axum::extract::{Form, FromRequest};
use axum::http::Request;

use crate::ask::Ask;
use crate::failure::Failure;

/// The fields of a form by name; a field that was not sent is empty.
#[derive(Debug, Clone, Default)]
pub(crate) struct Posted {
    fields: BTreeMap<String, String>,
}

impl Posted {
    /// The text of a field, without blanks at its ends.
    pub(crate) fn text(&self, name: &str) -> &str {
        self.fields
            .get(name)
            .map(|value| value.trim())
            .unwrap_or_default()
    }

    /// Every field with its name, without blanks at the ends.
    pub(crate) fn all(&self) -> Vec<(String, String)> {
        let trimmed = |(name, value): (&String, &String)| (name.clone(), value.trim().to_owned());
        self.fields.iter().map(trimmed).collect()
    }

    /// The text of a field as it was sent: for passwords.
    pub(crate) fn exactly(&self, name: &str) -> &str {
        self.fields.get(name).map(String::as_str).unwrap_or_default()
    }
}

impl<S: Send + Sync> FromRequest<S> for Posted {
    type Rejection = Failure;

    async fn from_request(request: Request<Body>, state: &S) -> Result<Self, Failure> {
        let ask = request.extensions().get::<Ask>().cloned();
        let ask = ask.unwrap_or_else(|| Ask::new(request.uri(), request.headers(), app::Actor::public()));
        let Ok(Form(pairs)) = Form::<Vec<(String, String)>>::from_request(request, state).await else {
            return Err(Failure::misunderstood(&ask));
        };
        let posted = Self {
            fields: pairs.into_iter().collect(),
        };
        // The public has no token; the guard has checked where the form comes from.
        if ask.actor.user().is_some() && !same(posted.exactly("csrf"), ask.actor.csrf()) {
            return Err(Failure::misunderstood(&ask));
        }
        Ok(posted)
    }
}

/// Compares in the same time wherever the difference lies.
pub(crate) fn same(a: &str, b: &str) -> bool {
    a.len() == b.len()
        && a.bytes()
            .zip(b.bytes())
            .fold(0, |differ, (a, b)| differ | (a ^ b))
            == 0
}

#[cfg(test)]
mod tests {
    use super::same;

    #[test]
    fn tokens_are_the_same_or_not() {
        assert!(same("00ff", "00ff"));
        assert!(!same("00ff", "00fe") && !same("", "00ff") && !same("00f", "00ff"));
    }
}
