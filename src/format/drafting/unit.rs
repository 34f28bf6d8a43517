//! Units of length that drawings are made in.

/// A unit.
#[derive(Debug, PartialEq)]
pub struct Unit {
    /// Its id among the options.
    pub id: &'static str,
    /// How many make a metre.
    pub per_metre: f64,
    /// `$INSUNITS` of AutoCAD.
    pub code: i16,
    /// Whether it is one of the metric system.
    pub metric: bool,
    /// For people.
    pub name: &'static str,
}

/// All of them; the international foot.
static UNITS: [Unit; 3] = [
    Unit { id: "m", per_metre: 1.0, code: 6, metric: true, name: "metres" },
    Unit { id: "mm", per_metre: 1000.0, code: 4, metric: true, name: "millimetres" },
    Unit { id: "ft", per_metre: 1.0 / 0.3048, code: 2, metric: false, name: "feet" },
];

impl Unit {
    /// By its id; metres for any other.
    pub fn of(id: &str) -> &'static Self {
        let [metres, ..] = &UNITS;
        UNITS.iter().find(|unit| unit.id == id).unwrap_or(metres)
    }
}
