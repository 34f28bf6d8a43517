//! What columns mean, for formats that describe their fields.

use super::Column;
use crate::map::LAYERS;

/// Columns that every table has.
const COMMON: &[(&str, &str)] = &[
    ("osm_id", "Number of the element in OpenStreetMap"),
    ("osm_type", "Kind of the element: n for a node, w for a way, r for a relation"),
    ("class", "Class within the layer"),
    ("type", "Value of the tag that gave the class"),
    ("name", "Name in the language that was asked for, else the local one"),
    ("layer_z", "Level, from the tag layer; bridges without one are at 1, tunnels at -1"),
    ("also", "Other layers that the element stands in"),
    ("layer", "Layer"),
    ("geometry", "Kind of geometry"),
    ("lon", "Longitude of a place on the line or in the area, degrees"),
    ("lat", "Latitude of a place on the line or in the area, degrees"),
    ("x", "Easting of a place on the line or in the area"),
    ("y", "Northing of a place on the line or in the area"),
    ("tags", "All tags as a JSON object"),
];
/// Fields that are measures, and their units.
const UNITS: &[(&str, &str)] = &[
    ("height", "metres"),
    ("min_height", "metres"),
    ("roof_ht", "metres"),
    ("roof_angle", "degrees"),
    ("roof_dir", "degrees from north"),
    ("width", "metres"),
    ("depth", "metres"),
    ("ele", "metres above sea level"),
    ("diameter", "metres"),
    ("maxspeed", "km/h"),
];

/// What a column of a table means, in one sentence.
pub fn about(column: &Column) -> String {
    if let Some((_, about)) = COMMON.iter().find(|(name, _)| *name == column.name) {
        return (*about).to_owned();
    }
    let field = LAYERS.iter().flat_map(|layer| layer.fields).find(|field| field.name == column.name);
    let key = field.map_or(column.name.as_ref(), |field| field.key);
    match UNITS.iter().find(|(name, _)| *name == column.name) {
        Some((_, unit)) => format!("From the tag {key}, {unit}"),
        None => format!("From the tag {key}"),
    }
}
