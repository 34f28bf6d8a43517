//! PostScript, language level 3 (PostScript Language Reference, third edition), with the comments of the Document
//! Structuring Conventions 3.0: one page of vectors; letters are outlines, each drawn once and used again. Encapsulated, it
//! leaves the page to the document that it is placed in (Encapsulated PostScript File Format Specification, version 3.0).

mod canvas;
mod text;

use crate::error::Result;
use crate::format::painting::conventions;
use crate::format::{Credit, Format, Job, Memory, Opt, Size, Tier, Topic, Write, Written};
use crate::scene::{Cut, Group, Item, Scene};
use crate::sink::Sink;
use crate::watch::{Stage, Watch};
use crate::wire::number;
use canvas::Canvas;
use text::Glyphs;

/// The family.
pub const FORMATS: &[Format] = &[
    PS,
    Format {
        id: "eps",
        aliases: &["epsf"],
        title: "EPS",
        version: "Encapsulated",
        extension: "eps",
        topics: &[Topic::Print, Topic::Making],
        about: "Vector drawing to be placed in a document: it brings its size along and leaves the page alone.",
        for_whom: "Publishers, print shops, sign makers, authors who write in LaTeX, owners of older design programs",
        kept: "Every path as a vector, colours, line widths, dashes, true scale, the exact size of the sheet, layers as comments",
        lost: "Text becomes outlines; half-transparent colours are mixed with the background; layers are one in most programs; attributes",
        programs: &[
            "Adobe Illustrator",
            "Adobe InDesign",
            "QuarkXPress",
            "CorelDRAW",
            "Affinity Designer",
            "Scribus",
            "LaTeX",
            "Inkscape",
            "Ghostscript",
            "pstoedit",
        ],
        specification: "https://www.adobe.com/jp/print/postscript/pdfs/5002.EPSF_Spec.pdf",
        credit: Credit::Inside("the comment `%%Copyright` and a line on the sheet"),
        write: Write::Scene(encapsulated),
        ..PS
    },
];

const PS: Format = Format {
    id: "ps",
    aliases: &[],
    title: "PostScript",
    family: "PostScript",
    version: "Page",
    extension: "ps",
    mime: "application/postscript",
    tier: Tier::Basic,
    topics: &[Topic::Print],
    about: "Vector page for printers and print shops that take PostScript.",
    for_whom: "Print shops, owners of PostScript printers, scientists",
    kept: "Every path as a vector, colours, line widths, dashes, true scale, layers as comments",
    lost: "Text becomes outlines; half-transparent colours are mixed with the background; attributes",
    programs: &["Ghostscript", "GSview", "Evince", "Okular", "CorelDRAW", "Scribus", "Inkscape", "printers"],
    specification: "https://www.adobe.com/jp/print/postscript/pdfs/PLRM.pdf",
    credit: Credit::Inside("the comment `%%Copyright`, the subject of the document and a line on the sheet"),
    provenance: Some("the comment `%Mapwright`"),
    size: Size::Elements,
    memory: Memory::File,
    options: &[Opt::int("digits", "Decimals of millimetres", 1, 4, 2)],
    write: Write::Scene(write),
};

/// Points (1/72 inch) in a millimetre.
const POINTS: f64 = 72.0 / 25.4;
/// Short names of operators, and how a glyph is put into the path: `a b c d K` sets size and direction, `x y /name G`
/// adds its contours. One array and one matrix are used again, so that a page of labels takes no memory.
const PROLOG: &str = "/mapwright 600 dict def mapwright begin
/M/moveto load def/L/lineto load def/C/curveto load def/Z/closepath load def
/N/fill load def/F/eofill load def/S/stroke load def/Q/grestore load def/q/gsave load def
/rg/setrgbcolor load def/w/setlinewidth load def/J/setlinecap load def/j/setlinejoin load def
/d{0 setdash}bind def/R/rectfill load def/W/rectclip load def/X{eoclip newpath}bind def
/A 6 array def/O matrix def
/K{A exch 3 exch put A exch 2 exch put A exch 1 exch put A exch 0 exch put}bind def
/G{load/P exch def A exch 5 exch put A exch 4 exch put O currentmatrix pop A concat P O setmatrix}bind def
";

/// The page while it is drawn.
struct Writer<'s> {
    scene: &'s Scene,
    canvas: Canvas,
    glyphs: Glyphs<'s>,
    done: u64,
    total: u64,
}

/// What the document does with the page.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Sets its size and prints it.
    Page,
    /// Nothing: another document has it.
    Encapsulated,
}

fn write(scene: &Scene, job: &mut Job, watch: &mut Watch, sink: &mut dyn Sink) -> Written {
    document(Kind::Page, scene, job, watch, sink)
}

fn encapsulated(scene: &Scene, job: &mut Job, watch: &mut Watch, sink: &mut dyn Sink) -> Written {
    document(Kind::Encapsulated, scene, job, watch, sink)
}

fn document(kind: Kind, scene: &Scene, job: &mut Job, watch: &mut Watch, sink: &mut dyn Sink) -> Written {
    let mut writer = Writer {
        scene,
        canvas: Canvas::new(job.settings.int("digits").clamp(1, 4) as u32, scene.background),
        glyphs: Glyphs::new(&scene.faces),
        done: 0,
        total: scene.groups.iter().map(Group::count).sum(),
    };
    if let Some(color) = scene.background {
        writer.canvas.comment("%%BeginObject: background");
        writer.canvas.flood(&scene.frame, &scene.paths, color);
        writer.canvas.comment("%%EndObject");
    }
    for group in &scene.groups {
        writer.group(group, scene.cut(group), watch)?;
    }
    watch.at(Stage::Write, writer.total, writer.total)?;
    writer.canvas.mixer.note("PostScript", job.notes);
    sink.put(&head(kind, scene, &writer.glyphs, &job.provenance.text()))?;
    sink.put(&writer.canvas.finish())?;
    sink.put(b"end restore showpage\n%%PageTrailer\n%%Trailer\n%%EOF\n")
}

impl Writer<'_> {
    fn group(&mut self, group: &Group, cut: Option<&Cut>, watch: &mut Watch) -> Result<()> {
        self.canvas.comment(&format!("%%BeginObject: {}", group.id));
        let outer = cut.map(|frame| self.canvas.cut_at(frame, &self.scene.paths));
        for item in &group.items {
            if self.done.is_multiple_of(1000) {
                watch.at(Stage::Write, self.done, self.total)?;
            }
            self.done += 1;
            match item {
                Item::Path(path) => self.canvas.path(path, &self.scene.paths),
                Item::Text(text) => text::write(&mut self.canvas, &mut self.glyphs, text),
            }
        }
        for inner in &group.groups {
            self.group(inner, None, watch)?;
        }
        if let Some(outer) = outer {
            self.canvas.restore(outer);
        }
        self.canvas.comment("%%EndObject");
        Ok(())
    }
}

/// Header, prolog with the glyphs, set-up.
fn head(kind: Kind, scene: &Scene, glyphs: &Glyphs, provenance: &str) -> Vec<u8> {
    let sheet = &scene.sheet;
    let [width, height] = [sheet.width, sheet.height].map(|side| (side + 2.0 * sheet.outer()) * POINTS);
    let [w, h] = [width, height].map(|side| number::text(side, 4));
    let [whole_w, whole_h] = [width, height].map(|side| number::text(libm::ceil(side), 0));
    let encapsulated = kind == Kind::Encapsulated;
    let mut head = String::from(if encapsulated { "%!PS-Adobe-3.0 EPSF-3.0\n" } else { "%!PS-Adobe-3.0\n" });
    head.push_str("%%Creator: mapwright\n");
    head.push_str(&conventions::about(scene, provenance));
    head.push_str(&format!(
        "%%BoundingBox: 0 0 {whole_w} {whole_h}\n%%HiResBoundingBox: 0 0 {w} {h}\n%%LanguageLevel: 3\n\
         %%DocumentData: Clean7Bit\n"
    ));
    if !encapsulated {
        head.push_str(&format!("%%DocumentMedia: sheet {w} {h} 0 () ()\n"));
    }
    head.push_str(&format!("%%Pages: 1\n%%EndComments\n%%BeginProlog\n{PROLOG}"));
    let mut out = head.into_bytes();
    glyphs.define(&mut out);
    let dots = sheet.outer() * POINTS;
    let [scale, left, top] = [POINTS, dots, height - dots].map(|value| number::text(value, 6));
    // What overhangs would lie on the document around it.
    let edge = if encapsulated { format!("0 0 {w} {h} rectclip ") } else { String::new() };
    let setup = if encapsulated { String::new() } else { setup(scene, [&w, &h]) };
    out.extend_from_slice(
        format!(
            "end\n%%EndProlog\n{setup}%%Page: 1 1\n%%PageBoundingBox: 0 0 {whole_w} {whole_h}\n%%BeginPageSetup\nsave mapwright begin\n\
             {edge}{left} {top} translate {scale} dup neg scale 2 setmiterlimit\n%%EndPageSetup\n"
        )
        .as_bytes(),
    );
    out
}

/// The size of the page, and what a PDF made from it says of itself.
fn setup(scene: &Scene, [w, h]: [&str; 2]) -> String {
    let [title, rights] = [&scene.title, &scene.attribution].map(|text| wide(text));
    format!(
        "%%BeginSetup\n<</PageSize[{w} {h}]>>setpagedevice\n\
         /pdfmark where{{pop}}{{userdict/pdfmark/cleartomark load put}}ifelse\n\
         [/Title {title}\n/Subject {rights}\n/Creator(mapwright)/DOCINFO pdfmark\n%%EndSetup\n"
    )
}

/// Text as PDF reads it: UTF-16 in hexadecimal, in lines that are short enough.
fn wide(text: &str) -> String {
    let mut out = String::from("<FEFF");
    for (row, unit) in text.encode_utf16().take(1000).enumerate() {
        if row % 48 == 47 {
            out.push('\n');
        }
        out.push_str(&format!("{unit:04X}"));
    }
    out + ">"
}
