//! One feature: id, properties, geometry.

use super::writer::Writer;
use crate::map::{Feature, LAYERS, Value};
use crate::wire::{json, number};

impl Writer<'_, '_> {
    /// A whole feature, with foreign members (RFC 7946 §6.1) if there are any.
    pub fn feature(&mut self, feature: &Feature, foreign: &[(&str, &str)]) {
        let osm = &self.features.map.osm;
        let (kind, id) = (feature.element.kind.letter(), osm.id(feature.element));
        self.out.extend_from_slice(b"{\"type\":\"Feature\",");
        for (key, value) in foreign {
            self.member(key, value);
        }
        self.out.extend_from_slice(b"\"id\":\"");
        self.out.extend_from_slice(kind.encode_utf8(&mut [0; 4]).as_bytes());
        number::integer(&mut self.out, id);
        self.out.extend_from_slice(b"\",\"properties\":{");
        self.properties(feature, kind, id);
        self.out.extend_from_slice(b"},\"geometry\":");
        self.geometry(feature);
        self.out.push(b'}');
    }

    fn properties(&mut self, feature: &Feature, kind: char, id: i64) {
        let features = self.features;
        let osm = &features.map.osm;
        let class = features.class(feature);
        self.key("layer", true);
        json::string(&mut self.out, class.layer);
        self.key("osm_id", false);
        number::integer(&mut self.out, id);
        self.key("osm_type", false);
        json::string(&mut self.out, kind.encode_utf8(&mut [0; 4]));
        self.key("class", false);
        json::string(&mut self.out, class.id);
        self.key("type", false);
        json::string(&mut self.out, features.value(feature));
        if let Some(name) = features.name(feature) {
            self.key("name", false);
            json::string(&mut self.out, &name);
        }
        self.key("layer_z", false);
        number::integer(&mut self.out, feature.layer_z.into());
        let also = features.also(feature);
        if !also.is_empty() {
            self.key("also", false);
            json::string(&mut self.out, &also);
        }
        let layer = LAYERS.iter().find(|layer| layer.id == class.layer);
        for field in layer.map_or(&[][..], |layer| layer.fields) {
            self.field(field.name, features.field(feature, field));
        }
        self.key("tags", false);
        self.out.push(b'{');
        for (i, &(key, value)) in osm.tags(feature.element).iter().enumerate() {
            if i > 0 {
                self.out.push(b',');
            }
            json::string(&mut self.out, osm.strings.get(key));
            self.out.push(b':');
            json::string(&mut self.out, osm.strings.get(value));
        }
        self.out.push(b'}');
    }

    /// A typed field; one without a value is left out.
    fn field(&mut self, name: &str, value: Value) {
        if value == Value::None {
            return;
        }
        self.key(name, false);
        match value {
            Value::None => {}
            Value::Text(text) => json::string(&mut self.out, text),
            Value::Int(whole) => number::integer(&mut self.out, whole),
            Value::Number(real) => number::fixed(&mut self.out, number::quantise(real, 3), 3),
            Value::Flag(flag) => self.out.extend_from_slice(if flag { b"true" } else { b"false" }),
        }
    }

    fn key(&mut self, key: &str, first: bool) {
        if !first {
            self.out.push(b',');
        }
        if self.pretty {
            self.out.extend_from_slice(b"\n  ");
        }
        json::string(&mut self.out, key);
        self.out.push(b':');
    }
}
