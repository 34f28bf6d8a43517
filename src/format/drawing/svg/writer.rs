//! The document while it is written.

use super::dialect::Dialect;
use super::look::Halo;
use crate::provenance::Provenance;
use crate::scene::Scene;
use crate::scene::outline::Outlines;
use crate::wire::xml::Xml;
use std::collections::BTreeSet;

/// What all parts of the document need.
pub struct Writer<'s> {
    pub xml: Xml,
    pub scene: &'s Scene,
    pub dialect: &'static Dialect,
    /// Names of layers that are taken, where these are ids.
    pub names: BTreeSet<String>,
    pub digits: u32,
    pub halo: Halo,
    pub ids: bool,
    pub provenance: &'s Provenance,
    /// Where text becomes outlines.
    pub outlines: Option<Outlines<'s>>,
    pub done: u64,
    pub total: u64,
}
