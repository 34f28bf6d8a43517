//! How rich a drawing is: detail levels relative to its scale.

use super::document::Style;

/// The detail level at which a style draws what it says.
pub const NORMAL: u8 = 3;

impl Style {
    /// As rich as a detail level: each one above [`NORMAL`] shows what a map of twice the scale would, each one below what one
    /// of half the scale would. Sizes stay those of the scale.
    #[must_use]
    pub fn rich(mut self, level: u8) -> Self {
        let levels = f64::from(level) - f64::from(NORMAL);
        self.layers.iter_mut().for_each(|layer| layer.earlier(levels));
        self
    }
}

/// The detail level of classes that a sheet of 1 : `scale` shows at a detail level of the drawing: the same at 1:25,000 and
/// below, more with every doubling of the scale from there on.
pub fn shown(level: u8, scale: f64) -> u8 {
    let doubled = DOUBLED.iter().filter(|from| scale <= **from).count() as u8;
    (level + doubled).min(MOST)
}

/// The scales 1 : N from which on one more level of classes is shown.
const DOUBLED: [f64; 3] = [15_000.0, 7_500.0, 3_500.0];
/// Everything.
const MOST: u8 = 6;

#[cfg(test)]
mod tests {
    use super::shown;

    #[test]
    fn twice_the_scale_shows_a_level_more() {
        let of = |level: u8| [100_000.0, 25_000.0, 10_000.0, 5000.0, 2500.0, 500.0].map(|scale| shown(level, scale));
        assert_eq!(of(3), [3, 3, 4, 5, 6, 6]);
        assert_eq!((of(1), of(6)), ([1, 1, 2, 3, 4, 4], [6; 6]));
    }
}
