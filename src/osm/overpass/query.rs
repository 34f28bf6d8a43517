//! Overpass QL for a request.

use crate::error::{Error, Result};
use crate::request::{Area, Bbox, Condition, Filter, Request};
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
/// their rings, other relations as lists; for `area: {relation}` the rings of that relation too. Where the request has a
/// filter, only what fits it, and what that needs: multipolygons whose tags stand on their ways, the ways of relations in
/// the box, relations that say where one may turn or which street a house belongs to.
///
/// # Errors
/// [`Error::Request`] for `bbox` where the request has no box.
pub fn query(request: &Request, limits: &Limits) -> Result<String> {
    let bbox = bbox(request)?;
    let [lon, lat] = bbox.center();
    let mut text = head(limits);
    let (place, tags) = (ql(&bbox), tags(&request.filter));
    let _ = writeln!(text, "nwr{tags}({place})->.in;");
    let mut sets = vec!["in", "rings"];
    let mut ways = vec!["way.in", ".rings"];
    if tags.is_empty() {
        text.push_str("rel.in[type=multipolygon];\nway(r)->.rings;\n");
    } else {
        let _ = write!(
            text,
            "way.in->.hits;\n(rel(bw.hits)[type=multipolygon](if:count_tags()<3);rel(bw.hits)[type~\"^(restriction|associatedStreet$|street$)\"];)->.of;\n\
             (rel.in[type=multipolygon];rel.of[type=multipolygon];);\nway(r)->.rings;\nway(r.in)({place})->.members;\n"
        );
        sets.extend(["of", "members"]);
        ways.push(".members");
    }
    if let Some(Area::Relation { relation }) = request.area {
        let _ = write!(text, "rel({relation})->.area;\nway(r.area)->.outline;\n");
        sets.extend(["area", "outline"]);
        ways.push(".outline");
    }
    if limits.surroundings {
        let _ = write!(
            text,
            "is_in({lat:.7},{lon:.7})->.e;\nway.e->.w;\n(way.w{tags}[~\"^(natural|landuse|leisure|water|wetland)$\"~\".\"];\
             rel(bw.w){tags}[type=multipolygon];rel(pivot.e){tags}[type=multipolygon];)->.encl;\n(way.encl;way(r.encl);)->.enclways;\n"
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
    Ok(format!("{}nwr{}({});\nout count;\n", head(limits), tags(&request.filter), ql(&bbox)))
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

/// A filter as conditions of the query language.
fn tags(filter: &Filter) -> String {
    let condition = |(key, condition): (&String, &Condition)| {
        let key = quoted(key);
        match condition {
            Condition::Present => format!("[{key}]"),
            Condition::Absent => format!("[!{key}]"),
            Condition::AnyOf(values) => match values.as_slice() {
                [value] => format!("[{key}={}]", quoted(value)),
                values => {
                    let words: Vec<String> = values.iter().map(|value| literal(value)).collect();
                    format!("[{key}~{}]", quoted(&format!("^({})$", words.join("|"))))
                }
            },
        }
    };
    filter.0.iter().map(condition).collect()
}

/// A text of the query language.
fn quoted(text: &str) -> String {
    let escaped = |c: char| match c {
        '"' | '\\' => format!("\\{c}"),
        '\n' => "\\n".into(),
        '\t' => "\\t".into(),
        // No key or value has other ones; a query must not be broken by them.
        c if c.is_control() => " ".into(),
        c => c.into(),
    };
    format!("\"{}\"", text.chars().map(escaped).collect::<String>())
}

/// A text as a POSIX extended regular expression that fits nothing else.
fn literal(text: &str) -> String {
    text.chars().flat_map(|c| r".[](){}*+?^$|\".contains(c).then_some('\\').into_iter().chain([c])).collect()
}

/// South, west, north, east, as the query language orders them.
fn ql(bbox: &Bbox) -> String {
    let side = |degrees: f64| {
        let text = format!("{degrees:.7}");
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    };
    format!("{},{},{},{}", side(bbox.min_lat), side(bbox.min_lon), side(bbox.max_lat), side(bbox.max_lon))
}
