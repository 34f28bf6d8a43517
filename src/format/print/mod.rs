//! Pack `print`: Drawn sheets for printers, plotters, cutters and the programs of sign shops; maps as drawings of office documents, of
//! diagrams, of typesetting.

mod drawingml;

crate::format::family::families! {
    ai8
    cdr
    cgm
    cmx
    dia
    docx
    drawio
    emf
    excalidraw
    hpgl
    odg
    pptx
    ps
    scribus
    tikz
    typst
    vsdx
    wmf
    xfig
    xps
}
