//! Exports in processes of their own: what one of them does to its process is nobody else's trouble.
//!
//! The server is the parent. It cuts the data out of its sources, hands them to a child (`mapwright make --pipe`, the same
//! program) and keeps the files that the child made. Children are kept for more jobs; one is replaced after a failure, a
//! limit, a cancel, or [`Work::tasks`] jobs.
//!
//! # The protocol, version 1
//!
//! Nothing in it depends on pipes or on a common machine, but for the folder: a worker elsewhere needs a byte stream each way
//! and a place where both reach the results.
//!
//! 1. The child says `{"ready": {"version": 1, "program": "0.1.0"}}` when it can take a job.
//! 2. The parent writes a [`Job`]: one line of JSON, and right behind it the data in the columns of
//!    [`Osm::write_columns`](crate::osm::Osm::write_columns). The job names a folder; it is the child's alone.
//! 3. The child sets its limits (memory beyond what it takes when idle, processor time beyond what it has used), works, and
//!    says lines of JSON ([`Report`]): `{"progress": {"fraction": 0.41, "stage": "draw"}}` as often as it likes, and
//!    `{"waits": {"reason": "…"}}` where the disk has no room for what it writes: it tries again after two seconds, which
//!    do not count for its deadline.
//! 4. It writes the files `0`, `1`, … into the folder while it makes them, synced and named once all are whole, and then says
//!    `{"done": {"files": [{"format", "filename", "mime", "size", "notes"}], "leaves": false}}`. Where there are none it says
//!    `{"failed": {"error": …}}` with the error of the engine, or `{"no_room": {"reason": "…"}}`.
//! 5. After `done` it takes the next job, unless it `leaves`. The end of its input ends it.
//!
//! There is no word for stopping: a parent that wants no result any more kills the child, and so does the deadline. A child
//! that ends without a last word has died of a limit ([`Ended`] says of which), or crashed.

pub mod child;
mod limits;
mod memory;
mod pool;
mod protocol;
mod run;

pub use limits::{Allowance, Work};
pub use pool::Pool;
pub use protocol::{Job, Made, Report};
pub use run::{Ended, Order, Sign, run};

/// The part of the whole after which a job has its data.
const GOT: f64 = 0.2;
/// The part after which they are assembled.
const ASSEMBLED: f64 = 0.4;
