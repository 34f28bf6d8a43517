//! Where files go: a folder, a file or standard output.

use mapwright::server::PartFile;
use mapwright::{Error, File, Result};
use std::io::Write;
use std::path::{Path, PathBuf};

/// Prints text to standard output; a closed pipe is no failure.
pub fn print(text: &str) -> Result<()> {
    to_stdout(|out| out.write_all(text.as_bytes()).and_then(|()| out.flush()))
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

    /// Begins the file of this name; what is not [kept](Self::keep) leaves nothing behind.
    ///
    /// # Errors
    /// [`Error::Io`] naming the file.
    pub fn open(&self, name: &str) -> Result<PartFile> {
        match self {
            Self::File(path) if !passes_on(path) => PartFile::create(path),
            Self::Folder(folder) if !passes_on(&folder.join(name)) => PartFile::create(&folder.join(name)),
            // Written over where lengths come late, which a pipe cannot do.
            _ => PartFile::create(&std::env::temp_dir().join(format!("mapwright-{}-{name}", std::process::id()))),
        }
    }

    /// Gives a whole file its place and says where that is.
    ///
    /// # Errors
    /// [`Error::Io`] naming the file.
    pub fn keep(&self, file: &File, bytes: PartFile) -> Result<String> {
        let path = match self {
            Self::Stdout => return to_stdout(|out| bytes.pour(out)).map(|()| "standard output".into()),
            Self::File(path) => path.clone(),
            Self::Folder(folder) => folder.join(&file.name),
        };
        if passes_on(&path) {
            let opened = std::fs::OpenOptions::new().write(true).open(&path);
            let poured = opened.and_then(|mut out| bytes.pour(&mut out));
            poured.map_err(|fault| Error::Io(format!("{}: {fault}", path.display())))?;
        } else {
            bytes.keep()?;
        }
        Ok(path.display().to_string())
    }
}

/// Whether there is a device or a pipe, which is written to: a file of its name would take its place.
fn passes_on(path: &Path) -> bool {
    path.metadata().is_ok_and(|data| !data.is_file() && !data.is_dir())
}

fn to_stdout(write: impl FnOnce(&mut dyn Write) -> std::io::Result<()>) -> Result<()> {
    match write(&mut std::io::stdout().lock()) {
        Err(fault) if fault.kind() != std::io::ErrorKind::BrokenPipe => {
            Err(Error::Io(format!("standard output: {fault}")))
        }
        _ => Ok(()),
    }
}
