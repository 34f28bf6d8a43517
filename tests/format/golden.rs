//! What each format wrote of the sample last time, byte for byte. `cargo xtask bless` writes the files anew; look at the
//! difference before you commit it.

use super::sample;
use mapwright::format::FORMATS;
use mapwright::request::Request;
use mapwright::watch::Watch;
use std::path::PathBuf;

#[test]
fn golden_files_are_unchanged() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let bless = std::env::var_os("MAPWRIGHT_BLESS").is_some();
    let mut changed = Vec::new();
    for entry in FORMATS {
        let (bytes, _) = sample::write(entry, &Request::default(), false, &mut Watch::silent()).unwrap();
        let path = folder.join(format!("{}.{}", entry.format.id, entry.format.extension));
        if bless {
            std::fs::create_dir_all(&folder).unwrap();
            std::fs::write(&path, &bytes).unwrap();
        } else if !same(entry.format.id, &std::fs::read(&path).unwrap_or_default(), &bytes) {
            changed.push(entry.format.id);
        }
    }
    assert!(changed.is_empty(), "{changed:?} changed; if that was meant: cargo xtask bless");
}

/// Same bytes; for pictures the same pixels within one level, since processors add up fractions differently.
fn same(id: &str, before: &[u8], now: &[u8]) -> bool {
    if before == now || id != "png" {
        return before == now;
    }
    match (pixels(before), pixels(now)) {
        (Some(before), Some(now)) => {
            before.len() == now.len() && before.iter().zip(&now).all(|(a, b)| a.abs_diff(*b) <= 1)
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
