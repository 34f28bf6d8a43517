//! What stands on the map besides features: attribution, title, scale bar, ratio, north arrow.

use super::label::{Anchor, At, Look, Wish};
use super::{Cap, Color, Join, Path, Paths, Sheet, Stroke};
use crate::note::Notes;
use crate::request::Furniture;

/// What every drawing says.
pub const ATTRIBUTION: &str = "© OpenStreetMap contributors, ODbL";

/// Smaller side of a map on which furniture has its plain size, mm; larger maps get larger pieces.
const PLAIN: f64 = 200.0;
/// Widest scale bar in map widths.
const BAR: f64 = 0.3;

/// Pieces of furniture: what is drawn, and text that wants a place before any label.
pub struct Pieces {
    /// Drawn in this order.
    pub paths: Vec<Path>,
    /// Text, and empty wishes that keep labels off.
    pub wishes: Vec<Wish>,
}

/// Draws the furniture a request asks for.
struct Joiner<'s> {
    sheet: &'s Sheet,
    /// Unit of length, mm.
    unit: f64,
    ink: Color,
    paper: Color,
    out: &'s mut Paths,
    pieces: Pieces,
}

/// The furniture a request asks for; what is not drawn is noted. `background` decides between dark and light ink.
pub fn furniture(
    wanted: &Furniture,
    sheet: &Sheet,
    background: Option<Color>,
    out: &mut Paths,
    notes: &mut Notes,
) -> Pieces {
    let [_, _, width, height] = sheet.map;
    let unit = (width.min(height) / PLAIN).clamp(0.5, 2.0);
    let (ink, paper) = inks(background);
    let pieces = Pieces { paths: Vec::new(), wishes: Vec::new() };
    let mut joiner = Joiner { sheet, unit, ink, paper, out, pieces };
    joiner.attribution();
    if let Some(title) = wanted.title.as_deref().filter(|title| !title.trim().is_empty()) {
        joiner.title(title.trim());
    }
    if wanted.scale_bar {
        joiner.scale_bar();
    }
    if wanted.ratio {
        joiner.ratio(wanted.scale_bar);
    }
    if wanted.north_arrow {
        joiner.north_arrow();
    }
    let missing = [("grid", wanted.grid.is_some()), ("legend", wanted.legend), ("index", wanted.index)];
    let missing: Vec<&str> = missing.into_iter().filter(|(_, asked)| *asked).map(|(name, _)| name).collect();
    if !missing.is_empty() {
        let message = format!("page.furniture: {} is not drawn yet", missing.join(", "));
        notes.say("furniture", missing.len() as u64, message);
    }
    joiner.pieces
}

/// Colours of text and of what lies behind it, readable on a background.
fn inks(background: Option<Color>) -> (Color, Color) {
    let white = Color { r: 255, g: 255, b: 255, a: 255 };
    let dark = Color { r: 0x26, g: 0x28, b: 0x2b, a: 255 };
    let Some(Color { r, g, b, .. }) = background else { return (dark, white) };
    // Luma of Rec. 601.
    let luma = 0.299 * f64::from(r) + 0.587 * f64::from(g) + 0.114 * f64::from(b);
    if luma < 110.0 { (white, Color { r, g, b, a: 255 }) } else { (dark, white) }
}

/// The largest of 1, 2, 5 × 10ⁿ that is not larger than `most`.
fn round_below(most: f64) -> f64 {
    let decade = libm::pow(10.0, libm::floor(libm::log10(most)));
    [5.0, 2.0, 1.0].map(|step| step * decade).into_iter().find(|value| *value <= most).unwrap_or(decade)
}

impl Joiner<'_> {
    /// Sides of the map that furniture keeps off by 4 units: left, top, right, bottom.
    fn sides(&self) -> [f64; 4] {
        let [x, y, width, height] = self.sheet.map;
        let gap = 4.0 * self.unit;
        [x + gap, y + gap, x + width - gap, y + height - gap]
    }

    fn text(&mut self, text: &str, point: [f64; 2], anchor: Anchor, size: f64, weight: u16) {
        let at = At::Point { point, anchors: vec![anchor], offset: [0.0; 2], clearance: 0.0, rotation: 0.0 };
        let halo = Some((Color { a: 225, ..self.paper }, size * 0.22));
        let (size, color) = (size * self.unit, self.ink);
        let look = Look {
            size,
            weight,
            italic: false,
            color,
            halo,
            letter_spacing: 0.0,
            max_width: 0.0,
            line_height: 1.2,
            padding: self.unit,
            overlap: true,
        };
        self.pieces.wishes.push(Wish { text: text.into(), at, look, priority: (0, i64::MIN) });
    }

    /// Keeps labels off a disc.
    fn keep_free(&mut self, point: [f64; 2], radius: f64) {
        self.text("", point, Anchor::Center, 1.0, 400);
        if let Some(Wish { at: At::Point { clearance, .. }, .. }) = self.pieces.wishes.last_mut() {
            *clearance = radius;
        }
    }

    fn shape(&mut self, points: &[[f64; 2]], fill: Color) {
        let row = self.out.push(points.iter().map(|point| point.map(|side| libm::round(side * 1000.0) / 1000.0)), true);
        let stroke =
            Stroke { color: self.ink, width: 0.15 * self.unit, cap: Cap::Butt, join: Join::Miter, dashes: Vec::new() };
        self.pieces.paths.push(Path { subpaths: row..row + 1, fill: Some(fill), stroke: Some(stroke), source: None });
    }

    /// Bottom right, always.
    fn attribution(&mut self) {
        let [x, y, width, height] = self.sheet.map;
        // On tiny maps the text shrinks until it fits; its width is about 17 font sizes.
        let size = (width / 20.0 / self.unit).min(2.1);
        self.text(ATTRIBUTION, [x + width - self.unit, y + height - self.unit], Anchor::BottomRight, size, 400);
    }

    /// Top left.
    fn title(&mut self, title: &str) {
        let [left, top, right, _] = self.sides();
        let count = title.chars().count().max(1) as f64;
        let size = ((right - left) / (count * 0.62) / self.unit).min(7.0);
        self.text(title, [left, top], Anchor::TopLeft, size, 700);
    }

    /// Bottom left: four parts, dark and light, numbers above.
    fn scale_bar(&mut self) {
        let [left, _, right, bottom] = self.sides();
        let per_metre = 1000.0 / self.sheet.scale;
        let metres = round_below((right - left) * BAR / per_metre);
        let (length, height, unit) = (metres * per_metre, 1.2 * self.unit, self.unit);
        for part in 0..4 {
            let x = left + length * f64::from(part) / 4.0;
            let end = x + length / 4.0;
            let fill = if part % 2 == 0 { self.ink } else { self.paper };
            self.shape(&[[x, bottom - height], [end, bottom - height], [end, bottom], [x, bottom]], fill);
        }
        let told = |metres: f64| {
            if metres >= 1000.0 { format!("{} km", metres / 1000.0) } else { format!("{metres} m") }
        };
        let above = bottom - height - 0.8 * unit;
        self.text("0", [left, above], Anchor::BottomLeft, 2.4, 400);
        self.text(&told(metres), [left + length, above], Anchor::Bottom, 2.4, 400);
        let discs = libm::ceil(length / (4.0 * unit)) as u32;
        for disc in 0..=discs {
            self.keep_free(
                [left + length * f64::from(disc) / f64::from(discs.max(1)), bottom - 2.0 * unit],
                2.8 * unit,
            );
        }
    }

    /// Bottom left, above the scale bar if there is one.
    fn ratio(&mut self, above_bar: bool) {
        let [left, _, _, bottom] = self.sides();
        let digits = format!("{:.0}", self.sheet.scale);
        let mut grouped = String::new();
        for (row, digit) in digits.chars().enumerate() {
            if row > 0 && (digits.len() - row) % 3 == 0 {
                grouped.push('\u{a0}');
            }
            grouped.push(digit);
        }
        let lift = if above_bar { 6.0 * self.unit } else { 0.0 };
        self.text(&format!("1 : {grouped}"), [left, bottom - lift], Anchor::BottomLeft, 2.8, 700);
    }

    /// Top right: points to true north at the centre of the map.
    fn north_arrow(&mut self) {
        let [_, top, right, _] = self.sides();
        let (unit, center) = (self.unit, [right - 3.0 * self.unit, top + 8.0 * self.unit]);
        let angle = self.north().unwrap_or(0.0);
        let (sin, cos) = (libm::sin(angle), libm::cos(angle));
        // `across` and `up` in units, turned clockwise by `angle`.
        let at = |across: f64, up: f64| {
            [center[0] + (across * cos + up * sin) * unit, center[1] + (across * sin - up * cos) * unit]
        };
        let (tip, notch) = (at(0.0, 5.0), at(0.0, -3.0));
        let (ink, paper) = (self.ink, self.paper);
        self.shape(&[tip, notch, at(-3.0, -5.0)], ink);
        self.shape(&[tip, at(3.0, -5.0), notch], paper);
        self.text("N", at(0.0, 6.8), Anchor::Center, 3.2, 700);
        self.keep_free(center, 6.0 * unit);
    }

    /// How far true north lies clockwise from up on the sheet, radians.
    fn north(&self) -> Option<f64> {
        let [x0, y0, x1, y1] = self.sheet.extent;
        let center = [(x0 + x1) / 2.0, (y0 + y1) / 2.0];
        let [lon, lat] = self.sheet.crs.unproject(center).ok()?;
        let [x, y] = self.sheet.crs.project([lon, (lat + 0.01).min(89.99)]).ok()?;
        Some(libm::atan2(x - center[0], y - center[1]))
    }
}
