//! Shaping: judged by HarfBuzz for runs, by hand for what lies above runs (directions, faces, clusters, gaps).

use mapwright::scene::font::Fonts;
use mapwright::scene::shape::{Line, Shaper};
use serde_json::Value;

/// The fonts a native program carries.
pub fn fonts() -> Fonts {
    Fonts::embedded().expect("fonts")
}

fn shape(text: &str) -> std::rc::Rc<Line> {
    Shaper::new(&fonts()).line(text, (400, false))
}

/// Ids of the fonts of a line's glyphs, without repetitions.
fn used(line: &Line) -> Vec<&'static str> {
    let fonts = fonts();
    let mut ids: Vec<_> = line.glyphs.iter().map(|glyph| fonts.faces()[usize::from(glyph.face)].file.id).collect();
    ids.dedup();
    ids
}

#[test]
fn runs_are_shaped_as_harfbuzz_does() {
    let rows: Vec<Value> = serde_json::from_slice(&crate::common::data("text/harfbuzz.json")).unwrap();
    assert_eq!(rows.len(), 20);
    let fonts = fonts();
    for row in rows {
        let file = Fonts::index().iter().find(|file| file.id == row["font"]).unwrap();
        let text = row["text"].as_str().unwrap();
        let line = Shaper::new(&fonts).line(text, (file.weight, file.italic));
        // Pen positions in font units: advances and offsets at once.
        let mut pen = 0;
        let mut expected = Vec::new();
        for glyph in row["glyphs"].as_array().unwrap() {
            let [id, advance, x, y] = [0, 1, 2, 3].map(|place| glyph[place].as_i64().unwrap());
            expected.push((id, pen + x, y));
            pen += advance;
        }
        let mut found = Vec::new();
        for cluster in &line.clusters {
            for glyph in &line.glyphs[cluster.glyphs.clone()] {
                let units = |em: f64| (em * 1000.0).round() as i64;
                assert_eq!(fonts.faces()[usize::from(glyph.face)].file.id, file.id, "{text}");
                found.push((i64::from(glyph.id), units(cluster.start + glyph.x), units(glyph.y)));
            }
        }
        assert_eq!(found, expected, "{text}");
        assert_eq!((line.width * 1000.0).round() as i64, pen, "{text}");
    }
}

#[test]
fn clusters_cover_the_text() {
    let texts =
        ["Café كافيه", "क्षत्रिय मार्ग 12", "רְחוֹב הַנְּבִיאִים 7b", "ffi office", "Đường 3/2 – Quận 10", "ถนนสุขุมวิท Soi 11"];
    for text in texts {
        let line = shape(text);
        let mut covered: Vec<_> = line.clusters.iter().map(|cluster| cluster.bytes.clone()).collect();
        covered.sort_by_key(|bytes| bytes.start);
        let mut end = 0;
        for bytes in covered {
            assert_eq!(bytes.start, end, "{text}: a gap or overlap");
            assert!(text.get(bytes.start as usize..bytes.end as usize).is_some(), "{text}: within a character");
            end = bytes.end;
        }
        assert_eq!(end as usize, text.len(), "{text}");
    }
}

#[test]
fn mixed_directions_stand_in_visual_order() {
    // Left to right: "Café", then the Arabic word from its end to its beginning.
    let line = shape("Café كافيه");
    let starts: Vec<u32> = line.clusters.iter().map(|cluster| cluster.bytes.start).collect();
    assert_eq!(starts, [0, 1, 2, 3, 5, 14, 12, 10, 8, 6]);
    assert_eq!(used(&line), ["noto-sans-regular", "noto-sans-arabic-regular"]);
    // A number within right-to-left text keeps its order.
    let line = shape("שדרות 12 א");
    let digits: Vec<u32> =
        line.clusters.iter().map(|cluster| cluster.bytes.start).filter(|at| (11..13).contains(at)).collect();
    assert_eq!(digits, [11, 12]);
    // Brackets are mirrored: the first one stands right of the word and opens to it.
    let line = shape("(אב)");
    assert_eq!(line.clusters.first().unwrap().bytes.start, 5);
}

#[test]
fn arabic_joins_and_latin_kerns() {
    let forms = |text: &str| shape(text).glyphs.iter().map(|glyph| glyph.id).collect::<Vec<_>>();
    let alone = forms("ب");
    let word = forms("ببب");
    assert_eq!(word.len(), 3);
    assert!(word.iter().all(|form| *form != alone[0]) && word[0] != word[1] && word[1] != word[2]);
    assert!(shape("AV").width < shape("A").width + shape("V").width - 0.03);
    assert!(!shape("שלום").joined && shape("شارع").joined);
}

#[test]
fn faces_follow_characters_weight_and_slope() {
    let fonts = fonts();
    let mut shaper = Shaper::new(&fonts);
    let mut id = |text: &str, cut| {
        let line = shaper.line(text, cut);
        fonts.faces()[usize::from(line.face())].file.id
    };
    assert_eq!(id("Main", (700, false)), "noto-sans-bold");
    assert_eq!(id("Main", (600, false)), "noto-sans-bold");
    assert_eq!(id("Main", (400, true)), "noto-sans-italic");
    assert_eq!(id("شارع", (700, false)), "noto-sans-arabic-bold");
    assert_eq!(id("मार्ग", (700, true)), "noto-sans-devanagari-regular");
    assert_eq!(used(&shape("→ Ⅻ № 5½ ☆")).first(), Some(&"noto-sans-math-regular"));
}

#[test]
fn characters_without_a_font_are_left_out() {
    let mut shaper = Shaper::new(&fonts());
    assert_eq!(shaper.line("Ginza 銀座 4", (400, false)).text, "Ginza 4");
    assert_eq!(shaper.line("(銀座)", (400, false)).text, "");
    assert_eq!(shaper.missing().iter().collect::<String>(), "座銀");
    let line = shaper.line("a\t\u{7}b \u{200d} c\u{200e}", (400, false));
    assert_eq!(line.text, "a b \u{200d} c\u{200e}");
    assert!(line.glyphs.iter().all(|glyph| glyph.id != 0));
    assert!(shaper.line("", (400, false)).clusters.is_empty());
    assert!(Shaper::new(&Fonts::default()).line("abc", (400, false)).clusters.is_empty());
}

#[test]
fn the_index_tells_which_files_a_text_needs() {
    let none = Fonts::default();
    assert_eq!(none.missing(""), ["noto-sans-regular", "noto-sans-bold", "noto-sans-italic"]);
    let needed = none.missing("قهوة");
    assert!(needed.contains(&"noto-sans-arabic-regular") && needed.contains(&"noto-sans-arabic-bold"));
    assert!(!needed.contains(&"noto-sans-hebrew-regular"));
    assert_eq!(fonts().missing("قهوة Straße → 銀座"), [""; 0]);
    let mut some = Fonts::default();
    let file = |id: &str| std::fs::read(format!("{}/assets/fonts/{id}.ttf", env!("CARGO_MANIFEST_DIR"))).unwrap();
    for id in none.missing("Улица") {
        some.load(id, file(id)).unwrap();
    }
    assert!(some.missing("Улица").is_empty());
    assert_eq!(some.load("comic", Vec::new()).unwrap_err().field(), Some("font"));
    assert_eq!(some.load("noto-sans-regular", b"<html>".to_vec()).unwrap_err().code(), "corrupt");
}

#[test]
fn the_index_says_what_the_files_hold() {
    use skrifa::MetadataProvider;
    let fonts = fonts();
    assert_eq!(fonts.faces().len(), Fonts::index().len());
    for (face, file) in fonts.faces().iter().zip(Fonts::index()) {
        assert_eq!(face.file, file);
        let font = skrifa::FontRef::new(&face.data).unwrap();
        assert_eq!(font.attributes().weight.value(), f32::from(file.weight), "{}", file.id);
        let inside = |c: u32| font.charmap().map(c).is_some();
        assert!(file.ranges.iter().all(|&(first, last)| (first..=last).all(inside)), "{}", file.id);
        assert!(file.ranges.is_sorted_by(|a, b| a.1 < b.0), "{}", file.id);
        let text = String::from_utf8_lossy(&face.data);
        assert!(!text.contains("fpgm"), "{} is hinted", file.id);
    }
}
