//! Styles of QGIS alone, a file for each layer, in a ZIP package.

use crate::format::{Credit, Format, Job, Memory, Size, Tier, Topic, Write, Written, bundle, qgis};
use crate::sink::Sink;
use crate::styled::StyledLayers;
use crate::watch::Watch;
use crate::wire::package::{How, Package};

/// The family.
pub const FORMATS: &[Format] = &[QML];

const QML: Format = Format {
    id: "qml",
    aliases: &[],
    title: "QGIS styles (QML, ZIP)",
    family: "QGIS styles",
    version: "",
    extension: "zip",
    mime: "application/zip",
    tier: Tier::Pro,
    topics: &[Topic::Gis],
    about: "How the map looks as styles of QGIS: a file for each layer, for layers that are in the project already.",
    for_whom: "Users of QGIS who want their own data, or data from elsewhere, to look like the map",
    kept: "Colours, widths, dashes and labels of each class at the scale of the sheet, from which scale on it is shown",
    lost: "The data; icons, hatches, what a style says of single features",
    programs: &["QGIS", "GeoServer with geostyler", "MapStore"],
    specification: "https://docs.qgis.org/3.40/en/docs/user_manual/appendices/qgis_file_formats.html",
    credit: Credit::Inside("`LICENSE.txt`"),
    provenance: Some("`mapwright.json`"),
    size: Size::Elements,
    memory: Memory::Stream,
    options: &[],
    write: Write::Styled(write),
};

fn write(layers: &StyledLayers, job: &mut Job, _: &mut Watch, sink: &mut dyn Sink) -> Written {
    let mut package = Package::new(sink);
    bundle::sign(&mut package, job)?;
    for layer in layers.drawn() {
        package.put(&format!("{}.qml", layer.table.name), How::PACKED, &qgis::document(&layer))?;
    }
    package.finish()
}
