//! Instructions, and the tags in them: each a number, a length that counts itself, and what it holds; 255 ends a list.

use crate::error::Result;
use crate::wire::record::Little;

/// Ends a list of tags.
const END: u8 = 0xff;
/// Longest instruction whose length has 16 bits.
const SHORT: usize = 0x7fff;

/// Numbers of instructions.
pub mod code {
    pub const BEGIN_PAGE: i16 = 9;
    pub const END_PAGE: i16 = 10;
    pub const BEGIN_LAYER: i16 = 11;
    pub const END_LAYER: i16 = 12;
    pub const POLY_CURVE: i16 = 67;
}

/// Appends a tag.
///
/// # Errors
/// [`crate::error::Error::TooLarge`] for more than 64 kB.
pub fn tag(out: &mut Little, number: u8, write: impl FnOnce(&mut Little) -> Result<()>) -> Result<()> {
    let mut body = Little::new();
    write(&mut body)?;
    let length = u16::try_from(body.len() + 3)
        .map_err(|_| crate::error::Error::TooLarge(format!("a tag of {} bytes is too long for CMX", body.len())))?;
    out.u8(number).u16(length).put(body.as_ref());
    Ok(())
}

/// Ends the tags of a list.
pub fn end(out: &mut Little) {
    out.u8(END);
}

/// Appends an instruction; numbers of those with tags are negative.
pub fn instruction(out: &mut Little, code: i16, tags: &Little) {
    let tags = tags.as_ref();
    let short = tags.len() + 4;
    if short <= SHORT {
        out.u16(short as u16);
    } else {
        out.u16(0xffff).u32(short as u32 + 4);
    }
    out.i16(-code).put(tags);
}
