//! What an Overpass server answers: errors by status, page and remark; its status page; counts.

use crate::error::{Error, Fault, Result};
use serde::Serialize;

/// Says what is wrong with an answer before anybody parses it: status first, then a page where data should be.
/// Remarks stand at the end of the data; the reader finds them ([`remark`]).
pub fn fault(status: u16, content_type: &str, body: &[u8]) -> Option<Error> {
    let text = String::from_utf8_lossy(body.get(..body.len().min(16 << 10)).unwrap_or(&[]));
    let page = content_type.contains("html") || text.trim_start().starts_with('<') && !is_osm_xml(&text);
    if status == 200 && !page {
        return None;
    }
    let said = messages(&text);
    let or = |otherwise: &str| if said.is_empty() { otherwise.to_owned() } else { said.clone() };
    let (fault, message) = match status {
        400 => (Fault::Refused, or("the server refused the query")),
        429 => (Fault::RateLimited, "the server asks this address to wait (rate limited)".to_owned()),
        504 if text.contains("dispatcher") || text.contains("turned off") => {
            (Fault::Off, "the database of the server is off".to_owned())
        }
        504 | 503 => (Fault::Busy, "the server is too busy for this query".to_owned()),
        414 => (Fault::Message, "the server found the address too long (414)".to_owned()),
        406 => (Fault::Message, "the server refuses requests without a referrer (406)".to_owned()),
        200 => (Fault::Message, or("the server sent a page instead of data")),
        other => (Fault::Message, format!("status {other}: {}", or("no message"))),
    };
    Some(Error::Overpass { fault, message, megabytes: None })
}

/// What is wrong with a file that is a page: the server's words where it is an answer that was saved, else the title.
pub fn page(html: &str) -> Error {
    if html.contains(MARK) {
        return Error::Overpass { fault: Fault::Message, message: messages(html), megabytes: None };
    }
    let title = html.split_once("<title>").and_then(|(_, rest)| rest.split_once("</title>"));
    let title = title.map(|(title, _)| format!(" (“{}”)", plain(title))).unwrap_or_default();
    Error::Foreign(format!("this is a web page{title}, not OSM data"))
}

fn is_osm_xml(text: &str) -> bool {
    let start = text.trim_start();
    start.starts_with("<osm") || start.starts_with("<?xml") && text.contains("<osm") && !text.contains("<html")
}

/// The error a remark stands for; none for a remark that is only a remark.
pub fn remark(text: &str) -> Option<Error> {
    if !text.trim_start().starts_with("runtime error") {
        return None;
    }
    let megabytes = text.split("at least ").nth(1).and_then(|rest| rest.split(' ').next()).and_then(|n| n.parse().ok());
    let fault = if text.contains("timed out") {
        Fault::Timeout
    } else if text.contains("out of memory") {
        Fault::Memory
    } else {
        Fault::Remark
    };
    Some(Error::Overpass { fault, message: text.to_owned(), megabytes })
}

/// What the server writes before each sentence.
const MARK: &str = "Error</strong>:";

/// The sentences behind [`MARK`] in the server's page, unescaped; else the first words of the page as text.
fn messages(html: &str) -> String {
    let marked: Vec<_> = html.split(MARK).skip(1).map(|rest| rest.split('<').next().unwrap_or("")).collect();
    if marked.is_empty() { plain(&strip_tags(html)) } else { plain(&marked.join("; ")) }
}

/// Text of a page without entities and line breaks, 400 characters at most.
fn plain(text: &str) -> String {
    let text = [("&quot;", "\""), ("&lt;", "<"), ("&gt;", ">"), ("&#39;", "'"), ("&amp;", "&")]
        .iter()
        .fold(text.to_owned(), |text, (entity, plain)| text.replace(entity, plain));
    let words: Vec<_> = text.split_whitespace().collect();
    words.join(" ").chars().take(400).collect()
}

fn strip_tags(html: &str) -> String {
    let body = html.split("<body").nth(1).map_or(html, |body| body.split_once('>').map_or("", |(_, rest)| rest));
    let mut text = String::new();
    let mut inside = false;
    for c in body.chars() {
        match c {
            '<' => inside = true,
            '>' => {
                inside = false;
                text.push(' ');
            }
            c if !inside => text.push(c),
            _ => {}
        }
    }
    text
}

/// What `/api/status` says.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Status {
    /// How many queries one address may run; 0 for no limit.
    pub limit: Option<u32>,
    /// Slots that are free now.
    pub free: Option<u32>,
    /// Seconds until the next slot comes free; none where one is free or nothing is said.
    pub wait_seconds: Option<u32>,
}

/// Reads the plain text of `/api/status`.
pub fn parse_status(text: &str) -> Status {
    let mut status = Status::default();
    for line in text.lines() {
        if let Some(limit) = line.strip_prefix("Rate limit: ") {
            status.limit = limit.trim().parse().ok();
        } else if let Some((count, _)) = line.split_once(" slots available now") {
            status.free = count.trim().parse().ok();
        } else if line.starts_with("Slot available after") {
            let seconds =
                line.split(" in ").nth(1).and_then(|rest| rest.split(' ').next()).and_then(|n| n.parse().ok());
            status.wait_seconds = [status.wait_seconds, seconds].into_iter().flatten().min();
        }
    }
    if status.free.is_some_and(|free| free > 0) {
        status.wait_seconds = None;
    }
    status
}

/// How many objects a query would bring, and what that weighs.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Nodes.
    pub nodes: u64,
    /// Ways.
    pub ways: u64,
    /// Relations.
    pub relations: u64,
    /// Estimated bytes of JSON to read.
    pub bytes: u64,
    /// Estimated bytes to download, compressed.
    pub download: u64,
}

/// Bytes of JSON, and of its gzip, an element weighs (measured on whole towns).
const WEIGHT: (u64, u64) = (195, 22);

/// Reads the answer to [`super::count_query`].
///
/// # Errors
/// [`Error::Corrupt`] where it holds no counts.
pub fn parse_count(body: &[u8]) -> Result<Counts> {
    let wrong = || Error::Corrupt("the answer holds no counts".into());
    let answer: serde_json::Value = serde_json::from_slice(body).map_err(|_| wrong())?;
    if let Some(fault) = answer.get("remark").and_then(|text| text.as_str()).and_then(remark) {
        return Err(fault);
    }
    let tags = answer.pointer("/elements/0/tags").ok_or_else(wrong)?;
    let count = |key: &str| tags.get(key).and_then(|text| text.as_str()).and_then(|text| text.parse::<u64>().ok());
    let [nodes, ways, relations] = [count("nodes"), count("ways"), count("relations")].map(|n| n.unwrap_or(0));
    // Ways bring their nodes from outside the box.
    let all = count("total").unwrap_or(nodes + ways + relations);
    Ok(Counts { nodes, ways, relations, bytes: all * WEIGHT.0, download: all * WEIGHT.1 })
}
