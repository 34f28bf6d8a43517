//! A [`Scene`] → pixels, in bands, by vello_cpu.

use super::outline::{Outlines, Step};
use super::{Cap, Cut, Group, Item, Join, Path, Scene, Text};
use crate::color::Color;
use crate::error::{Error, Result};
use crate::watch::{Stage, Watch};
use std::ops::Range;
use vello_cpu::kurbo::{self, Affine, BezPath, Rect};
use vello_cpu::peniko::Fill;
use vello_cpu::{Pixmap, RenderContext, Resources};

/// Most pixels of one side: vello_cpu counts them in 16 bits.
const MAX_SIDE: f64 = 65_535.0;
/// Most pixels in all: a poster of 33 by 33 thousand.
const MAX_PIXELS: f64 = 1.1e9;
/// Pixels drawn at a time; with its strips a band needs about ten bytes each.
const BAND_PIXELS: u32 = 6_000_000;
/// Length of a dot, mm.
const DOT: f64 = 1e-4;
/// Paper under an opaque map.
const WHITE: Color = Color { r: 255, g: 255, b: 255, a: 255 };

/// Draws a scene band by band, so that a poster never needs all its pixels at once.
pub struct Raster<'s> {
    /// What is drawn.
    pub scene: &'s Scene,
    /// Width in pixels, bleed included.
    pub width: u32,
    /// Height in pixels, bleed included.
    pub height: u32,
    /// Dots per inch.
    pub dpi: f64,
    /// True: neither paper nor the scene's background is painted.
    pub transparent: bool,
    /// Rows drawn at a time.
    pub rows: u32,
}

/// An item with the rows of pixels it touches.
struct Op<'s> {
    item: &'s Item,
    rows: [f64; 2],
    cut: Option<&'s Cut>,
}

impl<'s> Raster<'s> {
    /// Prepares a scene at `dpi`.
    ///
    /// # Errors
    /// [`Error::TooLarge`] past 65,535 pixels a side or 1,100 million in all.
    pub fn new(scene: &'s Scene, dpi: f64) -> Result<Self> {
        let sheet = &scene.sheet;
        let side = |mm: f64| libm::round((mm + 2.0 * sheet.outer()) / 25.4 * dpi).max(1.0);
        let (width, height) = (side(sheet.width), side(sheet.height));
        let excess = (width.max(height) / MAX_SIDE).max(libm::sqrt(width * height / MAX_PIXELS));
        if excess > 1.0 {
            return Err(Error::TooLarge(format!(
                "{width} × {height} pixels are too many; at most 65,535 a side and 1,100 million in all: set page.dpi to {} or less",
                libm::floor(dpi / excess).max(1.0)
            )));
        }
        let (width, height) = (width as u32, height as u32);
        let rows = (BAND_PIXELS / width).clamp(16, 2048).min(height);
        Ok(Self { scene, width, height, dpi, transparent: false, rows })
    }

    /// Whether no pixel will be see-through.
    pub fn opaque(&self) -> bool {
        !self.transparent && self.scene.background.is_some_and(|color| color.a == 255)
    }

    /// Draws all bands from top to bottom and hands each to `take`: straight (not premultiplied) RGBA rows.
    ///
    /// # Errors
    /// Those of `take`, and [`Error::Cancelled`].
    pub fn bands(&mut self, watch: &mut Watch, take: &mut dyn FnMut(&[u8]) -> Result<()>) -> Result<()> {
        let rows = self.rows.clamp(1, self.height);
        let mut painter = Painter::new(self, rows)?;
        let ops = painter.ops();
        let mut done = 0;
        let bands = self.height.div_ceil(rows);
        let total = ops.len() as u64 * u64::from(bands);
        for band in 0..bands {
            let top = band * rows;
            let count = rows.min(self.height - top);
            painter.begin(top);
            for op in &ops {
                if done % 1000 == 0 {
                    watch.at(Stage::Write, done, total)?;
                }
                done += 1;
                if op.rows[0] < f64::from(top + count) && op.rows[1] > f64::from(top) {
                    painter.paint(op);
                }
            }
            take(painter.end(count))?;
        }
        Ok(())
    }
}

/// One band at work.
struct Painter<'s> {
    scene: &'s Scene,
    paper: Option<Color>,
    background: Option<Color>,
    scale: f64,
    context: RenderContext,
    resources: Resources,
    pixels: Pixmap,
    outlines: Outlines<'s>,
    path: BezPath,
    cut: Option<&'s Cut>,
}

impl<'s> Painter<'s> {
    fn new(raster: &Raster<'s>, rows: u32) -> Result<Self> {
        let side = |pixels: u32| u16::try_from(pixels).map_err(|_| Error::TooLarge("more than 65,535 pixels".into()));
        let (width, height) = (side(raster.width)?, side(rows)?);
        Ok(Self {
            scene: raster.scene,
            paper: raster.opaque().then_some(WHITE),
            background: raster.scene.background.filter(|_| !raster.transparent),
            scale: raster.dpi / 25.4,
            context: RenderContext::new(width, height),
            resources: Resources::new(),
            pixels: Pixmap::new(width, height),
            outlines: Outlines::new(&raster.scene.faces),
            path: BezPath::new(),
            cut: None,
        })
    }

    /// All items in drawing order.
    fn ops(&self) -> Vec<Op<'s>> {
        let mut ops = Vec::new();
        let scene = self.scene;
        for group in &scene.groups {
            self.collect(group, scene.cut(group), &mut ops);
        }
        ops
    }

    fn collect(&self, group: &'s Group, cut: Option<&'s Cut>, ops: &mut Vec<Op<'s>>) {
        let outer = self.scene.sheet.outer();
        ops.extend(group.items.iter().map(|item| {
            let rows = self.reach(item).map(|y| (y + outer) * self.scale);
            Op { item, rows, cut }
        }));
        for inner in &group.groups {
            self.collect(inner, cut, ops);
        }
    }

    /// Highest and lowest millimetre of the sheet that an item may touch.
    fn reach(&self, item: &Item) -> [f64; 2] {
        let mut reach = [f64::INFINITY, f64::NEG_INFINITY];
        let mut grow = |y: f64, by: f64| reach = [reach[0].min(y - by), reach[1].max(y + by)];
        match item {
            Item::Path(path) => {
                // A mitre sticks out at most twice half the width; one pixel more for smooth edges.
                let by = path.stroke.as_ref().map_or(0.0, |stroke| stroke.width) + 1.0 / self.scale;
                for row in path.subpaths.clone() {
                    self.scene.paths.get(row).0.iter().for_each(|point| grow(point[1], by));
                }
            }
            Item::Text(text) => {
                let by = text.size * 2.0 + text.halo.map_or(0.0, |(_, reach)| reach);
                text.glyphs.iter().for_each(|glyph| grow(glyph.y, by));
            }
        }
        reach
    }

    fn begin(&mut self, top: u32) {
        let sheet = &self.scene.sheet;
        self.context.reset();
        let shift = sheet.outer() * self.scale;
        self.context.set_transform(Affine::new([self.scale, 0.0, 0.0, self.scale, shift, shift - f64::from(top)]));
        let outer = sheet.outer() + 1.0;
        if let Some(color) = self.paper {
            self.context.set_paint(paint(color));
            self.context.fill_rect(&Rect::new(-outer, -outer, sheet.width + outer, sheet.height + outer));
        }
        if let Some(color) = self.background {
            self.context.set_paint(paint(color));
            match &self.scene.frame {
                Cut::Rectangle(frame) => self.context.fill_rect(&rectangle(frame)),
                Cut::Shape(rows) => {
                    self.trace(rows.clone());
                    self.context.set_fill_rule(Fill::EvenOdd);
                    self.context.fill_path(&self.path);
                }
            }
        }
    }

    fn paint(&mut self, op: &Op<'s>) {
        if self.cut != op.cut {
            self.cut_at(op.cut);
        }
        match op.item {
            Item::Path(path) => self.path(path),
            Item::Text(text) => self.text(text),
        }
    }

    /// Everything from here on is cut at `frame`.
    fn cut_at(&mut self, frame: Option<&'s Cut>) {
        if self.cut.take().is_some() {
            self.context.pop_clip();
        }
        match frame {
            Some(Cut::Rectangle(frame)) => self.context.push_clip_rect(&rectangle(frame)),
            Some(Cut::Shape(rows)) => {
                self.trace(rows.clone());
                self.context.set_fill_rule(Fill::EvenOdd);
                self.context.push_clip_path(&self.path);
            }
            None => {}
        }
        self.cut = frame;
    }

    /// Subpaths become the path.
    fn trace(&mut self, rows: Range<u32>) {
        self.path.truncate(0);
        for row in rows {
            let (points, closed) = self.scene.paths.get(row);
            let Some((&first, rest)) = points.split_first() else { continue };
            self.path.move_to((first[0], first[1]));
            rest.iter().for_each(|&[x, y]| self.path.line_to((x, y)));
            if closed {
                self.path.close_path();
            } else if rest.iter().all(|&point| point == first) {
                // kurbo gives a line without length no caps; SVG and PDF do.
                self.path.line_to((first[0] + DOT, first[1]));
            }
        }
    }

    fn path(&mut self, path: &Path) {
        self.trace(path.subpaths.clone());
        if let Some(color) = path.fill {
            self.context.set_fill_rule(Fill::EvenOdd);
            self.context.set_paint(paint(color));
            self.context.fill_path(&self.path);
        }
        if let Some(stroke) = &path.stroke {
            self.context.set_stroke(pen(stroke));
            self.context.set_paint(paint(stroke.color));
            self.context.stroke_path(&self.path);
        }
    }

    fn text(&mut self, text: &Text) {
        self.path.truncate(0);
        let path = &mut self.path;
        self.outlines.draw(text, |step| match step {
            Step::Move([x, y]) => path.move_to((x, y)),
            Step::Line([x, y]) => path.line_to((x, y)),
            Step::Quad([a, b], [x, y]) => path.quad_to((a, b), (x, y)),
            Step::Cubic([a, b], [c, d], [x, y]) => path.curve_to((a, b), (c, d), (x, y)),
            Step::Close => path.close_path(),
        });
        if let Some((color, reach)) = text.halo.filter(|(_, reach)| *reach > 0.0) {
            self.context.set_stroke(kurbo::Stroke::new(reach * 2.0).with_join(kurbo::Join::Round));
            self.context.set_paint(paint(color));
            self.context.stroke_path(&self.path);
        }
        self.context.set_fill_rule(Fill::NonZero);
        self.context.set_paint(paint(text.color));
        self.context.fill_path(&self.path);
    }

    /// Finishes a band and gives its first `rows` rows, straight RGBA.
    fn end(&mut self, rows: u32) -> &[u8] {
        self.cut_at(None);
        self.context.flush();
        self.context.render(&mut self.pixels, &mut self.resources);
        let length = rows as usize * usize::from(self.pixels.width()) * 4;
        let bytes = self.pixels.data_as_u8_slice_mut().get_mut(..length).unwrap_or_default();
        if self.paper.is_none() {
            straighten(bytes);
        }
        bytes
    }
}

fn rectangle(&[x, y, width, height]: &[f64; 4]) -> Rect {
    Rect::new(x, y, x + width, y + height)
}

/// Premultiplied RGBA → straight RGBA, rounded.
fn straighten(bytes: &mut [u8]) {
    for pixel in bytes.chunks_exact_mut(4) {
        if let [r, g, b, a @ 1..=254] = pixel {
            let alpha = u16::from(*a);
            for part in [r, g, b] {
                *part = ((u16::from(*part) * 255 + alpha / 2) / alpha).min(255) as u8;
            }
        }
    }
}

fn paint(Color { r, g, b, a }: Color) -> vello_cpu::color::AlphaColor<vello_cpu::color::Srgb> {
    vello_cpu::color::AlphaColor::from_rgba8(r, g, b, a)
}

fn pen(stroke: &super::Stroke) -> kurbo::Stroke {
    let cap = match stroke.cap {
        Cap::Butt => kurbo::Cap::Butt,
        Cap::Round => kurbo::Cap::Round,
        Cap::Square => kurbo::Cap::Square,
    };
    let join = match stroke.join {
        Join::Miter => kurbo::Join::Miter,
        Join::Round => kurbo::Join::Round,
        Join::Bevel => kurbo::Join::Bevel,
    };
    let pen = kurbo::Stroke::new(stroke.width).with_caps(cap).with_join(join).with_miter_limit(2.0);
    // Dashes that add up to nothing would never end.
    if stroke.dashes.iter().sum::<f64>() > 0.0 { pen.with_dashes(0.0, stroke.dashes.iter().copied()) } else { pen }
}
