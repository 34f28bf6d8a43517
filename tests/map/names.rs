//! Names by language.

use super::world::{World, look, see};
use mapwright::map::latin;
use mapwright::request::Language;

fn name(tags: &str, language: Language) -> Option<String> {
    name_at((1.0, 1.0), tags, language)
}

fn name_at((x, y): (f64, f64), tags: &str, language: Language) -> Option<String> {
    let mut world = World::new();
    world.node((x, y), &format!("place=town, {tags}"));
    let map = world.map();
    let mut view = look([x - 1.0, y - 1.0, x + 1.0, y + 1.0]);
    view.language = language;
    let features = see(&map, &view);
    features.name(&features.rows[0]).map(|name| name.into_owned())
}

#[test]
fn names_follow_the_language() {
    let moscow = "name=Москва, name:en=Moscow, name:de=Moskau";
    let both = |tag: &str| Language::Both(tag.into());
    let tag = |tag: &str| Language::Tag(tag.into());
    for (tags, language, expected) in [
        (moscow, Language::Local, Some("Москва")),
        (moscow, tag("de"), Some("Moskau")),
        (moscow, tag("fr"), Some("Москва")),
        (moscow, both("en"), Some("Moscow\nМосква")),
        (moscow, both("fr"), Some("Москва")),
        (moscow, Language::Latin, Some("Moscow")),
        ("name=Roma, name:en=Rome", Language::Latin, Some("Roma")),
        ("name=東京, int_name=Tokyo, name:en=Tokyo City", Language::Latin, Some("Tokyo")),
        ("name=Roma, int_name=Рим", Language::Latin, Some("Roma")),
        ("name=Bruxelles - Brussel, name:fr=Bruxelles", both("fr"), Some("Bruxelles - Brussel")),
        ("name:en=Nowhere", Language::Local, None),
        ("name:en=Nowhere", tag("en"), Some("Nowhere")),
        ("population=3", Language::Latin, None),
    ] {
        assert_eq!(name(tags, language.clone()).as_deref(), expected, "{tags} {language:?}");
    }
}

#[test]
fn names_without_latin_letters_are_spelt_in_them() {
    let table = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("www/pkg/fonts/latin.txt");
    assert!(table.exists(), "the table of Latin letters is missing; `cargo xtask fonts` makes it");
    assert!(latin::learn(b"zz A").is_err() && latin::learn(b"").is_err());
    latin::learn(&std::fs::read(table).unwrap()).unwrap();
    for (spelt, expected) in [
        ("площад Княз Александър I", "ploshchad Kniaz Aleksandar I"),
        ("Щёлково", "Shchiolkovo"),
        ("南京西路", "Nan Jing Xi Lu"),
        ("外滩 (The Bund)", "Wai Tan (The Bund)"),
        ("M9号线", "M9 Hao Xian"),
        ("서울특별시", "Seoulteugbyeolsi"),
        ("Πλατεία Συντάγματος", "Plateia Suntagmatos"),
        ("თბილისი", "Tbilisi"),
        ("Kiraly utca 5–7.", "Kiraly utca 5–7."),
    ] {
        assert_eq!(name(&format!("name={spelt}"), Language::Latin).as_deref(), Some(expected), "{spelt}");
    }
    // Another language is no way to write a name.
    let sofia = "name=площад Възраждане, name:de=Platz der Wiedergeburt";
    assert_eq!(name(sofia, Language::Latin).as_deref(), Some("ploshchad Vazrazhdane"));
    // Nothing tells how ideographs are read in Japan, unless somebody has written it down; kana tell.
    let tokyo = (139.7, 35.7);
    assert_eq!(name_at(tokyo, "name=東京", Language::Latin).as_deref(), Some("東京"));
    assert_eq!(name_at(tokyo, "name=東京, name:ja-Latn=Tōkyō", Language::Latin).as_deref(), Some("Tōkyō"));
    assert_eq!(name_at(tokyo, "name=さくら", Language::Latin).as_deref(), Some("Sakura"));
}
