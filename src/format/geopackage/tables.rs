//! The tables that a GeoPackage has besides its features (OGC 12-128r18, annex C).

use crate::error::Result;
use crate::geo::wkt::{Dialect, wkt};
use crate::watch::Watch;
use crate::wire::sqlite::{Column, Database, Rule, Table, Value};

const fn text(name: &str) -> Column<'_> {
    Column::new(name, "TEXT").with("NOT NULL")
}

const SYSTEMS: Table = Table {
    name: "gpkg_spatial_ref_sys",
    columns: &[
        text("srs_name"),
        Column::row("srs_id").with("NOT NULL"),
        text("organization"),
        Column::new("organization_coordsys_id", "INTEGER").with("NOT NULL"),
        text("definition"),
        Column::new("description", "TEXT"),
    ],
    rules: &[],
};

/// What lies in the file.
pub const CONTENTS: Table = Table {
    name: "gpkg_contents",
    columns: &[
        text("table_name"),
        text("data_type"),
        Column::new("identifier", "TEXT"),
        Column::new("description", "TEXT").with("DEFAULT ''"),
        Column::new("last_change", "DATETIME").with("NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now'))"),
        Column::new("min_x", "DOUBLE"),
        Column::new("min_y", "DOUBLE"),
        Column::new("max_x", "DOUBLE"),
        Column::new("max_y", "DOUBLE"),
        Column::new("srs_id", "INTEGER"),
    ],
    rules: &[
        Rule::Primary(&["table_name"]),
        Rule::Unique(&["identifier"]),
        Rule::Sql("CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id)"),
    ],
};

/// Which columns are geometry.
pub const GEOMETRY: Table = Table {
    name: "gpkg_geometry_columns",
    columns: &[
        text("table_name"),
        text("column_name"),
        text("geometry_type_name"),
        Column::new("srs_id", "INTEGER").with("NOT NULL"),
        Column::new("z", "TINYINT").with("NOT NULL"),
        Column::new("m", "TINYINT").with("NOT NULL"),
    ],
    rules: &[
        Rule::Primary(&["table_name", "column_name"]),
        Rule::Unique(&["table_name"]),
        Rule::Sql("CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name)"),
        Rule::Sql("CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id)"),
    ],
};

/// Which extensions are used, and where.
pub const EXTENSIONS: Table = Table {
    name: "gpkg_extensions",
    columns: &[
        Column::new("table_name", "TEXT"),
        Column::new("column_name", "TEXT"),
        text("extension_name"),
        text("definition"),
        text("scope"),
    ],
    rules: &[Rule::Unique(&["table_name", "column_name", "extension_name"])],
};

/// What columns mean (extension `gpkg_schema`).
pub const COLUMNS: Table = Table {
    name: "gpkg_data_columns",
    columns: &[
        text("table_name"),
        text("column_name"),
        Column::new("name", "TEXT"),
        Column::new("title", "TEXT"),
        Column::new("description", "TEXT"),
        Column::new("mime_type", "TEXT"),
        Column::new("constraint_name", "TEXT"),
    ],
    rules: &[Rule::Primary(&["table_name", "column_name"]), Rule::Unique(&["table_name", "name"])],
};

/// How many features a table has, which GDAL and QGIS would count otherwise.
pub const COUNTS: Table = Table {
    name: "gpkg_ogr_contents",
    columns: &[text("table_name"), Column::new("feature_count", "INTEGER").with("DEFAULT NULL")],
    rules: &[Rule::Primary(&["table_name"])],
};

/// Projects of QGIS.
pub const PROJECTS: Table = Table {
    name: "qgis_projects",
    columns: &[Column::new("name", "TEXT"), Column::new("metadata", "BLOB"), Column::new("content", "BLOB")],
    rules: &[Rule::Primary(&["name"])],
};

/// What is said of the data (extension `gpkg_metadata`).
pub const METADATA: Table = Table {
    name: "gpkg_metadata",
    columns: &[
        Column::counted("id").with("NOT NULL"),
        Column::new("md_scope", "TEXT").with("NOT NULL DEFAULT 'dataset'"),
        text("md_standard_uri"),
        Column::new("mime_type", "TEXT").with("NOT NULL DEFAULT 'text/xml'"),
        Column::new("metadata", "TEXT").with("NOT NULL DEFAULT ''"),
    ],
    rules: &[],
};

/// What it is said of.
pub const REFERENCES: Table = Table {
    name: "gpkg_metadata_reference",
    columns: &[
        text("reference_scope"),
        Column::new("table_name", "TEXT"),
        Column::new("column_name", "TEXT"),
        Column::new("row_id_value", "INTEGER"),
        Column::new("timestamp", "DATETIME").with("NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now'))"),
        Column::new("md_file_id", "INTEGER").with("NOT NULL"),
        Column::new("md_parent_id", "INTEGER"),
    ],
    rules: &[
        Rule::Sql("CONSTRAINT crmr_mfi_fk FOREIGN KEY (md_file_id) REFERENCES gpkg_metadata(id)"),
        Rule::Sql("CONSTRAINT crmr_mpi_fk FOREIGN KEY (md_parent_id) REFERENCES gpkg_metadata(id)"),
    ],
};

/// The systems of coordinates that every GeoPackage knows, and that of what it holds.
///
/// # Errors
/// Those of the sink.
pub fn systems(database: &mut Database, own: Option<u16>, watch: &mut Watch) -> Result<()> {
    let table = database.table(&SYSTEMS)?;
    let undefined = [("Undefined Cartesian SRS", -1), ("Undefined geographic SRS", 0)];
    for (name, id) in undefined {
        let words = [Value::Text(name), Value::Int(id), Value::Text("NONE"), Value::Int(id)];
        database.insert(table, &[words.as_slice(), &[Value::Text("undefined"), Value::Null]].concat())?;
    }
    let mut codes = vec![4326];
    codes.extend(own.filter(|epsg| *epsg != 4326));
    codes.sort_unstable();
    for epsg in codes {
        let id = Value::Int(epsg.into());
        let name = if epsg == 4326 { "WGS 84 geodetic".to_owned() } else { format!("EPSG:{epsg}") };
        // What has no words here is known by its code.
        let definition = wkt(epsg, Dialect::Ogc).unwrap_or_else(|| "undefined".to_owned());
        let [name, definition] = [&name, &definition].map(|text| Value::Text(text));
        database.insert(table, &[name, id, Value::Text("EPSG"), id, definition, Value::Null])?;
    }
    database.close(table, watch)
}
