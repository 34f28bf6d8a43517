//! A drawing as the crate acadrust holds it.

use super::aci::index;
use super::coded::{APPLICATION, ATTRIBUTES, attributes, coded, drawn, paragraph};
use super::version::{Version, code_page};
use super::{geodata, layout};
use crate::error::{Error, Result};
use crate::format::drafting::{Block, Encoder, Filling, Head, Insert, Layer, Line, On, Paint, Words};
use acadrust::entities::{
    AttachmentPoint, AttributeDefinition, AttributeEntity, BoundaryEdge, BoundaryPath, EntityCommon, EntityType, Hatch,
    HatchPattern, HatchPatternLine, HatchPatternType, LwPolyline, MText, Point, PolylineEdge, Text,
    TextHorizontalAlignment, TextVerticalAlignment,
};
use acadrust::error::DxfError;
use acadrust::tables::{self, AppId, BlockRecord, LineType, LineTypeElement, TextStyle};
use acadrust::types::{Color, Handle, LineWeight, Vector2, Vector3};
use acadrust::xdata::{ExtendedDataRecord, XDataValue};
use acadrust::{CadDocument, DwgWriter, DxfWriter, entities};

/// $PDMODE: a circle with a cross, so that points can be seen.
const CROSS: i16 = 34;
/// Size of points on paper, mm.
const POINT_MM: f64 = 1.0;
/// The style of texts, and its font: one that every Windows has, with the letters of most scripts.
const STYLE: &str = "Names";
const FONT: [&str; 2] = ["arial.ttf", "Arial"];
/// Widths that lines may have, hundredths of a millimetre (group code 370).
const WEIGHTS: [i16; 24] =
    [0, 5, 9, 13, 15, 18, 20, 25, 30, 35, 40, 50, 53, 60, 70, 80, 90, 100, 106, 120, 140, 158, 200, 211];

/// A drawing that is held until it is written.
pub struct Document {
    version: &'static Version,
    document: CadDocument,
    /// Line types that are there already.
    line_types: Vec<String>,
}

impl Document {
    /// An empty one.
    ///
    /// # Errors
    /// [`Error::Internal`], should the crate refuse what it is given.
    pub fn new(version: &'static Version, head: &Head) -> Result<Self> {
        let mut document = CadDocument::with_version(version.code);
        let [left, bottom, right, top] = head.extent;
        let header = &mut document.header;
        header.insertion_units = head.unit.code;
        header.measurement = i16::from(head.unit.metric);
        header.point_display_mode = CROSS;
        header.point_display_size = POINT_MM * head.mm;
        header.lineweight_display = true;
        header.model_space_extents_min = Vector3::new(left, bottom, 0.0);
        header.model_space_extents_max = Vector3::new(right, top, 0.0);
        if version.properties {
            document.summary_info.title = head.layout.title.clone();
            document.summary_info.comments = head.about.join("; ");
        }
        document.app_ids.add(AppId::new(APPLICATION)).map_err(fault)?;
        let mut style = TextStyle::new(STYLE);
        [style.font_file, style.true_type_font] = FONT.map(str::to_owned);
        document.text_styles.add(style).map_err(fault)?;
        if version.layouts {
            layout::lay_out(&mut document, head, STYLE).map_err(fault)?;
        }
        if version.geodata {
            geodata::locate(&mut document, head);
        }
        Ok(Self { version, document, line_types: Vec::new() })
    }

    /// As DXF, in lines or bytes.
    ///
    /// # Errors
    /// [`Error::Internal`].
    pub fn dxf(&self, binary: bool) -> Result<Vec<u8>> {
        let writer = if binary { DxfWriter::new_binary(&self.document) } else { DxfWriter::new(&self.document) };
        writer.write_to_vec().map_err(fault)
    }

    /// As DWG.
    ///
    /// # Errors
    /// [`Error::Internal`].
    pub fn dwg(&self) -> Result<Vec<u8>> {
        DwgWriter::write_to_vec(&self.document).map_err(fault)
    }

    fn add(&mut self, entity: EntityType) -> Result<()> {
        self.document.add_entity(entity).map_err(fault)?;
        Ok(())
    }

    /// Adds to a block.
    fn within(&mut self, owner: Handle, mut entity: EntityType) -> Result<()> {
        entity.common_mut().owner_handle = owner;
        self.add(entity)
    }

    fn color(&self, paint: Paint) -> Color {
        match paint {
            Paint::Color(color) if self.version.true_color => Color::Rgb { r: color.r, g: color.g, b: color.b },
            paint => Color::Index(index(paint)),
        }
    }
}

impl Encoder for Document {
    fn layer(&mut self, layer: &Layer) -> Result<()> {
        let mut row = tables::Layer::with_color(&layer.name, self.color(layer.color));
        if let Some(dashes) = &layer.dashes {
            if !self.line_types.contains(&dashes.name) {
                self.document.line_types.add(line_type(&dashes.name, &dashes.lengths)).map_err(fault)?;
                self.line_types.push(dashes.name.clone());
            }
            row.line_type = dashes.name.clone();
        }
        if let Some(weight) = layer.weight.filter(|_| self.version.layouts) {
            let wanted = (weight * 100.0) as i16;
            let nearest = WEIGHTS.into_iter().min_by_key(|weight| (weight - wanted).abs());
            row.line_weight = nearest.map_or(LineWeight::Default, LineWeight::Value);
        }
        self.document.layers.add(row).map_err(fault)
    }

    fn block(&mut self, block: &Block) -> Result<()> {
        let mut record = BlockRecord::new(&block.name);
        record.handle = self.document.allocate_handle();
        record.block_entity_handle = self.document.allocate_handle();
        record.block_end_handle = self.document.allocate_handle();
        let owner = record.handle;
        self.document.block_records.add(record).map_err(fault)?;
        // On layer 0 they look as where they are inserted.
        let rings: Vec<_> = block.rings.iter().map(|ring| (true, ring.clone())).collect();
        if self.version.limits.fillings {
            self.within(owner, hatch(&Filling { rings: &rings, hatch: None }, EntityCommon::with_layer("0")))?;
        }
        for ring in &block.rings {
            let line = Line { points: ring, closed: true, elevation: 0.0, thickness: 0.0 };
            self.within(owner, polyline(&line, EntityCommon::with_layer("0")))?;
        }
        for tag in ATTRIBUTES {
            let mut definition = AttributeDefinition::invisible(tag, "");
            definition.common = EntityCommon::with_layer("0");
            definition.height = 1.0;
            definition.text_style = STYLE.into();
            self.within(owner, EntityType::AttributeDefinition(definition))?;
        }
        Ok(())
    }

    fn point(&mut self, on: &On, at: [f64; 2]) -> Result<()> {
        self.add(EntityType::Point(Point { common: common(on), ..Point::at(flat(at)) }))
    }

    fn insert(&mut self, on: &On, insert: &Insert) -> Result<()> {
        let mut block = entities::Insert::new(insert.block, flat(insert.at)).with_uniform_scale(insert.scale);
        block.common = common(on);
        if let Some(object) = on.object {
            block.attributes.extend(ATTRIBUTES.into_iter().zip(attributes(object)).map(|(tag, value)| {
                let mut attribute = AttributeEntity::simple(tag, value);
                attribute.common = EntityCommon::with_layer(on.layer);
                attribute.insertion_point = flat(insert.at);
                attribute.alignment_point = flat(insert.at);
                attribute.height = insert.scale;
                attribute.text_style = STYLE.into();
                attribute.flags.invisible = true;
                attribute
            }));
        }
        self.add(EntityType::Insert(block))
    }

    fn line(&mut self, on: &On, line: &Line) -> Result<()> {
        self.add(polyline(line, common(on)))
    }

    fn filling(&mut self, on: &On, filling: &Filling) -> Result<()> {
        self.add(hatch(filling, common(on)))
    }

    fn text(&mut self, on: &On, words: &Words) -> Result<()> {
        let at = flat(words.at);
        if let [line] = words.lines {
            let mut text = Text::with_value(drawn(line), at).with_height(words.height);
            text = text.with_rotation(words.angle.to_radians());
            text.common = common(on);
            text.style = STYLE.into();
            text.horizontal_alignment = match words.centred {
                true => TextHorizontalAlignment::Center,
                false => TextHorizontalAlignment::Left,
            };
            text.vertical_alignment = TextVerticalAlignment::Middle;
            text.alignment_point = Some(at);
            return self.add(EntityType::Text(text));
        }
        let mut text = MText::with_value(paragraph(words.lines), at);
        text.common = common(on);
        text.height = words.height;
        text.rotation = words.angle.to_radians();
        text.style = STYLE.into();
        text.attachment_point = match words.centred {
            true => AttachmentPoint::MiddleCenter,
            false => AttachmentPoint::MiddleLeft,
        };
        self.add(EntityType::MText(Box::new(text)))
    }
}

fn flat([x, y]: [f64; 2]) -> Vector3 {
    Vector3::new(x, y, 0.0)
}

fn polyline(line: &Line, common: EntityCommon) -> EntityType {
    let mut polyline = LwPolyline::from_points(line.points.iter().map(|[x, y]| Vector2::new(*x, *y)).collect());
    polyline.is_closed = line.closed;
    // Dashes run on over the corners.
    polyline.plinegen = true;
    polyline.elevation = line.elevation;
    polyline.thickness = line.thickness;
    polyline.common = common;
    EntityType::LwPolyline(polyline)
}

fn hatch(filling: &Filling, common: EntityCommon) -> EntityType {
    let mut hatch = Hatch::solid();
    hatch.common = common;
    if let Some(lines) = filling.hatch {
        hatch.is_solid = false;
        hatch.pattern_type = HatchPatternType::Custom;
        hatch.pattern = HatchPattern { name: lines.name.to_uppercase(), description: String::new(), lines: Vec::new() };
        hatch.pattern.lines.extend(lines.lines.iter().map(|line| HatchPatternLine {
            angle: line.angle.to_radians(),
            base_point: Vector2::new(line.base[0], line.base[1]),
            offset: Vector2::new(line.offset[0], line.offset[1]),
            dash_lengths: line.dashes.clone(),
        }));
    }
    for (outer, ring) in filling.rings {
        let mut path = if *outer { BoundaryPath::external() } else { BoundaryPath::new() };
        let ring = ring.iter().map(|[x, y]| Vector2::new(*x, *y)).collect();
        path.add_edge(BoundaryEdge::Polyline(PolylineEdge::new(ring, true)));
        hatch.paths.push(path);
    }
    EntityType::Hatch(Box::new(hatch))
}

/// Bytes of extended data that LibreDWG takes for none, and loses the thing with them.
const MISREAD: usize = 256;

/// Bytes that texts take as extended data of DWG: before 2007, and since.
fn sizes(texts: &[String]) -> [usize; 2] {
    let own = |c: char| if code_page().is_some_and(|page| page.can_encode(c)) { 1 } else { 7 * c.len_utf16() };
    let narrow = texts.iter().map(|text| 4 + text.chars().map(own).sum::<usize>()).sum();
    [narrow, texts.iter().map(|text| 3 + 2 * text.encode_utf16().count()).sum()]
}

fn common(on: &On) -> EntityCommon {
    let mut common = EntityCommon::with_layer(on.layer);
    if let Some(object) = on.object {
        let mut record = ExtendedDataRecord::new(APPLICATION);
        let texts: Vec<String> = object.data.iter().map(|text| coded(text)).collect();
        let more = if sizes(&texts).contains(&MISREAD) { Some(String::new()) } else { None };
        texts.into_iter().chain(more).for_each(|text| record.add_value(XDataValue::String(text)));
        common.extended_data.add_record(record);
    }
    common
}

/// Dashes and gaps by turns.
fn line_type(name: &str, lengths: &[f64]) -> LineType {
    let mut line_type = LineType::new(name);
    // Programs draw nothing of a pattern without a length.
    line_type.pattern_length = lengths.iter().sum();
    for (row, length) in lengths.iter().enumerate() {
        line_type.add_element(match row.is_multiple_of(2) {
            true if *length > 0.0 => LineTypeElement::dash(*length),
            true => LineTypeElement::dot(),
            false => LineTypeElement::space(*length),
        });
    }
    line_type
}

/// A failure of the crate that writes.
fn fault(fault: DxfError) -> Error {
    Error::Internal(format!("the drawing cannot be written: {fault}"))
}
