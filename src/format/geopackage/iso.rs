//! A summary of the data as ISO 19115 has it, in the XML of ISO 19139.

use crate::format::terms;
use crate::format::write::Job;
use crate::map::Features;
use crate::osm::ATTRIBUTION;
use crate::sheet::Sheet;
use crate::wire::number;
use crate::wire::xml::Xml;

/// The summary.
pub fn summary(features: &Features, sheet: &Sheet, job: &Job) -> String {
    let mut xml = Xml::new(false);
    xml.start("gmd:MD_Metadata").attr("xmlns:gmd", "http://www.isotc211.org/2005/gmd");
    xml.attr("xmlns:gco", "http://www.isotc211.org/2005/gco");
    let date = features.map.osm.timestamp.get(..10);
    text(&mut xml, "gmd:language", "en");
    xml.start("gmd:contact").start("gmd:CI_ResponsibleParty");
    text(&mut xml, "gmd:organisationName", ATTRIBUTION);
    xml.start("gmd:role");
    code(&mut xml, "gmd:CI_RoleCode", "owner");
    xml.end_block().end_block().end_block();
    if let Some(date) = date {
        xml.start("gmd:dateStamp").leaf("gco:Date", date).end_block();
    }
    xml.start("gmd:identificationInfo").start("gmd:MD_DataIdentification");
    xml.start("gmd:citation").start("gmd:CI_Citation");
    text(&mut xml, "gmd:title", job.request.page.furniture.title.as_deref().unwrap_or("OpenStreetMap"));
    if let Some(date) = date {
        xml.start("gmd:date").start("gmd:CI_Date").start("gmd:date").leaf("gco:Date", date).end_block();
        xml.start("gmd:dateType");
        code(&mut xml, "gmd:CI_DateTypeCode", "revision");
        xml.end_block().end_block().end_block();
    }
    xml.end_block().end_block();
    text(&mut xml, "gmd:abstract", &terms::about(features));
    xml.start("gmd:resourceConstraints").start("gmd:MD_LegalConstraints");
    let rights = format!("{ATTRIBUTION}; {}", crate::osm::LICENCE);
    text(&mut xml, "gmd:useLimitation", &rights);
    xml.start("gmd:useConstraints");
    code(&mut xml, "gmd:MD_RestrictionCode", "license");
    xml.end_block().end_block().end_block();
    text(&mut xml, "gmd:language", "mul");
    let corners = sheet.corners;
    let side = |axis: usize, least: bool| {
        let sides = corners.iter().filter_map(|corner| corner.get(axis).copied());
        if least { sides.fold(f64::INFINITY, f64::min) } else { sides.fold(f64::NEG_INFINITY, f64::max) }
    };
    xml.start("gmd:extent").start("gmd:EX_Extent").start("gmd:geographicElement");
    xml.start("gmd:EX_GeographicBoundingBox");
    let sides = [
        ("gmd:westBoundLongitude", side(0, true)),
        ("gmd:eastBoundLongitude", side(0, false)),
        ("gmd:southBoundLatitude", side(1, true)),
        ("gmd:northBoundLatitude", side(1, false)),
    ];
    for (name, degrees) in sides {
        xml.start(name).leaf("gco:Decimal", &number::text(degrees, 7)).end_block();
    }
    xml.end_block().end_block().end_block().end_block().end_block().end_block();
    String::from_utf8_lossy(&xml.finish()).into_owned()
}

fn text(xml: &mut Xml, name: &'static str, text: &str) {
    xml.start(name).leaf("gco:CharacterString", text).end_block();
}

fn code(xml: &mut Xml, name: &'static str, value: &str) {
    let list = format!("http://www.isotc211.org/2005/resources/codeList.xml#{}", name.trim_start_matches("gmd:"));
    xml.start(name).attr("codeList", &list).attr("codeListValue", value).text(value).end();
}
