//! **Print** is a map as one solid that a 3D printer can make: closed, without overlaps, flat underneath.
//!
//! No solids are cut or joined. The ground is divided into faces by all borders, roof edges included, noded on a grid of
//! hundredths of a millimetre and triangulated once. Each face has a top, there is one common underside, and where the
//! tops of neighbours differ stands a wall. So every edge has two triangles by construction, whatever the data.

mod measures;
mod net;
mod region;
mod relief;

pub use measures::{Corner, Measures, STEPS};

use super::building::Losses;
use super::raise::UNDERGROUND;
use crate::error::Result;
use crate::map::Features;
use crate::note::Notes;
use crate::watch::{Stage, Watch};
use region::Ground;

/// A print.
#[derive(Debug)]
pub struct Print {
    /// Triangles, counter-clockwise seen from outside.
    pub triangles: Vec<[Corner; 3]>,
    /// What was left out.
    pub notes: Notes,
}

/// Makes a print of features in metres.
///
/// # Errors
/// [`crate::Error::Cancelled`].
pub fn print(features: &Features, measures: &Measures, watch: &mut Watch) -> Result<Print> {
    let mut ground = Ground::new(features, measures);
    let mut losses = Losses::default();
    region::collect(&mut ground, features, measures, &mut losses, watch)?;
    let mut notes = Notes::default();
    losses.say(&mut notes);
    let rows = [
        ("underground", ground.tunnels, UNDERGROUND),
        ("too_thin", ground.thin, "roads and waters are too narrow to be printed in this size"),
        ("too_small", ground.small, "buildings are too small to be printed in this size"),
    ];
    for (code, count, what) in rows.into_iter().filter(|(_, count, _)| *count > 0) {
        notes.say(code, count, format!("{count} {what}"));
    }
    let triangles = relief::raise(&mut ground, watch)?;
    watch.at(Stage::Draw, 1, 1)?;
    Ok(Print { triangles, notes })
}
