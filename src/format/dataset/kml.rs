//! KML 2.2 (OGC 07-147r2): a folder a layer, a style a class; alone, or in a ZIP package with its mark (KMZ).

mod document;
mod geometry;
mod look;

use crate::format::delimited::DIGITS;
use crate::format::{COLUMNS, Credit, Format, Job, Memory, Opt, Size, Tier, Topic, Write, Written, bundle};
use crate::sink::Sink;
use crate::styled::StyledLayers;
use crate::watch::Watch;
use crate::wire::package::{How, Package};

/// The family.
pub const FORMATS: &[Format] = &[KML, KMZ];

const KML: Format = Format {
    id: "kml",
    aliases: &[],
    title: "KML",
    family: "KML",
    version: "KML 2.2",
    extension: "kml",
    mime: "application/vnd.google-earth.kml+xml",
    tier: Tier::Free,
    topics: &[Topic::Gis, Topic::Web, Topic::Gps],
    about: "The map for Google Earth and everything that reads its files: folders of layers in their colours, with all tags.",
    for_whom: "Users of Google Earth and Google My Maps, hikers, drone pilots, journalists",
    kept: "Geometry, folders of layers, colours and widths, ids, names, typed fields, all tags; buildings standing up on request",
    lost: "Dashes, hatches and casings of lines, which features share a node; coordinates in anything but degrees",
    programs: &[
        "Google Earth",
        "Google My Maps",
        "QGIS",
        "ArcGIS Pro",
        "Marble",
        "OsmAnd",
        "Organic Maps",
        "Cesium",
        "DJI Pilot",
        "GPSBabel",
    ],
    specification: "https://docs.ogc.org/is/07-147r2/07-147r2.html",
    credit: Credit::Inside("`atom:author`, `Snippet` and `description` of the document"),
    provenance: Some("`Data` with the name `mapwright` of the document"),
    size: Size::Elements,
    memory: Memory::Stream,
    options: &[
        Opt::flag("extrude", "Buildings as high as they are", false),
        Opt::choice("description", "What stands in the balloon of a place", &["tags", "none"]),
        DIGITS,
        COLUMNS,
    ],
    write: Write::Styled(kml),
};

const KMZ: Format = Format {
    id: "kmz",
    title: "KMZ",
    version: "KMZ",
    extension: "kmz",
    mime: "application/vnd.google-earth.kmz",
    tier: Tier::Basic,
    about: "The same in a ZIP package, a tenth as large, with the mark of its places inside.",
    programs: &[
        "Google Earth",
        "Google My Maps",
        "QGIS",
        "ArcGIS Pro",
        "Marble",
        "OsmAnd",
        "Organic Maps",
        "DJI Pilot",
        "Garmin BaseCamp",
    ],
    credit: Credit::Inside("`atom:author`, `Snippet` and `description` of `doc.kml`"),
    provenance: Some("the entry `mapwright.json`, and `Data` with the name `mapwright` of `doc.kml`"),
    write: Write::Styled(kmz),
    ..KML
};

/// The mark of places: a white disc, which readers tint. Google Earth has it, whoever else wants it asks that server.
const MARK: &str = "http://maps.google.com/mapfiles/kml/shapes/placemark_circle.png";
/// The same where it comes along.
const OWN_MARK: &str = "files/mark.png";
const MARK_PNG: &[u8] = include_bytes!("../../../assets/kml/mark.png");

fn kml(styled: &StyledLayers, job: &mut Job, watch: &mut Watch, sink: &mut dyn Sink) -> Written {
    document::write(styled, MARK, job, watch, sink)
}

fn kmz(styled: &StyledLayers, job: &mut Job, watch: &mut Watch, sink: &mut dyn Sink) -> Written {
    let mut package = Package::new(sink);
    // Readers take the first document there is.
    let mut entry = package.entry("doc.kml", How::PACKED)?;
    document::write(styled, OWN_MARK, job, watch, &mut entry)?;
    package.put(OWN_MARK, How::STORED, MARK_PNG)?;
    bundle::record(&mut package, job)?;
    package.finish()
}
