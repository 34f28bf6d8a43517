//! Rows of SQLite databases that are too long for a page: the rest stands on others, four bytes before each.

/// The leaf of a table, by its first byte.
const LEAF: u8 = 0x0d;

/// What begins a row that goes on elsewhere, on its own page: whether it is the one.
type Wanted<'w> = &'w dyn Fn(&[u8]) -> bool;

/// The first `wanted` row that goes on elsewhere, in one piece of at most `most` bytes. Its page is one of `ends`, the others
/// are of `file`, which is whole or begins as it did.
pub fn chained(file: &[u8], ends: &[u8], most: usize, wanted: Wanted) -> Option<Vec<u8>> {
    let head = file.get(..100).filter(|head| head.starts_with(b"SQLite format 3\0"))?;
    let size = match number(head, 16, 2)? {
        1 => 1 << 16,
        size => size,
    };
    let room = size.checked_sub(number(head, 20, 1)?).filter(|room| *room >= 480 && size.is_power_of_two())?;
    for page in ends.chunks(size).filter(|page| page.first() == Some(&LEAF)) {
        for cell in 0..number(page, 3, 2)?.min(size / 4) {
            let place = number(page, 8 + 2 * cell, 2).and_then(|at| page.get(at..));
            if let Some(whole) = place.and_then(|cell| row(file, cell, [room, size, most], wanted)) {
                return Some(whole);
            }
        }
    }
    None
}

/// The row of a cell (§1.6 of the file format).
fn row(file: &[u8], cell: &[u8], [room, size, most]: [usize; 3], wanted: Wanted) -> Option<Vec<u8>> {
    let (length, cell) = varint(cell)?;
    let (_, cell) = varint(cell)?;
    let least = (room - 12) * 32 / 255 - 23;
    if length <= room - 35 || length > most {
        return None;
    }
    let inside = least + (length - least) % (room - 4);
    let inside = if inside <= room - 35 { inside } else { least };
    let mut row = cell.get(..inside).filter(|inside| wanted(inside))?.to_vec();
    let mut next = number(cell, inside, 4)?;
    while row.len() < length {
        let page = file.get(next.checked_sub(1)?.checked_mul(size)?..)?;
        let rest = (length - row.len()).min(room - 4);
        row.extend_from_slice(page.get(4..4 + rest)?);
        next = number(page, 0, 4)?;
    }
    Some(row)
}

/// A whole number, the highest byte first.
fn number(bytes: &[u8], at: usize, length: usize) -> Option<usize> {
    let bytes = bytes.get(at..at.checked_add(length)?)?;
    Some(bytes.iter().fold(0, |number, byte| number << 8 | usize::from(*byte)))
}

/// A number of one to nine bytes, and what follows. Only the first four count: none that is longer is a length here.
fn varint(bytes: &[u8]) -> Option<(usize, &[u8])> {
    let end = bytes.iter().take(9).position(|byte| byte & 0x80 == 0)?;
    let (number, rest) = bytes.split_at_checked(end + 1)?;
    Some((number.iter().take(4).fold(0, |number, byte| number << 7 | usize::from(byte & 0x7f)), rest))
}
