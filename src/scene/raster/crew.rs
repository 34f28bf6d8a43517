//! Several threads that draw pieces of one picture, which are handed over in their order: the same bytes as from one. A program
//! that makes one export at a time says how many; servers, which make several, and browsers keep to one.

use super::drawer::Drawer;
use super::painter::{Part, View};
use crate::error::{Error, Result};
use crate::watch::{Stage, Watch};
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// Threads that a picture may have; it belongs to the program.
static MOST: AtomicUsize = AtomicUsize::new(1);
/// More would need more memory than they save time: each has a piece of its own.
const USEFUL: usize = 4;
/// Pieces that may wait for one before them, for each thread.
const AHEAD: usize = 2;

/// What a thread tells.
enum Said {
    /// It draws.
    Life,
    /// A piece is there.
    Piece(usize, Result<Vec<u8>>),
}

/// Lets pictures be drawn by so many threads.
pub fn allow(threads: usize) {
    MOST.store(threads.clamp(1, USEFUL), Ordering::Relaxed);
}

/// How many threads may draw.
pub fn threads() -> usize {
    MOST.load(Ordering::Relaxed)
}

/// Which piece is drawn next, and how many were taken.
#[derive(Default)]
struct Board {
    next: usize,
    taken: usize,
    stop: bool,
}

/// The board, and what rings when it changes.
#[derive(Default)]
struct Shared(Mutex<Board>, Condvar);

impl Shared {
    fn board(&self) -> MutexGuard<'_, Board> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The next piece for a thread, once it is not too far ahead.
    fn next(&self, total: usize, ahead: usize) -> Option<usize> {
        let mut board = self.board();
        while !board.stop && board.next < total && board.next >= board.taken + ahead {
            board = self.1.wait(board).unwrap_or_else(PoisonError::into_inner);
        }
        if board.stop || board.next >= total {
            return None;
        }
        board.next += 1;
        Some(board.next - 1)
    }

    fn change(&self, change: impl FnOnce(&mut Board)) {
        change(&mut self.board());
        self.1.notify_all();
    }
}

/// A thread that breaks down stops the others, which would wait for its piece.
struct Alarm<'a>(&'a Shared);

impl Drop for Alarm<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.0.change(|board| board.stop = true);
        }
    }
}

/// Draws pieces of one size, each from its upper left corner on, by so many threads, and hands them to `take` in this order.
///
/// # Errors
/// Those of `take`, and [`Error::Cancelled`].
pub fn pieces(
    (view, part): (View, &Part),
    size: [u32; 2],
    corners: &[[u32; 2]],
    threads: usize,
    watch: &mut Watch,
    take: &mut dyn FnMut(&[u8]) -> Result<()>,
) -> Result<()> {
    let shared = Shared::default();
    let (tell, hear) = mpsc::channel();
    let work = |tell: Sender<Said>| {
        let _alarm = Alarm(&shared);
        let mut drawer = match Drawer::new(view, part, size) {
            Ok(drawer) => drawer,
            Err(fault) => return drop(tell.send(Said::Piece(0, Err(fault)))),
        };
        while let Some(row) = shared.next(corners.len(), AHEAD * threads) {
            let Some(corner) = corners.get(row) else { return };
            let go_on = &mut |_| {
                // Whoever hears it may stop the work.
                tell.send(Said::Life).ok();
                if shared.board().stop { Err(Error::Cancelled) } else { Ok(()) }
            };
            let piece = drawer.draw(*corner, go_on).map(<[u8]>::to_vec);
            let over = piece.is_err();
            if tell.send(Said::Piece(row, piece)).is_err() || over {
                return;
            }
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..threads {
            let (tell, work) = (tell.clone(), &work);
            scope.spawn(move || work(tell));
        }
        drop(tell);
        let outcome = collect(&hear, &shared, corners.len(), watch, take);
        shared.change(|board| board.stop = true);
        outcome
    })
}

/// Takes pieces in their order, as they come.
fn collect(
    hear: &Receiver<Said>,
    shared: &Shared,
    total: usize,
    watch: &mut Watch,
    take: &mut dyn FnMut(&[u8]) -> Result<()>,
) -> Result<()> {
    let mut waiting = BTreeMap::new();
    let mut taken = 0;
    while taken < total {
        watch.at(Stage::Write, taken as u64, total as u64)?;
        match hear.recv() {
            Ok(Said::Life) => {}
            Ok(Said::Piece(row, piece)) => _ = waiting.insert(row, piece?),
            Err(_) => return Err(Error::Internal("a thread that draws ended before its time".into())),
        }
        while let Some(piece) = waiting.remove(&taken) {
            take(&piece)?;
            taken += 1;
            shared.change(|board| board.taken = taken);
        }
    }
    Ok(())
}
