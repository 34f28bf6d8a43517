//! The line types that every CAD program has of its own, for formats that cannot say how long dashes are.

/// A usual line type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pattern {
    /// Dashes alike.
    Dashed,
    /// Dots.
    Dotted,
    /// A dash and a short one or a dot: axes.
    Chain,
    /// A dash and several short ones or dots: borders.
    DoubleChain,
}

impl Pattern {
    /// The one that is most like dashes and gaps by turns; dashes of half a gap or less are dots.
    pub fn of(lengths: &[f64]) -> Self {
        let (mut alike, mut dots, mut count) = (true, true, 0_u32);
        for pair in lengths.chunks_exact(2) {
            let &[dash, gap] = pair else { continue };
            alike &= lengths.first() == Some(&dash);
            dots &= 2.0 * dash <= gap;
            count += 1;
        }
        match count {
            _ if alike && dots => Self::Dotted,
            _ if alike => Self::Dashed,
            2 => Self::Chain,
            _ => Self::DoubleChain,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Pattern;

    #[test]
    fn dashes_are_most_like_a_usual_line_type() {
        assert_eq!(Pattern::of(&[6.0, 3.0]), Pattern::Dashed);
        assert_eq!(Pattern::of(&[3.0, 1.5, 3.0, 1.5]), Pattern::Dashed);
        assert_eq!(Pattern::of(&[0.0, 2.0]), Pattern::Dotted);
        assert_eq!(Pattern::of(&[6.0, 2.5, 0.0, 2.5]), Pattern::Chain);
        assert_eq!(Pattern::of(&[15.0, 3.0, 3.0, 3.0, 3.0, 3.0]), Pattern::DoubleChain);
    }
}
