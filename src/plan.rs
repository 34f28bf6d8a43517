//! **Plan**: features in true size, the sheet that they would be drawn on, and how they look.

use crate::map::Features;
use crate::sheet::Sheet;
use crate::style::{Legend, Style};

/// What drawings and models in true size are made from: nothing is left to look up.
pub struct Plan<'m> {
    /// In metres of a projected CRS, cut at the frame.
    pub features: Features<'m>,
    /// Its scale sets the heights of texts and the lengths of dashes; its paper, frame and corners are those of a layout.
    pub sheet: Sheet,
    /// With layers for overlays where there are some.
    pub style: Style,
}

impl Plan<'_> {
    /// How each class looks.
    pub fn legend(&self) -> Legend<'_> {
        Legend::new(&self.style)
    }

    /// Metres of a millimetre on the sheet.
    pub fn metres_per_mm(&self) -> f64 {
        self.sheet.scale / 1000.0
    }
}
