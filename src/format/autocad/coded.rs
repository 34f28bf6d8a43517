//! Texts in which nothing is taken for a code, and names under which data are kept.

use crate::format::drafting::Object;

/// The application that extended data are registered under.
pub const APPLICATION: &str = "MAPWRIGHT";
/// Attributes of blocks.
pub const ATTRIBUTES: [&str; 3] = ["NAME", "CLASS", "OSM_ID"];

/// A text in which nothing is taken for a character's code: a backslash that would begin one is written as a code.
pub fn coded(text: &str) -> String {
    text.replace("\\U+", "\\U+005CU+").replace("\\M+", "\\U+005CM+")
}

/// The same for a text that is drawn: two percent signs would begin a code, too.
pub fn drawn(text: &str) -> String {
    parted(coded(text))
}

/// Percent signs with room between them.
fn parted(mut text: String) -> String {
    while text.contains("%%") {
        text = text.replace("%%", "% %");
    }
    text
}

/// Lines as the one text of a paragraph, in which backslashes and braces are signs.
pub(super) fn paragraph(lines: &[&str]) -> String {
    let escaped = |line: &&str| parted(line.replace('\\', "\\\\").replace('{', "\\{").replace('}', "\\}"));
    lines.iter().map(escaped).collect::<Vec<_>>().join("\\P")
}

/// What the attributes of a thing's symbol say.
pub fn attributes(object: &Object) -> [String; 3] {
    let name = drawn(object.name.as_deref().unwrap_or_default());
    [name, format!("{}.{}", object.layer, object.class), object.osm.clone()]
}

#[cfg(test)]
mod tests {
    use super::{coded, drawn, paragraph};

    #[test]
    fn what_would_be_a_code_is_none() {
        assert_eq!(coded(r"a\U+0041\Pb"), r"a\U+005CU+0041\Pb");
        assert_eq!(drawn("50%%%c"), "50% % %c");
        assert_eq!(paragraph(&["a {b}", r"c\d"]), r"a \{b\}\Pc\\d");
    }
}
