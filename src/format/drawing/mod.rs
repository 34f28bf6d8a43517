//! Pack `drawing`: Drawn sheets.

crate::format::family::families! {
    jpg
    pdf
    png
    ps
    svg
    webp
}
