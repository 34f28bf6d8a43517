//! Where text goes: candidates, priorities, no overlaps.
