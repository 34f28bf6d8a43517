//! A palette for a picture: its few hundred main colours exactly, the many in between by median cut.

use hashbrown::HashMap;

/// Most colours that are counted one by one; maps have some ten thousand.
const COUNTED: usize = 1 << 17;
/// Share of the pixels from which a colour has a place of its own.
const MAIN: f64 = 0.000_5;

/// Counts the colours of a picture.
#[derive(Default)]
pub struct Counts {
    colors: HashMap<[u8; 3], u64>,
    all: u64,
}

impl Counts {
    /// Counts a pixel.
    pub fn add(&mut self, color: [u8; 3]) {
        self.all += 1;
        if self.colors.len() < COUNTED {
            *self.colors.entry(color).or_default() += 1;
        } else if let Some(count) = self.colors.get_mut(&color) {
            *count += 1;
        }
    }

    /// At most so many colours, the most frequent first; all of them where they are no more.
    pub fn palette(self, most: usize) -> Palette {
        let mut colors: Vec<([u8; 3], u64)> = self.colors.into_iter().collect();
        colors.sort_unstable_by_key(|&(color, count)| (std::cmp::Reverse(count), color));
        let mut chosen: Vec<[u8; 3]> = Vec::new();
        if colors.len() <= most {
            chosen.extend(colors.iter().map(|(color, _)| *color));
        } else {
            let worth = |&&(_, count): &&([u8; 3], u64)| count as f64 >= self.all as f64 * MAIN;
            let main = colors.iter().take(most / 2).take_while(worth).count();
            let (main, rest) = colors.split_at(main);
            chosen.extend(main.iter().map(|(color, _)| *color));
            chosen.extend(cut(rest.to_vec(), most - main.len()));
        }
        if chosen.is_empty() {
            chosen.push([255; 3]);
        }
        Palette::new(chosen)
    }
}

/// Colours, and where the nearest of them is.
pub struct Palette {
    /// The colours.
    pub colors: Vec<[u8; 3]>,
    known: HashMap<[u8; 3], u8>,
}

impl Palette {
    /// Of at most 256 colours.
    pub fn new(colors: Vec<[u8; 3]>) -> Self {
        Self { colors, known: HashMap::new() }
    }

    /// The place of the colour that is nearest, as eyes see it.
    pub fn nearest(&mut self, color: [u8; 3]) -> u8 {
        if let Some(place) = self.known.get(&color) {
            return *place;
        }
        let found = self.colors.iter().enumerate().min_by_key(|(_, other)| distance(color, **other));
        let place = found.map_or(0, |(place, _)| place as u8);
        if self.known.len() < COUNTED {
            self.known.insert(color, place);
        }
        place
    }
}

/// Squared distance, green weighing most.
fn distance(a: [u8; 3], b: [u8; 3]) -> u32 {
    let off = |axis: usize| {
        let [a, b] = [a.get(axis), b.get(axis)].map(|part| part.copied().unwrap_or_default());
        u32::from(a.abs_diff(b)).pow(2)
    };
    3 * off(0) + 6 * off(1) + 2 * off(2)
}

/// Median cut: the box of the greatest weighted spread is divided at its median until there are enough.
fn cut(colors: Vec<([u8; 3], u64)>, most: usize) -> Vec<[u8; 3]> {
    let mut boxes = vec![colors];
    boxes.retain(|colors| !colors.is_empty());
    while boxes.len() < most {
        let widest =
            boxes.iter().enumerate().map(|(row, colors)| (spread(colors), row)).max_by_key(|(spread, _)| *spread);
        let Some((([weight, axis], _), row)) = widest.map(|((weight, axis), row)| (([weight, axis as u64], 0), row))
        else {
            break;
        };
        if weight == 0 {
            break;
        }
        let mut colors = boxes.swap_remove(row);
        colors.sort_unstable_by_key(|&(color, _)| (color.get(axis as usize).copied(), color));
        let half = colors.iter().map(|(_, count)| count).sum::<u64>() / 2;
        let mut sum = 0;
        let middle = colors.iter().position(|(_, count)| {
            sum += count;
            sum > half
        });
        let rest = colors.split_off(middle.unwrap_or(1).clamp(1, colors.len() - 1));
        boxes.extend([colors, rest]);
    }
    boxes.iter().map(|colors| mean(colors)).collect()
}

/// How far apart the colours of a box are along its widest axis, times the root of how many pixels have them; and that axis.
fn spread(colors: &[([u8; 3], u64)]) -> (u64, usize) {
    if colors.len() < 2 {
        return (0, 0);
    }
    let count: u64 = colors.iter().map(|(_, count)| count).sum();
    let width = |axis: usize| {
        let values = || colors.iter().filter_map(|(color, _)| color.get(axis).copied());
        u64::from(values().max().unwrap_or(0) - values().min().unwrap_or(0))
    };
    let widest = (0..3).map(|axis| (width(axis), axis)).max_by_key(|(width, axis)| (*width, 3 - axis));
    let (width, axis) = widest.unwrap_or_default();
    (width * width * count.isqrt(), axis)
}

fn mean(colors: &[([u8; 3], u64)]) -> [u8; 3] {
    let count: u64 = colors.iter().map(|(_, count)| count).sum::<u64>().max(1);
    let part = |axis: usize| {
        let sum: u64 =
            colors.iter().map(|(color, count)| u64::from(color.get(axis).copied().unwrap_or(0)) * count).sum();
        ((sum + count / 2) / count) as u8
    };
    [part(0), part(1), part(2)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_colours_stay_as_they_are() {
        let mut counts = Counts::default();
        for color in [[1, 2, 3], [200, 0, 0], [1, 2, 3]] {
            counts.add(color);
        }
        let mut palette = counts.palette(4);
        assert_eq!(palette.colors, [[1, 2, 3], [200, 0, 0]]);
        assert_eq!([palette.nearest([1, 2, 3]), palette.nearest([199, 9, 0])], [0, 1]);
    }

    #[test]
    fn many_colours_become_few_and_main_ones_stay() {
        let mut counts = Counts::default();
        for row in 0..60_000_u32 {
            counts.add([(row % 251) as u8, (row / 251) as u8, 90]);
            counts.add([242, 239, 233]);
        }
        let mut palette = counts.palette(16);
        assert_eq!(palette.colors.len(), 16);
        assert_eq!(palette.colors[0], [242, 239, 233]);
        let place = palette.nearest([10, 10, 90]);
        assert!(distance(palette.colors[usize::from(place)], [10, 10, 90]) < 3 * 80 * 80);
    }
}
