//! What the comments of a PostScript file say of it (Document Structuring Conventions 3.0).

use crate::scene::Scene;

/// Longest part of a comment in one line; lines may have 255 characters.
const LINE: usize = 200;

/// Title, terms and date of a sheet, and how it was made.
pub fn about(scene: &Scene, provenance: &str) -> String {
    let mut head = String::new();
    for (comment, text) in
        [("Title", &scene.title), ("Copyright", &scene.attribution), ("CreationDate", &scene.timestamp)]
    {
        if !text.is_empty() {
            head.push_str(&format!("%%{comment}: {}\n", plain(text)));
        }
    }
    // A comment of our own (§7 of the conventions), gone on with in lines that are short enough.
    for (row, part) in provenance.as_bytes().chunks(LINE).enumerate() {
        head.push_str(if row == 0 { "%Mapwright: " } else { "%%+" });
        head.push_str(&String::from_utf8_lossy(part));
        head.push('\n');
    }
    head
}

/// Text of a comment: ASCII of at most 200 characters.
fn plain(text: &str) -> String {
    let sign = |c: char| match c {
        ' '..='~' => Some(c),
        '\u{a9}' | '\u{2028}' => None,
        c if c.is_whitespace() => Some(' '),
        _ => Some('?'),
    };
    text.chars().filter_map(sign).take(LINE).collect::<String>().trim().to_owned()
}
