//! Pack `dataset`: What GIS, databases and tile servers read.

crate::format::family::families! {
    csv_wkt
    gpkg
    maplibre_style
    mbtiles_vector
    mvt_zip
    o5m
    opl
    osc
    osm_gz
    overpass_json
    pgsql
    qgis_project
    qml
    shapefile
    sld
    spatialite
    tsv
}
