//! Where a drawing lies on the Earth: the object AcDbGeoData, with the system as the dictionary of MapGuide has it.

use crate::format::drafting::Head;
use acadrust::CadDocument;
use acadrust::objects::{GeoData, ObjectType};
use acadrust::types::{DxfVersion, Vector2, Vector3};

/// Types of coordinates (group code 70): a grid of its own, that of the system.
const LOCAL: i16 = 1;
const PROJECTED: i16 = 2;

/// Says where the model space of a document lies.
pub(super) fn locate(document: &mut CadDocument, head: &Head) {
    let host = document.header.model_space_block_handle;
    let dictionary = document.ensure_extension_dictionary(host);
    let handle = document.allocate_handle();
    let [x, y] = head.origin;
    let shifted = head.origin != [0.0; 2] || head.unit.per_metre != 1.0;
    let metres = 1.0 / head.unit.per_metre;
    let mut data = GeoData {
        handle,
        owner: dictionary,
        version: if document.version >= DxfVersion::AC1027 { 3 } else { 2 },
        host_block: host,
        coordinate_type: if shifted { LOCAL } else { PROJECTED },
        design_point: Vector3::new(0.0, 0.0, 0.0),
        reference_point: Vector3::new(x, y, 0.0),
        north_direction: Vector2::new(0.0, 1.0),
        up_direction: Vector3::new(0.0, 0.0, 1.0),
        horizontal_unit_scale: metres,
        vertical_unit_scale: metres,
        horizontal_units: head.unit.code.into(),
        vertical_units: head.unit.code.into(),
        coordinate_system_definition: definition(head.epsg),
        ..GeoData::new()
    };
    data.scale_estimation_method = 1;
    data.user_scale_factor = 1.0;
    if let Some(ObjectType::Dictionary(entries)) = document.objects.get_mut(&dictionary) {
        entries.add_entry("ACAD_GEOGRAPHICDATA", handle);
    }
    document.objects.insert(handle, ObjectType::GeoData(data));
}

/// The system by its number and, where that is a zone of UTM, by the name that AutoCAD knows it by.
fn definition(epsg: u16) -> String {
    let zone = |first: u16, letter: char| {
        (first + 1..=first + 60).contains(&epsg).then(|| format!("UTM84-{}{letter}", epsg - first))
    };
    let id = zone(32600, 'N').or_else(|| zone(32700, 'S')).unwrap_or_else(|| match epsg {
        3857 => "WGS84.PseudoMercator".to_owned(),
        other => format!("EPSG:{other}"),
    });
    let space = "http://www.osgeo.org/mapguide/coordinatesystem";
    // On one line: in DXF a line end would be a code.
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-16\" standalone=\"no\" ?><Dictionary version=\"1.0\" xmlns=\"{space}\">\
         <ProjectedCoordinateSystem id=\"{id}\"><Name>{id}</Name><Authority>EPSG</Authority>\
         <Axis uom=\"METER\"><CoordinateSystemAxis><AxisOrder>1</AxisOrder><AxisName>Easting</AxisName>\
         <AxisAbbreviation>E</AxisAbbreviation><AxisDirection>East</AxisDirection></CoordinateSystemAxis>\
         <CoordinateSystemAxis><AxisOrder>2</AxisOrder><AxisName>Northing</AxisName>\
         <AxisAbbreviation>N</AxisAbbreviation><AxisDirection>North</AxisDirection></CoordinateSystemAxis></Axis>\
         </ProjectedCoordinateSystem><Alias id=\"{epsg}\" type=\"CoordinateSystem\"><ObjectId>{id}</ObjectId>\
         <Namespace>EPSG Code</Namespace></Alias></Dictionary>"
    )
}
