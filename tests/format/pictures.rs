//! JPEG and WebP of the sample sheet, as decoders read them.

use super::sample;
use mapwright::format::find;
use mapwright::request::Request;
use mapwright::scene::raster::{Part, Raster};
use mapwright::watch::Watch;
use serde_json::{Value, json};
use std::io::Cursor;

fn written(format: &str, options: Value) -> Vec<u8> {
    let mut request = Request::default();
    request.options.insert(format.into(), serde_json::from_value(options).unwrap());
    sample::write(&find(format).unwrap(), &request, false, &mut Watch::silent()).unwrap().0
}

/// Pixels of a JPEG.
pub fn jpg(bytes: &[u8]) -> Option<Vec<u8>> {
    jpeg_decoder::Decoder::new(Cursor::new(bytes)).decode().ok()
}

/// Pixels of a WebP.
pub fn webp(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut decoder = image_webp::WebPDecoder::new(Cursor::new(bytes)).ok()?;
    let mut pixels = vec![0; decoder.output_buffer_size()?];
    decoder.read_image(&mut pixels).ok()?;
    Some(pixels)
}

/// The sample as the rasteriser draws it.
fn drawn(transparent: bool) -> Vec<u8> {
    let scene = sample::scene();
    let mut raster = Raster::new(&scene, scene.sheet.dpi).unwrap();
    raster.transparent = transparent;
    let mut pixels = Vec::new();
    let mut take = |rows: &[u8]| {
        pixels.extend_from_slice(rows);
        Ok(())
    };
    raster.bands(&mut Watch::silent(), &mut take).unwrap();
    pixels
}

#[test]
fn webp_is_exact() {
    let rgb: Vec<u8> = drawn(false).chunks_exact(4).flat_map(|pixel| pixel[..3].to_vec()).collect();
    assert!(webp(&written("webp", json!({}))).unwrap() == rgb);
    assert!(webp(&written("webp", json!({"transparent": true}))).unwrap() == drawn(true));
}

#[test]
fn jpg_is_near_and_quality_matters() {
    let rgb: Vec<u8> = drawn(false).chunks_exact(4).flat_map(|pixel| pixel[..3].to_vec()).collect();
    let mut sizes = Vec::new();
    for (options, off) in [
        (json!({"quality": 100}), 2.0),
        (json!({}), 4.0),
        (json!({"progressive": true}), 4.0),
        (json!({"quality": 40}), 12.0),
    ] {
        let bytes = written("jpg", options.clone());
        let pixels = jpg(&bytes).unwrap();
        assert_eq!(pixels.len(), rgb.len(), "106 x 86 mm at 100 dpi");
        let sum: u64 = pixels.iter().zip(&rgb).map(|(a, b)| u64::from(a.abs_diff(*b))).sum();
        let mean = sum as f64 / rgb.len() as f64;
        assert!(mean < off, "{options}: {mean} levels off on average");
        sizes.push(bytes.len());
        let baseline = bytes.windows(2).any(|marker| marker == [0xff, 0xc0]);
        assert_eq!(baseline, options.get("progressive").is_none());
    }
    assert!(sizes[0] > sizes[1] && sizes[1] > sizes[3], "{sizes:?}");
}

#[test]
fn jpg_knows_its_resolution_and_terms() {
    let bytes = written("jpg", json!({}));
    assert_eq!(bytes[..4], [0xff, 0xd8, 0xff, 0xe0]);
    // JFIF: unit 1 is dots per inch.
    assert_eq!(bytes[13..18], [1, 0, 100, 0, 100]);
    let holds = |part: &[u8]| bytes.windows(part.len()).any(|window| window == part);
    for part in ["Exif\0\0MM\0*", "http://ns.adobe.com/xap/1.0/\0<?xpacket", "<dc:rights>", "\u{a9} OpenStreetMap"] {
        assert!(holds(part.as_bytes()), "{part} is missing");
    }
}

#[test]
fn empty_paper_is_white_in_jpg() {
    let (bytes, _) = sample::write(&find("jpg").unwrap(), &Request::default(), true, &mut Watch::silent()).unwrap();
    assert!(jpg(&bytes).unwrap().iter().all(|&part| part == 255));
}

#[test]
fn pieces_are_parts_of_the_whole() {
    let scene = sample::scene();
    let raster = Raster::new(&scene, scene.sheet.dpi).unwrap();
    let (whole, width) = (drawn(false), raster.width as usize * 4);
    let corners = [[0, 0], [64, 0], [32, 128], [200, 200]];
    let mut next = corners.iter();
    let mut off = 0;
    let mut take = |piece: &[u8]| {
        let [left, top] = next.next().unwrap().map(|place| place as usize);
        for (row, pixels) in piece.chunks_exact(64 * 4).enumerate() {
            let start = (top + row) * width + left * 4;
            off += whole[start..start + 64 * 4].iter().zip(pixels).filter(|(a, b)| a.abs_diff(**b) > 1).count();
        }
        Ok(())
    };
    raster.pieces([64, 64], &corners, &mut Watch::silent(), &mut take).unwrap();
    assert!(next.next().is_none());
    assert_eq!(off, 0, "levels that differ by more than one");
}

#[test]
fn parts_of_a_scene_reach_only_as_far_as_they_go() {
    let scene = sample::scene();
    let raster = Raster::new(&scene, scene.sheet.dpi).unwrap();
    let reach = |part| raster.of(part).reach().unwrap();
    assert_eq!(reach(Part::Ground), Some([0, 0, raster.width, raster.height]));
    // The water: a square of 30 mm at 20 mm, beyond 3 mm of bleed, at 100 dots an inch.
    let [left, top, right, bottom] = reach(Part::Groups(vec![(&scene.groups[0], None)])).unwrap();
    let pixels = |mm: f64| mm / 25.4 * 100.0;
    for (found, mm) in [(left, 23.0), (top, 23.0), (right, 53.0), (bottom, 53.0)] {
        assert!((f64::from(found) - pixels(mm)).abs() <= 2.0, "{found} for {mm} mm");
    }
    assert_eq!(reach(Part::Groups(Vec::new())), None);
}
