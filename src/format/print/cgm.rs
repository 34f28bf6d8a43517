//! Computer Graphics Metafiles (ISO/IEC 8632:1999, parts 1 and 3: binary encoding), version 4 with the application structures of
//! WebCGM: layers with names, an object for every thing drawn.

mod element;
mod writer;

use crate::format::painting::{self, Abilities, Cutting, HALO, Page, Texts};
use crate::format::{Credit, Format, Job, Memory, Size, Tier, Topic, Write, Written};
use crate::scene::{Group, Item, Scene};
use crate::sink::Sink;
use crate::watch::Watch;
use std::collections::BTreeSet;
use writer::Writer;

/// The family.
pub const FORMATS: &[Format] = &[Format {
    id: "cgm",
    aliases: &["webcgm"],
    title: "CGM",
    family: "CGM",
    version: "",
    extension: "cgm",
    mime: "image/cgm",
    tier: Tier::Pro,
    topics: &[Topic::Cad, Topic::Print, Topic::Office],
    about: "The ISO standard for vector drawings in technical documents, as WebCGM has it: layers with names, true size in millimetres.",
    for_whom: "Aerospace, defence, railways and ship yards, technical documentation, geology and petroleum programs",
    kept: "Every path as a vector with its holes, line widths, ends, dashes, level text as text with its font, layers with their names, true size",
    lost: "Half-transparent colours are mixed with the background; curves of letters are lines; turned text, which LibreOffice refuses, \
           and text beyond Western European letters become outlines; attributes. LibreOffice sets level text beside its place",
    programs: &[
        "CorelDRAW Technical Suite",
        "PTC Creo Illustrate",
        "Arbortext IsoDraw",
        "Larson VizEx",
        "Adobe FrameMaker",
        "LibreOffice",
        "Petrel",
    ],
    specification: "https://www.w3.org/TR/webcgm20/",
    credit: Credit::Inside("the metafile description and a line on the sheet"),
    provenance: Some("application data that begin with `mapwright`"),
    size: Size::Elements,
    memory: Memory::Stream,
    options: &[HALO],
    write: Write::Scene(write),
}];

static ABILITIES: Abilities = Abilities {
    title: "CGM",
    opacity: false,
    curves: false,
    dashes: false,
    cutting: Cutting::Rectangles,
    letters: Some(|c| element::letter(c).is_some()),
    texts: Texts::Level,
    points: usize::MAX,
};

fn write(scene: &Scene, job: &mut Job, watch: &mut Watch, sink: &mut dyn Sink) -> Written {
    let about = [scene.title.as_str(), scene.attribution.as_str()];
    let mut rows = BTreeSet::new();
    used(&scene.groups, &mut rows);
    // Those that the map needs, whatever else is loaded.
    let faces: Vec<_> = rows.iter().filter_map(|row| scene.faces.get(usize::from(*row)).cloned()).collect();
    let mut writer = Writer::new(Page::of(scene), about, &job.provenance.text(), &faces, sink)?;
    painting::paint(scene, &ABILITIES, &mut writer, job, watch)?;
    writer.finish()
}

/// Faces of all labels.
fn used(groups: &[Group], rows: &mut BTreeSet<u16>) {
    for group in groups {
        for item in &group.items {
            if let Item::Text(text) = item {
                rows.extend(text.glyphs.iter().map(|glyph| glyph.face));
            }
        }
        used(&group.groups, rows);
    }
}
