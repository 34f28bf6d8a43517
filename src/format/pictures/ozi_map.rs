//! Maps of OziExplorer: a picture with its calibration (`.map`), nine points on the grid of a UTM zone, or in degrees where the
//! sheet has another system.

mod calibration;

use crate::format::pixels::place::Place;
use crate::format::png_writer;
use crate::format::{Credit, Format, Job, Memory, Opt, Products, Size, Tier, Topic, Write, Written, bundle};
use crate::scene::Scene;
use crate::scene::raster::Raster;
use crate::sheet::Sheet;
use crate::sink::Sink;
use crate::watch::Watch;
use crate::wire::package::{How, Package};

/// The family.
pub const FORMATS: &[Format] = &[OZI];

const OZI: Format = Format {
    id: "ozi-map",
    aliases: &["ozi", "oziexplorer"],
    title: "OziExplorer map",
    family: "OziExplorer map",
    version: "",
    extension: "zip",
    mime: "application/zip",
    tier: Tier::Pro,
    topics: &[Topic::Gps, Topic::Pictures],
    about: "Picture of the map with its calibration for OziExplorer and the many apps that read its maps.",
    for_whom: "Off-road drivers, hunters, fishermen, search and rescue, sailors",
    kept: "Every colour exactly, place on the ground, size of pixels, terms",
    lost: "Layers, paths, text and attributes: it is a picture",
    programs: &[
        "OziExplorer",
        "SAS.Planet",
        "Locus Map",
        "OruxMaps",
        "AlpineQuest",
        "Global Mapper",
        "GPSMapEdit",
        "GDAL",
    ],
    specification: "https://www.oziexplorer4.com/eng/help/map_file_format.html",
    credit: Credit::Inside("the text chunk `Copyright` of `map.png`, and `LICENSE.txt`"),
    provenance: Some("the entry `mapwright.json`"),
    size: Size::Pixels,
    memory: Memory::Stream,
    options: &[Opt::flag("degrees", "Drawn and calibrated in degrees, whatever the sheet has", false)],
    write: Write::Several("Pixels", write),
};

fn write(products: &mut dyn Products, job: &mut Job, watch: &mut Watch, sink: &mut dyn Sink) -> Written {
    let (_, sheet) = products.look(job.notes)?;
    let zoned = calibration::zone(sheet.crs.epsg).is_some() && !job.settings.flag("degrees");
    if zoned {
        let scene = watch.part(0.0..0.6, |watch| products.scene(watch))?;
        return watch.part(0.6..1.0, |watch| put(scene, job, watch, sink));
    }
    let sheet = Sheet::plate(products.shown(), &sheet)?;
    let scene = watch.part(0.0..0.6, |watch| products.drawn_on(sheet, true, watch))?;
    watch.part(0.6..1.0, |watch| put(&scene, job, watch, sink))
}

fn put(scene: &Scene, job: &mut Job, watch: &mut Watch, sink: &mut dyn Sink) -> Written {
    job.notes.append(&scene.notes);
    let mut raster = Raster::new(scene, scene.sheet.dpi)?;
    let text = calibration::text(&Place::of(&raster), &scene.title)?;
    let mut package = Package::new(sink);
    bundle::sign(&mut package, job)?;
    package.put("map.map", How::STORED, text.as_bytes())?;
    let words = png_writer::words(scene, job);
    png_writer::sheet(&mut raster, "balanced", words, watch, &mut package.entry("map.png", How::STORED)?)?;
    package.finish()
}
