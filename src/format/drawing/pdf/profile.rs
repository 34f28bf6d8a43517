//! What sets the versions of PDF apart that are written.

use crate::wire::xmp::Kind;

/// A version, as what differs.
pub struct Profile {
    /// Version in the header, after `1.`.
    pub minor: u8,
    /// What the output is meant for.
    pub intent: Option<Intent>,
    /// Whether process colours are CMYK, whatever the options say.
    pub cmyk: bool,
    /// Whether the map frame knows its coordinates.
    pub viewport: bool,
    /// Whether each feature is an object with its attributes.
    pub objects: bool,
    /// What metadata must say.
    pub kind: Kind,
}

/// What the output is meant for (ISO 32000-1 §14.11.5).
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Intent {
    /// Screens and archives: sRGB.
    Archive,
    /// A press: CMYK.
    Press,
}

/// PDF 1.7.
pub static PLAIN: Profile =
    Profile { minor: 7, intent: None, cmyk: false, viewport: true, objects: false, kind: Kind::Pdf };

/// The same with an object for every feature.
pub static GEO: Profile = Profile { objects: true, ..PLAIN };

/// PDF/A-2u (ISO 19005-2): fonts embedded with their way back to Unicode, colours of a known space, metadata in XMP.
pub static ARCHIVE: Profile = Profile { intent: Some(Intent::Archive), kind: Kind::Archive, ..PLAIN };

/// PDF/X-4 (ISO 15930-7): colours of a press, boxes for what is trimmed, metadata that name the print.
pub static PRESS: Profile =
    Profile { minor: 6, intent: Some(Intent::Press), cmyk: true, viewport: false, kind: Kind::Press, ..PLAIN };
