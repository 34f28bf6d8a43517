//! XML Paper Specification 1.0 (as ECMA-388 took it over): a fixed page of paths on canvases, one for every layer.

mod writer;

use crate::format::openxml::{self, MADE};
use crate::format::painting::{self, Abilities, Cutting, Page};
use crate::format::{Credit, Format, Job, Memory, Size, Tier, Topic, Write, Written};
use crate::scene::Scene;
use crate::sink::Sink;
use crate::watch::Watch;
use crate::wire::package::{How, Package};
use crate::wire::xml::Xml;
use writer::{KINDS, Writer};

/// The family.
pub const FORMATS: &[Format] = &[Format {
    id: "xps",
    aliases: &[],
    title: "XPS",
    family: "XPS",
    version: "",
    extension: "xps",
    mime: "application/vnd.ms-xpsdocument",
    tier: Tier::Basic,
    topics: &[Topic::Print, Topic::Office],
    about: "A page that Windows shows and prints as it is, in true size, with every line as a vector.",
    for_whom: "Offices whose printers, archives and workflows take Windows' own page format",
    kept: "Every path as a vector with its holes and curves, a canvas for every layer with its name, colours, opacity, widths, dashes, ends, \
           true size",
    lost: "Text is outlines; attributes",
    programs: &["XPS Viewer (Windows)", "Okular", "Evince", "MuPDF", "Harlequin RIPs", "Windows printers"],
    specification: "https://ecma-international.org/publications-and-standards/standards/ecma-388/",
    credit: Credit::Inside("the document's description and a line on the sheet"),
    provenance: Some("the part `docProps/mapwright.json`"),
    size: Size::Elements,
    memory: Memory::Stream,
    options: &[],
    write: Write::Scene(write),
}];

static ABILITIES: Abilities = Abilities { title: "XPS", cutting: Cutting::Shapes, letters: None, ..Abilities::DRAWING };

const TYPES: [(&str, &str); 4] = [
    ("FixedDocumentSequence.fdseq", "application/vnd.ms-package.xps-fixeddocumentsequence+xml"),
    ("Documents/1/FixedDocument.fdoc", "application/vnd.ms-package.xps-fixeddocument+xml"),
    ("Documents/1/Pages/1.fpage", "application/vnd.ms-package.xps-fixedpage+xml"),
    (MADE.0, MADE.1),
];

fn write(scene: &Scene, job: &mut Job, watch: &mut Watch, sink: &mut dyn Sink) -> Written {
    let page = Page::of(scene);
    let mut package = Package::new(sink);
    package.put("[Content_Types].xml", How::PACKED, &openxml::types(TYPES.iter().copied()))?;
    // As it is: who looks at the first bytes finds how it was made.
    package.put(MADE.0, How::STORED, job.provenance.text().as_bytes())?;
    let roots = openxml::roots(&format!("{KINDS}/fixedrepresentation"), TYPES[0].0, &[(MADE.2, MADE.0)]);
    package.put("_rels/.rels", How::PACKED, &roots)?;
    package.put("docProps/core.xml", How::PACKED, &openxml::core(&scene.title, &scene.timestamp))?;
    package.put("docProps/app.xml", How::PACKED, &openxml::app())?;
    package.put(
        TYPES[0].0,
        How::PACKED,
        &list("FixedDocumentSequence", "DocumentReference", "Documents/1/FixedDocument.fdoc"),
    )?;
    package.put(TYPES[1].0, How::PACKED, &list("FixedDocument", "PageContent", "Pages/1.fpage"))?;
    let mut entry = package.entry(TYPES[2].0, How::PACKED)?;
    let mut writer = Writer::new(page, &mut entry);
    painting::paint(scene, &ABILITIES, &mut writer, job, watch)?;
    writer.finish()?;
    package.finish()
}

/// A list of one.
fn list(name: &'static str, item: &'static str, source: &str) -> Vec<u8> {
    let mut xml = Xml::new(true);
    xml.start(name).attr("xmlns", KINDS).start(item).attr("Source", source);
    xml.finish()
}
