//! Which labels and symbols a sheet is spared: names that an element has twice, and beyond a number the least important.

use super::symbol::Wishes;
use crate::note::Notes;
use crate::osm::Element;
use std::collections::BTreeMap;

/// Lets go of names that the same element has in a more important layer of the style.
pub fn repeated(wishes: &mut Wishes) {
    let mut best: BTreeMap<(Element, String), (u32, i64)> = BTreeMap::new();
    for (_, named) in &wishes.labels {
        if let Some(element) = named.of.filter(|_| !named.wish.text.is_empty()) {
            let place = best.entry((element, named.wish.text.clone())).or_insert(named.wish.priority);
            *place = named.wish.priority.min(*place);
        }
    }
    wishes.labels.retain(|(_, named)| {
        let known = named.of.and_then(|element| best.get(&(element, named.wish.text.clone())));
        known.is_none_or(|best| named.wish.priority == *best)
    });
}

/// Lets go of the least important wishes where there are more than `most`; how many.
pub fn thin(wishes: &mut Wishes, most: usize) -> u64 {
    let Wishes { labels, icons, .. } = wishes;
    let count = labels.len();
    if count <= most {
        return 0;
    }
    let mut order: Vec<_> = labels.iter().enumerate().map(|(row, (_, named))| (named.wish.priority, row)).collect();
    let mut stays = vec![false; count];
    if most > 0 {
        order.select_nth_unstable(most - 1);
    }
    for (_, row) in order.iter().take(most) {
        stays.iter_mut().skip(*row).take(1).for_each(|stays| *stays = true);
    }
    let mut rows = stays.iter();
    labels.retain(|_| rows.next() == Some(&true));
    // Icons go with the last wish that names them, and the others move up.
    let mut moved = vec![None; icons.len()];
    for icon in labels.iter().filter_map(|(_, named)| named.icon) {
        moved.iter_mut().skip(icon).take(1).for_each(|place| *place = Some(0));
    }
    for (next, place) in moved.iter_mut().filter(|place| place.is_some()).enumerate() {
        *place = Some(next);
    }
    let mut places = moved.iter();
    icons.retain(|_| places.next().is_some_and(Option::is_some));
    for (_, named) in labels.iter_mut() {
        named.icon = named.icon.and_then(|icon| moved.get(icon).copied().flatten());
    }
    (count - most) as u64
}

/// Says how many were left out.
pub fn tell(left_out: u64, most: usize, notes: &mut Notes) {
    if left_out > 0 {
        let message = format!(
            "{left_out} labels and symbols, the least important ones, were left out: a sheet holds at most {most}"
        );
        notes.say("too_many_labels", left_out, message);
    }
}

#[cfg(test)]
mod tests {
    use super::super::Color;
    use super::super::icon::{Icon, Wished};
    use super::super::label::{Anchor, At, Look, Wish};
    use super::super::symbol::Named;
    use super::*;

    fn named(priority: i64, icon: Option<usize>) -> (String, Named) {
        let color = Color { r: 0, g: 0, b: 0, a: 255 };
        let at = At::Point {
            point: [0.0; 2],
            anchors: vec![Anchor::Center],
            offset: [0.0; 2],
            clearance: 0.0,
            rotation: 0.0,
        };
        let look = Look {
            size: 1.0,
            weight: 400,
            italic: false,
            color,
            halo: None,
            letter_spacing: 0.0,
            max_width: 0.0,
            line_height: 1.2,
            padding: 0.0,
            overlap: false,
            plate: None,
        };
        let wish = Wish { text: priority.to_string(), at, look, priority: (0, priority) };
        ("group".into(), Named { wish, class: "cafe", of: None, icon })
    }

    fn wished(row: i64) -> Wished {
        let color = Color { r: 0, g: 0, b: 0, a: 255 };
        let icon =
            Icon { name: row.to_string(), point: [0.0; 2], scale: 1.0, angle: 0.0, color, halo: None, overlap: false };
        Wished { icon, group: "group".into(), source: ('n', row) }
    }

    #[test]
    fn the_least_important_go_and_icons_stay_with_their_names() {
        let mut wishes = Wishes {
            labels: vec![named(5, Some(0)), named(1, None), named(3, Some(1)), named(1, Some(2)), named(9, None)],
            icons: vec![wished(0), wished(1), wished(2)],
            ..Wishes::default()
        };
        assert_eq!(thin(&mut wishes, 5), 0);
        assert_eq!(thin(&mut wishes, 3), 2);
        let left = |wishes: &Wishes| -> Vec<(String, Option<String>)> {
            let icon = |row: usize| wishes.icons.get(row).map(|wished| wished.icon.name.clone());
            wishes.labels.iter().map(|(_, named)| (named.wish.text.clone(), named.icon.and_then(icon))).collect()
        };
        let expected = [("1", None), ("3", Some("1")), ("1", Some("2"))];
        let expected = expected.map(|(text, icon)| (text.to_owned(), icon.map(str::to_owned)));
        assert_eq!((left(&wishes), wishes.icons.len()), (expected.to_vec(), 2));
        assert_eq!((thin(&mut wishes, 0), wishes.labels.len(), wishes.icons.len()), (3, 0, 0));
        let mut notes = Notes::default();
        tell(0, 3, &mut notes);
        assert!(notes.list().is_empty());
        tell(7, 3, &mut notes);
        assert!(notes.list().iter().any(|note| note.count == 7 && note.message.contains("at most 3")));
    }
}
