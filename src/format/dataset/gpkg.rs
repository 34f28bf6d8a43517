//! GeoPackage (OGC 12-128r18): a table for every layer and kind of geometry, styled and described.

use crate::format::geopackage::Project;
use crate::format::{
    COLUMNS, Credit, Format, Job, Memory, Opt, Size, Tier, Topic, Write, Written, geopackage, qgis, sea,
};
use crate::sink::Sink;
use crate::styled::StyledLayers;
use crate::watch::Watch;

/// The family.
pub const FORMATS: &[Format] = &[GPKG];

const GPKG: Format = Format {
    id: "gpkg",
    aliases: &["geopackage"],
    title: "GeoPackage",
    family: "GeoPackage",
    version: "",
    extension: "gpkg",
    mime: "application/geopackage+sqlite3",
    tier: Tier::Free,
    topics: &[Topic::Gis],
    about: "One database with a layer for each theme and kind of geometry, indexed, described, and styled when it is opened in QGIS.",
    for_whom: "GIS users, field surveyors, authorities, developers who want everything in one file",
    kept: "Geometry to the last digit, ids, class, names, typed fields, all tags as JSON, colours and labels for QGIS, licence and date",
    lost: "Which features share a node, relations that are no area, route or boundary",
    programs: &[
        "QGIS",
        "ArcGIS Pro",
        "QField",
        "Mergin Maps",
        "GDAL",
        "GeoPandas",
        "R sf",
        "DuckDB",
        "GeoServer",
        "FME",
        "MapInfo Pro",
        "SQLite",
    ],
    specification: "https://www.geopackage.org/spec130/",
    credit: Credit::Inside("the table `gpkg_metadata`"),
    provenance: Some("the table `gpkg_metadata`"),
    size: Size::Elements,
    memory: Memory::Stream,
    options: &[
        COLUMNS,
        sea(true),
        Opt::flag("styles", "Styles for QGIS and GeoServer in the table layer_styles", true),
        Opt::flag("project", "A project of QGIS inside, for a file that keeps its name", false),
    ],
    write: Write::Styled(write),
};

fn write(layers: &StyledLayers, job: &mut Job, watch: &mut Watch, sink: &mut dyn Sink) -> Written {
    let title = job.request.page.furniture.title.as_deref().unwrap_or("map").to_owned();
    let project = if job.settings.flag("project") {
        // Whoever opens a project in a database looks for its layers beside the database, by name.
        let name = job.file;
        let message = format!("the project in the file looks for its layers in {name}: leave it its name");
        job.notes.say("name_of_project", 1, message);
        let bytes = qgis::qgz(layers, &format!("./{name}"), &title)?;
        Some(Project { name: title, bytes })
    } else {
        None
    };
    geopackage::write(layers, project.as_ref(), job, watch, sink)
}
