//! Pack `dataset`: What GIS, databases and tile servers read.

crate::format::family::families! {
    csv_wkt
    georss
    gml
    gmt
    gpx
    jml
    kml
    mbtiles_vector
    mif
    mvt_zip
    o5m
    opl
    osc
    osm_gz
    overpass_json
    polish_mp
    tsv
}
