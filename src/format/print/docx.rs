//! Word documents, WordprocessingML of ECMA-376 with the drawing groups of Word 2010: the map as a group of shapes, and its caption.

mod parts;

use super::drawingml::{Host, Writer};
use super::pptx::{ABILITIES, FONTS};
use crate::error::Error;
use crate::format::openxml::{self, MADE, OFFICE};
use crate::format::painting::{self, HALO, Page};
use crate::format::{Credit, Format, Job, Memory, Opt, Size, Tier, Topic, Write, Written};
use crate::scene::Scene;
use crate::sink::Sink;
use crate::watch::Watch;
use crate::wire::package::{How, Package};

/// The family.
pub const FORMATS: &[Format] = &[Format {
    id: "docx",
    aliases: &["word"],
    title: "Word",
    family: "Word",
    version: "",
    extension: "docx",
    mime: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    tier: Tier::Basic,
    topics: &[Topic::Office],
    about: "A document with the map as a group of shapes and a caption below it, to copy into a report and to change there.",
    for_whom: "Everybody who writes reports, offers and expert opinions: planners, surveyors, brokers, administrations",
    kept: "Every path as a freeform with its holes, groups with the names of the map's layers, colours, opacity, widths, dashes, text as \
           text with its font, a caption, an alternative text, true size",
    lost: "Names along streets are a text for each word, or each letter in bends; fonts have whole and half points; text is never \
           half-transparent; what overhangs the frame is painted over; text in scripts that must be shaped is outlines; attributes; pages \
           are at most 558.8 mm long and wide",
    programs: &[
        "Microsoft Word",
        "LibreOffice Writer",
        "Google Docs",
        "OnlyOffice",
        "WPS Writer",
        "Apple Pages",
        "python-docx",
    ],
    specification: "https://learn.microsoft.com/openspecs/office_standards/ms-docx/",
    credit: Credit::Inside("the document's description, the caption and a line on the sheet"),
    provenance: Some("the part `docProps/mapwright.json`"),
    size: Size::Elements,
    memory: Memory::File,
    options: &[HALO, FONTS, Opt::flag("caption", "A caption below the map, for which the page is 12 mm higher", true)],
    write: Write::Scene(write),
}];

/// Longest side of a page, mm: 22 inches.
const LONGEST: f64 = 558.8;
/// What a caption takes, mm.
const CAPTION: f64 = 12.0;

fn write(scene: &Scene, job: &mut Job, watch: &mut Watch, sink: &mut dyn Sink) -> Written {
    let page = Page::of(scene);
    let caption = job.settings.flag("caption");
    let height = page.height + if caption { CAPTION } else { 0.0 };
    if page.width > LONGEST || height > LONGEST {
        let (width, height) = (libm::round(page.width), libm::round(height));
        let message =
            format!("pages of Word are at most 558.8 mm long and wide, this one would have {width} by {height}");
        return Err(Error::request("page", message));
    }
    let mut writer = Writer::new(Host::Page, page, job.settings.text("fonts") == "theme", String::new());
    painting::paint(scene, &ABILITIES, &mut writer, job, watch)?;
    let mut package = Package::new(sink);
    package.put("[Content_Types].xml", How::PACKED, &openxml::types(parts::TYPES.iter().copied()))?;
    // As it is: who looks at the first bytes finds how it was made.
    package.put(MADE.0, How::STORED, job.provenance.text().as_bytes())?;
    let main = format!("{OFFICE}/relationships/officeDocument");
    package.put("_rels/.rels", How::PACKED, &openxml::roots(&main, "word/document.xml", &[(MADE.2, MADE.0)]))?;
    package.put("docProps/core.xml", How::PACKED, &openxml::core(&scene.title, &scene.timestamp))?;
    package.put("docProps/app.xml", How::PACKED, &openxml::app())?;
    package.put("word/_rels/document.xml.rels", How::PACKED, &parts::relations())?;
    package.put("word/styles.xml", How::PACKED, &parts::styles())?;
    package.put("word/theme/theme1.xml", How::PACKED, &super::pptx::theme())?;
    let document = parts::document(scene, page, height, caption, &writer.finish());
    package.put("word/document.xml", How::PACKED, &document)?;
    package.finish()
}
