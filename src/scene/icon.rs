//! Symbols of points of interest and arrows along lines, as paths.

use super::{Item, Path, Paths, line};
use crate::color::Color;
use crate::geo::line::length;
use crate::style::expr::Subject;
use crate::style::outline::{HALF, Rings, outline};
use crate::style::{Bound, PIXEL, Prop};
use std::collections::BTreeMap;

/// Known symbols, read when first asked for.
#[derive(Default)]
pub struct Symbols {
    rings: BTreeMap<String, Option<Rings>>,
}

impl Symbols {
    fn get(&mut self, name: &str) -> Option<&Rings> {
        if !self.rings.contains_key(name) {
            self.rings.insert(name.to_owned(), outline(name));
        }
        self.rings.get(name)?.as_ref()
    }

    /// Whether there is a symbol of this name.
    pub fn known(&mut self, name: &str) -> bool {
        self.get(name).is_some()
    }

    /// Names asked for that do not exist.
    pub fn unknown(&self) -> Vec<&str> {
        self.rings.iter().filter(|(_, rings)| rings.is_none()).map(|(name, _)| name.as_str()).collect()
    }
}

/// A symbol somebody wishes for; millimetres on the sheet.
#[derive(Debug, Clone)]
pub struct Icon {
    /// Its name.
    pub name: String,
    /// Its middle.
    pub point: [f64; 2],
    /// Millimetres to a pixel of its grid.
    pub scale: f64,
    /// Clockwise rotation, radians.
    pub angle: f64,
    /// Colour.
    pub color: Color,
    /// Halo colour and reach.
    pub halo: Option<(Color, f64)>,
    /// May cover others.
    pub overlap: bool,
}

impl Icon {
    /// Half of its side.
    pub fn half(&self) -> f64 {
        HALF * self.scale
    }
}

/// What a style layer wants for a feature, about no place yet; none for no symbol.
pub fn look(bound: &Bound, subject: &dyn Subject) -> Option<Icon> {
    let name = bound.value(Prop::IconImage, subject).to_text().into_owned();
    let scale = bound.length(Prop::IconSize, subject);
    let color = bound.color(Prop::IconColor, Prop::IconOpacity, subject)?;
    if name.is_empty() || scale <= 0.0 {
        return None;
    }
    let width = bound.number(Prop::IconHaloWidth, subject) * PIXEL;
    let halo = bound.color(Prop::IconHaloColor, Prop::IconOpacity, subject).filter(|_| width > 0.0);
    let shift = bound.numbers(Prop::IconOffset, subject);
    let shift = if let &[x, y] = shift.as_slice() { [x * scale, y * scale] } else { [0.0; 2] };
    Some(Icon {
        name,
        point: shift,
        scale,
        angle: bound.number(Prop::IconRotate, subject).to_radians(),
        color,
        halo: halo.map(|color| (color, width)),
        overlap: *bound.value(Prop::IconAllowOverlap, subject).to_text() == *"true",
    })
}

/// How often a symbol stands along a line.
pub fn count(icon: &Icon, course: &[[f64; 2]], spacing: f64) -> u32 {
    let (whole, room) = (length(course), 2.0 * icon.half());
    if whole < 1.5 * room { 0 } else { (libm::floor(whole / spacing.max(room)) as u32).max(1) }
}

/// A symbol again and again along a line, turned as the line runs.
pub fn along(icon: &Icon, course: &[[f64; 2]], spacing: f64) -> Vec<Icon> {
    let whole = length(course);
    let count = count(icon, course, spacing);
    let mut found = Vec::new();
    let (mut next, mut passed) = (0, 0.0);
    for pair in course.windows(2) {
        let &[a, b] = pair else { continue };
        let step = libm::hypot(b[0] - a[0], b[1] - a[1]);
        while next < count {
            let at = whole * (f64::from(next) + 0.5) / f64::from(count) - passed;
            if at > step || step <= 0.0 {
                break;
            }
            let t = at / step;
            let point = [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t];
            let angle = icon.angle + libm::atan2(b[1] - a[1], b[0] - a[0]);
            found.push(Icon { point, angle, ..icon.clone() });
            next += 1;
        }
        passed += step;
    }
    found
}

/// Adds an icon's outline; its halo below, if it has one.
pub fn draw(icon: &Icon, symbols: &mut Symbols, paths: &mut Paths, source: Option<(char, i64)>) -> Vec<Item> {
    let Some(rings) = symbols.get(&icon.name) else { return Vec::new() };
    let (cos, sin) = (libm::cos(icon.angle) * icon.scale, libm::sin(icon.angle) * icon.scale);
    let place = |[x, y]: [f64; 2]| {
        [icon.point[0] + x * cos - y * sin, icon.point[1] + x * sin + y * cos]
            .map(|side| libm::round(side * 1000.0) / 1000.0)
    };
    let mut items = Vec::new();
    let start = paths.subpaths.len() as u32;
    for ring in rings {
        paths.push(ring.iter().map(|point| place(*point)), true);
    }
    let subpaths = start..paths.subpaths.len() as u32;
    if let Some((color, reach)) = icon.halo {
        // A disc behind the symbol: it reads on any ground and costs few points.
        let start = paths.subpaths.len() as u32;
        paths.push(line::circle(icon.point, icon.half() + reach), true);
        let subpaths = start..paths.subpaths.len() as u32;
        items.push(Item::Path(Path { subpaths, fill: Some(color), stroke: None, source }));
    }
    items.push(Item::Path(Path { subpaths, fill: Some(icon.color), stroke: None, source }));
    items
}

/// A wish for an icon.
pub struct Wished {
    /// The icon.
    pub icon: Icon,
    /// Its group.
    pub group: String,
    /// Letter and id of the element it stands for.
    pub source: (char, i64),
}

#[cfg(test)]
mod tests {
    use super::{Icon, along};
    use crate::color::Color;

    fn icon(x: f64) -> Icon {
        let color = Color { r: 0, g: 0, b: 0, a: 255 };
        Icon { name: "cafe".into(), point: [x, 10.0], scale: 0.2, angle: 0.0, color, halo: None, overlap: false }
    }

    #[test]
    fn arrows_stand_at_equal_distances() {
        let found = along(&icon(0.0), &[[0.0, 0.0], [30.0, 0.0], [30.0, 30.0]], 20.0);
        let places: Vec<_> = found.iter().map(|icon| icon.point).collect();
        assert_eq!(places, [[10.0, 0.0], [30.0, 0.0], [30.0, 20.0]]);
    }
}
