//! Notes of files, as the command line prints them: what several files share is said once.

use mapwright::File;
use mapwright::note::Note;

/// The notes that no other of these files has.
pub fn own<'a>(file: &'a File, all: &'a [File]) -> impl Iterator<Item = &'a str> {
    file.notes.iter().filter(move |note| holders(note, all).len() < 2).map(|note| note.message.as_str())
}

/// The notes that several of these files have, each with their names.
pub fn shared(all: &[File]) -> Vec<String> {
    let mut told: Vec<&Note> = Vec::new();
    let mut lines = Vec::new();
    for note in all.iter().flat_map(|file| &file.notes) {
        let files = holders(note, all);
        if files.len() < 2 || told.contains(&note) {
            continue;
        }
        told.push(note);
        let whose = if files.len() == all.len() { "all files".to_owned() } else { files.join(", ") };
        lines.push(format!("{whose}: {}", note.message));
    }
    lines
}

fn holders<'a>(note: &Note, all: &'a [File]) -> Vec<&'a str> {
    all.iter().filter(|file| file.notes.contains(note)).map(|file| file.name.as_str()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(name: &str, notes: &[(&'static str, u64)]) -> File {
        let note = |&(code, count): &(&'static str, u64)| Note { code, count, message: format!("{count} {code}") };
        let notes = notes.iter().map(note).collect();
        File { name: name.into(), mime: "", format: name.into(), size: 0, notes }
    }

    #[test]
    fn what_several_files_share_is_said_once() {
        let all = [
            file("a.svg", &[("rings", 3), ("labels", 1), ("glyphs", 2)]),
            file("b.pdf", &[("rings", 3), ("labels", 1), ("glyphs", 4)]),
            file("c.csv", &[("rings", 3)]),
        ];
        assert_eq!(shared(&all), ["all files: 3 rings", "a.svg, b.pdf: 1 labels"]);
        let own = |row: usize| own(&all[row], &all).collect::<Vec<_>>();
        assert_eq!((own(0), own(1), own(2).len()), (vec!["2 glyphs"], vec!["4 glyphs"], 0));
        assert!(shared(&all[..1]).is_empty());
    }
}
