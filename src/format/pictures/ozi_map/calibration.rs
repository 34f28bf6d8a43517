//! The file `.map`: where points of the picture lie.

use crate::error::Result;
use crate::format::pixels::place::Place;
use std::fmt::Write as _;

/// The UTM zone of a system of WGS 84, and whether it is north of the equator.
pub fn zone(epsg: u16) -> Option<(u16, bool)> {
    match epsg {
        32_601..=32_660 => Some((epsg - 32_600, true)),
        32_701..=32_760 => Some((epsg - 32_700, false)),
        _ => None,
    }
}

/// The text, lines ended as Windows does.
///
/// # Errors
/// [`crate::error::Error::Crs`] where a corner is no place.
pub fn text(place: &Place, title: &str) -> Result<String> {
    let zone = zone(place.crs.epsg);
    // Only 7 bits are the same everywhere, and no commas in a title.
    let plain: String = title.chars().map(|c| if c.is_ascii_graphic() && c != ',' { c } else { ' ' }).collect();
    let title = if plain.trim().is_empty() { "map" } else { plain.trim() };
    let projection = if zone.is_some() { "(UTM) Universal Transverse Mercator" } else { "Latitude/Longitude" };
    let mut lines = vec![
        "OziExplorer Map Data File Version 2.2".to_owned(),
        title.to_owned(),
        "map.png".into(),
        "1 ,Map Code,".into(),
        "WGS 84,WGS 84,   0.0000,   0.0000,WGS 84".into(),
        "Reserved 1".into(),
        "Reserved 2".into(),
        "Magnetic Variation,,,E".into(),
        format!("Map Projection,{projection},PolyCal,No,AutoCalOnly,No,BSBUseWPX,No"),
    ];
    let [width, height] = place.size;
    let steps = |pixels: u32| [0, pixels / 2, pixels];
    let places: Vec<[u32; 2]> = steps(height).into_iter().flat_map(|y| steps(width).map(|x| [x, y])).collect();
    for row in 0..30 {
        lines.push(match places.get(row) {
            Some(&pixel) => point(place, zone, row + 1, pixel)?,
            None => format!(
                "Point{:02},xy,     ,     ,in, deg,    ,        ,N,    ,        ,E, grid,   ,           ,           ,N",
                row + 1
            ),
        });
    }
    lines.push("Projection Setup,,,,,,,,,,".into());
    lines.push("Map Feature = MF ; Map Comment = MC     These follow if they exist".into());
    lines.push("Track File = TF      These follow if they exist".into());
    lines.push("Moving Map Parameters = MM?    These follow if they exist".into());
    lines.push("MM0,Yes".into());
    lines.push("MMPNUM,4".into());
    let corners = [[0, 0], [width, 0], [width, height], [0, height]];
    for (row, [x, y]) in corners.into_iter().enumerate() {
        lines.push(format!("MMPXY,{},{x},{y}", row + 1));
    }
    for (row, corner) in corners.into_iter().enumerate() {
        let [lon, lat] = degrees(place, corner)?;
        lines.push(format!("MMPLL,{},{lon:11.6},{lat:11.6}", row + 1));
    }
    lines.push(format!("MM1B,{:.6}", metres(place)));
    lines.push("MOP,Map Open Position,0,0".into());
    lines.push(format!("IWH,Map Image Width/Height,{width},{height}"));
    Ok(lines.join("\r\n") + "\r\n")
}

/// A pixel with its place: on the grid of the zone, or in degrees and minutes.
fn point(place: &Place, zone: Option<(u16, bool)>, row: usize, pixel: [u32; 2]) -> Result<String> {
    let [x, y] = pixel;
    let mut line = format!("Point{row:02},xy,{x:5},{y:5},in, deg,");
    if let Some((zone, north)) = zone {
        let [east, up] = place.at(pixel.map(f64::from));
        let half = if north { "N" } else { "S" };
        let _ = write!(line, "    ,        ,N,    ,        ,E, grid,{zone:3},{east:11.3},{up:11.3},{half}");
        return Ok(line);
    }
    let [lon, lat] = degrees(place, pixel)?;
    let minutes = |degrees: f64| (libm::trunc(degrees.abs()), degrees.abs().fract() * 60.0);
    let ((lat_whole, lat_part), (lon_whole, lon_part)) = (minutes(lat), minutes(lon));
    let (ns, ew) = (if lat < 0.0 { 'S' } else { 'N' }, if lon < 0.0 { 'W' } else { 'E' });
    let _ = write!(
        line,
        "{lat_whole:4},{lat_part:9.6},{ns},{lon_whole:4},{lon_part:9.6},{ew}, grid,   ,           ,           ,N"
    );
    Ok(line)
}

fn degrees(place: &Place, pixel: [u32; 2]) -> Result<[f64; 2]> {
    place.crs.unproject(place.at(pixel.map(f64::from)))
}

/// Metres of a pixel, as Ozi shows distances on the screen.
fn metres(place: &Place) -> f64 {
    place.pixel
}
