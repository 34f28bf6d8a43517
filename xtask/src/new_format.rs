//! `cargo xtask new-format`: everything that a format needs, for the hand that fills it.

use crate::project::Fault;
use crate::skeleton::Skeleton;
use mapwright::format::{Entry, PACKS, find};
use std::path::{Path, PathBuf};

/// Words that no file of Rust may be named after.
const KEYWORDS: &[&str] = &[
    "as", "async", "await", "box", "break", "const", "continue", "crate", "do", "dyn", "else", "enum", "extern",
    "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro", "match", "mod", "move", "mut",
    "pub", "ref", "return", "self", "static", "struct", "super", "trait", "true", "try", "type", "union", "unsafe",
    "use", "virtual", "where", "while", "yield",
];
/// Longest id: it is a file's name, a word in lists and URLs.
const LONGEST: usize = 32;
/// Where the families of a file begin.
const FORMATS: &str = "pub const FORMATS: &[Format] = &[";

/// What was done.
pub struct Done {
    /// The file of the family, which rustfmt has not seen yet.
    pub code: PathBuf,
    /// What is left to do.
    pub guide: String,
}

/// Writes what the format `id` of `pack` needs into the project at `root`: a family of its own, or a version of `of`.
///
/// # Errors
/// What is wrong with the names, or what is there already; nothing is written then.
pub fn run(root: &Path, pack: &str, id: &str, of: Option<&str>) -> Result<Done, Fault> {
    let skeleton = check(pack, id)?;
    let reader = format!("tests/readers/{pack}_{}.py", id.replace('-', "_"));
    let russian = format!("www/page/i18n/ru.{pack}.ts");
    let (mut files, code) = match of {
        None => family(root, pack, id, &skeleton)?,
        Some(head) => version(root, pack, head, &skeleton)?,
    };
    files.push((new(root, &reader)?, skeleton.reader()));
    files.push((root.join(&russian), appended(root, &russian, &skeleton.russian(of.is_some()))?));
    for (path, text) in &files {
        std::fs::write(path, text).map_err(|fault| format!("{}: {fault}", path.display()))?;
    }
    let guide = format!(
        "{code}: what it says of itself, and how it is written; it builds as it is
{reader}: what other software must find in it, and where it finds the credit
{russian}: the same words in Russian
Then `cargo xtask bless` writes its golden, the catalogue and the table of the README; look at the golden.
`cargo test --test all format` holds for every format; `npm test` exports it and asks its reader.
CHANGELOG.md has a line for it; `node www/page/sizes.mjs` measures how large its files become."
    );
    Ok(Done { code: root.join(code), guide })
}

/// What the format begins with, if its names will do.
fn check(pack: &str, id: &str) -> Result<Skeleton, Fault> {
    let packs: Vec<_> = PACKS.iter().map(|pack| pack.id).collect();
    if !packs.contains(&pack) {
        return Err(format!("pack: {pack} is none; there are {}", packs.join(", ")).into());
    }
    let word = |word: &str| !word.is_empty() && word.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit());
    if !id.split('-').all(word) || id.len() > LONGEST {
        return Err(format!(
            "id: {id} is no id; lower-case letters and digits, words joined by single hyphens, at most {LONGEST} characters: \
             dxf-r12"
        )
        .into());
    }
    if KEYWORDS.contains(&id) {
        return Err(format!("id: {id} is a word of Rust, and no file can be named so").into());
    }
    if let Some(Entry { format, pack, .. }) = find(id) {
        return Err(format!("id: {id} is taken by {} in the pack {pack}", format.title).into());
    }
    Skeleton::new(pack, id)
        .ok_or_else(|| format!("pack: {pack} has no skeleton; xtask/src/skeleton.rs has those").into())
}

type Files = (Vec<(PathBuf, String)>, String);

/// A family of its own: its file, and its word in the list of the pack.
fn family(root: &Path, pack: &str, id: &str, skeleton: &Skeleton) -> Result<Files, Fault> {
    let word = file(id);
    let path = format!("src/format/{pack}/{word}.rs");
    let list = format!("src/format/{pack}/mod.rs");
    let listed = with_word(&read(root, &list)?, &word).ok_or(format!("{list}: has no list `families! {{ … }}`"))?;
    Ok((vec![(new(root, &path)?, skeleton.family()), (root.join(&list), listed)], path))
}

/// A version of a family: a row in its file.
fn version(root: &Path, pack: &str, head: &str, skeleton: &Skeleton) -> Result<Files, Fault> {
    let Some(Entry { pack: home, family: [first, ..], .. }) = find(head) else {
        return Err(format!("--of: {head} is no format").into());
    };
    if home != pack {
        return Err(format!("--of: {head} is in the pack {home}; families do not span packs").into());
    }
    let path = format!("src/format/{pack}/{}.rs", first.file());
    if first.version.is_empty() {
        return Err(format!(
            "--of: {} is a family of one; first say in {path} which version it is (`version: \"…\"`)",
            first.id
        )
        .into());
    }
    let text = read(root, &path)?;
    let text = with_row(&text, |head| skeleton.version(head)).ok_or(format!("{path}: has no `{FORMATS}`"))?;
    Ok((vec![(root.join(&path), text)], path))
}

/// The name of a format's file without its ending.
fn file(id: &str) -> String {
    let digit = id.starts_with(|c: char| c.is_ascii_digit());
    if digit { format!("f{id}") } else { id.to_owned() }.replace('-', "_")
}

/// A list of families with one word more, sorted.
fn with_word(text: &str, word: &str) -> Option<String> {
    let (head, rest) = text.split_once("families! {\n")?;
    let (words, tail) = rest.split_once('}')?;
    let mut words: Vec<_> = words.split_whitespace().chain([word]).collect();
    words.sort_unstable();
    let lines: String = words.iter().map(|word| format!("    {word}\n")).collect();
    Some(format!("{head}families! {{\n{lines}}}{tail}"))
}

/// A family's file with one row more; `row` is given the name of the head.
fn with_row(text: &str, row: impl Fn(&str) -> String) -> Option<String> {
    let (before, rest) = text.split_once(FORMATS)?;
    let head: String = rest.trim_start().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
    let row = row(&head);
    // One line where there is a single format, else the bracket has a line of its own.
    let (rows, after) = match rest.split_once('\n')? {
        (line, after) if line.ends_with("];") => (format!("\n    {head},\n"), after),
        _ => {
            let (rows, after) = rest.split_once("\n];\n")?;
            (format!("{rows}\n"), after)
        }
    };
    Some(format!("{before}{FORMATS}{rows}{row}];\n{after}"))
}

/// A list of Russian words with some more at its end.
fn appended(root: &Path, path: &str, lines: &str) -> Result<String, Fault> {
    let text = read(root, path)?;
    let head = text.trim_end().strip_suffix("};").ok_or(format!("{path}: does not end with `}};`"))?;
    Ok(format!("{head}{lines}}};\n"))
}

fn read(root: &Path, path: &str) -> Result<String, Fault> {
    std::fs::read_to_string(root.join(path)).map_err(|fault| format!("{path}: {fault}").into())
}

/// A path where nothing stands yet.
fn new(root: &Path, path: &str) -> Result<PathBuf, Fault> {
    let full = root.join(path);
    if full.exists() { Err(format!("{path} is there already").into()) } else { Ok(full) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project;
    use std::collections::BTreeMap;

    /// A copy of the files that a new format is written into.
    struct Copy(PathBuf);

    impl Copy {
        fn new(name: &str) -> Self {
            let folder = std::env::temp_dir().join(format!("mapwright-{name}-{}", std::process::id()));
            let copy = Self(folder);
            for pack in PACKS {
                let families =
                    pack.families.iter().map(|family| format!("src/format/{}/{}.rs", pack.id, family[0].file()));
                let others = [format!("src/format/{}/mod.rs", pack.id), format!("www/page/i18n/ru.{}.ts", pack.id)];
                for path in families.chain(others) {
                    let to = copy.0.join(&path);
                    std::fs::create_dir_all(to.parent().unwrap()).unwrap();
                    std::fs::copy(project::root(&path), to).unwrap();
                }
            }
            std::fs::create_dir_all(copy.0.join("tests/readers")).unwrap();
            copy
        }

        fn fails(&self, pack: &str, id: &str, of: Option<&str>) -> String {
            let before = self.files();
            let said = run(&self.0, pack, id, of).err().expect("a fault").to_string();
            assert_eq!(self.files(), before, "{said}, and yet something was written");
            said
        }

        fn files(&self) -> BTreeMap<PathBuf, String> {
            let mut folders = vec![self.0.clone()];
            let mut files = BTreeMap::new();
            while let Some(folder) = folders.pop() {
                for entry in std::fs::read_dir(folder).unwrap() {
                    let path = entry.unwrap().path();
                    match path.is_dir() {
                        true => folders.push(path),
                        false => _ = files.insert(path.clone(), std::fs::read_to_string(path).unwrap()),
                    }
                }
            }
            files
        }

        /// Paths and new texts of what another run changed.
        fn changed(&self, before: &BTreeMap<PathBuf, String>) -> BTreeMap<String, String> {
            let now = self.files().into_iter().filter(|(path, text)| before.get(path) != Some(text));
            let inside = |path: PathBuf| path.strip_prefix(&self.0).unwrap().to_str().unwrap().replace('\\', "/");
            now.map(|(path, text)| (inside(path), text)).collect()
        }
    }

    impl Drop for Copy {
        fn drop(&mut self) {
            _ = std::fs::remove_dir_all(&self.0);
        }
    }

    #[test]
    fn a_family_is_its_file_its_word_its_reader_its_russian() {
        let copy = Copy::new("family");
        for pack in PACKS {
            let before = copy.files();
            let id = format!("new-{}", pack.id);
            let Done { code, guide } = run(&copy.0, pack.id, &id, None).unwrap();
            let changed = copy.changed(&before);
            let own = format!("src/format/{}/new_{}.rs", pack.id, pack.id);
            // In the order of the alphabet.
            let wanted = [
                format!("src/format/{}/mod.rs", pack.id),
                own.clone(),
                format!("tests/readers/{}_new_{}.py", pack.id, pack.id),
                format!("www/page/i18n/ru.{}.ts", pack.id),
            ];
            assert!(changed.keys().eq(wanted.iter()), "{:?}", changed.keys());
            assert!(guide.starts_with(&own) && code == copy.0.join(&own), "{guide}");
            assert!(changed[&own].contains(&format!("id: \"{id}\"")));
            assert!(changed[&wanted[2]].contains(&format!("ROWS = {{\"{id}\": ()}}")));
            assert!(
                changed[&wanted[3]].contains(&format!("\"format.{id}.lost\"")) && changed[&wanted[3]].ends_with("};\n")
            );
            let words: Vec<_> = changed[&wanted[0]].lines().filter(|line| line.starts_with("    ")).collect();
            assert!(words.is_sorted() && words.len() == pack.families.len() + 1, "{words:?}");
        }
    }

    #[test]
    fn a_version_is_a_row_of_its_family() {
        let copy = Copy::new("version");
        let before = copy.files();
        run(&copy.0, "cad", "dxf-new", Some("dxf-r12")).unwrap();
        let changed = copy.changed(&before);
        let paths: Vec<_> = changed.keys().map(String::as_str).collect();
        assert_eq!(paths, ["src/format/cad/dxf.rs", "tests/readers/cad_dxf_new.py", "www/page/i18n/ru.cad.ts"]);
        let row = "    Format { id: \"dxf-new\", title: \"DXF NEW\", version: \"DXF NEW\", ..DXF },\n];\n";
        let (old, new) = (&before[&copy.0.join("src/format/cad/dxf.rs")], &changed["src/format/cad/dxf.rs"]);
        assert!(new.contains(row) && new.len() < old.len() + 300);
    }

    #[test]
    fn a_family_of_one_line_grows() {
        let text = format!("//! One.\n\n{FORMATS}STL];\n\nconst STL: Format = …;\n");
        let row = |head: &str| format!("    Format {{ ..{head} }},\n");
        let grown = format!("//! One.\n\n{FORMATS}\n    STL,\n    Format {{ ..STL }},\n];\n\nconst STL: Format = …;\n");
        assert_eq!(with_row(&text, row).unwrap(), grown);
        assert_eq!(with_row("no list", row), None);
    }

    #[test]
    fn what_is_wrong_is_said_and_nothing_is_written() {
        let copy = Copy::new("wrong");
        for (pack, id, of, said) in [
            ("cads", "x", None, "pack: cads is none; there are core, drawing, print, pictures, cad, solid, dataset"),
            ("core", "Kml", None, "id: Kml is no id"),
            ("core", "kml--x", None, "id: kml--x is no id"),
            ("core", "kml-", None, "id: kml- is no id"),
            ("core", "", None, "id:  is no id"),
            ("core", "a-very-long-id-that-nobody-can-type", None, "at most 32 characters"),
            ("core", "type", None, "id: type is a word of Rust"),
            ("cad", "dxf", None, "id: dxf is taken by DXF 2000 in the pack cad"),
            ("core", "jpeg", None, "id: jpeg is taken by JPEG in the pack drawing"),
            ("core", "dxf-new", Some("dxf"), "--of: dxf is in the pack cad; families do not span packs"),
            ("cad", "dxf-new", Some("dwx"), "--of: dwx is no format"),
            ("solid", "stl-new", Some("stl"), "--of: stl is a family of one"),
        ] {
            let fault = copy.fails(pack, id, of);
            assert!(fault.contains(said), "{fault}");
        }
        // What stands there already is never written over.
        run(&copy.0, "core", "xyz", None).unwrap();
        assert_eq!(copy.fails("core", "xyz", None), "src/format/core/xyz.rs is there already");
        std::fs::remove_file(copy.0.join("src/format/core/xyz.rs")).unwrap();
        assert_eq!(copy.fails("core", "xyz", None), "tests/readers/core_xyz.py is there already");
    }
}
