//! Crop marks: where the printer cuts the sheet, outside the bleed so that no ink of theirs is left on it.

use super::panel_layout::PanelLayout;
use crate::color::Color;
use crate::sheet::MARKS;
use crate::sheet::Sheet;

/// Distance of the marks from the bleed, mm.
const APART: f64 = 2.0;
/// Width of their lines, mm: a quarter of a point.
const WIDTH: f64 = 0.088;
/// What all plates print.
const BLACK: Color = Color { r: 0, g: 0, b: 0, a: 255 };

/// Draws two marks at each corner of the sheet.
pub fn crop(panels: &mut PanelLayout, sheet: &Sheet) {
    panels.panel("crop-marks");
    let (near, far) = (sheet.bleed + APART, sheet.bleed + MARKS);
    for (x, right) in [(0.0, -1.0), (sheet.width, 1.0)] {
        for (y, down) in [(0.0, -1.0), (sheet.height, 1.0)] {
            panels.stroke(vec![[x + right * near, y], [x + right * far, y]], BLACK, WIDTH);
            panels.stroke(vec![[x, y + down * near], [x, y + down * far]], BLACK, WIDTH);
        }
    }
}
