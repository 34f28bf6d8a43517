//! Classes as pens, brushes and symbols.

use crate::color::Color;
use crate::map::Geometry;
use crate::style::PIXEL;
use crate::style::symbol::Symbol;

/// Widths that a pen has in pixels.
const PENS: (f64, f64) = (1.0, 7.0);
/// Points of a typographer's inch by millimetre.
const POINTS: f64 = 72.0 / 25.4;
/// Sizes that a symbol has, points.
const SIZES: (f64, f64) = (4.0, 48.0);
/// The disc of MapInfo's own symbols.
const DISC: u8 = 34;

/// The clauses that follow an object of this geometry, each on a line.
pub fn clauses(symbol: &Symbol, geometry: Option<Geometry>) -> String {
    match geometry {
        Some(Geometry::Point) | None => {
            let color = symbol.color().map_or(0, rgb);
            let size = symbol.dot.as_ref().map_or(SIZES.0, |dot| (dot.size * POINTS).clamp(SIZES.0, SIZES.1));
            format!("    Symbol ({DISC},{color},{})\n", libm::round(size) as u32)
        }
        Some(Geometry::Line) => pen(symbol),
        Some(Geometry::Area) => {
            let brush = match symbol.fill {
                Some(fill) => format!("    Brush (2,{},16777215)\n", rgb(fill)),
                None => "    Brush (1,0,16777215)\n".to_owned(),
            };
            pen(symbol) + &brush
        }
    }
}

/// The uppermost line: of a road with its edge, the filling.
fn pen(symbol: &Symbol) -> String {
    match symbol.strokes.last() {
        Some(stroke) => {
            let width = libm::round((stroke.width / PIXEL).clamp(PENS.0, PENS.1)) as u32;
            format!("    Pen ({width},2,{})\n", rgb(stroke.color))
        }
        None => "    Pen (1,1,0)\n".to_owned(),
    }
}

/// Red, green, blue as one number.
fn rgb(color: Color) -> u32 {
    u32::from(color.r) << 16 | u32::from(color.g) << 8 | u32::from(color.b)
}
