//! Contact sheets for the README: every style of one quarter, every detail level, and places beside an older version.

use crate::project::{self, Fault, root};
use mapwright::catalogue::styles;
use std::path::Path;
use std::process::Command;

/// The quarter of the pictures: the harbour, parks, houses, streets of all kinds.
const QUARTER: (&str, &str) = ("assets/sample/monaco.osm.pbf", "7.4175,43.7305,7.4290,43.7367");
/// A town for the detail levels.
const TOWN: (&str, &str) = ("assets/sample/helsinki.osm.pbf", "24.9380,60.1660,24.9500,60.1720");
/// The scales of the detail levels.
const SCALES: [&str; 4] = ["2500", "5000", "10000", "25000"];
/// Places of all kinds, and the scales at which they are drawn.
const PLACES: [(&str, &str, &str); 6] = [
    ("assets/sample/monaco.osm.pbf", "7.4130,43.7245,7.4310,43.7395", "10000"),
    ("assets/sample/helsinki.osm.pbf", "24.9380,60.1660,24.9440,60.1690", "2500"),
    ("tests/data/extracts/moscow.osm.pbf", "37.5960,55.8130,37.6160,55.8230", "10000"),
    ("tests/data/extracts/dreieich.pbf", "8.7080,49.9970,8.7180,50.0030", "5000"),
    ("assets/sample/monaco.osm.pbf", "7.4000,43.7250,7.4600,43.7500", "25000"),
    ("tests/data/extracts/syria.osm.gz", "36.7250,34.0180,36.7350,34.0260", "7500"),
];
/// Pixels between the pictures.
const GAP: usize = 14;
/// One picture on paper, mm, and its resolution.
const PAPER: (&str, &str) = ("88,66", "140");
/// The same for the detail levels.
const SMALL: (&str, &str) = ("72,54", "130");

/// Draws both sheets.
pub fn run() -> Result<(), Fault> {
    let folder = std::env::temp_dir().join(format!("mapwright-sheet-{}", std::process::id()));
    std::fs::create_dir_all(&folder)?;
    let mut tiles = Vec::new();
    for style in styles() {
        tiles.push(picture(&folder, QUARTER, PAPER, &["--map-style", style.id, "--title", style.id])?);
    }
    write("docs/styles.png", &tiles, 4)?;
    let mut tiles = Vec::new();
    for scale in SCALES {
        for level in ["1", "2", "3", "4", "5", "6"] {
            let title = format!("1:{scale}, level {level}");
            let args = ["--scale", scale, "--detail-level", level, "--title", &title];
            tiles.push(picture(&folder, TOWN, SMALL, &args)?);
        }
    }
    write("docs/levels.png", &tiles, 6)?;
    std::fs::remove_dir_all(folder)?;
    Ok(())
}

/// Draws each place by an older program, and beside it as it is now.
pub fn beside(old: &str) -> Result<(), Fault> {
    let folder = std::env::temp_dir().join(format!("mapwright-beside-{}", std::process::id()));
    std::fs::create_dir_all(&folder)?;
    let mut tiles = Vec::new();
    for (data, bbox, scale) in PLACES {
        for (program, word) in [(Command::new(old), "before"), (program(), "now")] {
            let title = format!("1:{scale}, {word}");
            tiles.push(drawn_by(program, &folder, (data, bbox), PAPER, &["--scale", scale, "--title", &title])?);
        }
    }
    write("docs/places.png", &tiles, 4)?;
    std::fs::remove_dir_all(folder)?;
    Ok(())
}

/// This version's program.
fn program() -> Command {
    let mut command = Command::new("cargo");
    command.args(["run", "--quiet", "--bin", "mapwright", "--"]);
    command
}

/// Pixels, RGB.
struct Picture {
    width: usize,
    height: usize,
    pixels: Vec<u8>,
}

fn picture(folder: &Path, data: (&str, &str), paper: (&str, &str), args: &[&str]) -> Result<Picture, Fault> {
    drawn_by(program(), folder, data, paper, args)
}

fn drawn_by(
    mut command: Command,
    folder: &Path,
    (data, bbox): (&str, &str),
    (paper, dpi): (&str, &str),
    args: &[&str],
) -> Result<Picture, Fault> {
    let path = folder.join("picture.png");
    command.args(["export", data, "--quiet", "--bbox", bbox]);
    command.args(args).args(["--margin", "0", "--paper", paper, "--dpi", dpi, "-f", "png", "-o"]).arg(&path);
    project::run(&mut command)?;
    let mut decoder = png::Decoder::new(std::io::BufReader::new(std::fs::File::open(path)?));
    decoder.set_transformations(png::Transformations::EXPAND | png::Transformations::STRIP_16);
    let mut reader = decoder.read_info()?;
    let mut bytes = vec![0; reader.output_buffer_size().ok_or("too large")?];
    let info = reader.next_frame(&mut bytes)?;
    let samples = info.color_type.samples();
    let pixels = bytes.chunks_exact(samples).flat_map(|pixel| [pixel[0], pixel[1 % samples], pixel[2 % samples]]);
    Ok(Picture { width: info.width as usize, height: info.height as usize, pixels: pixels.collect() })
}

/// Pictures of one size in rows, on white.
fn write(name: &str, tiles: &[Picture], columns: usize) -> Result<(), Fault> {
    let first = tiles.first().ok_or("no pictures")?;
    let rows = tiles.len().div_ceil(columns);
    let width = columns * first.width + (columns - 1) * GAP;
    let height = rows * first.height + (rows - 1) * GAP;
    let mut sheet = vec![255_u8; width * height * 3];
    for (place, tile) in tiles.iter().enumerate() {
        let (left, top) = (place % columns * (first.width + GAP), place / columns * (first.height + GAP));
        for (row, line) in tile.pixels.chunks_exact(tile.width * 3).enumerate() {
            let start = ((top + row) * width + left) * 3;
            sheet[start..start + line.len()].copy_from_slice(line);
        }
    }
    let mut encoder = png::Encoder::new(std::fs::File::create(root(name))?, width as u32, height as u32);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_compression(png::Compression::High);
    encoder.write_header()?.write_image_data(&sheet)?;
    Ok(())
}
