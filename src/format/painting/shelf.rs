//! Numbered places for pens, brushes and fonts, of which a format has few.

/// Things in places; the one that was not used for the longest time makes room.
pub struct Shelf<T> {
    places: Vec<(T, u64)>,
    most: usize,
    clock: u64,
}

/// Where a thing stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// Where it stood.
    Known(usize),
    /// Where nothing stood.
    New(usize),
    /// Where another one stood.
    Freed(usize),
}

impl<T: PartialEq> Shelf<T> {
    /// One of so many places.
    pub fn new(most: usize) -> Self {
        Self { places: Vec::new(), most: most.max(1), clock: 0 }
    }

    /// How many places were taken at most.
    pub fn taken(&self) -> usize {
        self.places.len()
    }

    /// What stands there, place by place.
    pub fn things(&self) -> impl Iterator<Item = &T> {
        self.places.iter().map(|(thing, _)| thing)
    }

    /// The place of a thing where nothing ever makes room.
    pub fn row(&mut self, thing: T) -> usize {
        match self.place(thing) {
            Place::Known(row) | Place::New(row) | Place::Freed(row) => row,
        }
    }

    /// The place of a thing, its own from now on.
    pub fn place(&mut self, thing: T) -> Place {
        self.clock += 1;
        if let Some(row) = self.places.iter().position(|(known, _)| *known == thing) {
            if let Some((_, used)) = self.places.get_mut(row) {
                *used = self.clock;
            }
            return Place::Known(row);
        }
        if self.places.len() < self.most {
            self.places.push((thing, self.clock));
            return Place::New(self.places.len() - 1);
        }
        let oldest = self.places.iter().enumerate().min_by_key(|(_, (_, used))| *used).map_or(0, |(row, _)| row);
        if let Some(place) = self.places.get_mut(oldest) {
            *place = (thing, self.clock);
        }
        Place::Freed(oldest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_one_unused_for_longest_makes_room() {
        let mut shelf = Shelf::new(2);
        assert_eq!(shelf.place('a'), Place::New(0));
        assert_eq!(shelf.place('b'), Place::New(1));
        assert_eq!(shelf.place('a'), Place::Known(0));
        assert_eq!(shelf.place('c'), Place::Freed(1));
        assert_eq!(shelf.place('b'), Place::Freed(0));
        assert_eq!(shelf.taken(), 2);
    }
}
