//! Reading: real data, genuine answers, and what hostile input does.

mod bombs;
mod hostile;
mod inputs;
mod overpass;
mod packed;
mod pieces;
