//! Pack `print`: Drawn sheets for printers, plotters, cutters and the programs of sign shops.

crate::format::family::families! {
    ai8
    cdr
    cgm
    cmx
    emf
    hpgl
    ps
    wmf
}
