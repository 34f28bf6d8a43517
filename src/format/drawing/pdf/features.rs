//! What features are called, and the lines of those that a style draws together with others: their objects are lines of their own
//! that show nothing.

use crate::error::Result;
use crate::geo::clip::Cut;
use crate::map::{Features, Geometry};
use crate::scene::{Group, Scene};
use std::collections::BTreeMap;

/// Letter and id of an element.
pub type Source = (char, i64);

/// Lines of an element.
type Lines = Vec<Vec<[f64; 2]>>;

/// Features by what their objects need.
#[derive(Default)]
pub struct Known {
    /// Their names.
    pub names: BTreeMap<Source, String>,
    /// Lines by layer and class; each is taken by the layer of the drawing that shows it first.
    lines: BTreeMap<(String, String), Vec<(Source, Lines)>>,
}

/// Places on a millimetre of the sheet, on which lines are cut.
const GRID: f64 = 100.0;

impl Known {
    /// Of features, in degrees.
    ///
    /// # Errors
    /// [`crate::error::Error::Crs`] for what has no place in degrees.
    pub fn of(features: &Features) -> Result<Self> {
        let mut known = Self::default();
        for feature in &features.rows {
            let element = feature.element;
            let source = (element.kind.letter(), features.map.osm.id(element));
            if let Some(name) = features.name(feature) {
                known.names.entry(source).or_insert_with(|| name.into_owned());
            }
            if feature.geometry == Geometry::Line {
                let class = features.class(feature);
                let mut lines = Lines::new();
                for part in features.shapes.parts(&feature.parts) {
                    let points = features.shapes.points(part);
                    lines.push(points.iter().map(|&point| features.crs.unproject(point)).collect::<Result<_>>()?);
                }
                let key = (class.layer.to_owned(), class.id.to_owned());
                known.lines.entry(key).or_default().push((source, lines));
            }
        }
        Ok(known)
    }

    /// Takes the lines of a class in millimetres of the sheet, cut at its frame. `group` is the id of what shows them: that of
    /// the class, `roads.primary`, where there is one, else the first that is no casing, `roads-tunnels.primary`.
    pub fn take(&mut self, group: &str, scene: &Scene) -> Vec<(Source, Lines)> {
        let (place, class) = group.split_once('.').unwrap_or((group, ""));
        let layer = place.split('-').next().unwrap_or(place);
        let class = class.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end_matches('-');
        let own = format!("{layer}.{class}");
        if group != own && (place.contains("casings") || there(&scene.groups, &own)) {
            return Vec::new();
        }
        let taken = self.lines.remove(&(layer.to_owned(), class.to_owned())).unwrap_or_default();
        let step = |side: f64| libm::round(side * GRID) as i64;
        let [x, y, width, height] = scene.sheet.painted();
        let frame = Cut::new([x, y, x + width, y + height].map(step), None);
        let placed = taken.into_iter().map(|(source, lines)| {
            let mut cut = Lines::new();
            for line in lines {
                let places =
                    line.iter().map(|&point| scene.sheet.crs.project(point).map(|place| scene.sheet.place(place)));
                // What the system cannot show is not on the sheet.
                let Ok(places) = places.collect::<Result<Vec<_>>>() else { continue };
                let grid: Vec<_> = places.iter().map(|place| place.map(step)).collect();
                let pieces = frame.line(&grid);
                cut.extend(
                    pieces.iter().map(|piece| piece.iter().map(|point| point.map(|side| side as f64 / GRID)).collect()),
                );
            }
            (source, cut)
        });
        placed.filter(|(_, lines)| !lines.is_empty()).collect()
    }
}

/// Whether a group is among these, or in one of them.
fn there(groups: &[Group], id: &str) -> bool {
    groups.iter().any(|group| group.id == id || there(&group.groups, id))
}
