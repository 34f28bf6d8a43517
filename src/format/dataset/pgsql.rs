//! SQL scripts that load a map into a database: PostgreSQL with PostGIS, MySQL and MariaDB, SQLite.

mod dialect;
mod literal;
mod script;

use crate::format::{COLUMNS, Credit, Format, Memory, Opt, Size, Tier, Topic, Write};
use crate::table::Split;

/// The family.
pub const FORMATS: &[Format] = &[PGSQL, MYSQL, SQLITE];

const DROP: Opt = Opt::flag("drop", "Take tables of the same names away first", false);

const PGSQL: Format = Format {
    id: "pgsql",
    aliases: &["postgis"],
    title: "PostgreSQL / PostGIS (SQL)",
    family: "SQL script",
    version: "PostGIS",
    extension: "sql",
    mime: "application/sql",
    tier: Tier::Pro,
    topics: &[Topic::Gis],
    about: "A script for psql: a table for each layer and kind of geometry, filled by COPY, with indexes and comments.",
    for_whom: "Administrators of spatial databases, backend developers, GIS departments",
    kept: "Geometry to the last digit, ids, class, names, typed fields, all tags as JSON, descriptions of the columns",
    lost: "The look; which features share a node",
    programs: &["psql", "PostGIS", "pgAdmin", "QGIS", "GeoServer", "Martin", "pg_tileserv", "CloudSQL", "Supabase"],
    specification: "https://www.postgresql.org/docs/current/sql-copy.html",
    credit: Credit::Inside("the comment at its head, and those of the tables"),
    provenance: Some("the comment at its head"),
    size: Size::Elements,
    memory: Memory::Stream,
    options: &[COLUMNS, Opt::text("schema", "Schema of the tables", "public"), DROP],
    write: Write::Table(Split::Layers, |tables, job, watch, sink| {
        script::write(&dialect::POSTGRES, tables, job, watch, sink)
    }),
};

const MYSQL: Format = Format {
    id: "mysql",
    aliases: &["mariadb"],
    title: "MySQL / MariaDB (SQL)",
    version: "MySQL",
    about: "A script for mysql: a table for each layer and kind of geometry, filled by INSERT, with spatial indexes.",
    for_whom: "Web developers, administrators of MySQL and MariaDB",
    programs: &["mysql", "MySQL Workbench", "MariaDB", "phpMyAdmin", "DBeaver", "GDAL", "HeidiSQL"],
    specification: "https://dev.mysql.com/doc/refman/8.4/en/spatial-types.html",
    credit: Credit::Inside("the comment at its head, and those of the tables"),
    options: &[COLUMNS, DROP],
    write: Write::Table(Split::Layers, |tables, job, watch, sink| {
        script::write(&dialect::MYSQL, tables, job, watch, sink)
    }),
    ..PGSQL
};

const SQLITE: Format = Format {
    id: "sqlite-sql",
    aliases: &[],
    title: "SQLite (SQL)",
    version: "SQLite",
    about: "A script for sqlite3: a table for each layer and kind of geometry with well-known text, and an R-tree for each.",
    for_whom: "Developers of apps, analysts, everybody who has sqlite3 and nothing else",
    lost: "The look; which features share a node; SQLite has no type for geometry, it is text",
    programs: &["sqlite3", "DB Browser for SQLite", "Datasette", "DBeaver", "Python sqlite3", "DuckDB"],
    specification: "https://www.sqlite.org/lang.html",
    credit: Credit::Inside("the comment at its head"),
    options: &[COLUMNS, DROP],
    write: Write::Table(Split::Layers, |tables, job, watch, sink| {
        script::write(&dialect::SQLITE, tables, job, watch, sink)
    }),
    ..PGSQL
};
