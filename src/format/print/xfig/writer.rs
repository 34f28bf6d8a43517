//! Objects of a figure. The figure is five times as large as the sheet and says so, since widths are whole eightieths of an inch.

use crate::color::hex;
use crate::error::Result;
use crate::format::painting::{Label, Layer, Letters, Page, Painter, Pen, Run, Shape};
use crate::note::Notes;
use crate::scene::{Cap, Join};
use crate::sink::Sink;
use crate::wire::lines;

/// How much larger the figure is; units in an inch and in a millimetre of the sheet.
const LARGER: f64 = 5.0;
const INCH: f64 = 1200.0;
const UNITS: f64 = INCH / 25.4 * LARGER;
/// Widths and dashes: eightieths of an inch in a millimetre.
const EIGHTIETHS: f64 = 80.0 / 25.4 * LARGER;
/// Sizes of fonts: eightieths of an inch, too, whatever the format's own description says of points.
const POINTS: f64 = EIGHTIETHS;
/// Colours that are one's own begin here, and there are at most so many.
const FIRST: usize = 32;
const COLORS: usize = 512;
/// The depth of what lies lowest.
const LOWEST: i64 = 999;
/// How far lines may be off curves, mm.
const SAG: f64 = 0.01;
/// Longest comment in a line.
const LONGEST: usize = 900;

/// Gathers objects, and the colours that stand before them.
pub struct Writer {
    page: Page,
    out: String,
    colors: Vec<[u8; 3]>,
    /// Colours for which there was no room.
    lacking: u64,
    depth: i64,
    /// What follows is a part of a label.
    within: bool,
}

impl Writer {
    /// An empty figure.
    pub fn new(page: Page) -> Self {
        Self { page, out: String::new(), colors: Vec::new(), lacking: 0, depth: LOWEST + 1, within: false }
    }

    /// The file.
    pub fn finish(self, about: [&str; 3], notes: &mut Notes, sink: &mut dyn Sink) -> Result<()> {
        let way = if self.page.width > self.page.height { "Landscape" } else { "Portrait" };
        let mut head = format!(
            "#FIG 3.2  Produced by mapwright\n{way}\nFlush left\nInches\nLetter\n{}\nSingle\n-2\n",
            100.0 / LARGER
        );
        for text in about {
            let plain: String = lines::running(text).chars().map(|c| if c.is_ascii() { c } else { '?' }).collect();
            for part in plain.as_bytes().chunks(LONGEST) {
                head.push_str(&format!("# {}\n", String::from_utf8_lossy(part)));
            }
        }
        head.push_str("1200 2\n");
        for (row, &color) in self.colors.iter().enumerate() {
            head.push_str(&format!("0 {} {}\n", row + FIRST, hex(color)));
        }
        if self.lacking > 0 {
            let message = format!("Xfig has 512 colours: {} things have the nearest of these.", self.lacking);
            notes.say("colors_nearest", self.lacking, message);
        }
        sink.put(head.as_bytes())?;
        sink.put(self.out.as_bytes())
    }

    fn color(&mut self, color: [u8; 3]) -> usize {
        let known = self.colors.iter().position(|known| *known == color);
        let row = known.unwrap_or_else(|| {
            if self.colors.len() < COLORS {
                self.colors.push(color);
                return self.colors.len() - 1;
            }
            self.lacking += 1;
            let off = |other: &[u8; 3]| -> u32 {
                other.iter().zip(color).map(|(a, b)| u32::from(a.abs_diff(b)).pow(2)).sum()
            };
            (0..self.colors.len()).min_by_key(|&row| self.colors.get(row).map(off)).unwrap_or(0)
        });
        row + FIRST
    }

    fn polyline(&mut self, points: &[[f64; 2]], closed: bool, fill: Option<[u8; 3]>, pen: Option<&Pen>) {
        let fill_color = fill.map_or(7, |fill| self.color(fill));
        let area = if fill.is_some() { 20 } else { -1 };
        let (pen_color, width) = match pen {
            Some(pen) => (self.color(pen.color), (libm::round(pen.width * EIGHTIETHS) as i64).max(1)),
            None => (0, 0),
        };
        let (mut style, mut length) = (0, 0.0);
        if let Some([dash, ..]) = pen.map(|pen| pen.dashes.as_slice()) {
            let dots = *dash * EIGHTIETHS <= width as f64 * 1.2;
            (style, length) = (if dots { 2 } else { 1 }, dash.max(0.01) * EIGHTIETHS);
        }
        let join = pen.map_or(0, |pen| match pen.join {
            Join::Miter => 0,
            Join::Round => 1,
            Join::Bevel => 2,
        });
        let cap = pen.map_or(0, |pen| match pen.cap {
            Cap::Butt => 0,
            Cap::Round => 1,
            Cap::Square => 2,
        });
        let mut grid: Vec<[i64; 2]> = points.iter().map(|&place| unit(place)).collect();
        if closed {
            grid.extend(grid.first().copied());
        }
        grid.dedup();
        if grid.len() == 1 {
            grid.extend(grid.first().copied());
        }
        let kind = if closed && grid.len() > 3 { 3 } else { 1 };
        let (depth, count) = (self.depth, grid.len());
        self.out.push_str(&format!(
            "2 {kind} {style} {width} {pen_color} {fill_color} {depth} -1 {area} {length:.3} {join} {cap} -1 0 0 {count}\n"
        ));
        for row in grid.chunks(16) {
            self.out.push('\t');
            let list: Vec<_> = row.iter().map(|[x, y]| format!("{x} {y}")).collect();
            self.out.push_str(&list.join(" "));
            self.out.push('\n');
        }
    }

    /// A compound object begins.
    fn compound(&mut self, [left, top, right, bottom]: [f64; 4]) {
        let ([left, top], [right, bottom]) = (unit([left, top]), unit([right, bottom]));
        self.out.push_str(&format!("6 {left} {top} {right} {bottom}\n"));
    }

    fn path(&mut self, shape: &Shape) {
        let lists: Vec<(Vec<[f64; 2]>, bool)> =
            shape.contours.iter().map(|contour| (contour.flat(SAG), contour.closed)).collect();
        if shape.fill.is_some() {
            let pen = shape.pen.as_ref().filter(|_| lists.len() == 1);
            self.polyline(&shape.in_one(SAG), true, shape.fill, pen);
        }
        if let Some(pen) = shape.pen.as_ref().filter(|_| lists.len() > 1 || shape.fill.is_none()) {
            for (list, closed) in &lists {
                self.polyline(list, *closed, None, Some(pen));
            }
        }
    }
}

fn unit([x, y]: [f64; 2]) -> [i64; 2] {
    [libm::round(x * UNITS) as i64, libm::round(y * UNITS) as i64]
}

fn label_bounds(label: &Label) -> [f64; 4] {
    let mut bounds = [f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY];
    let mut add = |[left, top, right, bottom]: [f64; 4]| {
        let [a, b, c, d] = bounds;
        bounds = [a.min(left), b.min(top), c.max(right), d.max(bottom)];
    };
    if let Some(halo) = &label.halo {
        add(halo.bounds());
    }
    match &label.letters {
        Letters::Drawn(shape) => add(shape.bounds()),
        Letters::Set(runs) => runs.iter().for_each(|run| {
            let ([x, y], half) = (run.middle(), run.length() / 2.0);
            add([x - half, y - half, x + half, y + half]);
        }),
    }
    bounds
}

impl Painter for Writer {
    fn begin(&mut self, layer: &Layer) -> Result<()> {
        self.depth = (self.depth - 1).max(0);
        if layer.objects > 0 {
            let name: String = layer.name.chars().map(|c| if (' '..='~').contains(&c) { c } else { '?' }).collect();
            self.out.push_str(&format!("# layer {name}\n"));
        }
        Ok(())
    }

    fn end(&mut self) -> Result<()> {
        Ok(())
    }

    fn shape(&mut self, shape: &Shape) -> Result<()> {
        // One object, whatever it is made of; within a label it is a part of that.
        let several = shape.contours.len() > 1 && shape.pen.is_some() && !self.within;
        if several {
            self.compound(shape.bounds());
        }
        self.path(shape);
        if several {
            self.out.push_str("-6\n");
        }
        Ok(())
    }

    fn run(&mut self, run: &Run) -> Result<()> {
        let color = self.color(run.color);
        let [x, y] = unit(run.base());
        let font = 16 + u8::from(run.face.italic) + 2 * u8::from(run.face.weight >= 600);
        let size = run.size * POINTS;
        let [height, length] = [run.reach[0], run.length()].map(|side| libm::round(side * UNITS) as i64);
        let angle = if run.angle == 0.0 { 0.0 } else { -run.angle };
        let depth = self.depth;
        let mut text = String::new();
        for c in run.string.chars() {
            match c {
                '\\' => text.push_str("\\\\"),
                ' '..='~' => text.push(c),
                // Letters of ISO 8859-1, by their numbers.
                _ => text.push_str(&format!("\\{:03o}", u32::from(c).min(255))),
            }
        }
        self.out.push_str(&format!(
            "4 1 {color} {depth} -1 {font} {size:.1} {angle:.4} 4 {height} {length} {x} {y} {text}\\001\n"
        ));
        Ok(())
    }

    fn group(&mut self, label: &Label) -> Result<()> {
        self.compound(label_bounds(label));
        self.within = true;
        Ok(())
    }

    fn ungroup(&mut self) -> Result<()> {
        self.within = false;
        self.out.push_str("-6\n");
        Ok(())
    }
}
