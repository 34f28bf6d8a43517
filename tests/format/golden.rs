//! What each format wrote of the sample last time, byte for byte. `cargo xtask bless` writes the files anew; look at the
//! difference before you commit it.

use super::{pictures, sample};
use mapwright::format::{Entry, formats};
use mapwright::request::Request;
use mapwright::watch::Watch;
use std::path::PathBuf;

/// Pixels of a picture.
type Decode = fn(&[u8]) -> Option<Vec<u8>>;

#[test]
fn golden_files_are_unchanged() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let bless = std::env::var_os("MAPWRIGHT_BLESS").is_some();
    let mut changed = Vec::new();
    for entry in formats() {
        let (mut bytes, _) = sample::write(&entry, &Request::default(), false, &mut Watch::silent()).unwrap();
        if entry.format.id == "html" {
            bytes = blocks(&bytes);
        }
        let path = folder.join(format!("{}.{}", entry.format.id, entry.format.extension));
        if bless {
            std::fs::create_dir_all(&folder).unwrap();
            std::fs::write(&path, &bytes).unwrap();
        } else if !same(&entry, &std::fs::read(&path).unwrap_or_default(), &bytes) {
            changed.push(entry.format.id);
        }
    }
    assert!(changed.is_empty(), "{changed:?} changed; if that was meant: cargo xtask bless");
}

/// What a page of HTML holds of the map: MapLibre, which comes with it, stands around and behind.
fn blocks(page: &[u8]) -> Vec<u8> {
    let text = std::str::from_utf8(page).unwrap();
    let [begin, end] = ["<script type=\"application/json\" id=\"map\">", "<script type=\"text/plain\" id=\"engine\">"];
    let (_, rest) = text.split_once(begin).unwrap();
    rest.split_once(end).unwrap().0.into()
}

/// Same bytes; for pictures the same pixels within one level (JPEG: five, as its coder rounds them again), since
/// processors add up fractions differently. Of other pictures, which readers decode, nearly the same number of bytes.
fn same(entry: &Entry, before: &[u8], now: &[u8]) -> bool {
    let (decode, levels): (Decode, u8) = match entry.format.id {
        _ if entry.pack == "pictures" => return before == now || before.len().abs_diff(now.len()) * 100 < before.len(),
        "png" => (pixels, 1),
        "webp" => (pictures::webp, 1),
        "jpg" => (pictures::jpg, 5),
        _ => return before == now,
    };
    before == now
        || match (decode(before), decode(now)) {
            (Some(before), Some(now)) => {
                before.len() == now.len() && before.iter().zip(&now).all(|(a, b)| a.abs_diff(*b) <= levels)
            }
            _ => false,
        }
}

fn pixels(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut reader = png::Decoder::new(std::io::Cursor::new(bytes)).read_info().ok()?;
    let mut pixels = vec![0; reader.output_buffer_size()?];
    reader.next_frame(&mut pixels).ok()?;
    Some(pixels)
}
