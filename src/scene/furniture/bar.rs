//! The scale bar: a round length of ground in black and white parts.

use super::panel_layout::{Corner, PanelLayout};
use crate::request::ScaleBar;
use crate::scene::label::{Anchor, CAPITALS};

/// Longest bar in widths of the map, and in letter sizes.
const LONGEST: (f64, f64) = (0.35, 26.0);
/// Height of the bar, letter sizes.
const HEIGHT: f64 = 0.4;
/// Round lengths, the parts a bar of each is cut into, and the parts at whose ends a number stands.
const ROUND: [(f64, usize, usize); 3] = [(5.0, 5, 5), (2.0, 4, 2), (1.0, 2, 1)];

/// The longest round length that fits, with its parts.
fn round(longest: f64) -> (f64, usize, usize) {
    let decade = libm::pow(10.0, libm::floor(libm::log10(longest)));
    let fits = ROUND.iter().map(|&(step, parts, every)| (step * decade, parts, every));
    fits.clone().find(|(length, ..)| *length <= longest * (1.0 + 1e-9)).unwrap_or((decade, 2, 1))
}

/// Units of a bar: the larger one, the smaller one, and the metres of each.
type Units = [(&'static str, f64); 2];
const METRIC: Units = [("km", 1000.0), ("m", 1.0)];
const IMPERIAL: Units = [("mi", 1609.344), ("ft", 0.3048)];

/// Draws scale bars for 1 : `scale` in the lower left corner.
pub fn scale_bar(panels: &mut PanelLayout, scale: f64, wanted: ScaleBar) {
    let imperial = matches!(wanted, ScaleBar::Imperial | ScaleBar::Both);
    let metric = matches!(wanted, ScaleBar::Metric | ScaleBar::Both);
    if imperial {
        bar(panels, "scale-bar-imperial", scale, IMPERIAL);
    }
    if metric {
        bar(panels, "scale-bar", scale, METRIC);
    }
}

fn bar(panels: &mut PanelLayout, name: &'static str, scale: f64, [large, small]: Units) {
    let longest = (panels.map[2] * LONGEST.0).min(panels.unit * LONGEST.1) * scale / 1000.0;
    let (unit, metres) = if round(longest / large.1).0 >= 1.0 { large } else { small };
    let (length, parts, every) = round(longest / metres);
    let long = length * metres * 1000.0 / scale;
    let number = |part: usize| short(length * part as f64 / parts as f64);
    let end = format!("{}\u{a0}{unit}", number(parts));
    // The last number is centred under the end of the bar, its unit stands beside it.
    let size = panels.unit * 0.9;
    let tail = panels.width(&end, size, 400) - panels.width(&number(parts), size, 400) / 2.0;
    let head = panels.width("0", size, 400) / 2.0;
    let thick = panels.unit * HEIGHT;
    let room = [head + long + tail, thick + panels.unit * 0.35 + size * CAPITALS];
    let Some([x, y, _, height]) = panels.room(name, Corner::BottomLeft, room) else { return };
    let at = |part: usize| x + head + long * part as f64 / parts as f64;
    let (upper, lower) = (y + height - thick, y + height);
    let ink = panels.ink;
    let paper = crate::color::Color { a: 255, ..panels.paper };
    for part in 0..parts {
        let (left, right) = (at(part), at(part + 1));
        let fill = if part % 2 == 0 { ink } else { paper };
        panels.area(&[[left, upper], [right, upper], [right, lower], [left, lower]], Some(fill), None);
    }
    panels.area(
        &[[at(0), upper], [at(parts), upper], [at(parts), lower], [at(0), lower]],
        None,
        Some(panels.unit * 0.06),
    );
    let base = y + size * CAPITALS / 2.0;
    for part in (0..parts).step_by(every) {
        panels.write(&number(part), size, 400, [at(part), base], Anchor::Center);
    }
    let begin = at(parts) - (panels.width(&number(parts), size, 400)) / 2.0;
    panels.write(&end, size, 400, [begin, base], Anchor::Left);
}

/// A number without needless decimals.
fn short(number: f64) -> String {
    let text = format!("{number:.3}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_round_and_fit() {
        for (metres, length) in [(73.0, 50.0), (50.0, 50.0), (49.0, 20.0), (19.9, 10.0), (1e6, 1e6), (0.7, 0.5)] {
            let found = round(metres).0;
            assert!((found - length).abs() < 1e-9 * length, "{metres}: {found}");
        }
        assert_eq!([short(0.5), short(250.0), short(1.25), short(0.0)], ["0.5", "250", "1.25", "0"]);
    }
}
