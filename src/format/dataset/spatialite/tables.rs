//! The tables that SpatiaLite knows its own by, and the triggers that it makes.

use crate::error::Result;
use crate::geo::wkt::{Dialect, wkt};
use crate::styled::StyledLayers;
use crate::watch::Watch;
use crate::wire::sqlite::{Column, Database, Rule, Table, Value};

const fn text(name: &str) -> Column<'_> {
    Column::new(name, "TEXT").with("NOT NULL")
}

const fn int(name: &str) -> Column<'_> {
    Column::new(name, "INTEGER").with("NOT NULL")
}

/// What the data are, on which terms, and how the file was made.
pub const WORDS: Table = Table { name: "mapwright", columns: &[text("name"), text("value")], rules: &[] };

const SYSTEMS: Table = Table {
    name: "spatial_ref_sys",
    columns: &[
        Column::row("srid").with("NOT NULL"),
        text("auth_name"),
        int("auth_srid"),
        Column::new("ref_sys_name", "TEXT").with("NOT NULL DEFAULT 'Unknown'"),
        text("proj4text"),
        Column::new("srtext", "TEXT").with("NOT NULL DEFAULT 'Undefined'"),
    ],
    rules: &[],
};

/// Which columns are geometry.
pub const COLUMNS: Table = Table {
    name: "geometry_columns",
    columns: &[
        text("f_table_name"),
        text("f_geometry_column"),
        int("geometry_type"),
        int("coord_dimension"),
        int("srid"),
        int("spatial_index_enabled"),
    ],
    rules: &[
        Rule::Primary(&["f_table_name", "f_geometry_column"]),
        Rule::Sql("CONSTRAINT fk_gc_srs FOREIGN KEY (srid) REFERENCES spatial_ref_sys (srid)"),
        Rule::Sql("CONSTRAINT ck_gc_rtree CHECK (spatial_index_enabled IN (0,1,2))"),
    ],
};

/// Tables that must be there and have nothing to say.
pub const EMPTY: &[Table] = &[
    Table {
        name: "spatialite_history",
        columns: &[
            Column::counted("event_id").with("NOT NULL"),
            text("table_name"),
            Column::new("geometry_column", "TEXT"),
            text("event"),
            text("timestamp"),
            text("ver_sqlite"),
            text("ver_splite"),
        ],
        rules: &[],
    },
    Table {
        name: "geometry_columns_auth",
        columns: &[text("f_table_name"), text("f_geometry_column"), int("read_only"), int("hidden")],
        rules: &[Rule::Primary(&["f_table_name", "f_geometry_column"])],
    },
    Table {
        name: "views_geometry_columns",
        columns: &[
            text("view_name"),
            text("view_geometry"),
            text("view_rowid"),
            text("f_table_name"),
            text("f_geometry_column"),
            int("read_only"),
        ],
        rules: &[Rule::Primary(&["view_name", "view_geometry"])],
    },
    Table {
        name: "virts_geometry_columns",
        columns: &[text("virt_name"), text("virt_geometry"), int("geometry_type"), int("coord_dimension"), int("srid")],
        rules: &[Rule::Primary(&["virt_name", "virt_geometry"])],
    },
];

/// The systems of coordinates that are used, and those that SpatiaLite expects.
pub fn systems(database: &mut Database, layers: &StyledLayers, watch: &mut Watch) -> Result<()> {
    let table = database.table(&SYSTEMS)?;
    for (srid, name) in [(-1, "Undefined - Cartesian"), (0, "Undefined - Geographic Long/Lat")] {
        let words = [Value::Int(srid), Value::Text("NONE"), Value::Int(srid), Value::Text(name)];
        database.insert(table, &[words.as_slice(), &[Value::Text(""), Value::Text("Undefined")]].concat())?;
    }
    if let Some(crs) = layers.tables.first().map(|table| &table.features.crs) {
        let code = Value::Int(crs.epsg.into());
        let name = if crs.epsg == 4326 { "WGS 84".to_owned() } else { format!("EPSG:{}", crs.epsg) };
        let (proj, words) = (crs.definition(), wkt(crs.epsg, Dialect::Ogc).unwrap_or_else(|| "Undefined".to_owned()));
        let texts = [&name, &proj, &words].map(|text| Value::Text(text));
        database.insert(table, &[[code, Value::Text("epsg"), code].as_slice(), &texts].concat())?;
    }
    database.close(table, watch)
}

/// What checks geometry that somebody puts in, and keeps the index in step.
pub fn triggers(database: &mut Database, table: &str, column: &str) -> Result<()> {
    let allowed = format!(
        "SELECT RAISE(ROLLBACK, '{table}.{column} violates Geometry constraint [geom-type or SRID not allowed]') \
         WHERE (SELECT geometry_type FROM geometry_columns WHERE Lower(f_table_name) = Lower('{table}') AND \
         Lower(f_geometry_column) = Lower('{column}') AND GeometryConstraints(NEW.\"{column}\", geometry_type, srid) = 1) IS NULL;"
    );
    let index = format!("idx_{table}_{column}");
    let clear = format!("DELETE FROM \"{index}\" WHERE pkid = OLD.ROWID;");
    let renew = |row: &str| {
        format!(
            "DELETE FROM \"{index}\" WHERE pkid = {row}.ROWID; SELECT RTreeAlign('{index}', NEW.ROWID, NEW.\"{column}\");"
        )
    };
    let triggers = [
        (format!("ggi_{table}_{column}"), format!("BEFORE INSERT ON \"{table}\" FOR EACH ROW BEGIN {allowed} END")),
        (
            format!("ggu_{table}_{column}"),
            format!("BEFORE UPDATE OF \"{column}\" ON \"{table}\" FOR EACH ROW BEGIN {allowed} END"),
        ),
        (
            format!("gii_{table}_{column}"),
            format!("AFTER INSERT ON \"{table}\" FOR EACH ROW BEGIN {} END", renew("NEW")),
        ),
        (
            format!("giu_{table}_{column}"),
            format!("AFTER UPDATE OF \"{column}\" ON \"{table}\" FOR EACH ROW BEGIN {} END", renew("NEW")),
        ),
        (format!("gid_{table}_{column}"), format!("AFTER DELETE ON \"{table}\" FOR EACH ROW BEGIN {clear} END")),
    ];
    for (name, what) in triggers {
        database.trigger(&name, table, &what)?;
    }
    Ok(())
}
