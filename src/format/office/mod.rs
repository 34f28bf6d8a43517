//! Pack `office`: Maps as drawings of office documents, of diagrams, of typesetting.

mod drawingml;

crate::format::family::families! {
    dia
    docx
    drawio
    excalidraw
    odg
    pptx
    scribus
    tikz
    typst
    vsdx
    xfig
    xps
}
