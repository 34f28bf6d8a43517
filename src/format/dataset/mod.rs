//! Pack `dataset`: What GIS, databases and tile servers read.

crate::format::family::families! {
    csv_wkt
    esrijson
    flatgeobuf
    geobuf
    geoparquet
    georss
    gml
    gmt
    gpkg
    gpx
    jml
    jsonfg
    kml
    maplibre_style
    mbtiles_vector
    mif
    mvt_zip
    o5m
    ods
    opl
    osc
    osm_gz
    overpass_json
    pgsql
    polish_mp
    qgis_project
    qml
    shapefile
    sld
    spatialite
    topojson
    tsv
    wkt
    xlsx
}
