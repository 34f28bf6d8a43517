//! Tests of `format`: what holds for every format by itself, what single formats promise, and what each wrote last time.

mod antimeridian;
mod contract;
mod csv;
mod degrees;
mod drawings;
mod dxf;
mod filter;
mod geojson;
mod geojsonseq;
mod gis;
mod golden;
mod network;
mod osm;
mod pages;
mod pictures;
mod postscript;
mod provenance;
pub mod sample;
mod several;
mod tables;
