//! How shapes and texts look, as automatic styles; patterns of dashes, which are named.

use crate::color::hex;
use crate::format::painting::{Lettering, Look, Pen};
use crate::scene::{Cap, Join};
use crate::wire::number;
use crate::wire::xml::Xml;

/// Points in a millimetre.
const POINTS: f64 = 72.0 / 25.4;

/// A length.
pub fn mm(value: f64) -> String {
    number::text(value, 3) + "mm"
}

fn percent(opacity: u8) -> String {
    number::text(f64::from(opacity) / 2.55, 1) + "%"
}

/// The style of a shape; `dash` is the name of its pattern.
pub fn shape(xml: &mut Xml, name: &str, look: &Look, dash: Option<&str>) {
    xml.start("style:style").attr("style:name", name).attr("style:family", "graphic");
    xml.start("style:graphic-properties");
    match look.fill {
        Some((fill, opacity)) => {
            // Even-odd is what programs of OpenDocument do with or without the word.
            xml.attr("draw:fill", "solid").attr("draw:fill-color", &hex(fill)).attr("svg:fill-rule", "evenodd");
            if opacity < 255 {
                xml.attr("draw:opacity", &percent(opacity));
            }
        }
        None => _ = xml.attr("draw:fill", "none"),
    }
    match &look.pen {
        Some(pen) => stroke(xml, pen, dash),
        None => _ = xml.attr("draw:stroke", "none"),
    }
    xml.end().end();
}

fn stroke(xml: &mut Xml, pen: &Pen, dash: Option<&str>) {
    match dash {
        Some(dash) => xml.attr("draw:stroke", "dash").attr("draw:stroke-dash", dash),
        None => xml.attr("draw:stroke", "solid"),
    };
    xml.attr("svg:stroke-width", &mm(pen.width)).attr("svg:stroke-color", &hex(pen.color));
    if pen.opacity < 255 {
        xml.attr("svg:stroke-opacity", &percent(pen.opacity));
    }
    xml.attr(
        "draw:stroke-linejoin",
        match pen.join {
            Join::Miter => "miter",
            Join::Round => "round",
            Join::Bevel => "bevel",
        },
    );
    xml.attr(
        "svg:stroke-linecap",
        match pen.cap {
            Cap::Butt => "butt",
            Cap::Round => "round",
            Cap::Square => "square",
        },
    );
}

/// A pattern, of as many gaps as dashes, with at most two lengths of these; its gaps are as long as the mean of those in the pattern.
pub fn dash(xml: &mut Xml, name: &str, pattern: &[f64]) {
    let [lengths, gaps] = [0, 1].map(|odd| pattern.iter().skip(odd).step_by(2).copied().collect::<Vec<f64>>());
    xml.start("draw:stroke-dash").attr("draw:name", name).attr("draw:style", "rect");
    // Runs of the same length: how many there are, and how long each is.
    let runs: Vec<&[f64]> = lengths.chunk_by(|a, b| a == b).take(2).collect();
    for (run, [count, length]) in
        runs.iter().zip([["draw:dots1", "draw:dots1-length"], ["draw:dots2", "draw:dots2-length"]])
    {
        xml.attr(count, &run.len().to_string());
        // None at all is a dot of the line's width; a dot shorter than that is a hair.
        xml.attr(length, &mm(run.first().copied().unwrap_or(0.0).max(0.01)));
    }
    xml.attr("draw:distance", &mm(gaps.iter().sum::<f64>() / gaps.len().max(1) as f64)).end();
}

/// The style of a paragraph in a box without rims, in the middle of which it stands.
pub fn paragraph(xml: &mut Xml, name: &str, lettering: &Lettering) {
    let face = lettering.face;
    let size = number::text(lettering.size * POINTS, 1) + "pt";
    xml.start("style:style").attr("style:name", name).attr("style:family", "paragraph");
    xml.start("style:paragraph-properties").attr("fo:text-align", "center").end();
    xml.start("style:text-properties").attr("fo:color", &hex(lettering.color));
    if lettering.spacing != 0.0 {
        xml.attr("fo:letter-spacing", &mm(lettering.spacing));
    }
    for suffix in ["", "-asian", "-complex"] {
        let space = if suffix.is_empty() { "fo" } else { "style" };
        xml.attr(&format!("{space}:font-family{suffix}"), face.family)
            .attr(&format!("{space}:font-size{suffix}"), &size);
        if face.weight >= 600 {
            xml.attr(&format!("{space}:font-weight{suffix}"), "bold");
        }
        if face.italic {
            xml.attr(&format!("{space}:font-style{suffix}"), "italic");
        }
    }
    xml.end().end();
}

/// The style of the boxes that texts stand in.
pub fn text_box(xml: &mut Xml, name: &str) {
    xml.start("style:style").attr("style:name", name).attr("style:family", "graphic");
    xml.start("style:graphic-properties");
    for (key, value) in [
        ("draw:stroke", "none"),
        ("draw:fill", "none"),
        ("draw:textarea-horizontal-align", "center"),
        ("draw:textarea-vertical-align", "middle"),
        ("draw:auto-grow-height", "false"),
        ("draw:auto-grow-width", "true"),
        ("fo:wrap-option", "no-wrap"),
        // Each side by itself: of all in one word LibreOffice knows nothing here, and keeps a rim above and below.
        ("fo:padding-top", "0mm"),
        ("fo:padding-bottom", "0mm"),
        ("fo:padding-left", "0mm"),
        ("fo:padding-right", "0mm"),
        ("fo:min-height", "0mm"),
    ] {
        xml.attr(key, value);
    }
    xml.end().end();
}
