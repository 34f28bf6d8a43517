//! Which symbols and names a drawing has, and where: the most important ones first, none on another.

use super::limits::Limits;
use super::looks::{Lettering, Looks};
use super::names::{Name, Places, Wish};
use super::room::{Bar, Room};
use super::text;
use super::wanted::{Names, Wanted};
use crate::error::Result;
use crate::map::{ClassId, Feature, Features, Geometry};
use crate::order;
use crate::osm::Element;
use crate::plan::Plan;
use crate::watch::{Stage, Watch};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// Heights of the largest names, with air around them, beside those of streets; the widest symbols, mm.
const HIGHEST: f64 = 4.5;
const WIDEST: f64 = 8.0;

/// What has room.
#[derive(Default)]
pub(super) struct Placement {
    /// Points whose symbols have none: their rows.
    pub(super) hidden: BTreeSet<usize>,
    /// Names, in the order in which they were placed.
    pub(super) names: Vec<Placed>,
    /// Names without room.
    pub(super) crowded: u64,
    /// Names longer than a text may be.
    pub(super) cut: u64,
    /// Names with characters that are codes in the file.
    pub(super) coded: u64,
}

/// A name with its places.
pub(super) struct Placed {
    /// The feature it is of.
    pub(super) row: usize,
    pub(super) text: String,
    /// Height of its capitals, metres.
    pub(super) height: f64,
    /// How it looks; nothing says so where only all names have it.
    pub(super) lettering: Option<Lettering>,
    pub(super) places: Vec<Name>,
}

/// What wants room.
enum Want {
    /// The symbol of a point, with its width, mm.
    Mark(usize, f64),
    /// A name.
    Name(Wish, Option<Lettering>),
}

/// Who has the first choice: what the style draws last, the most important class, the first in the map; a symbol before its
/// name.
type Order = ((Reverse<usize>, i64), u8, usize, bool);

/// Finds room for the symbols and names of a plan.
pub(super) fn place(
    plan: &Plan,
    looks: &mut Looks,
    limits: &Limits,
    wanted: &Wanted,
    watch: &mut Watch,
) -> Result<Placement> {
    let mut placement = Placement::default();
    let wants = wants(&plan.features, looks, limits, wanted, watch)?;
    let metres = plan.metres_per_mm();
    let mut room = Room::new((wanted.height * HIGHEST).max(WIDEST * metres));
    let all = wanted.names == Names::All;
    for (done, (_, want)) in wants.into_iter().enumerate() {
        if done.is_multiple_of(1000) {
            watch.at(Stage::Write, 0, 0)?;
        }
        match want {
            Want::Mark(row, width) => {
                let point = plan.features.rows.get(row).and_then(|feature| middle(&plan.features, feature));
                let bar = |at| Bar { at, angle: 0.0, length: width * metres, height: width * metres };
                if point.is_some_and(|at| !room.try_take(bar(at)) && !all) {
                    placement.hidden.insert(row);
                }
            }
            Want::Name(wish, lettering) => {
                let mut places = Places { room: &mut room, all, paragraphs: limits.paragraphs };
                let places = places.put(&plan.features, &wish);
                placement.crowded += u64::from(places.is_empty());
                let (count, Wish { rows, text, height, cut, .. }) = (places.len() as u64, wish);
                placement.cut += if cut { count } else { 0 };
                placement.coded += if limits.lacks(&text) { count } else { 0 };
                if let (Some(&row), false) = (rows.first(), places.is_empty()) {
                    placement.names.push(Placed { row, text, height, lettering, places });
                }
            }
        }
    }
    Ok(placement)
}

/// What is wished for, in order; streets of several pieces have one name.
fn wants(
    features: &Features,
    looks: &mut Looks,
    limits: &Limits,
    wanted: &Wanted,
    watch: &mut Watch,
) -> Result<Vec<(Order, Want)>> {
    let mut streets: BTreeMap<(ClassId, String), usize> = BTreeMap::new();
    let mut said: BTreeSet<(Element, String)> = BTreeSet::new();
    let mut wants: Vec<(Order, Want)> = Vec::new();
    for (row, feature) in features.rows.iter().enumerate() {
        if row.is_multiple_of(1000) {
            watch.at(Stage::Write, 0, 0)?;
        }
        let rank = features.class(feature).rank;
        if let Some(mark) = looks.mark(feature).filter(|_| feature.geometry == Geometry::Point) {
            wants.extend(mark.width.map(|width| ((mark.order, rank, row, false), Want::Mark(row, width))));
        }
        for (whole, lettering) in texts(features, feature, looks, wanted.names) {
            let (text, cut) = text::drawn(&whole, limits);
            // An element in several layers is named once.
            if text.is_empty() || feature.geometry != Geometry::Line && !said.insert((feature.element, text.clone())) {
                continue;
            }
            if feature.geometry == Geometry::Line {
                let street = streets.entry((feature.class, text.clone())).or_insert(wants.len());
                if let Some((_, Want::Name(wish, _))) = wants.get_mut(*street) {
                    wish.rows.push(row);
                    continue;
                }
            }
            let height = wanted.height * lettering.map_or(1.0, |lettering| lettering.size);
            let along = lettering.is_none_or(|lettering| lettering.along);
            let order = lettering.map_or((Reverse(0), 0), |lettering| lettering.order);
            let wish = Wish { rows: vec![row], text, height, along, cut };
            wants.push(((order, rank, row, true), Want::Name(wish, lettering)));
        }
    }
    order::sort_by_key(&mut wants, |(order, _)| *order);
    Ok(wants)
}

/// The texts of a feature; where all names are wanted, its name at least.
fn texts(features: &Features, feature: &Feature, looks: &Looks, names: Names) -> Vec<(String, Option<Lettering>)> {
    if names == Names::None {
        return Vec::new();
    }
    let texts = looks.texts(feature).into_iter().map(|(text, lettering)| (text, Some(lettering)));
    let mut texts: Vec<_> = texts.collect();
    let lacks = names == Names::All && texts.is_empty() && feature.place == 0;
    texts.extend(features.name(feature).filter(|_| lacks).map(|name| (name.into_owned(), None)));
    texts
}

fn middle(features: &Features, feature: &Feature) -> Option<[f64; 2]> {
    let part = features.shapes.parts(&feature.parts).first()?;
    features.shapes.points(part).first().copied()
}
