//! **Scene** is a drawn sheet: groups of paths and text in millimetres, origin top left, y down, nothing left to decide.

#[cfg(feature = "scene")]
mod area;
#[cfg(feature = "scene")]
mod draw;
#[cfg(feature = "scene")]
pub mod font;
#[cfg(feature = "scene")]
mod furniture;
#[cfg(feature = "scene")]
mod icon;
#[cfg(feature = "scene")]
mod inset;
#[cfg(feature = "scene")]
pub mod label;
#[cfg(feature = "scene")]
mod lettering;
#[cfg(feature = "scene")]
mod line;
#[cfg(feature = "scene")]
mod most;
#[cfg(feature = "scene")]
mod once;
#[cfg(feature = "scene")]
pub mod outline;
#[cfg(feature = "scene")]
mod paint_order;
#[cfg(feature = "scene")]
mod pattern;
#[cfg(feature = "scene")]
mod pooled;
#[cfg(feature = "pixels")]
pub mod raster;
#[cfg(feature = "scene")]
mod several;
#[cfg(feature = "scene")]
pub mod shape;
#[cfg(feature = "scene")]
mod sides;
#[cfg(feature = "scene")]
mod symbol;
#[cfg(feature = "scene")]
mod tree;

#[cfg(feature = "scene")]
pub use draw::draw;

use crate::color::Color;
use crate::note::Notes;
use crate::sheet::Sheet;

/// A drawn sheet.
pub struct Scene {
    /// Size, georeference and scale.
    pub sheet: Sheet,
    /// What is painted of the map: its frame, with the bleed.
    pub frame: Cut,
    /// Colour of the map frame under everything.
    pub background: Option<Color>,
    /// Groups in drawing order: the first is at the bottom.
    pub groups: Vec<Group>,
    /// All path segments; items refer to runs of them.
    pub paths: Paths,
    /// Faces that text uses; `Text::face` is the row.
    #[cfg(feature = "scene")]
    pub faces: Vec<std::sync::Arc<font::Face>>,
    /// Heading for document metadata.
    pub title: String,
    /// "© OpenStreetMap contributors, ODbL"; drawn as an item too.
    pub attribution: String,
    /// Date of the data (RFC 3339), empty if unknown.
    pub timestamp: String,
    /// What was left out.
    pub notes: Notes,
}

/// A named layer or class with what it holds; designers see it in their layers panel.
#[derive(Debug, Clone, Default)]
pub struct Group {
    /// Unique within the scene, letters, digits, `-`, `_` and `.`: `roads`, `roads.primary`.
    pub id: String,
    /// For people: `roads`, `primary`.
    pub label: String,
    /// What it draws, bottom first.
    pub items: Vec<Item>,
    /// Groups inside, above `items`.
    pub groups: Vec<Group>,
}

impl Scene {
    /// Where `group` must be cut, if it may reach beyond the frame: only strokes overhang, and where the frame is all
    /// there is its edge cuts them. What stands around the map is in `furniture`.
    pub fn cut(&self, group: &Group) -> Option<&Cut> {
        let outer = self.sheet.outer();
        let whole = |&[x, y, width, height]: &[f64; 4]| {
            x <= -outer
                && y <= -outer
                && x + width >= self.sheet.width + outer
                && y + height >= self.sheet.height + outer
        };
        let all = matches!(&self.frame, Cut::Rectangle(frame) if whole(frame));
        (!all && group.id != "furniture").then_some(&self.frame)
    }
}

/// Where a drawing is cut.
#[derive(Debug, Clone, PartialEq)]
pub enum Cut {
    /// At a rectangle: x, y, width, height in mm.
    Rectangle([f64; 4]),
    /// At closed subpaths of [`Scene::paths`], even-odd.
    Shape(std::ops::Range<u32>),
}

impl Group {
    /// How many items it and the groups inside hold.
    pub fn count(&self) -> u64 {
        self.items.len() as u64 + self.groups.iter().map(Self::count).sum::<u64>()
    }
}

/// One thing drawn.
#[derive(Debug, Clone)]
pub enum Item {
    /// A path, filled, stroked or both (fill first).
    Path(Path),
    /// A piece of text.
    Text(Box<Text>),
}

/// A compound path.
#[derive(Debug, Clone)]
pub struct Path {
    /// Its subpaths: rows of [`Paths::subpaths`].
    pub subpaths: std::ops::Range<u32>,
    /// Fill; areas are filled even-odd.
    pub fill: Option<Color>,
    /// Stroke.
    pub stroke: Option<Stroke>,
    /// Row of the OSM element it comes from, for `id` attributes: letter and id, if it stands for one.
    pub source: Option<(char, i64)>,
}

/// Straight-segment subpaths in one buffer.
#[derive(Debug, Clone, Default)]
pub struct Paths {
    /// Points in millimetres.
    pub points: Vec<[f64; 2]>,
    /// One past the last point of each subpath, and whether it is closed (the first point is not repeated).
    pub subpaths: Vec<(u32, bool)>,
}

impl Paths {
    /// Adds a subpath and returns its row.
    pub fn push(&mut self, points: impl IntoIterator<Item = [f64; 2]>, closed: bool) -> u32 {
        self.points.extend(points);
        self.subpaths.push((self.points.len() as u32, closed));
        self.subpaths.len() as u32 - 1
    }

    /// Points of a subpath and whether it is closed.
    pub fn get(&self, row: u32) -> (&[[f64; 2]], bool) {
        let start = row.checked_sub(1).and_then(|row| self.subpaths.get(row as usize)).map_or(0, |(end, _)| *end);
        let (end, closed) = self.subpaths.get(row as usize).copied().unwrap_or((start, false));
        (self.points.get(start as usize..end as usize).unwrap_or(&[]), closed)
    }
}

/// A line's look; lengths in millimetres.
#[derive(Debug, Clone, PartialEq)]
pub struct Stroke {
    /// Colour.
    pub color: Color,
    /// Width.
    pub width: f64,
    /// Ends.
    pub cap: Cap,
    /// Corners.
    pub join: Join,
    /// Dashes and gaps; empty for a solid line.
    pub dashes: Vec<f64>,
}

/// Line ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Cap {
    /// Cut at the end.
    Butt,
    /// Half a circle.
    Round,
    /// Half a square.
    Square,
}

/// Line corners.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Join {
    /// Sharp, limit 2 as MapLibre has it.
    Miter,
    /// Round.
    Round,
    /// Cut off.
    Bevel,
}

/// One label: whole text for formats that keep text, placed glyphs for those that draw it.
#[derive(Debug, Clone)]
pub struct Text {
    /// The text in logical order.
    pub string: String,
    /// Font size, mm.
    pub size: f64,
    /// Colour.
    pub color: Color,
    /// Halo: colour and width (how far it reaches around a glyph), mm.
    pub halo: Option<(Color, f64)>,
    /// Extra space between letters, mm.
    pub letter_spacing: f64,
    /// Rotation in degrees, clockwise on the sheet; 0 for text along a line.
    pub rotation: f64,
    /// How the text lies: lines of text about a point, or along a path.
    pub layout: Layout,
    /// Every glyph where it is drawn.
    pub glyphs: Vec<Glyph>,
    /// Main face: row of `Scene::faces`; glyphs name their own.
    pub face: u16,
    /// What is drawn behind it, as an item of its own: x, y, width and height, mm.
    pub plate: Option<[f64; 4]>,
}

/// How a text lies.
#[derive(Debug, Clone)]
pub enum Layout {
    /// Lines about an anchor. Each line: its text, and the start of its baseline relative to nothing else: mm on the sheet before rotation about `origin`.
    Point {
        /// Rotation centre, mm.
        origin: [f64; 2],
        /// Text and left end of the baseline of every line, mm.
        lines: Vec<(String, [f64; 2])>,
    },
    /// One line along a subpath of `Scene::paths` (drawn nowhere), starting `offset` mm from its beginning; the baseline is the path itself.
    Along {
        /// Row of the subpath.
        subpath: u32,
        /// Where text begins on it, mm.
        offset: f64,
    },
}

/// A glyph at its place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Glyph {
    /// Glyph id in its face.
    pub id: u16,
    /// Row of `Scene::faces`.
    pub face: u16,
    /// Origin on the baseline, mm.
    pub x: f64,
    /// Origin on the baseline, mm.
    pub y: f64,
    /// Rotation in radians, clockwise on the sheet.
    pub angle: f64,
    /// Byte range in `Text::string` of the cluster it belongs to (for ToUnicode).
    pub cluster: (u32, u32),
}
