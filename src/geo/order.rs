//! Things in a row whose order only comparing tells. They are kept in chunks: finding a place takes as many comparisons
//! as the logarithm of their number.

/// Most things in one chunk.
const CHUNK: usize = 256;

/// A row of things, each known by a number below the count it was made for.
pub struct Order {
    chunks: Vec<Vec<u32>>,
    /// Rows of `chunks` in order; empty ones are in no place.
    places: Vec<u32>,
    /// The chunk that a thing is in.
    home: Vec<u32>,
}

impl Order {
    /// An empty row for things numbered below `count`.
    pub fn new(count: usize) -> Self {
        Self { chunks: Vec::new(), places: Vec::new(), home: vec![u32::MAX; count] }
    }

    /// Puts a thing behind all those of which `before` says that they come before it.
    pub fn insert(&mut self, thing: u32, mut before: impl FnMut(u32) -> bool) {
        let Self { chunks, places, home } = self;
        let begins = |id: &u32| chunks.get(*id as usize).and_then(|chunk| chunk.first()).copied();
        let place = places.partition_point(|id| begins(id).is_some_and(&mut before)).saturating_sub(1);
        let id = match places.get(place) {
            Some(id) => *id,
            None => {
                let id = chunks.len() as u32;
                chunks.push(Vec::new());
                places.push(id);
                id
            }
        };
        let next = chunks.len() as u32;
        let Some(chunk) = chunks.get_mut(id as usize) else { return };
        chunk.insert(chunk.partition_point(|other| before(*other)), thing);
        settle(home, &[thing], id);
        if chunk.len() > CHUNK {
            let rest = chunk.split_off(CHUNK / 2);
            settle(home, &rest, next);
            chunks.push(rest);
            places.insert(place + 1, next);
        }
    }

    /// Takes a thing out.
    pub fn remove(&mut self, thing: u32) {
        let Some((id, at)) = self.find(thing) else { return };
        settle(&mut self.home, &[thing], u32::MAX);
        let Some(chunk) = self.chunks.get_mut(id as usize) else { return };
        chunk.remove(at);
        if chunk.is_empty() {
            self.places.retain(|place| *place != id);
        }
    }

    /// What comes just before and just behind a thing.
    pub fn beside(&self, thing: u32) -> [Option<u32>; 2] {
        let Some((id, at)) = self.find(thing) else { return [None; 2] };
        let Some(chunk) = self.chunks.get(id as usize) else { return [None; 2] };
        let place = || self.places.iter().position(|place| *place == id);
        let in_place = |place: usize| self.chunks.get(*self.places.get(place)? as usize);
        let before = match at.checked_sub(1) {
            Some(at) => chunk.get(at).copied(),
            None => place().and_then(|place| in_place(place.checked_sub(1)?)?.last().copied()),
        };
        let behind = match chunk.get(at + 1) {
            Some(thing) => Some(*thing),
            None => place().and_then(|place| in_place(place + 1)?.first().copied()),
        };
        [before, behind]
    }

    /// Lets two things change places.
    pub fn swap(&mut self, one: u32, two: u32) {
        let (Some(first), Some(second)) = (self.find(one), self.find(two)) else { return };
        for ((id, at), thing) in [(first, two), (second, one)] {
            if let Some(place) = self.chunks.get_mut(id as usize).and_then(|chunk| chunk.get_mut(at)) {
                *place = thing;
            }
            settle(&mut self.home, &[thing], id);
        }
    }

    /// The chunk that a thing is in, and its row there.
    fn find(&self, thing: u32) -> Option<(u32, usize)> {
        let id = *self.home.get(thing as usize)?;
        Some((id, self.chunks.get(id as usize)?.iter().position(|other| *other == thing)?))
    }
}

fn settle(home: &mut [u32], things: &[u32], chunk: u32) {
    for thing in things {
        if let Some(home) = home.get_mut(*thing as usize) {
            *home = chunk;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn things_stand_in_their_order() {
        let mut order = Order::new(2000);
        let mut compared = 0;
        for thing in (0..2000).map(|row| row * 7 % 2000) {
            order.insert(thing, |other| {
                compared += 1;
                other < thing
            });
        }
        assert!(compared < 2000 * 14, "{compared} comparisons");
        assert_eq!(order.beside(1000), [Some(999), Some(1001)]);
        assert_eq!((order.beside(0)[0], order.beside(1999)[1]), (None, None));
        (0..2000).filter(|thing| thing % 10 != 0).for_each(|thing| order.remove(thing));
        for thing in (10..1990).step_by(10) {
            assert_eq!(order.beside(thing), [Some(thing - 10), Some(thing + 10)]);
        }
        order.swap(500, 510);
        assert_eq!((order.beside(490)[1], order.beside(500)), (Some(510), [Some(510), Some(520)]));
        assert_eq!(order.beside(7), [None; 2]);
    }
}
