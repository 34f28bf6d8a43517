//! PNG.

use super::super::{Format, Job, Tier, Write, Written};
use crate::error::Error;
use crate::scene::raster::Raster;
use crate::watch::Watch;

/// PNG.
pub const FORMAT: Format = Format {
    id: "png",
    aliases: &[],
    title: "PNG",
    extension: "png",
    mime: "image/png",
    tier: Tier::Free,
    about: "",
    for_whom: "",
    kept: "",
    lost: "",
    programs: &[],
    options: &[],
    write: Write::Pixels(write),
};

fn write(_raster: &mut Raster, _job: &mut Job, _watch: &mut Watch) -> Written {
    Err(Error::Internal("png".into()))
}
