//! What parent and child say to each other.

use crate::error::{Error, Result};
use crate::note::Notes;
use crate::request::Limits;
use crate::watch::Stage;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::io::BufRead;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// Who speaks another version is no partner.
pub const VERSION: u32 = 1;

/// Time between two tries of a child to write to a full disk.
pub const LOOK: Duration = Duration::from_secs(2);

/// What is to be made. The data follow behind its line.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Job {
    /// [`VERSION`].
    pub version: u32,
    /// The request as JSON text, as it was written down: numbers are not printed again.
    pub request: String,
    /// Where the files go.
    pub folder: PathBuf,
    /// What it may take beyond an idle child, bytes of address space.
    pub memory: u64,
    /// Seconds of processor time.
    pub processor: u64,
    /// Seconds that files may wait for room on the disk.
    pub patience: u64,
    /// How much a request may bring along.
    pub limits: Limits,
    /// Notes on the data.
    pub notes: Vec<Said>,
}

/// A note in words.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Said {
    code: String,
    count: u64,
    message: String,
}

/// A file in the folder of its job.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Made {
    /// Format as it was asked for.
    pub format: String,
    /// Name for the one who saves it.
    pub filename: String,
    /// Media type.
    pub mime: String,
    /// Bytes.
    pub size: u64,
    /// What was left out on the way.
    pub notes: Vec<String>,
}

/// A line of a child.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Report {
    /// It can take a job.
    Ready {
        /// Of the protocol.
        version: u32,
        /// Of the program.
        program: String,
    },
    /// How far it is.
    Progress {
        /// 0 to 1 of the whole job, fetching included.
        fraction: f64,
        /// What it does.
        stage: Stage,
    },
    /// There is no room for the files on the disk: it tries again after [`LOOK`].
    Waits {
        /// What the system says.
        reason: String,
    },
    /// The files are in the folder.
    Done {
        /// In the order of the formats; the first is the file `0`.
        files: Vec<Made>,
        /// Whether the child ends now, because it would not give memory back.
        leaves: bool,
    },
    /// There will be no files.
    Failed {
        /// Why.
        error: Error,
    },
    /// The disk had no room for the files.
    NoRoom {
        /// What the system says.
        reason: String,
    },
}

impl Job {
    /// Reads the line of a job; none where there is none any more.
    ///
    /// # Errors
    /// [`Error::Corrupt`] for what is no job of this version, [`Error::Io`].
    pub fn read(input: &mut impl BufRead) -> Result<Option<Self>> {
        let mut line = Vec::new();
        input.read_until(b'\n', &mut line).map_err(|fault| Error::Io(fault.to_string()))?;
        if line.is_empty() {
            return Ok(None);
        }
        let job: Self = serde_json::from_slice(&line).map_err(|fault| Error::Corrupt(format!("no job: {fault}")))?;
        if job.version != VERSION {
            return Err(Error::Corrupt(format!("a job of version {}; this program takes {VERSION}", job.version)));
        }
        Ok(Some(job))
    }
}

/// Notes in words.
pub fn said(notes: &Notes) -> Vec<Said> {
    let said = |note: &crate::note::Note| Said {
        code: note.code.to_owned(),
        count: note.count,
        message: note.message.clone(),
    };
    notes.list().iter().map(said).collect()
}

/// Notes again.
pub fn notes(said: &[Said]) -> Notes {
    let mut notes = Notes::default();
    said.iter().for_each(|Said { code, count, message }| notes.say(word(code), *count, message.clone()));
    notes
}

/// A code that lives as long as the program. There are as many as the program has codes.
fn word(code: &str) -> &'static str {
    static WORDS: Mutex<BTreeSet<&'static str>> = Mutex::new(BTreeSet::new());
    let mut words = WORDS.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = words.get(code) {
        return known;
    }
    let new: &'static str = Box::leak(code.to_owned().into_boxed_str());
    words.insert(new);
    new
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Fault;

    #[test]
    fn what_is_said_is_what_is_heard() {
        let made = Made {
            format: "svg".into(),
            filename: "a\n\"b\".svg".into(),
            mime: "image/svg+xml".into(),
            size: 7,
            notes: vec!["3 of 4".into()],
        };
        let overpass = Error::Overpass { fault: Fault::RateLimited, message: "slow\ndown".into(), megabytes: Some(3) };
        for report in [
            Report::Ready { version: VERSION, program: "0.1.0".into() },
            Report::Progress { fraction: 0.1 + 0.2, stage: Stage::Label },
            Report::Waits { reason: "full".into() },
            Report::Done { files: vec![made], leaves: true },
            Report::Failed { error: Error::request("page.scale", "too large") },
            Report::Failed { error: overpass },
            Report::NoRoom { reason: "full".into() },
        ] {
            let line = serde_json::to_string(&report).unwrap();
            assert!(!line.contains('\n'), "{line}");
            assert_eq!(serde_json::from_str::<Report>(&line).unwrap(), report);
        }
        let mut notes_of_reading = Notes::default();
        notes_of_reading.say("open_rings", 3, "3 of 34 rings could not be closed");
        assert_eq!(notes(&said(&notes_of_reading)), notes_of_reading);
    }

    #[test]
    fn a_job_of_another_version_is_refused() {
        let job = Job {
            version: VERSION + 1,
            request: "{\n}".into(),
            folder: "/tmp/x".into(),
            memory: 1,
            processor: 2,
            patience: 3,
            limits: Limits::default(),
            notes: Vec::new(),
        };
        let line = serde_json::to_string(&job).unwrap() + "\n";
        assert!(Job::read(&mut line.as_bytes()).unwrap_err().to_string().contains("version 2"));
        let job = Job { version: VERSION, ..job };
        let lines = serde_json::to_string(&job).unwrap() + "\ndata";
        let mut rest = lines.as_bytes();
        assert_eq!(Job::read(&mut rest).unwrap().unwrap().request, "{\n}");
        assert_eq!(rest, b"data");
        assert!(Job::read(&mut [].as_slice()).unwrap().is_none());
        assert!(Job::read(&mut b"{}\n".as_slice()).is_err());
    }
}
