//! Keys, tiers, days.

use super::{base, id, on, small, start};

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
    let revoked = on(&server.folder, &["keys", "revoke", "pro"]).output().unwrap();
    assert!(revoked.status.success());
    assert_eq!(server.render(&other, &body).status, 401);
    let list = on(&server.folder, &["keys", "list"]).output().unwrap();
    let list = String::from_utf8(list.stdout).unwrap();
    assert!(list.contains("revoked") && list.contains("local") && !list.contains(&server.key), "{list}");
    // Nothing that is kept holds a key; it holds what keys are known by.
    let holds = |text: &str| base::holds(&server.folder, text);
    assert!(!holds(&server.key) && !holds(&other) && holds(&other[..10]));
}

#[test]
fn tiers_say_what_would_do() {
    let server = start("tiers", &[]);
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
    // Nobody's calls and those of an unknown key have no allowance; an unlimited tier has no day.
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

/// A box of 0.01 km² in Helsinki.
const TINY: &str = "[24.94, 60.17, 24.9418, 60.1709]";

#[test]
fn a_tier_bounds_what_a_sheet_shows() {
    let server = start("ground", &[]);
    let free = server.new_key("free");
    let page = r#""page": {"size": [5000, 5000], "scale": 10000}"#;
    for (format, expected) in [("svg", 2480.0), ("png", 2480.0)] {
        let body = format!(r#"{{"bbox": {TINY}, "formats": ["{format}"], {page}}}"#);
        let answer = server.render(&free, &body);
        let problem = answer.json();
        assert_eq!((answer.status, &problem["field"], &problem["tier"]), (402, &"page".into(), &"enterprise".into()));
        assert!((problem["used"].as_f64().unwrap() / expected - 1.0).abs() < 0.02, "{problem}");
    }
    // Models are laid out on the same sheet, and a strip across a strip is a large box.
    let pro = server.new_key("pro");
    for (format, page, field) in [
        ("dxf", page, "page"),
        ("glb", page, "page"),
        ("svg", r#""page": {"size": [10, 5000], "margin": 0, "orientation": "portrait", "scale": 20000}"#, "page"),
    ] {
        let bbox = if format == "svg" { "[24.4, 60.17, 25.4, 60.1709]" } else { TINY };
        let answer = server.render(&pro, &format!(r#"{{"bbox": {bbox}, "formats": ["{format}"], {page}}}"#));
        assert_eq!((answer.status, &answer.json()["field"]), (402, &field.into()), "{format}: {}", answer.text());
    }
    // Data formats have no sheet.
    let body = format!(r#"{{"bbox": {TINY}, "formats": ["geojson"], {page}}}"#);
    assert_eq!(server.render(&free, &body).status, 202);
    let usual = format!(r#"{{"bbox": {TINY}, "formats": ["svg"], "page": {{"size": "A4", "scale": 10000}}}}"#);
    assert_eq!(server.render(&free, &usual).status, 202);
}

#[test]
fn what_no_source_has_is_refused_at_once() {
    let server = start("nowhere", &[]);
    let far = server.render(&server.key, r#"{"bbox": [13.37, 52.5, 13.38, 52.51], "formats": ["csv"]}"#);
    assert_eq!((far.status, &far.json()["field"]), (400, &"bbox".into()), "{}", far.text());
    let unknown = format!(r#"{{"bbox": {TINY}, "formats": ["csv"], "area": {{"relation": 999999999}}}}"#);
    let unknown = server.render(&server.key, &unknown);
    assert_eq!((unknown.status, &unknown.json()["field"]), (400, &"area.relation".into()), "{}", unknown.text());
    let free = server.new_key("free");
    let swapped = server.render(&free, r#"{"bbox": [24.9418, 60.17, 24.94, 60.1709], "formats": ["csv"]}"#);
    let problem = swapped.json();
    assert_eq!((swapped.status, &problem["field"]), (402, &"bbox".into()));
    assert!(problem["detail"].as_str().unwrap().contains("swapped"), "{problem}");
    let used = |key: &str| server.call("GET", "/api/usage", &[("X-API-Key", key)], b"").json()["exports"].clone();
    assert_eq!((used(&server.key), used(&free)), (0.into(), 0.into()));
}

#[test]
fn what_a_request_brings_along_is_bounded_by_the_operator() {
    let folder = super::folder("bounded");
    let environment = [("MAPWRIGHT_LIMITS_VERTICES".to_owned(), "100".to_owned())];
    let server = super::try_start(&folder, &[], &environment).unwrap();
    let order = |count: usize| {
        let line: Vec<[f64; 2]> = (0..count).map(|row| [24.94 + row as f64 * 1e-5, 60.17]).collect();
        let overlay = serde_json::json!({"type": "LineString", "coordinates": line});
        let body = format!(r#"{{"bbox": {TINY}, "formats": ["geojson"], "overlays": [{{"data": {overlay}}}]}}"#);
        server.render(&server.key, &body)
    };
    assert_eq!(order(100).status, 202);
    let refused = order(101);
    let problem = refused.json();
    assert_eq!(
        (refused.status, &problem["code"], &problem["field"]),
        (413, &"too_large".into(), &"overlays[0]".into())
    );
    assert!(problem["detail"].as_str().unwrap().contains("101 vertices"), "{problem}");
    // Crossings have the usual limit.
    let mut seed = 9_u64;
    let mut chance = || {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) as f64 / 2_147_483_648.0
    };
    let triangle = |_| {
        let [a, b, c] = [(); 3].map(|()| [24.94 + chance() / 100.0, 60.17 + chance() / 100.0]);
        vec![vec![a, b, c, a]]
    };
    let server = start("triangles", &[]);
    let triangles: Vec<_> = (0..200).map(triangle).collect();
    let area = serde_json::json!({"type": "MultiPolygon", "coordinates": triangles});
    let body = format!(r#"{{"bbox": {TINY}, "formats": ["geojson"], "area": {area}}}"#);
    let refused = server.render(&server.key, &body);
    assert_eq!((refused.status, &refused.json()["field"]), (400, &"area".into()), "{}", refused.text());
}
