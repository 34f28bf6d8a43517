//! Tests of `format`: what holds for every format by itself, what single formats promise, and what each wrote last time.

mod contract;
mod csv;
mod dxf;
mod geojson;
mod geojsonseq;
mod golden;
mod network;
mod osm;
mod pages;
mod pictures;
mod postscript;
pub mod sample;

use std::io::Read;

/// Whether a file says `text`: in its bytes, in a zlib or gzip stream of it, or as UTF-16.
fn says(bytes: &[u8], text: &str) -> bool {
    let holds = |bytes: &[u8], part: &[u8]| bytes.windows(part.len()).any(|window| window == part);
    let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let here = |bytes: &[u8]| holds(bytes, text.as_bytes()) || holds(bytes, &wide);
    let mut unpacked = Vec::new();
    flate2::read::GzDecoder::new(bytes).read_to_end(&mut unpacked).ok();
    here(bytes) || here(&unpacked) || streams(bytes).iter().any(|stream| here(stream))
}

/// Everything in a file that unpacks as zlib or gzip.
fn streams(bytes: &[u8]) -> Vec<Vec<u8>> {
    let starts = bytes.windows(2).enumerate().filter(|(_, head)| matches!(head, [0x78, 0x01 | 0x5e | 0x9c | 0xda]));
    let unpacked = starts.map(|(at, _)| {
        let mut out = Vec::new();
        flate2::read::ZlibDecoder::new(&bytes[at..]).read_to_end(&mut out).ok();
        out
    });
    let gzips = bytes.windows(3).enumerate().filter(|(_, head)| *head == [0x1f, 0x8b, 8]).map(|(at, _)| {
        let mut out = Vec::new();
        flate2::read::GzDecoder::new(&bytes[at..]).read_to_end(&mut out).ok();
        out
    });
    unpacked.chain(gzips).filter(|out| !out.is_empty()).collect()
}
