//! Features → tables.

use super::promote::promote;
use super::{Column, ColumnKind, Table, place};
use crate::error::Result;
use crate::map::{Feature, Features, Field, FieldKind, Geometry, LAYERS, Layer, Value};
use crate::watch::{Stage, Watch};
use crate::wire::json;
use std::collections::BTreeMap;

/// How features become tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Split {
    /// One table of everything; columns say layer, kind of geometry and a place.
    Whole,
    /// The same without what geometry beside it says better: kind and place.
    Shaped,
    /// A table for every layer and kind of geometry.
    Layers,
}

/// The columns before the typed fields of the layers.
const COMMON: &[(&str, ColumnKind)] = &[
    ("osm_id", ColumnKind::Int),
    ("osm_type", ColumnKind::Text),
    ("class", ColumnKind::Text),
    ("type", ColumnKind::Text),
    ("name", ColumnKind::Text),
    ("layer_z", ColumnKind::Int),
];
/// The column behind them in tables of everything: the other layers of an element.
const ALSO: &str = "also";

/// Makes tables of features: in order of layers, then points, lines, areas. Tags that `promoted` names ([`promote`]) have a
/// column of their own before that of all tags.
///
/// # Errors
/// [`crate::error::Error::Cancelled`].
pub fn list<'f, 'm>(
    features: &'f Features<'m>,
    split: Split,
    promoted: &str,
    watch: &mut Watch,
) -> Result<Vec<Table<'f, 'm>>> {
    let mut groups: BTreeMap<(usize, Geometry), Vec<u32>> = BTreeMap::new();
    for (row, feature) in features.rows.iter().enumerate() {
        let key = match split {
            Split::Whole | Split::Shaped => (0, Geometry::Point),
            Split::Layers => (layer_row(features, feature), feature.geometry),
        };
        groups.entry(key).or_default().push(row as u32);
    }
    if split != Split::Layers {
        let rows = groups.into_values().next().unwrap_or_default();
        return Ok(vec![whole(features, rows, (split == Split::Whole, promoted), watch)?]);
    }
    groups.into_iter().map(|(key, rows)| one(features, key, rows, promoted, watch)).collect()
}

/// The row of a feature's layer; one past the last for a layer that is in no table.
fn layer_row(features: &Features, feature: &Feature) -> usize {
    let id = features.class(feature).layer;
    LAYERS.iter().position(|layer| layer.id == id).unwrap_or(LAYERS.len())
}

fn fields(layer: usize) -> &'static [Field] {
    LAYERS.get(layer).map_or(&[], |layer: &Layer| layer.fields)
}

fn column(field: &Field) -> Column {
    Column::new(
        field.name,
        match field.kind {
            FieldKind::Text => ColumnKind::Text,
            FieldKind::Int => ColumnKind::Int,
            FieldKind::Number => ColumnKind::Number(3),
            FieldKind::Flag => ColumnKind::Flag,
        },
    )
}

/// One table of everything, with words for geometry where they are wanted; fields that no feature has are left out.
fn whole<'f, 'm>(
    features: &'f Features<'m>,
    rows: Vec<u32>,
    (placed, promoted): (bool, &str),
    watch: &mut Watch,
) -> Result<Table<'f, 'm>> {
    let mut typed: Vec<Column> = Vec::new();
    for field in (0..LAYERS.len()).flat_map(fields) {
        if typed.iter().all(|known| known.name != field.name) {
            typed.push(column(field));
        }
    }
    // For every layer its fields, each with the row of its column.
    let find = |field: &Field| typed.iter().position(|column| column.name == field.name);
    let own = |layer: usize| fields(layer).iter().filter_map(|field| Some((find(field)?, field))).collect();
    let own: Vec<Vec<(usize, &Field)>> = (0..=LAYERS.len()).map(own).collect();
    let degrees = features.crs.geographic;
    let (x, y, digits) = if degrees { ("lon", "lat", 7) } else { ("x", "y", 3) };
    let mut layer = Column::new("layer", ColumnKind::Text);
    let mut shape = Column::new("geometry", ColumnKind::Text);
    let mut places = [x, y].map(|name| Column::new(name, ColumnKind::Number(digits)));
    let (mut common, mut tags) = (common_columns(), Column::new("tags", ColumnKind::Json));
    let mut also = Column::new(ALSO, ColumnKind::Text);
    let total = rows.len() as u64;
    for (done, feature) in rows.iter().filter_map(|&row| features.rows.get(row as usize)).enumerate() {
        if done.is_multiple_of(1000) {
            watch.at(Stage::Draw, done as u64, total)?;
        }
        layer.push(Value::Text(features.class(feature).layer));
        push_common(&mut common, features, feature);
        also.push(Value::Text(&features.also(feature)));
        // Most columns are those of other layers: rows without a value are given them together.
        for &(column, field) in own.get(layer_row(features, feature)).into_iter().flatten() {
            let (value, Some(column)) = (features.field(feature, field), typed.get_mut(column)) else { continue };
            if value != Value::None {
                column.pad(done);
                column.push(value);
            }
        }
        if placed {
            push_place(&mut shape, &mut places, features, feature);
        }
        push_tags(&mut tags, features, feature);
    }
    typed.iter_mut().for_each(|column| column.pad(rows.len()));
    typed.retain(|column| !column.is_empty());
    let words = [shape].into_iter().chain(places).filter(|_| placed);
    let mut columns: Vec<Column> = [layer].into_iter().chain(common).chain([also]).chain(typed).chain(words).collect();
    columns.extend(promote(features, &rows, promoted, &columns));
    columns.push(tags);
    Ok(Table { name: "features".into(), features, geometry: None, rows, columns })
}

/// The kind of geometry, and a place.
fn push_place(shape: &mut Column, places: &mut [Column; 2], features: &Features, feature: &Feature) {
    shape.push(Value::Text(match feature.geometry {
        Geometry::Point => "point",
        Geometry::Line => "line",
        Geometry::Area => "area",
    }));
    let place = place(features, feature);
    for (axis, column) in places.iter_mut().enumerate() {
        column.push(place.and_then(|place| place.get(axis).copied()).map_or(Value::None, Value::Number));
    }
}

/// The table of one layer and kind of geometry, with all fields of the layer.
fn one<'f, 'm>(
    features: &'f Features<'m>,
    (layer, geometry): (usize, Geometry),
    rows: Vec<u32>,
    promoted: &str,
    watch: &mut Watch,
) -> Result<Table<'f, 'm>> {
    let own = fields(layer);
    let mut common = common_columns();
    let mut typed: Vec<Column> = own.iter().map(column).collect();
    let mut tags = Column::new("tags", ColumnKind::Json);
    let total = rows.len() as u64;
    for (done, feature) in rows.iter().filter_map(|&row| features.rows.get(row as usize)).enumerate() {
        if done.is_multiple_of(1000) {
            watch.at(Stage::Draw, done as u64, total)?;
        }
        push_common(&mut common, features, feature);
        for (column, field) in typed.iter_mut().zip(own) {
            column.push(features.field(feature, field));
        }
        push_tags(&mut tags, features, feature);
    }
    let shape = match geometry {
        Geometry::Point => "point",
        Geometry::Line => "line",
        Geometry::Area => "area",
    };
    let name = format!("{}_{shape}", LAYERS.get(layer).map_or("other", |layer| layer.id));
    let mut columns: Vec<Column> = common.into_iter().chain(typed).collect();
    columns.extend(promote(features, &rows, promoted, &columns));
    columns.push(tags);
    Ok(Table { name, features, geometry: Some(geometry), rows, columns })
}

fn common_columns() -> Vec<Column> {
    COMMON.iter().map(|&(name, kind)| Column::new(name, kind)).collect()
}

fn push_common(columns: &mut [Column], features: &Features, feature: &Feature) {
    let mut letter = [0; 4];
    let (kind, name) = (feature.element.kind.letter().encode_utf8(&mut letter), features.name(feature));
    let values = [
        Value::Int(features.map.osm.id(feature.element)),
        Value::Text(kind),
        Value::Text(features.class(feature).id),
        Value::Text(features.value(feature)),
        name.as_deref().map_or(Value::None, Value::Text),
        Value::Int(feature.layer_z.into()),
    ];
    columns.iter_mut().zip(values).for_each(|(column, value)| column.push(value));
}

/// All tags as a JSON object.
fn push_tags(column: &mut Column, features: &Features, feature: &Feature) {
    let osm = &features.map.osm;
    let mut out = vec![b'{'];
    for (row, &(key, value)) in osm.tags(feature.element).iter().enumerate() {
        if row > 0 {
            out.push(b',');
        }
        json::string(&mut out, osm.strings.get(key));
        out.push(b':');
        json::string(&mut out, osm.strings.get(value));
    }
    out.push(b'}');
    column.push(Value::Text(&String::from_utf8_lossy(&out)));
}
