//! How paths look, as presentation attributes; what a whole layer shares is said once, on the layer.

use crate::color::{Color, hex};
use crate::scene::{Cap, Group, Item, Join, Path};
use crate::wire::number;

/// How halos are drawn.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Halo {
    /// One element, stroked before it is filled (`paint-order`).
    Single,
    /// Two elements, for programs that do not know `paint-order`.
    Double,
    /// None.
    None,
}

/// Name and value.
pub type Attribute = (&'static str, String);
/// The attributes of one element.
pub type Attributes = Vec<Attribute>;

/// Fill and stroke of a path, `unit` user units in a millimetre.
pub fn path(path: &Path, unit: f64) -> Attributes {
    let mut look = fill(path.fill);
    if let Some(stroke) = &path.stroke {
        paint(&mut look, "stroke", "stroke-opacity", stroke.color);
        look.push(("stroke-width", number::text(stroke.width * unit, 3)));
        match stroke.cap {
            Cap::Butt => {}
            Cap::Round => look.push(("stroke-linecap", "round".into())),
            Cap::Square => look.push(("stroke-linecap", "square".into())),
        }
        match stroke.join {
            Join::Miter => {}
            Join::Round => look.push(("stroke-linejoin", "round".into())),
            Join::Bevel => look.push(("stroke-linejoin", "bevel".into())),
        }
        if stroke.dashes.iter().any(|&dash| dash > 0.0) {
            let dashes: Vec<_> = stroke.dashes.iter().map(|&dash| number::text(dash * unit, 3)).collect();
            look.push(("stroke-dasharray", dashes.join(" ")));
        }
    }
    look
}

/// A fill, `none` included: SVG fills black where nothing is said.
pub fn fill(color: Option<Color>) -> Attributes {
    let mut look = Vec::with_capacity(6);
    match color {
        Some(color) => paint(&mut look, "fill", "fill-opacity", color),
        None => look.push(("fill", "none".into())),
    }
    look
}

/// A colour and, where it is not opaque, its opacity.
pub fn paint(look: &mut Attributes, name: &'static str, opacity: &'static str, color: Color) {
    let Color { r, g, b, a } = color;
    let long = hex([r, g, b]);
    let halves = [r, g, b].iter().all(|part| part >> 4 == part & 15);
    look.push((name, if halves { format!("#{:x}{:x}{:x}", r & 15, g & 15, b & 15) } else { long }));
    if a < 255 {
        look.push((opacity, number::text(f64::from(a) / 255.0, 3)));
    }
}

/// What all items of a group share; nothing where groups inside it, text among paths or a second element for halos
/// would inherit what is not theirs.
pub fn shared(group: &Group, looks: &[Attributes], halo: Halo) -> Attributes {
    let texts = group.items.iter().filter(|item| matches!(item, Item::Text(_))).count();
    let mixed = texts > 0 && (texts < looks.len() || halo == Halo::Double);
    match looks {
        [first, rest @ ..] if !rest.is_empty() && !mixed && group.groups.is_empty() => {
            first.iter().filter(|attribute| rest.iter().all(|look| look.contains(attribute))).cloned().collect()
        }
        _ => Vec::new(),
    }
}
