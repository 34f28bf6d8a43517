//! Names in the language a request asks for.

use super::features::{Feature, Features};
use super::han::Han;
use super::latin::{self, is_latin};
use crate::geo::crs::DEGREE;
use crate::osm::{Kind, LonLatE7};
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
                let found = latin("name").or_else(|| latin("int_name")).or_else(|| latin("name:en")).or_else(|| {
                    // As it is written in its own language, by key so that the choice does not depend on order.
                    let tags = self.map.osm.tags(feature.element);
                    let text = |id| self.map.osm.strings.get(id);
                    let own = |key: &str| {
                        key.starts_with("name:")
                            && ["-Latn", "_rm", "_pinyin", "-Hepburn"].iter().any(|end| key.ends_with(end))
                    };
                    let names = tags.iter().map(|&(key, value)| (text(key), text(value)));
                    names.filter(|(key, name)| own(key) && is_latin(name)).min().map(|(_, name)| name)
                });
                let spelt = || latin::latin(local()?, self.in_japan(feature)).map(Cow::Owned);
                found.map(Cow::Borrowed).or_else(spelt).or_else(|| local().map(Cow::Borrowed))
            }
        }
    }
}

impl Features<'_> {
    /// Whether the first place of a feature's element lies in Japan; where that is unknown, whether the data do.
    fn in_japan(&self, feature: &Feature) -> bool {
        let osm = &self.map.osm;
        let element = feature.element;
        let node = match element.kind {
            Kind::Node => Some(element.index),
            Kind::Way => osm.refs(element.index).first().copied(),
            Kind::Relation => None,
        };
        let place = node.and_then(|node| osm.place(node)).or(osm.bounds.map(|bounds| [bounds.west, bounds.south]));
        let read = |place: LonLatE7| Han::of(&Language::Local, place.map(|side| f64::from(side) / DEGREE));
        place.is_some_and(|place| read(place) == Han::Japanese)
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
