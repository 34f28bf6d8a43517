//! Databases that SQLite itself checks (`sqlite.py`), and what is refused.

use super::{Folder, python};
use mapwright::sink::Sink;
use mapwright::watch::Watch;
use mapwright::wire::sqlite::{Column, Database, Rule, Table, Value};

/// Rows of the large table.
const ROWS: i64 = 100_000;

const LARGE: Table = Table {
    name: "large",
    columns: &[
        Column::row("id"),
        Column::new("name", "TEXT").with("NOT NULL"),
        Column::new("share", "REAL"),
        Column::new("whole", "INTEGER"),
        Column::new("any", ""),
    ],
    rules: &[Rule::Unique(&["name"]), Rule::Sql("CHECK (\"share\" > -1e9)")],
};
const BLOBS: Table =
    Table { name: "blobs", columns: &[Column::new("size", "INTEGER"), Column::new("data", "BLOB")], rules: &[] };
const COUNTED: Table = Table {
    name: "counted",
    columns: &[
        Column::counted("fid"),
        Column::new("of", "INTEGER").with("NOT NULL REFERENCES \"large\" (\"id\")"),
        Column::new("note", "TEXT").with("DEFAULT 'none'"),
    ],
    rules: &[],
};
const KEYED: Table = Table {
    name: "a \"table\"",
    columns: &[
        Column::new("key", "TEXT").with("NOT NULL"),
        Column::new("second", "INTEGER"),
        Column::new("value", "TEXT"),
    ],
    rules: &[
        Rule::Primary(&["key", "second"]),
        Rule::Unique(&["value"]),
        Rule::Sql("FOREIGN KEY (\"second\") REFERENCES \"large\" (\"id\")"),
    ],
};

fn name(row: i64) -> String {
    format!("название {}", row * 7919 % 100_003)
}

/// Everything that a database may hold; rows of its tables come in turns.
fn everything(sink: &mut dyn Sink) -> Result<(), mapwright::Error> {
    let mut database = Database::new(sink)?;
    database.application_id = 0x4750_4b47;
    database.user_version = 10_300;
    let [large, blobs, counted, keyed] = [LARGE, BLOBS, COUNTED, KEYED].map(|table| database.table(&table));
    let (large, blobs, counted, keyed) = (large?, blobs?, counted?, keyed?);
    database.index(large, "large by share", &["share", "whole"], false)?;
    database.index(blobs, "blobs_data", &["data"], true)?;
    database.view("seen", "SELECT \"id\", \"name\" FROM \"large\" WHERE \"id\" < 10")?;
    let insert = "AFTER INSERT ON \"counted\" BEGIN UPDATE \"large\" SET \"whole\" = 77 WHERE \"id\" = NEW.\"of\"; END";
    database.trigger("counted_insert", "counted", insert)?;
    let boxes = database.rtree("rtree_large", &["id", "minx", "maxx", "miny", "maxy"])?;
    database.rtree("rtree_none", &["id", "minx", "maxx", "miny", "maxy"])?;
    // The schema takes pages of pages.
    for row in 0..600 {
        let long = "x".repeat(if row == 7 { 9000 } else { 300 });
        let long = format!("DEFAULT '{long}'");
        let columns = [Column::new("empty", "TEXT").with(&long)];
        let name = format!("table {row}");
        let empty = database.table(&Table { name: &name, columns: &columns, rules: &[] })?;
        database.index(empty, &format!("index {row}"), &["empty"], false)?;
    }
    for row in 0..ROWS {
        let id = row * 3 - 5;
        let text = name(row);
        let bytes = row.to_be_bytes();
        let any = match row % 6 {
            0 => Value::Null,
            1 => Value::Int(1 << (row % 63)),
            2 => Value::Int(-(row * row * row)),
            3 => Value::Real(row as f64 / 7.0),
            4 => Value::Text(&text),
            _ => Value::Blob(&bytes),
        };
        let share = Value::Real((row * 31 % 1009) as f64 / 8.0);
        let given = database.insert(large, &[Value::Int(id), Value::Text(&text), share, Value::Int(row % 3), any])?;
        assert_eq!(given, id);
        if row % 10 == 0 {
            let [x, y] = [(row * 37 % 1000) as f64 / 10.0 + 0.03, (row * 91 % 777) as f64 / 10.0 - 30.01];
            database.bound(boxes, id, [x, x + (row % 50) as f64 / 100.0, y, y + 0.1])?;
        }
        if row % 1000 == 0 {
            let size = if row == 99_000 { 300_000 } else { (row / 1000) * (row / 1000) * 7 + 1 };
            let data: Vec<u8> = (0..size).map(|at| (at * 13 + row) as u8).collect();
            assert_eq!(database.insert(blobs, &[Value::Int(size), Value::Blob(&data)])?, row / 1000 + 1);
            database.insert(counted, &[Value::Null, Value::Int(id), Value::Null])?;
            let long = text.repeat(row as usize / 300);
            database.insert(keyed, &[Value::Text(&long), Value::Int(id), Value::Text(&text)])?;
        }
    }
    database.finish(&mut Watch::silent())
}

#[test]
fn sqlite_reads_checks_and_changes_what_we_write() {
    let folder = Folder::new("sqlite");
    let mut bytes = Vec::new();
    everything(&mut bytes).unwrap();
    let mut again = b"not at the beginning".to_vec();
    everything(&mut again).unwrap();
    assert!(again.ends_with(&bytes) && again.len() == bytes.len() + 20, "other bytes, or elsewhere");
    python("sqlite.py", &folder.keep("everything.db", &bytes));
    let mut bytes = Vec::new();
    Database::new(&mut bytes).unwrap().finish(&mut Watch::silent()).unwrap();
    assert_eq!(bytes.len(), 4096);
    python("sqlite.py", &folder.keep("nothing.db", &bytes));
}

#[test]
fn what_would_not_be_a_database_is_refused() {
    let said = |work: &dyn Fn(&mut Database) -> Result<(), mapwright::Error>| {
        let mut bytes = Vec::new();
        let mut database = Database::new(&mut bytes).unwrap();
        let fault = work(&mut database).err().or_else(|| database.finish(&mut Watch::silent()).err());
        fault.expect("refused").to_string()
    };
    let two = |database: &mut Database, rows: [[Value; 2]; 2]| {
        let blobs = database.table(&BLOBS)?;
        database.index(blobs, "by size", &["size"], true)?;
        rows.iter().try_for_each(|row| database.insert(blobs, row).map(|_| ()))
    };
    let same = said(&|database| two(database, [[Value::Int(1), Value::Null], [Value::Int(1), Value::Null]]));
    assert!(same.contains("by size: two rows have the values Int(1)"), "{same}");
    let few = said(&|database| {
        let blobs = database.table(&BLOBS)?;
        database.insert(blobs, &[Value::Null]).map(|_| ())
    });
    assert!(few.contains("1 values for the 2 columns of blobs"), "{few}");
    let down = said(&|database| {
        let counted = database.table(&COUNTED)?;
        database.insert(counted, &[Value::Int(7), Value::Int(1), Value::Null])?;
        database.insert(counted, &[Value::Int(7), Value::Int(1), Value::Null]).map(|_| ())
    });
    assert!(down.contains("Int(7) is no row id that comes after Some(7) in counted"), "{down}");
    let late = said(&|database| {
        let blobs = database.table(&BLOBS)?;
        database.insert(blobs, &[Value::Null, Value::Null])?;
        database.index(blobs, "late", &["size"], false)
    });
    assert!(late.contains("the index late comes after rows of blobs"), "{late}");
    let strange = said(&|database| database.table(&BLOBS).and_then(|id| database.index(id, "i", &["sise"], false)));
    assert!(strange.contains("sise"), "{strange}");
    let twice = said(&|database| database.view("Blobs", "SELECT 1").and_then(|()| database.table(&BLOBS).map(|_| ())));
    assert!(twice.contains("called blobs"), "{twice}");
    let flat = said(&|database| {
        let boxes = database.rtree("r", &["id", "a", "b", "c", "d"])?;
        database.bound(boxes, 1, [2.0, 1.0, 0.0, f64::NAN])
    });
    assert!(flat.contains("is no box"), "{flat}");
    let boxes = said(&|database| {
        let boxes = database.rtree("r", &["id", "a", "b", "c", "d"])?;
        (0..2).try_for_each(|_| database.bound(boxes, 1, [0.0; 4]))
    });
    assert!(boxes.contains("no row id that comes after Some(1) in r_rowid"), "{boxes}");
}
