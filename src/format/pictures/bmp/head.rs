//! The head of a bitmap.

use crate::wire::record::Little;

/// What the head of a file says.
pub struct Head<'a> {
    /// Pixels of a row.
    pub width: u32,
    /// Rows.
    pub height: u32,
    /// Dots per inch.
    pub dpi: f64,
    /// Bits of a pixel.
    pub bits: u16,
    /// Colours, where pixels are places in a palette.
    pub palette: &'a [[u8; 3]],
}

impl Head<'_> {
    /// Bytes of a row, which is filled up to four.
    pub fn row(&self) -> u64 {
        (u64::from(self.width) * u64::from(self.bits)).div_ceil(32) * 4
    }

    /// The head; with 32 bits that of version 5, which says where opacity is and that colours are sRGB.
    pub fn bytes(&self) -> Vec<u8> {
        let deep = self.bits == 32;
        let info: u32 = if deep { 124 } else { 40 };
        let start = 14 + info + self.palette.len() as u32 * 4;
        let pixels = (self.row() * u64::from(self.height)) as u32;
        let per_metre = libm::round(self.dpi / 0.0254) as u32;
        let mut out = Little::new();
        out.put(b"BM").u32(start + pixels).u32(0).u32(start);
        out.u32(info).u32(self.width).u32(self.height).u16(1).u16(self.bits);
        out.u32(if deep { 3 } else { 0 }).u32(pixels).u32(per_metre).u32(per_metre);
        out.u32(self.palette.len() as u32).u32(self.palette.len() as u32);
        if deep {
            out.u32(0x00ff_0000).u32(0x0000_ff00).u32(0x0000_00ff).u32(0xff00_0000).put(b"BGRs");
            // Ends of colours and gamma do not count for sRGB; colours are for looking at.
            out.put(&[0; 48]).u32(4).put(&[0; 12]);
        }
        self.palette.iter().for_each(|&[r, g, b]| _ = out.put(&[b, g, r, 0]));
        out.finish()
    }
}
