//! What a drawing is made of, and what writes it in a version's own way.

use crate::error::Result;
use acadrust::types::Color;
use std::borrow::Cow;

/// What is said of the whole drawing.
pub(super) struct Head {
    /// Where the data are from, and where the drawing lies.
    pub(super) about: [String; 2],
    /// How it was made.
    pub(super) provenance: String,
    /// West, south, east, north.
    pub(super) extent: [f64; 4],
    /// Size of points.
    pub(super) point: f64,
}

impl Head {
    /// Lines of comments at the head of the file, none longer than R12 takes (255 bytes): how the drawing was made goes on
    /// from line to line.
    pub(super) fn comments(&self) -> impl Iterator<Item = Cow<'_, str>> {
        let made = self.provenance.as_bytes().chunks(LINE).map(String::from_utf8_lossy);
        self.about.iter().map(|line| Cow::Borrowed(line.as_str())).chain(made)
    }
}

/// Bytes of a line.
const LINE: usize = 250;

/// A layer.
pub(super) struct Layer {
    /// Its name, and that of its line type.
    pub(super) name: String,
    /// Its colour: one of 255, or any.
    pub(super) color: Color,
    /// Dashes and gaps of its lines by turns, metres; a dash of 0 is a dot; empty for lines without.
    pub(super) dashes: Vec<f64>,
}

/// Where a thing lies and what is known of it.
pub(super) struct On<'a> {
    /// The name of its layer.
    pub(super) layer: &'a str,
    /// Its extended data.
    pub(super) data: &'a [String],
}

/// A line of text.
pub(super) struct Words<'a> {
    pub(super) value: &'a str,
    pub(super) at: [f64; 2],
    pub(super) height: f64,
    /// Degrees, counter-clockwise.
    pub(super) angle: f64,
    /// Around its place, not from there on.
    pub(super) centred: bool,
}

/// Writes the things of a drawing, in metres from its origin.
pub(super) trait Encoder {
    /// A layer, before the first thing on it.
    fn layer(&mut self, layer: &Layer) -> Result<()>;

    /// A point.
    fn point(&mut self, on: &On, at: [f64; 2]) -> Result<()>;

    /// A line, or a ring without its end.
    fn polyline(&mut self, on: &On, points: &[[f64; 2]], closed: bool) -> Result<()>;

    /// A filling: rings without their ends, and whether they are outer ones.
    fn filling(&mut self, on: &On, rings: &[(bool, Vec<[f64; 2]>)]) -> Result<()>;

    /// A text.
    fn text(&mut self, on: &On, words: &Words) -> Result<()>;
}
