//! The catalogue for page, npm, command line and server: everything that can be known without a map.

use crate::error::{Error, Result};
use crate::format::{self, Credit, Entry, Memory, Opt, Size, Tier, Topic};
use crate::map::{CLASSES, Field, LAYERS};
use serde::Serialize;

/// A format as the catalogue shows it.
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
    /// What the family is called.
    pub family_title: &'static str,
    /// Which of the family it is; empty in families of one.
    pub version: &'static str,
    /// Its name for people.
    pub title: &'static str,
    /// File extension without the dot.
    pub extension: &'static str,
    /// Media type.
    pub mime: &'static str,
    /// From which tier on a server writes it.
    pub tier: Tier,
    /// What people want who choose it.
    pub topics: &'static [Topic],
    /// One sentence.
    pub about: &'static str,
    /// Who uses it.
    pub for_whom: &'static str,
    /// What of the map is kept.
    pub kept: &'static str,
    /// What is lost.
    pub lost: &'static str,
    /// Programs that open it.
    pub programs: &'static [&'static str],
    /// Where the specification stands that it follows.
    pub specification: &'static str,
    /// Where in the file the source of the data is named.
    pub credit: Credit,
    /// Where in the file it is said how it was made.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub provenance: Option<&'static str>,
    /// What its size depends on.
    pub size: Size,
    /// What writing it takes.
    pub memory: Memory,
    /// Its options.
    pub options: &'static [Opt],
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
    let row = |id, alias_of, entry: Entry| {
        let format = entry.format;
        FormatRow {
            id,
            alias_of,
            pack: entry.pack,
            product: format.write.product(),
            family: entry.family.first().map_or(id, |head| head.id),
            family_title: format.family,
            version: format.version,
            title: format.title,
            extension: format.extension,
            mime: format.mime,
            tier: format.tier,
            topics: format.topics,
            about: format.about,
            for_whom: format.for_whom,
            kept: format.kept,
            lost: format.lost,
            programs: format.programs,
            specification: format.specification,
            credit: format.credit,
            provenance: format.provenance,
            size: format.size,
            memory: format.memory,
            options: format.options,
        }
    };
    let with_aliases = |entry: Entry| {
        let id = entry.format.id;
        let aliases = entry.format.aliases.iter().map(move |alias| row(alias, Some(id), entry));
        std::iter::once(row(id, None, entry)).chain(aliases)
    };
    format::formats().flat_map(with_aliases).collect()
}

/// All built-in styles.
#[cfg(feature = "drawing")]
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
