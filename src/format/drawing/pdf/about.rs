//! What the document says about itself: title, terms, date, and where on earth it lies.

use super::number::POINTS;
use crate::provenance::Provenance;
use crate::scene::Scene;
use crate::wire::{number, xmp};
use pdf_writer::{Array, Date, Name, Pdf, Rect, Ref, TextStr};

/// Corners of the viewport as shares of it: lower left, upper left, upper right, lower right.
const UNIT_SQUARE: [f32; 8] = [0.0, 0.0, 0.0, 1.0, 1.0, 1.0, 1.0, 0.0];

/// As long as eight numbers of degrees and what is between them.
const PLACEHOLDER: [u8; 112] = [b'P'; 112];

/// The document information dictionary (ISO 32000-1 §14.3.3).
pub fn info(pdf: &mut Pdf, id: Ref, scene: &Scene, kind: xmp::Kind) {
    let press = kind == xmp::Kind::Press;
    let mut info = pdf.document_info(id);
    info.title(TextStr(&scene.title)).subject(TextStr(&scene.attribution));
    info.creator(TextStr("mapwright")).producer(TextStr("mapwright"));
    // A print always has a date.
    let never = || press.then(|| Date::new(1970).month(1).day(1).hour(0).minute(0).second(0).utc_offset_hour(0));
    if let Some(date) = date(&scene.timestamp).or_else(never) {
        info.creation_date(date).modified_date(date);
    }
    if press {
        info.pair(Name(b"Trapped"), Name(b"False")).pair(Name(b"GTS_PDFXVersion"), TextStr("PDF/X-4"));
    }
}

/// `2019-04-21T20:21:22Z` as a PDF date; none for anything else.
fn date(timestamp: &str) -> Option<Date> {
    let (day, time) = timestamp.strip_suffix('Z')?.split_once('T')?;
    let numbers = |text: &str, separator| -> Option<Vec<u16>> {
        text.split(separator).map(|part| part.split('.').next().unwrap_or("").parse().ok()).collect()
    };
    let ([year, month, day], [hour, minute, second]) =
        (numbers(day, '-')?.try_into().ok()?, numbers(time, ':')?.try_into().ok()?);
    let [month, day, hour, minute, second]: [u8; 5] = [
        u8::try_from(month).ok()?,
        u8::try_from(day).ok()?,
        u8::try_from(hour).ok()?,
        u8::try_from(minute).ok()?,
        u8::try_from(second).ok()?,
    ];
    Some(Date::new(year).month(month).day(day).hour(hour).minute(minute).second(second).utc_offset_hour(0))
}

/// The same as an XMP packet.
pub fn xmp(scene: &Scene, provenance: &Provenance, kind: xmp::Kind, content: &[u8]) -> Vec<u8> {
    let (id, _) = file_id(content);
    let id: String = id.iter().map(|byte| format!("{byte:02x}")).collect();
    xmp::packet(&xmp::About {
        format: "application/pdf",
        title: &scene.title,
        rights: &scene.attribution,
        timestamp: &scene.timestamp,
        provenance: &provenance.text(),
        kind,
        id: &format!("uuid:{id}"),
    })
}

/// The map frame as a viewport that knows its coordinates. Lower left comes first: swapped, readers flip the map.
pub fn viewport(mut viewports: Array, scene: &Scene) {
    let sheet = &scene.sheet;
    let [x, y, width, height] = sheet.map;
    let points = |mm: f64| (mm * POINTS) as f32;
    let outer = sheet.outer();
    let (left, bottom) = (points(outer + x), points(outer + sheet.height - y - height));
    let mut view = viewports.push().dict();
    view.pair(Name(b"Type"), Name(b"Viewport")).pair(Name(b"Name"), TextStr("map"));
    view.pair(Name(b"BBox"), Rect::new(left, bottom, left + points(width), bottom + points(height)));
    let mut measure = view.insert(Name(b"Measure")).dict();
    measure.pair(Name(b"Type"), Name(b"Measure")).pair(Name(b"Subtype"), Name(b"GEO"));
    measure.insert(Name(b"Bounds")).array().items(UNIT_SQUARE);
    measure.insert(Name(b"LPTS")).array().items(UNIT_SQUARE);
    measure.pair(Name(b"GPTS"), Name(&PLACEHOLDER));
    let kind: &[u8] = if sheet.crs.geographic { b"GEOGCS" } else { b"PROJCS" };
    let mut system = measure.insert(Name(b"GCS")).dict();
    system.pair(Name(b"Type"), Name(kind)).pair(Name(b"EPSG"), i32::from(sheet.crs.epsg));
}

/// Puts the corners, latitude first, where [`viewport`] left room: pdf-writer's numbers have 24 bits, a metre or two.
pub fn fill_places(pdf: &mut [u8], scene: &Scene) {
    let length = PLACEHOLDER.len() + 1;
    let room = pdf.windows(length).rposition(|bytes| bytes.strip_prefix(b"/") == Some(&PLACEHOLDER));
    let Some(room) = room.and_then(|start| pdf.get_mut(start..start + length)) else { return };
    let mut places = vec![b'['];
    for &[longitude, latitude] in &scene.sheet.corners {
        for degrees in [latitude, longitude] {
            number::fixed(&mut places, number::quantise(degrees, 7), 7);
            places.push(b' ');
        }
    }
    places.pop();
    places.resize(length - 1, b' ');
    places.push(b']');
    room.copy_from_slice(&places);
}

/// A number that stands for bytes: FNV-1a, 64 bits, from a start of its own.
pub fn hash(bytes: impl IntoIterator<Item = u8>, start: u64) -> u64 {
    bytes
        .into_iter()
        .fold(0xcbf2_9ce4_8422_2325 ^ start, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3))
}

/// The file's id (§14.4), made from its content: the same drawing has the same id.
pub fn file_id(content: &[u8]) -> (Vec<u8>, Vec<u8>) {
    let half = |start| hash(content.iter().copied(), start).to_be_bytes();
    let id = [half(0), half(1)].concat();
    (id.clone(), id)
}
