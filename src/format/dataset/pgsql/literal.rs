//! Values as SQL and as `COPY` write them.

use super::dialect::{Dialect, Rows};
use crate::map::Value;
use crate::table::ColumnKind;
use crate::wire::number;
use std::borrow::Cow;

/// What became of texts.
#[derive(Default)]
pub struct Lost {
    /// Characters that no database takes.
    pub nul: u64,
}

/// Appends the value of a cell.
pub fn cell(out: &mut Vec<u8>, value: Value, kind: ColumnKind, dialect: &Dialect, lost: &mut Lost) {
    match value {
        Value::None if dialect.rows == Rows::Copy => out.extend_from_slice(b"\\N"),
        Value::None => out.extend_from_slice(b"NULL"),
        Value::Text(words) => {
            let words = without_nul(words, kind == ColumnKind::Json && dialect.strict_json, lost);
            text(out, &words, dialect);
        }
        Value::Int(whole) => number::integer(out, whole),
        Value::Number(real) => {
            let digits = if let ColumnKind::Number(digits) = kind { digits } else { 3 };
            number::fixed(out, number::quantise(real, digits), digits);
        }
        Value::Flag(flag) => {
            let [yes, no] = dialect.flags;
            out.extend_from_slice(if flag { yes } else { no }.as_bytes());
        }
    }
}

/// A text without NUL; in JSON it is written `\u0000`.
fn without_nul<'t>(words: &'t str, json: bool, lost: &mut Lost) -> Cow<'t, str> {
    let mut words = Cow::Borrowed(words);
    if words.contains('\0') {
        lost.nul += words.matches('\0').count() as u64;
        words = words.replace('\0', "").into();
    }
    if json && words.contains("\\u0000") {
        let mut kept = String::with_capacity(words.len());
        let mut rest = words.as_ref();
        while let Some(at) = rest.find('\\') {
            let (before, after) = rest.split_at(at);
            kept.push_str(before);
            if let Some(behind) = after.strip_prefix("\\u0000") {
                lost.nul += 1;
                rest = behind;
            } else {
                // A backslash and what it stands before; the second of two of them begins nothing.
                let end = after.char_indices().nth(2).map_or(after.len(), |(end, _)| end);
                let (pair, behind) = after.split_at(end);
                kept.push_str(pair);
                rest = behind;
            }
        }
        kept.push_str(rest);
        words = kept.into();
    }
    words
}

/// Appends a text as it stands in a row.
pub fn text(out: &mut Vec<u8>, words: &str, dialect: &Dialect) {
    if dialect.rows == Rows::Copy {
        for byte in words.bytes() {
            match byte {
                b'\\' => out.extend_from_slice(b"\\\\"),
                b'\t' => out.extend_from_slice(b"\\t"),
                b'\n' => out.extend_from_slice(b"\\n"),
                b'\r' => out.extend_from_slice(b"\\r"),
                other => out.push(other),
            }
        }
        return;
    }
    out.extend_from_slice(quoted(words, dialect).as_bytes());
}

/// A text between quotes.
pub fn quoted(words: &str, dialect: &Dialect) -> String {
    let words = if dialect.backslash { words.replace('\\', "\\\\") } else { words.to_owned() };
    format!("'{}'", words.replace('\'', "''"))
}

/// A name between its quotes.
pub fn name(words: &str, dialect: &Dialect) -> String {
    let quote = dialect.quote;
    let doubled: String = [quote, quote].iter().collect();
    format!("{quote}{}{quote}", words.replace('\0', "").replace(quote, &doubled))
}

#[cfg(test)]
mod tests {
    use super::super::dialect::{MYSQL, POSTGRES, SQLITE};
    use super::*;

    fn written(words: &str, kind: ColumnKind, dialect: &Dialect) -> String {
        let mut out = Vec::new();
        cell(&mut out, Value::Text(words), kind, dialect, &mut Lost::default());
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn texts_do_not_leave_their_place() {
        assert_eq!(written("a\tb\\.\n'", ColumnKind::Text, &POSTGRES), "a\\tb\\\\.\\n'");
        assert_eq!(written("it's \\ \0", ColumnKind::Text, &MYSQL), "'it''s \\\\ '");
        assert_eq!(written("it's \\", ColumnKind::Text, &SQLITE), "'it''s \\'");
        assert_eq!(name("a\"b", &SQLITE), "\"a\"\"b\"");
    }

    #[test]
    fn json_has_no_nul_where_it_may_not() {
        let mut lost = Lost::default();
        assert_eq!(without_nul(r#"{"a":"\u0000b\\u0000"}"#, true, &mut lost), r#"{"a":"b\\u0000"}"#);
        assert_eq!(lost.nul, 1);
    }
}
