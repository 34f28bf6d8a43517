//! Drawings in true size: features as the lines, fillings, blocks and texts of CAD programs, in the order in which they are
//! drawn. What writes them in a format's own way is an [`Encoder`]; what a format can hold are its [`Limits`].

mod drawing;
mod encoder;
mod frame;
mod hatches;
mod limits;
mod looks;
mod names;
mod objects;
mod options;
mod order;
mod pattern;
mod placement;
mod room;
mod standard;
mod text;
mod unit;
mod wanted;

pub use drawing::{Drawing, draw};
pub use encoder::{
    Block, Dashes, Encoder, Filling, Hatch, HatchLine, Head, Insert, Layer, Layout, Lies, Line, Object, On, Paint,
    Words,
};
pub use limits::{Letters, Limits, Names};
pub use names::{LEADING, LETTER};
pub use options::{
    ALL, DEDUPE, HATCH, HEIGHT, HEIGHTS, LAYERS, NAMES, NEARBY, ORIGIN, OUTLINES, POINT, ROOFS, TAGS, UNIT,
};
pub use pattern::Pattern;
pub use unit::Unit;
