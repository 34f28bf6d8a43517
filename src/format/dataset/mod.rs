//! Pack `dataset`: What GIS, databases and tile servers read.

crate::format::family::families! {
    csv_wkt
    esrijson
    flatgeobuf
    geobuf
    geoparquet
    jsonfg
    mbtiles_vector
    mvt_zip
    o5m
    ods
    opl
    osc
    osm_gz
    overpass_json
    topojson
    tsv
    wkt
    xlsx
}
