//! Pack `cad`: Drawings in true size.

crate::format::family::families! {
    dwg
    dxf
    iges
    step_2d
}
