//! **StyledLayers**: features as tables of layers, and how each class in them looks; what a geographic information system
//! opens as a finished map (OGC 05-078r4, Styled Layer Descriptor, speaks of them so).

use crate::color::Color;
use crate::map::classify::Class;
use crate::map::{Geometry, Value};
use crate::sheet::Sheet;
use crate::style::symbol::Symbol;
use crate::style::{Legend, State, Style};
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
    /// The classes of its rows, the most important ones first, and how each looks on the ground, on bridges, in tunnels.
    pub classes: Vec<Look>,
}

/// The fields that say where a feature lies.
const BRIDGE: &str = "bridge";
const TUNNEL: &str = "tunnel";
/// All states.
const STATES: &[State] = &[State::Plain, State::Bridge, State::Tunnel];

/// How a class looks.
pub struct Look {
    /// The class.
    pub class: &'static Class,
    /// Of which of its features this is the look; tables without the fields `bridge` and `tunnel` have plain ones alone.
    pub state: State,
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
        let look = |class: &'static Class, state: State, table: &Table| {
            let of = |legend: &Legend| {
                table.geometry.map(|geometry| legend.symbol(class, geometry, state)).unwrap_or_default()
            };
            let found = legends.iter().map(of).zip(&zooms).find(|(symbol, _)| !symbol.is_empty());
            let Some((symbol, &zoom)) = found else {
                return Look { class, state, symbol: Symbol::default(), from: None };
            };
            let from = (zoom > own).then(|| self.sheet.scale * libm::exp2(own - zoom));
            Look { class, state, symbol, from }
        };
        let mut drawn: Vec<StyledLayer> = Vec::with_capacity(self.tables.len());
        for table in &self.tables {
            let states: &[State] =
                if table.columns.iter().any(|column| column.name == BRIDGE) { STATES } else { &[State::Plain] };
            let mut classes: Vec<Look> = Vec::new();
            for row in 0..table.rows.len() {
                let Some(class) = table.feature(row).map(|feature| table.features.class(feature)) else { continue };
                // Rows are by class, so the last one is it most often.
                if classes.iter().rev().all(|known| known.class.id != class.id) {
                    classes.extend(states.iter().map(|state| look(class, *state, table)));
                }
            }
            drawn.push(StyledLayer { table, classes });
        }
        crate::order::sort_by_key(&mut drawn, |layer| layer.row());
        drawn
    }
}

impl StyledLayer<'_, '_, '_> {
    /// How the feature of a row looks.
    pub fn look(&self, row: usize) -> Option<&Look> {
        self.classes.get(self.place(row)?)
    }

    /// Which of the looks the feature of a row has.
    pub fn place(&self, row: usize) -> Option<usize> {
        let class = self.table.features.class(self.table.feature(row)?);
        let says = |name: &str| {
            let column = self.table.columns.iter().find(|column| column.name == name);
            column.is_some_and(|column| column.cell(row) == Value::Flag(true))
        };
        let state = match (says(BRIDGE), says(TUNNEL)) {
            (_, true) => State::Tunnel,
            (true, _) => State::Bridge,
            _ => State::Plain,
        };
        let plain = self.classes.iter().position(|look| look.class.id == class.id)?;
        // The states of a class stand together, where a table has them.
        let own = self.classes.iter().skip(plain).position(|look| look.class.id == class.id && look.state == state);
        Some(plain + own.unwrap_or(0))
    }

    /// Where in the drawing order it is: areas under lines under points, among them as the style draws the first of it.
    fn row(&self) -> (u8, usize) {
        let kind = match self.table.geometry {
            None | Some(Geometry::Area) => 0,
            Some(Geometry::Line) => 1,
            Some(Geometry::Point) => 2,
        };
        let drawn = self.classes.iter().map(|look| &look.symbol).filter(|symbol| !symbol.is_empty());
        (kind, drawn.map(|symbol| symbol.row).min().unwrap_or(usize::MAX))
    }
}
