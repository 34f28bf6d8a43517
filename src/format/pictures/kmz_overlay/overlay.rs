//! The document: where each picture lies.

use crate::format::Job;
use crate::scene::Scene;
use crate::wire::number;
use crate::wire::xml::Xml;

/// Decimals of degrees: a hundredth of a pixel of any picture.
const DIGITS: u32 = 11;

/// A picture of a box.
pub struct Overlay {
    /// West and north.
    corner: [f64; 2],
    /// Degrees from west to east and from north to south.
    spans: [f64; 2],
    size: [u32; 2],
    side: u32,
    ending: &'static str,
}

/// A part of it.
pub struct Piece {
    /// Its entry in the package.
    pub name: String,
    /// Columns and rows before it.
    pub corner: [u32; 2],
    /// Width and height.
    pub size: [u32; 2],
}

impl Overlay {
    /// From a corner over so many degrees and pixels, in pieces of at most `side`.
    pub fn new(corner: [f64; 2], spans: [f64; 2], size: [u32; 2], side: u32, ending: &'static str) -> Self {
        Self { corner, spans, size, side, ending }
    }

    /// The pieces, row by row, each about as large as the next.
    pub fn pieces(&self) -> Vec<Piece> {
        let cuts = self.size.map(|pixels| {
            let count = pixels.div_ceil(self.side).max(1);
            let step = pixels.div_ceil(count);
            (0..count).map(|row| [row * step, step.min(pixels - (row * step).min(pixels))]).collect::<Vec<_>>()
        });
        let [columns, rows] = &cuts;
        let mut pieces = Vec::new();
        for (row, &[top, height]) in rows.iter().enumerate() {
            for (column, &[left, width]) in columns.iter().enumerate() {
                if width > 0 && height > 0 {
                    let name = format!("files/{row}-{column}.{}", self.ending);
                    pieces.push(Piece { name, corner: [left, top], size: [width, height] });
                }
            }
        }
        pieces
    }

    /// North, south, east, west of a piece; degrees are even over the picture.
    fn sides(&self, piece: &Piece) -> [f64; 4] {
        let [width, height] = self.size.map(f64::from);
        let across = |pixels: u32| {
            let lon = self.corner[0] + self.spans[0] * f64::from(pixels) / width;
            if lon > 180.0 { lon - 360.0 } else { lon }
        };
        let down = |pixels: u32| self.corner[1] - self.spans[1] * f64::from(pixels) / height;
        let ([left, top], [wide, high]) = (piece.corner, piece.size);
        [down(top), down(top + high), across(left + wide), across(left)]
    }

    /// `doc.kml`.
    pub fn document(&self, scene: &Scene, pieces: &[Piece], job: &Job) -> Vec<u8> {
        let mut xml = Xml::new(true);
        xml.start("kml")
            .attr("xmlns", "http://www.opengis.net/kml/2.2")
            .attr("xmlns:atom", "http://www.w3.org/2005/Atom");
        let title = if scene.title.is_empty() { "map" } else { &scene.title };
        xml.start("Document").leaf("name", title).leaf("open", "1");
        xml.start("atom:author").leaf("atom:name", "OpenStreetMap contributors");
        xml.leaf("atom:uri", crate::osm::COPYRIGHT).end_block();
        xml.start("Snippet").attr("maxLines", "1").text(&scene.attribution).end();
        xml.leaf("description", &format!("{}\n{}", scene.attribution, crate::osm::COPYRIGHT));
        xml.start("ExtendedData").start("Data").attr("name", "mapwright");
        xml.start("value").ready(&job.provenance.text()).end().end_block().end_block();
        let opacity = (job.settings.int("opacity").clamp(0, 100) * 255 + 50) / 100;
        let order = job.settings.int("order").to_string();
        for piece in pieces {
            xml.start("GroundOverlay").leaf("name", &piece.name);
            xml.leaf("color", &format!("{opacity:02x}ffffff")).leaf("drawOrder", &order);
            xml.start("Icon").leaf("href", &piece.name).leaf("viewBoundScale", "0.75").end_block();
            xml.start("LatLonBox");
            for (name, degrees) in ["north", "south", "east", "west"].into_iter().zip(self.sides(piece)) {
                xml.leaf(name, &number::text(degrees, DIGITS));
            }
            xml.end_block().end_block();
        }
        xml.finish()
    }
}
