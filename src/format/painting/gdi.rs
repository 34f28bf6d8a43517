//! What EMF and WMF share, as Windows has it (\[MS-WMF\] 2.1.1.23, PenStyle).

use crate::scene::{Cap, Join};

/// Ends and corners of a pen.
pub fn style(cap: Cap, join: Join) -> u16 {
    let ends = match cap {
        Cap::Round => 0,
        Cap::Square => 0x100,
        Cap::Butt => 0x200,
    };
    let corners = match join {
        Join::Round => 0,
        Join::Bevel => 0x1000,
        Join::Miter => 0x2000,
    };
    ends | corners
}
