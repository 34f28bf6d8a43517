//! Pack `pictures`: Pictures for single programs and machines, with layers, on the ground, in tiles.

crate::format::family::families! {
    ansi
    bmp
    exr
    gif
    gpkg_raster
    ico
    jxl
    kmz_overlay
    mbtiles
    ora
    ozi_map
    pcx
    png_world
    ppm
    psd
    qoi
    sixel
    sqlitedb
    tga
    tiff
    tiles_zip
    xcf
}
