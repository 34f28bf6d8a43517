//! Sixel graphics of the terminals VT240 to VT340 (DEC STD 070): six rows at a time, at most 256 colours.

use crate::error::Result;
use crate::format::pixels::dither::{Dither, Manner, PLAIN_FIRST};
use crate::format::pixels::on_white;
use crate::format::pixels::palette::Counts;
use crate::format::{Credit, Format, Job, Memory, Opt, Size, Tier, Topic, Write, Written};
use crate::scene::raster::Raster;
use crate::sink::Sink;
use crate::watch::Watch;

/// The family.
pub const FORMATS: &[Format] = &[SIXEL];

const SIXEL: Format = Format {
    id: "sixel",
    aliases: &["six"],
    title: "Sixel",
    family: "Sixel",
    version: "",
    extension: "six",
    mime: "image/x-sixel",
    tier: Tier::Pro,
    topics: &[Topic::Pictures],
    about: "The map as a picture in the terminal: show the file with `cat`.",
    for_whom: "Administrators, programmers, everybody who works over SSH",
    kept: "The main colours nearly exactly: levels are counted to a hundred",
    lost: "Colours beyond the palette, transparency, size on paper, layers, text and attributes: it is a picture",
    programs: &["xterm", "Windows Terminal", "iTerm2", "WezTerm", "foot", "mlterm", "Konsole", "libsixel"],
    specification: "https://vt100.net/docs/vt3xx-gp/chapter14.html",
    credit: Credit::Nowhere("the format has no place for text; it stands on the sheet"),
    provenance: None,
    size: Size::Pixels,
    memory: Memory::Stream,
    options: &[
        Opt::int("width", "Width in pixels", 16, 4096, 800),
        Opt::int("colors", "Most colours", 2, 256, 256),
        Opt::choice("dither", "How colours in between are shown", PLAIN_FIRST),
    ],
    write: Write::Pixels(write),
};

/// Rows of a sixel.
const ROWS: usize = 6;

fn write(raster: &mut Raster, job: &mut Job, watch: &mut Watch, sink: &mut dyn Sink) -> Written {
    let mut screen = Raster::wide(raster.scene, job.settings.int("width").clamp(16, 4096) as u32);
    let width = screen.width as usize;
    screen.rows = (screen.rows / ROWS as u32).max(1) * ROWS as u32;
    let mut counts = Counts::default();
    watch.part(0.0..0.45, |watch| {
        screen.bands(watch, &mut |rgba| {
            rgba.chunks_exact(4).for_each(|pixel| counts.add(on_white(pixel)));
            Ok(())
        })
    })?;
    let palette = counts.palette(job.settings.int("colors").clamp(2, 256) as usize);
    // Square pixels, the size, then the colours in percent.
    let mut head = format!("\x1bP0;0;0q\"1;1;{};{}", screen.width, screen.height);
    for (place, color) in palette.colors.iter().enumerate() {
        let [r, g, b] = color.map(|level| (u32::from(level) * 100 + 127) / 255);
        head.push_str(&format!("#{place};2;{r};{g};{b}"));
    }
    sink.put(head.as_bytes())?;
    let mut dither = Dither::new(palette, Manner::of(job.settings.text("dither")), width);
    let mut places = Vec::new();
    watch.part(0.45..1.0, |watch| {
        screen.bands(watch, &mut |rgba| {
            for rows in rgba.chunks(width * 4 * ROWS) {
                places.clear();
                rows.chunks_exact(width * 4).for_each(|row| dither.row(row.chunks_exact(4).map(on_white), &mut places));
                sink.put(&band(&places, width))?;
            }
            Ok(())
        })
    })?;
    finish(sink)
}

fn finish(sink: &mut dyn Sink) -> Result<()> {
    sink.put(b"\x1b\\\n")
}

/// Up to six rows: for each colour in them, which pixels have it, then back to the left.
fn band(places: &[u8], width: usize) -> Vec<u8> {
    let mut colors: Vec<u8> = places.to_vec();
    colors.sort_unstable();
    colors.dedup();
    let mut out = Vec::new();
    let mut dots = vec![0_u8; width];
    for (row, color) in colors.iter().enumerate() {
        dots.iter_mut().for_each(|dots| *dots = 0);
        for (line, places) in places.chunks_exact(width).enumerate() {
            dots.iter_mut().zip(places).filter(|(_, place)| *place == color).for_each(|(dots, _)| *dots |= 1 << line);
        }
        if row > 0 {
            out.push(b'$');
        }
        out.extend(format!("#{color}").into_bytes());
        let end = dots.iter().rposition(|dots| *dots > 0).map_or(0, |last| last + 1);
        for run in dots.get(..end).unwrap_or_default().chunk_by(|a, b| a == b) {
            let letter = run.first().copied().unwrap_or(0) + b'?';
            if run.len() > 3 {
                out.extend(format!("!{}", run.len()).into_bytes());
                out.push(letter);
            } else {
                out.extend(std::iter::repeat_n(letter, run.len()));
            }
        }
    }
    out.push(b'-');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_band_is_a_line_for_each_of_its_colours() {
        let out = band(&[3, 3, 3, 3, 3, 5, 5, 3, 3, 3], 5);
        assert_eq!(String::from_utf8(out).unwrap(), "#3@@BBB$#5AA-");
    }
}
