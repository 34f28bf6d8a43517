//! IGES 5.3 (US PRO/IPO-100-1996): the drawing's lines as entities of programs that make machines.

mod encoder;
mod free;
mod sections;

use crate::format::drafting::{
    self, DEDUPE, Drawing, HEIGHT, Head, LAYERS, Letters, Limits, NAMES, NEARBY, Names, OUTLINES, POINT, ROOFS, UNIT,
};
use crate::format::{Credit, Format, Job, Memory, Size, Tier, Topic, Write, Written};
use crate::plan::Plan;
use crate::provenance::VERSION;
use crate::sink::Sink;
use crate::watch::Watch;
use crate::wire::date;
use encoder::{Iges, STEPS};
use free::{Free, ascii};
use sections::COLUMNS;

/// The family.
pub const FORMATS: &[Format] = &[Format {
    id: "iges",
    aliases: &["igs"],
    title: "IGES 5.3",
    family: "IGES",
    version: "",
    extension: "igs",
    mime: "model/iges",
    tier: Tier::Pro,
    topics: &[Topic::Cad, Topic::Making],
    about: "Lines in true size for programs that make machines and moulds: a level for every class, symbols, names as notes.",
    for_whom: "Mechanical and plant engineers, designers of products and ships, mould makers, machine operators",
    kept: "Coordinates to the millimetre, levels with names, colours, line types and widths, outlines of areas as closed curves, symbols \
           as subfigures, names as notes, number and name of every object",
    lost: "Fillings and hatches, tags other than the name; dashes become the nearest of four line types; letters beyond ASCII are codes \
           (\\U+0416); most programs read lines and points, some no notes or names of levels",
    programs: &[
        "SolidWorks",
        "Inventor",
        "CATIA",
        "NX",
        "Creo",
        "Rhino",
        "FreeCAD",
        "Mastercam",
        "Fusion",
        "Open CASCADE",
    ],
    specification: "https://web.archive.org/web/20120821190122/http://www.uspro.org/documents/IGES5-3_forDownload.pdf",
    credit: Credit::Inside(
        "the start section, author and organisation of the global section, and a note below the frame",
    ),
    provenance: Some("the start section"),
    size: Size::Elements,
    memory: Memory::File,
    options: &[HEIGHT, UNIT, NEARBY, POINT, OUTLINES, LAYERS, NAMES, ROOFS, DEDUPE],
    write: Write::Plan(write),
}];

/// What an IGES file can hold: texts of 95 characters, as long as one likes.
static LIMITS: Limits = Limits {
    names: Names { longest: 255, fits: |c| matches!(c, '!'..='~'), capitals: false },
    letters: Letters {
        own: |c| matches!(c, ' '..='~'),
        bytes: |c| if c == '\\' || !c.is_ascii() { 7 * c.len_utf16() } else { 1 },
    },
    longest: 65_536,
    codes: false,
    fillings: false,
    paragraphs: true,
    heights: true,
};
/// The smallest distance that counts, metres: places are a millimetre apart at least.
const RESOLUTION: f64 = 1e-4;
/// The version after its number: 11 is 5.3.
const EDITION: i64 = 11;

fn write(plan: &Plan, job: &mut Job, watch: &mut Watch, sink: &mut dyn Sink) -> Written {
    let drawing = Drawing::new(&LIMITS, plan, job, watch)?;
    let head = drawing.head(job.provenance.text());
    let global = global(&head, job.file, &plan.features.map.osm.timestamp);
    let mut iges = Iges::default();
    drafting::draw(drawing, &mut iges, job.notes, watch)?;
    iges.sections.write(&start(&head), &global, sink)
}

/// For people: where the data are from, and how the file was made.
fn start(head: &Head) -> Vec<String> {
    let texts = head.about.iter().chain([&head.provenance]).map(|text| ascii(text));
    // All is ASCII, so that columns are bytes.
    let lines = |text: String| -> Vec<String> {
        text.as_bytes().chunks(COLUMNS).map(|line| String::from_utf8_lossy(line).into_owned()).collect()
    };
    texts.flat_map(lines).collect()
}

/// What is said of the whole (2.2.4.3).
fn global(head: &Head, file: &str, timestamp: &str) -> Vec<String> {
    let per_metre = head.unit.per_metre;
    let (flag, unit) = match head.unit.id {
        "mm" => (2, "MM"),
        "ft" => (4, "FT"),
        _ => (6, "M"),
    };
    let date = date(timestamp);
    let most = head.extent.into_iter().fold(0.0, |most: f64, side| most.max(side.abs()));
    let mut free = Free::new(COLUMNS);
    // What parts parameters, and what ends them.
    free.text(",");
    free.text(";");
    free.text(&head.layout.title);
    free.text(file);
    let program = format!("mapwright {VERSION}");
    free.text(&program);
    free.text(&program);
    // Bits of whole numbers, powers of ten and figures of short and long ones.
    [32, 38, 6, 308, 15].into_iter().for_each(|value| free.whole(value));
    free.text(&head.layout.title);
    free.real(1.0);
    free.whole(flag);
    free.text(unit);
    free.whole(STEPS.into());
    free.real(f64::from(STEPS) / 100.0 * head.mm);
    free.text(&date);
    free.real(RESOLUTION * per_metre);
    free.real(most);
    free.text("OpenStreetMap contributors");
    free.text("Open Database License (ODbL), https://www.openstreetmap.org/copyright");
    free.whole(EDITION);
    // No drafting standard.
    free.whole(0);
    free.text(&date);
    free.end()
}

/// The date of the data as IGES writes dates, `20240506.070809`; the beginning of 1970 where they have none.
fn date(timestamp: &str) -> String {
    let known = date::seconds(timestamp).map_or("1970-01-01T00:00:00Z", |_| timestamp);
    let figures: String = known.chars().filter(char::is_ascii_digit).take(14).collect();
    let (day, time) = figures.split_at_checked(8).unwrap_or_default();
    format!("{day}.{time}")
}

#[cfg(test)]
mod tests {
    use super::date;

    #[test]
    fn dates_are_those_of_the_data() {
        assert_eq!(date("2024-05-06T07:08:09Z"), "20240506.070809");
        assert_eq!(date("2024-05-06T07:08:09.5Z"), "20240506.070809");
        assert_eq!(date("yesterday"), "19700101.000000");
    }
}
