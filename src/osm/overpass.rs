//! Reader: overpass.
