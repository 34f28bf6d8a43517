//! A design that goes out while it is drawn.

use super::element::{Look, data, filled};
use super::header::header;
use super::letters::bytes;
use super::levels::{Counts, Levels, TABLE};
use super::palette::Palette;
use super::plane::Plane;
use super::shapes::Thing;
use super::text::{LONGEST, Writing};
use crate::error::Result;
use crate::format::drafting::{Block, Encoder, Filling, Head, Insert, LEADING, Layer, Line, Object, On, Words};
use crate::geo::nest::parents;
use crate::geo::ring::{Path, Point, bounds};
use crate::note::Notes;
use crate::sink::{Sink, spill};
use std::collections::BTreeMap;

/// The end of a design.
const END: [u8; 2] = [0xff; 2];
/// Bytes of attached data: an element with it has to fit into 768 words.
const DATA: usize = 240;
/// Characters of a name of a cell, and of a line of the table of levels.
const NAME: usize = 6;
const WIDE: usize = 80;

/// A design.
pub(super) struct Design<'s> {
    out: Vec<u8>,
    sink: &'s mut dyn Sink,
    plane: Plane,
    levels: Levels,
    /// Symbols by the names of their blocks.
    cells: BTreeMap<String, Cell>,
    /// Texts of several lines so far.
    nodes: u16,
    /// Texts whose letters lost their marks.
    changed: u64,
}

/// A symbol.
struct Cell {
    name: String,
    areas: Vec<Area>,
}

/// An outer ring and its holes, without their ends, millimetres.
type Area = Vec<Vec<[f64; 2]>>;

impl<'s> Design<'s> {
    /// Everything before what is drawn: these are the layers that it may lie on, and the symbols.
    pub(super) fn new(
        head: &Head,
        (layers, blocks): &(Vec<Layer>, Vec<Block>),
        counts: &Counts,
        sink: &'s mut dyn Sink,
    ) -> Result<Self> {
        let plane = Plane::around(head)?;
        let palette = Palette::of(layers);
        let levels = Levels::of(layers, counts, &palette, head.mm);
        let out = header(&plane, head, &palette.table());
        let mut cells = BTreeMap::new();
        for block in blocks {
            let name = name(&block.name, &cells);
            cells.insert(block.name.clone(), Cell { name, areas: areas(&block.rings) });
        }
        Ok(Self { out, sink, plane, levels, cells, nodes: 0, changed: 0 })
    }

    /// Writes beside the drawing which layer lies on which level, and ends the file.
    pub(super) fn end(mut self, head: &Head, height: f64, notes: &mut Notes) -> Result<()> {
        let named: Vec<String> =
            self.levels.named().map(|(level, names)| format!("{level} {}", names.join(", "))).collect();
        let [.., right, top] = head.extent;
        let look = Look { level: TABLE, ..Look::default() };
        let lines = head.about.iter().map(String::as_str).chain(["Levels:"]).chain(named.iter().map(String::as_str));
        let lines: Vec<&str> = lines.flat_map(broken).collect();
        for (row, line) in lines.into_iter().enumerate() {
            let at = [right + 4.0 * height, top - (row as f64 + 0.5) * LEADING * height];
            self.write(look, &Words { lines: &[line], at, height, angle: 0.0, centred: false })?;
        }
        let sharing = self.levels.sharing();
        let some = if sharing > 0 { format!(" {sharing} of them share one with others.") } else { String::new() };
        let message = format!("Layers lie on levels, which have numbers alone.{some} Levels: {}.", named.join("; "));
        notes.say("levels", sharing as u64, message);
        if self.changed > 0 {
            let message = format!("{} names have letters that became those without their marks.", self.changed);
            notes.say("plain_letters", self.changed, message);
        }
        self.out.extend(END);
        self.sink.put(&self.out)
    }

    fn write(&mut self, look: Look, words: &Words) -> Result<()> {
        let lines: Vec<(Vec<u8>, bool)> = words.lines.iter().map(|line| bytes(line)).collect();
        self.changed += u64::from(lines.iter().any(|(_, changed)| *changed));
        let lines: Vec<Vec<u8>> = lines.into_iter().map(|(line, _)| line).collect();
        let (at, height) = (self.plane.at(words.at)?, words.height * self.plane.scale);
        self.nodes = self.nodes.wrapping_add(u16::from(lines.len() > 1));
        let writing = Writing { look, lines: &lines, at, height, angle: words.angle, centred: words.centred };
        writing.write(&mut self.out, self.nodes);
        self.spill()
    }

    fn spill(&mut self) -> Result<()> {
        spill(&mut self.out, self.sink)
    }

    fn look(&self, on: &On) -> Look {
        self.levels.look(on.layer)
    }
}

impl Encoder for Design<'_> {
    fn layer(&mut self, _: &Layer) -> Result<()> {
        // It has its level.
        Ok(())
    }

    fn block(&mut self, _: &Block) -> Result<()> {
        // It is known, and written with each cell.
        Ok(())
    }

    fn point(&mut self, on: &On, at: [f64; 2]) -> Result<()> {
        let links = attached(on.object);
        thing(self.look(on), &links).point(&mut self.out, self.plane.at(at)?);
        self.spill()
    }

    fn insert(&mut self, on: &On, insert: &Insert) -> Result<()> {
        let Some(Cell { name, areas }) = self.cells.get(insert.block) else { return self.point(on, insert.at) };
        let look = Look { weight: 0, style: 0, ..self.look(on) };
        let [x, y] = insert.at;
        let place = |[along, up]: &[f64; 2]| self.plane.at([x + along * insert.scale, y + up * insert.scale]);
        let links = attached(on.object);
        // Readers that know no cells find the data with its parts.
        let inner = [filled(look.color).as_slice(), &links].concat();
        let part = Thing { part: true, ..thing(look, &inner) };
        let (mut parts, mut corners): (Vec<u8>, Vec<Point>) = (Vec::new(), Vec::new());
        for area in areas {
            let rings: Vec<Path> =
                area.iter().map(|ring| ring.iter().map(place).collect::<Result<Path>>()).collect::<Result<_>>()?;
            corners.extend(rings.iter().flatten());
            let rings: Vec<Path> = rings.into_iter().map(closed).collect();
            part.area(&mut parts, &rings);
        }
        let at = self.plane.at(insert.at)?;
        let range = bounds(&corners).unwrap_or_default();
        thing(look, &links).cell(&mut self.out, name, at, range, &parts);
        self.spill()
    }

    fn line(&mut self, on: &On, line: &Line) -> Result<()> {
        let links = attached(on.object);
        let thing = thing(self.look(on), &links);
        let points = self.plane.all(line.points)?;
        match line.closed {
            true => thing.ring(&mut self.out, &closed(points)),
            false => thing.line(&mut self.out, &points),
        }
        self.spill()
    }

    fn filling(&mut self, on: &On, filling: &Filling) -> Result<()> {
        let look = Look { weight: 0, style: 0, ..self.look(on) };
        let links = filled(look.color);
        for polygon in filling.rings.chunk_by(|_, (outer, _)| !outer) {
            let rings =
                polygon.iter().map(|(_, ring)| Ok(closed(self.plane.all(ring)?))).collect::<Result<Vec<_>>>()?;
            thing(look, &links).area(&mut self.out, &rings);
        }
        self.spill()
    }

    fn text(&mut self, on: &On, words: &Words) -> Result<()> {
        self.write(self.look(on), words)
    }
}

fn thing(look: Look, links: &[u8]) -> Thing<'_> {
    Thing { look, links, part: false, properties: 0 }
}

/// What is attached to the elements of a thing: `osm=w123;class=roads.primary;name=…`.
fn attached(object: Option<&Object>) -> Vec<u8> {
    let Some(object) = object else { return Vec::new() };
    let mut text = format!("osm={};class={}.{}", object.osm, object.layer, object.class).into_bytes();
    if let Some(name) = &object.name {
        text.extend(b";name=");
        text.extend(bytes(name).0);
    }
    text.truncate(DATA);
    data(&text)
}

fn closed(mut ring: Path) -> Path {
    ring.extend(ring.first().copied());
    ring
}

/// The name of a cell: capitals and digits.
fn name(wish: &str, taken: &BTreeMap<String, Cell>) -> String {
    let letters: String = wish.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_uppercase();
    let with = |ending: &str| letters.chars().take(NAME - ending.len()).chain(ending.chars()).collect::<String>();
    let endings = std::iter::once(String::new()).chain((2..100_000).map(|count: u32| count.to_string()));
    let free = |name: &String| !name.is_empty() && taken.values().all(|cell| cell.name != *name);
    endings.map(|ending| with(&ending)).find(free).unwrap_or_default()
}

/// Rings of a symbol, filled even-odd, as areas: an outer ring and its holes.
fn areas(rings: &[Vec<[f64; 2]>]) -> Vec<Area> {
    // Thousandths of a millimetre.
    let step = |side: &f64| libm::round(side * 1000.0) as i64;
    let paths: Vec<Path> =
        rings.iter().map(|ring| closed(ring.iter().map(|[x, y]| [step(x), step(y)]).collect())).collect();
    let parents = parents(&paths);
    let above = |row: usize| parents.get(row).copied().flatten();
    let depth = |row: usize| std::iter::successors(above(row), |row| above(*row)).take(rings.len()).count();
    let outer = rings.iter().enumerate().filter(|(row, _)| depth(*row).is_multiple_of(2));
    let holes = |outer: usize| {
        let within = rings.iter().enumerate().filter(move |(row, _)| above(*row) == Some(outer));
        within.map(|(_, ring)| ring.clone())
    };
    outer.map(|(row, ring)| std::iter::once(ring.clone()).chain(holes(row)).collect()).collect()
}

/// A long line of the table as several, broken at spaces.
fn broken(line: &str) -> Vec<&str> {
    let (mut lines, mut rest) = (Vec::new(), line);
    while rest.len() > WIDE {
        let begin = rest.get(..WIDE.min(LONGEST)).unwrap_or(rest);
        let Some((line, _)) = begin.rsplit_once(' ').filter(|(line, _)| !line.is_empty()) else { break };
        lines.push(line);
        rest = rest.get(line.len() + 1..).unwrap_or_default();
    }
    lines.push(rest);
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_have_names_of_six_letters() {
        let mut cells = BTreeMap::new();
        for wish in ["bus-stop", "bus-stops", "bus_stop", "→"] {
            let name = name(wish, &cells);
            cells.insert(wish.to_owned(), Cell { name, areas: Vec::new() });
        }
        let names: Vec<&str> = cells.values().map(|cell| cell.name.as_str()).collect();
        assert_eq!(names, ["BUSSTO", "BUSST2", "BUSST3", "2"]);
    }

    #[test]
    fn rings_within_rings_are_holes_and_islands() {
        let square = |size: f64| vec![[-size, -size], [size, -size], [size, size], [-size, size]];
        let found = areas(&[square(1.0), square(3.0), square(2.0), vec![[9.0, 9.0], [10.0, 9.0], [9.0, 10.0]]]);
        assert_eq!(found.iter().map(Vec::len).collect::<Vec<_>>(), [1, 2, 1]);
        assert_eq!(found[1], [square(3.0), square(2.0)]);
    }

    #[test]
    fn long_lines_are_broken_at_spaces() {
        let line = ["roads-residential,"; 9].join(" ");
        assert_eq!(broken(&line).iter().map(|line| line.len()).collect::<Vec<_>>(), [75, 75, 18]);
        assert_eq!(broken("short"), ["short"]);
    }
}
