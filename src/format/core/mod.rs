//! Pack `core`: What nearly everybody needs, without a drawing.

crate::format::family::families! {
    csv
    geojson
    graphml
    osm_pbf
    osm_xml
    pmtiles
}
