//! Reader: pbf.
