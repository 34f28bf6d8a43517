//! **StyledLayers**: features as tables of layers, and how each class in them looks; what a geographic information system
//! opens as a finished map (OGC 05-078r4, Styled Layer Descriptor, speaks of them so).

use crate::color::Color;
use crate::map::Geometry;
use crate::map::classify::Class;
use crate::sheet::Sheet;
use crate::style::symbol::Symbol;
use crate::style::{Legend, Style};
use crate::table::Table;

/// What a project, or a file with styles, is made from: nothing is left to look up.
pub struct StyledLayers<'f, 'm> {
    /// A table for every layer and kind of geometry, in the order of layers.
    pub tables: Vec<Table<'f, 'm>>,
    /// With layers for overlays where there are some.
    pub style: Style,
    /// The sheet that a drawing of the same box would have: its scale is the one that sizes are for.
    pub sheet: Sheet,
}

/// A table as it is drawn.
pub struct StyledLayer<'t, 'f, 'm> {
    /// Its rows.
    pub table: &'t Table<'f, 'm>,
    /// The classes of its rows, the most important ones first, and how each looks.
    pub classes: Vec<Look>,
}

/// How a class looks.
pub struct Look {
    /// The class.
    pub class: &'static Class,
    /// What it is drawn with; empty where the style never draws it.
    pub symbol: Symbol,
    /// The smallest scale 1 : N at which it is shown; none for all.
    pub from: Option<f64>,
}

/// The zoom levels between which a class is looked for that is not drawn at the scale of the sheet.
const ZOOMS: (i32, i32) = (4, 19);

impl<'f, 'm> StyledLayers<'f, 'm> {
    /// The colour behind everything; none where the style has no background.
    pub fn background(&self) -> Option<Color> {
        Legend::at(&self.style, self.sheet.zoom).background()
    }

    /// The tables in the order in which they are drawn, the lowest first.
    pub fn drawn(&self) -> Vec<StyledLayer<'_, 'f, 'm>> {
        // What is drawn only at larger scales is shown there alone; what a map of a larger area had is always shown.
        let own = self.sheet.zoom;
        let (farther, nearer) = ((ZOOMS.0..=libm::ceil(own) as i32 - 1).rev(), libm::floor(own) as i32 + 1..=ZOOMS.1);
        let zooms: Vec<f64> = std::iter::once(own).chain(nearer.chain(farther).map(f64::from)).collect();
        let legends: Vec<Legend> = zooms.iter().map(|zoom| Legend::at(&self.style, *zoom)).collect();
        let look = |class: &'static Class, table: &Table| {
            let of =
                |legend: &Legend| table.geometry.map(|geometry| legend.symbol(class, geometry)).unwrap_or_default();
            let found = legends.iter().map(of).zip(&zooms).enumerate().find(|(_, (symbol, _))| !symbol.is_empty());
            let Some((step, (symbol, zoom))) = found else {
                return Look { class, symbol: Symbol::default(), from: None };
            };
            let from = (step > 0).then(|| self.sheet.scale * libm::exp2(self.sheet.zoom - zoom));
            Look { class, symbol, from }
        };
        let mut drawn: Vec<StyledLayer> = Vec::with_capacity(self.tables.len());
        for table in &self.tables {
            let mut classes: Vec<Look> = Vec::new();
            for row in 0..table.rows.len() {
                let Some(class) = table.feature(row).map(|feature| table.features.class(feature)) else { continue };
                // Rows are by class, so the last one is it most often.
                if classes.iter().rev().all(|known| known.class.id != class.id) {
                    classes.push(look(class, table));
                }
            }
            drawn.push(StyledLayer { table, classes });
        }
        crate::order::sort_by_key(&mut drawn, |layer| layer.row());
        drawn
    }
}

impl StyledLayer<'_, '_, '_> {
    /// Where in the drawing order it is: areas under lines under points, among them as the style draws the first of it.
    fn row(&self) -> (u8, usize) {
        let kind = match self.table.geometry {
            None | Some(Geometry::Area) => 0,
            Some(Geometry::Line) => 1,
            Some(Geometry::Point) => 2,
        };
        (kind, self.classes.iter().map(|look| look.symbol.row).min().unwrap_or(usize::MAX))
    }
}
