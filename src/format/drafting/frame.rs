//! Where and how large a drawing is drawn.

use super::unit::Unit;
use crate::error::Result;
use crate::format::Settings;
use crate::plan::Plan;

/// A local origin is a multiple of so many metres.
const ROUND: f64 = 1000.0;

/// From the map to the drawing.
#[derive(Clone, Copy)]
pub(super) struct Frame {
    /// Where the drawing's origin lies, metres.
    pub(super) origin: [f64; 2],
    pub(super) unit: &'static Unit,
    /// Metres of a millimetre on the sheet.
    pub(super) metres: f64,
}

impl Frame {
    pub(super) fn new(plan: &Plan, settings: &Settings) -> Result<Self> {
        let unit = Unit::of(settings.text("unit"));
        Ok(Self { origin: origin(plan, settings)?, unit, metres: plan.metres_per_mm() })
    }

    /// A point of the map in the drawing.
    pub(super) fn at(&self, [x, y]: [f64; 2]) -> [f64; 2] {
        // Taking the origin away must not leave dust behind the millimetres.
        let step = |value: f64| libm::round(value * self.unit.per_metre * 1e7) / 1e7;
        [step(x - self.origin[0]), step(y - self.origin[1])]
    }

    pub(super) fn all(&self, points: &[[f64; 2]]) -> Vec<[f64; 2]> {
        points.iter().map(|point| self.at(*point)).collect()
    }

    /// Units of the drawing for a millimetre on the sheet.
    pub(super) fn mm(&self) -> f64 {
        self.metres * self.unit.per_metre
    }
}

/// Where the origin lies: that of the system, a round place at the frame's corner, or one that is named in degrees.
fn origin(plan: &Plan, settings: &Settings) -> Result<[f64; 2]> {
    let (wish, named) = (settings.text("origin"), settings.text("origin_at"));
    let [left, bottom, ..] = plan.features.extent;
    if !named.trim().is_empty() {
        let numbers: Vec<f64> = named.split(',').filter_map(|number| number.trim().parse().ok()).collect();
        let degrees = |lon: f64, lat: f64| lon.abs() <= 180.0 && lat.abs() <= 90.0;
        return match numbers.as_slice() {
            &[lon, lat] if degrees(lon, lat) => plan.features.crs.project([lon, lat]),
            _ => {
                let message = format!("\"{named}\": expected longitude,latitude in degrees, such as 24.95,60.17");
                Err(settings.fault("origin_at", message))
            }
        };
    }
    let round = |side: f64| libm::floor(side / ROUND) * ROUND;
    Ok(if wish == "local" { [round(left), round(bottom)] } else { [0.0; 2] })
}
