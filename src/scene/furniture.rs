//! What stands on the map besides features: title, scale bar, ratio, north arrow, grid, and always the attribution.

mod bar;
mod grid;
mod index;
mod legend;
mod marks;
mod north;
mod outside;
mod panel_layout;

use super::font::Fonts;
use super::{Group, Paths};
use crate::color::Color;
use crate::error::Result;
use crate::map::Features;
use crate::note::Notes;
use crate::osm::ATTRIBUTION;
use crate::request::{Furniture as Wanted, ScaleBar};
use crate::sheet::Sheet;
use panel_layout::{Corner, PanelLayout};

/// Smallest letters that are read on paper, mm.
const READABLE: f64 = 1.8;
/// Letters of the title in sizes of other furniture.
const TITLE: f64 = 2.4;

/// Furniture of a sheet.
pub struct Furniture {
    /// Lines under the labels.
    pub grids: Vec<Group>,
    /// Panels over everything.
    pub group: Group,
    /// Rectangles that labels keep off, `[x, y, width, height]` in mm.
    pub taken: Vec<[f64; 4]>,
}

/// The map that furniture stands on.
pub struct Drawn<'a> {
    /// What it shows.
    pub features: &'a Features<'a>,
    /// How it is drawn.
    pub groups: &'a [Group],
    /// Its ground.
    pub background: Option<Color>,
}

/// Puts together what a request asks for; what the sheet has no room for is noted.
///
/// # Errors
/// [`crate::error::Error::Request`] for a grid that does not exist.
pub fn furniture(
    wanted: &Wanted,
    sheet: &Sheet,
    drawn: &Drawn,
    fonts: &Fonts,
    paths: &mut Paths,
    notes: &mut Notes,
) -> Result<Furniture> {
    let mut panels = PanelLayout::new(sheet, drawn.background, fonts, paths);
    attribution(&mut panels);
    if let Some(title) = wanted.title.as_deref().map(str::trim).filter(|title| !title.is_empty()) {
        heading(&mut panels, title);
    }
    if wanted.scale_bar != ScaleBar::None {
        bar::scale_bar(&mut panels, sheet.scale, wanted.scale_bar);
    }
    if wanted.ratio {
        let text = format!("1\u{202f}:\u{202f}{}", grid::grouped(sheet.scale));
        panels.text("ratio", &text, panels.unit, 400, Corner::BottomLeft);
    }
    if wanted.north_arrow {
        north::arrow(&mut panels, sheet);
    }
    if sheet.crop_marks {
        marks::crop(&mut panels, sheet);
    }
    if wanted.legend {
        let left_out = legend::legend(&mut panels, drawn.groups);
        if left_out > 0 {
            let message = format!("the legend has no room for {left_out} kinds that are rare on this map");
            notes.say("legend_shortened", left_out, message);
        }
    }
    let mut grids = Vec::new();
    if let Some(kind) = &wanted.grid {
        grids.push(grid::grid(&mut panels, sheet, kind)?);
    }
    if wanted.index {
        let (squares, left_out) = index::index(&mut panels, drawn.features, sheet);
        grids.push(squares);
        if left_out > 0 {
            let message = format!("the street index has no room for {left_out} streets; take a larger paper");
            notes.say("index_shortened", left_out, message);
        }
    }
    let (group, mut taken, lacking) = panels.finish();
    taken.extend(outside::outside(&sheet.shape, sheet.map));
    if !lacking.is_empty() {
        notes.say("furniture_left_out", lacking.len() as u64, format!("not on the sheet: {}", lacking.join(", ")));
    }
    Ok(Furniture { grids, group, taken })
}

/// The attribution, bottom right, on every map: as small as it must be to fit, but no smaller than needed.
fn attribution(panels: &mut PanelLayout) {
    let room = panels.map[2] - 2.0 * panels.gap;
    let size = (panels.unit * 0.85).max(READABLE);
    let size = panels.fitting(ATTRIBUTION, size, 400, room);
    panels.text("attribution", ATTRIBUTION, size, 400, Corner::BottomRight);
}

/// The title, at the top.
fn heading(panels: &mut PanelLayout, title: &str) {
    let room = panels.map[2] - 2.0 * panels.gap;
    let size = panels.fitting(title, panels.unit * TITLE, 700, room);
    panels.text("title", title, size, 700, Corner::Top);
}
