//! Extended data: what a feature is and all its tags, as texts `key=value`.

use super::text::{coded, encoded, plain};
use crate::map::{Feature, Features};
use acadrust::xdata::{ExtendedDataRecord, XDataValue};

/// The application that the data is registered under.
pub(super) const APPLICATION: &str = "MAPWRIGHT";
/// Longest text of extended data, in bytes of the file.
const LONGEST: usize = 250;
/// Extended data of one object may be 16 kB long.
const ROOM: usize = 12_000;

/// The record of a feature, and whether something had to be left out.
pub(super) fn record(features: &Features, feature: &Feature, tags: bool) -> (ExtendedDataRecord, bool) {
    let osm = &features.map.osm;
    let class = features.class(feature);
    let mut record = Record { record: ExtendedDataRecord::new(APPLICATION), size: 0, full: false };
    record.push("osm_id", &osm.id(feature.element).to_string());
    record.push("osm_type", &feature.element.kind.letter().to_string());
    record.push("layer", class.layer);
    record.push("class", class.id);
    record.push("type", features.value(feature));
    if let Some(name) = features.name(feature) {
        record.push("name", &name);
    }
    if tags {
        for &(key, value) in osm.tags(feature.element) {
            record.push(&format!("tag:{}", osm.strings.get(key)), osm.strings.get(value));
        }
    }
    (record.record, record.full)
}

struct Record {
    record: ExtendedDataRecord,
    size: usize,
    full: bool,
}

impl Record {
    /// Adds `key=value`; what is too long for one text goes on in the next ones, which begin with `+`.
    fn push(&mut self, key: &str, value: &str) {
        let whole = plain(&format!("{key}={value}"));
        let mut pieces = vec![String::new()];
        let mut length = 0;
        for c in whole.chars() {
            let more = encoded(c);
            if length + more > LONGEST {
                pieces.push("+".into());
                length = 1;
            }
            length += more;
            if let Some(piece) = pieces.last_mut() {
                piece.push(c);
            }
        }
        let size: usize = whole.chars().map(encoded).sum::<usize>() + 8 * pieces.len();
        if self.size + size > ROOM {
            self.full = true;
            return;
        }
        self.size += size;
        pieces.into_iter().for_each(|piece| self.record.add_value(XDataValue::String(coded(&piece))));
    }
}
