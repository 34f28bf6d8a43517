//! PDF 1.7 (ISO 32000-1): one page with optional content groups (§8.11), embedded fonts and a geospatial viewport
//! (Adobe Supplement to ISO 32000, extension level 3, §8.8).

mod about;
mod canvas;
mod features;
mod font;
mod ids;
mod ink;
mod layers;
mod number;
mod objects;
mod packed;
mod profile;
mod text;

use crate::color::Color;
use crate::error::Result;
use crate::format::{Credit, Format, Job, Memory, Opt, Products, Size, Tier, Topic, Write, Written};
use crate::provenance::Provenance;
use crate::request;
use crate::scene::outline::Outlines;
use crate::scene::{Cap, Cut, Group, Item, Join, Path, Paths, Scene, Stroke};
use crate::sink::Sink;
use crate::watch::{Stage, Watch};
use crate::wire::{deflate, icc};
use canvas::Canvas;
use features::Known;
use font::Fonts;
use ids::Ids;
use ink::Inks;
use layers::{Layer, intent, optional_content};
use number::{POINTS, share};
use objects::{Kept, Object};
use packed::Packed;
use pdf_writer::{Filter, Finish, Name, Pdf, Rect, TextStr};
use profile::{Intent, Profile};

/// The family.
pub const FORMATS: &[Format] = &[
    PDF,
    // The same with an object for every feature, as GDAL and Acrobat's "Object data" read them.
    Format {
        id: "geopdf",
        aliases: &["geospatial-pdf"],
        title: "GeoPDF",
        version: "Geospatial",
        topics: &[Topic::Gis, Topic::Print],
        about: "The page with an object behind every feature: its id, name, layer and class, where on earth it lies.",
        for_whom: "Authorities, emergency services, field crews, GIS departments, users of Avenza Maps and Acrobat",
        kept: "Everything of the PDF, and for every feature its id, name, layer and class in coordinates of the system",
        lost: "Other attributes; lines that a style draws together have objects that show nothing themselves; names have none",
        programs: &["Avenza Maps", "Adobe Acrobat", "QGIS", "GDAL", "ArcGIS", "Global Mapper", "TerraGo"],
        tier: Tier::Basic,
        memory: Memory::File,
        write: Write::Several("Scene", geospatial),
        ..PDF
    },
    // PDF/A-2u, ISO 19005-2.
    Format {
        id: "pdf-a",
        aliases: &["pdf-a-2u"],
        title: "PDF/A-2u",
        version: "PDF/A-2u",
        topics: &[Topic::Print, Topic::Office],
        about: "The page for archives: nothing outside the file is needed to show it the same, and its text can be searched, for good.",
        for_whom: "Authorities, courts, archives, libraries, building permits and everybody who must hand in PDF/A",
        kept: "Everything of the PDF, colours defined as sRGB, text with its way back to Unicode, metadata in XMP",
        lost: "Attributes of features other than the names that are drawn; CMYK and spot colours",
        programs: &["Adobe Acrobat", "veraPDF", "DMS and e-filing systems", "web browsers", "printers"],
        specification: "https://pdfa.org/resource/iso-19005-pdfa/",
        options: &[],
        tier: Tier::Pro,
        write: Write::Scene(archive),
        ..PDF
    },
    // PDF/X-4, ISO 15930-7.
    Format {
        id: "pdf-x",
        aliases: &["pdf-x-4"],
        title: "PDF/X-4",
        version: "PDF/X-4",
        topics: &[Topic::Print],
        about: "The page as print shops ask for it: CMYK with an output intent, trim and bleed boxes, transparency left to the press.",
        for_whom: "Print shops, publishers, designers who hand in maps for offset and digital printing",
        kept: "Every path as a vector, layers, embedded fonts, true scale, trim and bleed, process and spot colours",
        lost: "RGB: colours are computed without knowing the press, and its own profile may be assigned; the georeference; attributes",
        programs: &["Adobe Acrobat", "callas pdfToolbox", "Enfocus PitStop", "Adobe InDesign", "Scribus", "RIPs"],
        specification: "https://pdfa.org/resource/iso-15930-pdfx/",
        options: &[SPOTS],
        tier: Tier::Pro,
        write: Write::Scene(press),
        ..PDF
    },
];

const SPOTS: Opt = Opt::text("spots", "Spot colours, as #rrggbb=Name with commas between them", "");

const PDF: Format = Format {
    id: "pdf",
    aliases: &[],
    title: "PDF",
    family: "PDF",
    version: "Plain",
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
    options: &[Opt::choice("color", "Colours", &["rgb", "cmyk"]), SPOTS],
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
    /// Objects of features by layers, where there are any, and what features are called.
    objects: Option<(Vec<Kept>, Known)>,
    /// How many objects there are.
    numbers: i32,
    done: u64,
    total: u64,
}

fn write(scene: &Scene, job: &mut Job, watch: &mut Watch, sink: &mut dyn Sink) -> Written {
    page(&profile::PLAIN, scene, None, job, watch, sink)
}

fn archive(scene: &Scene, job: &mut Job, watch: &mut Watch, sink: &mut dyn Sink) -> Written {
    page(&profile::ARCHIVE, scene, None, job, watch, sink)
}

fn press(scene: &Scene, job: &mut Job, watch: &mut Watch, sink: &mut dyn Sink) -> Written {
    page(&profile::PRESS, scene, None, job, watch, sink)
}

/// A colour that shows nothing.
const CLEAR: Color = Color { r: 0, g: 0, b: 0, a: 0 };
/// Part of the work until names are known, and until the sheet is drawn.
const NAMED: f64 = 0.2;
const DRAWN: f64 = 0.75;

fn geospatial(products: &mut dyn Products, job: &mut Job, watch: &mut Watch, sink: &mut dyn Sink) -> Written {
    let known = watch.part(0.0..NAMED, |watch| Known::of(products.features(watch)?))?;
    let scene = watch.part(NAMED..DRAWN, |watch| products.scene(watch))?;
    job.notes.append(&scene.notes);
    watch.part(DRAWN..1.0, |watch| page(&profile::GEO, scene, Some(known), job, watch, sink))
}

fn page(
    profile: &Profile,
    scene: &Scene,
    known: Option<Known>,
    job: &mut Job,
    watch: &mut Watch,
    sink: &mut dyn Sink,
) -> Written {
    let mut ids = Ids::default();
    let sheet = &scene.sheet;
    let mut writer = Writer {
        scene,
        canvas: Canvas::new(
            sheet.height + sheet.outer(),
            sheet.outer(),
            Inks::new(job.settings, profile.cmyk)?,
            profile.objects,
        ),
        fonts: Fonts::new(&scene.faces),
        outlines: (job.request.text == request::Text::Outline).then(|| Outlines::new(&scene.faces)),
        layers: Vec::new(),
        objects: known.filter(|_| profile.objects).map(|known| (Vec::new(), known)),
        numbers: 0,
        done: 0,
        total: scene.groups.iter().map(Group::count).sum(),
    };
    writer.background(&mut ids);
    for group in &scene.groups {
        writer.group(group, scene.cut(group), (0, ""), &mut ids, watch)?;
    }
    watch.at(Stage::Write, writer.total, writer.total)?;
    let idle = writer.canvas.inks.idle();
    if !idle.is_empty() {
        let message =
            format!("nothing on the map has the colour of {}; colours must be those of the style", idle.join(", "));
        job.notes.say("spots_idle", idle.len() as u64, message);
    }
    sink.put(&document(profile, writer, ids, job.provenance)?)
}

impl Writer<'_> {
    /// A path, and the object that it is where objects are wanted: of what has an id, and is drawn.
    fn path(&mut self, path: &Path) {
        let drawn = path.fill.is_some() || path.stroke.is_some();
        let object = self.objects.as_mut().zip(path.source.filter(|_| drawn)).and_then(|((layers, known), source)| {
            let (kind, id) = source;
            let object = Object { id: format!("{kind}{id}"), name: known.names.get(&source).cloned() };
            layers.last_mut()?.objects.push((self.numbers, object));
            Some(self.numbers)
        });
        let Some(number) = object else { return self.canvas.path(path, &self.scene.paths) };
        self.numbers += 1;
        objects::marked(&mut self.canvas, number, path, &self.scene.paths);
    }

    /// Objects of the lines that a style draws as one: each a line that shows nothing.
    fn unseen(&mut self, group: &Group) {
        let merged = |item: &Item| matches!(item, Item::Path(path) if path.source.is_none() && path.stroke.is_some());
        let scene = self.scene;
        let Some((layers, known)) = self.objects.as_mut().filter(|_| group.items.iter().any(merged)) else { return };
        let Some(layer) = layers.last_mut() else { return };
        let mut paths = Paths::default();
        let mut rows = Vec::new();
        for ((kind, id), lines) in known.take(&group.id, scene) {
            let start = paths.subpaths.len() as u32;
            for line in lines {
                paths.push(line, false);
            }
            let object = Object { id: format!("{kind}{id}"), name: known.names.get(&(kind, id)).cloned() };
            layer.objects.push((self.numbers, object));
            rows.push((self.numbers, start..paths.subpaths.len() as u32));
            self.numbers += 1;
        }
        let stroke = Stroke { color: CLEAR, width: 0.1, cap: Cap::Butt, join: Join::Round, dashes: Vec::new() };
        for (number, subpaths) in rows {
            let path = Path { subpaths, fill: None, stroke: Some(stroke.clone()), source: None };
            objects::marked(&mut self.canvas, number, &path, &paths);
        }
    }

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
        (depth, outer): (usize, &str),
        ids: &mut Ids,
        watch: &mut Watch,
    ) -> Result<()> {
        self.begin(&group.label, depth, ids);
        let title = if outer.is_empty() { group.label.clone() } else { format!("{outer} / {}", group.label) };
        if let Some((layers, _)) = &mut self.objects {
            layers.push(Kept { title: title.clone(), class: group.label.clone(), objects: Vec::new() });
        }
        let outer = cut.map(|frame| self.canvas.cut_at(frame, &self.scene.paths));
        for item in &group.items {
            if self.done.is_multiple_of(1000) {
                watch.at(Stage::Write, self.done, self.total)?;
            }
            self.done += 1;
            match item {
                Item::Path(path) => self.path(path),
                Item::Text(text) => {
                    let (fonts, outlines) = (&mut self.fonts, &mut self.outlines);
                    self.canvas.in_millimetres(|canvas| match outlines {
                        Some(outlines) => text::outline(canvas, outlines, text),
                        None => text::write(canvas, fonts, text),
                    });
                }
            }
        }
        self.unseen(group);
        for inner in &group.groups {
            self.group(inner, None, (depth + 1, &title), ids, watch)?;
        }
        if let Some(outer) = outer {
            self.canvas.restore(outer);
        }
        self.canvas.content.end_marked_content();
        Ok(())
    }
}

/// Puts the objects together.
fn document(profile: &Profile, writer: Writer, mut ids: Ids, provenance: &Provenance) -> Result<Vec<u8>> {
    let Writer { scene, canvas, fonts, layers, objects, .. } = writer;
    let [catalog, pages, page, contents, info, metadata] = std::array::from_fn(|_| ids.next());
    let mut pdf = Pdf::with_settings(pdf_writer::Settings { pretty: false });
    pdf.set_version(1, profile.minor);
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
    about::info(&mut pdf, info, scene, profile.kind);
    pdf.stream(metadata, &about::xmp(scene, provenance, profile.kind, &content))
        .pair(Name(b"Type"), Name(b"Metadata"))
        .pair(Name(b"Subtype"), Name(b"XML"));
    pdf.pages(pages).kids([page]).count(1);
    let output = profile.intent.map(|intent| (intent, ids.next()));
    if let Some((intent, id)) = output {
        let (bytes, parts) = match intent {
            Intent::Archive => (icc::srgb(), 3),
            Intent::Press => (icc::process(), 4),
        };
        pdf.stream(id, &deflate::zlib(&bytes)?).filter(Filter::FlateDecode).pair(Name(b"N"), parts);
    }
    let mut packed = Packed::default();
    let tree = objects.map(|(objects, _)| objects::tree(&mut packed, &mut ids, page, &objects));
    packed.write(&mut pdf, &mut ids)?;

    let mut root = pdf.catalog(catalog);
    root.pages(pages).metadata(metadata);
    root.viewer_preferences().display_doc_title(true);
    optional_content(root.insert(Name(b"OCProperties")).dict(), &layers);
    if let Some((kind, profile)) = output {
        intent(root.insert(Name(b"OutputIntents")).array(), kind, profile);
    }
    if let Some(tree) = tree {
        root.pair(Name(b"StructTreeRoot"), tree);
        let mut mark = root.insert(Name(b"MarkInfo")).dict();
        mark.pair(Name(b"Marked"), true).pair(Name(b"UserProperties"), true);
    }
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
    if profile.viewport {
        about::viewport(leaf.insert(Name(b"VP")).array(), scene);
    }
    if tree.is_some() {
        leaf.pair(Name(b"StructParents"), 0);
    }
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
    let mut bytes = packed.finish(pdf, &mut ids)?;
    about::fill_places(&mut bytes, scene);
    Ok(bytes)
}
