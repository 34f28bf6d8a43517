//! What is drawn of a scene, and one piece of a picture at work.

use crate::color::Color;
use crate::error::{Error, Result};
use crate::scene::outline::{Outlines, Step};
use crate::scene::{Cap, Cut, Group, Item, Join, Path, Scene, Stroke, Text};
use std::ops::Range;
use vello_cpu::kurbo::{self, Affine, BezPath, Rect};
use vello_cpu::peniko::Fill;
use vello_cpu::{Pixmap, RenderContext, Resources};

/// Length of a dot, mm.
const DOT: f64 = 1e-4;
/// Paper under an opaque map.
const WHITE: Color = Color { r: 255, g: 255, b: 255, a: 255 };

/// What of a scene is drawn.
#[derive(Debug, Clone, Default)]
pub enum Part<'s> {
    /// All of it.
    #[default]
    Whole,
    /// Paper and ground, without anything on them.
    Ground,
    /// The items of these groups, without the groups inside them, on nothing; and where each is cut.
    Groups(Vec<(&'s Group, Option<&'s Cut>)>),
}

/// An item with the pixels of the picture that it may touch.
pub struct Op<'s> {
    item: &'s Item,
    /// Left, top, right, bottom.
    pub reach: [f64; 4],
    cut: Option<&'s Cut>,
}

/// How a scene is looked at.
#[derive(Clone, Copy)]
pub struct View<'s> {
    /// What is drawn.
    pub scene: &'s Scene,
    /// Pixels for a millimetre.
    pub scale: f64,
    /// Where the picture begins, in pixels from the upper left corner of the sheet with its bleed.
    pub origin: [f64; 2],
    /// Whether white paper is painted.
    pub paper: bool,
    /// Whether the background of the scene is painted.
    pub ground: bool,
}

/// One piece at work.
pub struct Painter<'s> {
    scene: &'s Scene,
    paper: Option<Color>,
    background: Option<Color>,
    scale: f64,
    origin: [f64; 2],
    context: RenderContext,
    resources: Resources,
    pixels: Pixmap,
    outlines: Outlines<'s>,
    path: BezPath,
    cut: Option<&'s Cut>,
}

impl<'s> Painter<'s> {
    /// For pieces of one size.
    ///
    /// # Errors
    /// [`Error::TooLarge`] past 65,535 pixels a side.
    pub fn new(view: View<'s>, columns: u32, rows: u32) -> Result<Self> {
        let side = |pixels: u32| u16::try_from(pixels).map_err(|_| Error::TooLarge("more than 65,535 pixels".into()));
        let (width, height) = (side(columns)?, side(rows)?);
        Ok(Self {
            scene: view.scene,
            paper: view.paper.then_some(WHITE),
            background: view.scene.background.filter(|_| view.ground),
            scale: view.scale,
            origin: view.origin,
            context: RenderContext::new(width, height),
            resources: Resources::new(),
            pixels: Pixmap::new(width, height),
            outlines: Outlines::new(&view.scene.faces),
            path: BezPath::new(),
            cut: None,
        })
    }

    /// All items of a picture in drawing order.
    pub fn ops(&self, part: &Part<'s>) -> Vec<Op<'s>> {
        let mut ops = Vec::new();
        let scene = self.scene;
        match part {
            Part::Whole => {
                for group in &scene.groups {
                    self.collect(group, scene.cut(group), &mut ops);
                }
            }
            Part::Ground => {}
            Part::Groups(groups) => groups.iter().for_each(|&(group, cut)| self.own(group, cut, &mut ops)),
        }
        ops
    }

    fn collect(&self, group: &'s Group, cut: Option<&'s Cut>, ops: &mut Vec<Op<'s>>) {
        self.own(group, cut, ops);
        for inner in &group.groups {
            self.collect(inner, cut, ops);
        }
    }

    /// The items of a group without those of the groups inside.
    fn own(&self, group: &'s Group, cut: Option<&'s Cut>, ops: &mut Vec<Op<'s>>) {
        let outer = self.scene.sheet.outer();
        ops.extend(group.items.iter().map(|item| {
            let [x0, y0, x1, y1] = self.reach(item).map(|mm| (mm + outer) * self.scale);
            let [x, y] = self.origin;
            Op { item, reach: [x0 - x, y0 - y, x1 - x, y1 - y], cut }
        }));
    }

    /// The part of the sheet that an item may touch, mm: left, top, right, bottom.
    fn reach(&self, item: &Item) -> [f64; 4] {
        let mut reach = [f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY];
        let mut grow = |x: f64, y: f64, by: f64| {
            reach = [reach[0].min(x - by), reach[1].min(y - by), reach[2].max(x + by), reach[3].max(y + by)];
        };
        match item {
            Item::Path(path) => {
                // A mitre sticks out at most twice half the width; one pixel more for smooth edges.
                let by = path.stroke.as_ref().map_or(0.0, |stroke| stroke.width) + 1.0 / self.scale;
                for row in path.subpaths.clone() {
                    self.scene.paths.get(row).0.iter().for_each(|point| grow(point[0], point[1], by));
                }
            }
            Item::Text(text) => {
                let by = text.size * 2.0 + text.halo.map_or(0.0, |(_, reach)| reach);
                text.glyphs.iter().for_each(|glyph| grow(glyph.x, glyph.y, by));
            }
        }
        reach
    }

    /// Begins the piece whose upper left pixel this is.
    pub fn begin(&mut self, [left, top]: [u32; 2]) {
        let sheet = &self.scene.sheet;
        self.context.reset();
        let outer = sheet.outer() * self.scale;
        let shift = [outer - self.origin[0] - f64::from(left), outer - self.origin[1] - f64::from(top)];
        self.context.set_transform(Affine::new([self.scale, 0.0, 0.0, self.scale, shift[0], shift[1]]));
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

    /// Draws an item.
    pub fn paint(&mut self, op: &Op<'s>) {
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

    /// Finishes a piece and gives its pixels, straight RGBA.
    pub fn end(&mut self) -> &[u8] {
        self.cut_at(None);
        self.context.flush();
        self.context.render(&mut self.pixels, &mut self.resources);
        let bytes = self.pixels.data_as_u8_slice_mut();
        if self.paper.is_none() {
            straighten(bytes);
        } else {
            // Edges over edges round a level away from paper that is whole.
            bytes.iter_mut().skip(3).step_by(4).for_each(|opacity| *opacity = 255);
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

fn pen(stroke: &Stroke) -> kurbo::Stroke {
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
