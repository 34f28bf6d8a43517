//! Files that are written.

use std::path::Path;

/// Writes a file unless it is so already: what is made from it stays fresh.
pub fn put(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    if std::fs::read(path).is_ok_and(|old| old == bytes) { Ok(()) } else { std::fs::write(path, bytes) }
}
