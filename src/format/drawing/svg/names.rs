//! Names of layers as ids.

use std::collections::BTreeSet;

/// A name as an id in Illustrator's spelling: what ids cannot hold as codes, a number where a name is there twice.
pub fn illustrators(label: &str, names: &mut BTreeSet<String>) -> String {
    let mut id = String::new();
    for (row, c) in label.chars().enumerate() {
        match c {
            ' ' => id.push('_'),
            c if c.is_alphabetic() || (row > 0 && (c.is_ascii_digit() || "-.".contains(c))) => id.push(c),
            c => id.push_str(&format!("_x{:02X}_", u32::from(c))),
        }
    }
    let mut free = id.clone();
    for count in 1_u64.. {
        if names.insert(free.clone()) {
            break;
        }
        free = format!("{id}_{count}_");
    }
    free
}
