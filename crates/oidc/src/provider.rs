//! The flow: where the browser goes, what it brings back, who that is.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use chrono::{DateTime, Utc};
use openidconnect::core::{
    CoreAuthDisplay, CoreAuthenticationFlow, CoreClaimName, CoreClaimType, CoreClient, CoreClientAuthMethod,
    CoreGenderClaim, CoreGrantType, CoreIdToken, CoreIdTokenClaims, CoreIdTokenVerifier, CoreJsonWebKey,
    CoreJsonWebKeySet, CoreJweContentEncryptionAlgorithm, CoreJweKeyManagementAlgorithm,
    CoreJwsSigningAlgorithm, CoreResponseMode, CoreResponseType, CoreSubjectIdentifierType,
    CoreTokenResponse,
};
use openidconnect::url::Url;
use openidconnect::{
    AccessToken, AccessTokenHash, AdditionalProviderMetadata, AsyncHttpClient, AuthType, AuthorizationCode,
    ClaimsVerificationError, ClientId, ClientSecret, CsrfToken, EmptyAdditionalClaims, HttpRequest,
    HttpResponse, IssuerUrl, Nonce, OAuth2TokenResponse as _, PkceCodeChallenge, PkceCodeVerifier,
    ProviderMetadata, RedirectUrl, RequestTokenError, Scope, SignatureVerificationError, TokenResponse as _,
    UserInfoClaims,
};
use serde::{Deserialize, Serialize};
use terms::Timestamp;
use tokio::sync::Mutex;

use crate::door::{Door, Internet, Unreachable};
use crate::settings::{Settings, SettingsError, is_safe};
use crate::{Error, Flaw};

/// How long what the provider says of itself is taken as it was: so short that a provider that went away is told when
/// somebody wants to sign in, so long that a crowd at eight o'clock asks it once.
const FRESH_S: i64 = 10;
/// Between two fetches of the keys because a token names an unknown one.
const KEYS_AGAIN_S: i64 = 10;
/// How far the clocks of the two machines may lie apart.
const SKEW_S: i64 = 60;
/// How old a token may be that was fetched just now.
const OLDEST_S: i64 = 600;

/// What providers say of themselves beyond the core.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct More {
    end_session_endpoint: Option<Url>,
    #[serde(default)]
    authorization_response_iss_parameter_supported: bool,
}

impl AdditionalProviderMetadata for More {}

type Metadata = ProviderMetadata<
    More,
    CoreAuthDisplay,
    CoreClientAuthMethod,
    CoreClaimName,
    CoreClaimType,
    CoreGrantType,
    CoreJweContentEncryptionAlgorithm,
    CoreJweKeyManagementAlgorithm,
    CoreJsonWebKey,
    CoreResponseMode,
    CoreResponseType,
    CoreSubjectIdentifierType,
>;

/// A provider: its settings, the line to it, and what it said of itself last.
#[derive(Debug)]
pub struct Provider {
    settings: Settings,
    issuer: IssuerUrl,
    back: RedirectUrl,
    door: Arc<dyn Door>,
    known: Mutex<Known>,
    /// How many discoveries failed: whoever waited while one did need not wait again.
    failures: AtomicU64,
}

#[derive(Debug, Default)]
struct Known {
    metadata: Option<(Arc<Metadata>, Timestamp)>,
    keys_again: Option<Timestamp>,
}

/// What is remembered while the browser is away; its `Debug` shows nothing of it.
#[derive(Clone, PartialEq, Eq)]
pub struct Begun {
    /// Where the browser goes.
    pub address: String,
    /// What the browser brings back, by chance.
    pub state: String,
    /// What binds the token to this request.
    pub expected: Expected,
}

/// What the token must fit.
#[derive(Clone, PartialEq, Eq)]
pub struct Expected {
    /// Stands in the token.
    pub nonce: String,
    /// Shows that who fetches the token is who asked.
    pub verifier: String,
}

impl std::fmt::Debug for Begun {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Begun").finish_non_exhaustive()
    }
}

impl std::fmt::Debug for Expected {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Expected").finish_non_exhaustive()
    }
}

/// What the browser brought back.
#[derive(Debug, Clone, Copy)]
pub struct Given<'a> {
    /// The code, for which the token is given once.
    pub code: &'a str,
    /// Who says that it answers (RFC 9207).
    pub issuer: Option<&'a str>,
}

/// Somebody whom the provider knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Who says so.
    pub issuer: String,
    /// The provider's own name for the person, which it gives to nobody else.
    pub subject: String,
    /// The address of mail, only where the provider says that it has checked it.
    pub email: Option<String>,
    /// The name that the person signs in with there.
    pub username: Option<String>,
    /// By which ways the person showed who they are (`amr`).
    pub methods: Vec<String>,
    /// By which rules (`acr`).
    pub context: Option<String>,
}

impl Provider {
    /// A provider over the real line.
    ///
    /// # Errors
    /// [`SettingsError`].
    pub fn new(settings: Settings) -> Result<Self, SettingsError> {
        settings.check()?;
        let door = Arc::new(Internet::new(&settings)?);
        Self::behind(settings, door)
    }

    /// A provider over another line: for tests that play a provider which means harm.
    ///
    /// # Errors
    /// [`SettingsError`].
    pub fn behind(settings: Settings, door: Arc<dyn Door>) -> Result<Self, SettingsError> {
        settings.check()?;
        Ok(Self {
            issuer: IssuerUrl::new(settings.issuer.clone()).map_err(|_| SettingsError::Address("issuer"))?,
            back: RedirectUrl::new(settings.back.clone()).map_err(|_| SettingsError::Address("site"))?,
            settings,
            door,
            known: Mutex::default(),
            failures: AtomicU64::new(0),
        })
    }

    /// The issuer, as people are linked by it.
    pub fn issuer(&self) -> &str {
        &self.settings.issuer
    }

    /// Begins: where the browser goes, and what must be remembered of it.
    ///
    /// # Errors
    /// [`Error::Down`].
    pub async fn begin(&self, now: Timestamp) -> Result<Begun, Error> {
        let metadata = self.metadata(now).await?;
        let client = self.client(&metadata);
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let mut request = client.authorize_url(
            CoreAuthenticationFlow::AuthorizationCode,
            || CsrfToken::new_random_len(32),
            || Nonce::new_random_len(32),
        );
        for scope in &self.settings.scopes {
            request = request.add_scope(Scope::new(scope.clone()));
        }
        let (address, state, nonce) = request.set_pkce_challenge(challenge).url();
        Ok(Begun {
            address: address.into(),
            state: state.into_secret(),
            expected: Expected {
                nonce: nonce.secret().clone(),
                verifier: verifier.into_secret(),
            },
        })
    }

    /// Ends: fetches the token for the code, checks it, and answers who it tells of. With `claims`, what the token does
    /// not say is asked of the provider.
    ///
    /// # Errors
    /// [`Error::Down`], [`Error::Refused`], [`Error::Untrusted`].
    pub async fn finish(
        &self,
        given: Given<'_>,
        expected: &Expected,
        claims: bool,
        now: Timestamp,
    ) -> Result<Person, Error> {
        let metadata = self.metadata(now).await?;
        let promised = metadata
            .additional_metadata()
            .authorization_response_iss_parameter_supported;
        match given.issuer {
            Some(issuer) if issuer == self.settings.issuer => {}
            None if !promised => {}
            _ => return Err(Error::Untrusted(Flaw::Issuer)),
        }
        let client = self.client(&metadata);
        let http = Line(Arc::clone(&self.door));
        let response: Result<CoreTokenResponse, _> = client
            .exchange_code(AuthorizationCode::new(given.code.to_owned()))
            .map_err(|_| Error::Down("no token endpoint"))?
            .set_pkce_verifier(PkceCodeVerifier::new(expected.verifier.clone()))
            .request_async(&http)
            .await;
        if matches!(response, Err(RequestTokenError::Request(_))) {
            self.forget(&metadata).await;
        }
        let response = response.map_err(|error| match error {
            RequestTokenError::ServerResponse(said) => Error::Refused(said.error().to_string()),
            RequestTokenError::Request(_) => Error::Down("token"),
            _ => Error::Untrusted(Flaw::Shape),
        })?;
        let token = response.id_token().ok_or(Error::Untrusted(Flaw::Shape))?;
        let nonce = Nonce::new(expected.nonce.clone());
        let told = match self.verified(&metadata, token, &nonce, response.access_token(), now) {
            Err(Error::Untrusted(Flaw::Key | Flaw::Signature)) => {
                let metadata = self.with_fresh_keys(&metadata, now).await?;
                self.verified(&metadata, token, &nonce, response.access_token(), now)?
            }
            other => other?,
        };
        let mut person = self.person(told)?;
        if claims
            && person.email.is_none()
            && person.username.is_none()
            && metadata.userinfo_endpoint().is_some()
        {
            let subject = told.subject().clone();
            let asked = client
                .user_info(response.access_token().clone(), Some(subject))
                .map_err(|_| Error::Down("no claims endpoint"))?;
            let said: UserInfoClaims<EmptyAdditionalClaims, CoreGenderClaim> =
                asked.request_async(&http).await.map_err(|error| match error {
                    openidconnect::UserInfoError::Request(_) => Error::Down("claims"),
                    openidconnect::UserInfoError::ClaimsVerification(_) => Error::Untrusted(Flaw::Subject),
                    _ => Error::Untrusted(Flaw::Shape),
                })?;
            let checked = said.email_verified() == Some(true);
            person.email = said.email().filter(|_| checked).map(|email| email.to_string());
            person.username = said.preferred_username().map(|name| name.to_string());
        }
        Ok(person)
    }

    /// Where the browser signs out at the provider too; none where the provider has no such place or cannot be asked.
    pub async fn sign_out(&self, now: Timestamp) -> Option<String> {
        let metadata = self.metadata(now).await.ok()?;
        let mut address = metadata.additional_metadata().end_session_endpoint.clone()?;
        if !is_safe(&address) {
            return None;
        }
        address
            .query_pairs_mut()
            .append_pair("client_id", &self.settings.client)
            .append_pair("post_logout_redirect_uri", &self.settings.after);
        Some(address.into())
    }

    fn client(
        &self,
        metadata: &Metadata,
    ) -> CoreClient<
        openidconnect::EndpointSet,
        openidconnect::EndpointNotSet,
        openidconnect::EndpointNotSet,
        openidconnect::EndpointNotSet,
        openidconnect::EndpointMaybeSet,
        openidconnect::EndpointMaybeSet,
    > {
        let secret = self.settings.secret.as_ref();
        let secret = secret.map(|secret| ClientSecret::new(secret.expose().to_owned()));
        let client = CoreClient::from_provider_metadata(
            metadata.clone(),
            ClientId::new(self.settings.client.clone()),
            secret,
        );
        // Where the provider does not say, the standard says Basic.
        let basic = metadata
            .token_endpoint_auth_methods_supported()
            .is_none_or(|ways| ways.contains(&CoreClientAuthMethod::ClientSecretBasic));
        client
            .set_redirect_uri(self.back.clone())
            .set_auth_type(if basic {
                AuthType::BasicAuth
            } else {
                AuthType::RequestBody
            })
    }

    /// The token's claims, once its signature, issuer, audience, time, nonce and binding hold.
    fn verified<'t>(
        &self,
        metadata: &Metadata,
        token: &'t CoreIdToken,
        nonce: &Nonce,
        access: &AccessToken,
        now: Timestamp,
    ) -> Result<&'t CoreIdTokenClaims, Error> {
        let second = now.as_second();
        let verifier = CoreIdTokenVerifier::new_public_client(
            ClientId::new(self.settings.client.clone()),
            self.issuer.clone(),
            metadata.jwks().clone(),
        )
        .set_allowed_algs(ALGORITHMS)
        .set_time_fn(move || moment(second - SKEW_S))
        .set_issue_time_verifier_fn(move |issued| {
            let good = moment(second - OLDEST_S) <= issued && issued <= moment(second + SKEW_S);
            if good { Ok(()) } else { Err("iat".to_owned()) }
        });
        let claims = token.claims(&verifier, nonce).map_err(|error| flaw(&error))?;
        // Other audiences are refused by the verifier, so that a party named here can only be us.
        let party = claims.authorized_party();
        if party.is_some_and(|party| party.as_str() != self.settings.client) {
            return Err(Error::Untrusted(Flaw::Audience));
        }
        if let Some(expected) = claims.access_token_hash() {
            let key = token
                .signing_key(&verifier)
                .map_err(|_| Error::Untrusted(Flaw::Key))?;
            let algorithm = token
                .signing_alg()
                .map_err(|_| Error::Untrusted(Flaw::Algorithm))?;
            let hash = AccessTokenHash::from_token(access, algorithm, key);
            if hash.ok().as_ref() != Some(expected) {
                return Err(Error::Untrusted(Flaw::Hash));
            }
        }
        Ok(claims)
    }

    fn person(&self, claims: &CoreIdTokenClaims) -> Result<Person, Error> {
        // At most 255 ASCII characters (OpenID Connect Core, 2); a longer one is not what the standard calls a subject.
        let subject = claims.subject().as_str();
        if subject.is_empty() || 255 < subject.len() || subject.chars().any(char::is_control) {
            return Err(Error::Untrusted(Flaw::Subject));
        }
        let checked = claims.email_verified() == Some(true);
        let methods = claims.auth_method_refs();
        Ok(Person {
            issuer: self.settings.issuer.clone(),
            subject: subject.to_owned(),
            email: claims.email().filter(|_| checked).map(|email| email.to_string()),
            username: claims.preferred_username().map(|name| name.to_string()),
            methods: methods.map_or_else(Vec::new, |methods| {
                methods.iter().map(|method| method.to_string()).collect()
            }),
            context: claims.auth_context_ref().map(|context| context.to_string()),
        })
    }

    /// What the provider says of itself, with its keys.
    async fn metadata(&self, now: Timestamp) -> Result<Arc<Metadata>, Error> {
        let before = self.failures.load(Ordering::Acquire);
        let mut known = self.known.lock().await;
        if let Some((metadata, at)) = &known.metadata
            && now.duration_since(*at).as_secs().abs() < FRESH_S
        {
            return Ok(Arc::clone(metadata));
        }
        if self.failures.load(Ordering::Acquire) != before {
            return Err(Error::Down("discovery"));
        }
        let http = Line(Arc::clone(&self.door));
        let Ok(metadata) = Metadata::discover_async(self.issuer.clone(), &http).await else {
            self.failures.fetch_add(1, Ordering::AcqRel);
            known.metadata = None;
            return Err(Error::Down("discovery"));
        };
        let addresses = [
            Some(metadata.authorization_endpoint().url()),
            metadata.token_endpoint().map(openidconnect::TokenUrl::url),
            metadata.userinfo_endpoint().map(openidconnect::UserInfoUrl::url),
        ];
        if !addresses.into_iter().flatten().all(is_safe) {
            self.failures.fetch_add(1, Ordering::AcqRel);
            return Err(Error::Down("an open line to another machine"));
        }
        let metadata = Arc::new(metadata);
        known.metadata = Some((Arc::clone(&metadata), now));
        Ok(metadata)
    }

    /// What a provider said of itself before the line to it broke is no longer taken: the next browser is not sent to a
    /// dead address, and one that comes back with new keys is believed at once.
    async fn forget(&self, before: &Arc<Metadata>) {
        let mut known = self.known.lock().await;
        known
            .metadata
            .take_if(|(metadata, _)| Arc::ptr_eq(metadata, before));
    }

    /// The provider with its keys fetched again, at most once in a while.
    async fn with_fresh_keys(
        &self,
        metadata: &Arc<Metadata>,
        now: Timestamp,
    ) -> Result<Arc<Metadata>, Error> {
        let mut known = self.known.lock().await;
        let soon = known
            .keys_again
            .is_some_and(|at| now.duration_since(at).as_secs().abs() < KEYS_AGAIN_S);
        if soon {
            // Somebody else may just have fetched them.
            let metadata = known.metadata.as_ref().map(|(metadata, _)| Arc::clone(metadata));
            return metadata.ok_or(Error::Untrusted(Flaw::Key));
        }
        known.keys_again = Some(now);
        let http = Line(Arc::clone(&self.door));
        let keys = CoreJsonWebKeySet::fetch_async(metadata.jwks_uri(), &http);
        let keys = keys.await.map_err(|_| Error::Down("keys"))?;
        let metadata = Arc::new(Metadata::clone(metadata).set_jwks(keys));
        known.metadata = Some((Arc::clone(&metadata), now));
        Ok(metadata)
    }
}

/// The door, in the library's words.
struct Line(Arc<dyn Door>);

impl<'c> AsyncHttpClient<'c> for Line {
    type Error = Unreachable;
    type Future = Pin<Box<dyn Future<Output = Result<HttpResponse, Unreachable>> + Send + 'c>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        self.0.send(request)
    }
}

/// Signatures by a key that only the provider has. None by a shared secret, and never none at all.
const ALGORITHMS: [CoreJwsSigningAlgorithm; 9] = [
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha384,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha512,
    CoreJwsSigningAlgorithm::RsaSsaPssSha256,
    CoreJwsSigningAlgorithm::RsaSsaPssSha384,
    CoreJwsSigningAlgorithm::RsaSsaPssSha512,
    CoreJwsSigningAlgorithm::EcdsaP256Sha256,
    CoreJwsSigningAlgorithm::EcdsaP384Sha384,
    CoreJwsSigningAlgorithm::EdDsa,
];

fn moment(second: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(second, 0).unwrap_or_default()
}

fn flaw(error: &ClaimsVerificationError) -> Error {
    use SignatureVerificationError as Signature;
    Error::Untrusted(match error {
        ClaimsVerificationError::Expired(_) | ClaimsVerificationError::InvalidAuthTime(_) => Flaw::Time,
        ClaimsVerificationError::InvalidAudience(_) => Flaw::Audience,
        ClaimsVerificationError::InvalidIssuer(_) => Flaw::Issuer,
        ClaimsVerificationError::InvalidNonce(_) => Flaw::Nonce,
        ClaimsVerificationError::InvalidSubject(_) => Flaw::Subject,
        ClaimsVerificationError::SignatureVerification(error) => match error {
            Signature::NoSignature | Signature::DisallowedAlg(_) | Signature::UnsupportedAlg(_) => {
                Flaw::Algorithm
            }
            Signature::NoMatchingKey | Signature::AmbiguousKeyId(_) | Signature::InvalidKey(_) => Flaw::Key,
            _ => Flaw::Signature,
        },
        _ => Flaw::Shape,
    })
}
