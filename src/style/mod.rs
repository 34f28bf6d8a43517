//! MapLibre style documents (specification v8): parse, compile against our layers, evaluate.

use crate::error::Result;
use crate::note::Notes;
use crate::request::MapStyle;

/// A parsed and compiled style.
#[derive(Debug)]
pub struct Style {
    /// Its name.
    pub name: String,
}

/// A built-in style.
#[derive(Debug)]
pub struct Theme {
    /// Its id, e.g. `blueprint`.
    pub id: &'static str,
    /// Its title.
    pub title: &'static str,
    /// What it is for.
    pub about: &'static str,
    /// The style document, JSON.
    pub document: &'static str,
}

/// All built-in styles.
pub static THEMES: &[Theme] = &[];

/// The style a request asks for; what it uses that is not supported is noted.
///
/// # Errors
/// [`crate::error::Error::Request`] for `map_style`.
pub fn style(wanted: Option<&MapStyle>, notes: &mut Notes) -> Result<Style> {
    let _ = (wanted, notes);
    Ok(Style { name: "default".into() })
}
