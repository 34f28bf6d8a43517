//! Overpass QL for a request.

use crate::error::{Error, Result};
use crate::request::{Area, Bbox, Request};
use serde::Deserialize;
use std::fmt::Write;

/// What the server is asked to book for a query. Modest values are admitted sooner.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Limits {
    /// Seconds.
    pub timeout: u32,
    /// Bytes of memory.
    pub maxsize: u64,
    /// Also ask for closed ways and multipolygons that surround the box (a forest around a clearing).
    pub surroundings: bool,
}

impl Default for Limits {
    fn default() -> Self {
        Self { timeout: 90, maxsize: 256 << 20, surroundings: false }
    }
}

/// The query for the box of a request: everything that touches it, ways whole with their nodes, multipolygons with all
/// their rings, other relations as lists; for `area: {relation}` the rings of that relation too.
///
/// # Errors
/// [`Error::Request`] for `bbox` where the request has no box.
pub fn query(request: &Request, limits: &Limits) -> Result<String> {
    let bbox = bbox(request)?;
    let [lon, lat] = bbox.center();
    let mut text = head(limits);
    text.push_str(&format!("nwr({})->.in;\nrel.in[type=multipolygon];\nway(r)->.rings;\n", ql(&bbox)));
    let mut sets = vec!["in", "rings"];
    let mut ways = vec!["way.in", ".rings"];
    if let Some(Area::Relation { relation }) = request.area {
        let _ = write!(text, "rel({relation})->.area;\nway(r.area)->.outline;\n");
        sets.extend(["area", "outline"]);
        ways.push(".outline");
    }
    if limits.surroundings {
        let _ = write!(
            text,
            "is_in({lat:.7},{lon:.7})->.e;\nway.e->.w;\n(way.w[~\"^(natural|landuse|leisure|water|wetland)$\"~\".\"];\
             rel(bw.w)[type=multipolygon];rel(pivot.e)[type=multipolygon];)->.encl;\n(way.encl;way(r.encl);)->.enclways;\n"
        );
        sets.extend(["encl", "enclways"]);
        ways.extend([".enclways"]);
    }
    let _ = write!(text, "({};);\nnode(w)->.pts;\n", ways.join(";"));
    sets.push("pts");
    let all: Vec<_> = sets.iter().map(|set| format!(".{set}")).collect();
    let _ = write!(text, "({};);\nout body qt;\n", all.join(";"));
    Ok(text)
}

/// Asks how many objects touch the box: cheap, a few hundred bytes.
///
/// # Errors
/// As [`query`].
pub fn count_query(request: &Request, limits: &Limits) -> Result<String> {
    let bbox = bbox(request)?;
    Ok(format!("{}nwr({});\nout count;\n", head(limits), ql(&bbox)))
}

/// The query as the body of a form (`application/x-www-form-urlencoded`).
pub fn form(query: &str) -> String {
    query.bytes().fold(String::from("data="), |mut body, byte| {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'*' => body.push(byte as char),
            b' ' => body.push('+'),
            _ => {
                let _ = write!(body, "%{byte:02X}");
            }
        }
        body
    })
}

fn bbox(request: &Request) -> Result<Bbox> {
    request.bbox.ok_or_else(|| Error::request("bbox", "needed to ask a server; expected [west, south, east, north]"))
}

fn head(limits: &Limits) -> String {
    format!("[out:json][timeout:{}][maxsize:{}];\n", limits.timeout, limits.maxsize)
}

/// South, west, north, east, as the query language orders them.
fn ql(bbox: &Bbox) -> String {
    let side = |degrees: f64| {
        let text = format!("{degrees:.7}");
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    };
    format!("{},{},{},{}", side(bbox.min_lat), side(bbox.min_lon), side(bbox.max_lat), side(bbox.max_lon))
}
