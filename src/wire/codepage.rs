//! Text in the code pages of Windows, for programs that know no Unicode.

/// How letters are bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CodePage {
    /// Unicode, as UTF-8.
    Utf8,
    /// Windows-1251: Cyrillic.
    Cyrillic,
    /// Windows-1252: Western Europe.
    Western,
}

/// The upper half of Windows-1251 (Unicode Consortium, CP1251.TXT); what stands for nothing is U+FFFD.
const CYRILLIC: &str = "ЂЃ‚ѓ„…†‡€‰Љ‹ЊЌЋЏђ‘’“”•–—\u{fffd}™љ›њќћџ\u{a0}ЎўЈ¤Ґ¦§Ё©Є«¬\u{ad}®Ї°±Ііґµ¶·ё№є»јЅѕїАБВГДЕЖЗИЙКЛМНО\
     ПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдежзийклмнопрстуфхцчшщъыьэюя";
/// The same of Windows-1252 (CP1252.TXT).
const WESTERN: &str = "€\u{fffd}‚ƒ„…†‡ˆ‰Š‹Œ\u{fffd}Ž\u{fffd}\u{fffd}‘’“”•–—˜™š›œ\u{fffd}žŸ\u{a0}¡¢£¤¥¦§¨©ª«¬\u{ad}®¯°±²\
     ³´µ¶·¸¹º»¼½¾¿ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖ×ØÙÚÛÜÝÞßàáâãäåæçèéêëìíîïðñòóôõö÷øùúûüýþÿ";
/// What stands in the place of a letter that a page lacks.
const LACKING: u8 = b'?';

impl CodePage {
    /// Words of options, and the pages they mean; the first is usual.
    pub const WORDS: &[&str] = &["utf-8", "cp1251", "cp1252"];

    /// The page that a word means; UTF-8 for any other.
    pub fn of(word: &str) -> Self {
        match word {
            "cp1251" => Self::Cyrillic,
            "cp1252" => Self::Western,
            _ => Self::Utf8,
        }
    }

    /// Whether the page has a letter.
    pub fn has(self, c: char) -> bool {
        self.encode(&mut Vec::new(), c.encode_utf8(&mut [0; 4])) == 0
    }

    /// Appends text; returns how many letters the page lacks.
    pub fn encode(self, out: &mut Vec<u8>, text: &str) -> u64 {
        let upper = match self {
            Self::Utf8 => {
                out.extend_from_slice(text.as_bytes());
                return 0;
            }
            Self::Cyrillic => CYRILLIC,
            Self::Western => WESTERN,
        };
        let mut lacking = 0;
        for c in text.chars() {
            let place = || upper.chars().position(|own| own == c && c != '\u{fffd}');
            out.push(match u8::try_from(c).ok().filter(u8::is_ascii) {
                Some(plain) => plain,
                None => place().map_or_else(
                    || {
                        lacking += 1;
                        LACKING
                    },
                    |row| (row + 0x80) as u8,
                ),
            });
        }
        lacking
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_those_of_their_page() {
        let encoded = |page: CodePage, text: &str| {
            let mut out = Vec::new();
            let lacking = page.encode(&mut out, text);
            (out, lacking)
        };
        assert_eq!((CYRILLIC.chars().count(), WESTERN.chars().count()), (128, 128));
        assert_eq!(encoded(CodePage::Cyrillic, "Aя№ё\u{a0}"), (vec![b'A', 0xff, 0xb9, 0xb8, 0xa0], 0));
        assert_eq!(encoded(CodePage::Western, "é€ÿŁ\u{fffd}"), (vec![0xe9, 0x80, 0xff, b'?', b'?'], 2));
        assert_eq!(encoded(CodePage::Utf8, "я"), ("я".as_bytes().to_vec(), 0));
        let pages: Vec<_> = CodePage::WORDS.iter().map(|word| CodePage::of(word)).collect();
        assert_eq!(pages, [CodePage::Utf8, CodePage::Cyrillic, CodePage::Western]);
    }
}
