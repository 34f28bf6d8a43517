//! Web Open Font Format 1.0: the tables of a font, each deflated.

use crate::project::Fault;
use flate2::{Compression, write::ZlibEncoder};
use std::io::Write;

/// Bytes of the header, and of the row of a table.
const HEADER: usize = 44;
const ROW: usize = 20;

/// A TrueType font as WOFF.
pub fn pack(font: &[u8]) -> Result<Vec<u8>, Fault> {
    let word = |at: usize| font.get(at..at + 4).and_then(|bytes| Some(u32::from_be_bytes(bytes.try_into().ok()?)));
    let short = "a font that ends early";
    let count = word(4).ok_or(short)? as usize >> 16;
    let mut rows: Vec<u8> = Vec::new();
    let mut body: Vec<u8> = Vec::new();
    for row in 0..count {
        let at = 12 + row * 16;
        let [tag, sum, start, long] = [0, 4, 8, 12].map(|field| word(at + field));
        let (tag, sum, start, long) = (tag.ok_or(short)?, sum.ok_or(short)?, start.ok_or(short)?, long.ok_or(short)?);
        let table = font.get(start as usize..start as usize + long as usize).ok_or(short)?;
        let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(table)?;
        let packed = encoder.finish()?;
        let stored = if packed.len() < table.len() { packed.as_slice() } else { table };
        for field in [tag, (HEADER + ROW * count + body.len()) as u32, stored.len() as u32, long, sum] {
            rows.extend(field.to_be_bytes());
        }
        body.extend(stored);
        body.resize(body.len().next_multiple_of(4), 0);
    }
    let whole = (HEADER + rows.len() + body.len()) as u32;
    let plain = 12
        + 16 * count
        + (0..count)
            .filter_map(|row| word(12 + row * 16 + 12))
            .map(|long| (long as usize).next_multiple_of(4))
            .sum::<usize>();
    let mut out = b"wOFF".to_vec();
    out.extend(word(0).ok_or(short)?.to_be_bytes());
    out.extend(whole.to_be_bytes());
    out.extend((count as u16).to_be_bytes());
    out.extend(0_u16.to_be_bytes());
    out.extend((plain as u32).to_be_bytes());
    // Version, metadata and private data: none.
    out.extend([0; 24]);
    out.extend(rows);
    out.extend(body);
    Ok(out)
}
