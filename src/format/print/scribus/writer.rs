//! Objects of a page, in points from its top left corner.

use crate::error::Result;
use crate::format::painting::{Contour, Label, Layer, Page, Painter, Pen, Run, Shape, Shelf, Step};
use crate::scene::font::FontFile;
use crate::scene::{Cap, Join};
use crate::wire::number;
use crate::wire::xml::Xml;

/// Points in a millimetre, and their decimals.
const POINTS: f64 = 72.0 / 25.4;
const DIGITS: u32 = 3;

/// Gathers objects, and the colours and layers that stand before them.
pub struct Writer {
    pub page: Page,
    pub xml: Xml,
    pub colors: Shelf<[u8; 3]>,
    pub layers: Vec<String>,
    within: Vec<usize>,
    objects: u64,
}

/// A length in points.
pub fn points(mm: f64) -> String {
    number::text(mm * POINTS, DIGITS)
}

/// How much shows through, 0 to 1.
fn through(opacity: u8) -> String {
    number::text(1.0 - f64::from(opacity) / 255.0, 4)
}

impl Writer {
    /// An empty page.
    pub fn new(page: Page) -> Self {
        let colors = Shelf::new(usize::MAX);
        Self { page, xml: Xml::new(false), colors, layers: Vec::new(), within: Vec::new(), objects: 0 }
    }

    fn color(&mut self, color: [u8; 3]) -> String {
        format!("map {}", self.colors.row(color))
    }

    /// Begins an object of a kind where it lies, up to its path.
    fn begin_object(&mut self, kind: &str, [x, y]: [f64; 2], [width, height]: [f64; 2]) {
        self.objects += 1;
        let id = self.objects.to_string();
        self.xml.start("PAGEOBJECT").attr("PTYPE", kind).attr("OwnPage", "0").attr("ItemID", &id);
        for (name, value) in [("XPOS", x), ("YPOS", y), ("WIDTH", width), ("HEIGHT", height)] {
            self.xml.attr(name, &points(value));
        }
        self.xml.attr("LAYER", &self.within.last().copied().unwrap_or(0).to_string());
        self.xml.attr("NEXTITEM", "-1").attr("BACKITEM", "-1");
    }

    fn pen(&mut self, pen: &Pen) {
        let color = self.color(pen.color);
        self.xml.attr("PCOLOR2", &color).attr("PWIDTH", &points(pen.width)).attr("PLINEART", "1");
        // The numbers of Qt's enumerations.
        let cap = match pen.cap {
            Cap::Butt => "0",
            Cap::Square => "16",
            Cap::Round => "32",
        };
        let join = match pen.join {
            Join::Miter => "0",
            Join::Bevel => "64",
            Join::Round => "128",
        };
        self.xml.attr("PLINEEND", cap).attr("PLINEJOIN", join);
        if pen.opacity < 255 {
            self.xml.attr("TransValueS", &through(pen.opacity));
        }
        if !pen.dashes.is_empty() {
            let pattern = pen.pattern();
            let list: Vec<_> = pattern.iter().map(|&dash| points(dash)).collect();
            self.xml.attr("NUMDASH", &pattern.len().to_string()).attr("DASHS", &list.join(" ")).attr("DASHOFF", "0");
        }
    }
}

/// A font's name as Scribus lists it: family and style.
fn name(face: &FontFile) -> String {
    let style = match (face.weight >= 600, face.italic) {
        (false, false) => "Regular",
        (true, false) => "Bold",
        (false, true) => "Italic",
        (true, true) => "Bold Italic",
    };
    format!("{} {style}", face.family)
}

/// A contour of path data, places from the corner of its object.
fn trace(out: &mut String, contour: &Contour, [left, top]: [f64; 2]) {
    let mut put = |command: char, places: &[[f64; 2]]| {
        out.push(command);
        for [x, y] in places {
            out.push_str(&format!("{} {} ", points(x - left), points(y - top)));
        }
    };
    put('M', &[contour.start]);
    for step in &contour.steps {
        match *step {
            Step::Line(end) => put('L', &[end]),
            Step::Curve(a, b, end) => put('C', &[a, b, end]),
        }
    }
    if contour.steps.is_empty() {
        put('L', &[contour.start]);
    }
    if contour.closed {
        out.push('Z');
        out.push(' ');
    }
}

impl Painter for Writer {
    fn begin(&mut self, layer: &Layer) -> Result<()> {
        // What holds nothing itself is no layer here; its inner ones are.
        if layer.objects > 0 {
            self.layers.push(layer.name.clone());
        }
        self.within.push(self.layers.len().saturating_sub(1));
        Ok(())
    }

    fn end(&mut self) -> Result<()> {
        self.within.pop();
        Ok(())
    }

    fn shape(&mut self, shape: &Shape) -> Result<()> {
        let [left, top, right, bottom] = shape.bounds();
        // Lines without filling are of another kind than shapes.
        let kind = if shape.fill.is_some() { "6" } else { "7" };
        let (width, height) = ((right - left).max(0.01), (bottom - top).max(0.01));
        self.begin_object(kind, [left, top], [width, height]);
        self.xml.attr("FRTYPE", "3").attr("CLIPEDIT", "1").attr("fillRule", "0");
        match shape.fill {
            Some(fill) => {
                let color = self.color(fill);
                self.xml.attr("PCOLOR", &color);
                if shape.opacity < 255 {
                    self.xml.attr("TransValue", &through(shape.opacity));
                }
            }
            None => _ = self.xml.attr("PCOLOR", "None"),
        }
        match &shape.pen {
            Some(pen) => self.pen(pen),
            None => _ = self.xml.attr("PCOLOR2", "None").attr("PWIDTH", "0"),
        }
        let mut path = String::new();
        for contour in &shape.contours {
            trace(&mut path, contour, [left, top]);
        }
        self.xml.attr("path", path.trim_end()).attr("copath", path.trim_end()).end();
        Ok(())
    }

    fn run(&mut self, run: &Run) -> Result<()> {
        let (width, height) = (run.room(), run.height() * 1.3);
        self.begin_object("4", run.corner([width, height]), [width, height]);
        if run.angle != 0.0 {
            self.xml.attr("ROT", &number::text(run.angle.to_degrees(), 3));
        }
        let color = self.color(run.color);
        // Text in the middle of its frame, both ways.
        self.xml
            .attr("FRTYPE", "0")
            .attr("PCOLOR", "None")
            .attr("PCOLOR2", "None")
            .attr("VAlign", "1")
            .attr("ALIGN", "1");
        let mut path = String::new();
        if let Some(frame) = Contour::lines([[0.0, 0.0], [width, 0.0], [width, height], [0.0, height]], true) {
            trace(&mut path, &frame, [0.0; 2]);
        }
        self.xml.attr("path", path.trim_end()).attr("copath", path.trim_end());
        let (font, size) = (name(run.face), points(run.size));
        self.xml.start("StoryText").start("DefaultStyle").attr("ALIGN", "1").attr("LINESPMode", "1");
        self.xml.attr("FONT", &font).attr("FONTSIZE", &size).attr("FCOLOR", &color).end();
        self.xml
            .start("ITEXT")
            .attr("FONT", &font)
            .attr("FONTSIZE", &size)
            .attr("FCOLOR", &color)
            // Hundredths of the size.
            .attr("KERN", &number::text(run.spacing / run.size * 100.0, 2))
            .attr("CH", &run.string)
            .end();
        self.xml.start("trail").attr("ALIGN", "1").end().end().end();
        Ok(())
    }

    fn group(&mut self, _: &Label) -> Result<()> {
        self.begin_object("12", [0.0; 2], [self.page.width, self.page.height]);
        let (width, height) = (points(self.page.width), points(self.page.height));
        self.xml.attr("groupWidth", &width).attr("groupHeight", &height).attr("groupClips", "0");
        self.xml.attr("FRTYPE", "3").attr("PCOLOR", "None").attr("PCOLOR2", "None");
        let path = format!("M0 0 L{width} 0 L{width} {height} L0 {height} L0 0 Z");
        self.xml.attr("path", &path).attr("copath", &path);
        Ok(())
    }

    fn ungroup(&mut self) -> Result<()> {
        self.xml.end_block();
        Ok(())
    }
}
