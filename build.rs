//! Turns `src/map/layers.toml` into the static tables that `map::classify` includes, and packs the EPSG definitions for
//! `geo::epsg`.

use flate2::{Compression, write::DeflateEncoder};
use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::fmt::Write as _;
use std::io::Write as _;
use std::{env, fs, path::Path};
use toml::Table;

const SOURCE: &str = "src/map/layers.toml";

/// How rules are written in the table, and the variant of `Shape` each becomes; the last yields to the others.
const SHAPES: [(&str, &str); 4] = [("point", "Point"), ("line", "Line"), ("area", "Area"), ("any", "Any")];

type Outcome<T> = Result<T, Box<dyn Error>>;

/// A rule of the table for one value (or any).
struct Rule {
    key: String,
    value: Option<String>,
    order: usize,
    also: Option<(String, String)>,
    layer: usize,
    class: usize,
    shape: &'static str,
}

fn main() -> Outcome<()> {
    println!("cargo::rerun-if-changed={SOURCE}");
    println!("cargo::rerun-if-changed=build.rs");
    epsg()?;
    let table: Table = fs::read_to_string(SOURCE)?.parse()?;
    let priority = texts(&table, "priority")?;
    let weak = texts(&table, "weak")?;
    let marked = texts(&table, "marked")?;
    let (mut layers, mut classes, mut rules) = (String::new(), String::new(), Vec::new());
    let mut count = 0;
    for (row, layer) in tables(&table, "layer")?.into_iter().enumerate() {
        let id = text(layer, "id")?;
        write!(layers, "Layer {{ id: {id:?}, marked: {}, fields: &[", marked.contains(&id))?;
        for field in texts(layer, "fields")? {
            layers.push_str(&self::field(field)?);
        }
        layers.push_str("] },\n");
        for (rank, class) in tables(layer, "class")?.into_iter().enumerate() {
            let (name, detail) = (text(class, "id")?, class.get("detail").and_then(|level| level.as_integer()));
            let detail = detail.filter(|level| (1..=6).contains(level)).ok_or(format!("{id}.{name}: detail"))?;
            writeln!(classes, "Class {{ layer: {id:?}, id: {name:?}, rank: {rank}, detail: {detail} }},")?;
            for (place, (list, shape)) in SHAPES.into_iter().enumerate() {
                for rule in if class.contains_key(list) { texts(class, list)? } else { Vec::new() } {
                    rules.extend(expand(rule, &priority, place, (row, count), shape)?);
                }
            }
            count += 1;
        }
    }
    rules.sort_by(|a, b| {
        (&a.key, a.value.is_none(), &a.value, a.order).cmp(&(&b.key, b.value.is_none(), &b.value, b.order))
    });
    let words: BTreeSet<&str> = rules
        .iter()
        .flat_map(|rule| {
            [Some(&rule.key), rule.value.as_ref()]
                .into_iter()
                .chain(rule.also.iter().flat_map(|(k, v)| [Some(k), Some(v)]))
        })
        .flatten()
        .map(String::as_str)
        .collect();
    let words: Vec<&str> = words.into_iter().collect();
    let word = |text: &String| words.binary_search(&text.as_str()).unwrap_or_default();
    let mut out = format!(
        "/// All layers in drawing order.\npub static LAYERS: &[Layer] = &[\n{layers}];\n\
         /// All classes; `ClassId` is the row.\npub static CLASSES: &[Class] = &[\n{classes}];\n"
    );
    writeln!(out, "static WORDS: &[&str] = &{words:?};\nstatic RULES: &[Rule] = &[")?;
    for rule in &rules {
        let value = rule.value.as_ref().map_or("ANY".to_owned(), |value| word(value).to_string());
        let also = rule.also.as_ref().map(|(key, value)| (word(key), word(value)));
        let Rule { key, order, layer, class, shape, .. } = rule;
        let weak = weak.contains(&key.as_str()) && rule.value.is_none();
        writeln!(
            out,
            "Rule {{ key: {}, value: {value}, order: {order}, also: {also:?}, weak: {weak}, layer: {layer}, class: {class}, shape: Shape::{shape} }},",
            word(key)
        )?;
    }
    writeln!(out, "];\nstatic OFF_ROUTE: &[&str] = &{:?};", texts(&table, "off_route")?)?;
    fs::write(Path::new(&env::var("OUT_DIR")?).join("layers.rs"), out)?;
    Ok(())
}

/// `name:kind` or `name:kind:key` as a `Field`.
fn field(entry: &str) -> Outcome<String> {
    let mut parts = entry.splitn(3, ':');
    let (Some(name), Some(kind)) = (parts.next(), parts.next()) else { return Err(entry.into()) };
    let kind = match kind {
        "text" => "Text",
        "int" => "Int",
        "number" => "Number",
        "flag" => "Flag",
        _ => return Err(entry.into()),
    };
    if name.len() > 10 {
        return Err(format!("{name} has more than ten characters").into());
    }
    Ok(format!("Field {{ name: {name:?}, key: {:?}, kind: FieldKind::{kind} }}, ", parts.next().unwrap_or(name)))
}

/// One written rule as one rule for every combination of values.
fn expand(
    rule: &str,
    priority: &[&str],
    place: usize,
    (layer, class): (usize, usize),
    shape: &'static str,
) -> Outcome<Vec<Rule>> {
    let mut terms = rule.split(" & ").map(|term| term.split_once('=').ok_or(format!("{rule}: no '='")));
    let (key, values) = terms.next().ok_or(rule)??;
    let also = terms.next().transpose()?;
    let mut rules = Vec::new();
    for value in values.split('|') {
        let exact = format!("{key}={value}");
        let rank =
            priority.iter().position(|&entry| entry == exact).or(priority.iter().position(|&entry| entry == key));
        let rank = rank.ok_or_else(|| format!("{key} is not in priority"))?;
        let worth = if also.is_some() {
            0
        } else if value == "*" {
            2
        } else {
            1
        };
        let order = (rank * 3 + worth) * 2 + usize::from(place + 1 == SHAPES.len());
        let alternatives = also.map_or(vec![None], |(key, values)| {
            values.split('|').map(|value| Some((key.to_owned(), value.to_owned()))).collect()
        });
        for also in alternatives {
            let value = (value != "*").then(|| value.to_owned());
            rules.push(Rule { key: key.to_owned(), value, order, also, layer, class, shape });
        }
    }
    Ok(rules)
}

fn text<'a>(table: &'a Table, key: &str) -> Outcome<&'a str> {
    Ok(table.get(key).and_then(|value| value.as_str()).ok_or(format!("no text {key}"))?)
}

fn texts<'a>(table: &'a Table, key: &str) -> Outcome<Vec<&'a str>> {
    let list = table.get(key).and_then(|value| value.as_array()).ok_or(format!("no list {key}"))?;
    Ok(list.iter().map(|value| value.as_str().ok_or(format!("{key}: not text"))).collect::<Result<_, _>>()?)
}

fn tables<'a>(table: &'a Table, key: &str) -> Outcome<Vec<&'a Table>> {
    let list = table.get(key).and_then(|value| value.as_array()).ok_or(format!("no list {key}"))?;
    Ok(list.iter().map(|value| value.as_table().ok_or(format!("{key}: not a table"))).collect::<Result<_, _>>()?)
}

/// The table of EPSG codes, deflated, as `geo::epsg` reads it: a line with the steps from code to code, a line for each that
/// says which parameters its definition has, then the values of each parameter in a block that its name begins, after ">". Values
/// of one kind, in the order of codes, pack best that way.
fn epsg() -> Outcome<()> {
    let path = Path::new(&env::var("OUT_DIR")?).join("epsg.deflate");
    let mut out = DeflateEncoder::new(fs::File::create(path)?, Compression::best());
    let (mut steps, mut shapes, mut before) = (Vec::new(), Vec::new(), 0);
    let mut columns = BTreeMap::<&str, Vec<&str>>::new();
    for row in (0..=u16::MAX).filter_map(crs_definitions::from_code) {
        steps.push((row.code - before).to_string());
        before = row.code;
        let mut shape = Vec::new();
        for word in row.proj4.split(' ') {
            let name = match word.split_once('=') {
                Some((name, value)) => {
                    columns.entry(name).or_default().push(value);
                    // What has a value says so.
                    word.get(..=name.len()).ok_or(word)?
                }
                None => word,
            };
            shape.push(name);
        }
        shapes.push(shape.join(" "));
    }
    writeln!(out, "{}\n{}", steps.join(" "), shapes.join("\n"))?;
    for (name, values) in columns {
        writeln!(out, ">{name}\n{}", values.join("\n"))?;
    }
    out.finish()?;
    Ok(())
}
