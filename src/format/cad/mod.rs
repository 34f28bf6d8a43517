//! Pack `cad`: Drawings in true size.

crate::format::family::families! {
    dgn
    dwg
    dxf
    iges
    step_2d
}
