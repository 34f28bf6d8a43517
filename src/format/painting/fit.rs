//! Shapes with more points than a format takes: lines in several, areas with fewer points.

use super::contour::{Contour, Step};
use super::painter::Shape;

/// How far points may be left out first, mm; doubled until the shape fits.
const FIRST: f64 = 0.005;
/// Doublings until an area may not be itself any more.
const STEPS: u32 = 14;

/// The same shape as several of at most `most` points each; true where points were left out.
pub fn fit(shape: Shape, most: usize, sag: f64) -> (Vec<Shape>, bool) {
    let count = |shape: &Shape| shape.contours.iter().map(|contour| contour.count() + 1).sum::<usize>();
    if count(&shape) <= most {
        return (vec![shape], false);
    }
    if shape.fill.is_none() {
        return (lines(shape, most, sag), false);
    }
    let mut fitting = shape;
    let mut reach = FIRST;
    for _ in 0..STEPS {
        let contours = fitting.contours.iter().map(|contour| thinned(contour, reach.max(sag)));
        fitting.contours = contours.filter(|contour| !contour.closed || contour.steps.len() > 1).collect();
        if count(&fitting) <= most {
            break;
        }
        reach *= 2.0;
    }
    let fits = !fitting.contours.is_empty() && count(&fitting) <= most;
    (fits.then_some(fitting).into_iter().collect(), true)
}

/// Lines in as many shapes as they need, the long ones cut.
fn lines(shape: Shape, most: usize, sag: f64) -> Vec<Shape> {
    let Shape { contours, pen, .. } = shape;
    let mut shapes: Vec<(usize, Vec<Contour>)> = Vec::new();
    for contour in contours {
        let pieces = if contour.count() + 1 < most { vec![contour] } else { cut(&contour, most, sag) };
        for piece in pieces {
            let points = piece.count() + 1;
            match shapes.last_mut().filter(|(held, _)| held + points <= most) {
                Some((held, list)) => {
                    *held += points;
                    list.push(piece);
                }
                None => shapes.push((points, vec![piece])),
            }
        }
    }
    shapes.into_iter().map(|(_, contours)| Shape { contours, fill: None, opacity: 255, pen: pen.clone() }).collect()
}

/// A line in pieces that begin where the one before ends.
fn cut(contour: &Contour, most: usize, sag: f64) -> Vec<Contour> {
    let mut points = contour.flat(sag);
    if contour.closed {
        points.push(contour.start);
    }
    let step = most.saturating_sub(2).max(1);
    let starts = (0..points.len().saturating_sub(1)).step_by(step);
    let pieces = starts.filter_map(|start| points.get(start..(start + step + 1).min(points.len())));
    pieces.filter_map(|piece| Contour::lines(piece.iter().copied(), false)).collect()
}

/// A contour without points that lie closer than `reach` to the one kept before them or to the line on: a pass along it.
fn thinned(contour: &Contour, reach: f64) -> Contour {
    let straight = contour.straight(reach);
    let mut kept = straight.start;
    let mut steps: Vec<Step> = Vec::with_capacity(straight.steps.len());
    let ends: Vec<[f64; 2]> = straight.steps.iter().map(Step::end).collect();
    for (row, &point) in ends.iter().enumerate() {
        let Some(&next) = ends.get(row + 1) else {
            steps.push(Step::Line(point));
            break;
        };
        let (x, y) = (next[0] - kept[0], next[1] - kept[1]);
        let length = libm::hypot(x, y);
        let (dx, dy) = (point[0] - kept[0], point[1] - kept[1]);
        let aside = if length > 0.0 { (dx * y - dy * x).abs() / length } else { libm::hypot(dx, dy) };
        if aside > reach || libm::hypot(dx, dy) > 200.0 * reach {
            steps.push(Step::Line(point));
            kept = point;
        }
    }
    Contour { start: straight.start, steps, closed: straight.closed }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scene::{Cap, Join};

    fn circle(points: u32, closed: bool) -> Contour {
        let place = |row: u32| {
            let angle = f64::from(row) / f64::from(points) * std::f64::consts::TAU;
            [100.0 + 50.0 * libm::cos(angle), 100.0 + 50.0 * libm::sin(angle)]
        };
        Contour::lines((0..points).map(place), closed).unwrap()
    }

    #[test]
    fn lines_are_cut_and_lose_nothing() {
        let pen = super::super::Pen {
            color: [0; 3],
            opacity: 255,
            width: 1.0,
            cap: Cap::Round,
            join: Join::Round,
            dashes: vec![],
        };
        let shape = Shape::stroked(vec![circle(1000, true), circle(10, false)], pen);
        let (shapes, thinned) = fit(shape, 300, 0.01);
        assert!(!thinned && shapes.len() == 4, "{}", shapes.len());
        assert!(shapes.iter().all(|shape| shape.contours.iter().map(|c| c.count() + 1).sum::<usize>() <= 300));
        let steps: usize = shapes.iter().flat_map(|shape| &shape.contours).map(|contour| contour.steps.len()).sum();
        assert_eq!(steps, 1000 + 9);
    }

    #[test]
    fn areas_lose_points_and_stay_where_they_are() {
        let shape = Shape::filled(vec![circle(10_000, true)], ([0; 3], 255));
        let (shapes, thinned) = fit(shape, 500, 0.01);
        assert!(thinned && shapes.len() == 1);
        let points = shapes[0].contours[0].flat(0.01);
        assert!((100..500).contains(&points.len()), "{}", points.len());
        let area: f64 =
            points.iter().zip(points.iter().cycle().skip(1)).map(|(a, b)| (a[0] * b[1] - b[0] * a[1]) / 2.0).sum();
        assert!((area.abs() - 7853.98).abs() < 20.0, "{area}");
    }
}
