//! The Polish format (cGPSmapper user manual, chapter 4): maps of Garmin devices as text, which mkgmap and cGPSmapper compile.

mod codes;
mod document;
mod roads;

use crate::format::{Credit, Format, Job, Memory, Opt, Size, Tier, Topic, Write, Written};
use crate::sink::Sink;
use crate::table::{Split, Table};
use crate::watch::Watch;
use crate::wire::codepage::CodePage;

/// The family.
pub const FORMATS: &[Format] = &[POLISH_MP];

const POLISH_MP: Format = Format {
    id: "polish-mp",
    aliases: &[],
    title: "Polish format (MP)",
    family: "Polish format",
    version: "",
    extension: "mp",
    mime: "text/plain",
    tier: Tier::Pro,
    topics: &[Topic::Gps],
    about: "The source of a map for Garmin devices: places, lines and areas with Garmin's types, and roads one can be led along.",
    for_whom: "Makers of maps for Garmin devices, hikers, off-road drivers",
    kept: "Geometry, names, numbers of roads, Garmin's type for each class, levels; one-way streets, speeds, who may pass, junctions",
    lost: "Ids and tags; house numbers, walls, borders of areas, whatever Garmin has no type for; forbidden turns; the look, which devices have",
    programs: &["mkgmap", "cGPSmapper", "GPSMapEdit", "MapTk", "GMapTool", "QLandkarte", "Garmin devices, compiled"],
    specification: "https://www.cgpsmapper.com/download/cGPSmapper-UsrMan-v02.5.pdf",
    credit: Credit::Inside("`Copyright` of `[IMG ID]`"),
    provenance: Some("the comment before `[IMG ID]`"),
    size: Size::Elements,
    memory: Memory::File,
    options: &[
        Opt::choice("encoding", "How letters are bytes", CodePage::WORDS),
        Opt::flag("routing", "Roads one can be led along", true),
        Opt::flag("transparent", "To be laid over another map", false),
        Opt::int("digits", "Decimals of coordinates", 4, 9, 6),
    ],
    write: Write::Table(Split::Layers, write),
};

fn write(tables: &[Table], job: &mut Job, watch: &mut Watch, sink: &mut dyn Sink) -> Written {
    document::write(tables, job, watch, sink)
}
