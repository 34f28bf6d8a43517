//! SVGZ: SVG in gzip, as SVG 1.1 (appendix J) and SVG 2 (§1.4) name it.

use super::super::{Format, Job, Tier, Write, Written};
use super::svg;
use crate::error::Error;
use crate::scene::Scene;
use crate::watch::Watch;
use crate::wire::deflate;

/// SVGZ.
pub const FORMAT: Format = Format {
    id: "svgz",
    aliases: &[],
    title: "SVGZ",
    extension: "svgz",
    mime: "image/svg+xml",
    tier: Tier::Free,
    about: "The SVG drawing in a quarter of its size.",
    for_whom: "Web developers, archives, everybody who mails large drawings",
    kept: svg::FORMAT.kept,
    lost: svg::FORMAT.lost,
    programs: &[
        "Inkscape",
        "Adobe Illustrator",
        "LibreOffice Draw",
        "GIMP",
        "web browsers (from a server that says gzip)",
    ],
    options: svg::FORMAT.options,
    write: Write::Scene(write),
};

fn write(scene: &Scene, job: &mut Job, watch: &mut Watch) -> Written {
    let Write::Scene(write) = svg::FORMAT.write else {
        return Err(Error::Internal("svg is no drawing".into()));
    };
    deflate::gzip(&write(scene, job, watch)?)
}
