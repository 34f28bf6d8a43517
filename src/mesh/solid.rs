//! A footprint with a roof → a closed body.

use super::ring::{self, Rings};
use super::roof::Roof;
use super::{Corner, Triangle};

/// Walls with the underside, and the roof; the two together are closed. None where a footprint cannot be triangulated.
pub(super) fn solid(rings: &Rings, [base, eaves, top]: [f64; 3], roof: Option<&Roof>) -> Option<[Vec<Triangle>; 2]> {
    let mut walls: Vec<Triangle> = Vec::new();
    let floor = ring::triangles(rings)?;
    let lift = |point: [f64; 2], z: f64| [point[0], point[1], z];
    walls.extend(floor.iter().map(|&[a, b, c]| [lift(a, base), lift(c, base), lift(b, base)]));
    let high = |[x, y, share]: [f64; 3]| [x, y, eaves + (top - eaves) * share];
    let Some(roof) = roof else {
        for ring in rings {
            for (a, b) in ring.iter().zip(ring.iter().cycle().skip(1)) {
                wall(&mut walls, &[lift(*a, base), lift(*b, base), lift(*b, top), lift(*a, top)]);
            }
        }
        let lid = floor.iter().map(|corners| corners.map(|corner| lift(corner, top))).collect();
        return Some([walls, lid]);
    };
    // Each wall stands on an edge of the footprint and has all points of the roof's edge above it.
    let outer = rings.first()?;
    let mut rest = roof.edge.iter().chain(roof.edge.first()).copied().peekable();
    for (a, b) in outer.iter().zip(outer.iter().cycle().skip(1)) {
        let mut above = vec![high(rest.next()?)];
        loop {
            let next = *rest.peek()?;
            above.push(high(next));
            if [next[0], next[1]] == *b {
                break;
            }
            rest.next();
        }
        let mut corners = vec![lift(*a, base), lift(*b, base)];
        corners.extend(above.into_iter().rev());
        wall(&mut walls, &corners);
    }
    let mut slopes: Vec<Triangle> = Vec::new();
    for panel in &roof.panels {
        let flat: Vec<[f64; 2]> = panel.iter().map(|&[x, y, _]| [x, y]).collect();
        let lifted =
            |point: [f64; 2]| panel.iter().find(|[x, y, _]| [*x, *y] == point).copied().map(high).unwrap_or_default();
        slopes.extend(ring::triangles(&[flat])?.into_iter().map(|corners| corners.map(lifted)));
    }
    Some([walls, slopes])
}

/// An upright polygon that its first corner sees whole.
fn wall(walls: &mut Vec<Triangle>, corners: &[Corner]) {
    let Some((first, rest)) = corners.split_first() else { return };
    walls.extend(rest.array_windows().map(|[a, b]| [*first, *a, *b]).filter(|[a, b, c]| a != b && b != c && c != a));
}
