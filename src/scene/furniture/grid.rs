//! The grid: lines of round degrees, or of round metres of the map's CRS, named at the upper and left edge.

use super::panel_layout::PanelLayout;
use crate::color::Color;
use crate::error::{Error, Result};
use crate::geo::clip::Cut;
use crate::geo::ellipsoid::metres_per_degree;
use crate::scene::Group;
use crate::scene::label::Anchor;
use crate::sheet::Sheet;

/// Distance of grid lines, mm: the least round one beyond this, or a third of the map's shorter side.
const APART: f64 = 35.0;
/// Round steps of degrees, in seconds of arc.
const SECONDS: [f64; 24] = [
    0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 15.0, 30.0, 60.0, 120.0, 300.0, 600.0, 900.0, 1800.0, 3600.0, 7200.0, 18e3,
    36e3, 54e3, 72e3, 108e3, 162e3, 324e3,
];
/// Pieces that a line of longitude or latitude is drawn in.
const PIECES: usize = 32;
/// Most lines of one direction.
const MOST: i64 = 200;
/// Opacity and width of grid lines, mm.
const PEN: (u8, f64) = (110, 0.12);

/// A grid line: its name, where it runs, and whether it runs from the lower to the upper edge.
type Ruled = (String, Vec<[f64; 2]>, bool);

/// Draws a grid of `degrees` or `metres`: the lines are a group of their own, the names lie on top of the map.
///
/// # Errors
/// [`Error::Request`] for another kind.
pub fn grid(panels: &mut PanelLayout, sheet: &Sheet, kind: &str) -> Result<Group> {
    let apart = APART.min(sheet.map[2].min(sheet.map[3]) / 3.0);
    let lines = match kind {
        "metres" => metres(sheet, apart),
        "degrees" => degrees(sheet, apart)?,
        other => {
            let message = format!("\"{other}\" is not a grid; expected \"degrees\" or \"metres\"");
            return Err(Error::request("page.furniture.grid", message));
        }
    };
    let mut group = Group { id: "grid".into(), label: "grid".into(), ..Group::default() };
    panels.panel("grid");
    let step = |mm: f64| libm::round(mm * 1000.0) as i64;
    let [x, y, width, height] = sheet.map;
    let cut = Cut::new([step(x), step(y), step(x + width), step(y + height)], None);
    let color = Color { a: PEN.0, ..panels.ink };
    for (name, line, upward) in lines {
        let line: Vec<[i64; 2]> = line.into_iter().map(|point| point.map(step)).collect();
        for piece in cut.line(&line) {
            let points: Vec<[f64; 2]> = piece.iter().map(|point| point.map(|side| side as f64 / 1000.0)).collect();
            let axis = |point: &&[f64; 2]| if upward { point[1] - y } else { point[0] - x };
            let end = points.iter().min_by(|a, b| axis(a).total_cmp(&axis(b)));
            if let Some(end) = end.filter(|end| axis(end) < 0.01) {
                let anchor = if upward { Anchor::TopLeft } else { Anchor::BottomLeft };
                panels.mark(
                    &name,
                    [end[0] + panels.unit * 0.2, end[1] + panels.unit * if upward { 0.2 } else { -0.2 }],
                    anchor,
                );
            }
            group.items.push(panels.line(points, color, PEN.1));
        }
    }
    Ok(group)
}

/// Multiples of `step` between two numbers.
fn multiples(from: f64, to: f64, step: f64) -> impl Iterator<Item = f64> {
    let first = libm::ceil(from / step) as i64;
    let last = (libm::floor(to / step) as i64).min(first.saturating_add(MOST));
    (first..=last).map(move |row| row as f64 * step)
}

/// Lines of equal easting and northing.
fn metres(sheet: &Sheet, apart: f64) -> Vec<Ruled> {
    let least = apart / sheet.mm_per_unit;
    let decade = libm::pow(10.0, libm::floor(libm::log10(least)));
    let step =
        [1.0, 2.0, 5.0].map(|step| step * decade).into_iter().find(|step| *step >= least).unwrap_or(decade * 10.0);
    let [x0, y0, x1, y1] = sheet.extent;
    let east = multiples(x0, x1, step).map(|x| (grouped(x), vec![sheet.place([x, y0]), sheet.place([x, y1])], true));
    let north = multiples(y0, y1, step).map(|y| (grouped(y), vec![sheet.place([x0, y]), sheet.place([x1, y])], false));
    east.chain(north).collect()
}

/// Meridians and parallels.
fn degrees(sheet: &Sheet, apart: f64) -> Result<Vec<Ruled>> {
    let ring = sheet.outline()?;
    let first = ring.first().copied().unwrap_or_default();
    // Longitudes run on where the sheet shows both sides of the antimeridian.
    let near = |lon: f64| lon - 360.0 * libm::round((lon - first[0]) / 360.0);
    let wide = [f64::INFINITY, f64::NEG_INFINITY];
    let grown = |[least, most]: [f64; 2], value: f64| [least.min(value), most.max(value)];
    let [lons, lats] =
        ring.iter().fold([wide; 2], |[lons, lats], point| [grown(lons, near(point[0])), grown(lats, point[1])]);
    let per_degree = metres_per_degree((lats[0] + lats[1]) / 2.0).map(|metres| metres * 1000.0 / sheet.scale);
    let step = |mm: f64| SECONDS.iter().find(|step| **step / 3600.0 * mm >= apart).copied().unwrap_or(324e3);
    let follow = |from: [f64; 2], to: [f64; 2]| -> Vec<[f64; 2]> {
        let at = |row: usize, i: [f64; 2]| i[0] + (i[1] - i[0]) * row as f64 / PIECES as f64;
        (0..=PIECES)
            .map(|row| [at(row, [from[0], to[0]]), at(row, [from[1], to[1]])])
            .filter_map(|[lon, lat]| sheet.crs.project([lon - 360.0 * libm::round(lon / 360.0), lat]).ok())
            .map(|point| sheet.place(point))
            .collect()
    };
    let seconds = |range: [f64; 2], step: f64| multiples(range[0] * 3600.0, range[1] * 3600.0, step);
    let meridians = seconds(lons, step(per_degree[0])).map(|lon| {
        let wrapped = lon - 1_296_000.0 * libm::round(lon / 1_296_000.0);
        (arc(wrapped, ["E", "W"]), follow([lon / 3600.0, lats[0]], [lon / 3600.0, lats[1]]), true)
    });
    let parallels = seconds(lats, step(per_degree[1]))
        .map(|lat| (arc(lat, ["N", "S"]), follow([lons[0], lat / 3600.0], [lons[1], lat / 3600.0]), false));
    Ok(meridians.chain(parallels).collect())
}

/// Seconds of arc as degrees, minutes and seconds, without zeros at the end.
fn arc(seconds: f64, [plus, minus]: [&str; 2]) -> String {
    let side = if seconds < -1e-6 { minus } else { plus };
    let tenths = libm::round(seconds.abs() * 10.0) as i64;
    let (degrees, minutes, rest) = (tenths / 36_000, tenths / 600 % 60, tenths % 600);
    let mut text = format!("{degrees}°");
    if minutes > 0 || rest > 0 {
        text.push_str(&format!("{minutes}′"));
    }
    match (rest / 10, rest % 10) {
        (0, 0) => {}
        (whole, 0) => text.push_str(&format!("{whole}″")),
        (whole, tenth) => text.push_str(&format!("{whole}.{tenth}″")),
    }
    text + "\u{202f}" + side
}

/// A whole number with a narrow space between thousands.
pub fn grouped(number: f64) -> String {
    let digits = format!("{number:.0}");
    let mut text = String::with_capacity(digits.len() * 2);
    for (row, digit) in digits.chars().enumerate() {
        if row > 0 && (digits.len() - row) % 3 == 0 && digits.len() > 4 {
            text.push('\u{202f}');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn angles_are_short() {
        let east = |seconds: f64| arc(seconds, ["E", "W"]).replace('\u{202f}', " ");
        assert_eq!(east(90_000.0), "25° E");
        assert_eq!(east(-90_060.0), "25°1′ W");
        assert_eq!(east(90_090.5), "25°1′30.5″ E");
        assert_eq!(east(15.0), "0°0′15″ E");
    }
}
