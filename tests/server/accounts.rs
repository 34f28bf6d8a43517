//! Accounts as people use them, and as others abuse them.

use super::person::{PASSWORD, Person, URL, letters, start, start_in, token};
use super::{folder, id, on, small};
use serde_json::{Value, json};

#[test]
fn from_sign_up_to_a_file_and_to_the_end() {
    let server = start("person", &[("ACCOUNTS_PLANS", "write to maps@example.org")], &["--private-downloads"]);
    let mut anna = Person::new(&server);
    let offered = anna.get("/api/auth").json();
    assert_eq!(offered, json!({ "accounts": true, "email": true, "sign_up": true, "providers": [] }));
    let credentials = json!({ "email": " Anna@Example.ORG", "password": PASSWORD });
    assert_eq!(anna.post("/api/auth/register", &credentials).status, 202);
    token(&server, "anna@example.org", "verify");
    let early = anna.post("/api/auth/login", &credentials);
    assert_eq!((early.status, &early.json()["code"]), (403, &json!("unverified")));
    let secret = token(&server, "anna@example.org", "verify");
    let verified = anna.post("/api/auth/verify", &json!({ "token": secret }));
    assert_eq!((verified.status, &verified.json()["email"]), (200, &json!("anna@example.org")));
    assert!(anna.cookies.is_empty(), "whoever opens a link is not signed in by it");
    let twice = anna.post("/api/auth/verify", &json!({ "token": secret }));
    assert_eq!((twice.status, &twice.json()["code"]), (400, &json!("letter")));
    anna.sign_in("ANNA@example.org", PASSWORD);

    let key = anna.key("plots");
    let text = key["key"].as_str().unwrap();
    assert!(text.starts_with("ocd_") && text.starts_with(key["shown"].as_str().unwrap()));
    let task = id(&server.render(text, &small(r#"["svg"]"#)));
    let state = loop {
        let state = anna.get(&format!("/api/status/{task}")).json();
        if state["finished_at"].is_string() {
            break state;
        }
        std::thread::sleep(std::time::Duration::from_millis(100));
    };
    let url = state["files"][0]["url"].as_str().unwrap();
    assert_eq!(server.get(url).status, 401, "downloads are private");
    assert!(anna.get(url).text().starts_with("<?xml"));
    let mut other = Person::member(&server, "other@example.org");
    assert_eq!(other.get(url).status, 401, "not anybody's who is signed in");

    let listed = anna.get("/api/tasks").json();
    assert_eq!(listed["tasks"][0]["task_id"], json!(task));
    assert_eq!(listed["tasks"][0]["request"]["formats"], json!(["svg"]));
    assert_eq!(listed["next"], Value::Null);
    let again = id(&anna.call("POST", &format!("/api/tasks/{task}/repeat"), &[], b""));
    let page = anna.get("/api/tasks?limit=1").json();
    assert_eq!(page["tasks"][0]["task_id"], json!(again));
    let next = page["next"].as_str().unwrap();
    assert_eq!(anna.get(&format!("/api/tasks?limit=1&before={next}")).json()["tasks"][0]["task_id"], json!(task));
    let by_key = server.call("GET", "/api/tasks", &[("X-API-Key", text)], b"").json();
    assert_eq!(by_key["tasks"].as_array().unwrap().len(), 2);
    assert_eq!(other.get("/api/tasks").json()["tasks"], json!([]));
    assert_eq!(other.call("POST", &format!("/api/tasks/{task}/repeat"), &[], b"").status, 401);

    let account = anna.get("/api/account").json();
    assert_eq!((&account["exports"], &account["limit"], &account["remaining"]), (&json!(2), &json!(10), &json!(8)));
    assert_eq!(account["days"].as_array().unwrap().len(), 30);
    assert_eq!(account["days"][29]["exports"], json!(2));
    assert_eq!(account["plans"], "write to maps@example.org");

    let id = key["id"].as_i64().unwrap();
    assert_eq!(anna.post(&format!("/api/keys/{id}"), &json!({ "name": "better" })).status, 200);
    let rotated = anna.call("POST", &format!("/api/keys/{id}/rotate"), &[], b"").json();
    assert_eq!((&rotated["id"], &rotated["name"]), (&json!(id), &json!("better")));
    let usage = |key: &str| server.call("GET", "/api/usage", &[("X-API-Key", key)], b"");
    assert_eq!(usage(text).status, 401, "the old one is good no longer");
    assert_eq!(usage(rotated["key"].as_str().unwrap()).json()["exports"], json!(2), "use stays");
    for (method, path) in [("POST", format!("/api/keys/{id}/rotate")), ("DELETE", format!("/api/keys/{id}"))] {
        assert_eq!(other.call(method, &path, &[], b"").status, 404, "somebody else's key is not there");
    }
    assert_eq!(anna.call("DELETE", &format!("/api/keys/{id}"), &[], b"").status, 204);
    assert_eq!(usage(rotated["key"].as_str().unwrap()).status, 401);
    assert_eq!(anna.get("/api/keys").json()["keys"], json!([]));

    let data = anna.get("/api/account/data");
    let all = data.json();
    assert!(data.header("content-disposition").starts_with("attachment"));
    assert_eq!(all["tasks"].as_array().unwrap().len(), 2);
    let deeds: Vec<_> = all["log"].as_array().unwrap().iter().map(|deed| deed["event"].as_str().unwrap()).collect();
    let order = ["key_revoked", "key_rotated", "key_renamed", "key_created", "sign_in", "verified", "sign_up"];
    assert_eq!(deeds, order);
    assert!(!data.text().contains(text) && !data.text().contains("argon2"), "secrets are no data");

    let wrong = anna.call("DELETE", "/api/account", &[], br#"{"password": "something else"}"#);
    assert_eq!((wrong.status, &wrong.json()["field"]), (400, &json!("password")));
    let proof = json!({ "password": PASSWORD }).to_string();
    assert_eq!(anna.call("DELETE", "/api/account", &[], proof.as_bytes()).status, 204);
    assert_eq!(anna.get("/api/account").status, 401);
    assert_eq!(anna.post("/api/auth/login", &json!({ "email": "anna@example.org", "password": PASSWORD })).status, 401);
    assert_eq!(server.call("GET", &format!("/api/status/{task}"), &[("X-API-Key", &server.key)], b"").status, 404);
    assert!(!server.said().contains(PASSWORD) && !server.said().contains(text));
}

#[test]
fn nobody_learns_who_has_an_account() {
    let server = start("enumeration", &[("ACCOUNTS_TRIES_AN_HOUR", "1000"), ("ACCOUNTS_LETTERS_AN_HOUR", "1000")], &[]);
    let mut anna = Person::member(&server, "anna@example.org");
    // Everything but what belongs to the moment.
    let told = |answer: &super::Answer| {
        let names: Vec<_> = answer.headers.keys().map(|name| name.to_string()).collect();
        (answer.status, answer.text(), names)
    };
    let hashes = || {
        let text = server.get("/metrics").text();
        text.lines()
            .find_map(|line| line.strip_prefix("mapwright_password_hashes_total "))
            .unwrap()
            .parse::<u64>()
            .unwrap()
    };
    for (path, more, hashed) in [
        ("/api/auth/login", json!({ "password": "not the one it is" }), 1),
        ("/api/auth/register", json!({ "password": "another long password" }), 1),
        ("/api/auth/reset", json!({}), 0),
    ] {
        let answers = ["anna@example.org", "nobody@example.org"].map(|email| {
            let mut body = more.clone();
            body["email"] = json!(email);
            let before = hashes();
            let answer = told(&Person::new(&server).post(path, &body));
            // That is nearly all of the time it takes; what is written down and sent comes after the answer.
            assert_eq!(hashes() - before, hashed, "{path} {email}");
            answer
        });
        assert_eq!(answers[0], answers[1], "{path}");
    }
    // The owner hears of it, and the password stays.
    let known = |letter: &String| letter.contains("You have an account already");
    while !letters(&server, "anna@example.org").iter().any(known) {
        std::thread::sleep(std::time::Duration::from_millis(30));
    }
    anna.sign_in("anna@example.org", PASSWORD);
}

#[test]
fn writes_want_what_other_pages_cannot_know() {
    let server = start("csrf", &[], &[]);
    let mut anna = Person::member(&server, "anna@example.org");
    let mut other = Person::member(&server, "other@example.org");
    let body = br#"{"name": "x"}"#;
    let (own, foreign) = (anna.csrf.clone(), other.csrf.clone());
    for (headers, code) in [
        (vec![("X-CSRF-Token", "")], "csrf"),
        (vec![("X-CSRF-Token", foreign.as_str())], "csrf"),
        (vec![("X-CSRF-Token", own.as_str()), ("Origin", "https://evil.example")], "origin"),
        (vec![("X-CSRF-Token", own.as_str()), ("Origin", "null")], "origin"),
    ] {
        let answer = anna.call("POST", "/api/keys", &headers, body);
        assert_eq!((answer.status, &answer.json()["code"]), (403, &json!(code)), "{headers:?}");
        assert_eq!(answer.header("access-control-allow-origin"), "", "no other origin may read it");
    }
    assert_eq!(anna.call("POST", "/api/keys", &[("Origin", URL)], body).status, 201);
    // Forms of other pages send no JSON.
    let form = [("Content-Type", "text/plain")];
    let login = json!({ "email": "anna@example.org", "password": PASSWORD }).to_string();
    assert_eq!(server.call("POST", "/api/auth/login", &form, login.as_bytes()).status, 415);
    let foreign = [("Content-Type", "application/json"), ("Origin", "https://evil.example")];
    assert_eq!(server.call("POST", "/api/auth/login", &foreign, login.as_bytes()).status, 403);
    for (method, path) in [("DELETE", "/api/account"), ("POST", "/api/auth/logout"), ("POST", "/api/keys/1/rotate")] {
        let answer = anna.call(method, path, &[("X-CSRF-Token", "00")], b"{}");
        assert_eq!(answer.status, 403, "{method} {path}");
    }
    assert_eq!(other.call("POST", "/api/auth/logout", &[], b"").status, 204);
}

#[test]
fn sessions_are_fresh_and_end() {
    let server = start("sessions", &[], &[]);
    let mut anna = Person::member(&server, "anna@example.org");
    let first = anna.cookie("session").unwrap().to_owned();
    // A session that somebody planted is not the one that is signed in.
    let mut fixed = Person::new(&server);
    fixed.cookies.push(("session".into(), "00".repeat(32)));
    fixed.sign_in("anna@example.org", PASSWORD);
    assert_ne!(fixed.cookie("session").unwrap(), "00".repeat(32));
    anna.sign_in("anna@example.org", PASSWORD);
    assert_ne!(anna.cookie("session").unwrap(), first);
    let with = |secret: &str| {
        let mut thief = Person::new(&server);
        thief.cookies.push(("session".into(), secret.to_owned()));
        thief.get("/api/account").status
    };
    assert_eq!(with(&first), 401, "signing in again ends the session before");
    let stolen = anna.cookie("session").unwrap().to_owned();
    assert_eq!(with(&stolen), 200);
    anna.call("POST", "/api/auth/logout", &[], b"");
    assert_eq!((with(&stolen), anna.cookie("session")), (401, None));
    for guess in ["", "x", "' OR 1=1 --", &"f".repeat(100_000)[..60_000]] {
        assert_eq!(with(guess), 401);
    }
    // Another password ends all of them.
    anna.sign_in("anna@example.org", PASSWORD);
    assert_eq!(anna.post("/api/auth/reset", &json!({ "email": "anna@example.org" })).status, 202);
    let secret = token(&server, "anna@example.org", "reset");
    let weak = anna.post("/api/auth/reset", &json!({ "token": secret, "password": "short" }));
    assert_eq!((weak.status, &weak.json()["field"]), (400, &json!("password")));
    let fresh = json!({ "token": secret, "password": "another long password" });
    assert_eq!(anna.post("/api/auth/reset", &fresh).status, 200, "a weak one did not use the link up");
    assert_eq!(anna.post("/api/auth/reset", &fresh).status, 400);
    assert_eq!((anna.get("/api/account").status, fixed.get("/api/account").status), (401, 401));
    anna.sign_in("anna@example.org", "another long password");
    // And time does.
    super::base::sql(&server.folder, "UPDATE session SET expires_at = 1");
    assert_eq!(anna.get("/api/account").status, 401);
    anna.post("/api/auth/reset", &json!({ "email": "anna@example.org" }));
    let late = token(&server, "anna@example.org", "reset");
    super::base::sql(&server.folder, "UPDATE letter SET expires_at = 1");
    let late = anna.post("/api/auth/reset", &json!({ "token": late, "password": "yet another password" }));
    assert_eq!(late.status, 400);
}

#[test]
fn who_tries_too_often_waits() {
    let server = start("tries", &[("ACCOUNTS_TRIES_AN_HOUR", "4"), ("ACCOUNTS_LETTERS_AN_HOUR", "2")], &[]);
    Person::member(&server, "anna@example.org");
    let login = |email: &str, password: &str| {
        Person::new(&server).post("/api/auth/login", &json!({ "email": email, "password": password }))
    };
    let statuses = |email: &str| -> Vec<u16> { (0..5).map(|_| login(email, "wrong").status).collect() };
    assert_eq!(statuses("anna@example.org"), [401, 401, 401, 401, 429]);
    assert_eq!(statuses("nobody@example.org"), [401, 401, 401, 401, 429], "the same of one that is not there");
    let locked = login("anna@example.org", PASSWORD);
    assert_eq!((locked.status, &locked.json()["code"]), (429, &json!("too_many")));
    assert!((1..=900).contains(&locked.header("retry-after").parse::<u32>().unwrap()));
    for _ in 0..3 {
        Person::new(&server).post("/api/auth/reset", &json!({ "email": "anna@example.org" }));
    }
    // One of the two letters was that of the sign-up.
    token(&server, "anna@example.org", "reset");
    std::thread::sleep(std::time::Duration::from_millis(300));
    assert_eq!(letters(&server, "anna@example.org").len(), 2);
    let few =
        start("sign-ups", &[("ACCOUNTS_SIGN_UPS_AN_HOUR", "2"), ("ACCOUNTS_DISPOSABLE", r#"["trash.example"]"#)], &[]);
    let sign_up = |email: &str| {
        Person::new(&few).post("/api/auth/register", &json!({ "email": email, "password": PASSWORD })).status
    };
    assert_eq!(sign_up("a@sub.trash.example"), 400);
    assert_eq!(["a@x.org", "b@x.org", "c@x.org"].map(sign_up), [202, 202, 429]);
    let fields = |email: &str, password: &str| {
        let answer = Person::new(&few).post("/api/auth/register", &json!({ "email": email, "password": password }));
        answer.json()["field"].as_str().unwrap_or_default().to_owned()
    };
    assert_eq!(fields("no address", PASSWORD), "email");
    assert_eq!(fields("x@example.org\r\nBcc: y@example.org", PASSWORD), "email");
    assert_eq!(fields("x@example.org", "short"), "password");
}

#[test]
fn an_account_has_one_day_whatever_its_keys() {
    let folder = folder("one-day");
    let limits = r#"{"exports_a_day": 2, "square_km": 25}"#;
    let server = start_in(&folder, &[("TIERS_FREE", limits)], &[]);
    let mut anna = Person::member(&server, "anna@example.org");
    let keys = [anna.key("one"), anna.key("two")].map(|row| row["key"].as_str().unwrap().to_owned());
    let render = |key: &str| server.render(key, &small(r#"["svg"]"#)).status;
    assert_eq!([render(&keys[0]), render(&keys[1]), render(&keys[0]), render(&keys[1])], [202, 202, 402, 402]);
    let users = |args: &[&str]| {
        let done = on(&folder, &[&["users"], args].concat()).output().unwrap();
        (done.status.success(), String::from_utf8(done.stdout).unwrap())
    };
    let (set, line) = users(&["set-tier", "anna@example.org", "pro"]);
    assert!(set && line.contains("anna@example.org\tpro\tuser\t") && line.ends_with("\tgood\n"), "{line}");
    assert_eq!((render(&keys[0]), render(&keys[1])), (202, 202), "the tier is the account's");
    assert!(users(&["list", "ANNA"]).1.contains("anna@example.org"));
    assert_eq!(users(&["list", "nobody"]).1, "");
    assert!(
        !users(&["set-tier", "nobody@example.org", "pro"]).0 && !users(&["set-tier", "anna@example.org", "gold"]).0
    );
    assert!(users(&["disable", "anna@example.org"]).0);
    assert_eq!((render(&keys[0]), anna.get("/api/account").status), (401, 401));
    let login = json!({ "email": "anna@example.org", "password": PASSWORD });
    assert_eq!(Person::new(&server).post("/api/auth/login", &login).status, 401);
    assert!(users(&["enable", "anna@example.org"]).0);
    assert_eq!(render(&keys[0]), 202);
    anna.sign_in("anna@example.org", PASSWORD);
    for _ in 2..20 {
        anna.key("more");
    }
    // What axum itself refuses has the form of all errors, too.
    for (path, body) in [("/api/keys/x", "{}"), ("/api/keys", "{")] {
        let answer = anna.call("POST", path, &[], body.as_bytes());
        assert_eq!((answer.status, answer.header("content-type")), (400, "application/problem+json"), "{path} {body}");
    }
    let many = anna.post("/api/keys", &json!({}));
    assert_eq!((many.status, &many.json()["code"]), (409, &json!("keys")));
}

#[test]
fn operators_see_and_stop() {
    let folder = folder("operators");
    let server = start_in(&folder, &[], &[]);
    let mut anna = Person::member(&server, "anna@example.org");
    let mut boss = Person::member(&server, "boss@example.org");
    for path in ["/api/admin", "/api/admin/accounts", "/api/admin/accounts/1"] {
        assert_eq!((anna.get(path).status, Person::new(&server).get(path).status), (404, 401));
    }
    let mut set = on(&folder, &["users", "set-role", "boss@example.org", "admin"]);
    assert!(set.status().unwrap().success());
    let key = anna.key("plots");
    let text = key["key"].as_str().unwrap();
    id(&server.render(text, &small(r#"["svg"]"#)));
    let overview = boss.get("/api/admin").json();
    assert_eq!(overview["tiers"], json!([{ "tier": "free", "accounts": 2, "exports": 1 }]));
    let found = boss.get("/api/admin/accounts?search=anna").json();
    let row = &found["accounts"][0];
    assert_eq!(
        (&row["email"], &row["exports"], found["accounts"].as_array().unwrap().len()),
        (&json!("anna@example.org"), &json!(1), 1)
    );
    let id = row["id"].as_i64().unwrap();
    let one = boss.get(&format!("/api/admin/accounts/{id}")).json();
    assert_eq!(one["keys"][0]["name"], "plots");
    assert!(one.to_string().contains("key_created") && !one.to_string().contains(text));
    assert_eq!(boss.post(&format!("/api/admin/accounts/{id}"), &json!({ "tier": "basic" })).status, 204);
    assert_eq!(anna.get("/api/account").json()["tier"], "basic");
    let bad = boss.post(&format!("/api/admin/accounts/{id}"), &json!({ "tier": "gold" }));
    assert_eq!((bad.status, &bad.json()["field"]), (400, &json!("tier")));
    let number = key["id"].as_i64().unwrap();
    assert_eq!(anna.call("DELETE", &format!("/api/admin/keys/{number}"), &[], b"").status, 404);
    assert_eq!(boss.call("DELETE", &format!("/api/admin/keys/{number}"), &[("X-CSRF-Token", "")], b"").status, 403);
    assert_eq!(boss.call("DELETE", &format!("/api/admin/keys/{number}"), &[], b"").status, 204);
    assert_eq!(server.render(text, &small(r#"["svg"]"#)).status, 401);
    assert_eq!(boss.post(&format!("/api/admin/accounts/{id}"), &json!({ "disabled": true })).status, 204);
    assert_eq!(anna.get("/api/account").status, 401);
}

#[test]
fn without_accounts_there_is_nothing_of_them() {
    let server = super::start("no-accounts", &[]);
    assert_eq!(server.get("/api/auth").json()["accounts"], json!(false));
    let json = [("Content-Type", "application/json")];
    for path in ["/api/auth/login", "/api/auth/register", "/api/keys", "/api/tasks/0/repeat"] {
        let answer = server.call("POST", path, &json, b"{}");
        assert_eq!((answer.status, &answer.json()["code"]), (404, &json!("not_found")), "{path}");
    }
    assert_eq!(server.get("/api/account").status, 404);
    assert_eq!(server.get("/api/tasks").status, 401);
    assert_eq!(server.call("GET", "/api/tasks", &[("X-API-Key", &server.key)], b"").json()["tasks"], json!([]));
}

#[test]
fn whoever_confirms_an_address_has_their_own_password() {
    let server = start("two-sign-ups", &[], &[]);
    let sign_up = |password: &str| {
        let body = json!({ "email": "anna@example.org", "password": password });
        assert_eq!(Person::new(&server).post("/api/auth/register", &body).status, 202);
    };
    let mails = |count: usize| {
        while letters(&server, "anna@example.org").len() < count {
            std::thread::sleep(std::time::Duration::from_millis(30));
        }
    };
    let login = |password: &str| {
        let body = json!({ "email": "anna@example.org", "password": password });
        Person::new(&server).post("/api/auth/login", &body).status
    };
    // Somebody signs up with the address before, and after.
    sign_up("somebody else before");
    mails(1);
    sign_up(PASSWORD);
    mails(2);
    let hers = token(&server, "anna@example.org", "verify");
    sign_up("somebody else after");
    mails(3);
    assert_eq!(Person::new(&server).post("/api/auth/verify", &json!({ "token": hers })).status, 200);
    assert_eq!([PASSWORD, "somebody else before", "somebody else after"].map(login), [200, 401, 401]);
    // The other letters are worth nothing now.
    let last = token(&server, "anna@example.org", "verify");
    assert_eq!(Person::new(&server).post("/api/auth/verify", &json!({ "token": last })).status, 400);
    assert_eq!(login(PASSWORD), 200);
}
