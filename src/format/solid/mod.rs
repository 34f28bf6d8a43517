//! Pack `solid`: Models in three dimensions.

crate::format::family::families! {
    glb
    stl
}
