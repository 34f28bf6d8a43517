//! PDF 1.7 (ISO 32000-1): one page with optional content groups (§8.11), embedded fonts and a geospatial viewport
//! (Adobe Supplement to ISO 32000, extension level 3, §8.8).

mod about;
mod canvas;
mod font;
mod ids;
mod ink;
mod number;
mod text;

use crate::error::Result;
use crate::format::{Credit, Format, Job, Memory, Opt, Size, Tier, Topic, Write, Written};
use crate::provenance::Provenance;
use crate::request;
use crate::scene::outline::Outlines;
use crate::scene::{Cut, Group, Item, Scene};
use crate::sink::Sink;
use crate::watch::{Stage, Watch};
use crate::wire::deflate;
use canvas::Canvas;
use font::Fonts;
use ids::Ids;
use ink::Inks;
use number::{POINTS, share};
use pdf_writer::{Filter, Finish, Name, Pdf, Rect, Ref, TextStr};

/// The family.
pub const FORMATS: &[Format] = &[PDF];

const PDF: Format = Format {
    id: "pdf",
    aliases: &[],
    title: "PDF",
    family: "PDF",
    version: "",
    extension: "pdf",
    mime: "application/pdf",
    tier: Tier::Free,
    topics: &[Topic::Print, Topic::Office],
    about: "Print-ready vector page with switchable layers, embedded fonts and a georeference.",
    for_whom: "Print shops, designers, architects, hikers, everybody who prints or mails a map",
    kept: "Every path as a vector, layers, searchable text with its fonts, true scale, bleed, coordinates under the pointer",
    lost: "Attributes of features other than the names that are drawn",
    programs: &[
        "Adobe Acrobat",
        "Adobe Illustrator",
        "Affinity Publisher",
        "CorelDRAW",
        "Inkscape",
        "QGIS",
        "Avenza Maps",
        "web browsers",
        "printers",
    ],
    specification: "https://opensource.adobe.com/dc-acrobat-sdk-docs/pdfstandards/PDF32000_2008.pdf",
    credit: Credit::Inside("the subject of the document, `dc:rights` of XMP and a line on the sheet"),
    provenance: Some("`mapwright:provenance` of XMP"),
    size: Size::Elements,
    memory: Memory::File,
    options: &[
        Opt::choice("color", "Colours", &["rgb", "cmyk"]),
        Opt::text("spots", "Spot colours, as #rrggbb=Name with commas between them", ""),
    ],
    write: Write::Scene(write),
};

/// The content of the page while it is drawn.
struct Writer<'s> {
    scene: &'s Scene,
    canvas: Canvas,
    fonts: Fonts<'s>,
    /// Where text becomes outlines.
    outlines: Option<Outlines<'s>>,
    /// A layer for every group, in drawing order.
    layers: Vec<Layer>,
    done: u64,
    total: u64,
}

/// An optional content group with the groups inside it.
struct Layer {
    id: Ref,
    label: String,
    depth: usize,
}

fn write(scene: &Scene, job: &mut Job, watch: &mut Watch, sink: &mut dyn Sink) -> Written {
    let mut ids = Ids::default();
    let sheet = &scene.sheet;
    let mut writer = Writer {
        scene,
        canvas: Canvas::new(sheet.height + sheet.outer(), sheet.outer(), Inks::new(job.settings)?),
        fonts: Fonts::new(&scene.faces),
        outlines: (job.request.text == request::Text::Outline).then(|| Outlines::new(&scene.faces)),
        layers: Vec::new(),
        done: 0,
        total: scene.groups.iter().map(Group::count).sum(),
    };
    writer.background(&mut ids);
    for group in &scene.groups {
        writer.group(group, scene.cut(group), 0, &mut ids, watch)?;
    }
    watch.at(Stage::Write, writer.total, writer.total)?;
    let idle = writer.canvas.inks.idle();
    if !idle.is_empty() {
        let message =
            format!("nothing on the map has the colour of {}; colours must be those of the style", idle.join(", "));
        job.notes.say("spots_idle", idle.len() as u64, message);
    }
    sink.put(&document(writer, ids, job.provenance)?)
}

impl Writer<'_> {
    fn background(&mut self, ids: &mut Ids) {
        let Some(color) = self.scene.background else { return };
        self.begin("background", 0, ids);
        self.canvas.flood(&self.scene.frame, &self.scene.paths, color);
        self.canvas.content.end_marked_content();
    }

    /// Everything until the matching end belongs to a new layer.
    fn begin(&mut self, label: &str, depth: usize, ids: &mut Ids) {
        let name = format!("L{}", self.layers.len());
        self.canvas.content.begin_marked_content_with_properties(Name(b"OC")).properties_named(Name(name.as_bytes()));
        self.layers.push(Layer { id: ids.next(), label: label.to_owned(), depth });
    }

    fn group(
        &mut self,
        group: &Group,
        cut: Option<&Cut>,
        depth: usize,
        ids: &mut Ids,
        watch: &mut Watch,
    ) -> Result<()> {
        self.begin(&group.label, depth, ids);
        let outer = cut.map(|frame| self.canvas.cut_at(frame, &self.scene.paths));
        for item in &group.items {
            if self.done.is_multiple_of(1000) {
                watch.at(Stage::Write, self.done, self.total)?;
            }
            self.done += 1;
            match item {
                Item::Path(path) => self.canvas.path(path, &self.scene.paths),
                Item::Text(text) => match &mut self.outlines {
                    Some(outlines) => text::outline(&mut self.canvas, outlines, text),
                    None => text::write(&mut self.canvas, &mut self.fonts, text),
                },
            }
        }
        for inner in &group.groups {
            self.group(inner, None, depth + 1, ids, watch)?;
        }
        if let Some(outer) = outer {
            self.canvas.restore(outer);
        }
        self.canvas.content.end_marked_content();
        Ok(())
    }
}

/// Puts the objects together.
fn document(writer: Writer, mut ids: Ids, provenance: &Provenance) -> Result<Vec<u8>> {
    let Writer { scene, canvas, fonts, layers, .. } = writer;
    let [catalog, pages, page, contents, info, metadata] = std::array::from_fn(|_| ids.next());
    let mut pdf = Pdf::with_settings(pdf_writer::Settings { pretty: false });
    let (content, alphas, inks) = canvas.finish();
    pdf.set_file_id(about::file_id(&content));
    let fonts = fonts.embed(&mut pdf, &mut ids)?;
    let states: Vec<_> = alphas.iter().map(|&alphas| (ids.next(), alphas)).collect();
    for &(id, [fill, stroke]) in &states {
        pdf.ext_graphics(id).non_stroking_alpha(share(fill)).stroking_alpha(share(stroke));
    }
    for layer in &layers {
        pdf.indirect(layer.id).dict().pair(Name(b"Type"), Name(b"OCG")).pair(Name(b"Name"), TextStr(&layer.label));
    }
    pdf.stream(contents, &deflate::zlib(&content)?).filter(Filter::FlateDecode);
    about::info(&mut pdf, info, scene);
    pdf.stream(metadata, &about::xmp(scene, provenance))
        .pair(Name(b"Type"), Name(b"Metadata"))
        .pair(Name(b"Subtype"), Name(b"XML"));
    pdf.pages(pages).kids([page]).count(1);

    let mut root = pdf.catalog(catalog);
    root.pages(pages).metadata(metadata);
    root.viewer_preferences().display_doc_title(true);
    optional_content(root.insert(Name(b"OCProperties")).dict(), &layers);
    root.finish();

    let mut leaf = pdf.page(page);
    let sheet = &scene.sheet;
    // Boxes about the trimmed sheet, by how far each reaches beyond it (§14.11.2).
    let around = |reach: f64| {
        let low = ((sheet.outer() - reach) * POINTS) as f32;
        let high = |side: f64| ((sheet.outer() + side + reach) * POINTS) as f32;
        Rect::new(low, low, high(sheet.width), high(sheet.height))
    };
    leaf.parent(pages).contents(contents).media_box(around(sheet.outer()));
    leaf.bleed_box(around(sheet.bleed)).trim_box(around(0.0));
    let mut group = leaf.group();
    let space = group.transparency().isolated(true).color_space();
    if inks.cmyk() {
        space.device_cmyk()
    } else {
        space.device_rgb()
    }
    group.finish();
    about::viewport(leaf.insert(Name(b"VP")).array(), scene);
    let mut resources = leaf.resources();
    inks.declare(&mut resources);
    resources.fonts().pairs(fonts.iter().map(|(name, id)| (Name(name.as_bytes()), *id)));
    let names: Vec<_> = states.iter().enumerate().map(|(row, (id, _))| (format!("G{row}"), *id)).collect();
    resources.ext_g_states().pairs(names.iter().map(|(name, id)| (Name(name.as_bytes()), *id)));
    let names: Vec<_> = layers.iter().enumerate().map(|(row, layer)| (format!("L{row}"), layer.id)).collect();
    let mut properties = resources.insert(Name(b"Properties")).dict();
    properties.pairs(names.iter().map(|(name, id)| (Name(name.as_bytes()), *id)));
    properties.finish();
    resources.finish();
    leaf.finish();
    let mut bytes = pdf.finish();
    about::fill_places(&mut bytes, scene);
    Ok(bytes)
}

/// The list of layers, all visible; in the panel the topmost stands first.
fn optional_content(mut dict: pdf_writer::Dict, layers: &[Layer]) {
    let all = || layers.iter().map(|layer| layer.id);
    dict.insert(Name(b"OCGs")).array().items(all());
    let mut view = dict.insert(Name(b"D")).dict();
    view.pair(Name(b"Name"), TextStr("Layers")).pair(Name(b"ListMode"), Name(b"AllPages"));
    view.insert(Name(b"ON")).array().items(all());
    let mut order = view.insert(Name(b"Order")).array();
    nest(&mut order, layers, 0);
}

/// A layer, then an array of those inside it (§8.11.4.3).
fn nest(array: &mut pdf_writer::Array, layers: &[Layer], depth: usize) {
    let starts: Vec<usize> =
        layers.iter().enumerate().filter(|(_, layer)| layer.depth == depth).map(|(row, _)| row).collect();
    let ends = starts.iter().skip(1).copied().chain([layers.len()]);
    for (start, end) in starts.iter().copied().zip(ends).collect::<Vec<_>>().into_iter().rev() {
        let Some([layer, inside @ ..]) = layers.get(start..end) else { continue };
        array.item(layer.id);
        if !inside.is_empty() {
            nest(&mut array.push().array(), inside, depth + 1);
        }
    }
}
