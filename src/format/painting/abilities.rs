//! What a format can hold of a drawn sheet. The walk over the sheet asks for these, and never which format it is.

/// What a format can hold.
pub struct Abilities {
    /// What the format is called where a note speaks of it.
    pub title: &'static str,
    /// Bézier curves; else they become lines.
    pub curves: bool,
    /// Dashed lines; else every dash is a line.
    pub dashes: bool,
    /// What a drawing can be cut at.
    pub cutting: Cutting,
    /// Letters that text may have; none where all text is drawn.
    pub letters: Option<fn(char) -> bool>,
    /// Whether text may be turned, bold or italic; else such text is drawn.
    pub styled: bool,
    /// Most points of a shape.
    pub points: usize,
}

/// What a drawing can be cut at, where strokes overhang the frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cutting {
    /// Nothing: what overhangs is painted over.
    Nothing,
    /// Rectangles.
    Rectangles,
    /// Rings.
    Shapes,
}
