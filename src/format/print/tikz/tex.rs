//! Text as TeX takes it.

/// Whether the encoding T1 and the kernel of LaTeX have a letter: those of the Latin alphabets of Europe, and usual signs.
pub fn western(c: char) -> bool {
    matches!(
        c,
        ' '..='~'
            | '©'
            | '«'
            | '»'
            | '¡'
            | '¿'
            | '§'
            | '–'
            | '—'
            | '‘'
            | '’'
            | '“'
            | '”'
            | '„'
            | '‚'
            | '‹'
            | '›'
            | '…'
    ) || matches!(c, 'À'..='Ö' | 'Ø'..='ö' | 'ø'..='ÿ')
        || "ĂăĄąĆćČčĎďĐđĘęĚěĞğİıĹĺĽľŁłŃńŇňŊŋŐőŒœŔŕŘřŚśŞşŠšŢţŤťŮůŰűŸŹźŻżŽž".contains(c)
}

/// Text without anything that TeX would take for its own; characters that control are left out.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '#' | '$' | '%' | '&' | '_' | '{' | '}' => out.extend(['\\', c]),
            '\\' => out.push_str("\\textbackslash{}"),
            '~' => out.push_str("\\textasciitilde{}"),
            '^' => out.push_str("\\textasciicircum{}"),
            '"' => out.push_str("\\textquotedbl{}"),
            '<' => out.push_str("\\textless{}"),
            '>' => out.push_str("\\textgreater{}"),
            '|' => out.push_str("\\textbar{}"),
            // Not ligatures.
            '-' | '`' | '\'' | ',' | '!' | '?' => out.extend(['{', c, '}']),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_a_command() {
        assert_eq!(
            escaped("a\\b{c}$%#~^_&\n"),
            "a\\textbackslash{}b\\{c\\}\\$\\%\\#\\textasciitilde{}\\textasciicircum{}\\_\\&"
        );
        assert!(western('ß') && western('Ł') && !western('Ж') && !western('\u{301}'));
    }
}
