//! Planes of samples, each row in run lengths (PackBits).

use crate::format::pixels::on_white;
use crate::wire::icc::cmyk;

/// What planes hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ink {
    /// Red, green, blue.
    Rgb,
    /// Inks, stored the other way round: 255 is none.
    Cmyk,
}

impl Ink {
    /// Planes without that of opacity.
    pub fn samples(self) -> usize {
        if self == Self::Cmyk { 4 } else { 3 }
    }
}

/// A plane.
pub struct Plane {
    /// Which sample it is; -1 is opacity.
    pub id: i16,
    rows: Vec<u16>,
    /// All rows, packed.
    pub bytes: Vec<u8>,
}

impl Plane {
    /// How long each row is.
    pub fn lengths(&self) -> Vec<u8> {
        self.rows.iter().flat_map(|length| length.to_be_bytes()).collect()
    }

    /// How long it is in a layer.
    pub fn length(&self) -> u32 {
        (2 + self.rows.len() * 2 + self.bytes.len()) as u32
    }

    /// Appends it as a layer has it.
    pub fn layer(&self, out: &mut Vec<u8>) {
        out.extend([0, 1]);
        out.extend(self.lengths());
        out.extend(&self.bytes);
    }
}

/// Planes in the making.
pub struct Planes {
    ink: Ink,
    alpha: bool,
    width: usize,
    planes: Vec<Plane>,
    last: ([u8; 3], [u8; 4]),
}

impl Planes {
    /// With a plane of opacity, the first, where `alpha`; else on white.
    pub fn new(ink: Ink, alpha: bool, width: u32) -> Self {
        let ids = (if alpha { -1 } else { 0 })..ink.samples() as i16;
        let planes = ids.map(|id| Plane { id, rows: Vec::new(), bytes: Vec::new() }).collect();
        Self { ink, alpha, width: width as usize, planes, last: ([0; 3], [255, 255, 255, 0]) }
    }

    /// Adds rows of straight RGBA.
    pub fn add(&mut self, rgba: &[u8]) {
        let mut samples: Vec<[u8; 5]> = Vec::with_capacity(self.width);
        let mut row: Vec<u8> = Vec::with_capacity(self.width);
        for pixels in rgba.chunks_exact((self.width * 4).max(4)) {
            samples.clear();
            for pixel in pixels.chunks_exact(4) {
                let converted = self.convert(pixel);
                samples.push(converted);
            }
            for plane in &mut self.planes {
                let place = (plane.id + 1) as usize;
                row.clear();
                row.extend(samples.iter().filter_map(|sample| sample.get(place)));
                let before = plane.bytes.len();
                pack(&row, &mut plane.bytes);
                plane.rows.push((plane.bytes.len() - before) as u16);
            }
        }
    }

    /// Opacity, then the samples.
    fn convert(&mut self, pixel: &[u8]) -> [u8; 5] {
        let &[r, g, b, a] = pixel else { return [0; 5] };
        let color = if self.alpha { [r, g, b] } else { on_white(pixel) };
        if self.ink == Ink::Rgb {
            let [r, g, b] = color;
            return [a, r, g, b, 0];
        }
        if color != self.last.0 {
            self.last = (color, cmyk(color).map(|share| 255 - libm::roundf(share * 255.0) as u8));
        }
        let [c, m, y, k] = self.last.1;
        [a, c, m, y, k]
    }

    /// All of them.
    pub fn finish(self) -> Vec<Plane> {
        self.planes
    }
}

/// Runs of three and more as a count and a byte, the rest as it is.
pub fn pack(row: &[u8], out: &mut Vec<u8>) {
    let mut single: Vec<u8> = Vec::new();
    let flush = |single: &mut Vec<u8>, out: &mut Vec<u8>| {
        for part in single.chunks(128) {
            out.push((part.len() - 1) as u8);
            out.extend(part);
        }
        single.clear();
    };
    for run in row.chunk_by(|a, b| a == b).flat_map(|run| run.chunks(128)) {
        match run {
            [byte, _, _, ..] => {
                flush(&mut single, out);
                out.extend([(257 - run.len()) as u8, *byte]);
            }
            _ => single.extend(run),
        }
    }
    flush(&mut single, out);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_are_counted_down_from_257() {
        let mut out = Vec::new();
        pack(&[1, 1, 2, 7, 7, 7, 7, 3], &mut out);
        assert_eq!(out, [2, 1, 1, 2, 253, 7, 0, 3]);
        out.clear();
        pack(&[9; 300], &mut out);
        assert_eq!(out, [129, 9, 129, 9, 213, 9]);
    }
}
