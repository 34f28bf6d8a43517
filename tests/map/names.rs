//! Names by language.

use super::world::{World, look, see};
use mapwright::request::Language;

fn name(tags: &str, language: Language) -> Option<String> {
    let mut world = World::new();
    world.node((1.0, 1.0), &format!("place=town, {tags}"));
    let map = world.map();
    let mut view = look([0.0, 0.0, 2.0, 2.0]);
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
        ("name=東京, name:ko=도쿄, name:vi=Đông Kinh", Language::Latin, Some("Đông Kinh")),
        ("name=東京", Language::Latin, Some("東京")),
        ("name=Bruxelles - Brussel, name:fr=Bruxelles", both("fr"), Some("Bruxelles - Brussel")),
        ("name:en=Nowhere", Language::Local, None),
        ("name:en=Nowhere", tag("en"), Some("Nowhere")),
        ("population=3", Language::Latin, None),
    ] {
        assert_eq!(name(tags, language.clone()).as_deref(), expected, "{tags} {language:?}");
    }
}
