//! What sets the versions of SVG apart that are written.

/// A version, as what differs.
pub struct Dialect {
    /// `version` and `baseProfile` of the root.
    pub version: &'static str,
    /// The same.
    pub profile: Option<&'static str>,
    /// User units in a millimetre, and what they are called where sizes are said.
    pub unit: f64,
    /// The same.
    pub suffix: &'static str,
    /// How layers are marked.
    pub layers: Layers,
    /// Whether drawings can be cut at a path.
    pub clips: bool,
    /// Whether text can run along a path; else words are turned, or letters where a street bends.
    pub along: bool,
    /// Whether fonts are named as Illustrator names them, by their PostScript names.
    pub postscript: bool,
}

/// How layers are marked.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Layers {
    /// As a class, with the name beside the id.
    Class,
    /// With Inkscape's own attributes.
    Inkscape,
    /// By ids that are their names, in Illustrator's spelling.
    Names,
    /// By ids alone.
    Ids,
}

/// SVG 1.1, with what SVG 2 adds and older readers pass over.
pub static PLAIN: Dialect = Dialect {
    version: "1.1",
    profile: None,
    unit: 1.0,
    suffix: "mm",
    layers: Layers::Class,
    clips: true,
    along: true,
    postscript: false,
};

/// The same with what Inkscape shows.
pub static INKSCAPE: Dialect = Dialect { layers: Layers::Inkscape, ..PLAIN };

/// The same in points, as Illustrator reads and writes it.
pub static ILLUSTRATOR: Dialect =
    Dialect { unit: 72.0 / 25.4, suffix: "pt", layers: Layers::Names, postscript: true, ..PLAIN };

/// SVG Tiny 1.2: no cutting, no text along paths.
pub static TINY: Dialect =
    Dialect { version: "1.2", profile: Some("tiny"), layers: Layers::Ids, clips: false, along: false, ..PLAIN };
