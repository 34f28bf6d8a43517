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
    /// Opacity, 0 to 255; whole unless [`super::Abilities::opacity`].
    pub opacity: u8,
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
    /// Opacity of the fill, as [`Pen::opacity`].
    pub opacity: u8,
    /// Stroke.
    pub pen: Option<Pen>,
}

/// How shapes look that look the same: what formats with styles have one for.
#[derive(Debug, Clone, PartialEq)]
pub struct Look {
    /// Fill and its opacity.
    pub fill: Option<([u8; 3], u8)>,
    /// Stroke.
    pub pen: Option<Pen>,
}

impl Frame {
    /// Its rings.
    pub fn contours(&self) -> Vec<Contour> {
        match self {
            Self::Rectangle(sides) => vec![Contour::rectangle(*sides)],
            Self::Shape(contours) => contours.clone(),
        }
    }
}

impl Pen {
    /// Its dashes and gaps, as many of these as of those; empty for solid lines.
    pub fn pattern(&self) -> Vec<f64> {
        self.dashes.repeat(1 + self.dashes.len() % 2)
    }
}

impl Shape {
    /// One that is filled.
    pub fn filled(contours: Vec<Contour>, (fill, opacity): ([u8; 3], u8)) -> Self {
        Self { contours, fill: Some(fill), opacity, pen: None }
    }

    /// One that is stroked.
    pub fn stroked(contours: Vec<Contour>, pen: Pen) -> Self {
        Self { contours, fill: None, opacity: 255, pen: Some(pen) }
    }

    /// How it looks.
    pub fn look(&self) -> Look {
        Look { fill: self.fill.map(|fill| (fill, self.opacity)), pen: self.pen.clone() }
    }

    /// All its rings as one, for formats that know no holes: from each back to where it began and on to where the first did, so that
    /// even-odd the ways between them are nothing. Curves are lines that are `sag` mm off at most.
    pub fn in_one(&self, sag: f64) -> Vec<[f64; 2]> {
        let start = self.contours.first().map(|contour| contour.start).filter(|_| self.contours.len() > 1);
        let ring = |contour: &Contour| contour.flat(sag).into_iter().chain([contour.start]).chain(start);
        self.contours.iter().flat_map(ring).collect()
    }

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

impl Label {
    /// Of how many shapes and runs it is made; where there are several they belong together.
    pub fn parts(&self) -> usize {
        let letters = match &self.letters {
            Letters::Set(runs) => runs.len(),
            Letters::Drawn(_) => 1,
        };
        letters + usize::from(self.halo.is_some())
    }
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
    /// What there is between letters besides what the font has, mm.
    pub spacing: f64,
    /// From each letter to the next, mm; the last one's own width.
    pub advances: Vec<f64>,
    /// Font.
    pub face: &'static FontFile,
    /// How far a line of the font reaches above and below the baseline, mm.
    pub reach: [f64; 2],
    /// Red, green and blue.
    pub color: [u8; 3],
    /// Opacity, as [`Pen::opacity`].
    pub opacity: u8,
}

impl Run {
    /// How long it is, mm.
    pub fn length(&self) -> f64 {
        self.advances.iter().sum()
    }

    /// How high a line of its font is, mm.
    pub fn height(&self) -> f64 {
        self.reach.iter().sum()
    }

    /// How long a box is that has room for it in other fonts than the one that was measured, too, mm.
    pub fn room(&self) -> f64 {
        self.length() * 1.25 + self.size
    }

    /// The middle of its baseline, mm.
    pub fn base(&self) -> [f64; 2] {
        let half = self.length() / 2.0;
        [self.at[0] + half * libm::cos(self.angle), self.at[1] + half * libm::sin(self.angle)]
    }

    /// The corner about which a box of this width and height, mm, is turned that stands about its middle: the one that is the upper
    /// left before.
    pub fn corner(&self, [width, height]: [f64; 2]) -> [f64; 2] {
        let ([x, y], sin, cos) = (self.middle(), libm::sin(self.angle), libm::cos(self.angle));
        [x - width / 2.0 * cos + height / 2.0 * sin, y - width / 2.0 * sin - height / 2.0 * cos]
    }

    /// The middle of the box that its line fills, mm: texts that are centred in that box both ways stand right, or nearly so
    /// where a program sets them in another font.
    pub fn middle(&self) -> [f64; 2] {
        self.middle_of(self.length())
    }

    /// The same of a box that is so much long, mm, and begins where the line does.
    pub fn middle_of(&self, length: f64) -> [f64; 2] {
        let (sin, cos) = (libm::sin(self.angle), libm::cos(self.angle));
        let (along, up) = (length / 2.0, (self.reach[0] - self.reach[1]) / 2.0);
        [self.at[0] + along * cos + up * sin, self.at[1] + along * sin - up * cos]
    }

    /// How it is set, but for what it reads.
    pub fn lettering(&self) -> Lettering {
        Lettering { face: self.face, size: self.size, spacing: self.spacing, color: self.color, opacity: self.opacity }
    }
}

/// How texts are set that are set the same.
#[derive(Debug, Clone, Copy)]
pub struct Lettering {
    /// Font.
    pub face: &'static FontFile,
    /// Size of the font, mm.
    pub size: f64,
    /// As [`Run::spacing`].
    pub spacing: f64,
    /// Red, green and blue.
    pub color: [u8; 3],
    /// Opacity, as [`Pen::opacity`].
    pub opacity: u8,
}

impl PartialEq for Lettering {
    fn eq(&self, other: &Self) -> bool {
        let of = |lettering: &Self| {
            (lettering.face.id, lettering.size, lettering.spacing, lettering.color, lettering.opacity)
        };
        of(self) == of(other)
    }
}

/// Writes the things of a sheet, in millimetres from the top left corner of the page, y down.
pub trait Painter {
    /// A layer begins; what follows is in it, layers too, until [`Painter::end`].
    fn begin(&mut self, layer: &Layer) -> Result<()>;

    /// The last layer that began ends.
    fn end(&mut self) -> Result<()>;

    /// What follows is cut, until [`Painter::uncut`]; asked for what [`super::Abilities::cutting`] says, nothing where that is
    /// nothing. Layers begin and end outside or inside.
    fn cut(&mut self, _: &Frame) -> Result<()> {
        Ok(())
    }

    /// Ends a cut.
    fn uncut(&mut self) -> Result<()> {
        Ok(())
    }

    /// A shape.
    fn shape(&mut self, shape: &Shape) -> Result<()>;

    /// A piece of text; where [`super::Abilities::letters`] are none there is no such piece.
    fn run(&mut self, _: &Run) -> Result<()> {
        Ok(())
    }

    /// The parts of a label, of which there are several, begin, where the format has groups.
    fn group(&mut self, _: &Label) -> Result<()> {
        Ok(())
    }

    /// They end.
    fn ungroup(&mut self) -> Result<()> {
        Ok(())
    }

    /// Letters as outlines.
    fn letters(&mut self, shape: &Shape) -> Result<()> {
        self.shape(shape)
    }

    /// A label: what stands below its letters, then these.
    fn label(&mut self, label: &Label) -> Result<()> {
        let several = label.parts() > 1;
        if several {
            self.group(label)?;
        }
        if let Some(halo) = &label.halo {
            self.shape(halo)?;
        }
        match &label.letters {
            Letters::Set(runs) => runs.iter().try_for_each(|run| self.run(run))?,
            Letters::Drawn(shape) => self.letters(shape)?,
        }
        if several { self.ungroup() } else { Ok(()) }
    }
}
