//! An object with attributes for every feature (ISO 32000-1 §14.7, user properties §14.8.5.4): its id, name, layer and class.

use super::canvas::Canvas;
use super::ids::Ids;
use super::packed::Packed;
use crate::scene::{Path, Paths};
use pdf_writer::{Chunk, Name, Ref, Str, TextStr};

/// What is drawn of a feature, which its number in the content names.
pub struct Object {
    /// `w123`.
    pub id: String,
    /// What it is called.
    pub name: Option<String>,
}

/// A layer's objects.
pub struct Kept {
    /// The layer with those it is in: `roads / primary`.
    pub title: String,
    /// Its class: `primary`.
    pub class: String,
    /// Its objects, and the numbers under which the content has them.
    pub objects: Vec<(i32, Object)>,
}

/// Writes the tree into streams; returns its root.
pub fn tree(packed: &mut Packed, ids: &mut Ids, page: Ref, layers: &[Kept]) -> Ref {
    let [root, parents] = std::array::from_fn(|_| ids.next());
    let mut by_number = Vec::new();
    let mut tops = Vec::new();
    for layer in layers.iter().filter(|layer| !layer.objects.is_empty()) {
        let top = ids.next();
        let kids: Vec<Ref> = layer.objects.iter().map(|_| ids.next()).collect();
        for ((number, object), id) in layer.objects.iter().zip(&kids) {
            packed.put(*id, |chunk| element(chunk, *id, (top, page), *number, object, layer));
            by_number.push((*number, *id));
        }
        packed.put(top, |chunk| {
            let mut element = chunk.indirect(top).dict();
            element.pair(Name(b"Type"), Name(b"StructElem")).pair(Name(b"S"), Name(b"Layer")).pair(Name(b"P"), root);
            element.pair(Name(b"T"), TextStr(&layer.title));
            element.insert(Name(b"K")).array().items(kids);
        });
        tops.push(top);
    }
    by_number.sort_unstable_by_key(|(number, _)| *number);
    packed.put(parents, |chunk| {
        let mut numbers = chunk.indirect(parents).dict();
        let mut list = numbers.insert(Name(b"Nums")).array();
        list.item(0);
        list.push().array().items(by_number.iter().map(|(_, id)| *id));
    });
    packed.put(root, |chunk| {
        let mut tree = chunk.indirect(root).dict();
        tree.pair(Name(b"Type"), Name(b"StructTreeRoot")).pair(Name(b"ParentTree"), parents);
        tree.insert(Name(b"K")).array().items(tops);
        let mut roles = tree.insert(Name(b"RoleMap")).dict();
        roles.pair(Name(b"Layer"), Name(b"Sect")).pair(Name(b"Feature"), Name(b"Figure"));
    });
    root
}

fn element(chunk: &mut Chunk, id: Ref, (top, page): (Ref, Ref), number: i32, object: &Object, layer: &Kept) {
    let mut element = chunk.indirect(id).dict();
    element.pair(Name(b"Type"), Name(b"StructElem")).pair(Name(b"S"), Name(b"Feature")).pair(Name(b"P"), top);
    element.pair(Name(b"Pg"), page).pair(Name(b"K"), number);
    let mut attributes = element.insert(Name(b"A")).dict();
    attributes.pair(Name(b"O"), Name(b"UserProperties"));
    let mut list = attributes.insert(Name(b"P")).array();
    let mut property = |name: &[u8], value: &str| {
        let mut pair = list.push().dict();
        pair.pair(Name(b"N"), Str(name)).pair(Name(b"V"), TextStr(value));
    };
    property(b"osm_id", &object.id);
    property(b"class", &layer.class);
    if let Some(name) = &object.name {
        property(b"name", name);
    }
}

/// Draws a path that an object has under its number.
pub fn marked(canvas: &mut Canvas, number: i32, path: &Path, paths: &Paths) {
    let mut mark = canvas.content.begin_marked_content_with_properties(Name(b"Feature"));
    mark.properties().pair(Name(b"MCID"), number);
    drop(mark);
    canvas.path(path, paths);
    canvas.content.end_marked_content();
}
