//! Keys, plans, days.

use super::{id, small, start};

#[test]
fn keys_are_checked() {
    let server = start("keys", &[]);
    assert!(server.key.starts_with("ocd_") && server.key.len() == 34, "{}", server.key);
    let body = small(r#"["svg"]"#);
    let without = server.call("POST", "/api/render", &[("Content-Type", "application/json")], body.as_bytes());
    assert_eq!((without.status, without.json()["code"].as_str().unwrap()), (401, "key"));
    for wrong in ["", "x", "ocd_", "ocd_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", &server.key.to_uppercase()] {
        assert_eq!(server.render(wrong, &body).status, 401, "{wrong}");
    }
    let other = server.new_key("pro");
    let task = id(&server.render(&other, &body));
    let mine = |key: &str| server.call("GET", &format!("/api/status/{task}"), &[("X-API-Key", key)], b"").status;
    assert_eq!((mine(&other), mine(&server.key)), (200, 404));
    server.over(&task);
    let revoked = super::program()
        .args(["keys", "revoke", "pro", "--data-dir"])
        .arg(server.folder.join("data"))
        .output()
        .unwrap();
    assert!(revoked.status.success());
    assert_eq!(server.render(&other, &body).status, 401);
    let list = super::program().args(["keys", "list", "--data-dir"]).arg(server.folder.join("data")).output().unwrap();
    let list = String::from_utf8(list.stdout).unwrap();
    assert!(list.contains("revoked") && list.contains("local") && !list.contains(&server.key), "{list}");
    // Neither the file nor its log holds a key.
    for file in ["mapwright.sqlite", "mapwright.sqlite-wal"] {
        let bytes = std::fs::read(server.folder.join("data").join(file)).unwrap_or_default();
        let holds = |key: &str| bytes.windows(key.len()).any(|part| part == key.as_bytes());
        assert!(!holds(&server.key) && !holds(&other), "{file}");
    }
}

#[test]
fn plans_say_what_would_do() {
    let server = start("plans", &[]);
    let free = server.new_key("free");
    let large = r#"{"bbox": [24.9, 60.1, 25.1, 60.2], "formats": ["svg"]}"#;
    let answer = server.render(&free, large);
    let problem = answer.json();
    assert_eq!((answer.status, &problem["tier"], &problem["limit"]), (402, &"pro".into(), &25.0.into()), "{problem}");
    assert!((problem["used"].as_f64().unwrap() - 123.4).abs() < 1.0, "{problem}");
    let world = server.render(&server.key, r#"{"bbox": [-180, -85, 180, 85], "formats": ["svg"]}"#);
    assert_eq!((world.status, world.json()["field"].as_str().unwrap()), (400, "bbox"));
    for number in 0..10 {
        assert_eq!(server.render(&free, &small(r#"["svg"]"#)).status, 202, "export {number}");
    }
    let eleventh = server.render(&free, &small(r#"["svg"]"#));
    assert_eq!(
        (eleventh.status, &eleventh.json()["used"], &eleventh.json()["tier"]),
        (402, &10.into(), &"basic".into())
    );
    let usage = server.call("GET", "/api/usage", &[("X-API-Key", &free)], b"");
    assert_eq!((&usage.json()["exports"], &usage.json()["limit"]), (&10.into(), &10.into()));
    assert!(usage.header("ratelimit").contains("r=0"));
}

#[test]
fn every_answer_to_a_key_says_what_is_left() {
    let server = start("left", &[]);
    let free = server.new_key("free");
    let numbers = |text: &str, name: &str| -> Vec<i64> {
        let item = text.split(", ").find(|item| item.starts_with(&format!("\"{name}\""))).unwrap_or_default();
        item.split(';').skip(1).map(|pair| pair.split_once('=').unwrap().1.parse().unwrap()).collect()
    };
    let made = server.render(&free, &small(r#"["svg"]"#));
    assert_eq!(made.header("ratelimit-policy"), r#""render";q=20;w=4, "day";q=10;w=86400"#);
    assert_eq!((numbers(made.header("ratelimit"), "render")[0], numbers(made.header("ratelimit"), "day")[0]), (19, 9));
    let task = id(&made);
    let key = [("X-API-Key", free.as_str())];
    for path in [
        format!("/api/status/{task}"),
        format!("/api/download/{task}/pdf"),
        format!("/api/status/{}", "0".repeat(32)),
        "/api/formats".to_owned(),
        "/api/usage".to_owned(),
        "/api/nothing".to_owned(),
    ] {
        let answer = server.call("GET", &path, &key, b"");
        assert_eq!(answer.header("ratelimit-policy"), r#""read";q=200;w=2, "day";q=10;w=86400"#, "{path}");
        assert_eq!(numbers(answer.header("ratelimit"), "day")[0], 9, "{path}");
        assert!(answer.header("access-control-expose-headers").contains("ratelimit"), "{path}");
    }
    // Nobody's calls and those of an unknown key have no allowance; an unlimited plan has no day.
    assert_eq!(server.get("/api/formats").header("ratelimit"), "");
    let without = server.call("GET", "/api/usage", &[("X-API-Key", &server.key)], b"");
    assert_eq!(without.header("ratelimit-policy"), r#""read";q=200;w=2"#);
}

#[test]
fn what_fails_without_fault_of_the_request_is_given_back() {
    let server = start("refund", &["--workers", "1"]);
    let free = server.new_key("free");
    let used = || server.call("GET", "/api/usage", &[("X-API-Key", &free)], b"").json()["exports"].as_i64().unwrap();
    // Keeps the only worker busy.
    server.render(
        &server.key,
        r#"{"bbox": [24.93, 60.163, 24.955, 60.178], "formats": ["png"], "config": {"page": {"dpi": 300}}}"#,
    );
    let waiting = id(&server.render(&free, &small(r#"["svg"]"#)));
    assert_eq!(used(), 1);
    let state = server.call("DELETE", &format!("/api/render/{waiting}"), &[("X-API-Key", &free)], b"").json();
    assert_eq!((&state["status"], used()), (&"cancelled".into(), if state["started_at"].is_null() { 0 } else { 1 }));
}

#[test]
fn calls_that_come_too_fast_are_told_when_to_come_again() {
    let server = start("fast", &[]);
    let key = server.new_key("pro");
    let answers: Vec<_> = (0..60).map(|_| server.render(&key, "{")).collect();
    assert!(answers.iter().take(5).all(|answer| answer.status == 400));
    let refused = answers.iter().find(|answer| answer.status == 429).expect("60 calls at once pass");
    assert_eq!((refused.header("retry-after"), refused.json()["code"].as_str().unwrap()), ("1", "too_many"));
    assert_eq!(server.render(&server.key, "{").status, 400, "another key is not held up");
}
