//! Tags → layer, class, rank. The table is `layers.toml`; this file only applies it.

/// Row of [`CLASSES`].
pub type ClassId = u16;

/// A thematic layer of request.md §3.
#[derive(Debug, PartialEq, Eq)]
pub struct Layer {
    /// Its name, e.g. `roads`.
    pub id: &'static str,
    /// Its own typed fields, after the common ones.
    pub fields: &'static [Field],
}

/// A typed field of a layer.
#[derive(Debug, PartialEq, Eq, serde::Serialize)]
pub struct Field {
    /// Column name, at most ten characters.
    pub name: &'static str,
    /// The tag it is read from.
    pub key: &'static str,
    /// What its values are.
    pub kind: FieldKind,
}

/// What the values of a field are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum FieldKind {
    /// Text.
    Text,
    /// A whole number.
    Int,
    /// A number; lengths in metres, units converted.
    Number,
    /// True or false.
    Flag,
}

/// A class within a layer.
#[derive(Debug, PartialEq, Eq)]
pub struct Class {
    /// The layer it belongs to, a row of [`LAYERS`].
    pub layer: &'static str,
    /// Its name, e.g. `primary`.
    pub id: &'static str,
    /// Order within the layer, 0 the most important.
    pub rank: u8,
    /// The lowest `detail_level` (1 to 6) that shows it.
    pub detail: u8,
}

/// All layers in drawing order.
pub static LAYERS: &[Layer] = &[];
/// All classes; `ClassId` is the row.
pub static CLASSES: &[Class] = &[];

static OTHER: Class = Class { layer: "other", id: "other", rank: 0, detail: 6 };

/// The class of an id.
pub fn class(id: ClassId) -> &'static Class {
    CLASSES.get(id as usize).unwrap_or(&OTHER)
}
