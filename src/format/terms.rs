//! What the data are, in words that files hold beside them.

use crate::map::Features;

/// What a layer is, in one sentence.
pub fn about(features: &Features) -> String {
    format!("Data of OpenStreetMap, {}", features.map.osm.timestamp).trim_end_matches([' ', ',']).to_owned()
}
