//! Elements of a scene, in pixels of 96 an inch from the top left corner of the page.

use crate::color::hex_with;
use crate::error::Result;
use crate::format::Settings;
use crate::format::painting::{Contour, Label, Layer, Painter, Pen, Run, Shape};
use crate::sink::{self, Sink};
use crate::wire::number;
use serde_json::json;

/// Pixels in a millimetre, and their decimals.
const UNITS: f64 = 96.0 / 25.4;
const DIGITS: u32 = 2;
/// Numbers of fonts: the plain one, for text that is to look printed.
const HELVETICA: u32 = 2;
const LINE_HEIGHT: f64 = 1.15;
/// How far lines may be off curves, mm.
const SAG: f64 = 0.01;

/// Writes elements.
pub struct Writer<'s> {
    out: Vec<u8>,
    sink: &'s mut dyn Sink,
    elements: u64,
    labels: u64,
    roughness: i64,
    locked: bool,
    /// Ids of the groups that what follows is in, innermost first, as Excalidraw lists them.
    within: Vec<String>,
}

fn text(mm: f64) -> String {
    number::text(mm * UNITS, DIGITS)
}

impl<'s> Writer<'s> {
    /// A scene; `head` is an object with title and credit, and how it was made.
    pub fn new([about, made]: &[String; 2], settings: &Settings, sink: &'s mut dyn Sink) -> Self {
        let about = about.trim_start_matches('{').trim_end_matches('}');
        let head = format!(
            "{{\"type\":\"excalidraw\",\"version\":2,\"source\":\"mapwright\",\n{about},\n\"mapwright\":{made},\n\
             \"appState\":{{\"viewBackgroundColor\":\"#ffffff\",\"gridSize\":null}},\n\"files\":{{}},\n\"elements\":["
        );
        let (roughness, locked) = (settings.int("roughness"), settings.flag("locked"));
        Self { out: head.into_bytes(), sink, elements: 0, labels: 0, roughness, locked, within: Vec::new() }
    }

    /// The end of the scene.
    pub fn finish(mut self) -> Result<()> {
        self.out.extend_from_slice(b"\n]}\n");
        self.sink.put(&self.out)
    }

    /// Begins an element up to what its kind has alone.
    fn element(
        &mut self,
        kind: &str,
        [left, top, right, bottom]: [f64; 4],
        [stroke, fill]: [&str; 2],
        more: &str,
    ) -> Result<()> {
        let comma = if self.elements > 0 { "," } else { "" };
        self.elements += 1;
        let number = self.elements;
        let groups = json!(self.within.iter().rev().collect::<Vec<_>>());
        let locked = if self.locked { ",\"locked\":true" } else { "" };
        let roughness = self.roughness;
        self.out.extend_from_slice(
            format!(
                "{comma}\n{{\"id\":\"e{number}\",\"type\":\"{kind}\",\"x\":{},\"y\":{},\"width\":{},\"height\":{},\
                 \"strokeColor\":\"{stroke}\",\"backgroundColor\":\"{fill}\",\"fillStyle\":\"solid\",\"roughness\":{roughness},\
                 \"seed\":{number},\"groupIds\":{groups}{locked}{more}}}",
                text(left),
                text(top),
                text(right - left),
                text(bottom - top),
            )
            .as_bytes(),
        );
        sink::spill(&mut self.out, self.sink)
    }

    /// A line, closed or not, through points in millimetres.
    fn line(&mut self, points: &[[f64; 2]], pen: Option<&Pen>, fill: Option<([u8; 3], u8)>) -> Result<()> {
        let Some(&[x, y]) = points.first() else { return Ok(()) };
        let sides = [f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY];
        let bounds = points
            .iter()
            .fold(sides, |[left, top, right, bottom], &[x, y]| [left.min(x), top.min(y), right.max(x), bottom.max(y)]);
        let stroke = pen.map_or_else(|| "transparent".into(), |pen| hex_with(pen.color, pen.opacity));
        let fill = fill.map_or_else(|| "transparent".into(), |(fill, opacity)| hex_with(fill, opacity));
        let width = pen.map_or(0.0, |pen| pen.width);
        let style = match pen.map(|pen| pen.dashes.as_slice()) {
            Some([dash, ..]) if *dash <= width * 1.2 => "dotted",
            Some([_, ..]) => "dashed",
            _ => "solid",
        };
        let mut list = Vec::with_capacity(points.len() * 12);
        let grid = |value: f64| number::quantise(value * UNITS, DIGITS);
        for (row, place) in points.iter().enumerate() {
            list.extend_from_slice(if row > 0 { b",[" } else { b"[" });
            number::fixed(&mut list, grid(place[0]) - grid(x), DIGITS);
            list.push(b',');
            number::fixed(&mut list, grid(place[1]) - grid(y), DIGITS);
            list.push(b']');
        }
        let list = String::from_utf8_lossy(&list);
        let more = format!(",\"strokeWidth\":{},\"strokeStyle\":\"{style}\",\"points\":[{list}]", text(width));
        // Lines stand where their first point is; their size is that of all points.
        let [left, top, right, bottom] = bounds;
        self.element("line", [x, y, x + right - left, y + bottom - top], [&stroke, &fill], &more)
    }

    /// What follows belongs together.
    fn together(&mut self) {
        self.labels += 1;
        self.within.push(format!("g{}", self.labels));
    }
}

/// Points of a contour; a line has two at least.
fn points(contour: &Contour) -> Vec<[f64; 2]> {
    let mut points = contour.flat(SAG);
    if points.len() == 1 {
        points.extend(points.first().copied());
    }
    points
}

impl Painter for Writer<'_> {
    fn begin(&mut self, layer: &Layer) -> Result<()> {
        self.within.push(layer.id.to_owned());
        Ok(())
    }

    fn end(&mut self) -> Result<()> {
        self.within.pop();
        Ok(())
    }

    fn shape(&mut self, shape: &Shape) -> Result<()> {
        let lists: Vec<(Vec<[f64; 2]>, bool)> =
            shape.contours.iter().map(|contour| (points(contour), contour.closed)).collect();
        let several = lists.len() > 1 && shape.pen.is_some();
        if several {
            self.together();
        }
        if let Some(fill) = shape.fill {
            let pen = shape.pen.as_ref().filter(|_| !several);
            self.line(&shape.in_one(SAG), pen, Some((fill, shape.opacity)))?;
        }
        if let Some(pen) = shape.pen.as_ref().filter(|_| several || shape.fill.is_none()) {
            for (mut list, closed) in lists {
                if closed {
                    list.extend(list.first().copied());
                }
                self.line(&list, Some(pen), None)?;
            }
        }
        if several {
            self.within.pop();
        }
        Ok(())
    }

    fn run(&mut self, run: &Run) -> Result<()> {
        let [x, y] = run.middle();
        let (width, height) = (run.length(), run.size * LINE_HEIGHT);
        let string = json!(run.string).to_string();
        let mut more = format!(
            ",\"strokeWidth\":1,\"strokeStyle\":\"solid\",\"text\":{string},\"originalText\":{string},\"fontSize\":{},\
             \"fontFamily\":{HELVETICA},\"textAlign\":\"center\",\"verticalAlign\":\"middle\",\"lineHeight\":{LINE_HEIGHT},\
             \"containerId\":null",
            text(run.size)
        );
        if run.angle != 0.0 {
            more.push_str(&format!(",\"angle\":{}", number::text(run.angle, 5)));
        }
        let sides = [x - width / 2.0, y - height / 2.0, x + width / 2.0, y + height / 2.0];
        self.element("text", sides, [&hex_with(run.color, run.opacity), "transparent"], &more)
    }

    fn group(&mut self, _: &Label) -> Result<()> {
        self.together();
        Ok(())
    }

    fn ungroup(&mut self) -> Result<()> {
        self.within.pop();
        Ok(())
    }
}
