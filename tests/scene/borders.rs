//! Names along borders: each on its own side, whichever way the border runs, also where only a part of it is there.

use super::draw::drawn;
use super::measure::{Label, labels};
use mapwright::scene::Scene;

/// Two towns and the border between them, which runs north or south; what there is of them, and where each says it lies.
struct Towns<'a> {
    north: bool,
    /// Ways that are there beside the border: 11 around the west, 12 around the east.
    ways: &'a [i64],
    /// Relations: id, name, its ways, column of its centre.
    towns: &'a [(i64, &'a str, [i64; 2], Option<f64>)],
    street: bool,
}

const WEST: (i64, &str, [i64; 2], Option<f64>) = (20, "Westhausen", [10, 11], None);
const EAST: (i64, &str, [i64; 2], Option<f64>) = (21, "Osterode", [10, 12], None);

impl Towns<'_> {
    fn draw(&self, style: &str) -> Scene {
        let nodes = [(1, 0, -5), (2, 0, 5), (3, -5, 5), (4, -5, -5), (5, 5, 5), (6, 5, -5)];
        let node = |(id, x, y): (i64, f64, f64)| format!("<node id='{id}' lon='{}' lat='{}'/>", x * 1e-3, y * 1e-3);
        let mut xml = String::from(
            "<osm version='0.6'><bounds minlon='-0.0045' minlat='-0.0045' maxlon='0.0045' maxlat='0.0045'/>",
        );
        xml.extend(nodes.map(|(id, x, y)| node((id, f64::from(x), f64::from(y)))));
        xml.extend(self.towns.iter().filter_map(|(id, .., centre)| Some(node((100 + id, (*centre)?, 0.0)))));
        let way = |id: i64, refs: &[i64], tags: &str| {
            let refs: String = refs.iter().map(|id| format!("<nd ref='{id}'/>")).collect();
            format!("<way id='{id}'>{refs}{tags}</way>")
        };
        xml += &way(10, if self.north { &[1, 2] } else { &[2, 1] }, "");
        for (id, refs) in [(11, [2, 3, 4, 1]), (12, [2, 5, 6, 1])].iter().filter(|(id, _)| self.ways.contains(id)) {
            xml += &way(*id, refs, "");
        }
        if self.street {
            xml += &way(13, &[1, 2], "<tag k='highway' v='residential'/><tag k='name' v='Grenzstraße'/>");
        }
        for (id, name, ways, centre) in self.towns {
            let ways: String = ways.iter().map(|id| format!("<member type='way' ref='{id}' role='outer'/>")).collect();
            let place = centre.map(|_| format!("<member type='node' ref='{}' role='admin_centre'/>", 100 + id));
            let tags = "<tag k='type' v='boundary'/><tag k='boundary' v='administrative'/><tag k='admin_level' v='8'/>";
            let place = place.unwrap_or_default();
            xml += &format!("<relation id='{id}'>{ways}{place}{tags}<tag k='name' v='{name}'/></relation>");
        }
        let request = format!(
            r#"{{"formats": ["svg"], "bbox": [-0.0045, -0.0045, 0.0045, 0.0045], "sea": "land", "map_style": "{style}",
                "page": {{"scale": 10000}}}}"#
        );
        drawn((xml + "</osm>").as_bytes(), &request)
    }
}

/// The names along borders, each with how far right of the border it begins and ends, mm.
fn names(scene: &Scene) -> Vec<(String, [f64; 2])> {
    let [x, _, width, _] = scene.sheet.map;
    let border = x + width / 2.0;
    let along = labels(scene).into_iter().filter(|label| label.kind == "labels.boundaries");
    along.map(|Label { text, bounds, .. }| (text.string, [bounds[0] - border, bounds[2] - border])).collect()
}

/// Each name is on its side of the border, and both are there.
fn apart(towns: &Towns) {
    for north in [true, false] {
        let found = names(&Towns { north, ..*towns }.draw("default"));
        for name in ["Westhausen", "Osterode"] {
            assert!(found.iter().any(|(known, _)| known == name), "{name}: {found:?}");
        }
        let right =
            |(name, [left, right]): &(String, [f64; 2])| if name == "Osterode" { *left > 0.3 } else { *right < -0.3 };
        assert!(found.iter().all(right), "{north}: {found:?}");
    }
}

#[test]
fn each_side_has_its_name_on_its_own_side() {
    apart(&Towns { north: true, ways: &[11, 12], towns: &[WEST, EAST], street: false });
}

#[test]
fn a_border_in_part_takes_its_side_from_its_neighbour() {
    apart(&Towns { north: true, ways: &[11], towns: &[WEST, EAST], street: false });
}

#[test]
fn a_border_in_part_takes_its_side_from_its_own_centre() {
    let towns = [(20, "Westhausen", [10, 11], Some(-3.0)), (21, "Osterode", [10, 12], Some(2.0))];
    apart(&Towns { north: true, ways: &[], towns: &towns, street: false });
}

#[test]
fn without_a_sign_of_its_side_a_border_has_no_name() {
    let scene = Towns { north: true, ways: &[], towns: &[WEST, EAST], street: false }.draw("default");
    assert_eq!(names(&scene), []);
}

#[test]
fn streets_come_first_and_names_are_upright() {
    let scene = Towns { north: false, ways: &[11, 12], towns: &[WEST, EAST], street: true }.draw("default");
    let all = labels(&scene);
    assert!(all.iter().any(|label| label.kind == "labels.streets" && label.text.string == "Grenzstraße"));
    for label in &all {
        let angle = label.text.glyphs.iter().map(|glyph| glyph.angle).sum::<f64>() / label.text.glyphs.len() as f64;
        assert!((-1.63..=1.58).contains(&angle), "{:?}: {angle}", label.text.string);
    }
    let plain = Towns { north: true, ways: &[11, 12], towns: &[WEST, EAST], street: false };
    assert!(names(&plain.draw("transit")).is_empty() && !names(&plain.draw("outdoor")).is_empty());
}
