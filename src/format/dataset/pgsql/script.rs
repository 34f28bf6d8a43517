//! The script: what it begins with, then every table with its rows, indexes and comments.

use super::dialect::{Dialect, Geom, Rows};
use super::literal::{cell, name, quoted};
use crate::error::Result;
use crate::format::{Job, Written, terms};
use crate::osm::ATTRIBUTION;
use crate::sink::{Sink, spill};
use crate::table::shape::{Kind, Shape};
use crate::table::{self, Table, wkb, wkt};
use crate::watch::{Stage, Watch};
use crate::wire::hex::hex;
use crate::wire::number;

/// The columns that every table begins with.
const ID: &str = "fid";
const GEOM: &str = "geom";
/// Boxes of an R-tree in one statement.
const BOXES: usize = 5000;

struct Script<'d> {
    out: Vec<u8>,
    dialect: &'d Dialect,
    schema: String,
    drop: bool,
}

/// Writes the script of some tables.
///
/// # Errors
/// [`crate::error::Error::Cancelled`], those of the sink.
pub fn write(dialect: &Dialect, tables: &[Table], job: &mut Job, watch: &mut Watch, sink: &mut dyn Sink) -> Written {
    let schema = job.settings.text("schema");
    let mut script = Script {
        out: Vec::new(),
        dialect,
        schema: if dialect.schemas && !schema.is_empty() {
            format!("{}.", name(schema, dialect))
        } else {
            String::new()
        },
        drop: job.settings.flag("drop"),
    };
    for line in [ATTRIBUTION, crate::osm::LICENCE, &job.provenance.text()] {
        script.say(&format!("-- {line}\n"));
    }
    script.say(dialect.begin);
    if !script.schema.is_empty() && schema != "public" {
        script.say(&format!("CREATE SCHEMA IF NOT EXISTS {};\n", name(schema, dialect)));
    }
    let count = tables.len() as f64;
    for (row, table) in tables.iter().enumerate() {
        let share = row as f64 / count..(row + 1) as f64 / count;
        watch.part(share, |watch| script.table(table, watch, sink))?;
    }
    script.say(dialect.end);
    if dialect.rows == Rows::Copy {
        tables.iter().for_each(|table| script.say(&format!("ANALYZE {};\n", script.named(&table.name))));
    }
    sink.put(&script.out)
}

impl Script<'_> {
    fn say(&mut self, text: &str) {
        self.out.extend_from_slice(text.as_bytes());
    }

    /// The name of a table, in its schema.
    fn named(&self, table: &str) -> String {
        format!("{}{}", self.schema, name(table, self.dialect))
    }

    fn table(&mut self, table: &Table, watch: &mut Watch, sink: &mut dyn Sink) -> Result<()> {
        let kind = table.kind();
        self.create(table, kind);
        let rows = table.rows.len();
        let mut since = 0;
        for row in 0..rows {
            if row % 1000 == 0 {
                watch.at(Stage::Write, row as u64, rows as u64)?;
            }
            let before = self.out.len();
            self.begin_row(table, since);
            self.row(table, row, kind);
            since += self.out.len() - before;
            if let Rows::Insert(most) = self.dialect.rows
                && since > most
            {
                self.say(";\n");
                since = 0;
            }
            spill(&mut self.out, sink)?;
        }
        match self.dialect.rows {
            Rows::Copy => self.say("\\.\n"),
            Rows::Insert(_) if since > 0 => self.say(";\n"),
            Rows::Insert(_) => {}
        }
        self.indexes(table, watch, sink)
    }

    fn create(&mut self, table: &Table, kind: Kind) {
        let (dialect, own) = (self.dialect, self.named(&table.name));
        if self.drop {
            self.say(&format!("DROP TABLE IF EXISTS {own};\n"));
            if dialect.geometry == Geom::Text {
                self.say(&format!("DROP TABLE IF EXISTS {};\n", self.named(&tree(table))));
            }
        }
        let epsg = table.features.crs.epsg;
        let geometry = match dialect.geometry {
            Geom::Extended => format!("geometry({}, {epsg})", kind.name()),
            // Said so that MySQL uses the index; MariaDB passes it over.
            Geom::Function => "geometry NOT NULL /*!80003 SRID 0 */".to_owned(),
            Geom::Text => "TEXT".to_owned(),
        };
        let mut columns =
            vec![format!("{} {}", name(ID, dialect), dialect.key), format!("{} {geometry}", name(GEOM, dialect))];
        for column in &table.columns {
            let comment = match dialect.geometry {
                Geom::Function => format!(" COMMENT {}", quoted(&table::about(column), dialect)),
                _ => String::new(),
            };
            columns.push(format!("{} {}{comment}", name(&column.name, dialect), dialect.kind(column.kind)));
        }
        let comment = match dialect.geometry {
            Geom::Function => format!(" COMMENT={}", quoted(&about(table), dialect)),
            _ => String::new(),
        };
        self.say(&format!("CREATE TABLE {own} (\n  {}\n{}{comment};\n", columns.join(",\n  "), dialect.table_end));
        if dialect.rows == Rows::Copy {
            let names: Vec<String> = table.columns.iter().map(|column| name(&column.name, dialect)).collect();
            let [id, geom] = [ID, GEOM].map(|column| name(column, dialect));
            self.say(&format!("COPY {own} ({id}, {geom}, {}) FROM stdin;\n", names.join(", ")));
        }
    }

    /// What stands before a row; `since` are the bytes since the last statement.
    fn begin_row(&mut self, table: &Table, since: usize) {
        match self.dialect.rows {
            Rows::Copy => {}
            Rows::Insert(_) if since > 0 => self.say(",\n("),
            Rows::Insert(_) => {
                let into = format!("INSERT INTO {} VALUES\n(", self.named(&table.name));
                self.say(&into);
            }
        }
    }

    fn row(&mut self, table: &Table, row: usize, kind: Kind) {
        let copy = self.dialect.rows == Rows::Copy;
        let comma: &[u8] = if copy { b"\t" } else { b"," };
        number::integer(&mut self.out, row as i64 + 1);
        self.out.extend_from_slice(comma);
        let digits = table.digits();
        let shape = table.shape(row, digits).unwrap_or_default();
        self.geometry(&shape, table, kind);
        for column in &table.columns {
            self.out.extend_from_slice(comma);
            cell(&mut self.out, column.cell(row), column.kind, self.dialect);
        }
        self.out.extend_from_slice(if copy { b"\n" } else { b")" });
    }

    fn geometry(&mut self, shape: &Shape, table: &Table, kind: Kind) {
        let (digits, multi) = (table.digits(), kind == kind.multi());
        match self.dialect.geometry {
            Geom::Extended => {
                let flavour = table::Dialect::Extended(table.features.crs.epsg.into());
                hex(&mut self.out, &wkb(shape, digits, flavour, multi));
            }
            Geom::Function => {
                self.say("ST_GeomFromWKB(x'");
                hex(&mut self.out, &wkb(shape, digits, table::Dialect::Plain, multi));
                self.say("')");
            }
            Geom::Text => {
                let text = quoted(&wkt(shape, digits), self.dialect);
                self.say(&text);
            }
        }
    }

    fn indexes(&mut self, table: &Table, watch: &mut Watch, sink: &mut dyn Sink) -> Result<()> {
        let (dialect, own) = (self.dialect, self.named(&table.name));
        let index = |ending: &str| name(&format!("{}_{ending}", table.name), dialect);
        let [id, geom, osm] = [ID, GEOM, "osm_id"].map(|column| name(column, dialect));
        match dialect.geometry {
            Geom::Extended => {
                self.say(&format!("CREATE INDEX {} ON {own} USING gist ({geom});\n", index(GEOM)));
                self.say(&format!("COMMENT ON TABLE {own} IS {};\n", quoted(&about(table), dialect)));
                for column in &table.columns {
                    let text = quoted(&table::about(column), dialect);
                    self.say(&format!("COMMENT ON COLUMN {own}.{} IS {text};\n", name(&column.name, dialect)));
                }
            }
            Geom::Function => self.say(&format!("CREATE SPATIAL INDEX {} ON {own} ({geom});\n", index(GEOM))),
            Geom::Text => {
                let tree = self.named(&tree(table));
                self.say(&format!("CREATE VIRTUAL TABLE {tree} USING rtree({id}, minx, maxx, miny, maxy);\n"));
                self.boxes(table, &tree, watch, sink)?;
            }
        }
        self.say(&format!("CREATE INDEX {} ON {own} ({osm});\n", index("osm_id")));
        Ok(())
    }

    /// The boxes of an R-tree, so many in a statement.
    fn boxes(&mut self, table: &Table, tree: &str, watch: &mut Watch, sink: &mut dyn Sink) -> Result<()> {
        let (digits, rows) = (table.digits(), table.rows.len());
        let mut count = 0;
        for row in 0..rows {
            if row % 1000 == 0 {
                watch.at(Stage::Write, row as u64, rows as u64)?;
            }
            let Some([west, south, east, north]) = table.shape(row, digits).and_then(|shape| shape.bounds()) else {
                continue;
            };
            match count % BOXES {
                0 => self.say(&format!("{}INSERT INTO {tree} VALUES\n(", if count > 0 { ";\n" } else { "" })),
                _ => self.say(",\n("),
            }
            count += 1;
            number::integer(&mut self.out, row as i64 + 1);
            for side in [west, east, south, north] {
                self.out.push(b',');
                number::fixed(&mut self.out, side, digits);
            }
            self.say(")");
            spill(&mut self.out, sink)?;
        }
        if count > 0 {
            self.say(";\n");
        }
        Ok(())
    }
}

/// What is said of a table.
fn about(table: &Table) -> String {
    format!("{}; {ATTRIBUTION}", terms::about(table.features))
}

fn tree(table: &Table) -> String {
    format!("{}_rtree", table.name)
}
