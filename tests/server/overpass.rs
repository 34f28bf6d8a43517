//! Overpass servers as sources: every recorded failure has its status, waiting is as the server asks, others step in.

use super::stub::{Answer, Stub};
use mapwright::server::source::{Patience, Sources};
use mapwright::{Error, Request, Watch};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

fn patience() -> Patience {
    Patience {
        tries: 2,
        wait: Duration::from_millis(60),
        pause: Duration::from_millis(10),
        answer: Duration::from_secs(2),
        whole: Duration::from_secs(20),
        failures: 100,
        rest: Duration::from_millis(300),
    }
}

fn sources(specs: &[String]) -> Sources {
    Sources::with_patience(specs, patience()).unwrap()
}

fn tiny() -> Request {
    Request::from_json(r#"{"formats":["geojson"],"bbox":[7.4268,43.7390,7.4285,43.7400]}"#).unwrap()
}

fn ask(sources: &Sources) -> Result<mapwright::osm::Osm, Error> {
    sources.osm(&tiny(), &mut Watch::silent())
}

#[test]
fn a_good_answer_is_read_and_the_question_is_polite() {
    let stub = Stub::new(|_, _| Answer::data("monaco-tiny.map"));
    let opened = sources(&[stub.source()]).open(&tiny(), &mut Watch::silent()).unwrap();
    assert_eq!((opened.info().nodes, opened.info().ways, opened.info().relations), (489, 48, 7));
    assert_eq!(opened.info().bbox.map(|bbox| bbox.min_lon), Some(7.4268));
    let asked = &stub.asked()[0];
    assert_eq!(asked.line, "POST /api/interpreter HTTP/1.1");
    assert!(asked.head.contains(concat!("user-agent: mapwright/", env!("CARGO_PKG_VERSION"))), "{}", asked.head);
    assert!(asked.head.contains("accept-encoding: gzip"), "{}", asked.head);
    assert!(asked.head.contains("content-type: application/x-www-form-urlencoded"), "{}", asked.head);
    assert!(
        asked.body.starts_with("data=%5Bout%3Ajson%5D")
            && asked.body.contains("nwr%2843.739%2C7.4268%2C43.74%2C7.4285%29")
    );
}

#[test]
fn every_recorded_failure_has_its_status() {
    for (name, status, asked) in [
        ("syntax-error", 502, 1),
        ("timeout-no-elements", 504, 1),
        ("timeout-partial", 504, 1),
        ("out-of-memory", 502, 1),
        ("rate-limit", 503, 2),
        ("overload", 503, 2),
        ("dispatcher-down", 503, 1),
        ("killed", 502, 2),
        ("long-get", 502, 2),
    ] {
        let stub = Stub::new(move |asked, _| match asked.line.starts_with("GET") {
            true => Answer::recorded("status-free"),
            false => Answer::recorded(name),
        });
        // The recorded status page asks for some seconds; none here.
        let fault = match name {
            "rate-limit" => {
                let once = Patience { tries: 1, ..patience() };
                ask(&Sources::with_patience(&[stub.source()], once).unwrap()).unwrap_err()
            }
            _ => ask(&sources(&[stub.source()])).unwrap_err(),
        };
        assert_eq!(fault.status(), status, "{name}: {fault}");
        assert!(!fault.to_string().contains(['<', '\n']), "{name}: {fault}");
        let posts = stub.asked().iter().filter(|asked| asked.line.starts_with("POST")).count();
        assert_eq!(posts, if name == "rate-limit" { 1 } else { asked }, "{name} was asked so often");
    }
}

#[test]
fn after_a_limit_it_waits_as_the_server_asks() {
    let stub = Stub::new(|asked, number| match (asked.line.starts_with("GET /api/status"), number) {
        (true, _) => {
            Answer::new(200, "text/plain", "Rate limit: 2\nSlot available after: 2026-11-21T00:32:33Z, in 1 seconds.\n")
        }
        (false, 1) => Answer::recorded("rate-limit"),
        _ => Answer::data("monaco-tiny.map"),
    });
    let began = Instant::now();
    ask(&sources(&[stub.source()])).unwrap();
    assert!(began.elapsed() >= Duration::from_secs(1));
    let lines: Vec<_> = stub.asked().into_iter().map(|asked| asked.line).collect();
    assert_eq!(lines[1], "GET /api/status HTTP/1.1", "{lines:?}");
    assert_eq!(lines.len(), 3);
}

#[test]
fn other_failures_are_named() {
    let stub = |answer: Answer| Stub::new(move |_, _| answer.clone());
    let html = stub(Answer::new(200, "text/html", "<html><body><strong>Error</strong>: duplicate_query</body></html>"));
    let fault = ask(&sources(&[html.source()])).unwrap_err();
    assert!(fault.status() == 502 && fault.to_string().contains("duplicate_query"), "{fault}");
    let slow = stub(Answer { after: Duration::from_secs(4), ..Answer::data("monaco-tiny.map") });
    assert_eq!(ask(&sources(&[slow.source()])).unwrap_err().status(), 504);
    let gone = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let fault = ask(&sources(&[format!("overpass:http://127.0.0.1:{gone}/api/interpreter")])).unwrap_err();
    assert_eq!(fault.status(), 502);
    let elsewhere = stub(Answer::new(302, "text/html", ""));
    assert_eq!(ask(&sources(&[elsewhere.source()])).unwrap_err().status(), 502);
    assert!(elsewhere.asked().iter().all(|asked| !asked.line.contains("elsewhere")), "a redirection was followed");
}

#[test]
fn the_next_source_steps_in() {
    let off = Stub::new(|_, _| Answer::recorded("dispatcher-down"));
    let good = Stub::new(|_, _| Answer::data("monaco-tiny.map"));
    assert_eq!(ask(&sources(&[off.source(), good.source()])).unwrap().ways.id.len(), 48);
    let file = format!("file:{}/assets/sample/monaco.osm.pbf", env!("CARGO_MANIFEST_DIR"));
    let osm = ask(&sources(&[off.source(), file.clone()])).unwrap();
    assert!(osm.ways.id.len() >= 48, "{}", osm.ways.id.len());
    // An extract that covers the area is asked before a server that stands behind it.
    let asked = good.asked().len();
    ask(&sources(&[file, good.source()])).unwrap();
    assert_eq!(good.asked().len(), asked);
}

#[test]
fn a_server_that_fails_again_and_again_rests() {
    let ill = Arc::new(AtomicBool::new(true));
    let state = ill.clone();
    let stub = Stub::new(move |_, _| match state.load(Ordering::SeqCst) {
        true => Answer::recorded("overload"),
        false => Answer::data("monaco-tiny.map"),
    });
    let patience = Patience { tries: 1, failures: 2, ..patience() };
    let sources = Sources::with_patience(&[stub.source()], patience).unwrap();
    for _ in 0..6 {
        assert_eq!(ask(&sources).unwrap_err().status(), 503);
    }
    assert_eq!(stub.asked().len(), 2, "it was left alone");
    ill.store(false, Ordering::SeqCst);
    std::thread::sleep(Duration::from_millis(320));
    ask(&sources).unwrap();
    ask(&sources).unwrap();
}

#[test]
fn a_public_server_is_asked_one_thing_at_a_time() {
    let answer = Answer { after: Duration::from_millis(80), ..Answer::data("monaco-tiny.map") };
    let stub = Stub::new(move |_, _| answer.clone());
    let sources = sources(&[stub.source()]);
    std::thread::scope(|scope| {
        let asking: Vec<_> = (0..4).map(|_| scope.spawn(|| ask(&sources))).collect();
        asking.into_iter().for_each(|thread| drop(thread.join().unwrap().unwrap()));
    });
    assert_eq!((stub.asked().len(), stub.most()), (4, 1));
}

#[test]
fn ones_own_server_is_asked_in_pieces_without_doubles() {
    let answer = Answer { after: Duration::from_millis(80), ..Answer::data("monaco-tiny.map") };
    let stub = Stub::new(move |_, _| answer.clone());
    let sources = sources(&[stub.source() + ";own"]);
    let request = Request::from_json(r#"{"formats":["geojson"],"bbox":[7.38,43.70,7.46,43.76]}"#).unwrap();
    let osm = sources.osm(&request, &mut Watch::silent()).unwrap();
    assert_eq!((osm.node_count(), osm.ways.id.len(), osm.relations.id.len()), (489, 48, 7));
    assert!(stub.asked().len() == 4 && stub.most() > 1, "{} {}", stub.asked().len(), stub.most());
}

#[test]
fn a_stop_is_heard_while_it_waits() {
    let slow = Answer { after: Duration::from_secs(1), ..Answer::data("monaco-tiny.map") };
    let stub = Stub::new(move |_, _| slow.clone());
    let stop = AtomicBool::new(false);
    let sources = sources(&[stub.source()]);
    let fault = std::thread::scope(|scope| {
        let asking = scope.spawn(|| sources.osm(&tiny(), &mut Watch::silent().stoppable(&stop)));
        std::thread::sleep(Duration::from_millis(100));
        stop.store(true, Ordering::SeqCst);
        asking.join().unwrap().unwrap_err()
    });
    assert_eq!(fault, Error::Cancelled);
}

#[test]
fn addresses_are_checked() {
    for wrong in [
        "overpass:",
        "overpass:ftp://x",
        "overpass:https://",
        "overpass:https://a b/",
        "http://x",
        "file",
        "overpass:https://u@h/",
    ] {
        let fault = Sources::new(&[wrong.to_owned()]).unwrap_err();
        assert_eq!((fault.code(), fault.field()), ("bad_request", Some("source")), "{wrong}");
    }
    assert_eq!(Sources::new(&["file:nowhere.pbf".to_owned()]).unwrap_err().code(), "io");
}
