//! Typed values of fields: what tags say as text, numbers in metres, flags.

use super::classify::{Field, FieldKind, LAYERS};
use super::features::{Feature, Features};
use super::measure::{self, Quantity};
use super::speed;

/// The value of a field.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Value<'a> {
    /// The tag is not there, or not of the kind of the field.
    None,
    /// Text.
    Text(&'a str),
    /// A whole number.
    Int(i64),
    /// A number.
    Number(f64),
    /// True or false.
    Flag(bool),
}

impl Features<'_> {
    /// The value of a typed field of a feature.
    pub fn field(&self, feature: &Feature, field: &Field) -> Value<'_> {
        let named = || self.map.street(feature.element).filter(|_| field.key == "addr:street");
        let tag = self.tag(feature, field.key).or_else(|| named().map(|street| self.map.osm.strings.get(street)));
        let tag = tag.map(str::trim).filter(|text| !text.is_empty());
        match (tag, field.kind) {
            (Some(text), FieldKind::Text) => Value::Text(text),
            (Some(text), FieldKind::Int) => number(text, field).map_or(Value::None, |value| Value::Int(value as i64)),
            (Some(text), FieldKind::Number) => {
                // No limit of speed is no number.
                number(text, field).filter(|value| value.is_finite()).map_or(Value::None, Value::Number)
            }
            (Some(text), FieldKind::Flag) => Value::Flag(!matches!(text, "no" | "false" | "0")),
            (None, FieldKind::Flag) => Value::Flag(false),
            (None, _) => Value::None,
        }
    }

    /// The value of the tag that gave a feature its class, as the field `type`.
    pub fn value(&self, feature: &Feature) -> &str {
        match self.map.osm.strings.get(feature.value) {
            "" => self.class(feature).id,
            value => value,
        }
    }
}

/// Keys of fields that count storeys or degrees.
const PLAIN: &[&str] = &["building:levels", "building:min_level", "roof:levels", "roof:angle"];

/// The number that a tag of a field says.
fn number(text: &str, field: &Field) -> Option<f64> {
    match field.key {
        _ if field.kind == FieldKind::Int => measure::read(text, Quantity::Whole),
        "maxspeed" => speed::limit(text),
        key if PLAIN.contains(&key) => measure::read(text, Quantity::Plain),
        _ => measure::read(text, Quantity::Length),
    }
}

impl Features<'_> {
    /// How many tags should give a field its number and cannot be read as one.
    fn unread(&self) -> u64 {
        let strings = &self.map.osm.strings;
        let layer = |id: &str| LAYERS.iter().find(|layer| layer.id == id).map_or(&[][..], |layer| layer.fields);
        let counts = |field: &&Field| matches!(field.kind, FieldKind::Int | FieldKind::Number);
        let known =
            |key: &str| LAYERS.iter().flat_map(|layer| layer.fields).filter(counts).any(|field| field.key == key);
        // Keys are asked about once.
        let mut keys: Vec<Option<bool>> = vec![None; strings.len()];
        let mut unread = 0;
        for feature in &self.rows {
            for &(key, value) in self.map.osm.tags(feature.element) {
                let (Some(slot), text) = (keys.get_mut(key as usize), strings.get(key)) else { continue };
                if !*slot.get_or_insert_with(|| known(text)) {
                    continue;
                }
                let field = layer(self.class(feature).layer).iter().filter(counts).find(|field| field.key == text);
                let value = strings.get(value).trim();
                unread += u64::from(field.is_some_and(|field| !value.is_empty() && number(value, field).is_none()));
            }
        }
        unread
    }

    /// Says how many numbers of fields are missing because their tags cannot be read.
    pub fn say_unread(&mut self) {
        let unread = self.unread();
        if unread > 0 {
            let message =
                format!("{unread} heights, widths, speeds and counts could not be read; they stand in the tags only");
            self.notes.say("unread_numbers", unread, message);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_have_the_unit_of_their_kind() {
        let field = |key, kind| Field { name: "", key, kind };
        for (key, text, expected) in [
            ("height", "12′6″", Some(3.81)),
            ("height", "100 yd", None),
            ("width", "12,5 ft", Some(3.81)),
            ("maxspeed", "30 mph", Some(30.0 * measure::MILE)),
            ("maxspeed", "RU:urban", Some(60.0)),
            ("building:levels", "4+1", Some(4.0)),
        ] {
            assert_eq!(number(text, &field(key, FieldKind::Number)), expected, "{key}={text}");
        }
        assert_eq!(number("1.234", &field("population", FieldKind::Int)), Some(1234.0));
    }
}
