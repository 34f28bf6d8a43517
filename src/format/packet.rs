//! The XMP packet of a picture of a sheet.

use super::write::Job;
use crate::scene::Scene;
use crate::wire::xmp;

/// What a picture of the media type `format` says about itself: title, terms, date, how it was made.
pub fn picture(scene: &Scene, job: &Job, format: &str) -> Vec<u8> {
    xmp::packet(&xmp::About {
        format,
        title: &scene.title,
        rights: &scene.attribution,
        timestamp: &scene.timestamp,
        provenance: &job.provenance.text(),
        kind: xmp::Kind::Picture,
        id: "",
    })
}
