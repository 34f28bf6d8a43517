//! Tests of `wire`: what it writes is judged by programs that we did not write.

mod package;
mod riff;
mod sqlite;

use std::path::{Path, PathBuf};
use std::process::Command;

/// A folder for the files of a test; it goes when the test has passed.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("mapwright-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn keep(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.0.join(name);
        std::fs::write(&path, bytes).unwrap();
        path
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            _ = std::fs::remove_dir_all(&self.0);
        }
    }
}

/// Runs a program and gives what it prints; whatever it complains about is a failure, its absence too.
fn run(program: &str, arguments: &[&Path]) -> String {
    let done = Command::new(program).args(arguments).output();
    let done = done.unwrap_or_else(|fault| panic!("{program}: {fault}; scripts/debian.json names its package"));
    let said = String::from_utf8_lossy(&done.stdout).into_owned();
    assert!(done.status.success(), "{program} {arguments:?}: {said}{}", String::from_utf8_lossy(&done.stderr));
    said
}

/// Lets a script of `tests/wire` judge a file by what comes with Python.
fn python(script: &str, file: &Path) {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/wire").join(script);
    assert_eq!(run("python3", &[&script, file]).trim(), "ok");
}
