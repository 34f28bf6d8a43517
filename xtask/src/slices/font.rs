//! A variable font at one weight, with the characters that are wanted and nothing that lays out text: ideographs, kana
//! and syllables stand side by side as they are.

use crate::project::Fault;
use kurbo::BezPath;
use skrifa::instance::Size;
use skrifa::outline::{DrawSettings, OutlinePen};
use skrifa::raw::TableProvider;
use skrifa::{FontRef, GlyphId, MetadataProvider};
use std::collections::BTreeMap;
use write_fonts::FontBuilder;
use write_fonts::from_obj::ToOwnedTable;
use write_fonts::tables::cmap::Cmap;
use write_fonts::tables::glyf::{GlyfLocaBuilder, Glyph, SimpleGlyph};
use write_fonts::tables::head::Head;
use write_fonts::tables::hhea::Hhea;
use write_fonts::tables::hmtx::{Hmtx, LongMetric};
use write_fonts::tables::loca::LocaFormat;
use write_fonts::tables::maxp::Maxp;
use write_fonts::tables::name::{Name, NameRecord};
use write_fonts::tables::os2::Os2;
use write_fonts::tables::post::Post;
use write_fonts::types::{NameId, Version16Dot16};

/// The weight of the slices.
const WEIGHT: u16 = 400;
/// What its style is called, and what stands for it in PostScript names.
const STYLE: &str = "Regular";
/// Rows of the name table that are kept: licence, family, style, unique, whole and PostScript name, version.
const NAMES: [u16; 9] = [0, 1, 2, 3, 4, 5, 6, 13, 14];

/// A font file and the characters it is for.
pub struct Slice {
    /// TrueType.
    pub data: Vec<u8>,
    /// In ascending order.
    pub codes: Vec<u32>,
}

/// Fixes a font at the weight; none where nothing of it is wanted.
pub fn fixed(source: &[u8], wanted: impl Fn(u32) -> bool) -> Result<Option<Slice>, Fault> {
    let font = FontRef::new(source)?;
    let mut codes: Vec<(u32, GlyphId)> = font.charmap().mappings().filter(|(code, _)| wanted(*code)).collect();
    codes.sort_unstable();
    if codes.is_empty() {
        return Ok(None);
    }
    let location = font.axes().location([("wght", f32::from(WEIGHT))]);
    let (outlines, metrics) = (font.outline_glyphs(), font.glyph_metrics(Size::unscaled(), &location));
    let mut rows: BTreeMap<GlyphId, u16> = BTreeMap::from([(GlyphId::NOTDEF, 0)]);
    let mut order = vec![GlyphId::NOTDEF];
    for (_, glyph) in &codes {
        rows.entry(*glyph).or_insert_with(|| {
            order.push(*glyph);
            order.len() as u16 - 1
        });
    }
    let mut shapes = GlyfLocaBuilder::new();
    let mut advances = Vec::new();
    let mut most = Maxp { num_glyphs: order.len() as u16, ..blank() };
    let mut bounds = [i16::MAX, i16::MAX, i16::MIN, i16::MIN];
    for glyph in &order {
        let mut pen = Pen::default();
        if let Some(outline) = outlines.get(*glyph) {
            outline.draw(DrawSettings::unhinted(Size::unscaled(), &location), &mut pen)?;
        }
        let mut left = 0;
        if pen.0.is_empty() {
            shapes.add_glyph(&Glyph::Empty)?;
        } else {
            let simple = SimpleGlyph::from_bezpath(&pen.0).map_err(|fault| format!("glyph {glyph}: {fault:?}"))?;
            let points: usize = simple.contours.iter().map(|contour| contour.len()).sum();
            most.max_points = most.max_points.max(Some(points as u16));
            most.max_contours = most.max_contours.max(Some(simple.contours.len() as u16));
            let ink = simple.bbox;
            bounds = [
                bounds[0].min(ink.x_min),
                bounds[1].min(ink.y_min),
                bounds[2].max(ink.x_max),
                bounds[3].max(ink.y_max),
            ];
            left = ink.x_min;
            shapes.add_glyph(&simple)?;
        }
        let advance = metrics.advance_width(*glyph).unwrap_or_default();
        advances.push(LongMetric::new(advance.round() as u16, left));
    }
    let (glyf, loca, format) = shapes.build();
    let characters =
        codes.iter().filter_map(|(code, glyph)| Some((char::from_u32(*code)?, GlyphId::from(*rows.get(glyph)?))));
    let cmap = Cmap::from_mappings(characters)?;
    let mut head: Head = font.head()?.to_owned_table();
    head.index_to_loc_format = i16::from(format == LocaFormat::Long);
    [head.x_min, head.y_min, head.x_max, head.y_max] = bounds;
    let mut hhea: Hhea = font.hhea()?.to_owned_table();
    hhea.number_of_h_metrics = order.len() as u16;
    let mut os2: Os2 = font.os2()?.to_owned_table();
    os2.us_weight_class = WEIGHT;
    let old = font.post()?;
    let post = Post {
        version: Version16Dot16::VERSION_3_0,
        underline_position: old.underline_position(),
        underline_thickness: old.underline_thickness(),
        ..Post::default()
    };
    let data = FontBuilder::new()
        .add_table(&head)?
        .add_table(&hhea)?
        .add_table(&most)?
        .add_table(&os2)?
        .add_table(&Hmtx::new(advances, Vec::new()))?
        .add_table(&cmap)?
        .add_table(&glyf)?
        .add_table(&loca)?
        .add_table(&names(&font)?)?
        .add_table(&post)?
        .build();
    Ok(Some(Slice { data, codes: codes.into_iter().map(|(code, _)| code).collect() }))
}

/// No instructions, no composite glyphs.
fn blank() -> Maxp {
    Maxp {
        max_points: Some(0),
        max_contours: Some(0),
        max_composite_points: Some(0),
        max_composite_contours: Some(0),
        max_zones: Some(1),
        max_twilight_points: Some(0),
        max_storage: Some(0),
        max_function_defs: Some(0),
        max_instruction_defs: Some(0),
        max_stack_elements: Some(0),
        max_size_of_instructions: Some(0),
        max_component_elements: Some(0),
        max_component_depth: Some(0),
        ..Maxp::new(0)
    }
}

/// The names of the source, for the weight.
fn names(font: &FontRef) -> Result<Name, Fault> {
    let table: Name = font.name()?.to_owned_table();
    let renamed = |record: NameRecord| {
        // The default of the axis is what the names of a variable font say.
        let text = record.string.replace("Thin", STYLE).replace(" Regular Regular", " Regular");
        // The family is called the same whatever the weight.
        let text =
            if record.name_id == NameId::FAMILY_NAME { text.trim_end_matches(" Regular").to_owned() } else { text };
        NameRecord::new(record.platform_id, record.encoding_id, record.language_id, record.name_id, text.into())
    };
    let kept = table.name_record.into_iter().filter(|record| NAMES.contains(&record.name_id.to_u16()));
    Ok(Name::new(kept.map(renamed).collect()))
}

/// Collects an outline in whole font units.
#[derive(Default)]
struct Pen(BezPath);

fn whole(x: f32, y: f32) -> (f64, f64) {
    (f64::from(x.round()), f64::from(y.round()))
}

impl OutlinePen for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        self.0.move_to(whole(x, y));
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.0.line_to(whole(x, y));
    }

    fn quad_to(&mut self, cx: f32, cy: f32, x: f32, y: f32) {
        self.0.quad_to(whole(cx, cy), whole(x, y));
    }

    fn curve_to(&mut self, ax: f32, ay: f32, bx: f32, by: f32, x: f32, y: f32) {
        self.0.curve_to(whole(ax, ay), whole(bx, by), whole(x, y));
    }

    fn close(&mut self) {
        self.0.close_path();
    }
}
