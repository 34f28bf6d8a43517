//! Contours of lines and Bézier curves, in millimetres from the top left corner of the page.

/// A piece of a contour.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Step {
    /// A straight line to here.
    Line([f64; 2]),
    /// A cubic curve: two controls and its end.
    Curve([f64; 2], [f64; 2], [f64; 2]),
}

impl Step {
    /// Where it ends.
    pub fn end(&self) -> [f64; 2] {
        match *self {
            Self::Line(end) | Self::Curve(.., end) => end,
        }
    }
}

/// A line, or a ring whose end does not repeat its beginning.
#[derive(Debug, Clone, PartialEq)]
pub struct Contour {
    /// Where it begins.
    pub start: [f64; 2],
    /// How it goes on.
    pub steps: Vec<Step>,
    /// Whether it ends where it began.
    pub closed: bool,
}

/// Most pieces that a curve becomes.
const PIECES: f64 = 32.0;

impl Contour {
    /// One of straight lines; none without points.
    pub fn lines(points: impl IntoIterator<Item = [f64; 2]>, closed: bool) -> Option<Self> {
        let mut points = points.into_iter();
        let start = points.next()?;
        Some(Self { start, steps: points.map(Step::Line).collect(), closed })
    }

    /// A rectangle: x, y, width and height.
    pub fn rectangle([x, y, width, height]: [f64; 4]) -> Self {
        let corners = [[x + width, y], [x + width, y + height], [x, y + height]];
        Self { start: [x, y], steps: corners.map(Step::Line).to_vec(), closed: true }
    }

    /// How many points it has, controls of curves among them.
    pub fn count(&self) -> usize {
        1 + self.steps.iter().map(|step| if matches!(step, Step::Line(_)) { 1 } else { 3 }).sum::<usize>()
    }

    /// Whether it has no curves.
    pub fn is_straight(&self) -> bool {
        self.steps.iter().all(|step| matches!(step, Step::Line(_)))
    }

    /// Its points, curves as lines that are nowhere farther off than `sag` mm.
    pub fn flat(&self, sag: f64) -> Vec<[f64; 2]> {
        let mut points = Vec::with_capacity(self.steps.len() + 1);
        points.push(self.start);
        let mut pen = self.start;
        for step in &self.steps {
            match *step {
                Step::Line(end) => points.push(end),
                Step::Curve(a, b, end) => {
                    let count = pieces([pen, a, b, end], sag);
                    let along = (1..=count).map(|row| f64::from(row) / f64::from(count));
                    points.extend(along.map(|t| [0, 1].map(|axis: usize| at([pen, a, b, end], axis, t))));
                }
            }
            pen = step.end();
        }
        points
    }

    /// The same as straight lines.
    pub fn straight(&self, sag: f64) -> Self {
        let mut points = self.flat(sag);
        if self.closed && points.len() > 1 && points.last() == Some(&self.start) {
            points.pop();
        }
        let steps = points.iter().skip(1).copied().map(Step::Line).collect();
        Self { start: self.start, steps, closed: self.closed }
    }
}

/// A coordinate of a cubic curve.
fn at(curve: [[f64; 2]; 4], axis: usize, t: f64) -> f64 {
    let [a, b, c, d] = curve.map(|point| if axis == 0 { point[0] } else { point[1] });
    let s = 1.0 - t;
    s * s * s * a + 3.0 * s * s * t * b + 3.0 * s * t * t * c + t * t * t * d
}

/// How many chords stay within `sag` of a curve: by the second differences of its controls.
fn pieces([a, b, c, d]: [[f64; 2]; 4], sag: f64) -> u32 {
    let bend = |p: [f64; 2], q: [f64; 2], r: [f64; 2]| libm::hypot(p[0] - 2.0 * q[0] + r[0], p[1] - 2.0 * q[1] + r[1]);
    let most = bend(a, b, c).max(bend(b, c, d));
    libm::ceil(libm::sqrt(most * 0.75 / sag.max(1e-6))).clamp(1.0, PIECES) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn curves_become_lines_that_are_close() {
        // A quarter of a circle with radius 10.
        let k = 5.522_847_5;
        let steps = vec![Step::Curve([10.0, k], [k, 10.0], [0.0, 10.0]), Step::Line([0.0, 0.0])];
        let contour = Contour { start: [10.0, 0.0], steps, closed: true };
        let flat = contour.flat(0.01);
        assert!((10..32).contains(&flat.len()), "{}", flat.len());
        for [x, y] in flat.split_last().unwrap().1 {
            assert!((libm::hypot(*x, *y) - 10.0).abs() < 0.02);
        }
        assert_eq!(contour.count(), 5);
        assert!(contour.flat(1.0).len() < flat.len());
    }
}
