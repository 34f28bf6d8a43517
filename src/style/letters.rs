//! What the labels of a style are made of, so that fonts can be fetched before anything is drawn.

use super::document::Style;
use super::expr::{Expr, Field, Key, Op, Value};
use super::property::Prop;

/// Where the characters of labels come from.
#[derive(Debug, Default)]
pub struct Letters<'s> {
    /// Tags whose values are lettered.
    tags: Vec<&'s str>,
    /// Whether values of any tag may be: its key is computed.
    any: bool,
    /// What the style writes itself.
    pub text: String,
}

impl Letters<'_> {
    /// Whether values of a key may be lettered.
    pub fn takes(&self, key: &str) -> bool {
        self.any || self.tags.contains(&key)
    }
}

impl Style {
    /// Where the characters of its labels come from, besides names of features.
    pub fn letters(&self) -> Letters<'_> {
        let mut letters = Letters::default();
        let texts = self.layers.iter().flat_map(|layer| &layer.properties).filter(|(prop, _)| *prop == Prop::TextField);
        let mut rest: Vec<&Expr> = texts.map(|(_, text)| text).collect();
        while let Some(expr) = rest.pop() {
            match expr {
                Expr::Literal(value) => write(value, &mut letters.text),
                Expr::Get(Key::Tag(row)) => {
                    letters.tags.extend(self.keys.list().get(usize::from(*row)).map(String::as_str))
                }
                // What gave the class, or a property that is found by what another one says.
                Expr::Get(Key::Field(Field::Type)) | Expr::Call(Op::GetNamed | Op::Properties, _) => letters.any = true,
                _ => {}
            }
            rest.extend(expr.operands());
        }
        letters
    }
}

fn write(value: &Value, text: &mut String) {
    match value {
        Value::Text(piece) => text.push_str(piece),
        Value::List(list) => list.iter().for_each(|value| write(value, text)),
        Value::Map(map) => map.values().for_each(|value| write(value, text)),
        Value::Formatted(pieces) => pieces.iter().for_each(|piece| text.push_str(&piece.text)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use crate::note::Notes;
    use serde_json::json;

    #[test]
    fn labels_are_asked_what_they_are_made_of() {
        let style = |text| {
            let layer = json!({"id": "l", "type": "symbol", "source-layer": "buildings", "layout": {"text-field": text},
                "filter": ["==", ["get", "material"], "δοκός"]});
            let document = json!({"version": 8, "layers": [layer]});
            crate::style::compile(&document, &mut Notes::default()).unwrap()
        };
        let own = style(json!([
            "concat",
            ["match", ["get", "use"], "水", "№ ", "§"],
            ["get", "addr:housename"],
            ["get", "name"]
        ]));
        let letters = own.letters();
        assert!(letters.takes("addr:housename") && letters.takes("use"));
        assert!(!letters.takes("material") && !letters.takes("ref"));
        let mut text: Vec<char> = letters.text.chars().collect();
        text.sort_unstable();
        assert_eq!(text, [' ', '§', '№']);
        let computed = style(json!(["get", ["concat", "name:", ["get", "lang"]]]));
        assert!(computed.letters().takes("name:el"));
        let token = style(json!("{alt_name}"));
        assert!(token.letters().takes("alt_name"));
    }
}
