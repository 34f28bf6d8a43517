//! Extended data: what a feature is and all its tags, as texts `key=value`.

use super::text::{coded, plain};
use super::version::Letters;
use crate::map::{Feature, Features};

/// The application that the data is registered under.
pub(super) const APPLICATION: &str = "MAPWRIGHT";
/// Longest text of extended data, in bytes of the file.
const LONGEST: usize = 250;
/// Extended data of one object may be 16 kB long.
const ROOM: usize = 12_000;

/// The texts of a feature, and whether something had to be left out.
pub(super) fn texts(features: &Features, feature: &Feature, tags: bool, letters: Letters) -> (Vec<String>, bool) {
    let osm = &features.map.osm;
    let class = features.class(feature);
    let mut record = Record { letters, texts: Vec::new(), size: 0, full: false };
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
    (record.texts, record.full)
}

struct Record {
    letters: Letters,
    texts: Vec<String>,
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
            let more = self.letters.bytes(c);
            if length + more > LONGEST {
                pieces.push("+".into());
                length = 1;
            }
            length += more;
            if let Some(piece) = pieces.last_mut() {
                piece.push(c);
            }
        }
        let size: usize = whole.chars().map(|c| self.letters.bytes(c)).sum::<usize>() + 8 * pieces.len();
        if self.size + size > ROOM {
            self.full = true;
            return;
        }
        self.size += size;
        self.texts.extend(pieces.iter().map(|piece| coded(piece)));
    }
}
