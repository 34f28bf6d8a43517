//! What the data are, in words that files hold beside them, and what tables say of their rows.

use super::Job;
use crate::map::Features;
use crate::note::Notes;

/// What a layer is, in one sentence.
pub fn about(features: &Features) -> String {
    format!("Data of OpenStreetMap, {}", features.map.osm.timestamp).trim_end_matches([' ', ',']).to_owned()
}

/// Terms, provenance and date as pairs of names and texts.
pub fn pairs(features: &Features, job: &Job) -> Vec<(&'static str, String)> {
    let mut pairs = vec![
        ("attribution", crate::osm::ATTRIBUTION.to_owned()),
        ("license", crate::osm::LICENCE.to_owned()),
        ("mapwright", job.provenance.text()),
    ];
    let timestamp = &features.map.osm.timestamp;
    if !timestamp.is_empty() {
        pairs.push(("timestamp", timestamp.clone()));
    }
    pairs
}

/// Says how many rows have no geometry, if some have none.
pub fn say_empty(count: u64, notes: &mut Notes) {
    if count > 0 {
        let message = format!("{count} features are smaller than the last decimal and have no geometry.");
        notes.say("empty_geometry", count, message);
    }
}
