//! What a drawing is made of, and what writes it in a format's own way.

use super::unit::Unit;
use crate::color::Color;
use crate::error::Result;
use std::borrow::Cow;

/// What is said of the whole drawing.
pub struct Head {
    /// Where the data are from, where the drawing lies and in which unit it is: a line each.
    pub about: Vec<String>,
    /// How it was made.
    pub provenance: String,
    /// West, south, east, north, in the drawing's unit from its origin.
    pub extent: [f64; 4],
    /// Units of the drawing for a millimetre on the sheet.
    pub mm: f64,
    /// Its unit.
    pub unit: &'static Unit,
    /// The system of its coordinates.
    pub epsg: u16,
    /// Where its origin lies in that system, in the system's own unit.
    pub origin: [f64; 2],
    /// The sheet that it is laid out on.
    pub layout: Layout,
}

/// A sheet of paper with a view of the drawing, millimetres.
pub struct Layout {
    /// Width and height of the paper.
    pub paper: [f64; 2],
    /// The view: left, bottom, width, height.
    pub map: [f64; 4],
    /// What stands above it.
    pub title: String,
    /// What stands below it.
    pub credit: String,
    /// `1:5,000`.
    pub scale: String,
}

/// Bytes of a line of comments: R12 takes 255.
const LINE: usize = 250;

impl Head {
    /// Lines of comments at the head of the file: how the drawing was made goes on from line to line.
    pub fn comments(&self) -> impl Iterator<Item = Cow<'_, str>> {
        let made = self.provenance.as_bytes().chunks(LINE).map(String::from_utf8_lossy);
        self.about.iter().map(|line| Cow::Borrowed(line.as_str())).chain(made)
    }
}

/// What lies on a layer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Lies {
    /// Lines, outlines, symbols.
    Lines,
    /// Solid fillings.
    Fill,
    /// Hatches.
    Hatch,
    /// Names.
    Names,
}

/// A layer.
#[derive(Debug, Clone)]
pub struct Layer {
    /// Its name.
    pub name: String,
    /// The layer of the map whose things lie on it, `roads`; `attribution` for the terms.
    pub of: &'static str,
    /// The class of these, `primary`; empty for names and terms, which are those of all classes.
    pub class: &'static str,
    /// What of these lies on it.
    pub lies: Lies,
    /// Its colour.
    pub color: Paint,
    /// Dashes of its lines; none for lines without.
    pub dashes: Option<Dashes>,
    /// Width of its lines, mm; none where nothing says it.
    pub weight: Option<f64>,
}

/// A colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Paint {
    /// Black on white paper, white on a black screen.
    Ink,
    /// Any.
    Color(Color),
    /// One of the 255 of AutoCAD.
    Index(u8),
}

/// A line type.
#[derive(Debug, Clone)]
pub struct Dashes {
    /// Its name.
    pub name: String,
    /// Dashes and gaps by turns, in the drawing's unit; a dash of 0 is a dot. As many gaps as dashes.
    pub lengths: Vec<f64>,
}

/// A symbol that is drawn at many places.
#[derive(Debug, Clone)]
pub struct Block {
    /// Its name.
    pub name: String,
    /// Rings without their ends about its place, millimetres, y up; what they hold even-odd is filled.
    pub rings: Vec<Vec<[f64; 2]>>,
}

/// A thing of the map.
#[derive(Debug, Clone, Default)]
pub struct Object {
    /// Letter and number of its element: `w123`.
    pub osm: String,
    /// Its layer in the map, `roads`.
    pub layer: &'static str,
    /// Its class there, `primary`.
    pub class: &'static str,
    /// Its name.
    pub name: Option<String>,
    /// All that is known of it, as texts `key=value`; what is too long for one goes on in the next ones, which begin with `+`.
    pub data: Vec<String>,
}

impl Object {
    /// What it is called where there is one place for that: `w123 Street name`.
    pub fn label(&self) -> String {
        [Some(self.osm.as_str()), self.name.as_deref()].into_iter().flatten().collect::<Vec<_>>().join(" ")
    }
}

/// Where a thing lies and what it is.
#[derive(Clone, Copy)]
pub struct On<'a> {
    /// The name of its layer.
    pub layer: &'a str,
    /// What it is; none for fillings and texts, whose lines say it.
    pub object: Option<&'a Object>,
}

/// A line, or a ring without its end.
pub struct Line<'a> {
    /// Its places.
    pub points: &'a [[f64; 2]],
    /// Whether the last leads to the first.
    pub closed: bool,
    /// How high above the ground it lies.
    pub elevation: f64,
    /// How far it reaches up from there.
    pub thickness: f64,
}

impl Line<'_> {
    /// Where it lies, and where it ends above that, for formats whose lines have no thickness.
    pub fn levels(&self) -> impl Iterator<Item = f64> + use<> {
        let top = self.elevation + self.thickness;
        [Some(self.elevation), (self.thickness > 0.0).then_some(top)].into_iter().flatten()
    }
}

/// A filling.
pub struct Filling<'a> {
    /// Rings without their ends, and whether they are outer ones.
    pub rings: &'a [(bool, Vec<[f64; 2]>)],
    /// What it is hatched with; none where it is solid.
    pub hatch: Option<&'a Hatch>,
}

/// What an area is hatched with: families of parallel lines.
#[derive(Debug, Clone)]
pub struct Hatch {
    /// Its name.
    pub name: &'static str,
    /// Its lines, in the drawing's unit.
    pub lines: Vec<HatchLine>,
}

/// A family of parallel lines.
#[derive(Debug, Clone)]
pub struct HatchLine {
    /// Their direction, degrees counter-clockwise.
    pub angle: f64,
    /// Where one begins.
    pub base: [f64; 2],
    /// From one to the next.
    pub offset: [f64; 2],
    /// Dashes, and gaps as negative lengths; empty for whole lines.
    pub dashes: Vec<f64>,
}

/// A block at a place.
pub struct Insert<'a> {
    /// Its name.
    pub block: &'a str,
    /// Its place.
    pub at: [f64; 2],
    /// Units of the drawing for a millimetre of the block.
    pub scale: f64,
}

/// A text.
pub struct Words<'a> {
    /// Its lines; most have one.
    pub lines: &'a [&'a str],
    /// Its place.
    pub at: [f64; 2],
    /// Height of its capitals.
    pub height: f64,
    /// Degrees, counter-clockwise.
    pub angle: f64,
    /// Around its place, not from there on; in height it always is.
    pub centred: bool,
}

/// Writes the things of a drawing, in its unit from its origin.
pub trait Encoder {
    /// A layer, before the first thing on it.
    fn layer(&mut self, layer: &Layer) -> Result<()>;

    /// A block, before it is inserted.
    fn block(&mut self, block: &Block) -> Result<()>;

    /// A place that no symbol stands for.
    fn point(&mut self, on: &On, at: [f64; 2]) -> Result<()>;

    /// A symbol.
    fn insert(&mut self, on: &On, insert: &Insert) -> Result<()>;

    /// A line.
    fn line(&mut self, on: &On, line: &Line) -> Result<()>;

    /// A filling; asked for where [`super::Limits::fillings`] says so.
    fn filling(&mut self, on: &On, filling: &Filling) -> Result<()>;

    /// A text.
    fn text(&mut self, on: &On, words: &Words) -> Result<()>;
}
