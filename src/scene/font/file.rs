//! A font file that exists somewhere, loaded or not.

/// A font file that exists somewhere: a row of the index `assets/fonts/index.json`.
#[derive(Debug, PartialEq, Eq)]
pub struct FontFile {
    /// Its id, also the name of the file without `.ttf`, e.g. `noto-sans-regular`.
    pub id: &'static str,
    /// Family name for formats that name fonts, e.g. `Noto Sans`.
    pub family: &'static str,
    /// CSS weight.
    pub weight: u16,
    /// Italic.
    pub italic: bool,
    /// First and last characters of the ranges it covers.
    pub ranges: &'static [(u32, u32)],
}

impl FontFile {
    /// What PostScript calls it: `NotoSans-Bold`.
    pub fn postscript_name(&self) -> String {
        let family: String = self.family.chars().filter(char::is_ascii_alphanumeric).collect();
        let style = match (self.weight >= 600, self.italic) {
            (true, true) => "BoldItalic",
            (true, false) => "Bold",
            (false, true) => "Italic",
            (false, false) => "Regular",
        };
        format!("{family}-{style}")
    }

    /// Whether it has a glyph for `c`.
    pub fn covers(&self, c: char) -> bool {
        let code = u32::from(c);
        let after = self.ranges.partition_point(|&(first, _)| first <= code);
        after.checked_sub(1).and_then(|row| self.ranges.get(row)).is_some_and(|&(_, last)| code <= last)
    }
}
