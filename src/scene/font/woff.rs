//! Web Open Font Format 1.0 (W3C Recommendation, 2012) → TrueType or OpenType.

use zlib_rs::{Inflate, InflateFlush, Status};

/// What a file begins with.
const SIGNATURE: &[u8] = b"wOFF";
/// Bytes of the header, and of the row of a table; the same of what is made.
const HEADER: usize = 44;
const ROW: usize = 20;
const PLAIN_HEADER: usize = 12;
const PLAIN_ROW: usize = 16;
/// Largest font, bytes.
const MOST: usize = 64 << 20;
/// The window of zlib, bits.
const ZLIB: u8 = 15;

/// Whether a file is one.
pub fn is(data: &[u8]) -> bool {
    data.starts_with(SIGNATURE)
}

/// Unpacks a file; none where it is damaged.
pub fn unpack(data: &[u8]) -> Option<Vec<u8>> {
    let flavour = number(data, 4, 4)?;
    let count = number(data, 12, 2)?;
    let mut out = Vec::new();
    out.extend(u32::try_from(flavour).ok()?.to_be_bytes());
    out.extend(u16::try_from(count).ok()?.to_be_bytes());
    // The numbers for binary search: the largest power of two that fits, its exponent, what is left.
    let power = count.max(1).ilog2();
    let most = PLAIN_ROW << power;
    for field in [most, power as usize, (count * PLAIN_ROW).saturating_sub(most)] {
        out.extend(u16::try_from(field).ok()?.to_be_bytes());
    }
    let mut body = PLAIN_HEADER + PLAIN_ROW * count;
    let mut tables = Vec::new();
    for row in 0..count {
        let at = HEADER + row * ROW;
        let [start, packed, long] = [number(data, at + 4, 4)?, number(data, at + 8, 4)?, number(data, at + 12, 4)?];
        out.extend(data.get(at..at + 4)?);
        out.extend(data.get(at + 16..at + 20)?);
        out.extend(u32::try_from(body).ok()?.to_be_bytes());
        out.extend(u32::try_from(long).ok()?.to_be_bytes());
        let stored = data.get(start..start.checked_add(packed)?)?;
        body = body.checked_add(long.checked_next_multiple_of(4)?).filter(|body| *body <= MOST)?;
        tables.push((stored, long));
    }
    out.reserve(body.saturating_sub(out.len()));
    for (stored, long) in tables {
        let from = out.len();
        if stored.len() < long {
            out.resize(from + long, 0);
            let mut inflate = Inflate::new(true, ZLIB);
            let status = inflate.decompress(stored, out.get_mut(from..)?, InflateFlush::Finish);
            if status != Ok(Status::StreamEnd) || inflate.total_out() != long as u64 {
                return None;
            }
        } else {
            out.extend(stored.get(..long)?);
        }
        out.resize(out.len().next_multiple_of(4), 0);
    }
    Some(out)
}

/// A number of so many bytes, the highest first.
fn number(data: &[u8], at: usize, bytes: usize) -> Option<usize> {
    let bytes = data.get(at..at.checked_add(bytes)?)?;
    Some(bytes.iter().fold(0, |sum, byte| sum << 8 | usize::from(*byte)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_that_share_their_bytes_do_not_fill_memory() {
        /// A font of `count` tables, each of the same `long` bytes behind all rows.
        fn shared(count: u16, long: usize) -> Vec<u8> {
            let body = HEADER + ROW * usize::from(count);
            let mut file = SIGNATURE.to_vec();
            file.resize(HEADER, 0);
            file[12..14].copy_from_slice(&count.to_be_bytes());
            for _ in 0..count {
                let long = long as u32;
                for field in [u32::from_be_bytes(*b"head"), body as u32, long, long, 0] {
                    file.extend(field.to_be_bytes());
                }
            }
            file.resize(body + long, 7);
            file
        }
        let unpacked = unpack(&shared(3, 10)).unwrap();
        assert_eq!(unpacked.len(), PLAIN_HEADER + 3 * (PLAIN_ROW + 12));
        assert_eq!(unpacked[PLAIN_HEADER + 3 * PLAIN_ROW..][..12], [7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 0, 0]);
        // Two megabytes that ask for 65 thousand times one.
        assert_eq!(unpack(&shared(u16::MAX, 1 << 20)), None);
    }
}
