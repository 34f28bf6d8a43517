//! The data of a box as OSM XML, with the limits and texts of the API of OpenStreetMap.

use super::fields::Fields;
use super::limits::Limits;
use super::refusal::Refusal;
use super::shop::{Fetch, Wish};
use crate::error::Error;
use crate::request::{Bbox, Request};
use crate::server::source::Sources;
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
pub fn map(limits: Limits, corners: [f64; 4]) -> std::result::Result<Wish, Refusal> {
    let bbox = checked(limits, corners)?;
    let fetch = move |sources: &Sources, watch: &mut Watch| {
        let found = sources.map(bbox, limits.nodes, watch)?;
        found.ok_or_else(|| Error::Empty("This server holds no data of that place".into()))
    };
    Ok(wish(limits, bbox, None, Box::new(fetch)))
}

/// The same for the form: where no extract holds the place, another source may.
///
/// # Errors
/// As [`map`].
pub fn export(limits: Limits, corners: [f64; 4]) -> std::result::Result<Wish, Refusal> {
    let bbox = checked(limits, corners)?;
    let fetch = move |sources: &Sources, watch: &mut Watch| match sources.map(bbox, limits.nodes, watch)? {
        Some(osm) => Ok(osm),
        None => {
            let osm = sources.osm(&Request { bbox: Some(bbox), ..Request::default() }, watch)?;
            let count = osm.nodes.id.len();
            if count > limits.nodes { Err(Error::TooLarge(format!("{count} nodes"))) } else { Ok(osm) }
        }
    };
    Ok(wish(limits, bbox, Some("map.osm"), Box::new(fetch)))
}

fn checked(limits: Limits, [west, south, east, north]: [f64; 4]) -> std::result::Result<Bbox, Refusal> {
    let limit = limits.degrees;
    if (east - west) * (north - south) > limit {
        let advice = "Either request a smaller area, or use planet.osm";
        return Err(Refusal::wrong(format!(
            "The maximum bbox size is {limit:.6}, and your request was too large. {advice}"
        )));
    }
    Bbox::new(west, south, east, north).map_err(|fault| Refusal::of(&fault))
}

/// The data as a file. Editors ask for a version on every object.
fn wish(limits: Limits, bbox: Bbox, name: Option<&'static str>, fetch: Box<Fetch>) -> Wish {
    let versions = [("versions".to_owned(), Value::Bool(true))].into_iter().collect();
    let request = Request {
        formats: vec![FORMAT.to_owned()],
        bbox: Some(bbox),
        options: [(FORMAT.to_owned(), versions)].into_iter().collect(),
        ..Request::default()
    };
    let refused = move |fault: &Error| match fault {
        Error::TooLarge(text) if text.contains("nodes") => Refusal::wrong(format!(
            "You requested too many nodes (limit is {}). Either request a smaller area, or use planet.osm",
            limits.nodes
        )),
        Error::Empty(text) => Refusal::missing(text.clone()),
        fault => Refusal::of(fault),
    };
    Wish { request, fetch, refused: Box::new(refused), mime: "application/xml; charset=utf-8", name }
}
