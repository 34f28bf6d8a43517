//! The sections of a file: lines of 80 columns, each with the letter and the number of its section's line.

use super::free::Free;
use crate::error::{Error, Result};
use crate::sink::Sink;

/// Columns of what a line says: of all sections, and of parameters, behind which stands whose they are.
pub(super) const COLUMNS: usize = 72;
/// The same of parameters.
pub(super) const PARAMETERS: usize = 64;
/// Numbers have seven figures.
const MOST: u64 = 9_999_999;

/// What the directory says of an entity. The standard calls the fields as they are called here.
#[derive(Clone, Copy, Default)]
pub(super) struct Entry {
    /// Its kind and the form of that.
    pub(super) kind: (u32, u32),
    /// Its layer.
    pub(super) level: u32,
    /// A colour's place in the directory, negative; 0 for that of the program.
    pub(super) color: i64,
    /// A line type: 1 solid, 2 dashed, 3 phantom, 4 center line, 5 dotted.
    pub(super) font: u8,
    /// Its width, in steps of the widest line's.
    pub(super) weight: u16,
    /// Whether it is shown, hangs on another, is geometry or something else, and hands its looks down: two figures each.
    pub(super) status: u32,
}

/// Directory and parameters, which gather: the first says how many lines the second has.
#[derive(Default)]
pub(super) struct Sections {
    directory: Vec<u8>,
    parameters: Vec<u8>,
    /// Lines of each.
    counts: [u64; 2],
}

impl Sections {
    /// Adds an entity, whose parameters begin with its kind; its place in the directory.
    ///
    /// # Errors
    /// [`Error::TooLarge`] where lines have no numbers any more.
    pub(super) fn add(&mut self, entry: &Entry, parameters: Free) -> Result<i64> {
        let lines = parameters.end();
        let [entries, before] = self.counts;
        let (place, first) = (entries + 1, before + 1);
        let (kind, form) = entry.kind;
        let fields = [
            [kind.to_string(), first.to_string(), "0".into(), entry.font.to_string(), entry.level.to_string()],
            ["0".into(), "0".into(), "0".into(), format!("{:08}", entry.status), String::new()],
            [
                kind.to_string(),
                entry.weight.to_string(),
                entry.color.to_string(),
                lines.len().to_string(),
                form.to_string(),
            ],
            [const { String::new() }; 5],
        ];
        for (row, halves) in fields.chunks(2).enumerate() {
            // Nine fields of eight columns; the tenth is the number.
            let text: String = halves.as_flattened().iter().take(9).map(|field| format!("{field:>8}")).collect();
            put(&mut self.directory, &text, 'D', place + row as u64);
        }
        for (row, line) in lines.iter().enumerate() {
            put(&mut self.parameters, &format!("{line:<PARAMETERS$}{place:>8}"), 'P', first + row as u64);
        }
        self.counts = [entries + 2, before + lines.len() as u64];
        if self.counts.iter().any(|count| *count > MOST) {
            let message = "an IGES file has room for ten million lines: export a smaller area or fewer layers";
            return Err(Error::TooLarge(message.into()));
        }
        Ok(place.cast_signed())
    }

    /// Writes the file.
    ///
    /// # Errors
    /// Those of the sink.
    pub(super) fn write(self, start: &[String], global: &[String], sink: &mut dyn Sink) -> Result<()> {
        let mut head = Vec::new();
        for (letter, lines) in [('S', start), ('G', global)] {
            for (row, line) in lines.iter().enumerate() {
                put(&mut head, &format!("{line:<COLUMNS$}"), letter, row as u64 + 1);
            }
        }
        sink.put(&head)?;
        sink.put(&self.directory)?;
        sink.put(&self.parameters)?;
        let [directory, parameters] = self.counts;
        let counts = [('S', start.len() as u64), ('G', global.len() as u64), ('D', directory), ('P', parameters)];
        let counts: String = counts.iter().map(|(letter, count)| format!("{letter}{count:>7}")).collect();
        let mut end = Vec::new();
        put(&mut end, &format!("{counts:<COLUMNS$}"), 'T', 1);
        sink.put(&end)
    }
}

/// A line of 72 columns, with its section's letter and its number.
fn put(out: &mut Vec<u8>, text: &str, letter: char, number: u64) {
    out.extend_from_slice(format!("{text}{letter}{number:>7}\n").as_bytes());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_have_80_columns_and_point_at_each_other() {
        let mut sections = Sections::default();
        let mut point = || {
            let mut free = Free::new(PARAMETERS);
            free.whole(116);
            [1.0, 2.5, 0.0].into_iter().for_each(|side| free.real(side));
            free.whole(0);
            let entry = Entry { kind: (116, 0), level: 3, color: -1, font: 1, weight: 25, status: 10_300 };
            sections.add(&entry, free).unwrap()
        };
        assert_eq!([point(), point()], [1, 3]);
        let mut file = Vec::new();
        sections.write(&["start".into()], &["1H,,1H;;".into()], &mut file).unwrap();
        let text = String::from_utf8(file).unwrap();
        let lines: Vec<_> = text.lines().collect();
        assert!(lines.iter().all(|line| line.len() == 80));
        assert_eq!(lines[4], "     116       2       0       1       3       0       0       000010300D      3");
        assert_eq!(lines[5], "     116      25      -1       1       0                                D      4");
        assert_eq!(lines[7], "116,1.,2.5,0.,0;                                                       3P      2");
        assert_eq!(lines[8], format!("{:<72}T      1", "S      1G      1D      4P      2"));
    }
}
