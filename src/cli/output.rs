//! Where files go: a folder, a file or standard output.

use mapwright::{Error, File, Result};
use std::io::Write;
use std::path::{Path, PathBuf};

/// Prints text to standard output; a closed pipe is no failure.
pub fn print(text: &str) -> Result<()> {
    write_stdout(text.as_bytes())
}

/// Where `-o` points.
pub enum Target {
    /// Standard output.
    Stdout,
    /// This file.
    File(PathBuf),
    /// Files in this folder.
    Folder(PathBuf),
}

impl Target {
    /// Decides by path and number of files.
    ///
    /// # Errors
    /// [`Error::Request`] where several files would go to one place.
    pub fn new(path: &Path, files: usize) -> Result<Self> {
        let folder = path.is_dir() || path.to_string_lossy().ends_with('/');
        let single =
            |what| Err(Error::request("output", format!("{files} formats do not fit into {what}; name a folder")));
        match (path == Path::new("-"), folder) {
            (true, _) if files > 1 => single("standard output"),
            (true, _) => Ok(Self::Stdout),
            (_, true) => Ok(Self::Folder(path.to_owned())),
            _ if files > 1 && path.extension().is_some() => single("one file"),
            _ if files > 1 => Ok(Self::Folder(path.to_owned())),
            _ => Ok(Self::File(path.to_owned())),
        }
    }

    /// Writes a file whole or not at all and says where it went.
    pub fn write(&self, file: &File) -> Result<String> {
        let path = match self {
            Self::Stdout => return write_stdout(&file.bytes).map(|()| "standard output".into()),
            Self::File(path) => path.clone(),
            Self::Folder(folder) => folder.join(&file.name),
        };
        let failed = |fault: std::io::Error| Error::Io(format!("{}: {fault}", path.display()));
        if let Some(parent) = path.parent() {
            std::fs::create_dir_all(parent).map_err(failed)?;
        }
        // A device or a pipe is written to; a file of its name would take its place.
        if path.metadata().is_ok_and(|data| !data.is_file()) {
            return std::fs::write(&path, &file.bytes).map(|()| path.display().to_string()).map_err(failed);
        }
        let mut half = path.clone().into_os_string();
        half.push(".part");
        std::fs::write(&half, &file.bytes).and_then(|()| std::fs::rename(&half, &path)).map_err(|fault| {
            std::fs::remove_file(&half).ok();
            failed(fault)
        })?;
        Ok(path.display().to_string())
    }
}

fn write_stdout(bytes: &[u8]) -> Result<()> {
    let mut out = std::io::stdout().lock();
    match out.write_all(bytes).and_then(|()| out.flush()) {
        Err(fault) if fault.kind() != std::io::ErrorKind::BrokenPipe => {
            Err(Error::Io(format!("standard output: {fault}")))
        }
        _ => Ok(()),
    }
}
