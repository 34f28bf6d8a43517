//! Placement: nothing overlaps, nothing leaves the frame, whatever is wished for.

use super::measure::{bounds, ink};
use super::text::fonts;
use geo::Intersects;
use mapwright::color::Color;
use mapwright::note::Notes;
use mapwright::scene::label::{Anchor, At, Look, Wish, place};
use mapwright::scene::{Layout, Paths, Text};
use mapwright::watch::Watch;

const FRAME: [f64; 4] = [10.0, 10.0, 190.0, 277.0];
const NAMES: [&str; 12] = [
    "Rue de la République",
    "A1",
    "Ñandú",
    "Straße des 17. Juni",
    "شارع الملك عبد الله",
    "क्षत्रिय मार्ग",
    "רחוב הנביאים",
    "ถนนสุขุมวิท",
    "Café كافيه",
    "Church of Saint Mary the Virgin and All Saints",
    "42b",
    "Тверская улица",
];

fn look(size: f64) -> Look {
    let color = Color { r: 0, g: 0, b: 0, a: 255 };
    Look {
        size,
        weight: 400,
        italic: false,
        color,
        halo: None,
        letter_spacing: 0.0,
        max_width: 0.0,
        line_height: 1.2,
        padding: 0.0,
        overlap: false,
        plate: None,
    }
}

fn point(text: &str, point: [f64; 2], anchors: &[Anchor]) -> Wish {
    let at = At::Point { point, anchors: anchors.to_vec(), offset: [0.0; 2], clearance: 0.0, rotation: 0.0 };
    Wish { text: text.into(), at, look: look(3.0), priority: (0, 0) }
}

fn line(text: &str, line: &[[f64; 2]]) -> Wish {
    let at = At::Line { line: line.to_vec(), spacing: 0.0, offset: 0.0, left: false, max_angle: 30.0 };
    Wish { text: text.into(), at, look: look(3.0), priority: (0, 0) }
}

fn placed(wishes: &[Wish]) -> (Vec<(usize, Text)>, Paths, Notes) {
    let (mut paths, mut notes) = (Paths::default(), Notes::default());
    let found = place(wishes, FRAME, &[], &fonts(), &mut paths, &mut notes, &mut Watch::silent()).unwrap();
    (found, paths, notes)
}

/// A sequence of numbers from 0 to 1 that looks random (Numerical Recipes' LCG).
struct Dice(u64);

impl Dice {
    fn roll(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 11) as f64 / (1_u64 << 53) as f64
    }

    fn of<T: Copy>(&mut self, list: &[T]) -> T {
        list[(self.roll() * list.len() as f64) as usize]
    }
}

fn random(count: usize, seed: u64) -> Vec<Wish> {
    let mut dice = Dice(seed);
    let anchors = [
        Anchor::Center,
        Anchor::Left,
        Anchor::Right,
        Anchor::Top,
        Anchor::Bottom,
        Anchor::TopLeft,
        Anchor::TopRight,
        Anchor::BottomLeft,
        Anchor::BottomRight,
    ];
    let wish = |row: usize, dice: &mut Dice| {
        let at = [dice.roll() * 220.0 - 5.0, dice.roll() * 310.0 - 5.0];
        let at = if row.is_multiple_of(2) {
            let rotation = if dice.roll() < 0.3 { dice.roll() * 360.0 } else { 0.0 };
            let anchors = vec![dice.of(&anchors), dice.of(&anchors), dice.of(&anchors)];
            At::Point { point: at, anchors, offset: [dice.roll(), dice.roll()], clearance: dice.roll() * 2.0, rotation }
        } else {
            let mut heading = dice.roll() * std::f64::consts::TAU;
            let mut points = vec![at];
            for _ in 0..(2.0 + dice.roll() * 30.0) as usize {
                let [x, y] = points[points.len() - 1];
                heading += (dice.roll() - 0.5) * 1.2;
                let step = 1.0 + dice.roll() * 10.0;
                points.push([x + heading.cos() * step, y + heading.sin() * step]);
            }
            At::Line {
                line: points,
                spacing: dice.of(&[0.0, 40.0, 90.0]),
                offset: dice.of(&[0.0, 2.0]),
                left: false,
                max_angle: 35.0,
            }
        };
        let mut look = look(1.5 + dice.roll() * 3.0);
        look.italic = dice.roll() < 0.3;
        look.max_width = dice.of(&[0.0, 20.0]);
        look.letter_spacing = dice.of(&[0.0, 0.4]);
        look.padding = dice.of(&[0.0, 0.5]);
        Wish { text: dice.of(&NAMES).into(), at, look, priority: ((dice.roll() * 5.0) as u32, 0) }
    };
    (0..count).map(|row| wish(row, &mut dice)).collect()
}

#[test]
fn nothing_overlaps_and_nothing_leaves_the_frame() {
    let fonts = fonts();
    for seed in [1, 2, 3] {
        let wishes = random(4000, seed);
        let (found, ..) = placed(&wishes);
        assert!(found.len() > 250, "only {} of 4000", found.len());
        let along = found.iter().filter(|(_, text)| matches!(text.layout, Layout::Along { .. })).count();
        assert!(along > 40 && found.len() - along > 100, "{along} of {} along lines", found.len());
        let labels: Vec<_> = found.iter().map(|(_, text)| ink(fonts.faces(), text)).collect();
        let boxes: Vec<_> = labels.iter().map(|label| bounds(label)).collect();
        let [x, y, width, height] = FRAME;
        for ([left, top, right, bottom], (_, text)) in boxes.iter().zip(&found) {
            let inside = *left >= x && *top >= y && *right <= x + width && *bottom <= y + height;
            assert!(inside, "{} leaves the frame: {left} {top} {right} {bottom}", text.string);
        }
        for (row, a) in boxes.iter().enumerate() {
            for (other, b) in boxes.iter().enumerate().skip(row + 1) {
                if a[0] > b[2] || b[0] > a[2] || a[1] > b[3] || b[1] > a[3] {
                    continue;
                }
                let meet = labels[row].iter().any(|p| labels[other].iter().any(|q| p.intersects(q)));
                assert!(!meet, "{:?} overlaps {:?}", found[row].1, found[other].1);
            }
        }
    }
}

#[test]
fn the_same_wishes_give_the_same_labels() {
    let wishes = random(1500, 9);
    assert_eq!(format!("{:?}", placed(&wishes)), format!("{:?}", placed(&wishes)));
}

#[test]
fn order_of_labels_is_the_order_of_wishes_and_priority_wins() {
    let at = [100.0, 100.0];
    let mut wishes = vec![point("second", at, &[Anchor::Center]), point("first", at, &[Anchor::Center])];
    wishes[0].priority = (1, 0);
    let (found, ..) = placed(&wishes);
    assert_eq!(found.iter().map(|(row, _)| *row).collect::<Vec<_>>(), [1]);
    wishes[0].look.overlap = true;
    let (found, ..) = placed(&wishes);
    assert_eq!(found.iter().map(|(row, _)| *row).collect::<Vec<_>>(), [0, 1]);
}

#[test]
fn anchors_are_tried_in_turn() {
    let at = [100.0, 100.0];
    let around = [Anchor::Left, Anchor::Right, Anchor::Top, Anchor::Bottom];
    let mut wish = point("Kiosk", at, &around);
    if let At::Point { offset, .. } = &mut wish.at {
        *offset = [2.0, 2.0];
    }
    // Names of the same width: one name would not stand beside itself.
    let wishes: Vec<_> = (1..6).map(|row| Wish { text: format!("Kiosk {row}"), ..wish.clone() }).collect();
    let (found, ..) = placed(&wishes);
    assert_eq!(found.len(), 4);
    let side = |row: usize| {
        let [left, top, right, bottom] = bounds(&ink(fonts().faces(), &found[row].1));
        (left > at[0], right < at[0], top > at[1], bottom < at[1])
    };
    assert_eq!(side(0), (true, false, false, false));
    assert_eq!(side(1), (false, true, false, false));
    assert_eq!(side(2), (false, false, true, false));
    assert_eq!(side(3), (false, false, false, true));
}

#[test]
fn wide_text_breaks_into_even_lines() {
    let mut wish = point("Church of Saint Mary the Virgin and All Saints", [100.0, 100.0], &[Anchor::Center]);
    wish.look.max_width = 30.0;
    let (found, ..) = placed(&[wish.clone()]);
    let Layout::Point { lines, .. } = &found[0].1.layout else { panic!("not a point label") };
    let texts: Vec<_> = lines.iter().map(|(text, _)| text.as_str()).collect();
    assert_eq!(texts, ["Church of Saint", "Mary the Virgin", "and All Saints"]);
    assert_eq!(found[0].1.string, texts.join("\n"));
    let [left, top, right, bottom] = bounds(&ink(fonts().faces(), &found[0].1));
    assert!(right - left < 30.0 && ((left + right) / 2.0 - 100.0).abs() < 0.3, "{left} {right}");
    assert!(((top + bottom) / 2.0 - 100.0).abs() < 0.5, "{top} {bottom}");
    // Every glyph names the bytes it shows.
    for glyph in &found[0].1.glyphs {
        assert!(found[0].1.string.get(glyph.cluster.0 as usize..glyph.cluster.1 as usize).is_some());
    }
    wish.text = "東京都\nTokyo".into();
    let (found, _, notes) = placed(&[wish]);
    assert_eq!(found[0].1.string, "Tokyo");
    let note = &notes.list()[0];
    assert_eq!((note.code, note.count), ("missing_glyphs", 3));
    assert!(note.message.contains("東"), "{}", note.message);
}

#[test]
fn text_on_lines_is_upright_and_centred() {
    let fonts = fonts();
    for degrees in (0..360).step_by(15) {
        let (sin, cos) = f64::from(degrees).to_radians().sin_cos();
        let end = |by: f64| [100.0 + cos * by, 100.0 + sin * by];
        for text in ["Main Street", "شارع الملك"] {
            let (found, paths, _) = placed(&[line(text, &[end(-40.0), end(40.0)])]);
            let label = &found[0].1;
            let angle = label.glyphs[0].angle.to_degrees();
            assert!((-93.0..=88.0).contains(&angle), "{degrees}: {angle}");
            // The middle of the capitals, or near it for Arabic, lies on the line.
            let [left, top, right, bottom] = bounds(&ink(fonts.faces(), label));
            let middle = [(left + right) / 2.0, (top + bottom) / 2.0];
            assert!((middle[0] - 100.0).hypot(middle[1] - 100.0) < 1.2, "{degrees}: {middle:?}");
            // Glyphs stand on the path that is handed out, the first where it says.
            let Layout::Along { subpath, offset } = label.layout else { panic!("not along a line") };
            let (path, closed) = paths.get(subpath);
            assert!(!closed && path.len() == 2, "a straight line needs two points");
            let long = (path[1][0] - path[0][0]).hypot(path[1][1] - path[0][1]);
            let at = [0, 1].map(|i| path[0][i] + (path[1][i] - path[0][i]) / long * offset);
            let first = &label.glyphs[0];
            assert!((first.x - at[0]).hypot(first.y - at[1]) < 0.3, "{degrees}: {first:?} {at:?}");
        }
    }
}

#[test]
fn text_keeps_off_sharp_corners_and_short_lines() {
    let corner = [[50.0, 50.0], [90.0, 50.0], [90.0, 90.0]];
    let (found, ..) = placed(&[line("Corner Street", &corner)]);
    let angles: Vec<_> = found[0].1.glyphs.iter().map(|glyph| glyph.angle).collect();
    let (least, most) = angles.iter().fold((9.0_f64, -9.0_f64), |(a, b), angle| (a.min(*angle), b.max(*angle)));
    assert!(most - least < 0.05, "on one leg of the corner: {angles:?}");
    let (found, ..) = placed(&[line("Corner Street", &[[50.0, 50.0], [60.0, 50.0]])]);
    assert!(found.is_empty());
    let zigzag: Vec<_> = (0..40).map(|i| [50.0 + f64::from(i), 50.0 + f64::from(i % 2) * 4.0]).collect();
    let (found, ..) = placed(&[line("Serpentine", &zigzag)]);
    for pair in found.iter().flat_map(|(_, text)| text.glyphs.windows(2)) {
        assert!((pair[1].angle - pair[0].angle).abs().to_degrees() <= 30.0);
    }
}

#[test]
fn long_lines_repeat_their_name_and_twins_do_not() {
    let long = [[15.0, 100.0], [195.0, 100.0]];
    let mut wish = line("Ring", &long);
    if let At::Line { spacing, .. } = &mut wish.at {
        *spacing = 50.0;
    }
    let (found, ..) = placed(&[wish]);
    assert_eq!(found.len(), 3);
    let twin = line("Ring", &[[15.0, 104.0], [195.0, 104.0]]);
    let (found, ..) = placed(&[line("Ring", &long), twin]);
    let middles: Vec<_> = found.iter().map(|(_, text)| text.glyphs[0].x).collect();
    assert!(middles.len() < 2 || (middles[0] - middles[1]).abs() > 12.0, "{middles:?}");
}

#[test]
fn hostile_wishes_do_no_harm() {
    let wishes = [
        line("NaN", &[[f64::NAN, 0.0], [50.0, 50.0]]),
        line("infinite", &[[0.0, 0.0], [f64::INFINITY, 50.0]]),
        line("none", &[]),
        line("one", &[[50.0, 50.0]]),
        line("still", &[[50.0, 50.0]; 9]),
        line("far", &[[-1e9, 50.0], [1e9, 50.0]]),
        line("doubled", &[[20.0, 20.0], [20.0, 20.0], [60.0, 20.0], [60.0, 20.0]]),
        point("NaN", [f64::NAN, 50.0], &[Anchor::Center]),
        point("nowhere", [50.0, 50.0], &[]),
        point("", [80.0, 80.0], &[Anchor::Center]),
        point("\n\n", [80.0, 80.0], &[Anchor::Center]),
        point("\u{202e}\u{2029}\u{1f600}", [80.0, 90.0], &[Anchor::Center]),
    ];
    let (found, ..) = placed(&wishes);
    let texts: Vec<_> = found.iter().map(|(_, text)| text.string.as_str()).collect();
    assert!(texts.contains(&"doubled"), "{texts:?}");
    assert!(found.iter().all(|(_, text)| text.glyphs.iter().all(|glyph| glyph.x.is_finite() && glyph.y.is_finite())));
}
