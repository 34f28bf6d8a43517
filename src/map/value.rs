//! Typed values of fields: what tags say as text, numbers in metres, flags.

use super::classify::{Field, FieldKind};
use super::features::{Feature, Features};

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
            (Some(text), FieldKind::Int) => number(text, 1.0).map_or(Value::None, |value| Value::Int(value as i64)),
            (Some(text), FieldKind::Number) => number(text, unit(text, field.key)).map_or(Value::None, Value::Number),
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

/// How many metres (of speeds: km/h) one unit of a value is, by what stands after its number.
fn unit(text: &str, key: &str) -> f64 {
    let speed = key == "maxspeed";
    match text.trim_start_matches(|c: char| c.is_ascii_digit() || "+-. ".contains(c)) {
        "mph" => 1.609_344,
        "knots" => 1.852,
        "km" if !speed => 1000.0,
        "cm" => 0.01,
        "mm" => 0.001,
        "mi" => 1609.344,
        "nmi" => 1852.0,
        "ft" | "feet" | "foot" => 0.3048,
        "in" => 0.0254,
        _ => 1.0,
    }
}

/// The first number of a text, times a unit; feet and inches as in `12'6"` come out in metres.
fn number(text: &str, unit: f64) -> Option<f64> {
    const FOOT: f64 = 0.3048;
    if let Some((feet, rest)) = text.split_once('\'') {
        let inches = rest.trim().trim_end_matches(['"', '\'']).trim();
        let inches = if inches.is_empty() { 0.0 } else { inches.parse::<f64>().ok()? };
        return Some((feet.trim().parse::<f64>().ok()? + inches / 12.0) * FOOT);
    }
    let end = text.find(|c: char| !(c.is_ascii_digit() || "+-.,".contains(c))).unwrap_or(text.len());
    let value: f64 = text.get(..end)?.replace(',', ".").parse().ok()?;
    value.is_finite().then_some(value * unit)
}

#[cfg(test)]
mod tests {
    use super::{number, unit};

    #[test]
    fn lengths_come_out_in_metres() {
        let metres = |text: &str| number(text, unit(text, "height"));
        assert_eq!(metres("3"), Some(3.0));
        assert_eq!(metres("3.5 m"), Some(3.5));
        assert_eq!(metres("-2"), Some(-2.0));
        assert_eq!(metres("12'6\""), Some(12.5 * 0.3048));
        assert_eq!(metres("12'"), Some(12.0 * 0.3048));
        assert_eq!(metres("10 ft"), Some(3.048));
        assert_eq!(metres("0.5 km"), Some(500.0));
        assert_eq!(metres("tall"), None);
        assert_eq!(metres("3,5"), Some(3.5));
    }

    #[test]
    fn speeds_come_out_in_kilometres_an_hour() {
        let speed = |text: &str| number(text, unit(text, "maxspeed"));
        assert_eq!(speed("50"), Some(50.0));
        assert_eq!(speed("30 mph"), Some(30.0 * 1.609_344));
        assert_eq!(speed("RU:urban"), None);
    }
}
