//! Text for terminals: two pixels a letter, upper and lower half in colours of their own (ECMA-48, ISO 8613-6), or dots of
//! Braille.

use crate::format::pixels::dither::{Dither, Manner};
use crate::format::pixels::palette::Palette;
use crate::format::pixels::{grey, on_white};
use crate::format::{Credit, Format, Job, Memory, Opt, Size, Tier, Topic, Write, Written};
use crate::scene::raster::Raster;
use crate::sink::Sink;
use crate::watch::Watch;
use std::fmt::Write as _;

/// The family.
pub const FORMATS: &[Format] = &[ANSI];

const ANSI: Format = Format {
    id: "ansi",
    aliases: &["terminal-text"],
    title: "ANSI text",
    family: "ANSI text",
    version: "",
    extension: "ans",
    mime: "text/plain",
    tier: Tier::Pro,
    topics: &[Topic::Pictures],
    about: "The map as coloured text for any terminal: show the file with `cat`.",
    for_whom: "Administrators, programmers, makers of text games and greetings at the login",
    kept: "The look of the map, two pixels a letter, or eight dots of Braille",
    lost: "Details, transparency, layers, text and attributes: it is a picture of letters",
    programs: &["xterm", "Windows Terminal", "GNOME Terminal", "macOS Terminal", "tmux", "less -R", "Linux console"],
    specification: "https://ecma-international.org/publications-and-standards/standards/ecma-48/",
    credit: Credit::Inside("the line under the picture"),
    provenance: None,
    size: Size::Pixels,
    memory: Memory::Stream,
    options: &[
        Opt::int("columns", "Letters in a line", 20, 500, 120),
        Opt::choice("colors", "Colours; braille: none, but finer", &["true", "256", "16", "braille"]),
    ],
    write: Write::Pixels(write),
};

/// Levels of the 216 colours of terminals with 256.
const LEVELS: [u8; 6] = [0, 95, 135, 175, 215, 255];
/// The sixteen colours as xterm has them.
const SIXTEEN: [[u8; 3]; 16] = [
    [0, 0, 0],
    [205, 0, 0],
    [0, 205, 0],
    [205, 205, 0],
    [0, 0, 238],
    [205, 0, 205],
    [0, 205, 205],
    [229, 229, 229],
    [127, 127, 127],
    [255, 0, 0],
    [0, 255, 0],
    [255, 255, 0],
    [92, 92, 255],
    [255, 0, 255],
    [0, 255, 255],
    [255, 255, 255],
];
/// Bits of the dots of a Braille letter: left and right, from above.
const DOTS: [[u8; 2]; 4] = [[1, 8], [2, 16], [4, 32], [64, 128]];

/// Which colours a terminal has.
enum Colors {
    True,
    Some(Palette),
}

fn write(raster: &mut Raster, job: &mut Job, watch: &mut Watch, sink: &mut dyn Sink) -> Written {
    let columns = job.settings.int("columns").clamp(20, 500) as u32;
    let kind = job.settings.text("colors").to_owned();
    let braille = kind == "braille";
    let (across, down) = if braille { (2, 4) } else { (1, 2) };
    let mut screen = Raster::wide(raster.scene, columns * across);
    screen.rows = (screen.rows / down).max(1) * down;
    let row = screen.width as usize * 4;
    let mut colors = match kind.as_str() {
        "256" => Colors::Some(Palette::new(terminal())),
        "16" => Colors::Some(Palette::new(SIXTEEN.to_vec())),
        _ => Colors::True,
    };
    let ink = Palette::new(vec![[0; 3], [255; 3]]);
    let mut dither = Dither::new(ink, Manner::Diffusion, screen.width as usize);
    screen.bands(watch, &mut |rgba| {
        let mut text = String::new();
        for lines in rgba.chunks(row * down as usize) {
            if braille {
                dots(lines, row, &mut dither, &mut text);
            } else {
                halves(lines, row, &mut colors, &mut text);
            }
        }
        sink.put(text.as_bytes())
    })?;
    sink.put(format!("{}\n", raster.scene.attribution.replace(char::is_control, " ")).as_bytes())
}

/// The colours 16 to 255 behind the sixteen.
fn terminal() -> Vec<[u8; 3]> {
    let mut colors = SIXTEEN.to_vec();
    for r in LEVELS {
        for g in LEVELS {
            colors.extend(LEVELS.map(|b| [r, g, b]));
        }
    }
    colors.extend((0..24).map(|step| [8 + 10 * step; 3]));
    colors
}

/// A line of upper halves over lower ones.
fn halves(lines: &[u8], row: usize, colors: &mut Colors, text: &mut String) {
    let (upper, lower) = lines.split_at(row.min(lines.len()));
    let mut last = (None, None);
    for (column, pixel) in upper.chunks_exact(4).enumerate() {
        let above = on_white(pixel);
        let below = lower.get(column * 4..column * 4 + 4).map_or([255; 3], on_white);
        for (code, color, last) in [(38, above, &mut last.0), (48, below, &mut last.1)] {
            let said = match colors {
                Colors::True => format!("\x1b[{code};2;{};{};{}m", color[0], color[1], color[2]),
                Colors::Some(palette) => {
                    let place = palette.nearest(color);
                    match (palette.colors.len(), place) {
                        (16, 0..8) => format!("\x1b[{}m", code - 8 + u32::from(place)),
                        (16, _) => format!("\x1b[{}m", code + 44 + u32::from(place)),
                        _ => format!("\x1b[{code};5;{place}m"),
                    }
                }
            };
            if last.as_ref() != Some(&said) {
                text.push_str(&said);
                *last = Some(said);
            }
        }
        text.push('▀');
    }
    text.push_str("\x1b[0m\n");
}

/// A line of Braille: dark pixels are dots.
fn dots(lines: &[u8], row: usize, dither: &mut Dither, text: &mut String) {
    let mut places = Vec::new();
    lines
        .chunks_exact(row)
        .for_each(|line| dither.row(line.chunks_exact(4).map(|pixel| [grey(on_white(pixel)); 3]), &mut places));
    let width = row / 4;
    for column in 0..width / 2 {
        let mut bits = 0_u32;
        for (line, sides) in places.chunks_exact(width).zip(DOTS) {
            for (side, bit) in sides.into_iter().enumerate() {
                if line.get(column * 2 + side) == Some(&0) {
                    bits |= u32::from(bit);
                }
            }
        }
        let _ = write!(text, "{}", char::from_u32(0x2800 + bits).unwrap_or(' '));
    }
    text.push('\n');
}
