//! What a new format begins with: a file that builds, tests itself and writes the credit and a count, to be filled.

/// What packs are made from, and what is counted of it.
struct Product {
    packs: &'static [&'static str],
    /// Its name: type, variant of `Write`.
    name: &'static str,
    /// Where the type stands.
    path: &'static str,
    /// How the skeleton counts, and what.
    count: &'static str,
    counted: [&'static str; 2],
}

/// The usual product of each pack.
const PRODUCTS: [Product; 4] = [
    Product {
        packs: &["cad"],
        name: "Plan",
        path: "crate::plan::Plan",
        count: "features.rows.len()",
        counted: ["features", "объектов"],
    },
    Product {
        packs: &["core", "dataset"],
        name: "Features",
        path: "crate::map::Features",
        count: "rows.len()",
        counted: ["features", "объектов"],
    },
    Product {
        packs: &["drawing", "pictures", "print"],
        name: "Scene",
        path: "crate::scene::Scene",
        count: "groups.len()",
        counted: ["layers", "слоёв"],
    },
    Product {
        packs: &["solid"],
        name: "Mesh",
        path: "crate::mesh::Mesh",
        count: "layers.len()",
        counted: ["layers", "слоёв"],
    },
];

/// The texts of a new format.
pub struct Skeleton {
    product: &'static Product,
    id: String,
    title: String,
}

impl Skeleton {
    /// Of a format of a pack; none where nobody has said what is usual in it.
    pub fn new(pack: &str, id: &str) -> Option<Self> {
        let product = PRODUCTS.iter().find(|product| product.packs.contains(&pack))?;
        Some(Self { product, id: id.to_owned(), title: id.to_uppercase().replace('-', " ") })
    }

    /// The file of the family.
    pub fn family(&self) -> String {
        let Self { product: Product { name, path, count, counted: [counted, _], .. }, id, title } = self;
        let value = name.to_lowercase();
        let constant = constant(id);
        let mut uses = [
            "crate::format::{Credit, Format, Job, Memory, Size, Tier, Topic, Write, Written}",
            "crate::osm::ATTRIBUTION",
            "crate::sink::Sink",
            "crate::watch::{Stage, Watch}",
            path,
        ];
        uses.sort_unstable();
        let uses: String = uses.iter().map(|path| format!("use {path};\n")).collect();
        format!(
            r#"//! {title}: to be filled. Which specification it follows, and what of it.

{uses}
/// The family.
pub const FORMATS: &[Format] = &[{constant}];

// To be filled: every word of this, as the other formats have it.
const {constant}: Format = Format {{
    id: "{id}",
    aliases: &[],
    title: "{title}",
    family: "{title}",
    version: "",
    extension: "txt",
    mime: "text/plain",
    tier: Tier::Pro,
    topics: &[Topic::Gis],
    about: "Only how many {counted} there are, so far.",
    for_whom: "Nobody yet",
    kept: "The number of {counted}",
    lost: "Everything else",
    programs: &["text editors"],
    specification: "https://example.org/",
    credit: Credit::Inside("the first line"),
    provenance: None,
    size: Size::Elements,
    memory: Memory::Stream,
    options: &[],
    write: Write::{name}(write),
}};

fn write({value}: &{name}, _: &mut Job, watch: &mut Watch, sink: &mut dyn Sink) -> Written {{
    let total = {value}.{count} as u64;
    watch.at(Stage::Write, 0, total)?;
    sink.put(head(total).as_bytes())?;
    watch.at(Stage::Write, total, total)
}}

/// Where the data are from, and how much there is.
fn head(count: u64) -> String {{
    format!("{{ATTRIBUTION}}, https://www.openstreetmap.org/copyright\nformat: {id}, to be filled\n{counted}: {{count}}\n")
}}

#[cfg(test)]
mod tests {{
    use super::*;

    #[test]
    fn the_credit_comes_first() {{
        let text = head(3);
        assert!(text.starts_with(ATTRIBUTION));
        assert!(text.ends_with("{counted}: 3\n"));
    }}
}}
"#
        )
    }

    /// A version of a family whose head has this name in the code.
    pub fn version(&self, head: &str) -> String {
        let Self { id, title, .. } = self;
        format!(
            r#"    // To be filled: what differs from the head, and a `write` that hands on what this version can hold.
    Format {{ id: "{id}", title: "{title}", version: "{title}", ..{head} }},
"#
        )
    }

    /// The module of its reader, whose rows fail until they are filled.
    pub fn reader(&self) -> String {
        let Self { id, title, .. } = self;
        format!(
            r#""""{title}: to be filled. Which software that we did not write opens it, and what it must find."""

# Functions of an artefact: counts, bounds, names, a colour. None is a fault (`test_all.py`).
ROWS = {{"{id}": ()}}
# What finds “© OpenStreetMap contributors” in a file, where `credit` says it stands (`test_credit.py`).
CREDITS = {{"{id}": lambda path: ""}}
"#
        )
    }

    /// Its Russian lines; those of a version are what it says otherwise than its family.
    pub fn russian(&self, version: bool) -> String {
        let Self { product: Product { counted: [_, counted], .. }, id, title } = self;
        if version {
            return format!("\n  \"format.{id}.about\": \"{title}: ещё не описан.\",\n");
        }
        let lines = [
            ("about", format!("Пока только число {counted}.")),
            ("for_whom", "Пока ни для кого".to_owned()),
            ("kept", format!("Число {counted}")),
            ("lost", "Всё остальное".to_owned()),
            ("programs", "блокнот".to_owned()),
        ];
        let lines = lines.iter().map(|(key, text)| format!("  \"format.{id}.{key}\": \"{text}\",\n"));
        format!("\n{}", lines.collect::<String>())
    }
}

/// The name of a format's constant.
fn constant(id: &str) -> String {
    let name = id.to_uppercase().replace('-', "_");
    if name.starts_with(|c: char| c.is_ascii_digit()) { format!("F{name}") } else { name }
}
