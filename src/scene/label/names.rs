//! Which names stand where: none stands twice beside itself, whatever kinds of things bear it.

use super::baseline::distance;
use hashbrown::HashMap;

/// Names nearer than this are the same label twice, in font sizes; nor nearer than they are wide.
const BESIDE: f64 = 8.0;
/// The same plate does not stand again nearer than this, mm.
const PLATES: f64 = 35.0;

/// Names that are placed.
#[derive(Default)]
pub struct Names(HashMap<String, Vec<Spot>, foldhash::fast::FixedState>);

/// Where a name stands.
struct Spot {
    middle: [f64; 2],
    reach: f64,
    /// Whether along a line.
    along: bool,
}

/// How much room a name wants to itself.
#[derive(Clone, Copy)]
pub struct Room {
    /// Width of the label, mm.
    pub width: f64,
    /// Font size, mm.
    pub size: f64,
    /// Whether it stands on a plate.
    pub plate: bool,
}

impl Room {
    fn reach(self) -> f64 {
        self.width.max(self.size * BESIDE).max(if self.plate { PLATES } else { 0.0 })
    }
}

impl Names {
    /// Whether a name may stand somewhere; `apart` is the least distance from the same name along a line.
    pub fn free(&self, text: &str, middle: [f64; 2], room: Room, apart: f64) -> bool {
        let Some(spots) = counted(text, room).and_then(|key| self.0.get(&key)) else { return true };
        let clear = |spot: &Spot| {
            let least = room.reach().max(spot.reach).max(if spot.along { apart } else { 0.0 });
            distance(spot.middle, middle) >= least
        };
        spots.iter().all(clear)
    }

    /// Remembers where a name stands.
    pub fn take(&mut self, text: &str, middle: [f64; 2], room: Room, along: bool) {
        if let Some(key) = counted(text, room) {
            self.0.entry(key).or_default().push(Spot { middle, reach: room.reach(), along });
        }
    }
}

/// A text as names are compared; none for house numbers and letters that stand for a kind of thing.
fn counted(text: &str, room: Room) -> Option<String> {
    let name = room.plate || text.chars().filter(|c| c.is_alphabetic()).nth(1).is_some();
    name.then(|| text.split_whitespace().collect::<Vec<_>>().join(" "))
}
