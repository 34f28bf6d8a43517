//! Tests of `style`: the evaluator against maplibre-expr, themes, palettes, what is said about unsupported things.

mod document;
mod oracle;
mod theme;
