//! SVG.

use super::super::{Format, Job, Tier, Write, Written};
use crate::error::Error;
use crate::scene::Scene;
use crate::watch::Watch;

/// SVG.
pub const FORMAT: Format = Format {
    id: "svg",
    aliases: &[],
    title: "SVG",
    extension: "svg",
    mime: "image/svg+xml",
    tier: Tier::Free,
    about: "",
    for_whom: "",
    kept: "",
    lost: "",
    programs: &[],
    options: &[],
    write: Write::Scene(write),
};

fn write(_scene: &Scene, _job: &mut Job, _watch: &mut Watch) -> Written {
    Err(Error::Internal("svg".into()))
}
