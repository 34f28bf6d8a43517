//! The page description: paths, and only those changes of the graphics state that matter. Lines stay below 255 characters.

use crate::color::Color;
use crate::format::painting::Mixer;
use crate::scene::{Cap, Cut, Join, Path, Paths, Stroke};
use crate::wire::number;
use std::ops::Range;

/// A line is ended past this many characters.
const LINE: usize = 200;

/// What the reader's graphics state holds.
#[derive(Clone, PartialEq, Default)]
pub struct State {
    color: Option<[u8; 3]>,
    width: Option<i64>,
    cap: Option<Cap>,
    join: Option<Join>,
    dashes: Vec<f64>,
}

/// A page in millimetres, y down.
pub struct Canvas {
    out: Vec<u8>,
    line: usize,
    digits: u32,
    state: State,
    /// Makes colours opaque.
    pub mixer: Mixer,
}

impl Canvas {
    /// An empty page on `background`.
    pub fn new(digits: u32, background: Option<Color>) -> Self {
        Self { out: Vec::new(), line: 0, digits, state: State::default(), mixer: Mixer::new(background) }
    }

    /// What was drawn.
    pub fn finish(mut self) -> Vec<u8> {
        self.end_line();
        self.out
    }

    /// A comment on a line of its own.
    pub fn comment(&mut self, text: &str) {
        self.end_line();
        self.out.extend_from_slice(text.as_bytes());
        self.out.push(b'\n');
        self.line = self.out.len();
    }

    fn end_line(&mut self) {
        if self.out.len() > self.line {
            self.out.push(b'\n');
            self.line = self.out.len();
        }
    }

    /// Space before the next word.
    fn gap(&mut self) {
        if self.out.len() > self.line + LINE {
            self.end_line();
        } else if self.out.len() > self.line {
            self.out.push(b' ');
        }
    }

    /// An operator or a name.
    pub fn word(&mut self, word: &str) -> &mut Self {
        self.gap();
        self.out.extend_from_slice(word.as_bytes());
        self
    }

    /// A number with `digits` decimals.
    pub fn number(&mut self, value: f64, digits: u32) -> &mut Self {
        self.gap();
        number::short(&mut self.out, number::quantise(value, digits), digits);
        self
    }

    /// A place on the sheet.
    fn point(&mut self, [x, y]: [f64; 2]) -> &mut Self {
        let digits = self.digits;
        self.number(x, digits).number(y, digits)
    }

    fn sides(&mut self, sides: &[f64; 4]) -> &mut Self {
        sides.iter().for_each(|&side| {
            self.number(side, 4);
        });
        self
    }

    /// Fills the frame.
    pub fn flood(&mut self, frame: &Cut, paths: &Paths, color: Color) {
        self.color(color);
        match frame {
            Cut::Rectangle(sides) => self.sides(sides).word("R"),
            Cut::Shape(rows) => self.trace(rows.clone(), paths).word("F"),
        };
    }

    /// Saves the state; [`Canvas::restore`] gets what this returns.
    pub fn save(&mut self) -> State {
        self.word("q");
        self.state.clone()
    }

    /// Cuts what follows at `frame`, until [`Canvas::restore`] gets what this returns.
    pub fn cut_at(&mut self, frame: &Cut, paths: &Paths) -> State {
        let outer = self.save();
        match frame {
            Cut::Rectangle(sides) => self.sides(sides).word("W"),
            Cut::Shape(rows) => self.trace(rows.clone(), paths).word("X"),
        };
        outer
    }

    /// Back to a state that was saved.
    pub fn restore(&mut self, outer: State) {
        self.word("Q");
        self.state = outer;
    }

    /// A path, filled, stroked or both.
    pub fn path(&mut self, path: &Path, paths: &Paths) {
        if path.fill.is_none() && path.stroke.is_none() {
            return;
        }
        self.trace(path.subpaths.clone(), paths);
        match (path.fill, &path.stroke) {
            (Some(fill), Some(stroke)) => {
                // Filling would use up the path.
                let outer = self.save();
                self.color(fill);
                self.word("F");
                self.restore(outer);
                self.pen(stroke);
                self.word("S");
            }
            (Some(fill), None) => {
                self.color(fill);
                self.word("F");
            }
            (None, Some(stroke)) => {
                self.pen(stroke);
                self.word("S");
            }
            (None, None) => {}
        }
    }

    /// Writes all subpaths; points that fall together on the grid are written once.
    fn trace(&mut self, rows: Range<u32>, paths: &Paths) -> &mut Self {
        let digits = self.digits;
        let grid = |[x, y]: [f64; 2]| [number::quantise(x, digits), number::quantise(y, digits)];
        for row in rows {
            let (points, closed) = paths.get(row);
            let Some((&first, rest)) = points.split_first() else { continue };
            self.point(first).word("M");
            let (mut pen, mut moved) = (grid(first), false);
            for &point in rest {
                if grid(point) != pen {
                    self.point(point).word("L");
                    (pen, moved) = (grid(point), true);
                }
            }
            if closed {
                self.word("Z");
            } else if !moved {
                // A line too short for the grid still shows its round caps.
                self.point(first).word("L");
            }
        }
        self
    }

    /// The colour of what follows; half-transparent ones are mixed with the background.
    pub fn color(&mut self, color: Color) {
        let parts = self.mixer.mix(color);
        if self.state.color.replace(parts) != Some(parts) {
            parts.into_iter().for_each(|part| {
                self.number(f64::from(part) / 255.0, 3);
            });
            self.word("rg");
        }
    }

    fn pen(&mut self, stroke: &Stroke) {
        self.color(stroke.color);
        self.line(stroke.width, stroke.join);
        if self.state.cap.replace(stroke.cap) != Some(stroke.cap) {
            self.word(match stroke.cap {
                Cap::Butt => "0 J",
                Cap::Round => "1 J",
                Cap::Square => "2 J",
            });
        }
        // Dashes that are all 0 are an error.
        let dashes: &[f64] = if stroke.dashes.iter().any(|&dash| dash > 0.0) { &stroke.dashes } else { &[] };
        self.dash(dashes);
    }

    /// Dashes and gaps; empty for solid lines.
    pub fn dash(&mut self, dashes: &[f64]) {
        if self.state.dashes != dashes {
            self.word("[");
            dashes.iter().for_each(|&dash| {
                self.number(dash, 3);
            });
            self.word("]d");
            self.state.dashes = dashes.to_vec();
        }
    }

    /// Width and corners of strokes.
    pub fn line(&mut self, width: f64, join: Join) {
        let units = number::quantise(width, 3);
        if self.state.width.replace(units) != Some(units) {
            self.number(width, 3).word("w");
        }
        if self.state.join.replace(join) != Some(join) {
            self.word(match join {
                Join::Miter => "0 j",
                Join::Round => "1 j",
                Join::Bevel => "2 j",
            });
        }
    }
}
