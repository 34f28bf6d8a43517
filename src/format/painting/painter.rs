//! What a drawn sheet is made of as flat records, and what writes them in a format's own way.

use super::contour::Contour;
use crate::error::Result;
use crate::scene::font::FontFile;
use crate::scene::{Cap, Join};

/// A layer, or a class in one.
#[derive(Debug, Clone)]
pub struct Layer<'a> {
    /// Unique, for machines: `roads.primary`.
    pub id: &'a str,
    /// Its own name: `primary`.
    pub label: &'a str,
    /// Its name with those of the layers it is in, for formats whose layers hold no others: `roads / primary`.
    pub name: String,
    /// How many layers it is in.
    pub depth: usize,
    /// How many objects it holds itself.
    pub objects: usize,
    /// Whether layers are in it.
    pub parent: bool,
}

/// What follows is cut at.
#[derive(Debug, Clone)]
pub enum Frame {
    /// A rectangle: x, y, width and height.
    Rectangle([f64; 4]),
    /// Rings, even-odd.
    Shape(Vec<Contour>),
}

/// A line's look; lengths in millimetres.
#[derive(Debug, Clone, PartialEq)]
pub struct Pen {
    /// Red, green and blue.
    pub color: [u8; 3],
    /// Width.
    pub width: f64,
    /// Ends.
    pub cap: Cap,
    /// Corners.
    pub join: Join,
    /// Dashes and gaps, not all of them 0; empty for solid lines.
    pub dashes: Vec<f64>,
}

/// A compound path, filled even-odd first and stroked then.
#[derive(Debug, Clone)]
pub struct Shape {
    /// Its contours; never empty.
    pub contours: Vec<Contour>,
    /// Fill.
    pub fill: Option<[u8; 3]>,
    /// Stroke.
    pub pen: Option<Pen>,
}

impl Shape {
    /// Left, top, right and bottom of its points.
    pub fn bounds(&self) -> [f64; 4] {
        let mut bounds = [f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY];
        for contour in &self.contours {
            let controls = contour.steps.iter().flat_map(|step| match *step {
                super::Step::Line(end) => [end; 3],
                super::Step::Curve(a, b, end) => [a, b, end],
            });
            for [x, y] in controls.chain([contour.start]) {
                let [left, top, right, bottom] = bounds;
                bounds = [left.min(x), top.min(y), right.max(x), bottom.max(y)];
            }
        }
        bounds
    }
}

/// A label.
#[derive(Debug, Clone)]
pub struct Label {
    /// What it reads, on one line.
    pub string: String,
    /// What stands below its letters.
    pub halo: Option<Shape>,
    /// Its letters.
    pub letters: Letters,
}

/// The letters of a label.
#[derive(Debug, Clone)]
pub enum Letters {
    /// As text, piece by piece.
    Set(Vec<Run>),
    /// As their outlines.
    Drawn(Shape),
}

/// Letters of one face on one straight baseline.
#[derive(Debug, Clone)]
pub struct Run {
    /// What they read.
    pub string: String,
    /// Where the baseline begins, mm.
    pub at: [f64; 2],
    /// Its direction, radians clockwise on the sheet.
    pub angle: f64,
    /// Size of the font, mm.
    pub size: f64,
    /// From each letter to the next, mm; the last one's own width.
    pub advances: Vec<f64>,
    /// Font.
    pub face: &'static FontFile,
    /// Red, green and blue.
    pub color: [u8; 3],
}

/// Writes the things of a sheet, in millimetres from the top left corner of the page, y down.
pub trait Painter {
    /// A layer begins; what follows is in it, layers too, until [`Painter::end`].
    fn begin(&mut self, layer: &Layer) -> Result<()>;

    /// The last layer that began ends.
    fn end(&mut self) -> Result<()>;

    /// What follows is cut, until [`Painter::uncut`]; asked for what [`super::Abilities::cutting`] says. Layers begin and end
    /// outside or inside.
    fn cut(&mut self, frame: &Frame) -> Result<()>;

    /// Ends a cut.
    fn uncut(&mut self) -> Result<()>;

    /// A shape.
    fn shape(&mut self, shape: &Shape) -> Result<()>;

    /// A label.
    fn label(&mut self, label: &Label) -> Result<()>;
}
