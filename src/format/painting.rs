//! Drawn sheets as flat records: layers, shapes and labels in the order in which they are painted, in colours without
//! opacity. What writes them in a format's own way is a [`Painter`]; what a format can hold are its [`Abilities`].

mod abilities;
mod contour;
pub mod conventions;
pub mod corel;
mod dashes;
mod fit;
pub mod gdi;
pub mod letters;
mod mix;
mod paint;
mod painter;
mod shelf;

pub use abilities::{Abilities, Cutting, Texts};
pub use contour::{Contour, Step};
pub use mix::Mixer;
pub use paint::{Page, paint};
pub use painter::{Frame, Label, Layer, Lettering, Letters, Look, Painter, Pen, Run, Shape};
pub use shelf::{Place, Shelf};

use super::Opt;

/// The option of formats whose text is text: what stands around letters where a style wants a halo.
pub const HALO: Opt = Opt::choice("halo", "Text halo: a contour below the letters, or none", &["contour", "none"]);
/// That of formats whose dashes are a few patterns of their own.
pub const DASHES: Opt = Opt::choice(
    "dashes",
    "Dashed lines: the nearest pattern of the program, or a line for every dash",
    &["pattern", "lines"],
);
