//! Cutting lines and areas at a convex or rectangular frame.
