//! SVG 1.1 with what SVG 2 adds and older readers pass over: `paint-order`, `href` (<https://www.w3.org/TR/SVG2/>). Versions for
//! single programs are dialects of it.

mod dialect;
mod look;
mod metadata;
mod names;
mod panel;
mod text;
mod trace;
mod writer;

use crate::error::Result;
use crate::format::{Credit, Format, Job, Memory, Opt, Size, Tier, Topic, Write, Written};
use crate::request;
use crate::scene::outline::Outlines;
use crate::scene::{Cut, Group, Item, Path, Scene};
use crate::sink::Sink;
use crate::watch::{Stage, Watch};
use crate::wire::deflate::Gzip;
use crate::wire::pathdata::PathData;
use crate::wire::xml::Xml;
use dialect::{Dialect, Layers};
use look::{Attributes, Halo};
use names::illustrators;
use std::collections::BTreeSet;
use std::ops::Range;
use trace::trace;
use writer::Writer;

/// The family.
pub const FORMATS: &[Format] = &[
    SVG,
    // SVG in gzip, as SVG 1.1 (appendix J) and SVG 2 (§1.4) name it.
    Format {
        id: "svgz",
        title: "SVGZ",
        version: "Compressed",
        extension: "svgz",
        about: "The SVG drawing in a quarter of its size.",
        for_whom: "Web developers, archives, everybody who mails large drawings",
        programs: &[
            "Inkscape",
            "Adobe Illustrator",
            "LibreOffice Draw",
            "GIMP",
            "web browsers (from a server that says gzip)",
        ],
        write: Write::Scene(compressed),
        ..SVG
    },
    // Layers, pages, guides and swatches as Inkscape's namespace has them.
    Format {
        id: "svg-inkscape",
        aliases: &["inkscape"],
        title: "SVG for Inkscape",
        version: "Inkscape",
        about: "The drawing as Inkscape keeps its own: real layers, page and bleed, guides along the map, a grid, its colours as swatches.",
        for_whom: "Designers, cartographers and makers who work in Inkscape",
        kept: "Every path as a vector, layers with their names, a locked background, page, guides, swatches by class, ids as labels of objects, \
               text as text along streets",
        lost: "Attributes other than the id; text needs its fonts installed unless it becomes outlines",
        programs: &["Inkscape", "Ink/Stitch", "Boxy SVG"],
        specification: "https://wiki.inkscape.org/wiki/Inkscape-specific_XML_attributes",
        options: &[DIGITS, HALO, Opt::flag("ids", "OpenStreetMap ids as labels of objects", true)],
        tier: Tier::Basic,
        write: Write::Scene(inkscape),
        ..SVG
    },
    // As Illustrator writes SVG itself, near enough: points, ids as names of layers, fonts by their PostScript names.
    Format {
        id: "svg-illustrator",
        aliases: &[],
        title: "SVG for Illustrator",
        version: "Illustrator",
        about: "The drawing as Illustrator reads it: layers under their names, points as units, halos below letters, fonts it recognises.",
        for_whom: "Illustrators and designers with Adobe Illustrator, Affinity Designer, CorelDRAW or Figma",
        kept: "Every path as a vector, layers with their names, colours, line widths, dashes, text as text along streets, halos, true scale",
        lost: "Attributes; text needs its fonts installed unless it becomes outlines; strokes of text and its fill are two texts",
        programs: &["Adobe Illustrator", "Affinity Designer", "CorelDRAW", "Figma", "Sketch"],
        specification: "https://www.w3.org/TR/SVG11/",
        options: &[DIGITS, HALO_DOUBLE],
        tier: Tier::Basic,
        write: Write::Scene(illustrator),
        ..SVG
    },
    // SVG Tiny 1.2.
    Format {
        id: "svg-tiny",
        aliases: &[],
        title: "SVG Tiny 1.2",
        version: "Tiny 1.2",
        about: "The profile for phones and devices: no styles, no clipping, no text on paths, so that small programs draw it right.",
        for_whom: "Developers of apps, devices and e-mail (BIMI) whose library reads the small profile alone",
        kept: "Every path as a vector, a group for every class, colours, line widths, dashes, text as text, true scale",
        lost: "Names along streets are a text for each word, or each letter in bends; what overhangs the frame is painted over; attributes",
        programs: &["Qt SVG", "Android apps", "J2ME phones", "BIMI mail clients", "web browsers", "Inkscape"],
        specification: "https://www.w3.org/TR/SVGTiny12/",
        options: &[DIGITS, HALO_DOUBLE],
        tier: Tier::Pro,
        write: Write::Scene(tiny),
        ..SVG
    },
];

/// Options that versions share.
const DIGITS: Opt = Opt::int("digits", "Decimals of millimetres", 1, 4, 2);
const HALO: Opt = Opt::choice(
    "halo",
    "Text halo: one element, two for Illustrator and CorelDRAW, none",
    &["single", "double", "none"],
);
const HALO_DOUBLE: Opt = Opt::choice("halo", "Text halo: an element below the letters, or none", &["double", "none"]);

const SVG: Format = Format {
    id: "svg",
    aliases: &[],
    title: "SVG",
    family: "SVG",
    version: "Plain",
    extension: "svg",
    mime: "image/svg+xml",
    tier: Tier::Free,
    topics: &[Topic::Print, Topic::Web, Topic::Making],
    about: "Editable vector drawing with a named layer for every class, true to scale in millimetres.",
    for_whom: "Designers, illustrators, web developers, cartographers, laser and vinyl cutters",
    kept: "Every path as a vector, layers and their names, colours, line widths, dashes, text as text, scale, georeference in the metadata",
    lost: "Attributes other than the id; text needs its fonts installed unless it becomes outlines",
    programs: &[
        "Inkscape",
        "Adobe Illustrator",
        "Affinity Designer",
        "CorelDRAW",
        "Figma",
        "Sketch",
        "LibreOffice Draw",
        "LightBurn",
        "web browsers",
    ],
    specification: "https://www.w3.org/TR/SVG2/",
    credit: Credit::Inside("`desc` of the root, `dc:rights` of the metadata and a line on the sheet"),
    provenance: Some("`provenance` of the metadata"),
    size: Size::Elements,
    memory: Memory::Stream,
    options: &[DIGITS, HALO, Opt::flag("ids", "OpenStreetMap ids as data-osm-id", false)],
    write: Write::Scene(write),
};

/// Namespaces of the root element, and those of Inkscape.
const NAMESPACES: &[(&str, &str)] =
    &[("xmlns", "http://www.w3.org/2000/svg"), ("xmlns:xlink", "http://www.w3.org/1999/xlink")];
const PANEL: &[(&str, &str)] = &[
    ("xmlns:inkscape", "http://www.inkscape.org/namespaces/inkscape"),
    ("xmlns:sodipodi", "http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd"),
];

fn write(scene: &Scene, job: &mut Job, watch: &mut Watch, sink: &mut dyn Sink) -> Written {
    dialect(&dialect::PLAIN, scene, job, watch, sink)
}

fn inkscape(scene: &Scene, job: &mut Job, watch: &mut Watch, sink: &mut dyn Sink) -> Written {
    dialect(&dialect::INKSCAPE, scene, job, watch, sink)
}

fn illustrator(scene: &Scene, job: &mut Job, watch: &mut Watch, sink: &mut dyn Sink) -> Written {
    dialect(&dialect::ILLUSTRATOR, scene, job, watch, sink)
}

fn tiny(scene: &Scene, job: &mut Job, watch: &mut Watch, sink: &mut dyn Sink) -> Written {
    dialect(&dialect::TINY, scene, job, watch, sink)
}

fn dialect(dialect: &'static Dialect, scene: &Scene, job: &mut Job, watch: &mut Watch, sink: &mut dyn Sink) -> Written {
    let outline = job.request.text == request::Text::Outline;
    let mut writer = Writer {
        xml: Xml::new(true),
        scene,
        dialect,
        names: BTreeSet::new(),
        digits: job.settings.int("digits").clamp(1, 4) as u32,
        halo: match job.settings.text("halo") {
            "double" => Halo::Double,
            "none" => Halo::None,
            _ => Halo::Single,
        },
        ids: job.settings.flag("ids"),
        provenance: job.provenance,
        outlines: outline.then(|| Outlines::new(&scene.faces)),
        done: 0,
        total: scene.groups.iter().map(Group::count).sum(),
    };
    writer.document(watch, sink)?;
    if !outline {
        text::note_fonts(scene, job.notes);
    }
    sink.put(&writer.xml.finish())
}

fn compressed(scene: &Scene, job: &mut Job, watch: &mut Watch, sink: &mut dyn Sink) -> Written {
    let mut gzip = Gzip::new(sink);
    write(scene, job, watch, &mut gzip)?;
    gzip.finish()
}

impl Writer<'_> {
    fn document(&mut self, watch: &mut Watch, sink: &mut dyn Sink) -> Result<()> {
        let (scene, sheet) = (self.scene, &self.scene.sheet);
        let outer = sheet.outer();
        let [width, height] = [sheet.width + 2.0 * outer, sheet.height + 2.0 * outer];
        let digits = self.digits.max(3);
        self.xml.start("svg");
        let Dialect { version, profile, unit, suffix, layers, .. } = *self.dialect;
        let panel = if layers == Layers::Inkscape { PANEL } else { &[] };
        for (name, uri) in NAMESPACES.iter().chain(panel) {
            self.xml.attr(name, uri);
        }
        self.xml.attr("version", version);
        if let Some(profile) = profile {
            self.xml.attr("baseProfile", profile);
        }
        for (name, side) in [("width", width), ("height", height)] {
            self.xml.attr(name, &format!("{}{suffix}", crate::wire::number::text(side * unit, digits)));
        }
        let view = [-outer, -outer, width, height].map(|side| crate::wire::number::text(side * unit, digits));
        self.xml.attr("viewBox", &view.join(" "));
        // Inherited by everything: areas are even-odd, and mitres end where MapLibre ends them.
        self.xml.attr("fill-rule", "evenodd").attr("stroke-miterlimit", "2");
        self.xml.leaf("title", &scene.title).leaf("desc", &scene.attribution);
        metadata::write(&mut self.xml, scene, self.provenance);
        if layers == Layers::Inkscape {
            panel::view(self);
        }
        self.definitions();
        self.background();
        let mut overhung = false;
        for group in &scene.groups {
            let cut = scene.cut(group).is_some();
            if !cut && std::mem::take(&mut overhung) {
                self.covered();
            }
            overhung |= cut && !self.dialect.clips;
            self.group(group, cut && self.dialect.clips, watch, sink)?;
        }
        if overhung {
            self.covered();
        }
        self.xml.end_block();
        Ok(())
    }

    /// Lines that text runs along, and the frame that cuts strokes where there is a margin.
    fn definitions(&mut self) {
        self.xml.start("defs");
        if self.dialect.layers == Layers::Inkscape {
            panel::swatches(self);
        }
        if self.dialect.clips && self.scene.groups.iter().any(|group| self.scene.cut(group).is_some()) {
            self.xml.start("clipPath").attr("id", "frame");
            self.frame();
            if matches!(self.scene.frame, Cut::Shape(_)) {
                self.xml.attr("clip-rule", "evenodd");
            }
            self.xml.end().end_block();
        }
        text::baselines(self);
        self.xml.end_block();
    }

    fn covered(&mut self) {
        self.layer("margin", "margin");
        self.margin();
        self.xml.end_block();
    }

    fn background(&mut self) {
        let Some(color) = self.scene.background else { return };
        self.layer("background", "background");
        if self.dialect.layers == Layers::Inkscape {
            self.xml.attr("sodipodi:insensitive", "true");
        }
        self.frame();
        self.attributes(&look::fill(Some(color)), &[]);
        self.xml.end().end_block();
    }

    /// Begins an element with the shape of the map frame.
    fn frame(&mut self) {
        match &self.scene.frame {
            &Cut::Rectangle([x, y, width, height]) => {
                self.xml.start("rect");
                let unit = self.dialect.unit;
                for (name, value) in [("x", x), ("y", y), ("width", width), ("height", height)] {
                    self.xml.attr_number(name, value * unit, 4);
                }
            }
            Cut::Shape(rows) => {
                self.xml.start("path");
                self.data(rows.clone());
            }
        }
    }

    fn layer(&mut self, id: &str, label: &str) -> &mut Xml {
        self.xml.start("g");
        match self.dialect.layers {
            Layers::Class => self.xml.attr("id", id).attr("class", "layer").attr("data-name", label),
            Layers::Inkscape => {
                self.xml.attr("id", id).attr("inkscape:groupmode", "layer").attr("inkscape:label", label)
            }
            Layers::Ids => self.xml.attr("id", id),
            Layers::Names => {
                let name = illustrators(label, &mut self.names);
                self.xml.attr("id", &name).attr("data-name", label)
            }
        }
    }

    fn group(&mut self, group: &Group, cut: bool, watch: &mut Watch, sink: &mut dyn Sink) -> Result<()> {
        self.layer(&group.id, &group.label);
        if cut {
            self.xml.attr("clip-path", "url(#frame)");
        }
        let looks: Vec<Attributes> = group.items.iter().map(|item| self.look(item)).collect();
        let shared = look::shared(group, &looks, self.halo);
        self.attributes(&shared, &[]);
        for (item, look) in group.items.iter().zip(&looks) {
            if self.done.is_multiple_of(1000) {
                watch.at(Stage::Write, self.done, self.total)?;
            }
            self.done += 1;
            match item {
                Item::Path(path) => self.path(path, look, &shared),
                Item::Text(text) => text::write(self, text, look, &shared),
            }
            self.xml.spill(sink)?;
        }
        for inner in &group.groups {
            self.group(inner, false, watch, sink)?;
        }
        self.xml.end_block();
        Ok(())
    }

    fn look(&self, item: &Item) -> Attributes {
        match item {
            Item::Path(path) => look::path(path, self.dialect.unit),
            Item::Text(text) => text::look(self, text),
        }
    }

    /// Writes what is not already said by the group.
    fn attributes(&mut self, look: &[look::Attribute], shared: &[look::Attribute]) {
        for attribute in look.iter().filter(|attribute| !shared.contains(attribute)) {
            self.xml.attr(attribute.0, &attribute.1);
        }
    }

    fn path(&mut self, path: &Path, look: &Attributes, shared: &[look::Attribute]) {
        self.xml.start("path");
        if let Some((kind, id)) = path.source.filter(|_| self.ids) {
            let name = if self.dialect.layers == Layers::Inkscape { "inkscape:label" } else { "data-osm-id" };
            self.xml.attr(name, &format!("{kind}{id}"));
        }
        self.attributes(look, shared);
        self.data(path.subpaths.clone());
        self.xml.end();
    }

    /// Subpaths as path data.
    fn data(&mut self, rows: Range<u32>) {
        let (scene, digits, unit) = (self.scene, self.digits, self.dialect.unit);
        self.xml.attr_with("d", |out| trace(&mut PathData::new(out, digits), scene, rows, unit));
    }
}
