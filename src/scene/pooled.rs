//! Features of a style layer drawn together: lines of one class and look as one path, areas within their common rim.

use super::inset;
use super::line::REACH;
use super::{Path, Paths, area, line};
use crate::geo::join::join;
use crate::map::Geometry;
use crate::sheet::Sheet;
use crate::style::feature_properties::Row;
use crate::style::{Bound, PIXEL, Prop};

/// Paths with the class they belong to.
type Classed = Vec<(&'static str, Path)>;

fn class(row: &Row) -> &'static str {
    row.features().class(row.feature).id
}

/// Lines of one class and look become one path; where several lie on each other, the most important stays.
pub fn merged(bound: &Bound, rows: &[Row], sheet: &Sheet, paths: &mut Paths) -> Classed {
    let mut looks: Vec<(&'static str, line::Look, Vec<line::Course>)> = Vec::new();
    let mut known = line::Known::default();
    for row in rows.iter().rev() {
        let Some(look) = line::look(bound, row) else { continue };
        let class = class(row);
        let courses = line::courses(row.features(), row.feature, sheet);
        let news = courses.into_iter().flat_map(|course| known.news(course));
        match looks.iter_mut().find(|(name, other, _)| *name == class && *other == look) {
            Some((.., list)) => list.extend(news),
            None => looks.push((class, look, news.collect())),
        }
    }
    let drawn = looks.into_iter().rev().map(|(class, look, list)| {
        let start = paths.subpaths.len() as u32;
        let (rings, open): (Vec<_>, Vec<_>) = list.into_iter().partition(|(_, closed)| *closed);
        let open = join(open.into_iter().map(|(line, _)| line).collect(), REACH);
        for course in rings.into_iter().chain(open.into_iter().map(|line| (line, false))) {
            line::draw(&course, &look.shifts, paths);
        }
        let subpaths = start..paths.subpaths.len() as u32;
        (class, Path { subpaths, fill: None, stroke: Some(look.stroke), source: None })
    });
    drawn.filter(|(_, path)| !path.subpaths.is_empty()).collect()
}

/// Areas become one that is filled within its rim, in the look and class of the first.
pub fn inset(bound: &Bound, rows: &[Row], sheet: &Sheet, paths: &mut Paths) -> Classed {
    let Some(first) = rows.first() else { return Vec::new() };
    let areas = rows.iter().filter(|row| row.feature.geometry == Geometry::Area);
    let areas: Vec<_> = areas.map(|row| area::outline(row.features(), row.feature, sheet)).collect();
    let step = |side: f64| libm::round(side * 1000.0) as i64;
    let [x, y, width, height] = sheet.painted();
    let frame = [x, y, x + width, y + height].map(step);
    let start = paths.subpaths.len() as u32;
    for mut ring in inset::inset(&areas, step(bound.layer.inset * PIXEL), &frame).into_iter().flatten() {
        ring.pop();
        paths.push(ring.iter().map(|point| point.map(|side| side as f64 / 1000.0)), true);
    }
    let fill = bound.color(Prop::FillColor, Prop::FillOpacity, first);
    let subpaths = start..paths.subpaths.len() as u32;
    if subpaths.is_empty() {
        Vec::new()
    } else {
        vec![(class(first), Path { subpaths, fill, stroke: None, source: None })]
    }
}
