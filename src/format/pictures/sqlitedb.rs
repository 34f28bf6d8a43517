//! SQLite databases of tiles as RMaps, OsmAnd, Locus and OruxMaps read them.

use crate::format::mbtiles::METADATA;
use crate::format::pixels::tileset::{KEPT, LOST, OPTIONS, Tile, Tileset};
use crate::format::{Credit, Format, Job, Memory, Opt, Products, Size, Tier, Topic, Write, Written};
use crate::sink::Sink;
use crate::watch::Watch;
use crate::wire::sqlite::{Column, Database, Rule, Table, Value};

/// The family.
pub const FORMATS: &[Format] = &[SQLITEDB];

const SQLITEDB: Format = Format {
    id: "sqlitedb",
    aliases: &["rmaps", "osmand-sqlitedb"],
    title: "SQLite map for phones",
    family: "SQLite map for phones",
    version: "",
    extension: "sqlitedb",
    mime: "application/vnd.sqlite3",
    tier: Tier::Pro,
    topics: &[Topic::Gps, Topic::Pictures],
    about: "Picture tiles in the database that OsmAnd and other navigation apps lay under or over their own maps.",
    for_whom: "Hikers, cyclists, drivers and search parties with OsmAnd, Locus, OruxMaps, RMaps",
    kept: KEPT,
    lost: LOST,
    programs: &["OsmAnd", "Locus Map", "OruxMaps", "RMaps", "BackCountry Navigator", "MOBAC", "SAS.Planet"],
    specification: "https://osmand.net/docs/technical/osmand-file-formats/osmand-sqlite/",
    credit: Credit::Inside("`attribution` of the table `metadata`"),
    provenance: Some("`mapwright` of the table `metadata`"),
    size: Size::Pixels,
    memory: Memory::Stream,
    options: &[
        OPTIONS[0],
        OPTIONS[1],
        OPTIONS[2],
        OPTIONS[3],
        Opt::choice("numbering", "How zooms are counted", &["BigPlanet", "simple"]),
    ],
    write: Write::Several("Pixels", write),
};

const TILES: Table = Table {
    name: "tiles",
    columns: &[
        Column::new("x", "INTEGER"),
        Column::new("y", "INTEGER"),
        Column::new("z", "INTEGER"),
        Column::new("s", "INTEGER"),
        Column::new("image", "BLOB"),
    ],
    rules: &[Rule::Primary(&["x", "y", "z", "s"])],
};
const INFO: Table = Table {
    name: "info",
    columns: &[
        Column::new("minzoom", "INTEGER"),
        Column::new("maxzoom", "INTEGER"),
        Column::new("tilenumbering", "TEXT"),
        Column::new("tilesize", "INTEGER"),
        Column::new("ellipsoid", "INTEGER"),
        Column::new("inverted_y", "INTEGER"),
        Column::new("timecolumn", "TEXT"),
    ],
    rules: &[],
};
const LOCALE: Table = Table { name: "android_metadata", columns: &[Column::new("locale", "TEXT")], rules: &[] };

/// What zooms of BigPlanet are counted down from.
const TOP: i64 = 17;

fn write(products: &mut dyn Products, job: &mut Job, watch: &mut Watch, sink: &mut dyn Sink) -> Written {
    let set = Tileset::new(products.shown(), job)?;
    let numbering = job.settings.text("numbering");
    let simple = numbering == "simple";
    let number = |zoom: u8| if simple { i64::from(zoom) } else { TOP - i64::from(zoom) };
    let mut database = Database::new(sink)?;
    let metadata = database.table(&METADATA)?;
    for (name, value) in [
        ("name", super::mbtiles::title(job)),
        ("attribution", crate::osm::ATTRIBUTION.into()),
        ("license", crate::osm::LICENCE.into()),
        ("mapwright", job.provenance.text()),
    ] {
        database.insert(metadata, &[Value::Text(name), Value::Text(&value)])?;
    }
    database.close(metadata, watch)?;
    let locale = database.table(&LOCALE)?;
    database.insert(locale, &[Value::Text("en")])?;
    database.close(locale, watch)?;
    let info = database.table(&INFO)?;
    let ends = [number(*set.zooms.start()), number(*set.zooms.end())];
    let [least, most] = [ends[0].min(ends[1]), ends[0].max(ends[1])].map(Value::Int);
    let zero = Value::Int(0);
    let row = [least, most, Value::Text(numbering), Value::Int(set.side.into()), zero, zero, Value::Text("no")];
    database.insert(info, &row)?;
    database.close(info, watch)?;
    let table = database.table(&TILES)?;
    watch.part(0.0..0.98, |watch| {
        set.each(products, job, watch, &mut |tile: &Tile| {
            let [x, y, z] = [tile.x.into(), tile.y.into(), number(tile.z)].map(Value::Int);
            database.insert(table, &[x, y, z, zero, Value::Blob(&tile.bytes)]).map(|_| ())
        })
    })?;
    watch.part(0.98..1.0, |watch| database.finish(watch))
}
