//! A sheet as elements; units are hundredths of a millimetre from the middle of the page, y up, so that most places have 16 bits.

use super::element::{Kind, kind, put, string};
use crate::error::Result;
use crate::format::painting::{Frame, Label, Layer, Letters, Page, Painter, Pen, Run, Shape};
use crate::scene::font::Face;
use crate::scene::{Cap, Join};
use crate::sink::Sink;
use crate::wire::record::Big;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Units in a millimetre.
const UNITS: f64 = 100.0;
/// Height of capitals as a share of the font's size, which is what the format wants: that of Noto Sans.
const CAPITALS: f64 = 0.714;
/// Flags of a point in a set of polygons: what leads to the next one is an edge, or it is the last of its ring.
const EDGE: u16 = 1;
const LAST: u16 = 3;

/// Writes elements.
pub struct Writer<'s> {
    sink: &'s mut dyn Sink,
    page: Page,
    /// Whether places have 16 bits.
    small: bool,
    /// What attributes were set to.
    state: BTreeMap<Kind, Vec<u8>>,
    fonts: Vec<String>,
    objects: u64,
    /// Whether a layer has begun; none lies in another.
    open: bool,
}

impl<'s> Writer<'s> {
    /// A page with what is said about it.
    pub fn new(
        page: Page,
        about: [&str; 2],
        provenance: &str,
        faces: &[Arc<Face>],
        sink: &'s mut dyn Sink,
    ) -> Result<Self> {
        let mut fonts: Vec<String> = Vec::new();
        for name in faces.iter().map(|face| name(face)) {
            if !fonts.contains(&name) {
                fonts.push(name);
            }
        }
        fonts.sort();
        let small = page.width.max(page.height) * UNITS < f64::from(u16::MAX) - 8.0;
        let mut writer = Self { sink, page, small, state: BTreeMap::new(), fonts, objects: 0, open: false };
        writer.head(about, provenance)?;
        Ok(writer)
    }

    fn head(&mut self, [title, rights]: [&str; 2], provenance: &str) -> Result<()> {
        self.with(kind::BEGIN_METAFILE, |body| string(body, title))?;
        self.words(kind::VERSION, &[4])?;
        // The shape that WebCGM wants, with what anybody may add.
        let rights = rights.replace('"', "'");
        let about = format!("\"ProfileId:WebCGM\" \"ProfileEd:2.0\" \"Source:mapwright\" \"Copyright:{rights}\"");
        self.with(kind::DESCRIPTION, |body| string(body, &about))?;
        // The drawing set plus version 3.
        self.words(kind::ELEMENT_LIST, &[1, 0xffff, 5])?;
        self.words(kind::VDC_TYPE, &[0])?;
        self.words(kind::INTEGER_PRECISION, &[16])?;
        self.words(kind::COLOUR_PRECISION, &[8])?;
        self.with(kind::COLOUR_EXTENT, |body| _ = body.put(&[0, 0, 0, 255, 255, 255]))?;
        let fonts = self.fonts.clone();
        if !fonts.is_empty() {
            self.with(kind::FONT_LIST, |body| fonts.iter().for_each(|font| string(body, font)))?;
        }
        // ISO 8859-1 in eight bits: ASCII below, its upper half above.
        self.with(kind::CHARACTER_SETS, |body| {
            body.u16(0);
            string(body, "B");
            body.u16(1);
            string(body, "A");
        })?;
        self.words(kind::CODING, &[1])?;
        if !self.small {
            let mut precision = Vec::new();
            put(&mut precision, kind::VDC_PRECISION, Big::new().u16(32))?;
            self.with(kind::DEFAULTS, |body| _ = body.put(&precision))?;
        }
        self.with(kind::APPLICATION_DATA, |body| {
            body.u16(1);
            string(body, &format!("mapwright {provenance}"));
        })?;
        self.with(kind::BEGIN_PICTURE, |body| string(body, title))?;
        // Metric: so many millimetres a unit.
        self.with(kind::SCALING, |body| _ = body.u16(1).f32((1.0 / UNITS) as f32))?;
        self.words(kind::COLOUR_MODE, &[1])?;
        self.words(kind::LINE_WIDTH_MODE, &[0])?;
        self.words(kind::EDGE_WIDTH_MODE, &[0])?;
        let Page { width, height } = self.page;
        let corners = [self.unit([0.0, height]), self.unit([width, 0.0])];
        self.places(kind::VDC_EXTENT, &corners)?;
        self.with(kind::BACKGROUND, |body| _ = body.put(&[255; 3]))?;
        self.words(kind::BEGIN_BODY, &[])?;
        self.places(kind::CLIP_RECTANGLE, &corners)?;
        self.words(kind::CLIP, &[1])?;
        self.words(kind::TEXT_PRECISION, &[2])?;
        self.words(kind::UPPER_SET, &[2])?;
        // From the left, on the baseline.
        self.with(kind::TEXT_ALIGNMENT, |body| _ = body.u16(1).u16(4).f32(0.0).f32(0.0))
    }

    /// The end of the picture and of the file.
    pub fn finish(mut self) -> Result<()> {
        self.words(kind::END_PICTURE, &[])?;
        self.words(kind::END_METAFILE, &[])
    }

    fn with(&mut self, kind: Kind, write: impl FnOnce(&mut Big)) -> Result<()> {
        let mut body = Big::new();
        write(&mut body);
        put(self.sink, kind, &body)
    }

    fn words(&mut self, kind: Kind, words: &[u16]) -> Result<()> {
        self.with(kind, |body| {
            words.iter().for_each(|&word| {
                body.u16(word);
            });
        })
    }

    /// Sets an attribute, unless it is so.
    fn set(&mut self, kind: Kind, write: impl FnOnce(&mut Big)) -> Result<()> {
        let mut body = Big::new();
        write(&mut body);
        if self.state.get(&kind).map(Vec::as_slice) == Some(body.as_ref()) {
            return Ok(());
        }
        put(self.sink, kind, &body)?;
        self.state.insert(kind, body.finish());
        Ok(())
    }

    fn unit(&self, [x, y]: [f64; 2]) -> [i32; 2] {
        let Page { width, height } = self.page;
        [libm::round((x - width / 2.0) * UNITS) as i32, libm::round((height / 2.0 - y) * UNITS) as i32]
    }

    /// Appends a coordinate or length.
    fn side(&self, body: &mut Big, side: i32) {
        if self.small {
            body.i16(side.clamp(i16::MIN.into(), i16::MAX.into()) as i16);
        } else {
            body.i32(side);
        }
    }

    /// An element of places.
    fn places(&mut self, kind: Kind, places: &[[i32; 2]]) -> Result<()> {
        let mut body = Big::new();
        places.as_flattened().iter().for_each(|&side| self.side(&mut body, side));
        put(self.sink, kind, &body)
    }

    /// Sets an attribute of lengths, unless it is so.
    fn lengths(&mut self, kind: Kind, lengths: &[i32]) -> Result<()> {
        let mut all = Big::new();
        lengths.iter().for_each(|&side| self.side(&mut all, side));
        self.set(kind, |body| _ = body.put(all.as_ref()))
    }

    /// Ends and corners are numbered alike for lines and edges: butt 2, round 3, square 4; mitre 2, round 3, bevel 4.
    fn pen(&mut self, pen: &Pen, edge: bool) -> Result<()> {
        let kinds = if edge {
            [kind::EDGE_WIDTH, kind::EDGE_COLOUR, kind::EDGE_CAP, kind::EDGE_JOIN]
        } else {
            [kind::LINE_WIDTH, kind::LINE_COLOUR, kind::LINE_CAP, kind::LINE_JOIN]
        };
        let width = (libm::round(pen.width * UNITS) as i32).max(1);
        let ends = match pen.cap {
            Cap::Butt => 2,
            Cap::Round => 3,
            Cap::Square => 4,
        };
        let corners = match pen.join {
            Join::Miter => 2,
            Join::Round => 3,
            Join::Bevel => 4,
        };
        let [of_width, of_colour, of_ends, of_corners] = kinds;
        self.lengths(of_width, &[width])?;
        self.set(of_colour, |body| _ = body.put(&pen.color))?;
        self.set(of_ends, |body| _ = body.u16(ends).u16(2))?;
        self.set(of_corners, |body| _ = body.u16(corners))
    }

    fn grid(&self, points: Vec<[f64; 2]>) -> Vec<[i32; 2]> {
        let mut points: Vec<_> = points.into_iter().map(|point| self.unit(point)).collect();
        points.dedup();
        if points.len() == 1 {
            points.extend(points.first().copied());
        }
        points
    }

    fn areas(&mut self, shape: &Shape) -> Result<()> {
        let rings: Vec<_> = shape.contours.iter().map(|contour| self.grid(contour.flat(0.01))).collect();
        match shape.fill {
            Some(color) => {
                self.set(kind::INTERIOR, |body| _ = body.u16(1))?;
                self.set(kind::FILL_COLOUR, |body| _ = body.put(&color))?;
            }
            None => self.set(kind::INTERIOR, |body| _ = body.u16(4))?,
        }
        let pen = shape.pen.as_ref();
        self.set(kind::EDGE, |body| _ = body.u16(pen.is_some().into()))?;
        if let Some(pen) = pen {
            self.pen(pen, true)?;
        }
        let one = rings.len() == 1;
        let mut body = Big::new();
        for ring in &rings {
            for (row, place) in ring.iter().enumerate() {
                place.iter().for_each(|&side| self.side(&mut body, side));
                if !one {
                    body.u16(if row + 1 == ring.len() { LAST } else { EDGE });
                }
            }
        }
        put(self.sink, if one { kind::POLYGON } else { kind::POLYGON_SET }, &body)
    }

    fn run(&mut self, run: &Run) -> Result<()> {
        let font = name_of(run.face.family, run.face.weight, run.face.italic);
        let row = self.fonts.iter().position(|known| *known == font).map_or(1, |row| row as u16 + 1);
        self.set(kind::FONT, |body| _ = body.u16(row))?;
        self.set(kind::TEXT_COLOUR, |body| _ = body.put(&run.color))?;
        let height = libm::round(run.size * CAPITALS * UNITS) as i32;
        self.lengths(kind::CHARACTER_HEIGHT, &[height.max(1)])?;
        let (sin, cos) = (libm::sin(run.angle), libm::cos(run.angle));
        let part = |share: f64| libm::round(share * 10_000.0) as i32;
        // Up, then along.
        self.lengths(kind::CHARACTER_ORIENTATION, &[part(sin), part(cos), part(cos), part(-sin)])?;
        let mut body = Big::new();
        self.unit(run.at).iter().for_each(|&side| self.side(&mut body, side));
        body.u16(1);
        string(&mut body, &run.string);
        put(self.sink, kind::TEXT, &body)
    }

    /// An application structure; its id is its own.
    fn structure(&mut self, id: &str, is: &str, attributes: &[(&str, &str)]) -> Result<()> {
        self.with(kind::BEGIN_STRUCTURE, |body| {
            string(body, id);
            string(body, is);
            body.u16(0);
        })?;
        for (name, value) in attributes {
            self.with(kind::ATTRIBUTE, |body| {
                string(body, name);
                // A structured data record: a string, one of it.
                let mut record = Big::new();
                record.u16(14).u16(1);
                string(&mut record, value);
                body.u8(record.len().min(254) as u8).put(record.as_ref());
            })?;
        }
        self.words(kind::BEGIN_STRUCTURE_BODY, &[])
    }

    fn object(&mut self, name: Option<&str>, write: impl FnOnce(&mut Self) -> Result<()>) -> Result<()> {
        self.objects += 1;
        let name: Option<String> = name.map(|name| name.chars().take(100).collect());
        let name = name.as_deref().map(|name| ("name", name));
        self.structure(&format!("o{}", self.objects), "grobject", name.as_slice())?;
        write(self)?;
        self.words(kind::END_STRUCTURE, &[])
    }

    fn draw(&mut self, shape: &Shape) -> Result<()> {
        let closed = shape.contours.iter().all(|contour| contour.closed);
        if shape.fill.is_some() || closed {
            self.areas(&Shape { pen: shape.pen.clone().filter(|_| closed), ..shape.clone() })?;
        }
        let Some(pen) = shape.pen.as_ref().filter(|_| !closed) else { return Ok(()) };
        self.pen(pen, false)?;
        for contour in &shape.contours {
            let mut points = contour.flat(0.01);
            if contour.closed {
                points.push(contour.start);
            }
            let points = self.grid(points);
            self.places(kind::POLYLINE, &points)?;
        }
        Ok(())
    }
}

/// What a face is called in the list of fonts.
fn name(face: &Face) -> String {
    name_of(face.file.family, face.file.weight, face.file.italic)
}

fn name_of(family: &str, weight: u16, italic: bool) -> String {
    let bold = if weight >= 600 { " Bold" } else { "" };
    format!("{family}{bold}{}", if italic { " Italic" } else { "" })
}

impl Painter for Writer<'_> {
    fn begin(&mut self, layer: &Layer) -> Result<()> {
        self.end()?;
        if layer.objects == 0 {
            return Ok(());
        }
        self.open = true;
        let short: String = layer.name.chars().take(100).collect();
        self.structure(layer.id, "layer", &[("layername", &short)])
    }

    fn end(&mut self) -> Result<()> {
        if std::mem::take(&mut self.open) { self.words(kind::END_STRUCTURE, &[]) } else { Ok(()) }
    }

    fn cut(&mut self, frame: &Frame) -> Result<()> {
        let Frame::Rectangle([x, y, width, height]) = frame else { return Ok(()) };
        let ([left, bottom], [right, top]) = (self.unit([*x, y + height]), self.unit([x + width, *y]));
        self.places(kind::CLIP_RECTANGLE, &[[left, bottom], [right, top]])
    }

    fn uncut(&mut self) -> Result<()> {
        let Page { width, height } = self.page;
        self.cut(&Frame::Rectangle([0.0, 0.0, width, height]))
    }

    fn shape(&mut self, shape: &Shape) -> Result<()> {
        self.object(None, |writer| writer.draw(shape))
    }

    fn label(&mut self, label: &Label) -> Result<()> {
        self.object(Some(&label.string), |writer| {
            if let Some(halo) = &label.halo {
                writer.draw(halo)?;
            }
            match &label.letters {
                Letters::Set(runs) => runs.iter().try_for_each(|run| writer.run(run)),
                Letters::Drawn(shape) => writer.draw(shape),
            }
        })
    }
}
