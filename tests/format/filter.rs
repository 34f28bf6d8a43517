//! The filter of a request in every product.

use mapwright::format::formats;
use mapwright::{Engine, Opened, Request, Watch};
use serde_json::json;

#[test]
fn every_product_with_features_holds_what_fits_the_filter() {
    let data = crate::common::data("overpass/monaco-tiny.map.json.gz");
    let opened = Opened::open(&data, &mut Watch::silent()).unwrap();
    let engine = Engine::native().unwrap();
    let sizes = |id: &str, filter: serde_json::Value| {
        let json = json!({"formats": [id], "filter": filter, "page": {"dpi": 30}});
        let request = Request::from_json(&json.to_string()).unwrap();
        let files = opened.export(&engine, &request, &mut Watch::silent(), |_| Ok(Vec::new())).unwrap();
        let codes: Vec<&str> = files[0].0.notes.iter().map(|note| note.code).collect();
        let whole = codes.contains(&"whole");
        (files[0].1.clone(), whole, codes.contains(&"nothing"))
    };
    for entry in formats() {
        let id = entry.format.id;
        let osm = entry.format.write.product() == "Osm";
        let (all, whole, _) = sizes(id, json!({}));
        assert!(!whole, "{id}");
        // Formats that hold everything say so; in the others nothing is left where nothing fits.
        let (none, whole, nothing) = sizes(id, json!({"highway": ["no such street"]}));
        assert_eq!((whole, nothing), (osm, !osm), "{id}");
        let (fits, whole, nothing) = sizes(id, json!({"highway": true}));
        assert_eq!((whole, nothing), (osm, false), "{id}");
        if !osm {
            assert!(none != all && fits != none, "{id}");
        }
    }
}
