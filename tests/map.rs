//! Tests of `geo` and `map`.

mod crs;
