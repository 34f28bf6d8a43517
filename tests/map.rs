//! Tests of `geo` and `map`.

mod addresses;
mod area;
mod banks;
mod borders;
mod boxes;
mod classify;
mod clip;
mod coast;
mod crs;
mod edges;
mod extracts;
mod grid;
mod limits;
mod names;
mod numbers;
mod overlays;
mod polygons;
mod routes;
mod several;
mod simple;
mod simplify;
mod view;
mod world;
