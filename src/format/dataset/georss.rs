//! An Atom feed (RFC 4287) whose entries have places as GeoRSS says them (OGC 17-002r1): in its simple encoding, or in GML.

use super::gml::geometry::Axes;
use super::gml::version::Version;
use crate::error::Result;
use crate::format::cells;
use crate::format::degrees::Degrees;
use crate::format::delimited::DIGITS;
use crate::format::elements::{name, say_unfit};
use crate::format::{Credit, Format, Job, Memory, Opt, Size, Tier, Topic, Write, Written};
use crate::osm::ATTRIBUTION;
use crate::sink::Sink;
use crate::table::shape::Shape;
use crate::table::{Split, Table};
use crate::watch::{Stage, Watch};
use crate::wire::xml::Xml;
use crate::wire::{date, number};

/// The family.
pub const FORMATS: &[Format] = &[GEORSS];

const GEORSS: Format = Format {
    id: "georss",
    aliases: &[],
    title: "GeoRSS (Atom)",
    family: "GeoRSS",
    version: "",
    extension: "atom",
    mime: "application/atom+xml",
    tier: Tier::Pro,
    topics: &[Topic::Web, Topic::Gis],
    about: "A feed with an entry for every feature and its place, which readers of news and web maps subscribe to.",
    for_whom: "Publishers of feeds, web developers, alert services",
    kept: "Places, lines, areas; names, layer and class, links to the elements, all tags as text",
    lost: "Holes of areas and parts in one piece, unless places are written in GML; typed fields, the look",
    programs: &["GDAL", "QGIS", "GeoServer", "OpenLayers", "ArcGIS Online", "Drupal", "FeedValidator", "Thunderbird"],
    specification: "https://docs.ogc.org/cs/17-002r1/17-002r1.html",
    credit: Credit::Inside("`rights` and `author` of the feed"),
    provenance: Some("`provenance` of the feed"),
    size: Size::Elements,
    memory: Memory::Stream,
    options: &[Opt::choice("encoding", "How places are written", &["simple", "gml"]), DIGITS],
    write: Write::Table(Split::Whole, write),
};

/// The date of data that have none; a feed must name one.
const NO_DATE: &str = "1970-01-01T00:00:00Z";

struct Writer<'a> {
    xml: Xml,
    degrees: Degrees,
    gml: bool,
    date: &'a str,
    /// Features that take several entries.
    split: u64,
    /// Holes that the simple encoding has no place for.
    holes: u64,
}

fn write(tables: &[Table], job: &mut Job, watch: &mut Watch, sink: &mut dyn Sink) -> Written {
    let Some(table) = tables.first() else { return Ok(()) };
    let osm = &table.features.map.osm;
    let digits = job.settings.int("digits").clamp(0, 9) as u32;
    let mut writer = Writer {
        xml: Xml::new(true),
        degrees: Degrees::new(table.features, digits, job.notes),
        gml: job.settings.text("encoding") == "gml",
        date: if date::seconds(&osm.timestamp).is_some() { &osm.timestamp } else { NO_DATE },
        split: 0,
        holes: 0,
    };
    say_unfit(osm, job.notes);
    writer.head(job);
    let total = table.rows.len() as u64;
    watch.at(Stage::Write, 0, total)?;
    for row in 0..table.rows.len() {
        if row % 1000 == 999 {
            watch.at(Stage::Write, row as u64, total)?;
        }
        writer.feature(table, row)?;
        writer.xml.spill(sink)?;
    }
    if writer.split > 0 {
        let message = format!("{} features of several parts have an entry for each of them.", writer.split);
        job.notes.say("split_features", writer.split, message);
    }
    if writer.holes > 0 {
        let message = format!("{} holes of areas were left out; georss.encoding=gml keeps them.", writer.holes);
        job.notes.say("filled_holes", writer.holes, message);
    }
    sink.put(&writer.xml.finish())
}

impl Writer<'_> {
    fn head(&mut self, job: &Job) {
        let xml = &mut self.xml;
        xml.start("feed").attr("xmlns", "http://www.w3.org/2005/Atom");
        xml.attr("xmlns:georss", "http://www.georss.org/georss");
        if self.gml {
            xml.attr("xmlns:gml", "http://www.opengis.net/gml");
        }
        xml.attr("xmlns:mapwright", "urn:mapwright:");
        xml.leaf("id", &format!("urn:mapwright:map:{}", self.date));
        xml.leaf("title", job.request.page.furniture.title.as_deref().unwrap_or("map")).leaf("updated", self.date);
        xml.start("author").leaf("name", "OpenStreetMap contributors");
        xml.leaf("uri", crate::osm::COPYRIGHT).end_block();
        xml.leaf("rights", ATTRIBUTION).leaf("generator", "mapwright");
        xml.start("link").attr("rel", "license");
        xml.attr("href", crate::osm::LICENCE).end();
        xml.start("mapwright:provenance").ready(&job.provenance.text()).end();
    }

    fn feature(&mut self, table: &Table, row: usize) -> Result<()> {
        let Some(feature) = table.feature(row) else { return Ok(()) };
        let shape = self.degrees.shape(table.features, feature)?;
        if self.gml {
            self.entry(table, row, 0, |writer| writer.whole(&shape));
            return Ok(());
        }
        self.split += u64::from(shape.len() > 1);
        for part in 0..shape.len() {
            self.entry(table, row, part, |writer| writer.simple(&shape, part));
        }
        if shape.is_empty() {
            self.entry(table, row, 0, |_| {});
        }
        Ok(())
    }

    /// An entry; `place` writes where it is.
    fn entry(&mut self, table: &Table, row: usize, part: usize, place: impl FnOnce(&mut Self)) {
        let Some(feature) = table.feature(row) else { return };
        let (features, xml) = (table.features, &mut self.xml);
        let (class, kind) = (features.class(feature), name(feature.element.kind));
        let id = features.map.osm.id(feature.element);
        // What people brought along has no page.
        let page = (id > 0).then(|| format!("https://www.openstreetmap.org/{kind}/{id}"));
        let own = page.clone().unwrap_or_else(|| format!("urn:mapwright:{kind}:{id}"));
        xml.start("entry");
        xml.leaf("id", &if part == 0 { own } else { format!("{own}#{}", part + 1) });
        let kind = features.value(feature).replace('_', " ");
        xml.leaf("title", cells::title(table, row).unwrap_or(&kind)).leaf("updated", self.date);
        if let Some(page) = page {
            xml.start("link").attr("href", &page).end();
        }
        xml.start("category").attr("term", &format!("{}.{}", class.layer, class.id)).end();
        xml.start("content").attr("type", "text").text(&cells::tag_lines(table, row)).end();
        place(self);
        self.xml.end_block();
    }

    /// A part in the simple encoding: latitude, longitude.
    fn simple(&mut self, shape: &Shape, part: usize) {
        let (word, trace) = match shape {
            Shape::Points(points) => ("georss:point", points.get(part..=part).unwrap_or(&[])),
            Shape::Lines(lines) => ("georss:line", lines.get(part).map_or(&[][..], Vec::as_slice)),
            Shape::Areas(areas) => {
                let rings = areas.get(part).map_or(&[][..], Vec::as_slice);
                self.holes += rings.len().saturating_sub(1) as u64;
                ("georss:polygon", rings.first().map_or(&[][..], Vec::as_slice))
            }
        };
        let digits = self.degrees.digits();
        self.xml.leaf_with(word, |out| {
            for (row, &[lon, lat]) in trace.iter().enumerate() {
                if row > 0 {
                    out.push(b' ');
                }
                number::fixed(out, lat, digits);
                out.push(b' ');
                number::fixed(out, lon, digits);
            }
        });
    }

    /// The whole geometry in GML.
    fn whole(&mut self, shape: &Shape) {
        if shape.is_empty() {
            return;
        }
        let axes = Axes { version: Version::ThreeOne, srs: None, north_first: true, digits: self.degrees.digits() };
        self.xml.start("georss:where");
        axes.write(&mut self.xml, shape, shape.len() > 1, "");
        self.xml.end_block();
    }
}
