//! The columns of features: one row each, geometry in shared buffers.

use super::classify::{Class, ClassId};
use super::shapes::{Geometry, Shapes, Traces};
use crate::error::{Error, Result};
use crate::geo::crs::Crs;
use crate::note::Notes;
use crate::osm::{Element, LonLatE7, Osm, StringId};
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

/// One feature: an element, what it is, and its geometry.
#[derive(Debug, Clone, PartialEq)]
pub struct Feature {
    /// Where it comes from; id and tags are there.
    pub element: Element,
    /// Layer and class.
    pub class: ClassId,
    /// Kind of geometry.
    pub geometry: Geometry,
    /// Its parts, rows of its geometry's.
    pub parts: Range<u32>,
    /// The value of the tag that gave the class (`residential` of `highway=residential`).
    pub value: StringId,
    /// The tag `layer`, -10 to 10; bridges without one count as 1, tunnels as -1.
    pub layer_z: i8,
    /// Which of the features of its element it is: 0 the main one; in a view, the first that is shown.
    pub place: u8,
}

/// A whole input, assembled and classified once; coordinates in units of 1e-7 degrees.
#[derive(Debug)]
pub struct Map {
    /// What was read.
    pub osm: Arc<Osm>,
    /// All features, by layer, class and element.
    pub features: Vec<Feature>,
    /// Their geometry.
    pub shapes: Shapes<LonLatE7>,
    /// Elements that stand in several layers, with the class they have in each, the main one first.
    pub several: Vec<(Element, ClassId)>,
    /// Coastline pieces as they run (land left, water right): rows of `shapes.parts`, no features.
    pub coast: Range<u32>,
    /// Borders on land of boundaries that reach to or over the sea, as lines, by ascending element: rows of `shapes.parts`.
    pub borders: Vec<(Element, Range<u32>)>,
    /// Boundaries whose lines run with their area on the left, ascending.
    pub sided: Vec<Element>,
    /// Streets of houses that relations name, by ascending element.
    pub streets: Vec<(Element, StringId)>,
    /// What assembling left out.
    pub notes: Notes,
}

impl Map {
    /// Layer and class of a feature.
    pub fn class(&self, feature: &Feature) -> &'static Class {
        super::classify::class(feature.class)
    }

    /// The classes of an element that stands in several layers, the main one first; none of others.
    pub fn classes(&self, element: Element) -> &[(Element, ClassId)] {
        let start = self.several.partition_point(|(other, _)| *other < element);
        let rest = self.several.get(start..).unwrap_or(&[]);
        let end = rest.iter().take_while(|(other, _)| *other == element).count();
        rest.get(..end).unwrap_or(&[])
    }

    /// Where the border of a boundary lies on land; none where all of it does.
    pub fn border(&self, element: Element) -> Option<&Range<u32>> {
        let row = self.borders.binary_search_by_key(&element, |(element, _)| *element).ok()?;
        self.borders.get(row).map(|(_, parts)| parts)
    }

    /// Whether lines of a boundary run with its area on the left.
    pub fn is_sided(&self, element: Element) -> bool {
        self.sided.binary_search(&element).is_ok()
    }

    /// The street that a relation names for a house.
    pub fn street(&self, element: Element) -> Option<StringId> {
        let row = self.streets.binary_search_by_key(&element, |(element, _)| *element).ok()?;
        self.streets.get(row).map(|(_, street)| *street)
    }

    /// Every character of the values of features' tags whose key is `wanted`.
    pub fn characters(&self, wanted: impl Fn(&str) -> bool) -> BTreeSet<char> {
        let strings = &self.osm.strings;
        // Keys are asked about once, values read once.
        let mut keys: Vec<Option<bool>> = vec![None; strings.len()];
        let mut read = vec![false; strings.len()];
        let mut found = BTreeSet::new();
        for &(key, value) in self.features.iter().flat_map(|feature| self.osm.tags(feature.element)) {
            let Some(known) = keys.get_mut(key as usize) else { continue };
            if *known.get_or_insert_with(|| wanted(strings.get(key)))
                && let Some(read @ false) = read.get_mut(value as usize)
            {
                *read = true;
                found.extend(strings.get(value).chars());
            }
        }
        found
    }

    /// The polygons (rings in degrees) that the ways of a relation enclose, whatever the relation is.
    ///
    /// # Errors
    /// [`crate::error::Error::Request`] for `area.relation`, where it is not there, or not closed.
    pub fn relation_area(&self, id: i64) -> Result<Vec<Vec<Vec<[f64; 2]>>>> {
        super::assemble::outline(&self.osm, id)
            .map_err(|why| Error::request("area.relation", format!("relation {id} {why}")))
    }
}

/// A map seen through a frame: cut, projected, filtered, generalised.
pub struct Features<'m> {
    /// Where tags and ids are.
    pub map: &'m Map,
    /// What coordinates are in.
    pub crs: Crs,
    /// Box of the frame: `[min x, min y, max x, max y]` in `crs` units.
    pub extent: [f64; 4],
    /// Features by layer, class and element.
    pub rows: Vec<Feature>,
    /// Their geometry in `crs` units: degrees quantised to 1e-7, metres to 1e-3. What is shown as it is in the map is not
    /// held twice.
    pub shapes: Traces<'m>,
    /// Language of names.
    pub language: crate::request::Language,
    /// What was left out.
    pub notes: Notes,
}

impl Features<'_> {
    /// Layer and class of a feature.
    pub fn class(&self, feature: &Feature) -> &'static Class {
        super::classify::class(feature.class)
    }

    /// The layers that the element of a feature stands in besides, the main one first, with commas between them.
    pub fn also(&self, feature: &Feature) -> String {
        let classes = self.map.classes(feature.element).iter().map(|(_, class)| *class);
        let others = classes.filter(|class| *class != feature.class);
        others.map(|class| super::classify::class(class).layer).collect::<Vec<_>>().join(",")
    }

    /// The value of a tag of a feature, if it has it.
    pub fn tag(&self, feature: &Feature, key: &str) -> Option<&str> {
        let osm = &self.map.osm;
        let tags = osm.tags(feature.element);
        tags.iter().find(|(k, _)| osm.strings.get(*k) == key).map(|(_, value)| osm.strings.get(*value))
    }
}
