//! Names in the language a request asks for.

use super::features::{Feature, Features};
use crate::request::Language;
use std::borrow::Cow;

impl Features<'_> {
    /// The name of a feature in the language of the request; with [`Language::Both`] two lines where two names differ.
    pub fn name(&self, feature: &Feature) -> Option<Cow<'_, str>> {
        let tag = |key: &str| self.tag(feature, key).map(str::trim).filter(|name| !name.is_empty());
        let local = || tag("name");
        match &self.language {
            Language::Local => local().map(Cow::Borrowed),
            Language::Tag(tongue) => tag(&format!("name:{tongue}")).or_else(local).map(Cow::Borrowed),
            Language::Both(tongue) => match (tag(&format!("name:{tongue}")), local()) {
                (Some(translated), Some(local)) if !holds(local, translated) => {
                    Some(Cow::Owned(format!("{translated}\n{local}")))
                }
                (translated, local) => local.or(translated).map(Cow::Borrowed),
            },
            Language::Latin => {
                let latin = |key: &str| tag(key).filter(|name| is_latin(name));
                let found = latin("name").or_else(|| tag("int_name")).or_else(|| tag("name:en")).or_else(|| {
                    // Any other language written in Latin letters, by key so that the choice does not depend on order.
                    let tags = self.map.osm.tags(feature.element);
                    let text = |id| self.map.osm.strings.get(id);
                    let names = tags.iter().map(|&(key, value)| (text(key), text(value)));
                    let latin = names.filter(|(key, name)| key.starts_with("name:") && is_latin(name));
                    latin.min().map(|(_, name)| name)
                });
                found.or_else(local).map(Cow::Borrowed)
            }
        }
    }
}

/// Whether [`Features::name`] may take the value of a key.
pub fn is_name(key: &str, language: &Language) -> bool {
    match (language, key.strip_prefix("name")) {
        (_, Some("")) => true,
        (Language::Tag(tongue) | Language::Both(tongue), Some(rest)) => rest.strip_prefix(':') == Some(tongue),
        (Language::Latin, Some(rest)) => rest.starts_with(':'),
        (Language::Latin, None) => key == "int_name",
        _ => false,
    }
}

/// Whether a name already says what another says, as bilingual names do.
fn holds(local: &str, translated: &str) -> bool {
    local == translated
        || local.split([' ', '/', '-', '(', ')', ';']).any(|part| part == translated)
        || local.split(" - ").any(|part| part == translated)
        || local.split(" / ").any(|part| part == translated)
}

/// Whether every letter is Latin.
fn is_latin(name: &str) -> bool {
    // Latin letters end at U+024F; U+1E00 to U+1EFF hold those with more marks.
    name.chars().filter(|c| c.is_alphabetic()).all(|c| c <= '\u{24f}' || ('\u{1e00}'..='\u{1eff}').contains(&c))
        && name.chars().any(char::is_alphanumeric)
}
