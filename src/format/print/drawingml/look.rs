//! Fillings and lines of shapes (ECMA-376, part 1, §20.1.8).

use crate::format::painting::Pen;
use crate::scene::{Cap, Join};
use crate::wire::xml::Xml;

/// English metric units in a millimetre.
const EMU: f64 = 36_000.0;

/// A filling of one colour.
pub fn solid(xml: &mut Xml, [r, g, b]: [u8; 3], opacity: u8) {
    xml.start("a:solidFill").start_inline("a:srgbClr").attr("val", &format!("{r:02X}{g:02X}{b:02X}"));
    if opacity < 255 {
        let share = libm::round(f64::from(opacity) / 255.0 * 100_000.0);
        xml.start_inline("a:alpha").attr("val", &share.to_string()).end();
    }
    xml.end().end();
}

/// A line: its width, ends, colour, dashes, corners.
pub fn line(xml: &mut Xml, pen: &Pen) {
    let width = (libm::round(pen.width * EMU) as i64).clamp(1, 20_116_800);
    xml.start("a:ln").attr("w", &width.to_string()).attr(
        "cap",
        match pen.cap {
            Cap::Butt => "flat",
            Cap::Round => "rnd",
            Cap::Square => "sq",
        },
    );
    solid(xml, pen.color, pen.opacity);
    if !pen.dashes.is_empty() {
        // In thousandths of a percent of the line's width (§20.1.8.22).
        let share = |length: f64| (libm::round(length / pen.width.max(0.001) * 100_000.0) as i64).to_string();
        let pattern = pen.pattern();
        xml.start("a:custDash");
        for pair in pattern.chunks(2) {
            let &[dash, gap] = pair else { continue };
            xml.start_inline("a:ds").attr("d", &share(dash)).attr("sp", &share(gap)).end();
        }
        xml.end();
    }
    match pen.join {
        Join::Miter => _ = xml.start("a:miter").attr("lim", "200000").end(),
        Join::Round => _ = xml.start("a:round").end(),
        Join::Bevel => _ = xml.start("a:bevel").end(),
    }
    xml.end();
}
