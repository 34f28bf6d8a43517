//! Versions since R13, as the crate acadrust writes them: the whole drawing is held until it is done.

use super::encoder::{Encoder, Head, Layer, On, Words};
use super::version::Version;
use super::xdata::APPLICATION;
use crate::error::{Error, Result};
use crate::sink::Sink;
use acadrust::entities::{
    BoundaryEdge, BoundaryPath, EntityCommon, EntityType, Hatch, LwPolyline, Point, PolylineEdge, Text,
    TextHorizontalAlignment, TextVerticalAlignment,
};
use acadrust::error::DxfError;
use acadrust::tables::{self, AppId, LineType, LineTypeElement};
use acadrust::types::{Vector2, Vector3};
use acadrust::xdata::{ExtendedDataRecord, XDataValue};
use acadrust::{CadDocument, DxfWriter};

/// $INSUNITS: metres.
const METRES: i16 = 6;
/// $PDMODE: a circle with a cross, so that points can be seen.
const CROSS: i16 = 34;

/// A drawing as the crate holds it.
pub(super) struct Modern {
    version: &'static Version,
    document: CadDocument,
    comment: String,
}

impl Modern {
    pub(super) fn new(version: &'static Version, head: &Head) -> Result<Self> {
        let mut document = CadDocument::with_version(version.code);
        let [left, bottom, right, top] = head.extent;
        let header = &mut document.header;
        header.insertion_units = METRES;
        header.measurement = 1;
        header.point_display_mode = CROSS;
        header.point_display_size = head.point;
        header.model_space_extents_min = Vector3::new(left, bottom, 0.0);
        header.model_space_extents_max = Vector3::new(right, top, 0.0);
        if version.properties {
            document.summary_info.comments = head.about.join("; ");
        }
        document.app_ids.add(AppId::new(APPLICATION)).map_err(fault)?;
        let comment = head.comments().filter(|_| version.comments).map(|line| format!("999\r\n{line}\r\n")).collect();
        Ok(Self { version, document, comment })
    }

    pub(super) fn write(self, sink: &mut dyn Sink) -> Result<()> {
        let writer = match self.version.binary {
            true => DxfWriter::new_binary(&self.document),
            false => DxfWriter::new(&self.document),
        };
        sink.put(self.comment.as_bytes())?;
        sink.put(&writer.write_to_vec().map_err(fault)?)
    }

    fn add(&mut self, entity: EntityType) -> Result<()> {
        self.document.add_entity(entity).map_err(fault)?;
        Ok(())
    }
}

impl Encoder for Modern {
    fn layer(&mut self, layer: &Layer) -> Result<()> {
        let mut row = tables::Layer::with_color(&layer.name, layer.color);
        if !layer.dashes.is_empty() {
            self.document.line_types.add(line_type(layer)).map_err(fault)?;
            row.line_type = layer.name.clone();
        }
        self.document.layers.add(row).map_err(fault)
    }

    fn point(&mut self, on: &On, at: [f64; 2]) -> Result<()> {
        self.add(EntityType::Point(Point { common: common(on), ..Point::at(flat(at)) }))
    }

    fn polyline(&mut self, on: &On, points: &[[f64; 2]], closed: bool) -> Result<()> {
        let mut line = LwPolyline::from_points(points.iter().map(|[x, y]| Vector2::new(*x, *y)).collect());
        line.is_closed = closed;
        // Dashes run on over the corners.
        line.plinegen = true;
        line.common = common(on);
        self.add(EntityType::LwPolyline(line))
    }

    fn filling(&mut self, on: &On, rings: &[(bool, Vec<[f64; 2]>)]) -> Result<()> {
        let mut hatch = Hatch::solid();
        hatch.common = common(on);
        for (outer, ring) in rings {
            let mut path = if *outer { BoundaryPath::external() } else { BoundaryPath::new() };
            let ring = ring.iter().map(|[x, y]| Vector2::new(*x, *y)).collect();
            path.add_edge(BoundaryEdge::Polyline(PolylineEdge::new(ring, true)));
            hatch.paths.push(path);
        }
        self.add(EntityType::Hatch(Box::new(hatch)))
    }

    fn text(&mut self, on: &On, words: &Words) -> Result<()> {
        let at = flat(words.at);
        let mut text = Text::with_value(words.value, at).with_height(words.height);
        text = text.with_rotation(words.angle.to_radians());
        text.common = common(on);
        text.horizontal_alignment = match words.centred {
            true => TextHorizontalAlignment::Center,
            false => TextHorizontalAlignment::Left,
        };
        text.vertical_alignment = TextVerticalAlignment::Middle;
        text.alignment_point = Some(at);
        self.add(EntityType::Text(text))
    }
}

fn flat([x, y]: [f64; 2]) -> Vector3 {
    Vector3::new(x, y, 0.0)
}

fn common(on: &On) -> EntityCommon {
    let mut common = EntityCommon::with_layer(on.layer);
    if !on.data.is_empty() {
        let mut record = ExtendedDataRecord::new(APPLICATION);
        on.data.iter().for_each(|text| record.add_value(XDataValue::String(text.clone())));
        common.extended_data.add_record(record);
    }
    common
}

/// Dashes and gaps, named as the layer that has them.
fn line_type(layer: &Layer) -> LineType {
    let mut line_type = LineType::new(&layer.name);
    // Programs draw nothing of a pattern without a length.
    line_type.pattern_length = layer.dashes.iter().sum();
    for (row, length) in layer.dashes.iter().enumerate() {
        line_type.add_element(match row.is_multiple_of(2) {
            true if *length > 0.0 => LineTypeElement::dash(*length),
            true => LineTypeElement::dot(),
            false => LineTypeElement::space(*length),
        });
    }
    line_type
}

/// A failure of the crate that writes.
fn fault(fault: DxfError) -> Error {
    Error::Internal(format!("the drawing cannot be written: {fault}"))
}
