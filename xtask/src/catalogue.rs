//! What follows from the registry: `www/api/catalogue.ts` with its types, and the table of formats in the README.

use crate::project::{Fault, root};
use mapwright::catalogue::{formats, layers, styles};
use mapwright::format::{Opt, OptKind, TOPICS};
use mapwright::request::PAPERS;
use serde::Serialize;
use serde_json::Value;
use std::fmt::Write;

const PATH: &str = "www/api/catalogue.ts";
const IDS: &str = "www/api/ids.ts";
const README: &str = "README.md";
const BEGIN: &str = "<!-- formats: written by `cargo xtask catalogue` -->";
const END: &str = "<!-- /formats -->";
const IDS_HEAD: &str =
    "// Made by `cargo xtask catalogue` from the registry of formats, styles and layers. Do not edit.
";
const HEAD: &str = "// Made by `cargo xtask catalogue` from the registry of formats, styles and layers. Do not edit.
import type { FormatRow, LayerRow, PaperRow, StyleRow } from \"./types.js\";
";

/// A named paper, upright, mm.
#[derive(Serialize)]
struct PaperRow {
    id: &'static str,
    width: f64,
    height: f64,
}

/// Writes what is derived from the registry, or fails where the committed text differs.
pub fn run(check: bool) -> Result<(), Fault> {
    for (name, text) in [(PATH, text()?), (IDS, ids()?), (README, readme()?)] {
        let path = root(name);
        if !check {
            std::fs::write(path, text)?;
        } else if !std::fs::read_to_string(path).is_ok_and(|committed| committed == text) {
            return Err(format!("{name} is out of date; run `cargo xtask catalogue`").into());
        }
    }
    Ok(())
}

/// The README with its table of formats made anew between two marks.
fn readme() -> Result<String, Fault> {
    let old = std::fs::read_to_string(root(README))?;
    let (head, rest) = old.split_once(BEGIN).ok_or("README.md has lost the mark where the formats begin")?;
    let (_, tail) = rest.split_once(END).ok_or("README.md has lost the mark where the formats end")?;
    let mut table = String::from("\n\n| id | file | for whom | opens in |\n|---|---|---|---|\n");
    for row in formats().iter().filter(|row| row.alias_of.is_none()) {
        let programs = row.format.programs.join(", ");
        writeln!(table, "| `{}` | .{} | {} | {programs} |", row.id, row.format.extension, row.format.for_whom)?;
    }
    Ok(format!("{head}{BEGIN}{table}\n{END}{tail}"))
}

/// Ids as types, below all that speaks of them.
fn ids() -> Result<String, Fault> {
    let (formats, styles, layers) = (formats(), styles(), layers());
    let mut text = IDS_HEAD.to_owned();
    union(&mut text, "FormatId", formats.iter().map(|row| row.id))?;
    let topics: Vec<String> = TOPICS.iter().map(word).collect::<Result<_, _>>()?;
    union(&mut text, "TopicId", topics.iter().map(String::as_str))?;
    union(&mut text, "StyleId", styles.iter().map(|row| row.id))?;
    union(&mut text, "LayerId", layers.iter().map(|row| row.id))?;
    union(&mut text, "PaperId", PAPERS.iter().map(|(id, ..)| *id))?;
    text.push_str("\n/** Options of each format, by its id. */\nexport interface FormatOptions {\n");
    for row in formats.iter().filter(|row| !row.format.options.is_empty()) {
        let fields: Vec<_> = row.format.options.iter().map(|opt| format!("{}?: {}", opt.id, kind(opt))).collect();
        writeln!(text, "  {}?: {{ {} }};", Value::from(row.id), fields.join("; "))?;
    }
    text.push_str("}\n");
    Ok(text)
}

fn text() -> Result<String, Fault> {
    let (formats, styles, layers) = (formats(), styles(), layers());
    let papers: Vec<_> = PAPERS.iter().map(|&(id, width, height)| PaperRow { id, width, height }).collect();
    let mut text = HEAD.to_owned();
    rows(&mut text, "formats", "FormatRow", &formats)?;
    rows(&mut text, "styles", "StyleRow", &styles)?;
    rows(&mut text, "layers", "LayerRow", &layers)?;
    rows(&mut text, "papers", "PaperRow", &papers)?;
    Ok(text)
}

fn union<'a>(text: &mut String, name: &str, ids: impl Iterator<Item = &'a str>) -> std::fmt::Result {
    // One a line: who adds two formats at the same time changes two lines.
    let words: String = ids.map(|id| format!("\n  | {}", Value::from(id))).collect();
    writeln!(text, "\nexport type {name} ={};", if words.is_empty() { " never" } else { &words })
}

/// A word of the registry as JSON has it.
fn word<T: Serialize>(value: T) -> Result<String, Fault> {
    let text = serde_json::to_value(value)?.as_str().map(str::to_owned);
    text.ok_or_else(|| "no word".into())
}

/// The TypeScript type of an option's values.
fn kind(opt: &Opt) -> String {
    match opt.kind {
        OptKind::Flag { .. } => "boolean".into(),
        OptKind::Int { .. } | OptKind::Number { .. } => "number".into(),
        OptKind::Choice { choices } => {
            choices.iter().map(|word| Value::from(*word).to_string()).collect::<Vec<_>>().join(" | ")
        }
        OptKind::Text { .. } | OptKind::Table { .. } => "string".into(),
    }
}

/// One row a line: a change shows as the line it is.
fn rows<T: Serialize>(text: &mut String, name: &str, kind: &str, rows: &[T]) -> Result<(), Fault> {
    writeln!(text, "\nexport const {name}: readonly {kind}[] = [")?;
    for row in rows {
        writeln!(text, "  {},", serde_json::to_string(row)?)?;
    }
    text.push_str("];\n");
    Ok(())
}
