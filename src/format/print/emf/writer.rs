//! A sheet as records. Units are hundredths of a millimetre from the middle of the page, so that most places have 16 bits.

use super::record::{Records, kind};
use super::tools::{Tool, color, create_font, create_pen};
use crate::error::{Error, Result};
use crate::format::painting::{Contour, Frame, Label, Layer, Page, Painter, Place, Run, Shape, Shelf, Step};
use crate::sink::Sink;
use crate::wire::record::Little;

/// Units in a millimetre.
const UNITS: f64 = 100.0;
/// Pens, brushes and fonts at a time; each is an object of Windows, of which a process has few.
const TOOLS: usize = 400;
/// The device that sizes refer to: pixels and millimetres. A pixel is a unit, since some programs take the one for the other.
const DEVICE: ([u32; 2], [u32; 2]) = ([32_000, 24_000], [320, 240]);
/// Units in a pixel of that device.
const PIXEL: f64 = 1.0;
/// Objects that are always there.
const NULL_BRUSH: u32 = 0x8000_0005;
const NULL_PEN: u32 = 0x8000_0008;
/// Where the header tells how large the file is, and how long the longest text in a comment may be.
const SIZES: u64 = 48;
const LONGEST: usize = 1000;

/// Writes records.
pub struct Writer<'s> {
    records: Records<'s>,
    page: Page,
    tools: Shelf<Tool>,
    pen: Option<u32>,
    brush: Option<u32>,
    font: Option<u32>,
    text: Option<[u8; 3]>,
}

impl<'s> Writer<'s> {
    /// A page with what the header says about it.
    pub fn new(page: Page, about: &str, provenance: &str, sink: &'s mut dyn Sink) -> Result<Self> {
        let mut writer = Self {
            records: Records::new(sink),
            page,
            tools: Shelf::new(TOOLS),
            pen: None,
            brush: None,
            font: None,
            text: None,
        };
        writer.head(about)?;
        writer.comment(|body| _ = body.put(b"mapw").put(provenance.as_bytes()))?;
        let [w, h] = [page.width, page.height].map(|side| libm::round(side * UNITS));
        let [left, top] = [w, h].map(|side| -libm::floor(side / 2.0));
        let whole = |value: f64| value as i32 as u32;
        let pixels = |side: f64| libm::round(side / PIXEL).max(1.0) as u32;
        for (kind, numbers) in [
            (kind::SET_MAP_MODE, &[8][..]),
            (kind::SET_WINDOW_ORIGIN, &[whole(left), whole(top)]),
            (kind::SET_WINDOW_EXTENT, &[whole(w), whole(h)]),
            (kind::SET_VIEWPORT_ORIGIN, &[0, 0]),
            (kind::SET_VIEWPORT_EXTENT, &[pixels(w), pixels(h)]),
            (kind::SET_BACKGROUND_MODE, &[1]),
            (kind::SET_POLYFILL_MODE, &[1]),
            (kind::SET_TEXT_ALIGN, &[24]),
            (kind::INTERSECT_CLIP_RECTANGLE, &[whole(left), whole(top), whole(left + w), whole(top + h)]),
        ] {
            writer.records.numbers(kind, numbers)?;
        }
        Ok(writer)
    }

    /// `EMR_HEADER` with its second extension (§2.3.4.2).
    fn head(&mut self, about: &str) -> Result<()> {
        let about: Vec<u16> = about.encode_utf16().take(LONGEST).collect();
        let [w, h] = [self.page.width, self.page.height].map(|side| side * UNITS);
        let ([device_w, device_h], [mm_w, mm_h]) = DEVICE;
        let mut body = Little::new();
        let edge = |side: f64, unit: f64| (libm::round(side / unit) as i32 - 1).max(0);
        body.i32(0).i32(0).i32(edge(w, PIXEL)).i32(edge(h, PIXEL));
        body.i32(0).i32(0).i32(libm::round(w) as i32).i32(libm::round(h) as i32);
        // Bytes, records and handles are known at the end.
        body.put(b" EMF").u32(0x1_0000).u32(0).u32(0).u16(0).u16(0);
        body.u32(about.len() as u32).u32(if about.is_empty() { 0 } else { 108 }).u32(0);
        body.u32(device_w).u32(device_h).u32(mm_w).u32(mm_h).u32(0).u32(0).u32(0).u32(mm_w * 1000).u32(mm_h * 1000);
        about.iter().for_each(|&unit| {
            body.u16(unit);
        });
        self.records.put(kind::HEADER, body)
    }

    /// The end of the file, and its size in the header.
    pub fn finish(mut self) -> Result<()> {
        self.records.numbers(kind::END_OF_FILE, &[0, 16, 20])?;
        let (bytes, count) = self.records.counts();
        let bytes = u32::try_from(bytes).map_err(|_| Error::TooLarge("an EMF file has at most 4 GB".into()))?;
        let mut sizes = Little::new();
        sizes.u32(bytes).u32(count).u16(self.tools.taken() as u16 + 1);
        self.records.patch(SIZES, sizes.as_ref())
    }

    fn comment(&mut self, write: impl FnOnce(&mut Little)) -> Result<()> {
        let mut data = Little::new();
        write(&mut data);
        let mut body = Little::new();
        body.u32(data.len() as u32).put(data.as_ref());
        self.records.put(kind::COMMENT, body)
    }

    /// A group begins, until the next end of one.
    fn named(&mut self, name: &str) -> Result<()> {
        let name: Vec<u16> = name.encode_utf16().take(LONGEST).chain([0]).collect();
        let [left, top] = self.unit([0.0; 2]);
        let [right, bottom] = self.unit([self.page.width, self.page.height]);
        self.comment(|body| {
            body.put(b"GDIC").u32(2).i32(left).i32(top).i32(right).i32(bottom).u32(name.len() as u32);
            name.iter().for_each(|&unit| {
                body.u16(unit);
            });
        })
    }

    /// The handle of a tool, made where it is not there.
    fn tool(&mut self, tool: Tool) -> Result<u32> {
        let (handle, make) = match self.tools.place(tool.clone()) {
            Place::Known(row) => (row as u32 + 1, false),
            Place::New(row) => (row as u32 + 1, true),
            Place::Freed(row) => {
                let handle = row as u32 + 1;
                // What is selected cannot be deleted.
                if [self.pen, self.brush, self.font].contains(&Some(handle)) {
                    self.records.numbers(kind::SELECT, &[NULL_PEN])?;
                    self.records.numbers(kind::SELECT, &[NULL_BRUSH])?;
                    self.records.numbers(kind::SELECT, &[0x8000_000d])?;
                    (self.pen, self.brush, self.font) = (None, None, None);
                }
                self.records.numbers(kind::DELETE, &[handle])?;
                (handle, true)
            }
        };
        if make {
            match tool {
                Tool::Pen { color, width, cap, join, dashes } => {
                    self.records.put(kind::CREATE_PEN, create_pen(handle, color, width, cap, join, &dashes))?;
                }
                Tool::Brush(paint) => self.records.numbers(kind::CREATE_BRUSH, &[handle, 0, color(paint), 0])?,
                Tool::Font { face, size, angle } => {
                    self.records.put(kind::CREATE_FONT, create_font(handle, face, size, angle))?;
                }
            }
        }
        Ok(handle)
    }

    fn select(&mut self, shape: &Shape) -> Result<()> {
        let brush = match shape.fill {
            Some(color) => self.tool(Tool::Brush(color))?,
            None => NULL_BRUSH,
        };
        let pen = match &shape.pen {
            Some(pen) => self.tool(Tool::pen(pen, UNITS))?,
            None => NULL_PEN,
        };
        if self.brush.replace(brush) != Some(brush) {
            self.records.numbers(kind::SELECT, &[brush])?;
        }
        if self.pen.replace(pen) != Some(pen) {
            self.records.numbers(kind::SELECT, &[pen])?;
        }
        Ok(())
    }

    /// A place in units.
    fn unit(&self, [x, y]: [f64; 2]) -> [i32; 2] {
        let [w, h] = [self.page.width, self.page.height].map(|side| libm::round(side * UNITS));
        [libm::round(x * UNITS - libm::floor(w / 2.0)) as i32, libm::round(y * UNITS - libm::floor(h / 2.0)) as i32]
    }

    /// Points of a contour; those that fall together are one.
    fn grid(&self, contour: &Contour) -> Vec<[i32; 2]> {
        let mut points: Vec<_> = contour.flat(1.0).into_iter().map(|point| self.unit(point)).collect();
        points.dedup();
        if points.len() == 1 {
            // A line too short for the grid still shows its round ends.
            points.extend(points.first().copied());
        }
        points
    }

    /// Polygons or lines in one record.
    fn polygons(&mut self, shape: &Shape, closed: bool) -> Result<()> {
        let lists: Vec<_> = shape.contours.iter().map(|contour| self.grid(contour)).collect();
        let bounds = bounds(lists.iter().flatten());
        let small = bounds.iter().all(|&side| i16::try_from(side).is_ok());
        let mut body = Little::new();
        self.rectangle(&mut body, bounds);
        body.u32(lists.len() as u32).u32(lists.iter().map(Vec::len).sum::<usize>() as u32);
        lists.iter().for_each(|list| {
            body.u32(list.len() as u32);
        });
        points(&mut body, lists.iter().flatten(), small);
        let kind = match (closed, small) {
            (true, true) => kind::POLY_POLYGON_16,
            (true, false) => kind::POLY_POLYGON,
            (false, true) => kind::POLY_POLYLINE_16,
            (false, false) => kind::POLY_POLYLINE,
        };
        self.records.put(kind, body)
    }

    /// The rectangle that a record is drawn in, in pixels.
    fn rectangle(&self, body: &mut Little, [left, top, right, bottom]: [i32; 4]) {
        let [x, y] = self.unit([0.0; 2]);
        for (side, start) in [(left, x), (top, y), (right, x), (bottom, y)] {
            body.i32(libm::round(f64::from(side - start) / PIXEL) as i32);
        }
    }

    /// The path of a shape.
    fn trace(&mut self, contours: &[Contour]) -> Result<[i32; 4]> {
        self.records.numbers(kind::BEGIN_PATH, &[])?;
        let mut all = Vec::new();
        for contour in contours {
            let start = self.unit(contour.start);
            all.push(start);
            self.records.numbers(kind::MOVE_TO, &start.map(|side| side as u32))?;
            for steps in contour.steps.chunk_by(|a, b| matches!(a, Step::Line(_)) == matches!(b, Step::Line(_))) {
                let places = steps.iter().flat_map(|step| match *step {
                    Step::Line(end) => vec![end],
                    Step::Curve(a, b, end) => vec![a, b, end],
                });
                let list: Vec<_> = places.map(|place| self.unit(place)).collect();
                let bounds = bounds(list.iter());
                let small = bounds.iter().all(|&side| i16::try_from(side).is_ok());
                let mut body = Little::new();
                self.rectangle(&mut body, bounds);
                body.u32(list.len() as u32);
                points(&mut body, list.iter(), small);
                let line = matches!(steps.first(), Some(Step::Line(_)));
                self.records.put(
                    match (line, small) {
                        (true, true) => kind::POLYLINE_TO_16,
                        (true, false) => kind::POLYLINE_TO,
                        (false, true) => kind::POLY_BEZIER_TO_16,
                        (false, false) => kind::POLY_BEZIER_TO,
                    },
                    body,
                )?;
                all.extend(list);
            }
            if contour.closed {
                self.records.numbers(kind::CLOSE_FIGURE, &[])?;
            }
        }
        self.records.numbers(kind::END_PATH, &[])?;
        Ok(bounds(all.iter()))
    }
}

/// Left, top, right and bottom.
fn bounds<'a>(points: impl Iterator<Item = &'a [i32; 2]>) -> [i32; 4] {
    let start = [i32::MAX, i32::MAX, i32::MIN, i32::MIN];
    points.fold(start, |[left, top, right, bottom], &[x, y]| [left.min(x), top.min(y), right.max(x), bottom.max(y)])
}

fn points<'a>(body: &mut Little, points: impl Iterator<Item = &'a [i32; 2]>, small: bool) {
    for &side in points.flatten() {
        if small {
            body.i16(side as i16);
        } else {
            body.i32(side);
        }
    }
}

impl Painter for Writer<'_> {
    fn begin(&mut self, layer: &Layer) -> Result<()> {
        self.named(layer.label)
    }

    fn end(&mut self) -> Result<()> {
        self.comment(|body| _ = body.put(b"GDIC").u32(3))
    }

    fn cut(&mut self, frame: &Frame) -> Result<()> {
        self.records.numbers(kind::SAVE, &[])?;
        match frame {
            Frame::Rectangle([x, y, width, height]) => {
                let [[left, top], [right, bottom]] =
                    [[*x, *y], [x + width, y + height]].map(|corner| self.unit(corner));
                let sides = [left, top, right, bottom].map(|side| side as u32);
                self.records.numbers(kind::INTERSECT_CLIP_RECTANGLE, &sides)
            }
            Frame::Shape(contours) => {
                self.trace(contours)?;
                self.records.numbers(kind::SELECT_CLIP_PATH, &[1])
            }
        }
    }

    fn uncut(&mut self) -> Result<()> {
        (self.pen, self.brush, self.font, self.text) = (None, None, None, None);
        self.records.numbers(kind::RESTORE, &[u32::MAX])
    }

    fn shape(&mut self, shape: &Shape) -> Result<()> {
        self.select(shape)?;
        let straight = shape.contours.iter().all(Contour::is_straight);
        let closed = shape.contours.iter().filter(|contour| contour.closed).count();
        if straight && (closed == shape.contours.len() || shape.pen.is_none()) {
            return self.polygons(shape, true);
        }
        if straight && closed == 0 && shape.fill.is_none() {
            return self.polygons(shape, false);
        }
        let [left, top, right, bottom] = self.trace(&shape.contours)?;
        let mut body = Little::new();
        self.rectangle(&mut body, [left, top, right, bottom]);
        let kind = match (shape.fill.is_some(), shape.pen.is_some()) {
            (true, true) => kind::STROKE_AND_FILL_PATH,
            (true, false) => kind::FILL_PATH,
            (false, _) => kind::STROKE_PATH,
        };
        self.records.put(kind, body)
    }

    fn run(&mut self, run: &Run) -> Result<()> {
        let whole = |mm: f64| libm::round(mm * UNITS) as i32;
        // Half degrees, so that few fonts are needed.
        let angle = (libm::round(-run.angle.to_degrees() * 2.0) as i32 * 5).rem_euclid(3600);
        let font = self.tool(Tool::Font { face: run.face, size: whole(run.size), angle })?;
        if self.font.replace(font) != Some(font) {
            self.records.numbers(kind::SELECT, &[font])?;
        }
        if self.text.replace(run.color) != Some(run.color) {
            self.records.numbers(kind::SET_TEXT_COLOR, &[color(run.color)])?;
        }
        let [x, y] = self.unit(run.at);
        let mut units = Vec::new();
        let mut widths = Vec::new();
        for (letter, advance) in run.string.chars().zip(&run.advances) {
            let count = letter.encode_utf16(&mut [0; 2]).iter().map(|&unit| units.push(unit)).count();
            widths.push(whole(*advance) as u32);
            widths.extend(std::iter::repeat_n(0, count - 1));
        }
        let mut body = Little::new();
        // No bounds; compatible mode, in which these are the hundredths of a millimetre in a pixel.
        body.i32(0).i32(0).i32(-1).i32(-1).u32(1).f32(PIXEL as f32).f32(PIXEL as f32);
        let text = 76;
        let gaps = text + (units.len() as u32 * 2).next_multiple_of(4);
        body.i32(x).i32(y).u32(units.len() as u32).u32(text).u32(0).i32(0).i32(0).i32(-1).i32(-1).u32(gaps);
        units.iter().for_each(|&unit| {
            body.u16(unit);
        });
        body.pad(4);
        widths.iter().for_each(|&width| {
            body.u32(width);
        });
        self.records.put(kind::TEXT, body)
    }

    fn group(&mut self, label: &Label) -> Result<()> {
        self.named(&label.string)
    }

    fn ungroup(&mut self) -> Result<()> {
        self.end()
    }
}
