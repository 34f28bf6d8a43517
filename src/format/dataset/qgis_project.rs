//! A project of QGIS and the GeoPackage with its layers, in a ZIP package.

use crate::format::{
    COLUMNS, Credit, Format, Job, Memory, Opt, Size, Tier, Topic, Write, Written, bundle, geopackage, qgis, sea,
};
use crate::sink::Sink;
use crate::styled::StyledLayers;
use crate::watch::Watch;
use crate::wire::package::{How, Package};

/// The family.
pub const FORMATS: &[Format] = &[PROJECT];

const PROJECT: Format = Format {
    id: "qgis-project",
    aliases: &["qgis", "qgz"],
    title: "QGIS project (ZIP)",
    family: "QGIS project",
    version: "",
    extension: "zip",
    mime: "application/zip",
    tier: Tier::Pro,
    topics: &[Topic::Gis, Topic::Print],
    about: "A finished project for QGIS: all layers in their order, coloured, labelled, at the map's scale, with a print layout.",
    for_whom: "Users of QGIS, planners and researchers who go on drawing where the map ends",
    kept: "Geometry to the last digit, all tags, typed fields, colours, widths, labels, drawing order, scale, system of coordinates, title, licence",
    lost: "Icons and hatches, what a style says of single features, which features share a node",
    programs: &["QGIS", "QGIS Server", "QField", "Mergin Maps", "QWC2", "GDAL"],
    specification: "https://docs.qgis.org/3.40/en/docs/user_manual/appendices/qgis_file_formats.html",
    credit: Credit::Inside("the table `gpkg_metadata` of the GeoPackage, and the layout"),
    provenance: Some("`mapwright.json` of the package, and the table `gpkg_metadata`"),
    size: Size::Elements,
    memory: Memory::File,
    options: &[
        COLUMNS,
        sea(true),
        Opt::flag("styles", "Styles for QGIS and GeoServer in the table layer_styles", true),
    ],
    write: Write::Styled(write),
};

/// The data beside the project.
const DATA: &str = "map.gpkg";

fn write(layers: &StyledLayers, job: &mut Job, watch: &mut Watch, sink: &mut dyn Sink) -> Written {
    let title = job.request.page.furniture.title.clone().unwrap_or_else(|| "map".to_owned());
    let mut package = Package::new(sink);
    bundle::sign(&mut package, job)?;
    package.put("map.qgz", How::STORED, &qgis::qgz(layers, &format!("./{DATA}"), &title)?)?;
    let mut data = Vec::new();
    geopackage::write(layers, None, job, watch, &mut data)?;
    package.put(DATA, How::PACKED, &data)?;
    package.finish()
}
