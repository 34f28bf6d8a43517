//! Roofs over a footprint: panels, and the points they put on its edges.

use super::ring::Rings;

/// A roof: panels in the plane of the map with the share of the roof's height at each corner.
pub(super) struct Roof {
    /// Polygons, counter-clockwise; x, y, share of 0 to 1.
    pub panels: Vec<Vec<[f64; 3]>>,
    /// The outer ring with the points that panels put on it, and the share there.
    pub edge: Vec<[f64; 3]>,
    /// The roof is the lowest of these planes: share = a x + b y + c.
    pub planes: Vec<[f64; 3]>,
}

/// Shapes of roofs that are built; the rest are flat.
pub(super) const SHAPES: &[&str] = &["gabled", "hipped", "pyramidal", "skillion"];

/// Ends of a ridge that differ by less in their distance from the walls are equally high, metres.
const LEVEL: f64 = 0.03;

/// Builds a roof; `direction` is what the slope faces (compass degrees), `across` turns the ridge. None where the shape
/// does not fit the footprint.
pub(super) fn roof(shape: &str, rings: &Rings, direction: Option<f64>, across: bool) -> Option<Roof> {
    let [ring] = rings.as_slice() else { return None };
    match shape {
        "skillion" => Some(skillion(ring, direction, across)),
        "gabled" => gabled(ring, direction, across),
        "pyramidal" if convex(ring) => Some(pyramidal(ring)),
        "hipped" if convex(ring) => hipped(ring),
        _ => None,
    }
}

fn convex(ring: &[[f64; 2]]) -> bool {
    corners(ring).all(|[a, b, c]| (b[0] - a[0]) * (c[1] - b[1]) - (b[1] - a[1]) * (c[0] - b[0]) > 0.0)
}

fn corners(ring: &[[f64; 2]]) -> impl Iterator<Item = [[f64; 2]; 3]> {
    let next = ring.iter().cycle().skip(1);
    ring.iter().zip(next.clone()).zip(next.skip(1)).map(|((a, b), c)| [*a, *b, *c])
}

fn edges(ring: &[[f64; 2]]) -> impl Iterator<Item = [[f64; 2]; 2]> {
    ring.iter().zip(ring.iter().cycle().skip(1)).map(|(a, b)| [*a, *b])
}

/// Direction of the smallest box around a ring, as its longer side runs.
fn along(ring: &[[f64; 2]]) -> [f64; 2] {
    let boxes = edges(ring).filter_map(|[a, b]| {
        let length = libm::hypot(b[0] - a[0], b[1] - a[1]);
        let axis = [(b[0] - a[0]) / length, (b[1] - a[1]) / length];
        let [long, wide] = [span(ring, axis), span(ring, [-axis[1], axis[0]])].map(|(low, high)| high - low);
        let turned = if long < wide { [-axis[1], axis[0]] } else { axis };
        (length > 0.0).then_some((long * wide, turned))
    });
    boxes.min_by(|a, b| a.0.total_cmp(&b.0)).map_or([1.0, 0.0], |(_, axis)| axis)
}

/// Short side of the smallest box around a ring.
pub(super) fn width(ring: &[[f64; 2]]) -> f64 {
    let [x, y] = along(ring);
    let (low, high) = span(ring, [-y, x]);
    high - low
}

/// How far a ring reaches along an axis.
fn span(ring: &[[f64; 2]], axis: [f64; 2]) -> (f64, f64) {
    let places = ring.iter().map(|point| dot(*point, axis));
    places.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), place| (low.min(place), high.max(place)))
}

fn dot(a: [f64; 2], b: [f64; 2]) -> f64 {
    a[0] * b[0] + a[1] * b[1]
}

/// The axis across the ridge. A direction is taken to the nearest side of the building's box.
fn slope(ring: &[[f64; 2]], direction: Option<f64>, across: bool) -> [f64; 2] {
    let [x, y] = along(ring);
    let sides = [[-y, x], [y, -x], [x, y], [-x, -y]];
    match direction {
        Some(degrees) => {
            let faced = [libm::sin(degrees.to_radians()), libm::cos(degrees.to_radians())];
            let nearest = sides.into_iter().max_by(|a, b| dot(*a, faced).total_cmp(&dot(*b, faced)));
            nearest.unwrap_or(faced)
        }
        None if across => [x, y],
        None => [-y, x],
    }
}

/// One plane: high where the slope begins, low where it faces.
fn skillion(ring: &[[f64; 2]], direction: Option<f64>, across: bool) -> Roof {
    let axis = slope(ring, direction, across);
    let (low, high) = span(ring, axis);
    let lifted: Vec<[f64; 3]> = ring.iter().map(|&[x, y]| [x, y, (high - dot([x, y], axis)) / (high - low)]).collect();
    let plane = [-axis[0], -axis[1], high].map(|part| part / (high - low));
    Roof { panels: vec![lifted.clone()], edge: lifted, planes: vec![plane] }
}

/// Two planes that meet in a ridge through the middle.
fn gabled(ring: &[[f64; 2]], direction: Option<f64>, across: bool) -> Option<Roof> {
    const NEAR: f64 = 0.002;
    let axis = slope(ring, direction, across);
    let (low, high) = span(ring, axis);
    let half = (high - low) / 2.0;
    let middle = (high + low) / 2.0;
    // A ridge that runs through a corner is moved a little: a crossing is then never a corner.
    let free = |ridge: &f64| ring.iter().all(|point| (dot(*point, axis) - ridge).abs() > NEAR);
    let ridge = [0.0, 0.005, -0.005, 0.01, -0.01, 0.02, -0.02].map(|by| middle + by).into_iter().find(free)?;
    let share = |point: [f64; 2]| 1.0 - ((dot(point, axis) - ridge).abs() / (half + 0.03)).min(1.0);
    let mut edge: Vec<[f64; 3]> = Vec::with_capacity(ring.len() + 4);
    let mut crossings: Vec<(f64, usize)> = Vec::new();
    for [a, b] in edges(ring) {
        edge.push([a[0], a[1], share(a)]);
        let (from, to) = (dot(a, axis) - ridge, dot(b, axis) - ridge);
        if (from > 0.0) != (to > 0.0) {
            let part = from / (from - to);
            let at = [a[0] + (b[0] - a[0]) * part, a[1] + (b[1] - a[1]) * part];
            crossings.push((dot(at, [-axis[1], axis[0]]), edge.len()));
            edge.push([at[0], at[1], 1.0]);
        }
    }
    crossings.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut panels: Vec<Vec<usize>> = vec![(0..edge.len()).collect()];
    for pair in crossings.as_chunks::<2>().0 {
        let [(_, a), (_, b)] = *pair;
        let found = panels.iter().position(|panel| panel.contains(&a) && panel.contains(&b))?;
        let panel = panels.swap_remove(found);
        let (from, to) = (panel.iter().position(|row| *row == a)?, panel.iter().position(|row| *row == b)?);
        let (from, to) = (from.min(to), from.max(to));
        panels.push(panel.get(from..=to)?.to_vec());
        panels.push(panel.get(to..)?.iter().chain(panel.get(..=from)?).copied().collect());
    }
    let panels = panels.iter().map(|panel| panel.iter().filter_map(|row| edge.get(*row).copied()).collect());
    let [rise, run] = [half + 0.03, ridge];
    let planes = [1.0, -1.0].map(|side| [side * axis[0] / rise, side * axis[1] / rise, 1.0 - side * run / rise]);
    Some(Roof { panels: panels.collect(), edge, planes: planes.into() })
}

/// Every edge to the point over the middle.
fn pyramidal(ring: &[[f64; 2]]) -> Roof {
    let (mut x, mut y, mut area) = (0.0, 0.0, 0.0);
    for [a, b] in edges(ring) {
        let cross = a[0] * b[1] - a[1] * b[0];
        (x, y, area) = (x + (a[0] + b[0]) * cross, y + (a[1] + b[1]) * cross, area + cross * 3.0);
    }
    let top = [x / area, y / area, 1.0];
    let panels = edges(ring).map(|[a, b]| vec![[a[0], a[1], 0.0], [b[0], b[1], 0.0], top]).collect();
    let planes = lines(ring).into_iter().map(|line| {
        let high = distance(&line, [top[0], top[1]]);
        [line[0] / high, line[1] / high, line[2] / high]
    });
    Roof { panels, edge: ring.iter().map(|&[x, y]| [x, y, 0.0]).collect(), planes: planes.collect() }
}

/// Planes of one pitch rising from every edge of a convex footprint: each panel is what lies nearest to its edge.
fn hipped(ring: &[[f64; 2]]) -> Option<Roof> {
    let lines = lines(ring);
    let mut panels: Vec<Vec<[f64; 2]>> = Vec::new();
    for (row, own) in lines.iter().enumerate() {
        let mut panel = ring.to_vec();
        for (_, other) in lines.iter().enumerate().filter(|(other, _)| *other != row) {
            panel = kept(&panel, |point| distance(other, point) - distance(own, point));
        }
        panels.push(panel);
    }
    let grid = |point: [f64; 2]| point.map(|value| libm::round(value * 1000.0) / 1000.0);
    let height = |point: [f64; 2]| lines.iter().map(|line| distance(line, point)).fold(f64::INFINITY, f64::min);
    let top = panels.iter().flatten().map(|point| height(*point)).fold(0.0, f64::max);
    let corner = |point: [f64; 2]| ring.contains(&point);
    // A ridge that only rounded corners tilt is level.
    let share = |high: f64| if top - high < LEVEL { 1.0 } else { libm::round(high / top * 1e4) / 1e4 };
    let panels: Vec<Vec<[f64; 3]>> = panels
        .into_iter()
        .map(|panel| {
            let mut panel: Vec<[f64; 3]> = panel
                .into_iter()
                .map(|point| (grid(point), height(point)))
                .map(|([x, y], high)| [x, y, if corner([x, y]) { 0.0 } else { share(high) }])
                .collect();
            panel.dedup_by(|a, b| a[..2] == b[..2]);
            if panel.first().map(|p| [p[0], p[1]]) == panel.last().map(|p| [p[0], p[1]]) {
                panel.pop();
            }
            panel
        })
        .collect();
    let whole = top > 0.01 && panels.iter().all(|panel| panel.len() > 2);
    let planes = lines.iter().map(|line| line.map(|part| part / top)).collect();
    whole.then(|| Roof { panels, edge: ring.iter().map(|&[x, y]| [x, y, 0.0]).collect(), planes })
}

/// The sides of a counter-clockwise ring, each as a plane that rises to the inside by one a metre.
fn lines(ring: &[[f64; 2]]) -> Vec<[f64; 3]> {
    let line = |[a, b]: [[f64; 2]; 2]| {
        let length = libm::hypot(b[0] - a[0], b[1] - a[1]);
        let normal = [-(b[1] - a[1]) / length, (b[0] - a[0]) / length];
        [normal[0], normal[1], -dot(normal, a)]
    };
    edges(ring).map(line).collect()
}

fn distance([a, b, c]: &[f64; 3], [x, y]: [f64; 2]) -> f64 {
    a * x + b * y + c
}

/// What of a convex polygon has a value of 0 or more.
fn kept(polygon: &[[f64; 2]], value: impl Fn([f64; 2]) -> f64) -> Vec<[f64; 2]> {
    let mut out = Vec::with_capacity(polygon.len() + 1);
    for [a, b] in edges(polygon) {
        let (from, to) = (value(a), value(b));
        if from >= 0.0 {
            out.push(a);
        }
        if (from > 0.0 && to < 0.0) || (from < 0.0 && to > 0.0) {
            let part = from / (from - to);
            out.push([a[0] + (b[0] - a[0]) * part, a[1] + (b[1] - a[1]) * part]);
        }
    }
    out
}
