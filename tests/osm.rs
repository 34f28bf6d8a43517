//! Tests of `osm`.
