//! Pack `drawing`: Drawn sheets that most people ask for.

crate::format::family::families! {
    jpg
    pdf
    png
    svg
    webp
}
