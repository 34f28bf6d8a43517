//! Path data as SVG spells it (SVG 2 §9.3): one absolute move, then relative steps on a grid, so that errors never add up.

use super::number;

/// Writes path data on a grid of 10^-`digits`.
pub struct PathData<'o> {
    out: &'o mut Vec<u8>,
    digits: u32,
    pen: [i64; 2],
    start: [i64; 2],
    command: u8,
}

impl<'o> PathData<'o> {
    /// Appends to `out`.
    pub fn new(out: &'o mut Vec<u8>, digits: u32) -> Self {
        Self { out, digits, pen: [0; 2], start: [0; 2], command: 0 }
    }

    /// A whole subpath of straight segments; points that fall together on the grid are written once.
    pub fn polyline(&mut self, points: &[[f64; 2]], closed: bool) {
        let Some((&first, rest)) = points.split_first() else { return };
        self.move_to(first);
        let before = self.out.len();
        rest.iter().for_each(|&point| self.line_to(point));
        if self.out.len() == before && !closed {
            // A line too short for the grid still shows its round caps.
            self.out.extend_from_slice(b"h0");
            self.command = b'h';
        }
        if closed {
            self.close();
        }
    }

    /// Begins a subpath.
    pub fn move_to(&mut self, point: [f64; 2]) {
        self.start = self.grid(point);
        self.out.push(b'M');
        self.command = b'M';
        self.pair(self.start);
        self.pen = self.start;
    }

    /// A straight segment, unless it is shorter than the grid.
    pub fn line_to(&mut self, point: [f64; 2]) {
        let to = self.grid(point);
        if to != self.pen {
            self.steps(b'l', [to]);
        }
    }

    /// A quadratic Bézier curve.
    pub fn quad_to(&mut self, control: [f64; 2], to: [f64; 2]) {
        let steps = [self.grid(control), self.grid(to)];
        self.steps(b'q', steps);
    }

    /// A cubic Bézier curve.
    pub fn cubic_to(&mut self, first: [f64; 2], second: [f64; 2], to: [f64; 2]) {
        let steps = [self.grid(first), self.grid(second), self.grid(to)];
        self.steps(b'c', steps);
    }

    /// Closes the subpath.
    pub fn close(&mut self) {
        self.out.push(b'z');
        self.command = b'z';
        self.pen = self.start;
    }

    fn grid(&self, [x, y]: [f64; 2]) -> [i64; 2] {
        [number::quantise(x, self.digits), number::quantise(y, self.digits)]
    }

    /// Points of one segment, relative to where it begins.
    fn steps<const N: usize>(&mut self, command: u8, points: [[i64; 2]; N]) {
        let [x, y] = self.pen;
        self.letter(command);
        points.iter().for_each(|to| self.pair([to[0] - x, to[1] - y]));
        self.pen = points.last().copied().unwrap_or(self.pen);
    }

    /// A command letter stands once for a run of the same command.
    fn letter(&mut self, command: u8) {
        if self.command != command {
            self.out.push(command);
            self.command = command;
        }
    }

    fn pair(&mut self, pair: [i64; 2]) {
        for value in pair {
            if value >= 0 && self.out.last().is_some_and(u8::is_ascii_digit) {
                self.out.push(b' ');
            }
            number::short(self.out, value, self.digits);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_relative_and_do_not_drift() {
        let mut out = Vec::new();
        let mut data = PathData::new(&mut out, 2);
        data.polyline(&[[0.0, 0.0], [10.004, 0.0], [10.008, 5.0], [0.333, 5.0]], true);
        data.polyline(&[[1.0, 1.0], [1.001, 1.001]], false);
        data.polyline(&[[2.0, -1.0], [1.5, -2.0]], false);
        assert_eq!(String::from_utf8(out).unwrap(), "M0 0l10 0 .01 5-9.68 0zM1 1h0M2-1l-.5-1");
    }
}
