//! What a feature is and all its tags, as texts `key=value`.

use super::encoder::Object;
use super::limits::{Letters, Limits};
use super::text::{drawn, plain};
use crate::map::{Feature, Features};

/// Longest text, in bytes of the file.
const LONGEST: usize = 250;
/// Extended data of one object of AutoCAD may be 16 kB long; LibreDWG passes over objects that have 12 kB.
const ROOM: usize = 10_000;

/// What a feature is, and whether something had to be left out.
pub(super) fn object(features: &Features, feature: &Feature, tags: bool, limits: &Limits) -> (Object, bool) {
    let letters = limits.letters;
    let osm = &features.map.osm;
    let class = features.class(feature);
    let name = features.name(feature);
    let (kind, id) = (feature.element.kind.letter(), osm.id(feature.element));
    let mut record = Record { letters, texts: Vec::new(), size: 0, full: false };
    record.push("osm_id", &id.to_string());
    record.push("osm_type", &kind.to_string());
    record.push("layer", class.layer);
    record.push("class", class.id);
    record.push("type", features.value(feature));
    if let Some(name) = &name {
        record.push("name", name);
    }
    if tags {
        for &(key, value) in osm.tags(feature.element) {
            record.push(&format!("tag:{}", osm.strings.get(key)), osm.strings.get(value));
        }
    }
    let name = name.map(|name| drawn(&name, limits).0);
    let object = Object { osm: format!("{kind}{id}"), layer: class.layer, class: class.id, name, data: record.texts };
    (object, record.full)
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
            let more = (self.letters.bytes)(c);
            if length + more > LONGEST {
                pieces.push("+".into());
                length = 1;
            }
            length += more;
            if let Some(piece) = pieces.last_mut() {
                piece.push(c);
            }
        }
        // DWG has two bytes for every letter since 2007.
        let bytes = |c| (self.letters.bytes)(c).max(2 * c.len_utf16());
        let size: usize = whole.chars().map(bytes).sum::<usize>() + 8 * pieces.len();
        if self.size + size > ROOM {
            self.full = true;
            return;
        }
        self.size += size;
        self.texts.extend(pieces);
    }
}
