//! Profiles of colour spaces (ICC.1:2001-04, version 2.4), computed: sRGB, and process colours as this program makes them of sRGB.

use super::record::Big;

/// White of the connection space, D50.
const WHITE: [f64; 3] = [0.9642, 1.0, 0.8249];
/// Columns of sRGB's primaries, adapted to D50.
const PRIMARIES: [[f64; 3]; 3] =
    [[0.436_07, 0.222_49, 0.013_93], [0.385_15, 0.716_87, 0.097_08], [0.143_07, 0.060_61, 0.714_1]];
/// From D50 back to linear sRGB: the inverse of the columns above, by rows.
const BACK: [[f64; 3]; 3] =
    [[3.133_86, -1.616_87, -0.490_62], [-0.978_77, 1.916_14, 0.033_45], [0.071_95, -0.228_99, 1.405_24]];
/// Points a side of the tables from and to process colours.
const INKS: usize = 6;
const LAB: usize = 13;
/// Entries of a curve.
const CURVE: usize = 256;

/// sRGB, as screens show it (IEC 61966-2-1).
pub fn srgb() -> Vec<u8> {
    let xyz = |[x, y, z]: [f64; 3]| {
        let mut out = Big::new();
        out.put(b"XYZ \0\0\0\0");
        [x, y, z].iter().for_each(|&part| _ = out.i32(fixed(part)));
        out.finish()
    };
    let mut curve = Big::new();
    curve.put(b"curv\0\0\0\0").u32(CURVE as u32);
    for row in 0..CURVE {
        curve.u16(libm::round(linear(row as f64 / (CURVE - 1) as f64) * 65_535.0) as u16);
    }
    let curve = curve.finish();
    let [red, green, blue] = PRIMARIES.map(xyz);
    let mut tags = vec![(*b"wtpt", xyz(WHITE)), (*b"rXYZ", red), (*b"gXYZ", green), (*b"bXYZ", blue)];
    tags.extend([*b"rTRC", *b"gTRC", *b"bTRC"].map(|name| (name, curve.clone())));
    profile((b"mntr", b"RGB ", b"XYZ "), "sRGB IEC61966-2.1", tags)
}

/// Process colours: black takes all grey, inks are ideal. What a press makes of them is for its own profile to say.
pub fn process() -> Vec<u8> {
    let levels = |points: usize| (0..points).map(move |row| row as f64 / (points - 1) as f64);
    let mut there = Vec::new();
    for c in levels(INKS) {
        for m in levels(INKS) {
            for y in levels(INKS) {
                for k in levels(INKS) {
                    let rgb = [c, m, y].map(|ink| linear((1.0 - ink) * (1.0 - k)));
                    there.extend(lab(rgb).map(byte));
                }
            }
        }
    }
    let mut back = Vec::new();
    for l in levels(LAB) {
        for a in levels(LAB) {
            for b in levels(LAB) {
                let rgb = unlab([l * 100.0, a * 255.0 - 128.0, b * 255.0 - 128.0]);
                let inks = cmyk(rgb.map(|part| byte(gamma(part))));
                back.extend(inks.map(|ink| byte(f64::from(ink))));
            }
        }
    }
    let there = table((4, 3, INKS), &there);
    let back = table((3, 4, LAB), &back);
    // Everything is within reach.
    let within = table((3, 1, 2), &[0; 8]);
    let mut white = Big::new();
    white.put(b"XYZ \0\0\0\0");
    WHITE.iter().for_each(|&part| _ = white.i32(fixed(part)));
    let mut tags = vec![(*b"wtpt", white.finish())];
    tags.extend([*b"A2B0", *b"A2B1", *b"A2B2"].map(|name| (name, there.clone())));
    tags.extend([*b"B2A0", *b"B2A1", *b"B2A2"].map(|name| (name, back.clone())));
    tags.push((*b"gamt", within));
    profile((b"prtr", b"CMYK", b"Lab "), "mapwright process colours", tags)
}

/// sRGB → CMYK, all grey by black: letters and lines are printed with one plate and cannot be out of register. What
/// the press makes of it is for its own profile to say. Shares in thousandths.
pub fn cmyk(color: [u8; 3]) -> [f32; 4] {
    let most = color.into_iter().max().unwrap_or(0);
    if most == 0 {
        return [0.0, 0.0, 0.0, 1.0];
    }
    let short = |share: f64| (libm::round(share * 1000.0) / 1000.0) as f32;
    let [c, m, y] = color.map(|value| short(1.0 - f64::from(value) / f64::from(most)));
    [c, m, y, short(1.0 - f64::from(most) / 255.0)]
}

/// Header, table of tags, tags; equal ones once.
fn profile(
    (class, space, connection): (&[u8; 4], &[u8; 4], &[u8; 4]),
    title: &str,
    tags: Vec<([u8; 4], Vec<u8>)>,
) -> Vec<u8> {
    let mut about = Big::new();
    about.put(b"desc\0\0\0\0").u32(title.len() as u32 + 1).put(title.as_bytes()).u8(0);
    about.put(&[0; 4 + 4 + 2 + 1 + 67]);
    let terms = [&b"text\0\0\0\0"[..], b"No copyright, use freely.\0"].concat();
    let tags = [vec![(*b"desc", about.finish()), (*b"cprt", terms)], tags].concat();
    let mut index = Big::new();
    index.u32(tags.len() as u32);
    let mut data: Vec<u8> = Vec::new();
    let mut known: Vec<(&[u8], u32)> = Vec::new();
    let start = 128 + 4 + 12 * tags.len() as u32;
    for (name, bytes) in &tags {
        let at = known.iter().find(|(other, _)| other == bytes).map(|(_, at)| *at).unwrap_or_else(|| {
            let at = start + data.len() as u32;
            data.extend_from_slice(bytes);
            data.resize(data.len().next_multiple_of(4), 0);
            known.push((bytes, at));
            at
        });
        index.put(name).u32(at).u32(bytes.len() as u32);
    }
    let mut out = Big::new();
    out.u32(start + data.len() as u32).u32(0).u32(0x0240_0000).put(class).put(space).put(connection);
    // A date that is always the same: the day the version was published.
    [2001, 4, 1, 0, 0, 0].iter().for_each(|&part| _ = out.u16(part));
    out.put(b"acsp").put(&[0; 28]);
    WHITE.iter().for_each(|&part| _ = out.i32(fixed(part)));
    out.put(&[0; 48]).put(index.as_ref()).put(&data);
    out.finish()
}

/// A table of 8 bits (`lut8Type`) whose curves are straight.
fn table((from, to, points): (u8, u8, usize), cells: &[u8]) -> Vec<u8> {
    let mut out = Big::new();
    out.put(b"mft1\0\0\0\0").u8(from).u8(to).u8(points as u8).u8(0);
    [1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0].iter().for_each(|&part| _ = out.i32(fixed(part)));
    let straight: Vec<u8> = (0..=255).collect();
    out.put(&straight.repeat(from.into())).put(cells).put(&straight.repeat(to.into()));
    out.finish()
}

/// A number with 16 bits behind the point.
fn fixed(value: f64) -> i32 {
    libm::round(value * 65_536.0) as i32
}

fn byte(share: f64) -> u8 {
    libm::round(share.clamp(0.0, 1.0) * 255.0) as u8
}

/// sRGB → linear.
fn linear(value: f64) -> f64 {
    if value <= 0.040_45 { value / 12.92 } else { libm::pow((value + 0.055) / 1.055, 2.4) }
}

/// Linear → sRGB.
fn gamma(value: f64) -> f64 {
    let value = value.clamp(0.0, 1.0);
    if value <= 0.003_130_8 { value * 12.92 } else { 1.055 * libm::pow(value, 1.0 / 2.4) - 0.055 }
}

/// Linear sRGB → Lab as shares of its range.
fn lab([r, g, b]: [f64; 3]) -> [f64; 3] {
    let [red, green, blue] = PRIMARIES;
    let bent = |axis: f64, white: f64| {
        let share = axis / white;
        if share > 216.0 / 24_389.0 { libm::cbrt(share) } else { (24_389.0 / 27.0 * share + 16.0) / 116.0 }
    };
    let [x, y, z] = sum([(r, red), (g, green), (b, blue)]);
    let [white_x, white_y, white_z] = WHITE;
    let (x, y, z) = (bent(x, white_x), bent(y, white_y), bent(z, white_z));
    [(116.0 * y - 16.0) / 100.0, (500.0 * (x - y) + 128.0) / 255.0, (200.0 * (y - z) + 128.0) / 255.0]
}

/// Lab → linear sRGB.
fn unlab([l, a, b]: [f64; 3]) -> [f64; 3] {
    let y = (l + 16.0) / 116.0;
    let straight = |bent: f64, white: f64| {
        let cube = bent * bent * bent;
        white * if cube > 216.0 / 24_389.0 { cube } else { (116.0 * bent - 16.0) * 27.0 / 24_389.0 }
    };
    let [white_x, white_y, white_z] = WHITE;
    let xyz = [straight(y + a / 500.0, white_x), straight(y, white_y), straight(y - b / 200.0, white_z)];
    BACK.map(|row| row.iter().zip(xyz).map(|(part, axis)| part * axis).sum())
}

fn sum(parts: [(f64, [f64; 3]); 3]) -> [f64; 3] {
    parts.iter().fold([0.0; 3], |[x, y, z], (share, [a, b, c])| [x + share * a, y + share * b, z + share * c])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grey_is_black_ink() {
        assert_eq!(cmyk([0, 0, 0]), [0.0, 0.0, 0.0, 1.0]);
        assert_eq!(cmyk([255, 255, 255]), [0.0; 4]);
        assert_eq!(cmyk([51, 51, 51]), [0.0, 0.0, 0.0, 0.8]);
        assert_eq!(cmyk([255, 0, 0]), [0.0, 1.0, 1.0, 0.0]);
    }

    #[test]
    fn there_and_back_is_where_it_began() {
        for rgb in [[0.0, 0.0, 0.0], [1.0, 1.0, 1.0], [0.2, 0.5, 0.1], [1.0, 0.0, 0.3]] {
            let [l, a, b] = lab(rgb);
            let back = unlab([l * 100.0, a * 255.0 - 128.0, b * 255.0 - 128.0]);
            assert!(rgb.iter().zip(back).all(|(a, b)| (a - b).abs() < 0.002), "{rgb:?} {back:?}");
        }
        let [l, a, b] = lab([1.0; 3]);
        assert!((l - 1.0).abs() < 1e-3 && (a * 255.0 - 128.0).abs() < 0.1 && (b * 255.0 - 128.0).abs() < 0.1);
    }

    #[test]
    fn lengths_are_those_of_the_files() {
        for profile in [srgb(), process()] {
            assert_eq!(u32::from_be_bytes(profile[..4].try_into().unwrap()) as usize, profile.len());
            assert_eq!(&profile[36..40], b"acsp");
        }
    }
}
