//! RIFF files that Python's module for WAVE and Google's webpinfo read.

use super::{Folder, python, run};
use image_webp::{ColorType, WebPDecoder, WebPEncoder};
use mapwright::wire::record::Little;
use mapwright::wire::riff::Riff;
use std::io::Cursor;
use std::path::Path;

/// Sound of one second: chunks of odd lengths before the data, a list, data in pieces.
#[test]
fn lists_and_odd_chunks_are_passed_over() {
    let mut out = Vec::new();
    Riff::write(&mut out, b"WAVE", |riff| {
        riff.chunk(b"junk", b"odd")?;
        riff.list(b"INFO", |list| {
            list.chunk(b"ICOP", "© OpenStreetMap contributors\0".as_bytes())?;
            list.chunk(b"INAM", b"Name\0")
        })?;
        let mut format = Little::new();
        format.u16(1).u16(1).u32(8000).u32(8000).u16(1).u16(8);
        riff.chunk(b"fmt ", format.as_ref())?;
        riff.stream(b"data", |sink| (0..7999_u32).try_for_each(|at| sink.put(&[(at * 7) as u8])))
    })
    .unwrap();
    let folder = Folder::new("riff");
    python("riff.py", &folder.keep("sound.wav", &out));
}

/// A picture put together anew from the pixels of another: its head, pixels, Exif and XMP of odd lengths.
#[test]
fn webp_is_made_of_chunks() {
    let (side, pixels) = (33, vec![200; 33 * 33 * 3]);
    let mut simple = Vec::new();
    WebPEncoder::new(&mut simple).encode(&pixels, side, side, ColorType::Rgb8).unwrap();
    let length = u32::from_le_bytes(simple[16..20].try_into().unwrap()) as usize;
    let mut out = Vec::new();
    Riff::write(&mut out, b"WEBP", |riff| {
        let mut head = Little::new();
        // Exif and XMP; sides less one in three bytes.
        head.u32(12).u16(32).u8(0).u16(32).u8(0);
        riff.chunk(b"VP8X", head.as_ref())?;
        riff.chunk(b"VP8L", &simple[20..20 + length])?;
        riff.chunk(b"EXIF", b"MM\0\x2a\0\0\0\x08\0\0\0\0\0")?;
        riff.chunk(b"XMP ", b"<x/>\n")
    })
    .unwrap();
    let mut decoder = WebPDecoder::new(Cursor::new(&out)).unwrap();
    let mut read = vec![0; decoder.output_buffer_size().unwrap()];
    decoder.read_image(&mut read).unwrap();
    assert!(read == pixels && decoder.exif_metadata().unwrap().is_some_and(|exif| exif.len() == 13));
    let folder = Folder::new("webp");
    let said = run("webpinfo", &[Path::new("-diag"), &folder.keep("picture.webp", &out)]);
    assert!(said.contains("No error detected."), "{said}");
    let chunks: Vec<_> = said.lines().filter(|line| line.starts_with("Chunk ")).map(|line| &line[6..10]).collect();
    assert_eq!(chunks, ["VP8X", "VP8L", "EXIF", "XMP "], "{said}");
}
