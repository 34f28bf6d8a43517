//! PowerPoint presentations, PresentationML of ECMA-376: a slide of the sheet's size with a group for every layer.

mod parts;

pub use parts::theme;

use super::drawingml::{Host, Writer, emu};
use crate::error::Error;
use crate::format::openxml::{self, MADE, OFFICE};
use crate::format::painting::{self, Abilities, HALO, Page};
use crate::format::{Credit, Format, Job, Memory, Opt, Size, Tier, Topic, Write, Written};
use crate::scene::Scene;
use crate::sink::Sink;
use crate::watch::Watch;
use crate::wire::package::{How, Package};

/// The family.
pub const FORMATS: &[Format] = &[Format {
    id: "pptx",
    aliases: &["powerpoint"],
    title: "PowerPoint",
    family: "PowerPoint",
    version: "",
    extension: "pptx",
    mime: "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    tier: Tier::Basic,
    topics: &[Topic::Office],
    about: "A slide with the map as shapes: recolour a street, hide a layer, animate a route, in true scale on a slide of the sheet's size.",
    for_whom: "Everybody who presents: consultants, planners, agencies, teachers, administrations",
    kept: "Every path as a freeform with its holes, groups with the names of the map's layers, colours, opacity, widths, dashes, text as \
           text with its font, an alternative text, true size",
    lost: "Names along streets are a text for each word, or each letter in bends; what overhangs the frame is painted over; text in scripts \
           that must be shaped is outlines; attributes; slides are 25.4 to 1,422.4 mm long and high",
    programs: &[
        "Microsoft PowerPoint",
        "LibreOffice Impress",
        "Google Slides",
        "Apple Keynote",
        "OnlyOffice",
        "WPS Presentation",
        "Collabora Online",
        "python-pptx",
    ],
    specification: "https://ecma-international.org/publications-and-standards/standards/ecma-376/",
    credit: Credit::Inside("the document's description and a line on the sheet"),
    provenance: Some("the part `docProps/mapwright.json`"),
    size: Size::Elements,
    memory: Memory::File,
    options: &[HALO, FONTS],
    write: Write::Scene(write),
}];

/// Whose fonts names are set in.
pub const FONTS: Opt = Opt::choice("fonts", "Fonts of the map, or those of the document's theme", &["map", "theme"]);

/// What DrawingML holds.
pub static ABILITIES: Abilities = Abilities { title: "Office Open XML", ..Abilities::DRAWING };

/// Least and greatest side of a slide, mm (§19.7.26: 914,400 to 51,206,400 units).
const SIDES: [f64; 2] = [25.4, 1422.4];

fn write(scene: &Scene, job: &mut Job, watch: &mut Watch, sink: &mut dyn Sink) -> Written {
    let page = Page::of(scene);
    if [page.width, page.height].iter().any(|side| *side < SIDES[0] || *side > SIDES[1]) {
        let (width, height) = (libm::round(page.width), libm::round(page.height));
        let message =
            format!("slides have sides of 25.4 to 1,422.4 mm, the sheet with its bleed has {width} by {height}");
        return Err(Error::request("page", message));
    }
    let about = format!("{}. {}", scene.title, scene.attribution);
    let mut writer = Writer::new(Host::Slide, page, job.settings.text("fonts") == "theme", about);
    painting::paint(scene, &ABILITIES, &mut writer, job, watch)?;
    let mut package = Package::new(sink);
    package.put("[Content_Types].xml", How::PACKED, &openxml::types(parts::TYPES.iter().copied()))?;
    // As it is: who looks at the first bytes finds how it was made.
    package.put(MADE.0, How::STORED, job.provenance.text().as_bytes())?;
    let main = format!("{OFFICE}/relationships/officeDocument");
    package.put("_rels/.rels", How::PACKED, &openxml::roots(&main, "ppt/presentation.xml", &[(MADE.2, MADE.0)]))?;
    package.put("docProps/core.xml", How::PACKED, &openxml::core(&scene.title, &scene.timestamp))?;
    package.put("docProps/app.xml", How::PACKED, &openxml::app())?;
    for (name, part) in parts::fixed([page.width, page.height].map(emu)) {
        package.put(name, How::PACKED, &part)?;
    }
    package.put("ppt/slides/slide1.xml", How::PACKED, &parts::slide(&writer.finish()))?;
    package.finish()
}
