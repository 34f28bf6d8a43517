//! Notes: what a person should know about a result that is not an error ("3 of 34 rings could not be closed").

use serde::Serialize;

/// One remark that reaches the caller with the file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Note {
    /// A stable word for programs and translations, e.g. `open_rings`.
    pub code: &'static str,
    /// How many things it is about.
    pub count: u64,
    /// The sentence, in English.
    pub message: String,
}

/// Notes in the order they came up; one for each code.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Notes(Vec<Note>);

impl Notes {
    /// Says `message` under `code`; a second call with the same code replaces the first.
    pub fn say(&mut self, code: &'static str, count: u64, message: impl Into<String>) {
        let note = Note { code, count, message: message.into() };
        match self.0.iter_mut().find(|known| known.code == code) {
            Some(known) => *known = note,
            None => self.0.push(note),
        }
    }

    /// Takes over all notes of `other`.
    pub fn append(&mut self, other: &Notes) {
        for note in &other.0 {
            self.say(note.code, note.count, note.message.clone());
        }
    }

    /// All notes.
    pub fn list(&self) -> &[Note] {
        &self.0
    }
}
