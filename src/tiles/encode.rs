//! Pieces → a Mapbox Vector Tile (version 2.1), by fast-mvt.

use super::cut::Piece;
use crate::error::{Error, Result};
use crate::geo::ring::Point;
use crate::map::{Feature, Features, FieldKind, Geometry, LAYERS, Layer, Role, Value};
use crate::osm::Kind;
use fast_mvt::{MvtCoord, MvtFeatureBuilder, MvtGeomType, MvtLayerBuilder, MvtResult, MvtTileBuilder, MvtValueRef};

/// The fields of every feature, and what TileJSON calls their values.
const COMMON: &[(&str, &str)] = &[
    ("osm_id", "Number"),
    ("osm_type", "String"),
    ("class", "String"),
    ("type", "String"),
    ("name", "String"),
    ("layer_z", "Number"),
    ("rank", "Number"),
];
/// What roads have besides: whether it is a link, as styles ask.
const LINK: (&str, &str) = ("link", "Boolean");

/// All fields of a layer.
pub fn fields(layer: &Layer) -> Vec<(&'static str, &'static str)> {
    let typed = layer.fields.iter().map(|field| {
        let kind = match field.kind {
            FieldKind::Text => "String",
            FieldKind::Int | FieldKind::Number => "Number",
            FieldKind::Flag => "Boolean",
        };
        (field.name, kind)
    });
    COMMON.iter().copied().chain(typed).chain((layer.id == "roads").then_some(LINK)).collect()
}

/// A tile of pieces, which come in order of layers.
///
/// # Errors
/// [`Error::Internal`] where the encoder refuses something.
pub fn encode(features: &Features, pieces: &[Piece]) -> Result<Vec<u8>> {
    build(features, pieces).map_err(|fault| Error::Internal(format!("vector tile: {fault}")))
}

fn build(features: &Features, pieces: &[Piece]) -> MvtResult<Vec<u8>> {
    let layer_of = |piece: &Piece| features.rows.get(piece.row as usize).map(|feature| features.class(feature).layer);
    let mut tile = MvtTileBuilder::new();
    for group in pieces.chunk_by(|a, b| layer_of(a) == layer_of(b)) {
        let Some(id) = group.first().and_then(layer_of) else { continue };
        let own = LAYERS.iter().find(|layer| layer.id == id);
        let mut layer = tile.layer(id)?;
        for piece in group {
            if let Some(feature) = features.rows.get(piece.row as usize) {
                layer = add(layer, features, feature, own, &piece.parts)?;
            }
        }
        tile = layer.end();
    }
    Ok(tile.encode())
}

fn add(
    layer: MvtLayerBuilder,
    features: &Features,
    feature: &Feature,
    own: Option<&Layer>,
    parts: &[(Role, Vec<Point>)],
) -> MvtResult<MvtLayerBuilder> {
    let mut out = layer.feature_of(match feature.geometry {
        Geometry::Point => MvtGeomType::Point,
        Geometry::Line => MvtGeomType::LineString,
        Geometry::Area => MvtGeomType::Polygon,
    });
    let id = features.map.osm.id(feature.element);
    let digit = match feature.element.kind {
        Kind::Node => 1,
        Kind::Way => 2,
        Kind::Relation => 3,
    };
    // As Planetiler numbers them: ten times the id and a digit for the kind.
    out.id(u64::try_from(id).ok().filter(|id| *id > 0).and_then(|id| id.checked_mul(10)?.checked_add(digit)));
    if feature.geometry == Geometry::Point {
        out.points(parts.iter().flat_map(|(_, points)| points).map(coordinate))?;
    }
    for (role, points) in parts {
        match role {
            Role::Point => {}
            Role::Line => {
                out.line(points.iter().map(coordinate))?;
            }
            Role::Outer => {
                out.ring(points.iter().map(coordinate), true)?;
            }
            Role::Inner => {
                out.ring(points.iter().map(coordinate), false)?;
            }
        }
    }
    tags(&mut out, features, feature, own)?;
    Ok(out.end())
}

fn coordinate(&[x, y]: &Point) -> MvtCoord {
    let narrow = |value: i64| value.clamp(-(1 << 20), 1 << 20) as i32;
    MvtCoord { x: narrow(x), y: narrow(y) }
}

fn tags(out: &mut MvtFeatureBuilder, features: &Features, feature: &Feature, own: Option<&Layer>) -> MvtResult<()> {
    let mut letter = [0; 4];
    let kind = feature.element.kind.letter().encode_utf8(&mut letter);
    out.tag_ref("osm_id", MvtValueRef::Int(features.map.osm.id(feature.element)))?;
    out.tag_ref("osm_type", MvtValueRef::String(kind))?;
    out.tag_ref("class", MvtValueRef::String(features.class(feature).id))?;
    out.tag_ref("type", MvtValueRef::String(features.value(feature)))?;
    if let Some(name) = features.name(feature) {
        out.tag_ref("name", MvtValueRef::String(&name))?;
    }
    out.tag_ref("layer_z", MvtValueRef::SInt(feature.layer_z.into()))?;
    out.tag_ref("rank", MvtValueRef::SInt(features.class(feature).rank.into()))?;
    if own.is_some_and(|layer| layer.id == "roads") {
        out.tag_ref(LINK.0, MvtValueRef::Bool(features.value(feature).ends_with("_link")))?;
    }
    for field in own.map_or(&[][..], |layer| layer.fields) {
        match features.field(feature, field) {
            Value::None => {}
            Value::Text(text) => {
                out.tag_ref(field.name, MvtValueRef::String(text))?;
            }
            Value::Int(whole) => {
                out.tag_ref(field.name, MvtValueRef::SInt(whole))?;
            }
            Value::Number(real) => {
                out.tag_ref(field.name, MvtValueRef::Double(libm::round(real * 1000.0) / 1000.0))?;
            }
            Value::Flag(flag) => {
                out.tag_ref(field.name, MvtValueRef::Bool(flag))?;
            }
        }
    }
    Ok(())
}
