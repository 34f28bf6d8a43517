//! GeoJSON text sequence (RFC 8142): a feature on each line, with the record separator before it or without.

use super::super::{Format, Job, Opt, Tier, Write, Written};
use super::geojson::{LICENCE, Writer};
use crate::map::Features;
use crate::watch::{Stage, Watch};

/// GeoJSON text sequence.
pub const FORMAT: Format = Format {
    id: "geojsonseq",
    aliases: &["geojsonl"],
    title: "GeoJSON sequence",
    extension: "geojsons",
    mime: "application/geo+json-seq",
    tier: Tier::Basic,
    about: "Features with geometry and every tag, one on each line, for programs that read large files piece by piece.",
    for_whom: "Developers of tile and data pipelines, data scientists",
    kept: "Geometry to the last digit, ids, layer and class, typed fields of the layer, all tags",
    lost: "Which features share a node, relations that are no area, route or boundary, editing history",
    programs: &[
        "tippecanoe",
        "GDAL",
        "QGIS",
        "jq",
        "osmium",
        "BigQuery",
        "Elasticsearch",
        "DuckDB",
        "MongoDB",
        "Spark",
    ],
    options: &[
        Opt::int("digits", "Decimals of coordinates", 0, 9, 7),
        Opt::choice("separator", "What stands before a feature", &["auto", "rs", "newline"]),
    ],
    write: Write::Features(write),
};

/// ASCII record separator.
const RECORD: u8 = 0x1e;

fn write(features: &Features, job: &mut Job, watch: &mut Watch) -> Written {
    let mut writer = Writer::new(features, job);
    let separator: &[u8] = if separated(job) { &[RECORD] } else { &[] };
    let timestamp = ("timestamp", features.map.osm.timestamp.as_str());
    let date = (!timestamp.1.is_empty()).then_some(timestamp);
    // A sequence has no head: its terms are members of the first feature.
    let terms: Vec<(&str, &str)> = LICENCE.iter().copied().chain(date).collect();
    let total = features.rows.len() as u64;
    for (done, feature) in features.rows.iter().enumerate() {
        if done.is_multiple_of(1000) {
            watch.at(Stage::Write, done as u64, total)?;
            writer.room();
        }
        writer.out.extend_from_slice(separator);
        writer.feature(feature, if done == 0 { &terms } else { &[] });
        writer.out.push(b'\n');
    }
    if features.rows.is_empty() {
        writer.out.extend_from_slice(separator);
        writer.out.extend_from_slice(b"{\"type\":\"FeatureCollection\",");
        terms.iter().for_each(|(key, value)| writer.member(key, value));
        writer.out.extend_from_slice(b"\"features\":[]}\n");
    }
    writer.say_crs(job.notes);
    Ok(writer.finish(job.notes))
}

/// Whether records are separated as RFC 8142 wants it: `auto` is yes, unless only lines were asked for by `geojsonl`.
fn separated(job: &Job) -> bool {
    match job.settings.text("separator") {
        "rs" => true,
        "newline" => false,
        _ => {
            let asked = |name: &str| job.request.formats.iter().any(|format| format == name);
            asked(FORMAT.id) || !FORMAT.aliases.iter().any(|alias| asked(alias))
        }
    }
}
