//! Shapes of a page, in inches from its lower left corner.

use crate::error::Result;
use crate::format::painting::{Contour, Label, Layer, Lettering, Look, Page, Painter, Pen, Run, Shape, Shelf, Step};
use crate::wire::number;
use crate::wire::xml::Xml;

/// Millimetres in an inch, and decimals of inches: two thousandths of a millimetre.
const INCH: f64 = 25.4;
const DIGITS: u32 = 4;
/// Visio's patterns that maps need, as dashes and gaps in widths of the line (2 to 4, 9, 10, 16).
const PATTERNS: [(u8, &[f64]); 6] = [
    (2, &[6.0, 3.0]),
    (3, &[1.0, 3.0]),
    (4, &[6.0, 3.0, 1.0, 3.0]),
    (9, &[3.0, 2.0]),
    (10, &[1.0, 1.0]),
    (16, &[14.0, 2.0, 6.0, 2.0]),
];

/// What a style says.
#[derive(Debug, Clone, PartialEq)]
pub enum Style {
    /// How a shape looks, and the number of its line's pattern.
    Shape { look: Look, pattern: u8 },
    /// How a text does.
    Text(Lettering),
}

/// Gathers the shapes, and what they need.
pub struct Writer {
    pub page: Page,
    pub styles: Shelf<Style>,
    pub families: Vec<&'static str>,
    /// Names of layers that hold something.
    pub layers: Vec<String>,
    xml: Xml,
    shapes: u64,
    within: Vec<usize>,
}

/// A cell of a shape, a row or a sheet.
pub fn cell(xml: &mut Xml, name: &str, value: &str) {
    xml.start_inline("Cell").attr("N", name).attr("V", value).end();
}

/// A length in inches.
pub fn inches(mm: f64) -> String {
    number::text(mm / INCH, 5)
}

impl Writer {
    /// An empty page.
    pub fn new(page: Page) -> Self {
        Self {
            page,
            styles: Shelf::new(usize::MAX),
            families: Vec::new(),
            layers: Vec::new(),
            xml: Xml::new(false),
            shapes: 0,
            within: Vec::new(),
        }
    }

    /// The shapes.
    pub fn finish(self) -> Vec<u8> {
        self.xml.finish()
    }

    fn begin_shape(&mut self, kind: &str, style: Option<usize>) {
        self.shapes += 1;
        self.xml.start("Shape").attr("ID", &self.shapes.to_string()).attr("Type", kind);
        let style = style.map_or(0, |row| row + 1).to_string();
        for name in ["LineStyle", "FillStyle", "TextStyle"] {
            self.xml.attr(name, &style);
        }
    }

    /// Where a shape lies: the middle and the size of its box, mm from the top left corner of the page.
    fn boxed(&mut self, [x, y]: [f64; 2], [width, height]: [f64; 2], angle: f64) {
        let down = self.page.height;
        for (name, value) in [
            ("PinX", x),
            ("PinY", down - y),
            ("Width", width),
            ("Height", height),
            ("LocPinX", width / 2.0),
            ("LocPinY", height / 2.0),
        ] {
            cell(&mut self.xml, name, &inches(value));
        }
        if angle != 0.0 {
            // Against the clock.
            cell(&mut self.xml, "Angle", &number::text(-angle, 5));
        }
        if let Some(layer) = self.within.last() {
            cell(&mut self.xml, "LayerMember", &layer.to_string());
        }
    }

    fn trace(&mut self, contour: &Contour, [left, top, right, bottom]: [f64; 4]) {
        let grid = |[x, y]: [f64; 2]| {
            [number::quantise((x - left) / INCH, DIGITS), number::quantise((bottom - y) / INCH, DIGITS)]
        };
        // Curves are told in shares of the box.
        let shared =
            |[x, y]: [f64; 2]| [(x - left) / (right - left).max(1e-6), (bottom - y) / (bottom - top).max(1e-6)];
        let mut number = 0;
        let xml = &mut self.xml;
        let mut row = |kind: &str, cells: &[(&str, i64, u32)]| {
            number += 1;
            xml.start("Row").attr("T", kind).attr("IX", &number.to_string());
            for &(name, value, digits) in cells {
                xml.start_inline("Cell").attr("N", name).attr_with("V", |out| number::fixed(out, value, digits)).end();
            }
            xml.end();
        };
        let place = |[x, y]: [i64; 2]| [("X", x, DIGITS), ("Y", y, DIGITS)];
        let start = grid(contour.start);
        row("MoveTo", &place(start));
        let mut pen = start;
        for step in &contour.steps {
            let end = grid(step.end());
            match *step {
                Step::Line(_) if end == pen && contour.steps.len() > 1 => {}
                Step::Line(_) => row("LineTo", &place(end)),
                Step::Curve(a, b, to) => {
                    let parts = [to, a, b].map(shared);
                    let names = [["X", "Y"], ["A", "B"], ["C", "D"]];
                    let cells: Vec<_> = names
                        .iter()
                        .zip(parts)
                        .flat_map(|(names, part)| [(names[0], part[0]), (names[1], part[1])])
                        .map(|(name, share)| (name, number::quantise(share, 5), 5))
                        .collect();
                    row("RelCubBezTo", &cells);
                }
            }
            pen = end;
        }
        if contour.closed && pen != start {
            row("LineTo", &place(start));
        }
    }
}

/// The pattern of Visio that is most like a pen's: as many dashes and gaps, and nearest in length and share.
fn pattern(pen: &Pen) -> u8 {
    if pen.dashes.is_empty() {
        return 1;
    }
    let width = pen.width.max(0.001);
    let lengths: Vec<f64> = pen.pattern().iter().map(|dash| dash / width).collect();
    let logs = |value: f64| libm::log(value.max(0.25));
    let off = |known: &[f64]| -> f64 {
        let parts = known.len().max(lengths.len());
        let [known, own] = [known, &lengths].map(|list| list.iter().copied().cycle().take(parts));
        let apart: f64 = known.zip(own).map(|(a, b)| (logs(a) - logs(b)).abs()).sum();
        apart / parts.max(1) as f64 + if parts == lengths.len() { 0.0 } else { 0.5 }
    };
    PATTERNS.iter().min_by(|(_, a), (_, b)| off(a).total_cmp(&off(b))).map_or(2, |(number, _)| *number)
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
        let look = shape.look();
        let pattern = look.pen.as_ref().map_or(0, pattern);
        let style = self.styles.row(Style::Shape { look, pattern });
        let [left, top, right, bottom] = shape.bounds();
        self.begin_shape("Shape", Some(style));
        self.boxed([(left + right) / 2.0, (top + bottom) / 2.0], [right - left, bottom - top], 0.0);
        for (row, contour) in shape.contours.iter().enumerate() {
            self.xml.start("Section").attr("N", "Geometry").attr("IX", &row.to_string());
            cell(&mut self.xml, "NoFill", if shape.fill.is_some() { "0" } else { "1" });
            cell(&mut self.xml, "NoLine", if shape.pen.is_some() { "0" } else { "1" });
            self.trace(contour, [left, top, right, bottom]);
            self.xml.end();
        }
        self.xml.end();
        Ok(())
    }

    fn run(&mut self, run: &Run) -> Result<()> {
        let style = self.styles.row(Style::Text(run.lettering()));
        if !self.families.contains(&run.face.family) {
            self.families.push(run.face.family);
        }
        self.begin_shape("Shape", Some(style));
        // Room at the end: readers without alignment begin at the beginning.
        let length = run.room();
        self.boxed(run.middle_of(length), [length, run.height()], run.angle);
        self.xml.start_inline("Text").text(&run.string).end();
        self.xml.end();
        Ok(())
    }

    fn group(&mut self, _: &Label) -> Result<()> {
        // As large as the page, so that what is in it lies where it would without.
        self.begin_shape("Group", None);
        let page = self.page;
        self.boxed([page.width / 2.0, page.height / 2.0], [page.width, page.height], 0.0);
        self.xml.start("Shapes");
        Ok(())
    }

    fn ungroup(&mut self) -> Result<()> {
        self.xml.end().end();
        Ok(())
    }
}
