//! Tests of `style`.
