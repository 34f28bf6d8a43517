//! Visio drawings, \[MS-VSDX\]: shapes with sections of geometry, layers as Visio has them, styles for equal looks.

mod parts;
mod writer;

use crate::error::Error;
use crate::format::openxml::{self, MADE};
use crate::format::painting::{self, Abilities, DASHES, HALO, Page};
use crate::format::{Credit, Format, Job, Memory, Size, Tier, Topic, Write, Written};
use crate::scene::Scene;
use crate::sink::Sink;
use crate::watch::Watch;
use crate::wire::package::{How, Package};
use writer::Writer;

/// The family.
pub const FORMATS: &[Format] = &[Format {
    id: "vsdx",
    aliases: &["visio"],
    title: "Visio",
    family: "Visio",
    version: "",
    extension: "vsdx",
    mime: "application/vnd.ms-visio.drawing",
    tier: Tier::Pro,
    topics: &[Topic::Office, Topic::Cad],
    about: "A page of Visio with the map as shapes on layers that can be hidden, locked and printed, under site plans and networks.",
    for_whom: "Planners of networks, security, fire protection and logistics, facility managers, authorities",
    kept: "Every path as a shape with its holes, layers with their names, colours, opacity, widths, text as text with its font, true size and \
           scale of the drawing",
    lost: "Dashes are the nearest of Visio's patterns, or a line for every dash; names along streets are a text for each word, or each letter \
           in bends; what overhangs the frame is painted over; text in scripts that must be shaped is outlines; attributes",
    programs: &[
        "Microsoft Visio",
        "LibreOffice Draw",
        "diagrams.net",
        "Lucidchart",
        "OmniGraffle",
        "ConceptDraw",
        "Aspose.Diagram",
    ],
    specification: "https://learn.microsoft.com/openspecs/sharepoint_protocols/ms-vsdx/",
    credit: Credit::Inside("the document's description and a line on the sheet"),
    provenance: Some("the part `docProps/mapwright.json`"),
    size: Size::Elements,
    memory: Memory::File,
    options: &[HALO, DASHES],
    write: Write::Scene(write),
}];

/// Longest side of a page, mm: 10,000 inches.
const LONGEST: f64 = 254_000.0;

fn write(scene: &Scene, job: &mut Job, watch: &mut Watch, sink: &mut dyn Sink) -> Written {
    let page = Page::of(scene);
    if page.width.max(page.height) > LONGEST {
        return Err(Error::request("page", "pages of Visio are at most 254 m long and wide"));
    }
    let abilities = Abilities { title: "Visio", dashes: job.settings.text("dashes") != "lines", ..Abilities::DRAWING };
    let mut writer = Writer::new(page);
    painting::paint(scene, &abilities, &mut writer, job, watch)?;
    let mut package = Package::new(sink);
    package.put("[Content_Types].xml", How::PACKED, &openxml::types(parts::TYPES.iter().copied()))?;
    // As it is: who looks at the first bytes finds how it was made.
    package.put(MADE.0, How::STORED, job.provenance.text().as_bytes())?;
    let roots = openxml::roots(&parts::kind("document"), "visio/document.xml", &[(MADE.2, MADE.0)]);
    package.put("_rels/.rels", How::PACKED, &roots)?;
    package.put("docProps/core.xml", How::PACKED, &openxml::core(&scene.title, &scene.timestamp))?;
    package.put("docProps/app.xml", How::PACKED, &openxml::app())?;
    let [pages, page_one] = parts::relations();
    package.put("visio/_rels/document.xml.rels", How::PACKED, &pages)?;
    package.put("visio/pages/_rels/pages.xml.rels", How::PACKED, &page_one)?;
    package.put("visio/document.xml", How::PACKED, &parts::document(&writer))?;
    package.put("visio/pages/pages.xml", How::PACKED, &parts::pages(&writer))?;
    package.put("visio/pages/page1.xml", How::PACKED, &parts::page(writer.finish()))?;
    package.finish()
}
