//! MapLibre style documents (specification v8): parse, compile against our layers, evaluate.
//!
//! `source-layer` is a layer of the map (`roads`), sources are passed over. Three entries of a layer's `metadata` are
//! ours: `mapwright:order` draws neighbouring layers together, `"levels"` level by level so that bridges lie over what
//! they cross, `"area"` the largest area first; `mapwright:group` names the layer's group in the drawing;
//! `mapwright:merge` makes lines of one class and look one path; `mapwright:inset` (px) fills areas within their rim. In the
//! metadata of the document, `mapwright.once` is for
//! machines: strokes of one pen that lie on each other are drawn once.

pub mod color;
mod document;
pub mod expr;
#[cfg(any(feature = "plan", feature = "scene"))]
pub mod feature_properties;
pub mod layer;
mod legend;
mod letters;
#[cfg(feature = "style")]
pub mod outline;
pub mod property;
mod resolve;
mod richness;
pub mod symbol;
mod theme;

pub use document::{Style, compile};
pub use layer::{Bound, Layer, LayerKind, Nothing, Order, PIXEL};
pub use legend::{Legend, Look, State};
pub use letters::Letters;
pub use property::Prop;
pub use resolve::BASE;
pub use richness::{NORMAL, shown};
pub use theme::{THEMES, Theme, document, without_sides};

use crate::error::{Error, Result};
use crate::note::Notes;
use crate::request::{Limits, MapStyle};
use serde_json::Value as Json;

/// Refuses a document with more layers than are allowed.
///
/// # Errors
/// [`Error::Excess`] for `map_style`.
pub fn bounded(wanted: Option<&MapStyle>, limits: &Limits) -> Result<()> {
    let Some(MapStyle::Document(document)) = wanted else { return Ok(()) };
    let count = document.get("layers").and_then(Json::as_array).map_or(0, Vec::len);
    if count <= limits.style_layers {
        return Ok(());
    }
    let message = format!("it has {count} layers; at most {} are drawn", limits.style_layers);
    Err(Error::Excess { field: "map_style".into(), message })
}

/// Refuses what [`style`] would refuse, and what is larger than allowed. Those that come with the program are good, and are not
/// compiled to say so.
///
/// # Errors
/// As [`bounded`] and [`style`].
pub fn check(wanted: Option<&MapStyle>, limits: &Limits) -> Result<()> {
    let known = |name: &String| THEMES.iter().any(|theme| theme.id == name);
    match wanted {
        None => Ok(()),
        Some(MapStyle::Named(name)) if known(name) => Ok(()),
        Some(_) => {
            bounded(wanted, limits)?;
            style(wanted, &mut Notes::default()).map(drop)
        }
    }
}

/// The style a request asks for; what it uses that is not supported is noted.
///
/// # Errors
/// [`crate::error::Error::Request`] for `map_style`.
pub fn style(wanted: Option<&MapStyle>, notes: &mut Notes) -> Result<Style> {
    compile(&document(wanted)?, notes)
}

/// As [`style`], with layers for own data (`overlays`) on top, unless the style has some itself.
///
/// # Errors
/// As [`style`].
pub fn overlaid(wanted: Option<&MapStyle>, notes: &mut Notes) -> Result<Style> {
    let mut document = document(wanted)?;
    let own = |layer: &Json| layer.get("source-layer").and_then(Json::as_str) == Some("overlays");
    if let Some(layers) = document.get_mut("layers").and_then(Json::as_array_mut)
        && !layers.iter().any(own)
    {
        let more: Vec<Json> = serde_json::from_str(OVERLAYS)
            .map_err(|fault| Error::Internal(format!("the style of overlays is not JSON: {fault}")))?;
        layers.extend(more);
    }
    compile(&document, notes)
}

/// How own data is drawn where a style does not say: by simplestyle (1.1.0), or in one colour.
const OVERLAYS: &str = include_str!("themes/overlays.json");
