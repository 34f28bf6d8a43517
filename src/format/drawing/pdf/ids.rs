//! Ids of objects.

use pdf_writer::Ref;

/// Ids of objects in the order they are given out.
#[derive(Default)]
pub struct Ids(i32);

impl Ids {
    /// One that no object has yet.
    pub fn next(&mut self) -> Ref {
        self.0 += 1;
        Ref::new(self.0)
    }
}
