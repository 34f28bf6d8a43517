//! Pack `dataset`: What GIS, databases and tile servers read.

crate::format::family::families! {
    csv_wkt
    georss
    gml
    gmt
    gpkg
    gpx
    jml
    kml
    maplibre_style
    mbtiles_vector
    mif
    mvt_zip
    o5m
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
    tsv
}
