//! Subpaths as path data, and the paper that covers what overhangs where nothing is cut.

use super::writer::Writer;
use crate::scene::{Cut, Scene};
use crate::wire::pathdata::PathData;
use std::ops::Range;

/// Writes subpaths.
pub fn trace(data: &mut PathData, scene: &Scene, rows: Range<u32>, unit: f64) {
    for row in rows {
        let (points, closed) = scene.paths.get(row);
        if unit == 1.0 {
            data.polyline(points, closed);
        } else {
            let scaled: Vec<_> = points.iter().map(|[x, y]| [x * unit, y * unit]).collect();
            data.polyline(&scaled, closed);
        }
    }
}

impl Writer<'_> {
    /// Paper over what overhangs the frame.
    pub fn margin(&mut self) {
        let (scene, unit) = (self.scene, self.dialect.unit);
        let (sheet, outer) = (&scene.sheet, scene.sheet.outer());
        self.xml.start("path").attr("fill", "#fff");
        let digits = self.digits;
        self.xml.attr_with("d", |out| {
            let mut data = PathData::new(out, digits);
            let corners = |[x, y, width, height]: [f64; 4]| {
                [[x, y], [x + width, y], [x + width, y + height], [x, y + height]].map(|[x, y]| [x * unit, y * unit])
            };
            let page = [-outer, -outer, sheet.width + 2.0 * outer, sheet.height + 2.0 * outer];
            data.polyline(&corners(page), true);
            match &scene.frame {
                Cut::Rectangle(sides) => data.polyline(&corners(*sides), true),
                Cut::Shape(rows) => trace(&mut data, scene, rows.clone(), unit),
            }
        });
        self.xml.end();
    }
}
