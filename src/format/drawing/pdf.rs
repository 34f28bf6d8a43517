//! PDF.

use super::super::{Format, Job, Tier, Write, Written};
use crate::error::Error;
use crate::scene::Scene;
use crate::watch::Watch;

/// PDF.
pub const FORMAT: Format = Format {
    id: "pdf",
    aliases: &[],
    title: "PDF",
    extension: "pdf",
    mime: "application/pdf",
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
    Err(Error::Internal("pdf".into()))
}
