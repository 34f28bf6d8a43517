//! The document: a collection whose members are features of a type a table.

use super::geometry::Axes;
use super::names::{GEOMETRY, NAMESPACE, PREFIX, names};
use super::version::Version;
use crate::error::Result;
use crate::format::cells;
use crate::format::elements::say_unfit;
use crate::format::{Job, Written};
use crate::geo::axes::north_first;
use crate::geo::crs::Crs;
use crate::osm::{ATTRIBUTION, Element};
use crate::sink::Sink;
use crate::table::Table;
use crate::watch::{Stage, Watch};
use crate::wire::xml::Xml;
use std::collections::BTreeSet;

/// A table and what its features look like.
struct Kind<'t, 'f, 'm> {
    table: &'t Table<'f, 'm>,
    /// Elements of the columns, with their prefix.
    names: Vec<String>,
    /// Whether a feature has several geometries; then all are written so.
    many: bool,
}

/// Writes the document in a version with this many decimals; `schema` is where the types of its features are defined.
///
/// # Errors
/// [`crate::error::Error::Cancelled`], those of the sink.
pub fn write(
    tables: &[Table],
    (version, digits): (Version, u32),
    schema: Option<&str>,
    job: &mut Job,
    watch: &mut Watch,
    sink: &mut dyn Sink,
) -> Written {
    let total = 2 * tables.iter().map(|table| table.rows.len() as u64).sum::<u64>();
    let mut done = 0;
    watch.at(Stage::Write, done, total)?;
    let mut step = |watch: &mut Watch| {
        done += 1;
        if done % 1000 == 0 { watch.at(Stage::Write, done, total) } else { Ok(()) }
    };
    let mut bounds: Option<[i64; 4]> = None;
    let mut kinds = Vec::with_capacity(tables.len());
    for table in tables {
        let mut many = false;
        for row in 0..table.rows.len() {
            step(watch)?;
            let Some(shape) = table.shape(row, digits) else { continue };
            many |= shape.len() > 1;
            if let Some([west, south, east, north]) = shape.bounds() {
                let [w, s, e, n] = bounds.unwrap_or([west, south, east, north]);
                bounds = Some([west.min(w), south.min(s), east.max(e), north.max(n)]);
            }
        }
        let names = names(table).into_iter().map(|name| format!("{PREFIX}:{name}")).collect();
        kinds.push(Kind { table, names, many });
    }
    let wgs84 = Crs::wgs84();
    let crs = tables.first().map_or(&wgs84, |table| &table.features.crs);
    let srs = version.srs(crs);
    let axes = Axes { version, srs: Some(&srs), north_first: version != Version::Two && north_first(crs), digits };
    let mut xml = Xml::new(true);
    head(&mut xml, &axes, schema, bounds, job);
    if let Some(table) = tables.first() {
        say_unfit(&table.features.map.osm, job.notes);
    }
    for kind in &kinds {
        let mut known: BTreeSet<Element> = BTreeSet::new();
        for row in 0..kind.table.rows.len() {
            step(watch)?;
            member(&mut xml, kind, row, &axes, &mut known)?;
            xml.spill(sink)?;
        }
    }
    sink.put(&xml.finish())
}

/// Everything before the first member.
fn head(xml: &mut Xml, axes: &Axes, schema: Option<&str>, bounds: Option<[i64; 4]>, job: &Job) {
    let version = axes.version;
    xml.comment(&job.provenance.text());
    xml.start("map:FeatureCollection").attr("xmlns:map", NAMESPACE).attr("xmlns:gml", version.namespace());
    xml.attr("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance");
    let own = schema.map(|place| format!("{NAMESPACE} {place} ")).unwrap_or_default();
    xml.attr("xsi:schemaLocation", &format!("{own}{} {}", version.namespace(), version.schema()));
    if version == Version::Three {
        xml.attr("gml:id", "map");
    }
    xml.leaf("gml:description", ATTRIBUTION);
    xml.leaf("gml:name", job.request.page.furniture.title.as_deref().unwrap_or("map"));
    let corner = |out: &mut Vec<u8>, corner: [i64; 2]| axes.positions(out, &[corner]);
    match (version, bounds) {
        (Version::Two, Some([west, south, east, north])) => {
            xml.start("gml:boundedBy").start_inline("gml:Box").attr("srsName", axes.srs.unwrap_or_default());
            xml.leaf_with("gml:coordinates", |out| axes.positions(out, &[[west, south], [east, north]])).end().end();
        }
        (_, Some([west, south, east, north])) => {
            xml.start("gml:boundedBy").start_inline("gml:Envelope").attr("srsName", axes.srs.unwrap_or_default());
            xml.leaf_with("gml:lowerCorner", |out| corner(out, [west, south]));
            xml.leaf_with("gml:upperCorner", |out| corner(out, [east, north])).end().end();
        }
        // GML 2 wants one of every collection.
        (Version::Two, None) => {
            xml.start("gml:boundedBy").leaf("gml:null", "missing").end();
        }
        (_, None) => {}
    }
}

fn member(xml: &mut Xml, kind: &Kind, row: usize, axes: &Axes, known: &mut BTreeSet<Element>) -> Result<()> {
    let table = kind.table;
    let Some(feature) = table.feature(row) else { return Ok(()) };
    let element = feature.element;
    let mut id = format!("{}.{}{}", table.name, element.kind.letter(), table.features.map.osm.id(element));
    if !known.insert(element) {
        id = format!("{id}.{row}");
    }
    let (wrap, attribute) = match axes.version {
        Version::Two => ("gml:featureMember", "fid"),
        _ => ("map:featureMember", "gml:id"),
    };
    xml.start(wrap).start(format!("{PREFIX}:{}", table.name)).attr(attribute, &id);
    for (column, name) in table.columns.iter().zip(&kind.names) {
        if let Some(text) = cells::cell(column, row) {
            xml.leaf(name, &text);
        }
    }
    if let Some(shape) = table.shape(row, axes.digits).filter(|shape| !shape.is_empty()) {
        xml.start(format!("{PREFIX}:{GEOMETRY}"));
        axes.write(xml, &shape, kind.many, &format!("{id}.g"));
        xml.end_block();
    }
    xml.end_block().end_block();
    Ok(())
}
