//! Layers, and what the output is meant for, in the catalogue.

use super::profile::Intent;
use pdf_writer::{Name, Ref, TextStr};

/// An optional content group with the groups inside it.
pub struct Layer {
    pub id: Ref,
    pub label: String,
    pub depth: usize,
}

/// What the output is meant for, with its profile.
pub fn intent(mut list: pdf_writer::Array, kind: Intent, profile: Ref) {
    let (subtype, condition, about): (&[u8], _, _) = match kind {
        Intent::Archive => (b"GTS_PDFA1", "sRGB IEC61966-2.1", "sRGB IEC61966-2.1"),
        Intent::Press => (b"GTS_PDFX", "Custom", "Process colours computed from sRGB; assign the profile of the press"),
    };
    let mut intent = list.push().dict();
    intent.pair(Name(b"Type"), Name(b"OutputIntent")).pair(Name(b"S"), Name(subtype));
    intent.pair(Name(b"OutputConditionIdentifier"), TextStr(condition)).pair(Name(b"Info"), TextStr(about));
    intent.pair(Name(b"RegistryName"), TextStr("http://www.color.org")).pair(Name(b"DestOutputProfile"), profile);
}

/// The list of layers, all visible; in the panel the topmost stands first.
pub fn optional_content(mut dict: pdf_writer::Dict, layers: &[Layer]) {
    let all = || layers.iter().map(|layer| layer.id);
    dict.insert(Name(b"OCGs")).array().items(all());
    let mut view = dict.insert(Name(b"D")).dict();
    view.pair(Name(b"Name"), TextStr("Layers")).pair(Name(b"ListMode"), Name(b"AllPages"));
    view.insert(Name(b"ON")).array().items(all());
    let mut order = view.insert(Name(b"Order")).array();
    nest(&mut order, layers, 0);
}

/// A layer, then an array of those inside it (§8.11.4.3).
fn nest(array: &mut pdf_writer::Array, layers: &[Layer], depth: usize) {
    let starts: Vec<usize> =
        layers.iter().enumerate().filter(|(_, layer)| layer.depth == depth).map(|(row, _)| row).collect();
    let ends = starts.iter().skip(1).copied().chain([layers.len()]);
    for (start, end) in starts.iter().copied().zip(ends).collect::<Vec<_>>().into_iter().rev() {
        let Some([layer, inside @ ..]) = layers.get(start..end) else { continue };
        array.item(layer.id);
        if !inside.is_empty() {
            nest(&mut array.push().array(), inside, depth + 1);
        }
    }
}
