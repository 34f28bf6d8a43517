//! The markup of a page, in ninety-sixths of an inch.

use crate::error::Result;
use crate::format::painting::{Contour, Frame, Layer, Page, Painter, Pen, Shape, Step};
use crate::scene::{Cap, Join};
use crate::sink::Sink;
use crate::wire::number;
use crate::wire::xml::Xml;

/// Where names of XPS begin.
pub const KINDS: &str = "http://schemas.microsoft.com/xps/2005/06";
/// Units in a millimetre, and their decimals.
const UNITS: f64 = 96.0 / 25.4;
const DIGITS: u32 = 2;

/// Writes paths and canvases.
pub struct Writer<'s> {
    xml: Xml,
    sink: &'s mut dyn Sink,
}

fn text(mm: f64) -> String {
    number::text(mm * UNITS, DIGITS)
}

fn hex([r, g, b]: [u8; 3], opacity: u8) -> String {
    if opacity == 255 { format!("#{r:02X}{g:02X}{b:02X}") } else { format!("#{opacity:02X}{r:02X}{g:02X}{b:02X}") }
}

/// Abbreviated geometry (§11.2.3). A blank stands between all numbers: readers know none of the short ways of SVG.
fn data(out: &mut Vec<u8>, contours: &[Contour]) {
    for contour in contours {
        command(out, b'M', &[contour.start]);
        for step in &contour.steps {
            match *step {
                Step::Line(end) => command(out, b'L', &[end]),
                Step::Curve(a, b, end) => command(out, b'C', &[a, b, end]),
            }
        }
        if contour.steps.is_empty() {
            command(out, b'L', &[contour.start]);
        }
        if contour.closed {
            out.push(b'Z');
        }
    }
}

fn command(out: &mut Vec<u8>, letter: u8, places: &[[f64; 2]]) {
    out.push(letter);
    for (row, &[x, y]) in places.iter().enumerate() {
        if row > 0 {
            out.push(b' ');
        }
        number::fixed(out, number::quantise(x * UNITS, DIGITS), DIGITS);
        out.push(b',');
        number::fixed(out, number::quantise(y * UNITS, DIGITS), DIGITS);
    }
}

impl<'s> Writer<'s> {
    /// A page.
    pub fn new(page: Page, sink: &'s mut dyn Sink) -> Self {
        let mut xml = Xml::new(true);
        xml.start("FixedPage").attr("xmlns", KINDS).attr("xml:lang", "und");
        xml.attr("Width", &text(page.width)).attr("Height", &text(page.height));
        Self { xml, sink }
    }

    /// The end of the page.
    pub fn finish(self) -> Result<()> {
        self.sink.put(&self.xml.finish())
    }

    fn pen(&mut self, pen: &Pen) {
        let xml = &mut self.xml;
        xml.attr("Stroke", &hex(pen.color, pen.opacity)).attr("StrokeThickness", &text(pen.width));
        let cap = match pen.cap {
            Cap::Butt => "Flat",
            Cap::Round => "Round",
            Cap::Square => "Square",
        };
        if pen.cap != Cap::Butt {
            xml.attr("StrokeStartLineCap", cap).attr("StrokeEndLineCap", cap).attr("StrokeDashCap", cap);
        }
        match pen.join {
            Join::Miter => xml.attr("StrokeMiterLimit", "2"),
            Join::Round => xml.attr("StrokeLineJoin", "Round"),
            Join::Bevel => xml.attr("StrokeLineJoin", "Bevel"),
        };
        if !pen.dashes.is_empty() {
            // In widths of the line, and as many gaps as dashes (§18.6.3).
            let dashes: Vec<_> =
                pen.pattern().iter().map(|dash| number::text(dash / pen.width.max(0.001), 3)).collect();
            xml.attr("StrokeDashArray", &dashes.join(" "));
        }
    }
}

impl Painter for Writer<'_> {
    fn begin(&mut self, layer: &Layer) -> Result<()> {
        self.xml.start("Canvas").attr("AutomationProperties.Name", &layer.name);
        Ok(())
    }

    fn end(&mut self) -> Result<()> {
        self.xml.end_block();
        Ok(())
    }

    fn cut(&mut self, frame: &Frame) -> Result<()> {
        self.xml.start("Canvas").attr_with("Clip", |out| data(out, &frame.contours()));
        Ok(())
    }

    fn uncut(&mut self) -> Result<()> {
        self.xml.end_block();
        Ok(())
    }

    fn shape(&mut self, shape: &Shape) -> Result<()> {
        self.xml.start("Path").attr_with("Data", |out| data(out, &shape.contours));
        if let Some(fill) = shape.fill {
            self.xml.attr("Fill", &hex(fill, shape.opacity));
        }
        if let Some(pen) = &shape.pen {
            self.pen(pen);
        }
        self.xml.end();
        self.xml.spill(self.sink)
    }
}
