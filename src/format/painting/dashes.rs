//! Dashes as lines, for formats whose lines are solid.

use super::contour::Contour;
use super::painter::{Pen, Shape};

/// Most dashes of one line: a pattern finer than that is grey.
const MOST: usize = 100_000;

/// The dashes of a shape's stroke as the lines of a solid one; the fill stays with the caller.
pub fn split(shape: &Shape, sag: f64) -> Shape {
    let Some(pen) = &shape.pen else { return shape.clone() };
    let contours = shape.contours.iter().flat_map(|contour| pieces(contour, &pen.dashes, sag)).collect();
    let pen = Pen { dashes: Vec::new(), ..pen.clone() };
    Shape::stroked(contours, pen)
}

/// The dashes along a contour.
fn pieces(contour: &Contour, dashes: &[f64], sag: f64) -> Vec<Contour> {
    let mut points = contour.flat(sag);
    if contour.closed {
        points.push(contour.start);
    }
    let twice = if dashes.len() % 2 == 1 { 2 } else { 1 };
    let mut lengths = dashes.repeat(twice).into_iter().cycle();
    if dashes.iter().all(|&dash| dash <= 0.0) {
        return vec![contour.clone()];
    }
    let mut left = lengths.next().unwrap_or(0.0);
    let mut drawn = true;
    let mut out = Vec::new();
    let mut line: Vec<[f64; 2]> = points.first().copied().into_iter().collect();
    for pair in points.windows(2) {
        let &[from, to] = pair else { continue };
        let length = libm::hypot(to[0] - from[0], to[1] - from[1]);
        let mut along = 0.0;
        while length - along > left && out.len() < MOST {
            along += left;
            let share = along / length;
            let point = [from[0] + (to[0] - from[0]) * share, from[1] + (to[1] - from[1]) * share];
            if drawn {
                line.push(point);
                out.extend(Contour::lines(std::mem::take(&mut line), false));
            } else {
                line = vec![point];
            }
            drawn = !drawn;
            left = lengths.next().unwrap_or(0.0);
        }
        left -= length - along;
        if drawn {
            line.push(to);
        }
    }
    if drawn && line.len() > 1 {
        out.extend(Contour::lines(line, false));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dashes_go_on_around_corners() {
        let line = Contour::lines([[0.0, 0.0], [3.0, 0.0], [3.0, 3.0]], false).unwrap();
        let found: Vec<_> = pieces(&line, &[2.0, 0.5], 0.01).iter().map(|piece| piece.flat(0.01)).collect();
        let wanted =
            [vec![[0.0, 0.0], [2.0, 0.0]], vec![[2.5, 0.0], [3.0, 0.0], [3.0, 1.5]], vec![[3.0, 2.0], [3.0, 3.0]]];
        assert_eq!(found, wanted);
        assert_eq!(pieces(&line, &[0.0], 0.01).len(), 1, "a pattern of nothing is a solid line");
        assert!(pieces(&line, &[1e-9], 0.01).len() <= MOST + 1);
    }
}
