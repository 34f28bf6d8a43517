//! Drawings as AutoCAD has them, in DXF and DWG: versions since R13 by the crate acadrust, which holds a drawing until it is done.

mod aci;
mod coded;
mod document;
mod geodata;
mod layout;
mod version;

pub use aci::{index, rgb};
pub use coded::{APPLICATION, ATTRIBUTES, attributes, coded, drawn};
pub use document::Document;
pub use version::{CODE_PAGE, R12, R14, R2000, R2004, R2007, R2010, R2013, R2018, Version, code_page};
