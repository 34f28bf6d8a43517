//! Where names are put: along streets, in areas, beside points.

use super::text::lines;
use crate::geo::center::visual_center;
use crate::geo::join::join;
use crate::geo::line;
use crate::map::{ClassId, Feature, Features, Geometry, Part, Role};
use std::collections::BTreeMap;

/// Width of a letter in heights of the text, about.
pub const LETTER: f64 = 0.75;
/// Distance between lines of a text, in heights.
pub const LEADING: f64 = 1.67;
/// A name is there again along a street after so many heights of it.
const AGAIN: f64 = 90.0;
/// How much a street may turn along its name, as the sine of the angle: 4°.
const BEND: f64 = 0.07;
/// How far, in heights of a text, the direction of a line's end is measured.
const REACH: f64 = 1.0;

/// A name at a place.
pub(super) struct Name {
    /// The feature it is of: its row.
    pub(super) row: usize,
    pub(super) at: [f64; 2],
    /// Degrees, counter-clockwise.
    pub(super) angle: f64,
    /// Not from its place on, but around it.
    pub(super) centred: bool,
}

/// Finds places, best first come.
pub(super) struct Places {
    height: f64,
    taken: BTreeMap<[i64; 2], Vec<[f64; 2]>>,
}

impl Places {
    /// For names of a height.
    pub(super) fn new(height: f64) -> Self {
        Self { height, taken: BTreeMap::new() }
    }

    /// Where names of streets stand whose pieces lie one behind the other, and the rows of those that have no room.
    pub(super) fn streets(&mut self, features: &Features, names: &BTreeMap<usize, String>) -> (Vec<Name>, Vec<usize>) {
        let mut streets: BTreeMap<(ClassId, &str), Vec<usize>> = BTreeMap::new();
        for (row, name) in names {
            let Some(feature) = features.rows.get(*row).filter(|feature| feature.geometry == Geometry::Line) else {
                continue;
            };
            streets.entry((feature.class, name)).or_default().push(*row);
        }
        let (mut found, mut short) = (Vec::new(), Vec::new());
        for ((_, name), rows) in streets {
            let parts = rows.iter().filter_map(|row| features.rows.get(*row));
            let parts = parts.flat_map(|feature| features.shapes.parts(&feature.parts));
            let pieces = parts.map(|part| features.shapes.points(part).into_owned()).collect();
            let Some(&row) = rows.first() else { continue };
            let before = found.len();
            for street in join(pieces, REACH * self.height) {
                self.street(row, name.chars().count(), &street, &mut found);
            }
            if found.len() == before {
                short.extend(rows);
            }
        }
        (found, short)
    }

    fn street(&mut self, row: usize, letters: usize, street: &[[f64; 2]], found: &mut Vec<Name>) {
        let [width, again] = [letters as f64 * LETTER * self.height, AGAIN * self.height];
        let length = line::length(street);
        if length < width {
            return;
        }
        let count = ((length / again) as usize).max(1);
        let stretch = length / count as f64;
        for part in 0..count {
            // From the middle of its stretch outward, where the street is straight enough and nothing stands.
            let middle = (part as f64 + 0.5) * stretch;
            let room = (stretch - width).max(0.0) / 2.0;
            let steps = ((room / self.height) as usize).min(40);
            let shifts = (0..=steps).flat_map(|step| [step as f64, -(step as f64)]);
            let places = shifts.filter_map(|step| self.along(street, middle + step * self.height, width));
            let mut best: Option<([f64; 2], f64, f64)> = None;
            for (at, angle, bend) in places {
                if bend <= BEND && self.is_free(at, angle, width) {
                    best = Some((at, angle, bend));
                    break;
                }
                if best.is_none_or(|(.., least)| bend < least) {
                    best = Some((at, angle, bend));
                }
            }
            if let Some((at, angle, _)) = best.filter(|(.., bend)| *bend <= 2.0 * BEND) {
                self.take(at, angle, width);
                found.push(Name { row, at, angle, centred: true });
            }
        }
    }

    /// A place in the middle of a stretch of a street, the angle of a text there, and how much the street turns from it.
    fn along(&self, street: &[[f64; 2]], middle: f64, width: f64) -> Option<([f64; 2], f64, f64)> {
        let pieces = 8;
        let place = |piece: usize| line::at(street, (middle + (piece as f64 / pieces as f64 - 0.5) * width).max(0.0));
        let (from, to) = (place(0)?.0, place(pieces)?.0);
        let (dx, dy) = (to[0] - from[0], to[1] - from[1]);
        let length = libm::hypot(dx, dy);
        if length < width * 0.9 {
            return None;
        }
        let turn = |[x, y]: [f64; 2]| ((x * dy - y * dx) / length).abs();
        let bend = (0..pieces).filter_map(|piece| {
            let (a, b) = (place(piece)?.0, place(piece + 1)?.0);
            let step = [b[0] - a[0], b[1] - a[1]];
            let size = libm::hypot(step[0], step[1]);
            (size > 0.0).then(|| turn(step.map(|side| side / size)))
        });
        let bend = bend.fold(0.0, f64::max);
        // The text stands on the street's own middle, which a chord passes.
        Some((place(pieces / 2)?.0, upright(libm::atan2(dy, dx).to_degrees()), bend))
    }

    /// Where the name of an area or a point stands.
    pub(super) fn place(&self, features: &Features, row: usize, feature: &Feature) -> Option<Name> {
        let shapes = &features.shapes;
        let parts = shapes.parts(&feature.parts);
        match feature.geometry {
            Geometry::Point => {
                let [x, y] = *shapes.points(parts.first()?).first()?;
                Some(Name { row, at: [x + self.height, y], angle: 0.0, centred: false })
            }
            Geometry::Line => None,
            Geometry::Area => {
                // Where there is most room.
                let rooms = polygons(parts).filter_map(|rings| {
                    let rings: Vec<_> = rings.iter().map(|part| shapes.points(part)).collect();
                    let rings: Vec<&[[f64; 2]]> = rings.iter().map(AsRef::as_ref).collect();
                    visual_center(&rings, self.height / 2.0)
                });
                let (at, _) = rooms.max_by(|a, b| a.1.total_cmp(&b.1))?;
                Some(Name { row, at, angle: 0.0, centred: true })
            }
        }
    }

    /// Holds the place of a name of several lines.
    pub(super) fn hold(&mut self, name: &Name, text: &str) {
        let rows = lines(text);
        let letters = rows.iter().map(|line| line.chars().count()).max().unwrap_or(0);
        let width = letters as f64 * LETTER * self.height;
        let middle = if name.centred { name.at } else { [name.at[0] + width / 2.0, name.at[1]] };
        let tall = (rows.len() as f64 - 1.0) * LEADING * self.height / 2.0;
        for shift in [-tall, 0.0, tall] {
            self.take([middle[0], middle[1] + shift], 0.0, width);
        }
    }

    /// The squares along a text, one a height.
    fn squares(&self, [x, y]: [f64; 2], angle: f64, width: f64) -> impl Iterator<Item = [f64; 2]> + use<> {
        let turn = angle.to_radians();
        let (cos, sin) = (libm::cos(turn), libm::sin(turn));
        let (count, height) = ((width / self.height) as i64 + 1, self.height);
        (0..=count).map(move |step| {
            let along = step as f64 * height - width / 2.0;
            [x + along * cos, y + along * sin]
        })
    }

    fn cell(&self, [x, y]: [f64; 2]) -> [i64; 2] {
        [x, y].map(|side| libm::floor(side / (4.0 * self.height)) as i64)
    }

    fn is_free(&self, at: [f64; 2], angle: f64, width: f64) -> bool {
        let near = 1.1 * self.height;
        self.squares(at, angle, width).all(|place| {
            let [column, row] = self.cell(place);
            let cells = (-1..=1).flat_map(|x| (-1..=1).map(move |y| [column + x, row + y]));
            let mut taken = cells.filter_map(|cell| self.taken.get(&cell)).flatten();
            taken.all(|[x, y]| (x - place[0]).abs() > near || (y - place[1]).abs() > near)
        })
    }

    fn take(&mut self, at: [f64; 2], angle: f64, width: f64) {
        for place in self.squares(at, angle, width) {
            self.taken.entry(self.cell(place)).or_default().push(place);
        }
    }
}

/// Outer rings with their holes.
fn polygons(parts: &[Part]) -> impl Iterator<Item = &[Part]> {
    parts.chunk_by(|_, next| next.role == Role::Inner)
}

/// An angle by which text reads from below or the right.
fn upright(angle: f64) -> f64 {
    match angle {
        angle if angle > 90.0 => angle - 180.0,
        angle if angle <= -90.0 => angle + 180.0,
        angle => angle,
    }
}
