//! Geometry for formats that know degrees of WGS 84 alone, whatever `crs` asks for.

use crate::error::{Error, Result};
use crate::map::{Feature, Features};
use crate::note::Notes;
use crate::table::shape::{Shape, Trace};
use crate::wire::{number, wkt};

/// Makes the geometry of features in degrees of WGS 84, longitude first.
#[derive(Debug, Clone, Copy)]
pub struct Degrees {
    digits: u32,
    plain: bool,
}

impl Degrees {
    /// With this many decimals; `notes` hear that another `crs` does not apply.
    pub fn new(features: &Features, digits: u32, notes: &mut Notes) -> Self {
        let epsg = features.crs.epsg;
        if epsg != 4326 {
            let message = format!("The format holds degrees of WGS 84 alone; EPSG:{epsg} does not apply to it.");
            notes.say("degrees_only", 1, message);
        }
        Self { digits, plain: epsg == 4326 }
    }

    /// Decimals of what it makes.
    pub fn digits(&self) -> u32 {
        self.digits
    }

    /// The geometry of a feature on the grid of its decimals.
    ///
    /// # Errors
    /// [`Error::Request`] for a `crs` that shows in one piece what goes on across 180 degrees; [`Error::Crs`].
    pub fn shape(&self, features: &Features, feature: &Feature) -> Result<Shape> {
        if self.plain {
            return Ok(Shape::of(features, feature, self.digits));
        }
        // Every step that coordinates are rounded to.
        let lift = |trace: &[[i64; 2]]| self.lift(features, trace);
        Ok(match Shape::of(features, feature, if features.crs.geographic { 7 } else { 3 }) {
            Shape::Points(points) => Shape::Points(lift(&points)?),
            Shape::Lines(lines) => {
                Shape::Lines(lines.iter().map(|line| self.trace(&lift(line)?)).collect::<Result<_>>()?)
            }
            Shape::Areas(areas) => {
                let polygon = |rings: &Vec<Trace>| -> Result<Vec<Trace>> {
                    let rings = rings.iter().map(|ring| self.trace(&lift(ring)?)).collect::<Result<Vec<_>>>()?;
                    // Holes of a ring that fell away go with it.
                    let gone = rings.first().is_none_or(|outer| outer.len() < 4);
                    Ok(if gone { Vec::new() } else { rings.into_iter().filter(|ring| ring.len() >= 4).collect() })
                };
                let areas = areas.iter().map(polygon).collect::<Result<Vec<_>>>()?;
                Shape::Areas(areas.into_iter().filter(|area| !area.is_empty()).collect())
            }
        })
    }

    /// Points in degrees, on their grid.
    fn lift(&self, features: &Features, trace: &[[i64; 2]]) -> Result<Trace> {
        let (crs, steps) = (&features.crs, features.crs.steps());
        let place = |point: &[i64; 2]| {
            let degrees = crs.unproject(point.map(|value| value as f64 / steps))?;
            Ok(degrees.map(|value| number::quantise(value, self.digits)))
        };
        trace.iter().map(place).collect()
    }

    /// A line or ring without points that fell together, unless it leaps around the world.
    fn trace(&self, places: &Trace) -> Result<Trace> {
        let turn = number::quantise(180.0, self.digits);
        if places.windows(2).any(|pair| matches!(pair, [[a, _], [b, _]] if (a - b).abs() > turn)) {
            let why = "shows in one piece what degrees cut at 180; leave it out for this format";
            return Err(Error::request("crs", why));
        }
        let points: Vec<[f64; 2]> = places.iter().map(|place| place.map(|step| step as f64)).collect();
        Ok(wkt::trace(&points, 0))
    }
}
