//! SVG, PDF and PNG of the sample sheet, as other parsers read them.

use super::sample;
use mapwright::format::find;
use mapwright::request::{Request, Text};
use mapwright::scene::raster::Raster;
use mapwright::watch::Watch;
use quick_xml::events::Event;
use std::io::Read;

/// Everything in a file that unpacks as zlib.
fn streams(bytes: &[u8]) -> Vec<Vec<u8>> {
    let starts = bytes.windows(2).enumerate().filter(|(_, head)| matches!(head, [0x78, 0x01 | 0x5e | 0x9c | 0xda]));
    let unpacked = starts.map(|(at, _)| {
        let mut out = Vec::new();
        flate2::read::ZlibDecoder::new(&bytes[at..]).read_to_end(&mut out).ok();
        out
    });
    unpacked.filter(|out| !out.is_empty()).collect()
}

fn written(format: &str, request: &Request) -> Vec<u8> {
    sample::write(&find(format).unwrap(), request, false, &mut Watch::silent()).unwrap().0
}

/// Names of all elements, and all text, of a document that must be well-formed.
fn elements(bytes: &[u8]) -> (Vec<String>, String) {
    let text = std::str::from_utf8(bytes).unwrap();
    assert!(!text.contains(|c: char| c < ' ' && !"\t\n\r".contains(c)), "XML has no place for controls");
    let mut reader = quick_xml::Reader::from_str(text);
    let (mut names, mut all) = (Vec::new(), String::new());
    loop {
        match reader.read_event().unwrap() {
            Event::Eof => return (names, all),
            Event::Start(tag) | Event::Empty(tag) => names.push(tag.name().as_ref().to_owned()),
            Event::Text(text) => all.push_str(&text),
            Event::GeneralRef(name) => all.push_str(&format!("&{};", &*name)),
            _ => {}
        }
    }
}

#[test]
fn svg_is_well_formed_and_hostile_names_stay_text() {
    let bytes = written("svg", &Request::default());
    let (names, text) = elements(&bytes);
    assert!(!names.iter().any(|name| name.contains("script")));
    assert!(text.contains("&lt;/text&gt;&lt;script&gt;alert(1)"));
    assert!(text.contains("שדרות רוטשילד") && text.contains("😀"));
    let text = String::from_utf8(bytes).unwrap();
    assert!(text.contains("<g id=\"roads.primary\" class=\"layer\" data-name=\"primary\""));
    assert!(text.contains("width=\"106mm\" height=\"86mm\" viewBox=\"-3 -3 106 86\""));
    assert!(text.contains("crs=\"EPSG:4326\"") && text.contains("scale=\"5000\""));
    assert!(!text.contains("<image"));
}

#[test]
fn svg_text_becomes_outlines_on_request() {
    let bytes = written("svg", &Request { text: Text::Outline, ..Request::default() });
    let (names, _) = elements(&bytes);
    assert!(!names.iter().any(|name| name == "text" || name == "textPath"));
    assert!(String::from_utf8(bytes).unwrap().contains("aria-label=\"Fjordgata\""));
}

#[test]
fn pdf_layers_fonts_and_places_are_there() {
    let bytes = written("pdf", &Request::default());
    let holds = |part: &str| bytes.windows(part.len()).any(|window| window == part.as_bytes());
    assert!(bytes.starts_with(b"%PDF-1.7") && bytes.trim_ascii_end().ends_with(b"%%EOF"));
    for part in
        ["/OCProperties", "/Name(primary)", "/Order[", "/FontFile2", "/ToUnicode", "/EPSG 4326", "/GPTS", "/TrimBox"]
    {
        assert!(holds(part), "{part} is missing");
    }
    assert!(holds("[59.9051234 10.7351234 59.9091 10.7351 59.9092 10.7429 59.9052 10.7429123 "), "exact corners");
    let content = streams(&bytes).into_iter().find(|stream| stream.windows(4).any(|window| window == b" BDC")).unwrap();
    let count = |what: &[u8]| content.windows(what.len()).filter(|window| *window == what).count();
    assert_eq!(count(b"BDC"), count(b"EMC"));
}

#[test]
fn png_knows_its_size_and_terms() {
    let bytes = written("png", &Request::default());
    let reader = png::Decoder::new(std::io::Cursor::new(&bytes)).read_info().unwrap();
    let info = reader.info();
    assert_eq!((info.width, info.height), (417, 339), "106 x 86 mm at 100 dpi");
    assert_eq!(info.color_type, png::ColorType::Rgb);
    assert_eq!(info.pixel_dims.map(|dims| dims.xppu), Some(3937));
    assert!(info.utf8_text.iter().any(|chunk| chunk.keyword == "Copyright"));
}

/// All rows of the sample, drawn `rows` at a time.
fn pixels(rows: u32, transparent: bool) -> Vec<u8> {
    let scene = sample::scene();
    let mut raster = Raster::new(&scene, 300.0).unwrap();
    (raster.rows, raster.transparent) = (rows, transparent);
    let mut pixels = Vec::new();
    let mut take = |rows: &[u8]| {
        pixels.extend_from_slice(rows);
        Ok(())
    };
    raster.bands(&mut Watch::silent(), &mut take).unwrap();
    assert_eq!(pixels.len(), raster.width as usize * raster.height as usize * 4);
    pixels
}

#[test]
fn bands_join_without_a_seam() {
    let whole = pixels(u32::MAX, false);
    for rows in [1000, 64, 37] {
        let bands = pixels(rows, false);
        let off = whole.iter().zip(&bands).filter(|(a, b)| a.abs_diff(**b) > 3).count();
        assert_eq!(off, 0, "{rows} rows at a time");
    }
    let dot = ((20.0 + 3.0) / 25.4 * 300.0) as usize * 1252 + ((70.0 + 3.0) / 25.4 * 300.0) as usize;
    assert_eq!(whole[dot * 4..dot * 4 + 4], [0, 128, 0, 255], "a line without length is a dot");
}

#[test]
fn what_lies_under_the_map_can_be_left_out() {
    let bare = pixels(512, true);
    assert_eq!(bare[..4], [0; 4]);
    // Halos of an opacity of 200 over nothing: their white is not multiplied with it.
    let halos: Vec<_> = bare.chunks_exact(4).filter(|pixel| pixel[3] == 200).collect();
    let white = halos.iter().filter(|pixel| pixel[..3].iter().all(|&part| part >= 254)).count();
    assert!(halos.len() > 1000 && white * 100 > halos.len() * 95, "{white} of {}", halos.len());
}

#[test]
fn too_many_pixels_are_refused_with_a_way_out() {
    let scene = sample::scene();
    let fault = Raster::new(&scene, 20_000.0).err().unwrap();
    assert_eq!(fault.code(), "too_large");
    let dpi: f64 = fault.to_string().split("page.dpi to ").nth(1).unwrap().split(' ').next().unwrap().parse().unwrap();
    assert!(Raster::new(&scene, dpi).is_ok());
}
