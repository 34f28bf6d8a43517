//! MapInfo Interchange (MIF and MID, MapInfo Pro user guide, appendix "MapInfo Interchange Format"): a pair of files a layer
//! and kind of geometry, in a ZIP package.

mod fields;
mod look;
mod system;
mod table;

use crate::format::degrees::Degrees;
use crate::format::delimited::DIGITS;
use crate::format::{COLUMNS, Credit, Format, Job, Memory, Opt, Size, Tier, Topic, Write, Written, bundle};
use crate::sink::Sink;
use crate::styled::StyledLayers;
use crate::watch::{Stage, Watch};
use crate::wire::codepage::CodePage;
use crate::wire::package::Package;

/// The family.
pub const FORMATS: &[Format] = &[MIF];

const MIF: Format = Format {
    id: "mif",
    aliases: &[],
    title: "MapInfo MIF/MID (ZIP)",
    family: "MIF",
    version: "",
    extension: "zip",
    mime: "application/zip",
    tier: Tier::Pro,
    topics: &[Topic::Gis],
    about: "A table of MapInfo for each layer and kind of geometry, in its colours, as the text that every version imports.",
    for_whom: "Users of MapInfo Pro, cadastres, planners, operators of networks",
    kept: "Geometry, ids, classes, names, typed columns, all tags as JSON in columns of 254 bytes; pens, brushes, symbols; UTM and other common systems",
    lost: "Tags beyond 2,000 bytes; letters that the character set lacks; widths between whole pixels; labels",
    programs: &["MapInfo Pro", "QGIS", "GDAL", "FME", "ArcGIS Pro", "Global Mapper", "Manifold", "Vertical Mapper"],
    specification: "https://gdal.org/en/stable/drivers/vector/mitab.html",
    credit: Credit::Inside("the entry `LICENSE.txt`"),
    provenance: Some("the entry `mapwright.json`"),
    size: Size::Elements,
    memory: Memory::Stream,
    options: &[Opt::choice("encoding", "How letters are bytes", CodePage::WORDS), DIGITS, COLUMNS],
    write: Write::Styled(write),
};

fn write(styled: &StyledLayers, job: &mut Job, watch: &mut Watch, sink: &mut dyn Sink) -> Written {
    let drawn = styled.drawn();
    let total = 2 * styled.tables.iter().map(|table| table.rows.len() as u64).sum::<u64>();
    watch.at(Stage::Write, 0, total)?;
    let digits = job.settings.int("digits").clamp(0, 9) as u32;
    let features = styled.tables.first().map(|table| table.features);
    let system = features.and_then(|features| system::system(&features.crs));
    // What MapInfo has no words for is written in degrees.
    let degrees = match (features, &system) {
        (Some(features), None) => Some(Degrees::new(features, digits, job.notes)),
        _ => None,
    };
    let mut writer = table::Writer {
        page: CodePage::of(job.settings.text("encoding")),
        system: system.unwrap_or_else(|| system::WGS84.to_owned()),
        degrees,
        digits,
        done: 0,
        total,
        spaced: 0,
        lacking: 0,
        cut: 0,
    };
    let mut package = Package::new(sink);
    for layer in &drawn {
        writer.pair(layer, &mut package, watch)?;
    }
    writer.tell(job);
    bundle::sign(&mut package, job)?;
    package.finish()
}
