//! Shapes of DrawingML (ECMA-376, part 1, §20.1) as PowerPoint and Word embed them: geometry of paths, looks, groups, texts.

mod look;

use crate::error::Result;
use crate::format::painting::{Contour, Label, Layer, Page, Painter, Run, Shape, Step};
use crate::wire::number;
use crate::wire::xml::Xml;
use look::{line, solid};

/// English metric units in a unit of paths, of which a millimetre has a hundred.
const EMU: i64 = 360;
const UNITS: f64 = 100.0;
/// The namespace of DrawingML.
pub const MAIN: &str = "http://schemas.openxmlformats.org/drawingml/2006/main";
/// Points in a millimetre.
const POINTS: f64 = 72.0 / 25.4;
/// Longest name of a shape.
const LONGEST: usize = 200;

/// Which program the shapes are for: their elements have other names, their texts are other paragraphs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Host {
    /// PowerPoint: `p:sp`, `p:grpSp`.
    Slide,
    /// Word: `wps:wsp`, `wpg:grpSp`.
    Page,
}

/// English metric units of a length in millimetres.
pub fn emu(mm: f64) -> i64 {
    libm::round(mm * UNITS) as i64 * EMU
}

/// Left, top, right, bottom in units; what holds nothing has left beyond right.
type Bounds = [i64; 4];
const NOWHERE: Bounds = [i64::MAX, i64::MAX, i64::MIN, i64::MIN];

/// A group in the making.
struct Open {
    xml: Xml,
    name: String,
    about: String,
    bounds: Bounds,
}

impl Default for Open {
    fn default() -> Self {
        Self { xml: Xml::new(false), name: String::new(), about: String::new(), bounds: NOWHERE }
    }
}

/// Gathers the shapes of a sheet as a group of groups.
pub struct Writer {
    host: Host,
    /// Letters are of the theme's font, not of the map's.
    themed: bool,
    page: Bounds,
    ids: u32,
    /// The innermost group, and those around it, the outermost first.
    inner: Open,
    outer: Vec<Open>,
}

impl Writer {
    /// The group of everything, with what describes it to those who do not see it.
    pub fn new(host: Host, page: Page, themed: bool, about: String) -> Self {
        let [right, bottom] = [page.width, page.height].map(|side| libm::round(side * UNITS) as i64);
        let inner = Open { name: "Map".into(), about, ..Open::default() };
        // The first id is that of what holds the drawing.
        Self { host, themed, page: [0, 0, right, bottom], ids: 1, inner, outer: Vec::new() }
    }

    /// What was drawn.
    pub fn finish(mut self) -> Vec<u8> {
        while !self.outer.is_empty() {
            self.close();
        }
        self.wrapped(true).map(|(bytes, _)| bytes).unwrap_or_default()
    }

    /// Ends the innermost group; the one of everything stays.
    fn close(&mut self) {
        if self.outer.is_empty() {
            return;
        }
        let done = self.wrapped(false);
        self.inner = self.outer.pop().unwrap_or_default();
        if let Some((bytes, bounds)) = done {
            self.inner.bounds = joined(self.inner.bounds, bounds);
            self.inner.xml.text_with(|out| out.extend_from_slice(&bytes));
        }
    }

    /// The innermost group with its frame, and where it lies; none where it holds nothing, but for the one of everything, which is
    /// as large as the page.
    fn wrapped(&mut self, outermost: bool) -> Option<(Vec<u8>, Bounds)> {
        let Open { xml: inner, name, about, bounds } = std::mem::take(&mut self.inner);
        let inner = inner.finish();
        let bounds = if outermost { self.page } else { bounds };
        if bounds[0] > bounds[2] {
            return None;
        }
        self.ids += 1;
        let mut xml = Xml::new(false);
        match (self.host, outermost) {
            // Word has the outermost group as the picture itself.
            (Host::Page, true) => {
                xml.start("wpg:wgp").attr("xmlns:wpg", WPG).attr("xmlns:wps", WPS);
                xml.start("wpg:cNvGrpSpPr").end().start("wpg:grpSpPr");
            }
            (Host::Page, false) => {
                xml.start("wpg:grpSp").start("wpg:cNvPr").attr("id", &self.ids.to_string()).attr("name", &name).end();
                xml.start("wpg:cNvGrpSpPr").end().start("wpg:grpSpPr");
            }
            (Host::Slide, _) => {
                xml.start("p:grpSp").start("p:nvGrpSpPr");
                xml.start("p:cNvPr").attr("id", &self.ids.to_string()).attr("name", &name);
                if !about.is_empty() {
                    xml.attr("descr", &about);
                }
                xml.end().start("p:cNvGrpSpPr").end().start("p:nvPr").end().end().start("p:grpSpPr");
            }
        }
        xml.start("a:xfrm");
        place(&mut xml, bounds, ["a:off", "a:ext"]);
        place(&mut xml, bounds, ["a:chOff", "a:chExt"]);
        xml.end().end();
        xml.text_with(|out| out.extend_from_slice(&inner));
        Some((xml.finish(), bounds))
    }

    fn open(&mut self, name: &str) {
        let name = name.chars().take(LONGEST).collect();
        self.outer.push(std::mem::replace(&mut self.inner, Open { name, ..Open::default() }));
    }

    /// Begins a shape in the innermost group up to its properties.
    fn begin_shape(&mut self, name: &str, text: bool, bounds: Bounds) -> &mut Xml {
        self.ids += 1;
        let (host, id) = (self.host, self.ids.to_string());
        self.inner.bounds = joined(self.inner.bounds, bounds);
        let xml = &mut self.inner.xml;
        let [shape, outer, own, properties] = match host {
            Host::Slide => ["p:sp", "p:cNvPr", "p:cNvSpPr", "p:spPr"],
            Host::Page => ["wps:wsp", "wps:cNvPr", "wps:cNvSpPr", "wps:spPr"],
        };
        xml.start(shape);
        if host == Host::Slide {
            xml.start("p:nvSpPr");
        }
        xml.start(outer).attr("id", &id).attr("name", name).end().start(own);
        if text {
            xml.attr("txBox", "1");
        }
        xml.end();
        if host == Host::Slide {
            xml.start("p:nvPr").end().end();
        }
        xml.start(properties)
    }
}

const WPG: &str = "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup";
const WPS: &str = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape";

fn joined(a: Bounds, b: Bounds) -> Bounds {
    [a[0].min(b[0]), a[1].min(b[1]), a[2].max(b[2]), a[3].max(b[3])]
}

fn place(xml: &mut Xml, [left, top, right, bottom]: Bounds, [corner, size]: [&'static str; 2]) {
    xml.start(corner).attr("x", &(left * EMU).to_string()).attr("y", &(top * EMU).to_string()).end();
    xml.start(size)
        .attr("cx", &((right - left) * EMU).to_string())
        .attr("cy", &((bottom - top) * EMU).to_string())
        .end();
}

fn trace(xml: &mut Xml, contour: &Contour, [left, top]: [i64; 2]) {
    let grid = |[x, y]: [f64; 2]| [libm::round(x * UNITS) as i64 - left, libm::round(y * UNITS) as i64 - top];
    let point = |xml: &mut Xml, [x, y]: [i64; 2]| {
        xml.start_inline("a:pt")
            .attr_with("x", |out| number::integer(out, x))
            .attr_with("y", |out| number::integer(out, y));
        xml.end();
    };
    let mut pen = grid(contour.start);
    xml.start_inline("a:moveTo");
    point(xml, pen);
    xml.end();
    let mut drawn = false;
    for step in &contour.steps {
        let end = grid(step.end());
        match *step {
            Step::Line(_) if end == pen && drawn => continue,
            Step::Line(_) => {
                xml.start_inline("a:lnTo");
                point(xml, end);
            }
            Step::Curve(a, b, _) => {
                xml.start_inline("a:cubicBezTo");
                [grid(a), grid(b), end].into_iter().for_each(|place| point(xml, place));
            }
        }
        xml.end();
        (pen, drawn) = (end, true);
    }
    if contour.closed {
        xml.start_inline("a:close").end();
    }
}

/// A box without rims, in the middle of which its text stands on one line.
fn body(xml: &mut Xml, name: &'static str) {
    xml.start(name).attr("wrap", "none");
    ["lIns", "tIns", "rIns", "bIns"].iter().for_each(|side| _ = xml.attr(side, "0"));
    xml.attr("anchor", "ctr").start_inline("a:noAutofit").end().end();
}

/// The letters of a run on a slide.
fn letters(xml: &mut Xml, run: &Run, themed: bool) {
    let size = (libm::round(run.size * POINTS * 100.0) as i64).clamp(100, 400_000);
    xml.start("a:rPr").attr("sz", &size.to_string());
    if run.face.weight >= 600 {
        xml.attr("b", "1");
    }
    if run.face.italic {
        xml.attr("i", "1");
    }
    if run.spacing != 0.0 {
        xml.attr("spc", &libm::round(run.spacing * POINTS * 100.0).to_string());
    }
    solid(xml, run.color, run.opacity);
    for (script, theme) in [("a:latin", "+mn-lt"), ("a:ea", "+mn-ea"), ("a:cs", "+mn-cs")] {
        xml.start(script).attr("typeface", if themed { theme } else { run.face.family }).end();
    }
    xml.end();
}

/// The letters of a run in Word, whose sizes are half points.
fn words(xml: &mut Xml, run: &Run, themed: bool) {
    xml.start("w:rPr").start("w:rFonts");
    for (script, theme) in
        [("ascii", "minorHAnsi"), ("hAnsi", "minorHAnsi"), ("eastAsia", "minorEastAsia"), ("cs", "minorBidi")]
    {
        match themed {
            true if script == "cs" => xml.attr("w:cstheme", theme),
            true => xml.attr(&format!("w:{script}Theme"), theme),
            false => xml.attr(&format!("w:{script}"), run.face.family),
        };
    }
    xml.end();
    if run.face.weight >= 600 {
        xml.start("w:b").end();
    }
    if run.face.italic {
        xml.start("w:i").end();
    }
    let [r, g, b] = run.color;
    xml.start("w:color").attr("w:val", &format!("{r:02X}{g:02X}{b:02X}")).end();
    if run.spacing != 0.0 {
        // Twentieths of a point.
        xml.start("w:spacing").attr("w:val", &libm::round(run.spacing * POINTS * 20.0).to_string()).end();
    }
    let size = (libm::round(run.size * POINTS * 2.0) as i64).clamp(2, 3276).to_string();
    xml.start("w:sz").attr("w:val", &size).end().start("w:szCs").attr("w:val", &size).end().end();
}

impl Painter for Writer {
    fn begin(&mut self, layer: &Layer) -> Result<()> {
        self.open(&layer.name);
        Ok(())
    }

    fn end(&mut self) -> Result<()> {
        self.close();
        Ok(())
    }

    fn shape(&mut self, shape: &Shape) -> Result<()> {
        let [left, top, right, bottom] = shape.bounds().map(|side| libm::round(side * UNITS) as i64);
        // A side of no length has no scale.
        let bounds = [left, top, right.max(left + 1), bottom.max(top + 1)];
        let host = self.host;
        let xml = self.begin_shape("Shape", false, bounds);
        xml.start("a:xfrm");
        place(xml, bounds, ["a:off", "a:ext"]);
        xml.end().start("a:custGeom");
        for list in ["a:avLst", "a:gdLst", "a:ahLst", "a:cxnLst"] {
            xml.start(list).end();
        }
        xml.start("a:rect").attr("l", "0").attr("t", "0").attr("r", "r").attr("b", "b").end();
        xml.start("a:pathLst").start("a:path");
        xml.attr("w", &(bounds[2] - bounds[0]).to_string()).attr("h", &(bounds[3] - bounds[1]).to_string());
        shape.contours.iter().for_each(|contour| trace(xml, contour, [left, top]));
        xml.end().end().end();
        match shape.fill {
            Some(fill) => solid(xml, fill, shape.opacity),
            None => _ = xml.start("a:noFill").end(),
        }
        match &shape.pen {
            Some(pen) => line(xml, pen),
            None => _ = xml.start("a:ln").start("a:noFill").end().end(),
        }
        xml.end();
        if host == Host::Page {
            xml.start("wps:bodyPr").end();
        }
        xml.end();
        Ok(())
    }

    fn run(&mut self, run: &Run) -> Result<()> {
        let (width, height) = (run.room(), run.height());
        let [x, y] = run.middle();
        let sides = [x - width / 2.0, y - height / 2.0, x + width / 2.0, y + height / 2.0];
        let bounds = sides.map(|side| libm::round(side * UNITS) as i64);
        let turned = libm::round(run.angle.to_degrees() * 60_000.0) as i64;
        let (host, themed) = (self.host, self.themed);
        let xml = self.begin_shape("Name", true, bounds);
        xml.start("a:xfrm");
        if turned != 0 {
            xml.attr("rot", &turned.rem_euclid(21_600_000).to_string());
        }
        place(xml, bounds, ["a:off", "a:ext"]);
        xml.end().start("a:prstGeom").attr("prst", "rect").start("a:avLst").end().end();
        xml.start("a:noFill").end().end();
        match host {
            Host::Slide => {
                xml.start("p:txBody");
                body(xml, "a:bodyPr");
                xml.start("a:p").start("a:pPr").attr("algn", "ctr").end().start("a:r");
                letters(xml, run, themed);
                xml.start_inline("a:t").text(&run.string).end().end().end().end();
            }
            Host::Page => {
                xml.start("wps:txbx").start("w:txbxContent").start("w:p");
                xml.start("w:pPr").start("w:spacing").attr("w:before", "0").attr("w:after", "0").attr("w:line", "240");
                xml.attr("w:lineRule", "auto").end().start("w:jc").attr("w:val", "center").end().end();
                xml.start("w:r");
                words(xml, run, themed);
                xml.start_inline("w:t").attr("xml:space", "preserve").text(&run.string).end();
                xml.end().end().end().end();
                body(xml, "wps:bodyPr");
            }
        }
        xml.end();
        Ok(())
    }

    fn group(&mut self, label: &Label) -> Result<()> {
        self.open(&label.string);
        Ok(())
    }

    fn ungroup(&mut self) -> Result<()> {
        self.close();
        Ok(())
    }
}
