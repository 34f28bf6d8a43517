//! The picture of a box at the original's scale: pixels of 0.28 mm in Web Mercator, not on the ground.

use super::refusal::Refusal;
use super::shop::{Shop, Wish};
use crate::error::Error;
use crate::geo::crs::Crs;
use crate::note::Notes;
use crate::request::{Bbox, CrsChoice, Request};
use crate::server::source::Sources;
use crate::sheet::frame;
use crate::watch::Watch;

/// Formats of the form: its name, ours, media type and file name.
const FORMATS: [(&str, &str, &str, &str); 6] = [
    ("png", "png", "image/png", "map.png"),
    ("jpeg", "jpg", "image/jpeg", "map.jpg"),
    ("webp", "webp", "image/webp", "map.webp"),
    ("svg", "svg", "image/svg+xml", "map.svg"),
    ("pdf", "pdf", "application/pdf", "map.pdf"),
    ("ps", "ps", "application/postscript", "map.ps"),
];
/// A pixel of the original, metres (OGC's standardised rendering pixel).
const PIXEL: f64 = 0.000_28;
/// The same as dots per inch.
const DPI: f64 = 0.0254 / PIXEL;
/// Where Web Mercator is square.
const NORTH: f64 = 85.051_128_78;

/// What was ordered, checked.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Order {
    bbox: Bbox,
    scale: f64,
    /// Width and height in pixels.
    pub pixels: [u64; 2],
    format: (&'static str, &'static str, &'static str, &'static str),
}

impl Order {
    /// Checks in the original's order.
    ///
    /// # Errors
    /// The original's texts.
    pub fn new(corners: [f64; 4], scale: Option<&str>, format: Option<&str>, limit: u64) -> Result<Self, Refusal> {
        let scale = scale.ok_or_else(|| Refusal::wrong("No scale specified"))?;
        let format = format.ok_or_else(|| Refusal::wrong("No format specified"))?;
        let [west, south, east, north] = corners;
        let invalid = || Refusal::wrong("Invalid bounding box");
        if south < -NORTH || north > NORTH {
            return Err(invalid());
        }
        let bbox = Bbox::new(west, south, east, north).map_err(|_| invalid())?;
        let scale = scale.parse::<f64>().ok().filter(|scale| scale.is_finite() && *scale > 0.0);
        let scale = scale.ok_or_else(|| Refusal::wrong("Invalid scale"))?;
        let crs = Crs::web_mercator();
        let project = |place| crs.project(place).map_err(|_| invalid());
        let ([left, bottom], [right, top]) = (project([west, south])?, project([east, north])?);
        let pixels = [right - left, top - bottom].map(|side| libm::trunc(side / scale / PIXEL));
        if pixels[0] * pixels[1] > limit as f64 {
            return Err(Refusal::wrong("Map too large"));
        }
        if pixels[0] * pixels[1] < 1.0 {
            return Err(invalid());
        }
        let known = FORMATS.into_iter().find(|(name, id, ..)| *name == format || *id == format);
        let format = known.ok_or_else(|| Refusal::wrong("Unknown format"))?;
        Ok(Self { bbox, scale, pixels: pixels.map(|side| side as u64), format })
    }

    /// The same as a request to the engine, whose scale is true on the ground.
    fn request(&self) -> crate::error::Result<Request> {
        let mut request = Request {
            formats: vec![self.format.1.to_owned()],
            bbox: Some(self.bbox),
            crs: CrsChoice::Epsg(3857),
            ..Request::default()
        };
        request.page.dpi = Some(DPI);
        request.page.scale = Some(self.scale);
        // What the projection stretches there is divided out of the scale.
        let sheet = frame(&request, self.bbox, &mut Notes::default())?;
        request.page.scale = Some(self.scale * self.scale * sheet.mm_per_unit / 1000.0);
        // A part of a pixel at the right and lower edge is cut off.
        let [width, height] = self.pixels.map(|side| side as f64 * PIXEL * 1000.0);
        request.page.window = Some([0.0, 0.0, width, height]);
        Ok(request)
    }
}

/// The picture of an order.
///
/// # Errors
/// A refusal with the status of what went wrong.
pub fn draw(shop: &Shop, order: &Order) -> Result<Wish, Refusal> {
    let request = order.request().map_err(|fault| refused(&fault))?;
    // The original's limit is of pixels alone; the ground costs, too.
    let extent = shop.sources.extent(&request).map_err(|fault| refused(&fault))?;
    if extent.counted() > shop.limits.square_km {
        return Err(Refusal::wrong("Map too large"));
    }
    let wanted = request.clone();
    let fetch = move |sources: &Sources, watch: &mut Watch| sources.osm(&wanted, watch);
    let (_, _, mime, name) = order.format;
    Ok(Wish { request, fetch: Box::new(fetch), refused: Box::new(refused), mime, name: Some(name) })
}

fn refused(fault: &Error) -> Refusal {
    match fault {
        // The sheet itself: longer than any program takes, or smaller than a millimetre.
        Error::Request { field, message } if field == "page.scale" && message.contains("smaller") => {
            Refusal::wrong("Invalid bounding box")
        }
        Error::Request { field, .. } if field.starts_with("page") => Refusal::wrong("Map too large"),
        Error::TooLarge(_) => Refusal::wrong("Map too large"),
        fault => Refusal::of(fault),
    }
}
