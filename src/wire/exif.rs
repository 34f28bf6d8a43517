//! Exif (CIPA DC-008): one directory with resolution, description and terms, big-endian. Text should be
//! ASCII; what is not is UTF-8, and stands in XMP beside it.

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
    let dots = [(libm::round(dpi * f64::from(PARTS)) as u32).to_be_bytes(), PARTS.to_be_bytes()].concat();
    let entries: [(u16, u16, Vec<u8>); 6] = [
        (DESCRIPTION, ASCII, text(description)),
        (WIDTH_RESOLUTION, RATIONAL, dots.clone()),
        (HEIGHT_RESOLUTION, RATIONAL, dots),
        // Inches.
        (RESOLUTION_UNIT, SHORT, 2_u16.to_be_bytes().to_vec()),
        (SOFTWARE, ASCII, text("mapwright")),
        (COPYRIGHT, ASCII, text(copyright)),
    ];
    let mut block = b"MM\0\x2a\0\0\0\x08".to_vec();
    block.extend((entries.len() as u16).to_be_bytes());
    // Values longer than four bytes stand behind the directory.
    let mut place = block.len() + entries.len() * 12 + 4;
    let mut values = Vec::new();
    for (tag, kind, value) in entries {
        let size = match kind {
            RATIONAL => 8,
            SHORT => 2,
            _ => 1,
        };
        block.extend([tag.to_be_bytes(), kind.to_be_bytes()].concat());
        block.extend(((value.len() / size) as u32).to_be_bytes());
        if value.len() <= 4 {
            block.extend(value.iter().copied().chain([0; 4]).take(4));
        } else {
            block.extend((place as u32).to_be_bytes());
            place += value.len();
            values.extend(value);
        }
    }
    block.extend([0; 4]);
    block.extend(values);
    block
}
