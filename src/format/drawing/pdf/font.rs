//! Embedded fonts: a subset of every face, addressed by glyph (Type 0, Identity-H), with its way back to Unicode
//! (ISO 32000-1 §9.7, §9.10).

use super::ids::Ids;
use crate::error::{Error, Result};
use crate::scene::font::Face;
use crate::wire::deflate;
use pdf_writer::types::{CidFontType, FontFlags, SystemInfo, UnicodeCmap};
use pdf_writer::{Filter, Name, Pdf, Rect, Ref, Str};
use skrifa::instance::{LocationRef, Size};
use skrifa::raw::TableProvider;
use skrifa::string::StringId;
use skrifa::{FontRef, GlyphId, MetadataProvider, Tag};
use std::collections::BTreeMap;
use std::sync::Arc;
use subsetter::GlyphRemapper;

const IDENTITY: SystemInfo = SystemInfo { registry: Str(b"Adobe"), ordering: Str(b"Identity"), supplement: 0 };
const UNICODE: SystemInfo = SystemInfo { registry: Str(b"Adobe"), ordering: Str(b"UCS"), supplement: 0 };

/// Name of a face among the page's resources.
pub fn name(face: u16) -> String {
    format!("F{face}")
}

/// The faces that labels use.
pub struct Fonts<'s> {
    faces: &'s [Arc<Face>],
    used: BTreeMap<u16, Used<'s>>,
}

/// One face and what of it is needed.
struct Used<'s> {
    face: &'s Face,
    font: FontRef<'s>,
    em: f64,
    subset: GlyphRemapper,
    /// What each glyph of the subset stands for.
    texts: BTreeMap<u16, String>,
}

impl<'s> Fonts<'s> {
    /// Nothing is needed yet.
    pub fn new(faces: &'s [Arc<Face>]) -> Self {
        Self { faces, used: BTreeMap::new() }
    }

    /// The code of a glyph and its advance in font sizes; none where there is no such face.
    pub fn code(&mut self, face: u16, glyph: u16, text: &str) -> Option<(u16, f64)> {
        let faces = self.faces;
        let used = match self.used.entry(face) {
            std::collections::btree_map::Entry::Occupied(known) => known.into_mut(),
            std::collections::btree_map::Entry::Vacant(place) => {
                let face: &Face = faces.get(face as usize)?;
                let font = FontRef::new(&face.data).ok()?;
                let em = font.metrics(Size::unscaled(), LocationRef::default()).units_per_em.max(1).into();
                place.insert(Used { face, font, em, subset: GlyphRemapper::new(), texts: BTreeMap::new() })
            }
        };
        let code = used.subset.remap(glyph);
        if !text.is_empty() {
            used.texts.entry(code).or_insert_with(|| text.to_owned());
        }
        Some((code, used.advance(glyph) / 1000.0))
    }

    /// Writes all fonts; their names among the page's resources and their objects.
    pub fn embed(self, pdf: &mut Pdf, ids: &mut Ids) -> Result<Vec<(String, Ref)>> {
        self.used.into_iter().map(|(row, used)| Ok((name(row), used.embed(pdf, ids)?))).collect()
    }
}

impl Used<'_> {
    /// Advance of a glyph of the whole face, in thousandths of the font size, whole as the reader is told it.
    fn advance(&self, glyph: u16) -> f64 {
        let metrics = self.font.glyph_metrics(Size::unscaled(), LocationRef::default());
        libm::round(f64::from(metrics.advance_width(GlyphId::from(glyph)).unwrap_or(0.0)) * 1000.0 / self.em)
    }

    fn embed(&self, pdf: &mut Pdf, ids: &mut Ids) -> Result<Ref> {
        let [id, cid, descriptor, file, unicode] = std::array::from_fn(|_| ids.next());
        let subset = subsetter::subset(&self.face.data, 0, &self.subset)
            .map_err(|fault| Error::Internal(format!("subset of {}: {fault}", self.face.file.id)))?;
        let cff = FontRef::new(&subset).ok().and_then(|font| font.table_data(Tag::new(b"CFF ")));
        let base = self.name();
        let base = Name(base.as_bytes());

        pdf.type0_font(id)
            .base_font(base)
            .encoding_predefined(Name(b"Identity-H"))
            .descendant_font(cid)
            .to_unicode(unicode);

        let mut font = pdf.cid_font(cid);
        font.subtype(if cff.is_some() { CidFontType::Type0 } else { CidFontType::Type2 });
        font.base_font(base).system_info(IDENTITY).font_descriptor(descriptor).default_width(0.0);
        font.widths().consecutive(0, self.subset.remapped_gids().map(|glyph| self.advance(glyph) as f32));
        if cff.is_none() {
            font.cid_to_gid_map_predefined(Name(b"Identity"));
        }
        drop(font);

        self.describe(pdf, descriptor, base, file, cff.is_some());
        let bytes = cff.map_or(subset.as_slice(), |table| table.as_bytes());
        let packed = deflate::zlib(bytes)?;
        let mut stream = pdf.stream(file, &packed);
        stream.filter(Filter::FlateDecode);
        if cff.is_some() {
            stream.pair(Name(b"Subtype"), Name(b"CIDFontType0C"));
        } else {
            stream.pair(Name(b"Length1"), bytes.len() as i32);
        }
        drop(stream);

        let mut map = UnicodeCmap::new(Name(b"Unicode"), UNICODE);
        for (&code, text) in &self.texts {
            map.pair_with_multiple(code, text.chars());
        }
        pdf.stream(unicode, &deflate::zlib(&map.finish())?).filter(Filter::FlateDecode);
        Ok(id)
    }

    fn describe(&self, pdf: &mut Pdf, id: Ref, base: Name, file: Ref, cff: bool) {
        let metrics = self.font.metrics(Size::unscaled(), LocationRef::default());
        let scale = |units: f32| libm::round(f64::from(units) * 1000.0 / self.em) as f32;
        let mut descriptor = pdf.font_descriptor(id);
        let italic = if self.face.file.italic { FontFlags::ITALIC } else { FontFlags::empty() };
        descriptor.name(base).flags(FontFlags::SYMBOLIC | italic);
        let bounds = metrics.bounds.unwrap_or_default();
        let [left, bottom, right, top] = [bounds.x_min, bounds.y_min, bounds.x_max, bounds.y_max].map(scale);
        descriptor.bbox(Rect::new(left, bottom, right, top));
        let angle = self.font.post().map_or(0.0, |post| post.italic_angle().to_f32());
        descriptor.italic_angle(angle).ascent(scale(metrics.ascent)).descent(scale(metrics.descent));
        descriptor.cap_height(scale(metrics.cap_height.unwrap_or(metrics.ascent)));
        // Not in the font; grows with the weight as in Adobe's own faces.
        descriptor.stem_v(
            50.0 + libm::round(f64::from(self.face.file.weight) * f64::from(self.face.file.weight) / 4225.0) as f32,
        );
        if cff {
            descriptor.font_file3(file)
        } else {
            descriptor.font_file2(file)
        };
    }

    /// PostScript name with the tag of a subset: six letters made from its glyphs (§9.6.4).
    fn name(&self) -> String {
        let mut names = self.font.localized_strings(StringId::POSTSCRIPT_NAME);
        let name: String = names.next().map_or_else(|| self.face.file.id.to_owned(), |name| name.chars().collect());
        let mut hash = super::about::hash(self.subset.remapped_gids().flat_map(u16::to_be_bytes), 0);
        let mut tag = String::with_capacity(6);
        for _ in 0..6 {
            tag.push(char::from(b'A' + (hash % 26) as u8));
            hash /= 26;
        }
        format!("{tag}+{name}")
    }
}
