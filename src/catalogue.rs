//! The catalogue for page, npm, command line and server: everything that can be known without a map.

use crate::error::{Error, Result};
use crate::format::{self, Entry, Format};
use crate::map::{CLASSES, Field, LAYERS};
use serde::Serialize;

/// A format as the catalogue shows it: under its id, and again under each alias.
#[derive(Debug, Serialize)]
pub struct FormatRow {
    /// Its id.
    pub id: &'static str,
    /// The format it is another name of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub alias_of: Option<&'static str>,
    /// The wasm pack it comes in.
    pub pack: &'static str,
    /// The product it is made from.
    pub product: &'static str,
    /// Id of the first format of its family.
    pub family: &'static str,
    /// Everything else.
    #[serde(flatten)]
    pub format: &'static Format,
}

/// A built-in style.
#[derive(Debug, Serialize)]
pub struct StyleRow {
    /// Its id.
    pub id: &'static str,
    /// Its name for people.
    pub title: &'static str,
    /// What it is for.
    pub about: &'static str,
}

/// A layer with its classes.
#[derive(Debug, Serialize)]
pub struct LayerRow {
    /// Its id.
    pub id: &'static str,
    /// Its own typed fields.
    pub fields: &'static [Field],
    /// Its classes.
    pub classes: Vec<ClassRow>,
}

/// A class of a layer.
#[derive(Debug, Serialize)]
pub struct ClassRow {
    /// Its id.
    pub id: &'static str,
    /// The lowest `detail_level` that draws it.
    pub detail: u8,
}

/// All formats of this build, each followed by its aliases.
pub fn formats() -> Vec<FormatRow> {
    let row = |id, alias_of, Entry { format, family, pack, .. }: Entry| {
        let family = family.first().map_or(id, |head| head.id);
        FormatRow { id, alias_of, pack, product: format.write.product(), family, format }
    };
    let with_aliases = |entry: Entry| {
        let id = entry.format.id;
        let aliases = entry.format.aliases.iter().map(move |alias| row(alias, Some(id), entry));
        std::iter::once(row(id, None, entry)).chain(aliases)
    };
    format::formats().flat_map(with_aliases).collect()
}

/// All built-in styles.
#[cfg(feature = "style")]
pub fn styles() -> Vec<StyleRow> {
    crate::style::THEMES.iter().map(|theme| StyleRow { id: theme.id, title: theme.title, about: theme.about }).collect()
}

/// All layers in drawing order.
pub fn layers() -> Vec<LayerRow> {
    let classes = |layer| {
        let of_layer = CLASSES.iter().filter(move |class| class.layer == layer);
        of_layer.map(|class| ClassRow { id: class.id, detail: class.detail }).collect()
    };
    LAYERS.iter().map(|layer| LayerRow { id: layer.id, fields: layer.fields, classes: classes(layer.id) }).collect()
}

/// A list as indented JSON text.
///
/// # Errors
/// [`Error::Internal`] if a list cannot be serialised.
pub fn json<T: Serialize>(rows: &[T]) -> Result<String> {
    let text = serde_json::to_string_pretty(rows).map_err(|fault| Error::Internal(fault.to_string()))?;
    Ok(text + "\n")
}
