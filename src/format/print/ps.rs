//! PostScript, language level 3 (PostScript Language Reference, third edition), with the comments of the Document
//! Structuring Conventions 3.0: one page of vectors; letters are outlines, each drawn once and used again.

mod canvas;
mod text;

use crate::error::Result;
use crate::format::{Credit, Format, Job, Memory, Opt, Size, Tier, Topic, Write, Written};
use crate::scene::{Cut, Group, Item, Scene};
use crate::sink::Sink;
use crate::watch::{Stage, Watch};
use crate::wire::number;
use canvas::Canvas;
use text::Glyphs;

/// The family.
pub const FORMATS: &[Format] = &[PS];

const PS: Format = Format {
    id: "ps",
    aliases: &[],
    title: "PostScript",
    family: "PostScript",
    version: "",
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

/// Longest part of a comment in one line; lines may have 255 characters.
const LINE: usize = 200;
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

fn write(scene: &Scene, job: &mut Job, watch: &mut Watch, sink: &mut dyn Sink) -> Written {
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
    if writer.canvas.mixed > 0 {
        let count = writer.canvas.mixed;
        let message = format!("PostScript has no transparency: {count} colours were mixed with the background.");
        job.notes.say("opacity_mixed", count, message);
    }
    sink.put(&head(scene, &writer.glyphs, &job.provenance.text()))?;
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
fn head(scene: &Scene, glyphs: &Glyphs, provenance: &str) -> Vec<u8> {
    let sheet = &scene.sheet;
    let [width, height] = [sheet.width, sheet.height].map(|side| (side + 2.0 * sheet.outer()) * POINTS);
    let [w, h] = [width, height].map(|side| number::text(side, 4));
    let [whole_w, whole_h] = [width, height].map(|side| number::text(libm::ceil(side), 0));
    let mut head = String::from("%!PS-Adobe-3.0\n%%Creator: mapwright\n");
    for (comment, text) in
        [("Title", &scene.title), ("Copyright", &scene.attribution), ("CreationDate", &scene.timestamp)]
    {
        if !text.is_empty() {
            head.push_str(&format!("%%{comment}: {}\n", plain(text)));
        }
    }
    // A comment of our own (§7 of the conventions), gone on with in lines that are short enough.
    for (row, part) in provenance.as_bytes().chunks(LINE).enumerate() {
        head.push_str(if row == 0 { "%Mapwright: " } else { "%%+" });
        head.push_str(&String::from_utf8_lossy(part));
        head.push('\n');
    }
    head.push_str(&format!(
        "%%BoundingBox: 0 0 {whole_w} {whole_h}\n%%HiResBoundingBox: 0 0 {w} {h}\n%%LanguageLevel: 3\n\
         %%DocumentData: Clean7Bit\n%%DocumentMedia: sheet {w} {h} 0 () ()\n%%Pages: 1\n%%EndComments\n%%BeginProlog\n{PROLOG}"
    ));
    let mut out = head.into_bytes();
    glyphs.define(&mut out);
    let strings = [&scene.title, &scene.attribution].map(|text| wide(text));
    let [title, rights] = strings;
    let dots = sheet.outer() * POINTS;
    let [scale, left, top] = [POINTS, dots, height - dots].map(|value| number::text(value, 6));
    out.extend_from_slice(
        format!(
            "end\n%%EndProlog\n%%BeginSetup\n<</PageSize[{w} {h}]>>setpagedevice\n\
             /pdfmark where{{pop}}{{userdict/pdfmark/cleartomark load put}}ifelse\n\
             [/Title {title}\n/Subject {rights}\n/Creator(mapwright)/DOCINFO pdfmark\n%%EndSetup\n\
             %%Page: 1 1\n%%PageBoundingBox: 0 0 {whole_w} {whole_h}\n%%BeginPageSetup\nsave mapwright begin\n\
             {left} {top} translate {scale} dup neg scale 2 setmiterlimit\n%%EndPageSetup\n"
        )
        .as_bytes(),
    );
    out
}

/// Text of a comment: ASCII of at most 200 characters.
fn plain(text: &str) -> String {
    let sign = |c: char| match c {
        ' '..='~' => Some(c),
        '\u{a9}' | '\u{2028}' => None,
        c if c.is_whitespace() => Some(' '),
        _ => Some('?'),
    };
    text.chars().filter_map(sign).take(200).collect::<String>().trim().to_owned()
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
