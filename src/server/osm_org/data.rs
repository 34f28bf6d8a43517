//! The data of a box as OSM XML, with the limits and texts of the API of OpenStreetMap.

use super::fields::Fields;
use super::refusal::Refusal;
use super::{Product, Shop};
use crate::error::{Error, Result};
use crate::format::{Job, Settings, Write, find};
use crate::note::Notes;
use crate::osm::Osm;
use crate::request::{Bbox, Request};
use crate::watch::Watch;
use serde_json::Value;

/// The format of the answer.
const FORMAT: &str = "osm-xml";

/// The box of a call.
///
/// # Errors
/// The original's texts.
pub fn bbox(fields: &Fields) -> std::result::Result<[f64; 4], Refusal> {
    let required = "The parameter bbox is required, and must be of the form min_lon,min_lat,max_lon,max_lat.";
    let list = fields.get("bbox").ok_or_else(|| Refusal::wrong(required))?;
    if list.split(',').count() != 4 || list.split(',').any(|side| side.trim().parse::<f64>().is_err()) {
        return Err(Refusal::wrong(required));
    }
    fields.list().map_err(|_| {
        Refusal::wrong(
            "The latitudes must be between -90 and 90, longitudes between -180 and 180 and the minima must be less than the maxima.",
        )
    })
}

/// What the server's own extract holds.
///
/// # Errors
/// The original's texts; 404 where there is no extract of that place.
pub fn map(shop: &Shop, corners: [f64; 4]) -> std::result::Result<Product, Refusal> {
    let bbox = checked(shop, corners)?;
    let found = shop.sources.map(bbox, shop.limits.nodes, &mut Watch::silent()).map_err(|fault| many(shop, &fault))?;
    let osm = found.ok_or_else(|| Refusal::missing("This server holds no data of that place"))?;
    Ok(Product {
        mime: "application/xml; charset=utf-8",
        name: None,
        bytes: xml(&osm).map_err(|fault| Refusal::of(&fault))?,
    })
}

/// The same for the form: where no extract holds the place, another source may.
///
/// # Errors
/// As [`map`].
pub fn export(shop: &Shop, corners: [f64; 4]) -> std::result::Result<Product, Refusal> {
    let bbox = checked(shop, corners)?;
    let mut watch = Watch::silent();
    let found = shop.sources.map(bbox, shop.limits.nodes, &mut watch).map_err(|fault| many(shop, &fault))?;
    let osm = match found {
        Some(osm) => osm,
        None => {
            let request = Request { bbox: Some(bbox), ..Request::default() };
            let osm = shop.sources.osm(&request, &mut watch).map_err(|fault| Refusal::of(&fault))?;
            let count = osm.nodes.id.len();
            if count > shop.limits.nodes {
                return Err(many(shop, &Error::TooLarge(format!("{count} nodes"))));
            }
            osm
        }
    };
    let bytes = xml(&osm).map_err(|fault| Refusal::of(&fault))?;
    Ok(Product { mime: "application/xml; charset=utf-8", name: Some("map.osm"), bytes })
}

fn checked(shop: &Shop, [west, south, east, north]: [f64; 4]) -> std::result::Result<Bbox, Refusal> {
    let limit = shop.limits.degrees;
    if (east - west) * (north - south) > limit {
        let advice = "Either request a smaller area, or use planet.osm";
        return Err(Refusal::wrong(format!(
            "The maximum bbox size is {limit:.6}, and your request was too large. {advice}"
        )));
    }
    Bbox::new(west, south, east, north).map_err(|fault| Refusal::of(&fault))
}

fn many(shop: &Shop, fault: &Error) -> Refusal {
    match fault {
        Error::TooLarge(_) => Refusal::wrong(format!(
            "You requested too many nodes (limit is {}). Either request a smaller area, or use planet.osm",
            shop.limits.nodes
        )),
        fault => Refusal::of(fault),
    }
}

/// Editors ask for a version on every object.
fn xml(osm: &Osm) -> Result<Vec<u8>> {
    let missing = || Error::Internal("this build has no OSM XML".into());
    let format = find(FORMAT).ok_or_else(missing)?.format;
    let Write::Osm(write) = format.write else { return Err(missing()) };
    let given = [("versions".to_owned(), Value::Bool(true))].into_iter().collect();
    let settings = Settings::new(format.id, format.options, Some(&given))?;
    let request = Request::default();
    write(osm, &mut Job { settings: &settings, notes: &mut Notes::default(), request: &request }, &mut Watch::silent())
}
