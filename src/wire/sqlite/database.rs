//! A database: its tables, what else stands in its schema, and the head of its file (§1.3 of the file format).

use super::design::{Column, Table, list, quoted};
use super::keys::Keys;
use super::pages::{PAGE, Pages};
use super::rtree::{Bound, Packed, pack};
use super::tree::Tree;
use super::value::{Value, record};
use crate::error::{Error, Result};
use crate::sink::Sink;
use crate::watch::Watch;
use crate::wire::record::Big;

/// A table of a database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TableId(usize);

/// An R-tree of a database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RtreeId(usize);

/// A database in the making. Nothing of it can be read before [`Database::finish`].
pub struct Database<'s> {
    pages: Pages<'s>,
    tables: Vec<Open>,
    rtrees: Vec<(Vec<Bound>, [TableId; 3])>,
    schema: Vec<Object>,
    /// Which kind of file it is, for those who look at its first bytes (`PRAGMA application_id`).
    pub application_id: u32,
    /// Which version of that kind (`PRAGMA user_version`).
    pub user_version: u32,
    /// Room that rows are made in.
    record: Vec<u8>,
    cell: Vec<u8>,
}

/// A table that takes rows.
struct Open {
    name: String,
    columns: Vec<String>,
    row_id: Option<usize>,
    counted: bool,
    /// None once it has all its rows.
    tree: Option<Tree>,
    /// Indexes, and which row of the schema each is.
    keys: Vec<(Keys, usize)>,
    /// Row id of the last row.
    last: Option<i64>,
    /// Which row of the schema it is.
    object: usize,
}

/// A row of the schema.
struct Object {
    kind: &'static str,
    name: String,
    table: String,
    root: u32,
    sql: Option<String>,
}

impl<'s> Database<'s> {
    /// Begins a file at the end of `sink`.
    ///
    /// # Errors
    /// Those of the sink.
    pub fn new(sink: &'s mut dyn Sink) -> Result<Self> {
        Ok(Self {
            pages: Pages::new(sink)?,
            tables: Vec::new(),
            rtrees: Vec::new(),
            schema: Vec::new(),
            application_id: 0,
            user_version: 0,
            record: Vec::new(),
            cell: Vec::new(),
        })
    }

    /// Begins a table.
    ///
    /// # Errors
    /// [`Error::Internal`] for a name that is taken, columns that are not there, two primary keys.
    pub fn table(&mut self, table: &Table) -> Result<TableId> {
        let object = self.object("table", table.name, table.name, Some(table.sql()))?;
        self.tables.push(Open {
            name: table.name.to_owned(),
            columns: table.names(),
            row_id: table.row_id(),
            counted: table.is_counted(),
            tree: Some(Tree::table()),
            keys: Vec::new(),
            last: None,
            object,
        });
        let id = TableId(self.tables.len() - 1);
        for (row, columns) in table.unique()?.into_iter().enumerate() {
            let name = format!("sqlite_autoindex_{}_{}", table.name, row + 1);
            self.add_index(id, &name, columns, true, None)?;
        }
        Ok(id)
    }

    /// Begins an index of a table that has no rows yet.
    ///
    /// # Errors
    /// [`Error::Internal`] for a name that is taken, columns that are not there, a table that has rows.
    pub fn index(&mut self, table: TableId, name: &str, columns: &[&str], unique: bool) -> Result<()> {
        let of = &open(&mut self.tables, table)?.name;
        let kind = if unique { "UNIQUE INDEX" } else { "INDEX" };
        let sql = format!("CREATE {kind} {} ON {} {}", quoted(name), quoted(of), list(columns));
        self.add_index(table, name, columns, unique, Some(sql))
    }

    fn add_index(
        &mut self,
        id: TableId,
        name: &str,
        columns: &[&str],
        unique: bool,
        sql: Option<String>,
    ) -> Result<()> {
        let table = open(&mut self.tables, id)?;
        if table.last.is_some() {
            return Err(Error::Internal(format!("the index {name} comes after rows of {}", table.name)));
        }
        let place = |column: &&str| table.columns.iter().position(|known| known == column);
        let places = columns.iter().map(place).collect::<Option<Vec<_>>>().filter(|places| !places.is_empty());
        let places = places.ok_or_else(|| Error::Internal(format!("{name}: {columns:?} are not in {}", table.name)))?;
        let of = table.name.clone();
        let object = self.object("index", name, &of, sql)?;
        open(&mut self.tables, id)?.keys.push((Keys::new(places, unique), object));
        Ok(())
    }

    /// Adds a view; `select` is what it shows.
    ///
    /// # Errors
    /// [`Error::Internal`] for a name that is taken.
    pub fn view(&mut self, name: &str, select: &str) -> Result<()> {
        let sql = format!("CREATE VIEW {} AS {select}", quoted(name));
        self.object("view", name, name, Some(sql)).map(|_| ())
    }

    /// Adds a virtual table that a module of the reader fills; `module` is its name with its arguments.
    ///
    /// # Errors
    /// [`Error::Internal`] for a name that is taken.
    pub fn virtual_table(&mut self, name: &str, module: &str) -> Result<()> {
        let sql = format!("CREATE VIRTUAL TABLE {} USING {module}", quoted(name));
        self.object("table", name, name, Some(sql)).map(|_| ())
    }

    /// Adds a trigger on a table; `what` is when it acts and how: `AFTER INSERT ON "t" BEGIN … END`.
    ///
    /// # Errors
    /// [`Error::Internal`] for a name that is taken.
    pub fn trigger(&mut self, name: &str, table: &str, what: &str) -> Result<()> {
        let sql = format!("CREATE TRIGGER {} {what}", quoted(name));
        self.object("trigger", name, table, Some(sql)).map(|_| ())
    }

    /// Begins an R-tree of two dimensions; its columns are the id, then both sides of each dimension.
    ///
    /// # Errors
    /// [`Error::Internal`] for a name that is taken.
    pub fn rtree(&mut self, name: &str, columns: &[&str; 5]) -> Result<RtreeId> {
        let sql = format!("CREATE VIRTUAL TABLE {} USING rtree{}", quoted(name), list(columns));
        self.object("table", name, name, Some(sql))?;
        let mut shadow = |ending: &str, columns: &[Column]| {
            self.table(&Table { name: &format!("{name}{ending}"), columns, rules: &[] })
        };
        let node = Column::row("nodeno");
        let rows = shadow("_rowid", &[Column::row("rowid"), Column::new("nodeno", "")])?;
        let nodes = shadow("_node", &[node, Column::new("data", "")])?;
        let parents = shadow("_parent", &[node, Column::new("parentnode", "")])?;
        self.rtrees.push((Vec::new(), [rows, nodes, parents]));
        Ok(RtreeId(self.rtrees.len() - 1))
    }

    /// Puts a box into an R-tree: left, right, bottom, top. Ids may come in any order.
    ///
    /// # Errors
    /// [`Error::Internal`] for a box whose sides are swapped or no numbers.
    pub fn bound(&mut self, rtree: RtreeId, id: i64, sides: [f64; 4]) -> Result<()> {
        let [left, right, bottom, top] = sides;
        let (bounds, _) = self.rtrees.get_mut(rtree.0).ok_or_else(unknown)?;
        if !(left <= right && bottom <= top && sides.iter().all(|side| side.is_finite())) {
            return Err(Error::Internal(format!("{sides:?} is no box for an R-tree")));
        }
        bounds.push(Bound::new(id, sides));
        Ok(())
    }

    /// Appends a row and gives its row id: the value of that column, or one more than the last where it is nothing.
    ///
    /// # Errors
    /// Those of the sink; [`Error::TooLarge`] for a row that SQLite would not read; [`Error::Internal`] for another number
    /// of values than columns, and row ids that do not ascend.
    pub fn insert(&mut self, table: TableId, values: &[Value]) -> Result<i64> {
        let Self { pages, tables, record: room, cell, .. } = self;
        let open = open(tables, table)?;
        if values.len() != open.columns.len() {
            let (count, columns) = (values.len(), open.columns.len());
            return Err(Error::Internal(format!("{count} values for the {columns} columns of {}", open.name)));
        }
        let asked = open.row_id.and_then(|column| values.get(column)).copied().unwrap_or(Value::Null);
        let next = open.last.map_or(Some(1), |last| last.checked_add(1));
        let rowid = match asked {
            Value::Int(id) => Some(id),
            Value::Null => next,
            _ => None,
        };
        let rowid = rowid.filter(|id| open.last.is_none_or(|last| last < *id)).ok_or_else(|| {
            Error::Internal(format!("{asked:?} is no row id that comes after {:?} in {}", open.last, open.name))
        })?;
        let stored = |with: Value<'static>| {
            let row_id = open.row_id;
            values.iter().enumerate().map(move |(row, value)| if row_id == Some(row) { with } else { *value })
        };
        if !open.keys.is_empty() {
            let row: Vec<_> = stored(Value::Int(rowid)).collect();
            for (keys, _) in &mut open.keys {
                keys.push(&row, rowid, room)?;
            }
        }
        room.clear();
        // The row id stands beside the record, not in it.
        record(room, stored(Value::Null))?;
        let tree = open.tree.as_mut().ok_or_else(|| Error::Internal(format!("{} has all its rows", open.name)))?;
        tree.row(pages, rowid, room, cell)?;
        open.last = Some(rowid);
        Ok(rowid)
    }

    /// Writes what a table still lacks, for it has all its rows: a small one then stands together where the file begins,
    /// for those who look at its first part. Other tables are closed at the end.
    ///
    /// # Errors
    /// As [`Database::finish`].
    pub fn close(&mut self, table: TableId, watch: &mut Watch) -> Result<()> {
        let Self { pages, tables, schema, .. } = self;
        let open = open(tables, table)?;
        let Some(tree) = open.tree.take() else { return Ok(()) };
        let mut roots = vec![(open.object, tree.finish(pages)?)];
        let count = open.keys.len();
        for (row, (keys, object)) in std::mem::take(&mut open.keys).into_iter().enumerate() {
            let name = schema.get(object).map_or("", |object| &object.name);
            let root = watch.part(share(row, count), |watch| keys.finish(name, pages, watch))?;
            roots.push((object, root));
        }
        for (object, root) in roots {
            schema.get_mut(object).ok_or_else(unknown)?.root = root;
        }
        Ok(())
    }

    /// Writes what is left: indexes, R-trees, the schema, the head.
    ///
    /// # Errors
    /// Those of the sink, which must let the first page be written over, and of `watch`; [`Error::Internal`] where values of
    /// a unique index repeat.
    pub fn finish(mut self, watch: &mut Watch) -> Result<()> {
        for (bounds, tables) in std::mem::take(&mut self.rtrees) {
            self.boxes(pack(bounds), tables)?;
        }
        self.counts()?;
        let count = self.tables.len();
        for table in 0..count {
            watch.part(share(table, count), |watch| self.close(TableId(table), watch))?;
        }
        let (mut pages, schema) = (self.pages, self.schema);
        let (mut tree, mut room, mut cell) = (Tree::schema(), Vec::new(), Vec::new());
        for (row, object) in schema.iter().enumerate() {
            let [kind, name, table] = [object.kind, &object.name, &object.table].map(Value::Text);
            let sql = object.sql.as_deref().map_or(Value::Null, Value::Text);
            room.clear();
            record(&mut room, [kind, name, table, Value::Int(object.root.into()), sql].into_iter())?;
            tree.row(&mut pages, row as i64 + 1, &room, &mut cell)?;
        }
        let mut first = tree.finish_first(&mut pages)?;
        let head = head(pages.count(), self.application_id, self.user_version);
        first.iter_mut().zip(head).for_each(|(to, byte)| *to = byte);
        pages.first(&first)
    }

    /// Fills the tables of an R-tree.
    fn boxes(&mut self, packed: Packed, [rows, nodes, parents]: [TableId; 3]) -> Result<()> {
        for (id, node) in packed.rows {
            self.insert(rows, &[Value::Int(id), Value::Int(node)])?;
        }
        for (row, node) in packed.nodes.iter().enumerate() {
            self.insert(nodes, &[Value::Int(row as i64 + 1), Value::Blob(node)])?;
        }
        for (node, parent) in packed.parents {
            self.insert(parents, &[Value::Int(node), Value::Int(parent)])?;
        }
        Ok(())
    }

    /// Adds the table in which SQLite counts row ids, where it does.
    fn counts(&mut self) -> Result<()> {
        if !self.tables.iter().any(|table| table.counted) {
            return Ok(());
        }
        let counted = self.tables.iter().filter(|table| table.counted);
        let rows: Vec<_> = counted.filter_map(|table| Some((table.name.clone(), table.last?))).collect();
        let columns = &[Column::new("name", ""), Column::new("seq", "")];
        let counts = self.table(&Table { name: "sqlite_sequence", columns, rules: &[] })?;
        for (name, last) in rows {
            self.insert(counts, &[Value::Text(&name), Value::Int(last)])?;
        }
        Ok(())
    }

    /// Adds a row of the schema and gives its place.
    fn object(&mut self, kind: &'static str, name: &str, table: &str, sql: Option<String>) -> Result<usize> {
        // Names are the same whatever their case; triggers have theirs to themselves.
        let alike = |object: &Object| (object.kind == "trigger") == (kind == "trigger");
        if self.schema.iter().any(|object| alike(object) && object.name.eq_ignore_ascii_case(name)) {
            return Err(Error::Internal(format!("two things of a database are called {name}")));
        }
        self.schema.push(Object { kind, name: name.to_owned(), table: table.to_owned(), root: 0, sql });
        Ok(self.schema.len() - 1)
    }
}

/// The part of the whole that one of some is.
fn share(row: usize, count: usize) -> std::ops::Range<f64> {
    row as f64 / count as f64..(row + 1) as f64 / count as f64
}

fn open(tables: &mut [Open], id: TableId) -> Result<&mut Open> {
    tables.get_mut(id.0).ok_or_else(unknown)
}

fn unknown() -> Error {
    Error::Internal("a table of another database".into())
}

/// The version of SQLite that is named as the writer: any that knows this format, for nobody reads it.
const VERSION: u32 = 3_040_000;

/// The first bytes of the file.
fn head(pages: u32, application_id: u32, user_version: u32) -> Vec<u8> {
    let mut out = Big::new();
    out.put(b"SQLite format 3\0").u16(PAGE as u16);
    // No write-ahead log, no bytes left free, the shares of payloads that are laid down.
    out.put(&[1, 1, 0, 64, 32, 32]);
    // Changes so far; pages, none of them free.
    out.u32(1).u32(pages).u32(0).u32(0);
    // Changes of the schema, and its format.
    out.u32(1).u32(4);
    // Nothing about caches and vacuuming; UTF-8.
    out.u32(0).u32(0).u32(1).u32(user_version).u32(0).u32(application_id).put(&[0; 20]);
    // The number of pages holds, for it is as old as the change.
    out.u32(1).u32(VERSION);
    out.finish()
}
