//! Where names are put: along streets, in areas, beside points; the most important ones first.

use super::room::{Bar, Room};
use super::text::lines;
use crate::geo::center::visual_center;
use crate::geo::join::join;
use crate::geo::line;
use crate::map::{Feature, Features, Geometry, Part, Role};

/// Width of a letter in heights of the text, about.
pub const LETTER: f64 = 0.74;
/// Distance between lines of a text, in heights.
pub const LEADING: f64 = 1.67;
/// Room of a text above and below, in heights.
const AIR: f64 = 1.4;
/// A name is there again along a street after so many heights of it.
const AGAIN: f64 = 90.0;
/// How far the street in the middle of its name may turn from it, as the sine of the angle: 4°.
const TURN: f64 = 0.07;
/// How far the street may leave its name, in heights.
const BEND: f64 = 0.5;
/// How far, in heights of a text, the direction of a line's end is measured.
const REACH: f64 = 1.0;

/// A name that somebody wishes for.
pub(super) struct Wish {
    /// The features it is of: pieces of one street, or one row.
    pub(super) rows: Vec<usize>,
    pub(super) text: String,
    /// Height of its capitals, metres.
    pub(super) height: f64,
    /// Along a line, or upright at places of it.
    pub(super) along: bool,
    /// Whether it was longer than a text may be.
    pub(super) cut: bool,
}

/// A name at a place.
pub(super) struct Name {
    /// Degrees, counter-clockwise.
    pub(super) angle: f64,
    pub(super) at: [f64; 2],
    /// Not from its place on, but around it.
    pub(super) centred: bool,
}

/// Puts names where there is room; where names may lie on each other, where there is most.
pub(super) struct Places<'r> {
    pub(super) room: &'r mut Room,
    /// Names may lie on each other.
    pub(super) all: bool,
    /// Texts may have several lines.
    pub(super) paragraphs: bool,
}

impl Places<'_> {
    /// Where a name stands; nowhere, if there is no room.
    pub(super) fn put(&mut self, features: &Features, wish: &Wish) -> Vec<Name> {
        let rows = || wish.rows.iter().filter_map(|row| features.rows.get(*row));
        let Some(first) = rows().next() else { return Vec::new() };
        match first.geometry {
            Geometry::Line => {
                let parts = rows().flat_map(|feature| features.shapes.parts(&feature.parts));
                let pieces = parts.map(|part| features.shapes.points(part).into_owned()).collect();
                let mut found = Vec::new();
                for street in join(pieces, REACH * wish.height) {
                    self.street(wish, &street, &mut found);
                }
                found
            }
            Geometry::Area => self.area(features, first, wish).into_iter().collect(),
            Geometry::Point => self.point(features, first, wish).into_iter().collect(),
        }
    }

    fn street(&mut self, wish: &Wish, street: &[[f64; 2]], found: &mut Vec<Name>) {
        let width = wish.text.chars().count() as f64 * LETTER * wish.height;
        let length = line::length(street);
        if length < width {
            return;
        }
        let count = ((length / (AGAIN * wish.height)) as usize).max(1);
        let stretch = length / count as f64;
        for part in 0..count {
            // From the middle of its stretch outward, where the street is straight enough and nothing stands.
            let middle = (part as f64 + 0.5) * stretch;
            let steps = (((stretch - width).max(0.0) / 2.0 / wish.height) as usize).min(40);
            let shifts = (0..=steps).flat_map(|step| [step as f64, -(step as f64)]);
            let place = |at: f64| match wish.along {
                true => along(street, at, width, wish.height),
                false => line::at(street, at).map(|(at, _)| (at, 0.0)),
            };
            let bar = |(at, angle)| Bar { at, angle, length: width, height: AIR * wish.height };
            let mut places = shifts.filter_map(|step| place(middle + step * wish.height).map(bar));
            let free = places.clone().find(|bar| self.room.is_free(*bar));
            if let Some(bar) = free.or_else(|| places.next().filter(|_| self.all)) {
                self.room.take(bar);
                found.push(Name { at: bar.at, angle: bar.angle, centred: true });
            }
        }
    }

    /// Where there is most room.
    fn area(&mut self, features: &Features, feature: &Feature, wish: &Wish) -> Option<Name> {
        let shapes = &features.shapes;
        let rooms = polygons(shapes.parts(&feature.parts)).filter_map(|rings| {
            let rings: Vec<_> = rings.iter().map(|part| shapes.points(part)).collect();
            let rings: Vec<&[[f64; 2]]> = rings.iter().map(AsRef::as_ref).collect();
            visual_center(&rings, wish.height / 2.0)
        });
        let (at, _) = rooms.max_by(|a, b| a.1.total_cmp(&b.1))?;
        self.stand(wish, at, true).then_some(Name { at, angle: 0.0, centred: true })
    }

    /// To the right of it, above or below.
    fn point(&mut self, features: &Features, feature: &Feature, wish: &Wish) -> Option<Name> {
        let part = features.shapes.parts(&feature.parts).first()?;
        let [x, y] = *features.shapes.points(part).first()?;
        let (near, far) = (wish.height, 2.2 * wish.height);
        let places = [([x + near, y], false), ([x, y - far], true), ([x, y + far], true)];
        let found = places.into_iter().find(|(at, centred)| self.stand(wish, *at, *centred));
        found.map(|(at, centred)| Name { at, angle: 0.0, centred })
    }

    /// Whether a text has room at a place, which it takes then.
    fn stand(&mut self, wish: &Wish, at: [f64; 2], centred: bool) -> bool {
        let rows = if self.paragraphs { lines(&wish.text) } else { vec![wish.text.as_str()] };
        let letters = rows.iter().map(|line| line.chars().count()).max().unwrap_or(0);
        let length = letters as f64 * LETTER * wish.height;
        let x = if centred { at[0] } else { at[0] + length / 2.0 };
        let top = (rows.len() as f64 - 1.0) / 2.0;
        let line = |row: usize| Bar {
            at: [x, at[1] + (top - row as f64) * LEADING * wish.height],
            angle: 0.0,
            length,
            height: AIR * wish.height,
        };
        let free = (0..rows.len()).all(|row| self.room.is_free(line(row)));
        if free || self.all {
            (0..rows.len()).for_each(|row| self.room.take(line(row)));
        }
        free || self.all
    }
}

/// The angle of a text in the middle of a stretch of a street, and its place; none where the street is too bent.
fn along(street: &[[f64; 2]], middle: f64, width: f64, height: f64) -> Option<([f64; 2], f64)> {
    let place = |share: f64| line::at(street, (middle + share * width).max(0.0));
    let (from, to) = (place(-0.5)?.0, place(0.5)?.0);
    let (dx, dy) = (to[0] - from[0], to[1] - from[1]);
    let length = libm::hypot(dx, dy);
    let beside = |[x, y]: [f64; 2]| ((x - from[0]) * dy - (y - from[1]) * dx) / length;
    let (at, [along_x, along_y]) = place(0.0)?;
    let turn = (along_x * dy - along_y * dx) / length;
    let inner = [-0.375, -0.25, -0.125, 0.0, 0.125, 0.25, 0.375];
    let leaves = inner.iter().filter_map(|share| place(*share)).map(|(point, _)| beside(point).abs());
    let straight = length > 0.9 * width && turn.abs() <= TURN && leaves.fold(0.0, f64::max) <= BEND * height;
    straight.then(|| (at, upright(libm::atan2(dy, dx).to_degrees())))
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
