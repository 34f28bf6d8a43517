//! Names of streets as maps shorten them where the whole does not fit.

/// Words and what stands for them, whole words of a name.
const WORDS: &[(&str, &str)] = &[
    ("Street", "St"),
    ("Avenue", "Ave"),
    ("Road", "Rd"),
    ("Lane", "Ln"),
    ("Drive", "Dr"),
    ("Place", "Pl"),
    ("Square", "Sq"),
    ("Court", "Ct"),
    ("Crescent", "Cres"),
    ("Terrace", "Ter"),
    ("Highway", "Hwy"),
    ("Parkway", "Pkwy"),
    ("Boulevard", "Blvd"),
    ("North", "N"),
    ("South", "S"),
    ("East", "E"),
    ("West", "W"),
    ("Saint", "St"),
    ("Sainte", "Ste"),
    ("Straße", "Str."),
    ("Strasse", "Str."),
    ("Platz", "Pl."),
    ("улица", "ул."),
    ("проспект", "пр."),
    ("переулок", "пер."),
    ("проезд", "пр-д"),
    ("бульвар", "бул."),
    ("площадь", "пл."),
    ("набережная", "наб."),
    ("шоссе", "ш."),
    ("вулиця", "вул."),
    ("провулок", "пров."),
];

/// Words that begin the names of streets in Romance languages, where they differ from the others.
const FIRST: &[(&str, &str)] = &[
    ("Avenue", "Av."),
    ("Boulevard", "Bd"),
    ("Place", "Pl."),
    ("Square", "Sq."),
    ("Allée", "All."),
    ("Impasse", "Imp."),
    ("Passage", "Pass."),
    ("Chemin", "Ch."),
    ("Avenida", "Av."),
    ("Calle", "C."),
    ("Plaza", "Pl."),
    ("Viale", "V.le"),
    ("Piazza", "P.za"),
    ("Corso", "C.so"),
];

/// Ends of words and what stands for them.
const ENDS: &[(&str, &str)] = &[("straße", "str."), ("strasse", "str."), ("platz", "pl.")];

/// A name with its words shortened; none where there is nothing to shorten, or nothing else in it.
pub fn shortened(name: &str) -> Option<String> {
    let words: Vec<&str> = name.split(' ').collect();
    if words.len() < 2 && !ENDS.iter().any(|(end, _)| name.ends_with(end)) {
        return None;
    }
    let short = |(row, word): (usize, &&str)| {
        let first = FIRST.iter().filter(|_| row == 0);
        let whole = first.chain(WORDS).find(|(known, _)| known == word).map(|(_, short)| (*short).to_owned());
        whole.or_else(|| {
            let (stem, short) = ENDS.iter().find_map(|(end, short)| Some((word.strip_suffix(end)?, short)))?;
            (stem.chars().count() > 2).then(|| format!("{stem}{short}"))
        })
    };
    let made = words.iter().enumerate().map(|row| short(row).unwrap_or_else(|| (*row.1).to_owned()));
    let made = made.collect::<Vec<_>>().join(" ");
    (made != name).then_some(made)
}

#[cfg(test)]
mod tests {
    use super::shortened;

    #[test]
    fn words_and_ends_are_shortened_and_nothing_else() {
        let cases = [
            ("Main Street", Some("Main St")),
            ("Friedrichstraße", Some("Friedrichstr.")),
            ("Straße des 17. Juni", Some("Str. des 17. Juni")),
            ("улица Королёва", Some("ул. Королёва")),
            ("Boulevard des Moulins", Some("Bd des Moulins")),
            ("Hollywood Boulevard", Some("Hollywood Blvd")),
            ("Avenue Saint-Charles", Some("Av. Saint-Charles")),
            ("Street", None),
            ("Broadway", None),
            ("Platz", None),
            ("Mannerheimintie", None),
        ];
        for (name, short) in cases {
            assert_eq!(shortened(name).as_deref(), short, "{name}");
        }
    }
}
