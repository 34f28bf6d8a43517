//! What the formats of OpenStreetMap's own data share: elements in order, and as XML.

use super::option::Opt;
use super::write::{Job, Written};
use crate::error::Result;
use crate::note::Notes;
use crate::osm::{Bounds, Element, Kind, LonLatE7, Osm};
use crate::provenance::Provenance;
use crate::sink::Sink;
use crate::watch::{Stage, Watch};
use crate::wire::number;
use crate::wire::xml::{Xml, fits};

/// What all of them keep.
pub const KEPT: &str =
    "Every node, way and relation with its id, tags, members and roles; the box and date of the data";
/// What all of them lose.
pub const LOST: &str = "Layers and assembled areas; versions, authors and dates of single objects, which are not read";

/// The option `versions`.
pub const fn versions(usual: bool) -> Opt {
    Opt::flag("versions", "Version 1 on every object, which JOSM and Osmosis ask for", usual)
}

/// Tells `work` of every element that was delivered: nodes, ways, relations, each by ascending id.
///
/// # Errors
/// [`crate::error::Error::Cancelled`], those of `work`.
pub fn each(osm: &Osm, watch: &mut Watch, mut work: impl FnMut(Element) -> Result<()>) -> Result<()> {
    let counts =
        [(Kind::Node, osm.nodes.id.len()), (Kind::Way, osm.ways.id.len()), (Kind::Relation, osm.relations.id.len())];
    let total = counts.iter().map(|(_, count)| *count as u64).sum();
    let mut done = 0;
    for (kind, count) in counts {
        for index in 0..count as u32 {
            if done % 1000 == 0 {
                watch.at(Stage::Write, done, total)?;
            }
            done += 1;
            // Some nodes are only referred to.
            if kind != Kind::Node || osm.place(index).is_some() {
                work(Element { kind, index })?;
            }
        }
    }
    Ok(())
}

/// Says how many texts hold characters that XML leaves out.
pub fn say_unfit(osm: &Osm, notes: &mut Notes) {
    let unfit = (0..osm.strings.len() as u32).filter(|&id| !osm.strings.get(id).chars().all(fits)).count() as u64;
    if unfit > 0 {
        let message = format!("{unfit} texts hold characters that XML has no place for; those were left out.");
        notes.say("xml_characters", unfit, message);
    }
}

/// Writes everything as a document of OSM XML.
///
/// # Errors
/// [`crate::error::Error::Cancelled`], those of the sink.
pub fn document(osm: &Osm, job: &mut Job, watch: &mut Watch, sink: &mut dyn Sink) -> Written {
    let mut writer = Writer::new(osm, job.settings.flag("versions"), job.notes);
    writer.head(job.provenance);
    each(osm, watch, |element| {
        writer.element(element);
        writer.xml.spill(sink)
    })?;
    sink.put(&writer.xml.finish())
}

/// Writes elements as XML.
pub struct Writer<'a> {
    /// The document so far.
    pub xml: Xml,
    osm: &'a Osm,
    versions: bool,
}

impl<'a> Writer<'a> {
    /// Of what was read, in a new document; `notes` hear what XML has no place for.
    pub fn new(osm: &'a Osm, versions: bool, notes: &mut Notes) -> Self {
        say_unfit(osm, notes);
        Self { xml: Xml::new(true), osm, versions }
    }

    /// The root with its terms, the date and the box.
    fn head(&mut self, provenance: &Provenance) {
        let xml = &mut self.xml;
        xml.start("osm").attr("version", "0.6").attr("generator", "mapwright");
        xml.attr("copyright", "OpenStreetMap and contributors");
        xml.attr("attribution", crate::osm::COPYRIGHT);
        xml.attr("license", crate::osm::LICENCE);
        xml.leaf("note", crate::osm::ATTRIBUTION);
        xml.start("meta");
        if !self.osm.timestamp.is_empty() {
            // As Overpass says it.
            xml.attr("osm_base", &self.osm.timestamp);
        }
        xml.attr("mapwright", &provenance.text()).end();
        if let Some(Bounds { west, south, east, north }) = self.osm.bounds {
            xml.start("bounds");
            for (name, value) in [("minlat", south), ("minlon", west), ("maxlat", north), ("maxlon", east)] {
                xml.attr_with(name, |out| number::fixed(out, value.into(), 7));
            }
            xml.end();
        }
    }

    /// Adds an element.
    pub fn element(&mut self, element: Element) {
        let Self { xml, osm, versions } = self;
        let place = osm.place(element.index).filter(|_| element.kind == Kind::Node);
        xml.start(name(element.kind)).attr_with("id", |out| number::integer(out, osm.id(element)));
        if *versions {
            xml.attr("version", "1");
        }
        if let Some(place) = place {
            coordinates(xml, place);
        }
        if let Ok(row) = osm.centers.binary_search_by_key(&element, |(element, _)| *element)
            && let Some(&(_, center)) = osm.centers.get(row)
        {
            xml.start("center");
            coordinates(xml, center);
            xml.end();
        }
        match element.kind {
            Kind::Node => {}
            Kind::Way => {
                for &node in osm.refs(element.index) {
                    let id = osm.id(Element { kind: Kind::Node, index: node });
                    xml.start("nd").attr_with("ref", |out| number::integer(out, id)).end();
                }
            }
            Kind::Relation => {
                for member in osm.members(element.index) {
                    xml.start("member").attr("type", name(member.kind));
                    xml.attr_with("ref", |out| number::integer(out, member.id));
                    xml.attr("role", osm.strings.get(member.role)).end();
                }
            }
        }
        for &(key, value) in osm.tags(element) {
            xml.start("tag").attr("k", osm.strings.get(key)).attr("v", osm.strings.get(value)).end();
        }
        xml.end_block();
    }
}

/// What a kind of element is called.
pub fn name(kind: Kind) -> &'static str {
    match kind {
        Kind::Node => "node",
        Kind::Way => "way",
        Kind::Relation => "relation",
    }
}

fn coordinates(xml: &mut Xml, [lon, lat]: LonLatE7) {
    xml.attr_with("lat", |out| number::fixed(out, lat.into(), 7));
    xml.attr_with("lon", |out| number::fixed(out, lon.into(), 7));
}
