//! GPX 1.1: points as waypoints, lines as tracks or routes; the tags of OpenStreetMap in an extension.

mod document;
mod symbols;

use crate::format::delimited::DIGITS;
use crate::format::{Credit, Format, Job, Memory, Opt, Size, Tier, Topic, Write, Written};
use crate::sink::Sink;
use crate::table::{Split, Table};
use crate::watch::Watch;

/// The family.
pub const FORMATS: &[Format] = &[GPX];

const GPX: Format = Format {
    id: "gpx",
    aliases: &[],
    title: "GPX",
    family: "GPX",
    version: "",
    extension: "gpx",
    mime: "application/gpx+xml",
    tier: Tier::Free,
    topics: &[Topic::Gps, Topic::Gis],
    about: "Places as waypoints and ways as tracks or routes, for satellite receivers and the apps of hikers and cyclists.",
    for_whom: "Hikers, cyclists, sailors, owners of GPS devices, geocachers",
    kept: "Places with name, kind, symbol, height and web address; lines as tracks or routes; ids and all tags in an extension",
    lost: "Areas but for their outlines on request; colours and widths; typed fields; coordinates in anything but degrees",
    programs: &[
        "Garmin BaseCamp",
        "Garmin devices",
        "OsmAnd",
        "Organic Maps",
        "Komoot",
        "Strava",
        "QGIS",
        "JOSM",
        "GPSBabel",
        "Viking",
        "GpsPrune",
    ],
    specification: "https://www.topografix.com/GPX/1/1/",
    credit: Credit::Inside("`copyright` and `author` of `metadata`"),
    provenance: Some("`provenance` in the `extensions` of `metadata`"),
    size: Size::Elements,
    memory: Memory::Stream,
    options: &[
        Opt::choice("points", "Which points become waypoints", &["all", "named", "none"]),
        Opt::choice(
            "lines",
            "Which lines there are: what one goes along (roads, paths, ferries), all, none",
            &["ways", "all", "none"],
        ),
        Opt::flag("areas", "Outlines of areas", false),
        Opt::choice("as", "What lines become", &["tracks", "routes"]),
        Opt::choice("description", "What stands in the description of a place", &["tags", "none"]),
        DIGITS,
    ],
    write: Write::Table(Split::Layers, write),
};

fn write(tables: &[Table], job: &mut Job, watch: &mut Watch, sink: &mut dyn Sink) -> Written {
    document::write(tables, job, watch, sink)
}
