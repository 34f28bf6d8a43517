//! Cells of a diagram, in hundredths of an inch from the top left corner of the page.

use crate::color::hex;
use crate::error::Result;
use crate::format::painting::{Contour, Label, Layer, Page, Painter, Pen, Run, Shape, Step};
use crate::scene::Join;
use crate::sink::Sink;
use crate::wire::deflate;
use crate::wire::number;
use crate::wire::xml::Xml;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_encode};

/// Units in a millimetre, and their decimals.
const UNITS: f64 = 100.0 / 25.4;
const DIGITS: u32 = 2;
/// What `encodeURIComponent` of browsers writes in codes, which diagrams.net undoes.
const COMPONENT: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'!')
    .remove(b'~')
    .remove(b'*')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')');

/// Writes cells.
pub struct Writer<'s> {
    xml: Xml,
    sink: &'s mut dyn Sink,
    cells: u64,
    locked: bool,
    /// The cells that what follows is in.
    within: Vec<String>,
}

fn text(mm: f64) -> String {
    number::text(mm * UNITS, DIGITS)
}

fn percent(opacity: u8) -> String {
    number::text(f64::from(opacity) / 2.55, 1)
}

impl<'s> Writer<'s> {
    /// A diagram of one page; `about` is title, credit, how it was made.
    pub fn new(page: Page, [title, credit, made]: [&str; 3], locked: bool, sink: &'s mut dyn Sink) -> Self {
        let mut xml = Xml::new(true);
        xml.start("mxfile").attr("host", "mapwright").attr("attribution", credit).attr("mapwright", made);
        xml.start("diagram").attr("id", "map").attr("name", if title.is_empty() { "Map" } else { title });
        xml.start("mxGraphModel");
        for (name, value) in
            [("grid", "0"), ("guides", "1"), ("connect", "0"), ("arrows", "1"), ("fold", "0"), ("page", "1")]
        {
            xml.attr(name, value);
        }
        xml.attr("pageScale", "1").attr("pageWidth", &text(page.width)).attr("pageHeight", &text(page.height));
        xml.attr("math", "0").attr("shadow", "0").start("root").start("mxCell").attr("id", "0").end();
        Self { xml, sink, cells: 0, locked, within: Vec::new() }
    }

    /// The end of the file.
    pub fn finish(self) -> Result<()> {
        self.sink.put(&self.xml.finish())
    }

    fn begin_cell(&mut self, style: &str, value: &str) {
        self.cells += 1;
        self.xml.start("mxCell").attr("id", &format!("c{}", self.cells)).attr("style", style);
        if !value.is_empty() {
            self.xml.attr("value", value);
        }
        let parent = self.within.last().map_or("0", String::as_str);
        self.xml.attr("parent", parent);
    }

    /// Where a vertex lies.
    fn geometry(&mut self, [left, top, width, height]: [f64; 4]) {
        self.xml.start("mxGeometry");
        for (name, value) in [("x", left), ("y", top), ("width", width), ("height", height)] {
            self.xml.attr(name, &text(value));
        }
        self.xml.attr("as", "geometry").end();
    }

    /// A line that can be bent at its waypoints.
    fn edge(&mut self, line: &Contour, pen: &Pen) {
        let style = format!("endArrow=none;html=1;rounded=0;{}", stroke(pen));
        self.begin_cell(&style, "");
        self.xml.attr("edge", "1").start("mxGeometry").attr("relative", "1").attr("as", "geometry");
        let points = line.flat(1.0);
        let point = |xml: &mut Xml, [x, y]: [f64; 2], role: &str| {
            xml.start("mxPoint").attr("x", &text(x)).attr("y", &text(y));
            if !role.is_empty() {
                xml.attr("as", role);
            }
            xml.end();
        };
        if let (Some(&first), Some(&last)) = (points.first(), points.last()) {
            point(&mut self.xml, first, "sourcePoint");
            point(&mut self.xml, last, "targetPoint");
        }
        if let [_, middle @ .., _] = points.as_slice()
            && !middle.is_empty()
        {
            self.xml.start("Array").attr("as", "points");
            middle.iter().for_each(|&place| point(&mut self.xml, place, ""));
            self.xml.end();
        }
        self.xml.end().end();
    }

    /// A shape of its own: a stencil, packed as diagrams.net packs them.
    fn stencil(&mut self, shape: &Shape) -> Result<()> {
        let [left, top, right, bottom] = shape.bounds();
        // A side of no length has no scale.
        let (width, height) = ((right - left).max(0.01), (bottom - top).max(0.01));
        let mut xml = Xml::new(false);
        xml.start_inline("shape").attr("w", &text(width)).attr("h", &text(height));
        xml.attr("aspect", "variable").attr("strokewidth", "inherit").start_inline("foreground").start_inline("path");
        let place = |[x, y]: [f64; 2]| [text(x - left), text(y - top)];
        let mut put = |name: &'static str, points: &[[f64; 2]]| {
            xml.start_inline(name);
            let names: &[[&str; 2]] =
                if points.len() == 1 { &[["x", "y"]] } else { &[["x1", "y1"], ["x2", "y2"], ["x3", "y3"]] };
            for (names, [x, y]) in names.iter().zip(points.iter().copied().map(place)) {
                xml.attr(names[0], &x).attr(names[1], &y);
            }
            xml.end();
        };
        for contour in &shape.contours {
            put("move", &[contour.start]);
            for step in &contour.steps {
                match *step {
                    Step::Line(end) => put("line", &[end]),
                    Step::Curve(a, b, end) => put("curve", &[a, b, end]),
                }
            }
            if contour.closed {
                put("close", &[]);
            }
        }
        xml.end();
        let drawn = match (shape.fill.is_some(), shape.pen.is_some()) {
            (true, true) => "fillstroke",
            (true, false) => "fill",
            _ => "stroke",
        };
        xml.start_inline(drawn).end();
        let packed = STANDARD.encode(deflate::raw(percent_encode(&xml.finish(), COMPONENT).to_string().as_bytes())?);
        let fill = match shape.fill {
            Some(fill) => format!("fillColor={};fillOpacity={};", hex(fill), percent(shape.opacity)),
            None => "fillColor=none;".into(),
        };
        let line = shape.pen.as_ref().map_or_else(|| "strokeColor=none;".into(), stroke);
        self.begin_cell(&format!("shape=stencil({packed});html=1;{fill}{line}"), "");
        self.xml.attr("vertex", "1");
        self.geometry([left, top, width, height]);
        self.xml.end();
        Ok(())
    }
}

fn stroke(pen: &Pen) -> String {
    let mut style = format!("strokeColor={};strokeWidth={};", hex(pen.color), text(pen.width));
    if pen.opacity < 255 {
        style.push_str(&format!("strokeOpacity={};", percent(pen.opacity)));
    }
    if !pen.dashes.is_empty() {
        let dashes: Vec<_> = pen.dashes.iter().map(|&dash| text(dash)).collect();
        style.push_str(&format!("dashed=1;fixDash=1;dashPattern={};", dashes.join(" ")));
    }
    if pen.join == Join::Round {
        style.push_str("lineJoin=round;");
    }
    style
}

impl Painter for Writer<'_> {
    fn begin(&mut self, layer: &Layer) -> Result<()> {
        // Layers are the children of the root; those within others are layers beside them.
        self.cells += 1;
        let id = format!("c{}", self.cells);
        self.within.push(id.clone());
        if layer.objects > 0 {
            self.xml.start("mxCell").attr("id", &id).attr("value", &layer.name).attr("parent", "0");
            if self.locked {
                self.xml.attr("style", "locked=1;");
            }
            self.xml.end();
        }
        Ok(())
    }

    fn end(&mut self) -> Result<()> {
        self.within.pop();
        Ok(())
    }

    fn shape(&mut self, shape: &Shape) -> Result<()> {
        match (shape.fill, &shape.pen, shape.contours.as_slice()) {
            (None, Some(pen), [line]) if !line.closed && line.is_straight() => {
                self.edge(line, pen);
            }
            _ => self.stencil(shape)?,
        }
        self.xml.spill(self.sink)
    }

    fn run(&mut self, run: &Run) -> Result<()> {
        let look = u8::from(run.face.weight >= 600) + 2 * u8::from(run.face.italic);
        let mut style = format!(
            "text;html=0;strokeColor=none;fillColor=none;align=center;verticalAlign=middle;spacing=0;overflow=visible;fontFamily={};fontSize={};fontColor={};",
            run.face.family,
            text(run.size),
            hex(run.color),
        );
        if look > 0 {
            style.push_str(&format!("fontStyle={look};"));
        }
        if run.opacity < 255 {
            style.push_str(&format!("textOpacity={};", percent(run.opacity)));
        }
        if run.angle != 0.0 {
            style.push_str(&format!("rotation={};", number::text(run.angle.to_degrees(), 2)));
        }
        let [x, y] = run.middle();
        let (width, height) = (run.length(), run.height());
        self.begin_cell(&style, &run.string);
        self.xml.attr("vertex", "1");
        self.geometry([x - width / 2.0, y - height / 2.0, width, height]);
        self.xml.end();
        Ok(())
    }

    fn group(&mut self, _: &Label) -> Result<()> {
        self.begin_cell("group;collapsible=0;", "");
        self.within.push(format!("c{}", self.cells));
        self.xml.attr("vertex", "1").attr("connectable", "0").start("mxGeometry").attr("as", "geometry").end().end();
        Ok(())
    }

    fn ungroup(&mut self) -> Result<()> {
        self.within.pop();
        Ok(())
    }
}
