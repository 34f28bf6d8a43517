//! What both kinds of GeoJSON write: features one after the other, and the terms.

use crate::format::{Job, Written};
use crate::map::Features;
use crate::note::Notes;
use crate::sink::{BATCH, Sink};
use crate::wire::json;

/// Where the data comes from and on what terms, as foreign members of the collection (RFC 7946 §6.1).
pub const LICENCE: &[(&str, &str)] = &[
    ("attribution", crate::osm::ATTRIBUTION),
    ("license", crate::osm::LICENCE),
    ("source", crate::osm::COPYRIGHT),
    ("generator", "mapwright"),
];

/// The member that says how it was made.
pub const PROVENANCE: &str = "mapwright";

/// Writes features one after the other, for formats that differ in what stands between them.
pub struct Writer<'f, 'm> {
    /// What the sink has not yet.
    pub out: Vec<u8>,
    pub features: &'f Features<'m>,
    pub digits: u32,
    pub pretty: bool,
    /// Rings too small for the grid.
    pub collapsed: u64,
    /// How it is made. As text: readers of streams (tippecanoe) would take an area in it for a feature.
    pub provenance: String,
}

impl<'f, 'm> Writer<'f, 'm> {
    /// Begins with the decimals that the options ask for.
    pub fn new(features: &'f Features<'m>, job: &mut Job) -> Self {
        Self {
            out: Vec::with_capacity(2 * BATCH),
            features,
            digits: job.settings.int("digits").clamp(0, 9) as u32,
            pretty: job.settings.flag("pretty"),
            collapsed: 0,
            provenance: job.provenance.inner(),
        }
    }

    /// The last bytes; what fell away is told.
    pub fn finish(self, notes: &mut Notes, sink: &mut dyn Sink) -> Written {
        if self.collapsed > 0 {
            let message = format!("{} rings are smaller than the last decimal and were left out.", self.collapsed);
            notes.say("collapsed_rings", self.collapsed, message);
        }
        sink.put(&self.out)
    }

    /// Says where coordinates are not what the standard means.
    pub fn say_crs(&self, notes: &mut Notes) {
        let epsg = self.features.crs.epsg;
        if epsg != 4326 {
            let message = format!(
                "Coordinates are EPSG:{epsg}; GeoJSON by RFC 7946 means WGS 84 degrees, and web maps expect those."
            );
            notes.say("not_wgs84", 1, message);
        }
    }

    /// A member with a text, and the comma after it.
    pub fn member(&mut self, key: &str, value: &str) {
        json::string(&mut self.out, key);
        self.out.push(b':');
        json::string(&mut self.out, value);
        self.out.push(b',');
    }
}
