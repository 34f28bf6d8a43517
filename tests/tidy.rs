//! The rules of the house that a program can check.

mod graph;

use graph::{Arrows, House, circles};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Which rooms a room may use, besides itself and the ones everybody uses.
const ARROWS: &[(&str, &[&str])] = &[
    ("osm", &["wire", "request"]),
    ("geo", &[]),
    ("map", &["osm", "geo", "request"]),
    ("style", &["map", "osm", "request"]),
    ("sheet", &["map", "geo", "request"]),
    ("scene", &["map", "osm", "geo", "style", "sheet", "request"]),
    ("table", &["map", "osm", "geo", "wire", "request"]),
    ("network", &["map", "osm", "geo"]),
    ("tiles", &["map", "osm", "geo"]),
    ("mesh", &["map", "osm", "geo", "style"]),
    ("plan", &["map", "sheet", "style"]),
    ("styled", &["map", "sheet", "style", "table"]),
    ("wire", &[]),
    ("provenance", &["osm", "request"]),
    (
        "format",
        &[
            "map",
            "osm",
            "geo",
            "style",
            "styled",
            "sheet",
            "scene",
            "table",
            "network",
            "tiles",
            "mesh",
            "plan",
            "wire",
            "provenance",
            "request",
        ],
    ),
    ("request", &[]),
];
/// Rooms that everybody uses.
const COMMON: &[&str] = &["color", "error", "note", "order", "sink", "watch"];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(files(&path, extension));
        } else if path.extension().is_some_and(|e| e == extension) {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// A source file without its unit tests and comments.
fn code(path: &Path) -> String {
    let text = std::fs::read_to_string(path).unwrap();
    let text = text.split("#[cfg(test)]").next().unwrap_or_default();
    text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

/// The room a file of `src` belongs to.
fn room(path: &Path) -> String {
    let inside = path.strip_prefix(root().join("src")).unwrap();
    let first = inside.components().next().unwrap().as_os_str().to_string_lossy();
    first.trim_end_matches(".rs").to_owned()
}

#[test]
fn arrows_point_down() {
    let mut wrong = Vec::new();
    for path in files(&root().join("src"), "rs") {
        let room = room(&path);
        let Some((_, allowed)) = ARROWS.iter().find(|(name, _)| *name == room) else { continue };
        for part in code(&path).split("crate::").skip(1) {
            let used: String = part.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            let fine = used == room || COMMON.contains(&used.as_str()) || allowed.contains(&used.as_str());
            if !fine {
                wrong.push(format!("{} uses {used}", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Who uses whom among the files below a folder.
fn arrows(folder: &str, name: &str) -> Arrows {
    let folder = root().join(folder);
    let read = |path: PathBuf| {
        let inside = path.strip_prefix(&folder).unwrap().to_str().unwrap().replace('\\', "/");
        (inside, std::fs::read_to_string(&path).unwrap())
    };
    let mut files: Vec<_> = files(&folder, "rs").into_iter().map(read).collect();
    if files.iter().any(|(path, _)| path == "lib.rs") {
        // The root of another crate, which nothing can use.
        files.retain(|(path, _)| path != "main.rs");
    }
    House::read(name, files.iter().map(|(path, text)| (path.as_str(), text.as_str()))).arrows()
}

#[test]
fn files_use_each_other_in_no_circle() {
    let (library, tasks) = (arrows("src", "mapwright"), arrows("xtask/src", "xtask"));
    // What would be missing first, were paths no longer understood.
    for (from, to) in
        [("scene/draw.rs", "sheet.rs"), ("map/view.rs", "map/select.rs"), ("cli/serve.rs", "server/mod.rs")]
    {
        assert!(library.get(from).is_some_and(|uses| uses.contains_key(to)), "{from} -> {to} is not seen");
    }
    let found = [circles(&library), circles(&tasks)].concat();
    assert!(found.is_empty(), "files use each other in a circle: {found:#?}");
}

/// Which file of TypeScript imports which, by relative addresses; types count, as they do in Rust.
fn imports(root: &Path) -> Arrows {
    let inside = |path: &Path| path.strip_prefix(root).unwrap().to_string_lossy().into_owned();
    let mut arrows = Arrows::new();
    for path in files(root, "ts") {
        let text = std::fs::read_to_string(&path).unwrap();
        let uses = arrows.entry(inside(&path)).or_default();
        for part in text.split(['"']).filter(|part| part.starts_with("./") || part.starts_with("../")) {
            let mut target = path.parent().unwrap().to_owned();
            for step in part.trim_end_matches(".js").split('/') {
                match step {
                    "." => {}
                    ".." => _ = target.pop(),
                    name => target.push(name),
                }
            }
            let target = PathBuf::from(format!("{}.ts", target.display()));
            if target.is_file() {
                uses.entry(inside(&target)).or_default().insert(part.to_owned());
            }
        }
    }
    arrows
}

#[test]
fn modules_import_each_other_in_no_circle() {
    let arrows = imports(&root().join("www"));
    let seen = |from: &str, to: &str| arrows.get(from).is_some_and(|uses| uses.contains_key(to));
    assert!(seen("page/chooser.ts", "page/facts.ts") && seen("page/i18n/ru.ts", "page/i18n/dictionary.ts"));
    assert!(seen("page/formats.ts", "api/types.ts") || seen("page/facts.ts", "api/types.ts"));
    let found = circles(&arrows);
    assert!(found.is_empty(), "modules import each other in a circle: {found:#?}");
}

#[test]
fn rooms_use_each_other_in_no_circle() {
    let room = |path: &str| path.split('/').next().unwrap_or_default().trim_end_matches(".rs").to_owned();
    let mut rooms = Arrows::new();
    for (from, uses) in arrows("src", "mapwright") {
        let known = rooms.entry(room(&from)).or_default();
        for (to, names) in uses.into_iter().filter(|(to, _)| room(to) != room(&from)) {
            known.entry(room(&to)).or_default().extend(names);
        }
    }
    let found = circles(&rooms);
    assert!(found.is_empty(), "rooms use each other in a circle: {found:#?}");
}

/// Whether code has a word that is not the end of a longer one.
fn names(code: &str, word: &str) -> bool {
    let begins = |at: usize| !code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_');
    code.match_indices(word).any(|(at, _)| begins(at))
}

#[test]
fn nothing_below_the_doors_knows_doors_clocks_files_or_chance() {
    let foreign =
        ["wasm_bindgen", "js_sys", "web_sys", "axum", "std::fs", "std::time", "std::net", "std::env", " rand::"];
    let mut wrong = Vec::new();
    for path in files(&root().join("src"), "rs") {
        if ["wasm", "server", "main", "cli"].contains(&room(&path).as_str()) {
            continue;
        }
        let code = code(&path);
        wrong
            .extend(foreign.iter().filter(|word| names(&code, word)).map(|word| format!("{}: {word}", path.display())));
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn data_cannot_make_it_panic() {
    let words = [".unwrap()", ".expect(", "panic!(", "unreachable!(", "todo!(", "unimplemented!(", "unsafe "];
    let mut wrong = Vec::new();
    for path in files(&root().join("src"), "rs") {
        for (row, line) in code(&path).lines().enumerate() {
            if words.iter().any(|word| line.contains(word)) && !line.contains("forbid(unsafe_code)") {
                wrong.push(format!("{} ({row}): {}", path.display(), line.trim()));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn files_are_short() {
    let mut sizes = BTreeMap::new();
    for (folder, extension) in [("src", "rs"), ("xtask/src", "rs"), ("www/api", "ts"), ("www/page", "ts")] {
        for path in files(&root().join(folder), extension) {
            let lines = std::fs::read_to_string(&path).unwrap().lines().count();
            sizes.insert(path, lines);
        }
    }
    sizes.retain(|path, _| !path.ends_with("catalogue.ts") && !path.ends_with("ids.ts"));
    let long: Vec<_> = sizes.iter().filter(|(_, lines)| **lines > 400).collect();
    assert!(long.is_empty(), "more than 400 lines: {long:#?}");
    let mut all: Vec<_> = sizes.values().copied().collect();
    all.sort_unstable();
    let median = all[all.len() / 2];
    assert!(median <= 150, "the median file has {median} lines");
}

#[test]
fn every_family_is_a_file_and_every_format_has_a_reader() {
    let readers: String =
        files(&root().join("tests/readers"), "py").iter().map(|path| std::fs::read_to_string(path).unwrap()).collect();
    for entry in mapwright::format::formats() {
        let (id, head) = (entry.format.id, &entry.family[0]);
        let path = root().join(format!("src/format/{}/{}.rs", entry.pack, head.file()));
        assert!(path.is_file(), "{id}: {} is missing", path.display());
        assert!(readers.contains(&format!("\"{id}\"")), "{id}: no row in tests/readers");
        assert_eq!(entry.format.family, head.family, "{id} calls its family otherwise than {}", head.id);
        assert!((entry.family.len() > 1) != entry.format.version.is_empty(), "{id}: its version in the family");
    }
}

#[test]
fn lists_of_packs_are_sorted() {
    for pack in mapwright::format::PACKS {
        let heads: Vec<String> = pack.families.iter().map(|family| family[0].file()).collect();
        assert!(heads.is_sorted(), "src/format/{}/mod.rs is not sorted: {heads:?}", pack.id);
    }
}

#[test]
fn nothing_is_left_unfinished() {
    let marks =
        [concat!("TO", "DO "), concat!("TO", "DO:"), concat!("FIX", "ME:"), concat!("XX", "X "), concat!("HA", "CK ")];
    let mut wrong = Vec::new();
    for (folder, extension) in [("src", "rs"), ("xtask/src", "rs"), ("tests", "rs"), ("www", "ts"), ("scripts", "mjs")]
    {
        for path in files(&root().join(folder), extension) {
            let text = std::fs::read_to_string(&path).unwrap();
            wrong.extend(
                marks.iter().filter(|mark| text.contains(**mark)).map(|mark| format!("{}: {mark}", path.display())),
            );
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
