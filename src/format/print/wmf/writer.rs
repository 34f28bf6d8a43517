//! A sheet as records.

use super::record::{Records, function};
use crate::error::{Error, Result};
use crate::format::painting::{Frame, Layer, Page, Painter, Pen, Place, Run, Shape, Shelf, gdi};
use crate::scene::font::FontFile;
use crate::sink::Sink;
use crate::wire::codepage::CodePage;
use crate::wire::record::Little;

/// Most units of a page's longer side, and in an inch: as many as 16 bits hold, a hundredth of a millimetre each at best.
const MOST: f64 = 32_000.0;
const FINEST: f64 = 2540.0;
/// Pens, brushes and fonts at a time.
const TOOLS: usize = 400;
/// Objects that draw nothing.
const EMPTY_PEN: u16 = 5;
/// Longest text in a comment, bytes.
const LONGEST: usize = 20_000;
/// Where the header counts words, and its length.
const SIZES: u64 = 22 + 6;

#[derive(Debug, Clone, PartialEq)]
enum Tool {
    Pen { color: [u8; 3], width: i16, style: u16 },
    Brush { color: [u8; 3], hollow: bool },
    Font { face: &'static FontFile, size: i16, angle: i16, charset: u8 },
}

/// Writes records.
pub struct Writer<'s> {
    records: Records<'s>,
    /// Units in a millimetre.
    units: f64,
    tools: Shelf<Tool>,
    pen: Option<u16>,
    brush: Option<u16>,
    font: Option<u16>,
    text: Option<[u8; 3]>,
}

/// The character set (§2.1.1.5) that has a letter, and its code page.
pub fn charset(c: char) -> Option<(u8, CodePage)> {
    [(0, CodePage::Western), (204, CodePage::Cyrillic)].into_iter().find(|(_, page)| !c.is_control() && page.has(c))
}

impl<'s> Writer<'s> {
    /// A page with what is said about it.
    pub fn new(page: Page, about: [&str; 2], provenance: &str, sink: &'s mut dyn Sink) -> Result<Self> {
        let inch = libm::floor((MOST / page.width.max(page.height) * 25.4).min(FINEST)).max(1.0);
        let units = inch / 25.4;
        let [w, h] = [page.width, page.height].map(|side| libm::round(side * units) as i16);
        let mut writer = Self {
            records: Records::new(sink),
            units,
            tools: Shelf::new(TOOLS),
            pen: None,
            brush: None,
            font: None,
            text: None,
        };
        writer.head([w, h], inch as u16)?;
        writer.comment(&[b"mapw", provenance.as_bytes()].concat())?;
        writer.comment(about.join("\n").as_bytes())?;
        for (function, numbers) in [
            (function::SET_MAP_MODE, &[8][..]),
            (function::SET_WINDOW_ORIGIN, &[0, 0]),
            (function::SET_WINDOW_EXTENT, &[h, w]),
            (function::SET_BACKGROUND_MODE, &[1]),
            (function::SET_POLYFILL_MODE, &[1]),
            (function::SET_TEXT_ALIGN, &[24]),
            (function::INTERSECT_CLIP_RECTANGLE, &[h, w, 0, 0]),
        ] {
            writer.records.numbers(function, numbers)?;
        }
        Ok(writer)
    }

    /// The placeable header (§2.3.2.3) and the one that is always there (§2.3.2.2).
    fn head(&mut self, [w, h]: [i16; 2], inch: u16) -> Result<()> {
        let words = [0xcdd7, 0x9ac6, 0, 0, 0, w as u16, h as u16, inch, 0, 0];
        let sum = words.iter().fold(0, |sum, word| sum ^ word);
        let mut head = Little::new();
        words.iter().chain([&sum]).for_each(|&word| {
            head.u16(word);
        });
        head.u16(1).u16(9).u16(0x300).u32(0).u16(0).u32(0).u16(0);
        self.records.raw(head.as_ref())
    }

    /// The end of the file, and its size in the header.
    pub fn finish(mut self) -> Result<()> {
        self.records.numbers(function::END_OF_FILE, &[])?;
        let (bytes, longest) = self.records.counts();
        let words =
            u32::try_from((bytes - 22) / 2).map_err(|_| Error::TooLarge("a WMF file has at most 8 GB".into()))?;
        let mut sizes = Little::new();
        sizes.u32(words).u16(self.tools.taken() as u16).u32(longest);
        self.records.patch(SIZES, sizes.as_ref())
    }

    fn comment(&mut self, text: &[u8]) -> Result<()> {
        let text = text.get(..LONGEST).unwrap_or(text);
        let mut body = Little::new();
        body.u16(15).u16(text.len() as u16).put(text);
        self.records.put(function::ESCAPE, body)
    }

    /// The number of a tool, made where it is not there.
    fn tool(&mut self, tool: Tool) -> Result<u16> {
        let (row, make) = match self.tools.place(tool.clone()) {
            Place::Known(row) => (row as u16, false),
            Place::New(row) => (row as u16, true),
            Place::Freed(row) => {
                // What is selected cannot be deleted; whatever is made next takes the lowest free place, which is this one.
                let row = row as u16;
                if [self.pen, self.brush, self.font].contains(&Some(row)) {
                    let spare = if row == 0 { 1 } else { 0 };
                    self.records.numbers(function::SELECT, &[spare])?;
                    (self.pen, self.brush, self.font) = (None, None, None);
                }
                self.records.numbers(function::DELETE, &[row as i16])?;
                (row, true)
            }
        };
        if make {
            let mut body = Little::new();
            let function = match tool {
                Tool::Pen { color, width, style } => {
                    body.u16(style).i16(width).i16(0).put(&color).u8(0);
                    function::CREATE_PEN
                }
                Tool::Brush { color, hollow } => {
                    body.u16(hollow.into()).put(&color).u8(0).u16(0);
                    function::CREATE_BRUSH
                }
                Tool::Font { face, size, angle, charset } => {
                    body.i16(-size).i16(0).i16(angle).i16(angle).i16(face.weight as i16);
                    body.u8(face.italic.into()).u8(0).u8(0).u8(charset).u8(0).u8(0).u8(0).u8(0);
                    let name: String = face.family.chars().filter(char::is_ascii).take(31).collect();
                    body.put(name.as_bytes()).u8(0);
                    function::CREATE_FONT
                }
            };
            self.records.put(function, body)?;
        }
        Ok(row)
    }

    fn select(&mut self, fill: Option<[u8; 3]>, pen: Option<&Pen>) -> Result<()> {
        let color = fill.unwrap_or_default();
        let brush = self.tool(Tool::Brush { color, hollow: fill.is_none() })?;
        let pen = match pen {
            Some(Pen { color, width, cap, join, .. }) => {
                let width = (libm::round(width * self.units) as i16).max(1);
                self.tool(Tool::Pen { color: *color, width, style: gdi::style(*cap, *join) })?
            }
            None => self.tool(Tool::Pen { color: [0; 3], width: 0, style: EMPTY_PEN })?,
        };
        // Making one may have thrown out the other.
        let brush = if pen == brush { self.tool(Tool::Brush { color, hollow: fill.is_none() })? } else { brush };
        if self.brush.replace(brush) != Some(brush) {
            self.records.numbers(function::SELECT, &[brush as i16])?;
        }
        if self.pen.replace(pen) != Some(pen) {
            self.records.numbers(function::SELECT, &[pen as i16])?;
        }
        Ok(())
    }

    fn unit(&self, point: [f64; 2]) -> [i16; 2] {
        point.map(|side| libm::round(side * self.units).clamp(-32_768.0, 32_767.0) as i16)
    }

    fn lists(&self, shape: &Shape) -> Vec<(Vec<[i16; 2]>, bool)> {
        let list = shape.contours.iter().map(|contour| {
            let mut points: Vec<_> = contour.flat(0.01).into_iter().map(|point| self.unit(point)).collect();
            points.dedup();
            if points.len() == 1 {
                points.extend(points.first().copied());
            }
            (points, contour.closed)
        });
        list.collect()
    }

    fn polygons(&mut self, lists: &[(Vec<[i16; 2]>, bool)]) -> Result<()> {
        let mut body = Little::new();
        let function = match lists {
            [(points, _)] => {
                body.u16(points.len() as u16);
                function::POLYGON
            }
            _ => {
                body.u16(lists.len() as u16);
                lists.iter().for_each(|(points, _)| {
                    body.u16(points.len() as u16);
                });
                function::POLY_POLYGON
            }
        };
        lists.iter().flat_map(|(points, _)| points.as_flattened()).for_each(|&side| {
            body.i16(side);
        });
        self.records.put(function, body)
    }

    fn polyline(&mut self, points: &[[i16; 2]]) -> Result<()> {
        let mut body = Little::new();
        body.u16(points.len() as u16);
        points.as_flattened().iter().for_each(|&side| {
            body.i16(side);
        });
        self.records.put(function::POLYLINE, body)
    }

    fn piece(&mut self, piece: &[(char, f64)], (charset, page): (u8, CodePage), run: &Run, at: [f64; 2]) -> Result<()> {
        let angle = (libm::round(-run.angle.to_degrees() * 2.0) as i32 * 5).rem_euclid(3600) as i16;
        let size = (libm::round(run.size * self.units) as i16).max(1);
        let font = self.tool(Tool::Font { face: run.face, size, angle, charset })?;
        if self.font.replace(font) != Some(font) {
            self.records.numbers(function::SELECT, &[font as i16])?;
        }
        if self.text.replace(run.color) != Some(run.color) {
            let mut body = Little::new();
            body.put(&run.color).u8(0);
            self.records.put(function::SET_TEXT_COLOR, body)?;
        }
        let [x, y] = self.unit(at);
        let mut bytes = Vec::new();
        piece.iter().for_each(|(c, _)| _ = page.encode(&mut bytes, c.encode_utf8(&mut [0; 4])));
        let mut body = Little::new();
        body.i16(y).i16(x).u16(bytes.len() as u16).u16(0).put(&bytes).pad(2);
        piece.iter().for_each(|(_, advance)| {
            body.i16(libm::round(advance * self.units) as i16);
        });
        self.records.put(function::TEXT, body)
    }
}

/// Where the letter after a piece stands.
fn step(piece: &[(char, f64)], [x, y]: [f64; 2], [cos, sin]: [f64; 2]) -> [f64; 2] {
    let along: f64 = piece.iter().map(|(_, advance)| advance).sum();
    [x + along * cos, y + along * sin]
}

impl Painter for Writer<'_> {
    fn begin(&mut self, layer: &Layer) -> Result<()> {
        self.comment(format!("layer {}", layer.name).as_bytes())
    }

    fn end(&mut self) -> Result<()> {
        self.comment(b"end")
    }

    fn cut(&mut self, frame: &Frame) -> Result<()> {
        self.records.numbers(function::SAVE, &[])?;
        let Frame::Rectangle([x, y, width, height]) = frame else { return Ok(()) };
        let ([left, top], [right, bottom]) = (self.unit([*x, *y]), self.unit([x + width, y + height]));
        self.records.numbers(function::INTERSECT_CLIP_RECTANGLE, &[bottom, right, top, left])
    }

    fn uncut(&mut self) -> Result<()> {
        (self.pen, self.brush, self.font, self.text) = (None, None, None, None);
        self.records.numbers(function::RESTORE, &[-1])
    }

    fn shape(&mut self, shape: &Shape) -> Result<()> {
        let lists = self.lists(shape);
        let closed = lists.iter().all(|(_, closed)| *closed);
        if shape.fill.is_some() || closed {
            self.select(shape.fill, shape.pen.as_ref().filter(|_| closed))?;
            self.polygons(&lists)?;
        }
        let Some(pen) = shape.pen.as_ref().filter(|_| !closed) else { return Ok(()) };
        self.select(None, Some(pen))?;
        for list in lists {
            match list {
                (points, false) => self.polyline(&points)?,
                ring => self.polygons(&[ring])?,
            }
        }
        Ok(())
    }

    fn run(&mut self, run: &Run) -> Result<()> {
        // A charset has not all letters: what follows in one of them is a text of its own.
        let letters: Vec<(char, f64)> = run.string.chars().zip(run.advances.iter().copied()).collect();
        let (sin, cos) = (libm::sin(run.angle), libm::cos(run.angle));
        let mut at = run.at;
        let set = |c: char| charset(c).map_or(0, |(number, _)| number);
        for piece in letters.chunk_by(|(a, _), (b, _)| set(*a) == set(*b) || b.is_ascii() || *b == ' ') {
            let own = piece.iter().find_map(|(c, _)| charset(*c).filter(|_| !c.is_ascii()));
            self.piece(piece, own.unwrap_or((0, CodePage::Western)), run, at)?;
            at = step(piece, at, [cos, sin]);
        }
        Ok(())
    }
}
