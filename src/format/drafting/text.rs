//! Texts: what may stand in one.

use super::limits::Limits;

/// A text for one line of the file: no control characters.
pub(super) fn plain(text: &str) -> String {
    let safe = |c: char| if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') { ' ' } else { c };
    text.chars().map(safe).collect()
}

/// A text that is drawn, and whether it had to be cut.
pub(super) fn drawn(text: &str, limits: &Limits) -> (String, bool) {
    let text = plain(text);
    let text = text.trim();
    let mut size = 0;
    let end = text.char_indices().find(|(_, c)| {
        size += (limits.letters.bytes)(*c);
        size > limits.longest
    });
    match end.and_then(|(end, _)| text.get(..end)) {
        Some(begin) => (begin.trim_end().to_owned(), true),
        None => (text.to_owned(), false),
    }
}

/// Characters of a line above which a name is broken.
const WIDE: usize = 18;

/// A name as lines of about the same length, broken at spaces.
pub(super) fn lines(text: &str) -> Vec<&str> {
    let length = text.chars().count();
    let count = length.div_ceil(WIDE).min(4);
    if count < 2 || !text.contains(' ') {
        return vec![text];
    }
    let wanted = length / count;
    let mut lines = Vec::new();
    let mut rest = text;
    while lines.len() + 1 < count && rest.chars().count() > wanted {
        // The space that is nearest to where a line should end.
        let spaces = rest.char_indices().enumerate().filter(|(_, (_, c))| *c == ' ');
        let Some((_, (at, _))) = spaces.min_by_key(|(place, _)| place.abs_diff(wanted)) else { break };
        let (line, next) = rest.split_at(at);
        lines.push(line.trim());
        rest = next.trim();
    }
    lines.push(rest);
    lines.retain(|line| !line.is_empty());
    lines
}

#[cfg(test)]
mod tests {
    use super::lines;

    #[test]
    fn long_names_are_broken_in_the_middle() {
        assert_eq!(lines("Short name"), ["Short name"]);
        assert_eq!(lines("Municipal Library of the Old Town"), ["Municipal Library", "of the Old Town"]);
        assert_eq!(lines("Donaudampfschifffahrtsgesellschaft"), ["Donaudampfschifffahrtsgesellschaft"]);
        assert_eq!(lines("a bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"), ["a", "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"]);
    }
}
