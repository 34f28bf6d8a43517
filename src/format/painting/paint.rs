//! The walk over a sheet.

use super::abilities::{Abilities, Cutting};
use super::contour::{Contour, Step};
use super::fit::fit;
use super::painter::{Frame, Label, Layer, Letters, Painter, Pen, Run, Shape};
use super::{Mixer, dashes, letters};
use crate::color::Color;
use crate::error::Result;
use crate::format::Job;
use crate::request;
use crate::scene::outline::{self, Outlines};
use crate::scene::{Cut, Group, Item, Join, Path, Scene, Stroke, Text};
use crate::watch::{Stage, Watch};
use crate::wire::lines;
use std::collections::BTreeSet;
use std::ops::Range;

/// How far lines may be off curves, mm: of what is drawn, and of halos, whose strokes are wide.
const SAG: f64 = 0.008;
const HALO_SAG: f64 = 0.05;

/// The page that a sheet is painted on: with its bleed and crop marks.
#[derive(Debug, Clone, Copy)]
pub struct Page {
    /// Width, mm.
    pub width: f64,
    /// Height, mm.
    pub height: f64,
}

impl Page {
    /// That of a sheet.
    pub fn of(scene: &Scene) -> Self {
        let outer = 2.0 * scene.sheet.outer();
        Self { width: scene.sheet.width + outer, height: scene.sheet.height + outer }
    }
}

struct Walk<'s, 'a> {
    scene: &'s Scene,
    abilities: &'a Abilities,
    mixer: Mixer,
    outlines: Outlines<'s>,
    /// Whether text is text where the format can, and whether it has halos.
    set: bool,
    halo: bool,
    /// What strokes overhang where the format cuts nothing.
    overhung: bool,
    families: BTreeSet<&'static str>,
    drawn: u64,
    thinned: u64,
    done: u64,
    total: u64,
}

/// Hands everything on a sheet to a painter, and tells what the format could not hold.
///
/// # Errors
/// Those of the painter and of `watch`.
pub fn paint(
    scene: &Scene,
    abilities: &Abilities,
    painter: &mut dyn Painter,
    job: &mut Job,
    watch: &mut Watch,
) -> Result<()> {
    let mut walk = Walk {
        scene,
        abilities,
        mixer: Mixer::new(scene.background).keeping(abilities.opacity),
        outlines: Outlines::new(&scene.faces),
        set: job.request.text != request::Text::Outline,
        halo: job.settings.text("halo") != "none",
        overhung: false,
        families: BTreeSet::new(),
        drawn: 0,
        thinned: 0,
        done: 0,
        total: scene.groups.iter().map(Group::count).sum(),
    };
    if let Some(color) = scene.background {
        let contours = walk.rings(&scene.frame);
        let shape = Shape::filled(contours, walk.mixer.paint(color));
        walk.alone(painter, "background", shape)?;
    }
    for group in &scene.groups {
        let cut = scene.cut(group);
        if cut.is_none() {
            walk.margin(painter)?;
        }
        let frame = cut.and_then(|cut| walk.frame(cut));
        walk.overhung |= cut.is_some() && frame.is_none();
        walk.group(group, (0, ""), frame.as_ref(), painter, watch)?;
    }
    walk.margin(painter)?;
    watch.at(Stage::Write, walk.total, walk.total)?;
    walk.tell(job);
    Ok(())
}

impl Walk<'_, '_> {
    /// What the format cuts at; none where it cannot.
    fn frame(&self, cut: &Cut) -> Option<Frame> {
        match cut {
            Cut::Rectangle([x, y, width, height]) if self.abilities.cutting >= Cutting::Rectangles => {
                let [x, y] = self.place([*x, *y]);
                Some(Frame::Rectangle([x, y, *width, *height]))
            }
            Cut::Shape(rows) if self.abilities.cutting >= Cutting::Shapes => {
                Some(Frame::Shape(self.contours(rows.clone())))
            }
            _ => None,
        }
    }

    /// Paints paper over what overhangs the frame.
    fn margin(&mut self, painter: &mut dyn Painter) -> Result<()> {
        if !std::mem::take(&mut self.overhung) {
            return Ok(());
        }
        let Page { width, height } = Page::of(self.scene);
        let mut contours = vec![Contour::rectangle([0.0, 0.0, width, height])];
        contours.extend(self.rings(&self.scene.frame));
        self.alone(painter, "margin", Shape::filled(contours, ([255; 3], 255)))
    }

    /// A layer with a shape of its own.
    fn alone(&mut self, painter: &mut dyn Painter, id: &str, shape: Shape) -> Result<()> {
        painter.begin(&Layer { id, label: id, name: id.to_owned(), depth: 0, objects: 1, parent: false })?;
        self.hand(shape, painter)?;
        painter.end()
    }

    fn rings(&self, cut: &Cut) -> Vec<Contour> {
        match cut {
            Cut::Rectangle([x, y, width, height]) => {
                let [x, y] = self.place([*x, *y]);
                vec![Contour::rectangle([x, y, *width, *height])]
            }
            Cut::Shape(rows) => self.contours(rows.clone()),
        }
    }

    /// A point of the sheet on the page.
    fn place(&self, [x, y]: [f64; 2]) -> [f64; 2] {
        let outer = self.scene.sheet.outer();
        [x + outer, y + outer]
    }

    fn contours(&self, rows: Range<u32>) -> Vec<Contour> {
        rows.filter_map(|row| {
            let (points, closed) = self.scene.paths.get(row);
            Contour::lines(points.iter().map(|&point| self.place(point)), closed)
        })
        .collect()
    }

    fn group(
        &mut self,
        group: &Group,
        (depth, outer): (usize, &str),
        frame: Option<&Frame>,
        painter: &mut dyn Painter,
        watch: &mut Watch,
    ) -> Result<()> {
        let name = if outer.is_empty() { group.label.clone() } else { format!("{outer} / {}", group.label) };
        let parent = !group.groups.is_empty();
        let layer =
            Layer { id: &group.id, label: &group.label, name: name.clone(), depth, objects: group.items.len(), parent };
        painter.begin(&layer)?;
        if let Some(frame) = frame {
            painter.cut(frame)?;
        }
        for item in &group.items {
            if self.done.is_multiple_of(1000) {
                watch.at(Stage::Write, self.done, self.total)?;
            }
            self.done += 1;
            match item {
                Item::Path(path) => self.path(path, painter)?,
                Item::Text(text) => self.text(text, painter)?,
            }
        }
        if frame.is_some() {
            painter.uncut()?;
        }
        for inner in &group.groups {
            self.group(inner, (depth + 1, &name), frame, painter, watch)?;
        }
        painter.end()
    }

    fn path(&mut self, path: &Path, painter: &mut dyn Painter) -> Result<()> {
        let fill = path.fill.map(|color| self.mixer.paint(color));
        let pen = path.stroke.as_ref().map(|stroke| self.pen(stroke));
        if fill.is_none() && pen.is_none() {
            return Ok(());
        }
        let (fill, opacity) = (fill.map(|fill| fill.0), fill.map_or(255, |fill| fill.1));
        self.hand(Shape { contours: self.contours(path.subpaths.clone()), fill, opacity, pen }, painter)
    }

    fn pen(&mut self, Stroke { color, width, cap, join, dashes }: &Stroke) -> Pen {
        // Dashes that are all 0 are none.
        let dashes = if dashes.iter().any(|&dash| dash > 0.0) { dashes.clone() } else { Vec::new() };
        let (color, opacity) = self.mixer.paint(*color);
        Pen { color, opacity, width: *width, cap: *cap, join: *join, dashes }
    }

    /// A shape as the format takes it.
    fn hand(&mut self, shape: Shape, painter: &mut dyn Painter) -> Result<()> {
        let dashed = shape.pen.as_ref().is_some_and(|pen| !pen.dashes.is_empty());
        if dashed && !self.abilities.dashes {
            let lines = dashes::split(&shape, SAG);
            if shape.fill.is_some() {
                self.fitted(Shape { pen: None, ..shape }, painter)?;
            }
            return self.fitted(lines, painter);
        }
        self.fitted(shape, painter)
    }

    fn fitted(&mut self, shape: Shape, painter: &mut dyn Painter) -> Result<()> {
        let (shapes, thinned) = fit(shape, self.abilities.points, SAG);
        self.thinned += u64::from(thinned);
        shapes.iter().filter(|shape| !shape.contours.is_empty()).try_for_each(|shape| painter.shape(shape))
    }

    fn text(&mut self, text: &Text, painter: &mut dyn Painter) -> Result<()> {
        let halo = text.halo.filter(|(_, reach)| self.halo && *reach > 0.0);
        let halo = halo.and_then(|(color, reach)| {
            let contours = self.letters(text, Some(HALO_SAG));
            let pen = self.halo(color, reach);
            (!contours.is_empty()).then(|| Shape::stroked(contours, pen))
        });
        let color = self.mixer.paint(text.color);
        let own = self.abilities.letters.filter(|_| self.set);
        let runs = own.and_then(|own| letters::runs(text, color, &self.scene.faces, own));
        let fits = |run: &Run| self.abilities.texts.hold(run.angle, run.face.weight, run.face.italic);
        let runs = runs.filter(|runs| runs.iter().all(fits));
        let letters = match runs {
            Some(mut runs) => {
                for run in &mut runs {
                    run.at = self.place(run.at);
                    self.families.insert(run.face.family);
                }
                Letters::Set(runs)
            }
            None => {
                let contours = self.letters(text, (!self.abilities.curves).then_some(SAG));
                if contours.is_empty() {
                    return Ok(());
                }
                self.drawn += u64::from(own.is_some());
                Letters::Drawn(Shape::filled(contours, color))
            }
        };
        painter.label(&Label { string: lines::running(&text.string), halo, letters })
    }

    fn halo(&mut self, color: Color, reach: f64) -> Pen {
        let (cap, join) = (crate::scene::Cap::Round, Join::Round);
        let (color, opacity) = self.mixer.paint(color);
        Pen { color, opacity, width: reach * 2.0, cap, join, dashes: Vec::new() }
    }

    /// The outlines of a label, as lines where `sag` says how far these may be off.
    fn letters(&mut self, text: &Text, sag: Option<f64>) -> Vec<Contour> {
        let outer = self.scene.sheet.outer();
        let place = |[x, y]: [f64; 2]| [x + outer, y + outer];
        let mut contours: Vec<Contour> = Vec::new();
        let mut pen = [0.0; 2];
        self.outlines.draw(text, |step| {
            let step = match step {
                outline::Step::Move(to) => {
                    contours.push(Contour { start: place(to), steps: Vec::new(), closed: true });
                    pen = to;
                    return;
                }
                outline::Step::Close => return,
                outline::Step::Line(to) => {
                    pen = to;
                    Step::Line(place(to))
                }
                outline::Step::Quad(control, to) => {
                    // The cubic that runs the same way: controls two thirds of the way to the quadratic's.
                    let near = |end: [f64; 2]| [(end[0] + control[0] * 2.0) / 3.0, (end[1] + control[1] * 2.0) / 3.0];
                    let curve = Step::Curve(place(near(pen)), place(near(to)), place(to));
                    pen = to;
                    curve
                }
                outline::Step::Cubic(first, second, to) => {
                    pen = to;
                    Step::Curve(place(first), place(second), place(to))
                }
            };
            if let Some(contour) = contours.last_mut() {
                contour.steps.push(step);
            }
        });
        for contour in &mut contours {
            if contour.steps.last() == Some(&Step::Line(contour.start)) {
                contour.steps.pop();
            }
            if let Some(sag) = sag {
                *contour = contour.straight(sag);
            }
        }
        contours.retain(|contour| !contour.steps.is_empty());
        contours
    }

    fn tell(&self, job: &mut Job) {
        let title = self.abilities.title;
        self.mixer.note(title, job.notes);
        if !self.families.is_empty() {
            let names: Vec<_> = self.families.iter().copied().collect();
            let message = format!("Text is set in {}: install it, or choose outlines.", names.join(", "));
            job.notes.say("fonts_needed", names.len() as u64, message);
        }
        if self.drawn > 0 {
            let message =
                format!("{} labels have letters that {title} cannot set as text: they are outlines.", self.drawn);
            job.notes.say("labels_drawn", self.drawn, message);
        }
        if self.thinned > 0 {
            let message = format!("{} areas have more points than {title} holds: some were left out.", self.thinned);
            job.notes.say("points_left_out", self.thinned, message);
        }
    }
}
