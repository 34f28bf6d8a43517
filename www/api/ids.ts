// Made by `cargo xtask catalogue` from the registry of formats, styles and layers. Do not edit.

export type FormatId =
  | "csv"
  | "geojson"
  | "geojsonseq"
  | "geojsonl"
  | "graphml"
  | "osm-pbf"
  | "pbf"
  | "osm-xml"
  | "osm"
  | "pmtiles"
  | "jpg"
  | "jpeg"
  | "pdf"
  | "geopdf"
  | "geospatial-pdf"
  | "pdf-a"
  | "pdf-a-2u"
  | "pdf-x"
  | "pdf-x-4"
  | "png"
  | "svg"
  | "svgz"
  | "svg-inkscape"
  | "inkscape"
  | "svg-illustrator"
  | "svg-tiny"
  | "webp"
  | "ai8"
  | "ai-legacy"
  | "cdr"
  | "coreldraw"
  | "cgm"
  | "webcgm"
  | "cmx"
  | "dia"
  | "docx"
  | "word"
  | "drawio"
  | "diagrams-net"
  | "emf"
  | "excalidraw"
  | "hpgl"
  | "plt"
  | "odg"
  | "fodg"
  | "odp"
  | "pptx"
  | "powerpoint"
  | "ps"
  | "eps"
  | "epsf"
  | "scribus"
  | "sla"
  | "tikz"
  | "pgf"
  | "typst"
  | "typ"
  | "vsdx"
  | "visio"
  | "wmf"
  | "xfig"
  | "fig"
  | "xps"
  | "ansi"
  | "terminal-text"
  | "bmp"
  | "dib"
  | "epd-bmp"
  | "bmp-1bit"
  | "eink-bmp"
  | "exr"
  | "openexr"
  | "gif"
  | "gpkg-raster"
  | "gpkg-tiles"
  | "geopackage-raster"
  | "ico"
  | "favicon"
  | "jxl"
  | "jpeg-xl"
  | "kmz-overlay"
  | "ground-overlay"
  | "garmin-custom-map"
  | "garmin-kmz"
  | "mbtiles"
  | "mbtiles-raster"
  | "ora"
  | "openraster"
  | "ozi-map"
  | "ozi"
  | "oziexplorer"
  | "pcx"
  | "png-world"
  | "pgw"
  | "world-file"
  | "ppm"
  | "pnm"
  | "psd"
  | "photoshop"
  | "qoi"
  | "sixel"
  | "six"
  | "sqlitedb"
  | "rmaps"
  | "osmand-sqlitedb"
  | "tga"
  | "targa"
  | "tiff"
  | "tif"
  | "geotiff"
  | "gtiff"
  | "cog"
  | "geotiff-cog"
  | "tiles-zip"
  | "xyz-tiles"
  | "tiles-xyz"
  | "xcf"
  | "gimp"
  | "dgn"
  | "dgn-v7"
  | "dwg"
  | "dwg-2018"
  | "dwg-2013"
  | "dwg-2010"
  | "dwg-2007"
  | "dwg-2004"
  | "dwg-2000"
  | "dwg-r14"
  | "dxf"
  | "dxf-r12"
  | "dxf-2004"
  | "dxf-2007"
  | "dxf-2010"
  | "dxf-2013"
  | "dxf-2018"
  | "dxf-binary"
  | "iges"
  | "igs"
  | "step-2d"
  | "step-ap214"
  | "glb"
  | "stl"
  | "csv-wkt"
  | "esrijson"
  | "flatgeobuf"
  | "fgb"
  | "geoarrow"
  | "arrow"
  | "geobuf"
  | "geoparquet"
  | "parquet"
  | "georss"
  | "gml"
  | "gml-zip"
  | "gml2"
  | "gmt"
  | "gpkg"
  | "geopackage"
  | "gpx"
  | "html"
  | "jml"
  | "jsonfg"
  | "kml"
  | "kmz"
  | "maplibre-style"
  | "mbtiles-vector"
  | "mif"
  | "mvt-zip"
  | "o5m"
  | "ods"
  | "opl"
  | "osc"
  | "osm-gz"
  | "overpass-json"
  | "pgsql"
  | "postgis"
  | "mysql"
  | "mariadb"
  | "sqlite-sql"
  | "polish-mp"
  | "qgis-project"
  | "qgis"
  | "qgz"
  | "qml"
  | "shapefile"
  | "shp"
  | "sld"
  | "spatialite"
  | "topojson"
  | "tsv"
  | "wkt"
  | "ewkt"
  | "wkb"
  | "xlsx";

export type TopicId =
  | "print"
  | "cad"
  | "gis"
  | "web"
  | "printing3d"
  | "games"
  | "simulation"
  | "gps"
  | "office"
  | "pictures"
  | "making";

export type StyleId =
  | "default"
  | "minimal"
  | "light"
  | "dark"
  | "blueprint"
  | "toner"
  | "mono"
  | "schwarzplan"
  | "vintage"
  | "watercolor"
  | "outdoor"
  | "nautical"
  | "laser"
  | "plotter"
  | "neon"
  | "transit";

export type LayerId =
  | "landuse"
  | "leisure"
  | "vegetation"
  | "natural"
  | "water"
  | "aeroways"
  | "buildings"
  | "roads"
  | "railways"
  | "transport"
  | "power"
  | "barriers"
  | "boundaries"
  | "places"
  | "pois"
  | "addresses"
  | "other"
  | "overlays";

export type PaperId =
  | "A0"
  | "A1"
  | "A2"
  | "A3"
  | "A4"
  | "A5"
  | "A6"
  | "letter"
  | "legal"
  | "tabloid"
  | "arch-a"
  | "arch-b"
  | "arch-c"
  | "arch-d"
  | "arch-e";

/** Options of each format, by its id. */
export interface FormatOptions {
  "csv"?: { delimiter?: "comma" | "semicolon" | "tab"; wkt?: boolean; digits?: number; bom?: boolean; guard?: boolean };
  "geojson"?: { digits?: number; pretty?: boolean };
  "geojsonseq"?: { digits?: number; separator?: "auto" | "rs" | "newline" };
  "geojsonl"?: { digits?: number; separator?: "auto" | "rs" | "newline" };
  "graphml"?: { mode?: "all" | "car" | "bicycle" | "foot"; turns?: "data" | "expand" | "none"; geometry?: boolean; osmnx?: boolean };
  "osm-xml"?: { versions?: boolean };
  "osm"?: { versions?: boolean };
  "pmtiles"?: { min_zoom?: "auto" | "0" | "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9" | "10" | "11" | "12" | "13" | "14" | "15" | "16"; max_zoom?: "auto" | "0" | "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9" | "10" | "11" | "12" | "13" | "14" | "15" | "16" };
  "jpg"?: { quality?: number; progressive?: boolean };
  "jpeg"?: { quality?: number; progressive?: boolean };
  "pdf"?: { color?: "rgb" | "cmyk"; spots?: string };
  "geopdf"?: { color?: "rgb" | "cmyk"; spots?: string };
  "geospatial-pdf"?: { color?: "rgb" | "cmyk"; spots?: string };
  "pdf-x"?: { spots?: string };
  "pdf-x-4"?: { spots?: string };
  "png"?: { compression?: "balanced" | "fast" | "high"; transparent?: boolean };
  "svg"?: { digits?: number; halo?: "single" | "double" | "none"; ids?: boolean };
  "svgz"?: { digits?: number; halo?: "single" | "double" | "none"; ids?: boolean };
  "svg-inkscape"?: { digits?: number; halo?: "single" | "double" | "none"; ids?: boolean };
  "inkscape"?: { digits?: number; halo?: "single" | "double" | "none"; ids?: boolean };
  "svg-illustrator"?: { digits?: number; halo?: "double" | "none" };
  "svg-tiny"?: { digits?: number; halo?: "double" | "none" };
  "webp"?: { transparent?: boolean };
  "ai8"?: { halo?: "contour" | "none" };
  "ai-legacy"?: { halo?: "contour" | "none" };
  "cdr"?: { halo?: "contour" | "none"; version?: "1300" | "1200" };
  "coreldraw"?: { halo?: "contour" | "none"; version?: "1300" | "1200" };
  "cgm"?: { halo?: "contour" | "none" };
  "webcgm"?: { halo?: "contour" | "none" };
  "dia"?: { halo?: "contour" | "none"; dashes?: "pattern" | "lines"; gzip?: boolean };
  "docx"?: { halo?: "contour" | "none"; fonts?: "map" | "theme"; caption?: boolean };
  "word"?: { halo?: "contour" | "none"; fonts?: "map" | "theme"; caption?: boolean };
  "drawio"?: { halo?: "contour" | "none"; locked?: boolean };
  "diagrams-net"?: { halo?: "contour" | "none"; locked?: boolean };
  "emf"?: { halo?: "contour" | "none"; dashes?: "pattern" | "lines" };
  "excalidraw"?: { halo?: "contour" | "none"; dashes?: "pattern" | "lines"; roughness?: number; locked?: boolean };
  "hpgl"?: { pens?: "colors" | "layers" | "one"; carousel?: number; areas?: "outlines" | "filled" | "none"; dedupe?: boolean };
  "plt"?: { pens?: "colors" | "layers" | "one"; carousel?: number; areas?: "outlines" | "filled" | "none"; dedupe?: boolean };
  "odg"?: { halo?: "contour" | "none"; locked?: boolean };
  "fodg"?: { halo?: "contour" | "none"; locked?: boolean };
  "odp"?: { halo?: "contour" | "none"; locked?: boolean };
  "pptx"?: { halo?: "contour" | "none"; fonts?: "map" | "theme" };
  "powerpoint"?: { halo?: "contour" | "none"; fonts?: "map" | "theme" };
  "ps"?: { digits?: number };
  "eps"?: { digits?: number };
  "epsf"?: { digits?: number };
  "scribus"?: { halo?: "contour" | "none"; cmyk?: boolean };
  "sla"?: { halo?: "contour" | "none"; cmyk?: boolean };
  "tikz"?: { halo?: "contour" | "none"; standalone?: boolean; engine?: "pdflatex" | "lualatex" };
  "pgf"?: { halo?: "contour" | "none"; standalone?: boolean; engine?: "pdflatex" | "lualatex" };
  "typst"?: { halo?: "contour" | "none"; standalone?: boolean };
  "typ"?: { halo?: "contour" | "none"; standalone?: boolean };
  "vsdx"?: { halo?: "contour" | "none"; dashes?: "pattern" | "lines" };
  "visio"?: { halo?: "contour" | "none"; dashes?: "pattern" | "lines" };
  "wmf"?: { halo?: "contour" | "none" };
  "xfig"?: { halo?: "contour" | "none"; dashes?: "pattern" | "lines" };
  "fig"?: { halo?: "contour" | "none"; dashes?: "pattern" | "lines" };
  "ansi"?: { columns?: number; colors?: "true" | "256" | "16" | "braille" };
  "terminal-text"?: { columns?: number; colors?: "true" | "256" | "16" | "braille" };
  "bmp"?: { transparent?: boolean };
  "dib"?: { transparent?: boolean };
  "epd-bmp"?: { panel?: "800x480" | "sheet" | "250x122" | "264x176" | "296x128" | "400x300" | "600x448" | "640x384" | "648x480" | "880x528" | "960x540" | "1200x825" | "1304x984" | "1404x1872" | "1872x1404"; inks?: "black" | "black-red" | "black-yellow" | "grey4" | "grey16"; dither?: "diffusion" | "pattern" | "none" };
  "bmp-1bit"?: { panel?: "800x480" | "sheet" | "250x122" | "264x176" | "296x128" | "400x300" | "600x448" | "640x384" | "648x480" | "880x528" | "960x540" | "1200x825" | "1304x984" | "1404x1872" | "1872x1404"; inks?: "black" | "black-red" | "black-yellow" | "grey4" | "grey16"; dither?: "diffusion" | "pattern" | "none" };
  "eink-bmp"?: { panel?: "800x480" | "sheet" | "250x122" | "264x176" | "296x128" | "400x300" | "600x448" | "640x384" | "648x480" | "880x528" | "960x540" | "1200x825" | "1304x984" | "1404x1872" | "1872x1404"; inks?: "black" | "black-red" | "black-yellow" | "grey4" | "grey16"; dither?: "diffusion" | "pattern" | "none" };
  "exr"?: { numbers?: "16" | "32"; transparent?: boolean };
  "openexr"?: { numbers?: "16" | "32"; transparent?: boolean };
  "gif"?: { colors?: number; dither?: "none" | "diffusion" | "pattern"; transparent?: boolean };
  "gpkg-raster"?: { min_zoom?: "auto" | "0" | "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9" | "10" | "11" | "12" | "13" | "14" | "15" | "16" | "17" | "18" | "19"; max_zoom?: "auto" | "0" | "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9" | "10" | "11" | "12" | "13" | "14" | "15" | "16" | "17" | "18" | "19"; picture?: "png" | "jpg"; pixels?: "256" | "512" };
  "gpkg-tiles"?: { min_zoom?: "auto" | "0" | "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9" | "10" | "11" | "12" | "13" | "14" | "15" | "16" | "17" | "18" | "19"; max_zoom?: "auto" | "0" | "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9" | "10" | "11" | "12" | "13" | "14" | "15" | "16" | "17" | "18" | "19"; picture?: "png" | "jpg"; pixels?: "256" | "512" };
  "geopackage-raster"?: { min_zoom?: "auto" | "0" | "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9" | "10" | "11" | "12" | "13" | "14" | "15" | "16" | "17" | "18" | "19"; max_zoom?: "auto" | "0" | "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9" | "10" | "11" | "12" | "13" | "14" | "15" | "16" | "17" | "18" | "19"; picture?: "png" | "jpg"; pixels?: "256" | "512" };
  "ico"?: { largest?: "256" | "128" | "64" | "48" | "32" | "16"; transparent?: boolean };
  "favicon"?: { largest?: "256" | "128" | "64" | "48" | "32" | "16"; transparent?: boolean };
  "jxl"?: { transparent?: boolean };
  "jpeg-xl"?: { transparent?: boolean };
  "kmz-overlay"?: { picture?: "png" | "jpg"; order?: number; quality?: number; opacity?: number };
  "ground-overlay"?: { picture?: "png" | "jpg"; order?: number; quality?: number; opacity?: number };
  "garmin-custom-map"?: { order?: number; quality?: number; opacity?: number };
  "garmin-kmz"?: { order?: number; quality?: number; opacity?: number };
  "mbtiles"?: { min_zoom?: "auto" | "0" | "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9" | "10" | "11" | "12" | "13" | "14" | "15" | "16" | "17" | "18" | "19"; max_zoom?: "auto" | "0" | "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9" | "10" | "11" | "12" | "13" | "14" | "15" | "16" | "17" | "18" | "19"; picture?: "png" | "jpg"; pixels?: "256" | "512" };
  "mbtiles-raster"?: { min_zoom?: "auto" | "0" | "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9" | "10" | "11" | "12" | "13" | "14" | "15" | "16" | "17" | "18" | "19"; max_zoom?: "auto" | "0" | "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9" | "10" | "11" | "12" | "13" | "14" | "15" | "16" | "17" | "18" | "19"; picture?: "png" | "jpg"; pixels?: "256" | "512" };
  "ora"?: { transparent?: boolean };
  "openraster"?: { transparent?: boolean };
  "ozi-map"?: { degrees?: boolean };
  "ozi"?: { degrees?: boolean };
  "oziexplorer"?: { degrees?: boolean };
  "png-world"?: { transparent?: boolean };
  "pgw"?: { transparent?: boolean };
  "world-file"?: { transparent?: boolean };
  "psd"?: { color?: "rgb" | "cmyk"; transparent?: boolean };
  "photoshop"?: { color?: "rgb" | "cmyk"; transparent?: boolean };
  "qoi"?: { transparent?: boolean };
  "sixel"?: { width?: number; colors?: number; dither?: "none" | "diffusion" | "pattern" };
  "six"?: { width?: number; colors?: number; dither?: "none" | "diffusion" | "pattern" };
  "sqlitedb"?: { min_zoom?: "auto" | "0" | "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9" | "10" | "11" | "12" | "13" | "14" | "15" | "16" | "17" | "18" | "19"; max_zoom?: "auto" | "0" | "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9" | "10" | "11" | "12" | "13" | "14" | "15" | "16" | "17" | "18" | "19"; picture?: "png" | "jpg"; pixels?: "256" | "512"; numbering?: "BigPlanet" | "simple" };
  "rmaps"?: { min_zoom?: "auto" | "0" | "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9" | "10" | "11" | "12" | "13" | "14" | "15" | "16" | "17" | "18" | "19"; max_zoom?: "auto" | "0" | "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9" | "10" | "11" | "12" | "13" | "14" | "15" | "16" | "17" | "18" | "19"; picture?: "png" | "jpg"; pixels?: "256" | "512"; numbering?: "BigPlanet" | "simple" };
  "osmand-sqlitedb"?: { min_zoom?: "auto" | "0" | "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9" | "10" | "11" | "12" | "13" | "14" | "15" | "16" | "17" | "18" | "19"; max_zoom?: "auto" | "0" | "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9" | "10" | "11" | "12" | "13" | "14" | "15" | "16" | "17" | "18" | "19"; picture?: "png" | "jpg"; pixels?: "256" | "512"; numbering?: "BigPlanet" | "simple" };
  "tga"?: { rle?: boolean; transparent?: boolean };
  "targa"?: { rle?: boolean; transparent?: boolean };
  "tiff"?: { compression?: "deflate" | "lzw" | "none"; color?: "rgb" | "cmyk" | "grey"; transparent?: boolean };
  "tif"?: { compression?: "deflate" | "lzw" | "none"; color?: "rgb" | "cmyk" | "grey"; transparent?: boolean };
  "geotiff"?: { compression?: "deflate" | "lzw" | "none"; transparent?: boolean };
  "gtiff"?: { compression?: "deflate" | "lzw" | "none"; transparent?: boolean };
  "cog"?: { compression?: "deflate" | "lzw" | "none"; tile?: "512" | "256"; transparent?: boolean };
  "geotiff-cog"?: { compression?: "deflate" | "lzw" | "none"; tile?: "512" | "256"; transparent?: boolean };
  "tiles-zip"?: { min_zoom?: "auto" | "0" | "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9" | "10" | "11" | "12" | "13" | "14" | "15" | "16" | "17" | "18" | "19"; max_zoom?: "auto" | "0" | "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9" | "10" | "11" | "12" | "13" | "14" | "15" | "16" | "17" | "18" | "19"; picture?: "png" | "jpg"; pixels?: "256" | "512" };
  "xyz-tiles"?: { min_zoom?: "auto" | "0" | "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9" | "10" | "11" | "12" | "13" | "14" | "15" | "16" | "17" | "18" | "19"; max_zoom?: "auto" | "0" | "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9" | "10" | "11" | "12" | "13" | "14" | "15" | "16" | "17" | "18" | "19"; picture?: "png" | "jpg"; pixels?: "256" | "512" };
  "tiles-xyz"?: { min_zoom?: "auto" | "0" | "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9" | "10" | "11" | "12" | "13" | "14" | "15" | "16" | "17" | "18" | "19"; max_zoom?: "auto" | "0" | "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9" | "10" | "11" | "12" | "13" | "14" | "15" | "16" | "17" | "18" | "19"; picture?: "png" | "jpg"; pixels?: "256" | "512" };
  "xcf"?: { transparent?: boolean };
  "gimp"?: { transparent?: boolean };
  "dgn"?: { text_mm?: number; unit?: "m" | "mm" | "ft"; origin?: "projected" | "local"; origin_at?: string; hatch?: "solid" | "none"; outlines?: boolean; layers?: string; names?: "fitting" | "all" | "none"; dedupe?: boolean };
  "dgn-v7"?: { text_mm?: number; unit?: "m" | "mm" | "ft"; origin?: "projected" | "local"; origin_at?: string; hatch?: "solid" | "none"; outlines?: boolean; layers?: string; names?: "fitting" | "all" | "none"; dedupe?: boolean };
  "dwg"?: { text_mm?: number; unit?: "m" | "mm" | "ft"; origin?: "projected" | "local"; origin_at?: string; hatch?: "class" | "solid" | "none"; outlines?: boolean; layers?: string; names?: "fitting" | "all" | "none"; tags?: boolean; heights?: boolean; dedupe?: boolean };
  "dwg-2018"?: { text_mm?: number; unit?: "m" | "mm" | "ft"; origin?: "projected" | "local"; origin_at?: string; hatch?: "class" | "solid" | "none"; outlines?: boolean; layers?: string; names?: "fitting" | "all" | "none"; tags?: boolean; heights?: boolean; dedupe?: boolean };
  "dwg-2013"?: { text_mm?: number; unit?: "m" | "mm" | "ft"; origin?: "projected" | "local"; origin_at?: string; hatch?: "class" | "solid" | "none"; outlines?: boolean; layers?: string; names?: "fitting" | "all" | "none"; tags?: boolean; heights?: boolean; dedupe?: boolean };
  "dwg-2010"?: { text_mm?: number; unit?: "m" | "mm" | "ft"; origin?: "projected" | "local"; origin_at?: string; hatch?: "class" | "solid" | "none"; outlines?: boolean; layers?: string; names?: "fitting" | "all" | "none"; tags?: boolean; heights?: boolean; dedupe?: boolean };
  "dwg-2007"?: { text_mm?: number; unit?: "m" | "mm" | "ft"; origin?: "projected" | "local"; origin_at?: string; hatch?: "class" | "solid" | "none"; outlines?: boolean; layers?: string; names?: "fitting" | "all" | "none"; tags?: boolean; heights?: boolean; dedupe?: boolean };
  "dwg-2004"?: { text_mm?: number; unit?: "m" | "mm" | "ft"; origin?: "projected" | "local"; origin_at?: string; hatch?: "class" | "solid" | "none"; outlines?: boolean; layers?: string; names?: "fitting" | "all" | "none"; tags?: boolean; heights?: boolean; dedupe?: boolean };
  "dwg-2000"?: { text_mm?: number; unit?: "m" | "mm" | "ft"; origin?: "projected" | "local"; origin_at?: string; hatch?: "class" | "solid" | "none"; outlines?: boolean; layers?: string; names?: "fitting" | "all" | "none"; tags?: boolean; heights?: boolean; dedupe?: boolean };
  "dwg-r14"?: { text_mm?: number; unit?: "m" | "mm" | "ft"; origin?: "projected" | "local"; origin_at?: string; hatch?: "class" | "solid" | "none"; outlines?: boolean; layers?: string; names?: "fitting" | "all" | "none"; tags?: boolean; heights?: boolean; dedupe?: boolean };
  "dxf"?: { text_mm?: number; unit?: "m" | "mm" | "ft"; origin?: "projected" | "local"; origin_at?: string; hatch?: "class" | "solid" | "none"; outlines?: boolean; layers?: string; names?: "fitting" | "all" | "none"; tags?: boolean; heights?: boolean; dedupe?: boolean };
  "dxf-r12"?: { text_mm?: number; unit?: "m" | "mm" | "ft"; origin?: "projected" | "local"; origin_at?: string; layers?: string; names?: "fitting" | "all" | "none"; tags?: boolean; heights?: boolean; dedupe?: boolean };
  "dxf-2004"?: { text_mm?: number; unit?: "m" | "mm" | "ft"; origin?: "projected" | "local"; origin_at?: string; hatch?: "class" | "solid" | "none"; outlines?: boolean; layers?: string; names?: "fitting" | "all" | "none"; tags?: boolean; heights?: boolean; dedupe?: boolean };
  "dxf-2007"?: { text_mm?: number; unit?: "m" | "mm" | "ft"; origin?: "projected" | "local"; origin_at?: string; hatch?: "class" | "solid" | "none"; outlines?: boolean; layers?: string; names?: "fitting" | "all" | "none"; tags?: boolean; heights?: boolean; dedupe?: boolean };
  "dxf-2010"?: { text_mm?: number; unit?: "m" | "mm" | "ft"; origin?: "projected" | "local"; origin_at?: string; hatch?: "class" | "solid" | "none"; outlines?: boolean; layers?: string; names?: "fitting" | "all" | "none"; tags?: boolean; heights?: boolean; dedupe?: boolean };
  "dxf-2013"?: { text_mm?: number; unit?: "m" | "mm" | "ft"; origin?: "projected" | "local"; origin_at?: string; hatch?: "class" | "solid" | "none"; outlines?: boolean; layers?: string; names?: "fitting" | "all" | "none"; tags?: boolean; heights?: boolean; dedupe?: boolean };
  "dxf-2018"?: { text_mm?: number; unit?: "m" | "mm" | "ft"; origin?: "projected" | "local"; origin_at?: string; hatch?: "class" | "solid" | "none"; outlines?: boolean; layers?: string; names?: "fitting" | "all" | "none"; tags?: boolean; heights?: boolean; dedupe?: boolean };
  "dxf-binary"?: { text_mm?: number; unit?: "m" | "mm" | "ft"; origin?: "projected" | "local"; origin_at?: string; hatch?: "class" | "solid" | "none"; outlines?: boolean; layers?: string; names?: "fitting" | "all" | "none"; tags?: boolean; heights?: boolean; dedupe?: boolean };
  "iges"?: { text_mm?: number; unit?: "m" | "mm" | "ft"; origin?: "local" | "projected"; origin_at?: string; outlines?: boolean; layers?: string; names?: "fitting" | "all" | "none"; heights?: boolean; dedupe?: boolean };
  "igs"?: { text_mm?: number; unit?: "m" | "mm" | "ft"; origin?: "local" | "projected"; origin_at?: string; outlines?: boolean; layers?: string; names?: "fitting" | "all" | "none"; heights?: boolean; dedupe?: boolean };
  "step-2d"?: { unit?: "m" | "mm" | "ft"; origin?: "local" | "projected"; origin_at?: string; outlines?: boolean; layers?: string; heights?: boolean; dedupe?: boolean };
  "step-ap214"?: { unit?: "m" | "mm" | "ft"; origin?: "local" | "projected"; origin_at?: string; outlines?: boolean; layers?: string; heights?: boolean; dedupe?: boolean };
  "stl"?: { size_mm?: number; base_mm?: number; exaggeration?: number; min_mm?: number; roads_mm?: number; water_mm?: number };
  "csv-wkt"?: { digits?: number; columns?: string; bom?: boolean; guard?: boolean };
  "esrijson"?: { digits?: number; columns?: string };
  "flatgeobuf"?: { digits?: number; columns?: string };
  "fgb"?: { digits?: number; columns?: string };
  "geoarrow"?: { digits?: number; columns?: string; tags?: "map" | "json"; group?: number };
  "arrow"?: { digits?: number; columns?: string; tags?: "map" | "json"; group?: number };
  "geobuf"?: { digits?: number; columns?: string };
  "geoparquet"?: { digits?: number; columns?: string; compression?: "snappy" | "gzip" | "none"; tags?: "map" | "json"; group?: number };
  "parquet"?: { digits?: number; columns?: string; compression?: "snappy" | "gzip" | "none"; tags?: "map" | "json"; group?: number };
  "georss"?: { encoding?: "simple" | "gml"; digits?: number };
  "gml"?: { digits?: number; columns?: string };
  "gml-zip"?: { digits?: number; columns?: string };
  "gml2"?: { digits?: number; columns?: string };
  "gmt"?: { digits?: number; columns?: string };
  "gpkg"?: { columns?: string; sea?: boolean; styles?: boolean; project?: boolean };
  "geopackage"?: { columns?: string; sea?: boolean; styles?: boolean; project?: boolean };
  "gpx"?: { points?: "all" | "named" | "none"; lines?: "ways" | "all" | "none"; areas?: boolean; as?: "tracks" | "routes"; description?: "tags" | "none"; digits?: number };
  "html"?: { min_zoom?: "auto" | "0" | "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9" | "10" | "11" | "12" | "13" | "14" | "15" | "16"; max_zoom?: "auto" | "0" | "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9" | "10" | "11" | "12" | "13" | "14" | "15" | "16"; tags?: boolean; search?: boolean };
  "jml"?: { digits?: number; columns?: string };
  "jsonfg"?: { digits?: number; columns?: string };
  "kml"?: { extrude?: boolean; description?: "tags" | "none"; digits?: number; columns?: string };
  "kmz"?: { extrude?: boolean; description?: "tags" | "none"; digits?: number; columns?: string };
  "maplibre-style"?: { min_zoom?: "auto" | "0" | "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9" | "10" | "11" | "12" | "13" | "14" | "15" | "16"; max_zoom?: "auto" | "0" | "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9" | "10" | "11" | "12" | "13" | "14" | "15" | "16"; address?: string };
  "mbtiles-vector"?: { min_zoom?: "auto" | "0" | "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9" | "10" | "11" | "12" | "13" | "14" | "15" | "16"; max_zoom?: "auto" | "0" | "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9" | "10" | "11" | "12" | "13" | "14" | "15" | "16" };
  "mif"?: { encoding?: "utf-8" | "cp1251" | "cp1252"; digits?: number; columns?: string };
  "mvt-zip"?: { min_zoom?: "auto" | "0" | "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9" | "10" | "11" | "12" | "13" | "14" | "15" | "16"; max_zoom?: "auto" | "0" | "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9" | "10" | "11" | "12" | "13" | "14" | "15" | "16" };
  "ods"?: { columns?: string; tags?: boolean };
  "osc"?: { versions?: boolean };
  "osm-gz"?: { versions?: boolean };
  "overpass-json"?: { geometry?: boolean };
  "pgsql"?: { columns?: string; schema?: string; drop?: boolean };
  "postgis"?: { columns?: string; schema?: string; drop?: boolean };
  "mysql"?: { columns?: string; drop?: boolean };
  "mariadb"?: { columns?: string; drop?: boolean };
  "sqlite-sql"?: { columns?: string; drop?: boolean };
  "polish-mp"?: { encoding?: "utf-8" | "cp1251" | "cp1252"; routing?: boolean; transparent?: boolean; digits?: number };
  "qgis-project"?: { columns?: string; sea?: boolean; styles?: boolean };
  "qgis"?: { columns?: string; sea?: boolean; styles?: boolean };
  "qgz"?: { columns?: string; sea?: boolean; styles?: boolean };
  "shapefile"?: { columns?: string; sea?: boolean; styles?: boolean };
  "shp"?: { columns?: string; sea?: boolean; styles?: boolean };
  "spatialite"?: { columns?: string; sea?: boolean; styles?: boolean };
  "topojson"?: { digits?: number; quantised?: boolean; columns?: string };
  "tsv"?: { wkt?: boolean; digits?: number; columns?: string; guard?: boolean };
  "wkt"?: { digits?: number; ids?: boolean };
  "ewkt"?: { digits?: number; ids?: boolean };
  "wkb"?: { digits?: number; ids?: boolean; srid?: boolean };
  "xlsx"?: { columns?: string; tags?: boolean };
}
