//! A sheet as movements of pens.

use crate::error::Result;
use crate::format::Settings;
use crate::format::painting::{Label, Layer, Letters, Page, Painter, Shape};
use crate::note::Notes;
use crate::sink::{self, Sink};
use hashbrown::HashSet;
use std::collections::BTreeMap;

/// Plotter units in a millimetre.
const UNITS: f64 = 40.0;
/// Places in one instruction: buffers of plotters are small.
const TOGETHER: usize = 40;
/// Most letters of a comment; longer ones go on in the next.
const LONGEST: usize = 200;
/// Width of a pen that draws in one colour for all, hundredths of a millimetre.
const USUAL: i64 = 30;
/// The layers that are ink over all of the sheet.
const WHOLE: [&str; 2] = ["background", "margin"];

/// A movement with the pen down, or a filled area.
struct Stroke {
    pen: usize,
    layer: usize,
    /// Lines; several are the rings of an area.
    lines: Vec<Vec<[i32; 2]>>,
    filled: bool,
}

/// Gathers strokes.
pub struct Writer {
    page: Page,
    by_layer: bool,
    one: bool,
    outlines: bool,
    filled: bool,
    dedupe: bool,
    /// Most pens.
    most: usize,
    layers: Vec<String>,
    within: Vec<usize>,
    /// Pens by colour and width, hundredths of a millimetre, in the order of their use.
    pens: Vec<([u8; 3], i64)>,
    /// The pen of a layer that is in no other.
    by_layers: BTreeMap<usize, usize>,
    strokes: Vec<Stroke>,
}

impl Writer {
    /// Of a page, as the options say.
    pub fn new(page: Page, settings: &Settings) -> Self {
        let areas = settings.text("areas");
        Self {
            page,
            by_layer: settings.text("pens") == "layers",
            one: settings.text("pens") == "one",
            outlines: areas == "outlines",
            filled: areas == "filled",
            // What is filled hides what is below, so its order counts.
            dedupe: settings.flag("dedupe") && areas != "filled",
            most: settings.int("carousel").clamp(1, 255) as usize,
            layers: Vec::new(),
            within: Vec::new(),
            pens: Vec::new(),
            by_layers: BTreeMap::new(),
            strokes: Vec::new(),
        }
    }

    fn unit(&self, [x, y]: [f64; 2]) -> [i32; 2] {
        [libm::round(x * UNITS) as i32, libm::round((self.page.height - y) * UNITS) as i32]
    }

    /// The row of a pen.
    fn pen(&mut self, color: [u8; 3], width: f64) -> usize {
        if self.by_layer {
            let layer = self.within.first().copied().unwrap_or(0);
            let pens = &mut self.pens;
            return *self.by_layers.entry(layer).or_insert_with(|| {
                pens.push((color, USUAL));
                pens.len() - 1
            });
        }
        let pen = if self.one { ([0; 3], USUAL) } else { (color, libm::round(width * 100.0) as i64) };
        self.pens.iter().position(|known| *known == pen).unwrap_or_else(|| {
            self.pens.push(pen);
            self.pens.len() - 1
        })
    }

    /// Keeps as many pens as the plotter has, those that draw most; the others' lines get the one of the nearest colour.
    /// Returns how many lines that are.
    fn share(&mut self) -> u64 {
        let mut uses = vec![0_u64; self.pens.len()];
        for stroke in &self.strokes {
            if let Some(count) = uses.get_mut(stroke.pen) {
                *count += stroke.lines.iter().map(|line| line.len() as u64).sum::<u64>();
            }
        }
        let mut order: Vec<usize> = (0..self.pens.len()).collect();
        order.sort_by_key(|&row| std::cmp::Reverse(uses.get(row).copied().unwrap_or(0)));
        order.truncate(self.most);
        order.sort_unstable();
        let kept: Vec<_> = order.iter().filter_map(|&row| self.pens.get(row).copied()).collect();
        let places: Vec<usize> = (0..self.pens.len())
            .map(|row| {
                let color = self.pens.get(row).map(|pen| pen.0).unwrap_or_default();
                let far = |other: &[u8; 3]| {
                    other.iter().zip(color).map(|(a, b)| u32::from(a.abs_diff(b)).pow(2)).sum::<u32>()
                };
                let nearest = kept.iter().enumerate().min_by_key(|(_, (other, _))| far(other));
                order.binary_search(&row).unwrap_or_else(|_| nearest.map_or(0, |(row, _)| row))
            })
            .collect();
        let mut shared = 0;
        for stroke in &mut self.strokes {
            shared += u64::from(order.binary_search(&stroke.pen).is_err());
            stroke.pen = places.get(stroke.pen).copied().unwrap_or(0);
        }
        self.pens = kept;
        shared
    }

    /// Outlines or a filled area.
    fn area(&mut self, shape: &Shape, color: [u8; 3]) {
        let layer = self.within.last().copied().unwrap_or(0);
        let whole = self.layers.get(layer).is_some_and(|name| WHOLE.contains(&name.as_str()));
        let filled = self.filled && !whole;
        if !filled && !self.outlines && !whole {
            return;
        }
        let pen = self.pen(if whole { [0; 3] } else { color }, 0.0);
        let rings = shape.contours.iter().map(|contour| {
            let mut ring: Vec<_> = contour.flat(0.01).into_iter().map(|point| self.unit(point)).collect();
            ring.extend(ring.first().copied());
            ring.dedup();
            ring
        });
        let rings: Vec<_> = rings.filter(|ring| ring.len() > 2).collect();
        if filled && !rings.is_empty() {
            self.strokes.push(Stroke { pen, layer, lines: rings, filled });
        } else {
            let strokes = rings.into_iter().map(|ring| Stroke { pen, layer, lines: vec![ring], filled: false });
            self.strokes.extend(strokes);
        }
    }

    /// Leaves out lines on which another of the same places is drawn later; returns how many.
    fn thin(&mut self) -> u64 {
        let mut seen: HashSet<u64, foldhash::fast::FixedState> = HashSet::default();
        let before = self.strokes.len();
        let mut kept: Vec<Stroke> = Vec::with_capacity(before);
        for stroke in std::mem::take(&mut self.strokes).into_iter().rev() {
            if stroke.lines.iter().map(|line| print(line)).all(|print| seen.insert(print)) {
                kept.push(stroke);
            }
        }
        kept.reverse();
        self.strokes = kept;
        (before - self.strokes.len()) as u64
    }

    /// Writes everything.
    pub fn finish(mut self, comments: &[&str], notes: &mut Notes, sink: &mut dyn Sink) -> Result<()> {
        if self.dedupe {
            let count = self.thin();
            if count > 0 {
                notes.say("drawn_once", count, format!("{count} lines that lie on others are drawn once."));
            }
        }
        let shared = self.share();
        if shared > 0 {
            let message = format!(
                "{} pens are fewer than colours and widths: {shared} lines have one of the nearest colour.",
                self.most
            );
            notes.say("pens_shared", shared, message);
        }
        let [width, height] = [self.page.width, self.page.height].map(|side| libm::round(side * UNITS) as i32);
        let mut out = format!("IN;\nPS{width},{height};\n").into_bytes();
        for text in comments {
            comment(&mut out, text);
        }
        for (row, ([r, g, b], width)) in self.pens.iter().enumerate() {
            out.extend_from_slice(format!("PC{},{r},{g},{b};\n", row + 1).as_bytes());
            let width = crate::wire::number::text(*width as f64 / 100.0, 2);
            if width != "0" {
                out.extend_from_slice(format!("PW{width},{};\n", row + 1).as_bytes());
            }
        }
        // Ends and corners are round.
        out.extend_from_slice(b"LA1,4,2,4;\nFT1;\n");
        let mut layers: BTreeMap<usize, BTreeMap<usize, Vec<&Stroke>>> = BTreeMap::new();
        for stroke in &self.strokes {
            // Filled areas stay in their order.
            let pen = if self.filled { 0 } else { stroke.pen };
            layers.entry(stroke.layer).or_default().entry(pen).or_default().push(stroke);
        }
        let mut held = None;
        for (layer, pens) in &layers {
            comment(&mut out, &format!("layer {}", self.layers.get(*layer).map_or("", String::as_str)));
            for stroke in pens.values().flatten() {
                if held.replace(stroke.pen) != Some(stroke.pen) {
                    out.extend_from_slice(format!("SP{};\n", stroke.pen + 1).as_bytes());
                }
                draw(&mut out, stroke);
                sink::spill(&mut out, sink)?;
            }
        }
        out.extend_from_slice(b"PU;SP0;\n");
        sink.put(&out)
    }
}

/// A number that is that of a line in both directions.
fn print(line: &[[i32; 2]]) -> u64 {
    let add = |sum: u64, [x, y]: &[i32; 2]| {
        let place = u64::from(*x as u32) << 32 | u64::from(*y as u32);
        (sum.rotate_left(5) ^ place).wrapping_mul(0x9e37_79b9_7f4a_7c15)
    };
    let (there, back) = (line.iter().fold(0, add), line.iter().rev().fold(0, add));
    there.min(back)
}

/// A comment: no quotes in it, ASCII.
fn comment(out: &mut Vec<u8>, text: &str) {
    let plain: Vec<u8> = text
        .chars()
        .filter(|c| *c != '©')
        .map(|c| if matches!(c, ' '..='~' if c != '"' && c != ';') { c as u8 } else { b'?' })
        .collect();
    for part in plain.trim_ascii().chunks(LONGEST) {
        out.extend_from_slice(b"CO\"");
        out.extend_from_slice(part);
        out.extend_from_slice(b"\";\n");
    }
}

fn draw(out: &mut Vec<u8>, stroke: &Stroke) {
    for (row, line) in stroke.lines.iter().enumerate() {
        let Some(([x, y], rest)) = line.split_first() else { continue };
        out.extend_from_slice(format!("PU{x},{y};").as_bytes());
        if stroke.filled {
            out.extend_from_slice(if row == 0 { b"PM0;" } else { b"" });
        }
        for part in rest.chunks(TOGETHER) {
            out.extend_from_slice(b"PD");
            for (row, [x, y]) in part.iter().enumerate() {
                let comma = if row == 0 { "" } else { "," };
                out.extend_from_slice(format!("{comma}{x},{y}").as_bytes());
            }
            out.extend_from_slice(b";\n");
        }
        if stroke.filled {
            let last = row + 1 == stroke.lines.len();
            out.extend_from_slice(if last { b"PM2;FP;\n" } else { b"PM1;" });
        }
    }
}

impl Painter for Writer {
    fn begin(&mut self, layer: &Layer) -> Result<()> {
        self.layers.push(layer.name.clone());
        self.within.push(self.layers.len() - 1);
        Ok(())
    }

    fn end(&mut self) -> Result<()> {
        self.within.pop();
        Ok(())
    }

    fn shape(&mut self, shape: &Shape) -> Result<()> {
        if let Some(color) = shape.fill {
            self.area(shape, color);
        }
        let Some(pen) = &shape.pen else { return Ok(()) };
        let (layer, row) = (self.within.last().copied().unwrap_or(0), self.pen(pen.color, pen.width));
        for contour in &shape.contours {
            let mut line: Vec<_> = contour.flat(0.01).into_iter().map(|point| self.unit(point)).collect();
            if contour.closed {
                line.extend(line.first().copied());
            }
            line.dedup();
            if line.len() == 1 {
                line.extend(line.first().copied());
            }
            self.strokes.push(Stroke { pen: row, layer, lines: vec![line], filled: false });
        }
        Ok(())
    }

    fn label(&mut self, label: &Label) -> Result<()> {
        match &label.letters {
            Letters::Drawn(shape) => self.shape(shape),
            Letters::Set(_) => Ok(()),
        }
    }
}
