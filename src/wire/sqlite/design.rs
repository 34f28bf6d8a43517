//! What tables are like, and how SQL says it.

use crate::error::{Error, Result};

/// A table: its SQL and its unique indexes follow from this.
#[derive(Debug, Clone, Copy)]
pub struct Table<'a> {
    /// Its name.
    pub name: &'a str,
    /// Its columns.
    pub columns: &'a [Column<'a>],
    /// What holds for several columns.
    pub rules: &'a [Rule<'a>],
}

/// A column of a table.
#[derive(Debug, Clone, Copy)]
pub struct Column<'a> {
    name: &'a str,
    kind: &'a str,
    more: &'a str,
    key: Key,
}

/// Whether a column is the row id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Key {
    None,
    Row,
    Counted,
}

/// What holds for a table.
#[derive(Debug, Clone, Copy)]
pub enum Rule<'a> {
    /// Its primary key, where that is not the row id.
    Primary(&'a [&'a str]),
    /// No two rows have the same values in these columns.
    Unique(&'a [&'a str]),
    /// Anything that needs no index, in SQL: `FOREIGN KEY …`, `CHECK …`.
    Sql(&'a str),
}

impl<'a> Column<'a> {
    /// A column of a type: `("name", "TEXT")`.
    pub const fn new(name: &'a str, kind: &'a str) -> Self {
        Self { name, kind, more: "", key: Key::None }
    }

    /// What else SQL says of it and needs no index: `NOT NULL DEFAULT 0`.
    #[must_use]
    pub const fn with(self, more: &'a str) -> Self {
        Self { more, ..self }
    }

    /// The row id under a name: `INTEGER PRIMARY KEY`.
    pub const fn row(name: &'a str) -> Self {
        Self { key: Key::Row, ..Self::new(name, "INTEGER") }
    }

    /// The row id, whose numbers SQLite never gives twice: `AUTOINCREMENT`.
    pub const fn counted(name: &'a str) -> Self {
        Self { key: Key::Counted, ..Self::new(name, "INTEGER") }
    }

    fn sql(&self) -> String {
        let key = match self.key {
            Key::None => "",
            Key::Row => "PRIMARY KEY",
            Key::Counted => "PRIMARY KEY AUTOINCREMENT",
        };
        let name = quoted(self.name);
        let words = [name.as_str(), self.kind, key, self.more];
        words.iter().filter(|word| !word.is_empty()).copied().collect::<Vec<_>>().join(" ")
    }
}

impl Table<'_> {
    /// `CREATE TABLE …`.
    pub fn sql(&self) -> String {
        let rules = self.rules.iter().map(|rule| match rule {
            Rule::Primary(columns) => format!("PRIMARY KEY {}", list(columns)),
            Rule::Unique(columns) => format!("UNIQUE {}", list(columns)),
            Rule::Sql(text) => (*text).to_owned(),
        });
        let parts: Vec<_> = self.columns.iter().map(Column::sql).chain(rules).collect();
        format!("CREATE TABLE {} ({})", quoted(self.name), parts.join(", "))
    }

    /// Places of the columns that are the row id.
    pub fn row_id(&self) -> Option<usize> {
        self.columns.iter().position(|column| column.key != Key::None)
    }

    /// Whether SQLite counts its row ids.
    pub fn is_counted(&self) -> bool {
        self.columns.iter().any(|column| column.key == Key::Counted)
    }

    /// Names of all columns.
    pub fn names(&self) -> Vec<String> {
        self.columns.iter().map(|column| column.name.to_owned()).collect()
    }

    /// The columns of each index that SQLite makes by itself, in its order.
    ///
    /// # Errors
    /// [`Error::Internal`] for a second row id or primary key.
    pub fn unique(&self) -> Result<Vec<&[&str]>> {
        let ids = self.columns.iter().filter(|column| column.key != Key::None).count();
        let primary = self.rules.iter().filter(|rule| matches!(rule, Rule::Primary(_))).count();
        if ids + primary > 1 {
            return Err(Error::Internal(format!("the table {} has two primary keys", self.name)));
        }
        let columns = self.rules.iter().filter_map(|rule| match rule {
            Rule::Primary(columns) | Rule::Unique(columns) => Some(*columns),
            Rule::Sql(_) => None,
        });
        Ok(columns.collect())
    }
}

/// A name as SQL takes any.
pub fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// Names in brackets.
pub fn list<S: AsRef<str>>(names: &[S]) -> String {
    let names: Vec<_> = names.iter().map(|name| quoted(name.as_ref())).collect();
    format!("({})", names.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_said_in_sql() {
        let table = Table {
            name: "a \"b\"",
            columns: &[
                Column::counted("id"),
                Column::new("order", "TEXT").with("NOT NULL DEFAULT 'x'"),
                Column::new("any", ""),
            ],
            rules: &[Rule::Unique(&["order", "any"]), Rule::Sql("CHECK (\"any\" > 0)")],
        };
        assert_eq!(
            table.sql(),
            "CREATE TABLE \"a \"\"b\"\"\" (\"id\" INTEGER PRIMARY KEY AUTOINCREMENT, \"order\" TEXT NOT NULL DEFAULT 'x', \
             \"any\", UNIQUE (\"order\", \"any\"), CHECK (\"any\" > 0))"
        );
        assert_eq!((table.row_id(), table.is_counted()), (Some(0), true));
        assert_eq!(table.unique().unwrap(), [["order", "any"]]);
        let twice = Table { rules: &[Rule::Primary(&["any"])], ..table };
        assert!(twice.unique().is_err());
    }
}
