//! Objects of a diagram, in centimetres from the top left corner of the page.

use crate::color::hex;
use crate::error::Result;
use crate::format::painting::{Contour, Label, Layer, Page, Painter, Pen, Run, Shape, Step};
use crate::request::PAPERS;
use crate::scene::{Cap, Join};
use crate::sink::Sink;
use crate::wire::number;
use crate::wire::xml::Xml;

/// Centimetres in a millimetre, and their decimals.
const UNITS: f64 = 0.1;
const DIGITS: u32 = 4;
/// The height of Dia's lines of text, in font sizes.
const HEIGHT: f64 = 1.25;

/// Writes objects.
pub struct Writer<'s> {
    xml: Xml,
    sink: &'s mut dyn Sink,
    objects: u64,
    /// A layer of Dia is open.
    open: bool,
}

fn text(mm: f64) -> String {
    number::text(mm * UNITS, DIGITS)
}

fn pair([x, y]: [f64; 2]) -> String {
    format!("{},{}", text(x), text(y))
}

fn color(color: [u8; 3], opacity: u8) -> String {
    format!("{}{opacity:02x}", hex(color))
}

/// The least paper that holds a sheet of these sides, mm, as Dia calls it; else the largest that it knows.
fn paper(sides: [f64; 2]) -> &'static str {
    const KNOWN: [(&str, &str); 9] = [
        ("A0", "A0"),
        ("A1", "A1"),
        ("A2", "A2"),
        ("A3", "A3"),
        ("A4", "A4"),
        ("A5", "A5"),
        ("letter", "Letter"),
        ("legal", "Legal"),
        ("tabloid", "Tabloid"),
    ];
    let [short, long] = [sides[0].min(sides[1]), sides[0].max(sides[1])];
    let holds = |(id, width, height): &&(&str, f64, f64)| {
        KNOWN.iter().any(|(known, _)| known == id) && *width >= short - 0.6 && *height >= long - 0.6
    };
    let least = PAPERS.iter().filter(holds).min_by(|a, b| (a.1 * a.2).total_cmp(&(b.1 * b.2)));
    least.and_then(|paper| KNOWN.iter().find(|(id, _)| *id == paper.0)).map_or("A0", |(_, name)| name)
}

impl<'s> Writer<'s> {
    /// A diagram; `about` are texts of JSON: title and credit, how it was made.
    pub fn new(page: Page, about: [&str; 2], sink: &'s mut dyn Sink) -> Self {
        let mut xml = Xml::new(true);
        about.iter().for_each(|text| _ = xml.comment(text));
        xml.start("dia:diagram").attr("xmlns:dia", "http://www.lysator.liu.se/~alla/dia/").start("dia:diagramdata");
        let mut writer = Self { xml, sink, objects: 0, open: false };
        writer.value("background", "dia:color", "#ffffffff");
        writer.xml.start("dia:attribute").attr("name", "paper").start("dia:composite").attr("type", "paper");
        let upright = page.height >= page.width;
        writer.string("name", paper([page.width, page.height]));
        for margin in ["tmargin", "bmargin", "lmargin", "rmargin"] {
            writer.value(margin, "dia:real", "0");
        }
        writer.value("is_portrait", "dia:boolean", if upright { "true" } else { "false" });
        writer.value("scaling", "dia:real", "1");
        writer.value("fitto", "dia:boolean", "false");
        writer.xml.end().end().end();
        writer
    }

    /// The end of the file.
    pub fn finish(mut self) -> Result<()> {
        self.close();
        self.sink.put(&self.xml.finish())
    }

    fn value(&mut self, name: &str, kind: &'static str, value: &str) {
        self.xml.start("dia:attribute").attr("name", name);
        self.xml.start_inline(kind).attr("val", value).end().end();
    }

    fn string(&mut self, name: &str, value: &str) {
        self.xml.start("dia:attribute").attr("name", name);
        self.xml.start_inline("dia:string").text("#").text(value).text("#").end().end();
    }

    fn object(&mut self, kind: &str, version: &str, at: [f64; 2], [left, top, right, bottom]: [f64; 4]) {
        self.objects += 1;
        self.xml
            .start("dia:object")
            .attr("type", kind)
            .attr("version", version)
            .attr("id", &format!("O{}", self.objects));
        self.value("obj_pos", "dia:point", &pair(at));
        self.value("obj_bb", "dia:rectangle", &format!("{};{}", pair([left, top]), pair([right, bottom])));
    }

    fn trace(&mut self, contour: &Contour) {
        let xml = &mut self.xml;
        let mut put = |kind: &str, points: &[[f64; 2]]| {
            xml.start("dia:bezpoint").attr("type", kind);
            for (name, &point) in ["p1", "p2", "p3"].iter().zip(points) {
                xml.attr(name, &pair(point));
            }
            xml.end();
        };
        put("moveto", &[contour.start]);
        for step in &contour.steps {
            match *step {
                Step::Line(end) => put("lineto", &[end]),
                Step::Curve(a, b, end) => put("curveto", &[a, b, end]),
            }
        }
        if contour.closed || contour.steps.is_empty() {
            put("lineto", &[contour.start]);
        }
    }

    fn pen(&mut self, pen: &Pen) {
        self.value("line_width", "dia:real", &text(pen.width));
        self.value("line_colour", "dia:color", &color(pen.color, pen.opacity));
        // Solid, dashed, dash and dot, dash and two dots, dotted; the length is that of the dash.
        let (style, dash) = match pen.dashes.as_slice() {
            [] => ("0", 1.0),
            [dash, _] | [dash] if *dash <= pen.width * 1.2 => ("4", dash.max(pen.width) * 10.0),
            [dash, _] | [dash] => ("1", *dash),
            [dash, _, _, _] => ("2", *dash),
            [dash, ..] => ("3", *dash),
        };
        self.xml.start("dia:attribute").attr("name", "line_style");
        self.xml.start_inline("dia:enum").attr("val", style).end();
        self.xml.start_inline("dia:real").attr("val", &text(dash)).end().end();
        let join = match pen.join {
            Join::Miter => "0",
            Join::Round => "1",
            Join::Bevel => "2",
        };
        let cap = match pen.cap {
            Cap::Butt => "0",
            Cap::Round => "1",
            Cap::Square => "2",
        };
        self.value("line_join", "dia:enum", join);
        self.value("line_caps", "dia:enum", cap);
    }

    /// Ends Dia's layer, none of which holds another.
    fn close(&mut self) {
        if std::mem::take(&mut self.open) {
            self.xml.end_block();
        }
    }
}

impl Painter for Writer<'_> {
    fn begin(&mut self, layer: &Layer) -> Result<()> {
        self.close();
        if layer.objects > 0 {
            self.xml.start("dia:layer").attr("name", &layer.name).attr("visible", "true").attr("connectable", "false");
            self.open = true;
        }
        Ok(())
    }

    fn end(&mut self) -> Result<()> {
        self.close();
        Ok(())
    }

    fn shape(&mut self, shape: &Shape) -> Result<()> {
        let start = shape.contours.first().map_or([0.0; 2], |contour| contour.start);
        self.object("Standard - Path", "0", start, shape.bounds());
        self.xml.start("dia:attribute").attr("name", "bez_points");
        for contour in &shape.contours {
            self.trace(contour);
        }
        self.xml.end();
        let drawn = u8::from(shape.pen.is_some()) + 2 * u8::from(shape.fill.is_some());
        self.value("stroke_or_fill", "dia:enum", &drawn.to_string());
        if let Some(pen) = &shape.pen {
            self.pen(pen);
        }
        if let Some(fill) = shape.fill {
            self.value("fill_colour", "dia:color", &color(fill, shape.opacity));
        }
        self.xml.end();
        self.xml.spill(self.sink)
    }

    fn run(&mut self, run: &Run) -> Result<()> {
        let at = run.base();
        let reach = (run.length() / 2.0).max(run.size);
        self.object("Standard - Text", "1", at, [at[0] - reach, at[1] - reach, at[0] + reach, at[1] + reach]);
        self.xml.start("dia:attribute").attr("name", "text").start("dia:composite").attr("type", "text");
        self.string("string", &run.string);
        // Sans; bold and italic are bits of the style.
        let style = 1 + if run.face.weight >= 600 { 80 } else { 0 } + if run.face.italic { 8 } else { 0 };
        self.xml.start("dia:attribute").attr("name", "font").start("dia:font");
        self.xml
            .attr("family", run.face.family)
            .attr("style", &style.to_string())
            .attr("name", "Helvetica")
            .end()
            .end();
        self.value("height", "dia:real", &text(run.size * HEIGHT));
        self.value("pos", "dia:point", &pair(at));
        self.value("color", "dia:color", &color(run.color, run.opacity));
        self.value("alignment", "dia:enum", "1");
        self.xml.end().end();
        self.value("valign", "dia:enum", "3");
        if run.angle != 0.0 {
            self.value("text_angle", "dia:real", &number::text(-run.angle.to_degrees(), 3));
        }
        self.xml.end();
        self.xml.spill(self.sink)
    }

    fn group(&mut self, _: &Label) -> Result<()> {
        self.xml.start("dia:group");
        Ok(())
    }

    fn ungroup(&mut self) -> Result<()> {
        self.xml.end_block();
        Ok(())
    }
}
