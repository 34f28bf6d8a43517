//! The content stream: paths, and only those changes of the graphics state that matter (ISO 32000-1 §8.4, §8.5).

use super::ink::{Ink, Inks, with_space};
use super::number::{POINTS, short};
use crate::color::Color;
use crate::scene::{Cap, Cut, Join, Path, Paths, Stroke};
use pdf_writer::types::{LineCapStyle, LineJoinStyle};
use pdf_writer::{Content, Name};
use std::ops::Range;

/// What the reader's graphics state holds.
#[derive(Clone, PartialEq, Default)]
pub struct State {
    fill: Option<[u8; 3]>,
    stroke: Option<[u8; 3]>,
    width: Option<i64>,
    cap: Option<Cap>,
    join: Option<Join>,
    dashes: Vec<f64>,
    alphas: Option<[u8; 2]>,
}

/// A content stream in millimetres, y down.
pub struct Canvas {
    /// What is written so far.
    pub content: Content,
    /// What colours are printed with.
    pub inks: Inks,
    state: State,
    /// Opacities of fill and stroke in use; the row is the number in the name of the graphics state.
    alphas: Vec<[u8; 2]>,
    space: Space,
}

/// Where the sheet lies on the page.
#[derive(Clone, Copy)]
struct Space {
    /// How far above the bottom its top edge is, and from the left its left edge, mm.
    top: f64,
    left: f64,
    /// Whether places are in points of the page, y up, for readers that look at nothing else.
    points: bool,
}

impl Canvas {
    /// A page whose sheet begins `left` mm from the left and ends `top` mm above the bottom.
    pub fn new(top: f64, left: f64, inks: Inks, points: bool) -> Self {
        let space = Space { top, left, points };
        let mut canvas = Self { content: Content::new(), inks, state: State::default(), alphas: Vec::new(), space };
        if !points {
            canvas.enter_sheet();
        }
        canvas.content.set_miter_limit(2.0);
        canvas
    }

    /// From here on, places are millimetres of the sheet.
    fn enter_sheet(&mut self) {
        let points = |mm: f64| (mm * POINTS) as f32;
        let Space { top, left, .. } = self.space;
        self.content.transform([points(1.0), 0.0, 0.0, points(-1.0), points(left), points(top)]);
    }

    /// Draws in millimetres of the sheet, wherever places are in points.
    pub fn in_millimetres(&mut self, draw: impl FnOnce(&mut Self)) {
        if !self.space.points {
            return draw(self);
        }
        self.content.save_state();
        let (outer, space) = (self.state.clone(), self.space);
        self.enter_sheet();
        self.space.points = false;
        // Widths and dashes are in the other unit now.
        (self.state.width, self.state.dashes) = (None, Vec::new());
        self.content.set_dash_pattern([], 0.0);
        draw(self);
        self.space = space;
        self.restore(outer);
    }

    /// A place of the sheet as it is written, on a grid of so many parts.
    fn place(&self, [x, y]: [f64; 2], grid: f64) -> [f32; 2] {
        if self.space.points {
            [short((x + self.space.left) * POINTS, grid), short((self.space.top - y) * POINTS, grid)]
        } else {
            [short(x, grid), short(y, grid)]
        }
    }

    /// A length of the sheet as it is written.
    fn length(&self, mm: f64) -> f32 {
        short(if self.space.points { mm * POINTS } else { mm }, 1000.0)
    }

    /// The stream, the opacities that graphics states must set, and the inks.
    pub fn finish(self) -> (Vec<u8>, Vec<[u8; 2]>, Inks) {
        (self.content.finish().into_vec(), self.alphas, self.inks)
    }

    /// Fills the frame.
    pub fn flood(&mut self, frame: &Cut, paths: &Paths, color: Color) {
        self.fill(color);
        self.frame(frame, paths);
        self.content.fill_even_odd();
    }

    /// Cuts what follows at `frame`, until [`Canvas::restore`] gets what this returns.
    pub fn cut_at(&mut self, frame: &Cut, paths: &Paths) -> State {
        self.content.save_state();
        self.frame(frame, paths);
        self.content.clip_even_odd().end_path();
        self.state.clone()
    }

    /// Ends a cut.
    pub fn restore(&mut self, outer: State) {
        self.content.restore_state();
        self.state = outer;
    }

    fn frame(&mut self, frame: &Cut, paths: &Paths) {
        match frame {
            Cut::Rectangle(sides) => {
                let [x, y, width, height] = *sides;
                let ([left, top], [right, bottom]) =
                    (self.place([x, y], 1e4), self.place([x + width, y + height], 1e4));
                if self.space.points {
                    self.content.rect(left, bottom, right - left, top - bottom);
                } else {
                    let [x, y, width, height] = sides.map(|side| short(side, 1e4));
                    self.content.rect(x, y, width, height);
                }
            }
            Cut::Shape(rows) => self.trace(rows.clone(), paths),
        }
    }

    /// A path, filled, stroked or both.
    pub fn path(&mut self, path: &Path, paths: &Paths) {
        match (path.fill, &path.stroke) {
            (Some(fill), Some(stroke)) => {
                self.colors(Some(fill), Some(stroke.color));
                self.pen(stroke);
                self.trace(path.subpaths.clone(), paths);
                self.content.fill_even_odd_and_stroke();
            }
            (Some(fill), None) => {
                self.fill(fill);
                self.trace(path.subpaths.clone(), paths);
                self.content.fill_even_odd();
            }
            (None, Some(stroke)) => {
                self.colors(None, Some(stroke.color));
                self.pen(stroke);
                self.trace(path.subpaths.clone(), paths);
                self.content.stroke();
            }
            (None, None) => {}
        }
    }

    /// Writes all subpaths on a grid of 1/100 mm; points that fall together there are written once.
    fn trace(&mut self, rows: Range<u32>, paths: &Paths) {
        let space = self.space;
        let grid = |[x, y]: [f64; 2]| match space.points {
            true => [short((x + space.left) * POINTS, 100.0), short((space.top - y) * POINTS, 100.0)],
            false => [short(x, 100.0), short(y, 100.0)],
        };
        for row in rows {
            let (points, closed) = paths.get(row);
            let Some((&first, rest)) = points.split_first() else { continue };
            let mut pen = grid(first);
            let mut moved = false;
            self.content.move_to(pen[0], pen[1]);
            for &point in rest {
                let to = grid(point);
                if to != pen {
                    self.content.line_to(to[0], to[1]);
                    pen = to;
                    moved = true;
                }
            }
            if closed {
                self.content.close_path();
            } else if !moved {
                // A line too short for the grid still shows its round caps.
                self.content.line_to(pen[0], pen[1]);
            }
        }
    }

    /// Colour and opacity of fills.
    pub fn fill(&mut self, color: Color) {
        self.colors(Some(color), None);
    }

    /// Colours and opacities; what is none stays as it is.
    pub fn colors(&mut self, fill: Option<Color>, stroke: Option<Color>) {
        let parts = |color: Color| [color.r, color.g, color.b];
        if let Some(color) = fill.filter(|&color| self.state.fill != Some(parts(color))) {
            let content = &mut self.content;
            match self.inks.of(parts(color)) {
                Ink::Rgb([r, g, b]) => content.set_fill_rgb(r, g, b),
                Ink::Cmyk([c, m, y, k]) => content.set_fill_cmyk(c, m, y, k),
                Ink::Spot(row) => {
                    with_space(row, |space| _ = content.set_fill_color_space(space));
                    content.set_fill_color([1.0])
                }
            };
            self.state.fill = Some(parts(color));
        }
        if let Some(color) = stroke.filter(|&color| self.state.stroke != Some(parts(color))) {
            let content = &mut self.content;
            match self.inks.of(parts(color)) {
                Ink::Rgb([r, g, b]) => content.set_stroke_rgb(r, g, b),
                Ink::Cmyk([c, m, y, k]) => content.set_stroke_cmyk(c, m, y, k),
                Ink::Spot(row) => {
                    with_space(row, |space| _ = content.set_stroke_color_space(space));
                    content.set_stroke_color([1.0])
                }
            };
            self.state.stroke = Some(parts(color));
        }
        let [of_fills, of_strokes] = self.state.alphas.unwrap_or([255; 2]);
        let alphas = [fill.map_or(of_fills, |color| color.a), stroke.map_or(of_strokes, |color| color.a)];
        if self.state.alphas.unwrap_or([255; 2]) != alphas {
            let row = self.alphas.iter().position(|&known| known == alphas).unwrap_or_else(|| {
                self.alphas.push(alphas);
                self.alphas.len() - 1
            });
            self.content.set_parameters(Name(format!("G{row}").as_bytes()));
            self.state.alphas = Some(alphas);
        }
    }

    fn pen(&mut self, stroke: &Stroke) {
        self.line(stroke.width, stroke.join);
        if self.state.cap.replace(stroke.cap) != Some(stroke.cap) {
            self.content.set_line_cap(match stroke.cap {
                Cap::Butt => LineCapStyle::ButtCap,
                Cap::Round => LineCapStyle::RoundCap,
                Cap::Square => LineCapStyle::ProjectingSquareCap,
            });
        }
        // Dashes that are all 0 are an error in PDF (§8.4.3.6).
        let dashes: &[f64] = if stroke.dashes.iter().any(|&dash| dash > 0.0) { &stroke.dashes } else { &[] };
        self.dash(dashes);
    }

    /// Dashes and gaps; empty for solid lines.
    pub fn dash(&mut self, dashes: &[f64]) {
        if self.state.dashes != dashes {
            let lengths: Vec<_> = dashes.iter().map(|&dash| self.length(dash)).collect();
            self.content.set_dash_pattern(lengths, 0.0);
            self.state.dashes = dashes.to_vec();
        }
    }

    /// Width and corners of strokes.
    pub fn line(&mut self, width: f64, join: Join) {
        let units = crate::wire::number::quantise(width, 3);
        if self.state.width.replace(units) != Some(units) {
            let width = self.length(width);
            self.content.set_line_width(width);
        }
        if self.state.join.replace(join) != Some(join) {
            self.content.set_line_join(match join {
                Join::Miter => LineJoinStyle::MiterJoin,
                Join::Round => LineJoinStyle::RoundJoin,
                Join::Bevel => LineJoinStyle::BevelJoin,
            });
        }
    }
}
