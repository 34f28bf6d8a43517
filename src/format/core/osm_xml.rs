//! OSM XML (API 0.6): everything that was read, nodes before ways before relations, each by ascending id.

use crate::format::elements::{KEPT, LOST, document, versions};
use crate::format::{Credit, Format, Job, Memory, Size, Tier, Topic, Write, Written};
use crate::osm::Osm;
use crate::sink::Sink;
use crate::watch::Watch;

/// The family.
pub const FORMATS: &[Format] = &[OSM_XML];

const OSM_XML: Format = Format {
    id: "osm-xml",
    aliases: &["osm"],
    title: "OSM XML",
    family: "OSM XML",
    version: "",
    extension: "osm",
    mime: "application/vnd.openstreetmap.data+xml",
    tier: Tier::Free,
    topics: &[Topic::Gis],
    about: "The OpenStreetMap data themselves as text: nodes, ways and relations with all tags and members, nothing cut or left out.",
    for_whom: "Mappers, developers of routing and 3D software, researchers",
    kept: KEPT,
    lost: LOST,
    programs: &[
        "JOSM",
        "osmium",
        "Osmosis",
        "QGIS",
        "GDAL",
        "Blender (blender-osm)",
        "SUMO",
        "OSM2World",
        "OSMnx",
        "osmconvert",
        "MATSim",
        "CityEngine",
    ],
    specification: "https://wiki.openstreetmap.org/wiki/OSM_XML",
    credit: Credit::Inside("the element `note` and the attribute `attribution` of the root"),
    provenance: Some("the attribute `mapwright` of the element `meta`"),
    size: Size::Input,
    memory: Memory::Stream,
    options: &[versions(false)],
    write: Write::Osm(write),
};

fn write(osm: &Osm, job: &mut Job, watch: &mut Watch, sink: &mut dyn Sink) -> Written {
    document(osm, job, watch, sink)
}
