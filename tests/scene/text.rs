//! Shaping: judged by HarfBuzz for runs, by hand for what lies above runs (directions, faces, clusters, gaps).

use mapwright::map::Han;
use mapwright::scene::font::Fonts;
use mapwright::scene::shape::{Line, Shaper};
use serde_json::Value;

/// The fonts a native program carries.
pub fn fonts() -> Fonts {
    mapwright::Engine::native().expect("fonts").fonts
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
    // What is left must not say something else.
    assert_eq!(shaper.line("25번길", (400, false)).text, "");
    assert_eq!(shaper.line("25", (400, false)).text, "25");
    assert_eq!(shaper.missing().iter().collect::<String>(), "座銀길번");
    let line = shaper.line("a\t\u{7}b \u{200d} c\u{200e}", (400, false));
    assert_eq!(line.text, "a b \u{200d} c\u{200e}");
    assert!(line.glyphs.iter().all(|glyph| glyph.id != 0));
    assert!(shaper.line("", (400, false)).clusters.is_empty());
    assert!(Shaper::new(&Fonts::default()).line("abc", (400, false)).clusters.is_empty());
}

#[test]
fn the_index_tells_which_files_a_text_needs() {
    let none = Fonts::default();
    let han = Han::default();
    assert_eq!(none.missing("", han), ["noto-sans-regular", "noto-sans-bold", "noto-sans-italic"]);
    let needed = none.missing("قهوة", han);
    assert!(needed.contains(&"noto-sans-arabic-regular") && needed.contains(&"noto-sans-arabic-bold"));
    assert!(!needed.contains(&"noto-sans-hebrew-regular"));
    assert_eq!(fonts().missing("قهوة Straße →", han), [""; 0]);
    let mut some = Fonts::default();
    let file = |id: &str| std::fs::read(format!("{}/assets/fonts/{id}.ttf", env!("CARGO_MANIFEST_DIR"))).unwrap();
    for id in none.missing("Улица", han) {
        some.load(id, file(id)).unwrap();
    }
    assert!(some.missing("Улица", han).is_empty());
    assert_eq!(some.load("comic", Vec::new()).unwrap_err().field(), Some("font"));
    assert_eq!(some.load("noto-sans-regular", b"<html>".to_vec()).unwrap_err().code(), "corrupt");
    assert_eq!(some.load("noto-sans-regular", b"wOFF\0\x01\0\0".to_vec()).unwrap_err().code(), "corrupt");
    assert_eq!(some.load("noto-sans-jp", b"<html>".to_vec()).unwrap_err().code(), "corrupt");
}

/// The families of a line's glyphs, without repetitions.
fn families(text: &str, han: Han) -> (String, Vec<&'static str>) {
    let fonts = fonts().ready(text, han);
    let line = Shaper::new(&fonts).line(text, (400, false));
    let mut names: Vec<_> =
        line.glyphs.iter().map(|glyph| fonts.faces()[usize::from(glyph.face)].file.family).collect();
    names.dedup();
    (line.text.clone(), names)
}

#[test]
fn chinese_japanese_and_korean_are_written_as_the_place_does() {
    let slices = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("www/pkg/fonts/noto-sans-jp.json");
    assert!(slices.exists(), "slices of fonts are missing; `npm ci && cargo xtask fonts` makes them");
    let (ja, ko, sc, tc) = ("Noto Sans JP", "Noto Sans KR", "Noto Sans SC", "Noto Sans TC");
    let cases = [
        ("恵比寿ガーデンプレイス", Han::Japanese, vec![ja]),
        ("渋谷駅 Shibuya", Han::Japanese, vec![ja, "Noto Sans"]),
        ("아주대학교", Han::Korean, vec![ko]),
        ("广州路", Han::Simplified, vec![sc]),
        ("臺北車站", Han::Traditional, vec![tc]),
        // The same characters in another place.
        ("中山北路", Han::Traditional, vec![tc]),
        ("中山北路", Han::Simplified, vec![sc]),
        // Hangul has one family wherever it stands; kana of a Chinese map are its own.
        ("강남 中", Han::Simplified, vec![ko, sc]),
        ("Кафе 東京 مقهى", Han::Japanese, vec!["Noto Sans", ja, "Noto Sans", "Noto Sans Arabic"]),
    ];
    for (text, han, expected) in cases {
        let (shown, found) = families(text, han);
        assert_eq!(shown, text);
        let found: Vec<_> = found.into_iter().filter(|name| *name != "Noto Sans" || expected.contains(name)).collect();
        assert_eq!(found, expected, "{text} {han:?}");
    }
    // Without slices characters are noted, never drawn as boxes.
    let mut shaper = Shaper::new(&fonts());
    assert_eq!(shaper.line("恵比寿", (400, false)).text, "");
    assert_eq!(shaper.missing().len(), 3);
}

#[test]
fn lists_of_slices_are_asked_for_first() {
    let base = fonts();
    let ready = base.ready("渋谷区", Han::Japanese);
    assert!(ready.missing("渋谷区", Han::Japanese).is_empty());
    let wanted = base.missing("渋谷区", Han::Japanese);
    assert!(!wanted.is_empty() && wanted.iter().all(|id| id.starts_with("noto-sans-jp-")), "{wanted:?}");
    // All of the common characters of four scripts are there.
    let common =
        "東西南北駅町村市区橋川山寺神社学校病院公園通り丁目ひらがなカタカナー・（）、。街路站国际医院학교역길동";
    assert_eq!(base.ready(common, Han::Japanese).missing(common, Han::Japanese), [""; 0]);
    let mut shaper = Shaper::new(&base.ready(common, Han::Japanese));
    assert_eq!(shaper.line(common, (400, false)).text, common);
    assert!(shaper.missing().is_empty());
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
