//! GeoJSON.

use super::super::{Format, Job, Tier, Write, Written};
use crate::error::Error;
use crate::map::Features;
use crate::watch::Watch;

/// GeoJSON.
pub const FORMAT: Format = Format {
    id: "geojson",
    aliases: &[],
    title: "GeoJSON",
    extension: "geojson",
    mime: "application/geo+json",
    tier: Tier::Free,
    about: "",
    for_whom: "",
    kept: "",
    lost: "",
    programs: &[],
    options: &[],
    write: Write::Features(write),
};

fn write(_features: &Features, _job: &mut Job, _watch: &mut Watch) -> Written {
    Err(Error::Internal("geojson".into()))
}
