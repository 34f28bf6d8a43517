//! Lines of a label as running text, as people copy, search and hear it.

/// What stands between two lines: a space, or nothing where the break is inside a word.
pub fn joint(before: &str, after: &str) -> &'static str {
    let hyphen = before.ends_with(['-', '\u{2010}', '\u{2013}', '/', '\u{ad}', '\u{200b}']);
    let dense = before.chars().next_back().is_some_and(dense) || after.chars().next().is_some_and(dense);
    if hyphen || dense || before.is_empty() || after.is_empty() { "" } else { " " }
}

/// All lines as one.
pub fn running(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.split('\n') {
        out.push_str(joint(&out, line));
        out.push_str(line);
    }
    out
}

/// Scripts that put no spaces between words: Thai, Lao, Burmese, Khmer, Chinese and Japanese.
fn dense(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ffef}' | '\u{20000}'..)
}

#[cfg(test)]
mod tests {
    use super::running;

    #[test]
    fn breaks_become_what_they_were() {
        assert_eq!(running("Monaco\nMonte Carlo"), "Monaco Monte Carlo");
        assert_eq!(running("Princess-\nHéréditaire"), "Princess-Héréditaire");
        assert_eq!(running("東京都庁\n第一本庁舎"), "東京都庁第一本庁舎");
        assert_eq!(running(""), "");
    }
}
