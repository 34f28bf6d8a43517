//! The image export of openstreetmap.org for one's own server: `/export/finish`, `/cgi-bin/export`, `/api/0.6/map`. Its
//! parameters, texts and sizes are the original's, scripts for it need another host only.

mod data;
mod fields;
mod limits;
mod picture;
mod refusal;
mod shop;

pub use limits::Limits;

use crate::error::Error;
use crate::server::random;
use crate::server::source::Sources;
use crate::server::work::{self, Ended, Order, Pool};
use crate::watch::Watch;
use axum::Router;
use axum::extract::{DefaultBodyLimit, State};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use fields::Fields;
use refusal::Refusal;
use shop::{Product, Shop, Wish};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Semaphore;

/// Largest form, bytes.
const FORM: usize = 64 << 10;

/// The three routes.
pub fn routes(pool: Arc<Pool>, sources: Arc<Sources>, limits: Limits) -> Router {
    let places = Arc::new(Semaphore::new(limits.renders.max(1)));
    Router::new()
        .route("/export/finish", get(finish).post(finish))
        .route("/cgi-bin/export", get(script).post(script))
        .route("/api/0.6/map", get(map))
        .layer(DefaultBodyLimit::max(FORM))
        .with_state(Arc::new(Shop { pool, sources, limits, places }))
}

/// The form of the web site.
async fn finish(State(shop): State<Arc<Shop>>, fields: std::result::Result<Fields, Refusal>) -> Response {
    let fields = match fields {
        Ok(fields) => fields,
        Err(refusal) => return refusal.into_response(),
    };
    match fields.get("format") {
        Some("osm") => match fields.corners() {
            Ok(bbox) => answer(&shop, data::export(shop.limits, bbox)).await,
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
    answer(&shop, data::map(shop.limits, bbox)).await
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
        Ok(order) => answer(&shop, picture::draw(&shop, &order)).await,
        Err(refusal) => refusal.into_response(),
    }
}

/// Has it made, if there is a place. A caller who hangs up drops this, which ends the work and frees the place at once.
async fn answer(shop: &Shop, wish: std::result::Result<Wish, Refusal>) -> Response {
    let wish = match wish {
        Ok(wish) => wish,
        Err(refusal) => return refusal.into_response(),
    };
    let Ok(_place) = shop.places.try_acquire() else { return Refusal::busy().into_response() };
    match make(shop, wish).await {
        Ok(product) => product.into_response(),
        Err(refusal) => refusal.into_response(),
    }
}

async fn make(shop: &Shop, wish: Wish) -> std::result::Result<Product, Refusal> {
    let Wish { request, fetch, refused, mime, name } = wish;
    let internal = |fault: &dyn std::fmt::Display| Refusal::of(&Error::Internal(fault.to_string()));
    let folder = Folder(shop.pool.results.join(format!(".form-{}", random::id())));
    let sources = shop.sources.clone();
    let order = Order {
        request: serde_json::to_string(&request).map_err(|fault| internal(&fault))?,
        fetch: move |watch: &mut Watch| fetch(&sources, watch),
        folder: folder.0.clone(),
        allowance: shop.pool.work.form,
        patience: Duration::ZERO,
    };
    let made = work::run(&shop.pool, order, Arc::default()).await;
    made.map_err(|ended| match ended {
        Ended::Fault(fault) => refused(&fault),
        Ended::Late(words) => Refusal::late(words),
        Ended::Crashed(words) => internal(&words),
        Ended::NoRoom(reason) | Ended::NoChild(reason) => {
            eprintln!("export: {reason}");
            Refusal::busy()
        }
    })?;
    let bytes = tokio::fs::read(folder.0.join("0")).await.map_err(|fault| internal(&fault))?;
    Ok(Product { mime, name, bytes })
}

/// The folder of one answer, taken away with it.
struct Folder(PathBuf);

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
