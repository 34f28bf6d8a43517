//! Roads that devices lead along: where they meet, how fast and for whom they are.

use crate::format::cells;
use crate::table::Table;
use crate::table::shape::Trace;
use std::collections::BTreeMap;
use std::ops::RangeInclusive;

/// Steps that Garmin divides a turn into; what falls together on them is one place to a device.
const TURN: f64 = 16_777_216.0;

/// Numbers of the places where roads end or meet.
pub struct Junctions {
    /// Steps of coordinates to a degree.
    steps: f64,
    /// How many times roads come by, then the number.
    places: BTreeMap<[i64; 2], u32>,
    /// For each number one that stands for the same place to a device, itself where there is none.
    same: Vec<u32>,
}

impl Junctions {
    /// Of coordinates with this many decimals.
    pub fn new(digits: u32) -> Self {
        Self { steps: libm::exp10(f64::from(digits)), places: BTreeMap::new(), same: Vec::new() }
    }

    /// A road comes by.
    pub fn add(&mut self, line: &[[i64; 2]]) {
        let last = line.len().saturating_sub(1);
        for (row, place) in line.iter().enumerate() {
            // Ends count twice: they always are junctions.
            *self.places.entry(*place).or_default() += if row == 0 || row == last { 2 } else { 1 };
        }
    }

    /// Leaves those where roads end or meet, and numbers them.
    pub fn number(&mut self) {
        self.places.retain(|_, times| *times > 1);
        for (row, number) in self.places.values_mut().enumerate() {
            *number = row as u32;
        }
        self.same = (0..self.places.len() as u32).collect();
    }

    /// Makes one of the junctions of a road that follow each other on one place of a device.
    pub fn join(&mut self, line: &[[i64; 2]]) {
        let cell = |place: &[i64; 2]| place.map(|value| libm::round(value as f64 / self.steps * TURN / 360.0) as i64);
        let known: Vec<([i64; 2], u32)> =
            line.iter().filter_map(|place| Some((cell(place), *self.places.get(place)?))).collect();
        for pair in known.windows(2) {
            if let [(a, first), (b, second)] = pair
                && a == b
            {
                let (first, second) = (self.root(*first), self.root(*second));
                if let Some(place) = self.same.get_mut(first.max(second) as usize) {
                    *place = first.min(second);
                }
            }
        }
    }

    fn root(&self, number: u32) -> u32 {
        let mut number = number;
        while let Some(&next) = self.same.get(number as usize)
            && next != number
        {
            number = next;
        }
        number
    }

    /// The points of a road that are junctions, and their numbers, 1 the least; a loop that meets nothing on its way has one
    /// more. Fewer than two where a device cannot tell its ends apart.
    pub fn of(&mut self, line: &Trace) -> Vec<(usize, u32)> {
        let mut found: Vec<(usize, u32)> = Vec::new();
        let last = line.len().saturating_sub(1);
        for (row, place) in line.iter().enumerate() {
            let Some(number) = self.places.get(place).map(|number| self.root(*number) + 1) else { continue };
            match found.last_mut() {
                // The end of a road is one of its points, come what may.
                Some((before, known)) if *known == number => {
                    if row == last && *before > 0 {
                        *before = row;
                    }
                }
                _ => found.push((row, number)),
            }
        }
        if let [(0, number)] = found.as_slice()
            && last >= 3
            && line.first() == line.last()
        {
            let number = *number;
            let own = self.same.len() as u32;
            self.same.push(own);
            found = vec![(0, number), (last / 2, own + 1), (last, number)];
        }
        found
    }
}

/// A stretch of a road that comes by no junction twice: devices, and those who compile maps for them, lose their way on others.
pub struct Stretch {
    /// Its points, of those of the road.
    pub points: RangeInclusive<usize>,
    /// Which of its own points are junctions, and their numbers.
    pub nodes: Vec<(usize, u32)>,
}

/// The stretches of a road whose junctions are these; none where there are fewer than two.
pub fn stretches(junctions: &[(usize, u32)]) -> Vec<Stretch> {
    let mut stretches: Vec<Stretch> = Vec::new();
    let mut from = 0;
    while let Some(&(first, _)) = junctions.get(from).filter(|_| from + 1 < junctions.len()) {
        let rest = junctions.get(from..).unwrap_or(&[]);
        let known =
            |(at, (_, number)): &(usize, &(usize, u32))| rest.iter().take(*at).any(|(_, other)| other == number);
        let end = rest.iter().enumerate().find(known).map_or(rest.len(), |(at, _)| at).max(2);
        let own = rest.get(..end).unwrap_or(rest);
        let last = own.last().map_or(first, |(point, _)| *point);
        let nodes = own.iter().map(|(point, number)| (point - first, *number)).collect();
        stretches.push(Stretch { points: first..=last, nodes });
        from += own.len() - 1;
    }
    stretches
}

/// Upper speeds of the classes of speed 0 to 6, km/h; 7 is for more.
const SPEEDS: [f64; 7] = [5.0, 20.0, 40.0, 60.0, 80.0, 90.0, 110.0];
/// Classes of roads: class of speed, class of road from streets (0) to motorways (4).
const CLASSES: &[(&str, u8, u8)] = &[
    ("motorway", 7, 4),
    ("trunk", 5, 3),
    ("primary", 4, 3),
    ("secondary", 3, 2),
    ("tertiary", 3, 1),
    ("unclassified", 3, 0),
    ("residential", 2, 0),
    ("living_street", 1, 0),
    ("busway", 2, 0),
    ("pedestrian", 0, 0),
    ("service", 1, 0),
    ("track", 1, 0),
    ("cycleway", 1, 0),
    ("bridleway", 0, 0),
    ("footway", 0, 0),
    ("path", 0, 0),
    ("steps", 0, 0),
    ("road", 1, 0),
];
/// What only those on foot, on a bicycle, on a horse pass.
const NARROW: &[&str] = &["pedestrian", "cycleway", "bridleway", "footway", "path", "steps"];

/// What `RouteParam` says of a road.
pub struct Route {
    /// Class of speed.
    speed: u8,
    /// Class of road.
    class: u8,
    /// Whether it is one-way.
    pub oneway: bool,
    /// Whether that way is against the line.
    pub reverse: bool,
    toll: bool,
    /// No cars, buses, taxis, lorries, deliveries.
    narrow: bool,
    closed: bool,
    foot: bool,
    bicycle: bool,
}

impl Route {
    /// Of a row of roads; none for what nobody is led along.
    pub fn of(table: &Table, row: usize) -> Option<Self> {
        let feature = table.feature(row)?;
        let id = table.features.class(feature).id;
        let (_, usual, class) = CLASSES.iter().find(|(class, ..)| *class == id)?;
        let text = |name| cells::text(table, name, row).unwrap_or_default();
        let limit =
            cells::number(table, "maxspeed", row).map(|limit| SPEEDS.partition_point(|speed| *speed < limit) as u8);
        let narrow = NARROW.contains(&id);
        let forth = matches!(text("oneway"), "yes" | "true" | "1");
        let back = text("oneway") == "-1";
        let implied = (id == "motorway" || text("junction") == "roundabout") && text("oneway") != "no";
        let access = text("access");
        let may = |word: &str, usual: bool| match word {
            "" => usual,
            "no" | "private" | "use_sidepath" => false,
            _ => true,
        };
        let open = may(access, true);
        Some(Self {
            speed: limit.unwrap_or(*usual),
            class: *class,
            oneway: forth || back || implied,
            reverse: back,
            toll: table.features.tag(feature, "toll") == Some("yes"),
            narrow,
            closed: !open,
            foot: may(text("foot"), open && id != "motorway" && id != "cycleway"),
            bicycle: may(
                text("bicycle"),
                open && !matches!(id, "motorway" | "footway" | "steps" | "pedestrian" | "bridleway"),
            ),
        })
    }

    /// The line `RouteParam`: speed, class, one-way, toll; then who may not pass: emergency, delivery, cars, buses, taxis,
    /// those on foot, bicycles, lorries.
    pub fn line(&self) -> String {
        let shut = self.narrow || self.closed;
        let flags = [self.oneway, self.toll, false, shut, shut, shut, shut, !self.foot, !self.bicycle, shut];
        let flags: Vec<&str> = flags.iter().map(|flag| if *flag { "1" } else { "0" }).collect();
        format!("RouteParam={},{},{}", self.speed, self.class, flags.join(","))
    }
}

#[cfg(test)]
mod tests {
    use super::{Stretch, stretches};

    #[test]
    fn no_stretch_comes_by_a_junction_twice() {
        let cut = |junctions: &[(usize, u32)]| {
            let found = stretches(junctions).into_iter();
            let ends = |stretch: Stretch| (*stretch.points.start(), *stretch.points.end(), stretch.nodes);
            found.map(ends).collect::<Vec<_>>()
        };
        assert_eq!(cut(&[(0, 7), (4, 8)]), [(0, 4, vec![(0, 7), (4, 8)])]);
        // A ring, and a road that crosses itself.
        assert_eq!(cut(&[(0, 7), (3, 8), (6, 7)]), [(0, 3, vec![(0, 7), (3, 8)]), (3, 6, vec![(0, 8), (3, 7)])]);
        assert_eq!(
            cut(&[(0, 1), (2, 2), (5, 3), (7, 2), (9, 4)]),
            [(0, 5, vec![(0, 1), (2, 2), (5, 3)]), (5, 9, vec![(0, 3), (2, 2), (4, 4)])]
        );
        assert!(cut(&[(0, 7)]).is_empty() && cut(&[]).is_empty());
    }
}
