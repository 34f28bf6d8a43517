//! Labels: text as text, along a line or in lines, or as outlines.

use super::look::{Attribute, Attributes, Halo, paint};
use super::writer::Writer;
use crate::format::painting::letters;
use crate::note::Notes;
use crate::scene::outline::Step;
use crate::scene::{Group, Item, Layout, Scene, Text};
use crate::wire::lines;
use crate::wire::number;
use crate::wire::pathdata::PathData;
use std::collections::BTreeSet;

/// Font, size, colour and halo of a label.
pub fn look(writer: &Writer, text: &Text) -> Attributes {
    let mut look = Vec::with_capacity(10);
    paint(&mut look, "fill", "fill-opacity", text.color);
    if let Some((color, reach)) = text.halo.filter(|_| writer.halo == Halo::Single) {
        halo(&mut look, color, reach * writer.dialect.unit);
        look.push(("paint-order", "stroke".into()));
    }
    if writer.outlines.is_some() {
        look.push(("fill-rule", "nonzero".into()));
        return look;
    }
    let faces = &writer.scene.faces;
    let file = |row: u16| faces.get(row as usize).map(|face| face.file);
    let mut families: Vec<&str> = file(text.face).map(|file| file.family).into_iter().collect();
    for glyph in &text.glyphs {
        families.extend(file(glyph.face).map(|file| file.family).filter(|family| !families.contains(family)));
    }
    families.push("sans-serif");
    let mut families = families.join(", ");
    if let Some(file) = file(text.face).filter(|_| writer.dialect.postscript) {
        families = format!("'{}', {families}", file.postscript_name());
    }
    look.push(("font-family", families));
    look.push(("font-size", number::text(text.size * writer.dialect.unit, 3)));
    if let Some(file) = file(text.face) {
        if file.weight != 400 {
            look.push(("font-weight", file.weight.to_string()));
        }
        if file.italic {
            look.push(("font-style", "italic".into()));
        }
    }
    if text.letter_spacing != 0.0 && writer.dialect.along {
        look.push(("letter-spacing", number::text(text.letter_spacing * writer.dialect.unit, 3)));
    }
    look
}

fn halo(look: &mut Attributes, color: crate::color::Color, reach: f64) {
    paint(look, "stroke", "stroke-opacity", color);
    look.push(("stroke-width", number::text(reach * 2.0, 3)));
    look.push(("stroke-linejoin", "round".into()));
}

/// A label.
pub fn write(writer: &mut Writer, text: &Text, look: &Attributes, shared: &[Attribute]) {
    if text.string.is_empty() {
        return;
    }
    if let Some((color, reach)) = text.halo.filter(|_| writer.halo == Halo::Double) {
        let mut below = look.clone();
        halo(&mut below, color, reach * writer.dialect.unit);
        element(writer, text, &below, shared);
    }
    element(writer, text, look, shared);
}

fn element(writer: &mut Writer, text: &Text, look: &Attributes, shared: &[Attribute]) {
    if writer.outlines.is_some() {
        outline(writer, text, look, shared);
        return;
    }
    match &text.layout {
        Layout::Point { lines, .. } if lines.len() > 1 && !writer.dialect.along => {
            separate(writer, text, look, shared);
            return;
        }
        Layout::Along { .. } if !writer.dialect.along => {
            separate(writer, text, look, shared);
            return;
        }
        Layout::Point { origin, lines } => {
            writer.xml.start("text");
            if text.rotation != 0.0 {
                let [x, y] = origin.map(|side| number::text(side * writer.dialect.unit, writer.digits));
                let angle = number::text(text.rotation, 2);
                writer.xml.attr("transform", &format!("rotate({angle} {x} {y})"));
            }
            if right_to_left(&text.string) {
                // The left end of right-to-left text is its end.
                writer.xml.attr("direction", "rtl").attr("text-anchor", "end");
            }
            match lines.as_slice() {
                [(line, start)] => {
                    place(writer, *start);
                    writer.attributes(look, shared);
                    writer.xml.text(line);
                }
                _ => {
                    writer.attributes(look, shared);
                    let mut above = "";
                    for (line, start) in lines {
                        writer.xml.text(lines::joint(above, line)).start_inline("tspan");
                        above = line;
                        place(writer, *start);
                        writer.xml.text(line).end();
                    }
                }
            }
        }
        Layout::Along { subpath, offset } => {
            writer.xml.start("text");
            writer.attributes(look, shared);
            let reference = format!("#line{subpath}");
            // Both spellings: SVG 2 has `href`, programs of the SVG 1.1 days know only the other.
            writer.xml.start_inline("textPath").attr("href", &reference).attr("xlink:href", &reference);
            if *offset != 0.0 {
                writer.xml.attr_number("startOffset", *offset * writer.dialect.unit, writer.digits);
            }
            writer.xml.text(&text.string).end();
        }
    }
    writer.xml.end();
}

/// A label as a text for every line, word or letter that stands on a line of its own.
fn separate(writer: &mut Writer, text: &Text, look: &Attributes, shared: &[Attribute]) {
    let Some(runs) = letters::runs(text, ([0; 3], 255), &writer.scene.faces, |_| true) else {
        return whole(writer, text, look, shared);
    };
    writer.xml.start("g");
    writer.attributes(look, shared);
    for run in runs {
        writer.xml.start("text");
        if run.angle != 0.0 {
            let [x, y] = run.at.map(|side| number::text(side * writer.dialect.unit, writer.digits));
            let angle = number::text(run.angle.to_degrees(), 2);
            writer.xml.attr("transform", &format!("rotate({angle} {x} {y})"));
        }
        place(writer, run.at);
        writer.xml.text(&run.string).end();
    }
    writer.xml.end_block();
}

/// Text that must be shaped, on one line where its first letter stands.
fn whole(writer: &mut Writer, text: &Text, look: &Attributes, shared: &[Attribute]) {
    let Some(first) = text.glyphs.first() else { return };
    writer.xml.start("text");
    if first.angle != 0.0 {
        let [x, y] = [first.x, first.y].map(|side| number::text(side * writer.dialect.unit, writer.digits));
        writer.xml.attr("transform", &format!("rotate({} {x} {y})", number::text(first.angle.to_degrees(), 2)));
    }
    place(writer, [first.x, first.y]);
    writer.attributes(look, shared);
    writer.xml.text(&lines::running(&text.string)).end();
}

/// A label as one path that still says what it reads, where Inkscape keeps that too.
fn outline(writer: &mut Writer, text: &Text, look: &Attributes, shared: &[Attribute]) {
    writer.xml.start("path");
    if writer.dialect.profile.is_none() {
        writer.xml.attr("aria-label", &lines::running(&text.string));
    }
    writer.attributes(look, shared);
    let (outlines, digits, unit) = (&mut writer.outlines, writer.digits.max(3), writer.dialect.unit);
    writer.xml.attr_with("d", |out| {
        let mut data = PathData::new(out, digits);
        if let Some(outlines) = outlines {
            let at = |[x, y]: [f64; 2]| [x * unit, y * unit];
            outlines.draw(text, |step| match step {
                Step::Move(to) => data.move_to(at(to)),
                Step::Line(to) => data.line_to(at(to)),
                Step::Quad(control, to) => data.quad_to(at(control), at(to)),
                Step::Cubic(first, second, to) => data.cubic_to(at(first), at(second), at(to)),
                Step::Close => data.close(),
            });
        }
    });
    writer.xml.end();
}

fn place(writer: &mut Writer, [x, y]: [f64; 2]) {
    let (digits, unit) = (writer.digits, writer.dialect.unit);
    writer.xml.attr_number("x", x * unit, digits).attr_number("y", y * unit, digits);
}

/// Whether the first letter with a direction runs from right to left (rule P2 of the bidirectional algorithm, UAX #9).
fn right_to_left(text: &str) -> bool {
    use unicode_bidi::BidiClass::{AL, L, R};
    let direction = text.chars().map(unicode_bidi::bidi_class).find(|class| matches!(class, L | R | AL));
    matches!(direction, Some(R | AL))
}

/// The lines that text runs along, one definition each.
pub fn baselines(writer: &mut Writer) {
    if writer.outlines.is_some() || !writer.dialect.along {
        return;
    }
    let (scene, digits, unit) = (writer.scene, writer.digits, writer.dialect.unit);
    let mut rows = BTreeSet::new();
    each_text(&scene.groups, &mut |text| {
        if let Layout::Along { subpath, .. } = text.layout {
            rows.insert(subpath);
        }
    });
    for row in rows {
        let (points, closed) = scene.paths.get(row);
        writer.xml.start("path").attr("id", &format!("line{row}"));
        let scaled: Vec<_> = points.iter().map(|[x, y]| [x * unit, y * unit]).collect();
        writer.xml.attr_with("d", |out| PathData::new(out, digits).polyline(&scaled, closed));
        writer.xml.end();
    }
}

/// Tells which fonts the reader's machine needs.
pub fn note_fonts(scene: &Scene, notes: &mut Notes) {
    let mut families = BTreeSet::new();
    each_text(&scene.groups, &mut |text| {
        let rows = text.glyphs.iter().map(|glyph| glyph.face).chain([text.face]);
        families.extend(rows.filter_map(|row| scene.faces.get(row as usize)).map(|face| face.file.family));
    });
    if !families.is_empty() {
        let names: Vec<_> = families.iter().copied().collect();
        let message = format!("Text is set in {}: install it, or choose outlines.", names.join(", "));
        notes.say("fonts_needed", families.len() as u64, message);
    }
}

fn each_text<'g>(groups: &'g [Group], visit: &mut impl FnMut(&'g Text)) {
    for group in groups {
        for item in &group.items {
            if let Item::Text(text) = item {
                visit(text);
            }
        }
        each_text(&group.groups, visit);
    }
}
