//! Pack `dataset`: What GIS, databases and tile servers read.

crate::format::family::families! {
    mbtiles_vector
    mvt_zip
}
