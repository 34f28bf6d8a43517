//! The three calls, as clients know them.

use super::{id, small, start, with};

#[test]
fn an_export_goes_from_202_to_its_files() {
    let server = start("export", &[]);
    let answer = server.render(&server.key, &small(r#"["svg", "geojson"]"#));
    let task = id(&answer);
    assert_eq!(answer.header("location"), format!("/api/status/{task}"));
    let body = answer.json();
    assert_eq!((body["status"].as_str(), body["progress"].as_i64()), (Some("queued"), Some(0)));
    assert_eq!(task.len(), 32);
    let state = server.over(&task);
    assert_eq!(state["status"], "completed", "{state}");
    assert_eq!((state["progress"].as_i64(), &state["error"]), (Some(100), &serde_json::Value::Null));
    for (place, format) in ["svg", "geojson"].into_iter().enumerate() {
        let row = &state["files"][place];
        assert_eq!(row["format"], format);
        let file = server.get(row["url"].as_str().unwrap());
        assert_eq!(file.status, 200);
        assert_eq!(body["downloads"][format], row["url"]);
        assert_eq!(file.bytes.len() as i64, row["size"].as_i64().unwrap());
        assert_eq!(file.header("content-length"), file.bytes.len().to_string());
        assert_eq!(file.header("content-type"), row["mime"].as_str().unwrap());
        assert!(file.header("content-disposition").starts_with("attachment; filename=\"map."));
        assert_eq!(file.header("x-content-type-options"), "nosniff");
        assert!(file.header("content-security-policy").starts_with("sandbox"));
        assert!(file.text().contains("OpenStreetMap contributors"));
        let part = server.call("GET", row["url"].as_str().unwrap(), &[("Range", "bytes=5-14")], b"");
        assert_eq!((part.status, &part.bytes[..]), (206, &file.bytes[5..15]));
        let etag = file.header("etag").to_owned();
        assert_eq!(server.call("GET", row["url"].as_str().unwrap(), &[("If-None-Match", &etag)], b"").status, 304);
    }
    assert_eq!(server.get(&format!("/api/download/{task}/pdf")).status, 404);
    assert_eq!(server.get(&format!("/api/download/{task}")).status, 404);
}

#[test]
fn waiting_gives_the_file_itself() {
    let server = start("wait", &[]);
    let headers = [("X-API-Key", server.key.as_str()), ("Content-Type", "application/json"), ("Prefer", "wait=60")];
    let answer = server.call("POST", "/api/render", &headers, small(r#"["png"]"#).as_bytes());
    assert_eq!((answer.status, answer.header("content-type")), (200, "image/png"));
    assert_eq!(answer.header("preference-applied"), "wait=60");
    assert!(answer.bytes.starts_with(b"\x89PNG"));
}

#[test]
fn wrong_parameters_are_named() {
    let server = start("wrong", &[]);
    let with = |more: &str| with(&small(r#"["svg"]"#), more);
    for (body, field) in [
        ("{".to_owned(), "request"),
        ("[]".to_owned(), "request"),
        (r#"{"formats": ["svg"]}"#.to_owned(), "bbox"),
        (small(r#"["nothing"]"#), "formats"),
        (small("[]"), "formats"),
        (small(r#"["svg","pdf","png","geojson","svg","pdf"]"#), "formats"),
        (with(r#""map_stile": "default""#), "map_stile"),
        (with(r#""config": {"crs": "EPSG:1"}"#), "crs"),
        (with(r#""config": {"layer": ["roads"]}"#), "layer"),
        (with(r#""detail_level": 3, "config": {"detail_level": 4}"#), "detail_level"),
        (with(r#""detail_level": 9"#), "detail_level"),
        (with(r#""config": {"filter": {"name": "x"}}"#), "filter.name"),
        (with(r#""filter": true"#), "filter"),
        (with(r#""map_style": "nothing""#), "map_style"),
        (with(r#""config": {"page": {"size": "A4", "margin": 200}}"#), "page.margin"),
        (with(r#""config": []"#), "config"),
        (
            r#"{"bbox": {"min_lon": 1e400, "min_lat": 0, "max_lon": 1, "max_lat": 1}, "formats": ["svg"]}"#.to_owned(),
            "request",
        ),
        (
            r#"{"bbox": {"min_lon": 2, "min_lat": 3, "max_lon": 4, "max_lat": 1}, "formats": ["svg"]}"#.to_owned(),
            "bbox",
        ),
        (
            r#"{"bbox": {"min_lon": 2e9, "min_lat": 3, "max_lon": 4, "max_lat": 1}, "formats": ["svg"]}"#.to_owned(),
            "bbox",
        ),
    ] {
        let answer = server.render(&server.key, &body);
        assert_eq!(answer.status, 400, "{body}: {}", answer.text());
        assert_eq!(answer.header("content-type"), "application/problem+json");
        let problem = answer.json();
        assert_eq!(problem["field"], field, "{body}: {problem}");
        assert_eq!(problem["error"], problem["detail"]);
        assert_eq!(problem["status"], 400);
    }
    let text = server.call("POST", "/api/render", &[("X-API-Key", &server.key), ("Content-Type", "text/plain")], b"{}");
    assert_eq!((text.status, text.json()["code"].as_str().unwrap()), (415, "not_json"));
    let huge = server.render(&server.key, &" ".repeat(2 << 20));
    assert_eq!((huge.status, huge.json()["code"].as_str().unwrap()), (413, "too_large"));
    assert_eq!(server.get("/api/nothing").json()["code"], "not_found");
    assert_eq!(server.get("/api/render").status, 405);
}

#[test]
fn equal_calls_with_one_idempotency_key_are_one_task() {
    let server = start("idempotency", &[]);
    let call = |word: &str, body: &str| {
        let headers =
            [("X-API-Key", server.key.as_str()), ("Content-Type", "application/json"), ("Idempotency-Key", word)];
        server.call("POST", "/api/render", &headers, body.as_bytes())
    };
    let first = id(&call("a", &small(r#"["svg"]"#)));
    assert_eq!(id(&call("a", &small(r#"["svg"]"#))), first);
    assert_ne!(id(&call("b", &small(r#"["svg"]"#))), first);
    let other = call("a", &small(r#"["pdf"]"#));
    assert_eq!((other.status, other.json()["code"].as_str().unwrap()), (422, "idempotency"));
}

#[test]
fn a_task_can_be_cancelled_once() {
    let server = start("cancel", &["--workers", "1"]);
    let key = [("X-API-Key", server.key.as_str())];
    // The first keeps the only worker busy while the second waits.
    let first = id(&server.render(&server.key, r#"{"bbox": [24.93, 60.163, 24.955, 60.178], "formats": ["png", "pdf", "svg"], "config": {"page": {"dpi": 300}}}"#));
    let second = id(&server.render(&server.key, &small(r#"["svg"]"#)));
    let state = server.get(&format!("/api/status/{second}"));
    assert!(state.json()["status"] == "completed" || !state.header("retry-after").is_empty());
    let gone = server.call("DELETE", &format!("/api/render/{second}"), &key, b"");
    assert_eq!((gone.status, gone.json()["status"].as_str().unwrap()), (200, "cancelled"), "{}", gone.text());
    assert_eq!(server.call("DELETE", &format!("/api/render/{second}"), &key, b"").status, 409);
    assert_eq!(server.get(&format!("/api/download/{second}/svg")).status, 409);
    assert_eq!(server.call("DELETE", &format!("/api/render/{first}"), &key, b"").status, 200);
    assert_eq!(server.over(&first)["status"], "cancelled");
    assert_eq!(server.call("DELETE", "/api/render/0123", &key, b"").status, 404);
}

#[test]
fn lists_and_health_need_no_key() {
    let server = start("lists", &[]);
    let formats = server.get("/api/formats").json();
    assert!(formats.as_array().unwrap().iter().any(|row| row["id"] == "svg" && row["tier"] == "free"));
    assert!(server.get("/api/styles").json().as_array().unwrap().iter().any(|row| row["id"] == "default"));
    assert!(server.get("/api/layers").json().as_array().unwrap().iter().any(|row| row["id"] == "roads"));
    let document = server.get("/api/openapi.json").json();
    assert!(document["components"]["schemas"]["Format"]["enum"].as_array().unwrap().contains(&"svg".into()));
    assert!(server.get("/api/docs").text().contains("POST /api/render"));
    assert_eq!((server.get("/livez").status, server.get("/readyz").status), (200, 200));
    assert!(server.get("/metrics").text().contains("mapwright_answers_total{status=\"2xx\"}"));
    let cors = [
        ("Origin", "https://elsewhere.example"),
        ("Access-Control-Request-Method", "POST"),
        ("Access-Control-Request-Headers", "x-api-key,content-type"),
    ];
    let preflight = server.call("OPTIONS", "/api/render", &cors, b"");
    assert_eq!((preflight.status, preflight.header("access-control-allow-origin")), (200, "*"));
    assert!(preflight.header("access-control-allow-headers").contains("x-api-key"));
    assert_eq!(preflight.header("access-control-allow-credentials"), "");
}
