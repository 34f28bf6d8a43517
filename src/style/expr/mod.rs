//! The expressions of MapLibre styles (style specification v8): parsed once, evaluated for every feature.
//! <https://maplibre.org/maplibre-style-spec/expressions/>

mod apply;
mod curve;
mod eval;
mod legacy;
mod operator;
mod parse;
mod value;

pub use legacy::{filter as modern_filter, function as modern_function, is_expression, tokens as modern_tokens};
pub use parse::{Keys, parse};
pub use value::{Fault, Piece, Value};

use curve::Curve;
pub use operator::Op;

/// A compiled expression.
#[derive(Debug, Clone, PartialEq)]
pub enum Expr {
    /// A fixed value.
    Literal(Value<'static>),
    /// A property of the feature.
    Get(Key),
    /// Whether the feature has a property.
    Has(Key),
    /// An operator that evaluates all its operands.
    Call(Op, Vec<Expr>),
    /// The first condition that holds decides; the last value stands alone.
    Case(Vec<(Expr, Expr)>, Box<Expr>),
    /// The input's label decides.
    Match(Box<Expr>, Vec<(Vec<Value<'static>>, Expr)>, Box<Expr>),
    /// All (true) or any (false) of the conditions.
    Every(bool, Vec<Expr>),
    /// The first value that is not null.
    Coalesce(Vec<Expr>),
    /// Values bound to the slots from the first number on, for the body.
    Let(Vec<Expr>, Box<Expr>),
    /// A bound value.
    Var(usize),
    /// A staircase: values from inputs on; the first stands for everything below.
    Step(Box<Expr>, Box<Expr>, Vec<(f64, Expr)>),
    /// A curve through values at inputs.
    Interpolate(Curve, Box<Expr>, Vec<(f64, Expr)>),
    /// Formatted text: text, scale, colour of each piece.
    Format(Vec<(Expr, Option<Expr>, Option<Expr>)>),
}

/// A property of a feature.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key {
    /// One of the fields that every feature has.
    Field(Field),
    /// A tag: row of [`Keys`].
    Tag(u16),
}

/// Fields that styles can ask of every feature, besides its tags.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// The class.
    Class,
    /// The value of the tag that gave the class.
    Type,
    /// The name in the language of the request.
    Name,
    /// The level: the tag `layer`, 1 for bridges and -1 for tunnels without it.
    Level,
    /// The OSM id.
    OsmId,
    /// `n`, `w` or `r`.
    OsmType,
    /// Rank of the class in its layer, 0 the most important.
    Rank,
    /// Lowest `detail_level` that shows the class.
    Detail,
    /// Area on the sheet, mm².
    Area,
    /// Length on the sheet, mm.
    Length,
    /// True for bridges and viaducts.
    Bridge,
    /// True for tunnels, culverts and covered ways.
    Tunnel,
    /// 1 along the way, -1 against it, 0 for both directions.
    Oneway,
    /// True for slip roads.
    Link,
}

/// Names of [`Field`]s; other names are tags.
pub const FIELDS: &[(&str, Field)] = &[
    ("class", Field::Class),
    ("type", Field::Type),
    ("name", Field::Name),
    ("layer_z", Field::Level),
    ("layer", Field::Level),
    ("osm_id", Field::OsmId),
    ("osm_type", Field::OsmType),
    ("rank", Field::Rank),
    ("detail", Field::Detail),
    ("area", Field::Area),
    ("length", Field::Length),
    ("bridge", Field::Bridge),
    ("tunnel", Field::Tunnel),
    ("oneway", Field::Oneway),
    ("link", Field::Link),
];

/// What an expression is about.
pub trait Subject {
    /// A property; null if it has none of that name.
    fn get(&self, key: Key) -> Value<'_>;
    /// A property whose name was computed.
    fn named(&self, name: &str) -> Value<'_>;
    /// All properties.
    fn all(&self) -> Value<'_>;
    /// The id, if it has one.
    fn id(&self) -> Value<'_>;
    /// `Point`, `LineString` or `Polygon`.
    fn geometry(&self) -> &'static str;
}
