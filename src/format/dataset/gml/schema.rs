//! The schema of features (XML Schema 1.0), as clause 8 of the Simple Features profile wants it at level 0.

use super::names::{GEOMETRY, NAMESPACE, PREFIX, names};
use super::version::Version;
use crate::map::Geometry;
use crate::table::{Column, ColumnKind, Table};
use crate::wire::xml::Xml;

/// The schema of tables in GML 3.2.1, whose coordinates have this many decimals.
pub fn schema(tables: &[Table], digits: u32) -> Vec<u8> {
    let version = Version::Three;
    let mut xml = Xml::new(true);
    xml.start("xs:schema").attr("xmlns:xs", "http://www.w3.org/2001/XMLSchema").attr("xmlns:map", NAMESPACE);
    xml.attr("xmlns:gml", version.namespace()).attr("xmlns:gmlsf", "http://www.opengis.net/gmlsf/2.0");
    xml.attr("targetNamespace", NAMESPACE).attr("elementFormDefault", "qualified").attr("version", "1.0");
    xml.start("xs:annotation").start("xs:appinfo");
    xml.attr("source", "http://schemas.opengis.net/gmlsfProfile/2.0/gmlsfLevels.xsd");
    xml.leaf("gmlsf:ComplianceLevel", "0").end_block().end_block();
    for (namespace, place) in [
        (version.namespace(), version.schema()),
        ("http://www.opengis.net/gmlsf/2.0", "http://schemas.opengis.net/gmlsfProfile/2.0/gmlsfLevels.xsd"),
    ] {
        xml.start("xs:import").attr("namespace", namespace).attr("schemaLocation", place).end();
    }
    collection(&mut xml);
    for table in tables {
        feature(&mut xml, table, digits);
    }
    xml.finish()
}

fn element(xml: &mut Xml, name: &str, of: &str) {
    xml.start("xs:element").attr("name", name).attr("type", &format!("{PREFIX}:{name}Type"));
    xml.attr("substitutionGroup", of).end();
}

/// Begins a type that extends another with a sequence.
fn extension(xml: &mut Xml, base: &str) {
    xml.start("xs:complexContent").start("xs:extension").attr("base", base);
    xml.start("xs:sequence");
}

fn collection(xml: &mut Xml) {
    element(xml, "FeatureCollection", "gml:AbstractFeature");
    xml.start("xs:complexType").attr("name", "FeatureCollectionType");
    extension(xml, "gml:AbstractFeatureType");
    xml.attr("minOccurs", "0").attr("maxOccurs", "unbounded");
    xml.start("xs:element").attr("name", "featureMember").start("xs:complexType");
    extension(xml, "gml:AbstractFeatureMemberType");
    xml.start("xs:element").attr("ref", "gml:AbstractFeature").end();
    (0..8).for_each(|_| _ = xml.end_block());
    xml.end_block();
}

fn feature(xml: &mut Xml, table: &Table, digits: u32) {
    element(xml, &table.name, "gml:AbstractFeature");
    xml.start("xs:complexType").attr("name", &format!("{}Type", table.name));
    extension(xml, "gml:AbstractFeatureType");
    for (column, name) in table.columns.iter().zip(names(table)) {
        property(xml, &name, kind(column));
    }
    let many = (0..table.rows.len()).any(|row| table.shape(row, digits).is_some_and(|shape| shape.len() > 1));
    let shape = match (table.geometry, many) {
        (Some(Geometry::Point), false) => "gml:PointPropertyType",
        (Some(Geometry::Point), true) => "gml:MultiPointPropertyType",
        (Some(Geometry::Line), false) => "gml:CurvePropertyType",
        (Some(Geometry::Line), true) => "gml:MultiCurvePropertyType",
        (Some(Geometry::Area), false) => "gml:SurfacePropertyType",
        (Some(Geometry::Area), true) => "gml:MultiSurfacePropertyType",
        (None, _) => "gml:GeometryPropertyType",
    };
    property(xml, GEOMETRY, shape);
    // Which system it is in is not for a schema to say; GDAL asks it all the same, and takes a comment for an answer.
    xml.ready(&format!("<!-- srsName=\"{}\" -->", Version::Three.srs(&table.features.crs)));
    (0..4).for_each(|_| _ = xml.end_block());
}

fn property(xml: &mut Xml, name: &str, kind: &str) {
    xml.start("xs:element").attr("name", name).attr("type", kind).attr("minOccurs", "0").end();
}

fn kind(column: &Column) -> &'static str {
    match column.kind {
        ColumnKind::Int => "xs:long",
        ColumnKind::Number(_) => "xs:double",
        ColumnKind::Flag => "xs:boolean",
        ColumnKind::Text | ColumnKind::Json => "xs:string",
    }
}
