//! Values as SQL and as `COPY` write them.

use super::dialect::{Dialect, Rows};
use crate::map::Value;
use crate::table::ColumnKind;
use crate::wire::number;

/// Appends the value of a cell.
pub fn cell(out: &mut Vec<u8>, value: Value, kind: ColumnKind, dialect: &Dialect) {
    match value {
        Value::None if dialect.rows == Rows::Copy => out.extend_from_slice(b"\\N"),
        Value::None => out.extend_from_slice(b"NULL"),
        Value::Text(words) => text(out, words, dialect),
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

/// A text between quotes. Clients turn `\r\n` of a script into `\n`, also in texts: the first sign is written otherwise.
pub fn quoted(words: &str, dialect: &Dialect) -> String {
    if dialect.backslash {
        let words = words.replace('\\', "\\\\").replace('\'', "''");
        return format!("'{}'", words.replace('\r', "\\r").replace('\n', "\\n"));
    }
    format!("'{}'", words.replace('\'', "''").replace('\r', "'||char(13)||'"))
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
        cell(&mut out, Value::Text(words), kind, dialect);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn texts_do_not_leave_their_place() {
        assert_eq!(written("a\tb\\.\n'", ColumnKind::Text, &POSTGRES), "a\\tb\\\\.\\n'");
        assert_eq!(written("it's \\ \r\n", ColumnKind::Text, &MYSQL), "'it''s \\\\ \\r\\n'");
        assert_eq!(written("it's \\\r\n", ColumnKind::Text, &SQLITE), "'it''s \\'||char(13)||'\n'");
        assert_eq!(name("a\"b", &SQLITE), "\"a\"\"b\"");
    }
}
