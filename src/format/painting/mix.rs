//! Colours where a format has no opacity.

use crate::color::Color;
use crate::note::Notes;

/// Paper, where the sheet has no background.
const WHITE: Color = Color { r: 255, g: 255, b: 255, a: 255 };

/// Mixes half-transparent colours with the background.
pub struct Mixer {
    below: Color,
    mixed: u64,
    /// The format has opacity.
    keeps: bool,
}

impl Mixer {
    /// On `background`; on white paper where there is none.
    pub fn new(background: Option<Color>) -> Self {
        Self { below: background.filter(|color| color.a == 255).unwrap_or(WHITE), mixed: 0, keeps: false }
    }

    /// One that keeps opacity, or not.
    #[must_use]
    pub fn keeping(self, keeps: bool) -> Self {
        Self { keeps, ..self }
    }

    /// The colour and its opacity as the format has them.
    pub fn paint(&mut self, color: Color) -> ([u8; 3], u8) {
        if self.keeps { ([color.r, color.g, color.b], color.a) } else { (self.mix(color), 255) }
    }

    /// The colour as it looks on the background.
    pub fn mix(&mut self, color: Color) -> [u8; 3] {
        let opacity = u32::from(color.a);
        self.mixed += u64::from(opacity < 255);
        let below = self.below;
        [(color.r, below.r), (color.g, below.g), (color.b, below.b)]
            .map(|(part, below)| ((u32::from(part) * opacity + u32::from(below) * (255 - opacity) + 127) / 255) as u8)
    }

    /// Says how often that was.
    pub fn note(&self, format: &str, notes: &mut Notes) {
        if self.mixed > 0 {
            let count = self.mixed;
            let message = format!("{format} has no transparency: {count} colours were mixed with the background.");
            notes.say("opacity_mixed", count, message);
        }
    }
}
