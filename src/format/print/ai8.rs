//! Adobe Illustrator 8 in its documented dialect of PostScript (Adobe Illustrator File Format Specification): true layers with
//! names, paths, compound paths, text. A procset of our own draws it where Illustrator's is not at hand.

mod writer;

use crate::format::painting::{self, Abilities, Cutting, HALO, Page, Texts};
use crate::format::{Credit, Format, Job, Memory, Size, Tier, Topic, Write, Written};
use crate::scene::Scene;
use crate::sink::Sink;
use crate::watch::Watch;
use crate::wire::codepage::CodePage;
use writer::Writer;

/// The family.
pub const FORMATS: &[Format] = &[Format {
    id: "ai8",
    aliases: &["ai-legacy"],
    title: "Adobe Illustrator 8",
    family: "Adobe Illustrator 8",
    version: "",
    extension: "ai",
    mime: "application/postscript",
    tier: Tier::Basic,
    topics: &[Topic::Print, Topic::Making],
    about: "Illustrator's documented format with true layers, named as those of the map, for every version from 8 on and all that import it.",
    for_whom: "Illustrators and cartographers with Adobe Illustrator, owners of CorelDRAW, Affinity, OCAD and sign software that import .ai",
    kept: "Layers with their names, every path as a vector with its holes, colours, line widths, ends, dashes, text as text with its font, \
           true scale",
    lost: "Half-transparent colours are mixed with the background; text beyond Western European letters becomes outlines; names along \
           streets are a text for each word; attributes",
    programs: &["Adobe Illustrator", "CorelDRAW", "Affinity Designer", "Scribus", "OCAD", "pstoedit", "Ghostscript"],
    specification: "https://www.adobe.com/content/dam/acom/en/devnet/illustrator/sdk/AI7FileFormat.pdf",
    credit: Credit::Inside("the comment `%%Copyright` and a line on the sheet"),
    provenance: Some("the comment `%Mapwright`"),
    size: Size::Elements,
    memory: Memory::File,
    options: &[HALO],
    write: Write::Scene(write),
}];

static ABILITIES: Abilities = Abilities {
    title: "Illustrator 8",
    opacity: false,
    curves: true,
    dashes: true,
    cutting: Cutting::Shapes,
    letters: Some(|c| CodePage::Western.has(c)),
    texts: Texts::Any,
    // Levels of PostScript that this is read by took no more.
    points: 30_000,
};

fn write(scene: &Scene, job: &mut Job, watch: &mut Watch, sink: &mut dyn Sink) -> Written {
    let mut writer = Writer::new(Page::of(scene));
    painting::paint(scene, &ABILITIES, &mut writer, job, watch)?;
    writer.finish(scene, &job.provenance.text(), sink)
}
