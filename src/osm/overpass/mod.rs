//! Overpass: a request becomes a query, an answer becomes data or a named error. No other file knows that server.

mod answer;
mod query;

pub use answer::{Counts, Status, fault, page, parse_count, parse_status, remark};
pub use query::{Limits, count_query, form, query};
