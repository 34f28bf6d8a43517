//! OsmChange 0.6: a diff that creates everything that was read.

use crate::format::elements::{Writer, each, versions};
use crate::format::{Credit, Format, Job, Memory, Size, Tier, Topic, Write, Written};
use crate::osm::{ATTRIBUTION, Osm};
use crate::sink::Sink;
use crate::watch::Watch;

/// The family.
pub const FORMATS: &[Format] = &[OSC];

const OSC: Format = Format {
    id: "osc",
    aliases: &[],
    title: "OsmChange",
    family: "OsmChange",
    version: "",
    extension: "osc",
    mime: "application/xml",
    tier: Tier::Pro,
    topics: &[Topic::Gis],
    about: "A diff that creates every node, way and relation, for programs that keep a copy of OpenStreetMap up to date.",
    for_whom: "Operators of databases and tile servers, developers of tools for diffs",
    kept: "Every node, way and relation with its id, tags, members and roles, as created",
    lost: "The box and the date of the data; layers and assembled areas; versions, authors and dates of single objects, which are not read",
    programs: &["osmium", "Osmosis", "osm2pgsql", "imposm", "osmconvert", "JOSM", "pyosmium"],
    specification: "https://wiki.openstreetmap.org/wiki/OsmChange",
    credit: Credit::Inside("the attribute `copyright` of the root"),
    provenance: Some("the attribute `mapwright` of the root"),
    size: Size::Input,
    memory: Memory::Stream,
    options: &[versions(true)],
    write: Write::Osm(write),
};

fn write(osm: &Osm, job: &mut Job, watch: &mut Watch, sink: &mut dyn Sink) -> Written {
    let mut writer = Writer::new(osm, job.settings.flag("versions"), job.notes);
    let root = writer.xml.start("osmChange").attr("version", "0.6").attr("generator", "mapwright");
    root.attr("copyright", ATTRIBUTION).attr("license", crate::osm::LICENCE);
    root.attr("mapwright", &job.provenance.text());
    writer.xml.start("create");
    each(osm, watch, |element| {
        writer.element(element);
        writer.xml.spill(sink)
    })?;
    sink.put(&writer.xml.finish())
}
