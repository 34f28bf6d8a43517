//! Which file uses which, read from the code: paths that begin with `crate`, `super`, `self`, an import or a module inside.
//!
//! An arrow goes from a file to the file where what it names is written. Names that a parent hands on are followed to where
//! they come from, so a parent that declares or re-exports a file does not use it; one whose own code names what is in it
//! does.

use std::collections::{BTreeMap, BTreeSet};

/// The path of a module from the root of its crate: `["map", "view"]`; empty for the root itself.
type Module = Vec<String>;

/// From each file to those it uses, with the names it takes.
pub type Arrows = BTreeMap<String, BTreeMap<String, BTreeSet<String>>>;

/// The files of one crate.
pub struct House {
    /// What others call it, and its own binaries.
    name: String,
    files: BTreeMap<Module, File>,
    rooms: BTreeSet<Module>,
}

struct File {
    path: String,
    imports: Vec<Import>,
    /// Paths that the code names outside its imports.
    paths: Vec<Vec<String>>,
}

struct Import {
    name: String,
    path: Vec<String>,
    handed_on: bool,
}

/// What a path leads to.
enum Place {
    /// Something written in the file of this module.
    Item(Module),
    /// A module itself.
    Room,
    Elsewhere,
}

impl House {
    /// Reads the files of a crate: their paths below the folder of its root, and their text.
    pub fn read<'a>(name: &str, files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let rooms = BTreeSet::from([Module::new()]);
        let mut house = Self { name: name.to_owned(), files: BTreeMap::new(), rooms };
        for (path, text) in files {
            let module = module(path);
            house.rooms.extend((0..=module.len()).map(|end| module[..end].to_vec()));
            let (imports, paths) = parse(&tokens(text));
            house.files.insert(module, File { path: path.to_owned(), imports, paths });
        }
        house
    }

    /// Every arrow of the house.
    pub fn arrows(&self) -> Arrows {
        let mut arrows = Arrows::new();
        for (module, file) in &self.files {
            let mut uses = BTreeMap::<String, BTreeSet<String>>::new();
            let taken = file.imports.iter().filter(|import| !import.handed_on).map(|import| &import.path);
            for path in taken.chain(&file.paths) {
                if let Place::Item(target) = self.find(module, path, 0)
                    && let Some(target) = self.files.get(&target).map(|target| &target.path)
                    && *target != file.path
                {
                    uses.entry(target.clone()).or_default().insert(path.join("::"));
                }
            }
            arrows.insert(file.path.clone(), uses);
        }
        arrows
    }

    /// Where a path leads that stands in the file of `module`.
    fn find(&self, module: &[String], path: &[String], depth: usize) -> Place {
        let Some((first, rest)) = path.split_first().filter(|_| depth < 20) else { return Place::Elsewhere };
        let inside = |name: &String| self.rooms.contains(&[module, std::slice::from_ref(name)].concat());
        match first.as_str() {
            "crate" => self.walk(Module::new(), rest, depth),
            name if name == self.name => self.walk(Module::new(), rest, depth),
            "self" => self.walk(module.to_vec(), rest, depth),
            "super" => match module.split_last() {
                Some((_, parent)) if rest.first().is_some_and(|next| next == "super") => self.find(parent, rest, depth),
                Some((_, parent)) => self.walk(parent.to_vec(), rest, depth),
                None => Place::Elsewhere,
            },
            _ if self.imported(module, first).is_some() || inside(first) && !rest.is_empty() => {
                self.walk(module.to_vec(), path, depth)
            }
            _ => Place::Elsewhere,
        }
    }

    fn imported(&self, module: &[String], name: &str) -> Option<&Import> {
        self.files.get(module)?.imports.iter().find(|import| import.name == name)
    }

    /// Follows `path` from inside `module`.
    fn walk(&self, mut module: Module, path: &[String], depth: usize) -> Place {
        for (row, name) in path.iter().enumerate() {
            let deeper = [module.as_slice(), std::slice::from_ref(name)].concat();
            // A function is often named like the file it is in.
            let last = row + 1 == path.len();
            match self.imported(&module, name) {
                Some(import) if last || !self.rooms.contains(&deeper) => {
                    let whole = [import.path.as_slice(), &path[row + 1..]].concat();
                    return self.find(&module, &whole, depth + 1);
                }
                _ if self.rooms.contains(&deeper) => module = deeper,
                _ => return Place::Item(module),
            }
        }
        Place::Room
    }
}

/// Files that use each other in a circle: for each circle its arrows, as they are to be read by people.
pub fn circles(arrows: &Arrows) -> Vec<Vec<String>> {
    let reach: BTreeMap<&String, BTreeSet<&String>> = arrows.keys().map(|from| (from, reached(arrows, from))).collect();
    let mut told = BTreeSet::new();
    let mut found = Vec::new();
    for (from, ahead) in &reach {
        let circle: BTreeSet<&String> =
            ahead.iter().copied().filter(|to| reach.get(*to).is_some_and(|back| back.contains(*from))).collect();
        if circle.is_empty() || !told.insert(circle.clone()) {
            continue;
        }
        let inside = circle.iter().filter_map(|from| Some((from, arrows.get(*from)?)));
        let lines = inside.flat_map(|(from, uses)| {
            let uses = uses.iter().filter(|(to, _)| circle.contains(to));
            uses.map(move |(to, names)| {
                format!("{from} -> {to}: {}", names.iter().cloned().collect::<Vec<_>>().join(", "))
            })
        });
        found.push(lines.collect());
    }
    found
}

/// What can be reached by arrows from a file.
fn reached<'a>(arrows: &'a Arrows, from: &String) -> BTreeSet<&'a String> {
    let mut seen = BTreeSet::new();
    let mut ahead: Vec<&String> = arrows.get(from).into_iter().flat_map(BTreeMap::keys).collect();
    while let Some(next) = ahead.pop() {
        if seen.insert(next) {
            ahead.extend(arrows.get(next).into_iter().flat_map(BTreeMap::keys));
        }
    }
    seen
}

/// `map/view.rs` → `["map", "view"]`.
fn module(path: &str) -> Module {
    let path = path.trim_end_matches(".rs");
    let mut module: Module = path.split('/').map(str::to_owned).collect();
    if module.last().is_some_and(|last| last == "mod") || module.len() == 1 && ["lib", "main"].contains(&path) {
        module.pop();
    }
    module
}

/// Words, `::` and single signs of code without comments, texts and unit tests.
fn tokens(text: &str) -> Vec<String> {
    let signs: Vec<char> = text.chars().collect();
    let at = |at: usize| signs.get(at).copied().unwrap_or('\n');
    let word = |c: char| c.is_alphanumeric() || c == '_';
    let (mut found, mut i) = (Vec::<String>::new(), 0);
    while i < signs.len() {
        let start = i;
        i += 1;
        match (at(start), at(i)) {
            ('/', '/') => i += signs[i..].iter().take_while(|c| **c != '\n').count(),
            ('"', _) => {
                let raw = found.last().is_some_and(|last| last == "r" || last == "br" || last == "#");
                while i < signs.len() && at(i) != '"' {
                    i += if at(i) == '\\' && !raw { 2 } else { 1 };
                }
                i += 1;
            }
            ('\'', '\\') => {
                i += 2;
                i += signs[i..].iter().take_while(|c| **c != '\'').count() + 1;
            }
            ('\'', _) if at(i + 1) == '\'' => i += 2,
            (':', ':') => {
                i += 1;
                found.push("::".into());
            }
            (c, _) if word(c) => {
                i += signs[i..].iter().take_while(|c| word(**c)).count();
                found.push(signs[start..i].iter().collect());
            }
            (c, _) if c.is_whitespace() => {}
            (c, _) => found.push(c.into()),
        }
    }
    without_tests(&found)
}

/// Drops what stands under `#[cfg(test)]`.
fn without_tests(tokens: &[String]) -> Vec<String> {
    let mark = ["#", "[", "cfg", "(", "test", ")", "]"];
    let Some(start) = tokens.windows(mark.len()).position(|run| run.iter().eq(mark.iter())) else {
        return tokens.to_vec();
    };
    let mut depth = 0;
    let end = tokens[start + mark.len()..].iter().position(|token| {
        depth += match token.as_str() {
            "{" => 1,
            "}" => -1,
            _ => 0,
        };
        depth == 0 && [";", "}"].contains(&token.as_str())
    });
    let rest = end.map_or(&[][..], |end| &tokens[start + mark.len() + end + 1..]);
    [tokens[..start].to_vec(), without_tests(rest)].concat()
}

/// Imports, and paths outside them.
fn parse(tokens: &[String]) -> (Vec<Import>, Vec<Vec<String>>) {
    let (mut imports, mut rest, mut i) = (Vec::new(), Vec::new(), 0);
    while let Some(token) = tokens.get(i) {
        if token != "use" || tokens.get(i + 1).is_some_and(|next| next == "<") {
            rest.push(token.as_str());
            i += 1;
            continue;
        }
        // `pub use`, `pub(crate) use`.
        let handed_on = match rest.last() {
            Some(&"pub") => true,
            Some(&")") => rest.iter().rev().find(|token| [";", "}", "pub"].contains(*token)) == Some(&"pub"),
            _ => false,
        };
        let end = i + tokens[i..].iter().position(|token| token == ";").unwrap_or(tokens.len() - i);
        tree(&tokens[i + 1..end], &[], handed_on, &mut imports);
        i = end;
    }
    let word = |at: usize| rest.get(at).filter(|token| token.starts_with(|c: char| c.is_alphabetic() || c == '_'));
    let sign = |at: Option<usize>| at.and_then(|at| rest.get(at)).copied().unwrap_or_default();
    let (mut paths, mut i) = (Vec::new(), 0);
    while i < rest.len() {
        let before = sign(i.checked_sub(1));
        let Some(first) = word(i).filter(|_| ![".", "::", "fn", "mod", "let", "struct", "enum"].contains(&before))
        else {
            i += 1;
            continue;
        };
        let mut path = vec![(*first).to_owned()];
        i += 1;
        while sign(Some(i)) == "::"
            && let Some(next) = word(i + 1)
        {
            path.push((*next).to_owned());
            i += 2;
        }
        // A bare small word may be a variable.
        if path.len() > 1 || sign(Some(i)) == "(" || first.starts_with(char::is_uppercase) {
            paths.push(path);
        }
    }
    (imports, paths)
}

/// Reads `a::{b, c as d}`.
fn tree(tokens: &[String], before: &[String], handed_on: bool, imports: &mut Vec<Import>) {
    let mut path = before.to_vec();
    let mut i = 0;
    while let Some(token) = tokens.get(i) {
        match token.as_str() {
            "{" => {
                let (mut depth, mut start) = (0, 1);
                for (row, token) in tokens.iter().enumerate().skip(i) {
                    depth += i32::from(token == "{") - i32::from(token == "}");
                    if depth == 0 || depth == 1 && token == "," {
                        tree(&tokens[(i + start).min(row)..row], &path, handed_on, imports);
                        start = row + 1 - i;
                    }
                }
                return;
            }
            "as" => break,
            "::" => {}
            "self" if !path.is_empty() => {}
            word => path.push(word.to_owned()),
        }
        i += 1;
    }
    let name = if tokens.get(i).is_some_and(|token| token == "as") { tokens.get(i + 1) } else { path.last() };
    if let Some(name) = name.cloned().filter(|_| !tokens.is_empty()) {
        imports.push(Import { name, path, handed_on });
    }
}

#[cfg(test)]
mod tests {
    use super::{House, circles};

    /// The circles among files of a crate called `house`.
    fn found(files: &[(&str, &str)]) -> Vec<Vec<String>> {
        circles(&House::read("house", files.iter().copied()).arrows())
    }

    #[test]
    fn who_declares_and_hands_on_uses_nothing() {
        let child = "use super::Noun;\npub fn draw(noun: &Noun) {}";
        assert!(found(&[("a/mod.rs", "mod b;\npub use b::draw;\npub struct Noun;"), ("a/b.rs", child)]).is_empty());
        let parent = "mod b;\npub use b::draw;\npub struct Noun;\nfn all() { draw(&Noun) }";
        let circle = found(&[("a/mod.rs", parent), ("a/b.rs", child)]);
        assert_eq!(circle, [["a/b.rs -> a/mod.rs: Noun, super::Noun", "a/mod.rs -> a/b.rs: draw"]]);
    }

    #[test]
    fn names_are_followed_to_where_they_are_written() {
        // `b` takes from `c` by way of their parent, `c` from `b` by its module.
        let files = [
            ("a.rs", "mod b;\nmod c;\npub(crate) use c::{deep as low, other::{self, Other}};"),
            ("a/b.rs", "use crate::a::{low};\npub const B: u8 = 1;"),
            ("a/c.rs", "use super::b;\npub fn deep() -> u8 { b::B }"),
        ];
        assert_eq!(found(&files), [["a/b.rs -> a/c.rs: crate::a::low", "a/c.rs -> a/b.rs: b::B"]]);
    }

    #[test]
    fn comments_texts_and_unit_tests_use_nothing() {
        let quiet = "// use crate::b::B;\nconst A: &str = \"\\\" crate::b::B\";\nconst C: char = '\"';\nconst R: &str = r#\"crate::b::B\"#;
            #[cfg(test)]\nmod tests { use crate::b::B; }";
        let loud = "use crate::a::A;\npub fn life<'a>(b: &'a str) -> &'a str { b }";
        assert!(found(&[("a.rs", quiet), ("b.rs", loud)]).is_empty());
        let after = format!("{quiet}\nfn c() {{ crate::b::life(R) }}");
        assert_eq!(found(&[("a.rs", &after), ("b.rs", loud)]).len(), 1);
    }
}
