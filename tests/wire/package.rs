//! Packages that Python, unzip and zipinfo check (`package.py`).

use super::{Folder, python, run};
use mapwright::Error;
use mapwright::sink::Sink;
use mapwright::wire::package::{How, Package};
use std::path::Path;

/// Bytes that compress to about half.
fn bytes(count: usize) -> Vec<u8> {
    (0..count).map(|at| if at % 3 == 0 { 7 } else { ((at * at) >> 5) as u8 }).collect()
}

/// Entries of every kind.
fn everything(sink: &mut dyn Sink) -> Result<(), Error> {
    let mut package = Package::new(sink);
    package.mimetype("application/vnd.oasis.opendocument.text")?;
    package.put("folder/packed.bin", How::PACKED, &bytes(200_000))?;
    package.put("empty", How::STORED, b"")?;
    package.put("empty packed", How::PACKED, b"")?;
    package.put("карта/Zürich 東京.txt", How::PACKED, "Здравствуй".as_bytes())?;
    for step in [2, 64, 4096] {
        package.put(&format!("at {step}"), How::STORED.aligned(step), &bytes(step as usize + 5))?;
    }
    package.put("packed at 64", How::PACKED.aligned(64), &bytes(1000))?;
    let mut entry = package.entry("pieces", How::PACKED.large())?;
    for part in bytes(3_000_000).chunks(70_001) {
        entry.put(part)?;
    }
    assert_eq!((entry.position(), entry.patch(0, b"x").is_err()), (3_000_000, true));
    package.entry("stored pieces", How::STORED)?.put(&bytes(100))?;
    package.finish()
}

#[test]
fn packages_are_whole_to_python_and_unzip() {
    let folder = Folder::new("package");
    let mut out = Vec::new();
    everything(&mut out).unwrap();
    let mut again = Vec::new();
    everything(&mut again).unwrap();
    assert!(out == again, "other bytes");
    let file = folder.keep("everything.zip", &out);
    python("package.py", &file);
    assert!(run("unzip", &[Path::new("-t"), &file]).contains("No errors detected in compressed data"));
    let said = run("zipinfo", &[Path::new("-v"), &file]);
    assert!(said.contains("Zürich 東京") || said.contains("Z"), "{said}");
    assert!(said.contains("minimum file system compatibility required:     MS-DOS, OS/2 or NT FAT"), "{said}");
}

#[test]
fn more_entries_than_two_bytes_can_count_are_counted() {
    let folder = Folder::new("many");
    let mut out = Vec::new();
    let mut package = Package::new(&mut out);
    for row in 0..70_000 {
        package.put(&format!("{}/{row}", row % 100), How::STORED, &[row as u8]).unwrap();
    }
    package.finish().unwrap();
    let file = folder.keep("many.zip", &out);
    python("package.py", &file);
    assert!(run("zipinfo", &[Path::new("-t"), &file]).contains("70000 files"));
}
