//! Small objects in compressed streams (ISO 32000-1 §7.5.7), and the stream that says where all objects are (§7.5.8).

use super::ids::Ids;
use crate::error::{Error, Result};
use crate::wire::deflate;
use crate::wire::record::Big;
use pdf_writer::{Chunk, Filter, Name, Pdf, Ref, Settings};

/// Objects of one stream: readers unpack a stream as a whole.
const TOGETHER: usize = 1000;
/// Bytes of a row in a table of cross-references, as plain text.
const ROW: usize = 20;
/// Kinds of rows: free, at a place in the file, within a stream.
const FREE: u8 = 0;
const PLAIN: u8 = 1;
const WITHIN: u8 = 2;

/// Objects on their way into streams.
#[derive(Default)]
pub struct Packed {
    waiting: Vec<(Ref, Vec<u8>)>,
    /// Number of an object, of its stream, and its row there.
    places: Vec<(Ref, Ref, u16)>,
}

impl Packed {
    /// Takes the one object that is written.
    pub fn put(&mut self, id: Ref, write: impl FnOnce(&mut Chunk)) {
        let mut chunk = Chunk::with_settings(Settings { pretty: false });
        write(&mut chunk);
        self.waiting.push((id, inner(chunk.as_bytes()).to_vec()));
    }

    /// Writes the streams.
    ///
    /// # Errors
    /// None that memory does not have.
    pub fn write(&mut self, pdf: &mut Pdf, ids: &mut Ids) -> Result<()> {
        for part in self.waiting.chunks(TOGETHER) {
            let stream = ids.next();
            let (mut head, mut body) = (String::new(), Vec::new());
            for ((id, bytes), row) in part.iter().zip(0..) {
                head.push_str(&format!("{} {} ", id.get(), body.len()));
                body.extend_from_slice(bytes);
                body.push(b'\n');
                self.places.push((*id, stream, row));
            }
            let packed = deflate::zlib(&[head.as_bytes(), &body].concat())?;
            let mut out = pdf.stream(stream, &packed);
            out.filter(Filter::FlateDecode).pair(Name(b"Type"), Name(b"ObjStm"));
            out.pair(Name(b"N"), part.len() as i32).pair(Name(b"First"), head.len() as i32);
        }
        self.waiting.clear();
        Ok(())
    }

    /// The file: with a table of cross-references where nothing is packed, for readers of before 2003, else with a stream.
    ///
    /// # Errors
    /// [`Error::Internal`] for a table that is not as it is known; [`Error::TooLarge`] beyond 4 GB.
    pub fn finish(self, pdf: Pdf, ids: &mut Ids) -> Result<Vec<u8>> {
        let mut bytes = pdf.finish();
        if self.places.is_empty() {
            return Ok(bytes);
        }
        let strange = || Error::Internal("the cross-references of the PDF are not where they should be".into());
        let (at, rows, trailer) = table(&bytes).ok_or_else(strange)?;
        let own = ids.next();
        let mut all = vec![(FREE, 0, 0); own.get() as usize + 1];
        let mut set = |id: Ref, row| all.get_mut(id.get() as usize).map(|place| *place = row).ok_or_else(strange);
        for (id, place) in rows {
            set(id, (PLAIN, place, 0))?;
        }
        for (id, stream, row) in self.places {
            set(id, (WITHIN, stream.get() as u32, row))?;
        }
        let at = u32::try_from(at).map_err(|_| Error::TooLarge("a PDF of more than 4 GB".into()))?;
        set(own, (PLAIN, at, 0))?;
        let mut list = Big::new();
        for (kind, place, row) in &all {
            list.u8(*kind).u32(*place).u16(*row);
        }
        let list = deflate::zlib(list.as_ref())?;
        bytes.truncate(at as usize);
        let (own, size, length) = (own.get(), all.len(), list.len());
        let head = format!("{own} 0 obj\n<</Type/XRef/W[1 4 2]/Filter/FlateDecode/Length {length}/Size {size}");
        bytes.extend_from_slice(head.as_bytes());
        bytes.extend_from_slice(&trailer);
        bytes.extend_from_slice(b">>\nstream\n");
        bytes.extend_from_slice(&list);
        bytes.extend_from_slice(format!("\nendstream\nendobj\nstartxref\n{at}\n%%EOF").as_bytes());
        Ok(bytes)
    }
}

/// What stands between `obj` and `endobj`.
fn inner(bytes: &[u8]) -> &[u8] {
    let start = bytes.windows(3).position(|word| word == b"obj").map_or(0, |at| at + 3);
    let end = bytes.windows(6).rposition(|word| word == b"endobj").unwrap_or(bytes.len());
    bytes.get(start..end).unwrap_or_default().trim_ascii()
}

/// Objects, and where in the file they begin.
type Rows = Vec<(Ref, u32)>;

/// Where the table of cross-references begins, its rows that are in use, and what the trailer says besides the size.
fn table(bytes: &[u8]) -> Option<(usize, Rows, Vec<u8>)> {
    let number = |bytes: &[u8]| str::from_utf8(bytes).ok()?.trim().parse::<usize>().ok();
    let said = bytes.windows(9).rposition(|word| word == b"startxref")?;
    let last = bytes.get(said + 9..)?;
    let at = number(last.get(..last.windows(5).position(|word| word == b"%%EOF")?)?)?;
    let table = bytes.get(at..said)?.strip_prefix(b"xref\n0 ")?;
    let line = table.iter().position(|byte| *byte == b'\n')?;
    let (count, rest) = (number(table.get(..line)?)?, table.get(line + 1..)?);
    let (rows, trailer) = rest.split_at_checked(count * ROW)?;
    let mut found = Rows::new();
    for (row, id) in rows.chunks_exact(ROW).zip(0..) {
        if row.get(17) == Some(&b'n') {
            found.push((Ref::new(id), u32::try_from(number(row.get(..10)?)?).ok()?));
        }
    }
    let words = trailer.strip_prefix(b"trailer")?.trim_ascii().strip_prefix(b"<<")?.strip_suffix(b">>")?;
    let size = words.windows(6).position(|word| word == b"/Size ")?;
    let after = words.get(size + 6..)?;
    let digits = after.iter().position(|byte| !byte.is_ascii_digit()).unwrap_or(after.len());
    Some((at, found, [words.get(..size)?, after.get(digits..)?].concat()))
}
