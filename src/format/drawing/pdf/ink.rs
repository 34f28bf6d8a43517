//! Inks: colours in the colour space of the page, and spot colours (ISO 32000-1 §8.6.4, §8.6.6.4).

use super::number::share;
use crate::error::Result;
use crate::format::Settings;
use crate::style::color::Rgba;
use crate::wire::icc::cmyk;
use pdf_writer::Name;
use pdf_writer::types::ColorSpaceOperand;
use pdf_writer::writers::Resources;

/// A colour as the content stream sets it.
pub enum Ink {
    /// DeviceRGB.
    Rgb([f32; 3]),
    /// DeviceCMYK.
    Cmyk([f32; 4]),
    /// All of a spot colour: its row.
    Spot(usize),
}

/// A colour that is printed with an ink of its own.
struct Spot {
    color: [u8; 3],
    name: String,
    used: bool,
}

/// The inks of a file.
#[derive(Default)]
pub struct Inks {
    cmyk: bool,
    spots: Vec<Spot>,
}

impl Inks {
    /// Those that the options `color` and `spots` ask for; all CMYK where `cmyk` says so.
    ///
    /// # Errors
    /// [`Error::Request`] for a list of spot colours that cannot be read.
    pub fn new(settings: &Settings, cmyk: bool) -> Result<Self> {
        let spots = settings
            .text("spots")
            .split(',')
            .map(str::trim)
            .filter(|part| !part.is_empty())
            .map(|text| spot(text, settings));
        Ok(Self { cmyk: cmyk || settings.text("color") == "cmyk", spots: spots.collect::<Result<_>>()? })
    }

    /// Whether process colours are CMYK.
    pub fn cmyk(&self) -> bool {
        self.cmyk
    }

    /// The ink of a colour.
    pub fn of(&mut self, color: [u8; 3]) -> Ink {
        if let Some((row, spot)) = self.spots.iter_mut().enumerate().find(|(_, spot)| spot.color == color) {
            spot.used = true;
            return Ink::Spot(row);
        }
        if self.cmyk { Ink::Cmyk(cmyk(color)) } else { Ink::Rgb(color.map(share)) }
    }

    /// Names of spot colours whose colour is nowhere on the page.
    pub fn idle(&self) -> Vec<&str> {
        self.spots.iter().filter(|spot| !spot.used).map(|spot| spot.name.as_str()).collect()
    }

    /// Says in the resources of a page what the spot colours are: separations that look like their colour in CMYK.
    pub fn declare(&self, resources: &mut Resources) {
        if self.spots.is_empty() {
            return;
        }
        let mut spaces = resources.color_spaces();
        for (row, spot) in self.spots.iter().enumerate() {
            let space = spaces.insert(Name(space(row).as_bytes())).start::<pdf_writer::writers::ColorSpace>();
            let mut separation = space.separation(Name(spot.name.as_bytes()));
            separation.alternate_color_space().device_cmyk();
            let mut tint = separation.tint_exponential();
            tint.domain([0.0, 1.0]).range([0.0, 1.0].repeat(4)).c0([0.0; 4]).c1(cmyk(spot.color)).n(1.0);
        }
    }
}

/// Name of the colour space of a spot colour.
fn space(row: usize) -> String {
    format!("S{row}")
}

/// Hands the name of the colour space of a spot colour to `take`.
pub fn with_space(row: usize, take: impl FnOnce(ColorSpaceOperand)) {
    take(ColorSpaceOperand::Named(Name(space(row).as_bytes())));
}

/// `#rrggbb=Name` → a spot colour.
fn spot(text: &str, settings: &Settings) -> Result<Spot> {
    let wrong = || {
        let shape = "expected colours with the names of their inks, such as \"#e4002b=PANTONE 185 C, #000=Black\"";
        settings.fault("spots", format!("\"{text}\" is no spot colour; {shape}"))
    };
    let (color, name) = text.split_once('=').ok_or_else(wrong)?;
    let color = Rgba::parse(color.trim()).filter(|_| !name.trim().is_empty()).ok_or_else(wrong)?;
    let byte = |share: f64| libm::round(share.clamp(0.0, 1.0) * 255.0) as u8;
    Ok(Spot { color: [color.r, color.g, color.b].map(byte), name: name.trim().to_owned(), used: false })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spot_colours_are_read_and_faults_named() {
        let settings = Settings::new("pdf", &[], None).unwrap();
        let spot = |text| spot(text, &settings);
        let found = spot(" #e4002b = PANTONE 185 C".trim()).unwrap();
        assert_eq!((found.color, found.name.as_str()), ([0xe4, 0, 0x2b], "PANTONE 185 C"));
        for text in ["red", "#12=", "nothing=Ink"] {
            assert_eq!(
                spot(text).err().and_then(|fault| fault.field().map(str::to_owned)).as_deref(),
                Some("options.pdf.spots")
            );
        }
    }
}
