//! Styled Layer Descriptors (OGC 02-070) in a ZIP package: one of all layers, and one for each.

use crate::format::{Credit, Format, Job, Memory, Size, Tier, Topic, Write, Written, bundle, sld};
use crate::sink::Sink;
use crate::styled::StyledLayers;
use crate::watch::Watch;
use crate::wire::package::{How, Package};

/// The family.
pub const FORMATS: &[Format] = &[SLD];

const SLD: Format = Format {
    id: "sld",
    aliases: &[],
    title: "Styled Layer Descriptors (SLD, ZIP)",
    family: "Styled Layer Descriptors",
    version: "",
    extension: "zip",
    mime: "application/zip",
    tier: Tier::Pro,
    topics: &[Topic::Gis, Topic::Web],
    about: "How the map looks as OGC says it, for map servers: one document of all layers and one for each.",
    for_whom: "Operators of GeoServer, MapServer and deegree, users of GIS that know no styles of QGIS",
    kept: "Colours, widths, dashes and labels of each class at the scale of the sheet, from which scale on it is shown",
    lost: "The data; icons, hatches, what a style says of single features",
    programs: &["GeoServer", "QGIS", "MapServer", "deegree", "uDig", "gvSIG", "OpenLayers with geostyler"],
    specification: "https://www.ogc.org/standards/sld/",
    credit: Credit::Inside("`LICENSE.txt`"),
    provenance: Some("`mapwright.json`"),
    size: Size::Elements,
    memory: Memory::Stream,
    options: &[],
    write: Write::Styled(write),
};

/// The document of all layers.
const ALL: &str = "map.sld";

fn write(layers: &StyledLayers, job: &mut Job, _: &mut Watch, sink: &mut dyn Sink) -> Written {
    let drawn = layers.drawn();
    let mut package = Package::new(sink);
    bundle::sign(&mut package, job)?;
    package.put(ALL, How::PACKED, &sld::document(&drawn))?;
    for layer in &drawn {
        package.put(&format!("{}.sld", layer.table.name), How::PACKED, &sld::document(std::slice::from_ref(layer)))?;
    }
    package.finish()
}
