//! Chinese, Japanese and Korean fonts, in slices of some hundred characters that a map loads as it needs them: static
//! TrueType inside WOFF, made from the variable fonts in packages of npm, which are cut where web pages need it.

mod font;
mod woff;

use crate::project::{Fault, root};
use crate::put::put;
use mapwright::scene::font::Fonts;
use serde_json::{Map, Value, json};
use std::path::PathBuf;

/// Where the packages are, and where slices go.
const PACKAGES: &str = "node_modules/@fontsource-variable";
const TARGET: &str = "www/pkg/fonts";
/// Changes when slices are made in another way.
const VERSION: u32 = 2;

/// Makes the slices of every family that the index names, unless they are there.
pub fn make() -> Result<(), Fault> {
    std::fs::create_dir_all(root(TARGET))?;
    for family in Fonts::families() {
        let package = root(PACKAGES).join(family.id);
        let about = std::fs::read_to_string(package.join("package.json"))
            .map_err(|fault| format!("{}: {fault}; `npm ci` brings it", package.display()))?;
        let stamp = format!("{VERSION} {}", serde_json::from_str::<Value>(&about)?["version"]);
        let path = root(TARGET).join(format!("{}.stamp", family.id));
        if std::fs::read_to_string(&path).is_ok_and(|known| known == stamp) {
            continue;
        }
        println!("font {}", family.id);
        slice(family.id, &package)?;
        std::fs::write(path, stamp)?;
    }
    Ok(())
}

/// Ids of all slices of a family, without the list of them.
pub fn ids(family: &str) -> Result<Vec<String>, Fault> {
    let rows: Vec<Value> = serde_json::from_slice(&std::fs::read(list(family))?)?;
    Ok(rows.iter().filter_map(|row| row["id"].as_str()).map(str::to_owned).collect())
}

/// The file that says which slice holds which characters.
fn list(family: &str) -> PathBuf {
    root(TARGET).join(format!("{family}.json"))
}

/// Makes the slices of one family and the list of them.
fn slice(family: &str, package: &std::path::Path) -> Result<(), Fault> {
    let cuts: Map<String, Value> = serde_json::from_slice(&std::fs::read(package.join("unicode.json"))?)?;
    let mut numbers: Vec<u32> =
        cuts.keys().filter_map(|key| key.strip_prefix('[')?.strip_suffix(']')?.parse().ok()).collect();
    numbers.sort_unstable();
    let mut rows = Vec::new();
    for number in numbers {
        let file = package.join(format!("files/{family}-{number}-wght-normal.woff2"));
        let source =
            wuff::decompress_woff2(&std::fs::read(&file)?).map_err(|fault| format!("{}: {fault}", file.display()))?;
        // What every map has already is no reason to load a slice.
        let wanted = |c: u32| char::from_u32(c).is_some_and(|c| !Fonts::index().iter().any(|file| file.covers(c)));
        let Some(font::Slice { data, codes }) = font::fixed(&source, wanted)? else { continue };
        let id = format!("{family}-{number}");
        put(&root(TARGET).join(format!("{id}.woff")), &woff::pack(&data)?)?;
        rows.push(serde_json::to_string(&json!({ "id": id, "ranges": ranges(&codes) }))?);
    }
    put(&list(family), format!("[\n{}\n]\n", rows.join(",\n")).as_bytes())?;
    Ok(())
}

/// Code points as first and last of every run.
fn ranges(codes: &[u32]) -> Vec<[u32; 2]> {
    let mut runs: Vec<[u32; 2]> = Vec::new();
    for &code in codes {
        match runs.last_mut() {
            Some([_, last]) if *last + 1 == code => *last = code,
            _ => runs.push([code, code]),
        }
    }
    runs
}
