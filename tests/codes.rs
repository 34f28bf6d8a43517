//! `docs/codes.md` and the OpenAPI document list the codes of errors and notes that the sources have: all of them, and no others.

use mapwright::error::{Error, Fault};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

type Codes = BTreeSet<String>;
/// HTTP statuses by code.
type Statuses = BTreeMap<String, BTreeSet<u16>>;

/// Tables of errors in the document; those below other headings are of notes.
const ENGINE: &str = "Of the engine";
const SERVER: &str = "Of the server";
const ACCOUNTS: &str = "Of accounts";
const NPM: &str = "Of the npm package";

/// Calls of a function `say` whose first argument is neither a literal nor `code`, by file and beginning: they say nothing new.
const NO_NOTES: &[(&str, &str)] = &[
    // Hand on notes that were said elsewhere.
    ("src/note.rs", "note.code"),
    ("src/server/work/protocol.rs", "word(code)"),
    // Ask `Losses`, whose rows are found where they stand.
    ("src/mesh/raise.rs", "&mut notes"),
    ("src/mesh/print/mod.rs", "&mut notes"),
    // Lines of a process to its parent.
    ("src/server/work/child.rs", "&"),
    // Text of SQL.
    ("src/format/dataset/pgsql/script.rs", ""),
];

/// Where `say(code` stands in a closure `say`, whose calls are found as such.
const CLOSURE: &str = "src/format/drafting/drawing.rs";

/// The same as [`NO_NOTES`] for codes of errors: these are the engine's, or stand somewhere else as a literal.
const NO_ERRORS: &[(&str, &str)] = &[
    // `Problem::kept`: its rows are found.
    ("src/server/problem.rs", "code,"),
    // The engine's.
    ("src/server/problem.rs", "error.code()"),
    ("src/server/worker.rs", "(code, &problem.detail)"),
    // Constants, whose values are found.
    ("src/server/worker.rs", "NO_ROOM"),
    ("src/server/store/claims.rs", "DIED"),
    // What `crashed` was called with.
    ("src/server/store/claims.rs", "error,"),
    // `ExportError.from`: what the engine threw.
    ("www/api/error.ts", "code,"),
    // Those of a server, which are passed on.
    ("www/api/follow.ts", "code ?? \"failed\""),
    ("www/api/rest.ts", "body.code ?? `http_${status}`"),
];

/// Statuses as the sources call them.
const STATUSES: &[(&str, u16)] = &[
    ("StatusCode::BAD_REQUEST", 400),
    ("StatusCode::UNAUTHORIZED", 401),
    ("StatusCode::PAYMENT_REQUIRED", 402),
    ("StatusCode::FORBIDDEN", 403),
    ("StatusCode::NOT_FOUND", 404),
    ("StatusCode::METHOD_NOT_ALLOWED", 405),
    ("StatusCode::REQUEST_TIMEOUT", 408),
    ("StatusCode::CONFLICT", 409),
    ("StatusCode::GONE", 410),
    ("StatusCode::PAYLOAD_TOO_LARGE", 413),
    ("StatusCode::UNSUPPORTED_MEDIA_TYPE", 415),
    ("StatusCode::RANGE_NOT_SATISFIABLE", 416),
    ("StatusCode::UNPROCESSABLE_ENTITY", 422),
    ("StatusCode::TOO_MANY_REQUESTS", 429),
    ("StatusCode::INTERNAL_SERVER_ERROR", 500),
    ("StatusCode::BAD_GATEWAY", 502),
    ("StatusCode::SERVICE_UNAVAILABLE", 503),
    ("StatusCode::GATEWAY_TIMEOUT", 504),
];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap_or_else(|fault| panic!("{path}: {fault}"))
}

/// Source files below a folder without their comments and unit tests, by their paths in the project.
fn sources(folder: &str, extension: &str) -> Vec<(String, String)> {
    fn walk(folder: &Path, extension: &str, found: &mut Vec<PathBuf>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, extension, found);
            } else if path.extension().is_some_and(|end| end == extension) {
                found.push(path);
            }
        }
    }
    let mut found = Vec::new();
    walk(&root().join(folder), extension, &mut found);
    found.sort();
    assert!(!found.is_empty(), "{folder} has no files .{extension}");
    let named = |path: PathBuf| path.strip_prefix(root()).unwrap().to_str().unwrap().replace('\\', "/");
    let paths = found.into_iter().map(named);
    paths.map(|path| (path.clone(), plain(&read(&path)))).collect()
}

/// A source without comments and unit tests.
fn plain(text: &str) -> String {
    let text = text.split("#[cfg(test)]").next().unwrap_or_default();
    let said = |line: &&str| !["//", "/*", "* ", "*/"].iter().any(|mark| line.trim_start().starts_with(mark));
    text.lines().filter(said).collect::<Vec<_>>().join("\n")
}

/// What follows each place of `mark`, from the next thing that is no space or line break.
fn behind<'t>(text: &'t str, mark: &'t str) -> impl Iterator<Item = &'t str> {
    text.match_indices(mark).map(move |(at, _)| text[at + mark.len()..].trim_start())
}

/// The code that a text begins with, as a literal.
fn code(text: &str) -> Option<String> {
    let (inside, _) = text.strip_prefix('"')?.split_once('"')?;
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    (!inside.is_empty() && inside.chars().all(fits)).then(|| inside.to_owned())
}

/// Fails for what looks like a code that this test does not see.
fn must_be_known(list: &[(&str, &str)], path: &str, argument: &str) {
    let known = list.iter().any(|(file, begins)| *file == path && argument.starts_with(begins));
    let shown: String = argument.chars().take(60).collect();
    assert!(known, "{path}: write the code as a literal, or say in tests/codes.rs where it is found: {shown}");
}

/// Codes of notes: literals behind `say(`; and where that is `say(code`, literals behind `(` since the beginning of the function.
fn notes() -> Codes {
    let mut found = Codes::new();
    for (path, text) in sources("src", "rs") {
        for (at, mark) in text.match_indices("say(") {
            let (before, argument) = (&text[..at], text[at + mark.len()..].trim_start());
            let longer = before.ends_with(|c: char| c.is_alphanumeric() || c == '_');
            if longer || before.ends_with("fn ") {
                continue;
            }
            if let Some(code) = code(argument) {
                found.insert(code);
            } else if argument.starts_with("code,") {
                let function = &before[before.rfind("fn ").unwrap_or_default()..];
                let rows: Codes = behind(function, "(").filter_map(code).collect();
                assert!(!rows.is_empty() || path == CLOSURE, "{path}: where do the codes of say(code, …) come from?");
                found.extend(rows);
            } else {
                must_be_known(NO_NOTES, &path, argument);
            }
        }
    }
    found
}

/// An error of each kind.
fn errors() -> Vec<Error> {
    let text = || "text".to_owned();
    let mut all = vec![
        Error::Request { field: text(), message: text() },
        Error::Foreign(text()),
        Error::Corrupt(text()),
        Error::CutOff(text()),
        Error::TooLarge(text()),
        Error::Excess { field: text(), message: text() },
        Error::Empty(text()),
        Error::Crs(text()),
        Error::Cancelled,
        Error::Io(text()),
        Error::Internal(text()),
    ];
    all.extend(Fault::ALL.map(|fault| Error::Overpass { fault, message: text(), megabytes: None }));
    all
}

/// Codes of the engine.
fn engine() -> Codes {
    let found: Codes = errors().iter().map(|error| error.code().to_owned()).collect();
    let written: Codes = behind(&plain(&read("src/error.rs")), "=> ").filter_map(code).collect();
    assert_eq!(found, written, "the list of errors in tests/codes.rs");
    found
}

/// Codes and statuses that the server answers with; with those of tasks, which have none.
fn server(of_accounts: bool) -> Statuses {
    let mut found = Statuses::new();
    for (path, text) in sources("src/server", "rs") {
        if path.starts_with("src/server/account/") != of_accounts {
            continue;
        }
        let is_problem = path == "src/server/problem.rs";
        let of_its_own = behind(&text, "Self::new(").filter(|_| is_problem);
        for arguments in behind(&text, "Problem::new(").chain(of_its_own) {
            let (status, rest) = arguments.split_once(',').unwrap();
            let Some(code) = code(rest.trim_start()) else {
                must_be_known(NO_ERRORS, &path, rest.trim_start());
                continue;
            };
            let number = STATUSES.iter().find(|(name, _)| *name == status.trim()).map(|(_, number)| *number);
            found.entry(code).or_default().insert(number.unwrap_or_else(|| panic!("{path}: {status}")));
        }
        // `(None, "empty") => (422, "empty")` of `Problem::kept`.
        for row in behind(&text, "=> (").filter(|_| is_problem) {
            let Some((status, rest)) = row.split_once(',') else { continue };
            if let (Ok(status), Some(code)) = (status.trim().parse(), code(rest.trim_start())) {
                found.entry(code).or_default().insert(status);
            }
        }
        // `const NO_ROOM: (&str, &str) = ("storage", …)`.
        for code in behind(&text, ": (&str, &str) = (").filter_map(code) {
            found.entry(code).or_default();
        }
        // `store.fail(id, fence, ("deadline", &words), true)`.
        for arguments in behind(&text, ".fail(").chain(behind(&text, ".crashed(")) {
            let why = arguments.splitn(3, ',').nth(2).unwrap_or_default().trim_start();
            match why.strip_prefix('(').and_then(|pair| code(pair.trim_start())) {
                Some(code) => _ = found.entry(code).or_default(),
                None => must_be_known(NO_ERRORS, &path, why),
            }
        }
    }
    found
}

/// Codes of the npm package that are not the engine's.
fn npm() -> Codes {
    let mut found = Codes::new();
    for (path, text) in sources("www/api", "ts") {
        // Data of the catalogue.
        if ["www/api/catalogue.ts", "www/api/ids.ts"].contains(&path.as_str()) {
            continue;
        }
        for argument in behind(&text, "new ExportError(") {
            match code(argument) {
                Some(code) => _ = found.insert(code),
                None => must_be_known(NO_ERRORS, &path, argument),
            }
        }
        found.extend([" code: ", "{code: ", " code = "].iter().flat_map(|mark| behind(&text, mark)).filter_map(code));
    }
    // What `remote` calls notes: servers tell their sentences alone.
    found.remove("note");
    &found - &engine()
}

/// Rows of the document by heading: cells, the first without its marks.
fn tables() -> BTreeMap<String, Vec<Vec<String>>> {
    let (mut found, mut heading) = (BTreeMap::<_, Vec<_>>::new(), String::new());
    for line in read("docs/codes.md").lines() {
        if line.starts_with('#') {
            heading = line.trim_start_matches('#').trim().to_owned();
        } else if let Some(row) = line.strip_prefix("| `") {
            let cells = row.trim_end_matches('|').split('|').map(|cell| cell.trim().trim_end_matches('`').to_owned());
            found.entry(heading.clone()).or_default().push(cells.collect());
        }
    }
    found
}

/// The codes of rows, each of which has its own.
fn codes<'r>(rows: impl IntoIterator<Item = &'r Vec<String>>) -> Codes {
    let mut found = Codes::new();
    for row in rows {
        assert!(found.insert(row[0].clone()), "docs/codes.md has {} twice", row[0]);
    }
    found
}

/// Numbers in a cell.
fn numbers(cell: &str) -> BTreeSet<u16> {
    cell.split(|c: char| !c.is_ascii_digit()).filter_map(|number| number.parse().ok()).collect()
}

fn same(what: &str, listed: &Codes, found: &Codes) {
    let (missing, old) = (found - listed, listed - found);
    assert!(missing.is_empty() && old.is_empty(), "{what}: it lacks {missing:?}, and {old:?} are in no source");
}

#[test]
fn every_code_of_a_note_is_in_the_document() {
    let tables = tables();
    let of_errors = [ENGINE, SERVER, ACCOUNTS, NPM];
    let rows = tables.iter().filter(|(heading, _)| !of_errors.contains(&heading.as_str())).flat_map(|(_, rows)| rows);
    let found = notes();
    // What would be missing first, were sources no longer understood.
    for code in ["style_unsupported", "open_rings", "roof_flat", "too_thin", "crowded_names", "cut_texts"] {
        assert!(found.contains(code), "{code} is not seen");
    }
    same("docs/codes.md, notes", &codes(rows), &found);
}

#[test]
fn every_code_of_an_error_is_in_the_document() {
    let tables = tables();
    let (engine, server, accounts) = (engine(), server(false), server(true));
    let answered: Codes = server.keys().cloned().collect();
    for code in ["key", "deadline", "died", "storage", "failed", "busy"] {
        assert!(answered.contains(code), "{code} is not seen");
    }
    let of_accounts: Codes = accounts.keys().cloned().collect();
    let rest = &engine | &answered;
    same("docs/codes.md, engine", &codes(&tables[ENGINE]), &engine);
    same("docs/codes.md, server", &codes(&tables[SERVER]), &(&answered - &engine));
    same("docs/codes.md, accounts", &codes(&tables[ACCOUNTS]), &(&of_accounts - &rest));
    same("docs/codes.md, npm", &codes(&tables[NPM]), &npm());
}

#[test]
fn statuses_are_those_of_the_sources() {
    let tables = tables();
    let mut found = server(false);
    for (code, statuses) in server(true) {
        found.entry(code).or_default().extend(statuses);
    }
    let mut exits = Statuses::new();
    for error in errors() {
        found.entry(error.code().into()).or_default().insert(error.status());
        exits.entry(error.code().into()).or_default().insert(error.exit().into());
    }
    for row in [ENGINE, SERVER, ACCOUNTS].into_iter().flat_map(|heading| &tables[heading]) {
        assert_eq!(Some(&numbers(&row[1])), found.get(&row[0]), "docs/codes.md, {}: HTTP", row[0]);
    }
    for row in &tables[ENGINE] {
        assert_eq!(Some(&numbers(&row[2])), exits.get(&row[0]), "docs/codes.md, {}: exit", row[0]);
    }
}

#[test]
fn the_api_tells_every_code_it_answers_with() {
    let document: serde_json::Value = serde_json::from_str(&read("src/server/openapi.json")).unwrap();
    let schemas = &document["components"]["schemas"];
    let listed: Vec<String> = serde_json::from_value(schemas["Code"]["anyOf"][0]["enum"].clone()).unwrap();
    let told: Codes = listed.iter().cloned().collect();
    assert_eq!(told.len(), listed.len(), "a code twice");
    let answered: Codes = server(false).into_keys().collect();
    same("src/server/openapi.json", &told, &(&engine() | &answered));
    for place in ["/Problem/properties/code/$ref", "/Status/properties/code/anyOf/0/$ref"] {
        assert_eq!(schemas.pointer(place).unwrap(), "#/components/schemas/Code", "{place}");
    }
}
