//! Drawings and presentations of OpenDocument 1.3 (ISO/IEC 26300): paths, texts, layers, as a package or in one file of XML.

mod document;
mod styles;
mod writer;

use crate::format::painting::{self, Abilities, HALO, Page};
use crate::format::{Credit, Format, Job, Memory, Opt, Size, Tier, Topic, Write, Written};
use crate::scene::Scene;
use crate::sink::Sink;
use crate::watch::Watch;
use document::Document;
use writer::{Kind, Writer};

/// The family.
pub const FORMATS: &[Format] = &[
    ODG,
    // The same in one file of XML.
    Format {
        id: "fodg",
        title: "Flat OpenDocument drawing",
        version: "Flat drawing",
        extension: "fodg",
        mime: "application/vnd.oasis.opendocument.graphics-flat-xml",
        about: "The drawing of LibreOffice as a single file of text that version control can compare.",
        for_whom: "Writers of documentation under version control, developers who generate or change drawings",
        programs: &["LibreOffice Draw", "Collabora Online"],
        provenance: Some("the user-defined field `mapwright` of `office:meta`"),
        write: Write::Scene(flat),
        ..ODG
    },
    Format {
        id: "odp",
        title: "OpenDocument presentation",
        version: "Presentation",
        extension: "odp",
        mime: "application/vnd.oasis.opendocument.presentation",
        about: "A slide of LibreOffice Impress of the sheet's size, the map on it as shapes in a named group for every class.",
        for_whom: "Everybody who presents with LibreOffice, schools, authorities, associations",
        kept: "Every path as a shape with its holes, groups with the names of the map's layers, colours, opacity, widths, dashes, text as \
               text with its font, true size",
        programs: &[
            "LibreOffice Impress",
            "Collabora Online",
            "OnlyOffice",
            "Microsoft PowerPoint",
            "Google Slides",
            "Apple Keynote",
        ],
        write: Write::Scene(slide),
        ..ODG
    },
];

const ODG: Format = Format {
    id: "odg",
    aliases: &[],
    title: "OpenDocument drawing",
    family: "OpenDocument drawing",
    version: "Drawing",
    extension: "odg",
    mime: "application/vnd.oasis.opendocument.graphics",
    tier: Tier::Basic,
    topics: &[Topic::Office, Topic::Print],
    about: "The drawing of LibreOffice: shapes and texts on layers named after the map's, to change, hide and print.",
    for_whom: "Everybody who draws with LibreOffice: schools, authorities, planners, associations",
    kept: "Every path as a shape with its holes, layers with their names, colours, opacity, widths, dashes, text as text with its font, \
           true size",
    lost: "Names along streets are a text for each word, or each letter in bends; gaps of a dash pattern have one length; what overhangs the \
           frame is painted over; text in scripts that must be shaped is outlines; attributes",
    programs: &["LibreOffice Draw", "Collabora Online", "OnlyOffice", "Calligra Karbon", "Apache OpenOffice"],
    specification: "https://docs.oasis-open.org/office/OpenDocument/v1.3/",
    credit: Credit::Inside("the description of the document and a line on the sheet"),
    provenance: Some("the user-defined field `mapwright` of `meta.xml`"),
    size: Size::Elements,
    memory: Memory::File,
    options: &[HALO, Opt::flag("locked", "The layers of land and water are locked", false)],
    write: Write::Scene(drawing),
};

static ABILITIES: Abilities = Abilities { title: "OpenDocument", ..Abilities::DRAWING };

fn paint(kind: Kind, scene: &Scene, job: &mut Job, watch: &mut Watch) -> crate::error::Result<Writer> {
    let mut writer = Writer::new(kind, Page::of(scene), &scene.title, &scene.attribution);
    painting::paint(scene, &ABILITIES, &mut writer, job, watch)?;
    Ok(writer)
}

fn drawing(scene: &Scene, job: &mut Job, watch: &mut Watch, sink: &mut dyn Sink) -> Written {
    let writer = paint(Kind::Drawing, scene, job, watch)?;
    Document::new(Kind::Drawing, scene, writer).package(ODG.mime, job, sink)
}

fn flat(scene: &Scene, job: &mut Job, watch: &mut Watch, sink: &mut dyn Sink) -> Written {
    let writer = paint(Kind::Drawing, scene, job, watch)?;
    Document::new(Kind::Drawing, scene, writer).flat(ODG.mime, job, sink)
}

fn slide(scene: &Scene, job: &mut Job, watch: &mut Watch, sink: &mut dyn Sink) -> Written {
    let writer = paint(Kind::Slide, scene, job, watch)?;
    Document::new(Kind::Slide, scene, writer).package("application/vnd.oasis.opendocument.presentation", job, sink)
}
