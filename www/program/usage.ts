// Made by `node scripts/usage.mjs` from the help of the native command line. Do not edit.

/** By command; that of the program itself has no name. */
export const USAGE: { readonly [command: string]: string } = {
  "": `OpenStreetMap data of an area into files that people use: SVG, PDF, PNG, GeoJSON and more, in the browser, from npm, from the command line

Usage: mapwright <COMMAND>

Commands:
  export       Export an area
  formats      List the formats
  styles       List the styles, or print one as a MapLibre style document
  layers       List layers and classes
  help         Print this message or the help of the given subcommand(s)

Options:
  -h, --help     Print help
  -V, --version  Print version
`,
  "export": `Export an area

Usage: mapwright export [OPTIONS] [INPUT]

Arguments:
  [INPUT]  Overpass JSON, OSM XML (plain or gzip) or PBF; - for standard input

Options:
      --overpass <URL>              Ask this Overpass server instead of reading a file; needs --bbox, --request or --like
  -o, --output <OUTPUT>             A folder, a file (its extension may name the format), or - for standard output [default: .]
  -q, --quiet                       Print no progress and no notes
  -f, --format <FORMAT>             A format; may be repeated up to five times
      --request <FILE>              A request as JSON file; other options override its fields
      --like <FILE>                 A file of mapwright: the request that made it, its format too unless -f or the ending of -o names one; other options override its fields, --bbox or --area all of its place
      --bbox <W,S,E,N>              West, south, east, north in degrees
      --area <FILE|relation:ID>     A GeoJSON file with a polygon, or relation:ID
      --map-style <STYLE|FILE>      A style's id, or a MapLibre style document
      --detail-level <1..6>         1 (overview) to 6 (everything); 3 is normal for the scale of a drawing, data are complete without it
      --layers <LAYERS>             Layers or layer.class, separated by commas
      --filter <KEY[=VALUES]|!KEY>  Tags that elements must have: KEY=VALUE,VALUE (any of them), KEY (present) or '!KEY' (absent); may be repeated
      --crs <CRS>                   EPSG:n or auto
      --clip <CLIP>                 auto, true or false
      --language <LANGUAGE>         name, latin, a language tag, or tag+name
      --paper <PAPER>               A0 to A6, letter, legal, tabloid, arch-a to arch-e, W,H in mm, or fit
      --orientation <ORIENTATION>   auto, portrait or landscape
      --scale <N>                   Ground scale 1 : N
      --margin <MM>                 Margin in mm
      --bleed <MM>                  Bleed in mm
      --crop-marks                  Crop marks outside the bleed
      --dpi <DPI>                   Dots per inch of images
      --frame <SHAPE>               rectangle, rounded, circle or polygon
      --window <X,Y,W,H>            Only this part of the sheet, in mm
      --title <TITLE>               A heading on the sheet
      --scale-bar[=<UNITS>]         Draw a scale bar: metric, imperial or both
      --ratio                       Print the ratio 1 : N
      --north-arrow                 Draw a north arrow
      --grid <GRID>                 Draw a grid: degrees or metres
      --legend                      Draw a legend
      --index                       Print a street index
      --text <TEXT>                 text or outline
      --sea <SEA>                   auto, land or sea; named, GeoJSON and CSV hold the sea, too
      --overlay <FILE>              A GeoJSON, GPX or KML file on top of the map
      --set <FORMAT.OPTION=VALUE>   An option of a format
      --limit <NAME=N>              How much may be sent along and drawn: vertices, crossings, style_layers or labels
  -h, --help                        Print help
`,
  "formats": `List the formats

Usage: mapwright formats [OPTIONS]

Options:
      --json  As JSON
  -h, --help  Print help
`,
  "styles": `List the styles, or print one as a MapLibre style document

Usage: mapwright styles [OPTIONS] [ID]

Arguments:
  [ID]  A style to print, for Maputnik or as a start for your own

Options:
      --json  As JSON
  -h, --help  Print help
`,
  "layers": `List layers and classes

Usage: mapwright layers [OPTIONS]

Options:
      --json  As JSON
  -h, --help  Print help
`,
};

/** Commands that the native program alone has. */
export const NATIVE: readonly string[] = ["serve","keys","users","batch","work","completions"];
