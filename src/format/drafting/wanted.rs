//! What is wanted of a drawing, as its options say.

use super::limits::Limits;
use crate::format::Settings;
use crate::plan::Plan;

/// What is wanted.
#[derive(Clone, Copy)]
pub(super) struct Wanted {
    /// Height of names of streets, metres.
    pub(super) height: f64,
    pub(super) names: Names,
    /// Every tag as data.
    pub(super) tags: bool,
    /// Outlines of areas.
    pub(super) outlines: bool,
    /// Buildings at their elevation, with a thickness.
    pub(super) heights: bool,
    /// Fillings of areas, and hatches among them.
    pub(super) fill: bool,
    pub(super) hatch: bool,
}

/// Which names there are.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Names {
    /// Those that the style draws at the scale of the sheet and that have room.
    Fitting,
    /// All.
    All,
    /// None.
    None,
}

impl Wanted {
    pub(super) fn new(limits: &Limits, plan: &Plan, settings: &Settings) -> Self {
        let hatch = settings.text("hatch");
        Self {
            height: settings.number("text_mm") * plan.metres_per_mm(),
            names: match settings.text("names") {
                "fitting" => Names::Fitting,
                "all" => Names::All,
                // Formats without texts have no such option.
                _ => Names::None,
            },
            tags: settings.flag("tags"),
            // Without fillings areas are nothing but their outlines.
            outlines: !limits.fillings || settings.flag("outlines"),
            heights: limits.heights && settings.flag("heights"),
            fill: limits.fillings && hatch != "none",
            hatch: limits.fillings && hatch == "class",
        }
    }
}
