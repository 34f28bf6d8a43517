//! Who waits for the work hears how far it is, and may stop it.

use crate::error::{Error, Result};
use serde::{Deserialize, Serialize};
use std::ops::Range;
use std::sync::atomic::{AtomicBool, Ordering};

/// The parts of an export that a person sees by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Bytes become an `Osm`.
    Read,
    /// An `Osm` becomes a `Map`: rings, areas, layers; clipping and projecting.
    Assemble,
    /// A `Map` becomes a product.
    Draw,
    /// Text finds its place.
    Label,
    /// A product becomes bytes.
    Write,
}

/// One report. `fraction` runs from 0 to 1 over the whole call and never goes back.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Progress {
    /// Of the whole call, 0 to 1.
    pub fraction: f64,
    /// The stage at work.
    pub stage: Stage,
    /// Things done in this stage.
    pub done: u64,
    /// Things to do in this stage; 0 where that is unknown.
    pub total: u64,
}

/// A part of the whole, as fractions of it.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Span(f64, f64);

/// Hears `at(stage, done, total)` from every long loop, reports it as one monotone fraction and says when to stop.
pub struct Watch<'a> {
    listener: Option<&'a mut dyn FnMut(Progress) -> bool>,
    stop: Option<&'a AtomicBool>,
    span: Span,
    told: Option<Progress>,
}

/// Smallest step of `fraction` that is reported within a stage.
const STEP: f64 = 0.002;

impl<'a> Watch<'a> {
    /// Nobody listens and nothing stops.
    pub fn silent() -> Self {
        Self { listener: None, stop: None, span: Span(0.0, 1.0), told: None }
    }

    /// Reports to `listener`, which answers false to stop.
    pub fn new(listener: &'a mut dyn FnMut(Progress) -> bool) -> Self {
        Self { listener: Some(listener), ..Self::silent() }
    }

    /// Also stops once `flag` is true (set from another thread).
    pub fn stoppable(mut self, flag: &'a AtomicBool) -> Self {
        self.stop = Some(flag);
        self
    }

    /// While `work` goes on, `at` counts within the part `share` (0 to 1) of the present span.
    pub fn part<T>(&mut self, share: Range<f64>, work: impl FnOnce(&mut Self) -> T) -> T {
        let outer = self.span;
        let width = outer.1 - outer.0;
        self.span = Span(outer.0 + width * share.start, outer.0 + width * share.end);
        let done = work(self);
        self.span = outer;
        done
    }

    /// Called by long loops about every thousand items.
    ///
    /// # Errors
    /// [`Error::Cancelled`] when the listener or the flag says so.
    pub fn at(&mut self, stage: Stage, done: u64, total: u64) -> Result<()> {
        if self.stop.is_some_and(|flag| flag.load(Ordering::Relaxed)) {
            return Err(Error::Cancelled);
        }
        let Some(listener) = self.listener.as_mut() else { return Ok(()) };
        let share = if total == 0 { 0.0 } else { (done as f64 / total as f64).clamp(0.0, 1.0) };
        let before = self.told.map_or(0.0, |told| told.fraction);
        let fraction = (self.span.0 + (self.span.1 - self.span.0) * share).clamp(before, 1.0);
        let news = self.told.is_none_or(|told| told.stage != stage || fraction >= told.fraction + STEP);
        if !news {
            return Ok(());
        }
        let progress = Progress { fraction, stage, done, total };
        self.told = Some(progress);
        if listener(progress) { Ok(()) } else { Err(Error::Cancelled) }
    }

    /// The last report: everything is done.
    ///
    /// # Errors
    /// [`Error::Cancelled`] when the listener or the flag says so even now.
    pub fn finish(&mut self) -> Result<()> {
        if self.told.is_some_and(|told| told.fraction >= 1.0) {
            return Ok(());
        }
        self.span = Span(0.0, 1.0);
        self.told = self.told.map(|told| Progress { fraction: told.fraction.min(1.0 - STEP), ..told });
        self.at(Stage::Write, 1, 1)
    }
}
