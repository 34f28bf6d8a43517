//! **Color** is what styles say, scenes paint and models bear.

/// sRGB with opacity, 0 to 255 each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Color {
    /// Red.
    pub r: u8,
    /// Green.
    pub g: u8,
    /// Blue.
    pub b: u8,
    /// Opacity.
    pub a: u8,
}

/// Red, green and blue as documents have them: `#rrggbb`.
pub fn hex([r, g, b]: [u8; 3]) -> String {
    format!("#{r:02x}{g:02x}{b:02x}")
}

/// The same, with opacity where it is not whole: `#rrggbbaa`.
pub fn hex_with(color: [u8; 3], opacity: u8) -> String {
    if opacity == 255 { hex(color) } else { format!("{}{opacity:02x}", hex(color)) }
}
