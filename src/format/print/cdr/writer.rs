//! Gathers layers with their objects, then writes the file.

use super::chunks::{Chunks, Version};
use super::document::{self, Layer as Held};
use super::look::Looks;
use super::object::Object;
use crate::error::{Error, Result};
use crate::format::painting::{Label, Layer, Letters, Page, Painter, Run, Shape};
use crate::sink::Sink;
use crate::wire::riff::Riff;

/// Gathers layers.
pub struct Writer {
    page: Page,
    layers: Vec<Held>,
    fonts: Vec<&'static str>,
    looks: Looks,
}

impl Writer {
    /// Of a page.
    pub fn new(page: Page) -> Self {
        Self { page, layers: Vec::new(), fonts: Vec::new(), looks: Looks::default() }
    }

    /// Version, comment, the packed document.
    pub fn finish(self, version: Version, about: &str, sink: &mut dyn Sink) -> Result<()> {
        let mut chunks = Chunks::default();
        document::write(&mut chunks, &self.layers, &self.fonts, &self.looks, self.page, version);
        let packed = chunks.packed()?;
        Riff::write(sink, version.kind(), |riff| {
            riff.chunk(b"vrsn", &version.number().to_le_bytes())?;
            riff.list(b"INFO", |riff| {
                riff.chunk(b"IKEY", &[0; 32])?;
                riff.chunk(b"ICMT", &[about.as_bytes(), b"\0"].concat())
            })?;
            riff.chunk(b"LIST", &[&b"cmpr"[..], &packed].concat())?;
            riff.chunk(b"sumi", &[0; 60])
        })
    }

    fn curve(&mut self, shape: &Shape) -> Object {
        let (fill, outline) = (self.looks.fill(shape.fill), self.looks.outline(shape.pen.clone()));
        Object::Curve { shape: shape.clone(), fill, outline }
    }

    fn text(&mut self, run: &Run) -> Result<Object> {
        let name = run.face.family;
        let row = self.fonts.iter().position(|known| *known == name).unwrap_or_else(|| {
            self.fonts.push(name);
            self.fonts.len() - 1
        });
        let font = u16::try_from(row + 1).map_err(|_| Error::TooLarge("CorelDRAW has at most 65,535 fonts".into()))?;
        let (fill, outline) = (self.looks.fill(Some(run.color)), self.looks.outline(None));
        Ok(Object::Text { run: run.clone(), font, fill, outline })
    }

    fn put(&mut self, object: Object) {
        if let Some(layer) = self.layers.last_mut() {
            layer.objects.push(object);
        }
    }
}

impl Painter for Writer {
    fn begin(&mut self, layer: &Layer) -> Result<()> {
        if layer.objects > 0 {
            self.layers.push(Held { name: layer.name.clone(), objects: Vec::new() });
        }
        Ok(())
    }

    fn end(&mut self) -> Result<()> {
        Ok(())
    }

    fn shape(&mut self, shape: &Shape) -> Result<()> {
        let object = self.curve(shape);
        self.put(object);
        Ok(())
    }

    fn label(&mut self, label: &Label) -> Result<()> {
        let mut parts: Vec<Object> = label.halo.iter().map(|halo| self.curve(halo)).collect();
        match &label.letters {
            Letters::Set(runs) => {
                for run in runs {
                    parts.push(self.text(run)?);
                }
            }
            Letters::Drawn(shape) => parts.push(self.curve(shape)),
        }
        let object = if parts.len() == 1 { parts.pop() } else { Some(Object::Group(parts)) };
        if let Some(object) = object {
            self.put(object);
        }
        Ok(())
    }
}
