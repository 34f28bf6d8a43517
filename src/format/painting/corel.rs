//! Curves as programs of Corel have them: points with a byte each that says what it is.

use super::contour::Step;
use super::paint::Page;
use super::painter::Shape;

/// What a node is.
const MOVE: u8 = 0x04;
const LINE: u8 = 0x44;
const CONTROL: u8 = 0xc0;
const CURVE: u8 = 0x84;
/// Ends of what is closed.
const CLOSED: u8 = 0x08;
/// All but the sign of a last node.
const OPEN: u8 = 0xfb;

/// Points of all contours, `units` in a millimetre from the middle of the page, y up, and what each of them is.
pub fn nodes(shape: &Shape, page: Page, units: f64) -> (Vec<[i32; 2]>, Vec<u8>) {
    let place = |[x, y]: [f64; 2]| {
        [libm::round((x - page.width / 2.0) * units) as i32, libm::round((page.height / 2.0 - y) * units) as i32]
    };
    let (mut points, mut kinds) = (Vec::new(), Vec::new());
    for contour in &shape.contours {
        let closed = if contour.closed { CLOSED } else { 0 };
        points.push(place(contour.start));
        kinds.push(MOVE | closed);
        for step in &contour.steps {
            match *step {
                Step::Line(end) => {
                    points.push(place(end));
                    kinds.push(LINE);
                }
                Step::Curve(a, b, end) => {
                    points.extend([a, b, end].map(place));
                    kinds.extend([CONTROL, CONTROL, CURVE]);
                }
            }
        }
        if contour.closed {
            if contour.steps.last().is_some_and(|step| step.end() != contour.start) {
                points.push(place(contour.start));
                kinds.push(LINE);
            }
            if let Some(last) = kinds.last_mut() {
                *last = *last & OPEN | CLOSED;
            }
        } else if contour.steps.is_empty() {
            // A line of no length still shows its round ends.
            points.push(place(contour.start));
            kinds.push(LINE);
        }
    }
    (points, kinds)
}

/// Left, top, right and bottom of points.
pub fn bounds(points: &[[i32; 2]]) -> [i32; 4] {
    let start = [i32::MAX, i32::MIN, i32::MIN, i32::MAX];
    points
        .iter()
        .fold(start, |[left, top, right, bottom], &[x, y]| [left.min(x), top.max(y), right.max(x), bottom.min(y)])
}
