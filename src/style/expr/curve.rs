//! How interpolations get from one value to the next.

use super::{Fault, Value};
use std::sync::Arc;

/// The shape of an interpolation between two stops.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Curve {
    /// A straight line is base 1; larger bases grow late.
    Exponential(f64),
    /// A cubic Bézier curve from 0,0 to 1,1: its two control points.
    Bezier([f64; 4]),
}

impl Curve {
    /// How far between stops `low` and `high` the value at `x` is, 0 to 1.
    pub fn share(self, x: f64, low: f64, high: f64) -> f64 {
        let line = (x - low) / (high - low);
        match self {
            Self::Exponential(base) if (base - 1.0).abs() < f64::EPSILON => line,
            Self::Exponential(base) => (libm::pow(base, x - low) - 1.0) / (libm::pow(base, high - low) - 1.0),
            Self::Bezier(points) => bezier(points, line),
        }
    }
}

/// Height of the curve where its run is `x`, by bisection (the run never goes back).
fn bezier([x1, y1, x2, y2]: [f64; 4], x: f64) -> f64 {
    let at = |p: f64, q: f64, t: f64| {
        let s = 1.0 - t;
        3.0 * s * s * t * p + 3.0 * s * t * t * q + t * t * t
    };
    if x <= 0.0 || x >= 1.0 {
        return x.clamp(0.0, 1.0);
    }
    let (mut low, mut high) = (0.0, 1.0);
    for _ in 0..50 {
        let middle = (low + high) / 2.0;
        if at(x1, x2, middle) < x { low = middle } else { high = middle }
    }
    at(y1, y2, (low + high) / 2.0)
}

/// The value at part `t` between two: numbers, colours, and lists of them.
pub fn blend<'a>(from: &Value<'a>, to: &Value<'a>, t: f64) -> Result<Value<'a>, Fault> {
    match (from, to) {
        (Value::Number(from), Value::Number(to)) => Ok(Value::Number(from + (to - from) * t)),
        (Value::List(from), Value::List(to)) if from.len() == to.len() => {
            let items = from.iter().zip(to.iter()).map(|(from, to)| blend(from, to, t));
            Ok(Value::List(Arc::new(items.collect::<Result<_, _>>()?)))
        }
        _ => match (from.color(), to.color()) {
            (Some(from), Some(to)) => Ok(Value::Color(from.mix(to, t))),
            _ => Err(Fault(format!("cannot interpolate between {} and {}", from.kind(), to.kind()))),
        },
    }
}
