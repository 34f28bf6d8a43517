//! What databases differ in.

use crate::table::ColumnKind;

/// How rows are given to a database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rows {
    /// As the text form of `COPY … FROM stdin`.
    Copy,
    /// By `INSERT` of many rows, up to so many bytes.
    Insert(usize),
}

/// How geometry is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Geom {
    /// Hexadecimal EWKB.
    Extended,
    /// A function of hexadecimal WKB; without a system of coordinates, whose axes MySQL and MariaDB order differently.
    Function,
    /// Well-known text.
    Text,
}

/// A row of what a database can.
pub struct Dialect {
    /// What stands around names.
    pub quote: char,
    /// Types: text, JSON, whole numbers, numbers, true or false.
    pub types: [&'static str; 5],
    /// What the number of a row is.
    pub key: &'static str,
    /// Before the first table, and after the last.
    pub begin: &'static str,
    pub end: &'static str,
    /// What a table ends with.
    pub table_end: &'static str,
    /// Whether backslashes mean something in texts.
    pub backslash: bool,
    pub rows: Rows,
    pub geometry: Geom,
    /// Whether tables stand in schemas.
    pub schemas: bool,
    /// True and false.
    pub flags: [&'static str; 2],
}

impl Dialect {
    /// The type of a column.
    pub fn kind(&self, kind: ColumnKind) -> &'static str {
        let [text, json, int, real, flag] = self.types;
        match kind {
            ColumnKind::Text => text,
            ColumnKind::Json => json,
            ColumnKind::Int => int,
            ColumnKind::Number(_) => real,
            ColumnKind::Flag => flag,
        }
    }
}

pub const POSTGRES: Dialect = Dialect {
    quote: '"',
    types: ["text", "jsonb", "bigint", "double precision", "boolean"],
    key: "bigint PRIMARY KEY",
    begin: "\\set ON_ERROR_STOP on\nSET client_encoding = 'UTF8';\nSET standard_conforming_strings = on;\nBEGIN;\nCREATE EXTENSION IF NOT EXISTS postgis;\n",
    end: "COMMIT;\n",
    table_end: ")",
    backslash: false,
    rows: Rows::Copy,
    geometry: Geom::Extended,
    schemas: true,
    flags: ["t", "f"],
};

pub const MYSQL: Dialect = Dialect {
    quote: '`',
    types: ["text", "json", "bigint", "double", "boolean"],
    key: "bigint NOT NULL PRIMARY KEY",
    begin: "SET NAMES utf8mb4;\nSET sql_mode = '';\nSTART TRANSACTION;\n",
    end: "COMMIT;\n",
    table_end: ") ENGINE=InnoDB DEFAULT CHARSET=utf8mb4",
    backslash: true,
    rows: Rows::Insert(400_000),
    geometry: Geom::Function,
    schemas: false,
    flags: ["true", "false"],
};

pub const SQLITE: Dialect = Dialect {
    quote: '"',
    types: ["TEXT", "TEXT", "INTEGER", "REAL", "BOOLEAN"],
    key: "INTEGER PRIMARY KEY",
    begin: "BEGIN;\n",
    end: "COMMIT;\nANALYZE;\n",
    table_end: ")",
    backslash: false,
    rows: Rows::Insert(400_000),
    geometry: Geom::Text,
    schemas: false,
    flags: ["1", "0"],
};
