//! Features + style + sheet → [`Scene`].

use super::font::Fonts;
use super::{Scene, Sheet};
use crate::error::{Error, Result};
use crate::map::Features;
use crate::request::Request;
use crate::style::Style;
use crate::watch::Watch;

/// Draws a sheet.
///
/// # Errors
/// [`Error::Cancelled`].
pub fn draw(
    features: &Features,
    style: &Style,
    sheet: Sheet,
    fonts: &Fonts,
    request: &Request,
    watch: &mut Watch,
) -> Result<Scene> {
    let _ = (features, style, sheet, fonts, request, watch);
    Err(Error::Internal("drawing".into()))
}
