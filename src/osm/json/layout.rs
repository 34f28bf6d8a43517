//! The layout that an answer gives its plain nodes, learned from one of them: what stands between the numbers of the others
//! is compared at once instead of being taken apart again. They are most of what comes.

use super::super::{LonLatE7, number};

/// What stands before each number of a plain node, and behind the last, without white space.
const PLAIN: [&[u8]; 4] = [b"{\"type\":\"node\",\"id\":", b",\"lat\":", b",\"lon\":", b"}"];

/// After so many nodes that were not plain, none is expected.
const TRIES: u8 = 100;

/// The texts of [`PLAIN`] with the white space of this answer; empty until they are learned.
#[derive(Default)]
pub struct Layout {
    texts: [Vec<u8>; 4],
    tries: u8,
}

impl Layout {
    /// Whether it is known, or given up.
    pub fn settled(&self) -> bool {
        !self.texts[3].is_empty() || self.tries == TRIES
    }

    /// Learns from the text of an element; nothing if it is no plain node.
    pub fn learn(&mut self, element: &[u8]) {
        self.tries += 1;
        let mut rest = element;
        let mut found: [Vec<u8>; 4] = Default::default();
        for (own, plain) in found.iter_mut().zip(PLAIN) {
            let end = end_of(rest, plain);
            let Some((before, behind)) = end.and_then(|end| rest.split_at_checked(end)) else { return };
            *own = before.to_vec();
            let number = behind.iter().take_while(|byte| matches!(byte, b'0'..=b'9' | b'-' | b'.')).count();
            rest = behind.get(number..).unwrap_or(&[]);
        }
        if rest.is_empty() {
            self.texts = found;
        }
    }

    /// Id, place and length of the node that `text` begins with; none unless it is a plain one in this very layout.
    #[inline]
    pub fn node(&self, text: &[u8]) -> Option<(i64, LonLatE7, usize)> {
        let [start, lat, lon, end] = &self.texts;
        let rest = text.strip_prefix(start.as_slice())?;
        let (id, length) = number::digits(rest, 0, 0);
        let rest = rest.get(length..).filter(|_| length > 0)?.strip_prefix(lat.as_slice())?;
        let (y, length) = number::leading(rest)?;
        let rest = rest.get(length..)?.strip_prefix(lon.as_slice())?;
        let (x, length) = number::leading(rest)?;
        let rest = rest.get(length..)?.strip_prefix(end.as_slice())?;
        Some((id, number::within(x, y)?, text.len() - rest.len()))
    }
}

/// Where `plain` and the white space behind it end in `text`, which may have white space outside of strings.
fn end_of(text: &[u8], plain: &[u8]) -> Option<usize> {
    let (mut wanted, mut string) = (plain.iter().peekable(), false);
    for (at, byte) in text.iter().enumerate() {
        let blank = !string && matches!(byte, b' ' | b'\n' | b'\r' | b'\t');
        match wanted.peek() {
            None if !blank => return Some(at),
            Some(next) if *next == byte => {
                wanted.next();
                string ^= *byte == b'"';
            }
            _ if blank => {}
            _ => return None,
        }
    }
    wanted.peek().is_none().then_some(text.len())
}

#[cfg(test)]
mod tests {
    use super::Layout;

    #[test]
    fn nodes_are_read_by_the_layout_of_the_first() {
        for (first, other) in [
            (
                "{\n  \"type\": \"node\",\n  \"id\": 7,\n  \"lat\": 43.5252262,\n  \"lon\": -7.4968396\n}",
                "{\n  \"type\": \"node\",\n  \"id\": 13000000001,\n  \"lat\": -1.5,\n  \"lon\": 179.9999999\n}",
            ),
            (
                r#"{"type":"node","id":7,"lat":43.5252262,"lon":-7.4968396}"#,
                r#"{"type":"node","id":13000000001,"lat":-1.5,"lon":179.9999999}"#,
            ),
        ] {
            let mut layout = Layout::default();
            assert!(!layout.settled());
            layout.learn(first.as_bytes());
            assert!(layout.settled());
            let text = format!("{other},\n{first}");
            assert_eq!(layout.node(text.as_bytes()), Some((13_000_000_001, [1_799_999_999, -15_000_000], other.len())));
            assert_eq!(layout.node(text.get(1..).unwrap().as_bytes()), None);
            for cut in 0..other.len() {
                assert_eq!(layout.node(other.get(..cut).unwrap().as_bytes()), None, "{cut}");
            }
        }
    }

    #[test]
    fn other_elements_teach_nothing() {
        for text in [
            r#"{"type":"node","id":7,"lat":43.5,"lon":7.4,"tags":{}}"#,
            r#"{"type":"node","id":7,"lon":7.4,"lat":43.5}"#,
            r#"{"type":"way","id":7,"lat":43.5,"lon":7.4}"#,
            r#"{"type":"no de","id":7,"lat":43.5,"lon":7.4}"#,
            r#"{"type":"node","id":7,"lat":43.5,"lon":"7.4"}"#,
            r#"{"type":"node"}"#,
            "",
        ] {
            let mut layout = Layout::default();
            layout.learn(text.as_bytes());
            assert!(!layout.settled(), "{text}");
        }
    }

    #[test]
    fn places_beyond_the_globe_are_left_to_others() {
        let mut layout = Layout::default();
        layout.learn(br#"{"type":"node","id":7,"lat":43.5,"lon":7.4}"#);
        for text in [
            r#"{"type":"node","id":7,"lat":90.1,"lon":7.4}"#,
            r#"{"type":"node","id":-7,"lat":43.5,"lon":7.4}"#,
            r#"{"type":"node","id":7,"lat":43.5,"lon":7.4e0}"#,
            r#"{"type":"node","id":7,"lat":43,"lon":7.4}"#,
        ] {
            assert_eq!(layout.node(text.as_bytes()), None, "{text}");
        }
    }
}
