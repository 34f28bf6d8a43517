//! Projects of QGIS (`.qgz`): layers in their order, with their looks, at the scale and in the system of the sheet, and a
//! print layout of it.

use super::metadata;
use super::rule::{begun, color, labelled};
use super::style::style;
use crate::color::Color;
use crate::error::Result;
use crate::geo::crs::Crs;
use crate::map::Geometry;
use crate::osm::ATTRIBUTION;
use crate::sheet::Sheet;
use crate::styled::{StyledLayer, StyledLayers};
use crate::wire::number;
use crate::wire::package::{How, Package};
use crate::wire::xml::Xml;

/// The map in a layout, and a label (`QgsLayoutItemRegistry::ItemType`).
const MAP: &str = "65639";
const LABEL: &str = "65641";
/// What the sides of a box are called.
const SIDES: [&str; 4] = ["xmin", "ymin", "xmax", "ymax"];
/// Paper, where a style has no background.
const WHITE: Color = Color { r: 255, g: 255, b: 255, a: 255 };
/// Room of the credit in a layout, mm, and of a title.
const LINE: f64 = 5.0;

/// A project whose layers lie in the GeoPackage at `source`, relative to the project.
///
/// # Errors
/// [`crate::error::Error::Internal`], which nobody will see.
pub fn qgz(layers: &StyledLayers, source: &str, title: &str) -> Result<Vec<u8>> {
    let mut out = Vec::new();
    let mut package = Package::new(&mut out);
    package.put("map.qgs", How::PACKED, &document(layers, source, title))?;
    package.finish()?;
    Ok(out)
}

fn document(layers: &StyledLayers, source: &str, title: &str) -> Vec<u8> {
    let (drawn, sheet) = (layers.drawn(), &layers.sheet);
    let mut xml = begun();
    xml.attr("projectname", title);
    xml.start("homePath").attr("path", "").end();
    xml.leaf("title", title);
    system(&mut xml, "projectCrs", &sheet.crs);
    let place = |layer: &StyledLayer| format!("{source}|layername={}", layer.table.name);
    xml.start("layer-tree-group");
    for layer in drawn.iter().rev() {
        let name = &layer.table.name;
        xml.start("layer-tree-layer").attr("id", &id(name)).attr("name", name).attr("providerKey", "ogr");
        xml.attr("source", &place(layer)).attr("checked", "Qt::Checked").attr("expanded", "0").end();
    }
    xml.end_block();
    canvas(&mut xml, sheet);
    xml.start("projectlayers");
    drawn.iter().for_each(|layer| map_layer(&mut xml, layer, &place(layer)));
    xml.end_block();
    properties(&mut xml, layers.background());
    view(&mut xml, sheet);
    layout(&mut xml, sheet, title, layers.background());
    xml.finish()
}

/// The id of a layer; QGIS takes none of less than eleven letters.
fn id(table: &str) -> String {
    format!("mapwright_{table}")
}

fn system(xml: &mut Xml, name: &'static str, crs: &Crs) {
    xml.start(name);
    metadata::system(xml, crs.epsg);
    xml.end_block();
}

/// What the window shows first.
fn canvas(xml: &mut Xml, sheet: &Sheet) {
    xml.start("mapcanvas").attr("name", "theMapCanvas").attr("annotationsVisible", "1");
    xml.leaf("units", if sheet.crs.geographic { "degrees" } else { "meters" });
    extent(xml, "extent", sheet.extent);
    xml.leaf("rotation", "0");
    system(xml, "destinationsrs", &sheet.crs);
    xml.end_block();
}

fn extent(xml: &mut Xml, name: &'static str, extent: [f64; 4]) {
    xml.start(name);
    for (name, side) in SIDES.into_iter().zip(extent) {
        xml.leaf(name, &number::text(side, 7));
    }
    xml.end_block();
}

/// The same as attributes.
fn sides(xml: &mut Xml, extent: [f64; 4]) {
    for (name, side) in SIDES.into_iter().zip(extent) {
        xml.attr(name, &number::text(side, 7));
    }
}

fn map_layer(xml: &mut Xml, layer: &StyledLayer, place: &str) {
    let table = layer.table;
    let kind = match table.geometry {
        Some(Geometry::Line) => "Line",
        Some(Geometry::Area) => "Polygon",
        Some(Geometry::Point) | None => "Point",
    };
    xml.start("maplayer").attr("type", "vector").attr("geometry", kind).attr("autoRefreshEnabled", "0");
    xml.attr("labelsEnabled", if layer.classes.iter().any(labelled) { "1" } else { "0" });
    xml.leaf("id", &id(&table.name)).leaf("datasource", place).leaf("layername", &table.name);
    system(xml, "srs", &table.features.crs);
    xml.start("resourceMetadata");
    metadata::resource(xml, &table.name, table.features);
    xml.end_block();
    xml.start("provider").attr("encoding", "UTF-8").text("ogr").end();
    style(xml, layer);
    xml.end_block();
}

/// What is shown first where no window is: in servers and scripts.
fn view(xml: &mut Xml, sheet: &Sheet) {
    xml.start("ProjectViewSettings").attr("UseProjectScales", "0").start("DefaultViewExtent");
    sides(xml, sheet.extent);
    metadata::system(xml, sheet.crs.epsg);
    xml.end_block().end_block();
}

/// The colour behind the map, and that places of layers are relative.
fn properties(xml: &mut Xml, background: Option<Color>) {
    let ground = background.unwrap_or(WHITE);
    xml.start("properties").start("Gui");
    let parts =
        [("CanvasColorRedPart", ground.r), ("CanvasColorGreenPart", ground.g), ("CanvasColorBluePart", ground.b)];
    for (name, part) in parts {
        xml.start(name).attr("type", "int").text(&part.to_string()).end();
    }
    xml.end_block();
    xml.start("Paths").start("Absolute").attr("type", "bool").text("false").end().end_block();
    xml.start("SpatialRefSys").start("ProjectionsEnabled").attr("type", "int").text("1").end().end_block();
    xml.end_block();
}

/// The sheet as a print layout: the map at its scale, title and credit over it.
fn layout(xml: &mut Xml, sheet: &Sheet, title: &str, background: Option<Color>) {
    let [left, top, width, height] = sheet.map;
    xml.start("Layouts").start("Layout").attr("name", title).attr("units", "mm").attr("printResolution", "300");
    xml.start("PageCollection");
    item(xml, "65638", [0.0, 0.0, sheet.width, sheet.height], "page");
    xml.end_block().end_block();
    item(xml, MAP, sheet.map, "map");
    let ground = background.unwrap_or(WHITE);
    xml.attr("background", "true").attr("followPreset", "false").attr("keepLayerSet", "false");
    xml.start("BackgroundColor").attr("red", &ground.r.to_string()).attr("green", &ground.g.to_string());
    xml.attr("blue", &ground.b.to_string()).attr("alpha", "255").end();
    xml.start("Extent");
    sides(xml, sheet.extent);
    xml.end();
    system(xml, "crs", &sheet.crs);
    xml.end_block();
    let line = |y: f64| [left + 1.0, y, (width - 2.0).max(1.0), LINE];
    label(xml, line(top + height - LINE - 0.5), ATTRIBUTION, "credit", "2", 2.4);
    label(xml, line(top + 1.0), title, "title", "1", 4.0);
    xml.end_block().end_block();
}

/// Begins an item of a layout; its place and size are millimetres.
fn item(xml: &mut Xml, kind: &str, [x, y, width, height]: [f64; 4], id: &str) {
    let text = |value: f64| number::text(value, 3);
    xml.start("LayoutItem").attr("type", kind).attr("id", id).attr("uuid", &format!("{{{id}}}"));
    xml.attr("size", &format!("{},{},mm", text(width), text(height)));
    xml.attr("position", &format!("{},{},mm", text(x), text(y)));
    xml.attr("positionOnPage", &format!("{},{},mm", text(x), text(y))).attr("referencePoint", "0");
    xml.attr("itemRotation", "0").attr("visibility", "1").attr("zValue", if kind == LABEL { "2" } else { "1" });
    xml.attr("frame", "false").attr("opacity", "1");
}

fn label(xml: &mut Xml, place: [f64; 4], text: &str, id: &str, align: &str, size: f64) {
    item(xml, LABEL, place, id);
    xml.attr("background", "false")
        .attr("labelText", text)
        .attr("htmlState", "0")
        .attr("halign", align)
        .attr("valign", "128");
    let size = number::text(size, 2);
    xml.start("text-style").attr("fontFamily", "Noto Sans").attr("fontSize", &size).attr("fontSizeUnit", "MM");
    let black = Color { r: 34, g: 34, b: 34, a: 255 };
    xml.attr("textColor", &color(black)).end();
    xml.end_block();
}
