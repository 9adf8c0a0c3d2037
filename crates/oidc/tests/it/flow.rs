//! What is taken from a provider, and what never is.

use oidc::{Error, Flaw, Given, Person, Provider};
use serde_json::{Value, json};
use terms::Timestamp;

use crate::enemy::{Enemy, ISSUER, NOW};

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(second).unwrap()
}

/// A person signs in there and comes back.
async fn come_back(enemy: &Enemy, provider: &Provider, issuer: Option<&str>) -> Result<Person, Error> {
    let begun = provider.begin(at(NOW)).await?;
    let (code, state) = enemy.authorise(&begun.address);
    assert_eq!(state, begun.state);
    let given = Given { code: &code, issuer };
    provider.finish(given, &begun.expected, true, at(NOW)).await
}

async fn with_claim(name: &str, value: Value) -> Result<Person, Error> {
    let enemy = Enemy::default();
    enemy.claim(name, value);
    come_back(&enemy, &enemy.provider(), None).await
}

#[tokio::test]
async fn the_browser_goes_with_state_nonce_and_a_challenge() {
    let enemy = Enemy::default();
    let provider = enemy.provider();
    let (first, second) = (
        provider.begin(at(NOW)).await.unwrap(),
        provider.begin(at(NOW)).await.unwrap(),
    );
    let address = openidconnect::url::Url::parse(&first.address).unwrap();
    assert!(first.address.starts_with(&format!("{ISSUER}/auth?")));
    let value = |name: &str| {
        let mut pairs = address.query_pairs();
        pairs
            .find(|(found, _)| found == name)
            .map(|(_, value)| value.into_owned())
    };
    assert_eq!(value("response_type").as_deref(), Some("code"));
    assert_eq!(value("code_challenge_method").as_deref(), Some("S256"));
    assert_eq!(value("scope").as_deref(), Some("openid email"));
    assert_eq!(
        value("redirect_uri").as_deref(),
        Some("https://ro-rang.test/sign-in/directory/back")
    );
    assert!(
        43 <= value("code_challenge").unwrap().len()
            && 43 <= first.state.len()
            && 43 <= value("nonce").unwrap().len()
    );
    assert!(
        !first.address.contains(&first.expected.verifier),
        "the verifier stays here"
    );
    assert_ne!(first.state, second.state);
    assert!(first.expected != second.expected);
    let shown = format!("{first:?} {provider:?}");
    assert!(
        !shown.contains(&first.state)
            && !shown.contains(&first.expected.verifier)
            && !shown.contains("bí mật")
    );
}

#[tokio::test]
async fn a_right_token_tells_who_it_is() {
    let enemy = Enemy::default();
    enemy.claim("amr", json!(["pwd", "otp"]));
    enemy.claim("acr", json!("gold"));
    enemy.claim("email", json!("lan@dienbien.test"));
    enemy.claim("email_verified", json!(true));
    let person = come_back(&enemy, &enemy.provider(), Some(ISSUER)).await.unwrap();
    assert_eq!(
        (person.issuer.as_str(), person.subject.as_str()),
        (ISSUER, "lan-7")
    );
    assert_eq!(person.email.as_deref(), Some("lan@dienbien.test"));
    assert_eq!(
        (person.methods, person.context.as_deref()),
        (vec!["pwd".to_owned(), "otp".to_owned()], Some("gold"))
    );
}

/// Each row would let somebody in who must not come in.
#[tokio::test]
async fn what_does_not_hold_is_refused_by_its_flaw() {
    for (name, value, flaw) in [
        ("iss", json!("https://evil.test"), Flaw::Issuer),
        ("aud", json!("another-program"), Flaw::Audience),
        ("aud", json!(["ro-rang", "another-program"]), Flaw::Audience),
        ("azp", json!("another-program"), Flaw::Audience),
        ("nonce", json!("of another request"), Flaw::Nonce),
        ("nonce", Value::Null, Flaw::Nonce),
        ("exp", json!(NOW - 61), Flaw::Time),
        ("iat", json!(NOW + 61), Flaw::Time),
        ("iat", json!(NOW - 601), Flaw::Time),
        ("at_hash", json!("AAAAAAAAAAAAAAAAAAAAAA"), Flaw::Hash),
        ("sub", json!(""), Flaw::Subject),
        ("sub", json!("a\u{0}b"), Flaw::Subject),
        ("sub", json!("x".repeat(256)), Flaw::Subject),
        ("sub", Value::Null, Flaw::Shape),
        ("exp", Value::Null, Flaw::Shape),
    ] {
        let shown = format!("{name} {value}");
        assert_eq!(
            with_claim(name, value).await,
            Err(Error::Untrusted(flaw)),
            "{shown}"
        );
    }
}

/// Clocks that lie a little apart are no reason to refuse.
#[tokio::test]
async fn a_minute_between_the_clocks_does_no_harm() {
    for (name, second) in [("exp", NOW - 59), ("iat", NOW + 60), ("iat", NOW - 600)] {
        assert!(with_claim(name, json!(second)).await.is_ok(), "{name} {second}");
    }
}

#[tokio::test]
async fn a_token_without_a_signature_by_the_providers_key_is_refused() {
    for (algorithm, flaw) in [
        ("none", Flaw::Algorithm),
        ("HS256", Flaw::Algorithm),
        ("RS256", Flaw::Key),
    ] {
        let enemy = Enemy::default();
        enemy.manner().algorithm = algorithm;
        let refused = come_back(&enemy, &enemy.provider(), None).await;
        assert_eq!(refused, Err(Error::Untrusted(flaw)), "{algorithm}");
    }
    // Another key under the name of a published one.
    let enemy = Enemy::default();
    enemy.manner().published = vec![2];
    enemy.claim("x", json!(1));
    let provider = enemy.provider();
    assert_eq!(
        come_back(&enemy, &provider, None).await,
        Err(Error::Untrusted(Flaw::Key))
    );
}

#[tokio::test]
async fn an_answer_of_another_issuer_is_refused_and_a_promised_one_must_be_there() {
    let enemy = Enemy::default();
    let provider = enemy.provider();
    let mixed_up = come_back(&enemy, &provider, Some("https://evil.test")).await;
    assert_eq!(mixed_up, Err(Error::Untrusted(Flaw::Issuer)));
    let enemy = Enemy::default();
    let promise = (
        "authorization_response_iss_parameter_supported".to_owned(),
        json!(true),
    );
    enemy.manner().metadata.extend([promise]);
    let provider = enemy.provider();
    assert_eq!(
        come_back(&enemy, &provider, None).await,
        Err(Error::Untrusted(Flaw::Issuer))
    );
    assert!(
        !enemy.manner().asked.iter().any(|path| path == "/token"),
        "no code goes out before"
    );
    assert!(come_back(&enemy, &provider, Some(ISSUER)).await.is_ok());
}

#[tokio::test]
async fn a_provider_that_calls_itself_otherwise_is_none() {
    for (name, value) in [
        ("issuer", json!("https://evil.test")),
        ("token_endpoint", json!("http://sso.dienbien.test/token")),
        ("authorization_endpoint", json!("http://evil.test/auth")),
        ("jwks_uri", Value::Null),
    ] {
        let enemy = Enemy::default();
        enemy.manner().metadata.insert(name.to_owned(), value);
        assert!(
            matches!(enemy.provider().begin(at(NOW)).await, Err(Error::Down(_))),
            "{name}"
        );
    }
}

#[tokio::test]
async fn new_keys_are_fetched_when_a_token_names_one_and_not_without_end() {
    let enemy = Enemy::default();
    let provider = enemy.provider();
    let keys_asked = |enemy: &Enemy| {
        enemy
            .manner()
            .asked
            .iter()
            .filter(|path| *path == "/jwks")
            .count()
    };
    assert!(come_back(&enemy, &provider, None).await.is_ok());
    assert_eq!(keys_asked(&enemy), 1);
    enemy.manner().key = 2;
    enemy.manner().published = vec![2];
    assert!(
        come_back(&enemy, &provider, None).await.is_ok(),
        "the keys were turned over"
    );
    assert_eq!(keys_asked(&enemy), 2);
    enemy.manner().key = 3;
    for _ in 0..20 {
        assert_eq!(
            come_back(&enemy, &provider, None).await,
            Err(Error::Untrusted(Flaw::Key))
        );
    }
    assert_eq!(
        keys_asked(&enemy),
        2,
        "unknown keys do not make us ask again and again"
    );
}

#[tokio::test]
async fn a_provider_that_is_away_is_told_and_asked_again_later() {
    let enemy = Enemy::default();
    let provider = enemy.provider();
    enemy.manner().down = true;
    assert_eq!(provider.begin(at(NOW)).await, Err(Error::Down("discovery")));
    enemy.manner().down = false;
    let begun = provider.begin(at(NOW)).await.unwrap();
    let (code, _) = enemy.authorise(&begun.address);
    enemy.manner().down = true;
    let given = Given {
        code: &code,
        issuer: None,
    };
    let lost = provider.finish(given, &begun.expected, true, at(NOW)).await;
    assert_eq!(lost, Err(Error::Down("token")));
    assert_eq!(
        provider.begin(at(NOW)).await,
        Err(Error::Down("discovery")),
        "not what it said before the line broke"
    );
    assert_eq!(provider.sign_out(at(NOW)).await, None);
}

#[tokio::test]
async fn what_a_provider_said_long_ago_is_asked_again() {
    let enemy = Enemy::default();
    let provider = enemy.provider();
    assert!(provider.begin(at(NOW)).await.is_ok());
    enemy.manner().down = true;
    assert!(provider.begin(at(NOW + 9)).await.is_ok());
    assert_eq!(provider.begin(at(NOW + 11)).await, Err(Error::Down("discovery")));
}

/// Keys that were turned over a moment ago are no reason to refuse those with which it was started anew.
#[tokio::test]
async fn a_provider_that_comes_back_with_new_keys_is_believed_at_once() {
    let enemy = Enemy::default();
    let provider = enemy.provider();
    for key in [1, 2] {
        enemy.manner().key = key;
        enemy.manner().published = vec![key];
        assert!(come_back(&enemy, &provider, None).await.is_ok(), "key {key}");
    }
    let begun = provider.begin(at(NOW)).await.unwrap();
    enemy.manner().down = true;
    let given = Given {
        code: "code-1",
        issuer: None,
    };
    let lost = provider.finish(given, &begun.expected, true, at(NOW)).await;
    assert_eq!(lost, Err(Error::Down("token")));
    enemy.manner().down = false;
    enemy.manner().key = 3;
    enemy.manner().published = vec![3];
    assert!(come_back(&enemy, &provider, None).await.is_ok());
}

#[tokio::test]
async fn a_used_code_is_a_refusal() {
    let enemy = Enemy::default();
    enemy.manner().refusal =
        Some(json!({"error": "invalid_grant", "error_description": "secret words of the provider"}));
    let refused = come_back(&enemy, &enemy.provider(), None).await;
    assert_eq!(refused, Err(Error::Refused("invalid_grant".to_owned())));
}

/// An address of mail that nobody checked says nothing; claims of another person are refused.
#[tokio::test]
async fn claims_are_taken_of_the_same_person_and_where_checked() {
    let enemy = Enemy::default();
    enemy.manner().told = json!({"sub": "lan-7", "email": "chu.tich@dienbien.test", "email_verified": false});
    let person = come_back(&enemy, &enemy.provider(), None).await.unwrap();
    assert_eq!((person.email, person.username), (None, None));
    enemy.manner().told = json!({"sub": "lan-7", "email": "lan@dienbien.test", "email_verified": true, "preferred_username": "lan"});
    let person = come_back(&enemy, &enemy.provider(), None).await.unwrap();
    assert_eq!(
        (person.email.as_deref(), person.username.as_deref()),
        (Some("lan@dienbien.test"), Some("lan"))
    );
    enemy.manner().told = json!({"sub": "mai-8", "email": "mai@dienbien.test", "email_verified": true});
    assert_eq!(
        come_back(&enemy, &enemy.provider(), None).await,
        Err(Error::Untrusted(Flaw::Subject))
    );
}

#[tokio::test]
async fn signing_out_there_goes_where_the_provider_says() {
    let enemy = Enemy::default();
    assert_eq!(enemy.provider().sign_out(at(NOW)).await, None);
    let place = (
        "end_session_endpoint".to_owned(),
        json!(format!("{ISSUER}/end?x=1")),
    );
    enemy.manner().metadata.extend([place]);
    let address = enemy.provider().sign_out(at(NOW)).await.unwrap();
    assert_eq!(
        address,
        format!("{ISSUER}/end?x=1&client_id=ro-rang&post_logout_redirect_uri=https%3A%2F%2Fro-rang.test%2F")
    );
    enemy
        .manner()
        .metadata
        .insert("end_session_endpoint".to_owned(), json!("http://evil.test/end"));
    assert_eq!(enemy.provider().sign_out(at(NOW)).await, None);
}
