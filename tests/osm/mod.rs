//! Reading: real data, genuine answers, and what hostile input does.

mod hostile;
mod inputs;
mod overpass;
