//! Numbers as a page has them.

/// Points (1/72 inch) in a millimetre.
pub const POINTS: f64 = 72.0 / 25.4;

/// 0 to 255 → 0 to 1 with as many decimals as matter.
pub fn share(value: u8) -> f32 {
    short(f64::from(value) / 255.0, 1000.0)
}

/// Rounds to whole parts of `scale`, so that the number is written with few digits.
pub fn short(value: f64, scale: f64) -> f32 {
    (libm::round(value * scale) / scale) as f32
}
