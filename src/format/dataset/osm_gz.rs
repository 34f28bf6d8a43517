//! OSM XML in gzip: what editors and servers hand on, a tenth as large.

use crate::format::elements::{KEPT, LOST, document, versions};
use crate::format::{Credit, Format, Job, Memory, Size, Tier, Topic, Write, Written};
use crate::osm::Osm;
use crate::sink::Sink;
use crate::watch::Watch;
use crate::wire::deflate::Gzip;

/// The family.
pub const FORMATS: &[Format] = &[OSM_GZ];

const OSM_GZ: Format = Format {
    id: "osm-gz",
    aliases: &[],
    title: "OSM XML (gzip)",
    family: "OSM XML (gzip)",
    version: "",
    extension: "osm.gz",
    mime: "application/gzip",
    tier: Tier::Basic,
    topics: &[Topic::Gis],
    about: "The OpenStreetMap data themselves as XML, packed to about a tenth of the size.",
    for_whom: "Mappers, developers of routing and map software, archives",
    kept: KEPT,
    lost: LOST,
    programs: &["JOSM", "osmium", "Osmosis", "osmconvert", "mkgmap", "SUMO", "OSM2World", "OsmAndMapCreator"],
    specification: "https://wiki.openstreetmap.org/wiki/OSM_XML",
    credit: Credit::Inside("the element `note` and the attribute `attribution` of the root"),
    provenance: Some("the attribute `mapwright` of the element `meta`"),
    size: Size::Input,
    memory: Memory::Stream,
    options: &[versions(false)],
    write: Write::Osm(write),
};

fn write(osm: &Osm, job: &mut Job, watch: &mut Watch, sink: &mut dyn Sink) -> Written {
    let mut packed = Gzip::new(sink);
    document(osm, job, watch, &mut packed)?;
    packed.finish()
}
