//! Contact sheets for the README: every style of one quarter, and every detail level.

use crate::project::{self, Fault, root};
use mapwright::catalogue::styles;
use std::path::Path;
use std::process::Command;

/// The quarter of the pictures: the harbour, parks, houses, streets of all kinds.
const QUARTER: (&str, &str) = ("assets/sample/monaco.osm.pbf", "7.4175,43.7305,7.4290,43.7367");
/// A part of it for the detail levels.
const TOWN: (&str, &str) = ("assets/sample/monaco.osm.pbf", "7.4250,43.7380,7.4292,43.7402");
/// Pixels between the pictures.
const GAP: usize = 14;
/// One picture on paper, mm, and its resolution.
const PAPER: (&str, &str) = ("88,66", "140");

/// Draws both sheets.
pub fn run() -> Result<(), Fault> {
    let folder = std::env::temp_dir().join(format!("mapwright-sheet-{}", std::process::id()));
    std::fs::create_dir_all(&folder)?;
    let mut tiles = Vec::new();
    for style in styles() {
        tiles.push(picture(&folder, QUARTER, style.id, "5", style.id)?);
    }
    write("docs/styles.png", &tiles, 4)?;
    let mut tiles = Vec::new();
    for level in ["1", "2", "3", "4", "5", "6"] {
        tiles.push(picture(&folder, TOWN, "default", level, &format!("detail level {level}"))?);
    }
    write("docs/levels.png", &tiles, 3)?;
    std::fs::remove_dir_all(folder)?;
    Ok(())
}

/// Pixels, RGB.
struct Picture {
    width: usize,
    height: usize,
    pixels: Vec<u8>,
}

fn picture(folder: &Path, (data, bbox): (&str, &str), style: &str, level: &str, title: &str) -> Result<Picture, Fault> {
    let path = folder.join(format!("{style}-{level}.png"));
    let mut command = Command::new("cargo");
    command.args(["run", "--quiet", "--bin", "mapwright", "--", "export", data, "--quiet", "--bbox", bbox]);
    command.args(["--map-style", style, "--detail-level", level, "--title", title, "--margin", "0"]);
    command.args(["--paper", PAPER.0, "--dpi", PAPER.1, "-f", "png", "-o"]).arg(&path);
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
