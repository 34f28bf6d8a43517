//! Where furniture is put together: panels in the corners of the map, and what lies on them.

use crate::color::Color;
use crate::scene::font::Fonts;
use crate::scene::label::{self, Anchor, Look};
use crate::scene::shape::Shaper;
use crate::scene::{Cap, Group, Item, Join, Path, Paths, Stroke};
use crate::sheet::Sheet;

/// Letters of furniture in hundredths of the map's mean side, and the least and most, mm.
const LETTERS: (f64, f64, f64) = (0.01, 2.0, 5.0);
/// Opacity of panels.
const VEIL: u8 = 225;
/// Space around what lies on a panel, in letter sizes.
const PADDING: f64 = 0.5;

/// A place for a panel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Corner {
    /// Upper left.
    TopLeft,
    /// Middle of the upper edge.
    Top,
    /// Upper right.
    TopRight,
    /// Lower left.
    BottomLeft,
    /// Lower right.
    BottomRight,
}

/// Puts furniture together.
pub struct PanelLayout<'a> {
    /// Map frame: x, y, width, height, mm.
    pub map: [f64; 4],
    /// Size of letters, mm.
    pub unit: f64,
    /// Distance of panels from the frame and each other, mm.
    pub gap: f64,
    /// Colour of letters and lines.
    pub ink: Color,
    /// Colour of panels.
    pub paper: Color,
    /// What is wanted and not drawn.
    pub lacking: Vec<&'static str>,
    shaper: Shaper,
    paths: &'a mut Paths,
    group: Group,
    taken: Vec<[f64; 4]>,
}

impl<'a> PanelLayout<'a> {
    /// For a sheet; panels have the colour of the map's ground.
    pub fn new(sheet: &Sheet, background: Option<Color>, fonts: &Fonts, paths: &'a mut Paths) -> Self {
        let [_, _, width, height] = sheet.map;
        let (share, least, most) = LETTERS;
        let unit = (libm::sqrt(width * height) * share).clamp(least, most);
        let ground = background.unwrap_or(Color { r: 255, g: 255, b: 255, a: 255 });
        let [r, g, b] = [ground.r, ground.g, ground.b].map(u32::from);
        // Weights of the luma of ITU-R BT.601.
        let bright = r * 299 + g * 587 + b * 114 > 128_000;
        let tone = if bright { 0x33 } else { 0xee };
        Self {
            map: sheet.map,
            unit,
            gap: unit * 0.6,
            ink: Color { r: tone, g: tone, b: tone, a: 255 },
            paper: Color { a: VEIL, ..ground },
            lacking: Vec::new(),
            shaper: Shaper::new(fonts),
            paths,
            group: Group { id: "furniture".into(), label: "furniture".into(), ..Group::default() },
            taken: Vec::new(),
        }
    }

    /// The group of all furniture, the rectangles it covers, and what could not be drawn.
    pub fn finish(self) -> (Group, Vec<[f64; 4]>, Vec<&'static str>) {
        (self.group, self.taken, self.lacking)
    }

    /// Width of a line of text, mm.
    pub fn width(&mut self, text: &str, size: f64, weight: u16) -> f64 {
        self.shaper.line(text, (weight, false)).width * size
    }

    /// The size, at most `size`, at which a line of text fits into `room` with its panel.
    pub fn fitting(&mut self, text: &str, size: f64, weight: u16, room: f64) -> f64 {
        let width = self.width(text, 1.0, weight);
        if width > 0.0 { size.min((room - 2.0 * PADDING * self.unit) / width) } else { size }
    }

    /// Reserves room for a panel in a corner, beyond what is there already: its inner rectangle. None if the map is too
    /// small for it; then it is on the list of what is lacking.
    pub fn room(&mut self, name: &'static str, corner: Corner, size: [f64; 2]) -> Option<[f64; 4]> {
        let [left, top, width, height] = self.map;
        let pad = self.unit * PADDING;
        let [w, h] = size.map(|side| side + 2.0 * pad);
        let x = match corner {
            Corner::Top => left + (width - w) / 2.0,
            Corner::TopLeft | Corner::BottomLeft => left + self.gap,
            Corner::TopRight | Corner::BottomRight => left + width - self.gap - w,
        };
        let down = matches!(corner, Corner::TopLeft | Corner::Top | Corner::TopRight);
        let mut y = if down { top + self.gap } else { top + height - self.gap - h };
        while let Some(other) = self.taken.iter().find(|other| meet(&[x, y, w, h], other)) {
            y = if down { other[1] + other[3] + self.gap / 2.0 } else { other[1] - self.gap / 2.0 - h };
        }
        let fits = x >= left && y >= top && x + w <= left + width && y + h <= top + height;
        if !fits {
            self.lacking.push(name);
            return None;
        }
        self.panel(name);
        self.taken.push([x, y, w, h]);
        self.area(&[[x, y], [x + w, y], [x + w, y + h], [x, y + h]], Some(self.paper), None);
        Some([x + pad, y + pad, size[0], size[1]])
    }

    /// Begins a panel; what is drawn from here on lies on it.
    pub fn panel(&mut self, name: &'static str) {
        self.group.groups.push(Group { id: format!("furniture.{name}"), label: name.into(), ..Group::default() });
    }

    /// A line of text on a panel of its own.
    pub fn text(&mut self, name: &'static str, text: &str, size: f64, weight: u16, corner: Corner) {
        let width = self.width(text, size, weight);
        if let Some([x, y, _, height]) = self.room(name, corner, [width, size * label::CAPITALS]) {
            self.write(text, size, weight, [x, y + height / 2.0], Anchor::Left);
        }
    }

    /// Writes a line of text about a point of the last panel.
    pub fn write(&mut self, text: &str, size: f64, weight: u16, point: [f64; 2], anchor: Anchor) {
        let look = self.look(size, weight);
        if let Some((text, _)) = label::set(&mut self.shaper, text, &look, point, anchor) {
            self.add(Item::Text(Box::new(text)));
        }
    }

    /// Writes small text straight on the map, unless something is there already.
    pub fn mark(&mut self, text: &str, point: [f64; 2], anchor: Anchor) {
        let halo = Some((Color { a: 255, ..self.paper }, self.unit * 0.15));
        let look = Look { halo, ..self.look(self.unit * 0.75, 400) };
        let Some((text, [x, y, w, h])) = label::set(&mut self.shaper, text, &look, point, anchor) else { return };
        let [left, top, width, height] = self.map;
        let inside = x >= left && y >= top && x + w <= left + width && y + h <= top + height;
        if inside && !self.taken.iter().any(|other| meet(&[x, y, w, h], other)) {
            self.taken.push([x, y, w, h]);
            self.add(Item::Text(Box::new(text)));
        }
    }

    fn look(&self, size: f64, weight: u16) -> Look {
        Look {
            size,
            weight,
            italic: false,
            color: self.ink,
            halo: None,
            letter_spacing: 0.0,
            max_width: 0.0,
            line_height: 1.2,
            padding: 0.0,
            overlap: true,
            plate: None,
        }
    }

    /// A line that lies on no panel.
    pub fn line(&mut self, points: Vec<[f64; 2]>, color: Color, width: f64) -> Item {
        let row = self.paths.push(points, false);
        let stroke = Stroke { color, width, cap: Cap::Butt, join: Join::Round, dashes: Vec::new() };
        Item::Path(Path { subpaths: row..row + 1, fill: None, stroke: Some(stroke), source: None })
    }

    /// Draws a path of points, closed or not, on the last panel.
    pub fn path(&mut self, parts: Vec<(Vec<[f64; 2]>, bool)>, fill: Option<Color>, stroke: Option<Stroke>) {
        let first = self.paths.subpaths.len() as u32;
        for (points, closed) in parts {
            self.paths.push(points, closed);
        }
        let subpaths = first..self.paths.subpaths.len() as u32;
        self.add(Item::Path(Path { subpaths, fill, stroke, source: None }));
    }

    /// What is drawn so far.
    pub fn paths(&self) -> &Paths {
        self.paths
    }

    /// Draws a line on the last panel.
    pub fn stroke(&mut self, points: Vec<[f64; 2]>, color: Color, width: f64) {
        let item = self.line(points, color, width);
        self.add(item);
    }

    /// Draws an area on the last panel, with an edge if `width` is given.
    pub fn area(&mut self, ring: &[[f64; 2]], fill: Option<Color>, width: Option<f64>) {
        let row = self.paths.push(ring.iter().copied(), true);
        let stroke =
            width.map(|width| Stroke { color: self.ink, width, cap: Cap::Butt, join: Join::Miter, dashes: Vec::new() });
        self.add(Item::Path(Path { subpaths: row..row + 1, fill, stroke, source: None }));
    }

    fn add(&mut self, item: Item) {
        if let Some(panel) = self.group.groups.last_mut() {
            panel.items.push(item);
        }
    }
}

/// Whether two rectangles share some area.
fn meet(a: &[f64; 4], b: &[f64; 4]) -> bool {
    a[0] < b[0] + b[2] && b[0] < a[0] + a[2] && a[1] < b[1] + b[3] && b[1] < a[1] + a[3]
}
