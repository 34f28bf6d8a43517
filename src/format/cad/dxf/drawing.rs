//! Features → entities of a drawing.

use super::fault::fault;
use super::look::Layers;
use super::{text, xdata};
use crate::error::Result;
use crate::format::Job;
use crate::map::{Feature, Features, Geometry, Part, Role};
use crate::note::Notes;
use crate::osm::ATTRIBUTION;
use crate::plan::Plan;
use crate::style::Legend;
use acadrust::CadDocument;
use acadrust::entities::{
    BoundaryEdge, BoundaryPath, EntityCommon, EntityType, Hatch, LwPolyline, Point, PolylineEdge, Text,
    TextHorizontalAlignment, TextVerticalAlignment,
};
use acadrust::tables::AppId;
use acadrust::types::{DxfVersion, Vector2, Vector3};

/// $INSUNITS: metres.
const METRES: i16 = 6;
/// $PDMODE: a circle with a cross, so that points can be seen.
const CROSS: i16 = 34;
/// Size of points on paper, mm.
const POINT_MM: f64 = 1.0;

/// A drawing that grows.
pub(super) struct Drawing<'f, 'm, 's> {
    document: CadDocument,
    layers: Layers<'s>,
    features: &'f Features<'m>,
    origin: [f64; 2],
    /// Height of names, metres.
    height: f64,
    names: bool,
    tags: bool,
    hatch: bool,
    /// Lines too short for their names.
    short: u64,
    /// Features with more tags than fit.
    full: u64,
}

impl<'f, 'm, 's> Drawing<'f, 'm, 's> {
    /// An empty drawing of the features' frame.
    pub(super) fn new(plan: &'f Plan<'m>, legend: &'s Legend<'s>, job: &Job) -> Result<Self> {
        let features = &plan.features;
        let [left, bottom, right, top] = features.extent;
        let origin = match job.settings.text("origin") {
            "local" => [libm::floor(left), libm::floor(bottom)],
            _ => [0.0, 0.0],
        };
        let metres = plan.metres_per_mm();
        let mut document = CadDocument::with_version(DxfVersion::AC1015);
        let header = &mut document.header;
        header.insertion_units = METRES;
        header.measurement = 1;
        header.point_display_mode = CROSS;
        header.point_display_size = POINT_MM * metres;
        header.model_space_extents_min = Vector3::new(left - origin[0], bottom - origin[1], 0.0);
        header.model_space_extents_max = Vector3::new(right - origin[0], top - origin[1], 0.0);
        document.app_ids.add(AppId::new(xdata::APPLICATION)).map_err(fault)?;
        let drawing = Self {
            document,
            layers: Layers::new(legend, metres),
            features,
            origin,
            height: job.settings.number("text_mm") * metres,
            names: job.settings.flag("names"),
            tags: job.settings.flag("tags"),
            hatch: job.settings.flag("hatch"),
            short: 0,
            full: 0,
        };
        Ok(drawing)
    }

    /// What stands before the drawing: where it is from and where it lies.
    pub(super) fn comment(&self) -> String {
        let (epsg, [x, y]) = (self.features.crs.epsg, self.origin);
        let lines = [
            "(c) OpenStreetMap contributors, ODbL, https://www.openstreetmap.org/copyright".to_owned(),
            format!("EPSG:{epsg}, metres; origin of the drawing at {x} {y}"),
        ];
        lines.iter().map(|line| format!("999\r\n{line}\r\n")).collect()
    }

    /// Adds a feature: its geometry, and its name as text.
    pub(super) fn feature(&mut self, feature: &Feature) -> Result<()> {
        let features = self.features;
        let class = features.class(feature);
        let layer = self.layers.of(&mut self.document, feature.class, class)?;
        let (record, full) = xdata::record(features, feature, self.tags);
        self.full += u64::from(full);
        let mut common = EntityCommon::with_layer(layer);
        common.extended_data.add_record(record);
        let parts = features.shapes.parts(&feature.parts);
        for part in parts {
            let points = features.shapes.points(part);
            let entity = match (part.role, points.as_ref()) {
                (Role::Point, [place, ..]) => {
                    EntityType::Point(Point { common: common.clone(), ..Point::at(self.at(*place)) })
                }
                (Role::Line, [_, _, ..]) => self.polyline(&points, false, &common),
                (Role::Outer | Role::Inner, [ring @ .., _]) if ring.len() > 2 => self.polyline(ring, true, &common),
                _ => continue,
            };
            self.document.add_entity(entity).map_err(fault)?;
        }
        if self.hatch && feature.geometry == Geometry::Area {
            let hatch = self.hatched(parts, &common);
            self.document.add_entity(hatch).map_err(fault)?;
        }
        if self.names {
            self.name(feature)?;
        }
        Ok(())
    }

    /// The document, with the terms written below the frame.
    pub(super) fn finish(mut self, notes: &mut Notes) -> Result<CadDocument> {
        let [left, bottom, ..] = self.features.extent;
        let at = [left, bottom - 2.0 * self.height];
        self.text(ATTRIBUTION, "attribution", at, 0.0, TextHorizontalAlignment::Left)?;
        if self.short > 0 {
            let message =
                format!("{} lines are too short for their names at this scale; the names are in the data.", self.short);
            notes.say("short_lines", self.short, message);
        }
        if self.full > 0 {
            let message = format!("{} objects have more tags than extended data can hold.", self.full);
            notes.say("long_xdata", self.full, message);
        }
        Ok(self.document)
    }

    /// A point of the map in the drawing.
    fn flat(&self, [x, y]: [f64; 2]) -> Vector2 {
        // Taking the origin away must not leave dust behind the millimetres.
        let step = |value: f64| libm::round(value * 1e7) / 1e7;
        Vector2::new(step(x - self.origin[0]), step(y - self.origin[1]))
    }

    fn at(&self, place: [f64; 2]) -> Vector3 {
        let Vector2 { x, y } = self.flat(place);
        Vector3::new(x, y, 0.0)
    }

    fn polyline(&self, points: &[[f64; 2]], closed: bool, common: &EntityCommon) -> EntityType {
        let mut line = LwPolyline::from_points(points.iter().map(|point| self.flat(*point)).collect());
        line.is_closed = closed;
        // Dashes run on over the corners.
        line.plinegen = true;
        line.common = common.clone();
        EntityType::LwPolyline(line)
    }

    /// A solid filling; holes are its inner boundaries.
    fn hatched(&self, parts: &[Part], common: &EntityCommon) -> EntityType {
        let mut hatch = Hatch::solid();
        hatch.common = EntityCommon::with_layer(common.layer.clone());
        for part in parts {
            let points = self.features.shapes.points(part);
            let [ring @ .., _] = points.as_ref() else { continue };
            let mut path = if part.role == Role::Outer { BoundaryPath::external() } else { BoundaryPath::new() };
            let ring = ring.iter().map(|point| self.flat(*point)).collect();
            path.add_edge(BoundaryEdge::Polyline(PolylineEdge::new(ring, true)));
            hatch.paths.push(path);
        }
        EntityType::Hatch(Box::new(hatch))
    }

    fn name(&mut self, feature: &Feature) -> Result<()> {
        let features = self.features;
        let Some(name) = features.name(feature).map(|name| text::drawn(&name)).filter(|name| !name.is_empty()) else {
            return Ok(());
        };
        let place = text::place(features, feature, name.chars().count(), self.height);
        let Some((place, angle)) = place else {
            self.short += u64::from(feature.geometry == Geometry::Line);
            return Ok(());
        };
        let layer = format!("names-{}", features.class(feature).layer);
        let side = match feature.geometry {
            Geometry::Point => TextHorizontalAlignment::Left,
            Geometry::Line | Geometry::Area => TextHorizontalAlignment::Center,
        };
        self.text(&name, &layer, place, angle, side)
    }

    fn text(
        &mut self,
        value: &str,
        layer: &str,
        place: [f64; 2],
        angle: f64,
        side: TextHorizontalAlignment,
    ) -> Result<()> {
        Layers::plain(&mut self.document, layer)?;
        let at = self.at(place);
        let mut text = Text::with_value(value, at).with_height(self.height).with_rotation(angle.to_radians());
        text.common = EntityCommon::with_layer(layer);
        text.horizontal_alignment = side;
        text.vertical_alignment = TextVerticalAlignment::Middle;
        text.alignment_point = Some(at);
        self.document.add_entity(EntityType::Text(text)).map_err(fault)?;
        Ok(())
    }
}
