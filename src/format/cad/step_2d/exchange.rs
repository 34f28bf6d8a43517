//! The exchange structure of STEP (ISO 10303-21): numbered instances of entities.

use crate::wire::number;

/// Decimals of numbers: more than a millimetre needs.
const DIGITS: u32 = 7;
/// References on a line of a long list.
const ROW: usize = 16;

/// Instances that gather.
#[derive(Default)]
pub(super) struct Exchange {
    /// Their text.
    pub(super) out: Vec<u8>,
    last: u64,
}

impl Exchange {
    /// Adds an instance; its number.
    pub(super) fn add(&mut self, entity: &str) -> u64 {
        self.last += 1;
        self.out.extend_from_slice(format!("#{}={entity};\n", self.last).as_bytes());
        self.last
    }
}

/// A number with its point.
pub(super) fn real(value: f64) -> String {
    let text = number::text(value, DIGITS);
    let point = if text.contains('.') { "" } else { "." };
    format!("{text}{point}")
}

/// A list of instances.
pub(super) fn list(instances: &[u64]) -> String {
    let rows =
        instances.chunks(ROW).map(|row| row.iter().map(|number| format!("#{number}")).collect::<Vec<_>>().join(","));
    format!("({})", rows.collect::<Vec<_>>().join(",\n"))
}

/// A text in quotes, as edition 2 has letters beyond ASCII (6.4.3): `\X2\0416\X0\`, and `\X4\0001F600\X0\` beyond 16 bits.
pub(super) fn text(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('\'');
    // Figures of the letters in a row that have as many.
    let mut open = 0;
    for c in text.chars() {
        let wanted = match c {
            ' '..='~' => 0,
            '\u{ffff}'.. if c > '\u{ffff}' => 8,
            _ => 4,
        };
        if wanted != open {
            out.push_str(if open > 0 { "\\X0\\" } else { "" });
            out.push_str(match wanted {
                0 => "",
                4 => "\\X2\\",
                _ => "\\X4\\",
            });
            open = wanted;
        }
        match (c, wanted) {
            ('\'' | '\\', 0) => out.extend([c, c]),
            (c, 0) => out.push(c),
            (c, width) => out.push_str(&format!("{:0width$X}", u32::from(c))),
        }
    }
    out.push_str(if open > 0 { "\\X0\\'" } else { "'" });
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_beyond_ascii_are_written_by_number() {
        assert_eq!(text(""), "''");
        assert_eq!(text(r"rock'n'roll \o/"), r"'rock''n''roll \\o/'");
        assert_eq!(text("Жé a"), r"'\X2\041600E9\X0\ a'");
        assert_eq!(text("Ж😀"), r"'\X2\0416\X0\\X4\0001F600\X0\'");
        assert_eq!(text("\u{ffff}\n"), r"'\X2\FFFF000A\X0\'");
    }

    #[test]
    fn instances_are_numbered_and_lists_broken() {
        let mut exchange = Exchange::default();
        assert_eq!([exchange.add("A()"), exchange.add("B(#1)")], [1, 2]);
        assert_eq!(exchange.out, b"#1=A();\n#2=B(#1);\n");
        let numbers: Vec<u64> = (1..=17).collect();
        assert_eq!(
            list(&numbers).lines().collect::<Vec<_>>(),
            ["(#1,#2,#3,#4,#5,#6,#7,#8,#9,#10,#11,#12,#13,#14,#15,#16,", "#17)"]
        );
        assert_eq!([real(-1.5), real(20.0)], ["-1.5", "20."]);
    }
}
