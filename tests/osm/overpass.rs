//! Genuine failures of an Overpass server get their right names.

use crate::common::data;
use mapwright::error::Fault;
use mapwright::osm::{self, overpass};
use mapwright::{Error, Request, Watch};

/// What the page would do with an answer: judge it, then read it.
fn judged(name: &str) -> Result<mapwright::osm::Osm, Error> {
    let headers = String::from_utf8(data(&format!("overpass/errors/{name}.headers"))).unwrap();
    let status = headers.split_whitespace().nth(1).and_then(|code| code.parse().ok()).expect("a status line");
    let kind = headers.lines().find_map(|line| line.to_lowercase().strip_prefix("content-type:").map(str::to_owned));
    let body = ["html", "json", "txt"]
        .iter()
        .find_map(|ending| std::fs::read(crate::common::path(&format!("overpass/errors/{name}.{ending}"))).ok())
        .expect("a body");
    match overpass::fault(status, &kind.unwrap_or_default(), &body) {
        Some(fault) => Err(fault),
        None => osm::read(&body, &mut Watch::silent()),
    }
}

#[test]
fn every_recorded_failure_is_named() {
    for (name, code, words) in [
        ("syntax-error", "overpass_refused", "parse error"),
        ("bad-bbox", "overpass_refused", "line"),
        ("south-above-north", "overpass_refused", "line"),
        ("empty-query", "overpass_refused", "whitespace"),
        ("unknown-format", "overpass_refused", "line"),
        ("timeout-no-elements", "overpass_timeout", "timed out"),
        ("timeout-partial", "overpass_timeout", "timed out"),
        ("out-of-memory", "overpass_memory", "memory"),
        ("rate-limit", "overpass_rate_limited", "wait"),
        ("killed", "cut_off", "break off"),
        ("overload", "overpass_busy", "busy"),
        ("dispatcher-down", "overpass_off", "off"),
        ("long-get", "overpass_message", "414"),
    ] {
        let fault = judged(name).expect_err(name);
        assert_eq!(fault.code(), code, "{name}: {fault}");
        assert!(fault.to_string().to_lowercase().contains(words), "{name}: {fault}");
        assert!(!fault.to_string().contains("<strong") && !fault.to_string().contains("&quot;"), "{name}: {fault}");
    }
}

#[test]
fn pages_that_were_saved_as_data_say_what_the_server_said() {
    for (name, code, words) in [
        ("syntax-error", "overpass_message", "parse error"),
        ("overload", "overpass_message", "too busy"),
        ("dispatcher-down", "overpass_message", "dispatcher"),
        ("long-get", "foreign", "414 Request-URI Too Long"),
    ] {
        let page = data(&format!("overpass/errors/{name}.html"));
        let fault = osm::read(&page, &mut Watch::silent()).expect_err(name);
        assert_eq!(fault.code(), code, "{name}: {fault}");
        assert!(fault.to_string().contains(words), "{name}: {fault}");
    }
}

#[test]
fn memory_is_named_in_megabytes() {
    let recorded = judged("out-of-memory").unwrap_err();
    assert!(matches!(recorded, Error::Overpass { fault: Fault::Memory, megabytes: Some(0), .. }), "{recorded:?}");
    let text = "runtime error: Query ran out of memory in \"query\" at line 1. It would need at least 815 MB of RAM to continue.";
    assert!(matches!(overpass::remark(text), Some(Error::Overpass { megabytes: Some(815), .. })));
    assert_eq!(overpass::remark("runtime remark: all is well"), None);
}

#[test]
fn an_empty_answer_is_no_failure() {
    assert_eq!(judged("empty-result").unwrap().node_count(), 0);
}

#[test]
fn status_pages_tell_the_wait() {
    let status =
        |name: &str| overpass::parse_status(&String::from_utf8(data(&format!("overpass/errors/{name}.txt"))).unwrap());
    assert_eq!(status("status").wait_seconds, None);
    let free = status("status-free");
    assert_eq!((free.limit, free.free, free.wait_seconds), (Some(2), Some(1), None));
    assert_eq!(status("status-busy").limit, Some(1));
    let taken = "Rate limit: 2\nSlot available after: 2026-11-21T00:32:33Z, in 42 seconds.\nSlot available after: x, in 7 seconds.\n";
    assert_eq!(overpass::parse_status(taken).wait_seconds, Some(7));
}

#[test]
fn counts_are_read() {
    let mut plain = Vec::new();
    let zipped = data("overpass/monaco-tiny.count.json.gz");
    std::io::Read::read_to_end(&mut flate2::read::GzDecoder::new(&zipped[..]), &mut plain).unwrap();
    let counts = overpass::parse_count(&plain).unwrap();
    assert!(counts.ways == 48 && counts.relations == 7 && counts.bytes > 0, "{counts:?}");
}

#[test]
fn queries_are_as_the_server_wants_them() {
    let request =
        Request::from_json(r#"{"bbox": [7.409205, 43.72335, 7.448637, 43.75169], "area": {"relation": 36990}}"#)
            .unwrap();
    let text = overpass::query(&request, &overpass::Limits::default()).unwrap();
    assert!(text.starts_with("[out:json][timeout:90][maxsize:268435456];"), "{text}");
    assert!(text.contains("nwr(43.72335,7.409205,43.75169,7.448637)->.in;"), "south first: {text}");
    assert!(text.contains("rel(36990)") && text.trim_end().ends_with("out body qt;"), "{text}");
    assert!(overpass::count_query(&request, &overpass::Limits::default()).unwrap().contains("out count"));
    assert_eq!(overpass::form("a b[\"ü\"];"), "data=a+b%5B%22%C3%BC%22%5D%3B");
    let asked = |filter: &str| {
        let json = format!(r#"{{"bbox": [7.4, 43.7, 7.5, 43.8], "filter": {filter}}}"#);
        let request = Request::from_json(&json).unwrap();
        let limits = overpass::Limits { surroundings: true, ..overpass::Limits::default() };
        (overpass::query(&request, &limits).unwrap(), overpass::count_query(&request, &limits).unwrap())
    };
    let (text, count) = asked(r#"{"amenity": ["cafe", "bar"], "name": true, "access": false}"#);
    let conditions = r#"[!"access"]["amenity"~"^(cafe|bar)$"]["name"]"#;
    assert!(text.contains(&format!("nwr{conditions}(43.7,7.4,43.8,7.5)->.in;")), "{text}");
    assert!(count.contains(&format!("nwr{conditions}(43.7,7.4,43.8,7.5);")), "{count}");
    // What such elements need comes along, and what surrounds the box has to fit, too.
    assert!(
        text.contains("rel(bw.hits)[type=multipolygon]") && text.contains("way(r.in)(43.7,7.4,43.8,7.5)"),
        "{text}"
    );
    assert!(text.contains(&format!("rel(pivot.e){conditions}[type=multipolygon]")), "{text}");
    assert!(text.contains(".members;") && text.trim_end().ends_with("out body qt;"), "{text}");
    // Texts stay texts, in conditions and in regular expressions.
    let (text, _) = asked(r#"{"name": ["A\"B\\"], "ref": ["a.b", "c|d (e)"], "x\"](0,0,1,1);nwr[\"y": true}"#);
    let whole = r#"["name"="A\"B\\"]["ref"~"^(a\\.b|c\\|d \\(e\\))$"]["x\"](0,0,1,1);nwr[\"y"](43.7"#;
    assert!(text.contains(whole), "{text}");
    let without = overpass::query(&Request::default(), &overpass::Limits::default()).unwrap_err();
    assert_eq!(without.field(), Some("bbox"));
}
