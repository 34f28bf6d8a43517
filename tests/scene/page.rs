//! The sheet: bleed, crop marks, frames of other shapes, legend, index, true scale.

use super::furniture::{boxes, drawn, group, opened, texts};
use geo::{Distance, Geodesic, Point};
use mapwright::color::Color;
use mapwright::scene::{Cut, Group, Item, Scene};
use mapwright::{Engine, Request, Watch};

/// Everything of the map itself, without what stands around it.
fn map(scene: &Scene) -> impl Iterator<Item = &Group> {
    scene.groups.iter().filter(|group| group.id != "furniture")
}

#[test]
fn bleed_is_map_and_marks_stand_outside() {
    let scene = drawn(r#"{"bleed": 4, "crop_marks": true}"#).unwrap();
    let [width, height] = [scene.sheet.width, scene.sheet.height];
    assert_eq!(scene.frame, Cut::Rectangle([-4.0, -4.0, width + 8.0, height + 8.0]));
    let beyond = |[x0, y0, x1, y1]: &[f64; 4]| *x0 < -1.0 || *y0 < -1.0 || *x1 > width + 1.0 || *y1 > height + 1.0;
    assert!(map(&scene).flat_map(|group| boxes(&scene, group)).any(|extent| beyond(&extent)), "the bleed is empty");
    let marks = boxes(&scene, group(&scene, "furniture.crop-marks").unwrap());
    assert_eq!(marks.len(), 8);
    for [x0, y0, x1, y1] in marks {
        let outside = x1 <= -4.0 || x0 >= width + 4.0 || y1 <= -4.0 || y0 >= height + 4.0;
        let on_trim = [x0, x1] == [0.0; 2] || [x0, x1] == [width; 2] || [y0, y1] == [0.0; 2] || [y0, y1] == [height; 2];
        assert!(outside && on_trim, "{:?}", [x0, y0, x1, y1]);
    }
    // A margin keeps the map away from the edge: nothing bleeds.
    let scene = drawn(r#"{"size": "A4", "bleed": 4}"#).unwrap();
    assert_eq!(scene.frame, Cut::Rectangle(scene.sheet.map));
}

#[test]
fn round_frames_cut_everything() {
    for (shape, share) in [("circle", std::f64::consts::FRAC_PI_4), ("rounded", 0.99)] {
        let scene = drawn(&format!(r#"{{"size": [200, 200], "frame": {{"shape": "{shape}"}}}}"#)).unwrap();
        let [left, top, side, _] = scene.sheet.map;
        let middle = [left + side / 2.0, top + side / 2.0];
        let corner = side / 2.0 * if shape == "circle" { 1.0 } else { 0.84 };
        let reach = side / 2.0 - corner + if shape == "circle" { corner } else { 0.0 };
        let inside = |[x, y]: [f64; 2]| {
            let away = [(x - middle[0]).abs(), (y - middle[1]).abs()];
            if shape == "circle" {
                return away[0].hypot(away[1]) <= reach + 0.01;
            }
            let past = away.map(|a| (a - corner).max(0.0));
            past[0].hypot(past[1]) <= reach + 0.01
        };
        let Cut::Shape(rows) = scene.frame.clone() else { panic!("{shape} is a rectangle") };
        let ring = scene.paths.get(rows.start).0;
        let area: f64 = ring.iter().zip(ring.iter().cycle().skip(1)).map(|(a, b)| a[0] * b[1] - b[0] * a[1]).sum();
        assert!((area.abs() / 2.0 / side / side - share).abs() < 0.01, "{shape}");
        for group in map(&scene) {
            for [x0, y0, x1, y1] in boxes(&scene, group) {
                // The middle of anything that is cut at a convex shape lies inside.
                assert!(inside([(x0 + x1) / 2.0, (y0 + y1) / 2.0]), "{shape}: {}", group.id);
            }
        }
    }
}

#[test]
fn a_polygon_is_the_frame() {
    let ring = "[[24.94, 60.168], [24.946, 60.168], [24.943, 60.172], [24.94, 60.168]]";
    let page = r#""page": {"frame": {"shape": "polygon"}}"#;
    let area = format!(r#""area": {{"type": "Polygon", "coordinates": [{ring}]}}"#);
    let request = Request::from_json(&format!(r#"{{"formats": ["svg"], {page}, {area}}}"#)).unwrap();
    let engine = Engine::native().unwrap();
    let (_, bytes) = &opened().export(&engine, &request, &mut Watch::silent(), |_| Ok(Vec::new())).unwrap()[0];
    let text = String::from_utf8(bytes.clone()).unwrap();
    let clip = text.split("<clipPath").nth(1).unwrap().split("</clipPath>").next().unwrap();
    assert!(clip.contains("<path") && clip.contains('z'), "{clip}");
    // The sheet is the polygon's box, not that of the data: its sides are about 333 and 445 m.
    let side = |name: &str| -> f64 {
        text.split(&format!("{name}=\"")).nth(1).unwrap().split("mm").next().unwrap().parse().unwrap()
    };
    assert!((side("width") / side("height") - 333.0 / 445.6).abs() < 0.01);
    let request = Request::from_json(&format!(r#"{{"formats": ["svg"], {page}}}"#)).unwrap();
    let fault = opened().export(&engine, &request, &mut Watch::silent(), |_| Ok(Vec::new())).unwrap_err();
    assert_eq!(fault.field(), Some("page.frame.shape"));
}

#[test]
fn the_legend_shows_what_is_drawn_as_it_is_drawn() {
    let scene = drawn(r#"{"size": "A3", "furniture": {"legend": true}}"#).unwrap();
    let legend = group(&scene, "furniture.legend").unwrap();
    let titles: Vec<&str> = texts(legend).iter().map(|text| text.string.as_str()).collect();
    for expected in ["Primary", "Park", "Lake"] {
        assert!(titles.iter().any(|title| title.split(", ").any(|word| word == expected)), "{expected}: {titles:?}");
    }
    let mut once = titles.clone();
    once.sort_unstable();
    once.dedup();
    assert_eq!(once.len(), titles.len(), "{titles:?}");
    // Every colour of a sample is one of the map; the panel itself is the first item.
    let colors = |groups: Vec<&Group>| -> Vec<Color> {
        let items =
            groups.into_iter().flat_map(|group| group.items.iter().chain(group.groups.iter().flat_map(|g| &g.items)));
        let paths = items.filter_map(|item| if let Item::Path(path) = item { Some(path) } else { None });
        paths.flat_map(|path| path.fill.into_iter().chain(path.stroke.as_ref().map(|stroke| stroke.color))).collect()
    };
    let known = colors(map(&scene).collect());
    let shown = colors(vec![legend]);
    assert!(shown.len() > 10);
    assert!(shown[1..].iter().all(|color| known.contains(color)));
}

#[test]
fn the_index_names_the_square_of_every_street() {
    let scene = drawn(r#"{"size": "A3", "furniture": {"index": true}}"#).unwrap();
    let [left, top, width, height] = scene.sheet.map;
    let index = texts(group(&scene, "furniture.index").unwrap());
    assert!(index.len() > 50, "{}", index.len());
    let beside = |glyph: &mapwright::scene::Glyph| glyph.x > left + width || glyph.y > top + height;
    assert!(index.iter().all(|text| text.glyphs.iter().all(beside)));
    let lines = group(&scene, "squares").unwrap();
    let at = |axis: usize| {
        let ends = boxes(&scene, lines).into_iter().filter(|line| line[axis] == line[axis + 2]);
        ends.map(|line| line[axis]).collect::<Vec<_>>()
    };
    let (columns, rows) = (at(0), at(1));
    let square = |[x, y]: [f64; 2]| {
        let count = |lines: &[f64], side: f64| lines.iter().filter(|line| **line < side).count();
        [count(&columns, x), count(&rows, y)]
    };
    let parsed = |name: &str| {
        let (letter, number) = name.split_at(1);
        [usize::from(letter.as_bytes()[0] - b'A'), number.parse::<usize>().unwrap() - 1]
    };
    // Names on the map stand in squares that the index gives.
    let mut found = 0;
    for label in texts(group(&scene, "labels.streets").unwrap()) {
        let row = index.iter().position(|text| text.string == label.string);
        let place = &index[row.unwrap_or_else(|| panic!("{} is not in the index", label.string)) + 1].string;
        let (from, to) = place.split_once('–').unwrap_or((place, place));
        let (from, to) = (parsed(from), parsed(to));
        let glyph = &label.glyphs[label.glyphs.len() / 2];
        let [column, row] = square([glyph.x, glyph.y]);
        let near = |value: usize, from: usize, to: usize| (from.saturating_sub(1)..=to + 1).contains(&value);
        assert!(near(column, from[0], to[0]) && near(row, from[1], to[1]), "{}: {place}", label.string);
        found += 1;
    }
    assert!(found > 10, "{found}");
}

#[test]
fn a_mile_is_a_mile_on_the_bar() {
    let scene = drawn(r#"{"scale": 10000, "furniture": {"scale_bar": "both"}}"#).unwrap();
    let told = texts(group(&scene, "furniture.scale-bar-imperial").unwrap()).last().unwrap().string.clone();
    let (number, unit) = told.split_once('\u{a0}').unwrap();
    let metres = number.parse::<f64>().unwrap() * if unit == "mi" { 1609.344 } else { 0.3048 };
    let bar = boxes(&scene, group(&scene, "furniture.scale-bar-imperial").unwrap());
    // The panel comes first; the bar's frame is as wide as all its parts together.
    let wide = bar[1..].iter().map(|[x0, y0, x1, y1]| if y1 > y0 { x1 - x0 } else { 0.0 }).fold(0.0, f64::max);
    assert!((wide - metres / 10.0).abs() < 1e-6, "{told}: {wide} mm");
    assert!(group(&scene, "furniture.scale-bar").is_some());
    assert!(drawn(r#"{"furniture": {"scale_bar": "nautical"}}"#).is_err());
}

#[test]
fn distances_on_paper_are_those_on_the_ground() {
    for page in [r#"{"size": "A3"}"#, r#"{"scale": 5000}"#, r#"{"size": "A1", "scale": 2500}"#] {
        let sheet = drawn(page).unwrap().sheet;
        let places = [[24.939, 60.167], [24.948, 60.175], [24.939, 60.175]];
        for (a, b) in [(0, 1), (1, 2), (0, 2)] {
            let [a, b]: [[f64; 2]; 2] = [places[a], places[b]];
            let [p, q] = [a, b].map(|place| sheet.place(sheet.crs.project(place).unwrap()));
            let paper = (p[0] - q[0]).hypot(p[1] - q[1]) * sheet.scale / 1000.0;
            let ground = Geodesic.distance(Point::from(a), Point::from(b));
            assert!((paper / ground - 1.0).abs() < 0.001, "{page}: {paper} for {ground} m");
        }
    }
}

#[test]
fn print_shops_get_boxes_plates_and_spot_inks() {
    let page = r#""page": {"bleed": 3, "crop_marks": true}"#;
    let options = |spots: &str| format!(r#""options": {{"pdf": {{"color": "cmyk", "spots": "{spots}"}}}}"#);
    let request =
        |spots: &str| Request::from_json(&format!(r#"{{"formats": ["pdf"], {page}, {}}}"#, options(spots))).unwrap();
    let engine = Engine::native().unwrap();
    let export = |spots: &str| opened().export(&engine, &request(spots), &mut Watch::silent(), |_| Ok(Vec::new()));
    let scene = drawn(r#"{"bleed": 3, "crop_marks": true}"#).unwrap();
    let park = group(&scene, "land.park").unwrap().items.iter().find_map(|item| match item {
        Item::Path(path) => path.fill,
        Item::Text(_) => None,
    });
    let Color { r, g, b, .. } = park.unwrap();
    let (file, bytes) = &export(&format!("#{r:02x}{g:02x}{b:02x}=Park Green, #010203=Nowhere")).unwrap()[0];
    let text: String = bytes.iter().map(|&byte| char::from(byte)).collect();
    assert!(
        text.contains("/Separation/Park#20Green/DeviceCMYK") || text.contains("/Separation /Park#20Green /DeviceCMYK")
    );
    assert!(file.notes.iter().any(|note| note.code == "spots_idle" && note.message.contains("Nowhere")));
    // Media, bleed and trim lie in each other: 10 and 3 mm beyond the trimmed sheet.
    let box_of = |name: &str| -> Vec<f64> {
        let list = text.split(&format!("/{name}")).nth(1).unwrap().split(['[', ']']).nth(1).unwrap();
        list.split_whitespace().map(|number| number.parse().unwrap()).collect()
    };
    let (media, bleed, trim) = (box_of("MediaBox"), box_of("BleedBox"), box_of("TrimBox"));
    let mm = |points: f64| points / 72.0 * 25.4;
    assert!((mm(trim[0] - media[0]) - 10.0).abs() < 0.01 && (mm(media[2] - trim[2]) - 10.0).abs() < 0.01);
    assert!((mm(trim[1] - bleed[1]) - 3.0).abs() < 0.01 && (mm(bleed[3] - trim[3]) - 3.0).abs() < 0.01);
    // No colour of the page is red, green and blue.
    let word = b"\nstream\n";
    let starts = (0..bytes.len()).filter(|&at| bytes[at..].starts_with(word)).map(|at| at + word.len());
    let unpacked = |start: usize| {
        let mut content = String::new();
        let mut reader = flate2::read::ZlibDecoder::new(&bytes[start..]);
        std::io::Read::read_to_string(&mut reader, &mut content).ok().map(|_| content)
    };
    let content = starts.filter_map(unpacked).find(|content| content.contains("BDC")).expect("the page");
    let operators: Vec<&str> = content.split_whitespace().collect();
    let count = |name: &str| operators.iter().filter(|word| **word == name).count();
    assert_eq!((count("rg"), count("RG")), (0, 0));
    assert!(count("k") > 10 && count("K") > 5 && count("cs") > 0, "{} {} {}", count("k"), count("K"), count("cs"));
    assert_eq!(export("park").unwrap_err().field(), Some("options.pdf.spots"));
}
