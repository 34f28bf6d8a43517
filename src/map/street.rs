//! Streets of houses that relations name (OSM wiki: Relation:associatedStreet, Relation:street).

use crate::order;
use crate::osm::{Element, Kind, Member, Osm, StringId};

/// The role of what is no house in such a relation.
pub(super) const STREET: &str = "street";

/// Whether relations of this type are streets with their houses.
pub(super) fn is_street(kind: &str) -> bool {
    matches!(kind, "associatedStreet" | "street")
}

/// The name of the street that each house in such a relation stands in, by ascending element. Where the relation has no
/// name, that of its street does.
pub(super) fn streets(osm: &Osm) -> Vec<(Element, StringId)> {
    let strings = &osm.strings;
    let (Some(kind), Some(name)) = (strings.find("type"), strings.find("name")) else { return Vec::new() };
    let tag =
        |element: Element, key| osm.tags(element).iter().find(|(known, _)| *known == key).map(|(_, value)| *value);
    let mut found = Vec::new();
    for index in 0..osm.relations.id.len() as u32 {
        let relation = Element { kind: Kind::Relation, index };
        if !tag(relation, kind).is_some_and(|kind| is_street(strings.get(kind))) {
            continue;
        }
        let (streets, houses): (Vec<&Member>, Vec<&Member>) =
            osm.members(index).iter().partition(|member| strings.get(member.role) == STREET);
        let named = |relation| tag(relation, name).filter(|name| !strings.get(*name).trim().is_empty());
        let of_street = || streets.iter().find_map(|member| named(osm.find(member.kind, member.id)?));
        let Some(street) = named(relation).or_else(of_street) else { continue };
        found.extend(houses.iter().filter_map(|member| Some((osm.find(member.kind, member.id)?, street))));
    }
    order::sort_by_key(&mut found, |(element, _)| *element);
    found.dedup_by_key(|(element, _)| *element);
    found
}
