//! What Inkscape shows around a drawing: the page, guides along the map, a grid in centimetres, the map's colours as swatches.

use super::writer::Writer;
use crate::color::{Color, hex};
use crate::scene::{Group, Item};
use crate::wire::number;
use std::collections::BTreeSet;

/// Most swatches.
const SWATCHES: usize = 300;

/// `sodipodi:namedview`.
pub fn view(writer: &mut Writer) {
    let sheet = &writer.scene.sheet;
    let outer = sheet.outer();
    let text = |side: f64| number::text(side, 4);
    let xml = &mut writer.xml;
    xml.start("sodipodi:namedview").attr("id", "view").attr("inkscape:document-units", "mm");
    xml.attr("pagecolor", "#ffffff")
        .attr("showguides", "true")
        .attr("showgrid", "false")
        .attr("inkscape:lockguides", "true");
    xml.start("inkscape:page").attr("id", "sheet").attr("inkscape:label", "sheet").attr("x", "0").attr("y", "0");
    xml.attr("width", &text(sheet.width)).attr("height", &text(sheet.height));
    if sheet.bleed > 0.0 {
        xml.attr("bleed", &text(sheet.bleed));
    }
    xml.end();
    xml.start("inkscape:grid").attr("id", "grid").attr("type", "xygrid").attr("units", "mm");
    xml.attr("originx", "0").attr("originy", "0").attr("spacingx", "10").attr("spacingy", "10").attr("empspacing", "5");
    xml.attr("visible", "false").end();
    let [x, y, width, height] = sheet.map;
    // Places of guides count from below.
    let below = |y: f64| sheet.height + outer - y;
    let lines = [
        ("left", x, below(y), "1,0"),
        ("right", x + width, below(y), "1,0"),
        ("top", x, below(y), "0,1"),
        ("bottom", x, below(y + height), "0,1"),
    ];
    for (id, x, y, direction) in lines {
        let place = format!("{},{}", text(x), text(y));
        xml.start("sodipodi:guide").attr("id", &format!("map-{id}")).attr("position", &place);
        xml.attr("orientation", direction)
            .attr("inkscape:label", &format!("map: {id}"))
            .attr("inkscape:locked", "true")
            .end();
    }
    xml.end_block();
}

/// The colours of every class, under its name, in the palette "Document swatches".
pub fn swatches(writer: &mut Writer) {
    let mut known = BTreeSet::new();
    let mut list = Vec::new();
    for group in &writer.scene.groups {
        collect(group, &mut known, &mut list);
    }
    for (name, Color { r, g, b, .. }) in list.into_iter().take(SWATCHES) {
        writer.xml.start("linearGradient").attr("id", &format!("swatch.{name}")).attr("inkscape:swatch", "solid");
        writer.xml.attr("inkscape:label", &name.replace('.', " "));
        writer.xml.start("stop").attr("offset", "0").attr("stop-color", &hex([r, g, b])).end();
        writer.xml.end_block();
    }
}

fn collect(group: &Group, known: &mut BTreeSet<[u8; 3]>, list: &mut Vec<(String, Color)>) {
    let mut names = BTreeSet::new();
    for item in &group.items {
        let Item::Path(path) = item else { continue };
        let line = path.stroke.as_ref().map(|stroke| stroke.color);
        for (kind, color) in [("fill", path.fill), ("line", line)] {
            let Some(color) = color.filter(|color| known.insert([color.r, color.g, color.b])) else { continue };
            let wish = format!("{}.{kind}", group.id);
            let name = if names.insert(wish.clone()) { wish } else { format!("{wish}{}", list.len()) };
            list.push((name, color));
        }
    }
    group.groups.iter().for_each(|inner| collect(inner, known, list));
}
