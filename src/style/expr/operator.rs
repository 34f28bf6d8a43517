//! The operators that evaluate all their operands first.

/// An operator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Op {
    GetNamed,
    HasNamed,
    GetIn,
    HasIn,
    Properties,
    Id,
    GeometryType,
    Zoom,
    Equal,
    Unequal,
    Less,
    Greater,
    LessEqual,
    GreaterEqual,
    Not,
    Add,
    Subtract,
    Multiply,
    Divide,
    Remainder,
    Power,
    Min,
    Max,
    Abs,
    Floor,
    Ceil,
    Round,
    Sqrt,
    Sin,
    Cos,
    Tan,
    Asin,
    Acos,
    Atan,
    Ln,
    Log2,
    Log10,
    E,
    Pi,
    Ln2,
    Concat,
    Upcase,
    Downcase,
    ToString,
    ToNumber,
    ToBoolean,
    ToColor,
    ToRgba,
    TypeOf,
    IsNumber,
    IsString,
    IsBoolean,
    IsObject,
    IsArray,
    At,
    In,
    IndexOf,
    Length,
    Slice,
    Rgb,
    Rgba,
    Image,
    Error,
    ScriptKnown,
}

/// Most operands where there is no limit.
const MANY: usize = usize::MAX;

/// Name, operator, fewest and most operands. `get` and `has` with a fixed name become [`super::Expr::Get`] and
/// [`super::Expr::Has`]; `GetIn` and `HasIn` are theirs with an object.
#[rustfmt::skip]
pub const OPERATORS: &[(&str, Op, usize, usize)] = &[
    ("properties", Op::Properties, 0, 0), ("id", Op::Id, 0, 0), ("geometry-type", Op::GeometryType, 0, 0), ("zoom", Op::Zoom, 0, 0),
    ("==", Op::Equal, 2, 2), ("!=", Op::Unequal, 2, 2), ("<", Op::Less, 2, 2), (">", Op::Greater, 2, 2),
    ("<=", Op::LessEqual, 2, 2), (">=", Op::GreaterEqual, 2, 2), ("!", Op::Not, 1, 1),
    ("+", Op::Add, 0, MANY), ("-", Op::Subtract, 1, 2), ("*", Op::Multiply, 0, MANY), ("/", Op::Divide, 2, 2),
    ("%", Op::Remainder, 2, 2), ("^", Op::Power, 2, 2), ("min", Op::Min, 0, MANY), ("max", Op::Max, 0, MANY),
    ("abs", Op::Abs, 1, 1), ("floor", Op::Floor, 1, 1), ("ceil", Op::Ceil, 1, 1), ("round", Op::Round, 1, 1),
    ("sqrt", Op::Sqrt, 1, 1), ("sin", Op::Sin, 1, 1), ("cos", Op::Cos, 1, 1), ("tan", Op::Tan, 1, 1),
    ("asin", Op::Asin, 1, 1), ("acos", Op::Acos, 1, 1), ("atan", Op::Atan, 1, 1),
    ("ln", Op::Ln, 1, 1), ("log2", Op::Log2, 1, 1), ("log10", Op::Log10, 1, 1),
    ("e", Op::E, 0, 0), ("pi", Op::Pi, 0, 0), ("ln2", Op::Ln2, 0, 0),
    ("concat", Op::Concat, 0, MANY), ("upcase", Op::Upcase, 1, 1), ("downcase", Op::Downcase, 1, 1),
    ("to-string", Op::ToString, 1, 1), ("to-number", Op::ToNumber, 1, MANY), ("to-boolean", Op::ToBoolean, 1, 1),
    ("to-color", Op::ToColor, 1, MANY), ("to-rgba", Op::ToRgba, 1, 1), ("typeof", Op::TypeOf, 1, 1),
    ("number", Op::IsNumber, 1, MANY), ("string", Op::IsString, 1, MANY), ("boolean", Op::IsBoolean, 1, MANY),
    ("object", Op::IsObject, 1, MANY), ("array", Op::IsArray, 1, MANY),
    ("at", Op::At, 2, 2), ("in", Op::In, 2, 2), ("index-of", Op::IndexOf, 2, 3), ("length", Op::Length, 1, 1),
    ("slice", Op::Slice, 2, 3), ("rgb", Op::Rgb, 3, 3), ("rgba", Op::Rgba, 4, 4), ("image", Op::Image, 1, 1),
    ("error", Op::Error, 1, 1), ("is-supported-script", Op::ScriptKnown, 1, 1),
];

/// Operators that are parsed into shapes of their own.
pub const SHAPES: &[&str] = &[
    "literal",
    "get",
    "has",
    "all",
    "any",
    "none",
    "!in",
    "!has",
    "case",
    "match",
    "coalesce",
    "let",
    "var",
    "step",
    "interpolate",
    "interpolate-hcl",
    "interpolate-lab",
    "format",
];

/// Whether a word is an operator of expressions, so that a list starting with it is one.
pub fn known(word: &str) -> bool {
    SHAPES.contains(&word) || OPERATORS.iter().any(|(name, ..)| *name == word)
}
