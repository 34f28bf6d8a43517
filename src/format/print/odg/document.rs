//! The document around a page.

use super::styles::{self, mm};
use super::writer::{Kind, Writer};
use crate::error::Result;
use crate::format::Job;
use crate::format::opendocument;
use crate::scene::Scene;
use crate::sink::Sink;
use crate::wire::package::{How, Package};
use crate::wire::xml::Xml;

/// Layers that every drawing has (ODF 1.3, part 3, §10.2.3).
const LAYERS: [&str; 5] = ["layout", "background", "backgroundobjects", "controls", "measurelines"];
/// Parts of a package beside the manifest.
const PARTS: &[&str] = &["content.xml", "styles.xml", "meta.xml"];

/// A page with its document.
pub struct Document<'s> {
    kind: Kind,
    scene: &'s Scene,
    writer: Writer,
    /// Patterns of dashes, by number.
    dashes: Vec<Vec<f64>>,
}

impl<'s> Document<'s> {
    /// Around a page that is written.
    pub fn new(kind: Kind, scene: &'s Scene, writer: Writer) -> Self {
        let mut dashes: Vec<Vec<f64>> = Vec::new();
        for pen in writer.looks.things().filter_map(|look| look.pen.as_ref()) {
            if !pen.dashes.is_empty() && !dashes.contains(&pen.pattern()) {
                dashes.push(pen.pattern());
            }
        }
        Self { kind, scene, writer, dashes }
    }

    /// As a package.
    pub fn package(mut self, kind: &str, job: &Job, sink: &mut dyn Sink) -> Result<()> {
        let mut package = Package::new(sink);
        package.mimetype(kind)?;
        // As it is: who looks at the first bytes finds how it was made.
        package.put("meta.xml", How::STORED, &opendocument::meta(job, &self.scene.title, &self.scene.timestamp))?;
        package.put("META-INF/manifest.xml", How::PACKED, &opendocument::manifest(kind, PARTS))?;
        let mut xml = Xml::new(true);
        opendocument::root(&mut xml, "office:document-styles");
        self.named(&mut xml);
        xml.start("office:automatic-styles");
        self.layout(&mut xml);
        xml.end_block();
        self.master(&mut xml, job);
        package.put("styles.xml", How::PACKED, &xml.finish())?;
        let mut xml = Xml::new(true);
        opendocument::root(&mut xml, "office:document-content").start("office:automatic-styles");
        self.automatic(&mut xml);
        xml.end_block();
        self.body(&mut xml);
        package.put("content.xml", How::PACKED, &xml.finish())?;
        package.finish()
    }

    /// As one file of XML.
    pub fn flat(mut self, kind: &str, job: &Job, sink: &mut dyn Sink) -> Result<()> {
        let mut xml = Xml::new(true);
        opendocument::root(&mut xml, "office:document").attr("office:mimetype", kind);
        opendocument::about(&mut xml, job, &self.scene.title, &self.scene.timestamp);
        self.named(&mut xml);
        xml.start("office:automatic-styles");
        self.layout(&mut xml);
        self.automatic(&mut xml);
        xml.end_block();
        self.master(&mut xml, job);
        self.body(&mut xml);
        sink.put(&xml.finish())
    }

    /// Styles that have names: patterns of dashes.
    fn named(&self, xml: &mut Xml) {
        xml.start("office:styles");
        for (row, dashes) in self.dashes.iter().enumerate() {
            styles::dash(xml, &format!("dash{row}"), dashes);
        }
        xml.end_block();
    }

    /// The page's size.
    fn layout(&self, xml: &mut Xml) {
        let page = self.writer.page;
        xml.start("style:page-layout").attr("style:name", "sheet").start("style:page-layout-properties");
        xml.attr("fo:page-width", &mm(page.width)).attr("fo:page-height", &mm(page.height)).attr("fo:margin", "0mm");
        let way = if page.width > page.height { "landscape" } else { "portrait" };
        xml.attr("style:print-orientation", way).end().end_block();
        xml.start("style:style").attr("style:name", "page").attr("style:family", "drawing-page");
        xml.start("style:drawing-page-properties").attr("draw:fill", "none").end().end_block();
    }

    /// Layers and the page that pages follow.
    fn master(&self, xml: &mut Xml, job: &Job) {
        xml.start("office:master-styles");
        if self.kind == Kind::Drawing {
            xml.start("draw:layer-set");
            let others = LAYERS.iter().filter(|name| !self.writer.layers.iter().any(|layer| layer == *name));
            others.for_each(|name| _ = xml.start("draw:layer").attr("draw:name", name).end());
            for name in &self.writer.layers {
                xml.start("draw:layer").attr("draw:name", name);
                let ground = ["background", "land", "sea", "water"];
                if job.settings.flag("locked") && ground.iter().any(|ground| name.starts_with(ground)) {
                    xml.attr("draw:protected", "true");
                }
                xml.end();
            }
            xml.end_block();
        }
        xml.start("style:master-page").attr("style:name", "Map").attr("style:page-layout-name", "sheet");
        xml.attr("draw:style-name", "page").end().end_block();
    }

    /// Styles of shapes and texts.
    fn automatic(&self, xml: &mut Xml) {
        styles::text_box(xml, "box");
        for (row, look) in self.writer.looks.things().enumerate() {
            let pattern =
                look.pen.as_ref().and_then(|pen| self.dashes.iter().position(|dashes| *dashes == pen.pattern()));
            let pattern = pattern.map(|row| format!("dash{row}"));
            styles::shape(xml, &format!("g{row}"), look, pattern.as_deref());
        }
        for (row, lettering) in self.writer.letterings.things().enumerate() {
            styles::paragraph(xml, &format!("p{row}"), lettering);
        }
    }

    fn body(&mut self, xml: &mut Xml) {
        // Nothing between them: odfpy takes the first node in the body for what it is.
        xml.start("office:body").start_inline(match self.kind {
            Kind::Drawing => "office:drawing",
            Kind::Slide => "office:presentation",
        });
        xml.start("draw:page").attr("draw:name", "Map").attr("draw:master-page-name", "Map");
        let content = std::mem::replace(&mut self.writer.xml, Xml::new(false)).finish();
        xml.text_with(|out| out.extend_from_slice(&content));
        xml.end_block().end_block().end_block();
    }
}
