//! A provider that does what it is told, good or bad, without a net: keys, tokens and answers as a test wants them.
//! What a good one does is for a real one to show (`e2e/oidc`).
#![allow(dead_code, reason = "other crates' tests use other parts of it")]

use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ed25519_dalek::{Signer as _, SigningKey};
use oidc::{Door, Provider, Secret, Settings, Unreachable};
use openidconnect::http::{Request, Response};
use openidconnect::url::Url;
use serde_json::{Map, Value, json};

pub(crate) const ISSUER: &str = "https://sso.dienbien.test";
/// Noon in Việt Nam on 22 November 2026.
pub(crate) const NOW: i64 = 1_795_323_600;

/// The provider, as others hold it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Enemy(Arc<Mutex<Manner>>);

/// How it behaves.
#[derive(Debug)]
pub(crate) struct Manner {
    /// Which key signs: any number makes one.
    pub(crate) key: u8,
    /// Which keys are published.
    pub(crate) published: Vec<u8>,
    /// What the token's head says of its algorithm.
    pub(crate) algorithm: &'static str,
    /// Claims that are put over the right ones; null takes one away.
    pub(crate) claims: Map<String, Value>,
    /// What is told when claims are asked for.
    pub(crate) told: Value,
    /// What it says of itself, put over the right things.
    pub(crate) metadata: Map<String, Value>,
    /// Whether it answers at all.
    pub(crate) down: bool,
    /// What the token endpoint answers instead of a token.
    pub(crate) refusal: Option<Value>,
    /// The paths that were asked, in order.
    pub(crate) asked: Vec<String>,
    nonce: String,
}

impl Default for Manner {
    fn default() -> Self {
        Self {
            key: 1,
            published: vec![1],
            algorithm: "EdDSA",
            claims: Map::new(),
            told: json!({"sub": "lan-7"}),
            metadata: Map::new(),
            down: false,
            refusal: None,
            asked: Vec::new(),
            nonce: String::new(),
        }
    }
}

pub(crate) fn settings() -> Settings {
    Settings {
        issuer: ISSUER.to_owned(),
        client: "ro-rang".to_owned(),
        secret: Some(Secret::new("bí mật của máy".to_owned())),
        back: "https://ro-rang.test/sign-in/directory/back".to_owned(),
        after: "https://ro-rang.test/".to_owned(),
        scopes: vec!["email".to_owned()],
        authority: None,
    }
}

fn key(seed: u8) -> SigningKey {
    SigningKey::from_bytes(&[seed; 32])
}

fn over(mut right: Value, more: &Map<String, Value>) -> Value {
    let object = right.as_object_mut().unwrap();
    for (name, value) in more {
        if value.is_null() {
            object.remove(name);
        } else {
            object.insert(name.clone(), value.clone());
        }
    }
    right
}

impl Enemy {
    /// The program's side of it.
    pub(crate) fn provider(&self) -> Provider {
        Provider::behind(settings(), Arc::new(self.clone())).unwrap()
    }

    /// To change how it behaves.
    pub(crate) fn manner(&self) -> MutexGuard<'_, Manner> {
        self.0.lock().unwrap()
    }

    /// Puts a claim over the right ones.
    pub(crate) fn claim(&self, name: &str, value: Value) {
        self.manner().claims.insert(name.to_owned(), value);
    }

    /// A person signs in there: the browser goes to `address` and brings back a code and the state.
    pub(crate) fn authorise(&self, address: &str) -> (String, String) {
        let address = Url::parse(address).unwrap();
        let value = |name: &str| {
            let mut pairs = address.query_pairs();
            pairs
                .find(|(found, _)| found == name)
                .map(|(_, value)| value.into_owned())
        };
        self.manner().nonce = value("nonce").unwrap();
        ("code-1".to_owned(), value("state").unwrap())
    }

    fn token(manner: &Manner) -> String {
        let head = json!({"alg": manner.algorithm, "kid": format!("key-{}", manner.key), "typ": "JWT"});
        let right = json!({
            "iss": ISSUER, "sub": "lan-7", "aud": "ro-rang", "nonce": manner.nonce, "iat": NOW, "exp": NOW + 300,
        });
        let encode = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
        let signed = format!("{}.{}", encode(&head), encode(&over(right, &manner.claims)));
        let signature = match manner.algorithm {
            "none" => String::new(),
            _ => URL_SAFE_NO_PAD.encode(key(manner.key).sign(signed.as_bytes()).to_bytes()),
        };
        format!("{signed}.{signature}")
    }

    fn answer(&self, request: &Request<Vec<u8>>) -> Result<Response<Vec<u8>>, Unreachable> {
        let mut manner = self.manner();
        let path = request.uri().path().to_owned();
        manner.asked.push(path.clone());
        if manner.down {
            return Err(Unreachable("no connection"));
        }
        let mut status = 200;
        let said = match path.as_str() {
            "/.well-known/openid-configuration" => over(
                json!({
                    "issuer": ISSUER,
                    "authorization_endpoint": format!("{ISSUER}/auth"),
                    "token_endpoint": format!("{ISSUER}/token"),
                    "userinfo_endpoint": format!("{ISSUER}/me"),
                    "jwks_uri": format!("{ISSUER}/jwks"),
                    "response_types_supported": ["code"],
                    "subject_types_supported": ["public"],
                    "id_token_signing_alg_values_supported": ["EdDSA", "RS256", "none", "HS256"],
                }),
                &manner.metadata,
            ),
            "/jwks" => {
                let keys = manner.published.iter().map(|seed| {
                    let x = URL_SAFE_NO_PAD.encode(key(*seed).verifying_key().to_bytes());
                    json!({"kty": "OKP", "crv": "Ed25519", "use": "sig", "alg": "EdDSA", "kid": format!("key-{seed}"), "x": x})
                });
                json!({"keys": keys.collect::<Vec<_>>()})
            }
            "/token" => match &manner.refusal {
                Some(refusal) => {
                    status = 400;
                    refusal.clone()
                }
                None => json!({
                    "access_token": "access-1", "token_type": "Bearer", "expires_in": 300, "id_token": Self::token(&manner),
                }),
            },
            "/me" => manner.told.clone(),
            _ => {
                status = 404;
                json!({})
            }
        };
        let answer = Response::builder()
            .status(status)
            .header("content-type", "application/json");
        Ok(answer.body(said.to_string().into_bytes()).unwrap())
    }
}

impl Door for Enemy {
    fn send<'a>(
        &'a self,
        request: Request<Vec<u8>>,
    ) -> Pin<Box<dyn Future<Output = Result<Response<Vec<u8>>, Unreachable>> + Send + 'a>> {
        Box::pin(async move { self.answer(&request) })
    }
}
