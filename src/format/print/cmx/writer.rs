//! A sheet as instructions; units are 10,000 in a millimetre from the middle of the page, y up.

use super::instruction::{code, end, instruction, tag};
use super::tables::{Tables, UNITS};
use crate::error::{Error, Result};
use crate::format::painting::{Layer, Page, Painter, Shape, corel};
use crate::sink::Sink;
use crate::wire::codepage::CodePage;
use crate::wire::record::Little;

/// Bytes of the chunk `cont`, and where in it what the end knows stands.
const CONTENT: usize = 180;
/// Longest name of a layer.
const NAME: usize = 250;
/// Chunks of the index by their numbers.
const MASTER: u16 = 1;
const PAGES: u16 = 2;
const TOP_LEVEL: u16 = 3;

/// Gathers instructions.
pub struct Writer {
    page: Page,
    out: Little,
    tables: Tables,
    count: u32,
    /// Where layers begin among the instructions, and their names.
    layers: Vec<(u32, Vec<u8>)>,
    open: bool,
}

impl Writer {
    /// Of a page.
    pub fn new(page: Page) -> Result<Self> {
        let tables = Tables::default();
        let mut writer = Self { page, out: Little::new(), tables, count: 0, layers: Vec::new(), open: false };
        let bounds = writer.bounds();
        let mut tags = Little::new();
        tag(&mut tags, 1, |tag| {
            tag.u16(1).u32(0);
            bounds.iter().for_each(|&side| {
                tag.i32(side);
            });
            Ok(())
        })?;
        matrix(&mut tags)?;
        end(&mut tags);
        writer.instruction(code::BEGIN_PAGE, &tags);
        Ok(writer)
    }

    /// The page: left, top, right, bottom.
    fn bounds(&self) -> [i32; 4] {
        let [x, y] = [self.page.width, self.page.height].map(|side| libm::round(side / 2.0 * UNITS) as i32);
        [-x, y, x, -y]
    }

    fn instruction(&mut self, code: i16, tags: &Little) {
        instruction(&mut self.out, code, tags);
        self.count += 1;
    }

    fn ended(&mut self, code: i16) {
        let mut tags = Little::new();
        end(&mut tags);
        self.instruction(code, &tags);
    }

    /// Everything, with the places of all chunks.
    pub fn finish(mut self, [title, rights, provenance]: [&str; 3], sink: &mut dyn Sink) -> Result<()> {
        self.ended(code::END_PAGE);
        let (bounds, count) = (self.bounds(), self.count);
        let mut file = Little::new();
        file.put(b"RIFF").u32(0).put(b"CMX1").put(b"cont").u32(CONTENT as u32);
        let content = file.len();
        file.put(&[0; CONTENT]);
        let mut index: Vec<(u16, u32)> = Vec::new();
        let page = chunk(&mut file, *b"page", self.out.as_ref());
        let list = chunk(&mut file, *b"rlst", &[0, 0]);
        for (name, number, table) in self.tables.chunks()? {
            index.push((number, chunk(&mut file, name, table.as_ref())));
        }
        let begin = file.len();
        file.put(b"LIST").u32(0).put(b"indx");
        let mut layers = Little::new();
        layers.u16(self.layers.len() as u16);
        for (at, name) in &self.layers {
            layers.u16(10 + name.len() as u16).u32(page + 8 + at).u16(name.len() as u16).put(name).u32(u32::MAX);
        }
        let layers = chunk(&mut file, *b"ixlr", layers.as_ref());
        let mut top = Little::new();
        top.u16(1).u16(4).u32(page);
        index.push((TOP_LEVEL, chunk(&mut file, *b"ixtl", top.as_ref())));
        let mut pages = Little::new();
        pages.u16(1).u16(16).u32(page).u32(layers).u32(u32::MAX).u32(list);
        index.push((PAGES, chunk(&mut file, *b"ixpg", pages.as_ref())));
        let master = file.len() as u32;
        index.push((MASTER, master));
        index.sort_unstable();
        let mut all = Little::new();
        all.u16(1).u16(0x18).u16(index.len() as u16);
        for (number, at) in &index {
            all.u16(*number).u32(*at);
        }
        chunk(&mut file, *b"ixmr", all.as_ref());
        let size = file.len() - begin - 8;
        let info = file.len();
        file.put(b"LIST").u32(0).put(b"INFO");
        for (name, text) in [(*b"INAM", title), (*b"ICOP", rights), (*b"ICMT", provenance)] {
            chunk(&mut file, name, &[text.as_bytes(), b"\0"].concat());
        }
        let info_size = file.len() - info - 8;
        let mut bytes = file.finish();
        let whole = bytes.len() - 8;
        let mut head = Little::new();
        fixed(&mut head, b"{Corel Binary Meta File}", 32);
        fixed(&mut head, b"Windows 3.1", 16);
        head.put(b"2\0\0\0")
            .put(b"4\0")
            .put(b"2\0\0\0")
            .put(b"0\0\0\0")
            .u16(0x23)
            .f64(1.0 / UNITS / 1000.0)
            .put(&[0; 12]);
        head.u32(master).u32(info as u32).u32(u32::MAX);
        bounds.iter().for_each(|&side| {
            head.i32(side);
        });
        head.u32(count);
        let patch = |bytes: &mut Vec<u8>, at: usize, new: &[u8]| {
            if let Some(old) = bytes.get_mut(at..at + new.len()) {
                old.copy_from_slice(new);
            }
        };
        patch(&mut bytes, content, head.as_ref());
        for (at, size) in [(4, whole), (begin + 4, size), (info + 4, info_size)] {
            let size = u32::try_from(size).map_err(|_| Error::TooLarge("a CMX file has at most 4 GB".into()))?;
            patch(&mut bytes, at, &size.to_le_bytes());
        }
        sink.put(&bytes)
    }

    /// A curve with its fill and its outline.
    fn curve(&mut self, shape: &Shape) -> Result<()> {
        let mut tags = Little::new();
        let fill = shape.fill.map(|color| self.tables.color(color)).transpose()?;
        let pen = shape.pen.as_ref().map(|pen| self.tables.outline(pen)).transpose()?;
        tag(&mut tags, 1, |tags| {
            tags.u8(u8::from(fill.is_some()) | u8::from(pen.is_some()) << 1);
            if let Some(color) = fill {
                tag(tags, 1, |tags| {
                    tags.u16(1);
                    tag(tags, 1, |tag| Ok(_ = tag.u16(color).u16(1)))?;
                    end(tags);
                    Ok(())
                })?;
                end(tags);
            }
            if let Some(outline) = pen {
                tag(tags, 1, |tag| Ok(_ = tag.u16(outline)))?;
                end(tags);
            }
            Ok(())
        })?;
        let (points, kinds) = corel::nodes(shape, self.page, UNITS);
        tag(&mut tags, 2, |tag| {
            tag.u16(points.len() as u16);
            points.as_flattened().iter().for_each(|&side| {
                tag.i32(side);
            });
            tag.put(&kinds);
            Ok(())
        })?;
        let [left, top, right, bottom] = corel::bounds(&points);
        tag(&mut tags, 3, |tag| Ok(_ = tag.i32(left).i32(top).i32(right).i32(bottom)))?;
        end(&mut tags);
        self.instruction(code::POLY_CURVE, &tags);
        Ok(())
    }
}

/// A tag with the matrix that changes nothing.
fn matrix(tags: &mut Little) -> Result<()> {
    tag(tags, 2, |tag| Ok(_ = tag.u16(1)))
}

/// Text in so many bytes.
fn fixed(out: &mut Little, text: &[u8], length: usize) {
    out.put(text).put(&vec![0; length.saturating_sub(text.len())]);
}

/// Appends a chunk; where it begins.
fn chunk(file: &mut Little, name: [u8; 4], body: &[u8]) -> u32 {
    let at = file.len() as u32;
    file.put(&name).u32(body.len() as u32).put(body).pad(2);
    at
}

impl Painter for Writer {
    fn begin(&mut self, layer: &Layer) -> Result<()> {
        self.end()?;
        if layer.objects == 0 {
            return Ok(());
        }
        let mut name = Vec::new();
        CodePage::Western.encode(&mut name, &layer.name);
        name.truncate(NAME);
        self.layers.push((self.out.len() as u32, name.clone()));
        let number = self.layers.len() as u16;
        let objects = layer.objects as u32;
        let mut tags = Little::new();
        tag(&mut tags, 1, |tag| {
            tag.u16(1).u16(number).u32(0).u32(objects).u16(name.len() as u16).put(&name);
            Ok(())
        })?;
        matrix(&mut tags)?;
        end(&mut tags);
        self.instruction(code::BEGIN_LAYER, &tags);
        self.open = true;
        Ok(())
    }

    fn end(&mut self) -> Result<()> {
        if std::mem::take(&mut self.open) {
            self.ended(code::END_LAYER);
        }
        Ok(())
    }

    fn shape(&mut self, shape: &Shape) -> Result<()> {
        self.curve(shape)
    }
}
