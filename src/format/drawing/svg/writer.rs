//! The document while it is written.

use super::look::Halo;
use crate::provenance::Provenance;
use crate::scene::Scene;
use crate::scene::outline::Outlines;
use crate::wire::xml::Xml;

/// What all parts of the document need.
pub struct Writer<'s> {
    pub xml: Xml,
    pub scene: &'s Scene,
    pub digits: u32,
    pub halo: Halo,
    pub ids: bool,
    pub provenance: &'s Provenance,
    /// Where text becomes outlines.
    pub outlines: Option<Outlines<'s>>,
    pub done: u64,
    pub total: u64,
}
