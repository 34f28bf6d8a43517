//! What is told of a file that somebody saves.

/// What a page of HTML is called on the way, so that no browser opens it as one of this server's.
const NO_PAGE: &str = "application/octet-stream";
/// How long a file may be kept on the way; it never changes.
pub const CACHE: &str = "private, max-age=3600, no-transform";

/// The media type.
pub fn mime(mime: &str) -> &str {
    if mime == "text/html" { NO_PAGE } else { mime }
}

/// `Content-Disposition` with a name (RFC 6266).
pub fn disposition(name: &str) -> String {
    format!("attachment; filename=\"{}\"; filename*=UTF-8''{}", ascii(name), percent(name))
}

/// A name for clients that know ASCII alone.
fn ascii(name: &str) -> String {
    name.chars().map(|c| if c.is_ascii_alphanumeric() || "-_. ".contains(c) { c } else { '_' }).collect()
}

/// A name in the encoding of RFC 8187.
fn percent(name: &str) -> String {
    let letter = |byte: u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    };
    name.bytes().map(letter).collect()
}
