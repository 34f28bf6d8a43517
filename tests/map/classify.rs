//! Tags → layer, class and kind of geometry.

use super::world::{World, look, see, what};
use mapwright::map::{CLASSES, Geometry, LAYERS, Value, catalogue};
use std::collections::BTreeSet;

const RING: [(f64, f64); 5] = [(1.0, 1.0), (1.1, 1.0), (1.1, 1.1), (1.0, 1.1), (1.0, 1.0)];

/// What a node, an open way and a closed way with these tags become.
fn all(tags: &str) -> [String; 3] {
    let one = |add: &dyn Fn(&mut World)| {
        let mut world = World::new();
        add(&mut world);
        let map = world.map();
        let found = what(&see(&map, &look([0.0, 0.0, 2.0, 2.0])));
        let letter = |geometry| match geometry {
            Geometry::Point => "point",
            Geometry::Line => "line",
            Geometry::Area => "area",
        };
        found.iter().map(|(name, geometry)| format!("{name} {}", letter(*geometry))).collect::<Vec<_>>().join(", ")
    };
    [
        one(&|world| {
            world.node((1.0, 1.0), tags);
        }),
        one(&|world| {
            world.way(&RING[..3], tags);
        }),
        one(&|world| {
            world.way(&RING, tags);
        }),
    ]
}

#[test]
fn closed_ways_are_areas_or_lines_by_what_they_are() {
    for (tags, node, open, closed) in [
        ("building=yes", "buildings.building point", "buildings.building line", "buildings.building area"),
        ("building=house, building:part=no, name=A", "buildings.residential point", "", "buildings.residential area"),
        ("highway=residential", "transport.traffic point", "roads.residential line", "roads.residential line"),
        ("highway=residential, area=yes", "", "roads.residential line", "roads.residential area"),
        ("highway=motorway_link", "", "roads.motorway line", "roads.motorway line"),
        ("highway=path, bicycle=designated", "", "roads.cycleway line", "roads.cycleway line"),
        ("landuse=forest, area=no", "", "vegetation.forest line", "vegetation.forest line"),
        ("natural=water, water=river", "water.lake point", "water.river line", "water.river area"),
        ("natural=water", "water.lake point", "", "water.lake area"),
        ("barrier=fence", "barriers.barrier point", "barriers.fence line", "barriers.fence line"),
        ("barrier=fence, leisure=pitch", "leisure.pitch point", "", "leisure.pitch area"),
        ("amenity=school", "pois.education point", "", "landuse.education area"),
        ("amenity=cafe, building=yes", "buildings.building point", "", "buildings.building area"),
        ("amenity=cafe, addr:housenumber=1", "pois.food point", "", "pois.food area"),
        ("addr:housenumber=1", "addresses.housenumber point", "", "addresses.housenumber area"),
        (
            "railway=platform, highway=footway",
            "transport.stop point",
            "transport.platform line",
            "transport.platform area",
        ),
        ("railway=tram, highway=residential", "", "roads.residential line", ""),
        ("railway=rail, service=yard", "", "railways.siding line", ""),
        ("place=island, natural=coastline", "places.island point", "", "places.island area"),
        ("boundary=administrative, admin_level=2", "", "boundaries.country line", "boundaries.country area"),
        ("shop=vacant", "pois.shop point", "", ""),
        ("shop=no, building=no, zebra=yes", "other.other point", "other.other line", "other.other line"),
        ("zebra=yes, area=yes", "other.other point", "other.other line", "other.other area"),
        ("source=survey, created_by=JOSM, note=hm, source:date=1", "", "", ""),
    ] {
        let [point, line, area] = all(tags);
        for (found, expected) in [(point, node), (line, open), (area, closed)] {
            // An empty cell of a tagged element says nothing; without any, there is nothing to find.
            if !expected.is_empty() || node.is_empty() && open.is_empty() && closed.is_empty() {
                assert_eq!(found, expected, "{tags}");
            }
        }
    }
}

#[test]
fn the_table_holds_the_layers_of_the_request() {
    let layers: BTreeSet<&str> = LAYERS.iter().map(|layer| layer.id).collect();
    let expected = "water natural vegetation landuse leisure buildings roads railways transport aeroways power barriers \
                    boundaries places pois addresses other overlays";
    assert_eq!(layers, expected.split_whitespace().collect());
    let classes: BTreeSet<(&str, &str)> = CLASSES.iter().map(|class| (class.layer, class.id)).collect();
    assert_eq!(classes.len(), CLASSES.len(), "a class is there twice");
    for level in 1..=6 {
        assert!(CLASSES.iter().any(|class| class.detail == level), "detail level {level} adds nothing");
    }
    let listed = serde_json::to_value(catalogue()).unwrap();
    let roads = listed.as_array().unwrap().iter().find(|layer| layer["id"] == "roads").unwrap();
    assert_eq!(roads["classes"][0], serde_json::json!({"id": "motorway", "rank": 0, "detail": 1}));
    assert_eq!(roads["fields"][3], serde_json::json!({"name": "maxspeed", "key": "maxspeed", "kind": "number"}));
}

/// The table as a page for people.
fn page() -> String {
    let mut page = String::from(
        "# Layers, classes and fields\n\nGenerated from `src/map/layers.toml` by `cargo xtask bless`. Layers stand in drawing order, \
         classes by importance; the number is the lowest detail level, 1 (overview) to 6 (everything), that shows them. Every \
         feature also has `osm_id`, `osm_type`, `class`, `type`, `name`, `layer_z` and all its tags.\n\nAn element stands in each layer \
         that its tags belong to: a restaurant mapped on its building in `buildings` and, with a point at the visual centre, in `pois`; a school with a \
         fence in `landuse`, `pois` and `barriers`. Products with layers (tiles, drawings, DXF, models) have it in each, drawings with its name and its \
         outline once. Single collections (GeoJSON, CSV) have it once, in the most important of the layers that are wanted; `also` names the others.\n",
    );
    for entry in catalogue() {
        let classes: Vec<_> = entry.classes.iter().map(|class| format!("{} {}", class.id, class.detail)).collect();
        page += &format!("\n## {}\n\nClasses: {}.\n", entry.layer.id, classes.join(", "));
        let fields: Vec<_> =
            entry.layer.fields.iter().map(|field| format!("`{}` ({})", field.name, field.key)).collect();
        if !fields.is_empty() {
            page += &format!("\nFields: {}.\n", fields.join(", "));
        }
    }
    page
}

#[test]
fn golden_page_of_layers() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/layers.md");
    if std::env::var_os("MAPWRIGHT_BLESS").is_some() {
        std::fs::write(&path, page()).unwrap();
    }
    assert!(std::fs::read_to_string(&path).unwrap_or_default() == page(), "docs/layers.md is old: cargo xtask bless");
}

#[test]
fn fields_are_typed() {
    let mut world = World::new();
    world.way(&RING[..2], "highway=primary, maxspeed=30 mph, lanes=2, bridge=yes, name=Main, width=12'6\"");
    let map = world.map();
    let features = see(&map, &look([0.0, 0.0, 2.0, 2.0]));
    let row = &features.rows[0];
    let layer = LAYERS.iter().find(|layer| layer.id == features.class(row).layer).unwrap();
    let value = |name: &str| features.field(row, layer.fields.iter().find(|field| field.name == name).unwrap());
    assert_eq!(value("maxspeed"), Value::Number(30.0 * 1.609_344));
    assert_eq!(value("lanes"), Value::Int(2));
    assert_eq!(value("width"), Value::Number(12.5 * 0.3048));
    assert_eq!(value("bridge"), Value::Flag(true));
    assert_eq!(value("tunnel"), Value::Flag(false));
    assert_eq!(value("surface"), Value::None);
    assert_eq!((features.value(row), row.layer_z), ("primary", 1));
}
