//! How a print is made, and the grid it is made on.

/// Steps of the grid in a millimetre.
pub const STEPS: f64 = 100.0;

/// A corner in steps: east, north, up from the lower left corner of the underside.
pub type Corner = [i64; 3];

/// How a print is made; millimetres.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Measures {
    /// Its longer side.
    pub size: f64,
    /// From the underside to the ground.
    pub base: f64,
    /// How many times too high things are.
    pub exaggeration: f64,
    /// What is narrower is widened or left out.
    pub least: f64,
    /// How far roads stand out of the ground; negative where they are cut into it.
    pub roads: f64,
    /// How deep water lies.
    pub water: f64,
}
