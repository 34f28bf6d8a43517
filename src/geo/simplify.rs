//! Simplification that keeps shared borders shared.
