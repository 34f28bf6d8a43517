//! Which columns have a value in which rows: for formats that write what is there, row after row in any order.

use super::Table;

/// Numbers of columns, those of one row after those of another.
pub struct Filled {
    ends: Vec<u32>,
    columns: Vec<u16>,
}

impl Filled {
    /// Of all rows of a table: columns are gone through one by one, as they lie in memory.
    pub fn new(table: &Table) -> Self {
        let mut ends = vec![0; table.rows.len()];
        for column in &table.columns {
            column.each_filled(|row| ends.get_mut(row).into_iter().for_each(|count| *count += 1));
        }
        let mut next = Vec::with_capacity(ends.len());
        let mut all = 0;
        for end in &mut ends {
            next.push(all as usize);
            all += *end;
            *end = all;
        }
        let mut columns = vec![0; all as usize];
        for (number, column) in table.columns.iter().enumerate() {
            column.each_filled(|row| {
                let Some(next) = next.get_mut(row) else { return };
                if let Some(place) = columns.get_mut(*next) {
                    *place = number as u16;
                    *next += 1;
                }
            });
        }
        Self { ends, columns }
    }

    /// Those of a row, in their order.
    pub fn of(&self, row: usize) -> &[u16] {
        let start = row.checked_sub(1).and_then(|before| self.ends.get(before)).map_or(0, |end| *end as usize);
        let end = self.ends.get(row).map_or(start, |end| *end as usize);
        self.columns.get(start..end).unwrap_or_default()
    }
}
