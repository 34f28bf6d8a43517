//! How Han characters are written: Unicode has one code for what Japan, Korea, China and Taiwan write differently.

use crate::request::Language;

/// A way to write Han characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Han {
    /// As in mainland China, Singapore and Malaysia; also where no other custom is known.
    #[default]
    Simplified,
    /// As in Japan.
    Japanese,
    /// As in Korea.
    Korean,
    /// As in Taiwan, Hong Kong and Macau.
    Traditional,
}

/// Whose custom holds where: rough outlines on land and sea in degrees, the first that holds a place counts.
const PLACES: &[(Han, &[[f64; 2]])] = &[
    // Hong Kong north to the Shenzhen river, Macau, Kinmen; then Taiwan with Penghu and Matsu.
    (
        Han::Traditional,
        &[
            [113.80, 22.13],
            [113.83, 22.42],
            [113.92, 22.45],
            [114.03, 22.50],
            [114.06, 22.515],
            [114.12, 22.534],
            [114.17, 22.56],
            [114.23, 22.548],
            [114.50, 22.55],
            [114.50, 22.13],
        ],
    ),
    (Han::Traditional, &[[113.528, 22.10], [113.528, 22.19], [113.545, 22.216], [113.61, 22.216], [113.61, 22.10]]),
    (Han::Traditional, &[[118.20, 24.36], [118.20, 24.54], [118.50, 24.54], [118.50, 24.36]]),
    (
        Han::Traditional,
        &[[119.2, 21.5], [119.2, 24.0], [119.85, 25.0], [119.85, 26.5], [121.5, 26.5], [122.6, 25.6], [122.4, 21.5]],
    ),
    // Korea: along the Yalu and the Tumen, between Busan and Tsushima.
    (
        Han::Korean,
        &[
            [123.8, 37.0],
            [124.2, 39.8],
            [124.37, 40.09],
            [125.0, 40.55],
            [126.1, 41.05],
            [126.9, 41.72],
            [128.1, 41.38],
            [128.1, 42.0],
            [129.0, 42.08],
            [129.7, 42.42],
            [129.95, 42.97],
            [130.25, 42.88],
            [130.55, 42.45],
            [130.7, 42.25],
            [132.2, 38.0],
            [131.5, 36.5],
            [129.35, 34.85],
            [128.6, 34.3],
            [127.5, 32.8],
            [124.5, 32.8],
        ],
    ),
    (
        Han::Japanese,
        &[
            [122.6, 23.8],
            [122.7, 25.7],
            [126.0, 28.5],
            [127.9, 32.5],
            [128.6, 34.3],
            [129.35, 34.85],
            [131.5, 36.5],
            [136.0, 40.0],
            [139.5, 45.7],
            [142.5, 45.9],
            [145.3, 44.4],
            [146.0, 43.4],
            [150.0, 40.0],
            [154.5, 25.0],
            [154.0, 19.5],
            [135.0, 19.5],
        ],
    ),
];

/// Languages by the beginnings of their tags, longer ones first.
const LANGUAGES: &[(&str, Han)] = &[
    ("zh-Hant", Han::Traditional),
    ("zh-TW", Han::Traditional),
    ("zh-HK", Han::Traditional),
    ("zh-MO", Han::Traditional),
    ("yue", Han::Traditional),
    ("nan", Han::Traditional),
    ("hak", Han::Traditional),
    ("zh", Han::Simplified),
    ("ja", Han::Japanese),
    ("ko", Han::Korean),
];

impl Han {
    /// What a map in a language about a place wants: a language that is written in Han characters decides, else the place.
    pub fn of(language: &Language, place: [f64; 2]) -> Self {
        let spoken = match language {
            Language::Tag(tag) => LANGUAGES.iter().find(|(known, _)| begins(tag, known)).map(|(_, han)| *han),
            _ => None,
        };
        let here = || PLACES.iter().find(|(_, outline)| holds(outline, place)).map(|(han, _)| *han);
        spoken.or_else(here).unwrap_or_default()
    }

    /// All ways, this one first: what the first does not have is looked for in the next.
    pub fn order(self) -> [Self; 4] {
        use Han::*;
        match self {
            Simplified => [Simplified, Traditional, Japanese, Korean],
            Japanese => [Japanese, Traditional, Simplified, Korean],
            Korean => [Korean, Traditional, Japanese, Simplified],
            Traditional => [Traditional, Simplified, Japanese, Korean],
        }
    }
}

/// Whether a language tag is another or a more special one.
fn begins(tag: &str, known: &str) -> bool {
    let tag = tag.replace('_', "-");
    let head = tag.get(..known.len()).is_some_and(|head| head.eq_ignore_ascii_case(known));
    head && tag.get(known.len()..).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
}

/// Whether a ring holds a point: a line from it crosses the ring an odd number of times.
fn holds(ring: &[[f64; 2]], [x, y]: [f64; 2]) -> bool {
    let next = ring.iter().cycle().skip(1);
    let crosses = |(a, b): &(&[f64; 2], &[f64; 2])| {
        (a[1] > y) != (b[1] > y) && x < a[0] + (b[0] - a[0]) * (y - a[1]) / (b[1] - a[1])
    };
    ring.iter().zip(next).filter(crosses).count() % 2 == 1
}

#[cfg(test)]
mod tests {
    use super::Han::{self, *};
    use crate::request::Language;

    #[test]
    fn places_and_languages_decide() {
        let places = [
            ("Tokyo", [139.75, 35.68], Japanese),
            ("Sapporo", [141.35, 43.06], Japanese),
            ("Naha", [127.68, 26.21], Japanese),
            ("Tsushima", [129.3, 34.3], Japanese),
            ("Fukuoka", [130.4, 33.59], Japanese),
            ("Seoul", [126.98, 37.57], Korean),
            ("Busan", [129.04, 35.1], Korean),
            ("Jeju", [126.53, 33.5], Korean),
            ("Pyongyang", [125.75, 39.03], Korean),
            ("Sinuiju", [124.40, 40.09], Korean),
            ("Dandong", [124.37, 40.14], Simplified),
            ("Yanji", [129.5, 42.9], Simplified),
            ("Taipei", [121.56, 25.04], Traditional),
            ("Kaohsiung", [120.3, 22.63], Traditional),
            ("Xiamen", [118.09, 24.48], Simplified),
            ("Fuzhou", [119.3, 26.08], Simplified),
            ("Hong Kong", [114.16, 22.28], Traditional),
            ("Shenzhen", [114.06, 22.54], Simplified),
            ("Macau", [113.55, 22.19], Traditional),
            ("Beijing", [116.39, 39.9], Simplified),
            ("Shanghai", [121.47, 31.23], Simplified),
            ("Vladivostok", [131.9, 43.1], Simplified),
            ("Paris", [2.35, 48.86], Simplified),
        ];
        for (name, place, han) in places {
            assert_eq!(Han::of(&Language::Local, place), han, "{name}");
        }
        let spoken = |tag: &str| Han::of(&Language::Tag(tag.into()), [139.75, 35.68]);
        assert_eq!(
            ["zh", "zh-Hant", "zh_HK", "ko", "ja", "fr"].map(spoken),
            [Simplified, Traditional, Traditional, Korean, Japanese, Japanese]
        );
        assert!([Simplified, Japanese, Korean, Traditional].iter().all(|han| han.order()[0] == *han));
    }
}
