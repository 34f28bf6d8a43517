//! Rows in an order in which what is near on the ground is near in the file, for formats that are read in part.

use crate::error::Result;
use crate::table::Table;
use crate::table::shape::{Kind, Shape, union};
use crate::watch::{Stage, Watch};
use crate::wire::hilbert;

/// A row and its box, in whole steps of the last decimal; none where nothing is left of it.
#[derive(Debug, Clone, Copy)]
pub struct Item {
    /// Row of the table.
    pub row: u32,
    /// Its box.
    pub bounds: Option<[i64; 4]>,
}

/// All rows of a table.
pub struct Order {
    /// The rows, along the curve of Hilbert; those without geometry come last.
    pub items: Vec<Item>,
    /// The box of all.
    pub bounds: Option<[i64; 4]>,
    /// Which kinds of geometry there are, in ascending order.
    pub kinds: Vec<Kind>,
}

impl Order {
    /// Of geometry with this many decimals; half of the progress of writing.
    ///
    /// # Errors
    /// [`crate::error::Error::Cancelled`].
    pub fn new(table: &Table, digits: u32, watch: &mut Watch) -> Result<Self> {
        let total = 2 * table.rows.len() as u64;
        let mut order = Self { items: Vec::with_capacity(table.rows.len()), bounds: None, kinds: Vec::new() };
        for row in 0..table.rows.len() {
            if row % 1000 == 0 {
                watch.at(Stage::Write, row as u64, total)?;
            }
            let shape = table.shape(row, digits);
            let bounds = shape.as_ref().and_then(Shape::bounds);
            if let (Some(shape), Some(_)) = (&shape, bounds)
                && let Err(place) = order.kinds.binary_search(&shape.kind())
            {
                order.kinds.insert(place, shape.kind());
            }
            order.bounds = union(order.bounds, bounds);
            order.items.push(Item { row: row as u32, bounds });
        }
        let all = order.bounds.unwrap_or_default();
        let far = |item: &Item| {
            let middle = item.bounds.map(|[west, south, east, north]| [west.midpoint(east), south.midpoint(north)]);
            (middle.map_or(u64::MAX, |middle| hilbert::along(middle, all).into()), item.row)
        };
        order.items.sort_by_cached_key(far);
        Ok(order)
    }

    /// How many rows have no geometry.
    pub fn empty(&self) -> usize {
        self.items.len() - self.items.partition_point(|item| item.bounds.is_some())
    }
}
