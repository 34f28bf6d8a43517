//! The tables of MBTiles 1.3 (<https://github.com/mapbox/mbtiles-spec>), of vectors and of pictures.

use crate::wire::sqlite::{Column, Table};

/// What MBTiles are to programs that look at the head of a database: "MPBX".
pub const APPLICATION: u32 = 0x4d50_4258;

/// Names and values: of MBTiles, and of what else keeps them so.
pub const METADATA: Table =
    Table { name: "metadata", columns: &[Column::new("name", "TEXT"), Column::new("value", "TEXT")], rules: &[] };
/// Tiles, counted from below.
pub const TILES: Table = Table {
    name: "tiles",
    columns: &[
        Column::new("zoom_level", "INTEGER"),
        Column::new("tile_column", "INTEGER"),
        Column::new("tile_row", "INTEGER"),
        Column::new("tile_data", "BLOB"),
    ],
    rules: &[],
};
