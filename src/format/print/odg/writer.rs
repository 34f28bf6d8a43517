//! The content of a page: shapes, boxes of text, groups.

use super::styles::mm;
use crate::error::Result;
use crate::format::painting::{Contour, Label, Layer, Lettering, Look, Page, Painter, Run, Shape, Shelf, Step};
use crate::wire::number;
use crate::wire::pathdata::PathData;
use crate::wire::xml::Xml;

/// Units of coordinates in a millimetre: what LibreOffice keeps.
const UNITS: f64 = 100.0;

/// What a document is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A drawing, with layers.
    Drawing,
    /// A presentation of one slide, with groups.
    Slide,
}

/// Gathers what stands on a page, and the looks it needs.
pub struct Writer {
    pub kind: Kind,
    pub page: Page,
    pub xml: Xml,
    pub looks: Shelf<Look>,
    pub letterings: Shelf<Lettering>,
    /// Names of layers that hold something, bottom first.
    pub layers: Vec<String>,
    /// What the first shape says about the map: title and description.
    about: Option<[String; 2]>,
    within: Vec<String>,
}

impl Writer {
    /// An empty page.
    pub fn new(kind: Kind, page: Page, title: &str, attribution: &str) -> Self {
        Self {
            kind,
            page,
            xml: Xml::new(false),
            looks: Shelf::new(usize::MAX),
            letterings: Shelf::new(usize::MAX),
            layers: Vec::new(),
            about: Some([title.to_owned(), attribution.to_owned()]),
            within: Vec::new(),
        }
    }

    /// The layer that the element just started is on, where there are layers.
    fn on_layer(&mut self) {
        if let (Kind::Drawing, Some(layer)) = (self.kind, self.within.last()) {
            self.xml.attr("draw:layer", layer);
        }
    }

    /// Text in which blanks count (ODF 1.3, part 3, §6.1.2).
    fn text(&mut self, text: &str) {
        let mut blank = true;
        for part in text.split_inclusive(' ') {
            match (part, blank) {
                (" ", true) => _ = self.xml.start_inline("text:s").end(),
                _ => _ = self.xml.text(part),
            }
            blank = part.ends_with(' ');
        }
    }
}

/// A contour on a grid of path data.
fn trace(data: &mut PathData, contour: &Contour, place: impl Fn([f64; 2]) -> [f64; 2]) {
    if contour.is_straight() {
        let points: Vec<_> = contour.flat(1.0).into_iter().map(place).collect();
        return data.polyline(&points, contour.closed);
    }
    data.move_to(place(contour.start));
    for step in &contour.steps {
        match *step {
            Step::Line(end) => data.line_to(place(end)),
            Step::Curve(a, b, end) => data.cubic_to(place(a), place(b), place(end)),
        }
    }
    if contour.closed {
        data.close();
    }
}

impl Painter for Writer {
    fn begin(&mut self, layer: &Layer) -> Result<()> {
        match self.kind {
            Kind::Drawing => {
                if layer.objects > 0 && !self.layers.contains(&layer.name) {
                    self.layers.push(layer.name.clone());
                }
                self.within.push(layer.name.clone());
            }
            Kind::Slide => _ = self.xml.start("draw:g").attr("draw:name", &layer.name),
        }
        Ok(())
    }

    fn end(&mut self) -> Result<()> {
        match self.kind {
            Kind::Drawing => _ = self.within.pop(),
            Kind::Slide => _ = self.xml.end_block(),
        }
        Ok(())
    }

    fn shape(&mut self, shape: &Shape) -> Result<()> {
        let style = self.looks.row(shape.look());
        let [left, top, right, bottom] = shape.bounds().map(|side| libm::round(side * UNITS));
        // A side of no length has no scale.
        let (width, height) = ((right - left).max(1.0), (bottom - top).max(1.0));
        self.xml.start("draw:path").attr("draw:style-name", &format!("g{style}"));
        self.on_layer();
        for (name, value) in [("svg:x", left), ("svg:y", top), ("svg:width", width), ("svg:height", height)] {
            self.xml.attr(name, &mm(value / UNITS));
        }
        self.xml.attr("svg:viewBox", &format!("0 0 {width} {height}"));
        self.xml.attr_with("svg:d", |out| {
            let mut data = PathData::new(out, 0);
            for contour in &shape.contours {
                trace(&mut data, contour, |[x, y]| [x * UNITS - left, y * UNITS - top]);
            }
        });
        if let Some([title, attribution]) = self.about.take() {
            self.xml.leaf("svg:title", &title).leaf("svg:desc", &attribution);
        }
        self.xml.end();
        Ok(())
    }

    fn run(&mut self, run: &Run) -> Result<()> {
        let style = self.letterings.row(run.lettering());
        let (width, height) = (run.room(), run.height());
        let corner = run.corner([width, height]);
        self.xml.start("draw:frame").attr("draw:style-name", "box");
        self.on_layer();
        self.xml.attr("svg:width", &mm(width)).attr("svg:height", &mm(height));
        if run.angle == 0.0 {
            self.xml.attr("svg:x", &mm(corner[0])).attr("svg:y", &mm(corner[1]));
        } else {
            // Radians, against the clock: so programs have it, whatever SVG says.
            let angle = number::text(-run.angle, 5);
            self.xml
                .attr("draw:transform", &format!("rotate ({angle}) translate ({} {})", mm(corner[0]), mm(corner[1])));
        }
        self.xml.start_inline("draw:text-box").start_inline("text:p").attr("text:style-name", &format!("p{style}"));
        self.text(&run.string);
        self.xml.end().end().end();
        Ok(())
    }

    fn group(&mut self, label: &Label) -> Result<()> {
        self.xml.start("draw:g").attr("draw:name", &label.string);
        self.on_layer();
        Ok(())
    }

    fn ungroup(&mut self) -> Result<()> {
        self.xml.end_block();
        Ok(())
    }
}
