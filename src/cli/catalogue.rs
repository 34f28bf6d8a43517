//! The lists: formats, styles, layers.

use mapwright::request::MapStyle;
use mapwright::style::document;
use mapwright::{Error, Result, catalogue};
use std::fmt::Write;

/// All formats, a line each.
pub fn formats(json: bool) -> Result<String> {
    if json {
        return catalogue::json(&catalogue::formats());
    }
    let mut text = String::new();
    for row in catalogue::formats() {
        let _ = writeln!(text, "{:<16} .{:<10} {:<9} {}", row.id, row.format.extension, row.family, row.format.about);
    }
    Ok(text)
}

/// All built-in styles, or the document of one.
pub fn styles(id: Option<String>, json: bool) -> Result<String> {
    if let Some(id) = id {
        let document = document(Some(&MapStyle::Named(id)))?;
        let text = serde_json::to_string_pretty(&document).map_err(|fault| Error::Internal(fault.to_string()))?;
        return Ok(text + "\n");
    }
    if json {
        return catalogue::json(&catalogue::styles());
    }
    Ok(catalogue::styles().iter().fold(String::new(), |mut text, style| {
        let _ = writeln!(text, "{:<14} {}", style.id, style.about);
        text
    }))
}

/// All layers and their classes.
pub fn layers(json: bool) -> Result<String> {
    if json {
        return catalogue::json(&catalogue::layers());
    }
    Ok(catalogue::layers().iter().fold(String::new(), |mut text, layer| {
        let classes: Vec<_> = layer.classes.iter().map(|class| class.id).collect();
        let _ = writeln!(text, "{:<12} {}", layer.id, classes.join(" "));
        text
    }))
}
