//! Features + style + sheet → [`Scene`].

use super::font::Fonts;
use super::furniture::{Drawn, furniture};
use super::icon;
use super::lettering::letter;
use super::most;
use super::once;
use super::paint_order::{self, Piece};
use super::pattern;
use super::pooled;
use super::several::Several;
use super::symbol::{self, Wishes, anchor_point};
use super::tree::Tree;
use super::{Cap, Cut, Item, Join, Path, Paths, Scene, Stroke, area, line};
use crate::color::Color;
use crate::error::Result;
use crate::map::{Feature, Features, Geometry};
use crate::note::Notes;
use crate::order;
use crate::osm::ATTRIBUTION;
use crate::request::{Limits, Request};
use crate::sheet::Sheet;
use crate::style::feature_properties::{Row, Table};
use crate::style::{Bound, LayerKind, Order, Prop, Style};
use crate::watch::{Stage, Watch};
use std::collections::{BTreeMap, BTreeSet};

/// Width of `fill-outline-color`, mm: the hairline that a pixel is on a screen.
const HAIRLINE: f64 = 0.1;

/// Draws a sheet.
///
/// # Errors
/// [`crate::error::Error::Cancelled`].
pub fn draw(
    features: &Features,
    style: &Style,
    sheet: Sheet,
    (fonts, limits): (&Fonts, &Limits),
    request: &Request,
    watch: &mut Watch,
) -> Result<Scene> {
    let table = Table::new(features, style, sheet.mm_per_unit);
    let bound: Vec<Bound> =
        style.layers.iter().filter(|layer| layer.visible(sheet.zoom)).map(|layer| layer.at(sheet.zoom)).collect();
    let mut layers: BTreeMap<&str, Vec<&Feature>> = BTreeMap::new();
    for feature in &features.rows {
        layers.entry(features.class(feature).layer).or_default().push(feature);
    }
    let mut painter = Painter {
        table: &table,
        sheet: &sheet,
        priorities: bound.iter().rev().zip(1..).map(|(bound, priority)| (bound.layer.id.as_str(), priority)).collect(),
        layers,
        several: Several::new(features),
        tree: Tree::default(),
        paths: Paths::default(),
        wishes: Wishes::default(),
        most: limits.labels,
        left_out: 0,
        unknown: BTreeSet::new(),
        background: None,
    };
    let total = bound.len() as u64;
    let together = |a: &Bound, b: &Bound| a.layer.order != Order::Plain && a.layer.order == b.layer.order;
    let mut done = 0;
    for run in bound.chunk_by(together) {
        let priority = (total - done) as u32;
        match run {
            [single] => painter.layer(single, priority, watch)?,
            _ if run.iter().all(|bound| bound.layer.order == Order::Area) => painter.by_area(run, watch)?,
            _ => painter.by_level(run, watch)?,
        }
        done += run.len() as u64;
        watch.part(0.0..0.5, |watch| watch.at(Stage::Draw, done, total))?;
    }
    let Painter { tree, mut paths, mut wishes, background, mut unknown, left_out, .. } = painter;
    most::repeated(&mut wishes);
    let left_out = left_out + most::thin(&mut wishes, limits.labels);
    let Wishes { labels, icons, mut symbols } = wishes;
    let mut groups = tree.finish();
    if style.once {
        once::once(&mut groups, &mut paths, watch)?;
    }
    let mut notes = Notes::default();
    most::tell(left_out, limits.labels, &mut notes);
    let wanted = &request.page.furniture;
    let furniture =
        furniture(wanted, &sheet, &Drawn { features, groups: &groups, background }, fonts, &mut paths, &mut notes)?;
    groups.extend(furniture.grids);
    let (lettering, placed) =
        watch.part(0.5..1.0, |watch| letter(labels, &furniture.taken, &sheet, fonts, &mut paths, &mut notes, watch))?;
    let mut tree = Tree::default();
    let mut placed: Vec<_> = placed.iter().filter_map(|row| icons.get(*row)).collect();
    order::sort_by_key(&mut placed, |wished| wished.group.as_str());
    for wished in placed {
        for item in icon::draw(&wished.icon, &mut symbols, &mut paths, Some(wished.source)) {
            tree.add("symbols", &wished.group, item);
        }
    }
    groups.extend(tree.finish());
    groups.extend(lettering);
    unknown.extend(symbols.unknown().into_iter().map(str::to_owned));
    if !unknown.is_empty() {
        let list = Vec::from_iter(unknown.iter().map(String::as_str)).join(", ");
        let message = format!("the style asks for symbols or patterns that are not built in: {list}");
        notes.say("style_images", unknown.len() as u64, message);
    }
    groups.push(furniture.group);
    let first = paths.subpaths.len() as u32;
    sheet.shape.iter().for_each(|ring| {
        paths.push(ring.iter().copied(), true);
    });
    let shape = first..paths.subpaths.len() as u32;
    let frame = if shape.is_empty() { Cut::Rectangle(sheet.painted()) } else { Cut::Shape(shape) };
    Ok(Scene {
        frame,
        background,
        groups,
        paths,
        faces: fonts.faces().to_vec(),
        title: wanted.title.clone().filter(|title| !title.is_empty()).unwrap_or_else(|| "Map".into()),
        attribution: ATTRIBUTION.into(),
        timestamp: features.map.osm.timestamp.clone(),
        notes,
        sheet,
    })
}

struct Painter<'f> {
    table: &'f Table<'f>,
    sheet: &'f Sheet,
    /// Priorities of layers of the style by their ids, 0 first.
    priorities: BTreeMap<&'f str, u32>,
    /// Features by layer of the map.
    layers: BTreeMap<&'f str, Vec<&'f Feature>>,
    /// What is drawn once of elements in several layers.
    several: Several,
    tree: Tree,
    paths: Paths,
    /// Labels and icons, placed at the end.
    wishes: Wishes,
    /// Most labels and icons.
    most: usize,
    /// Labels and icons beyond that.
    left_out: u64,
    /// Patterns that do not exist.
    unknown: BTreeSet<String>,
    background: Option<Color>,
}

impl<'f> Painter<'f> {
    /// The features a style layer takes.
    fn taken(&self, bound: &Bound) -> Vec<Row<'f>> {
        let all = self.layers.get(bound.layer.source.as_str()).into_iter().flatten();
        all.map(|feature| self.table.row(feature)).filter(|row| bound.takes(row)).collect()
    }

    fn class(&self, row: &Row) -> &'static str {
        self.table.features.class(row.feature).id
    }

    /// Draws one style layer.
    fn layer(&mut self, bound: &Bound, priority: u32, watch: &mut Watch) -> Result<()> {
        if bound.layer.kind == LayerKind::Background {
            self.background = bound.color(Prop::BackgroundColor, Prop::BackgroundOpacity, &crate::style::Nothing);
            return Ok(());
        }
        let rows = self.taken(bound);
        let group = group(bound);
        if bound.layer.kind == LayerKind::Symbol {
            let signs = bound.layer.signs.as_ref().and_then(|id| self.priorities.get(id.as_str())).copied();
            let outfit = (group.as_str(), (priority, signs), &self.several);
            self.left_out +=
                symbol::wishes(bound, &rows, self.table.features, self.sheet, outfit, self.most, &mut self.wishes);
            if self.wishes.labels.len() / 2 > self.most {
                self.left_out += most::thin(&mut self.wishes, self.most);
            }
        } else {
            self.rows(bound, rows, &group, watch)?;
        }
        Ok(())
    }

    /// Draws style layers together, level by level.
    fn by_level(&mut self, run: &[Bound], watch: &mut Watch) -> Result<()> {
        let taken: Vec<Vec<Row>> = run.iter().map(|bound| self.taken(bound)).collect();
        let levels: BTreeSet<i8> = taken.iter().flatten().map(|row| row.feature.layer_z).collect();
        for level in levels {
            for (bound, rows) in run.iter().zip(&taken) {
                let rows = rows.iter().filter(|row| row.feature.layer_z == level).copied().collect();
                let group = match level {
                    ..-1 => format!("{}-tunnels-{}", group(bound), -i32::from(level)),
                    -1 => format!("{}-tunnels", group(bound)),
                    0 => group(bound),
                    1 => format!("{}-bridges", group(bound)),
                    _ => format!("{}-bridges-{level}", group(bound)),
                };
                self.rows(bound, rows, &group, watch)?;
            }
        }
        Ok(())
    }

    /// Draws style layers together, the largest areas first.
    fn by_area(&mut self, run: &[Bound], watch: &mut Watch) -> Result<()> {
        let mut kinds: BTreeMap<(usize, u16), usize> = BTreeMap::new();
        let mut pieces: Vec<Piece> = Vec::new();
        let mut rows: Vec<(&Bound, Row)> = Vec::new();
        for (place, bound) in run.iter().enumerate() {
            for row in self.taken(bound) {
                let next = kinds.len();
                let kind = *kinds.entry((place, row.feature.class)).or_insert(next);
                pieces.push(Piece {
                    kind,
                    area: row.area(),
                    rings: area::outline(self.table.features, row.feature, self.sheet),
                });
                rows.push((bound, row));
            }
        }
        for (done, row) in paint_order::order(&pieces).into_iter().enumerate() {
            if done.is_multiple_of(1000) {
                watch.at(Stage::Draw, 0, 0)?;
            }
            if let Some((bound, row)) = rows.get(row) {
                self.rows(bound, vec![*row], &group(bound), watch)?;
            }
        }
        Ok(())
    }

    /// Draws features of one style layer, in its order.
    fn rows(&mut self, bound: &Bound, mut rows: Vec<Row<'f>>, group: &str, watch: &mut Watch) -> Result<()> {
        let features = self.table.features;
        let rank = |row: &Row| i32::from(features.class(row.feature).rank);
        let key = match bound.layer.kind {
            LayerKind::Line => Prop::LineSortKey,
            LayerKind::Circle => Prop::CircleSortKey,
            _ => Prop::FillSortKey,
        };
        // Important lines lie over unimportant ones, areas in the order of their classes.
        let sign = if bound.layer.kind == LayerKind::Line { -1 } else { 1 };
        order::sort_by(&mut rows, |a, b| {
            let by_key = bound.number(key, a).total_cmp(&bound.number(key, b));
            by_key.then((sign * rank(a)).cmp(&(sign * rank(b))))
        });
        if bound.layer.merge || bound.layer.inset > 0.0 {
            let draw = if bound.layer.merge { pooled::merged } else { pooled::inset };
            for (class, path) in draw(bound, &rows, self.sheet, &mut self.paths) {
                self.tree.add(group, class, Item::Path(path));
            }
            return Ok(());
        }
        for (done, row) in rows.iter().enumerate() {
            if done % 1000 == 999 {
                watch.at(Stage::Draw, 0, 0)?;
            }
            match bound.layer.kind {
                LayerKind::Fill => self.fill(bound, row, group, Prop::FillColor, Prop::FillOpacity),
                LayerKind::Extrusion => {
                    self.fill(bound, row, group, Prop::FillExtrusionColor, Prop::FillExtrusionOpacity);
                }
                LayerKind::Line => {
                    if let Some(look) = line::look(bound, row).filter(|_| self.several.outlines(features, row.feature))
                    {
                        let start = self.paths.subpaths.len() as u32;
                        for course in line::courses(features, row.feature, self.sheet) {
                            line::draw(&course, &look.shifts, &mut self.paths);
                        }
                        self.add(group, row, start, None, Some(look.stroke));
                    }
                }
                LayerKind::Circle => self.dot(bound, row, group),
                LayerKind::Background | LayerKind::Symbol => {}
            }
        }
        Ok(())
    }

    /// Draws the pattern that a style wants in an area; false where it wants none that is known.
    fn pattern(&mut self, bound: &Bound, row: &Row, group: &str) -> bool {
        let name = bound.value(Prop::FillPattern, row).to_text().into_owned();
        if !pattern::known(&name) {
            self.unknown.extend(Some(name).filter(|name| !name.is_empty()));
            return false;
        }
        let Some(color) = bound.color(Prop::FillColor, Prop::FillOpacity, row) else { return true };
        let start = self.paths.subpaths.len() as u32;
        let pen = pattern::draw(&name, color, self.table.features, row.feature, self.sheet, &mut self.paths);
        self.add(group, row, start, None, pen);
        true
    }

    fn fill(&mut self, bound: &Bound, row: &Row, group: &str, color: Prop, opacity: Prop) {
        if row.feature.geometry != Geometry::Area || self.pattern(bound, row, group) {
            return;
        }
        let fill = bound.color(color, opacity, row);
        let outline = bound.color(Prop::FillOutlineColor, opacity, row);
        let pen = outline.map(|color| Stroke {
            color,
            width: HAIRLINE,
            cap: Cap::Butt,
            join: Join::Miter,
            dashes: Vec::new(),
        });
        let features = self.table.features;
        // Edges along the frame are no edges: an area that the frame cuts gets its outline as a path of its own.
        let edges = if pen.is_some() { area::edges(features, row.feature, self.sheet) } else { Vec::new() };
        let whole = edges.iter().all(|(_, closed)| *closed);
        let start = self.paths.subpaths.len() as u32;
        if (fill.is_some() || whole) && area::rings(features, row.feature, self.sheet, &mut self.paths).is_some() {
            self.add(group, row, start, fill, pen.clone().filter(|_| whole));
        }
        if !whole {
            let start = self.paths.subpaths.len() as u32;
            for (line, closed) in edges {
                self.paths.push(line, closed);
            }
            self.add(group, row, start, None, pen);
        }
    }

    fn dot(&mut self, bound: &Bound, row: &Row, group: &str) {
        let Some(dot) = line::dot(bound, row) else { return };
        let Some(point) = anchor_point(self.table.features, row.feature, self.sheet) else { return };
        let start = self.paths.subpaths.len() as u32;
        self.paths.push(line::circle(point, dot.radius), true);
        self.add(group, row, start, dot.fill, dot.stroke);
    }

    /// Adds the subpaths from `start` on as an item of a feature.
    fn add(&mut self, group: &str, row: &Row, start: u32, fill: Option<Color>, stroke: Option<Stroke>) {
        let subpaths = start..self.paths.subpaths.len() as u32;
        if subpaths.is_empty() || (fill.is_none() && stroke.is_none()) {
            return;
        }
        let element = row.feature.element;
        let source = Some((element.kind.letter(), self.table.features.map.osm.id(element)));
        self.tree.add(group, self.class(row), Item::Path(Path { subpaths, fill, stroke, source }));
    }
}

/// What the group of a style layer is called.
fn group(bound: &Bound) -> String {
    bound.layer.group.clone().unwrap_or_else(|| bound.layer.source.clone())
}
