//! The export form of openstreetmap.org on one's own server.

use super::stub::{Answer, Stub};
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode};
use mapwright::server::osm_org::{Limits, routes};
use mapwright::server::source::Sources;
use mapwright::server::work::{Pool, Work};
use std::sync::Arc;
use std::time::Duration;
use tower::ServiceExt;

/// An answer: status, headers, body.
struct Got {
    status: u16,
    headers: axum::http::HeaderMap,
    body: Vec<u8>,
}

impl Got {
    fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }

    fn header(&self, name: &str) -> &str {
        self.headers.get(name).map(|value| value.to_str().unwrap()).unwrap_or_default()
    }
}

fn router(sources: Sources, limits: Limits) -> axum::Router {
    let work = Work { program: Some(env!("CARGO_BIN_EXE_mapwright").into()), ..Work::default() };
    let results = std::path::PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("form");
    routes(Arc::new(Pool::new(work, Default::default(), 1, results)), Arc::new(sources), limits)
}

/// A server with the samples.
fn samples() -> axum::Router {
    router(Sources::samples().unwrap(), Limits::default())
}

/// A server that finds the whole world empty.
fn empty() -> axum::Router {
    let stub = Stub::new(|_, _| Answer::recorded("empty-result"));
    router(Sources::new(&[stub.source()]).unwrap(), Limits::default())
}

async fn send(router: &axum::Router, request: Request<Body>) -> Got {
    let answer = router.clone().oneshot(request).await.unwrap();
    let (parts, body) = answer.into_parts();
    let body = to_bytes(body, usize::MAX).await.unwrap().to_vec();
    Got { status: parts.status.as_u16(), headers: parts.headers, body }
}

fn get(uri: &str) -> Request<Body> {
    Request::get(uri).body(Body::empty()).unwrap()
}

fn post(fields: &str) -> Request<Body> {
    Request::post("/export/finish")
        .header("content-type", "application/x-www-form-urlencoded; charset=UTF-8")
        .body(Body::from(fields.to_owned()))
        .unwrap()
}

fn run<T>(work: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap().block_on(work)
}

/// Width and height of a PNG.
fn size(png: &[u8]) -> [u32; 2] {
    assert_eq!(png[..8], *b"\x89PNG\r\n\x1a\n");
    [16, 20].map(|at| u32::from_be_bytes(png[at..at + 4].try_into().unwrap()))
}

#[test]
fn pictures_have_the_originals_size() {
    run(async {
        let router = empty();
        for (bbox, scale, expected) in [
            ("13.37,52.50,13.42,52.53", "30000", [662, 653]),
            ("114.1491,22.2681,114.2044,22.3268", "12000", [1832, 2101]),
            ("135.74,35.011,135.75,35.014", "30000", [132, 48]),
        ] {
            let got = send(&router, get(&format!("/cgi-bin/export?bbox={bbox}&scale={scale}&format=png"))).await;
            assert_eq!(got.status, 200, "{}", String::from_utf8_lossy(&got.body));
            assert_eq!(size(&got.body), expected, "{bbox}");
        }
        let got = send(&router, get("/cgi-bin/export?bbox=13.37,52.50,13.42,52.53&scale=5000&format=png")).await;
        assert_eq!((got.status, got.text()), (400, "Map too large"));
    });
}

const MONACO: &str = "minlon=7.424&minlat=43.737&maxlon=7.430&maxlat=43.741";

#[test]
fn every_format_comes_with_its_name() {
    run(async {
        let router = samples();
        for (format, mime, name, magic) in [
            ("png", "image/png", "map.png", "\u{89}PNG".as_bytes()),
            ("jpeg", "image/jpeg", "map.jpg", &[0xff, 0xd8, 0xff]),
            ("webp", "image/webp", "map.webp", b"RIFF"),
            ("svg", "image/svg+xml", "map.svg", b"<?xml"),
            ("pdf", "application/pdf", "map.pdf", b"%PDF-1.7"),
            ("ps", "application/postscript", "map.ps", b"%!PS-Adobe-3.0"),
        ] {
            let fields = format!(
                "{MONACO}&format=mapnik&mapnik_format={format}&mapnik_scale=5000&commit=Export&authenticity_token=x%2By"
            );
            let got = send(&router, post(&fields)).await;
            assert_eq!(got.status, 200, "{format}: {}", String::from_utf8_lossy(&got.body));
            assert_eq!(got.header("content-type"), mime);
            assert_eq!(got.header("content-disposition"), format!("attachment; filename=\"{name}\""));
            let magic: &[u8] = if format == "png" { b"\x89PNG" } else { magic };
            assert!(got.body.starts_with(magic) && got.body.len() > 5000, "{format}: {} bytes", got.body.len());
        }
    });
}

#[test]
fn forms_come_in_three_ways() {
    run(async {
        let router = samples();
        let fields = format!("{MONACO}&format=mapnik&mapnik_format=png&mapnik_scale=10000");
        let form = send(&router, post(&fields)).await;
        let query = send(&router, get(&format!("/export/finish?{fields}"))).await;
        let mut parts = String::new();
        for pair in fields.split('&') {
            let (name, value) = pair.split_once('=').unwrap();
            parts.push_str(&format!("--cut\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"));
        }
        let multipart = Request::post("/export/finish")
            .header("content-type", "multipart/form-data; boundary=cut")
            .body(Body::from(parts + "--cut--\r\n"))
            .unwrap();
        let multipart = send(&router, multipart).await;
        let script = "/cgi-bin/export?bbox=7.424%2C43.737%2C7.430%2C43.741&scale=10000&format=png";
        let script = send(&router, get(script)).await;
        assert_eq!(form.status, 200);
        assert!(form.body == query.body && form.body == multipart.body && form.body == script.body);
    });
}

#[test]
fn errors_are_the_originals() {
    run(async {
        let router = samples();
        let all = [("bbox", "7.424,43.737,7.430,43.741"), ("scale", "5000"), ("format", "png")];
        for (name, value, text) in [
            ("bbox", None, "No bounding box specified"),
            ("bbox", Some(""), "No bounding box specified"),
            ("scale", None, "No scale specified"),
            ("format", None, "No format specified"),
            ("bbox", Some("7.43,43.737,7.42,43.741"), "Invalid bounding box"),
            ("bbox", Some("7.42,43.737,7.43"), "Invalid bounding box"),
            ("bbox", Some("a,b,c,d"), "Invalid bounding box"),
            ("bbox", Some("NaN,1,2,3"), "Invalid bounding box"),
            ("bbox", Some("0,80,10,89"), "Invalid bounding box"),
            ("bbox", Some("7,43,8,44"), "Map too large"),
            ("scale", Some("0.001"), "Map too large"),
            ("scale", Some("-5"), "Invalid scale"),
            ("scale", Some("many"), "Invalid scale"),
            ("scale", Some("1e9"), "Invalid bounding box"),
            ("format", Some("gif"), "Unknown format"),
            ("format", Some("<script>"), "Unknown format"),
        ] {
            let pairs = all.iter().filter_map(|(known, usual)| match known == &name {
                true => value.map(|value| (known, value)),
                false => Some((known, *usual)),
            });
            let encode = |value: &str| value.replace('<', "%3C").replace('>', "%3E");
            let query: Vec<_> = pairs.map(|(name, value)| format!("{name}={}", encode(value))).collect();
            let got = send(&router, get(&format!("/cgi-bin/export?{}", query.join("&")))).await;
            assert_eq!((got.status, got.text()), (400, text), "{name} {value:?}");
            assert!(got.header("content-type").starts_with("text/plain"));
        }
        for (fields, text) in [
            ("", "No bounding box specified"),
            ("minlon=1&minlat=1&maxlon=2", "No bounding box specified"),
            (MONACO, "No scale specified"),
            (&format!("{MONACO}&mapnik_scale=5000"), "No format specified"),
            (&format!("{MONACO}&mapnik_scale=5000&format=mapnik"), "No format specified"),
            (&format!("{MONACO}&mapnik_scale=5000&format=cyclemap"), "Unknown format"),
            (&format!("{MONACO}&mapnik_scale=5000&format=mapnik&mapnik_format=cdr"), "Unknown format"),
        ] {
            let got = send(&router, post(fields)).await;
            assert_eq!((got.status, got.text()), (400, text), "{fields}");
        }
        let far = "/cgi-bin/export?bbox=13.37,52.50,13.38,52.51&scale=5000&format=png";
        let got = send(&router, get(far)).await;
        assert!(got.status == 400 && got.text().lines().count() == 1, "{}", got.text());
    });
}

#[test]
fn data_come_as_osm_xml() {
    run(async {
        let router = samples();
        let map = send(&router, get("/api/0.6/map?bbox=7.424,43.737,7.426,43.739")).await;
        assert_eq!(map.status, 200);
        assert!(map.header("content-type").starts_with("application/xml"));
        let text = map.text();
        assert!(
            text.contains("<osm version=\"0.6\"") && text.contains("<bounds minlat=\"43.737\" minlon=\"7.424\""),
            "{}",
            &text[..600]
        );
        assert!(text.contains("<node id=") && text.contains(" version=\"1\"") && text.contains("<nd ref="));
        let osm = mapwright::osm::read(&map.body, &mut mapwright::Watch::silent()).unwrap();
        assert!(osm.ways.id.len() > 20);
        let form = send(&router, post("minlon=7.424&minlat=43.737&maxlon=7.426&maxlat=43.739&format=osm")).await;
        assert_eq!(form.header("content-disposition"), "attachment; filename=\"map.osm\"");
        assert!(form.body == map.body);
    });
}

#[test]
fn the_api_has_the_originals_limits() {
    run(async {
        let limits = Limits { nodes: 100, ..Limits::default() };
        let router = router(Sources::samples().unwrap(), limits);
        for (query, status, words) in [
            ("", 400, "The parameter bbox is required"),
            ("bbox=1,2,3", 400, "The parameter bbox is required"),
            ("bbox=7.43,43,7.42,44", 400, "the minima must be less than the maxima"),
            ("bbox=7,43,8,44", 400, "The maximum bbox size is 0.250000, and your request was too large."),
            ("bbox=7.42,43.73,7.43,43.74", 400, "You requested too many nodes (limit is 100)."),
            ("bbox=13.37,52.50,13.38,52.51", 404, "no data of that place"),
        ] {
            let got = send(&router, get(&format!("/api/0.6/map?{query}"))).await;
            assert!(got.status == status && got.text().contains(words), "{query}: {} {}", got.status, got.text());
            assert_eq!(got.header("error"), got.text());
        }
    });
}

#[test]
fn a_busy_server_says_when_to_come_back() {
    run(async {
        let slow = Answer { after: Duration::from_millis(700), ..Answer::recorded("empty-result") };
        let stub = Stub::new(move |_, _| slow.clone());
        let limits = Limits { renders: 1, ..Limits::default() };
        let router = router(Sources::new(&[stub.source()]).unwrap(), limits);
        let uri = "/cgi-bin/export?bbox=135.74,35.011,135.75,35.014&scale=30000&format=png";
        let first = tokio::spawn({
            let router = router.clone();
            async move { send(&router, get(uri)).await.status }
        });
        tokio::time::sleep(Duration::from_millis(250)).await;
        let second = send(&router, get(uri)).await;
        assert_eq!(second.status, StatusCode::SERVICE_UNAVAILABLE);
        assert!(second.header("retry-after").parse::<u32>().unwrap() > 0);
        // What is wrong is said even then.
        assert_eq!(send(&router, get("/cgi-bin/export?scale=1&format=png")).await.status, 400);
        assert_eq!(first.await.unwrap(), 200);
        assert_eq!(send(&router, get(uri)).await.status, 200);
    });
}

#[test]
fn failures_of_the_source_keep_their_status() {
    run(async {
        for (name, status) in [("dispatcher-down", 503), ("timeout-partial", 504), ("out-of-memory", 502)] {
            let stub = Stub::new(move |_, _| Answer::recorded(name));
            let router = router(Sources::new(&[stub.source()]).unwrap(), Limits::default());
            let got =
                send(&router, get("/cgi-bin/export?bbox=135.74,35.011,135.75,35.014&scale=30000&format=png")).await;
            assert_eq!(got.status, status, "{name}: {}", got.text());
            assert!(
                got.text().lines().count() == 1 && got.header("retry-after").parse::<u32>().is_ok(),
                "{}",
                got.text()
            );
        }
    });
}

#[test]
fn the_ground_of_a_picture_has_a_limit() {
    run(async {
        // 675 km² within four million pixels.
        let wide = "/cgi-bin/export?bbox=24.7,60.05,25.17,60.29&scale=100000&format=png";
        let got = send(&samples(), get(wide)).await;
        assert_eq!((got.status, got.text()), (400, "Map too large"));
        let fields =
            "minlon=24.7&minlat=60.05&maxlon=25.17&maxlat=60.29&format=mapnik&mapnik_format=svg&mapnik_scale=100000";
        assert_eq!(send(&empty(), post(fields)).await.text(), "Map too large");
        let stub = Stub::new(|_, _| Answer::recorded("empty-result"));
        let sources = Sources::new(&[stub.source()]).unwrap();
        let got = send(&router(sources, Limits { square_km: 800.0, ..Limits::default() }), get(wide)).await;
        assert_eq!(got.status, 200, "{}", String::from_utf8_lossy(&got.body));
    });
}
