//! Drawings for single programs: what their own structure must be, of the sample sheet.

use super::sample;
use mapwright::format::find;
use mapwright::request::{Request, Text};
use mapwright::watch::Watch;
use serde_json::json;

fn written(format: &str, request: &Request) -> Vec<u8> {
    sample::write(&find(format).unwrap(), request, false, &mut Watch::silent()).unwrap().0
}

fn text(format: &str) -> String {
    String::from_utf8(written(format, &Request::default())).unwrap()
}

fn with(format: &str, option: &str, value: &str) -> Request {
    let mut request = Request::default();
    request.options.entry(format.into()).or_default().insert(option.into(), json!(value));
    request
}

fn u32_at(bytes: &[u8], at: usize) -> usize {
    u32::from_le_bytes(bytes[at..at + 4].try_into().unwrap()) as usize
}

#[test]
fn what_is_encapsulated_leaves_the_page_alone() {
    let eps = text("eps");
    assert!(eps.starts_with("%!PS-Adobe-3.0 EPSF-3.0\n") && eps.ends_with("%%EOF\n"));
    assert!(!eps.contains("setpagedevice") && !eps.contains("pdfmark") && eps.contains("rectclip"));
}

#[test]
fn illustrators_layers_have_their_names_and_end() {
    let ai = text("ai8");
    assert!(ai.is_ascii() && ai.lines().all(|line| line.len() <= 255));
    let count = |line: &str| ai.lines().filter(|other| *other == line).count();
    assert!(ai.contains("(roads / primary) Ln\n") && count("%AI5_BeginLayer") == count("%AI5_EndLayer--"));
    assert_eq!(count("*u"), count("*U"));
    assert_eq!(count("u"), count("U"));
    // A ring with a hole, even-odd, and text that Windows-1252 has as text.
    assert!(ai.contains("*u\n") && ai.contains("(\\305sgata 1 & 2 <b>) Tx"));
    let outlined = written("ai8", &Request { text: Text::Outline, ..Request::default() });
    assert!(!String::from_utf8(outlined).unwrap().contains(" Tx\n"));
}

#[test]
fn dialects_of_svg_have_what_is_theirs_alone() {
    let [plain, inkscape, illustrator, tiny] = ["svg", "svg-inkscape", "svg-illustrator", "svg-tiny"].map(text);
    assert!(!plain.contains("inkscape:") && !illustrator.contains("inkscape:") && !tiny.contains("inkscape:"));
    assert!(inkscape.contains("inkscape:groupmode=\"layer\" inkscape:label=\"primary\""));
    assert!(inkscape.contains("<inkscape:page ") && inkscape.contains("inkscape:swatch=\"solid\""));
    // 106 mm are 300.472 pt.
    assert!(illustrator.contains("width=\"300.472pt\"") && illustrator.contains("'NotoSans-Regular'"));
    assert!(tiny.contains("baseProfile=\"tiny\"") && !tiny.contains("textPath") && !tiny.contains("clip-path"));
    assert!(plain.contains("clip-path") && tiny.contains("id=\"margin\""), "what overhangs is cut, or painted over");
}

#[test]
fn records_fill_their_files() {
    let emf = written("emf", &Request::default());
    let (mut at, mut count) = (0, 0);
    while at < emf.len() {
        at += u32_at(&emf, at + 4);
        count += 1;
    }
    assert_eq!((at, u32_at(&emf, 48), u32_at(&emf, 52)), (emf.len(), emf.len(), count));
    let wmf = written("wmf", &Request::default());
    let mut at = 40;
    while at < wmf.len() {
        at += 2 * u32_at(&wmf, at);
    }
    assert_eq!((at, 22 + 2 * u32_at(&wmf, 28)), (wmf.len(), wmf.len()));
    for (format, kind) in [("cmx", b"CMX1"), ("cdr", b"CDRD")] {
        let bytes = written(format, &Request::default());
        assert_eq!((&bytes[..4], u32_at(&bytes, 4), &bytes[8..12]), (&b"RIFF"[..], bytes.len() - 8, &kind[..]));
    }
    let older = written("cdr", &with("cdr", "version", "1200"));
    assert_eq!((&older[8..12], &older[20..22]), (&b"CDRC"[..], &1200_u16.to_le_bytes()[..]));
}

#[test]
fn pens_are_as_many_as_were_asked_for() {
    let plot = |option, value| String::from_utf8(written("hpgl", &with("hpgl", option, value))).unwrap();
    let pens = |text: &str| text.lines().filter(|line| line.starts_with("PC")).count();
    assert_eq!(pens(&plot("pens", "one")), 1);
    assert!((2..=8).contains(&pens(&text("hpgl"))));
    assert!(plot("areas", "filled").contains("FP;") && !text("hpgl").contains("FP;"));
    assert!(plot("areas", "none").len() < text("hpgl").len());
}

#[test]
fn prints_and_archives_say_what_they_are() {
    let holds = |bytes: &[u8], part: &str| bytes.windows(part.len()).any(|window| window == part.as_bytes());
    let (archive, press) = (written("pdf-a", &Request::default()), written("pdf-x", &Request::default()));
    assert!(archive.starts_with(b"%PDF-1.7") && press.starts_with(b"%PDF-1.6"));
    assert!(holds(&archive, "/GTS_PDFA1") && holds(&archive, "<pdfaid:part>2<"));
    assert!(holds(&press, "/GTS_PDFX") && holds(&press, "<pdfxid:GTS_PDFXVersion>PDF/X-4<"));
    assert!(!holds(&press, "/DeviceRGB"));
}
