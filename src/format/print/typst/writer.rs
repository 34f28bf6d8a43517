//! Calls of the functions that draw, in millimetres from the top left corner of the page.

use crate::color::hex_with;
use crate::error::Result;
use crate::format::painting::{Contour, Layer, Lettering, Look, Page, Painter, Pen, Run, Shape, Shelf, Step};
use crate::scene::{Cap, Join};
use crate::sink::Sink;
use crate::wire::lines;
use crate::wire::number;

/// Decimals of millimetres.
const DIGITS: u32 = 2;

/// What draws: a ring is a list of places; one of six numbers is the end of a cubic curve after its controls.
const FUNCTIONS: &str = r#"// Names of layers that are not drawn.
#let hidden = ()
#let layer(name, body) = if name not in hidden { body }
#let ring(closed, places) = {
  let at(x, y) = (x * 1mm, y * 1mm)
  (curve.move(at(..places.first())),)
  places.slice(1).map(p => if p.len() == 2 { curve.line(at(..p)) } else {
    curve.cubic(at(..p.slice(0, 2)), at(..p.slice(2, 4)), at(..p.slice(4)))
  })
  if closed { (curve.close(),) }
}
#let area(style, ..rings) = place(top + left, curve(fill-rule: "even-odd", ..style, ..rings.pos().map(ring.with(true)).flatten()))
#let line(style, ..rings) = place(top + left, curve(..style, ..rings.pos().map(ring.with(false)).flatten()))
#let name(style, x, y, angle, string) = place(top + left, dx: x * 1mm - 500mm, dy: y * 1mm - 100mm, box(
  width: 1000mm, height: 200mm, align(center + horizon, rotate(angle * 1deg, box(
    text(top-edge: "ascender", bottom-edge: "descender", hyphenate: false, ..style, string))))))
"#;

/// Gathers calls, and the styles that stand before them.
pub struct Writer {
    page: Page,
    standalone: bool,
    out: Vec<u8>,
    looks: Shelf<Look>,
    letterings: Shelf<Lettering>,
}

fn text(mm: f64) -> String {
    number::text(mm, 3)
}

fn paint(color: [u8; 3], opacity: u8) -> String {
    format!("rgb(\"{}\")", hex_with(color, opacity))
}

/// A string of the language.
fn string(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if c.is_control() => out.push_str(&format!("\\u{{{:x}}}", u32::from(c))),
            c => out.push(c),
        }
    }
    out + "\""
}

fn stroke(pen: &Pen) -> String {
    let cap = match pen.cap {
        Cap::Butt => "butt",
        Cap::Round => "round",
        Cap::Square => "square",
    };
    let join = match pen.join {
        Join::Miter => "miter",
        Join::Round => "round",
        Join::Bevel => "bevel",
    };
    let dash = match pen.dashes.as_slice() {
        [] => String::new(),
        dashes => {
            let list: Vec<_> = dashes.iter().map(|&dash| text(dash) + "mm").collect();
            format!(", dash: ({},)", list.join(", "))
        }
    };
    let (paint, width) = (paint(pen.color, pen.opacity), text(pen.width));
    format!("(paint: {paint}, thickness: {width}mm, cap: \"{cap}\", join: \"{join}\", miter-limit: 2{dash})")
}

impl Writer {
    /// An empty page.
    pub fn new(page: Page, standalone: bool) -> Self {
        Self { page, standalone, out: Vec::new(), looks: Shelf::new(usize::MAX), letterings: Shelf::new(usize::MAX) }
    }

    /// The file.
    pub fn finish(self, [title, credit, made]: [&str; 3], sink: &mut dyn Sink) -> Result<()> {
        let mut head = String::new();
        for line in [title, credit, made] {
            head.push_str(&format!("// {}\n", lines::running(line)));
        }
        let (width, height) = (text(self.page.width), text(self.page.height));
        if self.standalone {
            head.push_str(&format!("#set document(title: {}, description: {})\n", string(title), string(credit)));
            head.push_str(&format!("#set page(width: {width}mm, height: {height}mm, margin: 0mm)\n"));
        }
        head.push_str(FUNCTIONS);
        for (row, look) in self.looks.things().enumerate() {
            let fill = look.fill.map_or_else(|| "none".into(), |(fill, opacity)| paint(fill, opacity));
            let stroke = look.pen.as_ref().map_or_else(|| "none".into(), stroke);
            head.push_str(&format!("#let s{row} = (fill: {fill}, stroke: {stroke})\n"));
        }
        for (row, lettering) in self.letterings.things().enumerate() {
            let Lettering { face, size, spacing, color, opacity } = lettering;
            let slant = if face.italic { "italic" } else { "normal" };
            head.push_str(&format!(
                "#let t{row} = (font: ({}, \"Noto Sans\"), size: {}mm, tracking: {}mm, weight: {}, style: \"{slant}\", fill: {})\n",
                string(face.family),
                text(*size),
                text(*spacing),
                face.weight,
                paint(*color, *opacity),
            ));
        }
        let begin = if self.standalone { "" } else { "#let map = box(width: WIDTH, height: HEIGHT, [\n" };
        head.push_str(&begin.replace("WIDTH", &format!("{width}mm")).replace("HEIGHT", &format!("{height}mm")));
        sink.put(head.as_bytes())?;
        sink.put(&self.out)?;
        if self.standalone { Ok(()) } else { sink.put(b"])\n") }
    }

    fn places(&mut self, contour: &Contour) {
        let out = &mut self.out;
        let mut put = |values: &[f64], first: bool| {
            out.extend_from_slice(if first { b"(" } else { b",(" });
            for (row, &value) in values.iter().enumerate() {
                if row > 0 {
                    out.push(b',');
                }
                number::fixed(out, number::quantise(value, DIGITS), DIGITS);
            }
            out.push(b')');
        };
        put(&contour.start, true);
        for step in &contour.steps {
            match *step {
                Step::Line(end) => put(&end, false),
                Step::Curve(a, b, end) => put(&[a[0], a[1], b[0], b[1], end[0], end[1]], false),
            }
        }
        if contour.steps.is_empty() {
            put(&contour.start, false);
        }
    }
}

impl Painter for Writer {
    fn begin(&mut self, layer: &Layer) -> Result<()> {
        self.out.extend_from_slice(format!("#layer({})[\n", string(&layer.name)).as_bytes());
        Ok(())
    }

    fn end(&mut self) -> Result<()> {
        self.out.extend_from_slice(b"]\n");
        Ok(())
    }

    fn shape(&mut self, shape: &Shape) -> Result<()> {
        let style = self.looks.row(shape.look());
        // Rings that close, then lines that do not, where a shape has both.
        for closed in [true, false] {
            let list: Vec<_> = shape
                .contours
                .iter()
                .filter(|contour| contour.closed == closed || shape.fill.is_some() && closed)
                .collect();
            if list.is_empty() || !closed && shape.fill.is_some() {
                continue;
            }
            self.out.extend_from_slice(format!("#{}(s{style}", if closed { "area" } else { "line" }).as_bytes());
            for contour in list {
                self.out.extend_from_slice(b",(");
                self.places(contour);
                self.out.push(b')');
            }
            self.out.extend_from_slice(b")\n");
        }
        Ok(())
    }

    fn run(&mut self, run: &Run) -> Result<()> {
        let style = self.letterings.row(run.lettering());
        let [x, y] = run.middle();
        let angle = number::text(run.angle.to_degrees(), 2);
        let line = format!("#name(t{style},{},{},{angle},{})\n", text(x), text(y), string(&run.string));
        self.out.extend_from_slice(line.as_bytes());
        Ok(())
    }
}
