//! The image export of openstreetmap.org for one's own server: `/export/finish`, `/cgi-bin/export`, `/api/0.6/map`. Its
//! parameters, texts and sizes are the original's, scripts for it need another host only.

mod data;
mod fields;
mod picture;
mod refusal;

use crate::error::Error;
use crate::export::Engine;
use crate::server::source::Sources;
use axum::Router;
use axum::extract::{DefaultBodyLimit, State};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use fields::Fields;
use refusal::Refusal;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use tokio::sync::Semaphore;

/// Largest form, bytes.
const FORM: usize = 64 << 10;

/// What is refused.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Limits {
    /// Most pixels of one picture.
    pub pixels: u64,
    /// Largest area of one picture on the ground, km².
    pub square_km: f64,
    /// Largest box of data, square degrees.
    pub degrees: f64,
    /// Most nodes in a box of data.
    pub nodes: usize,
    /// Most answers in the making.
    pub renders: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { pixels: 4_000_000, square_km: 100.0, degrees: 0.25, nodes: 50_000, renders: 2 }
    }
}

/// What the handlers share.
struct Shop {
    engine: Arc<Engine>,
    sources: Arc<Sources>,
    limits: Limits,
    places: Arc<Semaphore>,
}

/// A finished answer.
struct Product {
    mime: &'static str,
    /// File name for a download; none for data that programs read.
    name: Option<&'static str>,
    bytes: Vec<u8>,
}

/// The three routes.
pub fn routes(engine: Arc<Engine>, sources: Arc<Sources>, limits: Limits) -> Router {
    let places = Arc::new(Semaphore::new(limits.renders.max(1)));
    Router::new()
        .route("/export/finish", get(finish).post(finish))
        .route("/cgi-bin/export", get(script).post(script))
        .route("/api/0.6/map", get(map))
        .layer(DefaultBodyLimit::max(FORM))
        .with_state(Arc::new(Shop { engine, sources, limits, places }))
}

/// The form of the web site.
async fn finish(State(shop): State<Arc<Shop>>, fields: std::result::Result<Fields, Refusal>) -> Response {
    let fields = match fields {
        Ok(fields) => fields,
        Err(refusal) => return refusal.into_response(),
    };
    match fields.get("format") {
        Some("osm") => match fields.corners() {
            Ok(bbox) => answer(shop, move |shop| data::export(shop, bbox)).await,
            Err(refusal) => refusal.into_response(),
        },
        Some("mapnik") => draw(shop, fields.corners(), fields.get("mapnik_scale"), fields.get("mapnik_format")).await,
        other => draw(shop, fields.corners(), fields.get("mapnik_scale"), other.map(|_| "")).await,
    }
}

/// The script that draws.
async fn script(State(shop): State<Arc<Shop>>, fields: std::result::Result<Fields, Refusal>) -> Response {
    match fields {
        Ok(fields) => draw(shop, fields.list(), fields.get("scale"), fields.get("format")).await,
        Err(refusal) => refusal.into_response(),
    }
}

/// The call of the API that editors use.
async fn map(State(shop): State<Arc<Shop>>, fields: std::result::Result<Fields, Refusal>) -> Response {
    let bbox = match fields.and_then(|fields| data::bbox(&fields)) {
        Ok(bbox) => bbox,
        Err(refusal) => return refusal.into_response(),
    };
    answer(shop, move |shop| data::map(shop, bbox)).await
}

/// Checks in the original's order: box, scale, format, then what they say.
async fn draw(
    shop: Arc<Shop>,
    corners: std::result::Result<[f64; 4], Refusal>,
    scale: Option<&str>,
    format: Option<&str>,
) -> Response {
    let order = corners.and_then(|corners| picture::Order::new(corners, scale, format, shop.limits.pixels));
    match order {
        Ok(order) => answer(shop, move |shop| picture::draw(shop, &order)).await,
        Err(refusal) => refusal.into_response(),
    }
}

/// Works on a thread that may block, if there is a place.
async fn answer(
    shop: Arc<Shop>,
    work: impl FnOnce(&Shop) -> std::result::Result<Product, Refusal> + Send + 'static,
) -> Response {
    let Ok(place) = shop.places.clone().try_acquire_owned() else { return Refusal::busy().into_response() };
    let done = tokio::task::spawn_blocking(move || {
        let product = work(&shop);
        drop(place);
        product
    });
    match done.await {
        Ok(Ok(product)) => product.into_response(),
        Ok(Err(refusal)) => refusal.into_response(),
        Err(fault) => Refusal::of(&Error::Internal(fault.to_string())).into_response(),
    }
}

impl IntoResponse for Product {
    fn into_response(self) -> Response {
        use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
        let mut answer = ([(CONTENT_TYPE, self.mime)], self.bytes).into_response();
        let name = self.name.and_then(|name| format!("attachment; filename=\"{name}\"").parse().ok());
        if let Some(name) = name {
            answer.headers_mut().insert(CONTENT_DISPOSITION, name);
        }
        answer
    }
}
