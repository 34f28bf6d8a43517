//! Exif (CIPA DC-008): one directory with resolution, description and terms, big-endian. Text should be
//! ASCII; what is not is UTF-8, and stands in XMP beside it.

use super::record::Big;

/// Kinds of values.
const ASCII: u16 = 2;
const SHORT: u16 = 3;
const RATIONAL: u16 = 5;
/// Tags, in the ascending order that a directory must have.
const DESCRIPTION: u16 = 0x010e;
const WIDTH_RESOLUTION: u16 = 0x011a;
const HEIGHT_RESOLUTION: u16 = 0x011b;
const RESOLUTION_UNIT: u16 = 0x0128;
const SOFTWARE: u16 = 0x0131;
const COPYRIGHT: u16 = 0x8298;
/// Resolution is counted in thousandths of dots per inch.
const PARTS: u32 = 1000;

/// A block without the marker that JPEG puts before it.
pub fn block(description: &str, copyright: &str, dpi: f64) -> Vec<u8> {
    let text = |text: &str| -> Vec<u8> {
        text.replace('\u{a9}', "(c)").bytes().filter(|&byte| byte != 0).chain([0]).collect()
    };
    let mut dots = Big::new();
    dots.u32(libm::round(dpi * f64::from(PARTS)) as u32).u32(PARTS);
    let entries: [(u16, u16, Vec<u8>); 6] = [
        (DESCRIPTION, ASCII, text(description)),
        (WIDTH_RESOLUTION, RATIONAL, dots.clone().finish()),
        (HEIGHT_RESOLUTION, RATIONAL, dots.finish()),
        // Inches.
        (RESOLUTION_UNIT, SHORT, 2_u16.to_be_bytes().to_vec()),
        (SOFTWARE, ASCII, text("mapwright")),
        (COPYRIGHT, ASCII, text(copyright)),
    ];
    let mut block = Big::new();
    block.put(b"MM\0\x2a").u32(8).u16(entries.len() as u16);
    // Values longer than four bytes stand behind the directory.
    let mut place = block.len() + entries.len() * 12 + 4;
    let mut values = Vec::new();
    for (tag, kind, value) in entries {
        let size = match kind {
            RATIONAL => 8,
            SHORT => 2,
            _ => 1,
        };
        block.u16(tag).u16(kind).u32((value.len() / size) as u32);
        if value.len() <= 4 {
            block.put(&value).put([0; 4].get(value.len()..).unwrap_or_default());
        } else {
            block.u32(place as u32);
            place += value.len();
            values.extend(value);
        }
    }
    block.u32(0).put(&values);
    block.finish()
}
