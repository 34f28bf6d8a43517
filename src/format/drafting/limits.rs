//! What a format can hold of a drawing. The drawing asks for these, and never which format it is.

use std::collections::BTreeSet;

/// What a format can hold.
pub struct Limits {
    /// What layers, line types and blocks may be called.
    pub names: Names,
    /// Characters that texts are made of.
    pub letters: Letters,
    /// Most bytes of a text.
    pub longest: usize,
    /// Whether programs that read it show the codes of letters beyond its own as these letters.
    pub codes: bool,
    /// Fillings of areas.
    pub fillings: bool,
    /// Texts of several lines.
    pub paragraphs: bool,
    /// Lines at an elevation, with a thickness.
    pub heights: bool,
}

/// Characters that stand for themselves, and how many bytes others take.
#[derive(Clone, Copy)]
pub struct Letters {
    /// Whether a character stands for itself.
    pub own: fn(char) -> bool,
    /// Bytes that a character takes at most.
    pub bytes: fn(char) -> usize,
}

impl Limits {
    /// Whether a text has letters that programs cannot show.
    pub(super) fn lacks(&self, text: &str) -> bool {
        !self.codes && !text.chars().all(self.letters.own)
    }
}

/// Names of layers, line types and blocks.
#[derive(Clone, Copy)]
pub struct Names {
    /// Most characters of one.
    pub longest: usize,
    /// Characters that may stand in one.
    pub fits: fn(char) -> bool,
    /// Whether letters are capitals.
    pub capitals: bool,
}

impl Names {
    /// A name like the one wished for that is not taken yet, and is now. Two that differ in case alone are the same.
    pub fn name(&self, wish: &str, taken: &mut BTreeSet<String>) -> String {
        let case = |c: char| if self.capitals { c.to_ascii_uppercase() } else { c };
        let name: Vec<char> = wish.chars().map(|c| if (self.fits)(case(c)) { case(c) } else { '_' }).collect();
        let with = |ending: &str| -> String {
            name.iter().take(self.longest - ending.len()).copied().chain(ending.chars()).collect()
        };
        let endings = std::iter::once(String::new()).chain((2_u64..).map(|count| format!("-{count}")));
        let free = |name: &String| !taken.contains(&name.to_lowercase());
        let name = endings.map(|ending| with(&ending)).find(free).unwrap_or_default();
        taken.insert(name.to_lowercase());
        name
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHORT: Names = Names {
        longest: 31,
        fits: |c| c.is_ascii_uppercase() || c.is_ascii_digit() || "$-_".contains(c),
        capitals: true,
    };
    const LONG: Names = Names { longest: 255, fits: |c| !"<>/\\\":;?*|,=`".contains(c), capitals: false };

    #[test]
    fn names_fit_and_no_two_are_the_same() {
        let mut taken = BTreeSet::new();
        let mut name = |names: &Names, wish: &str| names.name(wish, &mut taken);
        assert_eq!(name(&SHORT, "roads-primary_link"), "ROADS-PRIMARY_LINK");
        assert_eq!(name(&SHORT, "Straße 1"), "STRA_E_1");
        let long = "boundaries-protected_area_of_nature";
        assert_eq!(name(&SHORT, long), "BOUNDARIES-PROTECTED_AREA_OF_NA");
        assert_eq!(name(&SHORT, &format!("{long}s")), "BOUNDARIES-PROTECTED_AREA_OF_-2");
        assert_eq!(name(&LONG, "Straße 1"), "Straße 1");
        assert_eq!(name(&LONG, "STRAßE 1"), "STRAßE 1-2");
        assert_eq!(name(&LONG, "a/b"), "a_b");
        assert_eq!(name(&LONG, "a:b"), "a_b-2");
    }
}
