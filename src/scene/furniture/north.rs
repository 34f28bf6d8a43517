//! The north arrow: where true north is at the middle of the map.

use super::panel_layout::{Corner, PanelLayout};
use crate::scene::label::{Anchor, CAPITALS};
use crate::sheet::Sheet;

/// Height of the arrow without its letter, and half its width, in letter sizes.
const ARROW: (f64, f64) = (3.2, 0.9);
/// How far north one looks, degrees.
const STEP: f64 = 1e-4;

/// Direction of north on the sheet as a unit vector, y down; up where the CRS does not say.
fn north(sheet: &Sheet) -> [f64; 2] {
    let [x0, y0, x1, y1] = sheet.extent;
    let center = [(x0 + x1) / 2.0, (y0 + y1) / 2.0];
    let ahead = || {
        let [lon, lat] = sheet.crs.unproject(center).ok()?;
        // Close to the pole one looks back to the south instead.
        let (step, sign) = if lat + STEP <= 90.0 { (STEP, 1.0) } else { (-STEP, -1.0) };
        let (from, to) = (sheet.place(center), sheet.place(sheet.crs.project([lon, lat + step]).ok()?));
        let way = [(to[0] - from[0]) * sign, (to[1] - from[1]) * sign];
        let long = libm::hypot(way[0], way[1]);
        (long > 0.0).then(|| way.map(|side| side / long))
    };
    ahead().unwrap_or([0.0, -1.0])
}

/// Draws a north arrow in the upper right corner.
pub fn arrow(panels: &mut PanelLayout, sheet: &Sheet) {
    let (long, wide) = (panels.unit * ARROW.0, panels.unit * ARROW.1);
    let letter = panels.unit * 1.1;
    let side = long + letter * CAPITALS + panels.unit * 0.4;
    let [dx, dy] = north(sheet);
    // Room for the arrow whichever way it points, narrow where that is up.
    let reach = [wide * dy.abs() * 2.0 + side * dx.abs(), wide * dx.abs() * 2.0 + side * dy.abs()];
    let Some([x, y, width, height]) = panels.room("north-arrow", Corner::TopRight, reach) else { return };
    let middle = [x + width / 2.0, y + height / 2.0];
    let at = |along: f64, aside: f64| [middle[0] + dx * along - dy * aside, middle[1] + dy * along + dx * aside];
    let foot = -side / 2.0;
    let (tip, notch) = (at(foot + long, 0.0), at(foot + long * 0.25, 0.0));
    let (left, right) = (at(foot, -wide), at(foot, wide));
    let ink = panels.ink;
    panels.area(&[tip, left, notch], Some(ink), None);
    panels.area(&[tip, left, notch, right], None, Some(panels.unit * 0.07));
    panels.write("N", letter, 700, at(side / 2.0 - letter * CAPITALS / 2.0, 0.0), Anchor::Center);
}
