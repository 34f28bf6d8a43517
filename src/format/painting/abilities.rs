//! What a format can hold of a drawn sheet. The walk over the sheet asks for these, and never which format it is.

/// What a format can hold.
pub struct Abilities {
    /// What the format is called where a note speaks of it.
    pub title: &'static str,
    /// Half-transparent colours; else they are mixed with the background.
    pub opacity: bool,
    /// Bézier curves; else they become lines.
    pub curves: bool,
    /// Dashed lines; else every dash is a line.
    pub dashes: bool,
    /// What a drawing can be cut at.
    pub cutting: Cutting,
    /// Letters that text may have; none where all text is drawn.
    pub letters: Option<fn(char) -> bool>,
    /// Which text is text; all other is drawn.
    pub texts: Texts,
    /// Most points of a shape.
    pub points: usize,
}

impl Abilities {
    /// A format of drawings that holds everything but cuts; formats say what differs.
    pub const DRAWING: Self = Self {
        title: "",
        opacity: true,
        curves: true,
        dashes: true,
        cutting: Cutting::Nothing,
        letters: Some(|_| true),
        texts: Texts::Any,
        points: usize::MAX,
    };
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

/// Which text programs show as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Texts {
    /// Any.
    Any,
    /// What is not turned.
    Level,
    /// What is not turned, bold or italic.
    Plain,
}

impl Texts {
    /// Whether a text is among them, by its angle, its weight and its slant.
    pub fn hold(self, angle: f64, weight: u16, italic: bool) -> bool {
        match self {
            Self::Any => true,
            Self::Level => angle == 0.0,
            Self::Plain => angle == 0.0 && weight < 600 && !italic,
        }
    }
}
