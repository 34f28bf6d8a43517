//! The sheet in paper space: a view of the drawing at its scale, a frame, the title, the terms.

use crate::format::drafting::Head;
use acadrust::CadDocument;
use acadrust::entities::{
    EntityCommon, EntityType, LwPolyline, Text, TextHorizontalAlignment, TextVerticalAlignment, Viewport,
};
use acadrust::error::DxfError;
use acadrust::objects::ObjectType;
use acadrust::types::{Vector2, Vector3};

/// The layout that a new document has, which stays empty; that of the sheet stands before it. GDAL and QGIS read what lies on the
/// first one as if it lay in the model.
const FIRST: &str = "Layout1";
/// The layout of the sheet.
const SHEET: &str = "Map";
/// Least margin in which the title and the terms have room, mm.
const MARGIN: f64 = 9.0;
/// Heights of the title and of what stands below, and their distance from the frame, mm.
const TITLE: f64 = 4.0;
const SMALL: f64 = 2.5;
const GAP: f64 = 2.0;
/// Series A of ISO 216, mm.
const ISO: [(&str, [f64; 2]); 6] = [
    ("A0", [841.0, 1189.0]),
    ("A1", [594.0, 841.0]),
    ("A2", [420.0, 594.0]),
    ("A3", [297.0, 420.0]),
    ("A4", [210.0, 297.0]),
    ("A5", [148.0, 210.0]),
];

/// Lays the drawing out on its sheet.
pub(super) fn lay_out(document: &mut CadDocument, head: &Head, style: &str) -> Result<(), DxfError> {
    let layout = &head.layout;
    let [mut width, mut height] = layout.paper;
    let [mut left, mut bottom, map_width, map_height] = layout.map;
    let room = bottom.min(height - bottom - map_height);
    if room < MARGIN {
        // A map to the edge of its paper gets paper around it.
        let more = MARGIN - room;
        (width, height, left, bottom) = (width + 2.0 * more, height + 2.0 * more, left + more, bottom + more);
    }
    document.add_layout(SHEET)?;
    for object in document.objects.values_mut() {
        let ObjectType::Layout(sheet) = object else { continue };
        if sheet.name == FIRST {
            sheet.tab_order = 2;
        }
        if sheet.name == SHEET {
            sheet.tab_order = 1;
            sheet.max_limits = (width, height);
            sheet.max_extents = (width, height, 0.0);
            [sheet.paper_width, sheet.paper_height] = [width, height];
            sheet.paper_size = paper(width, height);
            sheet.plot_paper_units = 1;
            sheet.plot_scale_type = 16;
        }
    }
    let [model_left, model_bottom, model_right, model_top] = head.extent;
    let center = Vector3::new(left + map_width / 2.0, bottom + map_height / 2.0, 0.0);
    let mut view = Viewport::with_size(center, map_width, map_height);
    view.id = 2;
    // Places far from the origin are looked at from above themselves: the view is about its target.
    view.view_center = Vector3::new((model_left + model_right) / 2.0, (model_bottom + model_top) / 2.0, 0.0);
    // What is drawn, which a projection makes a little longer or shorter than the ground.
    view.view_height = model_top - model_bottom;
    view.custom_scale = map_height / view.view_height;
    view.turn_on();
    view.lock();
    document.add_entity_to_layout(EntityType::Viewport(Box::new(view)), SHEET)?;
    let corners = [
        [left, bottom],
        [left + map_width, bottom],
        [left + map_width, bottom + map_height],
        [left, bottom + map_height],
    ];
    let mut frame = LwPolyline::from_points(corners.map(|[x, y]| Vector2::new(x, y)).to_vec());
    frame.is_closed = true;
    frame.common = EntityCommon::with_layer("0");
    document.add_entity_to_layout(EntityType::LwPolyline(frame), SHEET)?;
    let texts = [
        (
            &layout.title,
            [left, bottom + map_height + GAP],
            TITLE,
            TextHorizontalAlignment::Left,
            TextVerticalAlignment::Baseline,
        ),
        (&layout.credit, [left, bottom - GAP], SMALL, TextHorizontalAlignment::Left, TextVerticalAlignment::Top),
        (
            &layout.scale,
            [left + map_width, bottom - GAP],
            SMALL,
            TextHorizontalAlignment::Right,
            TextVerticalAlignment::Top,
        ),
    ];
    for (value, [x, y], size, horizontal, vertical) in texts {
        let at = Vector3::new(x, y, 0.0);
        let mut text = Text::with_value(super::coded::drawn(value), at).with_height(size);
        text.common = EntityCommon::with_layer("0");
        text.style = style.to_owned();
        text.horizontal_alignment = horizontal;
        text.vertical_alignment = vertical;
        text.alignment_point = Some(at);
        document.add_entity_to_layout(EntityType::Text(text), SHEET)?;
    }
    Ok(())
}

/// What programs call a size of paper.
fn paper(width: f64, height: f64) -> String {
    let near = |a: f64, b: f64| (a - b).abs() < 0.5;
    let known = ISO.iter().find(|(_, [short, long])| near(width.min(height), *short) && near(width.max(height), *long));
    let name = known.map_or("UserDefinedMetric".to_owned(), |(name, _)| format!("ISO_full_bleed_{name}"));
    format!("{name}_({width:.2}_x_{height:.2}_MM)")
}
