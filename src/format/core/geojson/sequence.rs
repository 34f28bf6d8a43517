//! GeoJSON text sequence (RFC 8142): a feature on each line, with the record separator before it or without.

use super::writer::{LICENCE, PROVENANCE, Writer};
use crate::format::{Job, Written};
use crate::map::Features;
use crate::sink::{Sink, spill};
use crate::watch::{Stage, Watch};

/// The alias that asks for lines without separators.
pub const LINES: &str = "geojsonl";
/// ASCII record separator.
const RECORD: u8 = 0x1e;

/// Writes the sequence.
pub fn write(features: &Features, job: &mut Job, watch: &mut Watch, sink: &mut dyn Sink) -> Written {
    let mut writer = Writer::new(features, job);
    let separator: &[u8] = if separated(job) { &[RECORD] } else { &[] };
    let provenance = std::mem::take(&mut writer.provenance);
    let timestamp = ("timestamp", features.map.osm.timestamp.as_str());
    let date = (!timestamp.1.is_empty()).then_some(timestamp);
    // A sequence has no head: its terms are members of the first feature.
    let terms: Vec<(&str, &str)> =
        LICENCE.iter().copied().chain([(PROVENANCE, provenance.as_str())]).chain(date).collect();
    let total = features.rows.len() as u64;
    for (done, feature) in features.rows.iter().enumerate() {
        if done.is_multiple_of(1000) {
            watch.at(Stage::Write, done as u64, total)?;
        }
        writer.out.extend_from_slice(separator);
        writer.feature(feature, if done == 0 { &terms } else { &[] });
        writer.out.push(b'\n');
        spill(&mut writer.out, sink)?;
    }
    if features.rows.is_empty() {
        writer.out.extend_from_slice(separator);
        writer.out.extend_from_slice(b"{\"type\":\"FeatureCollection\",");
        terms.iter().for_each(|(key, value)| writer.member(key, value));
        writer.out.extend_from_slice(b"\"features\":[]}\n");
    }
    writer.say_crs(job.notes);
    writer.finish(job.notes, sink)
}

/// Whether records are separated as RFC 8142 wants it: `auto` is yes, unless only lines were asked for by `geojsonl`.
fn separated(job: &Job) -> bool {
    match job.settings.text("separator") {
        "rs" => true,
        "newline" => false,
        _ => job.name != LINES,
    }
}
