//! Browser door.
