//! Signing in elsewhere, against providers on loopback that check what the server sends them.

use super::Server;
use super::person::{PASSWORD, Person, start};
use super::stub::{Answer, Asked, Stub};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use openidconnect::core::{
    CoreEdDsaPrivateSigningKey, CoreIdToken, CoreIdTokenClaims, CoreJsonWebKeySet, CoreJwsSigningAlgorithm,
};
use openidconnect::{JsonWebKeyId, PrivateSigningKey};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::sync::{Arc, Mutex};

/// Who is signed in at the provider, and the codes it gave: code → (challenge, nonce).
#[derive(Default)]
struct Provider {
    subject: String,
    email: String,
    verified: bool,
    codes: HashMap<String, (String, String)>,
    /// What the next token repeats in place of the nonce.
    nonce: Option<String>,
}

type Shared = Arc<Mutex<Provider>>;

fn signing_key() -> CoreEdDsaPrivateSigningKey {
    // PKCS #8 of an Ed25519 key (RFC 8410 §7) that is nobody's.
    let mut der = vec![0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 4, 0x22, 4, 0x20];
    der.extend([7; 32]);
    let pem = format!("-----BEGIN PRIVATE KEY-----\n{}\n-----END PRIVATE KEY-----\n", STANDARD.encode(der));
    CoreEdDsaPrivateSigningKey::from_ed25519_pem(&pem, Some(JsonWebKeyId::new("test".into()))).unwrap()
}

fn id_token(provider: &Provider, issuer: &str, nonce: &str) -> String {
    let claims = json!({
        "iss": issuer, "aud": ["us"], "sub": provider.subject, "email": provider.email,
        "email_verified": provider.verified, "nonce": nonce, "iat": 1_700_000_000, "exp": 4_000_000_000_u64,
    });
    let claims: CoreIdTokenClaims = serde_json::from_value(claims).unwrap();
    CoreIdToken::new(claims, &signing_key(), CoreJwsSigningAlgorithm::EdDsa, None, None).unwrap().to_string()
}

fn fields(text: &str) -> HashMap<String, String> {
    url::form_urlencoded::parse(text.as_bytes()).into_owned().collect()
}

/// A code is good once, for whoever knows what its challenge was made of, and is us.
fn token(provider: &mut Provider, asked: &Asked) -> Result<String, Answer> {
    let given = fields(&asked.body);
    let basic = format!("authorization: basic {}", STANDARD.encode("us:our-secret")).to_lowercase();
    let refused = || Answer::new(400, "application/json", r#"{"error": "invalid_grant"}"#);
    let (challenge, nonce) = provider.codes.remove(&given["code"]).ok_or_else(refused)?;
    let made = URL_SAFE_NO_PAD.encode(Sha256::digest(given["code_verifier"].as_bytes()));
    if made != challenge
        || !asked.head.contains(&basic)
        || !given["redirect_uri"].starts_with("http://maps.test/api/auth/")
    {
        return Err(refused());
    }
    Ok(provider.nonce.clone().unwrap_or(nonce))
}

fn answered(shared: &Shared, asked: &Asked) -> Answer {
    let provider = &mut *shared.lock().unwrap();
    let json = |body: Value| Answer::new(200, "application/json", body.to_string());
    let host = asked.head.lines().find_map(|line| line.strip_prefix("host: ")).unwrap();
    let issuer = format!("http://{host}");
    match asked.line.split(' ').nth(1).unwrap() {
        "/.well-known/openid-configuration" => json(json!({
            "issuer": issuer, "authorization_endpoint": format!("{issuer}/authorize"),
            "token_endpoint": format!("{issuer}/token"), "jwks_uri": format!("{issuer}/keys"),
            "response_types_supported": ["code"], "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["EdDSA"],
        })),
        "/keys" => json(json!(CoreJsonWebKeySet::new(vec![signing_key().as_verification_key()]))),
        "/token" => match token(provider, asked) {
            Ok(nonce) => json(json!({
                "access_token": "t", "token_type": "bearer", "id_token": id_token(provider, &issuer, &nonce),
            })),
            Err(refused) => refused,
        },
        "/login/oauth/access_token" => match token(provider, asked) {
            Ok(_) => json(json!({ "access_token": "t", "token_type": "bearer" })),
            Err(refused) => refused,
        },
        "/user" if asked.head.contains("authorization: bearer t") => {
            json(json!({ "id": provider.subject.parse::<u64>().unwrap() }))
        }
        "/user/emails" if asked.head.contains("authorization: bearer t") => json(json!([
            { "email": "second@example.org", "primary": false, "verified": true },
            { "email": provider.email, "primary": true, "verified": provider.verified },
        ])),
        other => Answer::new(404, "text/plain", other),
    }
}

/// A server that knows both providers.
fn server(name: &str) -> (Server, Shared) {
    let shared = Shared::default();
    let asked = shared.clone();
    let stub = Stub::new(move |request, _| answered(&asked, request));
    let settings =
        json!({ "id": "us", "secret": "our-secret", "url": format!("http://127.0.0.1:{}", stub.port) }).to_string();
    let server = start(name, &[("ACCOUNTS_GITHUB", &settings), ("ACCOUNTS_GOOGLE", &settings)], &[]);
    (server, shared)
}

/// The person says yes at the provider: the code and the state that come back.
fn agreed(person: &mut Person, shared: &Shared, name: &str) -> (String, String) {
    let sent = person.call("GET", &format!("/api/auth/oauth/{name}"), &[], b"");
    assert_eq!(sent.status, 303, "{}", sent.text());
    let to = url::Url::parse(sent.header("location")).unwrap();
    let asked = fields(to.query().unwrap());
    assert_eq!((asked["response_type"].as_str(), asked["client_id"].as_str()), ("code", "us"));
    assert_eq!((asked["code_challenge_method"].as_str(), asked["state"].len() > 20), ("S256", true));
    let mut provider = shared.lock().unwrap();
    let code = format!("code-of-{}", asked["state"]);
    let nonce = asked.get("nonce").cloned().unwrap_or_default();
    provider.codes.insert(code.clone(), (asked["code_challenge"].clone(), nonce));
    (code, asked["state"].clone())
}

/// Comes back; where the person is sent then.
fn back(person: &mut Person, name: &str, code: &str, state: &str) -> String {
    let answer = person.call("GET", &format!("/api/auth/oauth/{name}/callback?code={code}&state={state}"), &[], b"");
    assert_eq!(answer.status, 303, "{}", answer.text());
    answer.header("location").strip_prefix("http://maps.test/account.html").unwrap().to_owned()
}

fn is(shared: &Shared, subject: &str, email: &str) {
    let mut provider = shared.lock().unwrap();
    (provider.subject, provider.email, provider.verified) = (subject.into(), email.into(), true);
}

fn who(person: &mut Person) -> Value {
    person.get("/api/account").json()["email"].clone()
}

#[test]
fn people_come_from_both_providers() {
    for name in ["github", "google"] {
        let (server, shared) = server(name);
        assert_eq!(server.get("/api/auth").json()["providers"], json!(["github", "google"]));
        is(&shared, "42", "Anna@Example.org");
        let mut anna = Person::new(&server);
        let (code, state) = agreed(&mut anna, &shared, name);
        assert_eq!(back(&mut anna, name, &code, &state), "");
        assert_eq!(who(&mut anna), "anna@example.org");
        assert!(anna.cookie("flow").is_none());
        let account = anna.get("/api/account").json();
        assert_eq!((&account["password"], &account["providers"]), (&json!(false), &json!([name])));

        // The address changes, the person stays.
        is(&shared, "42", "anna@new.example");
        let mut again = Person::new(&server);
        let (code, state) = agreed(&mut again, &shared, name);
        assert_eq!(back(&mut again, name, &code, &state), "");
        assert_eq!(who(&mut again), "anna@example.org");
        // Somebody else gets the old address at the provider: it is the address of the account, which they confirmed.
        is(&shared, "43", "bert@example.org");
        let mut bert = Person::new(&server);
        let (code, state) = agreed(&mut bert, &shared, name);
        back(&mut bert, name, &code, &state);
        assert_eq!(who(&mut bert), "bert@example.org");

        // Who has no password ends the account by its address.
        bert.csrf = bert.get("/api/account").json()["csrf"].as_str().unwrap().to_owned();
        assert_eq!(bert.call("DELETE", "/api/account", &[], br#"{"email": "anna@example.org"}"#).status, 400);
        assert_eq!(bert.call("DELETE", "/api/account", &[], br#"{"email": "bert@example.org"}"#).status, 204);
    }
}

#[test]
fn what_comes_back_must_be_what_was_sent() {
    for name in ["github", "google"] {
        let (server, shared) = server(&format!("{name}-wrong"));
        is(&shared, "42", "anna@example.org");
        let mut anna = Person::new(&server);
        let (code, state) = agreed(&mut anna, &shared, name);
        // Another state; and the flow of another browser, which somebody may have been sent.
        assert_eq!(back(&mut anna, name, &code, "wrong"), "#failed=stale");
        let mut victim = Person::new(&server);
        let (code, state_of_other) = agreed(&mut Person::new(&server), &shared, name);
        assert_eq!(back(&mut victim, name, &code, &state_of_other), "#failed=stale");
        assert!(victim.cookie("session").is_none());
        // The first flow's cookie went with the wrong state.
        assert_eq!(back(&mut anna, name, &code, &state), "#failed=stale");
        // Used once, neither the state nor the code is good again.
        let (code, state) = agreed(&mut anna, &shared, name);
        let cookies = anna.cookies.clone();
        assert_eq!(back(&mut anna, name, &code, &state), "");
        anna.cookies.clone_from(&cookies);
        assert_eq!(back(&mut anna, name, &code, &state), "#failed=stale");
        let (_, state) = agreed(&mut anna, &shared, name);
        assert_eq!(back(&mut anna, name, &code, &state), "#failed=provider", "a reused code");
        // Said no, or another provider answers.
        let (code, state) = agreed(&mut anna, &shared, name);
        let other = if name == "github" { "google" } else { "github" };
        assert_eq!(back(&mut anna, other, &code, &state), "#failed=stale");
        let denied = anna.get(&format!("/api/auth/oauth/{name}/callback?error=access_denied&state={state}"));
        assert!(denied.header("location").ends_with("#failed=stale"));
        // An address that the provider does not vouch for.
        shared.lock().unwrap().verified = false;
        let mut doubt = Person::new(&server);
        let (code, state) = agreed(&mut doubt, &shared, name);
        assert_eq!(back(&mut doubt, name, &code, &state), "#failed=provider");
        shared.lock().unwrap().verified = true;
        if name == "google" {
            shared.lock().unwrap().nonce = Some("of another login".into());
            let (code, state) = agreed(&mut doubt, &shared, name);
            assert_eq!(back(&mut doubt, name, &code, &state), "#failed=provider");
        }
        assert!(!server.said().contains("our-secret"));
    }
    let plain = super::person::start("no-provider", &[], &[]);
    assert_eq!(plain.get("/api/auth/oauth/github").status, 404);
    assert_eq!(plain.get("/api/auth/oauth/myspace/callback?code=x&state=y").status, 404);
}

#[test]
fn nobody_waits_in_an_account_that_is_not_theirs() {
    let (server, shared) = server("hijack");
    // Somebody signs up with an address that is not theirs and never confirms it.
    let guess = json!({ "email": "anna@example.org", "password": PASSWORD });
    assert_eq!(Person::new(&server).post("/api/auth/register", &guess).status, 202);
    super::person::token(&server, "anna@example.org", "verify");
    is(&shared, "42", "anna@example.org");
    let mut anna = Person::new(&server);
    let (code, state) = agreed(&mut anna, &shared, "github");
    assert_eq!(back(&mut anna, "github", &code, &state), "");
    let login = Person::new(&server).post("/api/auth/login", &guess);
    assert_eq!(login.status, 401, "their password is void: {}", login.text());
    // Who confirmed the address keeps the password.
    let bert = Person::member(&server, "bert@example.org");
    drop(bert);
    is(&shared, "77", "bert@example.org");
    let mut elsewhere = Person::new(&server);
    let (code, state) = agreed(&mut elsewhere, &shared, "google");
    back(&mut elsewhere, "google", &code, &state);
    Person::new(&server).sign_in("bert@example.org", PASSWORD);
}
